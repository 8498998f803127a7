r"""The operations of the language, one row each: read by reader, evaluator, writer, mutation and manual.

`OPERATIONS` has those of one argument: functions of a number, norms, parts, the trace. `BINDERS` has those of all that
an index or a list runs over: sums, products, maxima. To add one, add its row, and cases to tests/language.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from typing import Any, Literal

from ..message.frozen import frozen
from ..message.refusal import NoValue, Refusal
from ..numbers import complexes
from ..numbers.array import Array, Value, columns_of, cross_matrix, diagonal, kind, lies, plus, trace, transpose
from ..numbers.dual import Dual, Scalar, plain
from ..numbers.exponential import exponential
from ..numbers.linear import determinant, inverse, size_of_determinant
from ..numbers.scalar import (
    BY_ROUNDING,
    EXP,
    LN,
    Break,
    Function,
    apply,
    context_of,
    in_context,
    is_complex,
    is_finite,
    multiply,
    nearest_whole,
    real,
)
from ..numbers.spectra import (
    condition,
    eigenvalues,
    pseudo_inverse,
    rank,
    singular_values,
    spectral_radius,
    spectrum,
)
from . import special
from .signs import CONSTANTS
from .special import AWAY, SQRT

# How an operation of one argument is printed.


@frozen
class Prefix:
    r"""Before its argument: \ln x, or \operatorname{tr}(A), which may be spelled in other ways too.

    Where it `is_letter`, a page may give it another meaning: \Gamma. `by_habit`, readers take \sin^2 x, \sin 2x and
    \sin x \cos y in one way.
    """

    tex: str
    spelled: tuple[str, ...] = ()
    is_letter: bool = False
    by_habit: bool = False

    @property
    def is_named(self) -> bool:
        r"""Whether it is a name in upright letters, whose argument stands in brackets as a function's of the page."""
        return self.is_letter or self.tex.startswith(r"\operatorname")


@frozen
class Between:
    r"""Between two delimiters: \lvert x \rvert; `sub` is the subscript on the second one.

    `signs` are how the reader calls these two, `grown` how it does where \left and \right print others.
    """

    left: str
    right: str
    signs: tuple[str, str]
    grown: tuple[str, str] | None = None
    sub: str = ""


@frozen
class After:
    r"""Above and behind its argument: A^{\top}. `letters` say the same there, on a page where they are no symbol."""

    tex: str
    letters: tuple[str, ...] = ()


@frozen
class Behind:
    r"""In the line, behind its argument: n!."""

    tex: str


@frozen
class Own:
    r"""In a notation of its own, which the reader's grammar knows: \sqrt{x}. `tex` has {} for the argument."""

    tex: str


@frozen
class Ranked:
    r"""A letter with a subscript, before an argument in brackets: \lambda_i(A), which is one of several values.

    Where it has an `end`, that is the subscript, and its value the one that it says: \lambda_{\max}(A). Of those in
    `any_order`, the subscript is a letter that runs over all.
    """

    tex: str
    end: str = ""
    any_order: bool = False


Form = Ranked | Prefix | Between | After | Behind | Own
Shape = Literal["number", "vector", "square matrix", "array"]


def shape_of(value: Value) -> Shape:
    """What kind of thing a value is, the narrowest that applies."""
    if not isinstance(value, Array):
        return "number"
    if value.is_vector:
        return "vector"
    shape = value.shape
    return "square matrix" if len(shape) == 2 and shape[0] == shape[1] else "array"


ANY: tuple[Shape, ...] = ("number", "vector", "square matrix", "array")
# Of these, the operation itself refuses those that aren't square, by any sizes.
MATRIX: tuple[Shape, ...] = ("square matrix", "array")


@frozen
class Operation:
    """An operation of one argument.

    Attributes:
        name: its name in trees.
        form: how it is printed.
        value: what computes it, from the argument and the mpmath context (None: in floats). A `Function` says one by
            one its floats, digits, domain and derivative; anything else is arithmetic that carries them all along.
        takes: the shapes that its argument may have.
        misfit: why it has no value for anything of another shape, for which {} stands; what to write; the rule.
        slip: what a hand confuses it with.
        square: its square, which is smooth where it isn't itself; None of what has no such.
        of_powers: whether a power of its value is its value of a power: behind its brackets, one says both.
        size: how large the terms are at most that make its value, from the argument; None where it loses none.
        blind: whether it sees neither the sign of its argument nor how it lies; of a trace, the sign is its own.
        may_be_dropped: whether a hand forgets it, and writes its argument alone.
        of_matrix: of a function of a number, what computes it of a square matrix; else why it isn't read, and what to
            write.
    """

    name: str
    form: Form
    value: Callable[[Any, Any], Value]
    takes: tuple[Shape, ...] = ("number",)
    misfit: tuple[str, str, int] = ("", "write it by components", 17)
    slip: str = ""
    blind: bool = False
    square: Callable[[Any], Scalar | None] | None = None
    of_powers: bool = False
    size: Callable[[Any], float] | None = None
    may_be_dropped: bool = False
    of_matrix: Callable[[Array, Any], Array] | tuple[str, str] | None = None

    @classmethod
    def of_number(
        cls,
        form: Form,
        function: Function,
        slip: str = "",
        blind: bool = False,
        square: Callable[[Any], Scalar] | None = None,
        of_matrix: Callable[[Array, Any], Array] | tuple[str, str] | None = None,
        may_be_dropped: bool = False,
    ) -> Operation:
        """The row of a function of one number."""
        kinds = "a number or a square matrix" if callable(of_matrix) else "a number"
        misfit = (f"{function.name} takes {kinds}, not {{}}", "write it by components", 17)
        return cls(
            function.name,
            form,
            function,
            misfit=misfit,
            slip=slip,
            blind=blind,
            square=square,
            of_matrix=of_matrix,
            may_be_dropped=may_be_dropped,
        )

    def of(self, value: Value, context: Any) -> Value:
        """Its value.

        Args:
            value: the argument.
            context: of mpmath, for many digits; None for floats.

        Raises:
            Refusal: where it has none.
            Overflow: where a float can't hold it.
        """
        if self.of_matrix is not None and isinstance(value, Array) and len(value.shape) == 2:
            if callable(self.of_matrix):
                return self.of_matrix(value, context)
            raise Refusal(*self.of_matrix, rule=28)
        is_tensor = self.takes == MATRIX and isinstance(value, Array) and len(value.shape) > 2
        if shape_of(value) not in self.takes or is_tensor:
            why, way_out, rule = self.misfit
            raise Refusal(why.format(kind(value)), way_out, rule)
        return self.value(value, context)


def more_than_one_factor(function: str) -> Refusal:
    """The refusal of a factor behind the argument of a function without brackets, which may take it in."""
    evidence = f"{function} takes one factor, and another one follows: which of them it takes is ambiguous"
    return Refusal(evidence, "put brackets around its argument, or around it", rule=10)


def bars(value: Value, context: Any) -> Scalar:
    """What stands between two bars: the absolute value of a number, the determinant of a matrix."""
    return determinant(value, context) if isinstance(value, Array) else absolute(value, context)


def size_of_bars(value: Value) -> float:
    """How large the terms are that make it."""
    return size_of_determinant(value) if isinstance(value, Array) else abs(plain(value))


def absolute(value: Scalar, context: Any) -> Scalar:
    """The absolute value; of a complex number, its modulus."""
    bare = plain(value)
    if is_complex(bare):
        return complexes.modulus(value, lambda square: apply(SQRT, square))
    if bare == 0 and isinstance(value, Dual):
        raise NoValue("the derivative of an absolute value at 0", "restrict the set that it is drawn from", rule=21)
    return -value if bare < 0 else value


def norm(value: Value, context: Any) -> Value:
    """The square root of the sum of squares; of a number, its absolute value."""
    if not isinstance(value, Array):
        return absolute(value, context)
    total = sum_of_squares(value)
    return apply(SQRT, total if context is None else in_context(total, context))


def sum_of_squares(value: Value) -> Scalar:
    """Of absolute values, which a norm's square is."""
    return sum(complexes.square_of(x) for x in (value.entries.flat if isinstance(value, Array) else [value]))


def spectral_norm(value: Value, context: Any) -> Value:
    """The Euclidean norm; of a matrix, its greatest singular value."""
    if isinstance(value, Array) and len(value.shape) > 2:
        raise Refusal(f"the norm _2 of {kind(value)}", "write \\lVert x \\rVert, the root of a sum of squares", 18)
    if isinstance(value, Array) and len(value.shape) == 2:
        return singular_values(value, context).entries[0] if value.entries.size else 0
    return norm(value, context)


def norm_of_sums(value: Value, axis: Literal[0, 1]) -> Value:
    """The greatest sum of absolute values in a column (axis 0) or a row (1) of a matrix; a vector is one column."""
    if not isinstance(value, Array):
        return absolute(value, None)
    if value.is_vector:
        lists = [list(value.entries)] if axis == 0 else [[entry] for entry in value.entries]
    elif len(value.shape) == 2:
        lists = [*(value.entries.T if axis == 0 else value.entries)]
    else:
        raise Refusal(f"this norm of {kind(value)}", "write its components", 18)
    return BINDERS["max"].of([sum(absolute(entry, None) for entry in entries) for entries in lists] or [0])


def size_of_entries(value: Value) -> float:
    """How large all components are together."""
    entries = value.entries.flat if isinstance(value, Array) else [value]
    return float(sum(abs(plain(entry)) for entry in entries))


def ranked(
    tex: str, what: str, values: Callable[[Array, Any], Array], slip: str
) -> tuple[Operation, Operation, Operation]:
    """The rows of the values that a matrix has, from the greatest: by their number, the greatest, and the least."""
    misfit = (f"the {what}s of {{}}", f"declare {tex}, or write it of a matrix; an order of numbers is \\geq", 28)
    great, least = f"greatest {what}", f"least {what}"

    def at_end(place: int) -> Callable[[Any, Any], Value]:
        def value(matrix: Array, context: Any) -> Value:
            found = values(matrix, context).entries
            if not found.size:
                raise NoValue(f"no {what} of {kind(matrix)}", "declare a size from \\mathbb{N}^{*}", 28)
            one: Scalar = found[place]
            return one

        return value

    return (
        Operation(f"{what}s", Ranked(tex), values, MATRIX, misfit, slip=slip, size=size_of_entries),
        Operation(great, Ranked(tex, r"\max"), at_end(0), MATRIX, misfit, slip=least, size=size_of_entries),
        Operation(least, Ranked(tex, r"\min"), at_end(-1), MATRIX, misfit, slip=great, size=size_of_entries),
    )


def bell(x: Scalar, y: Scalar) -> Scalar:
    """The slope of the error function, 2/√π e^(-x²)."""
    pi = CONSTANTS["π"].value(context_of(plain(x)))
    return 2 / apply(SQRT, pi) * apply(EXP, -x * x)


WRITE_NORM = r"write \lVert x \rVert for a norm, \lvert x \rvert around each value"
STEP = Break(nearest_whole, "the derivative of a floor at a whole number, where it jumps", AWAY, jumps=True)
TURN = Break(lambda x: 0, "the derivative of a sign at 0, where it jumps", AWAY, jumps=True)
UP = Break(nearest_whole, "the derivative of a ceiling at a whole number, where it jumps", AWAY, jumps=True)


def _spelled(*words: str) -> tuple[str, ...]:
    return tuple(rf"\operatorname{{{word}}}" for word in words)


OPERATIONS = {
    row.name: row
    for row in (
        # Functions of a number
        Operation.of_number(Prefix(r"\exp"), EXP, slip="ln", of_matrix=exponential),
        Operation.of_number(Prefix(r"\ln"), LN, slip="exp", of_matrix=special.NO_LOGARITHM),
        Operation.of_number(
            Own(r"\sqrt{{{}}}"), SQRT, square=lambda x: x, of_matrix=special.NO_ROOT, may_be_dropped=True
        ),
        Operation.of_number(Prefix(r"\sin", by_habit=True), special.SIN, slip="cos", of_matrix=special.NO_SINE),
        Operation.of_number(
            Prefix(r"\cos", by_habit=True), special.COS, slip="sin", blind=True, of_matrix=special.NO_SINE
        ),
        Operation.of_number(Prefix(r"\tan", by_habit=True), special.TAN, slip="tanh"),
        Operation.of_number(Prefix(r"\cot", by_habit=True), special.COT, slip="tan"),
        Operation.of_number(Prefix(r"\sec", by_habit=True), special.SEC, slip="cos", blind=True),
        Operation.of_number(Prefix(r"\csc", by_habit=True), special.CSC, slip="sin"),
        Operation.of_number(Prefix(r"\sinh", by_habit=True), special.SINH, slip="cosh"),
        Operation.of_number(Prefix(r"\cosh", by_habit=True), special.COSH, slip="sinh", blind=True),
        Operation.of_number(Prefix(r"\tanh", by_habit=True), special.TANH, slip="tan"),
        Operation.of_number(Prefix(r"\coth", by_habit=True), special.COTH, slip="tanh"),
        Operation.of_number(Prefix(r"\operatorname{sech}", by_habit=True), special.SECH, slip="cosh", blind=True),
        Operation.of_number(
            Prefix(r"\operatorname{csch}", _spelled("cosech"), by_habit=True), special.CSCH, slip="sinh"
        ),
        Operation.of_number(
            Prefix(r"\arctan"),
            Function(
                "arctan",
                math.atan,
                cmath.atan,
                "atan",
                lambda x, y: 1 / (1 + x * x),
                any_size=True,
                terms=lambda context, x: context.pi / 2 + 1 / x,
                cut=lambda x: 1 + x * x,
            ),
            slip="erf",
        ),
        Operation.of_number(Prefix(r"\arcsin"), special.ARCSIN, slip="arccos"),
        Operation.of_number(Prefix(r"\arccos"), special.ARCCOS, slip="arcsin"),
        Operation.of_number(
            Prefix(r"\operatorname{arsinh}", _spelled("arcsinh", "asinh", "argsh")), special.ARSINH, slip="arcosh"
        ),
        Operation.of_number(
            Prefix(r"\operatorname{arcosh}", _spelled("arccosh", "acosh", "argch")), special.ARCOSH, slip="arsinh"
        ),
        Operation.of_number(
            Prefix(r"\operatorname{artanh}", _spelled("arctanh", "atanh", "argth")), special.ARTANH, slip="arctan"
        ),
        Operation.of_number(Prefix(r"\Gamma", is_letter=True), special.GAMMA, slip="factorial"),
        Operation(
            "factorial",
            Behind("!"),
            special.factorial,
            misfit=("a factorial of {}", "write it by components", 7),
            slip="Gamma",
        ),
        Operation.of_number(
            Prefix(r"\operatorname{erf}"),
            Function("erf", math.erf, None, "erf", bell, any_size=True, terms=lambda context, x: 1 + bell(x, x)),
            slip="arctan",
        ),
        Operation.of_number(
            Prefix(r"\operatorname{sign}", _spelled("sgn")),
            Function("sign", lambda x: (x > 0) - (x < 0), None, "sign", lambda x, y: 0, breaks=TURN, any_size=True),
            slip="floor",
        ),
        Operation.of_number(
            Between(r"\lfloor", r"\rfloor", ("⌊", "⌋")),
            Function("floor", math.floor, None, "floor", lambda x, y: 0, breaks=STEP, any_size=True),
            slip="ceil",
        ),
        Operation.of_number(
            Between(r"\lceil", r"\rceil", ("⌈", "⌉")),
            Function("ceil", math.ceil, None, "ceil", lambda x, y: 0, breaks=UP, any_size=True),
            slip="floor",
        ),
        Operation(
            "abs",
            Between(r"\lvert", r"\rvert", ("⟨|", "|⟩"), ("|", "|")),
            bars,
            ("number", *MATRIX),
            ("the absolute value of {}", r"write \lVert x \rVert for a norm", 17),
            blind=True,
            square=lambda value: None if isinstance(value, Array) else sum_of_squares(value),
            size=size_of_bars,
            may_be_dropped=True,
        ),
        # Of numbers and arrays
        Operation(
            "norm",
            Between(r"\lVert", r"\rVert", ("⟨‖", "‖⟩"), ("‖", "‖")),
            norm,
            ANY,
            blind=True,
            square=sum_of_squares,
        ),
        Operation(
            "norm2",
            Between(r"\lVert", r"\rVert", ("⟨‖", "‖⟩"), ("‖", "‖"), sub="2"),
            spectral_norm,
            ANY,
            blind=True,
            square=lambda value: sum_of_squares(value) if lies(value)[0] < 2 else None,
            size=size_of_entries,
            slip="normF",
        ),
        Operation(
            "norm1",
            Between(r"\lVert", r"\rVert", ("⟨‖", "‖⟩"), ("‖", "‖"), sub="1"),
            lambda value, context: norm_of_sums(value, axis=0),
            ANY,
            blind=True,
            slip="norm infinity",
        ),
        Operation(
            "norm infinity",
            Between(r"\lVert", r"\rVert", ("⟨‖", "‖⟩"), ("‖", "‖"), sub=r"\infty"),
            lambda value, context: norm_of_sums(value, axis=1),
            ANY,
            blind=True,
            slip="norm1",
        ),
        Operation(
            "normF",
            Between(r"\lVert", r"\rVert", ("⟨‖", "‖⟩"), ("‖", "‖"), sub="F"),
            norm,
            ANY,
            blind=True,
            square=sum_of_squares,
            slip="norm2",
        ),
        Operation(
            "norm by bars",
            Between("||", "||", ("||", "||")),
            norm,
            ("number", "vector"),
            ("what stands between || of {} may be its norm, or a determinant's absolute value", WRITE_NORM, 10),
            blind=True,
            square=sum_of_squares,
        ),
        # Of complex numbers
        Operation(
            "Re",
            Prefix(r"\operatorname{Re}", (r"\Re",)),
            lambda value, context: complexes.part(value, "real"),
            ANY,
            slip="Im",
        ),
        Operation(
            "Im",
            Prefix(r"\operatorname{Im}", (r"\Im",)),
            lambda value, context: complexes.part(value, "imag"),
            ANY,
            slip="Re",
        ),
        Operation(
            "arg",
            Prefix(r"\arg"),
            complexes.argument,
            misfit=("the argument of {}", "write it of a number", 30),
            slip="abs",
        ),
        Operation(
            "conjugate",
            Own(r"\overline{{{}}}"),
            lambda value, context: complexes.conjugate(value),
            ANY,
            may_be_dropped=True,
        ),
        Operation(
            "bar",
            Own(r"\overline{{{}}}"),
            lambda value, context: complexes.conjugate_by_bar(value),
            ANY,
            may_be_dropped=True,
        ),
        Operation(
            "star",
            After("*"),
            lambda value, context: complexes.conjugate_by_star(value),
            ANY,
            may_be_dropped=True,
        ),
        Operation(
            "dagger",
            After(r"\dagger", ("†",)),
            lambda value, context: complexes.by_dagger(value),
            ANY,
            slip="transpose",
            may_be_dropped=True,
        ),
        Operation(
            "diag",
            Prefix(r"\operatorname{diag}"),
            lambda vector, context: diagonal(vector),
            ("vector",),
            ("the diagonal matrix of {}", "diag takes a vector, such as x \\odot x for all x_i^2", 7),
            may_be_dropped=True,
        ),
        Operation(
            "tr",
            Prefix(r"\operatorname{tr}", (r"\operatorname{Tr}", r"\operatorname{trace}")),
            lambda matrix, context: trace(matrix),
            ("square matrix",),
            ("the trace of {}", "a square matrix has one", 7),
            blind=True,
            slip="det",
        ),
        Operation(
            "det",
            Prefix(r"\det", (r"\operatorname{det}", r"\mathrm{det}")),
            determinant,
            MATRIX,
            ("the determinant of {}", "a square matrix has one", 28),
            slip="tr",
            blind=True,
            of_powers=True,
            size=size_of_determinant,
        ),
        # What eigenvalues and singular values say
        *ranked(r"\lambda", "eigenvalue", eigenvalues, slip="singular values"),
        Operation(
            "spectrum",
            Ranked(r"\lambda", any_order=True),
            spectrum,
            MATRIX,
            ("the eigenvalues of {}", r"declare \lambda, or write it of a matrix; an order of numbers is \geq", 28),
            size=size_of_entries,
            slip="singular values",
        ),
        Operation(
            "spectral radius",
            Prefix(r"\rho", is_letter=True),
            spectral_radius,
            MATRIX,
            ("the spectral radius of {}", r"declare \rho, or take it of a matrix", 28),
            size=size_of_entries,
            slip="norm2",
        ),
        *ranked(r"\sigma", "singular value", singular_values, slip="eigenvalues"),
        Operation(
            "condition",
            Prefix(r"\kappa", (r"\operatorname{cond}",), is_letter=True),
            condition,
            MATRIX,
            ("the condition number of {}", "declare \\kappa, or take it of a matrix", 28),
            slip="norm2",
        ),
        Operation(
            "rank",
            Prefix(r"\operatorname{rank}"),
            rank,
            MATRIX,
            ("the rank of {}", "write \\operatorname{rank} of a matrix", 28),
            blind=True,
            slip="tr",
        ),
        Operation(
            "pseudo-inverse",
            After("+"),
            pseudo_inverse,
            MATRIX,
            ("the pseudo-inverse of {}", "write \\max(x, 0) for a positive part", 28),
            slip="transpose",
        ),
        Operation(
            "vec",
            Prefix(r"\operatorname{vec}"),
            lambda matrix, context: columns_of(matrix),
            MATRIX,
            ("the columns of {}", "write \\operatorname{vec} of a matrix", 16),
        ),
        Operation(
            "cross matrix",
            Own(r"[{}]_{{\times}}"),
            lambda vector, context: cross_matrix(vector),
            ("vector",),
            ("the matrix of a vector product with {}", "write [u]_\\times of a vector", 16),
        ),
        Operation(
            "inverse transpose",
            After(r"-\top", ("-T", r"-\mathrm{T}", r"-\mathsf{T}", r"-\intercal")),
            lambda matrix, context: transpose(inverse(matrix, context)),
            MATRIX,
            ("the inverse of {}", "a square matrix has one", 28),
            slip="transpose",
        ),
        Operation(
            "adjoint",
            After(r"\mathrm{H}", ("H", r"\mathsf{H}")),
            lambda value, context: complexes.adjoint(value),
            ANY,
            slip="transpose",
            may_be_dropped=True,
        ),
        Operation(
            "transpose",
            After(r"\top", ("T", r"\mathrm{T}", r"\mathsf{T}", r"\intercal")),
            lambda array, context: transpose(array),
            ("vector", "square matrix", "array"),
            ("the transpose of {}", r"write (A^\top)_{ij} for a component of a transpose", 16),
        ),
    )
}

# Of two whole numbers


@frozen
class Pair:
    r"""An operation of two numbers.

    Attributes:
        name: its name in trees.
        tex: how it is printed, with {} for each of them.
        value: what computes it, from both and the mpmath context (None: in floats).
        in_line: whether its sign stands between them, where factors may stand beside it.
    """

    name: str
    tex: str
    value: Callable[[Value, Value, Any], Scalar]
    in_line: bool = False


PAIRS = {
    row.name: row
    for row in (
        Pair("log", r"\log_{{{}}}({})", special.logarithm),
        Pair("binom", r"\binom{{{}}}{{{}}}", special.binomial),
        Pair("mod", r"{} \bmod {}", special.remainder, in_line=True),
    )
}

# What binds letters


@frozen
class BigOperation:
    r"""An operation of all values that an index runs over: \sum_{i} x_i; of a list where `lists`: \max(a, b).

    Attributes:
        name: its name in trees; behind a backslash, how it is printed.
        fold: what it makes of values, of which there is one at least.
        of_nothing: its value where there is none; None where it has none then.
        lists: whether it may be written of a list in brackets, without an index.
        distributes: whether a factor may stand inside or outside of it; where it doesn't, another big operation after a
            factor of its body is refused: which of them the rest belongs to would be ambiguous.
        adds: whether it adds its terms.
        picks: whether its value is one of them, by their order: none may be infinite, and at a tie it has no
            derivative. Where it is arithmetic, the derivative follows from that.
        tall: whether it is taller than a line, so that brackets around it grow.
        slip: what a hand confuses it with.
        where: whether its value is the index of what it picks, in place of that.
        is_word: whether KaTeX has no command for it, and it is printed as a word.
    """

    name: str
    fold: Callable[[list[Value]], Value]
    of_nothing: Scalar | None = None
    lists: bool = False
    distributes: bool = False
    adds: bool = False
    picks: bool = False
    tall: bool = False
    slip: str = ""
    where: bool = False
    is_word: bool = False

    @property
    def tex(self) -> str:
        """How it is printed."""
        if self.is_word:
            return rf"\operatorname{{{self.name}}}"
        return rf"\arg\{self.name.removeprefix('arg')}" if self.where else rf"\{self.name}"

    def of(self, values: list[Value]) -> Value:
        """Its value.

        Raises:
            Refusal: where it has none.
        """
        if self.picks and values:
            return self._picked(values)
        if values:
            return self.fold(values)
        if self.of_nothing is None:
            raise Refusal(f"a {self.tex} of nothing", "see that its index has a value", rule=11)
        return self.of_nothing

    def place(self, values: list[Value]) -> int:
        """Which of some values it picks, counted from 0.

        Raises:
            Refusal: where there is none.
            NoValue: where there are several.
        """
        best = self.of(values)
        near = BY_ROUNDING * abs(real(best))
        places = [n for n, value in enumerate(values) if abs(real(value) - real(best)) <= near]
        if len(places) > 1:
            raise NoValue("which index is the best at a tie isn't said", "restrict the set that it reads", rule=11)
        return places[0]

    def _picked(self, values: list[Value]) -> Value:
        if any(isinstance(value, Array) for value in values):
            raise Refusal(f"a \\{self.name} of arrays", "write their components", rule=11)
        if any(is_complex(plain(value)) for value in values):
            raise Refusal(f"a \\{self.name} of complex numbers, which have no order", "take it of their parts", rule=30)
        if not all(is_finite(plain(value)) for value in values):
            raise NoValue(f"a \\{self.name} of something infinite", "restrict the sets that it reads", rule=25)
        best = self.fold(values)
        if sum(real(value) == real(best) for value in values) > 1 and any(isinstance(value, Dual) for value in values):
            way_out = "restrict the set that its arguments are drawn from"
            raise NoValue(f"the derivative of a \\{self.name} at a tie", way_out, rule=21)
        return best


def added(values: list[Value]) -> Value:
    """The sum of values of one shape."""
    total = values[0]
    for value in values[1:]:
        total = plus(total, value)
    return total


def multiplied(values: list[Value]) -> Value:
    """The product of numbers."""
    total = values[0]
    for value in values[1:]:
        if isinstance(total, Array) or isinstance(value, Array):
            raise Refusal(r"a product of arrays by \prod", "write the factors one by one", rule=11)
        total = multiply(total, value)
    return total


BINDERS = {
    row.name: row
    for row in (
        BigOperation("sum", added, of_nothing=0, distributes=True, adds=True, tall=True, slip="prod"),
        BigOperation("prod", multiplied, of_nothing=1, tall=True, slip="sum"),
        BigOperation("gcd", special.greatest_divisor, lists=True, slip="max"),
        BigOperation("lcm", special.least_multiple, lists=True, slip="gcd", is_word=True),
        BigOperation("max", lambda values: max(values, key=real), lists=True, picks=True, slip="min"),
        BigOperation("min", lambda values: min(values, key=real), lists=True, picks=True, slip="max"),
        BigOperation("argmax", lambda values: max(values, key=real), picks=True, slip="argmin", where=True),
        BigOperation("argmin", lambda values: min(values, key=real), picks=True, slip="argmax", where=True),
    )
}
