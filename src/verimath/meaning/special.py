r"""What the rows of the table of operations compute: functions of analysis, and those of whole numbers.

Derivatives follow the *NIST Handbook of Mathematical Functions* (2010): 4.20, 4.34 and 4.37 for the circular and
hyperbolic functions and their inverses, 5.2 and 5.15 for the gamma function and its logarithmic derivatives.
"""

from __future__ import annotations

import cmath
import math
from functools import cache
from typing import Any

from ..message.refusal import NoValue, Refusal
from ..numbers.array import Array, Value
from ..numbers.dual import Dual, Scalar, plain
from ..numbers.late import mpmath
from ..numbers.scalar import LN, Break, Function, apply, divide, is_complex, is_finite, multiply, show

AWAY = "restrict the set that its argument is drawn from"
# Of whole numbers: what no page needs, and would take long.
MOST = 10_000
# Of square matrices: why it isn't read, and what to write.
# Of what counts, what to declare.
WHOLE = "declare its numbers by \\mathbb{N} or \\mathbb{Z}"
NO_LOGARITHM = (
    "the logarithm of a matrix isn't read yet",
    "write what its exponential fulfils, e^{X} = A; \\ln A_{ij} where each component is meant",
)
NO_ROOT = (
    "a \\sqrt of a matrix isn't read",
    "write A^{1/2} of a positive definite one; \\sqrt{A_{ij}} where each component is meant",
)
NO_SINE = (
    "sines and cosines of a matrix aren't read yet",
    "write what they are by e^{\\mathrm{i} A} and e^{-\\mathrm{i} A}; \\sin A_{ij} where each component is meant",
)


def exponentials(context: Any, x: Scalar) -> Scalar:
    """What hyperbolic functions are made of: of a large number, one is lost in the other."""
    return context.exp(x) + context.exp(-x)


def root(x: Scalar) -> Scalar:
    """The square root of a number with its derivatives."""
    return apply(SQRT, x)


ROOT = Break(lambda x: 0, "the derivative of a square root at 0", "keep its argument positive", rule=25)
SQRT = Function(
    *("sqrt", math.sqrt, cmath.sqrt, "sqrt"),
    slope=lambda x, y: 1 / (2 * y),
    least=0,
    breaks=ROOT,
    any_size=True,
    cut=lambda x: x,
)

# Circular functions

SIN = Function("sin", math.sin, cmath.sin, "sin", lambda x, y: apply(COS, x))
COS: Function = Function("cos", math.cos, cmath.cos, "cos", lambda x, y: -apply(SIN, x))
TAN = Function("tan", math.tan, cmath.tan, "tan", lambda x, y: 1 + y * y)
COT = Function("cot", lambda x: 1 / math.tan(x), lambda z: 1 / cmath.tan(z), "cot", lambda x, y: -1 - y * y)
SEC = Function("sec", lambda x: 1 / math.cos(x), lambda z: 1 / cmath.cos(z), "sec", lambda x, y: y * apply(TAN, x))
CSC = Function("csc", lambda x: 1 / math.sin(x), lambda z: 1 / cmath.sin(z), "csc", lambda x, y: -y * apply(COT, x))

# Their inverses take real numbers, on which all agree where they are cut.


def _end(x: Scalar) -> int:
    return 1 if x > 0 else -1


ENDS = "keep its argument between the ends of where it is defined"
ARCSIN = Function(
    "arcsin",
    math.asin,
    None,
    "asin",
    lambda x, y: 1 / root(1 - x * x),
    least=-1,
    greatest=1,
    breaks=Break(_end, "the derivative of an arcsine at 1 or -1", ENDS, rule=25),
)
ARCCOS = Function(
    "arccos",
    math.acos,
    None,
    "acos",
    lambda x, y: -1 / root(1 - x * x),
    least=-1,
    greatest=1,
    breaks=Break(_end, "the derivative of an arccosine at 1 or -1", ENDS, rule=25),
)

# Hyperbolic functions and their inverses

SINH = Function("sinh", math.sinh, cmath.sinh, "sinh", lambda x, y: apply(COSH, x), terms=exponentials)
COSH: Function = Function("cosh", math.cosh, cmath.cosh, "cosh", lambda x, y: apply(SINH, x), terms=exponentials)
TANH = Function("tanh", math.tanh, cmath.tanh, "tanh", lambda x, y: 1 - y * y, terms=exponentials)
COTH = Function(
    "coth",
    lambda x: 1 / math.tanh(x),
    lambda z: 1 / cmath.tanh(z),
    "coth",
    # 1 - y² would cancel.
    lambda x, y: -(apply(CSCH, x) * apply(CSCH, x)),
    terms=exponentials,
)
SECH = Function(
    "sech",
    lambda x: 1 / math.cosh(x),
    lambda z: 1 / cmath.cosh(z),
    "sech",
    lambda x, y: -y * apply(TANH, x),
    terms=exponentials,
)
CSCH: Function = Function(
    "csch",
    lambda x: 1 / math.sinh(x),
    lambda z: 1 / cmath.sinh(z),
    "csch",
    lambda x, y: -y * apply(COTH, x),
    terms=exponentials,
)
ARSINH = Function("arsinh", math.asinh, None, "asinh", lambda x, y: 1 / root(1 + x * x), any_size=True)
ARCOSH = Function(
    "arcosh",
    math.acosh,
    None,
    "acosh",
    lambda x, y: 1 / root(x * x - 1),
    least=1,
    breaks=Break(lambda x: 1, "the derivative of an arcosh at 1", "keep its argument above 1", rule=25),
    any_size=True,
)


def _artanh(x: float) -> float:
    if abs(x) == 1:
        raise ZeroDivisionError
    return math.atanh(x)


ARTANH = Function("artanh", _artanh, None, "atanh", lambda x, y: 1 / (1 - x * x), least=-1, greatest=1)

# Gamma


def _gamma(x: float) -> float:
    if x <= 0 and x == math.floor(x):
        raise ZeroDivisionError
    return math.gamma(x)


def _gamma_slope(x: Scalar, y: Scalar) -> Scalar:
    return y * apply(polygamma(0), x)


@cache
def polygamma(order: int) -> Function:
    """The derivative, so many times, of Γ'/Γ."""
    return Function(
        f"the derivative {order + 1} of ln Gamma",
        lambda x: float(mpmath.fp.psi(order, x)),
        None,
        lambda context, x: context.psi(order, x),
        lambda x, y: apply(polygamma(order + 1), x),
    )


GAMMA = Function("Gamma", _gamma, None, "gamma", _gamma_slope)

# To a base


def logarithm(base: Value, value: Value, context: Any) -> Scalar:
    """The logarithm of a positive number to a base.

    Raises:
        Refusal: where it has none.
    """
    for each in (base, value):
        if isinstance(each, Array) and len(each.shape) == 2:
            raise Refusal(*NO_LOGARITHM, rule=28)
        if isinstance(each, Array):
            raise Refusal(f"a logarithm takes a number, not {each}", "write it by components", rule=17)
    return divide(LN(value, context), LN(base, context), context)


# Whole numbers


def _whole(value: Value, what: str, way_out: str, least: int | None = None) -> int:
    """A number that must be whole, and not below the least.

    Raises:
        Refusal: where it is another one.
    """
    bare = plain(value)
    if isinstance(value, Array | Dual) or is_complex(bare) or not is_finite(bare) or bare != int(bare):
        shown = str(value) if isinstance(value, Array) else show(bare)
        raise Refusal(f"{what} is of whole numbers, and this is {shown}", way_out, rule=7)
    if least is not None and bare < least:
        raise NoValue(f"{what} of {show(bare)}", way_out, rule=7)
    if abs(bare) > 10**15 and not isinstance(bare, int):
        raise NoValue(f"{what} of {show(bare)}, which is rounded", way_out, rule=26)
    return int(bare)


def factorial(value: Scalar, context: Any) -> int:
    """The product of the whole numbers from 1 to this one, exactly.

    Raises:
        Refusal: of what isn't a whole number from 0 on.
    """
    n = _whole(value, "a factorial", "write \\Gamma(x + 1) of other numbers", least=0)
    if n > MOST:
        raise NoValue(f"a factorial of {show(n)}, which is too large", AWAY, rule=7)
    return math.factorial(n)


def binomial(above: Value, below: Value, context: Any) -> Scalar:
    """In how many ways so many of these may be chosen, exactly; of any number above, the product that says it.

    Raises:
        Refusal: where what is chosen isn't a whole number from 0 on.
    """
    k = _whole(below, "the lower number of a binomial coefficient", "restrict its set", least=0)
    if isinstance(above, Array):
        raise Refusal(f"a binomial coefficient of {above}", "write its components", rule=7)
    if k > MOST:
        raise NoValue(f"a choice of {show(k)}, which is too large", AWAY, rule=7)
    if isinstance(above, int) and above >= 0:
        return math.comb(above, k)
    found: Scalar = 1
    for j in range(k):
        found = multiply(found, above - j)
    # Of whole numbers, it divides.
    return found // math.factorial(k) if isinstance(found, int) else found / math.factorial(k)


def remainder(number: Value, divisor: Value, context: Any) -> int:
    """What is left of a whole number divided by a positive one: from 0 to below that.

    Raises:
        Refusal: of other numbers.
    """
    way_out = "write x - y \\lfloor x / y \\rfloor of other numbers"
    by = _whole(divisor, "a remainder", way_out)
    if by <= 0:
        what = f"a remainder by {show(by)}, whose sign differs from author to author"
        raise NoValue(what, "divide by 1 or more", rule=7)
    return _whole(number, "a remainder", way_out) % by


def greatest_divisor(values: list[Value]) -> int:
    r"""The greatest whole number that divides all of these.

    Raises:
        Refusal: of what isn't whole.
    """
    return math.gcd(*(_whole(value, "a greatest common divisor", WHOLE) for value in values))


def least_multiple(values: list[Value]) -> int:
    r"""The least whole number that all of these divide; 0 where one of them is 0.

    Raises:
        Refusal: of what isn't whole.
    """
    return math.lcm(*(_whole(value, "a least common multiple", WHOLE) for value in values))
