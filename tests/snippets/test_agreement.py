"""Each function that a page shows agrees with an oracle that shares no code with it, and wrong twins of it don't."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.docs.prose import PAGES
from tests.snippets.oracle import Case, agrees, refuses
from verimath.page import page as pages


def page_of(case: Case) -> str:
    """The page that a case's function names as its source."""
    source = re.search(r"^ *Source: docs/fr/(\S+)\.md#", str(case.function.__doc__), re.MULTILINE)
    assert source, f"{case.function.__name__} names no page"
    return source[1]


MODULES = [
    import_module(f"tests.snippets.{file.stem}")
    for file in sorted(Path(__file__).parent.glob("test_*.py"))
    if file.stem != "test_agreement"
]
TABLES: dict[str, dict[str, Case]] = {}
for module in MODULES:
    for label, case in getattr(module, "CASES", {}).items():
        table = TABLES.setdefault(page_of(case), {})
        assert label not in table, f"{label} has two cases"
        table[label] = case
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
