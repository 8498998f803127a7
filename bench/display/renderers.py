"""The renderers, as a page loads them: a table, one row a renderer."""

from dataclasses import dataclass

# Speech and menus play no part in what is seen.
MATHJAX2 = """<script>MathJax = {
  messageStyle: "none", showMathMenu: false,
  AuthorInit() { MathJax.Hub.Register.StartupHook("End", () => { window.done = true }) }
}</script>
<script src="/mathjax2/MathJax.js?config=TeX-AMS_CHTML" async></script>"""

# MathJax 4 would take its font from a CDN: fontPath leads it to the npm package.
MATHJAX = """<script>MathJax = {
  options: { enableMenu: false, enableSpeech: false, enableBraille: false, enableEnrichment: false },
  %s
  startup: { pageReady: () => MathJax.startup.defaultPageReady().then(() => { window.done = true }) }
}</script>
<script src="/%s" async></script>"""

# With errors on, KaTeX throws and sets nothing; the page then shows what was thrown.
KATEX = """<link rel="stylesheet" href="/katex/dist/katex.min.css">
<script src="/katex/dist/katex.min.js"></script>
<script>addEventListener("load", () => {
  const main = document.querySelector("main"), source = main.textContent.replaceAll("$$", "")
  try {
    katex.render(source, main, { displayMode: true, %s })
  } catch (error) {
    main.innerHTML = '<pre class="thrown"></pre>'
    main.firstChild.textContent = error
  }
  window.done = true
})</script>"""


@dataclass(frozen=True)
class Renderer:
    """One renderer: how a page loads it, and where it shows what."""

    key: str
    package: str  # its folder under node_modules
    name: str  # in French, the version goes in its braces
    head: str
    table: str  # CSS selectors: an alignment or matrix,
    row: str  # a box that each of its rows has, ending where the row ends,
    error: str  # and what stands in the place of a formula that isn't set


MATHJAX_BOXES = {"table": "mjx-mtable", "row": "mjx-mtr, mjx-mlabeledtr", "error": "mjx-merror"}
KATEX_BOXES = {
    "table": ".mtable",
    "row": ".mtable > [class*=col-align] > .vlist-t > .vlist-r:first-child > .vlist > span > .pstrut",
    "error": ".katex-error, .thrown",
}

RENDERERS = (
    Renderer(
        "mathjax2", "mathjax2", "MathJax {}", MATHJAX2, ".mjx-mtable", ".mjx-mtr, .mjx-mlabeledtr", ".mjx-noError"
    ),
    Renderer("mathjax3", "mathjax3", "MathJax {}", MATHJAX % ("", "mathjax3/es5/tex-chtml.js"), **MATHJAX_BOXES),
    Renderer(
        "mathjax4",
        "mathjax4",
        "MathJax {}",
        MATHJAX % ('output: { fontPath: "/@mathjax/%%FONT%%-font" },', "mathjax4/tex-chtml.js"),
        **MATHJAX_BOXES,
    ),
    Renderer("katex-off", "katex", "KaTeX {}, erreurs tues", KATEX % "throwOnError: false", **KATEX_BOXES),
    Renderer("katex-on", "katex", "KaTeX {}, strict", KATEX % 'throwOnError: true, strict: "error"', **KATEX_BOXES),
)
