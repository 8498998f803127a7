"""YAML before it becomes values: its aliases let a few lines stand for more than any memory holds; its escapes."""

from __future__ import annotations

import yaml

# More than any front matter or configuration says.
MOST_WITH_ALIASES = 1_000_000


def never_ends(node: yaml.Node) -> bool:
    """Whether some YAML stands for too much, each alias counted as what it repeats."""
    return _weight(node, {}) > MOST_WITH_ALIASES


def _weight(node: yaml.Node, weights: dict[yaml.Node, int]) -> int:
    if node not in weights:
        # Until it is known: what holds itself has no end.
        weights[node] = MOST_WITH_ALIASES + 1
        parts: list[yaml.Node] = []
        if isinstance(node, yaml.MappingNode):
            parts = [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            parts = node.value
        own = 1 + len(node.value) if isinstance(node.value, str) else 1
        weights[node] = own + sum(_weight(part, weights) for part in parts)
    return weights[node]


def way_out_of(why: str) -> str:
    """What to write instead, by what YAML says: LaTeX in double quotes is what it trips over most often."""
    return "write LaTeX in single quotes: '\\mathbb{R}'" if "escape character" in why else ""
