"""KaTeX inside V8 inside Python: nobody else in the package sees JavaScript."""

from __future__ import annotations

import json
import os
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

from py_mini_racer import JSEvalException, JSTimeoutException, MiniRacer

from ..kept.store import Store
from ..kept.tool import digest
from ..message.frozen import frozen
from ..message.refusal import OutOfTime, Refusal

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
    // Rows of a formula by themselves, which are read as rows.
    if (code === "newLineInDisplayMode") return "ignore";
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

// What a browser paints of KaTeX's HTML: signs with their fonts, lines and drawings by their names. Styles that set
// places and sizes paint nothing; any other, such as a colour, is seen.
const LINES = new Set(["frac-line", "overline-line", "underline-line", "katex-rule", "katex-hline", "katex-hdashline",
  "vertical-separator", "katex-sout", "fbox", "fcolorbox", "angl", "reflectbox", "eqn-num"]);
const PLACES = new Set(["height", "width", "minWidth", "top", "bottom", "left", "verticalAlign", "marginLeft",
  "marginRight", "marginTop", "paddingLeft", "position", "borderBottomWidth", "borderRightWidth", "borderTopWidth",
  "borderStyle", "borderWidth"]);
const FONT = /^(math|text|bold)(?!rm$)|^ams/;
function paint(node, found) {
  const classes = (node.classes || []).join(" ").split(/\s+/), style = node.style || {};
  for (const name of classes) {
    if (LINES.has(name) && style.borderRightWidth !== "0em") found.push([name, "line"]);
  }
  for (const name of Object.keys(style)) {
    if (style[name] && !PLACES.has(name)) found.push([`${name}: ${style[name]}`, "style"]);
  }
  const from = found.length;
  if (node.text !== undefined) {
    const font = classes.filter((name) => FONT.test(name)).join(" ");
    for (const sign of node.text.replace(/[\u200b\u00a0 ]/g, "")) found.push([sign, font]);
  } else if (node.pathName !== undefined) {
    found.push([node.pathName, "path"]);
  } else if (node.src !== undefined || (node.attributes && node.attributes.x1 !== undefined)) {
    found.push(["image", "path"]);
  }
  for (const child of node.children || []) paint(child, found);
  if (node.body) paint(node.body, found);
  // A tall bracket is put together from pieces.
  if (classes.includes("delimsizing") && classes.includes("mult")) {
    found.push([found.splice(from).map(([sign]) => sign).sort().join(" "), "tall"]);
  }
}

// Places are offsets into the formula: those of a macro's own text say nothing about it.
function tree(tex, displayMode) {
  const place = (loc) => loc && loc.lexer && loc.lexer.input === tex ? [loc.start, loc.end] : undefined;
  const keep = (key, value) => key === "loc" ? place(value) : key === "mode" ? undefined : value;
  return strictly(tex, displayMode, (options) => {
    const painted = [];
    paint(katex.__renderToHTMLTree(tex, options), painted);
    return JSON.stringify({tree: katex.__parse(tex, options), painted}, keep);
  });
}

function trees(texs, displayMode) {
  return `[${texs.map((tex) => tree(tex, displayMode)).join(",")}]`;
}
"""


@frozen
class Typeset:
    """HTML with MathML inside, as KaTeX wrote it."""

    html: str


class Painted(NamedTuple):
    """A sign that is painted, and its font; of a line or a drawing, its name, and of which kind it is."""

    sign: str
    font: str = ""


@dataclass(frozen=True, eq=False)
class Tree:
    """A formula as KaTeX understands it.

    Attributes:
        nodes: as KaTeX names them; `loc` holds the offsets in the formula, in Python's characters, or is missing.
        painted: what a browser paints of it, in the order of KaTeX's HTML.
    """

    nodes: list[dict[str, Any]]
    painted: tuple[Painted, ...]


@frozen
class Rejection:
    """Why KaTeX refused a formula, and the offset in the TeX where it did (None where it doesn't say).

    `is_passing` where that was for want of time or room: another run may have more; `is_late` where it was of time.
    """

    message: str
    offset: int | None
    is_passing: bool = False
    is_late: bool = False

    @property
    def kind(self) -> type[Refusal]:
        """What it is raised as: where time ran out, nothing is known of the formula."""
        return OutOfTime if self.is_late else Refusal


class MissingKatexError(RuntimeError):
    """KaTeX is put into the package when the package is built; it isn't there."""

    def __init__(self) -> None:
        super().__init__(f"KaTeX isn't in {VENDOR}: install verimath again, or build it again where you work on it")


# Held for copies of this process, where all that other threads held goes.
_begun: list[MiniRacer] = []


class _Context:
    """One V8 with KaTeX in it, of one thread: 0.1 to 0.5 s to start, then under 1 ms a formula."""

    def __init__(self) -> None:
        script = VENDOR / "katex.min.js"
        if not script.is_file():
            raise MissingKatexError()
        self.racer, self.process = MiniRacer(), os.getpid()
        _begun.append(self.racer)
        self.racer.eval(script.read_text("utf-8"))
        self.racer.eval(DRIVER)

    def __del__(self) -> None:
        # Left open, V8 can hang when the interpreter exits; and when it is closed in a copy of the process, which has
        # none of its threads.
        if hasattr(self, "racer") and self.process == os.getpid():
            self.racer.close()


class _Held(threading.local):
    """What a thread holds until it ends. So V8 is closed by the thread that began it: where a processor has keys for
    memory, others may not touch what it holds, and the interpreter would end in a segmentation fault."""

    @cached_property
    def context(self) -> _Context:
        return _Context()


_held = _Held()
# A thread of its own: V8 takes no time-out where an event loop is running, as in a notebook or a browser's driver.
V8 = ThreadPoolExecutor(1, "V8")


def _call(function: str, *arguments: object) -> str:
    return str(_held.context.racer.call(function, *arguments, timeout_sec=TIMEOUT_SECONDS))


# The pages at work, the innermost last, each with where what KaTeX says of its formulas is kept, and of which of them
# it is there.
_pages: list[tuple[Store, str, set[tuple[str, str, bool]]]] = []
# What this process knows, of the formulas of some hundred pages at most.
_known: dict[tuple[str, str, bool], Typeset | Tree | Rejection] = {}
AT_HAND = 10_000
# So many are asked for at once.
TOGETHER = 50


@contextmanager
def keeping(store: Store, file: str) -> Iterator[None]:
    """What KaTeX says of a page's formulas in this block is taken from a store, and put there where it is new."""
    _pages.append((store, file, set()))
    try:
        yield
    finally:
        _pages.pop()


def forget() -> None:
    """Know nothing of any formula, as a process that has just begun."""
    _known.clear()


def typeset(tex: str, display: bool) -> Typeset | Rejection:
    """Typeset a formula strictly: whatever KaTeX would print with a warning, or in red, is refused."""
    found = _found("typeset", tex, display)
    assert not isinstance(found, Tree)
    return found


def tree(tex: str, display: bool) -> Tree | Rejection:
    """KaTeX's own parse tree of a formula, as strictly as it is typeset, and what is painted of it.

    `__parse` and `__renderToHTMLTree` are internal to KaTeX: its version is pinned, and `tests/test_tree.py` and
    `tests/test_painted.py` hold what this package relies on.
    """
    found = _found("tree", tex, display)
    assert not isinstance(found, Typeset)
    return found


def ask_ahead(texs: Sequence[str], display: bool) -> None:
    """Ask for the trees of many formulas at once, which takes less time than one by one; those that fail are left."""
    unknown = [tex for tex in dict.fromkeys(texs) if ("tree", tex, display) not in _known]
    for start in range(0, len(unknown), TOGETHER):
        some = unknown[start : start + TOGETHER]
        with suppress(JSTimeoutException, JSEvalException, RecursionError):
            starred = [*map(_starred, some)]
            answers = json.loads(V8.submit(_call, "trees", [tex for tex, _ in starred], display).result())
            found = (
                _understood("tree", tex, _without_stars(answer, places))
                for tex, (_, places), answer in zip(some, starred, answers, strict=True)
            )
            _known.update(zip([("tree", tex, display) for tex in some], found, strict=True))


def _found(function: str, tex: str, display: bool) -> Typeset | Tree | Rejection:
    """What is known of a formula, or kept in the open drawer; else what KaTeX says."""
    asked = function, tex, display
    found = _known.get(asked)
    if found is not None and _pages and asked in _pages[-1][2]:
        return found
    drawer = _pages[-1][0].drawer(function, _pages[-1][1]) if _pages else None
    key, is_new = digest(tex, display) if drawer else "", False
    if found is None:
        kept = _recalled(drawer.get(key, _KINDS[function])) if drawer else None
        found, is_new = kept or _answered(function, tex, display), kept is None
        if len(_known) >= AT_HAND:
            del _known[next(iter(_known))]
        _known[asked] = found
    # Another page may have the formula too, and be read alone the next time.
    if drawer and (is_new or key not in drawer) and not (isinstance(found, Rejection) and found.is_passing):
        drawer.put(key, _plain(found))
    if _pages:
        _pages[-1][2].add(asked)
    return found


def _plain(found: Typeset | Tree | Rejection) -> dict[str, Any]:
    match found:
        case Typeset(html):
            return {"html": html}
        case Tree():
            return {"tree": found.nodes, "painted": found.painted}
        case Rejection(message, offset):
            return {"message": message, "offset": offset}


class _Set(TypedDict):
    html: str


class _Read(TypedDict):
    tree: list[dict[str, Any]]
    painted: list[tuple[str, str]]


class _Refused(TypedDict):
    message: str
    offset: int | None


# What is kept of each function's answers.
_KINDS: dict[str, Any] = {"typeset": _Set | _Refused, "tree": _Read | _Refused}


def _recalled(kept: Any) -> Typeset | Tree | Rejection | None:
    match kept:
        case {"html": html}:
            return Typeset(html)
        case {"tree": nodes, "painted": painted} if all(type(node.get("type")) is str for node in nodes):
            return _tree(nodes, painted)
        case {"message": message, "offset": offset}:
            return Rejection(message, offset)
    return None


# The site prints a number of its own beside each equation: with a star, KaTeX prints none.
NUMBERED = re.compile(r"\\(?P<side>begin|end)\{(?P<name>equation|align|gather|alignat)(?P<star>\*?)\}")


def _answered(function: str, tex: str, display: bool) -> Typeset | Tree | Rejection:
    """What KaTeX says of a formula."""
    try:
        # Arguments travel as JSON, so no formula can be read as JavaScript.
        starred, places = _starred(tex)
        answer: dict[str, Any] = json.loads(V8.submit(_call, function, starred, display).result())
    except JSTimeoutException:
        return Rejection(f"KaTeX was still at it after {TIMEOUT_SECONDS} s", None, True, True)
    except JSEvalException as error:
        return Rejection(f"KaTeX stopped: {str(error).splitlines()[0]}", None, True)
    except RecursionError:
        return Rejection("this is nested too deeply", None, True)
    if places and "html" in answer:
        # What a reader copies is what its author wrote.
        answer["html"] = answer["html"].replace(escape(starred), escape(tex), 1)
    return _understood(function, tex, _without_stars(answer, places))


def _starred(tex: str) -> tuple[str, list[int]]:
    """A formula with a star in the names of environments that KaTeX would number, and where these stars stand.

    An environment that another name ends has none, and is an error of its own.
    """
    found = [*NUMBERED.finditer(tex)]
    sides = Counter((each["name"], each["side"]) for each in found if not each["star"])
    places: list[int] = []
    for each in found:
        if not each["star"] and sides[each["name"], "begin"] == sides[each["name"], "end"]:
            places.append(each.end() - 1 + len(places))
    for place in places:
        tex = f"{tex[:place]}*{tex[place:]}"
    # As JavaScript counts.
    return tex, [len(tex[:place].encode("utf-16-le", "surrogatepass")) // 2 for place in places]


def _without_stars(answer: Any, places: list[int]) -> Any:
    """What KaTeX says of a formula, with its places as they are without those stars."""
    match answer:
        case list():
            return [_without_stars(each, places) for each in answer] if places else answer
        case dict() if places:
            return {
                key: [_unstarred(place, places) for place in value]
                if key == "loc"
                else _unstarred(value, places)
                if key == "position" and isinstance(value, int)
                else _without_stars(value, places)
                for key, value in answer.items()
            }
    return answer


def _unstarred(place: int, places: list[int]) -> int:
    return place - sum(star < place for star in places)


def _understood(function: str, tex: str, answer: dict[str, Any]) -> Typeset | Tree | Rejection:
    """An answer of KaTeX's about a formula."""
    if "message" in answer:
        position = answer.get("position")
        # Of a character that JavaScript counts as two, KaTeX names one half.
        message = re.sub(r"[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", answer["message"])
        return Rejection(message, _utf16_to_offset(tex, position) if isinstance(position, int) else None)
    if function == "typeset":
        return Typeset(answer["html"])
    nodes: list[dict[str, Any]] = answer["tree"]
    if any(ord(sign) > 0xFFFF for sign in tex):
        _shift(nodes, tex)
    return _tree(nodes, answer["painted"])


def _tree(nodes: list[dict[str, Any]], painted: list[Any]) -> Tree:
    return Tree(nodes, tuple(Painted(sign, font) for sign, font in painted))


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
