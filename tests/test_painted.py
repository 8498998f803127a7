r"""What is printed of a formula is what is read of it: the signs of KaTeX's HTML and those of the atoms, counted.

Rules refuse most ways to print something else by name, before any sign is counted; here they are counted by themselves.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.derivations.test_derivations import TRUE
from verimath.latex import katex
from verimath.latex.katex import Painted
from verimath.latex.read.lexing.atoms import Atoms
from verimath.latex.read.lexing.flatten import flattened, tolerated
from verimath.latex.read.lexing.seen import look, refuse_unseen
from verimath.message.refusal import Refusal
from verimath.page.page import read

FORMULAS = [equation.tex for case in TRUE for equation in read(case.file, case.page).equations]
# One of each kind of atom, in its spellings.
KINDS = [
    r"a = \bar{x}'' + \mathbf{w}_i - \operatorname{tr}(A) \cdot \mathrm{KL} \times \Gamma / \boldsymbol{\alpha}",
    r"0{,}5 + 1.25 \leq \sqrt[3]{2}, \quad \frac{\partial^2 f}{\partial x^2} \neq \sum_{i=1}^n \max_j \ln \exp x",
    r"\left(\frac{\frac{a}{b}}{\frac{\frac{a}{b}}{c}}\right) \geqslant \lvert x \rvert \| y \| \lfloor z \rfloor",
    r"x^\top \in \mathbb{R}^{n \times m} x^{*} \coloneqq \begin{cases} a & \text{si }b \\ c & \text{sinon} \end{cases}",
    r"f \colon A \to B, \ x \mapsto \begin{bmatrix} x_1 \\ \vdots \\ x_n \end{bmatrix} \forall i \in \{1, \dots, n\}",
    r"W \leftarrow W \odot V, \widehat{x} \approx \tilde{y}, \vec v = \overline{w}, a < \infty, i \not= j",
]


def of(tex: str) -> tuple[katex.Tree, Atoms]:
    """What is painted of a formula, and what is read of it."""
    tree = katex.tree(tex, True)
    assert isinstance(tree, katex.Tree), tex
    return tree, flattened(tree.nodes, tex)


def test_a_formula_is_read_sign_for_sign() -> None:
    for tex in (*KINDS, *FORMULAS):
        refuse_unseen(tex, *of(tex))


# Pairs of brackets that grow.
PAIRS = ["( )", "[ ]", r"\{ \}", r"\{ .", r"\lvert \rvert", r"\lVert \rVert", r"\| \|", "| |", r"\lfloor \rfloor"]
BEARERS = ["a", r"\alpha", r"\mathbf{W}", r"\mathrm{KL}", r"\boldsymbol{\theta}", r"\Gamma", r"\ell", r"\bar x"]
ACCENTS = ["hat", "widehat", "tilde", "widetilde", "bar", "overline", "vec", "overrightarrow", "dot", "check"]


@pytest.mark.parametrize("pair", PAIRS)
def test_brackets_of_any_height_are_read(pair: str) -> None:
    left, right = pair.split()
    for height in (1, 2, 3, 4, 5, 8, 13, 40):
        for sized in (r"\left{} {} \right{}", r"x_{{\left{} {} \right{}}}"):
            tex = sized.format(left, r"\begin{matrix}" + r" a \\ " * height + r"\end{matrix}", right)
            refuse_unseen(tex, *of(tex))


@pytest.mark.parametrize("accent", ACCENTS)
def test_accents_on_any_letter_are_read(accent: str) -> None:
    for bearer in BEARERS:
        tex = rf"\{accent}{{{bearer}}} + x_{{\{accent}{{{bearer}}}}}"
        refuse_unseen(tex, *of(tex))


@pytest.mark.parametrize("tex", KINDS)
def test_a_sign_that_is_not_read_is_seen(tex: str) -> None:
    tree, atoms = of(tex)
    for painted in {*tree.painted}:
        more = replace(tree, painted=(*tree.painted, painted))
        less = replace(tree, painted=tuple(each for each in tree.painted if each != painted))
        with pytest.raises(Refusal, match="is printed, and isn't read"):
            refuse_unseen(tex, more, atoms)
        with pytest.raises(Refusal, match="is read, and isn't printed"):
            refuse_unseen(tex, less, atoms)


@pytest.mark.parametrize("tex", KINDS)
def test_a_part_that_is_lost_in_reading_is_seen(tex: str) -> None:
    tree, atoms = of(tex)
    for place, atom in enumerate(atoms):
        if any(inner for inner in atom.inside() if type(inner).__name__ not in ("Quad", "Cell", "Row", "Rows")):
            with pytest.raises(Refusal) as caught:
                refuse_unseen(tex, tree, (*atoms[:place], *atoms[place + 1 :]))
            assert caught.value.rule == 27


# What only the count of signs, or a rule, keeps from being printed beside what is read: what is painted of it then.
OTHERWISE = {
    r"\textcolor{white}{a}": "color: white",
    r"\phantom{a}": "color: transparent",
    r"\colorbox{white}{a}": "backgroundColor: white",
    r"\boxed{a}": "fbox",
    r"\cancel{a}": "image",
    r"\underline{a}": "underline-line",
    r"\rule{1em}{1em}": "katex-rule",
    r"\begin{array}{c|c} a & b \end{array}": "vertical-separator",
    r"\begin{array}{c} \hline a \end{array}": "katex-hline",
    r"\begin{array}{c} \hdashline a \end{array}": "katex-hdashline",
    r"\text{\sout{a}}": "katex-sout",
    r"\angl{a}": "angl",
    r"\xrightarrow{a}": "rightarrow",
}


@pytest.mark.parametrize(("tex", "sign"), OTHERWISE.items())
def test_what_is_painted_beside_signs_is_counted(tex: str, sign: str) -> None:
    tree = katex.tree(tex, True)
    assert isinstance(tree, katex.Tree)
    assert sign in [painted.sign for painted in tree.painted]
    with pytest.raises(Refusal, match="is printed, and isn't read"):
        refuse_unseen(tex, tree, tolerated(katex.tree("a", True).nodes, "a"))  # type: ignore[union-attr]


def test_what_screen_readers_hear_is_what_is_seen() -> None:
    # KaTeX's own command, which is refused by its name.
    tex = r"a \html@mathml{- b}{+ b}"
    with pytest.raises(Refusal, match="`−` is printed, and isn't read"):
        refuse_unseen(tex, *of(tex))


def test_all_that_the_style_sheet_paints_is_counted() -> None:
    sheet = (katex.VENDOR / "katex.min.css").read_text("utf-8")
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"@font-face\{[^}]*\}", "", sheet))
    paints = re.compile(
        r"(?<![-a-z])(?:border(?!-collapse|-color)(?!:0)[a-z-]*|background[a-z-]*|content(?!:\"\")|transform):"
    )
    found = {
        name
        for selectors, body in rules
        for selector in selectors.split(",")
        if paints.search(body) and not re.search(r"katex-version|mml-|katex-mathml|img$", selector)
        for name in re.findall(r"\.([\w-]+)(?::\w+)?$", selector)
    }
    counted = set(re.findall(r'"([\w-]+)"', katex.DRIVER.partition("LINES = ")[2].partition("]")[0]))
    assert found <= counted
    # Their width is a style.
    assert counted - found == {"vertical-separator", "katex-rule"}


# Letters that are printed alike, each as the first of them.
ALIKE = [
    ("a", r"\mathnormal{a}", r"\mathit{a}", "𝑎", r"\mathbf{\mathnormal{a}}"),
    ("o", r"\omicron", "ο"),
    (r"\hbar", r"\hslash"),
    ("h", "ℎ"),
    (r"\alpha", "α", r"\mathbf{\alpha}", r"\mathrm{\alpha}"),
    (r"\Gamma", "Γ", r"\mathrm{\Gamma}"),
    (r"\mathbf{a}", r"\bold{a}", "𝐚"),
    (r"\boldsymbol{a}", r"\bm{a}"),
    (r"\mathrm{A}", r"\Alpha", "Α", r"\operatorname{A}", r"\text{A}"),
    (r"\bar a", r"\overline{a}", r"\overline a"),
    (r"\hat a", r"\widehat{a}"),
    (r"\tilde a", r"\widetilde{a}"),
    (r"\vec a", r"\overrightarrow{a}"),
    (r"\mathsf{I}", r"\mathsf{l}"),
    (r"\mathrm{max}", r"\max", r"\operatorname{max}", r"\operatorname*{max}"),
    (r"\mathbb{R}", "ℝ", r"\R"),
    (r"\mathrm{tr}", r"\operatorname{tr}"),
]


def test_letters_that_are_printed_alike_have_one_look_and_no_others() -> None:
    looks = [{look(tex) for tex in alike} for alike in ALIKE]
    assert [len(found) for found in looks] == [1] * len(ALIKE)
    assert len(set.union(*looks)) == len(ALIKE)
    fonts = ("mathbf", "boldsymbol", "mathcal", "mathfrak", "mathbb", "mathsf", "mathtt", "mathrm", "mathscr")
    letters = [rf"\{font}{{A}}" for font in fonts] + [
        "A",
        "a",
        r"\alpha",
        r"\nu",
        "v",
        r"\bar A",
        r"\dot A",
        r"\hat{\bar A}",
    ]
    assert len({look(tex) for tex in letters}) == len(letters)


def test_a_sign_of_a_font_is_no_sign_of_another() -> None:
    assert look(r"\mathbf{a}") == (Painted("a", "mathbf"),) != look("a")
