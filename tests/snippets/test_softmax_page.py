"""The page `softmax` shows all of its snippets, and what it shows runs as a reader would paste it."""

import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
FILES = ("softmax.py", "softmax_derivatives.py")


def sections(file):
    return set(re.findall(r"--8<-- \[start:([\w-]+)\]", (ROOT / "snippets" / file).read_text(encoding="utf-8")))


def shown():
    text = (ROOT / "docs/fr/softmax.md").read_text(encoding="utf-8")
    return re.findall(r'--8<-- "(softmax\w*\.py):([\w-]+)"', text)


@pytest.mark.parametrize("file", FILES)
def test_the_file_runs_alone(file):
    run = subprocess.run([sys.executable, ROOT / "snippets" / file], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("file", FILES)
def test_the_page_shows_every_section_of_the_file(file):
    assert sections(file) == {section for name, section in shown() if name == file}


def section_text(file, section):
    text = (ROOT / "snippets" / file).read_text(encoding="utf-8")
    [body] = re.findall(rf"^ *# --8<-- \[start:{section}\]\n(.*?)^ *# --8<-- \[end:{section}\]", text, re.M | re.S)
    return dedent(body)


def test_what_the_page_shows_runs_when_pasted_from_top_to_bottom(capsys):
    names: dict[str, Any] = {}
    with np.errstate(all="ignore"):
        for file, section in shown():
            exec(section_text(file, section), names)
    assert "S_1 =" in capsys.readouterr().out
