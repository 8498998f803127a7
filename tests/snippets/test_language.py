r"""The snippet of the page on the language: what the command says of small pages."""

import re

import pytest

import language

PAGES = {
    "FIRST": (language.FIRST, {"squares": "FALSE"}),
    "MISTAKES": (language.MISTAKES, dict.fromkeys(["no-backslash", "no-bracket", "row-by-row"], "ILL-FORMED")),
    "COLUMNS": (language.COLUMNS, {"rows": "ILL-FORMED"}),
    "EXPECTED": (language.EXPECTED, {"product": "HOLDS"}),
    "LIMITS": (language.LIMITS, {}),
}
MENDED = {
    "FIRST": (r"= \sum_{i=1}^{n} x_i^2", r"= \sum_{i=1}^{n} x_i^2 - n \bar x^2"),
    "COLUMNS": (r"x x^\top", r"x^\top x + 0"),
    "EXPECTED": ('{#product expect="false"}', "{#product}"),
}


def surprises(said):
    """The verdicts in capitals, by label."""
    return dict(re.findall(r"^(\S+) .* ([A-Z-]{5,})$", said, re.MULTILINE))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_refused_where_the_text_says(name):
    page, wrong = PAGES[name]
    said = language.check({"page.md": page})
    assert surprises(said) == wrong
    assert said.endswith(f"exit code {1 if wrong else 0}")


@pytest.mark.parametrize("name", MENDED)
def test_a_mended_page_passes(name):
    page, _ = PAGES[name]
    mended = page.replace(*MENDED[name])
    assert mended != page
    assert language.check({"page.md": mended}).endswith("exit code 0")


WHERE_FALSE = {
    "one-point": r"a \in \{\sqrt{2}, 2\}",
    "far-away": r"a \in \{1, 10^{16}\}",
    "narrow": r"a \in \{1.7, 2\}",
}


@pytest.mark.parametrize("label", WHERE_FALSE)
def test_what_passes_out_of_reach_of_the_trials_is_false_there(label):
    [claim] = re.findall(rf"\{{#{label}\}}\n(.*)\n```", language.LIMITS)
    page = f"```math {{#claim}}\n{claim} \\qquad \\forall {WHERE_FALSE[label]}\n```\n"
    assert surprises(language.check({"page.md": page})) == {"claim": "FALSE"}


def test_the_page_above_defines_what_it_inherits():
    said = language.check({"below.md": language.BELOW, "above.md": language.ABOVE})
    assert surprises(said) == {"again": "ILL-FORMED"}
    assert "`u` is there already, at below.md:5" in said
    other = language.ABOVE.replace(r"u \coloneqq", r"v \coloneqq")
    assert language.check({"below.md": language.BELOW, "above.md": other}).endswith("exit code 0")


def test_a_symbol_in_the_text_is_one_that_the_page_knows():
    assert "`w` is a symbol that this page doesn't know" in language.check({"page.md": language.TEXT})
    assert language.check({"page.md": language.TEXT.replace("$w$", "$x^2$")}).endswith("exit code 0")


def test_the_tied_function_lacks_a_factor_of_2():
    files = {"page.md": language.TIED, "snippets/square.py": language.CODE}
    assert "snippet `gradient` doesn't compute its equation" in language.check(files)
    right = language.CODE.replace("return x", "return 2 * x")
    assert language.check({**files, "snippets/square.py": right}).endswith("exit code 0")


def test_a_true_equality_agrees_to_all_digits_and_a_rounded_one_does_not():
    options = ("--label", "gaps", "--digits", "50")
    assert "all 50 digits" in language.check({"page.md": language.FIRST}, *options)
    rounded = language.FIRST.replace(r"(x_i - \bar x) = 0", r"(x_i - \bar x) = 10^{-16}")
    assert re.search(r"gaps +1\d\.\d digits", language.check({"page.md": rounded}, *options))


def test_no_path_of_the_machine_is_shown():
    said = "".join(language.check({"page.md": page}) for page, _ in PAGES.values())
    assert "/" not in re.sub(r"\\[a-z]+|docs/\S+", "", said)
