r"""The snippet of the contributors' page: the formula whose way it follows is the last one of its page."""

import contributing
from verimath.trials.page_trials import Trials
from verimath.verdict.check import check


def verdict(page):
    formula, scope = contributing.read(page)
    return check(formula, Trials(scope)).verdict


def test_the_last_formula_is_read_with_the_names_of_the_page():
    formula, scope = contributing.read(contributing.PAGE)
    assert formula.equation.label == "claim"
    assert set(scope.values) == {"t"}


def test_it_holds_and_its_twin_is_false():
    assert verdict(contributing.PAGE) == "holds"
    assert verdict(contributing.PAGE.replace("2 \\ln t", "3 \\ln t")) == "false"
