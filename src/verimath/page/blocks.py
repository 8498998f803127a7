"""What a fence of the page language holds: an equation, an equation shown again, a snippet."""

from __future__ import annotations

import re

from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Span
from .fences import TAB, Fence
from .front_matter import INVISIBLE, LATEX
from .near import NEAR, nearest

LABEL = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# Whatever its author may have meant as an equation; a language such as `mathematica` isn't one.
MATH = re.compile(r"\{?\s*\.?math(?![\w+-])|\{[^}]*\.math(?![\w+-])", re.IGNORECASE)
EXPECTATION = r"(?:expect=\"(?P<expect>[^\"]*)\"|unchecked=\"(?P<unchecked>[^\"]*)\")"
# On either side of the expectation.
NAME, NAMED = (rf"(?:[ ]+name=\"(?P<{group}>[^\"]*)\")?" for group in ("name", "named"))
EQUATION = re.compile(
    rf"math[ ]+\{{[ ]*(?:#(?P<label>[^\s\"{{}}]*){NAME}(?:[ ]+{EXPECTATION})?{NAMED}|show=\"(?P<show>[^\"]*)\")[ ]*\}}"
)
# What `expect` may say: a formula that must be refused.
REFUSED = ("false", "ill-formed")
TIED = re.compile(r"(?:^|[\s{])(?:verifies|demo)\s*=")
# The name of a fence's language, its attributes, and a label among them.
LANGUAGE = re.compile(r"\{?\s*\.?(?P<name>[\w+-]*)")
ATTRIBUTE = re.compile(r"(?P<name>[\w-]+)\s*=")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
CLASS = re.compile(r"(?:^|[\s{])\.[\w-]")
LABELLED = re.compile(r"(?:^|[\s{])#[\w-]")
# Languages whose names look like `math`, and are others.
OTHERS = {"match", "matlab", "mathml", "path"}
# With a label, so much likeness to `math` is enough.
NEAR_ENOUGH = 0.6
# What an author may call an equation; with a label, a fence of that name was meant as one.
SYNONYMS = re.compile(
    r"(?:la)?tex|katex|mathjax|ams(?:math)?|align(?:ed)?|eqn?|equations?|formulae?|formulas?|formules?", re.IGNORECASE
)
NAMES = ("latex", "equation", "formula")
PYTHON = re.compile(r"(?:py(?:thon)?[\d.]*|pycon|)", re.IGNORECASE)
KEYS = ("expect", "unchecked", "show", "name")
TIES = ("verifies", "demo")
OPTION = r"(?:(?:title|linenums|hl_lines)=\"[^\"]*\"|\.[\w-]+)"
SNIPPET = re.compile(
    rf"python[ ]+\{{[ ]*(?:{OPTION}[ ]+)*(?P<role>verifies|demo)=\"(?P<name>[^\"]*)\"(?:[ ]+{OPTION})*[ ]*\}}"
)
INCLUDE = re.compile(r"-+8<-+[ ]+\"(?P<file>[^\":]+):(?P<section>[A-Za-z][\w-]*)\"")


@frozen
class Equation:
    """A displayed equation; `fence` says where each character of its TeX stands.

    Attributes:
        expected: `holds`, `false` or `ill-formed`, or `unchecked`.
        reason: why it isn't checked.
        name: what a key result is called, in words, beside its number; empty for most.
    """

    label: str
    tex: str
    fence: Fence
    place: Span  # of the label
    expected: str = "holds"
    reason: str = ""
    name: str = ""

    @property
    def defines(self) -> bool:
        """Whether other equations may use what it declares and defines."""
        return self.expected == "holds"


@frozen
class Shown:
    """An equation shown again, by its label."""

    label: str
    fence: Fence
    place: Span  # of the label


@frozen
class Include:
    """A file that a page includes, or one section of it; looked for where pymdownx.snippets looks."""

    file: str
    section: str
    span: Span


@frozen
class Snippet:
    """Python shown on the page: tied to an equation by its label (`verifies`), or run for what it prints (`demo`)."""

    name: str
    verifies: bool
    includes: tuple[Include, ...]
    fence: Fence
    place: Span  # of the name


def unlabelled(fence: Fence) -> Equation:
    """A formula between double dollars that has no label: it can be shown, and nothing checks it."""
    return Equation("", fence.text, fence, fence.span)


def read_block(fence: Fence) -> Equation | Shown | Snippet | None:
    """Read a fence; None where it is no business of this language.

    Raises:
        Refusal: where the fence is meant for this language and isn't written as it asks.
    """
    if MATH.match(fence.info):
        return _equation(fence)
    if TIED.search(re.sub(r"\btitle=\"[^\"]*\"", "", fence.info)):
        return _snippet(fence)
    _refuse_slips(fence)
    return None


def _refuse_slips(fence: Fence) -> None:
    """Refuse the header of a fence that is shown as code, and is nearly one of ours."""
    plain = re.sub(INVISIBLE, "", fence.info)
    if (unseen := re.search(INVISIBLE, fence.info)) and (MATH.match(plain) or TIED.search(plain)):
        raise Refusal(
            f"the character U+{ord(unseen.group()):04X} stands there, which is not seen",
            f"write {plain}",
            what="this fence would be shown as code, and no check would see it",
            span=fence.header(unseen.start()),
        )
    found = LANGUAGE.match(fence.info)
    language = found["name"] if found else ""
    bare = QUOTED.sub("", fence.info)
    labelled = LABELLED.search(bare) is not None
    near = language.lower() not in OTHERS and nearest(language, ("math",), NEAR_ENOUGH if labelled else NEAR)
    meant = SYNONYMS.fullmatch(language) or nearest(language, NAMES) or not (language or CLASS.search(bare))
    if near or (labelled and meant):
        raise Refusal(
            "it would be shown as code, and no check would see it",
            "did you mean ```math {#a-label}?",
            what=f"`{language}` is no fence of equations" if language else "a fence with a label, and no language",
            span=fence.header(),
        )
    pythonic = PYTHON.fullmatch(language) or nearest(language, ("python",))
    if pythonic and (slip := _slip(fence, TIES)):
        name, meant = slip
        raise Refusal(
            "it would tie the code to nothing",
            f"did you mean `{meant}`?",
            what=f"`{name}` is no attribute of a snippet",
            span=fence.header(fence.info.index(name)),
        )


def _slip(fence: Fence, keys: tuple[str, ...]) -> tuple[str, str] | None:
    """An attribute in a fence's header that is nearly one of ours, and the one that it misspells."""
    for found in ATTRIBUTE.finditer(QUOTED.sub("", fence.info)):
        if meant := nearest(found["name"], keys):
            return found["name"], meant
    return None


def _meant(fence: Fence, keys: tuple[str, ...], otherwise: str) -> str:
    """The way out of a header with an attribute that is nearly one of ours, or another."""
    slip = _slip(fence, keys)
    return f"`{slip[0]}` is no attribute: did you mean `{slip[1]}`?" if slip else otherwise


def _refuse_indentation(fence: Fence) -> None:
    """Python-Markdown's lists and admonitions indent by 4; by 2 or 3, a fence silently leaves its list."""
    spaces = fence.span.excerpt[: fence.span.column].rpartition(">")[2]
    quoted = ">" in fence.span.excerpt[: fence.span.column]
    width = len(spaces) - (1 if quoted and spaces.startswith(" ") else 0)
    if width % TAB:
        raise Refusal(
            f"it stands {width} columns in; what belongs to a list item or an admonition stands 4 in, or 8",
            "indent it by 4 columns a level, or not at all",
            what="a fence indented by a width that Markdown doesn't know",
            span=fence.span,
        )


def _equation(fence: Fence) -> Equation | Shown:
    found = EQUATION.fullmatch(fence.info)
    example = "```math {#a-label}"
    if found is None:
        raise Refusal(
            "it would be shown as code, or lose its label, without a word",
            _meant(fence, KEYS, f'write {example}, or ```math {{show="a-label"}} to show one again'),
            what="this isn't the header of an equation",
            span=fence.header(),
        )
    _refuse_indentation(fence)
    kind = "label" if found["show"] is None else "show"
    label, place = found[kind], fence.header(found.start(kind))
    if not LABEL.fullmatch(label):
        raise Refusal(
            way_out=f"a label is made of lower-case words with hyphens between them: {example}",
            what=f"`{label}` isn't a label" if label else "the equation has no label",
            span=place,
        )
    if kind == "show":
        if fence.text.strip():
            raise Refusal(
                "what is shown is the original; a second formula could differ from it",
                "leave the fence empty, or give it a label of its own",
                what=f"equation `{label}` is shown again with a formula of its own",
                span=fence.at(0),
            )
        return Shown(label, fence, place)
    if not fence.text.strip():
        raise Refusal(
            way_out="write its LaTeX between the two lines", what=f"equation `{label}` is empty", span=fence.span
        )
    expected, reason = _expectation(fence, found, label)
    return Equation(label, fence.text, fence, place, expected, reason, _called(fence, found, label))


def _called(fence: Fence, found: re.Match[str], label: str) -> str:
    """What an equation is called beside its number; empty where its author gives it no name."""
    if found["name"] is not None and found["named"] is not None:
        raise Refusal(
            way_out="keep one of them",
            what=f"equation `{label}` has two names",
            span=fence.header(found.start("named")),
        )
    for group in ("name", "named"):
        name: str | None = found[group]
        if name is None:
            continue
        if not name.strip():
            raise Refusal(
                way_out='write what it is called: name="…", or leave it out',
                what=f"equation `{label}` has an empty name",
                span=fence.header(found.start(group)),
            )
        if latex := LATEX.search(name):
            raise Refusal(
                "references show it in the text, where nothing typesets it",
                "write it in words or Unicode",
                what=f"LaTeX in the name of equation `{label}`",
                span=fence.header(found.start(group) + latex.start()),
            )
        return name.strip()
    return ""


def _expectation(fence: Fence, found: re.Match[str], label: str) -> tuple[str, str]:
    """Which verdict an equation must have, and the reason where it isn't checked."""
    if found["unchecked"] is not None:
        if not found["unchecked"].strip():
            raise Refusal(
                way_out='write the reason, which the page shows: unchecked="…"',
                what=f"equation `{label}` isn't checked, for no reason",
                span=fence.header(found.start("unchecked")),
            )
        return "unchecked", found["unchecked"].strip()
    if found["expect"] is not None:
        if found["expect"] not in REFUSED:
            raise Refusal(
                way_out='write expect="false" or expect="ill-formed", or nothing: an equation must hold',
                what=f"`{found['expect']}` is no verdict that a formula may be printed for",
                span=fence.header(found.start("expect")),
            )
        return found["expect"], ""
    return "holds", ""


def second_label(equation: Equation, other: Equation) -> Refusal:
    """The error of a label that two equations bear."""
    return Refusal(
        f"the other equation stands at {other.fence.span}",
        f'rename one of them, or show the other again by ```math {{show="{equation.label}"}}',
        what=f"the label `{equation.label}` is there twice",
        span=equation.place,
    )


def _snippet(fence: Fence) -> Snippet:
    found = SNIPPET.fullmatch(fence.info)
    if found is None:
        raise Refusal(
            way_out=_meant(
                fence,
                (*TIES, "title", "linenums", "hl_lines"),
                'write ```python {verifies="a-label"}, or {demo="a-name"} for one that verifies no equation',
            ),
            what="this isn't the header of a snippet",
            span=fence.header(),
        )
    _refuse_indentation(fence)
    place = fence.header(found.start("name"))
    if not LABEL.fullmatch(found["name"]):
        raise Refusal(
            way_out="a name is made of lower-case words with hyphens between them, as labels are",
            what=f"`{found['name']}` isn't a name" if found["name"] else "the snippet has no name",
            span=place,
        )
    includes: list[Include] = []
    offset = 0
    for line in fence.text.split("\n"):
        if line.strip():
            include = INCLUDE.fullmatch(line.strip())
            if include is None:
                raise Refusal(
                    "what a page shows is what was tested: its text comes from the snippets' folder",
                    'write --8<-- "file.py:section" here, and the code in that section',
                    what=f"snippet `{found['name']}` holds a line of its own",
                    span=fence.at(offset),
                )
            includes.append(Include(include["file"], include["section"], fence.at(offset)))
        offset += len(line) + 1
    if not includes:
        raise Refusal(
            way_out='write --8<-- "file.py:section" between the two lines',
            what=f"snippet `{found['name']}` is empty",
            span=fence.span,
        )
    return Snippet(found["name"], found["role"] == "verifies", tuple(includes), fence, place)


def without_label(equation: Equation) -> Refusal:
    """The error of a displayed formula that nothing can check, since it has no name."""
    return Refusal(
        "no check would see what it displays",
        "write its label where it ends: $$ {#a-label}, or a fence ```math {#a-label}",
        what="a displayed formula without a label",
        span=equation.place,
    )


def second_snippet(snippet: Snippet, other: Snippet) -> Refusal:
    """The error of a name that two snippets bear."""
    return Refusal(
        f"the other stands at {other.fence.span}",
        "an equation has one snippet; name the other by demo",
        what=f"there are two snippets `{snippet.name}`",
        span=snippet.place,
    )
