"""A static host on the loopback interface."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder under a path, as a host of project pages does; says nothing on the terminal."""

    # Kept alive, connections are reused: a page asks for some thirty files.
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, folder: Path, base: str) -> None:
        self.base = base
        super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        inside = path.startswith(self.base)
        return super().translate_path("/" + path.removeprefix(self.base) if inside else "/outside-of-the-site")

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (the name in http.server)
        pass


@contextmanager
def serve(folder: Path, base: str = "/") -> Iterator[str]:
    """Serve a folder while the context lasts; yields its address, which ends with a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, folder=folder, base=base))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()
