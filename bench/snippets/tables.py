"""What may stand in the place of an operator, a comparison or a function of Python, and what is given to which."""

from __future__ import annotations

import ast

OTHER_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Add,),
}
OTHER_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
}
# NumPy's functions, and the methods of the same names.
OTHER_FUNCTIONS = {
    "abs": ("real",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "cos": ("sin",),
    "exp": ("log", "expm1"),
    "expm1": ("exp",),
    "eye": ("ones",),
    "imag": ("real",),
    "log": ("exp", "log2"),
    "log1p": ("log",),
    "logaddexp": ("logaddexp2", "add"),
    "max": ("min", "sum"),
    "maximum": ("minimum",),
    "mean": ("sum",),
    "min": ("max", "sum"),
    "minimum": ("maximum",),
    "ones": ("zeros",),
    "outer": ("inner",),
    "prod": ("sum",),
    "real": ("imag",),
    "sin": ("cos",),
    "sqrt": ("square",),
    "square": ("sqrt",),
    "sum": ("prod", "mean"),
    "tan": ("tanh",),
    "tanh": ("tan",),
    "vstack": ("hstack",),
    "zeros": ("ones",),
}
# What takes sizes, or arrays for their size: a number that isn't whole raises there, and a sign isn't seen.
OF_SIZES = {"arange", "empty", "enumerate", "eye", "full", "len", "ndindex", "ones", "range", "zeros"}
# What makes of a value the same value.
CONVERSIONS = {"array", "asarray", "int", "float"}
# What has no sign, or would raise for want of one.
UNSIGNED = (ast.Tuple, ast.List, ast.ListComp, ast.GeneratorExp, ast.JoinedStr, ast.Lambda, ast.Starred, ast.Compare)
COARSE, FINE = 1.0005, 1 + 1e-9
