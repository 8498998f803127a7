"""A refusal names the rule of the page language that it applies: which ones have none, and why.

The sources are read, not run: what makes a refusal says its rule, or stands in one of the tables below. A refusal that
no table expects fails the test, and so does a line of a table that expects what isn't there any more.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.test_layers import MODULES
from verimath.cli.rulebook import rules
from verimath.latex.read.lexing.katex_names import REFUSED
from verimath.message import refusal as room
from verimath.message.refusal import Refusal

RULES = {*rules("fr")}
KINDS = {name for name, kind in vars(room).items() if isinstance(kind, type) and issubclass(kind, Refusal)}

# Rooms and modules that aren't about formulas: none of their refusals applies a rule.
APART = {
    "page": "Markdown: fences, labels, headers, front matter",
    "site": "Markdown, and what a site makes of it",
    "report": "what a fence expects of its formula",
    "code": "files of Python, and what they compute",
    "derivation.builds_on": "front matter: the page's parents",
    "derivation.notation": "front matter: the names in code",
    "derivation.prose": "the text: what no check would see",
    "derivation.prose_symbols": "the text: its symbols",
    "latex.accept": "what can be typeset, before it is read",
    "mutation.judge": "a mutant, which no author has written",
}
# Elsewhere, single refusals, each by a part of what it says.
LIMIT = "how much work there may be, not what a formula may say"
FALSE = "a false claim: it was read as it is meant"
VACUOUS = "what a claim or a definition is, before any rule"
UNFINISHED = "no formula yet: a sign lacks what belongs to it"
UNKNOWN = "a notation that the language hasn't"
TABLE = "the rule stands in the table's row"
ALONE = {
    ("message.refusal", "a number is too large"): LIMIT,
    ("numbers.scalar", "which is too large"): LIMIT,
    ("numbers.scalar", "digits"): LIMIT,
    ("evaluation.ellipsis", "entries"): LIMIT,
    ("evaluation.effort", "this takes over"): LIMIT,
    ("evaluation.effort", "no verdict"): LIMIT,
    ("evaluation.binders", "terms"): LIMIT,
    ("evaluation.frame", "nested too deeply"): LIMIT,
    ("numbers.array", "an array of"): LIMIT,
    ("verdict.instances", "a bound is too large"): LIMIT,
    ("verdict.claim", "evidence"): FALSE,
    ("verdict.tie", "evidence"): FALSE,
    ("verdict.plain", "kept"): "what another run has refused, with its rule",
    ("verdict.claim", "needs more digits"): LIMIT,
    ("verdict.update", "the loss rises"): FALSE,
    ("verdict.claim", "both sides are the same formula"): VACUOUS,
    ("latex.read", "this says nothing"): VACUOUS,
    ("latex.read", "nested too deeply"): LIMIT,
    ("latex.read.clauses.heads", "this says nothing"): VACUOUS,
    ("latex.read.clauses.heads", "can be defined"): VACUOUS,
    ("latex.read.clauses.heads", "a definition begins with"): VACUOUS,
    ("latex.read.grammar.lists", "empty brackets"): UNFINISHED,
    ("latex.read.grammar.lists", "empty cells"): UNFINISHED,
    ("latex.read.grammar.lists", "*EVALUATION"): TABLE,
    ("latex.read.grammar.parser", "*EVALUATION"): TABLE,
    ("latex.read.grammar.bounds", "*WHERE"): TABLE,
    ("latex.read.grammar.parser", "a point apart from its digits"): UNFINISHED,
    ("latex.read.grammar.symbols", "*NAMES"): TABLE,
    ("latex.read.clauses.letters", "*NAMES"): TABLE,
    ("latex.read.grammar.partials", "*EVALUATION"): TABLE,
    ("latex.read.lexing.not_read", "*row"): TABLE,
    ("latex.read.grammar.parser", "missing at the end"): UNFINISHED,
    ("latex.read.grammar.parser", "two numbers side by side"): UNFINISHED,
    ("latex.read.grammar.parser", "this isn't a number"): UNFINISHED,
    ("latex.read.grammar.parser", "right after another sign"): UNFINISHED,
    ("latex.read.grammar.parser", "a number of {len(atom.text):,} digits"): LIMIT,
    ("latex.read.grammar.parser", "a script on an opening bracket"): UNFINISHED,
    ("latex.read.lexing.atoms", "belongs to no single symbol"): UNFINISHED,
    ("latex.read.lexing.brackets", "nothing closes this"): UNFINISHED,
    ("latex.read.lexing.brackets", "nothing opens this"): UNFINISHED,
    ("latex.read.lexing.brackets", "a script on an opening bracket"): UNFINISHED,
    ("latex.read.lexing.flatten", "{UNSUPPORTED}: "): UNKNOWN,
    ("latex.read.lexing.flatten", "a script that says nothing here"): UNFINISHED,
    ("latex.read.lexing.flatten", "two scripts, one upon the other"): UNKNOWN,
    ("latex.read.lexing.flatten", "one thing above another"): UNKNOWN,
    ("latex.read.lexing.flatten", "a formula inside"): UNKNOWN,
    ("latex.read.lexing.flatten", "*REFUSED"): TABLE,
    ("latex.read.lexing.flatten", "*DEGREES"): TABLE,
}


def made(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls that make a refusal; of a kind that says all itself, the one in the kind."""
    inside = {
        node
        for kind in ast.walk(tree)
        if isinstance(kind, ast.ClassDef) and kind.name in KINDS
        for node in ast.walk(kind)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__" and kind.name != "Refusal"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (node in inside or (_is_kind(node.func) and (node.args or node.keywords))):
            yield node


def _is_kind(function: ast.expr) -> bool:
    return ast.unparse(function).rpartition(".")[2] in KINDS


def names_rule(call: ast.Call) -> bool:
    return len(call.args) > 2 or any(keyword.arg == "rule" for keyword in call.keywords)


def unruled(name: str, tree: ast.Module) -> list[tuple[str, str]]:
    """The refusals of a module that name no rule: the module, and what each says."""
    return [(name, ast.unparse(call)) for call in made(tree) if not names_rule(call)]


def reason(name: str, said: str) -> str:
    """Why a refusal names no rule; empty where no table expects it."""
    for apart, why in APART.items():
        if name == apart or name.startswith(f"{apart}."):
            return why
    return next((why for (module, part), why in ALONE.items() if module == name and part in said), "")


FOUND = [found for name, tree in MODULES.items() for found in unruled(name, tree)]


def test_a_refusal_names_its_rule_or_a_table_says_why_not() -> None:
    assert [(name, said) for name, said in FOUND if not reason(name, said)] == []


@pytest.mark.parametrize("apart", APART)
def test_a_room_apart_refuses_something(apart: str) -> None:
    assert any(name == apart or name.startswith(f"{apart}.") for name, _ in FOUND)


@pytest.mark.parametrize(("module", "part"), ALONE)
def test_a_refusal_that_a_table_expects_is_there(module: str, part: str) -> None:
    assert any(name == module and part in said for name, said in FOUND)


def test_every_rule_of_the_language_is_named_by_a_refusal() -> None:
    named = {
        keyword.value.value
        for tree in MODULES.values()
        for call in made(tree)
        for keyword in call.keywords
        if keyword.arg == "rule" and isinstance(keyword.value, ast.Constant)
    }
    assert len(RULES) == 30
    assert named | {rule for _, _, rule in REFUSED.values() if rule} == RULES


def test_what_makes_a_refusal_is_seen() -> None:
    texts = [
        'raise Refusal("why", "way out", at=3)',
        'raise refusal.Refusal("why")',
        'raise TooLong("why", where="")',
        "raise Refusal(*TABLE[name])",
        'class Overflow(Signal):\n    def __init__(self):\n        super().__init__("why")',
    ]
    for text in texts:
        assert len(unruled("trials.draw", ast.parse(text))) == 1, text
    for text in ('Refusal("why", "way out", rule=4)', 'Refusal("why", "way out", 4)', "raise Overflow()", "f(1)"):
        assert unruled("trials.draw", ast.parse(text)) == [], text


def test_the_rule_is_the_end_of_the_message() -> None:
    assert str(Refusal("seen", "do", 17)).endswith("\n  seen\n  do (rule 17)")
    assert str(Refusal("seen", "do")).endswith("\n  seen\n  do")
