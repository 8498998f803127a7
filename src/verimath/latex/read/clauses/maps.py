r"""Maps: f \colon A \to B, and the rule a \mapsto … that gives their values."""

from __future__ import annotations

from collections.abc import Iterable

from ....meaning.expression import Number
from ....meaning.statement import Arrays, Definition, Domain, Revaluation, Statement, own_sizes
from ....message.refusal import Refusal
from ....names.table import Names
from ..grammar.bounds import split_at
from ..grammar.cursor import relations_in, trimmed
from ..grammar.parser import Terms
from ..lexing.atoms import Atom, Atoms
from ..lexing.spelling import spelled
from .heads import Head
from .letters import check_declared
from .sets import domain, domains
from .tails import tail


def read_sources(head: Head, known: Names, end: int) -> tuple[Domain, ...]:
    """The sets of a map's arguments."""
    start, _ = _from_and_to(head)
    return domains(Terms((), known, end=end), start, head.relation.at)


def _from_and_to(head: Head) -> tuple[Atoms, Atoms]:
    return split_at(head.right, next(atom for atom in relations_in(head.right) if atom.text == "→"))


def read_map(head: Head, known: Names, end: int) -> Iterable[Statement]:
    """f \\colon A \\to B, and its rule if it has one."""
    at = head.relation.at
    relations = relations_in(head.right)
    _, rest = _from_and_to(head)
    sources = read_sources(head, known, end)
    rule = next((atom for atom in relations if atom.text == "↦"), None)
    [name] = head.names
    if rule is None:
        yield Revaluation(name, (), at, sources, domain(Terms((), known, end=end), rest, at))
        return
    before, after = split_at(rest, rule)
    comma = max(n for n, atom in enumerate(before) if atom.kind == "comma")
    target = domain(Terms((), known, end=end), trimmed(before[:comma]), at)
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
    value = Terms((), inner, end=end).expression(body, end)
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
    if len(atoms) != 1 or atoms[0].kind not in ("array", "group"):
        return ()
    inside = [atom for row in atoms[0].rows for cell in row for atom in trimmed(cell)]
    inside += [atom for part in atoms[0].parts for atom in part if atom.kind not in ("comma", "quad")]
    return tuple(inside)


def _own_components(atoms: Atoms, name: str) -> Atoms | None:
    """The entries of a column that lists the map's own components, S_1 to S_N; None for another image."""
    found = _entries(atoms)
    entries = [atom for atom in found if atom.kind != "dots"]
    own = len(entries) > 1 and all(atom.kind == "letter" and atom.text == name and atom.sub for atom in entries)
    return found if own else None


def _check_argument(atoms: Atoms, own: tuple[str, ...], rule: Atom) -> None:
    """Of a = [a_1 … a_N], the list is that of a's components."""
    equals = relations_in(atoms)
    if equals:
        before, listed = split_at(atoms, equals[0])
        _check_listed(_entries(listed), before[0].text if before else "", own, rule)


def _check_listed(entries: Atoms, name: str, own: tuple[str, ...], rule: Atom) -> None:
    """A list of components begins with the first and ends with the last, whose number is a size of the map's sets."""
    letters = [atom for atom in entries if atom.kind != "dots"]
    fits = len(letters) > 1 and all(atom.text == name and atom.sub and not atom.sup for atom in letters)
    numbers = [spelled(letter.sub or ()) for letter in letters]
    fits = fits and numbers[:-1] == [str(n) for n in range(1, len(numbers))] and numbers[-1] in own
    if not fits:
        sizes = " or ".join(own) or "the size of its set"
        raise Refusal(
            f"these aren't the components of `{name}`",
            f"list {name}_1 to {name}_{{{sizes}}}",
            rule=23,
            at=letters[-1].at if letters else rule.at,
        )
