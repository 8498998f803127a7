"""Each function that a page shows agrees with an oracle that shares no code with it, and wrong twins of it don't."""

import pytest

from tests.docs.prose import PAGES
from tests.snippets import (
    test_batch_descent,
    test_complex_step,
    test_context,
    test_convexity,
    test_curvature,
    test_divergence,
    test_gradient_check,
    test_softmax,
    test_softmax_derivatives,
)
from tests.snippets.oracle import agrees, refuses
from verimath import pages

TABLES = {
    "batch-descent": test_batch_descent.CASES,
    "context": test_context.CASES,
    "curvature": test_curvature.CASES | test_convexity.CASES,
    "divergence": test_divergence.CASES,
    "gradient-check": test_gradient_check.CASES | test_complex_step.CASES,
    "softmax": test_softmax.CASES | test_softmax_derivatives.CASES,
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
