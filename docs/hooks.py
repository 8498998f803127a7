"""MkDocs hooks of this site: what its languages share, its examples' source, what its theme leaves without a name.

And what moved: the front matter of a page says `moved: {page.md: [anchors that were here]}`, and a link to one of them
leads on.
"""

import re
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

ASSETS = Path(__file__).parent / "assets"
PUBLISHED = {".css", ".js", ".png", ".svg"}
DIALOG = 'data-md-component="search" role="dialog"'
# The way to a page bears the name of the whole navigation.
PATH = re.compile(r'(<nav class="md-path" )aria-label="[^"]*"')
PATHS = {"fr": "Fil d’Ariane", "en": "Breadcrumb"}
SEARCH = {"fr": "Recherche", "en": "Search"}
MOVED = {"fr": "Ce passage est maintenant ici", "en": "This passage is now here"}
# A quantity has one colour, docs/assets/site.css: by its letter in formulas, and by its name in code.
LETTERS = {"X": "X", "W": "W", "λ": "logits", "S": "S", "Y": "Y", "L": "L"}
NAMES = {"X": "X", "W": "W", "logits": "logits", "S": "S", "Y": "Y", "L": "L"}
NAMES |= dict.fromkeys(("dlogits", "dW", "dX", "dS", "db"), "gradient")
LETTER = re.compile(rf'<span class="mord mathnormal"(?P<style>[^>]*)>(?P<name>{"|".join(LETTERS)})</span>')
NAME = re.compile(rf'<span class="n">(?P<name>{"|".join(NAMES)})</span>')
# Where a letter means that quantity: the course, and what follows it.
COLOURED = re.compile(
    r"(?:index|tour|context|softmax|softmax-derivatives|loss|gradients|gradients-\w+|hidden-layer|bias|batches|curvature|"
    r"batch-descent|observed-expected|duality|distillation|sheet)\.md"
)
# The examples of the page on the language: equations whose labels begin so.
EXAMPLE = re.compile(r"^```math \{#language-.*\}\n(?:.*\n)*?```$", re.MULTILINE)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add docs/assets, which the languages share, to each language's site as assets/."""
    for path in sorted(ASSETS.rglob("*")):
        if path.suffix in PUBLISHED:
            uri = f"assets/{path.relative_to(ASSETS).as_posix()}"
            files.append(File.generated(config, uri, abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Show the source of the page's examples."""
    return with_source(markdown)


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Leave a way on where something was: once all pages are read, for their titles are said."""
    page.content = (page.content or "") + ways_on(page, config, nav)
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Name the theme's search dialog, for those who hear the page, and colour its quantities."""
    return named(coloured(output) if COLOURED.fullmatch(page.file.src_uri) else output, config)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """The page of an address that doesn't exist has the dialog too."""
    return named(output, config)


def with_source(markdown: str) -> str:
    """Each example as it is written, above what it becomes."""
    return EXAMPLE.sub(lambda example: f"````text\n{example.group()}\n````\n\n{example.group()}", markdown)


def coloured(html: str) -> str:
    """A finished page whose quantities have their colours; nothing else of it changes, nor moves."""
    html = LETTER.sub(
        lambda found: (
            f'<span class="mord mathnormal vm-q-{LETTERS[found["name"]]}"{found["style"]}>{found["name"]}</span>'
        ),
        html,
    )
    return NAME.sub(lambda found: f'<span class="n vm-q-{NAMES[found["name"]]}">{found["name"]}</span>', html)


def named(html: str, config: MkDocsConfig) -> str:
    """HTML whose search dialog and way to the page have names, and that asks no other host for anything.

    Where the repository is named, the theme would fetch its stars from its host.
    """
    html = html.replace(' data-md-component="source"', "")
    html = PATH.sub(rf'\g<1>aria-label="{PATHS[config.theme["language"]]}"', html)
    return html.replace(DIALOG, f'{DIALOG} aria-label="{SEARCH[config.theme["language"]]}"')


def ways_on(page: Page, config: MkDocsConfig, nav: Navigation) -> str:
    """The anchors that were on a page, each a link that shows only when it is what an address asks for.

    assets/site.js follows it; without a script, it is there to be followed.
    """
    pages = {other.file.src_uri: other for other in nav.pages}
    said = MOVED[config.theme["language"]]
    links = [
        f'<p id="{escape(anchor)}">{said}\N{NO-BREAK SPACE}: '
        f'<a href="{other.file.url_relative_to(page.file)}#{escape(anchor)}">{escape(other.title or "")}</a>.</p>\n'
        for uri, anchors in (page.meta.get("moved") or {}).items()
        for other in [pages[uri]]
        for anchor in anchors
    ]
    return f'\n<div class="moved" data-search-exclude>\n{"".join(links)}</div>\n' if links else ""
