"""Which wrong twins of the snippets' tests are written by hand for what no generated mutant does.

A function's mutant does a twin's work where the test of the function refuses it, and it errs on every trial, in every
component, by no more than the twin does: whatever shows the mutant shows the twin. Prints for each twin that is there
the mutant that does its work, and writes the others, which have to be kept, to tests/snippets/twins.txt. Run as
`python -m bench.snippets.twins`; takes a minute.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from types import FunctionType
from typing import Any, Protocol

import numpy as np

from bench.snippets.judge import SECONDS, Same, in_place_of, quiet, tree_of
from bench.snippets.mutants import Mutant, mutants

ROOT = Path(__file__).parent.parent.parent
WRITTEN = ROOT / "tests" / "snippets" / "twins.txt"
HEAD = """\
The wrong twins that are written by hand, beside the generated mutants of the same functions. No mutant does their work:
none that the test refuses errs on every trial and in every component by no more than the twin. So each shows something
of its own, mostly that the trials tell two things apart which a slip in one place doesn't exchange.
`python -m bench.snippets.twins` measures it and writes this list; a line says LABEL: TWIN.

"""
# What rounding may add to an error.
ROUNDING = 1e-9
# What a function returns, or by how much it errs, on each trial; None where those are no numbers of the right shape.
Numbers = list["np.ndarray[Any, Any] | None"]


class Case(Protocol):
    """A function and its test, as in tests/snippets/oracle.py: `agrees` raises where a function fails it."""

    @property
    def function(self) -> Callable[..., Any]: ...
    @property
    def twins(self) -> dict[str, Callable[..., Any]]: ...
    @property
    def drawn(self) -> list[tuple[Any, ...]]: ...
    def agrees(self, function: Callable[..., Any]) -> None: ...


def plain(case: Case) -> FunctionType:
    """The function of a case, whose code is at hand."""
    assert isinstance(case.function, FunctionType)
    return case.function


def judged(case: Case) -> list[tuple[Mutant, bool]]:
    """The mutants of a case's function, and whether its test refuses each."""
    found, function = [], plain(case)
    with quiet():
        for mutant in mutants(tree_of(function)):
            signal.setitimer(signal.ITIMER_REAL, 10 * SECONDS)
            try:
                with in_place_of(function, mutant.code):
                    case.agrees(function)
                found.append((mutant, False))
            except Same:
                continue
            except Exception:  # noqa: BLE001 - a mutant may raise what it likes
                found.append((mutant, True))
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
    return found


def returned(function: Callable[..., Any], drawn: Sequence[tuple[Any, ...]]) -> Numbers:
    """What a function returns on each trial."""
    found: Numbers = []
    for arguments in drawn:
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            got = np.asarray(function(*deepcopy(arguments)), dtype=float)
            found.append(got if np.isfinite(got).all() else None)
        except Exception:  # noqa: BLE001 - a mutant may raise what it likes
            found.append(None)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    return found


def errors(function: Callable[..., Any], case: Case, right: Numbers) -> Numbers:
    """By how much a function errs, where it returns numbers of the right shape."""
    got = returned(function, case.drawn)
    return [
        None if one is None or true is None or one.shape != true.shape else np.abs(one - true)
        for one, true in zip(got, right, strict=True)
    ]


def is_finer(mutant: Numbers, twin: Numbers) -> bool:
    """Whether a mutant errs by no more than a twin, everywhere."""
    return all(
        two is None or (one is not None and bool((one <= two * (1 + ROUNDING)).all()))
        for one, two in zip(mutant, twin, strict=True)
    )


def doing_their_work(case: Case) -> dict[str, Mutant | None]:
    """For each twin of a case, a mutant that does its work; None where there is none."""
    refused = [mutant for mutant, is_refused in judged(case) if is_refused]
    with quiet():
        function = plain(case)
        right = returned(function, case.drawn)
        wrong = []
        for mutant in refused:
            with in_place_of(function, mutant.code):
                wrong.append((mutant, errors(function, case, right)))
        twins = {name: errors(twin, case, right) for name, twin in case.twins.items()}
    return {name: next((m for m, errs in wrong if is_finer(errs, own)), None) for name, own in twins.items()}


def main() -> None:
    """Measure all twins, print the table, and write the list of those that have to be kept."""
    sys.path.insert(0, str(ROOT / "snippets"))
    from tests.snippets.test_agreement import TABLES

    done = {
        f"{label}: {name}": mutant
        for table in TABLES.values()
        for label, case in table.items()
        for name, mutant in doing_their_work(case).items()
    }
    for twin, mutant in done.items():
        print(f"{twin} | {mutant.line if mutant else '—'}")
    kept = [twin for twin, mutant in done.items() if mutant is None]
    print(f"{len(done)} twins; a mutant does the work of {len(done) - len(kept)}")
    WRITTEN.write_text(HEAD + "".join(f"{twin}\n" for twin in kept), "utf-8")


if __name__ == "__main__":
    main()
