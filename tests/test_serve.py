"""`mkdocs serve`: a page or a snippet that breaks shows its message, and the site comes back when it is mended."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SNIPPET, THEME

CONFIG = """\
site_name: Test
theme:
  name: null
  custom_dir: {theme}
plugins:
  - verimath: {{policy: true}}
markdown_extensions:
  - pymdownx.superfences
  - pymdownx.snippets:
      base_path: [snippets]
      dedent_subsections: true
"""
PAGE = """\
---
notation:
  - {symbol: x, code: x, meaning: a number}
---

```math {#number}
x \\in \\mathbb{R}
```

```math {#double}
2 x = x + x
```

```python {verifies="double"}
--8<-- "double.py:double"

--8<-- "double.py:double-demo"
```
"""
CLAIM = "2 x = x + x"
# A rebuild takes well under a second; machines can be busy.
PATIENCE_SECONDS = 60


class Server:
    """A running `mkdocs serve` and what it said."""

    def __init__(self, root: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        self.said = root / "said.txt"
        with self.said.open("wb") as said:
            command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", self.address]
            self.process = subprocess.Popen(command, cwd=root, stdout=said, stderr=subprocess.STDOUT)

    def asked(self, path: str = "") -> tuple[int, str]:
        """What it answers, and the code of its answer; 0 where there is none."""
        try:
            with urllib.request.urlopen(f"http://{self.address}/{path}", timeout=PATIENCE_SECONDS) as answer:
                return answer.status, str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def page(self) -> str:
        return self.asked()[1]

    def wait(self, text: str, where: str = "page") -> None:
        """Until the page, or what was said, holds this text."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if text in (self.page() if where == "page" else self.said.read_text("utf-8")):
                return
            time.sleep(0.1)
        raise AssertionError(f"{text!r} didn't come; said:\n{self.said.read_text('utf-8')}")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "snippets").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG.format(theme=THEME))
    (tmp_path / "docs" / "index.md").write_text(PAGE)
    (tmp_path / "snippets" / "double.py").write_text(SNIPPET)
    return tmp_path


@pytest.fixture
def server(root: Path) -> Iterator[Server]:
    server = Server(root)
    yield server
    server.process.terminate()
    server.process.wait(PATIENCE_SECONDS)


def test_a_port_that_is_taken_is_named_with_the_way_out(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    assert done.returncode == 1
    assert f"mkdocs serve: nothing can be served at {address}\n" in done.stderr
    assert "name another port: mkdocs serve --dev-addr localhost:8001" in done.stderr
    assert "Traceback" not in done.stderr


def test_serving_survives_errors_and_follows_pages_and_snippets(root: Path, server: Server) -> None:
    server.wait("double: 42")
    page, snippet = root / "docs" / "index.md", root / "snippets" / "double.py"

    page.write_text(PAGE.replace(CLAIM, "\\frc") + "\nand $\\frc$ & more\n")
    server.wait("docs/index.md:11: equation `double` can't be typeset", "said")
    # The page of before, with all errors above it; a reader who asks is answered.
    server.wait("docs/index.md:11: equation `double` can&#x27;t be typeset\n    \\frc\n    ^\n")
    assert "double: 42" in (shown := server.page())
    assert "this formula can&#x27;t be typeset\n    and $\\frc$ &amp; more\n" in shown
    assert "2 errors" in shown
    page.write_text(PAGE.replace(CLAIM, "x + x = 2 x"))
    server.wait("x + x = 2 x")
    assert "vm-broken" not in server.page()

    snippet.write_text(SNIPPET.replace("double(21)", "double(1 / 0)"))
    server.wait("snippets/double.py:10: this snippet can't be run to its end", "said")
    snippet.write_text(SNIPPET.replace("21", "4"))
    server.wait("double: 8")
    config = root / "mkdocs.yml"
    whole = config.read_text()
    config.write_text(whole.replace("pymdownx.superfences", "pymdownx.superfence"))
    server.wait("pymdownx.superfence&#x27;")
    assert "double: 8" in server.page()
    assert server.asked("nowhere/")[0] == 404
    config.write_text(whole)
    page.write_text(PAGE.replace("2 x = x + x", "2 x = 4 x - 2 x"))
    server.wait("2 x = 4 x - 2 x")
    assert "vm-broken" not in server.page()
    assert "Traceback" not in server.said.read_text("utf-8")


def test_serving_shows_what_is_false_and_recovers_when_it_is_mended(root: Path, server: Server) -> None:
    server.wait("double: 42")
    page, snippet = root / "docs" / "index.md", root / "snippets" / "double.py"

    page.write_text(PAGE.replace(CLAIM, "2 x = x + 2"))
    server.wait("docs/index.md:11: equation `double` is false\n    2 x = x + 2\n        ^\n  on trial 0", "said")
    page.write_text(PAGE.replace(CLAIM, "2 x = 3 x - x"))
    server.wait("2 x = 3 x - x")

    snippet.write_text(SNIPPET.replace("return 2 * x", "return 2 + x"))
    server.wait("snippet `double` doesn't compute its equation", "said")
    snippet.write_text(SNIPPET.replace("21", "22"))
    server.wait("double: 44")
    assert "Traceback" not in server.said.read_text("utf-8")


def test_a_page_that_is_broken_at_the_start_ends_it_with_the_message(root: Path) -> None:
    (root / "docs" / "index.md").write_text("$\\frc$\n")
    server = Server(root)
    assert server.process.wait(PATIENCE_SECONDS) == 1
    said = server.said.read_text("utf-8")
    assert "docs/index.md:1: this formula can't be typeset" in said
    assert "Traceback" not in said


def test_a_page_that_is_false_at_the_start_ends_it_with_the_message(root: Path) -> None:
    (root / "docs" / "index.md").write_text(PAGE.replace(CLAIM, "2 x = 3 x"))
    server = Server(root)
    assert server.process.wait(PATIENCE_SECONDS) == 1
    said = server.said.read_text("utf-8")
    assert "docs/index.md:11: equation `double` is false" in said
    assert "Traceback" not in said
