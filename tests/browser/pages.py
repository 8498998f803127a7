"""Pages that stand alone: a few formulas in the HTML of a built page, with no MkDocs around them.

The gates are tried on them: they pass these pages as they are, and refuse each of them with something spoilt.
"""

from __future__ import annotations

import atexit
import html
import shutil
from functools import cache
from pathlib import Path

from py_mini_racer import MiniRacer

VENDOR = Path(__file__).parents[2] / "src" / "verimath" / "vendor" / "katex"

# The tool's own style sheet, as a built page has it.
STYLE = "body { margin: 0 16px; font: 16px/1.5 serif; color: #222; background: #fff; }\n" + (
    VENDOR.parents[1] / "site" / "style.css"
).read_text("utf-8")

PAGE = """\
<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Formules</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="katex/katex.min.css">
<script src="katex/copy-tex.min.js"></script>
<style>{style}</style>
</head>
<body>
<main>
<h1>Formules</h1>
{body}
</main>
</body>
</html>
"""

EQUATION = """\
<div class="vm-equation" id="{label}">
<div class="vm-formula" tabindex="0" role="group" aria-label="Équation {number}">{formula}</div>
<a class="vm-number" href="#{label}">({number})</a>
</div>
"""


@cache
def _katex() -> MiniRacer:
    context = MiniRacer()
    # Left open, V8 can hang when the interpreter exits.
    atexit.register(context.close)
    context.eval((VENDOR / "katex.min.js").read_text("utf-8"))
    return context


@cache
def typeset(tex: str, display: bool = True) -> str:
    """KaTeX's HTML; of what it can't read, the source in red, as where its errors are switched off."""
    return str(_katex().call("katex.renderToString", tex, {"displayMode": display, "throwOnError": False}))


def inline(tex: str) -> str:
    return f'<p>soit <span class="vm-inline">{typeset(tex, display=False)}</span>.</p>\n'


def long_inline(tex: str) -> str:
    """An inline formula in a box that scrolls where it is wider than the page."""
    return inline(tex).replace("vm-inline", "vm-inline vm-long")


def page(equations: dict[str, str], body: str = "") -> str:
    """A page that shows equations, TeX by label, and then `body`."""
    shown = "".join(
        EQUATION.format(label=html.escape(label), number=number, formula=typeset(tex))
        for number, (label, tex) in enumerate(equations.items(), start=1)
    )
    return PAGE.format(style=STYLE, body=shown + body)


def vendor(folder: Path) -> None:
    """Put KaTeX's stylesheet, fonts and script where the pages of this folder look for them."""
    shutil.copytree(VENDOR, folder / "katex")
