r"""The page that expressions are made for, and what its symbols are in Python, which no code of the checker computes.

`direct` evaluates an expression's Python on a trial's numbers, in 60 digits.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Any

import mpmath
import numpy as np

from tests.equations import scope
from verimath.names.table import Names
from verimath.numbers.array import Array, Value
from verimath.trials.page_trials import Trials

DIGITS = 60
EXACT = mpmath.MPContext()
EXACT.dps = DIGITS

# Symbols, and their names in Python.
REALS = {"a": "a", "b": "b", "t": "t", "w'": "w_prime", "D_{KL}": "D_KL", r"\lambda": "lam", "r": "r"}
POSITIVE = {"p": "p", "q": "q"}
VECTORS = {"n": {"x": "x", "y": "y", "x^{*}": "x_star"}, "m": {"z": "z"}, "2": {"v": "v"}, "3": {"w": "w"}}
MATRICES = {"n m": {"A": "A"}, "m n": {"B": "B"}, "n n": {"M": "M", "H": "H"}, "2 3": {"C": "C"}, "3 3": {"G": "G"}}
FENCES = (
    r"n, m \in \mathbb{N}^{*}, \quad k \in \{1, \dots, n\}",
    r"a, b, t, w', D_{\mathrm{KL}}, \lambda, r \in \mathbb{R}, \quad p, q \in \mathbb{R}_{+}^{*}",
    r"x, y, x^{*} \in \mathbb{R}^n, \quad z \in \mathbb{R}^m, \quad v \in \mathbb{R}^2, \quad w \in \mathbb{R}^3",
    r"A \in \mathbb{R}^{n \times m}, \quad B \in \mathbb{R}^{m \times n}, \quad M, H \in \mathbb{R}^{n \times n}",
    r"C \in \mathbb{R}^{2 \times 3}, \quad G \in \mathbb{R}^{3 \times 3}",
    r"f(u) \coloneqq u^2 + a, \qquad g(u, v) \coloneqq u v - b, \qquad r(u) \coloneqq 3 u",
    r"\operatorname{relu}(u) \coloneqq \max(u, 0)",
    r"\nu(u) \coloneqq \sum_l u_l^2, \qquad S(u) \coloneqq 2 u",
)


@cache
def names(columns: bool) -> Names:
    """The page's names, where vectors are columns or rows."""
    return scope(*FENCES, front="vectors: column" if columns else "")


@cache
def trials(columns: bool) -> Trials:
    return Trials(names(columns))


def in_numpy(value: Value) -> Any:
    """A drawn value: a whole number, a number of 60 digits, or an object array of them."""
    if isinstance(value, Array):
        return np.array([EXACT.convert(x) for x in value.entries.flat], dtype=object).reshape(value.shape)
    return value if isinstance(value, int) else EXACT.convert(value)


def _positive(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def of_positive(x: Any) -> Any:
        if x <= 0:
            raise ValueError(x)
        return function(x)

    return of_positive


def drawn(columns: bool, trial: int) -> dict[str, Any]:
    """A trial's numbers, by their names in Python."""
    world = trials(columns).trial(trial)
    symbols = {"n": "n", "m": "m", "k": "k"} | REALS | POSITIVE
    for group in (*VECTORS.values(), *MATRICES.values()):
        symbols |= group
    return {code: in_numpy(world.value(key)) for key, code in symbols.items()}


def functions(number: Callable[[Any], Any], of: dict[str, Any]) -> dict[str, Any]:
    """What an expression's Python may call, beside Python's own."""

    def total(values: Any) -> Any:
        return sum(values, number(0))

    def one(values: Any) -> Any:
        [found] = [value() for holds, value in values if holds]
        return found

    def power(x: Any, y: Any) -> Any:
        if y != int(y):
            return _positive(lambda x: x**y)(x)
        return number(x) ** int(y)

    def array(*entries: Any) -> Any:
        return np.array(entries, dtype=object)

    return {
        "N": number,
        "np": np,
        "total": total,
        "prod": lambda values: np.prod(np.array([number(1), *values], dtype=object)),
        "one": one,
        "power": power,
        "array": array,
        "upto": lambda last: range(1, last + 1),
        "exp": EXACT.exp,
        "ln": _positive(EXACT.log),
        "sqrt": lambda x: EXACT.sqrt(x) if x >= 0 else _positive(EXACT.sqrt)(x),
        "sin": EXACT.sin,
        "cos": EXACT.cos,
        "tanh": EXACT.tanh,
        "pi": +EXACT.pi,
        "e": +EXACT.e,
        "diff": EXACT.diff,
        "f": lambda u: u * u + of["a"],
        "g": lambda u, v: u * v - of["b"],
        "r_of": lambda u: 3 * u,
        "relu": lambda u: max(u, number(0)),
        "nu": lambda u: total(u * u),
        "S": lambda u: 2 * u,
    }


class Watched(ast.NodeTransformer):
    """Calls `seen` with the value of every part of an expression."""

    def visit(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node, ast.BinOp | ast.Call | ast.UnaryOp):
            return ast.Call(ast.Name("seen", ast.Load()), [node], [])
        return node


@cache
def _compiled(code: str) -> Any:
    watched: Any = Watched().visit(ast.parse(code, mode="eval"))
    return compile(ast.fix_missing_locations(watched), code, "eval")


def direct(code: str, of: dict[str, Any]) -> tuple[Any, float]:
    """The value of an expression's Python, and the greatest number that came up on the way.

    Raises:
        ValueError, ZeroDivisionError: where it has none.
    """
    largest = [1.0]

    def seen(value: Any) -> Any:
        if isinstance(value, np.ndarray | EXACT.mpf):
            largest[0] = max(largest[0], *(abs(float(x)) for x in np.ravel(np.array(value, dtype=object))))
        return value

    return eval(_compiled(code), functions(EXACT.mpf, of) | of | {"seen": seen}), largest[0]


def combinations(letters: str, of: dict[str, Any]) -> list[dict[str, int]]:
    """All values of free letters on a trial."""
    sizes = {"i": of["n"], "j": of["m"]}
    values = product(*(range(1, sizes[letter] + 1) for letter in letters))
    return [dict(zip(letters, each, strict=True)) for each in values]
