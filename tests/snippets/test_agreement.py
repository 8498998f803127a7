"""Each function that a page shows agrees with an oracle that shares no code with it, and wrong twins of it don't."""

import pytest

from tests.docs.prose import PAGES
from tests.snippets import (
    test_context,
    test_context_exercises,
    test_divergence,
    test_divergence_exercises,
    test_errata,
    test_softmax,
    test_softmax_derivatives,
    test_softmax_exercises,
)
from tests.snippets.oracle import agrees, refuses
from verimath import pages

TABLES = {
    "context": test_context.CASES | test_context_exercises.CASES,
    "divergence": test_divergence.CASES | test_divergence_exercises.CASES,
    "errata": test_errata.CASES,
    "softmax": test_softmax.CASES | test_softmax_derivatives.CASES | test_softmax_exercises.CASES,
}
CASES = [pytest.param(page, label, case, id=label) for page, table in TABLES.items() for label, case in table.items()]
TWINS = [
    pytest.param(case, twin, id=f"{label}: {name}")
    for table in TABLES.values()
    for label, case in table.items()
    for name, twin in case.twins.items()
]

# A function that another one of the page uses, and that stands beside its equation.
HELPERS = {"gradient": "gradient-step"}


@pytest.mark.parametrize(("page", "label", "case"), CASES)
def test_each_function_agrees_with_its_oracle(page, label, case):
    agrees(case.function, case.oracle, case.arguments, **case.options)


@pytest.mark.parametrize(("case", "twin"), TWINS)
def test_each_wrong_twin_is_refused(case, twin):
    refuses(twin, case.oracle, case.arguments, **case.options)


@pytest.mark.parametrize(("page", "label", "case"), CASES)
def test_each_function_has_a_twin_and_names_its_equation(page, label, case):
    assert case.twins
    assert f"Source: docs/fr/{page}.md#{HELPERS.get(label, label)}\n" in str(case.function.__doc__)


def test_every_equation_with_a_snippet_has_its_case():
    read = [pages.read(page.name, page.read_text("utf-8")) for page in PAGES]
    verified = {snippet.name for page in read for snippet in page.snippets if snippet.verifies}
    assert verified
    assert verified - {label for table in TABLES.values() for label in table} == set()
