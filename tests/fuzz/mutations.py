"""Text changed at random: characters and tokens deleted, doubled, swapped, put in."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import strategies as st

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z0-9.]+|\s+|.", re.DOTALL)
# Signs that are rare, or that no page may hold.
RARE = ("é", "λ", "≤", "−", "′", "²", "\N{ZERO WIDTH SPACE}", "\N{NO-BREAK SPACE}", "\N{MATHEMATICAL ITALIC SMALL X}")
LATEX = (*(Path(__file__).parent / "latex.txt").read_text("utf-8").split(), *RARE, "\x00", " ", "\n", "\n\n", "\t")
MARKDOWN = (
    "```",
    "```\n",
    "~~~",
    "````",
    "```math {#a}",
    "```math",
    "``` math {#new}",
    '```math {show="e0"}',
    "```python",
    "`",
    '```python {verifies="e0"}\n--8<-- "double.py:double"\n```\n',
    '```python {demo="x"}',
    '--8<-- "',
    "--8<--",
    "\n",
    "---",
    "---\n",
    "...",
    "builds_on: [page.md]\n",
    "builds_on: [other.md]\n",
    "builds_on: x\n",
    "builds_on:\n",
    "- ",
    "vectors: column\n",
    "vectors: [1]\n",
    "notation:\n- {symbol: x, code: x, meaning: x}\n",
    "notation: 3\n",
    "title: ",
    "notation:\n- {symbol: '\\frac', code: x, meaning: x}\n",
    "free_symbols: [x]\n",
    "free_symbols: x\n",
    ": ",
    "? ",
    "{a: b",
    "*a",
    "&a ",
    "!!python/object:os.system ",
    "!!binary x",
    "2026-99-99",
    "<<: *a\n",
    "{#e0}",
    "{#",
    "#",
    "}",
    "{",
    '"',
    "'",
    ' expect="false"',
    ' expect="ill-formed"',
    ' expect="x"',
    ' unchecked="why"',
    ' unchecked=""',
    "expect=",
    "[](#e0)",
    "[](#nothing)",
    "[](#)",
    "$",
    "$$",
    "$x$",
    "$\\frac$",
    "\\[",
    "\\]",
    "\\begin{align}",
    "\\$",
    "<!--",
    "-->",
    "<div>",
    "&lt;",
    "> ",
    "    ",
    "  ",
    "\t",
    "!!! note\n",
    "1. ",
    "| a | b |\n|---|---|\n",
    "[^1]: ",
    "\r\n",
    "\r",
    "\x0c",
    "\x00",
    "\ufeff",
    *("\N{NO-BREAK SPACE}", "\u2028", "\x85", "é", "λ", "*", "_", "\\", "{.math}", "Math", "```{.math #a}"),
)


@st.composite
def mutated(draw: st.DrawFn, text: str, tokens: st.SearchStrategy[str]) -> str:
    """A text with up to three changes, each of a few characters or tokens; `tokens` are put in."""
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, 3)))):
        text = draw(changed(text, tokens))
    return text


@st.composite
def changed(draw: st.DrawFn, text: str, tokens: st.SearchStrategy[str]) -> str:
    """A text with one change."""
    parts = TOKEN.findall(text) if draw(st.sampled_from((True, True, True, False))) else list(text)
    if not parts:
        return draw(tokens)
    place = draw(st.integers(0, len(parts) - 1))
    match draw(st.sampled_from(("delete", "double", "swap", "insert", "insert", "replace", "replace", "move", "cut"))):
        case "delete":
            del parts[place]
        case "double":
            parts.insert(place, parts[place])
        case "swap":
            other = draw(st.integers(0, len(parts) - 1))
            parts[place], parts[other] = parts[other], parts[place]
        case "insert":
            parts.insert(place, draw(tokens))
        case "replace":
            parts[place : place + draw(st.integers(1, 3))] = [draw(tokens)]
        case "move":
            length = draw(st.integers(1, 12))
            moved = parts[place : place + length]
            target = draw(st.integers(0, len(parts) - 1))
            parts[target:target] = moved
        case "cut":
            del parts[place : place + draw(st.integers(1, 12))]
    return "".join(parts)


@st.composite
def pieces(draw: st.DrawFn, text: str) -> str:
    """Some tokens of a text, as they stand there side by side."""
    parts = TOKEN.findall(text)
    place = draw(st.integers(0, max(0, len(parts) - 1)))
    return "".join(parts[place : place + draw(st.integers(1, 12))])
