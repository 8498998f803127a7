r"""Derivatives: \frac{\partial L}{\partial x_i} is one operator, not a fraction."""

from __future__ import annotations

from dataclasses import replace

from ....meaning.expression import Apply, Derivative, Index, Name, Node, Variable
from ....message.refusal import Refusal
from ..lexing.atoms import Atom, Atoms
from .cursor import Cursor

D = ("d", "\\mathrm{d}")


def _is_d(atoms: Atoms) -> bool:
    """Whether atoms begin with a sign of derivation."""
    if not atoms or atoms[0].sub or atoms[0].primes:
        return False
    return atoms[0].kind == "partial" or (atoms[0].kind == "letter" and atoms[0].text in D)


def is_derivative(cursor: Cursor, above: Atoms, below: Atoms) -> bool:
    """Whether a fraction is an operator: both of its parts begin with \\partial, or with d."""
    if not _is_d(above) or not _is_d(below) or len(below) < 2:
        return False
    if below[0].kind == "letter" and (below[1].kind != "letter" or below[0].sup):
        return False
    if above[0].text in cursor.known and above[0].kind == "letter":
        raise Refusal(
            f"`{above[0].text}` is a symbol of this page", "write \\partial for a derivative", rule=19, at=above[0].at
        )
    return True


def fraction(cursor: Cursor, atom: Atom) -> Node:
    """A derivative that is written as a fraction, and what it is taken of."""
    above, below = atom.parts
    return _derivative(cursor, atom, above, below)


def in_line(cursor: Cursor, atom: Atom) -> Node:
    """A derivative that is written with a slash, \\partial L / \\partial x."""
    above = [atom]
    while not cursor.next_is("times", "/"):
        following = cursor.peek()
        if following is None or following.kind not in ("letter", "group"):
            raise Refusal(
                "\\partial outside of a derivative", "write \\frac{\\partial …}{\\partial …}", rule=19, at=atom.at
            )
        above.append(cursor.take())
    cursor.take()
    below: list[Atom] = []
    while cursor.next_is("partial"):
        below.append(cursor.take())
        if not cursor.next_is("letter"):
            break
        below.append(cursor.take())
    if len(below) < 2:
        raise Refusal(
            "\\partial outside of a derivative", "write \\frac{\\partial …}{\\partial …}", rule=19, at=atom.at
        )
    return _derivative(cursor, atom, tuple(above), tuple(below))


def _derivative(cursor: Cursor, atom: Atom, above: Atoms, below: Atoms) -> Node:
    order = _order(above[0])
    variables = _variables(cursor, below)
    if order != len(variables):
        raise Refusal(
            f"a derivative of order {order} by {len(variables)} variables",
            "write the order above, and each variable as often below",
            rule=19,
            at=atom.at,
        )
    if len(above) == 1:
        value = cursor.one_factor("a derivative")
    else:
        value = _numerator(cursor, above[1:], atom, variables)
        if cursor.next_is("group", "( )") and _is_function(cursor, above):
            raise Refusal(
                "a derivative of a function, and brackets", "write f'(x) for its value at x", rule=19, at=atom.at
            )
    return Derivative(value, variables, at=atom.at)


def _order(atom: Atom) -> int:
    if atom.sup is None:
        return 1
    if len(atom.sup) == 1 and atom.sup[0].kind == "number" and atom.sup[0].text in ("1", "2", "3", "4"):
        return int(atom.sup[0].text)
    raise Refusal("the order of a derivative is a number up to 4", "write \\partial^2", rule=19, at=atom.at)


def _is_function(cursor: Cursor, above: Atoms) -> bool:
    name = above[1].text
    return len(above) == 2 and name in cursor.known.functions and not cursor.known.has_value(name)


def _numerator(cursor: Cursor, above: Atoms, atom: Atom, variables: tuple[Variable, ...]) -> Node:
    """What is derived: one factor; of a function without its argument, its value at the variable."""
    first = above[0]
    known = cursor.known
    if len(above) == 1 and first.kind == "letter" and not (first.sub or first.sup or first.primes):
        name = first.text
        if 1 in known.functions.get(name, frozenset()) and not known.has_value(name):
            if any(variable.subscripts or variable != variables[0] for variable in variables):
                raise Refusal(f"`{name}` is a function without its argument", f"write {name}(…)", rule=9, at=first.at)
            return Apply(name, (Name(variables[0].name, variables[0].arguments, at=first.at),), at=first.at)
    inner = replace(cursor, atoms=above, place=0, end=atom.at)
    value = inner.one_factor("\\partial")
    inner.finish()
    return value


def _variables(cursor: Cursor, below: Atoms) -> tuple[Variable, ...]:
    found: list[Variable] = []
    place = 0
    letters = [atom for atom in below if atom.kind != "quad"]
    while place < len(letters):
        sign = letters[place]
        atom = letters[place + 1] if place + 1 < len(letters) else None
        if not _is_d((sign,)) or sign.sup or atom is None or atom.kind != "letter":
            raise Refusal(
                "what a derivative is taken by isn't clear", "write \\partial x for each variable", rule=19, at=sign.at
            )
        found += _variable(cursor, atom)
        place += 2
    return tuple(found)


def _variable(cursor: Cursor, atom: Atom) -> list[Variable]:
    """One variable, as often as its power says."""
    times = 1
    if atom.sup and len(atom.sup) == 1 and atom.sup[0].kind == "number":
        times, atom = _order(atom), replace(atom, sup=None)
    node = replace(cursor, atoms=(atom,), place=0, end=atom.at).term()
    match node:
        case Name(name, arguments):
            return [Variable(name, None, arguments, at=atom.at)] * times
        case Index(Name(name, arguments)):
            return [Variable(name, node, arguments, at=atom.at)] * times
    raise Refusal(
        "a derivative is taken by a symbol or its components",
        "write \\partial x, or \\partial x_i",
        rule=19,
        at=atom.at,
    )
