"""In which company a program stands: all that it may import or read from its own folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ..kept.tool import digest


class Companies:
    """The companies of a run's programs; each folder is read once."""

    def __init__(self) -> None:
        self._folders: dict[Path, str] = {}
        settings = sorted((name, value) for name, value in os.environ.items() if name.startswith("PYTHON"))
        self._interpreter = os.getcwd(), sys.executable, settings

    def of(self, path: Path) -> str:
        """A name for a program, all that lies beside it, and what else decides what it does."""
        folder = path.parent
        if folder not in self._folders:
            files = (each for each in folder.rglob("*") if each.is_file() and each.suffix != ".pyc")
            self._folders[folder] = digest(sorted((str(each), each.read_bytes()) for each in files))
        return digest(str(path), self._folders[folder], self._interpreter)
