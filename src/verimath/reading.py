"""A formula as plain text, for where no formula can stand: titles, the table of contents, search, image descriptions.

It is read off the MathML that KaTeX wrote, so it knows no LaTeX; scripts are written by `_` and `^`, fractions by `/`.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

MATHML = re.compile(r"<math\b.*?</math>", re.DOTALL)
SPACES = re.compile(r"\s+")
# Invisible operators (function application, times, separator) and the word joiners that KaTeX writes.
INVISIBLE = re.compile("[\u2060-\u2064\u200b]")
RELATIONS = "=≠<>≤≥≈≔←→↦∈+−±"
PRIMES = re.compile("[′″‴]+")
# What MathML puts over a letter, and the character that combines with the letter before it.
ACCENTS = {"^": "\u0302", "~": "\u0303", "ˉ": "\u0304", "‾": "\u0304", "˙": "\u0307", "¨": "\u0308", "⃗": "\u20d7"}


def plain_text(html: str) -> str:
    """Read KaTeX's HTML as one line of text, such as `S_i = e^(a_i)/∑_k e^(a_k)`."""
    mathml = MATHML.search(html)
    if mathml is None:
        return ""
    text = INVISIBLE.sub("", _read(ElementTree.fromstring(mathml.group().replace("&nbsp;", " "))))
    return SPACES.sub(" ", text).strip()


def _read(element: ElementTree.Element) -> str:
    tag = element.tag.rpartition("}")[2]
    children = [_read(child) for child in element if child.tag.rpartition("}")[2] != "annotation"]
    return READERS.get(tag, _in_a_row)(element, children)


def _in_a_row(element: ElementTree.Element, children: list[str]) -> str:
    return (element.text or "") + "".join(children)


def _identifier(element: ElementTree.Element, children: list[str]) -> str:
    text = _in_a_row(element, children)
    if element.get("mathvariant") == "double-struck" and len(text) == 1:
        for name in ("DOUBLE-STRUCK CAPITAL", "MATHEMATICAL DOUBLE-STRUCK CAPITAL"):
            try:
                return unicodedata.lookup(f"{name} {text}")
            except KeyError:
                continue
    return text


def _operator(element: ElementTree.Element, children: list[str]) -> str:
    text = _in_a_row(element, children)
    return f" {text} " if text and text in RELATIONS else f"{text} " if text in ",;" else text


def _bracketed(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _scripts(*marks: str) -> Callable[[ElementTree.Element, list[str]], str]:
    def read(element: ElementTree.Element, children: list[str]) -> str:
        text, *scripts = children
        for mark, script in zip(marks, map(str.strip, scripts), strict=True):
            # An empty script is a place holder of KaTeX's.
            text += script if PRIMES.fullmatch(script) else mark + _bracketed(script) if script else ""
        return text

    return read


def _over(element: ElementTree.Element, children: list[str]) -> str:
    base, over = children
    accent = ACCENTS.get(over.strip())
    return base + accent if accent and element.get("accent") == "true" else _scripts("^")(element, children)


def _limits(*marks: str) -> Callable[[ElementTree.Element, list[str]], str]:
    return lambda element, children: _scripts(*marks)(element, children) + " "


READERS: dict[str, Callable[[ElementTree.Element, list[str]], str]] = {
    "mi": _identifier,
    "mo": _operator,
    "mfrac": lambda element, children: "/".join(map(_bracketed, children)),
    "msqrt": lambda element, children: f"√{_bracketed(''.join(children))}",
    "mroot": lambda element, children: f"{_bracketed(children[0])}^(1/{children[1].strip()})",
    "msub": _scripts("_"),
    "msup": _scripts("^"),
    "msubsup": _scripts("_", "^"),
    "mover": _over,
    "munder": _limits("_"),
    "munderover": _limits("_", "^"),
    "mspace": lambda element, children: " ",
    "mtd": lambda element, children: "".join(children) + " ",
    "mtr": lambda element, children: "".join(children) + "; ",
    "mtable": lambda element, children: "".join(children).removesuffix("; "),
}
