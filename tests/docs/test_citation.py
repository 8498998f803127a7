"""The repository's CITATION.cff says what the site does, but for what changes: addresses, commit, day."""

from __future__ import annotations

import re

from mkdocs.config import load_config

from docs.hooks import named
from tests.docs.prose import DOCS
from verimath.site.colophon import PARTS
from verimath.site.publication import Publication, licence_name

ROOT = DOCS.parent.parent


def test_the_repository_and_the_site_are_cited_alike() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    own = config.plugins["verimath"].config
    said = Publication(config.site_name, config.site_author or "", licence=own.license)
    assert (ROOT / "CITATION.cff").read_text("utf-8") == said.cff() != ""
    assert set(own.furniture) == {*PARTS}
    assert f"({licence_name(own.license)})" in (ROOT / "docs" / "LICENSE").read_text("utf-8")


def test_addresses_come_from_one_setting_each() -> None:
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert re.findall(r"^(site_url|repo_url): (.*)$", text, re.MULTILINE) == [
        ("site_url", '!ENV [SITE_URL, ""]'),
        ("repo_url", '!ENV [REPO_URL, ""]'),
    ]


def test_the_theme_asks_no_host_for_the_repository_s_stars() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    html = '<a href="https://github.com/x/y" class="md-source" data-md-component="source">y</a>'
    assert named(html, config) == '<a href="https://github.com/x/y" class="md-source">y</a>'
