"""Numbers of a trial and what can be done with them: floats, or 50 digits for what floats can't decide."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from ..message.frozen import frozen
from ..message.refusal import NoValue, Overflow, Refusal
from .absorbed import note_end, note_huge, watch
from .dual import Dual, Scalar, plain
from .hasten import hasten
from .late import mpmath

# Powers of whole numbers are exact up to this exponent; none has more digits than that.
EXACT = 300
MOST_DIGITS = 1_000_000
# Products of whole numbers are exact, and each is the slower, the longer it is.
MOST_BITS = 100_000


# With so many digits, what sums lose is noted; and what a function of so small a number may lose.
WATCHED, FEW, TINY = 200, 50, 1e-100

# Of two complex numbers, none is greater: why, and the way out.
UNORDERED = ("complex numbers have no order", "compare their parts, or \\lvert z \\rvert")

# Numbers that differ by less, relative to them, differ by rounding.
BY_ROUNDING = 1e-13


@frozen
class Break:
    """Points where a function has no derivative.

    Attributes:
        nearest: the nearest of them to a number.
        why: what a message says of a derivative at one.
        way_out: what to do about it.
        jumps: whether the value jumps there, so that rounding may decide on which side of it a number lies.
        rule: of the page language, that says so.
    """

    nearest: Callable[[Scalar], Scalar]
    why: str
    way_out: str
    jumps: bool = False
    rule: int = 21


@frozen
class Function:
    """A function of one number.

    Attributes:
        name: how messages call it.
        real: what computes it in floats.
        complex: what computes it of complex floats; None where it takes real numbers only.
        many: its name in mpmath, or what computes it in a context.
        slope: its derivative, from the argument and the value.
        least, greatest: real arguments below the one or above the other have no value.
        at_least: its value at the least, if that is infinite.
        breaks: where it has no derivative, and why.
        any_size: whether many digits compute it of the largest numbers too, within reasonable time.
        terms: a sum, by mpmath, of terms that make it, of which one may be lost in the other.
        cut: of complex numbers, what is negative where it jumps; there, its value is that from above.
    """

    name: str
    real: Callable[[float], float]
    complex: Callable[[complex], complex] | None
    many: str | Callable[[Any, Scalar], Scalar]
    slope: Callable[[Scalar, Scalar], Scalar]
    least: float | None = None
    greatest: float | None = None
    at_least: float | None = None
    breaks: Break | None = None
    any_size: bool = False
    terms: Callable[[Any, Scalar], Scalar] | None = None
    cut: Callable[[Scalar], Scalar] | None = None

    def digits(self, value: Scalar, context: Any) -> Scalar:
        """Its value at a number of mpmath's.

        Raises:
            NoValue: at a pole.
        """
        try:
            found = self.many(context, value) if callable(self.many) else getattr(context, self.many)(value)
        except (ValueError, ZeroDivisionError):
            raise _without_value(self, value) from None
        if not is_finite(found):
            raise _without_value(self, value)
        return found

    def __call__(self, value: Scalar, context: Any) -> Scalar:
        """Its value at what an expression is worth; whole numbers and floats take the context's digits.

        Raises:
            Refusal: where it has no value.
            Overflow: where a float can't hold it.
        """
        if type(value) is float and context is None and value - value == 0:
            return apply(self, value)
        bare = plain(value)
        if context is not None and isinstance(bare, int | float):
            value = in_context(value, context)
        elif not is_finite(bare):
            raise NoValue(
                f"{self.name} of an infinite number", "restrict the set that its argument is drawn from", rule=25
            )
        return apply(self, value)


# Powers are made of these two.
EXP = Function("exp", math.exp, cmath.exp, "exp", lambda x, y: y)
LN = Function(
    *("ln", math.log, cmath.log, "log"),
    slope=lambda x, y: 1 / x,
    least=0,
    at_least=-math.inf,
    any_size=True,
    cut=lambda x: x,
)


@cache
def digits(count: int) -> Any:
    """mpmath's arithmetic with so many digits."""
    context = mpmath.MPContext()
    context.dps = count
    if count >= WATCHED:
        watch(context)
    hasten(context)
    return context


@cache
def unwatched(count: int) -> Any:
    """The same, in which nothing is noted: for what comes nearer to its value by smaller and smaller steps."""
    context = mpmath.MPContext()
    context.dps = count
    hasten(context)
    return context


def number(value: Fraction, context: Any = None) -> Scalar:
    """A printed number: whole, a float, or of the context's digits."""
    if value.denominator == 1:
        return value.numerator
    return float(value) if context is None else context.mpf(value.numerator) / value.denominator


def is_complex(value: Scalar) -> bool:
    """Whether a number without derivatives is complex."""
    return type(value) is not float and (isinstance(value, complex) or hasattr(value, "_mpc_"))


def real(value: Scalar) -> Scalar:
    """The real part of a number without its derivatives: what comparisons follow."""
    bare = plain(value)
    return bare.real if is_complex(bare) else bare


def context_of(value: Scalar) -> Any:
    """The mpmath context that a number belongs to; None for Python's own."""
    return getattr(value, "context", None)


def in_context(value: Scalar, context: Any) -> Scalar:
    """A number in the context's digits, its derivatives as they are."""
    if isinstance(value, Dual):
        return Dual(value.level, in_context(value.value, context), value.slopes)
    return context.mpf(value)


def apply(function: Function, x: Scalar) -> Scalar:
    """A function at a number.

    Raises:
        Refusal: where it has no real value, or no derivative.
        Overflow: where a float can't hold it.
    """
    if isinstance(x, Dual):
        value = apply(function, x.value)
        breaks = function.breaks
        if breaks is not None and (bare := plain(x)) == breaks.nearest(bare):
            raise NoValue(breaks.why, breaks.way_out, breaks.rule)
        if function.at_least is not None and plain(x) == function.least:
            # The value is infinite; its slope has no value unless nothing moves it.
            return Dual(x.level, value, [math.nan for _ in x.slopes])
        slope = function.slope(x.value, value)
        return Dual(x.level, value, [slope * each for each in x.slopes])
    # Most numbers are floats, of which the rest needn't be asked.
    is_float = type(x) is float
    many = None if is_float else context_of(x)
    if many and not function.any_size and abs(x) > MOST_DIGITS:
        # An exponential of a million digits, or a sine that needs as many of its argument, would take for ever.
        way_out = "restrict the set that its argument is drawn from"
        raise NoValue(f"{function.name} of {show(x)}, which is too large", way_out)
    if not is_float and is_complex(x):
        return _of_complex(function, x, many)
    if function.least is not None:
        if x < function.least:
            raise _outside(function, x, "below", function.least)
        if function.at_least is not None and x == function.least:
            return function.at_least if many is None else many.mpf(function.at_least)
    if function.greatest is not None and x > function.greatest:
        raise _outside(function, x, "above", function.greatest)
    if function.breaks is not None and function.breaks.jumps:
        _refuse_rounding(function.name, x, function.breaks.nearest(x))
    if many:
        value = function.digits(x, many)
        if hasattr(many, "divisors"):
            note_huge(value, many)
            if function.at_least is not None:
                note_end(x - function.least, many)
        if many.dps >= WATCHED:
            _note_lost(function, x, value, many)
        return value
    try:
        return function.real(x)
    except OverflowError:
        raise Overflow() from None
    except ZeroDivisionError:
        raise _without_value(function, x) from None
    except ValueError:
        # Of infinity.
        raise Overflow() from None


def _note_lost(function: Function, x: Scalar, value: Scalar, many: Any) -> None:
    """Compute the sums in which a function loses what its argument says, as e^x does of 10^{-300}: they are noted."""
    if function.terms is not None and x:
        function.terms(many, x)
    elif 0 < abs(x) < TINY:
        few = digits(FEW)
        value + x * many.mpf(function.slope(few.mpf(x), few.mpf(value)))


def _of_complex(function: Function, x: Scalar, many: Any) -> Scalar:
    if function.complex is None:
        raise Refusal(f"{function.name} of the complex number {show(x)}", "write its parts", rule=7)
    if function.cut is not None:
        x = above_cut(x)
        refuse_near_cut(function.cut(x), f"{function.name} of {show(x)}")
    try:
        value = function.digits(x, many) if many else function.complex(x)
    except (ValueError, ZeroDivisionError):
        value = math.nan
    if not is_finite(value):
        raise _without_value(function, x)
    if hasattr(many, "divisors"):
        note_huge(value, many)
    return value


def above_cut(x: Scalar) -> Scalar:
    """A complex number whose imaginary part isn't -0, by which floats would take it for one below the real axis."""
    return complex(x.real, x.imag + 0.0) if isinstance(x, complex) else x


def refuse_near_cut(x: Scalar, what: str) -> None:
    """Refuse a number that rounding alone may have moved over the negative real axis, where arguments jump.

    Raises:
        NoValue: near that axis, and not on it.
    """
    if is_complex(x) and x.real < 0 and 0 < abs(x.imag) <= BY_ROUNDING * abs(x.real):
        way_out = "restrict the sets, so that it lies apart from where it jumps"
        raise NoValue(f"rounding decides what {what} is", way_out, rule=26)


def _without_value(function: Function, x: Scalar) -> Refusal:
    """The error of a number at which a function has a pole."""
    return NoValue(f"{function.name} of {show(x)} has no value", "restrict the set that it is drawn from", rule=25)


def _outside(function: Function, x: Scalar, word: str, bound: float) -> Refusal:
    """The error of a real number for which a function isn't defined."""
    negative = bound == 0 and word == "below"
    what = f"the negative number {show(x)}" if negative else f"{show(x)}, which is {word} {bound:g}"
    return NoValue(f"{function.name} of {what}", "restrict the set that it is drawn from", rule=25)


def _refuse_rounding(name: str, x: Scalar, jump: Scalar) -> None:
    """Refuse a number that only rounding may keep from a jump."""
    if x != jump and abs(x - jump) <= BY_ROUNDING * max(abs(x), abs(jump)):
        raise NoValue(
            f"rounding decides what {name} of {show(x)} is", "take it of whole numbers, or of others apart", rule=26
        )


def nearest_whole(x: Scalar) -> Scalar:
    """The whole number nearest to a real one without derivatives."""
    context = context_of(x)
    return context.nint(x) if context else round(x)


def multiply(a: Scalar, b: Scalar) -> Scalar:
    """A product in which 0 times the logarithm of 0 is 0.

    Raises:
        Overflow: where floats make something infinite of what isn't.
    """
    product = a * b
    if type(product) is float and product - product == 0:
        return product
    bare = plain(product)
    if isinstance(bare, int):
        if bare.bit_length() > MOST_BITS:
            raise Refusal(
                f"a whole number of more than {MOST_BITS:,} binary digits", "take the logarithm of each factor"
            )
        return product
    if is_complex(bare) or is_finite(bare):
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
        raise NoValue("a division by zero", "restrict the set that the divisor is drawn from", rule=25)
    if not is_finite(bare):
        raise NoValue("a division by an infinite number", "restrict the set that the divisor is drawn from", rule=25)
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
        raise NoValue("a power of an infinite number, or by one", "restrict the sets that it reads", rule=25)
    if not is_complex(by) and not is_complex(bare) and abs(bare) > 1 and abs(by) * _digits_of(bare) > MOST_DIGITS:
        raise Refusal(f"a number of more than {MOST_DIGITS:,} digits", "write a smaller exponent")
    if not isinstance(exponent, Dual) and not is_complex(by) and by == int(by):
        return _whole_power(base, int(by), context)
    if not is_complex(bare) and bare < 0:
        raise NoValue(
            f"a power of the negative number {show(bare)} that isn't whole", "restrict the base's set", rule=25
        )
    if bare == 0:
        if isinstance(base, Dual) or real(exponent) <= 0:
            raise NoValue("this power of 0 has no value", "restrict the base's set", rule=25)
        return 0
    if isinstance(base, Dual) or isinstance(exponent, Dual):
        return apply(EXP, exponent * apply(LN, base))
    if is_complex(bare):
        base = above_cut(base)
        refuse_near_cut(base, f"this power of {show(base)}")
    if context is None:
        return base**exponent
    if context.dps >= WATCHED and abs(by) < TINY:
        1 + by * context.log(bare)  # what it loses is noted
    return exact(base, context) ** exponent


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
        raise NoValue("a division by zero", "restrict the set that the divisor is drawn from", rule=25)
    if isinstance(base, int) and abs(base) > 1 and not 0 <= exponent < EXACT:
        base = float(base) if context is None else context.mpf(base)
    return base**exponent


def is_finite(value: Scalar) -> bool:
    """Whether a number without derivatives is neither infinite nor nan."""
    if type(value) is float:
        return value - value == 0
    if (parts := getattr(value, "_mpf_", None)) is not None:
        # Of what isn't a number, or infinite, mpmath has no digits, and a power of two.
        return bool(parts[1] or not parts[2])
    if isinstance(value, int):
        return True
    context = context_of(value)
    return bool(context.isfinite(value)) if context else cmath.isfinite(value)


def show(value: Scalar) -> str:
    """A number for a message: six digits."""
    bare = plain(value)
    if isinstance(bare, int):
        return str(bare) if abs(bare) < 10**20 else f"about 10^{round(_digits_of(bare))}"
    if is_complex(bare):
        sign = "-" if bare.imag < 0 else "+"
        return f"{show(bare.real)} {sign} {show(abs(bare.imag))} i"
    if not is_finite(bare):
        return "infinite" if bare == bare else "nan"
    context = context_of(bare)
    beyond = context and bare and not 1e-300 < abs(bare) < 1e300
    return str(context.nstr(bare, 6, strip_zeros=True)) if beyond else f"{float(bare):.6g}"
