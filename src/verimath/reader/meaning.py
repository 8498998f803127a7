"""Statements with their expressions, once all names of the page are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..expression import Index, Name, Node, Number
from ..statement import (
    Arrays,
    Claim,
    Declaration,
    Definition,
    Domain,
    Quantifier,
    Revaluation,
    Scope,
    Statement,
    Update,
)
from .atoms import Atom, Atoms, Unreadable
from .binders import split_at
from .conditions import IF, comparison, condition, range_of, spoken
from .cursor import split, trimmed
from .heads import Head
from .known import Known, spelled
from .letters import check_declared, check_letters
from .sets import domain, domains
from .terms import Terms

CHAIN = {"=", "≠", "<", "≤", ">", "≥", "≈"}


def statements_of(head: Head, known: Known, end: int) -> tuple[Statement, ...]:
    """The statements that a part of a formula makes; a definition may go on as a claim.

    Raises:
        Unreadable: at the first token that has no meaning there.
    """
    read = {
        "declaration": _declaration,
        "map": _map,
        "revaluation": _revaluation,
        "definition": _definition,
        "update": _update,
        "claim": _claim,
    }[head.kind]
    if "T" not in known:
        _refuse_two_kinds_of_t((*head.left, *head.right))
    statements = tuple(read(head, known, end))
    for statement in statements:
        check_letters(statement, known)
    return statements


def _refuse_two_kinds_of_t(atoms: Atoms) -> None:
    """Where T numbers something, x^T may be a power."""
    inside = [each for atom in atoms for each in atom.inside()]
    transposes = [
        each.sup[0]
        for each in inside
        if each.kind in ("letter", "group", "array") and each.sup and len(each.sup) == 1 and each.sup[0].text == "T"
    ]
    if transposes and any(each.text == "T" and each not in transposes for each in inside):
        raise Unreadable(transposes[0].at, "T is a letter of this statement: a power may be meant", "write \\top")


def _declaration(head: Head, known: Known, end: int) -> Iterable[Statement]:
    body, scope = _tail(head.right, known, end)
    if scope.conditions or scope.quantifiers:
        raise Unreadable(
            head.relation.at, "a declaration with a condition", "write the set itself, such as \\mathbb{R}^{n}"
        )
    found = domain(Terms((), known, end=end), body, head.relation.at)
    check_declared(found, known)
    yield Declaration(head.names, found, head.components, head.relation.at)


def _map(head: Head, known: Known, end: int) -> Iterable[Statement]:
    """f \\colon A \\to B, and its rule if it has one."""
    at = head.relation.at
    relations = [atom for atom in head.right if atom.kind == "relation"]
    arrow = next(atom for atom in relations if atom.text == "→")
    start, rest = split_at(head.right, arrow)
    sources = domains(Terms((), known, end=end), start, at)
    rule = next((atom for atom in relations if atom.text == "↦"), None)
    [name] = head.names
    if rule is None:
        yield Revaluation(name, (), at, sources, domain(Terms((), known, end=end), rest, at))
        return
    before, after = split_at(rest, rule)
    comma = max(n for n, atom in enumerate(before) if atom.kind == "comma")
    target = domain(Terms((), known, end=end), trimmed(before[:comma]), at)
    check_declared(target, known.within(own_sizes(sources, known)))
    parameters = head.parameters
    own = own_sizes(sources, known)
    known.sizes[name] = own
    if len(sources) != len(parameters):
        sources = _one_source(sources, parameters, at)
    _check_argument(trimmed(before[comma + 1 :]), own, rule)
    equals = [atom for atom in after if atom.kind == "relation"]
    if equals:
        # a \mapsto S(a) = […]: the image has a name, and its entries are the map's own components.
        image, after = split_at(after, equals[0])
        if len(equals) > 1 or spelled(image) != f"{name}({','.join(parameters)})":
            raise Unreadable(
                equals[0].at, f"what `{name}` maps to is written twice", f"write \\mapsto {name}(…) = …, or \\mapsto …"
            )
    if (entries := _own_components(after, name)) is not None:
        _check_listed(entries, name, own, rule)
        yield Revaluation(name, parameters, at, sources, target)
        return
    inner = known.within((*parameters, *own))
    body, scope = _tail(after, inner, end)
    value = Terms((), inner, end=end).expression(body, end)
    yield Definition(name, (), parameters, value, scope, at, sources, target)


def own_sizes(sources: tuple[Domain, ...], known: Known) -> tuple[str, ...]:
    """The sizes of a map's sets that are single symbols: in its rule, they are those of its arguments."""
    named = [size for source in sources if isinstance(source, Arrays) for size in source.sizes]
    return tuple(dict.fromkeys(size.name for size in named if isinstance(size, Name)))


def _one_source(sources: tuple[Domain, ...], parameters: tuple[str, ...], at: int) -> tuple[Domain, ...]:
    if len(sources) == 1 and isinstance(sources[0], Arrays):
        # (x, y) \mapsto … on \mathbb{R}^2.
        size = sources[0].sizes[0]
        if len(sources[0].sizes) == 1 and isinstance(size, Number) and size.value == len(parameters):
            return (sources[0].of,) * len(parameters)
    raise Unreadable(
        at, f"a map from {len(sources)} sets with {len(parameters)} parameters", "write a parameter for each set"
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
    equals = [atom for atom in atoms if atom.kind == "relation"]
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
        raise Unreadable(
            letters[-1].at if letters else rule.at,
            f"these aren't the components of `{name}`",
            f"list {name}_1 to {name}_{{{sizes}}}",
        )


def _revaluation(head: Head, known: Known, end: int) -> Iterable[Statement]:
    yield Revaluation(head.names[0], head.parameters, head.relation.at)


def _definition(head: Head, known: Known, end: int) -> Iterable[Statement]:
    inner = known.within(head.parameters)
    body, scope = _tail(head.right, inner, end)
    sides, relations = _chain(body, inner, end, head.relation)
    for relation in relations:
        if relation.text not in CHAIN:
            raise Unreadable(relation.at, f"{relation.text} inside a chain", "write it as a statement of its own")
    [name] = head.names
    yield Definition(name, head.indices, head.parameters, sides[0], scope, head.relation.at)
    if relations:
        if head.parameters and any(name not in known.values for name in head.parameters):
            missing = next(name for name in head.parameters if name not in known.values)
            raise Unreadable(
                relations[0].at,
                f"a claim about any `{missing}`, which is only a parameter",
                f"declare it by \\in, or write the claim apart with \\forall {missing} \\in …",
            )
        places = tuple(relation.at for relation in relations)
        yield Claim(sides, tuple(relation.text for relation in relations), places, scope)


def _update(head: Head, known: Known, end: int) -> Iterable[Statement]:
    node = Terms((), known, end=end).expression(head.left, head.relation.at)
    if not isinstance(node, Name):
        raise Unreadable(head.relation.at, "an update of something that isn't one symbol", "write W \\leftarrow …")
    value = Terms((), known, end=end).expression(head.right, end)
    yield Update(node.name, value, head.relation.at)


def _claim(head: Head, known: Known, end: int) -> Iterable[Statement]:
    whole = (*head.left, head.relation, *head.right)
    body, scope = _tail(whole, known, end)
    if not any(atom.kind == "relation" for atom in body):
        raise Unreadable(head.relation.at, "a condition without a claim before it", "write what holds under it")
    sides, relations = _chain(body, _with_drawn(known, scope), end, head.relation)
    for relation in relations:
        if relation.text not in CHAIN:
            way_out = (
                "write x \\in A for one symbol or several"
                if relation.text == "∈"
                else "write each as a statement of its own"
            )
            raise Unreadable(relation.at, f"{relation.text} inside a chain", way_out)
    yield Claim(sides, tuple(relation.text for relation in relations), tuple(each.at for each in relations), scope)


def _with_drawn(known: Known, scope: Scope) -> Known:
    """The names of a claim with those that its \\forall draws from a set."""
    return known


def _chain(atoms: Atoms, known: Known, end: int, first: Atom) -> tuple[tuple[Node, ...], list[Atom]]:
    """The sides of a chain and the relations between them."""
    parts: list[list[Atom]] = [[]]
    relations: list[Atom] = []
    for atom in atoms:
        if atom.kind == "relation":
            relations.append(atom)
            parts.append([])
        else:
            parts[-1].append(atom)
    sides = []
    for n, part in enumerate(parts):
        inside = trimmed(tuple(part))
        stop = relations[n].at if n < len(relations) else end
        if not inside:
            raise Unreadable(stop, "a side of this relation is missing", "write it, or delete the relation")
        sides.append(Terms((), known, end=stop).expression(inside, stop))
    return tuple(sides), relations


def _tail(atoms: Atoms, known: Known, end: int) -> tuple[Atoms, Scope]:
    r"""What stands before the first \forall or \text{si}, and what they say."""
    starts = [n for n, atom in enumerate(atoms) if atom.kind == "forall" or spoken(atom) in IF]
    if not starts:
        return atoms, Scope()
    quantifiers: list[Quantifier] = []
    conditions: list[Node] = []
    for start, stop in zip(starts, [*starts[1:], len(atoms)], strict=True):
        cursor = Terms((), known, end=end)
        inside = _without_comma(atoms[start + 1 : stop])
        if atoms[start].kind == "forall":
            found, restricted = _quantifier(cursor, inside, atoms[start])
            quantifiers += found
            conditions += restricted
        else:
            conditions.append(condition(cursor, inside, atoms[start].at))
    return _without_comma(atoms[: starts[0]]), Scope(tuple(quantifiers), tuple(conditions))


def _without_comma(atoms: Atoms) -> Atoms:
    atoms = trimmed(atoms)
    while atoms and (atoms[-1].kind == "comma" or (atoms[-1].kind == "times" and atoms[-1].text == ".")):
        atoms = trimmed(atoms[:-1])
    return atoms


def _quantifier(cursor: Terms, atoms: Atoms, forall: Atom) -> tuple[list[Quantifier], list[Node]]:
    r"""\forall i, j \in \{1, \dots, n\}; \forall i \neq j; \forall i."""
    quantifiers: list[Quantifier] = []
    conditions: list[Node] = []
    waiting: list[str] = []
    for part in split(atoms, "comma"):
        relations = [atom for atom in part if atom.kind == "relation"]
        if not relations:
            waiting += _letters(part, forall)
        elif relations[0].text == "∈" and len(relations) == 1:
            letters, values = split_at(part, relations[0])
            waiting += _letters(letters, forall)
            over = range_of(cursor, values, forall.at) or domain(cursor, values, forall.at)
            quantifiers.append(Quantifier(tuple(waiting), over, forall.at))
            waiting = []
        else:
            found = comparison(cursor, part, forall.at)
            if any(isinstance(inner, Index) for inner in found.walk()):
                raise Unreadable(
                    relations[0].at,
                    "this may be a condition, or a statement of its own",
                    "write \\text{si} before a condition, , \\quad before a statement",
                )
            conditions.append(found)
            names = [atom.text for atom in part if atom.kind == "letter" and atom.text not in cursor.known]
            waiting += [name for name in names if name not in waiting]
    named = {letter for quantifier in quantifiers for letter in quantifier.letters}
    if waiting := [letter for letter in waiting if letter not in named]:
        quantifiers.append(Quantifier(tuple(waiting), None, forall.at))
    return quantifiers, conditions


def _letters(atoms: Atoms, forall: Atom) -> list[str]:
    found = []
    for atom in atoms:
        if atom.kind == "group" and atom.text == "( )" and not atom.sup:
            found += [letter for part in split(atom.parts[0], "comma") for letter in _letters(part, forall)]
        elif atom.kind != "letter" or atom.sup or atom.primes:
            raise Unreadable(atom.at, "what \\forall runs over isn't clear", "write \\forall i \\in \\{1, \\dots, n\\}")
        elif atom.kind != "quad":
            found.append(replace(atom, sub=None).text)
    if not found:
        raise Unreadable(forall.at, "\\forall of nothing", "write \\forall i \\in \\{1, \\dots, n\\}")
    return found
