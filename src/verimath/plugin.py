"""The MkDocs plugin: options and hooks; what they do stands in the other rooms."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage

from .code import sections as snippet
from .latex import katex
from .latex.accept import set_equation
from .message.refusal import Refusal
from .message.source import Span, typed
from .page import page as pages
from .site import nothing_lost as compare
from .site import references as site
from .site.captions import notes
from .site.extension import VerimathExtension
from .site.legend import legend
from .site.recheck import Rechecker

ASSETS = "assets/verimath"
STYLE = Path(__file__).parent / "site" / "style.css"


class VerimathConfig(Config):  # type: ignore[no-untyped-call]
    """Where snippets lie is said by pymdownx.snippets, the language by the theme."""

    # False only sets and numbers the equations, for a site whose formulas aren't all executable.
    check = option.Type(bool, default=True)


class VerimathPlugin(BasePlugin[VerimathConfig]):  # type: ignore[no-untyped-call]
    """Typesets and numbers the equations of a site; any error stops the build before a page is written."""

    def __init__(self) -> None:
        self.markdown = VerimathExtension()
        self.runs = snippet.Runs()
        self.rechecker = Rechecker()
        self.pages: dict[str, pages.Page] = {}
        self.listings: dict[str, snippet.Listing] = {}
        self.nav: list[SitePage] = []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Nothing to do; having it, the plugin lives as long as `mkdocs serve`, and with it what it knows."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if not (katex.VENDOR / "VERSION").is_file():
            raise PluginError(str(katex.MissingKatexError()))
        # Python-Markdown takes instances too; MkDocs' type says names.
        extensions: list[Any] = config.markdown_extensions
        if "pymdownx.superfences" not in extensions:
            raise PluginError("verimath needs `pymdownx.superfences` among markdown_extensions")
        if self.markdown not in extensions:
            extensions.append(self.markdown)
        # pymdownx looks from where the build was started, MkDocs from where the configuration lies: one place for both.
        config.mdx_configs.setdefault("pymdownx.snippets", {})["base_path"] = [str(path) for path in _folders(config)]
        config.extra_css[:0] = [f"{ASSETS}/katex.min.css", f"{ASSETS}/verimath.css"]
        config.extra_javascript.append(f"{ASSETS}/copy-tex.min.js")
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        vendored = [
            path for path in katex.VENDOR.rglob("*") if path.is_file() and path.name not in ("katex.min.js", "VERSION")
        ]
        for path in [*sorted(vendored), STYLE]:
            name = "verimath.css" if path == STYLE else path.relative_to(katex.VENDOR).as_posix()
            files.append(File.generated(config, f"{ASSETS}/{name}", abs_src_path=str(path)))
        self.pages = {}
        folders = _folders(config)
        with _errors():
            for file in files.documentation_pages():
                name = typed(file.abs_src_path or file.src_uri)
                pages.refuse_other_encodings(name, file.content_bytes)
                # Snippets run while MkDocs renders; what can't be read is refused when its page is.
                with suppress(Refusal):
                    for found in pages.read(name, file.content_string).snippets:
                        self.runs.start(found, folders)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        self.nav = nav.pages
        for title in _titles(config.nav or []):
            if pages.LATEX.search(title):
                file = typed(config.config_file_path or "mkdocs.yml")
                raise PluginError(f"{file}: LaTeX in the title `{title}` of nav\n  write it in words or Unicode")
        return nav

    @event_priority(100)
    def on_page_markdown(self, markdown: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Read the file itself: only it has the lines that messages name."""
        file = typed(page.file.abs_src_path or page.file.src_uri)
        folders = _folders(config)
        with _errors():
            read = pages.read(file, page.file.content_string)
            if dict(page.meta) != read.front_matter:
                raise Refusal(
                    f"it reads {', '.join(page.meta) or 'nothing'}",
                    "begin the page by an empty line, or by front matter between two lines ---",
                    what="MkDocs takes these lines for the page's metadata",
                    span=Span(file, 1, 0, read.lines[0]),
                )
            for equation in read.equations:
                set_equation(equation)
            for include in read.includes:
                snippet.find(include, folders)
            self.listings = {found.name: self.runs.show(found, folders) for found in read.snippets}
        self.markdown.draft.start(read, self.listings)
        self.pages[page.file.src_uri] = read
        return markdown

    def on_page_content(self, html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        read = self.pages[page.file.src_uri]
        with _errors():
            if problem := self.markdown.draft.problem:
                raise problem
            html = compare.without_comments(html)
            compare.refuse_difference(read, html, self.listings)
            compare.refuse_left_over(read, html)
            compare.refuse_second_anchor(read, html)
        # MkDocs knows the anchors of headings; these are links' targets too.
        if page.present_anchor_ids is not None:
            page.present_anchor_ids.update(equation.label for equation in read.equations)
        return html

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """All pages exist, and neither search nor the theme has seen one."""
        others = [file.page for file in files.documentation_pages() if file.page]
        order: dict[str, SitePage] = {}
        for page in [*self.nav, *others]:
            # A page may stand twice in the navigation; its equations are numbered where it comes first.
            if page.file.src_uri in self.pages:
                order.setdefault(page.file.src_uri, page)
        language = _language(config)
        with _errors():
            numbered = site.number((self.pages[uri], page.url) for uri, page in order.items())
            pages_in_order = tuple(self.pages[uri] for uri in order)
            folders = tuple(_folders(config))
            reports, nodes = self.rechecker.checked(pages_in_order, folders) if self.config.check else ([], [])
            for report in reports:
                if not report.is_expected:
                    raise report.error()
            reasons = {label: each.equation.reason for label, each in numbered.items()}
            noted = notes(reports, reasons, language)
            for uri, page in order.items():
                page.content = site.resolve(self.pages[uri], page.content or "", page.url, numbered, language, noted)
            for node, page in zip(nodes, order.values(), strict=False):
                page.content = f"{page.content}{legend(node, language)}"
        return env

    def on_post_page(self, output: str, page: SitePage, config: MkDocsConfig) -> str:
        return site.set_formulas(output)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        for folder in filter(Path.is_dir, _folders(config)):
            server.watch(str(folder))
        return server


@contextmanager
def _errors() -> Iterator[None]:
    """MkDocs prints the message of a PluginError alone, of any other exception a traceback."""
    try:
        yield
    except Refusal as error:
        raise PluginError(str(error)) from error


def _folders(config: MkDocsConfig) -> list[Path]:
    """Where pymdownx.snippets looks, from its own option; the folder `snippets` where it isn't given."""
    bases = config.mdx_configs.get("pymdownx.snippets", {}).get("base_path", "snippets")
    root = Path(config.config_file_path or ".").parent
    return [root / os.fspath(base) for base in ([bases] if isinstance(bases, str | os.PathLike) else bases)]


def _titles(nav: Any) -> Iterator[str]:
    """The titles that the navigation gives, at all its levels."""
    for item in nav if isinstance(nav, list) else []:
        if isinstance(item, dict):
            for title, inside in item.items():
                yield str(title)
                yield from _titles(inside)


def _language(config: MkDocsConfig) -> str:
    return str(config.theme.get("language", "en"))
