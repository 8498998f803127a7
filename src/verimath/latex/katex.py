"""KaTeX inside V8 inside Python: nobody else in the package sees JavaScript."""

from __future__ import annotations

import atexit
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from py_mini_racer import JSEvalException, JSTimeoutException, MiniRacer

VENDOR = Path(__file__).parents[1] / "vendor" / "katex"

# A guard against what nobody foresaw: KaTeX bounds macro expansion itself, and takes under 1 ms a formula.
TIMEOUT_SECONDS = 20

# Errors are caught inside JavaScript, where they still carry a position. `trust` is asked for each command that could
# put a link, a class or an image into the page; throwing there makes it an error, where `false` would print it in red.
# `strict` is asked for what KaTeX would print with a warning.
DRIVER = r"""
function strictly(tex, displayMode, work) {
  let refusal = null;
  const position = (token) => token && token.loc && token.loc.lexer.input === tex ? token.loc.start : null;
  const trust = ({command}) => {
    refusal = {message: `\`${command}\` could put foreign content into the page`, position: tex.indexOf(command)};
    throw new Error("not trusted");
  };
  const strict = (code, message, token) => {
    // Commands that set attributes come without their token.
    refusal = {message, position: code === "htmlExtension" ? tex.indexOf("\\html") : position(token)};
    return "error";
  };
  try {
    const answer = work({displayMode, throwOnError: true, strict, trust, output: "htmlAndMathml"});
    return refusal ? JSON.stringify(refusal) : answer;
  } catch (error) {
    return JSON.stringify(refusal || {message: error.rawMessage || String(error), position: error.position});
  }
}

function typeset(tex, displayMode) {
  return strictly(tex, displayMode, (options) => JSON.stringify({html: katex.renderToString(tex, options)}));
}

// Places are offsets into the formula: those of a macro's own text say nothing about it.
function tree(tex, displayMode) {
  const place = (loc) => loc && loc.lexer && loc.lexer.input === tex ? [loc.start, loc.end] : undefined;
  const keep = (key, value) => key === "loc" ? place(value) : key === "mode" ? undefined : value;
  return strictly(tex, displayMode, (options) => JSON.stringify({tree: katex.__parse(tex, options)}, keep));
}
"""


@dataclass(frozen=True)
class Typeset:
    """HTML with MathML inside, as KaTeX wrote it."""

    html: str


@dataclass(frozen=True, eq=False)
class Tree:
    """Nodes as KaTeX names them; `loc` holds the offsets in the formula, in Python's characters, or is missing."""

    nodes: list[dict[str, Any]]


@dataclass(frozen=True)
class Rejection:
    """Why KaTeX refused a formula, and the offset in the TeX where it did (None where it doesn't say)."""

    message: str
    offset: int | None


class MissingKatexError(RuntimeError):
    """KaTeX is put into the package when the package is built; it isn't there."""

    def __init__(self) -> None:
        super().__init__(f"KaTeX isn't in {VENDOR}: install verimath again, or build it again where you work on it")


@cache
def _context() -> MiniRacer:
    """One V8 for the process: 0.1 to 0.5 s to start, then under 1 ms a formula."""
    script = VENDOR / "katex.min.js"
    if not script.is_file():
        raise MissingKatexError()
    context = MiniRacer()
    # Left open, V8 can hang when the interpreter exits.
    atexit.register(context.close)
    context.eval(script.read_text("utf-8"))
    context.eval(DRIVER)
    return context


# A thread of its own: V8 takes no time-out where an event loop is running, as in a notebook or a browser's driver.
V8 = ThreadPoolExecutor(1, "V8")


def _call(function: str, *arguments: object) -> str:
    return str(_context().call(function, *arguments, timeout_sec=TIMEOUT_SECONDS))


def _asked(function: str, tex: str, display: bool) -> dict[str, Any] | Rejection:
    """What one of the driver's functions says of a formula."""
    try:
        # Arguments travel as JSON, so no formula can be read as JavaScript.
        answer: dict[str, Any] = json.loads(V8.submit(_call, function, tex, display).result())
    except JSTimeoutException:
        return Rejection(f"KaTeX was still at it after {TIMEOUT_SECONDS} s", None)
    except JSEvalException as error:
        return Rejection(f"KaTeX stopped: {str(error).splitlines()[0]}", None)
    except RecursionError:
        return Rejection("this is nested too deeply", None)
    if "message" not in answer:
        return answer
    position = answer.get("position")
    # Of a character that JavaScript counts as two, KaTeX names one half.
    message = re.sub(r"[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", answer["message"])
    return Rejection(message, _utf16_to_offset(tex, position) if isinstance(position, int) else None)


@cache
def typeset(tex: str, display: bool) -> Typeset | Rejection:
    """Typeset a formula strictly: whatever KaTeX would print with a warning, or in red, is refused."""
    answer = _asked("typeset", tex, display)
    return answer if isinstance(answer, Rejection) else Typeset(answer["html"])


@cache
def tree(tex: str, display: bool) -> Tree | Rejection:
    """KaTeX's own parse tree of a formula, as strictly as it is typeset, which takes longer.

    `__parse` is internal to KaTeX: its version is pinned, and `tests/test_tree.py` holds what this package relies on.
    """
    answer = _asked("tree", tex, display)
    if isinstance(answer, Rejection):
        return answer
    nodes: list[dict[str, Any]] = answer["tree"]
    if any(ord(sign) > 0xFFFF for sign in tex):
        _shift(nodes, tex)
    return Tree(nodes)


def _shift(node: Any, tex: str) -> None:
    """Count places in characters, throughout a tree."""
    for inner in node.values() if isinstance(node, dict) else node:
        if isinstance(inner, dict | list):
            _shift(inner, tex)
    if isinstance(node, dict) and "loc" in node:
        node["loc"] = [_utf16_to_offset(tex, place) for place in node["loc"]]


def _utf16_to_offset(tex: str, position: int) -> int:
    """JavaScript counts UTF-16 units, Python characters."""
    return len(tex.encode("utf-16-le", "surrogatepass")[: 2 * position].decode("utf-16-le", "ignore"))
