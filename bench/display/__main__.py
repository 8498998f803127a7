"""What MathJax 2, 3, 4 and KaTeX make of one formula and of its damaged forms: the pictures of the page `display`.

Writes docs/assets/display/*.png and measured.md, and prints the table.
"""

import argparse

from bench.display import forms
from bench.display.browser import browser, install, version
from bench.display.picture import encode, trim
from bench.display.renderers import RENDERERS
from bench.display.report import Report, Shot
from tests.browser.install import browser_path

MARGIN = 24  # in the picture's pixels, two a CSS pixel


def main() -> None:
    """Read the options, and write the pictures and what is seen on them."""
    parser = argparse.ArgumentParser(prog="python -m bench.display", description=__doc__)
    parser.add_argument("--browser", metavar="PATH", default=browser_path(), help="a Chromium (default: %(default)s)")
    options = parser.parse_args()
    if options.browser is None:
        parser.error("no browser was found: name a Chromium with --browser PATH")
    install()
    shots = {}
    with browser(options.browser) as (shown, browser_version):
        for form, source in forms.forms().items():
            for renderer in RENDERERS:
                seen, pixels = shown.show(renderer, source)
                picture = trim(pixels, MARGIN)
                (forms.SOURCES / f"{form}-{renderer.key}.png").write_bytes(encode(picture))
                shots[form, renderer.key] = Shot(seen, width=picture.shape[1] // 2, height=picture.shape[0] // 2)
    names = {renderer.key: renderer.name.format(version(renderer)) for renderer in RENDERERS}
    report = Report(names, shots, browser_version)
    (forms.SOURCES / "measured.md").write_text(report.markdown(), "utf-8")
    print(*report.table(), "", *report.tally(), sep="\n")


if __name__ == "__main__":
    main()
