"""MkDocs hooks of this site: what its languages share, its examples' source, what its theme leaves without a name."""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ASSETS = Path(__file__).parent / "assets"
PUBLISHED = {".css", ".js", ".png", ".svg"}
DIALOG = 'data-md-component="search" role="dialog"'
SEARCH = {"fr": "Recherche", "en": "Search"}
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


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Name the theme's search dialog, for those who hear the page."""
    return named(output, config)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """The page of an address that doesn't exist has the dialog too."""
    return named(output, config)


def with_source(markdown: str) -> str:
    """Each example as it is written, above what it becomes."""
    return EXAMPLE.sub(lambda example: f"````text\n{example.group()}\n````\n\n{example.group()}", markdown)


def named(html: str, config: MkDocsConfig) -> str:
    """HTML whose search dialog has a name in the site's language."""
    return html.replace(DIALOG, f'{DIALOG} aria-label="{SEARCH[config.theme["language"]]}"')
