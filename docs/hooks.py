"""MkDocs hooks of this site: what its editions share, ways from one to the other, what its theme leaves without a name.

An edition is the site in one language: `extra: editions` in mkdocs.yml lists them, a table in assets/words/ holds the
words of each. And what moved: the front matter of a page says `moved: {page.md: [anchors that were here]}`, and a link
to one of them leads on.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

ASSETS = Path(__file__).parent / "assets"
PUBLISHED = {".css", ".js", ".png", ".svg"}
DIALOG = 'data-md-component="search" role="dialog"'
TOGGLE = re.compile(r'(<input [^>]*type="checkbox"[^>]*?) autocomplete="off"')
# The way to a page bears the name of the whole navigation.
PATH = re.compile(r'(<nav class="md-path" )aria-label="[^"]*"')
# The theme says it in English, whatever the language.
LOST = re.compile("<h1>404[^<]*</h1>")
BODY = re.compile(r"<body(?= |>)")
# The theme's script looks for a sitemap beside whatever stands in a link that is `alternate` and nothing else.
ALTERNATE = " alternate"
LINK = re.compile(r'<link rel="alternate" href="#edition-[^>]*>\n')
# The words that this site's own script says, and those of the explorer, where there is one.
SPOKEN = ("table", "tabs", "code")
EXPLORED = ("point", "explorer", "invite", "class", "score", "right", "temperature", "step", "again", "said")
EXPLORER = 'class="explorer'
HEAD_END = re.compile("</head>")
HANDOUT = "handout.html"
SWITCH = re.compile(r'(?P<way><a href="[^"#]*/)(?P<end>" hreflang=)')
LOCATION = re.compile(r"<loc>(?P<address>[^<]*)</loc>")
NAMESPACE = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
# The picture of an edition, which bench/card.py draws.
CARD = "assets/card.%s.png"
LOCALES = {"fr": "fr_FR", "en": "en_GB"}
# A quantity has one colour, docs/assets/site.css: by its letter in formulas, and by its name in code.
LETTERS = {"X": "X", "W": "W", "λ": "logits", "S": "S", "Y": "Y", "L": "L"}
NAMES = {"X": "X", "W": "W", "logits": "logits", "S": "S", "Y": "Y", "L": "L"}
NAMES |= dict.fromkeys(("dlogits", "dW", "dX", "dS", "db"), "gradient")
# Where scores are called a, in formulas and in code.
SCORES = re.compile(r"softmax(?:-derivatives)?\.md")
LETTER = re.compile(r'<span class="mord mathnormal"(?P<style>[^>]*)>(?P<name>\w)</span>')
NAME = re.compile(r'<span class="n">(?P<name>\w+)</span>')
# Where a letter means that quantity: the course, and what follows it.
COLOURED = re.compile(
    r"(?:index|tour|context|softmax|softmax-derivatives|loss|gradients|gradients-\w+|hidden-layer|bias|targets|batches|"
    r"batch-gradients|regularisation|curvature|convexity|batch-descent|observed-expected|duality|distillation|sheet)\.md|training\.py"
)
# The examples of the pages on the language: equations whose labels begin so.
EXAMPLE = re.compile(r"^```math \{#language-.*\}\n(?:.*\n)*?```$", re.MULTILINE)


@dataclass(frozen=True)
class Edition:
    """The site in one language.

    Attributes:
        language, name: as HTML and as its readers call it.
        folder: below the site's root, with a slash at its end; empty for the one at the root.
        is_default: for readers of any other language.
    """

    language: str
    name: str
    folder: str
    is_default: bool = False


def editions(config: MkDocsConfig) -> list[Edition]:
    """All of them, as mkdocs.yml lists them."""
    return [Edition(**each) for each in config.extra["editions"]]


@cache
def words(language: str) -> dict[str, str]:
    """What this site's hooks and scripts say."""
    found: dict[str, str] = yaml.safe_load((ASSETS / "words" / f"{language}.yml").read_text("utf-8"))["site"]
    return found


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Ask the theme for a switch; where each way leads, the finished page says.

    `mkdocs serve`, which gives the site an address of its own, serves one edition alone.
    """
    served = urlsplit(config.site_url or "").hostname in ("localhost", "127.0.0.1")
    config.extra["alternate"] = [
        {"name": each.name, "lang": each.language, "link": f"#edition-{each.language}"}
        for each in ([] if served else editions(config))
    ]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add docs/assets, which the languages share, to each language's site as assets/."""
    for path in sorted(ASSETS.rglob("*")):
        # What a page includes lies in a folder for each language, and isn't published by itself.
        if path.suffix in PUBLISHED and not path.is_relative_to(ASSETS / "en"):
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
    """Name the theme's search dialog, for those who hear the page, colour its quantities, lead to other editions."""
    html = named(coloured(output, uri) if COLOURED.fullmatch(uri := page.file.src_uri) else output, config)
    html = HEAD_END.sub(lambda end: card(page, config) + end.group(), html, count=1)
    return led(html, page.url, "../" * page.url.count("/"), config)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """The page of an address that doesn't exist has the dialog too; the sitemap knows the other editions."""
    if template_name == "sitemap.xml":
        return mapped(output, config)
    output = LOST.sub(f"<h1>{words(config.theme['language'])['lost']}</h1>", output)
    return led(named(output, config), template_name, urlsplit(config.site_url or "/").path, config)


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Behind what writes the handouts: from one, the switch leads to the other edition's."""
    for paper in Path(config.site_dir).rglob(HANDOUT):
        paper.write_text(to_handouts(paper.read_text("utf-8")), "utf-8")


def to_handouts(html: str) -> str:
    """A handout whose switch leads to handouts, which lie beside the pages."""
    return SWITCH.sub(rf"\g<way>{HANDOUT}\g<end>", html)


def led(html: str, url: str, root: str, config: MkDocsConfig) -> str:
    """HTML whose switch leads to the same page of each edition, and whose head says so.

    Args:
        html: of a finished page.
        url: its address, in its edition.
        root: the way from it to its edition's root.
        config: MkDocs' own.
    """
    own = next(each for each in editions(config) if each.language == config.theme["language"])
    top = root.removesuffix(own.folder) if root.startswith("/") else root + "../" * own.folder.count("/")
    for each in editions(config):
        html = html.replace(
            f'<a href="#edition-{each.language}"', f'<a href="{escape(top + each.folder + url) or "./"}"'
        )
    links = "".join(f'<link rel="{ALTERNATE}" hreflang="{code}" href="{to}">\n' for code, to in elsewhere(url, config))
    return HEAD_END.sub(lambda end: links + end.group(), without(LINK, html), count=1)


def without(pattern: re.Pattern[str], html: str) -> str:
    """HTML without what a pattern finds, nor the blanks before it: to look for these too takes ten times as long."""
    kept, position = [], 0
    for found in pattern.finditer(html):
        kept.append(html[position : found.start()].rstrip(" "))
        position = found.end()
    return "".join([*kept, html[position:]])


def card(page: Page, config: MkDocsConfig) -> str:
    """What is shown of a page where its address is sent: its title, what it is about, and the edition's picture.

    Who shows it asks for whole addresses: as long as the site has none, there is no picture.
    """
    language = config.theme["language"]
    said = words(language)
    about = page.meta.get("description") or config.site_description or ""
    shown = {
        "og:type": "website" if page.is_homepage else "article",
        "og:site_name": config.site_name,
        "og:title": config.site_name if page.is_homepage else page.title or "",
        "og:description": about,
        "og:locale": LOCALES.get(language, language),
    }
    if config.site_url:
        shown |= {"og:url": page.canonical_url or "", "og:image": f"{config.site_url.rstrip('/')}/{CARD % language}"}
        shown |= {"og:image:width": "1200", "og:image:height": "630", "og:image:alt": said["promise"]}
    tags = "".join(f'<meta property="{key}" content="{escape(value)}">\n' for key, value in shown.items())
    return f'{tags}<meta name="twitter:card" content="{"summary_large_image" if config.site_url else "summary"}">\n'


def elsewhere(url: str, config: MkDocsConfig) -> list[tuple[str, str]]:
    """Where a page is in each language, itself too, with its whole address; nowhere as long as the site has none."""
    if not config.site_url:
        return []
    own = next(each for each in editions(config) if each.language == config.theme["language"])
    top = f"{config.site_url.rstrip('/')}/".removesuffix(own.folder)
    found = [(each.language, f"{top}{each.folder}{url}") for each in editions(config)]
    return found + [("x-default", f"{top}{each.folder}{url}") for each in editions(config) if each.is_default]


def mapped(sitemap: str, config: MkDocsConfig) -> str:
    """The sitemap with where each page is in each language."""

    def known(found: re.Match[str]) -> str:
        url = unescape(found["address"]).removeprefix(f"{(config.site_url or '').rstrip('/')}/")
        links = (
            f'\n         <xhtml:link rel="alternate" hreflang="{code}" href="{escape(to)}"/>'
            for code, to in elsewhere(url, config)
        )
        return found.group() + "".join(links)

    return LOCATION.sub(known, sitemap).replace("<urlset ", f"<urlset {NAMESPACE} ", 1)


def with_source(markdown: str) -> str:
    """Each example as it is written, above what it becomes."""
    return EXAMPLE.sub(lambda example: f"````text\n{example.group()}\n````\n\n{example.group()}", markdown)


def coloured(html: str, uri: str = "") -> str:
    """A finished page whose quantities have their colours; nothing else of it changes, nor moves."""
    scores = {"a": "logits"} if SCORES.fullmatch(uri) else {}
    letters, names = LETTERS | scores, NAMES | scores

    def letter(found: re.Match[str]) -> str:
        name, style = found["name"], found["style"]
        kind = f" vm-q-{letters[name]}" if name in letters else ""
        return f'<span class="mord mathnormal{kind}"{style}>{name}</span>'

    def in_code(found: re.Match[str]) -> str:
        name = found["name"]
        return f'<span class="n vm-q-{names[name]}">{name}</span>' if name in names else found.group()

    return NAME.sub(in_code, LETTER.sub(letter, html))


def named(html: str, config: MkDocsConfig) -> str:
    """HTML that has the words of its scripts, and names for its search dialog and the way to it; it asks no other host.

    Where the repository is named, the theme would fetch its stars from its host.
    """
    html = html.replace(' data-md-component="source"', "")
    # Of labels and of check boxes, these aren't HTML.
    html = TOGGLE.sub(r"\1", html.replace(' tabindex=""', ""))
    said = words(config.theme["language"])
    # Where the theme exchanges pages within one, a page that has an explorer may follow.
    explores = EXPLORER in html or "navigation.instant" in (config.theme.get("features") or ())
    spoken = {name: said[name] for name in (*SPOKEN, *(EXPLORED if explores else ()))}
    html = BODY.sub(f'<body data-words="{escape(json.dumps(spoken, ensure_ascii=False))}"', html, count=1)
    html = PATH.sub(rf'\g<1>aria-label="{said["path"]}"', html)
    return html.replace(DIALOG, f'{DIALOG} aria-label="{said["search"]}"')


def ways_on(page: Page, config: MkDocsConfig, nav: Navigation) -> str:
    """The anchors that were on a page, each a link that shows only when it is what an address asks for.

    assets/site.js follows it; without a script, it is there to be followed.
    """
    pages = {other.file.src_uri: other for other in nav.pages}
    said = words(config.theme["language"])["moved"]
    links = [
        f'<p id="{escape(anchor)}">{said} '
        f'<a href="{other.file.url_relative_to(page.file)}#{escape(anchor)}">{escape(other.title or "")}</a>.</p>\n'
        for uri, anchors in (page.meta.get("moved") or {}).items()
        for other in [pages[uri]]
        for anchor in anchors
    ]
    return f'\n<div class="moved" data-search-exclude>\n{"".join(links)}</div>\n' if links else ""
