"""What authors ordinarily write builds: the checks refuse nothing that is right."""

from __future__ import annotations

import time

import pytest

from tests.conftest import Build
from tests.markup import inline, soup

PAGES = {
    "shell code": "```sh\nexport PATH=$HOME/bin:$PATH; echo $1 $$ ${x}\n```\n\nand `$HOME`, ``$(pwd)``.\n",
    "code in headings, links and descriptions": '[TOC]\n\n## Le `$HOME`\n\n[a](https://e.org "of x") ![b](https://e.org/b.png)\n',
    "LaTeX in code": "Write `\\frac{a}{b}` or `$$x$$` or `\\[x\\]`.\n\n    \\begin{align*}\n",
    "a Markdown sample": "````markdown\n- a\n\n    ```python\n    x\n    ```\n\n$$x$$ [](#y)\n````\n",
    "a docstring with a fence": '```python\ndef f():\n    """Doc.\n\n    ```\n    x\n    ```\n    """\n```\n',
    "tables": "| a | b |\n|:--|--:|\n| `x|y` | $p \\mid q$ |\n\na|b\n-|-\nc|d\n",
    "tags that look like formulas": "if i<N:$x$ and $a<b$, x > y\n",
    "signs as formulas": "the signs $)$, $.5$, $,$ and $:=$, ($-1$), $]0, 1]$\n",
    "HTML": '<div class="box" data-label="a" data-show="b" markdown>\n\n$x$\n\n</div>\n',
    "front matter": "---\ntitle: A\ndate: 2024-12-31\ntags: [a, b]\nhide:\n  - toc\nnested: {a: {b: 1.5}}\n---\n\na\n",
    "an empty front matter": "---\n\n---\n\na\n",
    "lists of all kinds": "- a\n    - b\n        1. c $x$\n\n* * *\n\n1. a\n2. b\n\nterm\n:   meaning\n",
    "footnotes and abbreviations": "HTML[^1] and $HTML$\n\n[^1]: a $x$\n\n*[HTML]: Hyper\n",
    "comments": "<!-- a $ and \\frac{ -->\n\na\n\n<!--\nb [](#c)\n-->\n",
    "prices": "5 \\$, 10\\$ and \\$15; in `a $ b`.\n",
    "a snippet with options": '```math {#x}\na\n```\n\n```python {title="a b" verifies="x" hl_lines="1" .annotate}\n'
    '--8<-- "double.py:double"\n```\n',
    "an include shown as it is": '```markdown\n;--8<-- "nowhere.py:a"\n```\n',
    "an environment in a fence of text": "```tex\n\\begin{align}\n\\end{align*}\n```\n",
}


@pytest.mark.parametrize("page", PAGES)
def test_an_ordinary_page_builds(page: str, build_site: Build) -> None:
    assert build_site(PAGES[page])["index.md"]


def test_code_in_a_list_does_not_end_it(build_site: Build) -> None:
    """Python-Markdown alone shows `- b` as text there."""
    page = soup(build_site("- a\n\n    ```sh\n    x\n    ```\n- b\n")["index.md"])
    assert [item.get_text().split() for item in page.select("ul > li")] == [["a", "x"], ["b"]]


def test_signs_are_formulas(build_site: Build) -> None:
    assert inline(build_site(PAGES["signs as formulas"])["index.md"]) == [")", ".5", ",", ":=", "-1", "]0, 1]"]


def test_a_long_page_takes_time_in_proportion_to_its_length(build_site: Build) -> None:
    """Eight times the formulas take some eight times the time; sixty-four if each were looked for in the whole page."""

    def seconds(formulas: int, attempt: int) -> float:
        # Formulas that no other page has, since what is typeset once is kept.
        page = "".join(f"so $x_{{{number}}}^{{{formulas + attempt}}}$ holds\n\n" for number in range(formulas))
        start = time.process_time()
        build_site(page)
        return time.process_time() - start

    seconds(1, 0)  # V8 starts
    # A busy machine may slow one of both; it was never in proportion where it is so in none of three attempts.
    assert any(seconds(2400, attempt) < 24 * seconds(300, attempt) for attempt in range(3))
