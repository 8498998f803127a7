"""`verimath check` and the build are one path: what stops one stops the other, with the same message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError

from tests.conftest import SNIPPET, THEME
from verimath.cli import main
from verimath.page.project import Projects, plain_slug, unicode_slug

GOOD = "```math {#good}\nx \\in \\mathbb{R}\n```\n\n"
FENCE = "```math {#a}\n1 + 1 = 2\n```\n"
INDENTED = "".join(f"    {line}\n" for line in FENCE.splitlines())
CONFIG = f"""\
site_name: Test
theme: {{name: null, custom_dir: {THEME.as_posix()}}}
plugins: [verimath]
"""
EXTENSIONS = """\
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - pymdownx.superfences
  - pymdownx.details
  - pymdownx.snippets: {base_path: [snippets], check_paths: true}
  - toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}
"""


class Site:
    """A site in a folder, for both ways to check it."""

    def __init__(self, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
        self.folder, self.caplog = folder, caplog
        self.write("mkdocs.yml", CONFIG + EXTENSIONS)
        self.write("snippets/double.py", SNIPPET)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")

    def built(self, dirty: bool = False) -> str:
        """What the build says; empty where it ends well."""
        self.caplog.clear()
        try:
            config = load_config("mkdocs.yml")
            config.plugins.on_startup(command="build", dirty=dirty)
            build(config, dirty=dirty)
        except Abort:
            said = (record.getMessage() for record in self.caplog.records)
            return "\n".join(text for text in said if not text.startswith("Error reading page"))
        return ""

    def checked(self, path: str = "docs") -> str:
        """What the command says beside the lines of verdicts; empty where it ends well."""
        main(["check", path, "--json", "told.json"])
        told = json.loads(Path("told.json").read_text("utf-8"))
        return "\n".join(report["message"] for report in told if report["verdict"] != report["expected"])


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Site:
    monkeypatch.chdir(tmp_path)
    return Site(tmp_path, caplog)


def messages(said: str) -> list[str]:
    """The lines that begin a message; each is followed by its own."""
    return [line for line in said.splitlines() if line.startswith(("docs/", "mkdocs"))]


# A page below a good equation, what is said of it, and the page mended.
PAGES: list[tuple[str, str, str]] = [
    ("so \\(x\\) holds\n", "docs/index.md:5: \\( in the text", "so $x$ holds\n"),
    ("\\[x\\]\n", "docs/index.md:5: \\[ outside of a fence", "`\\[x\\]`\n"),
    ("$$x$$\n", "docs/index.md:5: a displayed formula without a label", "    $$x$$\n"),
    ("a\n\\begin{align}\nb\n\\end{align}\n", "docs/index.md:6: \\begin outside of a fence", "a\n"),
    ("costs $5 and $6\n", "docs/index.md:5: this $ opens or closes no formula", "costs \\$5 and \\$6\n"),
    ("a $x\n\ny$ b\n", "docs/index.md:5: this $ opens or closes no formula", "a $x$\n\n$x$ b\n"),
    (
        "| a | b |\n|--|--|\n| $x | x$ | c |\n",
        "docs/index.md:7: this $ opens or closes no formula",
        "| a | b |\n|--|--|\n| $x$ | `x$` |\n",
    ),
    ("a $`x`$\n", "docs/index.md:5: Markdown code inside a formula", "a $x$ `x`\n"),
    ("a \\frac{1}{2}\n", "docs/index.md:5: LaTeX outside of a formula", "a `\\frac{1}{2}`\n"),
    ("a $x${.b}\n", "docs/index.md:5: attributes right after a formula or a reference", "a $x$ b\n"),
    ("a $\\frc$\n", "docs/index.md:5: this formula can't be typeset", "<!-- $\\frc$ -->\n\na\n"),
    ("a $q$\n", "docs/index.md:5: `q` is a symbol that this page doesn't know", "a `$q$`\n"),
    ("see [](#bad)\n", "docs/index.md:5: there is no equation `bad` on this site", "see [](#good)\n"),
    ("see [](other.md#good)\n", "docs/index.md:5: a link without words", "see [](#good)\n"),
    ("## See [](#good)\n", "docs/index.md:5: a reference in a heading", "## See\n\n[](#good)\n"),
    ("# Good\n", "docs/index.md:1: the label `good` is the anchor of something else on this page", "# Good {#other}\n"),
    (
        "Good\n====\n",
        "docs/index.md:1: the label `good` is the anchor of something else on this page",
        "Good day\n===\n",
    ),
    ("## [Good](#good) ##\n", "docs/index.md:1: the label `good` is the anchor of something", "## A {#a}\n"),
    ("Text\n{#good}\n", "docs/index.md:1: the label `good` is the anchor of something", "Text\n{.good}\n"),
    ('<b id="good">a</b>\n', "docs/index.md:1: the label `good` is the anchor of something", "<b id='x'>a</b>\n"),
    ('--8<-- "nowhere.md"\n', "docs/index.md:5: there is no file `nowhere.md`", '```py\n--8<-- "double.py"\n```\n'),
    (
        '```math {#b expect="ill-formed"}\n\\frc\n```\n',
        "docs/index.md:6: equation `b` can't be typeset",
        '```math {#b expect="ill-formed"}\n1 = y_\n```\n'.replace("y_", "y"),
    ),
    ("```math {#b}\n\\frc\n```\n", "docs/index.md:6: equation `b` can't be typeset", "```math {#b}\n1 + 1 = 2\n```\n"),
    ("```math {#b}\n1 = 2\n```\n", "docs/index.md:6: equation `b` is false", "```math {#b}\n1 + 1 = 2\n```\n"),
    ("```math\n1 = 1\n```\n", "docs/index.md:5: this isn't the header of an equation", "```maple\n1 = 1\n```\n"),
]


@pytest.mark.parametrize(("text", "says", "mended"), [case for case in PAGES if case[1]])
def test_what_stops_one_stops_the_other(text: str, says: str, mended: str, site: Site) -> None:
    site.write("docs/index.md", GOOD + text)
    built, checked = site.built(), site.checked()
    assert built == checked
    assert len(messages(built)) == 1
    assert built.startswith(says)
    site.write("docs/index.md", GOOD + mended)
    assert (site.built(), site.checked()) == ("", "")


# What is in the page, the extension that reads it, and what is said without it.
MISSING = [
    ("!!! note\n\n" + INDENTED, "admonition", "docs/index.md:7: a fence that Markdown would show as code"),
    ("??? note\n\n" + INDENTED, "pymdownx.details", "docs/index.md:7: a fence that Markdown would show as code"),
    ("Term\n:   Meaning\n\n" + INDENTED, "def_list", "docs/index.md:8: a fence that Markdown would show as code"),
    ("a[^1]\n\n[^1]: b\n\n" + INDENTED, "footnotes", "docs/index.md:9: a fence that Markdown would show as code"),
]


@pytest.mark.parametrize(("text", "extension", "says"), MISSING)
def test_an_extension_that_is_missing(text: str, extension: str, says: str, site: Site) -> None:
    site.write("docs/index.md", GOOD + text)
    assert (site.built(), site.checked()) == ("", "")
    without = [line for line in EXTENSIONS.splitlines() if f"- {extension}" not in line]
    site.write("mkdocs.yml", CONFIG + "\n".join(without) + "\n")
    built = site.built()
    assert built.startswith(says)
    assert f"\n  add the line: - {extension}" in built
    assert site.checked() == built


def test_what_the_tool_cannot_do_without_is_added(site: Site) -> None:
    """Fences and includes are read, and a demonstration doesn't stand within its function."""
    demo = '```python {demo="a"}\n--8<-- "double.py:double"\n\n--8<-- "double.py:double-demo"\n```\n'
    site.write("docs/index.md", GOOD + "\n" + demo)
    lines = [line for line in EXTENSIONS.splitlines() if "superfences" not in line and "snippets" not in line]
    assert len(lines) == len(EXTENSIONS.splitlines()) - 2
    site.write("mkdocs.yml", CONFIG + "\n".join(lines) + "\n")
    assert (site.built(), site.checked()) == ("", "")
    assert "--8&lt;--" not in Path("site/index.html").read_text("utf-8")


def test_all_errors_are_said_and_counted(site: Site) -> None:
    site.write("docs/a.md", GOOD + "$$x$$\n\n\\(x\\)\n\n$q$ and $r$\n\n$\\frc$\n\n" + "```math {#b}\n1 = 2\n```\n")
    site.write("docs/b.md", "```math\n1 = 1\n```\n")
    site.write("docs/c.md", "[](#nowhere)\n\n" + GOOD)
    built = site.built()
    assert [line.split(": ")[0] for line in messages(built)] == [
        *("docs/a.md:5", "docs/a.md:7", "docs/a.md:9", "docs/a.md:9", "docs/a.md:11", "docs/a.md:14"),
        *("docs/b.md:1", "docs/c.md:1", "docs/c.md:3"),
    ]
    assert built.endswith("\n9 errors")
    assert site.checked() == built.removesuffix("\n9 errors")
    assert not list(Path("site").rglob("*.html"))


def test_a_page_alone_knows_its_project(site: Site) -> None:
    site.write("docs/deep/page.md", FENCE + "\n[](#good)\n")
    site.write("docs/index.md", GOOD)
    assert site.checked("docs/deep/page.md") == ""
    # The twin: a label that no page of the project has; and no page of another folder.
    site.write("elsewhere/other.md", GOOD.replace("good", "other"))
    site.write("docs/deep/page.md", FENCE + "\n[](#other)\n")
    assert "there is no equation `other`" in site.checked("docs/deep/page.md")


def test_a_page_of_no_site_looks_where_the_command_is_run(site: Site) -> None:
    Path("mkdocs.yml").unlink()
    site.write("a/page.md", FENCE + "\n[](#good)\n")
    assert "there is no equation `good`" in site.checked("a/page.md")
    site.write("b/other.md", GOOD)
    assert site.checked("a/page.md") == ""


# Configurations


def test_a_configuration_is_read_as_data(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGES", "pages")
    site.write(
        "base.yml",
        "docs_dir: docs\nplugins: [verimath]\nmarkdown_extensions:\n  pymdownx.snippets: {base_path: code}\n",
    )
    site.write(
        "mkdocs.en.yml",
        "INHERIT: base.yml\ndocs_dir: !ENV [PAGES, docs]\nhooks: [nowhere.py]\n"
        "markdown_extensions:\n  markdown.extensions.admonition: {}\n"
        "  emoji:\n    a: !!python/name:nowhere.emoji\n    b: !!python/object/apply:nowhere.f [1]\n    c: !new z\n",
    )
    site.write("pages/deep/a.md", FENCE)
    project = Projects().of("pages/deep/a.md")
    assert project is not None
    assert (project.config, project.docs.name, [path.name for path in project.snippets]) == (
        "mkdocs.en.yml",
        "pages",
        ["code"],
    )
    assert project.extensions is not None
    assert {"admonition", "pymdownx.snippets", "emoji", "tables"} <= project.extensions
    # The twin: the folder of another configuration, and one that none has.
    other = Projects().of("docs/a.md")
    assert other is not None
    assert other.config == "mkdocs.yml"
    assert Projects().of("elsewhere/a.md") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [\n", "mkdocs.yml:2: the configuration isn't YAML"),
        ("INHERIT: mkdocs.yml\n", "mkdocs.yml: there is no configuration `mkdocs.yml` to inherit from"),
        ("INHERIT: nowhere.yml\n", "mkdocs.yml: there is no configuration `nowhere.yml` to inherit from"),
        ("a: &a [*a]\n", "mkdocs.yml: the configuration never ends"),
        ("a: " + "[" * 5_000 + "\n", "mkdocs.yml: the configuration isn't YAML"),
    ],
)
def test_a_configuration_that_cannot_be_read(text: str, says: str, site: Site) -> None:
    site.write("docs/index.md", GOOD)
    site.write("mkdocs.yml", text)
    assert site.checked().startswith(says)
    # Of another language's, which may be anyone's, nothing is said.
    site.write("mkdocs.yml", CONFIG + EXTENSIONS)
    site.write("mkdocs.en.yml", text)
    assert site.checked() == ""


NAV = "nav:\n  - index.md\n  - More:\n      - A notebook: a.ipynb\n"
NOTEBOOK = (
    "mkdocs.yml:{line}: the notebook `a.ipynb` is in the navigation\n{excerpt}\n"
    "  nothing makes a page of it\n  list mkdocs-jupyter among the plugins, or write it as a Markdown page"
)


def test_a_notebook_in_the_navigation_that_nothing_reads_is_refused(site: Site) -> None:
    site.write("docs/index.md", GOOD)
    site.write("docs/a.ipynb", "{}")
    assert (site.built(), site.checked()) == ("", "")
    site.write("mkdocs.yml", CONFIG + NAV + EXTENSIONS)
    excerpt = "          - A notebook: a.ipynb\n" + " " * 24 + "^"
    assert site.built() == NOTEBOOK.format(line=7, excerpt=excerpt)
    assert site.checked() == site.built()


def test_arithmatex_is_refused_by_name(site: Site) -> None:
    site.write("docs/index.md", GOOD)
    site.write("mkdocs.yml", CONFIG + EXTENSIONS + "  - pymdownx.arithmatex: {generic: true}\n")
    assert site.built().startswith("mkdocs.yml:13: `pymdownx.arithmatex` is among markdown_extensions\n")
    assert site.checked() == site.built()


def test_anchors_are_those_of_markdown() -> None:
    from markdown.extensions.toc import slugify
    from pymdownx.slugs import slugify as made

    lower = made(case="lower")
    for words in ("Good", "L’écart à  la règle", "a_b c-d", "(x), 2.5 !", "  Ω et β ", "A <b>b</b>"):
        assert plain_slug(words, "-") == slugify(words, "-"), words
        assert unicode_slug(words, "-") == lower(words, "-"), words


# What only the build can see


def test_an_included_text_speaks_of_what_the_page_knows(site: Site) -> None:
    site.write("snippets/words.md", "so $x^2$ and $q^2$\n")
    site.write("docs/index.md", GOOD + '--8<-- "words.md"\n')
    built = site.built()
    assert built.startswith("docs/index.md: `q` is a symbol that this page doesn't know\n")
    assert site.checked() == ""
    site.write("snippets/words.md", "so $x^2$\n")
    assert site.built() == ""


INCLUDES = ['--8<-- "inner.md"\n', "--8<--\ninner.md\n--8<--\n", '--8<-- "outer.md"\n', '--8<-- "outer.md:part"\n']


@pytest.mark.parametrize("include", INCLUDES)
@pytest.mark.parametrize("held", [FENCE, "$$ 1 + 1 = 2 $$ {#a}\n", FENCE.replace("}", ' expects="x"}')])
def test_an_included_text_holds_no_equation(include: str, held: str, site: Site) -> None:
    site.write(
        "snippets/outer.md", 'a\n\n<!-- --8<-- [start:part] -->\n--8<-- "inner.md"\n<!-- --8<-- [end:part] -->\n'
    )
    site.write("docs/index.md", GOOD + include)
    site.write("snippets/inner.md", "words\n")
    assert site.built() == site.checked() == ""
    site.write("snippets/inner.md", "\n" + held)
    built, checked = site.built(), site.checked()
    assert built == checked
    assert "`inner.md`, which this page includes, holds " in built
    assert "write it in the page itself" in built
    # What is shown as code holds no equation.
    site.write("docs/index.md", GOOD + f"````text\n{include}````\n")
    assert site.built() == site.checked() == ""


def test_a_dirty_build_is_refused(site: Site) -> None:
    site.write("docs/index.md", GOOD)
    assert site.built() == ""
    assert site.built(dirty=True) == "verimath numbers the equations of all pages\n  build without --dirty"


HOOK = """
def on_post_page(output, page, config):
    return output.replace('</title>', '</title><span {attribute}="x" class="other">x</span>')
"""
# Written after all plugins have been heard.
LATE = """
import pathlib
from mkdocs.plugins import event_priority

@event_priority(-1000)
def on_post_build(config):
    pathlib.Path(config.site_dir, "feed.xml").write_text('&lt;span data-verimath-tex="x"')
"""


def test_a_formula_that_nothing_set_is_refused(site: Site) -> None:
    site.write("docs/index.md", GOOD + "a $x$\n")
    site.write("mkdocs.yml", CONFIG + "hooks: [hook.py]\n" + EXTENSIONS)
    site.write("hook.py", HOOK.format(attribute="data-tex"))
    assert site.built() == ""
    site.write("mkdocs.yml", CONFIG + "hooks: [bad.py]\n" + EXTENSIONS)
    site.write("bad.py", HOOK.format(attribute="data-verimath-tex"))
    assert site.built() == (
        "site/index.html: formulas that nothing set\n"
        "  another plugin made this page of others, or changed what stands for a formula in it\n"
        "  it can only be one of these: bad.py\n"
        "  leave this page out of what it writes, or list that plugin after verimath"
    )


def test_a_file_that_is_written_last_of_all_is_looked_at_too(site: Site) -> None:
    site.write("docs/index.md", GOOD)
    site.write("mkdocs.yml", CONFIG + "hooks: [late.py]\n" + EXTENSIONS)
    site.write("late.py", LATE)
    config = load_config("mkdocs.yml")
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    with pytest.raises(PluginError, match=r"site/feed.xml: formulas that nothing set\n.*\n.*late.py"):
        config.plugins.on_shutdown()
