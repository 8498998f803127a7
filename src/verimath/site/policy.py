"""A Content Security Policy for every page of a site: only what the site itself holds is loaded, and only it runs.

It is made when all pages are finished, since scripts in pages are allowed by the hashes of what they are; and it is the
same on all pages: where a theme goes from page to page without leaving the first one, the first one's policy counts.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from ..kept.store import Drawer
from ..kept.tool import digest
from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Span, typed
from .finished import Finished

# By directive; whatever isn't named falls back on the first one.
SOURCES = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    # KaTeX places its spans by their own attributes.
    "style-src-attr": ("'unsafe-inline'",),
    # The icons of themes are pictures within their style sheets.
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "media-src": ("'self'",),
    "connect-src": ("'self'",),
    "worker-src": ("'self'",),
    "manifest-src": ("'self'",),
    "base-uri": ("'self'",),
    "form-action": ("'self'",),
}
EXTRA = frozenset({*SOURCES, "frame-src", "child-src", "object-src"}) - {"default-src"}
# What no option may bring back: these would allow whatever stands in a page.
TOO_MUCH = re.compile(r"'(?:unsafe-\w+|strict-dynamic)'|\*")

ATTRIBUTES = r"(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)"
ELEMENT = re.compile(
    rf"<!--.*?-->|<(?P<tag>script|style)(?=[\s/>]){ATTRIBUTES}>(?P<text>.*?)</(?P=tag)[\s/>]", re.DOTALL | re.IGNORECASE
)
ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
# Of scripts: anything else is data, which no policy looks at.
EXECUTED = re.compile(r"(?:module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma)script)?", re.I)
HANDLER = re.compile(r"<[a-z][^<>\s]*\s(?:[^<>]*\s)?on[a-z]+\s*=[^<>]*>", re.IGNORECASE)
SCRIPT_LINK = re.compile(r"<[a-z][^<>]*\s(?:href|(?:form)?action|src)\s*=\s*[\"']?\s*javascript:[^<>]*>", re.IGNORECASE)
# What loads a file, by its tag: the attribute with the address, and the directive.
LOADS = {
    "script": ("src", "script-src"),
    "img": ("src", "img-src"),
    "audio": ("src", "media-src"),
    "video": ("src", "media-src"),
    "source": ("src", "media-src"),
    "iframe": ("src", "frame-src"),
    "embed": ("src", "object-src"),
    "object": ("data", "object-src"),
    "link": ("href", "style-src"),
}
LOADER = re.compile(rf"<(?P<tag>{'|'.join(LOADS)})(?=[\s/>]){ATTRIBUTES}>", re.IGNORECASE)
# Links of other kinds lead somewhere, and load nothing.
LINKED = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
    "preload": "",
}
# What Material asks another host for, and then writes style sheets into the page, where it finds such a thing.
DRAWN = re.compile(r"<(?:pre|div)\s[^<>]*class=[\"']?mermaid[\"'\s>]", re.IGNORECASE)
BUNDLE = re.compile(r"<script\s[^<>]*assets/javascripts/bundle\.\w+\.min\.js", re.IGNORECASE)
OPTION = "allow it there by the plugin's option, `policy: {{{directive}: {origin}}}`, or publish it with the site"

# Under which name it is kept what stands in a page.
SEEN = "policy"
META = re.compile(r'<meta http-equiv="Content-Security-Policy" data-made-by="verimath" content="[^"]*">')
CHARSET = re.compile(r"<meta\s[^<>]*charset[^<>]*>", re.IGNORECASE)
HEAD = re.compile(r"(?:<head(?:\s[^<>]*)?>\s*)", re.IGNORECASE)
START = re.compile(r"(?:\s*<!doctype[^<>]*>)?(?:\s*<html[^<>]*>)?", re.IGNORECASE)


@dataclass
class Policy:
    """What the pages of a site may load and run.

    Attributes:
        allowed: sources beyond the site itself, by directive.
        scripts: the hashes of scripts that stand in pages.
        styles: those of style sheets that stand in pages.
    """

    allowed: Mapping[str, tuple[str, ...]]
    scripts: set[str] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        """The policy as a page or a server says it."""
        found = {directive: [*sources, *self.allowed.get(directive, ())] for directive, sources in SOURCES.items()}
        found["script-src"] += sorted(self.scripts)
        found["style-src"] += sorted(self.styles)
        found |= {directive: [*self.allowed[directive]] for directive in sorted({*self.allowed} - {*SOURCES})}
        return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in found.items())

    def add(self, page: Seen) -> None:
        """Allow the scripts and style sheets that stand in a page."""
        self.scripts.update(page.scripts)
        self.styles.update(page.styles)

    def allows(self, directive: str, address: str) -> bool:
        """Whether pages may load a file of another host."""
        parts, origin = urlsplit(address), _origin(address)
        named = (origin, parts.netloc, f"{parts.scheme}:")
        return any(source in named or address.startswith(source) for source in self.allowed.get(directive, ()))


@frozen
class Seen:
    """What stands in a page that a policy has to do with.

    Attributes:
        scripts, styles: the hashes of those that stand in it.
        attributes: tags that hold a script in an attribute.
        loads: the files of other hosts, each with the directive that it falls under.
        is_drawn: whether the theme draws a diagram in it.
    """

    scripts: list[str]
    styles: list[str]
    attributes: list[str]
    loads: list[tuple[str, str]]
    is_drawn: bool


def seen(html: str) -> Seen:
    """What stands in a page that a policy has to do with."""
    scripts: set[str] = set()
    styles: set[str] = set()
    for found in ELEMENT.finditer(html):
        if found["tag"] is None:
            continue
        attributes, text = read_attributes(found["attributes"]), found["text"]
        if found["tag"].lower() == "style":
            # Within a drawing, it is read as any other text is.
            styles |= {sha(text), sha(unescape(text))}
        elif "src" not in attributes and EXECUTED.fullmatch(attributes.get("type", "").strip()):
            scripts.add(sha(text))
    bare = ELEMENT.sub("", html)
    acting = [_short(found.group()) for kind in (HANDLER, SCRIPT_LINK) for found in kind.finditer(bare)]
    is_drawn = DRAWN.search(bare) is not None and BUNDLE.search(html) is not None
    return Seen(sorted(scripts), sorted(styles), acting, [*loaded(html)], is_drawn)


def _seen_without(html: str) -> dict[str, object]:
    """The same of a page that may have a policy of before, as it is kept."""
    return vars(seen(META.sub("", html)))


def read_option(option: object, config: str) -> Policy | None:
    """The policy that a configuration asks for; None where it asks for none.

    Args:
        option: true, false, or sources beyond the site itself by directive, one or a list of them.
        config: the configuration's file.

    Raises:
        Refusal: for a directive that there isn't, or sources that would allow whatever stands in a page.
    """
    if option is None or option is False:
        return None
    allowed: dict[str, tuple[str, ...]] = {}
    for directive, sources in option.items() if isinstance(option, dict) else ():
        listed = tuple(map(str, sources)) if isinstance(sources, list) else tuple(str(sources).split())
        wrong = next((source for source in listed if TOO_MUCH.search(source) or ";" in source or "," in source), None)
        if directive not in EXTRA:
            why, way_out = f"there is no {directive}", f"write one of {', '.join(sorted(EXTRA))}"
        elif wrong is not None:
            why, way_out = f"{wrong} would allow more than one source", "write its origin, such as https://example.org"
        else:
            allowed[directive] = listed
            continue
        raise Refusal(why, way_out, what="the option `policy` can't be read", span=Span(config))
    return Policy(allowed)


def protect(site: Finished, policy: Policy, drawer: Drawer | None = None) -> list[Refusal]:
    """Put a policy into each page of a finished site, and into those that have one already that of today.

    Args:
        site: a page is read twice, since not all of them may have room at once.
        policy: what is allowed beyond what stands in the pages.
        drawer: what earlier builds have kept: what stands in pages, by their content.

    Returns:
        What pages do that the policy stops; where there is any, no page is changed.
    """
    drawer = drawer or Drawer(None)
    problems: dict[str, Refusal] = {}
    others: Counter[str] = Counter()
    for path in site.pages:
        page = Seen(**site.found(path, drawer, SEEN, Seen, _seen_without))
        for why, problem in {each.why: each for each in forbidden(page, policy)}.items():
            problem.span = Span(typed(path))
            # What a theme does, it does on all pages.
            others[why] += problems.setdefault(why, problem) is not problem
        policy.add(page)
    for why, problem in problems.items():
        problem.why += f", and so do {others[why]} more pages" if others[why] > 1 else ""
    if problems:
        return [*problems.values()]
    said = str(policy).replace("&", "&amp;").replace('"', "&quot;")
    meta = f'<meta http-equiv="Content-Security-Policy" data-made-by="verimath" content="{said}">'

    def finished(html: str) -> str:
        return with_meta(META.sub("", html), meta)

    has_meta = f"protected-{digest(meta)}"
    for path in site.pages:
        if not site.found(path, drawer, has_meta, bool, lambda html: finished(html) == html):
            stands = site.found(path, drawer, SEEN, Seen, _seen_without)
            site.write(path, finished(site.text(path)))
            # What stands in it is the same.
            site.note(path, drawer, SEEN, stands)
            site.note(path, drawer, has_meta, True)
    return []


def with_own_scripts(html: str) -> str:
    """A page whose policy allows all scripts that stand in it: a server has added its own on the way."""
    if (found := META.search(html)) is None:
        return html
    policy = Policy({})
    policy.add(seen(html))
    new = sorted(source for source in policy.scripts if source not in found.group())
    return html.replace(found.group(), found.group().replace("script-src", " ".join(["script-src", *new]), 1), 1)


def with_meta(html: str, meta: str) -> str:
    """A page that says its policy before it loads anything; after its character set, which browsers look for early."""
    if (head := HEAD.search(html)) is None:
        place = found.end() if (found := START.match(html)) else 0
    else:
        charset = CHARSET.match(html, head.end())
        place = charset.end() if charset else head.end()
    return f"{html[:place]}{meta}{html[place:]}"


def forbidden(page: Seen, policy: Policy) -> Iterator[Refusal]:
    """What of a page its policy would stop."""
    what = "the site's policy stops what this page does"
    for tag in page.attributes:
        yield Refusal(f"a script in an attribute: {tag}", "write it in a file of extra_javascript", what=what)
    if page.is_drawn:
        why = "Material draws Mermaid's diagrams by a script of unpkg.com, with style sheets in the page"
        yield Refusal(why, "show the diagram as a picture, such as an SVG file, or leave `policy` out", what=what)
    for directive, address in page.loads:
        if not policy.allows(directive, address):
            way_out = OPTION.format(directive=directive, origin=_origin(address))
            yield Refusal(f"it loads {_short(address)}", way_out, what=what)


def loaded(html: str) -> Iterator[tuple[str, str]]:
    """The files of other hosts that a page loads, each with the directive that it falls under."""
    for found in LOADER.finditer(html):
        attribute, directive = LOADS[found["tag"].lower()]
        attributes = read_attributes(found["attributes"])
        if found["tag"].lower() == "link":
            kinds = [kind for kind in attributes.get("rel", "").lower().split() if kind in LINKED]
            if not kinds:
                continue
            directive = LINKED[kinds[0]] or f"{attributes.get('as', 'style')}-src".replace("image", "img")
        address = unescape(attributes.get(attribute, "")).strip()
        if address.startswith("//") or urlsplit(address).netloc or (directive == "frame-src" and address):
            yield directive, address


def read_attributes(text: str) -> dict[str, str]:
    """The attributes of a tag, by their names in lower case."""
    return {name.lower(): a or b or c for name, a, b, c in ATTRIBUTE.findall(text)}


def sha(text: str) -> str:
    """A source that is allowed by what it is; browsers read line breaks of any kind as one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "surrogateescape")
    return f"'sha256-{b64encode(hashlib.sha256(lines).digest()).decode()}'"


def _origin(address: str) -> str:
    """Of a file's address; of the site itself where it names no host."""
    parts = urlsplit(address)
    return f"{parts.scheme or 'https'}://{parts.netloc}" if parts.netloc else "'self'"


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:120]}…"
