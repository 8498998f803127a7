"""What even 200 digits lose: a term that is wholly absorbed by another, as 10^{-300} is by 1.

A claim that such a term makes false would pass. So sums in that many digits note what they lose. What cancels leaves
its rounding behind, which is lost beside other terms too, and means nothing: in more digits it is another number, while
a term that is meant is the same. What numbers are divided by is noted as well, where it is nearly 0: it
may be 0 but for rounding, as sin π is, and then it is nearer to 0 in more digits. So is what a function makes huge,
such as tan at π/2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

# What a number is, to a millionth.
Lost = tuple[int, int]
BITS = 20
# A term of which no more binary digits than these are left is noted too: rounding reaches as far, and more digits tell.
LEFT = 11
# What is divided by is noted below this power of two: it would be 0 where something is known to 100 digits. It is the
# same in more digits where its power of two is, to so much.
NEARLY_ZERO, SAME_POWER = -260, 2


def watch(context: Any) -> None:
    """Let a context of mpmath note, in its set `lost`, what sums of its numbers lose.

    Its set `divisors` holds what others are divided by, where that is nearly 0.
    """
    context.lost, context.divisors = set(), set()
    number = context.mpf
    for name in ("__add__", "__radd__", "__sub__", "__rsub__"):
        setattr(number, name, _noting(getattr(number, name), number, context.lost))
    for kind in number, context.mpc:
        kind.__truediv__ = _dividing(kind.__truediv__, context, 1)
        kind.__rtruediv__ = _dividing(kind.__rtruediv__, context, 0)


def _dividing(plain: Callable[[Any, Any], Any], context: Any, below: int) -> Callable[[Any, Any], Any]:
    def dividing(one: Any, other: Any) -> Any:
        note_end((one, other)[below], context)
        return plain(one, other)

    return dividing


@contextmanager
def aside(context: Any) -> Iterator[None]:
    """What an algorithm divides by in this block says nothing of what is printed: pivots, steps of a search."""
    before = {*getattr(context, "divisors", ())}
    try:
        yield
    finally:
        if hasattr(context, "divisors"):
            context.divisors.intersection_update(before)


def note_end(distance: Any, context: Any) -> None:
    """Note what is divided by, or how far a number is from where a function is infinite, if that is nearly 0."""
    size, digits = _largest(distance)
    if size < NEARLY_ZERO:
        context.divisors.add((size, digits))


def note_huge(value: Any, context: Any) -> None:
    """Note what a function is worth, if it is as large as what is divided by nearly 0."""
    size, digits = _largest(value)
    if size > -NEARLY_ZERO:
        context.divisors.add((-size, digits))


def _largest(value: Any) -> Lost:
    """What a number is, or the larger part of a complex one; of what has no digits, nothing."""
    parts = getattr(value, "_mpc_", None) or (getattr(value, "_mpf_", None),)
    return max((_known(part) for part in parts if part and part[1]), default=(0, 0))


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
                    lost.add(_known((beside if apart > 0 else one)._mpf_))
        return total

    return noting


def _known(held: tuple[int, int, int, int]) -> Lost:
    _, mantissa, exponent, bits = held
    return exponent + bits, mantissa >> bits - BITS if bits > BITS else mantissa << BITS - bits


def rounded_to_nothing(divisors: set[Lost], in_more: set[Lost]) -> bool:
    """Whether something is divided by what is 0 but for rounding: in more digits, nothing of its size is."""
    return any(all(abs(size - each) > SAME_POWER for each, _ in in_more) for size, _ in divisors)


def about(lost: Lost) -> int:
    """The power of ten that a lost number is about."""
    return round(lost[0] * 0.30103)
