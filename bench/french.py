"""Numbers as a French text writes them."""

from __future__ import annotations

import math

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
THIN, SPACE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


def ten(power: int) -> str:
    """A power of ten."""
    return f"10{str(power).translate(SUPERSCRIPTS)}"


def scientific(value: float) -> str:
    """A positive number, to one significant digit."""
    digit, power = f"{value:.0e}".split("e")
    return ten(int(power)) if digit == "1" else f"{digit}{SPACE}×{SPACE}{ten(int(power))}"


def decimal(value: float, digits: int = 2) -> str:
    """A positive number, to at least so many significant digits, with a comma."""
    return f"{value:.{max(0, digits - 1 - math.floor(math.log10(value)))}f}".replace(".", ",")


def integer(value: int) -> str:
    """A whole number, its digits in groups of three."""
    return f"{value:,}".replace(",", THIN)
