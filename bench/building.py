"""What a site costs to build: processor time and memory, beside other tools, and after an edit.

Sites of 10, 100 and 1,000 pages with ten equations and a snippet each are built by plain Material, which shows the
equations as text, by arithmatex, by Sphinx with KaTeX (where another Python has it), and by verimath: without its
checks, with all of them, and again with nothing changed. Before, this project's own site: beside plain Material on the
same pages, and rebuilt within one process, as `mkdocs serve` does, after an edit of each kind and after that is undone.

What was found, and what bounds it where a goal isn't reached, on two cores that others used too (ratios, which bear
that better; all with their bytecode, which a package in a working copy may lack):

- Nothing changed, this site: 1.8 to 2.1 times plain Material with mkdocs-jupyter, 1.5 were the goal; it was 1.35 to 1.5
  before finished pages were made lighter (`spared`), which each build does anew.
- Ten pages: 1.8 to 2.6 times Material unchecked, at the median 2.1, 2 were the goal; in the same rounds it was 2.2
  before records were made sooner. A program's copy took 45 to 65 ms, most of them to take apart what it was copied
  from; NumPy and mpmath, 130 ms, are loaded where something is computed. Of the imports, 0.27 s, a third was what
  Python writes for each of 200 frozen dataclasses; of the 0.19 s that are left, regular expressions are 0.05, and of
  the 180 modules none stands out. Checked, 7.5 to 9.0, at the median 8.5, of which 4 were the goal; in the same rounds
  it was 9.2 before numbers of many digits were made once where they are equal, and sums with 0 sooner. Most of it are
  the checks themselves; a tenth, the calls of ten snippets. Sphinx with KaTeX: 1.2.
  In three later rounds of two versions, which can't be told apart: 1.7 to 3.1 unchecked, at the median 1.7; 6.1 to 8.4
  checked, at the median 7.4.
- Tried there: not to compile anew, in each copy, what calls a snippet, 7 of its 60 ms, and as much once for all; to
  write functions for expressions after 3, 6 or 24 evaluations, not 12, which gains nothing that can be told from noise.
- Rebuilt in one process, nothing changed: 0.6 s beyond Material before that; so is a word in a page, 1 were the goal.
  What is beyond Material is what we do on each page, all of which MkDocs makes again. Anew, on a machine so loaded that
  Material alone took 4.2 to 5.4 s: 5.8 with nothing changed, 6.9 to 7.0 with a word.
- A line of the style sheet took as long as nothing, 0.3 s were the goal. Since it is put into the site, and no page is
  built for it: 0.35 and 0.49 s, 0.21 and 0.24 where undone, while Material took 3.9 to 5.1; checks have no part
  in it. A notebook ran again whose programs spoke of the sheet in a comment; rounds that made the same edit again hid
  that.
  Then all that lies beside the configuration was looked through for it, which newer versions of watchdog led to: 6.2,
  as long as a word. Without that again 0.33, and 0.11 where undone, while Material took 3.9.
- A word, later: 6.2 to 9.0 s, where Material took 3.6. Each build ran three programs again, as libraries that packages
  load were taken for what nobody hears; and a first edit after a commit changed what all pages say of it. Without these
  6.4, and 7.5 to 8.1 where a wrong claim is undone: 2 to 4 beyond Material.
  Anew, four pairs on a busy machine: 0.8 to 3.1 s beyond Material, at the median 1.7, and 1.1 to 1.3 with nothing
  changed. Under a profiler, of 14.8 s with a word: looking through and finishing the built site 1.9, reading and
  checking pages 1.5, what pages need of each other 1.0, Markdown and context of each page 0.8 and 0.7; no function
  stands out. 1.3 were no work but waiting, for an older site to be deleted: 0.5 to 0.7 s of the clock at each edit,
  which processor time doesn't show, and which a reader, of a style sheet too, no longer waits for.
  The first edit after a check from nothing took 23 and 24 s, since programs that are shown had read by then what they
  hadn't before, and every snippet was called again. Without that 9.2, as those after it: 8.5 to 11.2 on that machine.
- Further edits, beyond nothing: 2.6 s for a claim in a page that most build on, 3.7 for a definition there, 12 for a
  comment in a program that others import; none of it where the edit is undone.
- Memory: 300 pages are checked in 209 MB, 400 in 236, and 300 built again in 120 where nothing changed; 1,000 are built
  unchecked in 230 MB, in 2.3 times Material's time. Of checked pages, it is the names of those that aren't done yet,
  0.1 MB a page: of 1,000, 241 MB were taken before the first was checked, and 268 when 146 were. They weren't checked
  to the end.
- A build from nothing of the pages of before there was any keeping: 1.14 times as long as then, 0.45 were the goal; a
  check of them 0.98 and 1.13 times in two rounds, 0.4 were the goal; what came since, bounds, structured trials,
  programs called twice, is in it. Ten pages: of 41 s under a profiler, trials take 13, hunts 12, edges 3; mpmath with
  gmpy2 gains 3 to 5 %. Tried: to share, between a trial and one that is moved, what doesn't move, which gains nothing.

All take turns; printed are medians of processor time over the rounds, and of each round's ratio to Material. What is
kept from run to run lies in a folder that is thrown away. Run as `python -m bench.building`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.checking import TEN

ROOT = Path(__file__).parent.parent
SIZES = (10, 100, 1000)
ROUNDS = 3
CLAIM = "z_j = \\sum_{i=1}^{m} x_i a_{ij}"
CONFIG = """\
site_name: Bench
theme: {{name: material, font: false}}
plugins: [search{plugin}]
markdown_extensions:
  - attr_list
  - pymdownx.highlight
  - pymdownx.snippets: {{base_path: [{snippets}]}}
  - pymdownx.superfences
{more}"""
SNIPPET = """\
import numpy as np


# --8<-- [start:product]
def product(x, A):
    return x @ A
# --8<-- [end:product]


if __name__ == "__main__":
    # --8<-- [start:demo]
    print("product:", product(np.array([1.0, 2.0]), np.eye(2)))
    # --8<-- [end:demo]
"""
NOTATION = """\
---
notation:
  - {symbol: x, code: x, meaning: a row}
  - {symbol: A, code: A, meaning: a matrix}
---

"""
INCLUDES = '--8<-- "product_{k}.py:product"\n\n--8<-- "product_{k}.py:demo"\n'
EDITS = {
    "nothing": ("", "", ""),
    "a word in a page that nothing builds on": ("docs/fr/errata.md", "\n# ", "\n# Un mot. "),
    "a word in the page that most build on": ("docs/fr/softmax.md", "\n## ", "\nUn mot.\n\n## "),
    "a line of the style sheet": ("docs/assets/site.css", "\n}", "\n  /* a line */\n}"),
    "a claim": ("docs/fr/softmax.md", r"(S_i - S_j) (a_i - a_j)", r"(S_j - S_i) (a_j - a_i)"),
    "a definition": ("docs/fr/softmax.md", r"\sum_{k} e^{a_k}, \qquad S_i", r"\sum_{j} e^{a_j}, \qquad S_i"),
    "a comment in a snippet": ("snippets/softmax.py", "import numpy as np\n", "import numpy as np  # a comment\n"),
}


@dataclass(frozen=True)
class Cost:
    """What one command took: seconds of processor time with all that it started, and the largest process, in MB."""

    seconds: float
    memory: float


def alike() -> dict[str, str]:
    """The environment of each process that is measured.

    All tools may keep their bytecode: what is installed has it in any case, a package that lies in a working copy only
    where that may be written.
    """
    found = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = [str(ROOT), *(str(Path(path or ".").absolute()) for path in sys.path)]
    return {**found, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(paths)}


def run(command: list[str], folder: Path, cache: Path) -> Cost:
    """Run a command to its end.

    Raises:
        SystemExit: where it fails.
    """
    environment = {**alike(), "VERIMATH_CACHE": str(cache)}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        if code := os.waitstatus_to_exitcode(status):
            said.seek(0)
            sys.exit(f"{' '.join(command)} in {folder}: {code}\n{said.read().decode()}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def mkdocs(folder: Path, cache: Path, config: str) -> Cost:
    """Build a site from nothing but what is kept."""
    shutil.rmtree(folder / "site", ignore_errors=True)
    return run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", config], folder, cache)


# Sites of many pages


def write_site(folder: Path, pages: int) -> None:
    """A site of so many pages, for each tool as it wants it."""
    for name in ("docs", "plain", "arithmatex", "sphinx", "snippets"):
        (folder / name).mkdir(parents=True)
    (folder / "index.md").write_text("# Start\n")
    for name in ("docs", "plain", "arithmatex"):
        (folder / name / "index.md").write_text("# Start\n")
    listed = "\n".join(f"   page-{page:04}" for page in range(pages))
    (folder / "sphinx" / "index.rst").write_text(f"Start\n=====\n\n.. toctree::\n\n{listed}\n")
    (folder / "sphinx" / "conf.py").write_text('extensions = ["sphinxcontrib.katex"]\nkatex_prerender = False\n')
    for page in range(pages):
        equations, name = TEN.format(k=page), f"page-{page:04}"
        title, code = f"# Page {page}\n", INCLUDES.format(k=page)
        (folder / "snippets" / f"product_{page}.py").write_text(SNIPPET)
        tied = f'```python {{verifies="components-{page}"}}\n{code}```\n'
        (folder / "docs" / f"{name}.md").write_text(f"{NOTATION}{title}{equations}\n{tied}")
        (folder / "plain" / f"{name}.md").write_text(f"{title}{equations}\n```python\n{code}```\n")
        texts = [part.partition("\n")[2].rpartition("\n")[0] for part in equations.split("```math")[1:]]
        texts = [text.partition("\n```")[0] for text in texts]
        dollars = "".join(f"$$\n{text}\n$$\n\n" for text in texts)
        (folder / "arithmatex" / f"{name}.md").write_text(f"{title}{dollars}\n```python\n{code}```\n")
        directives = "".join(f".. math::\n\n   {text}\n\n" for text in texts)
        included = f".. literalinclude:: ../snippets/product_{page}.py\n"
        (folder / "sphinx" / f"{name}.rst").write_text(f"Page {page}\n{'=' * 10}\n\n{directives}{included}")
    for config, docs, plugin, more in (
        ("material", "plain", "", ""),
        ("arithmatex", "arithmatex", "", "  - pymdownx.arithmatex: {generic: true}\n"),
        ("unchecked", "docs", ", {verimath: {check: false}}", ""),
        ("checked", "docs", ", verimath", ""),
    ):
        text = CONFIG.format(plugin=plugin, snippets=folder / "snippets", more=f"{more}docs_dir: {docs}\n")
        (folder / f"{config}.yml").write_text(text)


def candidates(folder: Path, sphinx: str) -> dict[str, Callable[[], Cost]]:
    """The tools, Material first; each builds the site once."""
    nothing, kept = folder / "nothing", folder / "kept"

    def afresh(config: str) -> Cost:
        shutil.rmtree(nothing, ignore_errors=True)
        return mkdocs(folder, nothing, config)

    found = {
        "Material, equations as text": lambda: afresh("material.yml"),
        "arithmatex": lambda: afresh("arithmatex.yml"),
        "Sphinx with KaTeX": lambda: run([sphinx, "-m", "sphinx", "-qE", "sphinx", "html"], folder, nothing),
        "verimath, unchecked": lambda: afresh("unchecked.yml"),
        "verimath": lambda: afresh("checked.yml"),
        "verimath, nothing changed": lambda: mkdocs(folder, kept, "checked.yml"),
    }
    imports = [sphinx, "-c", "import sphinxcontrib.katex"]
    if not sphinx or subprocess.run(imports, capture_output=True, check=False).returncode:
        del found["Sphinx with KaTeX"]
    return found


def compared(found: dict[str, Callable[[], Cost]], rounds: int) -> Iterator[str]:
    """Lines of a table: all take turns, and each round has its own ratios to the first."""
    costs: dict[str, list[Cost]] = {name: [] for name in found}
    for _ in range(rounds):
        for name, build in found.items():
            costs[name].append(build())
    yield f"{'':32} {'CPU s':>8} {'ratio':>7} {'MB':>6}"
    first = next(iter(costs.values()))
    for name, listed in costs.items():
        seconds = statistics.median(cost.seconds for cost in listed)
        ratio = statistics.median(one.seconds / other.seconds for one, other in zip(listed, first, strict=True))
        yield f"{name:32} {seconds:8.2f} {ratio:7.2f} {max(cost.memory for cost in listed):6.0f}"


# This site


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of this project's site."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("docs", "snippets"):
            shutil.copytree(ROOT / part, folder / part)
        text = (ROOT / "mkdocs.yml").read_text("utf-8")
        (folder / "mkdocs.yml").write_text(text, "utf-8")
        lines = text.split("\n")
        start = next(n for n, line in enumerate(lines) if line.strip() == "verimath:")
        depth = len(lines[start]) - len(lines[start].lstrip())
        end = next(
            n
            for n in range(start + 1, len(lines))
            if not lines[n].strip() or len(lines[n]) - len(lines[n].lstrip()) <= depth
        )
        # Without verimath, a notebook finds no snippets: it is shown, and not run.
        plain = "\n".join([*lines[:start], *lines[end:]]).replace("execute: true", "execute: false")
        (folder / "plain.yml").write_text(plain, "utf-8")
        yield folder


def of_this_site(folder: Path) -> dict[str, Callable[[], Cost]]:
    """Builds of this site, plain Material's first."""
    nothing, kept = folder / "nothing", folder / "kept"

    def cold() -> Cost:
        shutil.rmtree(nothing, ignore_errors=True)
        return mkdocs(folder, nothing, "mkdocs.yml")

    mkdocs(folder, kept, "mkdocs.yml")
    return {
        "Material, equations as text": lambda: mkdocs(folder, nothing, "plain.yml"),
        "verimath": cold,
        "verimath, nothing changed": lambda: mkdocs(folder, kept, "mkdocs.yml"),
    }


def serve(config: str) -> None:
    """Serve a site in this process, and print as JSON how much processor time each edit takes till it is served anew.

    It is `mkdocs serve`, of which only the waiting is left out: for a file to change, and for who reads.
    """
    from mkdocs.commands import serve as command

    class Server(command.LiveReloadServer):  # type: ignore[misc, name-defined]
        def serve(self, **_: object) -> None:
            print(json.dumps(edited(self.builder)))

    command.LiveReloadServer = Server  # type: ignore[attr-defined]
    command.serve(config, dev_addr="127.0.0.1:0")


def edited(build: Callable[[], None]) -> dict[str, tuple[float, float]]:
    """What it costs to build the site in this folder after each edit, and after that is undone."""

    def rebuilt() -> float:
        start = os.times()
        build()
        end = os.times()
        return sum(end[:4]) - sum(start[:4])

    found: dict[str, tuple[float, float]] = {}
    for kind, (name, old, new) in EDITS.items():
        text = Path(name).read_text("utf-8") if name else ""
        if name:
            assert old in text, kind
            Path(name).write_text(text.replace(old, new, 1), "utf-8")
        changed = rebuilt()
        if name:
            Path(name).write_text(text, "utf-8")
        found[kind] = changed, rebuilt()
    return found


def edits(folder: Path, rounds: int) -> Iterator[str]:
    """Lines of a table: what each edit costs, and that it is undone, beyond plain Material's own rebuild."""
    found: dict[str, list[dict[str, list[float]]]] = {"plain.yml": [], "mkdocs.yml": []}
    for turn in range(rounds):
        # What earlier rounds have kept of an edit would make of it one that is known.
        served = folder / f"served-{turn}"
        shutil.copytree(folder / "kept", served)
        for config, listed in found.items():
            command = [sys.executable, "-m", "bench.building", "--serve", config]
            environment = {**alike(), "VERIMATH_CACHE": str(served)}
            said = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
            listed.append(json.loads(said.stdout.splitlines()[-1]))
    yield f"{'':42} {'CPU s':>8} {'beyond':>8} {'undone':>8}"
    for kind in EDITS:
        ours = [each[kind] for each in found["mkdocs.yml"]]
        plain = statistics.median(seconds for each in found["plain.yml"] for seconds in each[kind])
        edited, undone = (statistics.median(each[n] for each in ours) for n in (0, 1))
        yield f"{kind:42} {edited:8.2f} {edited - plain:8.2f} {undone - plain:8.2f}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.building")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--sizes", type=int, nargs="*", default=[*SIZES])
    parser.add_argument("--sphinx", default="", metavar="PYTHON", help="one that has Sphinx and sphinxcontrib-katex")
    parser.add_argument("--serve", metavar="CONFIG", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    started = time.monotonic()
    with copied() as folder:
        print("This site, each build a process of its own")
        print("\n".join(compared(of_this_site(folder), options.rounds)), flush=True)
        print("\nThis site, rebuilt after an edit in one process; beyond: what plain Material takes")
        print("\n".join(edits(folder, options.rounds)), flush=True)
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as name:
            write_site(Path(name), size)
            found = candidates(Path(name), options.sphinx)
            found["verimath, nothing changed"]()
            print(f"\n{size} pages of ten equations and a snippet")
            print("\n".join(compared(found, options.rounds if size < max(SIZES) else 1)), flush=True)
    print(f"\n{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
