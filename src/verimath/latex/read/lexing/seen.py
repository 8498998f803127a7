"""What is seen of a formula is what is read of it: the signs that KaTeX's HTML paints, counted, are those of its atoms.

What an atom should look like is asked of KaTeX too, by typesetting it alone, so that no table of glyphs is needed.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from ....meaning.signs import ORDERS, PRODUCTS, RELATIONS
from ....message.refusal import Refusal
from ... import katex
from ...katex import Painted
from .atoms import (
    Array,
    Atom,
    Atoms,
    Binomial,
    Braced,
    Brackets,
    Enclosed,
    Fraction,
    Group,
    Letter,
    Mark,
    Number,
    Overlined,
    Primed,
    Root,
    SaidRelation,
    Text,
)
from .katex_names import ARROWS, BARS, BIG, CLOSING, ENCLOSING, FUNCTIONS, OPENING, REASONS, STARS, WORDS_BETWEEN

# What is painted in one of several ways, by one of them: brackets and accents that grow, and what the language doesn't
# tell from another: dots in whatever direction, decimal commas, slanted relations, a Greek omicron.
ONE_LOOK = {
    "lparen": "(",
    "rparen": ")",
    "lbrack": "[",
    "rbrack": "]",
    "inner inner ⎧ ⎨ ⎩": "{",
    "inner inner ⎫ ⎬ ⎭": "}",
    "lfloor": "⌊",
    "rfloor": "⌋",
    "lceil": "⌈",
    "rceil": "⌉",
    "vert": "∣",
    "doublevert": "∥",
    "rightarrow": "vec",
    "overline-line": "ˉ",
    **dict.fromkeys("⋯⋮⋱", "…"),
    **dict.fromkeys("⟹", "⇒"),
    **dict.fromkeys("⟺", "⇔"),
    **dict.fromkeys("⟶", "→"),
    **dict.fromkeys("⟵", "←"),
    **dict.fromkeys("⟼", "↦"),
    **dict.fromkeys("≽", "⪰"),
    **dict.fromkeys("≼", "⪯"),
    "⩽": "≤",
    "⩾": "≥",
    ",": ".",
    "ο": "o",
}
# Without serifs, a great I is a small l; two ways to write Planck's constant.
ONE_LETTER = {
    ("I", "mathsf"): Painted("l", "mathsf"),
    ("ℏ", "amsrm"): Painted("ℏ"),
}
GROWN = ((re.compile("sqrt.*"), "√"), (re.compile("widehat.*"), "^"), (re.compile("tilde[1-4]"), "~"))
# The TeX of what an atom says, by what the grammar calls it.
TEX = {
    **{row.sign: row.tex for row in RELATIONS.values()},
    **{sign: row.tex for sign, row in ORDERS.items()},
    **{row.sign: row.tex for row in PRODUCTS.values()},
    **{sign: tex for spelled in (BARS, STARS, OPENING, CLOSING) for tex, sign in reversed(spelled.items())},
    **{name: tex for tex, name in (*FUNCTIONS.items(), *BIG.items())},
    **{sign: spelled[0] for sign, spelled in (ARROWS | REASONS).items()},
    "…": "\\dots",
    "not": "\\not",
    **{name: f"\\b{word}" for word, name in WORDS_BETWEEN.items()},
}

Look = tuple[Painted, ...]


@cache  # each letter is written often
def look(tex: str) -> Look:
    """What is painted of a letter or a sign, in KaTeX's order, with one look for what may look otherwise."""
    tree = katex.tree(tex, True)
    if isinstance(tree, katex.Rejection):
        raise tree.kind(tree.message, at=tree.offset or 0)
    return tuple(map(_one_look, tree.painted))


# KaTeX's font has its own places for an i and a j without dots.
DOTLESS = {"\ue131", "\ue237"}


def is_letter(text: str) -> bool:
    r"""Whether a sign by KaTeX's name looks like a letter: \alpha does, and \surd or \% doesn't."""
    if text.isascii() and text.isalpha():
        return True
    try:
        return all(painted.sign.isalpha() or painted.sign in DOTLESS for painted in look(text))
    except Refusal:
        return False


@cache
def _one_look(painted: Painted) -> Painted:
    sign, font = painted
    if font == "mathnormal":
        font = "mathit"
    elif font == "amsrm" and sign.isascii():
        font = "mathbb"
    for pattern, grown in GROWN:
        if pattern.fullmatch(sign):
            sign = grown
    sign = ONE_LOOK.get(sign, sign)
    # Signs have one font.
    font = font if sign.isalnum() and font not in ("line", "path", "tall") else ""
    return ONE_LETTER.get((sign, font), Painted(sign, font))


def refuse_unseen(tex: str, tree: katex.Tree, atoms: Atoms) -> None:
    """Refuse a formula of which something is painted that wasn't read, or read that isn't painted.

    Args:
        tex: the formula, to say where.
        tree: what KaTeX makes of it.
        atoms: what was read of it.

    Raises:
        Refusal: with the first such sign.
    """
    painted = Counter(map(_one_look, tree.painted))
    inside = [inner for atom in atoms for inner in atom.inside()]
    read = Counter(each for atom in inside for each in _look_of(atom))
    if painted == read:
        return
    way_out = "write it with what the language has"
    for sign, font in painted - read:
        what = f"{_shown(sign, font)} is printed, and isn't read"
        raise Refusal(what, way_out, rule=27, at=max(0, tex.find(sign)))
    for atom in inside:
        for sign, font in _look_of(atom):
            if read[Painted(sign, font)] > painted[Painted(sign, font)]:
                what = f"{_shown(sign, font)} is read, and isn't printed"
                raise Refusal(what, way_out, rule=27, at=atom.at)


def _shown(sign: str, font: str) -> str:
    return f"`{sign}`" + (f" ({font})" if font else "")


def _look_of(atom: Atom) -> Look:
    """What an atom looks like by itself, without what it holds."""
    found: Look = ()
    match atom:
        case Letter(text):
            found = look(text)
        case Number(text):
            found = tuple(Painted(sign) for sign in text)
        case SaidRelation(text):
            found = look("=" if text == "≔" else TEX[text])
        case Text(text, font=font):
            found = look(f"{font}{{{text}}}")
        case Mark(text):
            found = look(TEX.get(text, text))
        case Fraction():
            found = (Painted("frac-line"),)
        case Braced(is_over=is_over):
            under = "" if is_over else "under"
            found = tuple(Painted(f"{part}brace{under}") for part in ("left", "mid", "right"))
        case Enclosed(label=label):
            found = (_one_look(Painted(*ENCLOSING[label])),)
        case Binomial():
            found = (Painted("("), Painted(")"))
        case Overlined():
            found = (_one_look(Painted("overline-line", "line")),)
        case Root():
            found = (Painted("√"),)
        case Group(brackets=Brackets() as pair) | Array(brackets=Brackets() as pair):
            found = tuple(each for side in pair if side != "." for each in look(TEX.get(side, side)))
    if isinstance(atom, Primed):
        found += (Painted("′"),) * atom.primes
    return found
