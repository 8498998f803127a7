"""Each function that a page shows agrees with an oracle that shares no code with it, and wrong ones don't."""

import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import errata
import softmax
from bench.snippets.twins import WRITTEN, doing_their_work, judged
from bench.survivors import groups
from tests.docs.prose import PAGES
from tests.snippets.oracle import Case
from verimath.page import page as pages


def page_of(case: Case) -> str:
    """The page that a case's function names as its source."""
    source = re.search(r"^ *Source: docs/fr/(\S+)\.md#", str(case.function.__doc__), re.MULTILINE)
    assert source, f"{case.function.__name__} names no page"
    return source[1]


FOLDER = Path(__file__).parent
MODULES = [
    import_module(f"tests.snippets.{file.stem}")
    for file in sorted(FOLDER.glob("test_*.py"))
    if file.stem != "test_agreement"
]
TABLES: dict[str, dict[str, Case]] = {}
for module in MODULES:
    for label, case in getattr(module, "CASES", {}).items():
        table = TABLES.setdefault(page_of(case), {})
        assert label not in table, f"{label} has two cases"
        table[label] = case
CASES = [pytest.param(page, label, case, id=label) for page, table in TABLES.items() for label, case in table.items()]
# A function that another one of the page uses, and that stands beside its equation.
HELPERS = {"gradient": "gradient-step"}


# A mutant that passes though an equation refuses it, and why.
PASSES = {
    # Softmax forgets any constant. This one overflows only where there are seven classes, more than any trial has.
    "errata.softmax_shifted_by_classes | function: np.log → np.exp",
    # A trial of the equation has a probability of 0 for what never happens, or weights of 0; none of its oracle's has.
    "context_exercises.loss_without_weights | operator: 0 * W → 0 / W",
    "divergence.cross_entropy | comparison: p > 0 → p >= 0 (2)",
    "divergence.cross_entropy | dropped statement: p, q = (p[p > 0], q[p > 0]) → pass",
    "divergence.cross_entropy | index: q[p > 0] → q",
    "divergence.cross_entropy | number: 0 → -1 (2)",
    "divergence.cross_entropy | symbol: p → q (6)",
    "divergence.kl | comparison: p > 0 → p >= 0",
    "divergence.kl | comparison: p > 0 → p >= 0 (2)",
    "divergence.kl | dropped statement: p, q = (p[p > 0], q[p > 0]) → pass",
    "divergence.kl | index: p[p > 0] → p",
    "divergence.kl | index: q[p > 0] → q",
    "divergence.kl | number: 0 → -1",
    "divergence.kl | number: 0 → -1 (2)",
    "divergence.kl | symbol: p → q (3)",
    "divergence.kl | symbol: p → q (5)",
    "divergence.kl | symbol: p → q (6)",
    "divergence_sign.kl_from_gaps | comparison: p > 0 → p >= 0",
    "divergence_sign.kl_from_gaps | index: gaps[seen] → gaps",
    "divergence_sign.kl_from_gaps | index: p[seen] → p",
    "divergence_sign.kl_from_gaps | index: p[seen] → p (2)",
    "divergence_sign.kl_from_gaps | index: q[seen] → q",
    "divergence_sign.kl_from_gaps | number: 0 → -1",
    "divergence_sign.kl_from_gaps | symbol: p → q (4)",
    "divergence_sign.kl_from_gaps | dropped statement: p, q = distributions(p, q) → pass",
    (
        "divergence_sign.kl_from_gaps | operator: gaps[seen] += p[seen] * (np.log(p[seen]) - np.log(q[seen])) → "
        "gaps[seen] = p[seen] * (np.log(p[seen]) - np.log(q[seen]))"
    ),
    # Whole numbers as such, which the oracle gives as floats.
    "softmax.softmax | dropped function: a.astype(float) → float",
    "softmax.softmax | sign: float → -float",
}
# The mutants that no equation refuses, each listed under the reason why.
HOLD = {line for group in groups((FOLDER / "survivors.txt").read_text("utf-8")) for line in group.lines}


@pytest.mark.parametrize(("page", "label", "case"), CASES)
def test_each_function_agrees_with_its_oracle_and_its_mutants_do_not(page, label, case):
    """One test, so that the oracle is asked once."""
    case.agrees(case.function)
    found = judged(case)
    assert any(refused for _, refused in found)
    name = f"{case.function.__module__}.{case.function.__name__}"
    passed = {f"{name} | {mutant.line}" for mutant, refused in found if not refused}
    assert passed - HOLD - PASSES == set()
    for twin in case.twins.values():
        case.refuses(twin)


@pytest.mark.parametrize(("page", "label", "case"), CASES)
def test_each_function_names_its_equation(page, label, case):
    assert f"Source: docs/fr/{page}.md#{HELPERS.get(label, label)}\n" in str(case.function.__doc__)


def test_twins_written_by_hand_are_those_that_are_listed():
    listed = WRITTEN.read_text("utf-8").split("\n\n", 1)[1].splitlines()
    there = [f"{label}: {name}" for table in TABLES.values() for label, case in table.items() for name in case.twins]
    assert [twin for twin in listed if twin not in there] == []
    # Functions may share a table of twins: one that is needed for one of them is there for all.
    needed = {twin.split(": ")[1] for twin in listed}
    assert [twin for twin in there if twin not in listed and twin.split(": ")[1] not in needed] == []


def test_a_twin_is_kept_where_no_mutant_errs_by_less():
    right = softmax.softmax
    twins = {
        "everywhere": lambda a: 2 * right(a),
        "in one place": lambda a: right(a) * np.array([1.001, 1, 1]),
    }
    case = Case(errata.softmax_shifted_by_classes, right, lambda trial: (replace(trial, scale=1.0).vector(3),), twins)
    done = doing_their_work(case)
    assert done["everywhere"] is not None
    assert done["in one place"] is None


def test_every_equation_with_a_snippet_has_its_case():
    read = [pages.read(page.name, page.read_text("utf-8")) for page in PAGES]
    verified = {snippet.name for page in read for snippet in page.snippets if snippet.verifies}
    assert verified
    assert verified - {label for table in TABLES.values() for label in table} == set()
