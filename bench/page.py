"""The README's picture: an equation of this site, its number, and below it the code and what it printed.

Writes docs/page.png. Run as `python -m bench.page`.
"""

import base64
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright

from bench.display.browser import OFFLINE, PIXELS
from bench.display.picture import encode
from tests.browser.install import browser_path
from tests.browser.server import serve

ROOT = Path(__file__).parent.parent
WIDTH, HEIGHT = 1180, 820
EQUATION = "#softmax-sum"


def main() -> None:
    """Build the site, open the page of the equation, and write what a reader sees of it."""
    executable = browser_path()
    if executable is None:
        sys.exit("no browser was found: run make test once, which installs one where it may")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", folder]
        subprocess.run(build, cwd=ROOT, check=True)
        with serve(Path(folder)) as site:
            arguments = [f"--{option}" for option in ("no-sandbox", "disable-gpu", *OFFLINE)]
            chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
            page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.goto(f"{site}softmax/")
            page.locator(EQUATION).evaluate("box => window.scrollTo(0, box.offsetTop - 160)")
            page.wait_for_timeout(500)  # the theme's header and contents follow the scroll
            png = base64.b64encode(page.screenshot()).decode()
            found = page.evaluate(f"png => ({PIXELS})(png)", png)
            chromium.close()
    rgba = np.frombuffer(base64.b64decode(found["rgba"]), np.uint8).reshape(found["height"], found["width"], 4)
    (ROOT / "docs" / "page.png").write_bytes(encode(rgba[:, :, :3]))


if __name__ == "__main__":
    main()
