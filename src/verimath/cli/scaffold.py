"""`verimath new DIR`: a site that works, to begin with."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

START = Path(__file__).parent / "start"
LANGUAGES = ("en", "fr")


def scaffold(folder: Path, language: str) -> list[str]:
    """Write a site: one verified page with its snippet, its configuration, a workflow and a hook that check it.

    Args:
        folder: a new one, or an empty one; it gives the site its title.
        language: of the page and of the site.

    Returns:
        The files that were written, below the folder.

    Raises:
        OSError: where something stands there already, or nothing can be written; no file is left behind then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} isn't an empty folder: name a new one, nothing is written over")
    title = folder.resolve().name
    words = {"@TITLE@": title, "@QUOTED@": json.dumps(title, ensure_ascii=False), "@VERSION@": version("verimath")}
    written: list[Path] = []
    try:
        for source in (START / "both", START / language):
            for path in sorted(path for path in source.rglob("*") if path.is_file() and path.suffix != ".pyc"):
                # A name with a dot would hide the file here, or be heeded.
                target = folder / path.relative_to(source).as_posix().replace("dot-", ".")
                target.parent.mkdir(parents=True, exist_ok=True)
                text = path.read_text("utf-8")
                for word, meant in words.items():
                    text = text.replace(word, meant)
                target.write_text(text, "utf-8")
                written.append(target)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise OSError(f"{folder} can't be written, {error.strerror}: name a folder that can") from error
    return [path.relative_to(folder).as_posix() for path in written]
