r"""What `lexing/flatten.py` relies on in KaTeX's parse tree, which is internal to KaTeX and documented nowhere.

A new version of KaTeX that parses one of these formulas otherwise fails here, before it is read otherwise there. A tree
is written as the names of its nodes, what flattening reads of each, `@n` where KaTeX says its place, and what
it holds. `|` parts nodes side by side, `&` and `//` the cells and rows of an array.
"""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest

from verimath.latex import katex
from verimath.latex.read.lexing import flatten
from verimath.message.refusal import Refusal

VERSION = (katex.VENDOR / "VERSION").read_text("utf-8").strip()
NPM = Path(__file__).parent.parent / "npm"
SAID = [
    "name",
    "text",
    "family",
    "mclass",
    "font",
    "label",
    "left",
    "right",
    "delim",
    "hasBarLine",
    "leftDelim",
    "rightDelim",
    "addJot",
]
HELD = ["base", "sub", "sup", "numer", "denom", "index", "body", "mathml"]

TREES = {
    # Places, digits one by one, points and commas.
    "12.5": "textord 1 @0 | textord 2 @1 | textord . @2 | textord 5 @3",
    "0{,}5": "textord 0 @0 | ordgroup @1 body(atom , punct @2) | textord 5 @4",
    "𝔸 a": "mathord 𝔸 @0 | mathord a @2",
    # Bare brackets are atoms, and scripts hang on the closing one; \left and \right make a node without a place.
    "(x)_i^2": "atom ( open @0 | mathord x @1 | supsub base(atom ) close @2) sub(mathord i @4) sup(textord 2 @6)",
    r"\left(x\right)_i": "supsub base(leftright ( ) body(mathord x @6)) sub(mathord i @15)",
    r"\left(a\middle|b\right.": "leftright ( . body(mathord a @6 | middle | | mathord b @15)",
    r"\{x\}": r"atom \{ open @0 | mathord x @2 | atom \} close @3",
    "]0,1[": "atom ] close @0 | textord 0 @1 | atom , punct @2 | textord 1 @3 | atom [ open @4",
    r"\bigl(x\bigr)": "delimsizing mopen ( | mathord x @6 | delimsizing mclose )",
    # Bars have no sides, unless they say so.
    "|x|": "textord | @0 | mathord x @1 | textord | @2",
    r"a\|b": r"mathord a @0 | textord \| @1 | mathord b @3",
    r"a\mid b": r"mathord a @0 | atom \mid rel @1 | mathord b @6",
    r"\cancel{x}": r"enclose \cancel body(ordgroup @7 body(mathord x @8))",
    r"\lvert x\rvert": r"atom \lvert open @0 | mathord x @7 | atom \rvert close @8",
    r"\left\lVert x\right\rVert": r"leftright \lVert \rVert body(mathord x @12)",
    # Relations and signs: atoms, but for those that MathML writes otherwise than HTML.
    r"a=b\leq c": r"mathord a @0 | atom = rel @1 | mathord b @2 | atom \leq rel @3 | mathord c @8",
    r"a\le b\to c": r"mathord a @0 | atom \le rel @1 | mathord b @5 | atom \to rel @6 | mathord c @10",
    r"a\neq b": "mathord a @0 | htmlmathml mathml(mclass mrel body(textord ≠)) | mathord b @6",
    r"a\coloneqq b": "mathord a @0 | htmlmathml mathml(op body(textord ≔)) | mathord b @11",
    "a:=b": "mathord a @0 | atom : rel @1 | atom = rel @2 | mathord b @3",
    r"f\colon A": r"mathord f @0 | spacing \nobreak | kern 2mu | mclass mpunct body() | mathchoice | "
    "ordgroup body(atom : rel) | kern 6mu | mathord A @8",
    r"a\mapsto b\gets c\in d": r"mathord a @0 | atom \mapsto rel @1 | mathord b @9 | atom \gets rel @10 | "
    r"mathord c @16 | atom \in rel @17 | mathord d @21",
    r"a+b-c\cdot d\odot e/f": r"mathord a @0 | atom + bin @1 | mathord b @2 | atom - bin @3 | mathord c @4 | "
    r"atom \cdot bin @5 | mathord d @11 | atom \odot bin @12 | mathord e @18 | textord / @19 | "
    "mathord f @20",
    r"\partial\forall\top\infty": r"textord \partial @0 | textord \forall @8 | textord \top @15 | "
    r"textord \infty @19",
    r"N^{*}": "supsub base(mathord N @0) sup(ordgroup @2 body(atom * bin @3))",
    r"\stackrel{a}{=}": "mclass mrel body(supsub base(op body(atom = rel @13)) sup(ordgroup @9 body(mathord a @10)))",
    # Scripts and primes.
    "x''_i": r"supsub base(mathord x @0) sub(mathord i @4) sup(ordgroup body(textord \prime | textord \prime))",
    # Dots.
    r"\dots\ldots\cdots": r"atom \ldots inner | atom \ldots inner @5 | atom \@cdots inner",
    r"\vdots": r"ordgroup body(textord \varvdots | rule)",
    # Operators, words and fonts say no place, but what stands in them does.
    r"\sum_{i=1}^n x": r"supsub base(op \sum) sub(ordgroup @5 body(mathord i @6 | atom = rel @7 | "
    "textord 1 @8)) sup(mathord n @11) | mathord x @13",
    r"\max_j\ln x": r"supsub base(op \max) sub(mathord j @5) | op \ln | mathord x @10",
    r"\operatorname{tr}A": "operatorname body(mathord t @14 | mathord r @15) | mathord A @17",
    r"\mathbb{R}": "font mathbb body(mathord R @8)",
    r"\mathrm{KL}": "font mathrm body(ordgroup @7 body(mathord K @8 | mathord L @9))",
    r"\hat p": r"accent \hat base(mathord p @5)",
    r"\overline{p}": "overline body(ordgroup @9 body(mathord p @10))",
    r"\text{si }x": "text body(textord s @6 | textord i @7 | spacing @8) | mathord x @10",
    # Fractions and roots.
    r"\frac{a}{b}": "genfrac hasBarLine numer(ordgroup @5 body(mathord a @6)) denom(ordgroup @8 body(mathord b @9))",
    r"\dfrac ab": "styling body(genfrac hasBarLine numer(ordgroup @7 body(mathord a @7)) "
    "denom(ordgroup @8 body(mathord b @8)))",
    r"\binom ab": "genfrac ( ) numer(ordgroup @7 body(mathord a @7)) denom(ordgroup @8 body(mathord b @8))",
    r"\sqrt[3]{x}": "sqrt index(ordgroup @5 body(textord 3 @6)) body(ordgroup @8 body(mathord x @9))",
    r"\underbrace{x}_y": r"supsub base(horizBrace \underbrace base(ordgroup @11 body(mathord x @12))) "
    "sub(mathord y @15)",
    # Space, and rows without an environment.
    r"a\\b": "mathord a @0 | cr | mathord b @3",
    r"\quad\qquad\,\!": "kern 1em | kern 2em | kern 3mu | kern -3mu",
    r"a\ b~c": r"mathord a @0 | spacing \ @1 | mathord b @3 | spacing \nobreakspace | mathord c @5",
    # Environments; after & stands an empty group.
    r"\begin{cases}a&b\\&c\end{cases}": r"leftright \{ . body(array styling body(ordgroup body(mathord a @13)) & "
    "styling body(ordgroup body(mathord b @15)) // styling body(ordgroup body()) & "
    "styling body(ordgroup body(mathord c @19)))",
    r"\begin{aligned}a&=b\end{aligned}": "array addJot styling body(ordgroup body(mathord a @15)) & "
    "styling body(ordgroup body(ordgroup body() | atom = rel @17 | mathord b @18))",
    r"\begin{pmatrix}a&b\end{pmatrix}": "leftright ( ) body(array styling body(ordgroup body(mathord a @15)) & "
    "styling body(ordgroup body(mathord b @17)))",
    # What a macro puts in has the place of its definition, if that stands in the formula.
    r"\def\a{b}\a c": "mathord b @7 | mathord c @12",
}


def shown(node: Any) -> str:
    """A tree, or nodes side by side, as the table has them."""
    if isinstance(node, list):
        return " | ".join(map(shown, node))
    said = [node["type"]]
    if node["type"] != "text":
        said += [name if node[name] is True else node[name] for name in SAID if isinstance(node.get(name), str | bool)]
    if "dimension" in node:
        said.append(f"{node['dimension']['number']:g}{node['dimension']['unit']}")
    if node["type"] == "array":
        said = [word for word in said if word]
        return " ".join([*said, *_at(node), " // ".join(" & ".join(map(shown, row)) for row in node["body"])])
    held = [f"{name}({shown(node[name])})" for name in HELD if node.get(name) is not None]
    return " ".join([word.strip() for word in said if word and word != " "] + _at(node) + held)


def _at(node: Any) -> list[str]:
    return [f"@{node['loc'][0]}"] if "loc" in node else []


def compared(tex: str, nodes: Any) -> None:
    """Refuse a tree that isn't the table's."""
    assert shown(nodes) == TREES[tex], (
        f"KaTeX {VERSION} parses {tex} otherwise than lexing/flatten.py relies on: adapt that file, then this table"
    )


@pytest.mark.parametrize("tex", TREES)
def test_katex_parses_as_flattening_relies_on(tex: str) -> None:
    tree = katex.tree(tex, True)
    assert isinstance(tree, katex.Tree)
    compared(tex, tree.nodes)


@pytest.mark.parametrize(
    ("tex", "change"),
    [
        ("12.5", ('"text": "1"', '"text": "12"')),
        ("(x)_i^2", ('"family": "close"', '"family": "open"')),
        (r"a\neq b", ('"mathml"', '"mathmlOnly"')),
        (r"\mathbb{R}", ('"font": "mathbb"', '"font": "\\\\mathbb"')),
        (r"\begin{aligned}a&=b\end{aligned}", ('"type": "ordgroup", "body": []', '"type": "mathord", "text": ""')),
        (r"\quad\qquad\,\!", ('"unit": "em"', '"unit": "ex"')),
    ],
)
def test_a_tree_that_changed_is_seen(tex: str, change: tuple[str, str]) -> None:
    tree = katex.tree(tex, True)
    assert isinstance(tree, katex.Tree)
    text = json.dumps(tree.nodes)
    assert change[0] in text
    with pytest.raises(AssertionError, match=r"parses .* otherwise than lexing/flatten\.py relies on"):
        compared(tex, json.loads(text.replace(*change)))


def test_every_type_of_node_that_flattening_reads_is_in_the_table() -> None:
    """A type that it has no pattern for is refused."""
    patterns = re.findall(r'case \{"type": ((?:"\w+"(?: \| )?)+)', inspect.getsource(flatten))
    read = {name for pattern in patterns for name in re.findall(r"\w+", pattern)}
    assert {"supsub", "mathchoice", "array"} <= read
    found: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            found.add(node.get("type", ""))
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(inner)

    for tex in TREES:
        tree = katex.tree(tex, True)
        assert isinstance(tree, katex.Tree)
        walk(tree.nodes)
    assert read <= found
    with pytest.raises(Refusal, match="this can't be executed: phantom"):
        flatten.flattened([{"type": "phantom", "body": []}], r"\phantom{x}")


def test_the_version_is_the_pinned_one() -> None:
    pinned = json.loads((NPM / "package.json").read_text("utf-8"))["dependencies"]["katex"]
    assert pinned == VERSION
    assert pinned[0].isdigit(), "a range of versions would let the tree change unseen"


def test_many_formulas_that_are_asked_for_at_once_have_the_trees_of_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [r"x_1 + \frac{a}{b}", r"\frac{", r"𝑥 + \sum_{i} \mathrm{y}_i", r"x_1 + \frac{a}{b}", r"\url{x}"]
    katex.forget()
    alone = [katex.tree(tex, display=True) for tex in listed]
    katex.forget()
    katex.ask_ahead(listed, display=True)
    monkeypatch.setattr(katex, "_answered", None)
    for one, tex in zip(alone, listed, strict=True):
        found = katex.tree(tex, display=True)
        if isinstance(one, katex.Tree) and isinstance(found, katex.Tree):
            assert (one.nodes, one.painted) == (found.nodes, found.painted)
        else:
            assert one == found
    assert [isinstance(each, katex.Rejection) for each in alone] == [False, True, False, False, True]
