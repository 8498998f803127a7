"""From a formula's TeX to what it says: KaTeX's tree → atoms → statements → expressions."""

from __future__ import annotations

from ...meaning.expression import Node
from ...meaning.statement import Domain, Statement
from ...message.refusal import Refusal
from ...names.table import Names
from .. import katex
from .clauses.every import governed, letters_of, of_condition_alone
from .clauses.heads import (
    DeclarationHead,
    DefinitionHead,
    Head,
    MapHead,
    RevaluationHead,
    brought,
    head,
    with_conditions,
)
from .clauses.layout import statements
from .clauses.letters import uses
from .clauses.maps import read_sources
from .clauses.whole import read_statement
from .grammar.parser import Parser
from .lexing.atoms import COMMA, Atom, Atoms, Letter
from .lexing.brackets import grouped
from .lexing.flatten import flattened, tolerated
from .lexing.not_read import refuse_commands
from .lexing.seen import refuse_unseen
from .lexing.spelling import variants

__all__ = [
    "COMMA",
    "Atom",
    "DeclarationHead",
    "DefinitionHead",
    "Head",
    "Letter",
    "MapHead",
    "Refusal",
    "RevaluationHead",
    "brought",
    "expression",
    "governed",
    "head",
    "letters_of",
    "of_condition_alone",
    "parted",
    "read",
    "sources",
    "tolerated",
    "variants",
    "with_conditions",
]

# A formula that no one could check by eye is a mistake.
DEEPEST = 60
# Those of intervals, as in [0, 1), aren't closed by another.
MOST_OPEN = 150


def _flat(tex: str) -> Atoms:
    tree = katex.tree(tex, True)
    if isinstance(tree, katex.Rejection):
        raise tree.kind(tree.message, at=tree.offset or 0)
    refuse_commands(tex)
    atoms = flattened(tree.nodes, tex)
    refuse_unseen(tex, tree, atoms)
    return atoms


def parted(tex: str) -> list[Atoms]:
    """The statements of a formula, as atoms.

    Raises:
        Refusal: at what has no meaning in the language.
    """
    braces = brackets = 0
    for place, sign in enumerate(tex):
        braces += (sign == "{") - (sign == "}")
        brackets += (sign == "(") - (sign == ")")
        if braces > DEEPEST or brackets > MOST_OPEN:
            what = f"{DEEPEST} pairs of braces" if braces > DEEPEST else f"{MOST_OPEN} open parentheses"
            raise Refusal("this is nested too deeply", f"{what} are the most", at=place)
    try:
        found = statements(_flat(tex))
    except RecursionError:
        raise Refusal("this is nested too deeply", "give a name to a part of it", at=0) from None
    if not found:
        raise Refusal("this says nothing", "write a statement", at=0)
    return found


def expression(tex: str, known: Names) -> Node:
    """One expression by itself, such as a symbol of the notation.

    Raises:
        Refusal: at what has no meaning in the language, or isn't declared.
    """
    node = Parser(grouped(_flat(tex)), known, end=len(tex)).sum_to_end()
    for use in uses(node, known):
        if not use.bound:
            raise Refusal(f"`{use.letter}` isn't declared", "declare it, or define it", rule=6, at=use.at)
    return node


def read(head: Head, known: Names, tex: str) -> tuple[Statement, ...]:
    """What one statement of a formula says.

    Raises:
        Refusal: at what has no meaning there.
    """
    try:
        return read_statement(head, known, len(tex))
    except RecursionError:
        raise _too_deep(head) from None


def sources(head: MapHead, known: Names, tex: str) -> tuple[Domain, ...]:
    """The sets of a map's arguments, whose sizes its components may read.

    Raises:
        Refusal: at what has no meaning there.
    """
    try:
        return read_sources(head, known, len(tex))
    except RecursionError:
        raise _too_deep(head) from None


def _too_deep(head: Head) -> Refusal:
    return Refusal("this is nested too deeply", "give a name to a part of it", at=head.relation.at)
