"""What KaTeX's names for signs mean to the grammar."""

from ....meaning.operations import BINDERS, OPERATIONS, Behind, Between, Prefix
from ....meaning.signs import ORDERS, PRODUCTS, RELATIONS
from .atoms import (
    Arrow,
    Bar,
    Brackets,
    Dagger,
    Forall,
    Infinity,
    Mark,
    Nabla,
    Partial,
    PrimeSign,
    Relation,
    Sign,
    Times,
    Top,
    Without,
)

SIGNS = {"+": "+", "-": "-", "−": "-", "\\pm": "±", "\\mp": "∓"}
BARS = {"\\|": "‖", "\\Vert": "‖", "|": "|", "\\vert": "|", "\\mid": "|", "\\parallel": "‖", "∥": "‖"}
# Those of them that KaTeX sets as relations: they enclose nothing.
PARTING = {"\\mid", "\\parallel", "∥"}
# Between statements, by what they look like.
ARROWS = {"⇒": ("\\Rightarrow", "\\Longrightarrow"), "⇔": ("\\Leftrightarrow", "\\Longleftrightarrow")}
# Before a statement that follows from the one before, or that it follows from; both are claimed.
REASONS = {"∴": ("\\therefore",), "∵": ("\\because",)}
# What is drawn around or across a formula, with what KaTeX paints of it.
ENCLOSING = {"\\fbox": ("fbox", "line"), "\\cancel": ("image", "path"), "\\bcancel": ("image", "path")}
# What each of these is, and which of its kind.
MARKS: dict[str, tuple[type[Mark], str]] = {
    **{text: (Sign, sign) for text, sign in SIGNS.items()},
    **{text: (Times, row.sign) for row in PRODUCTS.values() for text in row.spelled},
    **{text: (Bar, sign) for text, sign in BARS.items()},
    **{text: (Arrow, sign) for sign, spelled in (ARROWS | REASONS).items() for text in spelled},
    **{text: (Relation, sign) for sign, row in ORDERS.items() for text in row.spelled},
    **{text: (Relation, row.sign) for row in RELATIONS.values() for text in row.spelled},
}
# Signs that are the only ones of their kind.
SINGLE: dict[str, type[Mark]] = {
    "\\partial": Partial,
    "\\nabla": Nabla,
    "\\forall": Forall,
    "\\top": Top,
    "\\intercal": Top,
    "\\prime": PrimeSign,
    "\\dagger": Dagger,
    "†": Dagger,
    "\\infty": Infinity,
    "\\setminus": Without,
}
DOTS = {"\\ddots", "\\ldots", "\\@cdots", "\\cdots", "\\dots", "\\varvdots", "\\dotsb", "…", "⋯"}
# By what they look like.
STARS = {"*": "*", "\\ast": "*", "\\star": "\\star", "\\wedge": "\\wedge", "\\vee": "\\vee"}
# What says nothing.
SILENT = {"\\colon", "\\nobreak", "\\nobreakspace"}
# Operations between two delimiters: their forms, and by what stands around a group, the names that subscripts choose.
BETWEEN = {row.name: row.form for row in OPERATIONS.values() if isinstance(row.form, Between)}
GROUPS = {
    Brackets(*pair): {other.sub: name for name, other in BETWEEN.items() if other.signs == form.signs}
    for form in BETWEEN.values()
    for pair in (form.signs, form.grown)
    if pair is not None
}
OPENING = {"(": "(", "[": "[", "\\{": "{", "\\lbrace": "{", "\\langle": "⟨"}
OPENING |= {form.left: form.signs[0] for form in BETWEEN.values()}
CLOSING = {")": ")", "]": "]", "\\}": "}", "\\rbrace": "}", "\\rangle": "⟩"}
CLOSING |= {form.right: form.signs[1] for form in BETWEEN.values()}
# Of \left and \right.
DELIMITERS = {"<": "⟨", ">": "⟩", **OPENING, **CLOSING, "|": "|", "\\vert": "|", "\\|": "‖", "\\Vert": "‖", ".": "."}
# Operations before their argument that KaTeX knows, and those that bind letters.
FUNCTIONS = {
    row.form.tex: row.name for row in OPERATIONS.values() if isinstance(row.form, Prefix) and not row.form.is_named
}
# Its base is what stands below it, or what the page says.
LOG = "log"
FUNCTIONS |= {"\\log": LOG}
# Those that are words, which may be set upright in other ways too.
OPERATORS = {
    tex
    for row in OPERATIONS.values()
    if isinstance(row.form, Prefix)
    for tex in (row.form.tex, *row.form.spelled)
    if tex.startswith("\\operatorname")
} | {row.tex for row in BINDERS.values() if row.is_word}
# Those of them that stand as habits of trigonometry have it.
BY_HABIT = {row.name for row in OPERATIONS.values() if isinstance(row.form, Prefix) and row.form.by_habit}
# What the power -1 of a function may be meant as, beside one by it.
INVERSES = {
    "sin": "\\arcsin",
    "cos": "\\arccos",
    "tan": "\\arctan",
    "sinh": "\\operatorname{arsinh}",
    "cosh": "\\operatorname{arcosh}",
    "tanh": "\\operatorname{artanh}",
    "ln": "\\exp",
    "exp": "\\ln",
}
# Behind their argument, by their sign.
BEHIND = {row.form.tex: row.name for row in OPERATIONS.values() if isinstance(row.form, Behind)}
# Words between two numbers, by their letters, with the operation that they are.
WORDS_BETWEEN = {"mod": "mod"}
BIG = {row.tex: row.name for row in BINDERS.values() if not row.where}
# What is known and refused: why, the way out, and the rule of the page language, 0 where none says so.
REFUSED = {
    "*": ("* has no meaning between symbols", "write \\cdot for a product, ^{*} in a superscript", 16),
    "\\ast": ("* has no meaning between symbols", "write \\cdot for a product", 16),
    "\\int": ("an integral isn't read yet", "write a sum, or the antiderivative as a function", 0),
    "\\lim": ("a limit isn't read yet", "write the inequality that bounds the difference", 0),
    "\\propto": ("a factor that isn't written can't be executed", "write it", 0),
    "\\sim": ("what is drawn from a law isn't read yet", "write the sets by \\in", 4),
}
# What \\not is to MathML.
NOT = "\N{COMBINING LONG SOLIDUS OVERLAY}"
# KaTeX's units in em, of type that is 10 points high.
EM = {
    "em": 1.0,
    "ex": 0.431,
    "mu": 1 / 18,
    "pt": 0.1,
    "mm": 0.28453,
    "cm": 2.8453,
    "in": 7.227,
    "bp": 0.100375,
    "px": 0.100375,
    "pc": 1.2,
    "dd": 0.107,
    "cc": 1.284,
    "nd": 0.1067,
    "nc": 1.2804,
    "sp": 0.1 / 65536,
}
# Widths in em: what parts statements, and how far back one sign may be printed over another: one \!, no two.
QUAD = 0.9
OVERPRINTS = -0.17
# A space that KaTeX sets as a sign: ~ and a backslash before a space.
BLANK = 0.25
# A space that is seen between two words.
THIN = 0.1
# Rows of an array may be closer by so much, in em, and its lines no closer than KaTeX sets them.
ROWS_CLOSER = -0.3
# The bar of a fraction is 0.04 em thick.
THINNEST = 0.03
UNSUPPORTED = "this can't be executed"
