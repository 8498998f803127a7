"""A site's configuration, read as data: no MkDocs is asked, and nothing that it names is imported or run.

`mkdocs.yml` may call Python and read variables; here those are values like others, which name what they would call.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from ..message.frozen import frozen
from ..message.refusal import Refusal
from ..message.source import Span, typed
from .aliases import MOST_WITH_ALIASES, never_ends, way_out_of

# What configurations inherit from each other before it is a circle.
DEEPEST = 20
# A configuration longer than this is none.
MOST_BYTES = 1_000_000


@frozen
class Tagged:
    """A value that YAML would have made by calling Python."""

    tag: str
    value: Any


def settings(config: Path) -> dict[str, Any]:
    """A configuration with what it inherits.

    Raises:
        Refusal: where it can't be read, or inherits from what isn't there.
    """
    return _inherited(config, DEEPEST)


class _Loader(yaml.SafeLoader):
    """YAML in which a tag is a part of the value."""


def _tagged(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        value: Any = loader.construct_mapping(node, deep=True)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_scalar(node)  # type: ignore[arg-type]
    if suffix == "ENV":
        names = value if isinstance(value, list) else [value]
        set_ones = (os.environ[str(name)] for name in names if str(name) in os.environ)
        return next(set_ones, names[-1] if len(names) > 1 else None)
    return Tagged(suffix, value)


_Loader.add_multi_constructor("!", _tagged)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _tagged)


def _inherited(config: Path, left: int) -> dict[str, Any]:
    """A configuration with what it inherits: tables are joined, anything else is replaced."""
    own = _values(config)
    parent = own.pop("INHERIT", None)
    if parent is None:
        return own
    file = config.parent / str(parent)
    if not left or not file.is_file():
        raise Refusal(
            way_out="write its path from this file's folder, without a circle",
            what=f"there is no configuration `{parent}` to inherit from",
            span=Span(typed(config)),
        )
    return _joined(_inherited(file, left - 1), own)


def _joined(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    joined = {**below, **above}
    for key in below.keys() & above.keys():
        if isinstance(below[key], dict) and isinstance(above[key], dict):
            joined[key] = _joined(below[key], above[key])
    return joined


def _values(config: Path) -> dict[str, Any]:
    try:
        if config.stat().st_size > MOST_BYTES:
            raise Refusal(
                way_out=f"{MOST_BYTES:,} bytes are the most",
                what="the configuration is too long",
                span=Span(typed(config)),
            )
        loader = _Loader(config.read_bytes())
        node = loader.get_single_node()
        if node is not None and never_ends(node):
            raise Refusal(
                f"its aliases stand for more than {MOST_WITH_ALIASES:,} characters",
                "write out what is meant",
                what="the configuration never ends",
                span=Span(typed(config)),
            )
        values = loader.construct_document(node) if node is not None else None
    except (OSError, yaml.YAMLError, ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        why = str(getattr(error, "problem", None) or error)
        raise Refusal(
            why,
            way_out_of(why),
            what="the configuration isn't YAML",
            span=Span(typed(config), mark.line + 1 if mark else 0),
        ) from error
    return values if isinstance(values, dict) else {}
