"""Formulas in the text: they aren't evaluated, but every symbol in them is one that the page knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..latex import katex
from ..latex.read import Atom, Letter, tolerated, variants
from ..latex.read.clauses.letters import uses
from ..latex.read.clauses.within import NUMBERS
from ..latex.read.grammar.partials import D
from ..latex.read.grammar.scripts import AFTER
from ..latex.read.grammar.symbols import CONSTANTS, NAMED, ONES, STANDARD
from ..latex.read.lexing.atoms import Other
from ..latex.read.lexing.seen import refuse_unseen
from ..latex.read.lexing.spelling import difference
from ..meaning.statement import Claim, Definition, expressions
from ..message.refusal import Refusal
from ..message.source import Span
from ..names.table import Names
from ..page.page import Page

# What has a meaning everywhere. `d` is the sign of a derivative, x^T a transpose.
RESERVED = {*CONSTANTS, *ONES, *STANDARD, *NAMED, *D, *AFTER, *NUMBERS, "\\delta", "\\Delta", "\\mathbb{S}"}
# Sets that a text may speak of; nothing is drawn from them.
NOT_DRAWN = {"\\mathbb{C}", "\\mathbb{Q}"}


def known_letters(names: Names) -> set[str]:
    """Letters that the page's equations number by, and those of its functions' parameters."""
    found: set[str] = set()
    for statement in (statement for formula in names.formulas for statement in formula.statements):
        # A function's parameters are names within it, even those that it derives by.
        parameters: tuple[str, ...] = ()
        if isinstance(statement, Definition):
            of = names.maps.get(statement.name)
            parameters = (*statement.parameters, *(of.parameters if of else ()))
        for node in expressions(statement):
            found |= {use.letter for use in uses(node, names.within(parameters))}
            found |= {letter for part in node.walk() for letter in part.binds()}
        if isinstance(statement, Definition):
            found |= {*statement.parameters, *statement.indices}
        if isinstance(statement, Claim | Definition):
            found |= {letter for q in statement.reach.quantifiers for letter in q.letters}
    return found | {parameter for of in names.maps.values() for parameter in of.parameters}


def unknown_symbols(
    page: Page, names: Names, letters: set[str], formulas: Iterable[tuple[str, Span]] | None = None
) -> Iterator[Refusal]:
    """The symbols in the text that the page doesn't know, each once, where it first stands.

    Args:
        page: as read.
        names: what its equations know.
        letters: those that number components.
        formulas: of a text that the page includes, with their places; its own where None.
    """
    free = page.front_matter.get("free_symbols") or []
    if not isinstance(free, list):
        yield Refusal(
            way_out="write [t, \\epsilon]", what="the free symbols aren't a list", span=page.key("free_symbols")
        )
        return
    # Indices of other pages are spoken of as they are there.
    allowed = RESERVED | NOT_DRAWN | letters | {name for symbol in free for name in _names(str(symbol))}
    # Each formula is read once, however often it is written.
    first: dict[str, Span] = {}
    for tex, span in page.formulas() if formulas is None else formulas:
        first.setdefault(tex, span)
    said: set[str] = set()
    for tex, span in first.items():
        atoms = _atoms(tex)
        yield from _unseen(tex, atoms, span)
        for atom in _unknown(atoms, names, allowed):
            if atom.text not in said:
                said.add(atom.text)
                yield Refusal(
                    "in the text, too, a symbol is one that an equation declares or defines",
                    "declare it, build on the page that does, or list it in the front matter's free_symbols",
                    what=f"`{atom.text}` is a symbol that this page doesn't know",
                    span=span,
                )


def _unseen(tex: str, atoms: tuple[Atom, ...], span: Span) -> Iterator[Refusal]:
    """What is printed of a formula otherwise than it is read, where all of it can be read."""
    tree = katex.tree(tex, False)
    if isinstance(tree, katex.Rejection) or any(isinstance(each, Other) for atom in atoms for each in atom.inside()):
        return
    try:
        refuse_unseen(tex, tree, atoms)
    except Refusal as refusal:
        yield refusal.told("this formula would be shown otherwise than it is read", span)


def _names(symbol: str) -> set[str]:
    """How a free symbol may be spelled: as it is written, and as formulas name it."""
    return {symbol} | {variants(atom)[0].name for atom in _atoms(symbol) if isinstance(atom, Letter)}


def _atoms(tex: str) -> tuple[Atom, ...]:
    """The atoms of a formula in the text, of which parts may be unreadable; none of one that can't be typeset."""
    tree = katex.tree(tex, False)
    return () if isinstance(tree, katex.Rejection) else tolerated(tree.nodes, tex)


def _joined(atoms: tuple[Atom, ...], names: Names) -> Iterator[Atom]:
    r"""Atoms, in which a \Delta and a letter are one where the page has such a name."""
    place = 0
    while place < len(atoms):
        whole = difference(atoms[place:])
        is_name = whole is not None and any(found.name in names for found in variants(whole))
        yield whole if whole is not None and is_name else atoms[place]
        place += 2 if is_name else 1


def _unknown(atoms: tuple[Atom, ...], names: Names, allowed: set[str]) -> Iterator[Letter]:
    """The letters that nothing declares; scripts that are part of a known name aren't looked at."""
    for atom in _joined(atoms, names):
        held = atom.lists()
        if isinstance(atom, Letter):
            known = [found for found in variants(atom) if found.name in names or found.name in allowed]
            if known:
                held = iter((known[0].sub, known[0].sup))
            elif atom.text not in allowed and atom.text not in names:
                yield atom
        for part in held:
            yield from _unknown(part, names, allowed)
