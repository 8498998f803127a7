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
# The slope of what doesn't depend on a variable, told by its identity and never computed with: most slopes by the
# entries of a matrix are 0, and where derivatives nest, each of them would be multiplied as a number with slopes.
NONE = 0


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
            slopes = [
                db if da is NONE else da if db is NONE else da + db
                for da, db in zip(self.slopes, other.slopes, strict=True)
            ]
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
                return Dual(other.level, self * other.value, _scaled(other.slopes, self))
            a, b = self.value, other.value
            slopes = [
                (NONE if db is NONE else a * db) if da is NONE else b * da if db is NONE else b * da + a * db
                for da, db in zip(self.slopes, other.slopes, strict=True)
            ]
            return Dual(self.level, a * b, slopes)
        return Dual(self.level, self.value * other, _scaled(self.slopes, other))

    __rmul__ = __mul__

    def __truediv__(self, other: Scalar) -> Dual:
        if isinstance(other, Dual) and other.level >= self.level:
            if other.level > self.level:
                return other.__rtruediv__(self)
            quotient = self.value / other.value
            slopes = [
                NONE if da is db is NONE else (da - quotient * db) / other.value
                for da, db in zip(self.slopes, other.slopes, strict=True)
            ]
            return Dual(self.level, quotient, slopes)
        return Dual(self.level, self.value / other, [d if d is NONE else d / other for d in self.slopes])

    def __rtruediv__(self, other: Scalar) -> Dual:
        quotient = other / self.value
        factor = -quotient / self.value
        return Dual(self.level, quotient, _scaled(self.slopes, factor))


def _scaled(slopes: list[Scalar], factor: Scalar) -> list[Scalar]:
    return [slope if slope is NONE else factor * slope for slope in slopes]


def held(number: Scalar) -> int:
    """How many numbers one holds with its derivatives, and theirs; about, as its first derivatives are."""
    if not isinstance(number, Dual):
        return 1
    moving = [slope for slope in number.slopes if slope is not NONE]
    return held(number.value) + (len(moving) * held(moving[0]) if moving else 0)


def is_nested(number: Scalar) -> bool:
    """Whether a number has derivatives that have derivatives themselves."""
    return isinstance(number, Dual) and any(isinstance(part, Dual) for part in (number.value, *number.slopes))


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
    return [NONE] * count


def independent(values: list[Scalar], level: int) -> list[Scalar]:
    """Numbers as the variables of a derivative."""
    count = len(values)
    return [Dual(level, value, [1 if k == n else NONE for k in range(count)]) for n, value in enumerate(values)]
