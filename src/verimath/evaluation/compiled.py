"""What an expression is worth, fast: by a function that is written for it, with the evaluator as the judge.

What is evaluated a few times is left to the evaluator; then a function is written and compiled, and called from then
on. Whatever it raises is thrown away, and the evaluator evaluates the expression again: it finds the value that the
function didn't know of, or says what is wrong and where.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import product as all_pairs
from types import CodeType
from typing import Any

from ..meaning.expression import Constant, Name, Node, Number
from ..message.refusal import Refusal
from ..numbers.array import Value, stacked
from .frame import Frame, interpret
from .written import CALLED, Beyond, Source, Written

# So often is an expression evaluated before a function is written for it: writing takes as long as some evaluations.
AFTER = 12
# What is found by looking it up needs no function.
SIMPLE = (Name, Number, Constant)
# So many sources are kept compiled: mutants have the same over and over.
KEPT = 4_000
# A function doesn't see to messages: what it raises says only that the evaluator must be asked.
GIVEN_UP = (Beyond, Refusal, ArithmeticError, LookupError, RecursionError, TypeError, ValueError, AttributeError)


def evaluate(node: Node, frame: Frame) -> Value:
    """The value of an expression.

    Raises:
        Refusal: at the node that has none.
    """
    symbols = frame.symbols
    if type(node) in SIMPLE or symbols.interprets:
        return interpret(node, frame)
    key = (*frame.local, frame.columns, symbols.context is None)
    known = node.programs.get(key, 0)
    if type(known) is int:
        if known < AFTER:
            node.programs[key] = known + 1
            return interpret(node, frame)
        known = node.programs[key] = written(node, frame)
    try:
        found: Value = known(symbols, frame.local)
    except GIVEN_UP:
        return interpret(node, Frame(symbols.interpreting(), frame.local, frame.columns))
    return found


def written(node: Node, frame: Frame) -> Written:
    """The function that computes an expression for letters and parameters with the names of these."""
    source = Source(tuple(frame.local), frame.columns, frame.symbols.context is None)
    namespace = {**CALLED}
    try:
        exec(_compiled(source.of(node)), namespace)
    except (SyntaxError, RecursionError):
        # Python takes no more than twenty loops inside of each other.
        return left_alone
    namespace.update((f"K{n}", value) for n, value in enumerate(source.constants))
    function: Written = namespace["written"]
    return function


def left_alone(symbols: Any, local: Mapping[str, Value]) -> Value:
    """The function of what can't be written as one."""
    raise Beyond


@lru_cache(KEPT)
def _compiled(text: str) -> CodeType:
    return compile(text, "<an expression>", "exec")


def components(node: Node, letters: Mapping[str, range], frame: Frame, column: bool) -> Value:
    """The values of an expression for all values of its letters, as an array whose axes they number."""
    if not letters:
        return evaluate(node, frame)
    shape = tuple(len(values) for values in letters.values())
    frames = [frame.having(dict(zip(letters, values, strict=True))) for values in all_pairs(*letters.values())]
    return stacked([evaluate(node, inner) for inner in frames], shape, column)
