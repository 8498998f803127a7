"""The formulas of a page as its author wrote them, read off the Markdown by other means than those of the build."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FENCE = re.compile(r"(?P<indent>[ >]*)(?P<ticks>`{3,}|~{3,})[ ]*(?P<info>[^`]*)")
LABEL = re.compile(r"#([\w-]+)")
SHOWN = re.compile(r'show="([\w-]+)"')

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
# What isn't prose is passed over where it begins; a dollar is one of a formula only outside of it.
INLINE = re.compile(
    r"""
    <!--.*?-->                                          # comment
  | (?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)          # code
  | !\[[^\]]*\]                                         # what is said of an image is read, not seen
  | \\.                                                 # a price, `5 \$`
  | \$(?!\s)(?P<formula>(?:[^$\\]|\\.)+?)(?<!\s)\$
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Displayed:
    """A ` ```math ` fence: a labelled equation, or one that is shown again (its TeX then stands elsewhere)."""

    label: str
    tex: str
    again: bool = False


def written(pages: Mapping[str, str]) -> dict[str, tuple[list[Displayed], list[str]]]:
    """Of each page of a site: the displayed equations of its source, those shown again too, and its inline formulas."""
    found = {name: displayed(text) for name, text in pages.items()}
    tex = {each.label: each.tex for equations in found.values() for each in equations if not each.again}
    return {
        name: ([Displayed(each.label, tex.get(each.label, ""), each.again) for each in equations], inline(pages[name]))
        for name, equations in found.items()
    }


def displayed(markdown: str) -> list[Displayed]:
    """The displayed equations of a page, in order."""
    return [equation for part in _parts(markdown) if (equation := _equation(part))]


def inline(markdown: str) -> list[str]:
    """The formulas within the prose of a page, in order, their spaces made single."""
    prose = "".join(part for part in _parts(FRONT_MATTER.sub("", markdown)) if isinstance(part, str))
    return [" ".join(found["formula"].split()) for found in INLINE.finditer(prose) if found["formula"]]


@dataclass(frozen=True)
class _Fenced:
    info: str
    body: str


def _equation(part: str | _Fenced) -> Displayed | None:
    if isinstance(part, str) or part.info.split("{")[0].strip() != "math":
        return None
    if shown := SHOWN.search(part.info):
        return Displayed(shown[1], "", again=True)
    label = LABEL.search(part.info)
    return Displayed(label[1] if label else "", part.body)


def _parts(markdown: str) -> Iterator[str | _Fenced]:
    """Lines of prose, and fences whole, rid of the indentation of what they stand in."""
    lines = iter(markdown.splitlines())
    for line in lines:
        fence = FENCE.fullmatch(line)
        if not fence:
            yield line + "\n"
            continue
        body = []
        closing = re.compile(rf"[ >]*{fence['ticks']}{fence['ticks'][0]}*[ ]*")
        for inner in lines:
            if closing.fullmatch(inner):
                break
            # A line with nothing on it may lack the indentation.
            body.append(inner.removeprefix(fence["indent"]) if inner.strip(" >") else "")
        yield _Fenced(fence["info"], "\n".join(body))
