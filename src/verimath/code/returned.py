"""What the functions of snippets return, beside what their equations say."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from statistics import median
from typing import Any

from ..message.refusal import Refusal
from ..numbers.scalar import show
from ..verdict.agreement import AGREE
from .arguments import Call, Expected
from .process import StillRunning, TooMuch, run

CALLER = Path(__file__).parent / "child" / "call.py"
# A snippet is called once a trial, on arrays of a few numbers.
TIMEOUT_SECONDS = 60


# Calls, each with why its function doesn't compute its equation; None where it does.
Verified = list[tuple[Call, Refusal | None]]


def verified(calls: list[Call]) -> Verified:
    """Run the functions, all in one process, and compare what they return."""
    request = {"calls": [[str(call.file.resolve()), call.function, call.arguments] for call in calls]}
    try:
        done = run(CALLER, [], json.dumps(request).encode(), TIMEOUT_SECONDS)
    except StillRunning:
        why = f"the page's snippets were still running after {TIMEOUT_SECONDS} s"
        return [(call, _wrong(call, why, "")) for call in calls]
    except TooMuch as error:
        why = f"the page's snippets never stop printing: {error}"
        return [(call, _wrong(call, why, "let them print nothing")) for call in calls]
    try:
        answers = json.loads(done.out)["answers"]
    except (json.JSONDecodeError, KeyError):
        said = [f"the page's snippets ended their interpreter, exit code {done.code}", *done.last_words]
        return [(call, _wrong(call, "\n".join(said), "")) for call in calls]
    found: Verified = []
    for call, answer in zip(calls, answers, strict=True):
        # A file that can't be imported has one answer for all trials.
        stopped = len(answer) == 1 and isinstance(answer[0], dict)
        found.append((call, compared(call, answer * max(len(call.expected), 1) if stopped else answer)))
    return found


def compared(call: Call, answer: Iterable[Any]) -> Refusal | None:
    """Why a function doesn't compute its equation, from what it returned on each trial; None where it does."""
    # A program that holds probabilities near 1 can say no more of a loss near 0, however small that is on a trial, nor
    # of a sum that is 0, however small its terms are there.
    ordinary = [expected for expected in call.expected if not expected.instance.wild]
    usual = median([_largest(expected.value) for expected in ordinary] or [0.0])
    terms = cache(lambda: median([expected.size for expected in ordinary] or [0.0]))
    for got, expected, arguments in zip(answer, call.expected, call.arguments, strict=False):
        kind = "wild trial" if expected.instance.wild else "trial"
        shown = f"{_called(call, arguments)} on {kind} {expected.instance.number}"
        if isinstance(got, dict):
            return _wrong(call, f"{shown}: {got['error']}", "")
        # Floats may have lost what the code kept.
        expected.instance.of.trials.effort.start()
        size = partial(_size, expected, terms)
        if differs(got, expected.value, size, usual) and (difference := differs(got, expected.precise, size, usual)):
            return _wrong(call, f"{shown}: {difference}", "correct the code, or the equation")
    return None


def _size(expected: Expected, terms: Callable[[], float]) -> float:
    return max(expected.size, terms())


def differs(got: Any, expected: Any, size: Callable[[], float], usual: float) -> str | None:
    """How what code returned differs from what the equation says; None where it doesn't.

    Args:
        got: what code returned.
        expected: what the equation says.
        size: of the terms that make it, for where they cancel.
        usual: how large the side is on most trials, for where it nearly vanishes.
    """
    if expected is None:
        return None
    if not _fits(got, expected):
        return f"it returns {_shape(got)}, the equation's first side is {_shape(expected)}"
    if isinstance(expected, list):
        found = (differs(one, other, size, usual) for one, other in zip(got, expected, strict=True))
        return next((difference for difference in found if difference is not None), None)
    gap = abs(got - expected)
    if gap <= AGREE * max(abs(expected), usual) or gap <= AGREE * size():
        return None
    returned, said = show(float(got)), show(expected)
    apart = f", {show(float(gap))} away" if returned == said else ""
    return f"it returns {returned}, the equation's first side is {said}{apart}"


def _largest(value: Any) -> float:
    """The largest absolute value of nested lists of numbers."""
    if isinstance(value, list):
        return max(map(_largest, value), default=0.0)
    return 0.0 if value is None else float(abs(value))


def _fits(got: Any, expected: Any) -> bool:
    """Whether nested lists have the same lengths throughout."""
    if expected is None or not (isinstance(expected, list) or isinstance(got, list)):
        return True
    same = isinstance(expected, list) and isinstance(got, list) and len(got) == len(expected)
    return same and all(map(_fits, got, expected))


def _shape(value: Any) -> str:
    shape = []
    while isinstance(value, list):
        shape.append(str(len(value)))
        value = value[0] if value else 0
    return f"an array of shape ({', '.join(shape)}{',' if len(shape) == 1 else ''})" if shape else "a number"


def _called(call: Call, arguments: dict[str, Any]) -> str:
    given = ", ".join(f"{name}={json.dumps(_rounded(value))}" for name, value in arguments.items())
    return f"{call.function}({given if len(given) < 200 else given[:200] + '…'})"


def _rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(entry) for entry in value]
    return value if isinstance(value, int) else round(value, 4) if isinstance(value, float) else str(value)


def _wrong(call: Call, evidence: str, way_out: str) -> Refusal:
    return Refusal(
        evidence, way_out, what=f"snippet `{call.snippet.name}` doesn't compute its equation", span=call.snippet.place
    )
