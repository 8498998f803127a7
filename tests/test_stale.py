"""An edit of anything that a result depends on changes it: what is kept from run to run is never out of date."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Build
from verimath.cli import main
from verimath.code.company import Companies
from verimath.code.kernel import Work, read_by
from verimath.code.sections import Runs, run
from verimath.kept import tool
from verimath.kept.store import Drawer, Store
from verimath.latex import katex
from verimath.page import notebook
from verimath.page.page import read

BASE = """\
---
notation:
  - {symbol: a, code: a, meaning: a number}
  - {symbol: b, code: b, meaning: another}
---

The text.

```math {#base}
n \\in \\mathbb{N}^{*}, \\quad a, b \\in {]0, 1[}, \\quad x \\in \\mathbb{R}^{n}
```

```math {#shift}
c \\coloneqq a + 1
```

```math {#map}
f(t) \\coloneqq 2 t + c
```

```math {#sum}
s \\coloneqq \\sum_i x_i
```
"""
PAGE = """\
---
builds_on: [base.md]
---

A text with $c$.

```math {#above}
c > 1
```

```math {#value}
f(b) = 2 b + a + 1
```

```math {#slope}
\\frac{\\partial s}{\\partial x_j} = 1
```

```math {#wrong expect="false"}
c = a
```

```math {#product}
2 a b = b a + a b
```

```python {verifies="product"}
--8<-- "product.py:product"
```
"""
PRODUCT = """\
import helper
from pathlib import Path

# --8<-- [start:product]
def product(a, b):
    return helper.twice(a * b)
# --8<-- [end:product]
"""
FILES = {
    "docs/base.md": BASE,
    "docs/page.md": PAGE,
    "snippets/product.py": PRODUCT,
    "snippets/helper.py": "from deep.factor import FACTOR\n\n\ndef twice(x):\n    return FACTOR * x\n",
    "snippets/deep/factor.py": "FACTOR = 2\n",
    "mkdocs.yml": "docs_dir: docs\n",
}

# What is edited: the file, a pattern, and what takes its place. The first edit of each kind makes something wrong.
EDITS = {
    "its own formula": ("docs/page.md", "c > 1", "c > 2"),
    "a formula to another that holds": ("docs/page.md", "c > 1", "c > a"),
    "a definition below": ("docs/base.md", "a \\+ 1", "a - 1"),
    "a definition that the definition reads": ("docs/base.md", "\\]0, 1\\[", "]-2, 1["),
    "a function": ("docs/base.md", "2 t", "3 t"),
    "what a derivative derives": ("docs/base.md", "\\\\sum_i x_i", "\\\\sum_i x_i^2"),
    "a set": ("docs/base.md", "a, b \\\\in \\{\\]0, 1\\[\\}", r"a, b \\in \\mathbb{R}"),
    "a new name that takes a letter": (
        "docs/page.md",
        "```math {#above}",
        "```math {#j}\nj \\\\in \\\\mathbb{N}\n```\n\n\\g<0>",
    ),
    "what the page builds on": ("docs/page.md", "builds_on: .base.md.", "builds_on: []"),
    "how vectors lie": ("docs/page.md", "builds_on", "vectors: column\nbuilds_on"),
    "the notation": ("docs/base.md", "symbol: b, code: b", "symbol: c, code: b"),
    "a symbol in the text": ("docs/page.md", "\\$c\\$", "$q$"),
    "a formula in the text": ("docs/page.md", "\\$c\\$", r"$\\frc$"),
    "a reference": ("docs/page.md", "A text", "A text [](#nowhere)"),
    "what an equation is expected to be": ("docs/page.md", ' expect="false"', ""),
    "a label that another page refers to": ("docs/base.md", "#shift", "#shifted"),
    "a snippet": ("snippets/product.py", "a \\* b", "a + b"),
    "the fence of a snippet": ("docs/page.md", "product.py:product", "product.py:other"),
    "a module that a snippet imports": ("snippets/helper.py", "FACTOR \\* x", "FACTOR + x"),
    "a module that a module imports": ("snippets/deep/factor.py", "2", "3"),
    "lines above a formula that is refused": ("docs/page.md", "A text", "One more line.\n\nA text"),
    "lines above a definition that is refused": ("docs/base.md", "The text.", "The text.\n\nOne more line."),
    "a space in a formula": ("docs/page.md", "c = a", " c = a"),
}


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VERIMATH_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    write(tmp_path, FILES)
    katex.forget()
    return tmp_path


@pytest.fixture
def said(root: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """A function that checks the pages and returns all that is said, the file of verdicts included."""

    def check(*options: str) -> str:
        # Each run is one of a new process.
        katex.forget()
        capsys.readouterr()
        code = main(["check", "docs", "--json", "verdicts.json", *options])
        return f"{code}\n{capsys.readouterr().out}\n{(root / 'verdicts.json').read_text()}"

    return check


def edited(name: str, pattern: str, new: str | Callable[[re.Match[str]], str]) -> None:
    text, count = re.subn(pattern, new, Path(name).read_text("utf-8"), count=1)
    assert count, pattern
    Path(name).write_text(text, "utf-8")


def test_what_is_kept_says_what_is_computed(said: Callable[..., str]) -> None:
    computed = said("--no-cache")
    assert computed.startswith("0\n")
    assert not Path("cache").exists()
    assert said() == computed
    assert [*Path("cache").iterdir()]
    assert said() == computed


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_changes_what_depends_on_it(said: Callable[..., str], kind: str) -> None:
    before = said()
    name, pattern, new = EDITS[kind]
    text = Path(name).read_text("utf-8")
    edited(name, pattern, new)
    assert said() == said("--no-cache")
    # Twice: what the first run has kept is right, too.
    assert said() == said("--no-cache")
    Path(name).write_text(text, "utf-8")
    assert said() == before


# What leaves the exit code as it was changes what is said, or nothing.
HARMLESS = {
    "a formula to another that holds",
    "what the page builds on",
    "how vectors lie",
    "lines above a formula that is refused",
    "lines above a definition that is refused",
    "a space in a formula",
    "a label that another page refers to",
}


@pytest.mark.parametrize("kind", [kind for kind in EDITS if kind not in HARMLESS])
def test_these_edits_make_something_wrong(said: Callable[..., str], kind: str) -> None:
    assert said("--no-cache").startswith("0\n")
    edited(*EDITS[kind])
    assert said("--no-cache").startswith("1\n")


@pytest.mark.parametrize(
    "options", [["--seed", "1"], ["--trials", "40"], ["--label", "value"], ["--snippets", "other"]]
)
def test_an_option_changes_what_depends_on_it(said: Callable[..., str], options: list[str]) -> None:
    before = said()
    assert said(*options) == said("--no-cache", *options) != before
    assert said() == before


def test_a_file_that_a_snippet_reads_is_looked_at(said: Callable[..., str]) -> None:
    edited("snippets/product.py", "helper.twice", "float(Path(__file__).with_name('two.txt').read_text()) *")
    Path("snippets/two.txt").write_text("2")
    assert said().startswith("0\n")
    Path("snippets/two.txt").write_text("3")
    assert said().startswith("1\n")


# What lies elsewhere, by how a program reads it: an expression that is worth 2 or 3.
ELSEWHERE = {
    "a file": "float((Path(__file__).parents[1] / 'elsewhere/two.txt').read_text())",
    "a file that isn't there yet": "3 if missing() else 2",
    "a folder": "len(sorted((Path(__file__).parents[1] / 'elsewhere/listed').iterdir()))",
    "a variable": "float(os.environ['WORTH'])",
    "a module": "elsewhere_module.WORTH",
    "whether a file is there": "3 if os.path.exists(PLACE / 'late.txt') else 2",
    "whether it may be read": "3 if os.access(PLACE / 'late.txt', os.R_OK) else 2",
    "how long a file is": "1 + os.path.getsize(PLACE / 'two.txt')",
    "how long a listed file is": "1 + {each.name: each.stat().st_size for each in os.scandir(PLACE)}['two.txt']",
    "a file in an opened folder": "float(os.read(os.open('two.txt', 0, dir_fd=os.open(PLACE, 0)), 1))",
    "an opened folder": "len(os.listdir(os.open(PLACE / 'listed', 0)))",
    "what another program reads": "float(os.popen(f'cat {PLACE}/two.txt').read())",
    "what a library reads": "float(getenv(b'WORTH'))",
    "all variables": "float(dict(os.environ)['WORTH'])",
    "a copy of all variables": "float({**os.environ}['WORTH'])",
    "how many variables there are": "2 + ('WORTH=3' in [*map('='.join, os.environ.items())])",
    "a variable in bytes": "float(os.environb[b'WORTH'])",
    "a variable of the system": "float(posix.environ[b'WORTH'])",
    "a file by the system": "1 + posix.stat(PLACE / 'two.txt').st_size",
    "the time zone": "2 if time.localtime(0).tm_hour == 0 else 3",
}
HEAD = """\
import ctypes, os, posix, time
getenv = ctypes.CDLL(None).getenv if {by_library} else None
if getenv:
    getenv.restype = ctypes.c_char_p
PLACE = Path(__file__).parents[1] / "elsewhere"
"""
MISSING = """\
def missing():
    try:
        return open(Path(__file__).parents[1] / "elsewhere/late.txt").read()
    except OSError:
        return ""
"""


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_what_a_program_reads_elsewhere_is_looked_at(
    said: Callable[..., str], kind: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root / "elsewhere"))
    modules = "import elsewhere_module\n" if kind == "a module" else ""
    edited("snippets/product.py", "import helper\n", f"{modules}import helper\n")
    worth = f"{HEAD.format(by_library='getenv' in ELSEWHERE[kind])}{MISSING}WORTH = {ELSEWHERE[kind]}\n"
    edited("snippets/product.py", "\n# --8<-- .start", lambda found: f"\n{worth}{found[0]}")
    edited("snippets/product.py", r"helper.twice\(a \* b\)", "WORTH * a * b")
    worth_two = {"two.txt": "2", "elsewhere_module.py": "WORTH = 2", "listed/a": "", "listed/b": ""}
    write(root / "elsewhere", worth_two)
    monkeypatch.setenv("WORTH", "2")
    monkeypatch.setenv("TZ", "UTC0")
    # The first run notes it, the second one keeps what came of it, the third one finds that.
    assert [said().partition("\n")[0] for _ in range(3)] == ["0"] * 3
    worth_three = {"two.txt": "3 ", "late.txt": "3", "elsewhere_module.py": "WORTH = 3\n", "listed/c": ""}
    write(root / "elsewhere", worth_three)
    monkeypatch.setenv("WORTH", "3")
    monkeypatch.setenv("TZ", "JST-9")
    assert said() == said("--no-cache")
    assert said().startswith("1\n")


def test_what_a_program_has_read_elsewhere_does_not_hinder_keeping(
    said: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edited("snippets/product.py", "import helper\n", "import os\nimport helper\nWORTH = os.environ.get('WORTH')\n")
    found = [said(), said()]
    monkeypatch.setattr("verimath.report.findings.planned", lambda *_: pytest.fail("it is called again"))
    assert said() == found[0] == found[1]


def test_what_a_program_that_is_shown_has_read_makes_no_snippet_be_called_again(
    said: Callable[..., str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "import os\n\n# --8<-- [start:it]\nprint(os.environ.get('WORTH'))\n# --8<-- [end:it]\n"
    fence = '```python {demo="shown"}\n--8<-- "shown.py:it"\n```\n'
    write(root, {"snippets/shown.py": source, "docs/page.md": f"{PAGE}\n{fence}"})
    found = said()
    [shown] = read("page.md", fence).snippets
    assert Runs(Store(root / "cache")).show(shown, [root / "snippets"]).output == "None"
    program = (root / "snippets" / "shown.py").resolve()
    companies = Companies(Store(root / "cache"))
    assert companies.of(program) != companies.alone(program)
    monkeypatch.setattr("verimath.report.findings.planned", lambda *_: pytest.fail("it is called again"))
    assert said() == found


def test_what_a_program_prints_of_elsewhere_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printing = "print((Path(__file__).parents[1] / 'two.txt').read_text())"
    source = f"from pathlib import Path\n\n# --8<-- [start:it]\n{printing}\n# --8<-- [end:it]\n"
    write(tmp_path, {"programs/shown.py": source, "two.txt": "2"})
    text = '```python {demo="shown"}\n--8<-- "shown.py:it"\n```\n'
    [shown] = read("page.md", text).snippets

    def printed() -> str:
        return Runs(Store(tmp_path / "kept")).show(shown, [tmp_path / "programs"]).output

    assert printed() == "2"
    # What hasn't changed since it ran is believed at once.
    with monkeypatch.context() as patched:
        patched.setattr("verimath.code.sections.run", lambda *_: pytest.fail("it is run again"))
        assert printed() == "2"
    write(tmp_path, {"two.txt": "3"})
    assert [printed() for _ in range(3)] == ["3"] * 3


# What a program of its own asks of a library or of another program, nobody hears; what a package or the tool asks for
# itself is known by these.
HEARD = {
    "a package of libraries": ("import mpmath, numpy", True),
    "the tool": ("from verimath.latex.katex import tree\ntree('x', True)", True),
    "a library": ("import ctypes\nctypes.CDLL(None).getenv", False),
    "a library that is loaded": ("import ctypes\nctypes.pythonapi.Py_GetVersion", False),
    "another program": ("import subprocess, sys\nsubprocess.run([sys.executable, '-c', ''])", False),
}


@pytest.mark.parametrize(("source", "is_kept"), HEARD.values(), ids=[*HEARD])
def test_what_is_not_heard_is_not_kept(tmp_path: Path, source: str, is_kept: bool) -> None:
    program = tmp_path / "programs" / "shown.py"
    write(tmp_path, {"programs/shown.py": f"{source}\nprint(2)\n"})
    found = run(program, program.read_bytes())
    assert "".join(text for _, text in found.printed) == "2\n"
    assert Companies(Store(tmp_path / "kept")).note(program, found.read, found.began) is is_kept


def test_what_a_program_has_read_is_noted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What isn't kept, as it asks another program, is asked for as often as it is shown."""
    noted: list[Path] = []
    note = Companies.note

    def noting(companies: Companies, path: Path, read: list[tuple[str, str]], since: float) -> bool:
        noted.append(path)
        return note(companies, path, read, since)

    monkeypatch.setattr(Companies, "note", noting)
    source = f"# --8<-- [start:it]\n{HEARD['another program'][0]}\nprint(2)\n# --8<-- [end:it]\n"
    write(tmp_path, {"programs/shown.py": source})
    [shown] = read("page.md", '```python {demo="shown"}\n--8<-- "shown.py:it"\n```\n').snippets
    runs = Runs(Store(tmp_path / "kept"))
    assert [runs.show(shown, [tmp_path / "programs"]).output for _ in range(3)] == ["2"] * 3
    assert noted == [tmp_path / "programs" / "shown.py"]


def test_a_module_that_takes_another_s_place_is_looked_at(said: Callable[..., str]) -> None:
    assert said().startswith("0\n")
    write(Path(), {"snippets/helper/__init__.py": "def twice(x):\n    return x\n"})
    assert said() == said("--no-cache")
    assert said().startswith("1\n")


def test_a_page_that_is_gone_is_missed(said: Callable[..., str]) -> None:
    edited("docs/page.md", "A text", "A text [](#shift)")
    assert said().startswith("0\n")
    Path("docs/base.md").rename("docs/below.md")
    assert said() == said("--no-cache")
    assert said().startswith("1\n")


def test_another_tool_believes_nothing(said: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    said()
    looked: list[object] = []
    computed = katex._answered

    def noted(*given: str) -> object:
        looked.append(given)
        return computed(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(katex, "_answered", noted)
    said()
    assert not looked
    monkeypatch.setattr("verimath.kept.store.tool", lambda: "another")
    said()
    assert looked


def test_what_is_wrong_is_found_anew(said: Callable[..., str], root: Path) -> None:
    edited("docs/page.md", "c > 1", "c > 2")
    before = said()
    assert before.startswith("1\n")
    kept = b"".join(path.read_bytes() for path in (root / "cache").iterdir())
    assert b"correct the formula" in kept  # the one that is expected
    assert said() == before


def test_a_run_that_is_broken_off_leaves_what_is_right(
    said: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("verimath.kept.store.Store.sweep", stop)
        with pytest.raises(KeyboardInterrupt):
            said()
    assert said() == said("--no-cache")


SHOWN = """\
```math {#number}
x \\in \\mathbb{R}
```

```math {#double}
2 x = x + x
```

```math {#wrong expect="false"}
2 x = 3 x
```

Of $x$, [](#double) says more.

```python {demo="double-demo"}
--8<-- "double.py:double"

--8<-- "double.py:double-demo"
```
"""
OTHER = "---\nbuilds_on: [index.md]\n---\n\nOf $x$, [](#wrong) is no more.\n"


def test_a_site_is_the_same_from_what_is_kept(
    build_site: Build, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def built() -> dict[str, str]:
        katex.forget()
        return build_site({"index.md": SHOWN, "other.md": OTHER}, check=True)

    computed = built()
    monkeypatch.setenv("VERIMATH_CACHE", str(tmp_path / "cache"))
    assert built() == computed
    monkeypatch.setattr(katex, "_answered", None)
    monkeypatch.setattr("verimath.code.sections.run", None)
    assert built() == computed
    # The twin: what isn't kept is computed.
    monkeypatch.setenv("VERIMATH_CACHE", "")
    with pytest.raises(TypeError, match="not callable"):
        built()


def test_the_tool_s_own_sources_are_known() -> None:
    assert tool.tool() is not None
    assert (ROOT / "src" / "verimath") == tool.PACKAGE


# What a program that only computes doesn't import is no matter; what any other may read is.
QUIET = "import numpy as np\nfrom helper import twice\n\n\ndef f(x):\n    return twice(x)\n"
BESIDE = {
    "helper.py": "from deep.factor import FACTOR\n\n\ndef twice(x):\n    return FACTOR * x\n",
    "deep/factor.py": "FACTOR = 2\n",
    "other.py": "X = 1\n",
    "numbers.csv": "1\n",
}


@pytest.mark.parametrize(
    ("source", "name", "counts"),
    [
        (QUIET, "program.py", True),
        (QUIET, "helper.py", True),
        (QUIET, "deep/factor.py", True),
        (QUIET, "deep/table.csv", True),
        (QUIET, "other.py", False),
        (QUIET, "numbers.csv", False),
        # What takes the place of what it imports, or of what NumPy does.
        (QUIET, "helper/__init__.py", True),
        (QUIET, "helper.so", True),
        (QUIET, "random.py", True),
        (QUIET, "numpy.py", True),
        *(
            (f"{line}\n{QUIET}", name, True)
            for line in (
                "open('numbers.csv')",
                "from pathlib import Path",
                "import linecache",
                "np.loadtxt('numbers.csv')",
                "np.load",
                "from numpy import genfromtxt as g",
                "np.random._pickle.sys",
                "getattr(np, 'lo' + 'ad')",
                "eval('o' + 'pen')",
                "f.__globals__['__builtins__']",
                "from typing import sys",
                "import statistics as s, matplotlib",
                "from operator import attrgetter",
                "import string\nstring.Formatter().get_field('0.__globals__', (f,), {})",
                "match f:\n    case object(__globals__=found):\n        pass",
                "a syntax error",
            )
            for name in ("other.py", "numbers.csv")
        ),
    ],
)
def test_a_program_depends_on_what_it_may_read(tmp_path: Path, source: str, name: str, counts: bool) -> None:
    write(tmp_path, {**BESIDE, "program.py": source})
    before = Companies().of(tmp_path / "program.py")
    assert Companies().of(tmp_path / "program.py") == before
    write(tmp_path, {name: f"{BESIDE.get(name, '')}# changed\n{source if name == 'program.py' else ''}"})
    assert (Companies().of(tmp_path / "program.py") != before) == counts


def test_a_module_that_a_program_imports_may_read_files(tmp_path: Path) -> None:
    write(tmp_path, {**BESIDE, "program.py": QUIET, "deep/factor.py": "FACTOR = float(open('numbers.csv').read())\n"})
    before = Companies().of(tmp_path / "program.py")
    write(tmp_path, {"numbers.csv": "2\n"})
    assert Companies().of(tmp_path / "program.py") != before


@pytest.mark.parametrize(
    ("source", "counts"),
    [
        ("1 + 1", False),
        ("open('site.css')", True),
        ("[*Path('.').glob('*')]", True),
        ("Path('.').iterdir()", True),
        ("1 + 1  # as site.css has it, see *.css", False),
        ("x = '#', open('site.css')", True),
        ("x = f'''#{1}''' 'site.css'", True),
        # What can't be read counts as it stands.
        ("%magic\n(  # site.css", True),
    ],
)
def test_a_notebook_depends_on_a_style_sheet_that_it_speaks_of(tmp_path: Path, source: str, counts: bool) -> None:
    write(tmp_path, {"site.css": "a", "data.csv": "b"})
    found = {path.name for path in read_by([source], [tmp_path])}
    assert found == ({"site.css"} if counts else set()) | {"data.csv"}


def test_a_notebook_depends_on_the_folder_that_takes_a_module_s_place(tmp_path: Path) -> None:
    write(tmp_path, {"helper.py": "", "helper/__init__.py": ""})
    found = {path.relative_to(tmp_path).as_posix() for path in read_by(["import helper"], [tmp_path])}
    assert found == {"helper.py", "helper/__init__.py"}


@pytest.mark.parametrize(
    ("source", "name", "counts"),
    [
        ("1", "data.csv", True),
        ("1", "deep/data.csv", False),
        ("open('deep/data.csv')", "deep/data.csv", True),
        ("Path('deep') / 'data.csv'", "deep/data.csv", True),
        ("1", "../data.csv", False),
        ("open('../data.csv')", "../data.csv", True),
        ("'/'.join(['..', '/tmp'])", "../data.csv", False),
        # What an editor leaves, which comes and goes with an edit of a page.
        ("1", "page.md~", False),
        ("1", "#page.md#", False),
        ("1", "page.md.bak", False),
        ("open('page.md~')", "page.md~", True),
    ],
)
def test_a_notebook_depends_on_what_it_speaks_of(tmp_path: Path, source: str, name: str, counts: bool) -> None:
    file = tmp_path / "docs" / "n.py"
    write(file.parent, {"n.py": f"# %% [markdown]\n# Text.\n\n# %%\n{source}\n", "deep/other.csv": "", "page.md": ""})

    def key() -> str:
        return Work(str(file), notebook.read(str(file), file.read_text()).cells, [], Drawer(None)).key("", False)

    before = key()
    assert key() == before
    write(file.parent, {name: "1"})
    assert (key() != before) == counts
