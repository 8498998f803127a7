"""Complex numbers: conjugates, arguments, moduli, parts, all with their derivatives by real variables.

The argument lies in ]-π, π], and so do the imaginary parts of logarithms: powers and roots have their principal values.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal

from ..message.refusal import NoValue, Refusal
from .array import Array, Value, each, kind, transpose
from .dual import Dual, Scalar, plain
from .scalar import context_of, is_complex, refuse_near_cut, show

DERIVED = "write z = x + \\mathrm{i} y by its parts, and derive by x and y"


def part(value: Value, which: Literal["real", "imag"]) -> Value:
    """The real or the imaginary part of a number, or of each number of an array."""
    if isinstance(value, Array):
        return each(lambda x: part(x, which), value)
    if isinstance(value, Dual):
        return Dual(value.level, part(value.value, which), [part(slope, which) for slope in value.slopes])
    if is_complex(value):
        return value.real if which == "real" else value.imag
    return value if which == "real" else 0


def conjugate(value: Value) -> Value:
    """The conjugate of a number, or of each number of an array."""
    if isinstance(value, Array):
        return each(conjugate, value)
    if isinstance(value, Dual):
        return Dual(value.level, conjugate(value.value), [conjugate(slope) for slope in value.slopes])
    return value.conjugate() if is_complex(value) else value


def conjugate_of(number: Scalar) -> Scalar:
    """The conjugate of a number without derivatives."""
    return number.conjugate() if is_complex(number) else number


def adjoint(value: Value) -> Value:
    """The conjugate transpose; of a complex number, its conjugate."""
    return conjugate(transpose(value)) if isinstance(value, Array) else conjugate_by_star(value)


def numbers_of(value: Value) -> list[Scalar]:
    """The numbers of a value, without their derivatives."""
    return [plain(number) for number in value.entries.flat] if isinstance(value, Array) else [plain(value)]


def is_real(value: Value) -> bool:
    """Whether none of a value's numbers is of the complex kind, and one of them isn't 0."""
    numbers = numbers_of(value)
    return any(number != 0 for number in numbers) and not any(map(is_complex, numbers))


def conjugate_by_bar(value: Value) -> Value:
    r"""The conjugate by a bar over one letter, which of real numbers would be their mean.

    Raises:
        Refusal: where the numbers are real.
    """
    if is_real(value):
        what = f"a bar over {kind(value)} that is real: a mean may be meant"
        raise Refusal(what, "define the mean by \\coloneqq; a real number is its own conjugate", rule=30)
    return conjugate(value)


def conjugate_by_star(value: Value) -> Value:
    """The conjugate of a number by a star; of an array, it may be transposed too.

    Raises:
        Refusal: of anything but a complex number.
    """
    if isinstance(value, Array) and not is_real(value):
        what = "^{*} of an array may be its conjugate, or its conjugate transpose"
        raise Refusal(what, "write A^{\\mathrm{H}}, or say it in the front matter: `star: adjoint` or `conjugate`", 30)
    if is_real(value):
        what = "^{*} isn't a power, and no declared name has it"
        raise Refusal(what, "declare the name with it, write \\top for a transpose", rule=6)
    return conjugate(value)


DAGGER = "\\dagger may be a conjugate transpose, or a pseudo-inverse"


def by_dagger(value: Value) -> Value:
    """What a dagger above is, which the page doesn't say.

    Raises:
        Refusal: always.
    """
    way_out = "write A^{\\mathrm{H}} for the one, A^{+} for the other; or say it in the front matter: `dagger: adjoint`"
    raise Refusal(DAGGER, way_out, rule=30)


def argument(value: Scalar, context: Any) -> Scalar:
    """The argument of a number, in ]-π, π].

    Raises:
        NoValue: of 0; where rounding decides it; of its derivative, where it jumps.
    """
    if isinstance(value, Dual):
        return _moved_argument(value, context)
    if value == 0:
        raise NoValue("the argument of 0", "restrict the set that it is drawn from", rule=30)
    refuse_near_cut(value, f"the argument of {show(value)}")
    x, y = (value.real, value.imag) if is_complex(value) else (value, 0)
    if context is None:
        return math.atan2(y + 0.0, x)
    return context.atan2(y, x)


def _moved_argument(value: Dual, context: Any) -> Scalar:
    bare = plain(value)
    found = argument(value.value, context)
    if is_complex(bare) and bare.imag == 0 and bare.real < 0:
        raise NoValue("the derivative of an argument where it jumps", "restrict the set that it reads", rule=21)
    return Dual(value.level, found, [part(slope / value.value, "imag") for slope in value.slopes])


def modulus(value: Scalar, root: Callable[[Scalar], Scalar]) -> Scalar:
    """The absolute value of a complex number, whose derivative is that of the root of a sum of squares.

    Raises:
        NoValue: of its derivative at 0.
    """
    if not isinstance(value, Dual):
        return abs(value)
    if plain(value) == 0:
        raise NoValue("the derivative of an absolute value at 0", "restrict the set that it is drawn from", rule=21)
    return root(square_of(value))


def square_of(value: Scalar) -> Scalar:
    """The square of a number's absolute value, which is smooth."""
    if not is_complex(plain(value)):
        return value * value
    x: Scalar = part(value, "real")
    y: Scalar = part(value, "imag")
    return x * x + y * y


def refuse_derivative(values: list[Scalar]) -> None:
    """Refuse complex numbers as the variable of a derivative.

    Raises:
        Refusal: where one of them is.
    """
    if any(is_complex(plain(value)) for value in values):
        what = "a derivative by a complex number isn't read yet: by z alone, or by z and its conjugate apart"
        raise Refusal(what, DERIVED, rule=30)


def joined(x: Scalar, y: Scalar) -> Scalar:
    """The complex number with these parts."""
    context = context_of(x) or context_of(y)
    return complex(x, y) if context is None else context.mpc(x, y)
