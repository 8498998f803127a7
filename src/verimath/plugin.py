"""The MkDocs plugin: options and hooks; what they do stands in the other rooms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage

from . import katex, pages, site, snippet
from .errors import VerimathError
from .formula import set_equation
from .markdown import VerimathExtension

ASSETS = "assets/verimath"
STYLE = Path(__file__).parent / "verimath.css"


class VerimathConfig(Config):  # type: ignore[no-untyped-call]
    """No option yet: where snippets lie is said by pymdownx.snippets, the language by the theme."""


class VerimathPlugin(BasePlugin[VerimathConfig]):  # type: ignore[no-untyped-call]
    """Typesets and numbers the equations of a site; any error stops the build before a page is written."""

    def __init__(self) -> None:
        self.markdown = VerimathExtension()
        self.pages: dict[str, pages.Page] = {}
        self.nav: list[SitePage] = []

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        # Python-Markdown takes instances too; MkDocs' type says names.
        extensions: list[Any] = config.markdown_extensions
        if "pymdownx.superfences" not in extensions:
            raise PluginError("verimath needs `pymdownx.superfences` among markdown_extensions")
        if self.markdown not in extensions:
            extensions.append(self.markdown)
        config.extra_css[:0] = [f"{ASSETS}/katex.min.css", f"{ASSETS}/verimath.css"]
        config.extra_javascript.append(f"{ASSETS}/copy-tex.min.js")
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        vendored = [
            path for path in katex.VENDOR.rglob("*") if path.is_file() and path.name not in ("katex.min.js", "VERSION")
        ]
        for path in [*sorted(vendored), STYLE]:
            name = path.name if path == STYLE else path.relative_to(katex.VENDOR).as_posix()
            files.append(File.generated(config, f"{ASSETS}/{name}", abs_src_path=str(path)))
        self.pages = {}
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        self.nav = nav.pages
        return nav

    @event_priority(100)
    def on_page_markdown(self, markdown: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Read the file itself: only it has the lines that messages name."""
        path = page.file.abs_src_path
        file = _relative(path) if path else page.file.src_uri
        with _errors():
            read = pages.read(file, page.file.content_string)
            for equation in read.equations:
                set_equation(equation)
            folders = _folders(config)
            self.markdown.start(read, {found.name: snippet.output(found, folders) for found in read.snippets})
        self.pages[page.file.src_uri] = read
        return markdown

    def on_page_content(self, html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        read = self.pages[page.file.src_uri]
        with _errors():
            if self.markdown.problem:
                raise self.markdown.problem
            html = site.without_comments(html)
            site.refuse_difference(read, html)
            site.refuse_headings(read, _anchors(page))
        # MkDocs knows the anchors of headings; these are links' targets too.
        if page.present_anchor_ids is not None:
            page.present_anchor_ids.update(equation.label for equation in read.equations)
        return html

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """All pages exist, and neither search nor the theme has seen one."""
        others = [file.page for file in files.documentation_pages() if file.page and file.page not in self.nav]
        order = [page for page in [*self.nav, *others] if page.file.src_uri in self.pages]
        with _errors():
            numbered = site.number((self.pages[page.file.src_uri], page.url) for page in order)
            for page in order:
                page.content = site.resolve(
                    self.pages[page.file.src_uri], page.content or "", page.url, numbered, _language(config)
                )
        return env

    def on_post_page(self, output: str, page: SitePage, config: MkDocsConfig) -> str:
        return site.set_formulas(output)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        for folder in _folders(config):
            server.watch(str(folder))
        return server


@contextmanager
def _errors() -> Iterator[None]:
    """MkDocs prints the message of a PluginError alone, of any other exception a traceback."""
    try:
        yield
    except VerimathError as error:
        raise PluginError(str(error)) from error


def _relative(path: str) -> str:
    """A path as the author would type it."""
    return Path(path).relative_to(Path.cwd()).as_posix() if Path(path).is_relative_to(Path.cwd()) else path


def _folders(config: MkDocsConfig) -> list[Path]:
    """Where pymdownx.snippets looks: its option says it, so that none of ours could say otherwise."""
    bases = config.mdx_configs.get("pymdownx.snippets", {}).get("base_path", ["."])
    root = Path(config.config_file_path or ".").parent
    return [(root / base).resolve() for base in ([bases] if isinstance(bases, str) else bases)]


def _language(config: MkDocsConfig) -> str:
    return str(config.theme.get("language", "en"))


def _anchors(page: SitePage) -> Iterator[str]:
    entries = list(page.toc.items)
    while entries:
        entry = entries.pop()
        entries.extend(entry.children)
        yield entry.id
