"""What a page's front matter asks of how its checks are shown: which parts it leaves out, and which list it holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..message.refusal import Refusal
from ..message.source import Span

# What may be left out: marks of verdicts, further trials, the line of counts, symbols that explain themselves, previews
# of references, entries of equations in the search.
PARTS = ("verdicts", "trials", "counts", "symbols", "previews", "search")
LISTS = ("equations", "notation", "dependencies")
WAY_OUT = f"list parts ({', '.join(PARTS)}), labels of the page, or a part and a label with a blank between them"


def hidden(front_matter: Mapping[str, Any], labels: Collection[str], span: Span) -> frozenset[str]:
    """What a page leaves out: parts, labels, or parts of one equation, `verdicts grad-w`.

    Args:
        front_matter: of the page.
        labels: of its equations.
        span: of the key `hides`, for messages.

    Raises:
        Refusal: where that isn't there.
    """
    listed = front_matter.get("hides") or []
    if not isinstance(listed, list):
        raise Refusal(way_out=WAY_OUT, what="`hides` isn't a list", span=span)
    for entry in map(str, listed):
        part, _, label = entry.partition(" ")
        known = part in PARTS and label in labels if label else part in PARTS or part in labels
        if not known:
            raise Refusal(way_out=WAY_OUT, what=f"there is no `{entry}` to leave out", span=span)
    return frozenset(map(str, listed))


def listed(front_matter: Mapping[str, Any], span: Span) -> str:
    """Which list a page asks for; empty where it asks for none.

    Args:
        front_matter: of the page.
        span: of the key `lists`, for messages.

    Raises:
        Refusal: where there is no such list.
    """
    asked = front_matter.get("lists", "")
    if asked and asked not in LISTS:
        way_out = f"write one of {', '.join(LISTS)}"
        raise Refusal(way_out=way_out, what=f"there is no list `{asked}`", span=span)
    return str(asked)
