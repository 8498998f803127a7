"""One look, one letter: letters of a page that are printed alike must be written alike, and not like a function."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..latex.katex import Painted
from ..latex.read import Atom, DeclarationHead, DefinitionHead, Head, Letter, MapHead, variants
from ..latex.read.clauses.within import NUMBERS
from ..latex.read.grammar.symbols import CONSTANTS, INDICATORS, LETTERS, NAMED, ONES, PLAIN_I, STANDARD
from ..latex.read.lexing.katex_names import BIG, FUNCTIONS
from ..latex.read.lexing.seen import Look, look
from ..latex.read.lexing.spelling import is_upright
from ..message.refusal import Refusal
from ..names.table import Names

DIGITS = (*(INDICATORS - {PLAIN_I}), *(tex for tex, row in STANDARD.items() if row.name == "zero"))


@cache
def _built_in() -> dict[Look, str]:
    """How what the language knows by name looks; of words, in whatever font."""
    known = (*reversed(NAMED), *reversed(CONSTANTS), *FUNCTIONS, *BIG, *NUMBERS)
    return {_in_any_font(look(tex)): tex for tex in known}


def _in_any_font(seen: Look) -> Look:
    return tuple(Painted(sign) for sign, _ in seen) if len(seen) > 1 else seen


def check_looks(names: Names, atoms: tuple[Atom, ...], defines: bool) -> None:
    """Refuse letters that are printed like others of the page, or of what it builds on, and are written otherwise.

    Args:
        names: the page's, which note how its letters look.
        atoms: a statement.
        defines: whether other statements see what this one brings.

    Raises:
        Refusal: at the second of two such letters.
    """
    looks = names.looks if defines else dict(names.looks)
    for letter in _letters(atoms):
        seen = look(letter.text)
        other = _built_in().get(_in_any_font(seen)) or looks.setdefault(seen, letter.text)
        if other != letter.text and _meaning(other) is not _meaning(letter.text):
            what = f"`{letter.text}` is printed like `{other}`"
            raise Refusal(what, f"write {other} wherever it is meant, or take another name", rule=27, at=letter.at)


def check_own_names(names: Names, found: Head) -> None:
    """Refuse what gives a name of the language to something else; note which names have a word below them.

    Raises:
        Refusal: at the statement.
    """
    own: tuple[str, ...] = ()
    match found:
        case DeclarationHead():
            own = found.names
        case DefinitionHead() | MapHead():
            own = (found.name, *found.parameters)
    for name in own:
        if (name in NAMED and name not in LETTERS) or name in NUMBERS:
            what = f"`{name}` is a name of the language"
            raise Refusal(what, "give yours another name, or use this one", rule=7, at=found.at)
        if name.startswith(DIGITS):
            raise Refusal("a digit isn't a name, in whatever font", "name it by a letter", rule=6, at=found.at)
    for atom in found.left:
        if isinstance(atom, Letter) and is_upright(atom.sub):
            names.worded |= {variant.name for variant in variants(atom) if not variant.sub}


def inherit_looks(names: Names, parent: Names) -> None:
    """What the names of a page look like is seen by those that build on it."""
    names.worded |= parent.worded
    known = [*parent.values, *parent.functions, *parent.components]
    for seen, text in parent.looks.items():
        if any(name.startswith(text) for name in known):
            names.looks.setdefault(seen, text)


def _meaning(text: str) -> object:
    """What a letter means by itself; letters that mean the same may be written in several ways."""
    if text in STANDARD:
        return STANDARD[text]
    return ONES if text in ONES else CONSTANTS.get(text) or NAMED.get(text) or FUNCTIONS.get(text, text)


def _letters(atoms: tuple[Atom, ...]) -> Iterator[Letter]:
    """All letters but those of words that stand below others, which are part of their names."""
    for atom in atoms:
        if isinstance(atom, Letter):
            yield atom
        for inner in atom.lists():
            is_part = isinstance(atom, Letter) and inner is atom.sub and is_upright(inner)
            if not is_part:
                yield from _letters(inner)
