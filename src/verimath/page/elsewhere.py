"""Equations of other sites, which a page refers to: `[](softmax#grad-w)`, by the `equations.json` of that site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..kept.tool import digest
from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Span
from .near import nearest
from .page import Page

REFERENCE = re.compile(r"(?<!!)\[\]\((?P<site>[A-Za-z][\w-]*)#(?P<label>[^)\s]{1,1000})\)")
VERSION = 1


@frozen
class Elsewhere:
    """An equation of another site."""

    label: str
    number: str
    name: str
    latex: str
    address: str

    @property
    def called(self) -> str:
        """Its number, and its name where it has one."""
        return f"{self.number}, {self.name}" if self.name else self.number


# The equations of other sites, by the name that this one gives each, and by label.
Others = Mapping[str, Mapping[str, Elsewhere]]


def read_others(files: Mapping[str, Any] | None, root: Path, config: str) -> Others:
    """The equations of other sites.

    Args:
        files: the `equations.json` of each, by the name that this site gives it, from the configuration's folder.
        root: that folder.
        config: the configuration's file, for messages.

    Raises:
        Refusal: where a file can't be read, or is another one.
    """
    return {str(name): _read(str(name), root / str(file), config) for name, file in (files or {}).items()}


def name_of(others: Others) -> str:
    """A name for all that is known of other sites."""
    return digest([(name, sorted((each.label, each.latex) for each in of.values())) for name, of in others.items()])


def _read(name: str, file: Path, config: str) -> dict[str, Elsewhere]:
    what = f"the equations of `{name}` can't be read"
    try:
        told = json.loads(file.read_text("utf-8"))
        site = str(told["address"])
        if told["version"] != VERSION:
            why = f"{file} is of version {told['version']}, and {VERSION} is read"
            raise Refusal(why, "take the file of a site that this version built", what=what, span=Span(config))
        found = [
            Elsewhere(each["label"], each["number"], each["name"], each["latex"], f"{site}{each['url']}")
            for each in told["equations"]
        ]
    except OSError as error:
        way_out = "download it from that site, where it lies beside the first page"
        raise Refusal(f"{file}: {error.strerror}", way_out, what=what, span=Span(config)) from error
    except (ValueError, KeyError, TypeError) as error:
        way_out = "name the equations.json that verimath writes beside a site's first page"
        raise Refusal(f"{file} is another file", way_out, what=what, span=Span(config)) from error
    if not site:
        way_out = "let that site say its site_url, or write the address into the file"
        raise Refusal(f"{file} doesn't say where that site is", way_out, what=what, span=Span(config))
    return {each.label: each for each in found}


def dead_references(page: Page, others: Others) -> Iterator[Refusal]:
    """References to what no other site has, each once."""
    for target, found in {f"{each['site']}#{each['label']}": each for each in REFERENCE.finditer(page.prose)}.items():
        try:
            equation_of(target, others)
        except Refusal as refusal:
            refusal.span = page.span(found.start())
            yield refusal


def equation_of(target: str, others: Others) -> Elsewhere:
    """The equation that `softmax#grad-w` names.

    Raises:
        Refusal: where there is no such site, or no such equation in it.
    """
    name, _, label = target.partition("#")
    if name not in others:
        known = f"those that it names are {', '.join(others)}" if others else "it names none"
        raise Refusal(
            f"the configuration names no such site: {known}",
            f"for an equation of this site, write [](#{label}); of another, name its equations.json among the plugin's "
            "options: others: {" + f"{name}: equations.json" + "}",
            what=f"a reference to the site `{name}`",
        )
    if label not in others[name]:
        near = nearest(label, others[name])
        raise Refusal(
            f"did you mean {near}?" if near else "",
            "correct the label, or take the newest equations.json of that site",
            what=f"there is no equation `{label}` in the site `{name}`",
        )
    return others[name][label]


def referred(pages: Iterable[Page], others: Others) -> dict[str, list[Elsewhere]]:
    """The equations of other sites that pages refer to, by the site's name, each once."""
    found: dict[str, dict[str, Elsewhere]] = {}
    for each in (each for page in pages for each in REFERENCE.finditer(page.prose)):
        found.setdefault(each["site"], {})[each["label"]] = equation_of(f"{each['site']}#{each['label']}", others)
    return {name: [*of.values()] for name, of in found.items()}
