"""What the commands of the guide print, each edition's in a folder of its own.

    python -m bench.guide       writes docs/assets/guide/*.txt and docs/assets/en/guide/*.txt

The guide shows these files; a test carries it out anew, and compares.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ASSETS = Path(__file__).parent.parent / "docs" / "assets"
PAGE, SNIPPET = "docs/falling.md", "snippets/falling.py"
SLIP, MENDED = "h'(t) = g t", "h'(t) = -g t"
HALF, SLASH = "\\frac{1}{2} h'(t)^2", "1 / 2 h'(t)^2"
CHECK, BUILD = "verimath check docs/falling.md", "mkdocs build --strict"


@dataclass(frozen=True)
class Step:
    """A command of the guide, and what its reader does before.

    Attributes:
        command: as it is typed.
        shown: the file with what it prints; empty where the guide doesn't show it.
        replaced: what is replaced in the page, and by what.
        is_programmed: whether the snippet and its fence are added.
    """

    command: str
    shown: str = ""
    replaced: tuple[str, str] = ("", "")
    is_programmed: bool = False


def steps(edition: str) -> tuple[Step, ...]:
    """The commands of an edition's guide, in order."""
    return (
        Step(of(edition, "new.sh").strip(), "new.txt"),
        Step(CHECK, "false.txt"),
        Step(CHECK, "true.txt", (SLIP, MENDED)),
        Step(CHECK, "snippet.txt", is_programmed=True),
        Step(CHECK + " --quiet", "ambiguous.txt", (HALF, SLASH)),
        Step(BUILD, "", (SLASH, HALF)),
    )


def folder(edition: str) -> Path:
    """Where an edition's own files lie."""
    return ASSETS / "guide" if edition == "fr" else ASSETS / edition / "guide"


def of(edition: str, name: str) -> str:
    """A file that the guide shows, the edition's own where there is one; what escapes an include isn't shown."""
    own = folder(edition) / name
    return (own if own.exists() else ASSETS / "guide" / name).read_text("utf-8").replace(";--8<--", "--8<--")


def carried_out(edition: str, where: Path) -> dict[str, str]:
    """Carry an edition's guide out in an empty folder: what its commands print, by the files that show it.

    Raises:
        subprocess.CalledProcessError: where one ends otherwise than it should.
    """
    site, printed = where / "falling", {}
    for step in steps(edition):
        page = site / PAGE
        if step.replaced[0]:
            text = page.read_text("utf-8")
            assert step.replaced[0] in text, step
            page.write_text(text.replace(*step.replaced), "utf-8")
        if step.is_programmed:
            (site / SNIPPET).write_text(of(edition, "falling.py"), "utf-8")
            page.write_text(page.read_text("utf-8") + "\n" + of(edition, "fence.md"), "utf-8")
        # As a shell would find them: the programs of this environment.
        program, *arguments = shlex.split(step.command)
        environment = {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", "VERIMATH_CACHE": ""}
        done = subprocess.run(
            [sys.executable, "-m", program, *arguments],
            cwd=site if site.exists() else where,
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        fails = step.shown in ("false.txt", "ambiguous.txt")
        if done.returncode != fails:
            raise subprocess.CalledProcessError(done.returncode, step.command, done.stdout, done.stderr)
        if step.shown:
            printed[step.shown] = done.stdout
        if step.shown == "new.txt":
            (site / PAGE).write_text(of(edition, "falling.md"), "utf-8")
    return printed


def main() -> None:
    """Write what each edition's guide shows."""
    for edition in ("fr", "en"):
        with TemporaryDirectory() as where:
            for name, text in carried_out(edition, Path(where)).items():
                (folder(edition) / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
