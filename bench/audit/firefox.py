"""A Firefox, as its makers publish it, that opens pages and measures them, over WebDriver BiDi."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Page
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.browser.gates import alignment
from tests.browser.source import written

NAMES = ("firefox", "firefox-esr")
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://[^\s]+)")
PATIENCE_SECONDS = 60
WIDTHS = (1280, 360)
# A page's scripts are asked for functions; what they find comes as JSON, in which no number is missing.
CALL = """async () => JSON.stringify(await ({function})({argument}),
  (key, value) => typeof value === "number" && !Number.isFinite(value) ? 1e9 : value) ?? "null\""""
# What is skipped until it comes near has no place yet, and the explorer's table is there without a script.
SHOWN = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.vm-section { content-visibility: visible !important }
    .explorer > figure { display: block !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return document.fonts.ready.then(() => null);
}"""
# Nothing of it asks for anything but the pages.
QUIET = {
    "app.update.enabled": "false",
    "browser.shell.checkDefaultBrowser": "false",
    "datareporting.policy.dataSubmissionEnabled": "false",
    "network.captive-portal-service.enabled": "false",
    "network.connectivity-service.enabled": "false",
    "services.settings.server": '"data:,"',
    "toolkit.telemetry.enabled": "false",
}


def firefox_path() -> str | None:
    """Where a Firefox is; None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Firefox:
    """A tab of a Firefox; enough of a page for what measures formulas.

    Args:
        address: at which it listens.
    """

    def __init__(self, address: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._last = 0
        self._socket = self._loop.run_until_complete(self._connected(address))
        self.command("session.new", capabilities={})
        self._context = self.command("browsingContext.getTree")["contexts"][0]["context"]

    @staticmethod
    async def _connected(address: str) -> WebSocketClientConnection:
        return await websocket_connect(f"{address}/session", max_message_size=100_000_000)

    def command(self, method: str, **parameters: Any) -> Any:
        """What it answers to a command.

        Raises:
            RuntimeError: where it says that something is wrong.
        """
        return self._loop.run_until_complete(self._command(method, parameters))

    async def _command(self, method: str, parameters: dict[str, Any]) -> Any:
        self._last += 1
        await self._socket.write_message(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            said = await asyncio.wait_for(self._socket.read_message(), PATIENCE_SECONDS)
            if said is None:
                raise RuntimeError("Firefox has gone")
            answer = json.loads(said)
            if answer.get("id") == self._last:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                return answer["result"]

    def open(self, address: str, width: int) -> None:
        """Open a page at a width, and wait until it and its faces are there."""
        size = {"width": width, "height": 800}
        self.command("browsingContext.setViewport", context=self._context, viewport=size)
        self.command("browsingContext.navigate", context=self._context, url=address, wait="complete")
        self.evaluate(SHOWN)

    def evaluate(self, function: str, argument: object = None) -> Any:
        """What a function of a page's says."""
        call = CALL.replace("{function}", f"\n{function}\n").replace("{argument}", json.dumps(argument))
        answer = self.command(
            "script.callFunction",
            functionDeclaration=call,
            awaitPromise=True,
            target={"context": self._context},
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def close(self) -> None:
        """End the session."""

        async def closed() -> None:
            self._socket.close()
            await asyncio.sleep(0)

        self._loop.run_until_complete(closed())
        self._loop.close()


@contextmanager
def started(path: str) -> Iterator[Firefox]:
    """A Firefox with a profile of its own, while this lasts.

    Raises:
        RuntimeError: where it doesn't start.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        settings = "".join(f'user_pref("{name}", {value});\n' for name, value in QUIET.items())
        (Path(profile) / "user.js").write_text(settings, "utf-8")
        arguments = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        # What it says of itself goes elsewhere than what it says of its port.
        environment = {**os.environ, "MOZ_CRASHREPORTER_DISABLE": "1", "HOME": profile}
        with subprocess.Popen(
            [path, *arguments], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment
        ) as process:
            try:
                assert process.stderr is not None
                address = next((found[1] for line in process.stderr if (found := LISTENING.search(line))), None)
                if address is None:
                    raise RuntimeError(f"{path} doesn't listen")
                firefox = Firefox(address)
                yield firefox
                firefox.close()
            finally:
                process.kill()


def misaligned(firefox: Firefox, host: str, pages: dict[str, Path]) -> Iterator[str]:
    """What of the formulas of a site's pages isn't set as their source has it, wide and narrow.

    Args:
        firefox: opens them.
        host: the address of the site, which ends with a slash.
        pages: the Markdown of each, by its address on the site.
    """
    for address, source in written({name: path.read_text("utf-8") for name, path in pages.items()}).items():
        for width in WIDTHS:
            firefox.open(host + address, width)
            found = alignment.faults(cast(Page, firefox), *source)
            yield from (f"{address or '(first page)'}, {width} px: {fault}" for fault in found)
