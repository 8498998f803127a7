"""The whole derivation as one PDF: contents with page numbers, then its pages, each on a new sheet.

Prints the built site with the browser that the tests use: `make pdf`, which builds the site first, or
`python -m bench.pdf site site/en`, which prints two editions. All of it is printed twice, first to learn on which sheet
each chapter begins.
"""

from __future__ import annotations

import re
import sys
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import yaml
from playwright.sync_api import Page, sync_playwright

from tests.browser.install import NOTHING_FOUND, browser_path

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "docs" / "assets" / "words"
# Of the file alone, and of no page of the site.
STYLE = Path(__file__).with_suffix(".css")
# In the order in which they are read.
CHAPTERS = [
    *("tour", "context", "softmax", "softmax-derivatives", "divergence", "loss", "gradients", "gradients-weights"),
    *("gradients-input", "hidden-layer", "bias", "targets", "batches", "batch-gradients", "regularisation"),
    *("curvature", "convexity", "batch-descent"),
    *("two-classes", "observed-expected", "duality", "distillation", "training", "gradient-check", "rounding"),
    "glossary",
]
FOOT = (
    '<div style="width: 100%; text-align: center; font: 8pt sans-serif"><span class="pageNumber"></span> / '
    '<span class="totalPages"></span></div>'
)
# The text of a page, whose links to its own parts and to other chapters lead within the file.
CHAPTER = """name => {
  const article = document.querySelector('article.md-content__inner');
  // Of a program its useful lines and what it printed, of a verdict its line: the rest is the site's.
  const left = '.headerlink, .vm-colophon, .vm-more, .vm-evidence, .explorer, .vm-reading, .vm-downloads, script, nav';
  article.querySelectorAll(left).forEach(it => it.remove());
  article.querySelectorAll('details').forEach(it => { it.open = true; });
  article.querySelectorAll('[id]').forEach(it => { it.id = `${name}--${it.id}`; });
  for (const link of article.querySelectorAll('a[href]')) {
    const to = new URL(link.href), chapter = to.pathname.split('/').filter(Boolean).pop() ?? '';
    const place = `#${chapter}--${decodeURIComponent(to.hash.slice(1)) || 'top'}`;
    if (to.host === location.host && CHAPTERS.includes(chapter)) link.setAttribute('href', place);
    else if (to.host === location.host) link.removeAttribute('href');
  }
  for (const use of article.querySelectorAll('svg [href^="#"]')) {
    use.setAttribute('href', `#${name}--${use.getAttribute('href').slice(1)}`);
  }
  for (const drawn of article.querySelectorAll('svg *')) for (const key of ['fill', 'clip-path', 'stroke']) {
    const value = drawn.getAttribute(key);
    if (value?.startsWith('url(#')) drawn.setAttribute(key, value.replace('url(#', `url(#${name}--`));
  }
  return `<section class="chapter" id="${name}--top">${article.innerHTML}</section>`;
}"""


def main(folder: Path) -> None:
    """Write the file of the edition that stands in a folder: derivation.pdf, or derivation.en.pdf."""
    path = browser_path()
    if path is None:
        raise SystemExit(NOTHING_FOUND)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        # A style of its own is against the site's policy.
        page = browser.new_page(color_scheme="light", bypass_csp=True)
        page.goto(address)
        language = str(page.evaluate("document.documentElement.lang"))
        written = ROOT / ("derivation.pdf" if language == "fr" else f"derivation.{language}.pdf")
        said = yaml.safe_load((WORDS / f"{language}.yml").read_text("utf-8"))["site"]
        chapters = {name: _chapter(page, address, name) for name in CHAPTERS}
        titles = {name: _title(html) for name, html in chapters.items()}
        whole = "".join(chapters.values())
        # Once to learn on which sheet each chapter begins, then with that in the contents, which take one sheet.
        starts = begins(_printed(page, address, _contents(titles, dict.fromkeys(titles, 0), said) + whole))
        pdf = _printed(page, address, _contents(titles, starts, said) + whole)
        written.write_bytes(pdf)
        browser.close()
    server.shutdown()
    print(f"{written.name}: {len(sheets(pdf))} sheets, {len(CHAPTERS)} chapters")
    if begins(pdf) != starts or [*starts] != CHAPTERS:
        raise SystemExit("the contents don't say where chapters begin")


def sheets(pdf: bytes) -> list[bytes]:
    """The numbers of a file's sheets among its objects, in order, as Chrome writes them."""
    nodes = {
        found[1]: re.findall(rb"(\d+) 0 R", found[2])
        for found in re.finditer(rb"\n(\d+) 0 obj\s*<<\s*/Type\s*/Pages\b.*?/Kids\s*\[(.*?)\]", pdf, re.DOTALL)
    }
    below = {kid for kids in nodes.values() for kid in kids}

    def leaves(node: bytes) -> list[bytes]:
        return [leaf for kid in nodes[node] for leaf in leaves(kid)] if node in nodes else [node]

    return [leaf for root in nodes if root not in below for leaf in leaves(root)]


def begins(pdf: bytes) -> dict[str, int]:
    """The sheet on which each chapter begins, from 1."""
    order = sheets(pdf)
    places = re.findall(rb"/([\w-]+)--top \[(\d+) 0 R", pdf)
    found = {name.decode(): order.index(sheet) + 1 for name, sheet in places}
    return dict(sorted(found.items(), key=lambda each: each[1]))


def _chapter(page: Page, address: str, name: str) -> str:
    page.goto(f"{address}{name}/")
    return str(page.evaluate(CHAPTER.replace("CHAPTERS", str(CHAPTERS)), name))


def _title(html: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    return re.sub("<[^>]*>", "", found[1]).strip() if found else ""


def _contents(titles: dict[str, str], starts: dict[str, int], said: dict[str, str]) -> str:
    rows = "".join(
        f'<li><a href="#{name}--top">{escape(title, quote=False)}</a><span>{starts[name]}</span></li>'
        for name, title in titles.items()
    )
    title = f"<h1>{escape(said['title'])}</h1><p>{escape(said['promise'])}</p><h2>{escape(said['contents'])}</h2>"
    return f'<section class="contents">{title}<ol>{rows}</ol></section>'


def _printed(page: Page, address: str, html: str) -> bytes:
    """Some chapters as a PDF, in the site's own style and that of a file."""
    page.goto(address)
    page.evaluate(
        "html => { document.body.innerHTML = `<main class='md-typeset whole'>${html}</main>`; }",
        html,
    )
    page.add_style_tag(path=STYLE)
    # All of them: what isn't asked for yet would come too late, and chapters would be longer alone than together.
    page.evaluate("Promise.all([...document.fonts].map(face => face.load().catch(() => null))).then(() => null)")
    # As it will be on paper.
    page.emulate_media(media="print")
    page.evaluate(FITTED)
    return page.pdf(
        format="A4",
        margin={"top": "18mm", "bottom": "18mm", "left": "20mm", "right": "20mm"},
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=FOOT,
        outline=True,
        tagged=True,
    )


# A formula that is wider than the sheet is made smaller, so that none is cut.
FITTED = """() => {
  const width = (210 - 40) / 25.4 * 96;
  document.querySelector('main').style.width = `${width}px`;
  for (const box of document.querySelectorAll('.vm-formula')) {
    const formula = box.querySelector('.katex');
    const bases = [...box.querySelectorAll('.katex-base')].map(base => base.getBoundingClientRect());
    if (!bases.length) continue;
    const wide = Math.max(...bases.map(base => base.right)) - Math.min(...bases.map(base => base.left));
    const size = parseFloat(getComputedStyle(formula).fontSize);
    if (wide > box.clientWidth) formula.style.fontSize = `${size * (box.clientWidth - 4) / wide}px`;
  }
  document.querySelector('main').style.width = '';
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


if __name__ == "__main__":
    for folder in sys.argv[1:] or ["site"]:
        main(Path(folder))
