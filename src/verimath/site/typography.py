"""The typography of a language, as a step of the build: what an author types plainly is set as it is printed.

French only so far: spaces before signs, guillemets, apostrophes, dashes, ellipses, decimal commas. Code, formulas,
addresses and attributes are left as they are; so is what is marked as another language (`lang="en"`) or as not to be
translated (`translate="no"`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"

# Tags, entities, text. A value of an attribute may hold what ends a tag.
TOKEN = re.compile(r"<!--.*?-->|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|&#?\w+;|[^<&]+|[<&]", re.DOTALL)
TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<attributes>.*?)(?P<empty>/?)>", re.DOTALL)
LANGUAGE = re.compile(r"\blang\s*=\s*[\"']?(?P<language>[A-Za-z]+)")
AS_IT_IS = re.compile(
    r"\btranslate\s*=\s*[\"']?no\b|\bclass\s*=\s*[\"']?vm-(?:inline|ref|equation|display|file|number)\b"
)
# Elements whose text is left, those without an end, those that a sentence goes on across.
ALIEN = re.compile("code|pre|kbd|samp|script|style|math|svg|textarea|template|var|object")
VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
INLINE = re.compile("a|abbr|b|bdi|bdo|cite|del|dfn|em|i|ins|label|mark|q|s|small|span|strong|sub|sup|time|u|wbr")
# What text is made of for the rules: a tag is passed over; a formula, some code or an entity is a word that is left.
PASSED, LEFT = "\ufdd0", "\ufdd1"
# Of so many letters at most is a piece kept for the next time that it is set.
SHORT = 300
# Entities that are signs of the rules.
SIGNS = {"&nbsp;", "&quot;", "&#39;", "&#x27;", "&#160;", "&#8239;", "&laquo;", "&raquo;", "&rsquo;", "&hellip;"}

BLANK = rf"[ \t\n{WIDE}{NARROW}\u2009]"
END = rf"(?={PASSED}*(?:{BLANK}|[)\]»]|$))"

# French, in order: what is found, what is put in its place.
FRENCH: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(rf"(?<=[^\W\d_])'(?={PASSED}*(?:\w|{LEFT}|[«\"“]))"), "’"),
    (re.compile("“"), f"«{NARROW}"),
    (re.compile("”"), f"{NARROW}»"),
    (re.compile(rf"«({PASSED}*){BLANK}*"), rf"«{NARROW}\1"),
    (re.compile(rf"{BLANK}*({PASSED}*)»"), rf"\1{NARROW}»"),
    # Typed with a blank of any kind, or without: then only what ends a word.
    (re.compile(rf"(?<=\S){BLANK}+({PASSED}*)(?=[;!?]+{END})"), rf"{NARROW}\1"),
    (re.compile(rf"(?<=[\w)\]’…%{LEFT}])({PASSED}*)(?=[;!?]+{END})"), rf"\1{NARROW}"),
    (re.compile(rf"(?<=\S){BLANK}+({PASSED}*)(?=:{END})"), rf"{WIDE}\1"),
    (re.compile(rf"(?<=[^\W_]|[)\]’…%{LEFT}])({PASSED}*)(?=:{END})"), rf"\1{WIDE}"),
]
QUOTE = re.compile(rf"(?P<before>^|{BLANK}|[(\[’'«—–])?(?P<tags>{PASSED}*)\"")
# Between numbers it may be a minus.
HYPHEN = re.compile(
    rf"(?<![\d{LEFT}])(?P<left>{BLANK}{PASSED}*)(?P<dash>---?|-)(?P<right>{PASSED}*{BLANK})(?![\d{LEFT}])"
)
DASHES = {"-": "–", "--": "–", "---": "—"}
DASH = re.compile(rf"(?P<left>{BLANK}|^)(?P<dash>[–—]){BLANK}")
SENTENCE = re.compile(rf"[.!?…]{PASSED}*{BLANK}+{PASSED}*\W*[^\W\d_a-zà-ÿ]")
DECIMAL = re.compile(r"(?<![\w.,])(?P<whole>\d+)\.(?P<part>\d+)(?!\w|\.\d)")
LAST_WORD = re.compile(rf"(?P<word>[^\W\d_][\w-]*|§|{LEFT})\.?{BLANK}?$")
# A title that its author has numbered.
TITLE = re.compile(rf"{PASSED}*\.?{PASSED}*{BLANK}+{PASSED}*[^\W\d_a-zà-ÿ]")
JOINED = re.compile(rf"(?:,|{BLANK}(?:et|ou|à|puis)|\u2013|-|/)?{BLANK}?")
# Numbers with a point that follow these aren't decimal: versions, sections.
NUMBERED = re.compile(
    "(?:version|section|chapitre|paragraphe|annexe|figure|équation|formule|tableau|règle|page|exercice|licence)[sx]?"
    "|v|§|n°|p|fig|sect|chap|éq|eq|ex|vol|python|numpy|scipy|pip|mkdocs|katex|mathjax|jax|torch|pytorch|matplotlib|pandas"
    "|node|npm|git|http|html|css|tls|usb|linux|debian|ubuntu|macos|android",
    re.IGNORECASE,
)
# Words that begin a sentence before a decimal number; after any other capital, it may be a version (Python 3.11).
OPENING = re.compile(
    "À|Alors|Après|Au|Aucun|Autour|Avant|Avec|Car|Ce|Cela|Ces|Cet|Cette|Chaque|Comme|Dans|De|Depuis|Des|Dès|Deux|Du|Elle"
    "|En|Enfin|Entre|Environ|Et|Il|Ici|Jusqu|La|Le|Les|Leur|Lorsque|Mais|Même|Moins|Ni|On|Or|Ou|Où|Par|Plus|Pour"
    "|Pourquoi|Presque|Puis|Quand|Que|Quelque|Quelques|Sans|Seul|Seule|Seuls|Si|Soit|Son|Sous|Sur|Tout|Trois|Un|Une|Vers"
)


def set_right(html: str, language: str) -> str:
    """A piece of HTML with its text set as its language is printed; unchanged for a language without rules.

    Args:
        html: such as a page's content, a title, a text without any tag.
        language: such as `fr`.
    """
    return _short(html, language) if len(html) <= SHORT else _set_right(html, language)


@lru_cache(10_000)
def _short(html: str, language: str) -> str:
    """The same of a title or a sentence, of which many stand on more than one page."""
    return _set_right(html, language)


def _set_right(html: str, language: str) -> str:
    rule = RULES.get(language)
    if rule is None or PASSED in html or LEFT in html:
        return html
    shown: list[str] = []
    block: list[tuple[str, str]] = []
    for kind, token in _tokens(html, language):
        if kind:
            block.append((kind, token))
        else:
            shown += [*_set(block, rule), token]
            block = []
    return "".join([*shown, *_set(block, rule)])


def _tokens(html: str, language: str) -> Iterator[tuple[str, str]]:
    """Pieces of HTML, each as what it is for the rules: `text`, a sign in its place, or nothing between blocks."""
    within: list[str] = []
    for found in TOKEN.finditer(html):
        token = found.group()
        tag = TAG.fullmatch(token)
        name = tag["name"].lower() if tag else ""
        if within:
            # Until what is left as it is ends; one of the same name within it ends before.
            if tag and name == within[0]:
                within = within[1:] if tag["end"] else [name, *within]
            yield (LEFT if within or INLINE.fullmatch(name) or ALIEN.fullmatch(name) else ""), token
        elif tag is None:
            yield ("text" if token in SIGNS or not token.startswith(("<", "&")) else LEFT), token
        elif (
            not tag["end"]
            and not tag["empty"]
            and not VOID.fullmatch(name)
            and _is_left(name, tag["attributes"], language)
        ):
            within = [name]
            yield LEFT, token
        else:
            yield (PASSED if INLINE.fullmatch(name) else ""), token


def _is_left(name: str, attributes: str, language: str) -> bool:
    """Whether an element is code, a formula, another language, or not to be changed."""
    said = LANGUAGE.search(attributes)
    other = said is not None and said["language"].lower() != language
    return ALIEN.fullmatch(name) is not None or other or AS_IT_IS.search(attributes) is not None


def _set(block: list[tuple[str, str]], rule: Callable[[str], str]) -> Iterator[str]:
    """The pieces of a block, its text set right."""
    text = "".join(unescape(token) if kind == "text" else kind for kind, token in block)
    parts = iter(re.split(f"([{PASSED}{LEFT}])", rule(text)))
    others = (token for kind, token in block if kind != "text")
    for part in parts:
        yield next(others) if part in (PASSED, LEFT) else part


def _french(text: str) -> str:
    text = _dashes(_guillemets(text))
    for pattern, replacement in FRENCH:
        text = pattern.sub(replacement, text)
    return _decimals(text)


def _guillemets(text: str) -> str:
    """Straight quotation marks in pairs become guillemets; others are left."""
    marks = list(QUOTE.finditer(text))
    opens = [mark["before"] is not None for mark in marks]
    if len(marks) % 2 or opens != [True, False] * (len(marks) // 2):
        return text
    turns = iter(range(len(marks)))
    return QUOTE.sub(
        lambda mark: f"{mark['before'] or ''}{mark['tags']}" + (f"{NARROW}»" if next(turns) % 2 else f"«{NARROW}"), text
    )


def _dashes(text: str) -> str:
    """Hyphens between blanks become dashes; an aside and its dashes stay on one line."""
    text = HYPHEN.sub(lambda found: f"{found['left']}{DASHES[found['dash']]}{found['right']}", text)
    is_open, last = False, 0

    def parted(found: re.Match[str]) -> str:
        nonlocal is_open, last
        is_open = not (is_open and not SENTENCE.search(text, last, found.start()))
        last = found.end()
        if is_open:
            return f"{found['left']}{found['dash']}{WIDE}"
        return f"{WIDE}{found['dash']} "

    return DASH.sub(parted, text)


def _decimals(text: str) -> str:
    """Points between digits become commas, but in what may be a version or the number of a section."""
    last, was_left = 0, False

    def comma(found: re.Match[str]) -> str:
        nonlocal last, was_left
        between = text[last : found.start()]
        before = LAST_WORD.search(between.replace(PASSED, ""))
        is_title = not text[: found.start()].strip(PASSED) and TITLE.match(text, found.end())
        if is_title:
            was_left = True
        elif not (last and was_left and JOINED.fullmatch(between)):
            word = before["word"] if before else ""
            other = word == LEFT or (word[:1].isupper() and not OPENING.fullmatch(word))
            was_left = other or NUMBERED.fullmatch(word) is not None
        last = found.end()
        return found.group() if was_left else f"{found['whole']},{found['part']}"

    return DECIMAL.sub(comma, text)


# By language; others are left as they are typed.
RULES: dict[str, Callable[[str], str]] = {"fr": _french}
