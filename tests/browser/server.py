"""A static host on the loopback interface."""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder under a path, as a host of project pages does; says nothing on the terminal."""

    # Kept alive, connections are reused: a page asks for some thirty files.
    protocol_version = "HTTP/1.1"
    # As hosts do: an answer's body doesn't wait until its head has been acknowledged.
    disable_nagle_algorithm = True

    def __init__(self, *arguments: object, folder: Path, base: str, policy: str) -> None:
        self.base, self.policy = base, policy
        super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        inside = path.startswith(self.base)
        return super().translate_path("/" + path.removeprefix(self.base) if inside else "/outside-of-the-site")

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def handle_one_request(self) -> None:
        """A browser that is closed may leave in the middle of a request."""
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (the name in http.server)
        pass


class _Compressing(_Handler):
    """Sends text compressed, as hosts do."""

    def send_head(self) -> io.BytesIO | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        is_text = path.suffix in (".html", ".css", ".js", ".json", ".svg")
        sent = _compressed(path) if is_text else path.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(sent)))
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return io.BytesIO(sent)


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9)


class _Server(ThreadingHTTPServer):
    """Lets a browser open many connections at once: one that is turned away comes back seconds later."""

    request_queue_size = 128
    daemon_threads = True


@contextmanager
def serve(folder: Path, base: str = "/", compressing: bool = False, policy: str = "") -> Iterator[str]:
    """Serve a folder while the context lasts; yields its address, which ends with a slash.

    Args:
        folder: of the site.
        base: the path below which it is served.
        compressing: whether text is sent compressed.
        policy: what its pages may load and run, as a host says it.
    """
    kind = _Compressing if compressing else _Handler
    server = _Server(("127.0.0.1", 0), partial(kind, folder=folder, base=base, policy=policy))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()
