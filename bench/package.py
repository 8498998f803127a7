"""Builds the wheel and the sdist into dist/, and tries the wheel where there is nothing else.

`python -m bench.package` builds. `python -m bench.package --test` installs the wheel with what it asks for in an empty
environment of each Python at hand, without Node, with the oldest and with the newest NumPy that it allows, and there
checks a page, a false one, and builds a site. Needs a registry of Python packages.
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
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
HELD = ("katex.min.js", "katex.min.css", "VERSION", "fonts/KaTeX_Main-Regular.woff2")
VERSION = "import sys; print(sys.version_info >= (3, 11, 5) and '%d.%d' % sys.version_info[:2], sys.executable)"
PAGE = "# A page\n\n```math {{#number}}\nx \\in \\mathbb{{R}}\n```\n\n```math {{#claim}}\n{claim}\n```\n\nand $x^2$.\n"
CONFIG = "site_name: A site\ntheme: {name: mkdocs, highlightjs: false}\nplugins: [search, verimath: {policy: true}]\n"
CONFIG += "markdown_extensions: [pymdownx.superfences]\n"


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


def tried(python: str, numpy: str) -> str:
    """Install the wheel in an empty environment and use it; returns the version of NumPy that was there.

    Raises:
        AssertionError: where it doesn't do what it should.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([python, "-m", "venv", "env"], cwd=folder, check=True)
        own = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
        # Nothing but the environment's own commands: no Node is found.
        environment = {"PATH": str(own), "HOME": name, "LANG": "C.UTF-8", "NO_MKDOCS_2_WARNING": "1"}
        environment |= {
            key: value for key, value in os.environ.items() if key.upper().startswith(("PIP_", "SSL_", "HTTP"))
        }

        def run(*arguments: str, code: int = 0) -> str:
            done = subprocess.run(
                [str(own / arguments[0]), *arguments[1:]],
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}"
            return done.stdout

        run("python", "-m", "pip", "--quiet", "install", f"{wheel()}[mkdocs]", *([numpy] if numpy else []))
        (folder / "docs").mkdir()
        page = folder / "docs" / "index.md"
        page.write_text(PAGE.format(claim="(x + 1)^2 = x^2 + x + 1"), "utf-8")
        assert "equation `claim` is false" in run("verimath", "check", "docs", code=1)
        page.write_text(PAGE.format(claim="(x + 1)^2 = x^2 + 2 x + 1"), "utf-8")
        assert "2 as expected, 0 not" in run("verimath", "check", "docs")
        (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
        run("mkdocs", "build", "--strict")
        html = (folder / "site" / "index.html").read_text("utf-8")
        assert html.count('class="katex-html"') == 3
        assert (folder / "site" / "assets" / "verimath" / "fonts" / "KaTeX_Main-Regular.woff2").is_file()
        return run("python", "-c", "import numpy; print(numpy.__version__)").strip()


def main() -> None:
    """Build, or try what was built."""
    parser = argparse.ArgumentParser(prog="python -m bench.package")
    parser.add_argument("--test", action="store_true", help="try the wheel")
    if not parser.parse_args().test:
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
