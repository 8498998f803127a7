"""Sums and products of mpmath's numbers, without what it asks of numbers of other kinds first.

A number meets another one of its context nearly always, or a whole number, as slopes of variables are: 0 and 1. These
are told by their type; all else is left to mpmath.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .absorbed import LEFT
from .dual import Dual

# A number as mpmath holds it: 1 where it is negative, its digits, odd; the power of two that they are multiplied by;
# how many they are.
Held = tuple[int, int, int, int]


def hasten(context: Any) -> None:
    """Let a context of mpmath add, subtract and multiply its numbers sooner; what comes out is the same."""
    from mpmath.libmp import from_int

    number, new = context.mpf, object.__new__
    # The context changes these in their place, where it computes with more digits for a while.
    rounding = context._prec_rounding

    def summing(plain: Callable[[Any, Any], Any], turned: int = 0) -> Callable[[Any, Any], Any]:
        def summed(one: Any, other: Any) -> Any:
            if type(other) is number:
                sign, digits, power, count = other._mpf_
            elif type(other) is int:
                sign, digits, power, count = from_int(other)
            else:
                # A number with its derivatives knows itself; mpmath would first write it in digits, for a message.
                return NotImplemented if type(other) is Dual else plain(one, other)
            own_sign, own, own_power, own_count = one._mpf_
            precision = rounding[0]
            # What is infinite or no number has no digits either, but a power of two.
            if (not own and own_power) or (not digits and power):
                return plain(one, other)
            # Of terms far apart, one may be lost, which may be noted.
            if own and digits and abs(own_power + own_count - power - count) > precision - LEFT:
                return plain(one, other)
            if own_sign:
                own = -own
            if sign ^ turned:
                digits = -digits
            if not own:
                total = digits
            elif not digits:
                total, power = own, own_power
            elif own_power >= power:
                total = (own << own_power - power) + digits
            else:
                total, power = own + (digits << power - own_power), own_power
            found = new(number)
            found._mpf_ = _held(total < 0, abs(total), power, precision) if total else context.zero._mpf_
            return found

        return summed

    def multiplying(plain: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        def multiplied(one: Any, other: Any) -> Any:
            if type(other) is number:
                sign, digits, power, _ = other._mpf_
            elif type(other) is int:
                sign, digits, power, _ = from_int(other)
            else:
                return NotImplemented if type(other) is Dual else plain(one, other)
            own_sign, own, own_power, _ = one._mpf_
            if product := own * digits:
                found = new(number)
                found._mpf_ = _held(own_sign ^ sign, product, own_power + power, rounding[0])
                return found
            # What is infinite, or isn't a number, has no digits either.
            return plain(one, other) if (not own and own_power) or (not digits and power) else context.zero

        return multiplied

    number.__add__ = number.__radd__ = summing(number.__add__)
    number.__sub__ = summing(number.__sub__, turned=1)
    number.__mul__ = number.__rmul__ = multiplying(number.__mul__)


def _held(sign: int, digits: int, power: int, precision: int) -> Held:
    """A number rounded to so many binary digits: to the nearest, and to the even one of two."""
    beyond = digits.bit_length() - precision
    if beyond > 0:
        kept = digits >> beyond - 1
        is_up = kept & 1 and (kept & 2 or digits & (1 << beyond - 1) - 1)
        digits = (kept >> 1) + 1 if is_up else kept >> 1
        power += beyond
    if not digits & 1:
        zeros = (digits & -digits).bit_length() - 1
        digits >>= zeros
        power += zeros
    return sign, digits, power, digits.bit_length()
