"""What is shown of a page where its address is sent: its words, and a picture that the code draws."""

from __future__ import annotations

import re
from io import BytesIO
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bench.card import ASSETS, DOTS, EDITIONS, HEIGHT, WIDTH, draw
from docs.hooks import card

ADDRESS = "https://a.example/site/"


def tags(site_url: str = "", is_homepage: bool = False, language: str = "fr") -> dict[str, str]:
    page = SimpleNamespace(
        title='A "title" & more',
        is_homepage=is_homepage,
        canonical_url=f"{site_url}softmax/" if site_url else None,
        meta={"description": "What it is <about>"},
    )
    config = SimpleNamespace(
        site_name="A site", site_description="", site_url=site_url, theme={"language": language}, extra={}
    )
    html = card(cast(Any, page), cast(Any, config))
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', html))


def test_a_page_says_what_it_is() -> None:
    said = tags()
    assert said["og:title"] == "A &quot;title&quot; &amp; more"
    assert said["og:description"] == "What it is &lt;about&gt;"
    assert said["og:locale"] == "fr_FR"
    assert (said["og:type"], tags(is_homepage=True)["og:type"]) == ("article", "website")
    assert tags(is_homepage=True)["og:title"] == "A site"


def test_a_picture_needs_a_whole_address() -> None:
    assert not {"og:image", "og:url"} & tags().keys()
    assert tags()["twitter:card"] == "summary"
    said = tags(ADDRESS)
    assert said["og:image"] == f"{ADDRESS}assets/card.fr.png"
    assert said["og:url"] == f"{ADDRESS}softmax/"
    assert said["twitter:card"] == "summary_large_image"
    assert tags(ADDRESS, language="en")["og:image"] == f"{ADDRESS}assets/card.en.png"


@pytest.mark.parametrize("language", EDITIONS)
def test_the_picture_is_what_the_code_draws(language: str) -> None:
    drawn = BytesIO()
    draw(language).savefig(drawn, dpi=DOTS, metadata={"Software": None})
    kept = (ASSETS / f"card.{language}.png").read_bytes()
    assert drawn.getvalue() == kept, "python -m bench.card draws it anew"
    # Width and height, where PNG has them.
    assert (int.from_bytes(kept[16:20]), int.from_bytes(kept[20:24])) == (WIDTH, HEIGHT)
