r"""Any expression: printed as LaTeX it reads to the same tree, and its value is the one that Python computes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.claims import claim, read_back, says_so_in_python
from tests.fuzz.expressions import values
from tests.fuzz.pairs import Pair, literal
from tests.fuzz.profile import examples, is_refuted
from verimath.evaluation import Frame, evaluate, frame
from verimath.latex.write import Writer
from verimath.latex.write.levels import Level
from verimath.meaning import expression as tree
from verimath.meaning.expression import Node
from verimath.numbers.array import Value

LYING = st.booleans()
# All sizes are 1 on one of them, or all the same, or one is large.
TRIALS = st.integers(0, 7)


@examples(2)
@given(LYING.flatmap(lambda columns: st.tuples(values(columns), st.just(columns))), TRIALS)
def test_an_expression_is_read_back_and_has_the_value_that_python_computes(made: tuple[Pair, bool], trial: int) -> None:
    says_so_in_python(*made, trial)


class WithoutBrackets(Writer):
    """A printer that forgets the brackets of sums."""

    def at(self, node: Node, level: Level) -> str:
        return self.printed(node).tex if isinstance(node, tree.Add) else super().at(node, level)


def test_a_printer_that_forgets_brackets_is_seen() -> None:
    def check(pair: Pair) -> None:
        read_back(claim(pair.tree, literal("1").tree), False, WithoutBrackets)

    assert is_refuted(check, values(False))


def _not_called(node: tree.Call, where: Frame) -> Value:
    return evaluate(node.argument, where)


def _least(node: tree.Extremum, where: Frame) -> Value:
    return evaluate(tree.Add(node.entries), where)


def _other_order(node: tree.Product, where: Frame) -> Value:
    return evaluate(node.left, where)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [(tree.Call, _not_called), (tree.Extremum, _least), (tree.Product, _other_order)],
    ids=lambda each: each.__name__,
)
def test_an_evaluator_that_is_wrong_is_seen(monkeypatch: pytest.MonkeyPatch, kind: type[Node], wrong: object) -> None:
    monkeypatch.setattr(frame, "FUNCTIONS", {**frame.FUNCTIONS, kind: wrong})
    assert is_refuted(lambda pair: says_so_in_python(pair, False, 0), values(False))
