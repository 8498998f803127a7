r"""Maps: f \colon A \to B, and the rule a \mapsto … that gives their values."""

from __future__ import annotations

from collections.abc import Iterable

from ....meaning.expression import Number
from ....meaning.statement import Arrays, Definition, Domain, Revaluation, Statement, own_sizes
from ....message.refusal import Refusal
from ....names.table import Names
from ..grammar.bounds import split_at
from ..grammar.cursor import relations_in, trimmed
from ..grammar.parser import Parser
from ..lexing.atoms import Array, Atoms, Comma, Dots, Group, Letter, Mark, Quad, Relation
from ..lexing.spelling import spelled
from .heads import MapHead
from .letters import check_declared
from .sets import domain, domains
from .tails import tail


def read_sources(head: MapHead, known: Names, end: int) -> tuple[Domain, ...]:
    """The sets of a map's arguments."""
    start, _ = _from_and_to(head)
    return domains(Parser((), known, end=end), start, head.relation.at)


def _from_and_to(head: MapHead) -> tuple[Atoms, Atoms]:
    """What stands before and after the arrow between a map's sets."""
    return split_at(head.right, next(atom for atom in relations_in(head.right) if atom.text == "→"))


def read_map(head: MapHead, known: Names, end: int) -> Iterable[Statement]:
    """f \\colon A \\to B, and its rule if it has one."""
    at = head.relation.at
    relations = relations_in(head.right)
    _, rest = _from_and_to(head)
    sources = read_sources(head, known, end)
    rule = next((atom for atom in relations if atom.text == "↦"), None)
    name = head.name
    if rule is None:
        domain(Parser((), known, end=end), rest, at)
        what = f"`{name}` has no rule: a map that may be any isn't read yet"
        raise Refusal(what, f"write its rule behind its sets: {name} \\colon A \\to B, \\ x \\mapsto …", rule=23, at=at)
    before, after = split_at(rest, rule)
    comma = max(n for n, atom in enumerate(before) if isinstance(atom, Comma))
    target = domain(Parser((), known, end=end), trimmed(before[:comma]), at)
    parameters, own = head.parameters, own_sizes(sources)
    check_declared(target, known.within(own))
    if len(sources) != len(parameters):
        sources = _one_source(sources, parameters, at)
    _check_argument(trimmed(before[comma + 1 :]), own, rule)
    equals = relations_in(after)
    if equals:
        # a \mapsto S(a) = […]: the image has a name, and its entries are the map's own components.
        image, after = split_at(after, equals[0])
        if len(equals) > 1 or spelled(image) != f"{name}({','.join(parameters)})":
            raise Refusal(
                f"what `{name}` maps to is written twice",
                f"write \\mapsto {name}(…) = …, or \\mapsto …",
                rule=23,
                at=equals[0].at,
            )
    if (entries := _own_components(after, name)) is not None:
        _check_listed(entries, name, own, rule)
        yield Revaluation(name, parameters, at, sources, target)
        return
    inner = known.within((*parameters, *own))
    body, scope = tail(after, inner, end)
    value = Parser((), inner, end=end).expression(body, end)
    yield Definition(name, (), parameters, value, scope, at, sources, target)


def _one_source(sources: tuple[Domain, ...], parameters: tuple[str, ...], at: int) -> tuple[Domain, ...]:
    if len(sources) == 1 and isinstance(sources[0], Arrays):
        # (x, y) \mapsto … on \mathbb{R}^2.
        size = sources[0].sizes[0]
        if len(sources[0].sizes) == 1 and isinstance(size, Number) and size.value == len(parameters):
            return (sources[0].of,) * len(parameters)
    raise Refusal(
        f"a map from {len(sources)} sets with {len(parameters)} parameters",
        "write a parameter for each set",
        rule=23,
        at=at,
    )


def _entries(atoms: Atoms) -> Atoms:
    """What a column, or a list in brackets, holds."""
    match atoms:
        case (Array(rows, sub=(), sup=()),):
            return tuple(atom for row in rows for cell in row for atom in trimmed(cell))
        case (Group(content=content, sub=(), sup=()),):
            return tuple(atom for atom in content if not isinstance(atom, Comma | Quad))
    return ()


def _own_components(atoms: Atoms, name: str) -> Atoms | None:
    """The entries of a column that lists the map's own components, S_1 to S_N; None for another image."""
    found = _entries(atoms)
    entries = [atom for atom in found if not isinstance(atom, Dots)]
    own = len(entries) > 1 and all(isinstance(atom, Letter) and atom.text == name and atom.sub for atom in entries)
    return found if own else None


def _check_argument(atoms: Atoms, own: tuple[str, ...], rule: Relation) -> None:
    """Of a = [a_1 … a_N], the list is that of a's components."""
    equals = relations_in(atoms)
    if equals:
        before, listed = split_at(atoms, equals[0])
        match before:
            case (Mark(name), *_):
                _check_listed(_entries(listed), name, own, rule)
            case _:
                _check_listed(_entries(listed), "", own, rule)


def _check_listed(entries: Atoms, name: str, own: tuple[str, ...], rule: Relation) -> None:
    """A list of components begins with the first and ends with the last, whose number is a size of the map's sets."""
    listed = [atom for atom in entries if not isinstance(atom, Dots)]
    letters = [atom for atom in listed if isinstance(atom, Letter) and atom.text == name]
    letters = [letter for letter in letters if not (letter.sup or letter.primes)]
    dotted = [place for place, atom in enumerate(entries) if isinstance(atom, Dots)]
    numbers = [spelled(letter.sub) for letter in letters]
    fits = (
        len(listed) == len(letters) > 1
        and dotted == [len(entries) - 2]
        and numbers[:-1] == [str(n) for n in range(1, len(numbers))]
    )
    if not fits or numbers[-1] not in own:
        sizes = " or ".join(own) or "the size of its set"
        raise Refusal(
            f"these aren't the components of `{name}`",
            f"list {name}_1 to {name}_{{{sizes}}}",
            rule=23,
            at=listed[-1].at if listed else rule.at,
        )
