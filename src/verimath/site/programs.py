"""A snippet on a page: its useful lines with what they printed beside them, all of it and its file one click away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from ..code.sections import Listing, code_lines, find, sections
from ..message.refusal import Refusal
from ..page.blocks import Snippet
from . import drawings, marker
from .draft import Draft

# Where the files that pages show are published, each as a page of its own.
FOLDER = "assets/verimath/snippets"
# What belongs to the whole code and not to its useful lines: their numbers are others.
OF_THE_WHOLE = ("hl_lines", "linenums", "title")
# The lines of highlighted code; with numbers beside them, they stand in a table, and are left alone.
HIGHLIGHTED = re.compile(r"(?<=<code>)(?P<code>.*?)(?=</code></pre>)", re.DOTALL)
INDENTED, TAG = re.compile(r"(?:<[^>]*>|[ ])*"), re.compile(r"<[^>]*>")
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{style}">
</head>
<body class="vm-whole">
<main>
<h1>{name}</h1>
<pre><code>{code}</code></pre>
</main>
</body>
</html>
"""

Options = dict[str, Any]


class SnippetFormatter:
    """Shows a snippet's useful lines beside what it printed; the rest is folded.

    Args:
        draft: the page that is being converted.
        highlight: Markdown's own, which highlights any other fence.
    """

    def __init__(self, draft: Draft, highlight: Callable[..., str]) -> None:
        self.draft = draft
        self.highlight = highlight

    def __call__(self, src: str, options: Options, **fence: Any) -> str:
        """The HTML of a fence: superfences calls it with its text, its options and what the highlighter needs."""
        name = options.get("verifies") or options["demo"]
        whole = self.highlight(src=src, options=options, **fence)
        listing = self.draft.listings.get(name)
        if listing is None:
            return marker.snippet(name, src, whole)
        if drawings.is_drawing(listing.output):
            return marker.snippet(name, src, self._drawing(name, listing, whole))
        shown, folded = whole, ""
        if not self.draft.style.whole and code_lines(listing.useful) != code_lines(src):
            own = {key: value for key, value in options.items() if key not in OF_THE_WHOLE}
            shown = self.highlight(src=listing.useful, options=own, **fence)
            title = self.draft.style.words.programs["folded"]
            folded = f"<details><summary>{title}</summary>{in_lines(whole)}</details>"
        more = f'<div class="vm-more">{folded}<p class="vm-files">{self._links(name)}</p></div>'
        return marker.snippet(
            name, src, f'<div class="vm-useful">{in_lines(shown)}{self._output(name, listing, src)}</div>{more}'
        )

    def _drawing(self, name: str, listing: Listing, whole: str) -> str:
        """The drawing that a snippet printed; its code and its file are one click away."""
        words = self.draft.style.words.programs
        code, file = words["drawn"], words["download"]
        try:
            drawn = drawings.inline(name, listing.output, self._snippet(name).place)
        except Refusal as refusal:
            self.draft.report(refusal)
            return whole
        folded = f"<details><summary>{code}</summary>{in_lines(whole)}</details>"
        links = f"{marker.drawing(name, file)}{self._links(name)}"
        return (
            f'<div class="vm-drawing" data-search-exclude>{drawn}</div>'
            f'<div class="vm-more">{folded}<p class="vm-files">{links}</p></div>'
        )

    def _links(self, name: str) -> str:
        return "".join(marker.file(file, section) for file, section in self._files(name))

    def _output(self, name: str, listing: Listing, code: str) -> str:
        if not listing.output:
            return ""
        output = listing.output
        page = self.draft.page
        if page.front_matter.get("output_labels") is not False:
            try:
                output = self.draft.style.labels.translated(output, code, self._snippet(name).place)
            except Refusal as refusal:
                self.draft.report(refusal)
        return f'<pre class="vm-output"><samp>{escape(output)}</samp></pre>'

    def _snippet(self, name: str) -> Snippet:
        return next(snippet for snippet in self.draft.page.snippets if snippet.name == name)

    def _files(self, name: str) -> Iterable[tuple[str, str]]:
        """The files of a snippet, each with the section that says most: the one that isn't only its imports."""
        files: dict[str, str] = {}
        for include in self._snippet(name).includes:
            if include.section != "imports":
                files.setdefault(include.file, include.section)
        return files.items()


def in_lines(highlighted: str) -> str:
    """Highlighted code, each of its lines in a box of its own: one that is too long goes on below, further in."""

    def boxed(found: re.Match[str]) -> str:
        lines = found["code"].removesuffix("\n").split("\n")
        if any(line.count("<span") != line.count("</span>") for line in lines):
            # The highlighter has boxes of its own: of each line, or of those that it is told to mark.
            return found["code"]
        return "".join(f'<span class="vm-line{_depth(line)}">{line}\n</span>' for line in lines)

    return HIGHLIGHTED.sub(boxed, highlighted) if "<table" not in highlighted else highlighted


def _depth(line: str) -> str:
    """A class for how many blanks begin a line, up to 16; pygments writes some of them into an element."""
    indented = INDENTED.match(line)
    depth = min(len(TAG.sub("", indented.group())), 16) if indented else 0
    return f" vm-in-{depth}" if depth else ""


def published(shown: Iterable[Snippet], folders: list[Path], style: str) -> dict[str, str]:
    """The files that pages show, each as a page of its own.

    Args:
        shown: the snippets of all pages.
        folders: where their files are looked for.
        style: the address of the style sheet, from the site's root.

    Returns:
        The HTML of each by its address.
    """
    pages: dict[str, str] = {}
    for include in (include for snippet in shown for include in snippet.includes):
        if address(include.file) not in pages:
            try:
                path, _ = find(include, folders)
                begins = {lines.start: name for name, lines in sections(path).items()}
            except Refusal:
                # It is said where the snippet is shown.
                continue
            pages[address(include.file)] = _page(include.file, path.read_text("utf-8"), begins, style)
    return pages


def address(file: str) -> str:
    """Where the page of a snippet's file is published."""
    return f"{FOLDER}/{file}.html"


def _page(file: str, text: str, begins: Mapping[int, str], style: str) -> str:
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        anchor = f'<span id="{escape(begins[number])}"></span>' if number in begins else ""
        lines.append(anchor + escape(line))
    up = "../" * address(file).count("/")
    return PAGE.format(name=escape(file), style=escape(up + style), code="\n".join(lines))
