"""The site as its readers get it: built once, and the pages that it must have."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
DOCS, ENGLISH_DOCS = ROOT / "docs" / "fr", ROOT / "docs" / "en"

NOT_FOUND = "404.html"


def addresses(docs: Path, folder: str = "") -> dict[str, Path]:
    """The Markdown of each page by its address on the site."""
    return {
        folder + "".join(f"{part}/" for part in path.relative_to(docs).with_suffix("").parts if part != "index"): path
        for path in sorted(docs.rglob("*.md"))
    }


PAGES, ENGLISH = addresses(DOCS), addresses(ENGLISH_DOCS, "en/")

CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')


def build(folder: Path) -> None:
    """Build the site as it is published; a build that fails fails the tests with what it said."""
    # The second edition finds what the first has found.
    environment = {**os.environ, "VERIMATH_CACHE": str(folder.with_name("kept"))}
    for config, into in (("mkdocs.yml", folder), ("mkdocs.en.yml", folder / "en")):
        command = [sys.executable, "-m", "mkdocs", "build", "-f", config, "--strict", "--site-dir", str(into)]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"the site can't be built:\n{done.stdout}")


def base(folder: Path) -> str:
    """The path under which a built site is meant to be hosted; the links of its 404 page begin with it."""
    address = CANONICAL.search((folder / "index.html").read_text("utf-8"))
    return urlsplit(address[1]).path if address else "/"
