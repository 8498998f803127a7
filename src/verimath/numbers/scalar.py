"""Numbers of a trial and what can be done with them: floats, or 50 digits for what floats can't decide.

One table says what each function of the language is; to add one, add its row here and its name in the reader.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import mpmath

from ..message.refusal import Overflow, Refusal
from .dual import Dual, Scalar, plain

# Powers of whole numbers are exact up to this exponent; none has more digits than that.
EXACT = 300
MOST_DIGITS = 1_000_000


@dataclass(frozen=True)
class Function:
    """A function of one number.

    Attributes:
        real, complex: what computes it in floats.
        many: its name in mpmath.
        slope: its derivative, from the argument and the value.
        least: real arguments below this have no value.
    """

    real: Callable[[float], float]
    complex: Callable[[complex], complex]
    many: str
    slope: Callable[[Scalar, Scalar], Scalar]
    least: float = -math.inf


FUNCTIONS = {
    "exp": Function(math.exp, cmath.exp, "exp", lambda x, y: y),
    "ln": Function(math.log, cmath.log, "log", lambda x, y: 1 / x, least=0),
    "sqrt": Function(math.sqrt, cmath.sqrt, "sqrt", lambda x, y: 1 / (2 * y), least=0),
    "sin": Function(math.sin, cmath.sin, "sin", lambda x, y: apply("cos", x)),
    "cos": Function(math.cos, cmath.cos, "cos", lambda x, y: -apply("sin", x)),
    "tan": Function(math.tan, cmath.tan, "tan", lambda x, y: 1 + y * y),
    "sinh": Function(math.sinh, cmath.sinh, "sinh", lambda x, y: apply("cosh", x)),
    "cosh": Function(math.cosh, cmath.cosh, "cosh", lambda x, y: apply("sinh", x)),
    "tanh": Function(math.tanh, cmath.tanh, "tanh", lambda x, y: 1 - y * y),
}


@cache
def digits(count: int) -> Any:
    """mpmath's arithmetic with so many digits."""
    context = mpmath.MPContext()
    context.dps = count
    return context


def number(value: Fraction, context: Any = None) -> Scalar:
    """A printed number: whole, a float, or of the context's digits."""
    if value.denominator == 1:
        return value.numerator
    return float(value) if context is None else context.mpf(value.numerator) / value.denominator


def is_complex(value: Scalar) -> bool:
    """Whether a number without derivatives is complex."""
    return isinstance(value, complex) or hasattr(value, "_mpc_")


def real(value: Scalar) -> Scalar:
    """The real part of a number without its derivatives: what comparisons follow."""
    bare = plain(value)
    return bare.real if is_complex(bare) else bare


def _context(value: Scalar) -> Any:
    """The mpmath context that a number belongs to; None for Python's own."""
    return getattr(value, "context", None)


def apply(name: str, x: Scalar) -> Scalar:
    """A function of the table at a number.

    Raises:
        Refusal: where it has no real value.
        Overflow: where a float can't hold it.
    """
    function = FUNCTIONS[name]
    if isinstance(x, Dual):
        value = apply(name, x.value)
        if name == "ln" and plain(x) == 0:
            # The value is minus infinity; its slope has no value unless nothing moves it.
            return Dual(x.level, value, [math.nan for _ in x.slopes])
        if name == "sqrt" and plain(x) == 0:
            raise Refusal("the derivative of a square root at 0", "keep its argument positive", rule=25)
        slope = function.slope(x.value, value)
        return Dual(x.level, value, [slope * each for each in x.slopes])
    many = _context(x)
    if many and name not in ("ln", "sqrt") and abs(x) > MOST_DIGITS:
        # An exponential of a million digits, or a sine that needs as many of its argument, would take for ever.
        raise Refusal(f"{name} of {show(x)}, which is too large", "restrict the set that its argument is drawn from")
    if is_complex(x):
        return getattr(many, function.many)(x) if many else function.complex(x)
    if x < function.least:
        raise Refusal(f"{name} of the negative number {show(x)}", "restrict the set that it is drawn from", rule=25)
    if name == "ln" and x == 0:
        return -math.inf if many is None else many.ninf
    if many:
        return getattr(many, function.many)(x)
    try:
        return function.real(x)
    except OverflowError:
        raise Overflow() from None
    except ValueError:
        # Of infinity.
        raise Overflow() from None


def multiply(a: Scalar, b: Scalar) -> Scalar:
    """A product in which 0 times the logarithm of 0 is 0.

    Raises:
        Overflow: where floats make something infinite of what isn't.
    """
    product = a * b
    if type(product) is float and product - product == 0:
        return product
    bare = plain(product)
    if isinstance(bare, int) or is_complex(bare) or bare - bare == 0:
        return product
    if is_finite(plain(a)) and is_finite(plain(b)):
        raise Overflow()
    if bare != bare and (_is_zero(a) or _is_zero(b)):
        return 0
    return product


def _is_zero(value: Scalar) -> bool:
    """Whether a number is 0 and stays so when the variables move."""
    if isinstance(value, Dual):
        return _is_zero(value.value) and all(_is_zero(slope) for slope in value.slopes)
    return bool(value == 0)


def divide(a: Scalar, b: Scalar, context: Any) -> Scalar:
    """A quotient.

    Raises:
        Refusal: by zero.
    """
    bare = plain(b)
    if bare == 0:
        raise Refusal("a division by zero", "restrict the set that the divisor is drawn from", rule=25)
    if not is_finite(bare):
        raise Refusal("a division by an infinite number", "restrict the set that the divisor is drawn from", rule=25)
    if context is not None and isinstance(a, int) and isinstance(b, int):
        return context.mpf(a) / b
    if isinstance(a, int) and isinstance(b, int) and a % b == 0:
        return a // b
    return a / b


def power(base: Scalar, exponent: Scalar, context: Any) -> Scalar:
    """A power; of negative numbers, only by whole exponents.

    Raises:
        Refusal: where it has no real value, or one of a million digits.
        Overflow: where a float can't hold it.
    """
    bare, by = plain(base), plain(exponent)
    if not is_finite(bare) or not is_finite(by):
        raise Refusal("a power of an infinite number, or by one", "restrict the sets that it reads", rule=25)
    if not is_complex(by) and not is_complex(bare) and abs(bare) > 1 and abs(by) * _digits_of(bare) > MOST_DIGITS:
        raise Refusal(f"a number of more than {MOST_DIGITS:,} digits", "write a smaller exponent")
    if not isinstance(exponent, Dual) and not is_complex(by) and by == int(by):
        return _whole_power(base, int(by), context)
    if not is_complex(bare) and bare < 0:
        raise Refusal(
            f"a power of the negative number {show(bare)} that isn't whole", "restrict the base's set", rule=25
        )
    if bare == 0:
        if isinstance(base, Dual) or real(exponent) <= 0:
            raise Refusal("this power of 0 has no value", "restrict the base's set", rule=25)
        return 0
    if isinstance(base, Dual) or isinstance(exponent, Dual):
        return apply("exp", exponent * apply("ln", base))
    return exact(base, context) ** exponent if context is not None else base**exponent


def _digits_of(value: Scalar) -> float:
    """How many decimal digits a number above 1 has before its point."""
    if isinstance(value, int):
        return value.bit_length() * math.log10(2)
    return max(1.0, math.log10(min(abs(float(value)), 1e300)))


def exact(value: Scalar, context: Any) -> Scalar:
    """A number in the context's digits, so that no whole number of a million digits is computed."""
    return context.mpf(value) if context is not None and isinstance(value, int | float) else value


def _whole_power(base: Scalar, exponent: int, context: Any) -> Scalar:
    if isinstance(base, Dual):
        if exponent == 0:
            return 1
        slope = exponent * _whole_power(base.value, exponent - 1, context) if exponent != 1 else 1
        value = _whole_power(base.value, exponent, context)
        return Dual(base.level, value, [slope * each for each in base.slopes])
    if exponent < 0 and base == 0:
        raise Refusal("a division by zero", "restrict the set that the divisor is drawn from", rule=25)
    if isinstance(base, int) and abs(base) > 1 and not 0 <= exponent < EXACT:
        base = float(base) if context is None else context.mpf(base)
    return base**exponent


def is_finite(value: Scalar) -> bool:
    """Whether a number without derivatives is neither infinite nor nan."""
    if isinstance(value, int):
        return True
    context = _context(value)
    return bool(context.isfinite(value)) if context else cmath.isfinite(value)


def show(value: Scalar) -> str:
    """A number for a message: six digits."""
    bare = plain(value)
    if isinstance(bare, int):
        return str(bare) if abs(bare) < 10**20 else f"about 10^{round(_digits_of(bare))}"
    if is_complex(bare):
        return f"{show(bare.real)} + {show(bare.imag)} i"
    if not is_finite(bare):
        return "infinite" if bare == bare else "nan"
    context = _context(bare)
    beyond = context and bare and not 1e-300 < abs(bare) < 1e300
    return str(context.nstr(bare, 6, strip_zeros=True)) if beyond else f"{float(bare):.6g}"
