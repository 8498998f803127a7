r"""The signs of the language: relations, products, constants. One row each, read by whoever reads or writes them.

A sign's name in trees is what it looks like, such as `≤`; its row says how KaTeX spells it and how it is written.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any, Literal

from ..message.frozen import frozen
from ..numbers.dual import Scalar


@frozen
class Relation:
    r"""A sign between two sides.

    Attributes:
        sign: its name in trees and messages.
        tex: how it is written.
        spelled: how it may be printed, by KaTeX's names.
        exactly: whether two real numbers fulfil it; None for what is no condition.
        order: which of two numbers that differ must be on which side, for < and its like; None for others.
        strict: whether equal sides don't fulfil it.
        opposite: the condition that holds where it doesn't.
        other_guards: what a slip makes of it in a guard.
        other_claims: what a slip makes of it in a claim, none of which follows from it.
        roomier: whether its left side may become lower ("≤") or higher ("≥") without making a claim stronger.
        wider: how a slip moves a number right of it, so that the condition lets more trials in, or others.
    """

    sign: str
    tex: str
    spelled: tuple[str, ...]
    exactly: Callable[[Any, Any], bool] | None = None
    order: Callable[[Any, Any], bool] | None = None
    strict: bool = False
    opposite: str = ""
    other_guards: tuple[str, ...] = ()
    other_claims: tuple[str, ...] = ()
    roomier: str = ""
    wider: tuple[int, ...] = ()

    @property
    def is_claim(self) -> bool:
        """Whether it says something of two sides that is true or false."""
        return bool(self.other_claims)


RELATIONS = {
    row.sign: row
    for row in (
        Relation(
            "=",
            "=",
            ("=",),
            exactly=operator.eq,
            opposite="≠",
            other_guards=("≠",),
            other_claims=("≠", "<", ">"),
            wider=(-1, 1),
        ),
        Relation(
            "≠",
            r"\neq",
            ("≠",),
            exactly=operator.ne,
            strict=True,
            opposite="=",
            other_guards=("=",),
            other_claims=("=",),
        ),
        Relation(
            "<",
            "<",
            ("<", r"\lt"),
            exactly=operator.lt,
            order=operator.lt,
            strict=True,
            opposite="≥",
            other_guards=("≤", "≥"),
            other_claims=("=", "≥"),
            roomier="≤",
            wider=(1,),
        ),
        Relation(
            "≤",
            r"\leq",
            (r"\leq", r"\le", r"\leqslant", "≤"),
            exactly=operator.le,
            order=operator.lt,
            opposite=">",
            other_guards=("<", ">"),
            other_claims=("<", "=", "≥"),
            roomier="≤",
            wider=(1,),
        ),
        Relation(
            ">",
            ">",
            (">", r"\gt"),
            exactly=operator.gt,
            order=operator.gt,
            strict=True,
            opposite="≤",
            other_guards=("≥", "≤"),
            other_claims=("=", "≤"),
            roomier="≥",
            wider=(-1,),
        ),
        Relation(
            "≥",
            r"\geq",
            (r"\geq", r"\ge", r"\geqslant", "≥"),
            exactly=operator.ge,
            order=operator.gt,
            opposite="<",
            other_guards=(">", "<"),
            other_claims=(">", "=", "≤"),
            roomier="≥",
            wider=(-1,),
        ),
        Relation("≈", r"\approx", (r"\approx", "≈"), other_claims=("=",)),
        # What these say makes a statement of another kind.
        Relation("≔", r"\coloneqq", ("≔",)),
        Relation("←", r"\leftarrow", (r"\leftarrow", r"\gets", "←")),
        Relation("∈", r"\in", (r"\in", "∈")),
        Relation("→", r"\to", (r"\to", r"\rightarrow", "→")),
        Relation("↦", r"\mapsto", (r"\mapsto",)),
        Relation(":", r"\colon", (":",)),
    )
}


@frozen
class Order:
    r"""A sign between two symmetric matrices that says of their difference that it is positive (semi-)definite.

    Attributes:
        sign: the relation of its least eigenvalue to 0.
        flips: whether the right side is the greater one.
        tex: how it is written.
        spelled: how it may be printed, by KaTeX's names.
    """

    sign: str
    flips: bool
    tex: str
    spelled: tuple[str, ...]


ORDERS = {
    "⪰": Order("≥", False, r"\succeq", (r"\succeq", r"\succcurlyeq")),
    "≻": Order(">", False, r"\succ", (r"\succ",)),
    "⪯": Order("≥", True, r"\preceq", (r"\preceq", r"\preccurlyeq")),
    "≺": Order(">", True, r"\prec", (r"\prec",)),
}
# Of one side of an inequality, seen from it: what its change may be without making the claim stronger.
MIRRORED = {"≤": "≥", "≥": "≤"}


@frozen
class Times:
    r"""A sign between two factors.

    Attributes:
        sign: its name in trees; empty for factors side by side.
        tex: how it is written, with the space around it.
        spelled: how it may be printed, by KaTeX's names.
        elementwise: whether it multiplies arrays place by place.
        divides: whether it divides.
        kind: how it multiplies arrays: as matrices, where it doesn't say; factors by several kinds need brackets.
        dotted: whether dots may stand for factors between two of it.
        slip: of a sign that multiplies arrays in a way of its own, what a hand writes in its place.
    """

    sign: str
    tex: str
    spelled: tuple[str, ...] = ()
    elementwise: bool = False
    divides: bool = False
    kind: Literal["", "places", "blocks", "entries"] = ""
    dotted: bool = False
    slip: str | None = None


PRODUCTS = {
    row.sign: row
    for row in (
        Times("", " ", dotted=True),
        Times("·", r" \cdot ", (r"\cdot", "·", "⋅"), dotted=True),
        Times("×", r" \times ", (r"\times", "×"), dotted=True),
        Times("⊙", r" \odot ", (r"\odot", "⊙"), elementwise=True, kind="places", slip=""),
        Times("∘", r" \circ ", (r"\circ",), elementwise=True, kind="places", slip=""),
        Times("⊗", r" \otimes ", (r"\otimes", "⊗"), kind="blocks", slip="⊙"),
        Times(":", " : ", kind="entries", slip="⊙"),
        Times(".", " . ", (".",)),
        Times("/", " / ", ("/",), divides=True),
    )
}


@frozen
class Constant:
    r"""A letter that is a number where the page hasn't declared it.

    Attributes:
        name: its name in trees.
        tex: how it is written.
        spelled: how it may be printed, as a letter is read.
        floats: its value in floats.
        many: its value in an mpmath context.
        power: the operation that a power of it is, if it is one.
    """

    name: str
    tex: str
    spelled: tuple[str, ...]
    floats: complex
    many: Callable[[Any], Scalar]
    power: str = ""

    def value(self, context: Any) -> Scalar:
        """Its value, in the context's digits if there is one."""
        return self.floats if context is None else self.many(context)


CONSTANTS = {
    row.name: row
    for row in (
        Constant("e", "e", ("e", r"\mathrm{e}"), math.e, lambda context: context.e * 1, power="exp"),
        Constant("π", r"\pi", (r"\pi", "π"), math.pi, lambda context: context.pi * 1),
        Constant("i", r"\mathrm{i}", (r"\mathrm{i}",), 1j, lambda context: context.mpc(0, 1)),
    )
}


@frozen
class StandardArray:
    r"""An array that a letter is where the page hasn't declared it.

    Attributes:
        name: its name in trees.
        spelled: how it may be printed, as a letter is read.
        is_unit: whether its subscript is the place of its 1, and none of its sizes.
        axes: how many subscripts may be printed below it.
    """

    name: str
    spelled: tuple[str, ...]
    axes: tuple[int, ...]
    is_unit: bool = False


STANDARD = {
    row.name: row
    for row in (
        StandardArray("identity", ("I", r"\mathbf{I}", r"\boldsymbol{I}"), (1,)),
        StandardArray("zero", (r"\mathbf{0}", r"\boldsymbol{0}"), (1, 2)),
        StandardArray("ones", (r"\mathbf{1}", r"\boldsymbol{1}"), (1,)),
        StandardArray("unit", (r"\mathbf{e}", r"\boldsymbol{e}"), (1,), is_unit=True),
    )
}


@frozen
class MatrixKind:
    r"""Words behind a set of matrices, which say of what kind they are.

    Attributes:
        name: its name in trees, in English words.
        words: the same in French, and other words for it in both languages; French ones may be in the plural.
        tex: how the set is written by a letter, {} standing for the size; empty where it has none.
        is_symmetric: whether all of them are.
        is_complex: whether they are made of complex numbers only.
        may_be_complex: whether they may be; what is definite is Hermitian then.
    """

    name: str
    words: tuple[str, ...]
    tex: str = ""
    is_symmetric: bool = False
    is_complex: bool = False
    may_be_complex: bool = False

    @property
    def is_ordered(self) -> bool:
        """Whether two of them are put in order: symmetric ones, and Hermitian ones."""
        return self.is_symmetric or self.name == "hermitian"


MATRICES = {
    row.name: row
    for row in (
        MatrixKind("symmetric", ("symétrique",), is_symmetric=True, may_be_complex=True),
        MatrixKind(
            "positive definite",
            (
                "symétrique définie positive",
                "définie positive",
                "symmetric positive definite",
                "hermitienne définie positive",
                "hermitian positive definite",
            ),
            r"\mathbb{{S}}_{{++}}^{{{}}}",
            is_symmetric=True,
            may_be_complex=True,
        ),
        MatrixKind(
            "positive semidefinite",
            (
                "symétrique semi-définie positive",
                "semi-définie positive",
                "symétrique positive",
                "symmetric positive semidefinite",
                "positive semi-definite",
                "symmetric positive semi-definite",
                "hermitienne semi-définie positive",
                "hermitian positive semidefinite",
                "hermitian positive semi-definite",
            ),
            r"\mathbb{{S}}_{{+}}^{{{}}}",
            is_symmetric=True,
            may_be_complex=True,
        ),
        MatrixKind("orthogonal", ("orthogonale",), "O({})"),
        MatrixKind("hermitian", ("hermitienne", "self-adjoint", "auto-adjointe"), is_complex=True),
        MatrixKind("unitary", ("unitaire",), "U({})", is_complex=True),
        MatrixKind("invertible", ("inversible", "nonsingular", "non-singular"), may_be_complex=True),
        MatrixKind("diagonal", ("diagonale",), is_symmetric=True, may_be_complex=True),
        MatrixKind("upper triangular", ("triangulaire supérieure",), may_be_complex=True),
        MatrixKind("lower triangular", ("triangulaire inférieure",), may_be_complex=True),
        MatrixKind("stochastic", ("stochastique", "row-stochastic")),
    )
}

# What a page may define of two arguments in brackets alone, by the left one: how it is named, and printed.
PAIRED = {"[": r"[\cdot, \cdot]", "{": r"\{\cdot, \cdot\}"}
