"""What KaTeX's names for signs mean to the grammar."""

from .atoms import Kind

RELATIONS = {
    "=": "=",
    "<": "<",
    ">": ">",
    "\\lt": "<",
    "\\gt": ">",
    "\\leq": "≤",
    "\\le": "≤",
    "\\leqslant": "≤",
    "\\geq": "≥",
    "\\ge": "≥",
    "\\geqslant": "≥",
    "≠": "≠",
    "≔": "≔",
    "\\approx": "≈",
    "\\leftarrow": "←",
    "\\gets": "←",
    "\\in": "∈",
    "\\to": "→",
    "\\rightarrow": "→",
    "\\mapsto": "↦",
    ":": ":",
}
SIGNS = {"+": "+", "-": "-", "−": "-"}
TIMES = {"\\cdot": "·", "\\times": "×", "\\odot": "⊙", ".": ".", "/": "/"}
BARS = {"\\|": "‖", "\\Vert": "‖", "|": "|", "\\vert": "|", "\\mid": "|", "\\parallel": "‖", "∥": "‖"}
# Each of these is an atom of this kind, whose text is what the table says.
BY_KIND: dict[Kind, dict[str, str]] = {"sign": SIGNS, "times": TIMES, "bar": BARS, "relation": RELATIONS}
# Signs that are the only ones of their kind.
SINGLE: dict[str, Kind] = {
    "\\partial": "partial",
    "\\forall": "forall",
    "\\top": "top",
    "\\prime": "prime",
    "\\infty": "infinity",
}
DOTS = {"\\ldots", "\\@cdots", "\\cdots", "\\dots", "\\varvdots", "\\dotsb", "…", "⋯"}
OPENING = {"(": "(", "[": "[", "\\{": "{", "\\lbrace": "{", "\\lvert": "⟨|", "\\lVert": "⟨‖"}
CLOSING = {")": ")", "]": "]", "\\}": "}", "\\rbrace": "}", "\\rvert": "|⟩", "\\rVert": "‖⟩"}
# Of \left and \right.
DELIMITERS = {**OPENING, **CLOSING, "|": "|", "\\vert": "|", "\\|": "‖", "\\Vert": "‖", ".": "."}
FUNCTIONS = {"\\exp", "\\ln", "\\sin", "\\cos", "\\tan", "\\sinh", "\\cosh", "\\tanh"}
BIG = {"\\sum": "sum", "\\prod": "prod", "\\max": "max", "\\min": "min"}
# What is known and refused: why, the way out, and the rule of the page language, 0 where none says so.
REFUSED = {
    "\\log": ("the base of \\log differs from author to author", "write \\ln", 7),
    "*": ("* has no meaning between symbols", "write \\cdot for a product, ^{*} in a superscript", 16),
    "\\ast": ("* has no meaning between symbols", "write \\cdot for a product", 16),
    "\\pm": ("\\pm stands for two formulas", "write each of them", 0),
    "\\mp": ("\\mp stands for two formulas", "write each of them", 0),
    "\\int": ("an integral isn't executed", "write a sum, or the antiderivative as a function", 0),
    "\\lim": ("a limit isn't executed", "write the inequality that bounds the difference", 0),
    "\\nabla": ("\\nabla doesn't say by what it derives", "write \\frac{\\partial L}{\\partial x}", 19),
    "!": ("a factorial isn't executed", "write \\prod_{k=1}^{n} k", 0),
    "\\Rightarrow": ("an implication isn't executed", "write each statement, with \\text{if} for its condition", 2),
    "\\propto": ("a factor that isn't written can't be executed", "write it", 0),
    "\\sim": ("what is drawn from a law isn't executed", "write the sets by \\in", 4),
}
# What \\not is to MathML.
NOT = "\N{COMBINING LONG SOLIDUS OVERLAY}"
# Widths in em: what parts statements, and what could print one sign over another.
QUAD = 0.9
OVERPRINTS = -0.4
UNSUPPORTED = "this can't be executed"
