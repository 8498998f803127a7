"""What an author is shown, word for word, and that the same page builds once it is mended.

The cases lie in tests/refusals/*.txt.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import Case, cases, count
from tests.conftest import Build, Refused

FILES = sorted((Path(__file__).parent / "refusals").glob("*.txt"))
CASES = [case for file in FILES for case in cases(file)]

# Files that the pages of the cases name.
SNIPPETS: dict[str, str | bytes] = {
    "raises.py": "# --8<-- [start:raises]\nx = 1\nraise ValueError('no')\n# --8<-- [end:raises]\n",
    "twice.py": "# --8<-- [start:a]\n# --8<-- [end:a]\n# --8<-- [start:a]\n# --8<-- [end:a]\n",
    "open.py": "# --8<-- [start:a]\nx = 1\n",
    "closed.py": "x = 1\n# --8<-- [end:a]\n",
    "syntax.py": "# --8<-- [start:a]\nx = = 1\n# --8<-- [end:a]\n",
    "input.py": "# --8<-- [start:a]\ninput()\n# --8<-- [end:a]\n",
    "divides.py": "x = 1 / 0\n",
    "imports.py": "# --8<-- [start:a]\nimport divides\n# --8<-- [end:a]\n",
    "latin.py": b"# --8<-- [start:a]\n# caf\xe9\n# --8<-- [end:a]\n",
    "exits.py": "import os\n# --8<-- [start:a]\nos._exit(3)\n# --8<-- [end:a]\n",
}


def test_every_case_is_read() -> None:
    assert len(CASES) == sum(map(count, FILES)) > 50
    assert all(case.verdict == "refused" and case.message and case.mended for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_refusal_says_where_what_and_the_way_out(case: Case, build_site: Build) -> None:
    with pytest.raises(Refused) as refused:
        build_site(case.page, SNIPPETS)
    assert str(refused.value) + "\n" == case.message


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mended_page_builds(case: Case, build_site: Build) -> None:
    assert build_site(case.mended, SNIPPETS)["index.md"]


def test_a_page_in_another_encoding(build_site: Build, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "other.md").write_bytes("un\nété\n".encode("latin-1"))
    with pytest.raises(Refused) as refused:
        build_site("text\n")
    assert str(refused.value) == (
        "docs/other.md:2: the page isn't UTF-8\n    \N{REPLACEMENT CHARACTER}t\N{REPLACEMENT CHARACTER}\n    ^\n"
        "  invalid continuation byte\n  save it as UTF-8"
    )


def test_a_refused_build_writes_no_page(build_site: Build, tmp_path: Path) -> None:
    build_site({"index.md": "good\n", "other.md": "good\n"})
    with pytest.raises(Refused):
        build_site({"index.md": "good\n", "other.md": "$\\nothing$\n"})
    assert not list((tmp_path / "site").rglob("*.html"))
