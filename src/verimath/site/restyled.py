"""A style sheet that is edited under `mkdocs serve`: the site has it anew, and none of its pages is built again.

What a build does to a site's style sheets is done to all of them once more, from what was written; so what is served is
what a build would make. The site is built wherever that can't be known: where anything else that is watched has changed
too, where a sheet isn't published as it is written, where pages don't load it by its address or may hold its text, and
where they depend on what the sheets say.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from ..kept.tool import digest_of
from .finished import BINARY, Finished

# What a build changes for the style sheets of a site: themselves, and the faces that they name.
DRESS = (".css", ".woff2")
# A line that may put the file that it names into a page: of pymdownx.snippets, alone within such, or of a template.
INCLUDES = re.compile(rb"8<|\{[%{]|^\s*\S+\s*$")
Stamp = tuple[float, int]


class Styles:
    """The style sheets of a site that was built, and the faces that they name.

    Args:
        site: where its pages are finished, and its style sheets are not.
        written: where each of these and each face is published, with what gives back its content as it was written.
        sheets: the files of those that pages load by their address.
        finish: what a build does to them; it gives back what of that pages depend on.
    """

    def __init__(
        self,
        site: Finished,
        written: Mapping[Path, Callable[[], bytes]],
        sheets: Iterable[Path],
        finish: Callable[[Finished], Collection[str]],
    ) -> None:
        self._written, self._finish = {path: written[path] for path in written if path.is_file()}, finish
        # What others change on its way isn't what is written.
        is_plain = all(path.read_bytes() == content() for path, content in self._written.items())
        self._sheets = {*sheets} if is_plain else set[Path]()
        # Pages may be written once more; what is found in them is known by what they are now.
        self._site = site.recalling()
        self._said = finish(self._site)
        for path in site.of((".css",)):
            site.forget(path)
        self._left = self._there()

    def again(self, changed: Collection[Path], watched: Iterable[Path]) -> bool:
        """Have a site's style sheets anew.

        Args:
            changed: the files that have changed.
            watched: all those that may have something to do with the site.

        Returns:
            Whether that is all that a build would do; where it isn't, the site has to be built.
        """
        if not changed or not self._sheets.issuperset(changed) or self._is_included(changed, watched):
            return False
        if self._there() != self._left:
            # Another plugin has changed them later.
            return False
        try:
            contents = {path: content() for path, content in self._written.items()}
        except OSError:
            # One of them is gone, or is being written.
            return False
        for path, content in contents.items():
            # A file of another name may be the same one, and is being served.
            path.unlink()
            path.write_bytes(content)
            self._site.forget(path)
        said, self._left = self._finish(self._site), self._there()
        return said == self._said

    def _there(self) -> dict[Path, str]:
        return {path: digest_of(path.read_bytes()) for path in self._written if path.is_file()}

    def _is_included(self, changed: Iterable[Path], watched: Iterable[Path]) -> bool:
        """Whether a text may put a sheet's own into a page."""
        names = [path.name.encode() for path in changed]
        texts = (path.read_bytes() for path in watched if path.suffix not in BINARY and path.is_file())
        # Names are found much faster than what stands around them.
        lines = (line for text in texts for name in names if name in text for line in text.splitlines() if name in line)
        return any(INCLUDES.search(line) for line in lines)


class Watched:
    """The files that a server watches, to know which of them have changed since that was asked last.

    Args:
        since: what is newer than this, in seconds, has changed before it was first asked.
    """

    def __init__(self, since: float) -> None:
        self._since = since
        self._known: dict[Path, Stamp] = {}

    def add(self, watched: str, *, recursive: bool) -> None:
        """A further folder or file."""
        self._known |= {path: stamp for path, stamp in stamps(watched, recursive).items() if stamp[0] < self._since}

    def changed(self, watched: Iterable[tuple[str, bool]]) -> set[Path]:
        """What has changed, come or gone in all that is watched: files, folders, and perhaps what lies deeper."""
        now = {path: stamp for each in watched for path, stamp in stamps(*each).items()}
        before, self._known = self._known, now
        return {path for path in {*before, *now} if before.get(path) != now.get(path)}

    @property
    def paths(self) -> list[Path]:
        """All of them, when it was asked last."""
        return [*self._known]


def stamps(watched: str, recursive: bool) -> dict[Path, Stamp]:
    """The files of a folder, or a file, as the server looks for them: when each was written, and how long it is."""
    from watchdog.utils.dirsnapshot import DirectorySnapshot

    try:
        found = DirectorySnapshot(watched, recursive=recursive)
    except FileNotFoundError:
        return {}
    paths = [Path(os.fsdecode(path)) for path in found.paths if not found.isdir(path)]
    return {path: (found.mtime(str(path)), found.size(str(path))) for path in paths}
