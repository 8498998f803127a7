"""The notebooks to take away: they carry the source that the site has verified, and run where there is no site."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from verimath.code.carried import Carried, carried
from verimath.page.notebook import Notebook, read
from verimath.site.downloads import packages, written
from verimath.site.words import words_of

FILE = ROOT / "docs" / "fr" / "training.py"
SNIPPETS = ROOT / "snippets"
SECONDS = 600


def parts() -> tuple[Notebook, Carried]:
    notebook = read(str(FILE), FILE.read_text("utf-8"))
    code = [cell for cell in notebook.cells if cell.kind == "code"]
    return notebook, carried(code, [SNIPPETS], str(FILE))


def downloads() -> dict[str, str]:
    notebook, code = parts()
    return dict(written(notebook.cells, code, str, words_of("fr"), "training", packages(code.modules)))


def bodies(text: str) -> dict[str, str]:
    """The functions of a text, without comments and blanks."""
    found = (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
    return {node.name: ast.dump(node) for node in found}


def test_what_is_carried_is_what_was_verified() -> None:
    _, code = parts()
    made = {name: body for source in code.sources.values() for name, body in bodies(source).items()}
    functions = [(file, name) for file, name in code.taken if name in bodies((SNIPPETS / file).read_text("utf-8"))]
    assert ("batches_gradients.py", "batch_grad_W") in functions
    assert ("batches.py", "shifted_rows") in functions
    for file, name in functions:
        assert made[name] == bodies((SNIPPETS / file).read_text("utf-8"))[name], name
    # The twin: one sign changed in a file is seen.
    changed = (SNIPPETS / "batches_gradients.py").read_text("utf-8").replace("X.T @ (S - Y)", "X.T @ (S + Y)")
    assert bodies(changed)["batch_grad_W"] != made["batch_grad_W"]


def test_nothing_is_imported_from_snippets() -> None:
    names = {path.stem for path in SNIPPETS.glob("*.py")}
    for text in downloads().values():
        assert not names & set(re.findall(r"^(?:from|import) (\w+)", text, re.MULTILINE))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder with both files, and a Python that has what their first cell names and what runs a notebook."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for suffix, text in downloads().items():
        (folder / f"training{suffix}").write_text(text, "utf-8")
    first = "".join(json.loads((folder / "training.ipynb").read_text("utf-8"))["cells"][0]["source"])
    named = re.search(r"pip install (.+)", first)
    assert named is not None
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    runner = packages(["nbclient", "ipykernel"])
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--only-binary", ":all:"]
    subprocess.run([*command, *named[1].split(), *runner], check=True, timeout=SECONDS)
    return folder, python


def run(python: Path, *arguments: str, folder: Path) -> str:
    command = [str(python), "-I", *arguments]
    # On a machine that others use too, threads of these small products wait for each other.
    one = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=folder, env=one, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


EXECUTE = """
import nbformat, nbclient
notebook = nbformat.read("training.ipynb", 4)
nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
for cell in notebook.cells:
    for output in cell.get("outputs", []):
        print(output.get("text", ""), end="")
"""


def test_both_run_elsewhere_and_say_the_same(elsewhere: tuple[Path, Path]) -> None:
    folder, python = elsewhere
    plain = run(python, "training.py", folder=folder)
    assert "écart relatif sous 10⁻⁶ : True" in plain
    drawn = "<IPython.core.display.SVG object>\n"
    assert plain.count(drawn) == 5
    assert run(python, "-c", EXECUTE, folder=folder).replace(drawn, "") == plain.replace(drawn, "")
