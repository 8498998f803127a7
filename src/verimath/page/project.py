"""The site that a page belongs to: where its pages and snippets lie, and what Markdown reads there."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path, PurePath
from typing import Any

from ..kept.tool import digest
from ..message.refusal import Refusal
from ..message.source import Span, typed
from .elsewhere import Others, name_of, read_others
from .front_matter import LATEX
from .macros import Macros, read_macros
from .macros import named as macro_named
from .notebook import is_notebook
from .settings import Tagged, settings

NAMES = ("mkdocs*.yml", "mkdocs*.yaml")
SNIPPETS = "snippets"
ARITHMATEX = "pymdownx.arithmatex"
# What the plugin adds where a configuration hasn't it, with options that are taken where none is chosen: fences in any
# place, and includes whose inner sections stand by themselves.
ADDED: dict[str, dict[str, Any]] = {
    "pymdownx.superfences": {},
    "pymdownx.snippets": {"check_paths": True, "dedent_subsections": True},
}
# The plugin that makes pages of notebooks, and what it takes for one; another one, whose pages nothing reads.
JUPYTER, OTHER = "mkdocs-jupyter", "mknotebooks"
TAKEN = ("*.py", "*.ipynb", "*.md")
# What MkDocs gives every page without being asked.
ALWAYS = ("tables", "toc", "fenced_code")
# An extension that is several others.
BUNDLES = {
    "extra": ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables"),
    "pymdownx.extra": (
        *("abbr", "attr_list", "def_list", "footnotes", "md_in_html", "tables"),
        "pymdownx.superfences",
    ),
}
# The function that makes an anchor of a heading's words and a separator.
Slug = Callable[[str, str], str]


@dataclass(frozen=True, eq=False)
class Project:
    """A site, as far as its pages are read by it.

    Attributes:
        config: its file, for messages.
        docs: the folder of its pages.
        snippets: where its snippets lie.
        extensions: of Markdown, by name; None where the site isn't built by this tool, or may have any.
        slug: makes the anchor of a heading; None where only the build can say.
        separator: for the blanks in it.
        nav: the navigation as it is written; None where it is made of the files.
        plugins: the names of MkDocs' plugins.
        included, ignored: the patterns by which files are made pages as notebooks, or aren't.
        others: the equations of other sites that its pages may refer to.
        macros: the commands of its own that its formulas may be written with.
    """

    config: str
    docs: Path
    snippets: tuple[Path, ...]
    extensions: frozenset[str] | None = None
    slug: Slug | None = None
    separator: str = "-"
    nav: Any = None
    plugins: frozenset[str] = field(default_factory=frozenset)
    included: tuple[str, ...] = TAKEN
    ignored: tuple[str, ...] = ()
    others: Others = field(default_factory=dict)
    macros: Macros = field(default_factory=Macros)

    @cached_property
    def reading(self) -> str:
        """A name for how it reads pages, the same in each run; empty where that can't be said."""
        if (slug := _slug_name(self.slug)) is None:
            return ""
        extensions = None if self.extensions is None else sorted(self.extensions)
        return digest(self.config, extensions, slug, self.separator, name_of(self.others))

    def has(self, extension: str) -> bool:
        """Whether Markdown is extended by this; where nothing is known of it, it is taken to be."""
        return self.extensions is None or extension in self.extensions

    def shows(self, file: str) -> bool:
        """Whether a file in the folder of pages becomes one; a notebook does where a plugin makes it one."""
        if not is_notebook(file):
            return True
        path = PurePath(os.path.abspath(file))
        taken = any(map(path.match, self.included)) and not any(map(path.match, self.ignored))
        return JUPYTER in self.plugins and taken


class Projects:
    """The sites that pages belong to; each configuration is read once.

    Attributes:
        faults: why a configuration couldn't be read.
    """

    def __init__(self) -> None:
        self.faults: list[Refusal] = []
        self._read: dict[Path, Project | None] = {}
        self._found: dict[Path, Project | None] = {}

    def of(self, file: str) -> Project | None:
        """The site of a page: of a `mkdocs*.yml` above that has the page in its `docs_dir`."""
        # Of links in a circle, Path.resolve raises.
        try:
            folder = Path(os.path.realpath(file)).parent
        except ValueError:
            # No file can be called so.
            return None
        if folder not in self._found:
            above = (self._in(parent, folder) for parent in (folder, *folder.parents))
            self._found[folder] = next((project for project in above if project is not None), None)
        return self._found[folder]

    def all(self) -> list[Project]:
        """Those that were found, each once."""
        return list(dict.fromkeys(project for project in self._found.values() if project is not None))

    def _in(self, parent: Path, folder: Path) -> Project | None:
        configs = {found for name in NAMES for found in parent.glob(name) if found.is_file()}
        # The site's own first, then those of other languages.
        for config in sorted(configs, key=lambda config: (_is_variant(config), config)):
            if config not in self._read:
                try:
                    self._read[config] = _project(config, settings(config))
                except Refusal as refusal:
                    self._read[config] = None
                    if not _is_variant(config):
                        self.faults.append(refusal)
            project = self._read[config]
            if project is not None and folder.is_relative_to(project.docs):
                return project
        return None


def _is_variant(config: Path) -> bool:
    return config.stem != "mkdocs"


def _project(config: Path, values: Mapping[str, Any]) -> Project:
    docs = (config.parent / str(values.get("docs_dir", "docs"))).resolve()
    plugins = named(values.get("plugins") or ())
    options = named(values.get("markdown_extensions") or ())
    bases = options.get("pymdownx.snippets", {}).get("base_path", SNIPPETS)
    toc = options.get("toc", {})
    return Project(
        typed(config),
        docs,
        folders(config.parent, docs, bases),
        all_of({*options, *ADDED}) if "verimath" in plugins else None,
        _slug(toc.get("slugify")),
        str(toc.get("separator", "-")),
        values.get("nav"),
        frozenset(plugins),
        *patterns(plugins.get(JUPYTER, {})),
        read_others(plugins.get("verimath", {}).get("others"), config.parent, typed(config)),
        site_macros(plugins.get("verimath", {}).get("macros"), typed(config)),
    )


def site_macros(values: Any, config: str) -> Macros:
    """The macros of a site, from the plugin's options.

    Raises:
        Refusal: for the first that isn't one, where its configuration says it.
    """
    return read_macros(values, lambda name: macro_named(config, _lines(config), name))


def patterns(options: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The patterns of files that are pages as notebooks, and of those that aren't, from the plugin's options."""
    listed = options.get("include", TAKEN), options.get("ignore", ())
    included, ignored = (tuple(map(str, each)) if isinstance(each, list | tuple) else () for each in listed)
    return included, ignored


def folders(root: Path, docs: Path, bases: Any) -> tuple[Path, ...]:
    """Where snippets lie, from `base_path` as it is written, below a configuration's folder."""
    found = []
    for base in bases if isinstance(bases, list | tuple) else [bases]:
        # MkDocs' own tag, `!relative $docs_dir`.
        path = str(base.value if isinstance(base, Tagged) else os.fspath(base))
        found.append(root / path.replace("$docs_dir", str(docs)).replace("$config_dir", str(root)))
    return tuple(found)


def named(listed: Any) -> dict[str, dict[str, Any]]:
    """Names with their options, as MkDocs lists plugins and extensions: names, tables of one, or one table of all."""
    entries = [{name: options} for name, options in listed.items()] if isinstance(listed, Mapping) else listed
    found: dict[str, dict[str, Any]] = {}
    for entry in entries if isinstance(entries, Iterable) and not isinstance(entries, str) else ():
        for name, options in entry.items() if isinstance(entry, Mapping) else [(entry, {})]:
            found[str(name).removeprefix("markdown.extensions.")] = options if isinstance(options, dict) else {}
    return found


def all_of(extensions: Iterable[str]) -> frozenset[str]:
    """Extensions with those that they are made of and those that are always there."""
    return frozenset({*ALWAYS, *extensions}.union(*(BUNDLES.get(name, ()) for name in extensions)))


def pages_of_nav(nav: Any) -> Iterator[str]:
    """The files that the navigation names, at all its levels."""
    for item in nav if isinstance(nav, list) else []:
        for inside in item.values() if isinstance(item, dict) else [item]:
            if isinstance(inside, str):
                yield inside
            else:
                yield from pages_of_nav(inside)


# Anchors


def plain_slug(text: str, separator: str) -> str:
    """An anchor as Python-Markdown makes it."""
    words = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^\w\s-]", "", words).strip().lower()
    return re.sub(rf"[{re.escape(separator)}\s]+", separator, words)


def unicode_slug(text: str, separator: str) -> str:
    """An anchor in lower case as pymdownx.slugs makes it; of another case, it could be no label."""
    words = re.sub(r"</?[^>]*>", "", unicodedata.normalize("NFC", text)).strip().lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", separator)


def _slug_name(slug: Any) -> str | None:
    """A name for what makes anchors, which an installed package has, or this one; None for any other."""
    if slug is None:
        return ""
    of = slug.func if isinstance(slug, partial) else slug
    module, name = getattr(of, "__module__", ""), getattr(of, "__qualname__", "")
    if module not in (__name__, "pymdownx.slugs", "markdown.extensions.toc"):
        return None
    return f"{module}.{name} {(slug.args, slug.keywords) if isinstance(slug, partial) else ''}"


def _slug(slugify: Any) -> Slug | None:
    if slugify is None:
        return plain_slug
    return unicode_slug if isinstance(slugify, Tagged) and slugify.tag.endswith("pymdownx.slugs.slugify") else None


# What is wrong with a site as a whole


def project_faults(project: Project) -> Iterator[Refusal]:
    """What stops a site before any of its pages is read."""
    extensions = project.extensions
    if extensions is not None and ARITHMATEX in extensions:
        yield Refusal(
            "it takes the formulas in the text before they are read, and leaves them to a script",
            "delete it, and the script of KaTeX or MathJax with it: verimath sets them",
            what=f"`{ARITHMATEX}` is among markdown_extensions",
            span=_named(project, ARITHMATEX),
        )
    for title in titles(project.nav):
        if LATEX.search(title):
            yield Refusal(
                way_out="write it in words or Unicode",
                what=f"LaTeX in the title `{title}` of nav",
                span=Span(project.config),
            )


def notebook_faults(project: Project) -> Iterator[Refusal]:
    """The notebooks that a reader is led to, and that nothing reads."""
    if OTHER in project.plugins:
        yield Refusal(
            "what its pages display is read by no check",
            f"use {JUPYTER}",
            what=f"`{OTHER}` is among the plugins",
            span=_named(project, OTHER),
        )
    for page in pages_of_nav(project.nav):
        suffixes = (".ipynb", ".py") if JUPYTER in project.plugins else (".ipynb",)
        if page.endswith(suffixes) and not project.shows(str(project.docs / page)):
            yield Refusal(
                "nothing makes a page of it",
                f"list it in the option `include` of {JUPYTER}"
                if JUPYTER in project.plugins
                else f"list {JUPYTER} among the plugins, or write it as a Markdown page",
                what=f"the notebook `{page}` is in the navigation",
                span=_named(project, page),
            )


def titles(nav: Any) -> Iterator[str]:
    """The titles that the navigation gives, at all its levels."""
    for item in nav if isinstance(nav, list) else []:
        if isinstance(item, dict):
            for title, inside in item.items():
                yield str(title)
                yield from titles(inside)


def _named(project: Project, name: str) -> Span:
    """Where a configuration names something, as far as it can be found there."""
    for number, line in enumerate(_lines(project.config), 1):
        if name in line and not line.lstrip().startswith("#"):
            return Span(project.config, number, line.index(name), line)
    return Span(project.config)


def _lines(config: str) -> list[str]:
    """The lines of a configuration; none where it can't be read."""
    try:
        return Path(config).read_text("utf-8", "replace").split("\n")
    except OSError:
        return []
