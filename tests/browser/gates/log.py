"""A page asks nobody but its own host, gets all it asks for, and complains of nothing."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Page, Request, Response

# Links by which a browser connects to a host before anything is asked of it.
HINTS = "link[rel*=preconnect], link[rel*=prefetch], link[rel*=prerender]"


class Log:
    """The faults of a page from the moment it is listened to."""

    def __init__(self, page: Page, host: str) -> None:
        self.host = host
        self.found: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"the page raised {error}"))
        page.on("request", self._request)
        page.on("requestfailed", lambda request: self.found.append(f"{request.url} failed: {request.failure}"))
        page.on("response", self._response)

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

    def _request(self, request: Request) -> None:
        if self._foreign(request.url):
            self.found.append(f"{request.url} is asked for, which isn't of this site")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.found.append(f"{response.url} answers {response.status}")
