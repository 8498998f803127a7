"""A page asks nobody but its own host, gets all it asks for, and complains of nothing."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

# Links by which a browser connects to a host before anything is asked of it.
HINTS = "link[rel*=preconnect], link[rel*=prefetch], link[rel*=prerender]"


class Log:
    """The faults of a page from the moment it is listened to."""

    def __init__(self, page: Page, host: str) -> None:
        self.host = host
        self.found: list[str] = []
        self.listeners: dict[str, Callable[..., None]] = {
            "console": self._console,
            "pageerror": self._error,
            "request": self._request,
            "requestfailed": self._failure,
            "response": self._response,
        }
        for event, listener in self.listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]

    def close(self, page: Page) -> None:
        """Stop listening."""
        for event, listener in self.listeners.items():
            page.remove_listener(event, listener)

    def faults(self, page: Page) -> list[str]:
        """What was heard by the time the page is quiet, and the connections it makes ready elsewhere."""
        page.wait_for_load_state("networkidle")
        hints: list[str] = page.eval_on_selector_all(HINTS, "links => links.map(link => link.href)")
        return self.found + [f"a connection to {address} is made ready" for address in hints if self._foreign(address)]

    def _foreign(self, address: str) -> bool:
        return not address.startswith((self.host, "data:", "blob:"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.found.append(f"the console says: {message.text}")

    def _error(self, error: Error) -> None:
        self.found.append(f"the page raised {error}")

    def _failure(self, request: Request) -> None:
        self.found.append(f"{request.url} failed: {request.failure}")

    def _request(self, request: Request) -> None:
        if self._foreign(request.url):
            self.found.append(f"{request.url} is asked for, which isn't of this site")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.found.append(f"{response.url} answers {response.status}")
