"""What the tool is, as one number: whatever of it could change a result changes that number."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import time
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
# What is newer than this isn't what this process runs.
STARTED_NS = time.time_ns()


def digest(*parts: object) -> str:
    """A name for some content: equal for equal content, and in practice for no other."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def digest_of(data: bytes) -> str:
    """The same for the content of a file, which may be long."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


@cache
def tool() -> str | None:
    """The package's sources and KaTeX, the interpreter, and each installed package with its version.

    Returns:
        None where the sources have changed since the process began: no one knows which of them it runs.
    """
    found = hashlib.blake2b(digest_size=16)
    for path in sorted(PACKAGE.rglob("*")):
        if "__pycache__" in path.parts or not path.is_file():
            continue
        if path.stat().st_mtime_ns > STARTED_NS:
            return None
        found.update(digest(path.relative_to(PACKAGE).as_posix(), path.read_bytes()).encode())
    found.update(digest(sys.version, sys.flags, platform.platform(), _installed()).encode())
    return found.hexdigest()


def _installed() -> list[str]:
    """The packages that can be imported, by the names of their metadata, which say their versions."""
    found: set[str] = set()
    for folder in sys.path:
        try:
            found.update(name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue  # a zip file, or nothing
    return sorted(found)
