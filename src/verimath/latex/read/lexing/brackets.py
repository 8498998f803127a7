"""Which bracket closes which: atoms between two brackets become one atom, a group.

French intervals turn their brackets around, ]0, 1[, so a bracket's sign doesn't say whether it opens: its neighbours
do. What closes follows something that has a value; what opens doesn't.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ....message.refusal import Refusal
from .atoms import (
    Array,
    Arrow,
    Atom,
    Atoms,
    Bar,
    Big,
    Binomial,
    Blank,
    Braced,
    Braces,
    Bracket,
    Brackets,
    Close,
    Comma,
    Dots,
    Enclosed,
    Factor,
    Forall,
    Fraction,
    Function,
    Group,
    Infinity,
    Link,
    Nabla,
    Open,
    Overlined,
    Partial,
    Quad,
    Raised,
    Relation,
    Root,
    Row,
    Scripted,
    Sign,
    SignBehind,
    Text,
    Times,
    WordBetween,
    no_single,
)
from .katex_names import BETWEEN

# Which bracket may close which.
PARTNERS = {
    "(": {")", "]"},
    "[": {"]", ")", "["},
    "]": {"[", "]"},
    "{": {"}"},
    "⟨": {"⟩"},
    **{form.signs[0]: {form.signs[1]} for form in BETWEEN.values()},
}
# After these, a bracket doesn't close, and before those it does.
NO_VALUE = (Relation, Sign, Times, Comma, Bar, Open, Blank, Text, Forall)
# In a product, what belongs to more than the factor beside it; and what may.
LOOSE = (Sign, Times, Big, Function, Partial, Dots)
GOES_ON = (Relation, Times, Comma, Quad, Row)
# What no two bars enclose; what ends no value, and what begins none.
PARTS = (Relation, Comma, Blank, Text, Forall, Arrow, Link, WordBetween, Infinity)
NO_END = (Sign, Times, Big, Function, Partial, Nabla)
VALUE = Brackets("⟨|", "|⟩")
# Two bars side by side, as typed for those of a norm; a subscript behind them says that they are.
TYPED, NORM = Brackets("||", "||"), Brackets("‖", "‖")


@dataclass
class _Level:
    """What stands behind a bracket that waits for its partner; around all others, there is none."""

    opening: Bracket | None = None
    inside: list[Atom] = field(default_factory=list)

    def closed_by(self, bracket: Bracket) -> Group | None:
        """The group that a bracket closes; none where it is no partner of the one that opens."""
        if self.opening is None or bracket.text not in PARTNERS.get(self.opening.text, set()):
            return None
        brackets = Brackets(self.opening.text, bracket.text)
        # What stands between the brackets is grouped by now.
        sub, sup = grouped(bracket.sub), grouped(bracket.sup)
        inside = with_bars(self.inside, in_brackets=True)
        return Group(brackets, inside, sub=sub, sup=sup, at=self.opening.at)


def grouped(atoms: Atoms) -> Atoms:
    """Atoms with their brackets, and those within their parts, made into groups.

    Raises:
        Refusal: at a bracket without a partner.
    """
    levels = [_Level()]
    for index, atom in enumerate(atoms):
        level = levels[-1]
        if isinstance(atom, Braced | Enclosed):
            level.inside += _without_brace(atom, level.inside, atoms[index + 1 :])
        elif not isinstance(atom, Bracket):
            level.inside.append(_with_groups(atom))
        elif _opens(atom, level.inside, atoms[index + 1] if index + 1 < len(atoms) else None):
            if not atom.is_bare:
                raise Refusal("a script on an opening bracket", "write it on the closing one", at=atom.at)
            levels.append(_Level(atom))
        else:
            group = level.closed_by(atom)
            if group is None and atom.text == "|⟩" and any(isinstance(each, Relation) for each in atom.sub):
                level.inside.append(Bar("|", sub=grouped(atom.sub), sup=grouped(atom.sup), at=atom.at))
                continue
            if group is None:
                raise Refusal(f"nothing opens this {_shown(atom)}", "add the bracket that does", at=atom.at)
            levels.pop()
            levels[-1].inside.append(group)
    opening = levels[-1].opening
    if opening is not None:
        raise Refusal(f"nothing closes this {_shown(opening)}", "add the bracket that does", at=opening.at)
    return with_bars(levels[0].inside)


def with_bars(atoms: list[Atom], in_brackets: bool = False) -> Atoms:
    """Atoms of one level with the bars | that enclose a value made into groups; the others stay.

    The first opens and the second closes, as long as no other reading is possible: of |a| b |c|, one is. Where they
    can't, as in |a - |b||, what encloses what may still be clear.
    """
    found: list[Atom] = []
    run: list[Atom] = []
    for atom in (*atoms, None):
        if atom is not None and not isinstance(atom, PARTS) and not (isinstance(atom, Bar) and atom.parts):
            run.append(atom)
            continue
        found += _enclosed(run, in_brackets)
        run = []
        if atom is not None:
            found.append(atom)
    return tuple(found)


def _enclosed(run: list[Atom], in_brackets: bool) -> list[Atom]:
    """Atoms that nothing parts, with their bars made into groups where it is clear which close which."""
    run = _with_typed_norms(run)
    bars = [n for n, atom in enumerate(run) if isinstance(atom, Bar) and _may_enclose(atom)]
    pairs = [*zip(bars[::2], bars[1::2], strict=False)]
    gaps = [run[end + 1 : start] for (_, end), (start, _) in pairwise(pairs)]
    if not bars or len(bars) % 2:
        return run
    if not all(_closes(run[start], run[start + 1 : end], run[end]) for start, end in pairs):
        return _nested(run, bars, in_brackets)
    if any(map(_is_value, gaps)):
        return run
    if in_brackets and len(pairs) == 1 and _may_part(run, *pairs[0]):
        return run
    found = run[: bars[0]]
    for (start, end), gap in zip(pairs, [*gaps, run[bars[-1] + 1 :]], strict=True):
        closing = run[end]
        assert isinstance(closing, Bar)
        found += [Group(VALUE, tuple(run[start + 1 : end]), sup=closing.sup, at=run[start].at), *gap]
    return found


def _with_typed_norms(run: list[Atom]) -> list[Atom]:
    """Atoms in which || x || is one group, where all bars stand so, and no other reading is possible."""
    bars = [n for n, atom in enumerate(run) if isinstance(atom, Bar) and _may_enclose(atom)]
    twos = bars[::2]
    side_by_side = bars[1::2] == [n + 1 for n in twos] and all(run[n + 1].at == run[n].at + 1 for n in twos)
    pairs = [*zip(twos[::2], twos[1::2], strict=False)]
    if (
        not bars
        or not side_by_side
        or len(twos) % 2
        or any(_is_value(run[a + 2 : b]) for (_, a), (b, _) in pairwise(pairs))
    ):
        return run
    found = run[: twos[0]]
    for place, (start, end) in enumerate(pairs):
        closing, inside = run[end + 1], tuple(run[start + 2 : end])
        assert isinstance(closing, Bar)
        opens = all(each.is_bare for each in (*run[start : start + 2], run[end]))
        if not (opens and inside and not isinstance(inside[-1], NO_END) and not isinstance(inside[0], Times)):
            return run
        around = NORM if closing.sub else TYPED
        found.append(Group(around, inside, sub=closing.sub, sup=closing.sup, at=run[start].at))
        found += run[end + 2 : pairs[place + 1][0] if place + 1 < len(pairs) else len(run)]
    return found


# Bars of which more than this enclose each other would be read by no one.
MOST_NESTED = 12
# Of each pair, where it begins and ends, and whether it is made of one bar on each side or of two.
Pairs = tuple[tuple[int, int, int], ...]


def _nested(run: list[Atom], bars: list[int], in_brackets: bool) -> list[Atom]:
    """Atoms with their bars made into groups, where these can enclose each other in one way only."""
    if len(bars) > MOST_NESTED:
        return run
    found = {_with_norms(run, pairs) for pairs in _pairings(run, bars, (), ())}
    if len(found) != 1:
        return run
    [pairs] = found
    outer = [(start, end) for start, end, _ in pairs if not any(a < start and end < b for a, b, _ in pairs)]
    if in_brackets and any(_may_part(run, *pair) for pair in outer):
        return run
    return _between(run, 0, len(run), {start: (end, count) for start, end, count in pairs})


def _with_norms(run: list[Atom], pairs: Pairs) -> Pairs:
    """Pairs in order, of which two right inside of each other are one of a norm's: of a number, both say the same.

    Where a power stands between them, they are two.

    Three such, as around a matrix, may be something else, and stay.
    """
    left, found = sorted(pairs), list[tuple[int, int, int]]()
    while left:
        start, end, count = left.pop(0)
        inner, innermost = (start + 1, end - 1, 1), (start + 2, end - 2, 1)
        is_inside = inner in left and innermost not in left and (start - 1, end + 1, 1) not in found
        if count == 1 and is_inside and run[end - 1].is_bare:
            left.remove(inner)
            count = 2
        found.append((start, end, count))
    return tuple(found)


def _between(run: list[Atom], start: int, end: int, closing: dict[int, tuple[int, int]]) -> list[Atom]:
    """Atoms from one place to another, with bars made into groups.

    Args:
        closing: where a pair ends that begins at a bar, and of how many bars each of its sides is.
    """
    found: list[Atom] = []
    while start < end:
        stop, count = closing.get(start, (start, 0))
        last = run[stop]
        if isinstance(last, Bar) and count:
            inside = tuple(_between(run, start + count, stop - count + 1, closing))
            around = VALUE if count == 1 else NORM if last.sub else TYPED
            found.append(Group(around, inside, sub=last.sub, sup=last.sup, at=run[start].at))
        else:
            found.append(last)
        start = stop + 1
    return found


def _pairings(run: list[Atom], bars: list[int], waiting: tuple[tuple[int, int], ...], pairs: Pairs) -> Iterator[Pairs]:
    """Each way in which bars may open and close: one by one, or two side by side as those of a norm.

    Args:
        run: the atoms.
        bars: where those stand that are left.
        waiting: the ones that are open: where each begins, and how many bars it is.
        pairs: those that are closed.
    """
    if not bars:
        if not waiting:
            yield pairs
        return
    for count in (1, 2):
        if count == 2 and bars[:2] != [bars[0], bars[0] + 1]:
            return
        first, last, left = bars[0], bars[0] + count - 1, bars[count:]
        if waiting and waiting[-1][1] == count:
            start, _ = waiting[-1]
            inside = run[start + count : first]
            is_bare = all(atom.is_bare for atom in (*run[start + 1 : start + count], *run[first:last]))
            if is_bare and _closes(run[start], inside, run[last], of_norm=count == 2):
                yield from _pairings(run, left, waiting[:-1], (*pairs, (start, last, count)))
        after = run[last + 1] if last + 1 < len(run) else None
        if after is not None and not isinstance(after, Times) and not (isinstance(after, Sign) and after.text == "+"):
            yield from _pairings(run, left, (*waiting, (first, count)), pairs)


def _may_enclose(bar: Bar) -> bool:
    """Whether a bar may stand on a side of a value: no \\mid, and not the one that evaluates what stands before it."""
    return bar.text == "|" and not bar.parts and not any(isinstance(each, Relation) for each in bar.sub)


def _is_value(atoms: list[Atom]) -> bool:
    """Whether what stands between two pairs of bars may be the inside of a pair."""
    match atoms:
        case [] | [Times(), *_] | [Sign("+"), *_]:
            return False
    return not isinstance(atoms[-1], NO_END)


def _closes(opening: Atom, inside: list[Atom], closing: Atom, of_norm: bool = False) -> bool:
    """Whether a value stands between two bars, of which the second may have a power, and of a norm, a subscript."""
    others = [atom for atom in inside if isinstance(atom, Bar)]
    has_value = bool(inside) and not isinstance(inside[-1], NO_END) and not isinstance(inside[0], Times)
    is_whole = has_value and len(others) % 2 == 0 and opening.is_bare
    return is_whole and isinstance(closing, Bar) and (of_norm or not closing.sub)


def _may_part(run: list[Atom], start: int, end: int) -> bool:
    """Whether two bars in brackets may part what a function is called with: between factors on both sides."""
    before, after = run[:start], run[end + 1 :]
    return bool(before and after) and not isinstance(before[-1], NO_END) and isinstance(after[0], Factor)


def _without_brace(braced: Braced | Enclosed, before: list[Atom], after: Atoms) -> Atoms:
    """What stands at a brace, which is no bracket: what it takes in must belong together without it.

    Raises:
        Refusal: where something beside it would take a part of it.
    """
    inside = grouped(braced.content)
    left = next((atom for atom in reversed(before) if not isinstance(atom, Blank)), None)
    right = next((atom for atom in after if not isinstance(atom, Blank)), None)
    joins_left = isinstance(left, Factor | Times) or (isinstance(left, Sign) and left.text == "-")
    joins_right = isinstance(right, Factor | Times | Bracket | SignBehind | WordBetween) and not isinstance(
        right, Close
    )
    if isinstance(braced, Enclosed):
        joins_left, joins_right = joins_left and not _is_apart(before[-1:]), joins_right and not _is_apart(after[:1])
    is_whole = isinstance(braced, Enclosed) and _is_apart(before[-1:]) and _is_apart(after[:1])
    is_loose = len(inside) > 1 and any(isinstance(atom, LOOSE) for atom in inside)
    between = isinstance(left, Function) and joins_right
    has_relation = any(isinstance(atom, Relation) for atom in inside) and not is_whole
    if between or (is_loose and (joins_left or joins_right)) or has_relation:
        drawn = "box" if isinstance(braced, Enclosed) else "brace"
        what = f"what stands at this {drawn} goes on beside it: whether the {drawn} is a bracket isn't clear"
        raise Refusal(what, f"put brackets around it, inside of the {drawn}", rule=10, at=braced.at)
    return inside


def _is_apart(beside: Sequence[Atom]) -> bool:
    """Whether a statement begins or ends at what is beside it, the end of the formula too."""
    return not beside or isinstance(beside[0], Blank | Comma) or beside[0] == Times(".", at=beside[0].at)


def _shown(bracket: Bracket) -> str:
    return bracket.text.strip("⟨⟩") or bracket.text


def _opens(bracket: Bracket, before: list[Atom], after: Atom | None) -> bool:
    match bracket.text:
        case "]":
            return not before or isinstance(before[-1], NO_VALUE)
        case "[":
            return bracket.is_bare and after is not None and not isinstance(after, GOES_ON)
    return isinstance(bracket, Open)


def _with_groups(atom: Atom) -> Atom:
    """An atom whose parts and scripts are grouped too."""
    match atom:
        case Braces(content):
            return _unbraced(atom, grouped(content))
        case Fraction(above, below) | Binomial(above, below):
            atom = replace(atom, above=grouped(above), below=grouped(below))
        case Root(index, body):
            atom = replace(atom, index=grouped(index), body=grouped(body))
        case Group(content=content) | Overlined(content=content):
            atom = replace(atom, content=grouped(content))
        case Array(rows):
            atom = replace(atom, rows=tuple(tuple(grouped(cell) for cell in row) for row in rows))
    match atom:
        case Scripted() if not atom.is_bare:
            return replace(atom, sub=grouped(atom.sub), sup=grouped(atom.sup))
        case Raised() if not atom.is_bare:
            return replace(atom, sup=grouped(atom.sup))
    return atom


def _unbraced(braces: Braces, content: Atoms) -> Atom:
    """The atom that stands between braces, with the scripts on them."""
    match content:
        case (Group(sub=(), sup=()) as group,):
            return replace(group, sub=grouped(braces.sub), sup=grouped(braces.sup))
    raise no_single(braces.at)
