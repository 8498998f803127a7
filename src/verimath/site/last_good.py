"""`mkdocs serve` while a page is broken: the last good site goes on, with all that is wrong above each of its pages."""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any

from ..message.refusal import Refusal
from ..message.source import Span
from .policy import with_own_scripts
from .restyled import Watched

BODY = re.compile(r"<body(?:\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*)?>", re.IGNORECASE)
# What of a page is shown above it, whatever its theme; colours that are read on each other, light and dark.
BANNER = (
    '<div class="vm-broken" role="alert" lang="en" dir="ltr" style="position:sticky;top:0;z-index:1000;box-sizing:'
    "border-box;max-height:60vh;overflow:auto;padding:.8em 1em;border-bottom:.2em solid #b52e1c;background:#fff4f2;"
    'color:#3a0d06;font:14px/1.4 sans-serif" tabindex="0" aria-label="What is wrong"><strong>{head}</strong>'
    '<pre style="margin:.5em 0 0;overflow:auto;font:13px/1.4 monospace">{said}</pre></div>'
)
HEAD = "The last build stopped: this is the page of before. It goes on when this is mended:"

Environ = dict[str, Any]
Restyled = Callable[[Collection[Path], Iterable[Path]], bool]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class LastGood:
    """A folder with the last site that was built whole, and what the builds since then have said.

    Args:
        site: where MkDocs builds; it empties it before it knows whether the next one is good.
    """

    def __init__(self, site: Path) -> None:
        self.site = site
        self.said: list[str] = []
        self._folders = [self._copied()]
        # To delete one site of 330 files took half a second: who waits for a page doesn't wait for that too.
        self._sweeper = ThreadPoolExecutor(1, "sweeper")

    @property
    def folder(self) -> Path:
        """Where the last good site lies."""
        return Path(self._folders[-1].name)

    def keep(self) -> None:
        """The site that was just built is the last good one; the one before stays for who is still reading it."""
        *gone, last = self._folders
        self._folders, self.said = [last, self._copied()], []
        for folder in gone:
            self._sweeper.submit(folder.cleanup)

    def close(self) -> None:
        """Nobody reads any more."""
        self._sweeper.shutdown()
        for folder in self._folders:
            folder.cleanup()

    def _copied(self) -> tempfile.TemporaryDirectory[str]:
        folder = tempfile.TemporaryDirectory(prefix="verimath-", ignore_cleanup_errors=True)
        shutil.copytree(self.site, folder.name, copy_function=_linked, dirs_exist_ok=True)
        return folder

    def rebuilt(self, build: Callable[[], None]) -> None:
        """Build, and keep what came of it: a site, or what is wrong.

        Whatever stops a build is told and no more: who waits for the site is answered.
        """
        listener = _Listener()
        logging.getLogger("mkdocs").addHandler(listener)
        try:
            build()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - other plugins raise what they like
            if not isinstance(error, SystemExit):
                traceback.print_exc()
            self.said = listener.said or [f"{type(error).__name__}: {error}"]
            print("The last good site is served until this is mended.", file=sys.stderr)
        else:
            self.keep()
        finally:
            logging.getLogger("mkdocs").removeHandler(listener)

    def shown(self, html: str) -> str:
        """A page with all that is wrong above it, and with its policy for the script that reloads it."""
        if self.said:
            banner = BANNER.format(head=HEAD, said=escape("\n\n".join(self.said)))
            body = BODY.search(html)
            place = body.end() if body else 0
            html = f"{html[:place]}{banner}{html[place:]}"
        return with_own_scripts(html)


class _Listener(logging.Handler):
    """Hears what a build that stops says: its errors, or, where it stops for them, its warnings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._heard: list[tuple[int, str]] = []

    @property
    def said(self) -> list[str]:
        """Errors alone where there are some."""
        errors = [text for level, text in self._heard if level >= logging.ERROR]
        return list(dict.fromkeys(errors or [text for _, text in self._heard]))

    def emit(self, record: logging.LogRecord) -> None:
        """Hear one message."""
        self._heard.append((record.levelno, record.getMessage()))


def refuse_taken_port(server: Any) -> None:
    """Refuse an address at which MkDocs couldn't serve: it would end with a traceback.

    Raises:
        Refusal: where another program serves there, or it may not be served.
    """
    host, port = server.server_address[:2]
    try:
        socket.create_server((host, port), family=server.address_family).close()
    except OSError as error:
        way_out = "end what serves there, or name another port: mkdocs serve --dev-addr localhost:8001"
        what = f"nothing can be served at {host}:{port}"
        raise Refusal(str(error.strerror), way_out, what=what, span=Span("mkdocs serve")) from error


def keep_last_good(server: Any, site: Path, restyled: Restyled, since: float) -> LastGood:
    """Have MkDocs' server answer from the last good site.

    Args:
        server: MkDocs' own, of which nothing but its public attributes is used.
        site: where it builds.
        restyled: has the style sheets of this site anew, given what has changed and what is watched, where that is all.
        since: when the build of this site began.
    """
    known = Watched(since)

    def paths() -> list[tuple[str, bool]]:
        watches = [emitter.watch for emitter in server.observer.emitters]
        # To some versions of watchdog, a file's path is its folder's; what was named is the file.
        return [(getattr(watch, "raw_path", watch.path), watch.is_recursive) for watch in watches]

    for path, recursive in paths():
        known.add(path, recursive=recursive)
    good = LastGood(site)
    build, watch, answer, failed = server.builder, server.watch, server.get_app(), server.error_handler
    server.root = str(good.folder)

    def rebuilt() -> None:
        changed = known.changed(paths())
        if not good.said and restyled(changed, known.paths):
            good.keep()
        else:
            good.rebuilt(build)
        server.root = str(good.folder)

    def watched(path: str, func: object = None, *, recursive: bool = True) -> None:
        # Other plugins may name the builder that they were given, which isn't the server's any more.
        watch(path, recursive=recursive)
        known.add(path, recursive=recursive)

    def told(code: int) -> bytes | None:
        with suppress(OSError):
            return (good.folder / f"{code}.html").read_bytes()
        found: bytes | None = failed(code)
        return found

    server.builder, server.watch, server.error_handler = rebuilt, watched, told
    server.set_app(above(answer, good.shown))
    return good


def above(answer: Application, shown: Callable[[str], str]) -> Application:
    """An application whose pages are changed on their way."""

    def changed(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        heard: list[Any] = []
        body = answer(environ, lambda *said: heard.append(said))
        [(status, headers, *rest)] = heard
        if not any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers):
            start_response(status, headers, *rest)
            return body
        text = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        text = shown(text.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(status, [*headers, ("Content-Length", str(len(text)))], *rest)
        return [text]

    return changed


def _linked(source: str, target: str) -> None:
    """A second name for a file where the system has such, else a copy: MkDocs writes each file anew."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
