"""Products of mpmath's numbers, without what it asks of numbers of other kinds first.

A number meets another one of its context nearly always, or a whole number, as slopes of variables are: 0 and 1. These
are told by their type; all else is left to mpmath.
"""

from __future__ import annotations

from typing import Any


def hasten(context: Any) -> None:
    """Let a context of mpmath multiply its numbers sooner; the products are the same."""
    from mpmath.libmp import from_int, normalize

    number, new, zero, plain = context.mpf, object.__new__, context.zero, context.mpf.__mul__
    # The context changes these in their place, where it computes with more digits for a while.
    rounding = context._prec_rounding

    def multiplied(one: Any, other: Any) -> Any:
        if type(other) is number:
            sign, mantissa, exponent, _ = other._mpf_
        elif type(other) is int:
            sign, mantissa, exponent, _ = from_int(other)
        else:
            return plain(one, other)
        own, digits, power, _ = one._mpf_
        if product := digits * mantissa:
            found = new(number)
            found._mpf_ = normalize(own ^ sign, product, power + exponent, product.bit_length(), *rounding)
            return found
        # What is infinite, or isn't a number, has no digits either.
        return plain(one, other) if (not digits and power) or (not mantissa and exponent) else zero

    number.__mul__ = number.__rmul__ = multiplied
