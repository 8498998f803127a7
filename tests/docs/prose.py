"""The prose of a Markdown file, without what isn't: front matter, fences, code, formulas, links' targets, HTML."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parent.parent.parent / "docs" / "fr"
PAGES = sorted(DOCS.glob("*.md"))

# In this order; each is replaced by as many line breaks as it holds, so that lines keep their numbers.
NOT_PROSE = [
    r"\A---\n(?s:.*?)\n---\n",
    r"^([> \t]*)(`{3,}|~{3,})[^`\n]*\n(?:.*\n)*?\1\2[ \t]*$",
    r"<!--(?s:.*?)-->",
    r"``.+?``|`[^`\n]+`",
    r"(?<!\\)\$(?:\\.|[^$\\])+\$",
    r"\]\([^)\n]*\)",
    r"^\[[^\]\n]+\]:.*$",
    r"\{[ ]*[:.#][^}\n]*\}",
    r"<[^>\n]+>",
    r"--8<--.*$",
    r"^[ ]*(?:!!!|\?\?\?\+?|===[!+]?)[ ]*[\w ]*(?=\"|$)",
    r"^[ ]*:[ ]{3}",
    r"^[ ]*\|?(?:[ ]*:?-+:?[ ]*\|)+[ ]*:?-*:?[ ]*$",
]


def prose(text: str) -> str:
    """The text with everything else gone, line for line."""
    for pattern in NOT_PROSE:
        text = re.sub(pattern, lambda found: "\n" * found.group().count("\n") or "·", text, flags=re.MULTILINE)
    return text
