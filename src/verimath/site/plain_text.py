"""A formula as plain text, for where no formula can stand: titles, the table of contents, search, image descriptions.

It is read off the MathML that KaTeX wrote, so it knows no LaTeX; scripts are written by `_` and `^`, fractions by `/`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from xml.etree import ElementTree

MATHML = re.compile(r"<math\b.*?</math>", re.DOTALL)
RELATIONS = "=≠<>≤≥≈≔←→↦∈+−±"
PRIMES = re.compile("[′″‴]+")
# What MathML puts over a letter, by the character that combines with the letter before it.
COMBINING = {
    "\u0300": "`ˋ",
    "\u0301": "´ˊ",
    "\u0302": "^ˆ",
    "\u0303": "~˜",
    "\u0304": "ˉ‾",
    "\u0306": "˘",
    "\u0307": "˙",
    "\u0308": "¨",
    "\u030a": "˚",
    "\u030c": "ˇ",
    "\u0327": "¸",
    "\u20d7": "⃗",
}
ACCENTS = {sign: character for character, signs in COMBINING.items() for sign in signs}
# What is drawn along a whole expression, and adds nothing to its reading.
DRAWN = set("‾_⏞⏟^~")
TIDY = [
    # Invisible operators and joiners that KaTeX writes, a negative space among them.
    (re.compile("[\u2060\u2062-\u2064\u200b]"), ""),
    # The argument of a function stands apart, unless it is in brackets.
    (re.compile(r"\u2061\s*(?=[(\[{|])"), ""),
    (re.compile(r"\u2061"), " "),
    (re.compile(r"\s+"), " "),
    (re.compile(r" (?=[)\]};,])|(?<=[(\[]) "), ""),
    # A sign at the beginning, or after a bracket or a relation, takes nothing away.
    (re.compile(r"((?:^|[(\[{=≠<>≤≥≈≔,;/^]) ?)([−+±]) "), r"\1\2"),
]

# What stands between a function and its argument.
APPLIED = "\u2061"

# A page reads a formula for its text, its search and its symbols.
KEPT = 5_000

Element = ElementTree.Element
Reader = Callable[[Element, list[str]], str]


@lru_cache(KEPT)
def plain_text(html: str) -> str:
    """Read KaTeX's HTML as one line of text, such as `S_i = e^(a_i)/(∑_k e^(a_k))`."""
    mathml = MATHML.search(html)
    if mathml is None:
        return ""
    text = _read(ElementTree.fromstring(mathml.group().replace("&nbsp;", " "))).strip()
    for pattern, replacement in TIDY:
        text = pattern.sub(replacement, text)
    return unicodedata.normalize("NFC", text.strip())


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _read(element: Element) -> str:
    children = [_read(child) for child in element if _tag(child) != "annotation"]
    return READERS.get(_tag(element), _in_a_row)(element, children)


def _in_a_row(element: Element, children: list[str]) -> str:
    return (element.text or "") + "".join(children)


def _identifier(element: Element, children: list[str]) -> str:
    text = _in_a_row(element, children)
    if element.get("mathvariant") == "double-struck" and len(text) == 1:
        for name in ("DOUBLE-STRUCK CAPITAL", "MATHEMATICAL DOUBLE-STRUCK CAPITAL"):
            try:
                return unicodedata.lookup(f"{name} {text}")
            except KeyError:
                continue
    return text


def _operator(element: Element, children: list[str]) -> str:
    text = _in_a_row(element, children)
    return f" {text} " if text and text in RELATIONS else f"{text} " if text in ",;" else text


def _bracketed(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _fraction(element: Element, children: list[str]) -> str:
    if element.get("linethickness") == "0px":  # a binomial coefficient, in its own brackets
        return f"{children[0]} | {children[1]}"
    return "/".join(map(_bracketed, children)) + " "


def _scripts(*marks: str) -> Reader:
    def read(element: Element, children: list[str]) -> str:
        # Behind a name such as max, KaTeX puts an unseen sign that a script lets stand beside it.
        base, *scripts = (child for child in children if child != APPLIED)
        text = base.removesuffix(APPLIED)
        for mark, script in zip(marks, map(str.strip, scripts), strict=True):
            # An empty script is a place holder of KaTeX's.
            text += script if PRIMES.fullmatch(script) else mark + _bracketed(script) if script else ""
        return text + base[len(base.removesuffix(APPLIED)) :]

    return read


def _along(mark: str) -> Reader:
    """Over or under: an accent of a letter, a line along an expression, or a limit."""

    def read(element: Element, children: list[str]) -> str:
        base, script = children[0], children[1].strip()
        if len(base) == 1 and mark == "^" and element.get("accent") == "true":
            return base + ACCENTS.get(script, script)
        return base if script in DRAWN else _scripts(mark)(element, children) + " "

    return read


READERS: dict[str, Reader] = {
    "mi": _identifier,
    "mo": _operator,
    "mfrac": _fraction,
    "msqrt": lambda element, children: f"√{_bracketed(''.join(children))}",
    "mroot": lambda element, children: f"{_bracketed(children[0])}^(1/{children[1].strip()})",
    "msub": _scripts("_"),
    "msup": _scripts("^"),
    "msubsup": _scripts("_", "^"),
    "mover": _along("^"),
    "munder": _along("_"),
    "munderover": lambda element, children: _scripts("_", "^")(element, children) + " ",
    "mspace": lambda element, children: " ",
    "mtext": lambda element, children: "" if "\u2063" in (element.text or "") else _in_a_row(element, children),
    "mtd": lambda element, children: "".join(children) + " ",
    "mtr": lambda element, children: "".join(children).strip().rstrip(",") + "; ",
    "mtable": lambda element, children: "".join(children).removesuffix("; "),
}
