"""What becomes of the mutants of the functions that a page shows: each is called as `verimath check` calls them.

A function that a fence ties to an equation is judged by that equation alone. One that no fence names, and that such
functions call, is judged by the equations of all these, as the mutants of a definition are by the claims that read it.
"""

from __future__ import annotations

import ast
import os
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any
from unittest.mock import patch

import numpy as np

from bench.snippets.mutants import Mutant, mutants
from verimath.code.arguments import Call, planned
from verimath.code.child.call import called
from verimath.code.returned import compared
from verimath.derivation.builds_on import Derivation, from_disk
from verimath.message.refusal import Refusal
from verimath.trials.page_trials import SEED, Trials

# For one trial; what the site shows takes a thousandth.
SECONDS = 1.0
# What becomes of a mutant, and what the message of the refusal says.
FATES = {"raises": " raises ", "shape": "an array of shape", "value": ": it ", "survivor": ""}


@dataclass(frozen=True)
class Result:
    """The mutants of one function.

    Attributes:
        name: its file and its own.
        labels: of the equations that judge it.
        fates: of each mutant, one of `FATES`.
    """

    name: str
    labels: tuple[str, ...]
    fates: tuple[tuple[Mutant, str], ...]

    @property
    def survivors(self) -> list[str]:
        """The mutants that no equation refused, each on a line."""
        return [f"{self.name} | {mutant.line}" for mutant, fate in self.fates if fate == "survivor"]

    @property
    def can_fail(self) -> bool:
        """Whether a mutant returns a wrong value: what only ever raises has shown nothing."""
        return any(fate == "value" for _, fate in self.fates)


def calls_of(pages: Sequence[Path], folder: Path, seed: int = SEED) -> list[Call]:
    """The calls that the pages' fences ask for.

    Raises:
        Refusal: if one can't be made.
    """
    derivation = Derivation(from_disk)
    found = []
    for page in pages:
        node = derivation.node(page.as_posix())
        for plan in planned(node, Trials(node.names, seed), [folder], None):
            if isinstance(plan, Refusal):
                raise plan
            found.append(plan)
    return found


def results(calls: Sequence[Call]) -> Iterator[Result]:
    """What becomes of all mutants of the functions that are called, and of those that these call."""
    tied: dict[FunctionType, list[Call]] = {}
    for call in calls:
        tied.setdefault(_function(call), []).append(call)
    judges = {function: list(own) for function, own in tied.items()}
    for function, own in tied.items():
        for helper in _reached(function) - tied.keys():
            judges.setdefault(helper, []).extend(own)
    with quiet():
        for function, own in sorted(judges.items(), key=lambda item: _name(item[0])):
            fates = []
            for mutant in mutants(tree_of(function)):
                with suppress(Same):
                    fates.append((mutant, _fate(function, mutant, own)))
            yield Result(_name(function), tuple(call.snippet.name for call in own), tuple(fates))


def _name(function: FunctionType) -> str:
    return f"{function.__module__}.{function.__name__}"


def _function(call: Call) -> FunctionType:
    folder = str(call.file.parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    function = getattr(import_module(call.file.stem), call.function)
    assert isinstance(function, FunctionType)
    assert Path(function.__code__.co_filename).resolve() == call.file.resolve(), function
    return function


def tree_of(function: FunctionType) -> ast.FunctionDef:
    """A function as its file has it."""
    tree = _parsed(function.__code__.co_filename)
    return next(part for part in tree.body if isinstance(part, ast.FunctionDef) and part.name == function.__name__)


@cache
def _parsed(file: str) -> ast.Module:
    return ast.parse(Path(file).read_text("utf-8"))


def _reached(function: FunctionType) -> set[FunctionType]:
    """The functions of the same folder that one calls, and those that they call."""
    folder, found, waiting = Path(function.__code__.co_filename).parent, set(), [function]
    while waiting:
        current = waiting.pop()
        for name in _names(current.__code__):
            other = current.__globals__.get(name)
            if isinstance(other, FunctionType) and Path(other.__code__.co_filename).parent == folder:
                waiting += [] if other in found else [other]
                found.add(other)
    return found


def _names(code: CodeType) -> set[str]:
    inner = (part for part in code.co_consts if isinstance(part, CodeType))
    return set(code.co_names).union(*map(_names, inner))


def _fate(function: FunctionType, mutant: Mutant, calls: Sequence[Call]) -> str:
    """What becomes of a mutant: it stands in the function's place, wherever that was imported to."""
    with in_place_of(function, mutant.code):
        for call in calls:
            entry = _function(call)
            problem = compared(call, (_timed(entry, arguments) for arguments in call.arguments))
            if problem is not None:
                return next(fate for fate, said in FATES.items() if said in problem.evidence)
    return "survivor"


@contextmanager
def in_place_of(function: FunctionType, code: str) -> Iterator[None]:
    """A function has this code while the context lasts, wherever it was imported to."""
    space: dict[str, Any] = {}
    function.__globals__["transposed"] = _transposed
    exec(compile(code, function.__code__.co_filename, "exec"), function.__globals__, space)
    (mutated,) = space.values()
    kept = function.__code__, function.__defaults__, function.__kwdefaults__
    function.__code__ = mutated.__code__
    function.__defaults__, function.__kwdefaults__ = mutated.__defaults__, mutated.__kwdefaults__
    try:
        yield
    finally:
        del function.__globals__["transposed"]
        function.__code__, function.__defaults__, function.__kwdefaults__ = kept


class Same(Exception):
    """A mutant that is the function itself."""


def _transposed(value: Any) -> Any:
    """A matrix's transpose; a vector has none."""
    if np.ndim(value) < 2:
        raise Same
    return np.transpose(value)


class TooLong(Exception):
    """A mutant that doesn't end."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooLong


def _timed(function: FunctionType, arguments: dict[str, Any]) -> Any:
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        returned = called(function, arguments, [])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if isinstance(returned, dict) and Same.__name__ in returned["error"]:
        raise Same
    return returned


def _unwritten(shape: Any, dtype: Any = float, **_: Any) -> Any:
    """What stands for `np.empty`, whose numbers are what lay there before: a mutant that writes none has one fate."""
    return np.full(shape, np.nan, dtype)


@contextmanager
def quiet() -> Iterator[None]:
    """As the process is in which snippets are called; what takes too long is stopped."""
    before = signal.signal(signal.SIGALRM, _stop)
    try:
        with (
            patch.object(np, "empty", _unwritten),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            Path(os.devnull).open("w") as nowhere,
            redirect_stdout(nowhere),
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        signal.signal(signal.SIGALRM, before)
