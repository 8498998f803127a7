"""Pages changed at random: `verimath check` ends with 0, 1 or 2 and says why, never with a traceback."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from tests.conftest import SNIPPET
from tests.derivations.test_derivations import FALSE, TRUE
from tests.fuzz.mutations import MARKDOWN, mutated
from tests.fuzz.profile import examples, is_refuted
from tests.language.cases import ALL
from verimath import cli
from verimath.message.refusal import Refusal
from verimath.page import page as pages

# A page with everything that a page may have.
WHOLE = (Path(__file__).parent / "page.txt").read_text("utf-8")
OTHER = "```math {#other-size}\nn \\in \\mathbb{N}^{*}\n```\n"
PAGES = [case.page for case in (*TRUE, *FALSE, *ALL)]
SUM = re.compile(r"^\d+ as expected, (\d+) not$", re.MULTILINE)

# Checks a page's text, and gives the exit code.
Ends = Callable[[str], int]


@pytest.fixture(scope="module")
def ends_well(tmp_path_factory: pytest.TempPathFactory) -> Ends:
    """That the command ends well on a page."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "snippets").mkdir()
    (folder / "snippets" / "double.py").write_text(SNIPPET)
    (folder / "other.md").write_text(OTHER)
    file = folder / "page.md"

    def check(text: str) -> int:
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        out, errors = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(errors):
            try:
                code = cli.main(["check", str(file), "--snippets", str(folder / "snippets")])
            except Exception as error:
                raise AssertionError(text) from error
        event(f"exit {code}")
        if code == 2:
            # The change took the only equation away.
            assert (out.getvalue(), errors.getvalue()) == ("", f"verimath: there is no equation in {file}\n")
            return code
        counted = SUM.search(out.getvalue())
        assert counted, out.getvalue()
        assert code == (counted[1] != "0"), out.getvalue()
        assert errors.getvalue() == ""
        assert code == 0 or re.search(r"\.md(:\d+)?: \S", out.getvalue()), out.getvalue()
        return code

    return check


TOKENS = st.sampled_from(MARKDOWN)
CHANGED = (st.just(WHOLE) | st.sampled_from(PAGES)).flatmap(lambda text: mutated(text, TOKENS))


@examples(0.01)
@given(text=st.just(WHOLE))
def test_the_whole_page_holds(ends_well: Ends, text: str) -> None:
    assert ends_well(text) == 0


@examples(0.3)
@given(text=CHANGED)
def test_a_changed_page_is_checked_or_refused(ends_well: Ends, text: str) -> None:
    ends_well(text)


def test_a_traceback_is_seen(ends_well: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(page: pages.Page, labels: set[str], project: object) -> list[Refusal]:
        if page.front_matter.get("notation") != WHOLE:
            raise KeyError(page.file)
        return []

    monkeypatch.setattr("verimath.report.findings.text_faults", wrong)
    assert is_refuted(ends_well, CHANGED)


def test_a_message_without_a_place_is_seen(ends_well: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Refusal, "__str__", lambda self: self.what)
    assert is_refuted(ends_well, CHANGED)


def test_an_exit_code_that_hides_a_failure_is_seen(ends_well: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    run = cli.main
    monkeypatch.setattr(cli, "main", lambda arguments: 0 * run(arguments))
    assert is_refuted(ends_well, CHANGED)
