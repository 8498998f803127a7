"""Expressions as claims of the page: printed, read, checked, and what Python says of them."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np

from tests.fuzz.laws import Identity
from tests.fuzz.page import combinations, direct, drawn, in_numpy, names, trials
from tests.fuzz.pairs import Pair, literal, size
from verimath.derivation.resolve import statements_of
from verimath.evaluation import evaluate
from verimath.latex.write import Writer
from verimath.meaning.expression import Name, Node, Number, Range
from verimath.meaning.statement import Claim, Quantifier, Reach
from verimath.message.refusal import Refusal
from verimath.verdict.check import check_statement

FREE = {"i": "n", "j": "m"}
# Where Python has no value.
NONE = (ValueError, ZeroDivisionError)
# A difference, beside the greatest number on the way: of 60 digits from 50, and of 60 digits from floats, where
# quotients and powers make rounding larger.
IN_DIGITS, IN_FLOATS = 1e-30, 1e-11
# Of two forms in 60 digits.
EQUAL = 1e-45


def letters_of(*nodes: Node) -> str:
    """The free letters of some expressions."""
    found = {part.name for node in nodes for part in node.walk() if isinstance(part, Name)}
    return "".join(letter for letter in FREE if letter in found)


def claim(left: Node, right: Node, relation: str = "=") -> Claim:
    """That two expressions are equal, or another relation, for all values of their free letters."""
    one = Number(Fraction(1))
    quantifiers = tuple(Quantifier((letter,), Range(one, size(FREE[letter])), 0) for letter in letters_of(left, right))
    return Claim((left, right), (relation,), (0,), Reach(quantifiers))


def read_back(of: Claim, columns: bool, writer: type[Writer] = Writer) -> Claim:
    """A claim as it is read from its own LaTeX; it must be the same."""
    tex = writer(names(columns).functions).formula((of,))
    [back] = statements_of(names(columns), tex)
    assert back == of, tex
    assert isinstance(back, Claim)
    return back


def says_so_in_python(pair: Pair, columns: bool, trial: int) -> None:
    """That the checker's values of an expression are Python's, in floats and in 50 digits."""
    back = read_back(claim(pair.tree, literal("1").tree), columns)
    of = drawn(columns, trial)
    for letters in islice(combinations(letters_of(pair.tree), of), 4):
        try:
            expected, largest = direct(pair.code, of | letters)
        except NONE:
            expected = None
        for many in (0, 50):
            found = _value(back.sides[0], letters, columns, trial, many)
            assert (found is None) == (expected is None), f"{found} for {expected} = {pair.code}"
            if expected is not None:
                allowed = largest * IN_DIGITS if many else largest**2 * IN_FLOATS
                assert np.shape(found) == np.shape(expected)
                assert distance(found, expected) <= allowed, f"{found} for {expected} = {pair.code}"


def _value(node: Node, letters: dict[str, int], columns: bool, trial: int, many: int) -> Any:
    world = trials(columns).trial(trial, many=many)
    trials(columns).effort.start()
    try:
        return in_numpy(evaluate(node, world.frame().having(letters)))
    except Refusal:
        return None


def distance(one: Any, other: Any) -> float:
    """The greatest distance of two numbers or arrays."""
    pairs = zip(_flat(one), _flat(other), strict=True)
    return max(float(abs(a - b)) for a, b in pairs)


def _flat(value: Any) -> list[Any]:
    return list(np.ravel(np.array(value, dtype=object)))


def verdict(of: Identity, columns: bool, relation: str = "=") -> str:
    """What the checker says of an identity, or of another relation, which it reads from LaTeX."""
    back = read_back(claim(of.left.tree, of.right.tree, relation), columns)
    trials(columns).effort.start()
    try:
        return check_statement(back, trials(columns)).verdict
    except Refusal as failure:
        return failure.verdict


def verdict_of_python(of: Identity, columns: bool) -> str:
    """What Python says of it, on the same trials: ill-formed where it has no value on one of them."""
    found = "holds"
    for trial in range(trials(columns).count):
        numbers = drawn(columns, trial)
        for letters in combinations(letters_of(of.left.tree, of.right.tree), numbers):
            try:
                left, one = direct(of.left.code, numbers | letters)
                right, other = direct(of.right.code, numbers | letters)
            except NONE:
                return "ill-formed"
            if distance(left, right) > EQUAL * max(one, other):
                found = "false"
    return found
