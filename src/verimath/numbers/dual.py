"""Dual numbers: a value together with its derivatives, exact to rounding.

Every operation carries both along, so a derivative costs one evaluation, of whatever is printed. Derivatives of
derivatives nest: each has a level of its own, and numbers of another level are constants to it. (Siskind and
Pearlmutter, "Nesting forward-mode AD in a functional framework", 2008, on why levels must not be confused.)
"""

from __future__ import annotations

from itertools import count
from typing import Any

# int, float, complex, mpmath's numbers, or a Dual of a lower level.
Scalar = Any

_LEVELS = count(1)


def new_level() -> int:
    """A level above all that exist."""
    return next(_LEVELS)


class Dual:
    """A number and its derivatives by some variables.

    Attributes:
        level: of the derivative that it belongs to.
        value: the number; itself a Dual of a lower level where derivatives nest.
        slopes: its derivatives, one for each component of the variable.
    """

    __slots__ = ("level", "slopes", "value")
    # NumPy must not take one for something to spread over an array.
    __array_ufunc__ = None

    def __init__(self, level: int, value: Scalar, slopes: list[Scalar]) -> None:
        self.level, self.value, self.slopes = level, value, slopes

    def __repr__(self) -> str:
        return f"Dual({self.level}, {self.value!r}, {self.slopes!r})"

    def __neg__(self) -> Dual:
        return Dual(self.level, -self.value, [-slope for slope in self.slopes])

    def __add__(self, other: Scalar) -> Dual:
        if isinstance(other, Dual) and other.level >= self.level:
            if other.level > self.level:
                return Dual(other.level, self + other.value, other.slopes)
            slopes = [a + b for a, b in zip(self.slopes, other.slopes, strict=True)]
            return Dual(self.level, self.value + other.value, slopes)
        return Dual(self.level, self.value + other, self.slopes)

    __radd__ = __add__

    def __sub__(self, other: Scalar) -> Dual:
        return self.__add__(-other)

    def __rsub__(self, other: Scalar) -> Dual:
        return self.__neg__().__add__(other)

    def __mul__(self, other: Scalar) -> Dual:
        if isinstance(other, Dual) and other.level >= self.level:
            if other.level > self.level:
                return Dual(other.level, self * other.value, [self * slope for slope in other.slopes])
            a, b = self.value, other.value
            slopes = [b * da + a * db for da, db in zip(self.slopes, other.slopes, strict=True)]
            return Dual(self.level, a * b, slopes)
        return Dual(self.level, self.value * other, [slope * other for slope in self.slopes])

    __rmul__ = __mul__

    def __truediv__(self, other: Scalar) -> Dual:
        if isinstance(other, Dual) and other.level >= self.level:
            if other.level > self.level:
                return other.__rtruediv__(self)
            quotient = self.value / other.value
            slopes = [(da - quotient * db) / other.value for da, db in zip(self.slopes, other.slopes, strict=True)]
            return Dual(self.level, quotient, slopes)
        return Dual(self.level, self.value / other, [slope / other for slope in self.slopes])

    def __rtruediv__(self, other: Scalar) -> Dual:
        quotient = other / self.value
        factor = -quotient / self.value
        return Dual(self.level, quotient, [factor * slope for slope in self.slopes])


def plain(number: Scalar) -> Scalar:
    """A number without its derivatives."""
    while isinstance(number, Dual):
        number = number.value
    return number


def slopes(number: Scalar, level: int, count: int) -> list[Scalar]:
    """The derivatives of one level; zeros for what doesn't depend on its variable."""
    if isinstance(number, Dual):
        if number.level == level:
            return number.slopes
        if number.level > level:
            raise AssertionError("a derivative outlives its level")
    return [0] * count


def independent(values: list[Scalar], level: int) -> list[Scalar]:
    """Numbers as the variables of a derivative."""
    count = len(values)
    return [Dual(level, value, [int(k == n) for k in range(count)]) for n, value in enumerate(values)]
