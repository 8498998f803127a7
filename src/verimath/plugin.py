"""The MkDocs plugin: options and hooks; what they do stands in the other rooms."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils.templates import TemplateContext

from .code import kernel
from .code import sections as snippet
from .derivation.prose_symbols import unknown_symbols
from .kept.store import Drawer, Store, place
from .kept.tool import digest
from .latex import katex
from .latex.accept import set_equation
from .message.progress import Progress
from .message.refusal import Refusal
from .message.source import typed
from .page import page as pages
from .page.asked import PARTS
from .page.blocks import Snippet
from .page.displayed import with_fences
from .page.elsewhere import read_others, referred
from .page.file import content, decoded
from .page.macros import replaced
from .page.neighbours import SUFFIXES
from .page.notebook import SUFFIXES as NOTEBOOKS
from .page.project import (
    ADDED,
    JUPYTER,
    SNIPPETS,
    Project,
    all_of,
    folders,
    named,
    notebook_faults,
    patterns,
    plain_slug,
    project_faults,
    site_macros,
)
from .site import carets, drawings, glyphs, programs, quick, shared, sheets, typeface, unused
from .site import cells as in_cells
from .site import handout as handouts
from .site import nothing_lost as compare
from .site import references as site
from .site.captions import notes
from .site.colophon import PARTS as FURNITURE
from .site.colophon import Colophon, after_lead
from .site.draft import Style
from .site.evidence import read_figures
from .site.extension import VerimathExtension
from .site.finished import Finished, undisturbed
from .site.indexed import keep_entries
from .site.labels import Labels
from .site.last_good import LastGood, keep_last_good, refuse_taken_port
from .site.left_behind import refuse_markers
from .site.legend import legend
from .site.policy import protect, read_option
from .site.publication import Publication, publication
from .site.recheck import Checked, checked
from .site.restyled import DRESS, Styles
from .site.search import put, read_former
from .site.shown import Reader
from .site.typography import set_right
from .site.words import SiteWords, read_words, words_of

if TYPE_CHECKING:
    # Of who builds, only `mkdocs serve` loads it.
    from mkdocs.livereload import LiveReloadServer

ASSETS = "assets/verimath"
SITE = Path(__file__).parent / "site"
# What the pages need, by its name on the site.
OURS = {"verimath.css": SITE / "style.css"}
OURS |= {name: SITE / name for name in ("folds.js", "reader.js", "lists.js", quick.SEEK, quick.SCRIPT)}


class VerimathConfig(Config):  # type: ignore[no-untyped-call]
    """Where snippets lie is said by pymdownx.snippets, the language by the theme."""

    # False only sets and numbers the equations, for a site whose formulas aren't all executable.
    check = option.Type(bool, default=True)
    # What of a snippet is seen on arrival.
    snippets = option.Choice(("useful", "whole"), default="useful")
    # A YAML file with a language's words: what programs print and draw, and what the tool says.
    words = option.Optional(option.File(exists=True))
    # False computes everything, and keeps nothing for the next build.
    cache = option.Type(bool, default=True)
    # Whether text is set as the theme's language is printed; there are rules for French.
    typography = option.Type(bool, default=True)
    # Whether the text has a face that goes with the formulas' own, in --vm-text-face and served by the site.
    typeface = option.Type(bool, default=False)
    # What stands around the text of each page: parts of site.colophon.PARTS.
    furniture = option.ListOfItems(option.Choice(FURNITURE), default=[])
    # Of the text, by its identifier among SPDX's, such as CC-BY-4.0.
    license = option.Type(str, default="")
    # What is shown of the check: parts of page.asked.PARTS; a page leaves some out by `hides` in its front matter.
    shows = option.ListOfItems(option.Choice(PARTS), default=[*PARTS])
    # A JSON file with figures on mutants, as `verimath mutate --figures` writes it.
    mutants = option.Optional(option.File(exists=True))
    # A text file with the numbers that equations had before, one a line: `111 page/#label`.
    former = option.Optional(option.File(exists=True))
    # How many seconds a cell of a notebook may run.
    cell_seconds = option.Type(int, default=kernel.CELL_SECONDS)
    # The classes of the boxes that a page's handout leaves out; where a page has none of them, it has no handout.
    left_out = option.ListOfItems(option.Type(str), default=["solution", "answer"])
    # True writes a Content Security Policy into each page; so do further sources by directive.
    policy = option.Type((bool, dict), default=False)
    # By the names that pages refer to them by, `[](softmax#grad-w)`, the equations.json of other sites.
    others = option.Type(dict, default={})
    # Commands of its own for formulas, `{'\\R': '\\mathbb{R}'}`; a page may have others in its front matter.
    macros = option.Type(dict, default={})
    # Whether what isn't seen yet waits: sections far below, a theme's search index; what is seen first comes first.
    quick = option.Type(bool, default=False)


class VerimathPlugin(BasePlugin[VerimathConfig]):  # type: ignore[no-untyped-call]
    """Typesets and numbers the equations of a site; any error stops the build before a page is written."""

    def __init__(self) -> None:
        self.markdown = VerimathExtension()
        self.folder: Path | None = None
        self.store = Store()
        self.runs = snippet.Runs(self.store)
        self.at_work = ExitStack()
        self.pages: dict[str, pages.Page] = {}
        self.listings: dict[str, snippet.Listing] = {}
        self.nav: list[SitePage] = []
        self.problems: list[Refusal] = []
        self.is_whole = True
        self.is_dirty = False
        self.is_served = False
        self.started = 0.0
        self.files: Iterable[File] = ()
        self.styles: Styles | None = None
        self.found = Checked([], [], None)
        self.bar = Progress("pages", 0)
        self.project = Project("", Path(), ())
        self.set_right = partial(set_right, language="")
        self.site_words, self.words = SiteWords(), words_of("en")
        self.colophon = Colophon((), self.words, Publication(""))
        self.papers: dict[str, str] = {}
        self.notebooks: dict[str, in_cells.NotebookPage] = {}
        self.reader = Reader(self.found, {}, self.words, (), {}, {}, self.store)
        self.finished: MkDocsConfig | None = None
        self.good: LastGood | None = None
        # Of each commit, whether files had changed since when it was first served.
        self.changed: dict[str, bool] = {}

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Having this, the plugin lives as long as `mkdocs serve`, and with it what it knows."""
        self.is_dirty, self.is_served = dirty, command == "serve"

    @event_priority(-100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """The last, when all extensions are there."""
        self.started, self.styles = time.time(), None
        folder = place() if self.config.cache else None
        if folder != self.folder:
            self.folder, self.store = folder, Store(folder)
            self.runs = snippet.Runs(self.store)
        if not (katex.VENDOR / "VERSION").is_file():
            raise PluginError(str(katex.MissingKatexError()))
        if self.is_dirty:
            raise PluginError("verimath numbers the equations of all pages\n  build without --dirty")
        # Python-Markdown takes instances too; MkDocs' type says names.
        extensions: list[Any] = config.markdown_extensions
        there = all_of(named(extensions))
        for name, options in ADDED.items():
            extensions += [name] if name not in there else []
            config.mdx_configs[name] = {**options, **config.mdx_configs.get(name, {})}
        with _told():
            self.project = _project(config, self.markdown, self.config.others, self.config.macros)
        _refuse([*project_faults(self.project), *(notebook_faults(self.project) if self.config.check else ())])
        language = _language(config)
        self.site_words = self._site_words()
        self.words = words_of(language, self.site_words.tool)
        labels = Labels(self.site_words.printed, self.words.writing["colon"], self.site_words.file)
        self.markdown.draft.style = Style(self.words, self.config.snippets == "whole", labels)
        self.set_right = partial(set_right, language=language if self.config.typography else "")
        self.papers, self.notebooks = {}, {}
        self.colophon = Colophon(self.config.furniture, self.words, self._publication(config))
        if self.markdown not in extensions:
            extensions.append(self.markdown)
        # pymdownx looks from where the build was started, MkDocs from where the configuration lies: one place for both.
        config.mdx_configs["pymdownx.snippets"]["base_path"] = [*map(str, self.project.snippets)]
        ours = ["katex.min.css", "verimath.css", *([typeface.STYLE] if self.config.typeface else [])]
        config.extra_css[:0] = [f"{ASSETS}/{name}" for name in ours]
        of_check = ["reader.js", quick.SEEK] if self.config.check and self.config.shows else []
        scripts = ["copy-tex.min.js", "folds.js", *of_check]
        config.extra_javascript += [f"{ASSETS}/{name}" for name in scripts]
        if self.config.quick:
            quick.unmeasured(config.theme)
        return config

    # Behind static-i18n, which comes late itself and stops at files that lie in no folder, as some of these.
    @event_priority(-200)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """All pages are there, and none is HTML: they are checked as `verimath check` checks them."""
        vendored = [
            path for path in katex.VENDOR.rglob("*") if path.is_file() and path.name not in ("katex.min.js", "VERSION")
        ]
        assets = {path.relative_to(katex.VENDOR).as_posix(): path for path in sorted(vendored)} | OURS
        if self.config.typeface:
            try:
                assets |= typeface.published()
            except typeface.MissingTypeError as error:
                raise PluginError(str(error)) from error
        for name, path in assets.items():
            if path.suffix == ".css":
                style = sheets.published(path.read_text("utf-8"))
                files.append(File.generated(config, f"{ASSETS}/{name}", content=style))
            elif name in OURS:
                script = sheets.published_script(path.read_text("utf-8"))
                files.append(File.generated(config, f"{ASSETS}/{name}", content=script))
            else:
                files.append(File.generated(config, f"{ASSETS}/{name}", abs_src_path=str(path)))
        self.problems = []
        named = {_name(file): file for file in files.documentation_pages() if _is_page(file)}
        found = checked(
            {name: partial(_text, file) for name, file in sorted(named.items(), key=_in_order)},
            self.project,
            self.config.check,
            self.runs,
            self.store,
        )
        _refuse(report.error() for report in found.reports if not report.is_expected)
        self.pages = {named[page.file].src_uri: page for page in found.pages}
        self.found = found
        self.bar = Progress("pages", len(named))
        shown = (snippet for page in found.pages for snippet in page.snippets)
        for uri, html in programs.published(shown, [*self.project.snippets], f"{ASSETS}/verimath.css").items():
            files.append(File.generated(config, uri, content=html))
        return files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """The last, when all have ordered it: equations are numbered in the order in which they are read."""
        self.nav = nav.pages
        for item in _items(nav.items):
            # A page without a title in the navigation has none before it is read.
            if item.title:
                item.title = self.set_right(item.title)
        return nav

    @event_priority(-100)
    def on_pre_page(self, page: SitePage, config: MkDocsConfig, files: Files) -> SitePage:
        """The last: who sets notebooks has exchanged how this page is set, and is asked for what its cells put out."""
        uri, theirs = page.file.src_uri, vars(page).get("render")
        if uri not in self.pages or theirs is None:
            return page
        if not uri.endswith(NOTEBOOKS):
            self.problems.append(in_cells.taken_by_another(_name(page.file)))
            return page
        with self._noting():
            self.notebooks[uri] = found = in_cells.NotebookPage(
                _name(page.file), _text(page.file), uri, self.words, self.config.check, self.pages[uri].macros
            )
            drawer = self.store.drawer("notebook", found.file)
            work = found.work([*self.project.snippets], drawer, self.config.cell_seconds)
            options = config.plugins[JUPYTER].config if JUPYTER in config.plugins else {}

            def made() -> str:
                theirs(config, files)
                return page.content or ""

            def render(config: MkDocsConfig, files: Files) -> None:
                title = vars(page).pop("title", None)
                with self._noting():
                    found.set_by(made, work, options)
                vars(page).pop("title", None)
                if title is not None:
                    page.title = title
                SitePage.render(page, config, files)

            page.render = render  # type: ignore[method-assign]
        return page

    @event_priority(100)
    def on_page_markdown(self, markdown: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Read the file itself: only it has the lines that messages name."""
        if not _is_page(page.file):
            return markdown
        read = self.pages.get(page.file.src_uri)
        if read is None:
            # Another plugin made it since.
            with _told():
                read = self.pages[page.file.src_uri] = pages.read(
                    _name(page.file), _text(page.file), self.project.macros
                )
        # Until Markdown has made HTML of it.
        self.at_work.close()
        self.at_work.enter_context(katex.keeping(self.store, read.file))
        before = len(self.problems)
        for equation in (*read.equations, *read.unlabelled):
            with self._noting():
                set_equation(equation)
        self.listings = {}
        for shown in read.snippets:
            with self._noting():
                listing = self.listings[shown.name] = self._listing(shown)
                if drawings.is_drawing(listing.output):
                    file = drawings.published(shown.name, listing.output, self.colophon.publication, shown.place)
                    files.append(File.generated(config, drawings.address(shown.name), content=file))
        self.is_whole = len(self.problems) == before
        self.markdown.draft.start(read, self.listings, self.store.drawer("html", read.file))
        if page.file.src_uri in self.notebooks:
            # MkDocs has read the file as if it were Markdown.
            page.meta = read.front_matter
            return with_fences(read.below)
        return with_fences("\n".join(replaced(read.file, (*markdown.split("\n"),), 1, read.macros)))

    @event_priority(100)
    def on_page_content(self, html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """The first: others write HTML anew, and make a dollar of what stands for one."""
        if not _is_page(page.file):
            return html
        read = self.pages[page.file.src_uri]
        html = compare.without_comments(html)
        if self.is_whole:
            with self._noting():
                if problem := self.markdown.draft.problem:
                    raise problem
                compare.refuse_difference(read, html, self.listings, self.markdown.draft.given)
                compare.refuse_what_is_amiss(read, html, self.store.drawer("html", read.file))
            if (others := [*compare.included(read, html)]) and (node := self.found.node(read.file)):
                # A text that the page includes speaks of what the page knows.
                self.problems += unknown_symbols(read, node.names, node.letters, others)
        # MkDocs knows the anchors of headings; these are links' targets too.
        if page.present_anchor_ids is not None:
            page.present_anchor_ids.update(equation.label for equation in read.equations)
        html = self._set_page_right(html, page, self.store.drawer("html", read.file))
        if (notebook := self.notebooks.get(page.file.src_uri)) and self.is_whole:
            with self._noting():
                html = notebook.put(html)
        html = carets.kept(html)
        self.at_work.close()
        self.store.close(of=read.file)
        self.bar.step(read.file)
        return html

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """All pages exist, and neither search nor the theme has seen one."""
        self.bar.clear()
        self.files = files
        others = [file.page for file in files.documentation_pages() if file.page]
        order: dict[str, SitePage] = {}
        for page in [*self.nav, *others]:
            # A page may stand twice in the navigation; its equations are numbered where it comes first.
            if page.file.src_uri in self.pages:
                order.setdefault(page.file.src_uri, page)
        _refuse(self.problems)
        with self._noting():
            numbered = site.number((self.pages[uri], page.url) for uri, page in order.items())
            reasons = {label: each.equation.reason for label, each in numbered.items()}
            noted = notes(self.found.reports if self.config.check else [], reasons, self.words)
            noted = {label: self.set_right(note) for label, note in noted.items()}
            shows = self.config.shows if self.config.check else []
            elsewhere = self.project.others
            figures, former = read_figures(self.config.mutants), read_former(self.config.former)
            self.reader = Reader(self.found, numbered, self.words, shows, figures, former, self.store)
            for uri, page in order.items():
                read = self.pages[uri]
                self.reader.add(read, page.url, page.title or "")
                with self._noting():
                    page.content = site.resolve(
                        read, page.content or "", page.url, numbered, self.words, noted, self.set_right, elsewhere
                    )
                with katex.keeping(self.store, read.file):
                    symbols = legend(read, self.found.notation(read.file), self.words)
                    page.content = f"{page.content}{self.set_right(symbols)}"
        to_take = self._downloads(numbered, files) if not self.problems else []
        _refuse(self.problems)
        for address, text in [*self.reader.files(), *to_take]:
            files.append(File.generated(config, f"{ASSETS}/{address}", content=text))
        for name, found in referred(self.pages.values(), elsewhere).items():
            files.append(File.generated(config, site.previews(name), content=shared.shown(found)))
        for plugin in _searches(config):
            keep_entries(plugin, {uri: self.pages[uri].file for uri in order}, lambda: self.store)
        told = self.reader.equations(config.site_name or "", config.site_url or "")
        files.append(File.generated(config, shared.NAME, content=told))
        return env

    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """The last, after the search has read the page: what stands around a text is found on every page."""
        if page.file.src_uri in self.pages:
            html = self.reader.shown(self.pages[page.file.src_uri], page.content or "")
            for plugin in _searches(config):
                boost = (page.meta.get("search") or {}).get("boost")
                put(getattr(plugin, "search_index", None), self.reader.entries(self.pages[page.file.src_uri]), boost)
            if page.is_homepage:
                html = after_lead(html, self.set_right(self.reader.counts(self.pages[page.file.src_uri])))
            if self.config.quick:
                drawer = self.store.drawer("sections", self.pages[page.file.src_uri].file)
                html = quick.reachable(quick.in_sections(html, drawer))
            page.content = html
            paper = handouts.NAME if self._has_handout(page) else ""
            if paper and not page.url.endswith("/") and page.url:
                paper = f"{Path(page.url).stem}-{paper}"
            source = Path(page.file.abs_src_path or page.file.src_uri).resolve()
            page.content = self.colophon.around(page.content or "", page.title or "", page.url, source, paper)
            if paper:
                self.papers[page.file.dest_uri] = paper
        return context

    @event_priority(100)
    def on_post_page(self, output: str, page: SitePage, config: MkDocsConfig) -> str:
        """The first: others write HTML anew, and would change the markers."""
        if self.config.typeface:
            output = typeface.preloaded(output, page.url, ASSETS)
        if (read := self.pages.get(page.file.src_uri)) is None:
            output = site.set_formulas(output)
        else:
            with katex.keeping(self.store, read.file):
                output = site.set_formulas(output)
            self.store.close(of=read.file)
        if self.config.quick:
            output = quick.with_held_search(quick.faces_first(output, page.url, ASSETS), ASSETS)
        return output

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """The last, when others have written their files too."""
        with _told(), undisturbed():
            self._write_beside(Path(config.site_dir))
            # By where the pages lie: `mkdocs serve` builds in another folder each time.
            finished, drawer = Finished(Path(config.site_dir)), self.store.drawer("pages", config.docs_dir)
            if self.config.quick:
                quick.finish(finished, ASSETS, drawer)
            dress = partial(self._dress, docs=config.docs_dir)
            if self.is_served:
                self.styles = Styles(finished, *_sheets(self.files, config), dress)
            else:
                dress(finished)
            if "navigation.instant" in (config.theme.get("features") or ()):
                quick.fit_for_instant(finished, drawer)
            self.store.close()
            self.store.sweep()
            self._finish(config, finished)
        self.finished = config

    @event_priority(-100)
    def on_shutdown(self) -> None:
        """Once more, for what others have written even later."""
        if self.good is not None:
            self.good.close()
        finished, self.finished, self.good = self.finished, None, None
        if finished is not None and Path(finished.site_dir).is_dir():
            with _told(), undisturbed():
                self._finish(finished, Finished(Path(finished.site_dir)))

    def on_build_error(self, error: Exception) -> None:
        """A build that has stopped is looked at no more."""
        self.finished = None

    def _finish(self, config: MkDocsConfig, site: Finished) -> None:
        """Nothing that stands for a formula may be left in any file; pages say what they may load."""
        drawer = self.store.drawer("finished", config.docs_dir)
        refuse_markers(site, _others(config), drawer)
        policy = read_option(self.config.policy, typed(config.config_file_path or "mkdocs.yml"))
        _refuse(protect(site, policy, drawer) if policy else ())
        self.store.close("finished")

    def _dress(self, site: Finished, docs: str) -> tuple[str, ...]:
        """Make the style sheets of a finished site and their faces light; what of them its pages depend on."""
        if not self.config.quick:
            return ()
        drawer = self.store.drawer("pages", docs)
        said = quick.plain_classes(site)
        quick.fade(site, drawer)
        unused.lighten(site, drawer)
        glyphs.split(site, ASSETS, drawer)
        return said

    def _publication(self, config: MkDocsConfig) -> Publication:
        """What the site says of itself, where it says anything."""
        said = config.site_name or "", config.site_author or "", config.site_url or "", config.repo_url or ""
        if not self.config.furniture:
            return Publication(*said)
        found = publication(*said, self.config.license, Path(config.docs_dir))
        if not self.is_served:
            return found
        # A first edit would change what each page says of itself, and all of them would be finished anew for it.
        return replace(found, is_changed=self.changed.setdefault(found.commit, found.is_changed))

    def _has_handout(self, page: SitePage) -> bool:
        return "handout" in self.config.furniture and handouts.has_boxes(page.content or "", self.config.left_out)

    def _write_beside(self, site: Path) -> None:
        """The handouts of finished pages, and the file that says how the site is cited."""
        for uri, paper in self.papers.items():
            path = site / uri
            itself = "./" if path.name == "index.html" else path.name
            html = handouts.handout(path.read_text("utf-8"), self.config.left_out, itself, self.words)
            path.with_name(paper).write_text(html, "utf-8")
        if "citation" in self.config.furniture and (cff := self.colophon.publication.cff()):
            (site / "CITATION.cff").write_text(cff, "utf-8")

    def _downloads(self, numbered: Mapping[str, site.Numbered], files: Files) -> list[tuple[str, str]]:
        """The notebooks to take away, by their addresses, with a link to each on its page."""
        about = self.colophon.publication
        found: list[tuple[str, str]] = []
        for uri, notebook in self.notebooks.items() if "notebook" in self.config.furniture else ():
            page = files.src_uris[uri].page
            assert page is not None
            with self._noting():
                # Not with what its cells put out, which is large: a drawer has no room for two of that.
                folders, drawer = [*self.project.snippets], self.store.drawer("downloads", notebook.file)
                made = notebook.downloads(folders, numbered, files.src_uris, about.address, page.title, drawer)
                found += made.items()
                page.content = notebook.linked(page.content or "", page.url, f"{ASSETS}/", made)
        return found

    def _set_page_right(self, html: str, page: SitePage, drawer: Drawer) -> str:
        """A page's content set as its language is printed; its titles and its description too."""
        for anchor in _anchors(page.toc):
            anchor.title = self.set_right(anchor.title)
        for key in ("title", "description"):
            if isinstance(page.meta.get(key), str):
                page.meta[key] = self.set_right(page.meta[key])
        if page.title:
            page.title = self.set_right(page.title)
        key = digest("typography", self.set_right.keywords, html)
        kept: str = drawer.found(key, str, lambda: self.set_right(html))
        return kept

    def _site_words(self) -> SiteWords:
        """The words that the site brings; what is wrong with their table stops the build."""
        with _told():
            return read_words(Path(self.config.words)) if self.config.words else SiteWords()

    def _listing(self, shown: Snippet) -> snippet.Listing:
        """A snippet and what it printed, a drawing in the words of the page's language."""
        listing = self.runs.show(shown, [*self.project.snippets])
        if not drawings.is_drawing(listing.output):
            return listing
        drawn = drawings.worded(shown.name, listing.output, self.site_words, self.words, shown.place)
        return replace(listing, output=drawn)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Note what is wrong, and go on: all of it is said at once."""
        try:
            yield
        except Refusal as refusal:
            self.problems.append(refusal)

    @event_priority(-100)
    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """The last, when others have named what they watch; what stands in the way is said before the server starts."""
        for folder in filter(Path.is_dir, self.project.snippets):
            server.watch(str(folder))
        for file in filter(None, (self.config.words, self.config.mutants, self.config.former)):
            server.watch(file)
        self.finished = None
        with _told():
            refuse_taken_port(server)

        def restyled(changed: Collection[Path], watched: Iterable[Path]) -> bool:
            return self.styles is not None and self.styles.again(changed, watched)

        self.good = keep_last_good(server, Path(config.site_dir), restyled, self.started)
        return server


@contextmanager
def _told() -> Iterator[None]:
    """A refusal stops the build as MkDocs has it."""
    try:
        yield
    except Refusal as refusal:
        raise PluginError(str(refusal)) from refusal


def _refuse(problems: Iterable[Refusal]) -> None:
    """Stop the build with all that is wrong; MkDocs prints the message of a PluginError alone."""
    said = list(dict.fromkeys(map(str, problems)))
    if said:
        count = [f"{len(said)} errors"] if len(said) > 1 else []
        raise PluginError("\n".join([*said, *count]))


def _project(config: MkDocsConfig, ours: VerimathExtension, others: dict[str, str], macros: dict[str, str]) -> Project:
    """The site as MkDocs has read it; `verimath check` reads the same of its file.

    Raises:
        Refusal: where the equations of another site can't be read, or a macro is none.
    """
    root, docs = Path(config.config_file_path or ".").parent, Path(config.docs_dir)
    file = typed(config.config_file_path or "mkdocs.yml")
    toc = config.mdx_configs.get("toc", {})
    extensions: list[Any] = config.markdown_extensions
    return Project(
        file,
        docs,
        folders(root, docs, config.mdx_configs.get("pymdownx.snippets", {}).get("base_path", SNIPPETS)),
        all_of(named([extension for extension in extensions if extension is not ours])),
        toc.get("slugify", plain_slug),
        str(toc.get("separator", "-")),
        config.nav,
        frozenset(config.plugins),
        *patterns(config.plugins[JUPYTER].config if JUPYTER in config.plugins else {}),
        read_others(others, root, file),
        site_macros(macros, file),
    )


def _searches(config: MkDocsConfig) -> list[Any]:
    """The plugins that search the site."""
    return [plugin for name, plugin in config.plugins.items() if name.split("/")[-1] == "search"]


def _sheets(files: Iterable[File], config: MkDocsConfig) -> tuple[dict[Path, Callable[[], bytes]], list[Path]]:
    """What a site's style sheets and their faces hold, by where they are published, and the files of those sheets that
    pages load."""
    written = [file for file in files if file.is_media_file() and Path(file.dest_uri).suffix in DRESS]
    loaded = [file.abs_src_path for file in written if file.dest_uri in config.extra_css]
    contents = {Path(file.abs_dest_path): partial(getattr, file, "content_bytes") for file in written}
    return {**contents}, [Path(source).absolute() for source in loaded if source]


def _others(config: MkDocsConfig) -> set[str]:
    """The plugins and hooks that change or write what a site is made of, as the configuration names them."""
    events = ("env", "page_content", "page_context", "post_page", "post_template", "post_build", "shutdown")
    return {
        name.removeprefix("material/")
        for name, plugin in config.plugins.items()
        if name != "verimath" and any(hasattr(plugin, f"on_{event}") for event in events)
    }


def _items(items: Iterable[StructureItem]) -> Iterator[StructureItem]:
    """The entries of the navigation, those within others too."""
    for item in items:
        yield item
        yield from _items(getattr(item, "children", None) or [])


def _anchors(anchors: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    """The entries of a page's table of contents, those within others too."""
    for anchor in anchors:
        yield anchor
        yield from _anchors(anchor.children)


def _name(file: File) -> str:
    return typed(file.abs_src_path or file.src_uri)


def _in_order(named: tuple[str, File]) -> Path:
    """In the order in which `verimath check` reads a folder."""
    return Path(named[0])


def _is_page(file: File) -> bool:
    return file.src_uri.endswith((*SUFFIXES, *NOTEBOOKS))


def _text(file: File) -> str:
    """What a page's file holds.

    Raises:
        Refusal: where it can't be read.
    """
    return content(Path(file.abs_src_path)) if file.abs_src_path else decoded(file.src_uri, file.content_bytes)


def _language(config: MkDocsConfig) -> str:
    return str(config.theme.get("language", "en"))
