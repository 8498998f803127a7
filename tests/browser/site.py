"""The site as its readers get it: built once, and the pages that it must have."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
DOCS, ENGLISH_DOCS = ROOT / "docs" / "fr", ROOT / "docs" / "en"

NOT_FOUND = "404.html"
# What a site is built from.
SOURCES = [ROOT / name for name in ("docs", "snippets", "src", "mkdocs.yml", "mkdocs.en.yml")]


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


def is_source(path: Path) -> bool:
    """Whether a site is built from this file: not from what Python or an editor leaves beside it."""
    return path.is_file() and path.suffix != ".pyc"


def given(folder: Path, sources: Sequence[Path] = SOURCES) -> Path:
    """A site that has been built before, as it is published.

    Raises:
        RuntimeError: where it isn't whole, or something that it is built from is newer.
    """
    written = [folder / edition / "index.html" for edition in ("", "en")]
    if not all(page.is_file() for page in written):
        raise RuntimeError(f"{folder} isn't a site of both editions: `make build` writes one")
    built = min(page.stat().st_mtime for page in written)
    for path in sorted(path for source in sources for path in (source, *source.rglob("*")) if is_source(path)):
        if path.stat().st_mtime > built:
            raise RuntimeError(f"{path} is newer than the site in {folder}: `make build` writes it anew")
    return folder


def base(folder: Path) -> str:
    """The path under which a built site is meant to be hosted; the links of its 404 page begin with it."""
    address = CANONICAL.search((folder / "index.html").read_text("utf-8"))
    return urlsplit(address[1]).path if address else "/"
