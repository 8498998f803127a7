"""What an expression is worth on a trial.

Index letters are evaluated one value after the other, so that a guard decides what is read, and a message can say at
which indices something went wrong. What is evaluated often is written as a Python function (`written`); where that
gives no value, the tree is evaluated node by node, which says why. Imports `latex` and above.
"""

from . import dotted, standard, terms  # noqa: F401  # like the modules below, it says how some kinds of nodes are evaluated
from .binders import axis, comparisons, frames_of, range_between
from .compiled import components, evaluate
from .conditions import all_hold, compared, holds
from .derivatives import made_independent
from .frame import Frame, Symbols, Variables, scalar, whole

__all__ = [
    "Frame",
    "Symbols",
    "Variables",
    "all_hold",
    "axis",
    "compared",
    "comparisons",
    "components",
    "evaluate",
    "frames_of",
    "holds",
    "made_independent",
    "range_between",
    "scalar",
    "whole",
]
