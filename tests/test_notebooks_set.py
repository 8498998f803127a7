"""Notebooks on a site: run, kept and set as its pages are; what is wrong with one is one located message."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig

from tests.conftest import Build, Refused
from tests.markup import soup
from tests.test_notebooks_read import code, ipynb, markdown
from verimath.code import kernel
from verimath.kept import store
from verimath.site import downloads

PAGE = "---\ntitle: A\n---\n\n# A\n\nBy [](#twice).\n"
PERCENT = """\
# ---
# title: N
# ---

# %% [markdown]
# # A notebook
#
# Let $x$ be a number, and see [A](index.md).
#
# $$ x \\in \\mathbb{R} $$ {#x}
#
# $$ x + x = 2 x $$ {#twice}

# %%
from double import double
print("twice:", double(21))

# %% [markdown]
# More of $x$.
"""
LINE = "<path d='M0 0h9' stroke='var(--vm-S, #00f)'/>"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{said}" + LINE + "</svg>"
DESCRIBED = SVG.format(said="<title>A line</title><desc>It goes right.</desc>")
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(20)).decode()


def jupyter(**options: object) -> Mapping[str, Any]:
    return {"execute": True, "allow_errors": False, "cache": False, **options}


@pytest.fixture
def site(build_site: Build, monkeypatch: pytest.MonkeyPatch) -> Build:
    """A site with notebooks: `jupyter` are options of mkdocs-jupyter."""

    def build_it(pages: dict[str, str], jupyter: Mapping[str, Any], **options: Any) -> dict[str, str]:
        options.setdefault("check", True)
        return build_site(pages, before={"mkdocs-jupyter": {**jupyter}}, **options)

    return build_it


def stored(*outputs: dict[str, Any], source: str = "show()", **more: Any) -> str:
    """A notebook with one code cell that has put these out."""
    return ipynb(markdown("# N\n\nText.\n"), code(source, *outputs, **more))


def data(**bundle: str) -> dict[str, Any]:
    named = {key.replace("_", "/", 1).replace("_", "+"): value for key, value in bundle.items()}
    return {"output_type": "display_data", "metadata": {}, "data": named}


def test_a_notebook_is_a_page_like_any(site: Build) -> None:
    html = site({"index.md": PAGE, "n.py": PERCENT}, jupyter())
    assert '<a class="vm-ref" href="n/#twice">(2)</a>' in html["index.md"]
    page = soup(html["n.py"])
    assert [each["id"] for each in page.select(".vm-equation")] == ["x", "twice"]
    assert len(page.select(".vm-inline .katex")) == 2
    [cell] = page.select(".vm-cell")
    assert "print" in cell.select_one("pre code").get_text()  # type: ignore[union-attr]
    assert cell.select_one(".vm-output").get_text() == "twice: 42"  # type: ignore[union-attr]
    assert page.select('a[href="../"]')
    assert page.find("h1").get_text() == "A notebook"  # type: ignore[union-attr]
    # Nothing of what mkdocs-jupyter brings, and nothing that another host would be asked for.
    assert not re.search(r"jp-|mathjax|require\.js|mermaid|clipboard|In \[|Out\[", html["n.py"], re.IGNORECASE)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", html["n.py"])
    assert page.select("style") == []
    assert "[\ue000" not in html["n.py"]


def test_two_builds_are_the_same_to_the_byte(site: Build) -> None:
    pages = {"index.md": PAGE, "n.py": PERCENT + "\n# %%\nprint('a', flush=True)\nprint('b')\n1 + 1\n"}
    options = {"furniture": ["notebook"]}
    first = site(pages, jupyter(), options=options)
    made = {path.name: path.read_bytes() for path in Path("site/assets/verimath/notebooks").iterdir()}
    assert site(pages, jupyter(), options=options) == first
    assert made == {path.name: path.read_bytes() for path in Path("site/assets/verimath/notebooks").iterdir()}
    assert {*made} == {"n.ipynb", "n.py"}
    assert [output.get_text() for output in soup(first["n.py"]).select(".vm-output")] == ["twice: 42", "a\nb", "2"]


def test_a_false_formula_in_a_cell_stops_the_build(site: Build) -> None:
    with pytest.raises(Refused, match=r"docs/n\.py:12, cell 1, line 7: equation `twice` is false\n.*\n *\^\n"):
        site({"index.md": PAGE, "n.py": PERCENT.replace("2 x", "3 x")}, jupyter())
    assert not Path("site").exists() or not any(Path("site").rglob("*.html"))


BAD: dict[str, tuple[str, str, str]] = {
    "a cell that raises": (
        "n.py",
        PERCENT.replace("double(21)", "double(21) / 0"),
        (
            "docs/n.py:16, cell 2, line 2: this cell raises\n"
            '    print("twice:", double(21) / 0)\n    ^\n  ZeroDivisionError: division by zero'
        ),
    ),
    "a cell that isn't Python": (
        "n.py",
        PERCENT.replace("double(21))", "double(21"),
        "docs/n.py:16, cell 2, line 2: this cell raises\n",
    ),
    "an import that isn't there": (
        "n.py",
        PERCENT.replace("from double", "from nowhere"),
        (
            "docs/n.py:15, cell 2, line 1: this cell raises\n    from nowhere import double\n    ^\n"
            "  ModuleNotFoundError: No module named 'nowhere'"
        ),
    ),
    "an interpreter that ends": (
        "n.ipynb",
        ipynb(markdown("# N"), code("import os\nos._exit(1)")),
        (
            "docs/n.ipynb, cell 2, line 1: this cell can't be run to its end\n    import os\n    ^\n"
            "  its interpreter ended"
        ),
    ),
    "a cell that doesn't end": (
        "n.ipynb",
        ipynb(markdown("# N"), code("while True:\n    pass")),
        (
            "docs/n.ipynb, cell 2, line 1: this cell doesn't end\n    while True:\n    ^\n  it has run for 2 s\n"
            "  let it compute less, or allow more: plugins: [{verimath: {cell_seconds: …}}]"
        ),
    ),
    "a cell that prints without end": (
        "n.ipynb",
        ipynb(markdown("# N"), code("while True:\n    print('a' * 1000)")),
        (
            "docs/n.ipynb, cell 2, line 1: this cell puts out too much\n    while True:\n    ^\n"
            "  more than 10,000,000 bytes\n  print and draw less, or put it into a file"
        ),
    ),
    "a cell that puts out one large thing": (
        "n.ipynb",
        ipynb(markdown("# N"), code("1\n'a' * 100_000_000")),
        "docs/n.ipynb, cell 2, line 1: this cell puts out too much\n",
    ),
    "a kernel that isn't there": (
        "n.ipynb",
        ipynb(markdown("# N"), code("1"), metadata={"kernelspec": {"name": "nothing", "display_name": "N"}}),
        (
            "docs/n.ipynb: there is no such kernel\n  the notebook asks for the kernel `nothing`\n"
            "  install it, or choose another: plugins: [{mkdocs-jupyter: {kernel_name: python3}}]"
        ),
    ),
    "what only Jupyter's own tools refuse": (
        "n.ipynb",
        ipynb(markdown("# N"), code("1"), metadata={"kernelspec": {"name": "nothing"}}),
        "docs/n.ipynb: this notebook can't be read by Jupyter's own tools\n  'display_name' is a required property\n",
    ),
    "broken JSON": ("n.ipynb", '{"cells": [}', "docs/n.ipynb:1: this notebook isn't JSON\n"),
    "an output without its cell": (
        "n.ipynb",
        ipynb(code("", {"output_type": "stream", "name": "stdout", "text": "a"})),
        "docs/n.ipynb, cell 1: an output without its cell\n",
    ),
    "50 MB": (
        "n.ipynb",
        " " * 50_000_000,
        "docs/n.ipynb: the page has 50,000,000 bytes\n  part it, or clear its outputs: 20,000,000 are the most",
    ),
    "an element that isn't closed": (
        "n.ipynb",
        ipynb(markdown("# N\n\n<!-- open\n"), code("1"), markdown("-->")),
        "docs/n.ipynb, cell 2, line 1: cell 2 isn't on the page as it is written\n",
    ),
    "no notebook": ("n.py", "print(1)\n", "docs/n.py:1: this Python file is no notebook\n"),
    "a formula without a label": (
        "n.ipynb",
        ipynb(markdown("# N\n\n$$ 2 + 2 = 5 $$\n")),
        "docs/n.ipynb, cell 1, line 3: a displayed formula without a label\n",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_notebooks_give_one_message_and_no_page(kind: str, site: Build) -> None:
    name, text, says = BAD[kind]
    with pytest.raises(Refused) as refused:
        site({"index.md": "# A\n", name: text}, jupyter(), options={"cell_seconds": 2 if "doesn't end" in says else 60})
    said = str(refused.value)
    assert said.startswith(says), said
    assert len(re.findall(r"^docs/", said, re.MULTILINE)) == 1, said
    assert not any(Path("site").rglob("*.html"))


def test_a_kernel_that_does_not_answer(site: Build, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "share" / "kernels" / "mute"
    folder.mkdir(parents=True)
    spec = {"argv": ["sleep", "60"], "display_name": "Mute", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), "utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    monkeypatch.setattr(kernel, "START_SECONDS", 2)
    with pytest.raises(Refused, match=r"^docs/n\.ipynb: the kernel doesn't answer\n"):
        site({"index.md": "# A\n", "n.ipynb": ipynb(code("1"))}, jupyter(kernel_name="mute"))


# What is kept


def test_what_cells_print_is_kept_until_a_snippet_changes(
    site: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERIMATH_CACHE", str(tmp_path / "kept"))
    counted = PERCENT + "\n# %%\nopen('../' + 'runs', 'a').write('x')\n"
    pages = {"index.md": PAGE, "n.py": counted}
    runs = Path("runs")

    def built(pages: dict[str, str], **more: Any) -> int:
        if runs.exists():
            runs.unlink()
        site(pages, jupyter(), **more)
        return len(runs.read_text()) if runs.exists() else 0

    assert built(pages) == 1
    assert built(pages) == 0
    # Its text says nothing to its code.
    assert built({**pages, "n.py": counted.replace("More of", "Less of")}) == 0
    assert built({**pages, "n.py": counted.replace("double(21)", "double(22)")}) == 1
    # What no cell imports says nothing either; what one does, even by another, is run again.
    assert built(pages, snippets={"other.py": "x = 1\n"}) == 0
    broken = "from inner import double\n"
    assert built(pages, snippets={"double.py": broken, "inner.py": "def double(x):\n    return x\n"}) == 1
    with pytest.raises(Refused, match=r"this cell raises\n.*\n *\^\n  TypeError"):
        built(pages, snippets={"double.py": broken, "inner.py": "def double():\n    return 1\n"})


def test_what_cells_print_is_kept_beside_what_can_be_taken_away(
    site: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERIMATH_CACHE", str(tmp_path / "kept"))
    # What the cells put out takes more room than a drawer has for what isn't used.
    monkeypatch.setattr(store, "SPARE_BYTES", 10)
    pages = {"index.md": PAGE, "n.py": PERCENT + "\n# %%\nopen('../' + 'runs', 'a').write('x')\n"}
    asked: list[object] = []
    packages = downloads.packages

    def listening(modules: Iterable[str]) -> list[str]:
        asked.append(modules)
        return packages(modules)

    monkeypatch.setattr(downloads, "packages", listening)
    for _ in range(3):
        monkeypatch.setattr(MkDocsConfig.plugins, "plugin_cache", {})
        site(pages, jupyter(), options={"furniture": ["notebook"]})
    assert Path("runs").read_text("utf-8") == "x"
    assert len(asked) == 1


def test_the_environment_of_a_kernel_is_no_ones_own(
    site: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a start-up file of IPython's nor another kernel of this name changes what a notebook prints."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "own.py").write_text("print('own')\n", "utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    folder = tmp_path / "share" / "kernels" / "python3"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text('{"argv": ["false"], "display_name": "P", "language": "python"}', "utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    html = site({"index.md": PAGE, "n.py": PERCENT}, jupyter())
    assert soup(html["n.py"]).select_one(".vm-output").get_text() == "twice: 42"  # type: ignore[union-attr]
    assert os.environ["IPYTHONDIR"] == str(tmp_path / "ipython")


# What cells put out


def test_a_drawing_stands_on_the_page_in_its_colours(site: Build) -> None:
    source = "from IPython.display import SVG, display\ndisplay(SVG(" + repr(DESCRIBED) + "))"
    html = site({"index.md": "# A\n", "n.ipynb": ipynb(markdown("# N"), code(source))}, jupyter())["n.ipynb"]
    [drawing] = soup(html).select(".vm-drawing svg")
    assert drawing["aria-labelledby"] == "n-ipynb-2-1-title"
    assert "var(--vm-S, #00f)" in html
    assert soup(html).select(".vm-cell details pre")
    assert not soup(html).select("img")


PICTURES = {
    "a drawing without a description": data(image_svg_xml=SVG.format(said="")),
    "a picture with the stock description": data(image_png=PNG),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_must_be_described(kind: str, site: Build) -> None:
    text = stored(PICTURES[kind])
    with pytest.raises(Refused, match=r"^docs/n\.ipynb, cell 2, line 1: "):
        site({"index.md": "# A\n", "n.ipynb": text}, jupyter(execute=False))
    described = stored(PICTURES[kind], source="#| alt: A line that goes right\nshow()")
    html = site({"index.md": "# A\n", "n.ipynb": described}, jupyter(execute=False))["n.ipynb"]
    [image] = soup(html).select(".vm-picture img, [role=img]")
    assert (image.get("alt") or image["aria-label"]) == "A line that goes right"
    # Where nothing is checked, it is shown as it is, and not with a description that says nothing.
    html = site({"index.md": "# A\n", "n.ipynb": text}, jupyter(execute=False), check=False)["n.ipynb"]
    assert "No description" not in html


ACTING = {
    "a script": data(text_html="<b>a</b><script>alert(1)</script>"),
    "a picture of another host": data(text_html="<img src='https://example.org/a.png' alt='a'>"),
    "a frame": data(text_html="<iframe src='https://example.org'></iframe>"),
}


@pytest.mark.parametrize("kind", ACTING)
def test_what_would_ask_another_host_is_refused(kind: str, site: Build) -> None:
    with pytest.raises(Refused, match=r"^docs/n\.ipynb, cell 2, line 1: what this cell puts out has "):
        site({"index.md": "# A\n", "n.ipynb": stored(ACTING[kind])}, jupyter(execute=False))
    assert site({"index.md": "# A\n", "n.ipynb": stored(ACTING[kind])}, jupyter(execute=False), check=False)


def test_tables_formulas_and_tracebacks_are_set(site: Build) -> None:
    rows = "<tr><th></th><th>a</th></tr><tr><th>0</th><td>1</td></tr>"
    frame = f"<div><style scoped>td {{}}</style><table border='1'>{rows}</table></div>"
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[0;31mE\x1b[0m: v $x$"]}
    text = stored(
        data(text_html=frame), data(text_latex=r"$\displaystyle \frac{x}{2}$"), data(text_latex=r"$\nothing$"), error
    )
    html = site({"index.md": "# A\n", "n.ipynb": text}, jupyter(execute=False))["n.ipynb"]
    page = soup(html)
    [box] = page.select(".vm-html")
    assert (box["role"], box["tabindex"], box["aria-label"]) == ("group", "0", "Output of cell 2")
    assert box.select("th:empty") == []
    assert page.select("style") == []
    assert len(page.select(".katex-display")) == 1
    assert [output.get_text() for output in page.select(".vm-output")] == ["$\\nothing$", "E: v $x$"]
    assert page.select(".ansi-red-fg")


# Other people's notebooks


def test_an_ordinary_notebook_is_set_where_nothing_is_checked(site: Build) -> None:
    cells = [
        markdown(
            "# Title\n\nInline $e^{i\\pi} = -1$, a [link](other.ipynb), and\n\n$$\n\\int_0^1 x\\, dx = \\frac12\n$$\n"
        ),
        code("%matplotlib inline\n!ls", {"output_type": "stream", "name": "stdout", "text": "a  b\n"}),
        markdown("![](attachment:a.png)", attachments={"a.png": {"image/png": PNG}}),
        markdown("| a | b |\n| - | - |\n| 1 | $x$ |\n"),
        code("", metadata={"tags": ["empty"]}),
    ]
    pages = {"index.md": "# A\n", "n.ipynb": ipynb(*cells), "other.ipynb": ipynb(markdown("# Other\n"))}
    page = soup(site(pages, jupyter(execute=False), check=False)["n.ipynb"])
    assert len(page.select(".katex-display")) == 1
    assert page.select('a[href="../other/"]')
    assert page.select_one("article img, img")["src"].startswith("data:image/png;base64,")  # type: ignore[union-attr,index]
    assert page.select("table .katex")
    assert [output.get_text() for output in page.select(".vm-output")] == ["a  b"]


def test_options_of_mkdocs_jupyter_are_kept(site: Build) -> None:
    cells = [markdown("# N"), code("a = 1", metadata={"tags": ["gone"]}), code("b = 2"), code("c = 3")]
    text = ipynb(*cells)
    found = soup(site({"index.md": "# A\n", "n.ipynb": text}, jupyter(execute=False, no_input=True))["n.ipynb"])
    assert found.select("pre") == []
    options = jupyter(execute=False, remove_tag_config={"remove_cell_tags": ["gone"]})
    found = soup(site({"index.md": "# A\n", "n.ipynb": text}, options)["n.ipynb"])
    assert [each.get_text().strip() for each in found.select("pre code")] == ["b = 2", "c = 3"]


def test_a_markdown_page_that_another_plugin_sets_is_refused(site: Build) -> None:
    text = (
        "---\njupyter:\n  kernelspec: {name: python3, language: python, display_name: P}\n---\n\n# N\n\n$2 + 2 = 5$\n"
    )
    with pytest.raises(Refused, match=r"^docs/n\.md: a Markdown page that is set as a notebook\n"):
        site({"index.md": "# A\n", "n.md": text}, jupyter(execute=False))


# Downloads


def test_downloads_carry_what_they_use(site: Build) -> None:
    helper = "# --8<-- [start:a]\ndef helper(x):\n    return math.floor(x) * FACTOR\n# --8<-- [end:a]\n"
    inner = f"import math\n\nFACTOR = 2\n\n\n{helper}\n\ndef unused():\n    pass\n"
    double = "from inner import helper\n\n\ndef double(x):\n    '''Doc.'''\n    return helper(x)\n"
    site(
        {"index.md": PAGE, "n.py": PERCENT},
        jupyter(),
        options={"furniture": ["notebook"]},
        snippets={"double.py": double, "inner.py": inner},
        settings={"site_url": "https://example.org/"},
    )
    text = Path("site/assets/verimath/notebooks/n.py").read_text("utf-8")
    assert (
        "import math\n\n\nFACTOR = 2\n\n\ndef helper(x):\n    return math.floor(x) * FACTOR\n\n\ndef double(x):" in text
    )
    assert "unused" not in text
    assert "8<" not in text
    assert "$$\n# x + x = 2 x\n# $$" in text
    assert "[A](https://example.org/)" in text
    cells = json.loads(Path("site/assets/verimath/notebooks/n.ipynb").read_text("utf-8"))["cells"]
    assert "pip install" in "".join(cells[0]["source"])
    scope: dict[str, Any] = {}
    exec("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"), scope)
    assert scope["double"](3) == 6


@pytest.mark.parametrize(
    ("snippets", "says"),
    [
        ({"double.py": "def other():\n    pass\n"}, "there is no `double` in snippets/double.py"),
        (
            {
                "double.py": "from inner import f as g\ndef f(x):\n    return x\ndef double(x):\n    return f(g(x))\n",
                "inner.py": "def f(x):\n    return 2 * x\n",
            },
            "two things are called `f`",
        ),
        ({"double.py": "twice = 2\n\n\ndef double(x):\n    return twice * x\n"}, "two things are called `twice`"),
    ],
)
def test_what_cannot_be_carried_is_refused(snippets: dict[str, str], says: str, site: Build) -> None:
    pages = {
        "index.md": PAGE,
        "n.py": PERCENT.replace("from double import", "for twice in []: ...\nfrom double import"),
    }
    with pytest.raises(Refused, match=r"docs/n\.py:1[56], cell 2, line [12]: ") as refused:
        site(pages, jupyter(execute=False), options={"furniture": ["notebook"]}, snippets=snippets)
    assert says in str(refused.value)
