r"""Sets: \mathbb{R}^{n}, intervals, \{1, \dots, n\}, the simplex, their powers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ....meaning.expression import Node, Number
from ....meaning.signs import MATRICES
from ....meaning.statement import Arrays, Complexes, Domain, Finite, Matrices, Reals, Simplex, Whole
from ....message.refusal import Refusal
from ..grammar.cursor import Cursor, only_dots, split, trimmed
from ..grammar.guards import range_of, runs_up
from ..lexing.atoms import (
    Atom,
    Atoms,
    Bar,
    Blank,
    Brackets,
    Comma,
    Dots,
    Group,
    Infinity,
    Letter,
    Mark,
    Relation,
    Sign,
    Star,
    Text,
    Times,
    Without,
)
from .within import NUMBERS, only_zero, within

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))
# \mathbb{R} and its variants, by letter, subscript and star.
VARIANTS: dict[tuple[str, str, bool], Domain] = {
    ("R", "", False): Reals(),
    ("R", "", True): Reals(without_zero=True),
    ("R", "+", False): Reals(lower=ZERO),
    ("R", "+", True): Reals(lower=ZERO, lower_open=True),
    ("R", ">0", False): Reals(lower=ZERO, lower_open=True),
    ("R", "≥0", False): Reals(lower=ZERO),
    ("R", "-", False): Reals(upper=ZERO),
    ("R", "-", True): Reals(upper=ZERO, upper_open=True),
    ("C", "", False): Complexes(),
    ("C", "", True): Complexes(without_zero=True),
    ("N", "", False): Whole(first=ZERO),
    ("N", "", True): Whole(first=ONE),
    ("N", ">0", False): Whole(first=ONE),
    ("N", "≥1", False): Whole(first=ONE),
    ("Z", "", False): Whole(),
}
GROUPS = {f"{left}{letter}{right}": kind for letter, kind in (("O", "orthogonal"), ("U", "unitary"))
          for left, right in (("", ""), ("\\mathrm{", "}"), ("\\operatorname{", "}"))}  # fmt: skip
SIGNED = {"+": "positive semidefinite", "++": "positive definite"}
MATRIX_SET = "write it behind \\mathbb{R}^{n \\times n}"
# The words of each kind of matrices, in the singular and in the plural of French ones.
WORDS = {
    words: row.name
    for row in MATRICES.values()
    for said in (row.name, *row.words)
    for words in (said, " ".join(f"{word}s" for word in said.split()))
}
KNOWN = (
    "\\mathbb{R}, \\mathbb{C}, \\mathbb{N}, \\mathbb{Z}, intervals, \\{1, \\dots, n\\}, \\Delta^{n-1}, and their powers"
)


def _no_set(at: int) -> Refusal:
    return Refusal("this isn't a set that can be drawn from", f"write one of {KNOWN}", rule=4, at=at)


def domain(cursor: Cursor, atoms: Atoms, at: int) -> Domain:
    """A set.

    Raises:
        Refusal: where these atoms say none that can be drawn from.
    """
    match atoms:
        case (*before, Text(words) as said):
            return _of_kind(domain(cursor, trimmed(tuple(before)), at), words, said.at)
        case (Letter(text, sub=(), sup=(), primes=0), Group(Brackets("(", ")"), content, sub=(), sup=())) if (
            text in GROUPS
        ):
            size = cursor.expression(content, at)
            kind = GROUPS[text]
            return Matrices(Arrays(Complexes() if MATRICES[kind].is_complex else Reals(), (size, size)), kind)
        case (*before, Without() as sign, Group(Brackets("{", "}"), content, sub=(), sup=())) if before and not any(
            isinstance(each, Times) for each in before
        ):
            return _without(domain(cursor, trimmed(tuple(before)), at), content, sign.at)
    factors = domains(cursor, atoms, at)
    if len(factors) == 1:
        return factors[0]
    if any(factor != factors[0] or not isinstance(factor, Reals | Complexes | Whole | Finite) for factor in factors):
        raise Refusal("a product of different sets", "declare a symbol for each of them", rule=4, at=at)
    return Arrays(factors[0], (Number(Fraction(len(factors))),))


def _without(base: Domain, content: Atoms, at: int) -> Domain:
    """A set without 0, or its arrays without the one of zeros.

    Raises:
        Refusal: of any other difference.
    """
    if len(content) == 1 and getattr(content[0], "text", "") in ("0", "\\mathbf{0}"):
        match base:
            case Reals(None, None) | Complexes() | Arrays(Reals(None, None) | Complexes()):
                return replace(base, without_zero=True)
            case Whole(Number(value), None) if value == 0:
                return Whole(first=ONE)
    raise only_zero(at)


def _of_kind(base: Domain, words: str, at: int) -> Domain:
    """Matrices of the kind that words behind their set say."""
    said = [word for word in words.lower().split() if word not in ("and", "et")]
    kind = WORDS.get(" ".join(said))
    if kind is None:
        listed = ", ".join(MATRICES)
        raise Refusal(f"\\text{{{words}}} behind a set says nothing", f"write one of {listed}", rule=4, at=at)
    if not isinstance(base, Arrays) or not isinstance(base.of, Reals | Complexes) or len(base.sizes) != 2:
        raise Refusal(f"\\text{{{words}}} behind a set of something else than matrices", MATRIX_SET, rule=4, at=at)
    if base.without_zero:
        raise Refusal(f"{kind} matrices without the one of zeros aren't drawn yet", MATRIX_SET, rule=4, at=at)
    row = MATRICES[kind]
    if base.of == Reals() and (row.is_complex or said[0].startswith("hermiti")):
        way_out = "write symmetric or orthogonal, or \\mathbb{C}^{n \\times n}"
        raise Refusal(f"{said[0]} matrices of real numbers", way_out, rule=30, at=at)
    if base.of == Complexes() and said[0].startswith("sym") and len(said) > 1:
        way_out = "write hermitian in the place of symmetric, or \\mathbb{R}^{n \\times n}"
        raise Refusal(f"{kind} matrices of complex numbers are Hermitian", way_out, rule=30, at=at)
    if base.of != Reals() and not (base.of == Complexes() and (row.is_complex or row.may_be_complex)):
        raise Refusal(f"{kind} matrices of such numbers aren't drawn yet", MATRIX_SET, rule=4, at=at)
    if base.sizes[0] != base.sizes[1] and kind != "stochastic":
        raise Refusal(f"{kind} matrices that aren't square", MATRIX_SET, rule=4, at=at)
    return Matrices(base, kind)


def domains(cursor: Cursor, atoms: Atoms, at: int) -> tuple[Domain, ...]:
    """The factors of a product of sets."""
    found = []
    for inside in split(atoms, Times, "×"):
        if len(inside) > 1 and isinstance(inside[1], Comma):
            positive = "a positive number is one of {]0, \\infty[}"
            if any(isinstance(each, Letter) and each.sub for each in inside[2:3]):
                positive = "positive components are those of (\\mathbb{R}_{+}^{*})^{n}"
            way_out = f"write , \\quad before the next statement; {positive}"
            raise Refusal("this isn't a set that can be drawn from", way_out, rule=1, at=inside[1].at)
        if len(inside) != 1:
            raise _no_set(inside[1].at if len(inside) > 1 else at)
        found.append(_set(cursor, inside[0]))
    return tuple(found)


def _set(cursor: Cursor, atom: Atom) -> Domain:
    match atom:
        case Letter(text, primes=0) if text in NUMBERS:
            return _numbers(cursor, atom)
        case Letter("\\Delta", sub=(), primes=0) if atom.sup:
            return Simplex(cursor.expression(atom.sup, atom.at))
        case Letter("\\mathbb{S}", primes=0) if atom.sup:
            return _by_sign(cursor, atom)
        case Group(sub=()):
            return _with_sizes(cursor, _bracketed(cursor, atom), atom.sup, atom)
    raise _no_set(atom.at)


def _by_sign(cursor: Cursor, letter: Letter) -> Domain:
    """Positive definite or semidefinite matrices; without a sign, the letter may mean a sphere."""
    signs = "".join(each.text for each in letter.sub if isinstance(each, Sign))
    if len(signs) != len(letter.sub) or signs not in SIGNED:
        what = "symmetric matrices, or a sphere, may be meant"
        way_out = "write \\mathbb{R}^{n \\times n} \\text{ symmetric}; \\mathbb{S}_{++}^{n} for positive definite ones"
        raise Refusal(what, way_out, rule=4, at=letter.at)
    size = cursor.expression(letter.sup, letter.at)
    return Matrices(Arrays(Reals(), (size, size)), SIGNED[signs])


def _numbers(cursor: Cursor, letter: Letter) -> Domain:
    """A set of numbers, by the letter and what its scripts say of the sign."""
    has_star = bool(letter.sup) and isinstance(letter.sup[0], Star)
    signs = [each.text for each in letter.sub if isinstance(each, Mark) and each.is_bare]
    others = [each for each in letter.sub if not isinstance(each, Mark | Blank) or not each.is_bare]
    key = NUMBERS[letter.text], "".join(signs), has_star
    found = None if others else VARIANTS.get(key)
    match letter.sub:
        case (Relation(sign), *bound) if found is None and bound and not has_star:
            found = within(VARIANTS[key[0], "", False], sign, cursor.expression(tuple(bound), letter.at))
    if found is None:
        raise _no_set(letter.at)
    return _with_sizes(cursor, found, letter.sup[1:] if has_star else letter.sup, letter)


def _bracketed(cursor: Cursor, group: Group) -> Domain:
    """A list of numbers, an interval, or a set in brackets."""
    parts = split(group.content, Comma)
    match group.brackets:
        case Brackets("{", "}"):
            bounds = range_of(cursor, (replace(group, sup=()),), group.at)
            if bounds is not None:
                if bounds.between and not runs_up(bounds.first, bounds.between):
                    what = "a set of whole numbers that don't follow each other"
                    way_out = "declare m \\in \\{1, \\dots, n\\} and define what is made of it: k \\coloneqq 2 m"
                    raise Refusal(what, way_out, rule=4, at=bounds.between[0].at)
                return Whole(bounds.first, bounds.last)
            if _is_rule(parts):
                raise _no_set(group.at)
            return Finite(tuple(cursor.expression(part, group.at) for part in parts))
        case Brackets("(", ")") if len(parts) == 1:
            return domain(cursor, group.content, group.at)
        case Brackets("[" | "]" | "(" as left, "]" | "[" | ")" as right) if len(parts) == 2:
            lower, upper = (_bound(cursor, part, group) for part in parts)
            opens, closes = lower is not None and left != "[", upper is not None and right != "]"
            return Reals(lower, upper, lower_open=opens, upper_open=closes)
    raise _no_set(group.at)


def _is_rule(parts: list[Atoms]) -> bool:
    r"""Whether a set in braces says by a rule what lies in it, as \{x \mid x > 0\} does."""
    if not only_dots(parts) and all(len(part) == 1 for part in parts):
        return False
    return any(isinstance(each, Dots | Relation | Bar) for part in parts for each in part)


def _bound(cursor: Cursor, atoms: Atoms, group: Group) -> Node | None:
    """An end of an interval; None for infinity."""
    match atoms:
        case (*signs, Infinity()) if all(isinstance(each, Sign) for each in signs):
            return None
    return cursor.expression(atoms, group.at)


def _with_sizes(cursor: Cursor, base: Domain, sup: Atoms, atom: Atom) -> Domain:
    if not sup:
        return base
    if isinstance(base, Arrays) and base.without_zero:
        what = "a power of a set of arrays without the one of zeros isn't read yet"
        raise Refusal(what, "declare a symbol for each of them", rule=4, at=atom.at)
    return Arrays(base, tuple(cursor.expression(part, atom.at) for part in split(sup, Times, "×")))
