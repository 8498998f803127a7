r"""What authors write and this language doesn't read: why, what to write in its place, and the rule, 0 for none.

KaTeX expands many commands, such as \bmod, or calls them by other names: they are looked for in the source.
"""

from __future__ import annotations

import re

from ....message.refusal import Refusal

Row = tuple[str, str, int]
COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)

# A sign above an = that says what it is.
DEFINING = re.compile(
    r"\\(?:stackrel|overset)\s*\{\s*(?:"
    r"\\(?:text|textrm|mathrm)\s*\{d[eé]f\.?\}\s*\}\s*(?:=|\{\s*=\s*\})"
    # Or that numbers it, for the text around.
    r"|\(\s*[A-Za-z0-9]\s*\)\s*\})"
)

# Above a letter, a hat or a v is part of its name: a^\wedge.
ABOVE_A_NAME = re.compile(r"\^\s*\{?\s*(?=\\(?:wedge|vee)(?![A-Za-z]))")

DEFINES = "write \\coloneqq for a definition, = for a claim"
IMPLIES = ("an implication isn't read yet", "write each statement, with \\text{if} for its condition", 2)
EITHER = ("an equivalence isn't read yet", "write each statement, with \\text{if} for its condition", 2)
REMAINDER = ("this says of remainders that they are equal, which isn't read yet", "write n \\bmod k = m \\bmod k", 7)
BOXED = ("what is drawn around or across a formula isn't read", "write the formula without it", 0)
EITHER_OF = ("an alternative isn't read yet", "write each case as a statement, with \\text{if}", 22)
WITHOUT = "write the formula without it"
HIDES = ("what this hides or moves would be read otherwise than it is seen", WITHOUT, 27)
COLOURED = ("a colour of its own says nothing, and hides", f"{WITHOUT}; the page's style may colour it", 27)
SIZED = ("a size of its own says nothing", WITHOUT, 27)
UNDERLINED = ("a line below a formula isn't read", WITHOUT, 27)
LONG_ARROW = ("words on an arrow aren't read", "write \\leftarrow for a step, \\Rightarrow between two statements", 2)
EMPTY = ("the empty set isn't read", "write the condition under which there is nothing", 4)
DEGREES = ("degrees aren't read", "write radians, such as \\frac{\\pi}{6} for 30 degrees", 16)
BULLET = ("a bullet between two factors has no meaning", "write \\cdot for a product", 16)
INTEGRAL = ("an integral isn't read yet", "write a sum, or the antiderivative as a function", 0)
LIMIT = ("a limit isn't read yet", "write the inequality that bounds the difference", 0)
ABOVE = ("a sign above or below another one isn't read", DEFINES, 0)
LAW = ("a probability isn't read yet", "write the sum of the probabilities, \\sum_{i} p_i", 7)
MEAN = ("an expectation isn't read yet", "write the sum of the values by their probabilities, \\sum_{i} p_i x_i", 7)
VARIANCE = ("a variance isn't read yet", "write the sum that it is, \\sum_{i} p_i (x_i - \\mu)^2, or define it", 7)
WHERE = ("where this extremum lies isn't read yet", "write \\arg\\max_{i} x_i, over the values of one index", 11)
EVALUATION = (
    "how far this bar reaches, or where it evaluates, isn't clear",
    "write \\left. … \\right|_{t = u} around all that it takes",
    19,
)
NEAR = ("how near two sides are isn't said", "write an inequality that says it, or \\approx for printed decimals", 26)
TRUTH = "write [x > 0], which is 1 where it holds, else 0"
TEXT = "say it in the text, or by what follows from it"
IDENTITY = "write I for the identity matrix, [x > 0] for what is 1 where it holds"


def _switch(font: str) -> Row:
    return f"\\{font} sets all that follows in another font", f"write \\math{font}{{…}} around the name", 6


COMMANDS: dict[str, Row] = {
    **dict.fromkeys(("\\pmod", "\\mod", "\\pod"), REMAINDER),
    **dict.fromkeys(("\\xcancel", "\\sout"), BOXED),
    **dict.fromkeys(("\\overset", "\\stackrel"), ABOVE),
    "\\underset": ("a sign below another one isn't read", "write \\max_{i}, \\arg\\max_{i} for what it runs over", 11),
    **dict.fromkeys(("\\triangleq", "\\doteq"), ("this may define, or claim", DEFINES, 0)),
    **dict.fromkeys(("\\impliedby", "\\Longleftarrow", "\\Leftarrow"), IMPLIES),
    "\\leftrightarrow": EITHER,
    **{f"\\{font}": _switch(font) for font in ("bf", "rm", "it", "sf", "tt", "cal")},
    "\\Pr": LAW,
    **dict.fromkeys(("\\iint", "\\iiint", "\\oint"), INTEGRAL),
    **dict.fromkeys(("\\limsup", "\\liminf", "\\varlimsup", "\\varliminf"), LIMIT),
    **dict.fromkeys(
        (
            *("\\phantom", "\\hphantom", "\\vphantom", "\\smash", "\\raisebox", "\\vcenter"),
            *("\\llap", "\\rlap", "\\clap", "\\mathllap", "\\mathrlap", "\\mathclap"),
        ),
        HIDES,
    ),
    **dict.fromkeys(("\\color", "\\textcolor", "\\colorbox", "\\fcolorbox"), COLOURED),
    **dict.fromkeys(("\\tiny", "\\scriptsize", "\\small", "\\large", "\\Large", "\\LARGE", "\\huge"), SIZED),
    "\\underline": UNDERLINED,
    **dict.fromkeys(("\\xrightarrow", "\\xleftarrow", "\\xRightarrow", "\\xLeftarrow"), LONG_ARROW),
    **dict.fromkeys(("\\emptyset", "\\varnothing"), EMPTY),
    "\\degree": DEGREES,
    "\\bullet": BULLET,
    "\\lg": ("the base of \\lg differs from author to author", "write \\frac{\\ln x}{\\ln 10}", 7),
    "\\equiv": (
        "\\equiv may claim an equality, define, or compare remainders",
        f"{DEFINES}, n \\bmod k = m \\bmod k for equal remainders",
        0,
    ),
    **dict.fromkeys(("\\simeq", "\\cong", "\\ll", "\\gg"), NEAR),
    "\\wedge": ("\\wedge isn't read yet", "write components, or \\text{and} between conditions", 16),
    "\\land": ("\\land isn't read", "write \\text{and} between conditions, or two statements", 22),
    **dict.fromkeys(("\\lor", "\\vee"), EITHER_OF),
    "\\exists": (
        "\\exists isn't read yet",
        "define the value that there is by \\coloneqq, and claim what it fulfils",
        2,
    ),
    "\\div": ("\\div isn't read", "write \\frac{x}{y}", 16),
    "\\notin": ("\\notin isn't read yet", "write what the set excludes, such as x \\neq 0", 4),
    "\\%": ("a percentage isn't read", "write 0.5 for 50 %", 6),
    **dict.fromkeys(("\\cap", "\\cup"), ("sets have no operations yet", "write what holds of their elements", 4)),
}

# Names that readers take for something, whatever a page would declare them to be.
NAMES: dict[str, Row] = {
    **dict.fromkeys(("\\mathbb{E}", "\\operatorname{E}", "\\mathrm{E}"), MEAN),
    **dict.fromkeys(("\\mathbb{P}", "\\operatorname{P}", "\\mathrm{P}"), LAW),
    **{f"\\{font}{{{word}}}": VARIANCE for font in ("operatorname", "mathrm") for word in ("Var", "Cov", "var", "cov")},
    **dict.fromkeys(("\\mathbb{V}", "\\operatorname{V}"), VARIANCE),
}
# The same of single letters, which a page may well declare: said only where it doesn't.
LETTERS: dict[str, str] = {
    "\\Delta": "give a difference one name of its own, such as h",
    "d": "write a derivative as \\frac{d}{dx}; differentials aren't read",
    "\\mathrm{d}": "write a derivative as \\frac{d}{dx}; differentials aren't read",
    **{
        each: f"write \\mathrm{{i}} for the imaginary unit, or {each} \\coloneqq \\mathrm{{i}}; "
        f"else declare it, such as {each} \\in \\{{1, \\dots, n\\}}"
        for each in "ij"
    },
    **{f"\\{font}{{I}}": IDENTITY for font in ("mathbb", "mathrm", "mathsf")},
    **{f"\\{font}{{{word}}}": IDENTITY for font in ("operatorname", "mathrm", "mathsf") for word in ("Id", "id")},
    "O": "write an inequality with the bound that is meant",
    "\\mathcal{O}": "write an inequality with the bound that is meant",
    "H": "declare it; a conjugate transpose is written A^{H}, where H is no symbol of the page",
}


def refuse_commands(tex: str) -> None:
    """Refuse a formula with a command that isn't read.

    Raises:
        Refusal: at the first one.
    """
    above = {found.end() for found in ABOVE_A_NAME.finditer(tex)}
    for found in COMMAND.finditer(tex):
        is_part = found.start() in above or DEFINING.match(tex, found.start())
        if (row := COMMANDS.get(found[0])) and not is_part:
            raise Refusal(*row, at=found.start())
