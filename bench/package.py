"""Builds the wheel and the sdist into dist/, and tries the wheel where there is nothing else.

`python -m bench.package` builds. `python -m bench.package --test` installs the wheel with what it asks for in an empty
environment of each Python at hand, without Node, with the oldest and with the newest NumPy that it allows, and there
checks a page, a false one, and builds a site. `python -m bench.package --examples` builds the sites under examples/,
and new ones, as their users do. Both need a registry of Python packages.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
HELD = ("katex.min.js", "katex.min.css", "VERSION", "fonts/KaTeX_Main-Regular.woff2")
VERSION = "import sys; print(sys.version_info >= (3, 11, 5) and '%d.%d' % sys.version_info[:2], sys.executable)"
PAGE = "# A page\n\n```math {{#number}}\nx \\in \\mathbb{{R}}\n```\n\n```math {{#claim}}\n{claim}\n```\n\nand $x^2$.\n"
PAGE += '\n```python {{verifies="claim"}}\n--8<-- "square.py:square"\n```\n'
SNIPPET = "# --8<-- [start:square]\ndef square(x):\n    return (x + 1) ** 2\n# --8<-- [end:square]\n"
CONFIG = "site_name: A site\ntheme: {name: mkdocs, highlightjs: false}\nplugins: [search, verimath: {policy: true}]\n"
CONFIG += "markdown_extensions: [pymdownx.superfences, pymdownx.snippets: {base_path: [snippets], check_paths: true}]\n"


@cache
def pythons() -> dict[str, str]:
    """The Pythons at hand that the package accepts, by their versions."""
    names = ["python3", *(f"python{version}" for version in PYTHONS)]
    roots = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")]
    names += [str(path) for root in roots for path in sorted(root.glob("3.*/bin/python3"))]
    found: dict[str, str] = {}
    for name in (sys.executable, *filter(None, map(shutil.which, names))):
        done = subprocess.run([name, "-c", VERSION], capture_output=True, text=True, check=False)
        version, _, path = done.stdout.strip().partition(" ")
        if done.returncode == 0 and version in PYTHONS:
            found.setdefault(version, path)
    return found


def build() -> None:
    """Build both, and see that KaTeX is inside."""
    shutil.rmtree(DIST, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "hatchling", "build", "--directory", str(DIST)], cwd=ROOT, check=True)
    with zipfile.ZipFile(wheel()) as archive:
        names = {*archive.namelist()}
    missing = [name for name in HELD if f"verimath/vendor/katex/{name}" not in names]
    if missing:
        sys.exit(f"the wheel lacks {', '.join(missing)} of KaTeX")


def wheel() -> Path:
    """The wheel that was built.

    Raises:
        FileNotFoundError: where none was.
    """
    found = next(iter(sorted(DIST.glob("*.whl"))), None)
    if found is None:
        raise FileNotFoundError(f"no wheel in {DIST}: run `make package` first")
    return found


def oldest() -> str:
    """The oldest NumPy that the package allows."""
    found = re.search(r'"numpy>=([\d.]+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert found is not None
    return f"numpy=={found[1]}.*"


class Elsewhere:
    """An empty environment in a folder of its own, where nothing but its own commands is found: no Node, no source.

    Args:
        python: of which it is made.
        folder: where.
    """

    def __init__(self, python: str, folder: Path) -> None:
        self.folder = folder
        subprocess.run([python, "-m", "venv", "env"], cwd=folder, check=True)
        self.own = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
        self.environment = {"PATH": str(self.own), "HOME": str(folder), "LANG": "C.UTF-8", "NO_MKDOCS_2_WARNING": "1"}
        self.environment |= {
            key: value for key, value in os.environ.items() if key.upper().startswith(("PIP_", "SSL_", "HTTP"))
        }

    def run(self, *arguments: str, code: int = 0, within: str = ".") -> str:
        """What a command of the environment prints.

        Raises:
            AssertionError: where it ends otherwise than by this code.
        """
        done = subprocess.run(
            [str(self.own / arguments[0]), *arguments[1:]],
            cwd=self.folder / within,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}"
        return done.stdout

    def install(self, *arguments: str) -> None:
        """Install packages, as a reader of the README does."""
        self.run("python", "-m", "pip", "--quiet", "--disable-pip-version-check", "install", *arguments)


def tried(python: str, numpy: str) -> str:
    """Install the wheel in an empty environment and use it; returns the version of NumPy that was there.

    Raises:
        AssertionError: where it doesn't do what it should.
    """
    with tempfile.TemporaryDirectory() as name:
        there = Elsewhere(python, Path(name))
        there.install(f"{wheel()}[mkdocs]", *([numpy] if numpy else []))
        (there.folder / "docs").mkdir()
        page = there.folder / "docs" / "index.md"
        (there.folder / "snippets").mkdir()
        (there.folder / "snippets" / "square.py").write_text(SNIPPET, "utf-8")
        page.write_text(PAGE.format(claim="(x + 1)^2 = x^2 + x + 1"), "utf-8")
        assert "equation `claim` is false" in there.run("verimath", "check", "docs", code=1)
        page.write_text(PAGE.format(claim="(x + 1)^2 = x^2 + 2 x + 1"), "utf-8")
        assert "3 as expected, 0 not" in there.run("verimath", "check", "docs")
        (there.folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
        there.run("mkdocs", "build", "--strict")
        html = (there.folder / "site" / "index.html").read_text("utf-8")
        assert html.count('class="katex-html"') == 3
        assert (there.folder / "site" / "assets" / "verimath" / "fonts" / "KaTeX_Main-Regular.woff2").is_file()
        return there.run("python", "-c", "import numpy; print(numpy.__version__)").strip()


def pins() -> str:
    """What this project's own site is pinned to, without the hashes, which a file of constraints can't have."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").split("\n")
    return "\n".join(line.removesuffix(" \\") for line in lines if re.match(r"[A-Za-z0-9]", line)) + "\n"


def used(python: str) -> Iterator[str]:
    """Build the sites under examples/, and those that `verimath new` writes, from the wheel alone; yields their names.

    Each is installed from its own requirements.txt, within the pins, checked and built; and with a slip, refused.

    Raises:
        AssertionError: where one isn't as it should be.
    """
    with tempfile.TemporaryDirectory() as name:
        there = Elsewhere(python, Path(name))
        (there.folder / "pins.txt").write_text(pins(), "utf-8")
        there.install("-c", "pins.txt", f"{wheel()}[mkdocs]")
        assert str(there.own.parent) in there.run("python", "-c", "import verimath; print(verimath.__file__)")
        for example in sorted((ROOT / "examples").glob("*/mkdocs.yml")):
            left_out = shutil.ignore_patterns("site", "__pycache__")
            shutil.copytree(example.parent, there.folder / example.parent.name, ignore=left_out)
        for language in ("en", "fr"):
            there.run("verimath", "new", f"new-{language}", "--lang", language)
        for site in sorted(path.parent.name for path in there.folder.glob("*/mkdocs.yml")):
            there.install("-c", "pins.txt", "-r", f"{site}/requirements.txt")
            assert "0 not" in there.run("verimath", "check", "docs", "--quiet", within=site)
            there.run("mkdocs", "build", "--strict", within=site)
            pages = [*(there.folder / site / "docs").glob("*.md")]
            built = {path.parent.name for path in (there.folder / site / "site").glob("*/index.html")}
            assert {page.stem for page in pages} - {"index"} <= built
            slip = "\n```math {#slip-of-the-pen}\n1 + 1 = 3\n```\n"
            pages[0].write_text(pages[0].read_text("utf-8") + slip, "utf-8")
            assert "`slip-of-the-pen` is false" in there.run("mkdocs", "build", "--strict", code=1, within=site)
            yield site


def main() -> None:
    """Build, or try what was built."""
    parser = argparse.ArgumentParser(prog="python -m bench.package")
    parser.add_argument("--test", action="store_true", help="try the wheel")
    parser.add_argument("--examples", action="store_true", help="build the sites under examples/ from the wheel")
    asked = parser.parse_args()
    if asked.examples:
        for site in used(sys.executable):
            print(f"{site}: installed, checks, builds, and is refused with a slip", flush=True)
        return
    if not asked.test:
        build()
        return
    for version, python in pythons().items():
        for numpy in (oldest(), ""):
            try:
                print(f"Python {version}, NumPy {tried(python, numpy)}: installed, checks and builds", flush=True)
            except AssertionError as error:
                # The oldest NumPy is older than the newest Python.
                if numpy and "numpy" in str(error) and "pip" in str(error):
                    print(f"Python {version}: no wheel of {numpy} for it")
                else:
                    raise


if __name__ == "__main__":
    main()
