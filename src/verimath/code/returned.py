"""What the functions of snippets return, beside what their equations say."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from statistics import median
from typing import Any

from ..message.refusal import OutOfTime, Refusal
from ..numbers.scalar import show
from ..verdict.agreement import AGREE
from .arguments import STRETCHED, Call, Expected
from .company import Read
from .process import OutOfPatience, Stopped, TooMuch, run

CALLER = Path(__file__).parent / "child" / "call.py"
# A snippet is called once a trial, on arrays of a few numbers.
TIMEOUT_SECONDS = 25
ENDLESS, NOISY = "let it end, or tie the snippet by demo", "let it print nothing"
WHOLE = "let it compute in floats: its caller may pass whole numbers"
# Where all numbers are larger, terms cancel of which the equation may say nothing: there, so many times more than usual
# may be between what is the same. A bound that code sets to its arguments is seen all the same.
ROUGHLY = 1e5

# Calls, each with why its function doesn't compute its equation; None where it does.
Verified = list[tuple[Call, Refusal | None]]


def verified(calls: list[Call], heard: Callable[[Path, Read], None] = lambda file, read: None) -> Verified:
    """Run the functions, those of each file in a process of its own, and compare what they return.

    Args:
        calls: of functions.
        heard: is told of each file what it has read.
    """
    files = dict.fromkeys(call.file for call in calls)
    return [answer for file in files for answer in _of_file([call for call in calls if call.file == file], heard)]


def _of_file(calls: list[Call], heard: Callable[[Path, Read], None]) -> Verified:
    """Run the functions of a file.

    Where one of them never returns, it is refused, and the others are undecided: not all has been called.
    """
    request = {"calls": [[str(call.file.resolve()), call.function, call.arguments] for call in calls]}
    try:
        done = run(CALLER, [], json.dumps(request).encode(), TIMEOUT_SECONDS)
    except OutOfPatience as stopped:
        # It may have waited for a processor: that says nothing of the page.
        return _unanswered(calls, stopped.out, str(stopped), ENDLESS, OutOfTime)
    except Stopped as stopped:
        return _unanswered(calls, stopped.out, str(stopped), NOISY if isinstance(stopped, TooMuch) else ENDLESS)
    said = _lines(done.out)
    if not said or "answers" not in said[-1]:
        why = "\n".join([f"it ends its interpreter, exit code {done.code}", *done.last_words])
        return _unanswered(calls, done.out, why, "")
    if not _are_answers(said[-1], calls):
        return _unanswered(calls, done.out, "it writes where its answers are told", "let it write to what it opens")
    heard(calls[0].file, [(kind, name) for kind, name in said[-1]["read"]])
    return [(call, compared(call, answer)) for call, answer in zip(calls, said[-1]["answers"], strict=True)]


def _are_answers(line: dict[str, Any], calls: list[Call]) -> bool:
    """Whether a line has an answer for each call, and says what was read: anyone may have written it."""
    with suppress(KeyError, TypeError, ValueError):
        answers = line["answers"]
        read = all(isinstance(kind, str) and isinstance(name, str) for kind, name in line["read"])
        return read and all(_is_answer(each, call) for each, call in zip(answers, calls, strict=True))
    return False


def _is_answer(answer: Any, call: Call) -> bool:
    """Whether there is an answer for each set of arguments; of a file that can't be run, there is one."""
    errors = [each for each in answer if isinstance(each, dict) and isinstance(each["error"], str)]
    is_whole = len(answer) == len(call.given) or len(answer) == len(errors) == 1
    return is_whole and all(each in errors or _is_value(each) for each in answer)


def _is_value(value: Any) -> bool:
    """Whether this is a number, or nested lists of numbers."""
    return all(map(_is_value, value)) if isinstance(value, list) else isinstance(value, int | float)


def _unanswered(calls: list[Call], out: bytes, why: str, way_out: str, kind: type[Refusal] = Refusal) -> Verified:
    """The refusal of the function that was being called when its process ended; of the others, nothing is known."""
    places = [line["at"] for line in _lines(out) if line.get("at") in range(len(calls))]
    last = calls[places[-1] if places else 0]
    found: Verified = []
    for call in calls:
        if call is last:
            found.append((call, _wrong(call, f"{call.function}: {why}", way_out, kind)))
        else:
            evidence = f"{call.function} has no answer: the calls of {call.file.name} ended with {last.function}"
            found.append((call, _wrong(call, evidence, f"mend {last.function} first", OutOfTime)))
    return found


def _lines(out: bytes) -> list[dict[str, Any]]:
    """What the process has said, but for a line that it hasn't finished."""
    found = []
    for line in out.splitlines():
        with suppress(ValueError, RecursionError):
            found.append(json.loads(line))
    return [line for line in found if isinstance(line, dict)]


def compared(call: Call, answer: Iterable[Any]) -> Refusal | None:
    """Why a function doesn't compute its equation, from what it returned on each trial; None where it does."""
    # A program that holds probabilities near 1 can say no more of a loss near 0, however small that is on a trial, nor
    # of a sum that is 0, however small its terms are there.
    ordinary = [given.expected for given in call.given if given.kind == "trial"]
    usual = median([_largest(expected.value) for expected in ordinary] or [0.0])
    terms = cache(lambda: median([expected.size for expected in ordinary] or [0.0]))
    # A file that can't be imported has one answer for all trials.
    for got, given in zip(answer, call.given, strict=False):
        expected = given.expected
        shown = f"{_called(call, given.arguments)} on {given.kind} {expected.instance.number}"
        expected.instance.of.trials.effort.start()
        if isinstance(got, dict):
            if given.kind != "trial" and not expected.has_value():
                continue
            return _wrong(call, f"{shown}: {got['error']}", got.get("way_out", ""))
        # Floats may have lost what the code kept.
        size = partial(_size, expected, terms)
        near = ROUGHLY * max(usual, _largest(expected.value)) if given.kind == STRETCHED else usual
        if differs(got, expected.value, size, near) and (difference := differs(got, expected.precise, size, near)):
            if given.kind != "trial" and not expected.has_value():
                continue
            return _wrong(call, f"{shown}: {difference}", WHOLE if given.whole else "correct the code, or the equation")
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


def _wrong(call: Call, evidence: str, way_out: str, kind: type[Refusal] = Refusal) -> Refusal:
    does = "isn't checked" if issubclass(kind, OutOfTime) else "doesn't compute its equation"
    return kind(evidence, way_out, what=f"snippet `{call.snippet.name}` {does}", span=call.snippet.place)
