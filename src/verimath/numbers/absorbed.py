"""What even 200 digits lose: a term that is wholly absorbed by another, as 10^{-300} is by 1.

A claim that such a term makes false would pass. So sums in that many digits note what they lose. What cancels leaves
its rounding behind, which is lost beside other terms too, and means nothing: in more digits it is another number, while
a term that is meant is the same. What numbers are divided by is noted as well: nearly 0, it would have been 0 but for
rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# What a number is, to a millionth.
Lost = tuple[int, int]
BITS = 20
# A term of which no more binary digits than these are left is noted too: rounding reaches as far, and more digits tell.
LEFT = 11


def watch(context: Any) -> None:
    """Let a context of mpmath note, in its set `lost`, what sums of its numbers lose.

    Its set `divisors` holds the powers of two above the numbers that others are divided by.
    """
    context.lost, context.divisors = set(), set()
    number = context.mpf
    for name in ("__add__", "__radd__", "__sub__", "__rsub__"):
        setattr(number, name, _noting(getattr(number, name), number, context.lost))
    number.__truediv__ = _dividing(number.__truediv__, number, context.divisors, 1)
    number.__rtruediv__ = _dividing(number.__rtruediv__, number, context.divisors, 0)


def _dividing(
    plain: Callable[[Any, Any], Any], number: Any, divisors: set[int], below: int
) -> Callable[[Any, Any], Any]:
    def dividing(one: Any, other: Any) -> Any:
        divisor = (one, other)[below]
        if type(divisor) is number and divisor:
            divisors.add(_size(divisor))
        return plain(one, other)

    return dividing


def _noting(plain: Callable[[Any, Any], Any], number: Any, lost: set[Lost]) -> Callable[[Any, Any], Any]:
    def noting(one: Any, other: Any) -> Any:
        total = plain(one, other)
        if type(total) is number:
            beside = other if type(other) is number else number(other)
            _, mantissa, exponent, bits = one._mpf_
            _, another, power, count = beside._mpf_
            # Of 0, and of what isn't a number, mpmath has no digits.
            if mantissa and another:
                apart = exponent + bits - power - count
                if abs(apart) > number.context.prec - LEFT and total._mpf_[1]:
                    lost.add(_known(beside if apart > 0 else one))
        return total

    return noting


def _size(value: Any) -> int:
    """The power of two above a number."""
    _, _, exponent, bits = value._mpf_
    return int(exponent + bits)


def _known(value: Any) -> Lost:
    _, mantissa, exponent, bits = value._mpf_
    return exponent + bits, mantissa >> bits - BITS if bits > BITS else mantissa << BITS - bits


def about(lost: Lost) -> int:
    """The power of ten that a lost number is about."""
    return round(lost[0] * 0.30103)
