"""Snippets on pages: their code, and what that code printed when this site was built."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.conftest import EXTENSIONS, Build, Refused
from tests.markup import soup

EQUATION = "```math {#x}\na\n```\n\n"
FENCE = '```python {verifies="x"}\n%s\n```\n'

TRAPS = """\
import warnings

import numpy as np


# --8<-- [start:f]
def f(x):
    print("inside f")
    return np.exp(x)
# --8<-- [end:f]


if __name__ == "__main__":
    print("before")
    # --8<-- [start:trap]
    for width in (np.float16, np.float32):
        print(f(width(1000)))
    # --8<-- [end:trap]
    # --8<-- [start:other]
    print("<b>é</b>")
    # --8<-- [end:other]
"""


def output(build_site: Build, *sections: str, **snippets: str) -> list[str]:
    body = "\n\n".join(f'--8<-- "{section}"' for section in sections)
    html = build_site(EQUATION + FENCE % body, {name + ".py": text for name, text in snippets.items()})["index.md"]
    return [tag.get_text() for tag in soup(html).select(".vm-output")]


def test_output_of_the_sections_that_are_shown(build_site: Build) -> None:
    assert output(build_site, "double.py:double", "double.py:double-demo") == ["double: 42"]
    assert output(build_site, "double.py:double") == []


def test_output_follows_the_code(build_site: Build) -> None:
    """The twin: what is shown isn't kept from an earlier build."""
    changed = "# --8<-- [start:a]\nprint(%d)\n# --8<-- [end:a]\n"
    assert output(build_site, "new.py:a", new=changed % 1) == ["1"]
    assert output(build_site, "new.py:a", new=changed % 2) == ["2"]


def test_output_follows_a_file_that_is_imported(build_site: Build) -> None:
    importing = "from other import y\n# --8<-- [start:a]\nprint(y)\n# --8<-- [end:a]\n"
    assert output(build_site, "new.py:a", new=importing, other="y = 1\n") == ["1"]
    assert output(build_site, "new.py:a", new=importing, other="y = 'second'\n") == ["second"]


def test_warnings_are_shown_without_paths_and_each_time(build_site: Build) -> None:
    warning = "RuntimeWarning: overflow encountered in exp"
    expected = f"inside f\n{warning}\ninf\ninside f\n{warning}\ninf"
    assert output(build_site, "traps.py:f", "traps.py:trap", traps=TRAPS) == [expected]


def test_output_is_text_not_markup(build_site: Build) -> None:
    assert output(build_site, "traps.py:other", traps=TRAPS) == ["<b>é</b>"]


def test_code_is_dedented_and_highlighted_as_any_other(build_site: Build) -> None:
    fence = '```python {verifies="x" title="traps.py" linenums="3"}\n--8<-- "traps.py:other"\n```\n'
    page = soup(build_site(EQUATION + fence, {"traps.py": TRAPS})["index.md"])
    code = page.select_one(".vm-snippet code")
    assert code is not None
    assert code.get_text().strip() == 'print("<b>é</b>")'
    assert page.select_one(".vm-snippet .filename")
    assert [tag.get_text().strip() for tag in page.select(".vm-snippet .linenos")] == ["3"]


def test_a_python_fence_that_is_not_tied_is_left_alone(build_site: Build) -> None:
    page = soup(build_site('```python title="a.py" hl_lines="1"\nprint(1)\n```\n')["index.md"])
    assert not page.select(".vm-snippet, .vm-output")
    assert page.select(".highlight .hll")


ODD = """\
import os, sys, threading
# --8<-- [start:a]
x = "\x0c\u2028"
os.system("echo from another process")
sys.stdout.writelines(["written ", "by lines\\n"])
print("last")
# --8<-- [end:a]
"""


def test_what_other_processes_print_does_not_mix_with_the_answer(build_site: Build) -> None:
    """Nor do signs that end a line elsewhere than in Python move the sections."""
    assert output(build_site, "odd.py:a", odd=ODD) == ["written by lines\nlast"]


def test_code_that_is_shown_is_the_code_that_is_run(build_site: Build, tmp_path: Path) -> None:
    """The configuration may lie elsewhere than where the build is started."""
    (tmp_path / "elsewhere" / "snippets").mkdir(parents=True)
    (tmp_path / "elsewhere" / "snippets" / "double.py").write_text(
        "# --8<-- [start:double]\n1 / 0\n# --8<-- [end:double]\n"
    )
    os.chdir(tmp_path / "elsewhere")
    html = build_site(EQUATION + FENCE % '--8<-- "double.py:double"')["index.md"]
    assert "def double" in soup(html).get_text()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import time\n# --8<-- [start:a]\ntime.sleep(60)\n# --8<-- [end:a]\n", "was still running after"),
        ("# --8<-- [start:a]\nraise SystemExit\n# --8<-- [end:a]\n", "SystemExit"),
        ("# --8<-- [start:a]\nimport nowhere\n# --8<-- [end:a]\n", "No module named 'nowhere'"),
    ],
)
def test_a_snippet_that_does_not_end_well_stops_the_build(
    text: str, message: str, build_site: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verimath.code.sections.TIMEOUT_SECONDS", 2)
    with pytest.raises(Refused, match=message):
        output(build_site, "new.py:a", new=text)


USEFUL = '''\
import numpy as np

# --8<-- [start:helper]
def helper(x):
    """Of no use alone."""
    return x
# --8<-- [end:helper]

# --8<-- [start:long]
@np.vectorize
def long(x):
    """What it returns.

    Args:
        x: a number.
    """
    # Why.
    y = helper(x)  # as it is, "#" and all

    return y + len("#")
# --8<-- [end:long]

# --8<-- [start:marked]
def marked(x):
    """What it returns."""
    total = 0
    # --8<-- [start:marked-useful]
    for part in [x]:
        total += part
    # --8<-- [end:marked-useful]
    return total
# --8<-- [end:marked]

if __name__ == "__main__":
    # --8<-- [start:long-demo]
    import math
    print(long(2))
    # --8<-- [end:long-demo]
'''


def shown(build_site: Build, *sections: str) -> BeautifulSoup:
    body = "\n\n".join(f'--8<-- "{section}"' for section in sections)
    return soup(build_site(EQUATION + FENCE % body, {"u.py": USEFUL})["index.md"])


def useful(page: BeautifulSoup) -> str:
    [code] = page.select(".vm-useful code")
    return code.get_text().rstrip("\n")


@pytest.mark.parametrize(
    ("sections", "lines"),
    [
        (["u.py:long"], '@np.vectorize\ndef long(x):\n    y = helper(x)\n    return y + len("#")'),
        (
            ["u.py:helper", "u.py:long", "u.py:long-demo"],
            '@np.vectorize\ndef long(x):\n    y = helper(x)\n    return y + len("#")',
        ),
        (["u.py:long-demo"], "print(long(2))"),
        (["u.py:marked"], "for part in [x]:\n    total += part"),
    ],
)
def test_useful_lines_are_seen_on_arrival(sections: list[str], lines: str, build_site: Build) -> None:
    assert useful(shown(build_site, *sections)) == lines


def test_the_rest_is_one_click_away(build_site: Build) -> None:
    page = shown(build_site, "u.py:helper", "u.py:long", "u.py:long-demo")
    [folded] = page.select(".vm-more > details:not([open])")
    code = folded.select_one("code")
    assert code is not None
    assert "Of no use alone." in code.get_text()
    assert "# Why." in code.get_text()
    assert "print(long(2))" in code.get_text()
    assert "[start:" not in code.get_text()
    [output] = page.select(".vm-useful > .vm-output")
    assert output.get_text() == "3"


def test_the_whole_file_is_published(build_site: Build, tmp_path: Path) -> None:
    page = shown(build_site, "u.py:helper", "u.py:long")
    [link] = page.select("a.vm-file")
    assert link.get_text() == "u.py"
    address, _, anchor = str(link["href"]).partition("#")
    file = soup((tmp_path / "site" / address).read_text("utf-8"))
    code = file.select_one("code")
    assert code is not None
    assert code.get_text() == USEFUL
    assert anchor == "helper"
    assert file.select_one(f"#{anchor}")


def test_what_is_useful_already_has_nothing_folded(build_site: Build) -> None:
    page = shown(build_site, "u.py:marked", "u.py:long-demo")
    assert page.select(".vm-more > details")
    html = build_site(EQUATION + FENCE % '--8<-- "double.py:double"')["index.md"]
    assert useful(soup(html)) == "def double(x):\n    return 2 * x"
    assert not soup(html).select("details")


def test_a_site_may_show_all_of_its_code(build_site: Build) -> None:
    html = build_site(EQUATION + FENCE % '--8<-- "u.py:long"', {"u.py": USEFUL}, options={"snippets": "whole"})[
        "index.md"
    ]
    assert "What it returns." in useful(soup(html))
    assert not soup(html).select("details")


def test_a_part_of_something_is_shown_as_it_is(build_site: Build) -> None:
    text = "if True:\n    # --8<-- [start:a]\n    x = [\n    # --8<-- [end:a]\n    ]\n"
    html = build_site('```python {demo="x"}\n--8<-- "part.py:a"\n```\n', {"part.py": text})["index.md"]
    assert useful(soup(html)) == "x = ["


def test_empty_lines_within_a_text_stay(build_site: Build) -> None:
    text = '# --8<-- [start:a]\nimport os\nTEXT = """\none\n\n# no comment\n"""\n\nprint(TEXT)\n# --8<-- [end:a]\n'
    html = build_site('```python {demo="x"}\n--8<-- "text.py:a"\n```\n', {"text.py": text})["index.md"]
    assert useful(soup(html)) == 'TEXT = """\none\n\n# no comment\n"""\nprint(TEXT)'


def test_a_function_of_the_demonstration_is_not_what_it_shows(build_site: Build) -> None:
    text = (
        "# --8<-- [start:a]\ndef a(x):\n    return x\n# --8<-- [end:a]\n\nif __name__ == '__main__':\n"
        "    # --8<-- [start:a-demo]\n    def b(x):\n        return x\n\n    print(a(b(1)))\n"
        "    # --8<-- [end:a-demo]\n"
    )
    html = build_site(EQUATION + FENCE % '--8<-- "f.py:a"\n--8<-- "f.py:a-demo"', {"f.py": text})["index.md"]
    assert useful(soup(html)) == "def a(x):\n    return x"


@pytest.mark.parametrize(
    ("extension", "header"),
    [
        ({"pymdownx.highlight": {"line_spans": "__span", "anchor_linenums": True}}, ""),
        ({"pymdownx.highlight": {"linenums": True}}, ""),
        ({"pymdownx.highlight": {"linenums": True, "linenums_style": "pymdownx-inline"}}, ""),
        ({"pymdownx.highlight": {"use_pygments": False}}, ""),
        ("pymdownx.highlight", ' hl_lines="2" title="T"'),
    ],
)
def test_highlighters_with_boxes_of_their_own(extension: object, header: str, build_site: Build) -> None:
    others = [each for each in EXTENSIONS if each != "pymdownx.highlight"]
    fence = FENCE.replace('"x"', f'"x"{header}') % '--8<-- "u.py:long"\n--8<-- "u.py:long-demo"'
    settings = {"markdown_extensions": [*others, extension]}
    html = build_site(EQUATION + fence, {"u.py": USEFUL}, settings=settings)["index.md"]
    page = soup(html)
    identities = [tag["id"] for tag in page.select("[id]")]
    assert len(identities) == len(set(identities))
    assert "What it returns." in page.select(".vm-more")[0].get_text()
    assert "def long(x):" in page.select(".vm-useful")[0].get_text()
    assert html.count("<span") == html.count("</span>")
    assert not page.select("span.vm-line .hll, span.vm-line span[id]")
