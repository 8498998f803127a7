r"""What binds an index letter: \sum, \prod, \max, \min, and what stands below them."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from ....meaning import expression as tree
from ....meaning.expression import Binder, Both, Comparison, Extremum, Name, Node, Range
from ....meaning.operations import BINDERS
from ....meaning.subscripted import numbered_axes
from ....message.refusal import Refusal
from ..lexing.atoms import CURLY, ROUND, Atoms, Big, Comma, Dots, Factor, Group, Letter, Relation, Row, Sign, Text
from ..lexing.not_read import WHERE
from .cursor import Cursor, relations_in, split, trimmed
from .guards import comparison, index_range
from .lists import arguments, entries


def big(cursor: Cursor, atom: Big) -> Node:
    """A sum, product, maximum or minimum with its body, or the greatest of what stands in brackets."""
    if not (atom.sub or atom.sup) and BINDERS[atom.text].tall and len(only := _numbering(cursor)) == 1:
        atom = replace(atom, sub=tuple(only))
    if not atom.sub:
        if BINDERS[atom.text].where:
            raise Refusal(*WHERE, at=atom.at)
        return _extremum(cursor, atom)
    binders, condition = _binders(cursor, atom)
    if BINDERS[atom.text].where and len(binders) > 1:
        raise Refusal(*WHERE, at=atom.at)
    letters = frozenset(binder.letter for binder in binders)
    for letter in letters:
        # A whole number of the page's is another one there, which what the sum takes doesn't see.
        if letter in cursor.known and (condition is not None or not cursor.known.counts(letter)):
            what = f"\\{atom.text} binds `{letter}`, which is a symbol of this page"
            raise Refusal(what, "bind another letter", rule=14, at=atom.at)
        if letter in cursor.bound:
            what = f"`{letter}` is bound by a sum around this one"
            raise Refusal(what, "bind another letter", rule=14, at=atom.at)
    minus = cursor.peek()
    match minus, cursor.peek(1):
        case Sign("-"), Factor():
            cursor.take()
        case _:
            minus = None
    if isinstance(cursor.peek(), Sign | Relation | Comma | Text | None):
        what = f"\\{atom.text} without a term after it"
        raise Refusal(what, "put brackets around what it takes", rule=11, at=cursor.here())
    body = cursor.body(atom.text, letters)
    if minus is not None:
        body = tree.Negative(body, at=minus.at)
    inside = (body,) if condition is None else (body, condition)
    binders = tuple(
        binder
        if binder.range
        else replace(binder, axes=tuple(axis for node in inside for axis in numbered_axes(node, binder.letter)))
        for binder in binders
    )
    return tree.Big(atom.text, binders, condition, body, at=atom.at)


def letters_of(cursor: Cursor, atom: Big, ahead: int) -> set[str]:
    r"""The letters that an operator binds anew, so many atoms farther; of \sum x_i, the only one that numbers."""
    if atom.sub or atom.sup or not BINDERS[atom.text].tall:
        return letters_below(atom)
    only = {letter.text for letter in _numbering(replace(cursor, place=cursor.place + ahead + 1, bound=frozenset()))}
    return only if len(only) == 1 else set()


def _numbering(cursor: Cursor) -> list[Letter]:
    r"""The letters that number something up to the end of the term, and are nothing else: of \sum x_i, i alone."""
    ahead = cursor.atoms[cursor.place :]
    term = takewhile(lambda each: not isinstance(each, Sign | Relation | Comma | Text), ahead)
    inside = [each for atom in term for each in atom.inside()]
    own = {letter for each in inside if isinstance(each, Big) for letter in letters_below(each)}
    found: dict[str, Letter] = {}
    for each in (each for atom in inside if isinstance(atom, Letter | Group) for each in atom.sub):
        if isinstance(each, Letter) and each.is_bare and each.text not in own | cursor.bound | {*cursor.known.values}:
            found[each.text] = each
    return [*found.values()]


def _extremum(cursor: Cursor, atom: Big) -> Node:
    tex = BINDERS[atom.text].tex
    if not BINDERS[atom.text].lists:
        raise Refusal(f"{tex} without its index", f"write {tex}_{{i}} or {tex}_{{i=1}}^{{n}}", rule=11, at=atom.at)
    group = cursor.peek()
    if not isinstance(group, Group) or group.brackets not in (ROUND, CURLY):
        raise Refusal(f"{tex} of what isn't said", f"write {tex}_i x_i or {tex}(a, b)", rule=11, at=atom.at)
    cursor.take()
    listed = entries(cursor, arguments(group), group.at)
    if len(listed) < 2 and not isinstance(listed[0], tree.Dots):
        way_out = f"write {tex}_i x_i for the components of a vector"
        raise Refusal(f"{tex} of one number", way_out, rule=11, at=group.at)
    if atom.sup or not group.is_bare:
        raise Refusal(f"a script on {tex}(…)", "put brackets around it", rule=10, at=atom.at)
    return Extremum(atom.text, listed, at=atom.at)


def _binders(cursor: Cursor, atom: Big) -> tuple[tuple[Binder, ...], Node | None]:
    """What stands below, and above, a big operator."""
    if len(rows := split(atom.sub, Row)) > 1:
        return _in_rows(cursor, rows, atom)
    sub = trimmed(atom.sub)
    relations = relations_in(sub)
    match [relation.text for relation in relations]:
        case []:
            if atom.sup:
                raise Refusal(
                    "an upper bound without a lower one", "write the first value below: _{i=1}", rule=11, at=atom.at
                )
            return tuple(Binder(letter, at=atom.at) for letter in _letters(sub, atom)), None
        case ["="]:
            letters, first = split_at(sub, relations[0])
            if not atom.sup and any(isinstance(each, Dots) for each in first):
                listed = index_range(cursor, (Group(CURLY, first, at=atom.at),), atom.at)
                return tuple(Binder(letter, listed, at=atom.at) for letter in _letters(letters, atom)), None
            if not atom.sup:
                way_out = "write the last value above: ^{n}"
                raise Refusal("a lower bound without an upper one", way_out, rule=11, at=atom.at)
            bounds = Range(cursor.expression(first, atom.at), cursor.expression(atom.sup, atom.at), at=atom.at)
            return tuple(Binder(letter, bounds, at=atom.at) for letter in _letters(letters, atom)), None
        case ["=", "≠" | "<" | "≤" | ">" | "≥"] if atom.sup and any(isinstance(each, Comma) for each in sub):
            return _bounded(cursor, sub, atom)
    if atom.sup:
        way_out = "write _{i=1}^{n}, or _{i=1, i \\neq j}^{n}"
        raise Refusal("bounds above and below that don't fit together", way_out, rule=11, at=atom.at)
    if [relation.text for relation in relations] == ["∈"]:
        letters, values = split_at(sub, relations[0])
        bounds = index_range(cursor, values, atom.at)
        return tuple(Binder(letter, bounds, at=atom.at) for letter in _letters(letters, atom)), None
    return _by_condition(cursor, sub, atom)


def _in_rows(cursor: Cursor, rows: list[Atoms], atom: Big) -> tuple[tuple[Binder, ...], Node]:
    r"""What the first row says is bound, and conditions on that below: \substack{1 \leq i, j \leq n \\ i \neq j}."""
    if not all(rows):
        raise Refusal("an empty row below a sign", "delete it", rule=11, at=atom.at)
    binders, condition = _binders(cursor, replace(atom, sub=rows[0]))
    read = (_of_bound(comparison(cursor, row, atom.at, rule=11), binders, cursor, atom) for row in rows[1:])
    conditions = [*([] if condition is None else [condition]), *read]
    return binders, conditions[0] if len(conditions) == 1 else Both(tuple(conditions), at=atom.at)


def _of_bound(condition: Node, binders: tuple[Binder, ...], cursor: Cursor, atom: Big) -> Node:
    """A condition on what is bound.

    Raises:
        Refusal: where it is of none of it, or of another letter too, which it may bind, unless it only differs from it.
    """
    letters, bound = (
        {part.name for part in condition.walk() if isinstance(part, Name)},
        {each.letter for each in binders},
    )
    others = {letter for letter in letters - bound if letter not in cursor.known and letter not in cursor.bound}
    is_other = isinstance(condition, Comparison) and condition.relations == ("≠",)
    if others and not (is_other and letters & bound):
        what = f"which sum binds `{min(others)}` isn't clear"
        raise Refusal(what, "bind all letters in the first row, or write a sum for each", rule=11, at=atom.at)
    if not letters & bound:
        raise Refusal("a condition on none of the letters", "write it of what is bound", rule=11, at=atom.at)
    return condition


def _bounded(cursor: Cursor, sub: Atoms, atom: Big) -> tuple[tuple[Binder, ...], Node]:
    """i = 1, i \\neq j, with n above: bounds, and a condition on what they bound."""
    *_, comma = (place for place, each in enumerate(sub) if isinstance(each, Comma))
    binders, _ = _binders(cursor, replace(atom, sub=sub[:comma]))
    condition = comparison(cursor, trimmed(sub[comma + 1 :]), atom.at, rule=11)
    bound = {binder.letter for binder in binders}
    if not any(isinstance(part, Name) and part.name in bound for part in condition.walk()):
        raise Refusal("a condition on none of the letters", "write it of what is bound", rule=11, at=atom.at)
    return binders, condition


def letters_below(atom: Big) -> set[str]:
    r"""The letters that stand alone below an operator, or before what they run over: in _{i,j}, _{i=1}, _{i \in S}."""
    relations = relations_in(atom.sub)
    named = split_at(atom.sub, relations[0])[0] if relations else atom.sub
    return {each.text for each in named if isinstance(each, Letter)}


def _letters(atoms: Atoms, atom: Big) -> list[str]:
    found = []
    for each in (each for part in split(atoms, Comma) for each in part):
        if not isinstance(each, Letter) or not each.is_bare:
            raise Refusal("this can't be an index", "write letters, such as _{i} or _{i,j}", rule=11, at=each.at)
        found.append(each.text)
    if not found or len({*found}) < len(found):
        raise Refusal("the index letters aren't clear", "write each once, such as _{i,j}", rule=11, at=atom.at)
    return found


def _by_condition(cursor: Cursor, sub: Atoms, atom: Big) -> tuple[tuple[Binder, ...], Node | None]:
    """i \\neq j, 1 \\leq i \\leq n, 1 \\leq i < j \\leq n."""
    if (listed := _within_two_bounds(cursor, sub, atom)) is not None:
        return listed, None
    if any(isinstance(each, Comma) for each in sub):
        way_out = "write a sum for each letter, \\sum_{i=1}^{n} \\sum_{j=1}^{n}, or \\sum_{i,j=1}^{n}"
        raise Refusal("bounds of several letters in a comparison", way_out, rule=11, at=atom.at)
    condition = comparison(cursor, sub, atom.at, rule=11)
    assert isinstance(condition, Comparison)
    sides = condition.sides
    free = [
        side.name
        for side in sides
        if isinstance(side, Name) and side.name not in cursor.known and side.name not in cursor.bound
    ]
    bounded = len(sides) == len(free) + 2 and {*condition.relations} <= {"<", "≤"}
    if bounded and isinstance(sides[0], Node) and all(isinstance(side, Name) for side in sides[1:-1]):
        bounds = Range(sides[0], sides[-1], at=atom.at)
        return tuple(Binder(letter, bounds, at=atom.at) for letter in free), condition
    first = sides[0]
    if len(sides) == 2 and isinstance(first, Name) and first.name in free and condition.relations[0] in ("≠", "<", "≤"):
        others = [letter for letter in free if letter != first.name]
        if condition.relations[0] == "≠" or not others:
            return (Binder(first.name, at=atom.at),), condition
        # Over all pairs; a statement in which the other letter is free is refused.
        return tuple(Binder(letter, at=atom.at) for letter in (first.name, *others)), condition
    raise Refusal(
        "which letters this binds isn't clear",
        "write bounds for all that is bound, such as _{1 \\leq i < j \\leq n}; _{i \\neq j} binds i",
        rule=11,
        at=atom.at,
    )


def _within_two_bounds(cursor: Cursor, sub: Atoms, atom: Big) -> tuple[Binder, ...] | None:
    r"""New letters between two bounds that are known, 1 \leq i, j \leq n; None of anything else."""
    match split(sub, Relation), [relation.text for relation in relations_in(sub)]:
        case [lower, letters, upper], ["≤", "≤"] if any(isinstance(each, Comma) for each in letters):
            named = {each.text for each in letters if isinstance(each, Letter)}
            if any(isinstance(each, Comma) for each in (*lower, *upper)):
                return None
            bounds = Range(cursor.expression(lower, atom.at), cursor.expression(upper, atom.at), at=atom.at)
            read = {part.name for part in bounds.walk() if isinstance(part, Name)}
            if all(_is_known(cursor, name) for name in read) and not any(_is_known(cursor, name) for name in named):
                return tuple(Binder(letter, bounds, at=atom.at) for letter in _letters(letters, atom))
    return None


def _is_known(cursor: Cursor, letter: str) -> bool:
    return letter in cursor.known or letter in cursor.bound


def split_at(atoms: Atoms, relation: Relation) -> tuple[Atoms, Atoms]:
    """What stands before and after a relation."""
    place = next(n for n, each in enumerate(atoms) if each is relation)
    return trimmed(atoms[:place]), trimmed(atoms[place + 1 :])
