"""Pictures for the pages: matplotlib draws them, and what it draws becomes plain SVG in the pages' colours."""

import re
from io import StringIO
from xml.etree import ElementTree

import matplotlib
from matplotlib.figure import Figure

# A quantity has one colour, in figures, formulas, text and code. Those of the dark scheme are in docs/assets/site.css.
COLOURS = {
    "X": "#0b6a75",  # input
    "W": "#6a4bb5",  # weights
    "logits": "#8a5300",
    "S": "#1d5bb8",  # probabilities
    "Y": "#14713a",  # right answer
    "gradient": "#b52e1c",  # S - Y, and what is made of it
    "L": "#a01f78",  # loss
}
INK, FAINT, PAPER = "#010101", "#767676", "#fefefe"
# The second cue of a quantity: who doesn't tell colours tells these.
DASHES = {"S": "-", "Y": (0, (6, 2)), "gradient": (0, (4, 1.5, 1, 1.5)), "L": "-", "logits": (0, (1.5, 1.5))}
HATCHES = {"S": "", "Y": "////", "gradient": "....", "logits": "----"}

PROPERTIES = {colour: f"var(--vm-{name}, {colour})" for name, colour in COLOURS.items()} | {
    INK: "currentColor",
    FAINT: "var(--vm-faint, #767676)",
    PAPER: "var(--vm-paper, #ffffff)",
}
SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
STYLE = {
    "svg.fonttype": "none",
    "font.size": 11.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "lines.linewidth": 2,
    "hatch.linewidth": 0.8,
} | dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), INK)
# Hatches, on cells of 6 by 6 units.
WOVEN = {"dots": "M2.2 3h1.6", "lines": "M0 3h6", "slants": "M-1 1 1 -1M0 6 6 0M5 7 7 5"}
SYMBOLS = "KaTeX_Math, 'Times New Roman', serif"


def canvas(height=2.6, width=4.6, **parts):
    r"""A figure, and the axes on it.

    Args:
        height: in inches; a page shows an inch as 72 units.
        width: the same.
        parts: what matplotlib's `subplots` takes.

    Returns:
        figure and axes.
    """
    matplotlib.rcParams.update(STYLE)
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots(**parts)
    for each in (figure, *figure.axes):
        each.patch.set_visible(False)
    return figure, axes


def symbol(axes, x, y, text, quantity=None, **options):
    r"""Write a symbol, in the letters of formulas and the colour of its quantity.

    Args:
        axes: where.
        x: place, in the axes' data.
        y: the same.
        text: the symbol.
        quantity: whose colour it has; None: the text's.
        options: what matplotlib's `text` takes.
    """
    look = {"style": "italic", "family": "serif", "size": 14, "color": COLOURS.get(quantity, INK)}
    return axes.text(x, y, text, **(look | options))


def number(value, digits=2):
    r"""A number as it is printed, with a true minus sign."""
    return f"{value:.{digits}f}".replace("-", "−")


def svg(figure, title, description):
    r"""A figure as SVG to be put into a page.

    Its text is text, in the page's type; its colours are the page's; it has no style element.

    Args:
        figure: matplotlib's.
        title: what it is called.
        description: what is to be seen on it, for who doesn't see it.

    Returns:
        str, the same for the same figure.
    """
    out = StringIO()
    with matplotlib.rc_context({"svg.hashsalt": title, "svg.fonttype": "none"}):
        unsaid = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(out, format="svg", transparent=True, metadata=unsaid)
    root = ElementTree.fromstring(out.getvalue())
    _drop(root, ("metadata", "style"))
    used = set(re.findall(r"#([\w-]+)", " ".join(value for each in root.iter() for value in each.attrib.values())))
    for element in root.iter():
        _plain(element, used)
    for pattern in root.iter(SVG + "pattern"):
        _weave(pattern)
    while _flatten(root):
        pass
    width, height = (float(root.get(side).removesuffix("pt")) for side in ("width", "height"))
    root.attrib.clear()
    root.attrib.update(
        {"viewBox": f"0 0 {width:g} {height:g}", "width": f"{1.4 * width:.0f}", "height": f"{1.4 * height:.0f}"}
        | {"font-family": "inherit", "fill": "currentColor", "stroke-linejoin": "round"}
    )
    for place, (tag, said) in enumerate((("title", title), ("desc", description))):
        told = ElementTree.Element(SVG + tag)
        told.text = said
        root.insert(place, told)
    ElementTree.register_namespace("", SVG[1:-1])
    return ElementTree.tostring(root, "unicode").replace("\n", " ").replace("> ", ">").replace("><", ">\n<")


def _drop(element, names):
    """Take elements of these names out of a tree, wherever they are."""
    for child in list(element):
        if child.tag.removeprefix(SVG) in names:
            element.remove(child)
        else:
            _drop(child, names)


def _plain(element, used):
    """An element's style as attributes, its colours as the page's, its numbers no finer than is seen."""
    style = element.attrib.pop("style", "")
    said = dict(part.split(": ", 1) for part in style.split("; ") if ": " in part)
    family = said.pop("font-family", "")
    if family.startswith("'DejaVu Serif"):
        element.set("font-family", SYMBOLS)
    for key, value in said.items():
        if (key, value) not in (("font-weight", "400"), ("stroke-dashoffset", "0"), ("stroke-linejoin", "round")):
            element.set(key, value.removesuffix("px"))
    if element.get("id") not in used:
        element.attrib.pop("id", None)
    if LINK in element.attrib:
        element.set("href", element.attrib.pop(LINK))
    for key, value in element.attrib.items():
        if key not in ("id", "href"):
            shorter = re.sub(r"-?\d+\.\d{2,}", lambda found: f"{float(found.group()):.1f}".removesuffix(".0"), value)
            element.set(key, PROPERTIES.get(shorter, shorter))
    if element.get("d"):
        element.set("d", " ".join(element.get("d").split()))


def _weave(pattern):
    """A hatch that matplotlib draws on a large cell, on a small one."""
    ground, threads = pattern
    drawn = threads.get("d")
    kind = "dots" if "C" in drawn else "lines" if re.match(r"M (\S+) (\S+) L \S+ \2 ", drawn) else "slants"
    threads.set("d", WOVEN[kind])
    threads.set("fill", threads.get("stroke") if kind == "dots" else "none")
    for element, size in ((pattern, 6), (ground, 6)):
        element.attrib.update({"width": f"{size}", "height": f"{size}"})


def _flatten(element):
    """Take out groups that hold nothing or say nothing, once; whether there were any."""
    found = False
    for child in list(element):
        found = _flatten(child) or found
        if child.tag in (SVG + "g", SVG + "defs") and (not len(child) or (child.tag == SVG + "g" and not child.attrib)):
            place = list(element).index(child)
            element.remove(child)
            for offset, inner in enumerate(list(child)):
                element.insert(place + offset, inner)
            found = True
        elif child.tag == SVG + "path" and child.get("d") == "":
            element.remove(child)
    return found


if __name__ == "__main__":
    for quantity, colour in COLOURS.items():
        print(f"{quantity:<8} {colour}")
