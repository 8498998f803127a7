r"""A site's own commands, such as `\R` for `\mathbb{R}`: replaced in a page's formulas before anything reads them.

What is typeset, executed, copied and kept is therefore one and the same LaTeX, which needs no macro elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate
from typing import Any

from ..message.refusal import Refusal
from ..message.source import Replaced, Span
from .displayed import displayed
from .fences import Fence, fences
from .formulas import written
from .text import breaks, text_of

NAME = re.compile(r"\\[A-Za-z]+")
# A command or a sign, such as \frac, \\ or \{.
COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
# Where a table of macros begins, also within braces; `- macros:` is the plugin of that name.
TABLE = re.compile(r"(?<![\w-])(?<!- )macros\s*:")
PARAMETER = re.compile(r"(?<!\\)#(?P<number>[1-9])")
# A formula may define a command of its own, by the name of one of the site's: in it, that name is its own.
LOCAL = re.compile(r"\\(?:(?:re|provide)?(?:new)?command\*?\s*\{?|[gex]?def|let|global)\s*(?P<name>\\[A-Za-z]+)")
# What a formula in the text can't hold, or ends it.
FOREIGN = re.compile(r"\$|`|<!--|-->")
ENDS_IN_NAME, LONGEST_NAME = re.compile(r"(?<!\\)(?:\\\\)*\\[A-Za-z]+$"), 80
# More than any formula has, or any command stands for.
LONGEST, LONGEST_BODY = 20_000, 2_000
EXAMPLE = r"write a table of them: macros: {'\R': '\mathbb{R}', '\norm': '\lVert #1 \rVert'}"
MATH = re.compile(r"\{?\s*\.?math\b")


class Macros(dict[str, str]):
    """What each command stands for, with #1, #2, … for its arguments."""

    @cached_property
    def called(self) -> re.Pattern[str]:
        """Any of them."""
        names = "|".join(sorted(map(re.escape, self), key=len, reverse=True))
        return re.compile(rf"(?:{names})(?![A-Za-z])")

    def in_text(self, tex: str) -> str:
        """A formula by itself with its macros replaced, as far as they can be; one is known to be there already."""
        return _Replacing(tex, self, lambda offset: Span("")).done().text if self and "\\" in tex else tex


def read_macros(values: Any, place: Callable[[str], Span]) -> Macros:
    """The macros of a configuration or a page.

    Args:
        values: as YAML has them; None where there are none.
        place: finds where a name stands.

    Raises:
        Refusal: for the first that isn't one.
    """
    if values is None:
        return Macros()
    if not isinstance(values, dict):
        raise Refusal(way_out=EXAMPLE, what="the macros aren't a table", span=place("macros"))
    found = Macros()
    for name, body in values.items():
        if problem := _problem(name, body):
            evidence, way_out = problem
            raise Refusal(evidence, way_out, what=f"`{name}` is no macro", span=place(str(name)))
        found[name] = " ".join(body.split("\n")).strip()
    for name in found:
        if circle := _circle(name, found, ()):
            way_out = "write what is meant without it"
            raise Refusal(" → ".join(circle), way_out, what=f"the macro `{name}` never ends", span=place(name))
    return found


def _problem(name: Any, body: Any) -> tuple[str, str] | None:
    """Why a name and a body make no macro, and the way out."""
    if not isinstance(name, str) or not NAME.fullmatch(name):
        bare = re.sub(r"[^A-Za-z]", "", str(name)) or "R"
        return "a macro's name is a backslash and letters", f"write '\\{bare}': …"
    if not isinstance(body, str):
        return "what it stands for isn't text", "write its LaTeX in single quotes, with #1, #2, … for its arguments"
    if len(body) > LONGEST_BODY:
        return f"it has {len(body):,} characters", f"{LONGEST_BODY:,} are the most: give parts of it names"
    if foreign := FOREIGN.search(body):
        return f"`{foreign.group()}` can't stand in a formula", "write its LaTeX alone, without dollars around it"
    plain = COMMAND.sub("", body)
    if "\\" in plain:
        return f"it ends in half a command: {body}", "write what follows the backslash too"
    depth, lowest = 0, 0
    for sign in plain:
        depth += (sign == "{") - (sign == "}")
        lowest = min(lowest, depth)
    if depth or lowest:
        way_out = "write it in single quotes: without them, YAML takes what follows a blank and # for a comment"
        return f"its braces don't match: {body}", way_out
    numbers = {int(found["number"]) for found in PARAMETER.finditer(body)}
    if numbers != {*range(1, len(numbers) + 1)} or "#" in PARAMETER.sub("", re.sub(r"\\#", "", body)):
        return f"its arguments are #1, #2, …, without a gap: {body}", "number them so; write \\# for the sign"
    return None


def _circle(name: str, macros: Macros, path: tuple[str, ...]) -> tuple[str, ...]:
    """The macros that lead from one back to one on the way; none where that doesn't happen."""
    if name in path:
        return (*path[path.index(name) :], name)
    called = (each.group() for each in COMMAND.finditer(macros[name]) if each.group() in macros)
    return next(filter(None, (_circle(each, macros, (*path, name)) for each in called)), ())


def named(file: str, lines: Sequence[str], name: str) -> Span:
    """Where a macro stands among those of a configuration or a front matter, as far as it can be found there."""
    pattern = re.compile(rf"{re.escape(name)}(?![A-Za-z])")
    first = next((number for number, line in enumerate(lines, 1) if TABLE.search(line)), 0)
    for number, line in enumerate(lines[first - 1 :], first) if first else ():
        if found := pattern.search(line):
            return Span(file, number, found.start(), line)
    return Span(file, first, 0, lines[first - 1]) if first else Span(file)


class _Replacing:
    """A formula in which macros are replaced, one after the other.

    Args:
        text: of the formula, or what stands around it too.
        macros: that are replaced.
        place: of a character, for messages.

    Attributes:
        text: what has become of it.
        origins: where each of its characters comes from.
    """

    def __init__(self, text: str, macros: Macros, place: Callable[[int], Span]) -> None:
        self.text, self.origins = text, [*range(len(text))]
        local = {found["name"] for found in LOCAL.finditer(text)}
        self._macros, self._place = Macros((name, tex) for name, tex in macros.items() if name not in local), place

    def done(self) -> _Replacing:
        """With all macros replaced.

        Raises:
            Refusal: where one lacks an argument, or it grows too long.
        """
        at = 0
        while found := COMMAND.search(self.text, at):
            at = found.end()
            if found.group() in self._macros:
                at = found.start()
                self._replace(found.group(), at)
            if len(self.text) > LONGEST:
                raise Refusal(
                    way_out=f"{LONGEST:,} are the most",
                    what="with its macros replaced, this formula is too long",
                    span=self._place(self.origins[at]),
                )
        return self

    def _replace(self, name: str, start: int) -> None:
        body, end = self._macros[name], start + len(name)
        arguments: list[tuple[int, int]] = []
        for _ in {found.group() for found in PARAMETER.finditer(body)}:
            first, last, end = self._argument(name, start, end)
            arguments.append((first, last))
        signs: list[tuple[str, int]] = []

        before = self.text[max(0, start - LONGEST_NAME) : start]

        def put(text: str, origins: list[int]) -> None:
            # A command ends where no letter follows.
            behind = before + "".join(sign for sign, _ in signs[-LONGEST_NAME:])
            if text[:1].isalpha() and ENDS_IN_NAME.search(behind):
                signs.append((" ", origins[0]))
            signs.extend(zip(text, origins, strict=True))

        origin, last = self.origins[start], 0
        for found in PARAMETER.finditer(body):
            put(body[last : found.start()], [origin] * (found.start() - last))
            from_, to = arguments[int(found["number"]) - 1]
            put(self.text[from_:to], self.origins[from_:to])
            last = found.end()
        put(body[last:], [origin] * (len(body) - last))
        put(self.text[end : end + 1], self.origins[end : end + 1])
        lines = "".join(sign for sign, _ in signs).count("\n")
        if lines != self.text.count("\n", start, end + 1):
            raise _over_lines(self._place(origin))
        self.text = self.text[:start] + "".join(sign for sign, _ in signs) + self.text[end + 1 :]
        self.origins[start : end + 1] = [place for _, place in signs]

    def _argument(self, name: str, start: int, end: int) -> tuple[int, int, int]:
        """Where an argument begins and ends, and where what follows it begins."""
        begin = end + len(self.text[end:]) - len(self.text[end:].lstrip())
        if (command := COMMAND.match(self.text, begin)) is not None:
            return command.start(), command.end(), command.end()
        if self.text[begin : begin + 1] != "{":
            if self.text[begin : begin + 1] in ("", "}", "&"):
                raise self._without(name, start)
            return begin, begin + 1, begin + 1
        depth = 0
        for found in re.finditer(r"\\.|[{}]", self.text[begin:], re.DOTALL):
            depth += (found.group() == "{") - (found.group() == "}")
            if depth == 0:
                return begin + 1, begin + found.start(), begin + found.end()
        raise self._without(name, start)

    def _without(self, name: str, start: int) -> Refusal:
        return Refusal(
            f"it stands for {self._macros[name]}",
            "write it in braces",
            what=f"the macro `{name}` lacks an argument",
            span=self._place(self.origins[start]),
        )


def replaced(file: str, lines: tuple[str, ...], body: int, macros: Macros) -> tuple[str, ...]:
    """The lines of a page with the macros of its formulas replaced; as many, and each knows how it was written.

    Args:
        file: for messages.
        lines: of the page.
        body: the first below its front matter, counted from 1.
        macros: of the site and the page.

    Raises:
        Refusal: for a fence that can't be read, a macro that lacks an argument.
    """
    if not macros or not any(macros.called.search(line) for line in lines):
        return lines
    starts = [*accumulate((len(line) + 1 for line in lines), initial=0)]

    def place(first: int, offset: int) -> Span:
        line = bisect_right(starts, first + offset)
        return Span(file, line, first + offset - starts[line - 1], lines[line - 1])

    whole = "\n".join(lines)
    pieces: list[str] = []
    origins: list[int] = []
    at = 0
    for first, last in _formulas(file, lines, body, starts):
        part = _Replacing(whole[first:last], macros, partial(place, first)).done()
        pieces += [whole[at:first], part.text]
        origins += [*range(at, first), *(first + each for each in part.origins)]
        at = last
    pieces.append(whole[at:])
    origins += range(at, len(whole) + 1)
    found = tuple(_lines("".join(pieces), origins, lines, starts))
    for number, (line, before) in enumerate(zip(found, lines, strict=True), 1):
        if before.strip() and not line.strip():
            raise _over_lines(Span(file, number, 0, before))
    return found


def _over_lines(span: Span) -> Refusal:
    return Refusal(
        "its argument goes over several lines, and can't stand so in what it stands for",
        "write it on one line",
        what="a macro that can't be replaced",
        span=span,
    )


def _lines(text: str, origins: list[int], lines: tuple[str, ...], starts: list[int]) -> list[str]:
    found: list[str] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        columns = [min(max(each - starts[number], 0), len(lines[number])) for each in origins[at : at + len(line) + 1]]
        found.append(line if line == lines[number] else Replaced(line, lines[number], columns))
        at += len(line) + 1
    return found


def _formulas(file: str, lines: tuple[str, ...], body: int, starts: list[int]) -> list[tuple[int, int]]:
    """Where formulas stand, displayed and in the text: from the first character to that after the last."""
    taken = [*fences(file, lines, body)]
    alone = [*displayed(file, lines, body, _numbers(taken))]
    of_math = [each for each in (*taken, *alone) if each in alone or MATH.match(each.info)]
    shown = [(starts[each.first - 1], starts[max(each.last, each.first) - 1]) for each in of_math if each in taken]
    shown += [(starts[each.span.line - 1], starts[each.last] - 1) for each in alone]
    text = text_of(lines, body, _numbers([*taken, *alone]))
    return sorted([*shown, *((each.start, each.end) for each in written(text, breaks(text)) if each.tex)])


def _numbers(found: Collection[Fence]) -> set[int]:
    return {number for fence in found for number in range(fence.span.line, fence.last + 1)}


def in_front_matter(values: Mapping[str, Any], macros: Macros) -> dict[str, Any]:
    """A front matter whose symbols are written without macros."""
    found = dict(values)
    if macros and isinstance(rows := found.get("notation"), list):
        found["notation"] = [
            {**row, "symbol": macros.in_text(str(row["symbol"]))} if isinstance(row, dict) and "symbol" in row else row
            for row in rows
        ]
    if macros and isinstance(free := found.get("free_symbols"), list):
        found["free_symbols"] = [macros.in_text(str(each)) for each in free]
    return found
