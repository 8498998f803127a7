r"""Functions that stand without their argument in a statement that derives them so: \ddot x = -k^2 x of x(t).

Each is there its value at the symbol that its definition calls its argument: as that is drawn, what is said of values
is said of functions.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....names.table import Names
from ..grammar.partials import is_d
from ..lexing.atoms import ROUND, Atom, Atoms, Fraction, Group, Letter
from ..lexing.spelling import DOTTED


def with_bare(atoms: Atoms, known: Names) -> Names:
    """The names as a statement reads them, of which some functions stand without their argument."""
    bare = {name: argument for name in _derived(atoms) if (argument := _argument(name, known))}
    return known.having_bare(bare) if bare else known


def _argument(name: str, known: Names) -> str:
    """The page's symbol by which a function of one argument was defined; empty where it has none, or is a value too."""
    found = known.functions.get(name, {})
    if known.has_value(name) or [*found] != [1]:
        return ""
    [argument] = found[1].parameters or ("",)
    return argument if known.has_value(argument) else ""


def _derived(atoms: Atoms) -> Iterator[str]:
    r"""The letters that are derived without an argument behind them: in \dot x, x', \frac{d x}{d t}."""
    for place, atom in enumerate(atoms):
        after = atoms[place + 1] if place + 1 < len(atoms) else None
        if isinstance(atom, Letter) and not _is_called(after):
            if dotted := DOTTED.fullmatch(atom.text):
                yield dotted["of"]
            elif atom.primes:
                yield atom.text
        if isinstance(atom, Fraction):
            match atom.above:
                case (d, Letter(text, sup=())) if is_d(d) and atom.below and is_d(atom.below[0]):
                    yield text
        for inside in atom.lists():
            yield from _derived(inside)


def _is_called(after: Atom | None) -> bool:
    return isinstance(after, Group) and after.brackets == ROUND
