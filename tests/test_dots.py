"""Dots: what the entries beside them determine, what doesn't fit them, and what stands before them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.verdicts import verdict
from verimath.evaluation.ellipsis import listed, with_prefix
from verimath.meaning.expression import Add, Dots, Index, Name, Negative, Node, Number, Power, Product
from verimath.message.refusal import Refusal
from verimath.numbers.array import make

SIZES = {"n": 5, "b": 0.25, "q": 2.5}


def whole(value: int) -> Node:
    return Number(Fraction(value)) if value >= 0 else Negative(Number(Fraction(-value)))


def node(entry: object) -> Node:
    """A number or a name for a node."""
    return entry if isinstance(entry, Node) else whole(entry) if isinstance(entry, int) else Name(str(entry))


def x(*places: object) -> Node:
    return Index(Name("x"), tuple(map(node, places)))


def less(a: object, b: int) -> Node:
    return Add((node(a), Negative(whole(b))))


def times(a: object, b: object) -> Node:
    return Product(node(a), node(b))


def evaluate(inner: Node) -> Any:
    """By rules of its own, so that a mistake in those of the package doesn't hide one here."""
    match inner:
        case Number(value):
            return int(value)
        case Name(name):
            return SIZES[name]
        case Negative(value):
            return -evaluate(value)
        case Add(terms):
            return sum(map(evaluate, terms))
        case Product(left, right):
            return evaluate(left) * evaluate(right)
        case Power(base, exponent):
            return evaluate(base) ** evaluate(exponent)
        case Index(_, entries):
            # Of another value at each place.
            total = 0.5
            for entry in entries:
                total = 10 * total + evaluate(entry)
            return total
    raise AssertionError(inner)


def dots(*entries: object) -> Dots:
    """All but the last stand before the dots."""
    first, *between, last = map(node, entries)
    return Dots(first, tuple(between), last)


DETERMINED: list[tuple[str, Dots, list[Any]]] = [
    ("x_1, …, x_n", dots(x(1), x("n")), [evaluate(x(k)) for k in range(1, 6)]),
    ("x_1, x_2, …, x_n", dots(x(1), x(2), x("n")), [evaluate(x(k)) for k in range(1, 6)]),
    ("x_1, x_3, …, x_n", dots(x(1), x(3), x("n")), [evaluate(x(k)) for k in (1, 3, 5)]),
    ("x_n, …, x_1", dots(x("n"), x(1)), [evaluate(x(k)) for k in (5, 4, 3, 2, 1)]),
    ("x_n, x_{n-1}, …, x_1", dots(x("n"), x(less("n", 1)), x(1)), [evaluate(x(k)) for k in (5, 4, 3, 2, 1)]),
    ("x_{11}, …, x_{nn}", dots(x(1, 1), x("n", "n")), [evaluate(x(k, k)) for k in range(1, 6)]),
    ("x_{1n}, …, x_{n1}", dots(x(1, "n"), x("n", 1)), [evaluate(x(k, 6 - k)) for k in range(1, 6)]),
    ("1, 2, …, n", dots(1, 2, "n"), [1, 2, 3, 4, 5]),
    ("1, 3, …, n", dots(1, 3, "n"), [1, 3, 5]),
    ("1, …, n", dots(1, "n"), [1, 2, 3, 4, 5]),
    ("2, 4, …, 2n", dots(2, 4, times(2, "n")), [2, 4, 6, 8, 10]),
    ("q^1, …, q^n", dots(Power(Name("q"), whole(1)), Power(Name("q"), Name("n"))), [2.5**k for k in range(1, 6)]),
    ("x_1, …, x_1", dots(x(1), x(less("n", 4))), [evaluate(x(1))]),
    ("x_1, x_2, …, x_1", dots(x(1), x(2), x(less("n", 4))), [evaluate(x(1))]),
]


@pytest.mark.parametrize(("text", "entries", "values"), DETERMINED, ids=[case[0] for case in DETERMINED])
def test_dots_go_on_in_equal_steps(text: str, entries: Dots, values: list[Any]) -> None:
    assert listed(entries, evaluate) == values


SAME = "the entries beside the dots are the same"
STEP = "what changes between the entries doesn't change in step"
LAST = "the steps of the entries don't lead to the last one"
MISFIT = "an entry before the dots doesn't fit the others"
REFUSED: list[tuple[str, Dots, str]] = [
    ("x_1, …, x_1", dots(x(1), x(1)), SAME),
    ("x_1, x_2, x_4, …, x_n", dots(x(1), x(2), x(4), x("n")), LAST),
    ("x_1, x_2, x_4, …, x_{2n}", dots(x(1), x(2), x(4), x(times(2, "n"))), MISFIT),
    ("x_1, x_2, …, x_0", dots(x(1), x(2), x(less("n", 5))), LAST),
    ("x_2, x_2, …, x_n", dots(x(1), x(1), x(2), x("n")), MISFIT),
    ("1, 2, 4, …, 8", dots(1, 2, 4, 8), MISFIT),
    ("x_1, x_4, …, x_n", dots(x(1), x(4), x("n")), LAST),
    ("x_2, x_1, …, x_n", dots(x(2), x(1), x("n")), LAST),
    ("x_{11}, …, x_{n2}", dots(x(1, 1), x("n", 2)), STEP),
    ("x_b, …, x_n", dots(x("b"), x("n")), "what changes between the entries isn't a whole number"),
    ("x_1, …, x_{9^9}", dots(x(1), x(Power(whole(9), whole(9)))), "dots for 387420489 entries"),
]


@pytest.mark.parametrize(("text", "entries", "evidence"), REFUSED, ids=[case[0] for case in REFUSED])
def test_entries_that_determine_nothing_are_refused(text: str, entries: Dots, evidence: str) -> None:
    with pytest.raises(Refusal) as refused:
        listed(entries, evaluate)
    assert refused.value.evidence == evidence
    assert refused.value.way_out


# Symbols are those of `SYMBOLS`: what may go on in two ways, and the same where one entry more says in which.
SYMBOLS = (
    r"k \in \mathbb{N}^{*}, \quad r \in \mathbb{R}, \quad x \in \mathbb{R}^{k}, \quad y \in \mathbb{R}^{2 k},"
    r" \quad S = (s_{ij}) \in \mathbb{R}^{k \times k} \text{ symmetric}"
)
TWO_WAYS = [
    (r"2 + \cdots + 2 k = k (k + 1)", r"2 + 4 + \cdots + 2 k = k (k + 1)"),
    (r"1 + \dots + (2 k - 1) = k^2", r"1 + 3 + \dots + (2 k - 1) = k^2"),
    (r"1 + 2 + \cdots + 2^k = 2^{k-1} (2^k + 1)", r"1 + 2 + 3 + \cdots + 2^k = 2^{k-1} (2^k + 1)"),
    (r"1 + 4 + \cdots + k^2 = \frac{k (k+1) (2k+1)}{6}", r"\sum_{i=1}^{k} i^2 = \frac{k (k+1) (2k+1)}{6}"),
    (
        r"r (r - 3) \cdots (r - 3 k) = \prod_{i=0}^{k} (r - 3 i)",
        r"r (r - 3) (r - 6) \cdots (r - 3 k) = \prod_{i=0}^{k} (r - 3 i) \quad \text{if } k \geq 2",
    ),
    (
        r"r^2 (r^2 - 1) \cdots (r^2 - k^2) = r^2 \prod_{i=1}^{k^2} (r^2 - i)",
        r"(r - 1) \cdots (r - k) = \prod_{i=1}^{k} (r - i)",
    ),
    (r"r^2 + \cdots + r^{2 k} = \sum_{i=1}^{k} r^{2 i}", r"r^2 + r^4 + \cdots + r^{2 k} = \sum_{i=1}^{k} r^{2 i}"),
]


@pytest.mark.parametrize(("unclear", "clear"), TWO_WAYS)
def test_entries_that_may_go_on_in_two_ways_are_refused(unclear: str, clear: str) -> None:
    assert verdict(SYMBOLS, unclear).verdict == "ill-formed"
    assert verdict(SYMBOLS, clear).verdict == "holds"


def test_of_components_all_are_meant() -> None:
    assert verdict(SYMBOLS, r"y_1 + \cdots + y_{2 k} = \sum_i y_i").verdict == "holds"
    assert verdict(SYMBOLS, r"y_2 + \cdots + y_{2 k} = \sum_{i=1}^{k} y_{2 i}").verdict == "false"


# Ranges that run down, or by other steps, behind a claim that is false of all that they mean, and as they are read.
VECTOR = r"n \in \mathbb{N}^{*}, \quad x \in \mathbb{R}^{n}"
OTHER_RANGES = [
    (r"x_i = x_1 \quad \forall i \in \{n, n - 1, \dots, 1\}", r"\forall i \in \{1, \dots, n\}"),
    (r"x_i = x_1 \quad \text{for } i = n, \dots, 1", r"\text{for } i = 1, \dots, n"),
    (r"x_i = x_1, \quad i = n, n - 1, \dots, 1", r"i = 1, 2, \dots, n"),
    (r"x_{i+1} = x_1 \quad \text{for } i = n - 1, \dots, 0", r"\text{for } i = 0, \dots, n - 1"),
    (r"x_i = x_1 \quad \forall i \in \{1, 3, \dots, n\}", r"\forall i \in \{1, 2, \dots, n\}"),
]


@pytest.mark.parametrize(("claim", "upwards"), OTHER_RANGES)
def test_a_range_that_runs_otherwise_is_refused(claim: str, upwards: str) -> None:
    assert verdict(VECTOR, claim).verdict == "ill-formed"
    body, found, _ = claim.partition(r" \quad ")
    body = body.removesuffix(",") + ("," if upwards.startswith("i") else "")
    assert found
    assert verdict(VECTOR, rf"{body} \quad {upwards}").verdict == "false"
    assert (
        verdict(VECTOR, rf"{body.replace('=', '- x_1 =', 1).replace('= x_1', '= 0', 1)} \quad {upwards}").verdict
        == "false"
    )


# Sets of whole numbers: refused, since what stands before the dots isn't the second of them, or read.
REFUSED_SETS = [
    r"2, 4, \dots, 2 n",
    r"n, n - 1, \dots, 1",
    r"n, \dots, 1",
    r"3, 0, \dots, 9",
    r"9, \dots, 3",
    r"1, 17, \dots, n",
]
READ_SETS = [
    r"1, 2, \dots, n",
    r"-1, 0, \dots, n",
    r"n, n + 1, \dots, 2 n",
    r"n - 1, n, \dots, 9",
    r"1, \dots, n",
    r"3, \dots, 9",
]


@pytest.mark.parametrize("written", REFUSED_SETS)
def test_a_set_that_its_second_number_contradicts_is_refused(written: str) -> None:
    assert verdict(VECTOR, rf"k \in \{{{written}\}}", r"k + 1 > k").verdict == "ill-formed"


@pytest.mark.parametrize("written", READ_SETS)
def test_a_set_whose_second_number_fits_is_read(written: str) -> None:
    assert verdict(VECTOR, rf"k \in \{{{written}\}}", r"k + 1 > k").verdict == "holds"


CORNERS = r"\begin{bmatrix} %s & \cdots & %s \\ \vdots & \ddots & \vdots \\ %s & \cdots & %s \end{bmatrix}"
# The corners of a matrix whose entries beside the diagonal are written the same, and what it was taken for.
ONE_OF_MANY = [
    (("s_{11}", "s_{1k}", "s_{1k}", "s_{kk}"), r"\operatorname{tr} S"),
    (("x_1^2", "x_1 x_k", "x_1 x_k", "x_k^2"), r"\lVert x \rVert^2"),
    (("1", "k", "k", "2 k - 1"), "k (2 k - 1)"),
    (("1", "k", "k", "k^2"), r"\frac{k^2 (k^2 + 1)}{2}"),
    (("1", "2", "2", "k"), r"\frac{k (k + 1)}{2}"),
]


@pytest.mark.parametrize(("corners", "trace"), ONE_OF_MANY)
def test_a_corner_that_may_be_one_of_many_entries_is_refused(corners: tuple[str, ...], trace: str) -> None:
    assert verdict(SYMBOLS, rf"\operatorname{{tr}} {CORNERS % corners} = {trace}").verdict == "ill-formed"


GAPS = r"\begin{bmatrix} %s & & %s \\ & \ddots & \\ %s & & %s \end{bmatrix}"


def test_what_is_empty_is_zero_and_so_are_its_corners() -> None:
    assert verdict(SYMBOLS, rf"{GAPS % ('x_1', '0', '0', 'x_k')} = \operatorname{{diag}}(x)").verdict == "holds"
    assert verdict(SYMBOLS, rf"{GAPS % ('x_1', '', '', 'x_k')} = \operatorname{{diag}}(x)").verdict == "holds"
    everywhere = r"\operatorname{diag}(x) + r \mathbf{1}^\top \mathbf{1} - r I"
    assert verdict(SYMBOLS, rf"{GAPS % ('x_1', 'r', 'r', 'x_k')} = {everywhere}").verdict == "ill-formed"


def test_the_same_number_in_both_corners_is_everywhere_beside_the_diagonal() -> None:
    diagonal = CORNERS % ("x_1", "r", "r", "x_k")
    assert (
        verdict(SYMBOLS, rf"{diagonal} = \operatorname{{diag}}(x) + r \mathbf{{1}}^\top \mathbf{{1}} - r I").verdict
        == "holds"
    )
    assert verdict(SYMBOLS, rf"{CORNERS % ('s_{11}', 's_{1k}', 's_{k1}', 's_{kk}')} = S").verdict == "holds"


def test_an_array_as_what_changes_is_refused() -> None:
    with pytest.raises(Refusal, match="isn't a whole number"):
        listed(dots(x(1), x("n")), lambda inner: make((1,), [1.0]))


PREFIXED: list[tuple[str, Dots, int]] = [
    ("x_1 + … + x_n", dots(x(1), x("n")), 0),
    ("x_1 + x_2 + … + x_n", dots(x(1), x(2), x("n")), 0),
    ("b + x_1 + … + x_n", dots("b", x(1), x("n")), 1),
    ("b + x_1 + x_2 + … + x_n", dots("b", x(1), x(2), x("n")), 1),
    ("q + b + x_1 + … + x_n", dots("q", "b", x(1), x("n")), 2),
    # Of the same kind, an entry that doesn't fit is a mistake, and stays to be refused.
    ("x_3 + x_1 + x_2 + … + x_n", dots(x(3), x(1), x(2), x("n")), 0),
]


@pytest.mark.parametrize(("text", "entries", "count"), PREFIXED, ids=[case[0] for case in PREFIXED])
def test_terms_of_another_kind_stand_before_the_dots(text: str, entries: Dots, count: int) -> None:
    printed = (entries.first, *entries.between)
    prefix, rest = with_prefix(entries, evaluate)
    assert prefix == printed[:count]
    assert (rest.first, *rest.between) == printed[count:]
    assert rest.last == entries.last


def test_a_term_of_the_same_kind_that_does_not_fit_is_refused_behind_the_prefix() -> None:
    _, rest = with_prefix(dots(x(3), x(1), x(2), x("n")), evaluate)
    with pytest.raises(Refusal, match="doesn't fit the others"):
        listed(rest, evaluate)
