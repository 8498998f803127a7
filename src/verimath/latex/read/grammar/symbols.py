"""A letter with its scripts: a symbol of the page, a function and its arguments, or what a letter means by itself."""

from __future__ import annotations

from ....meaning import signs
from ....meaning.expression import Apply, Call, Constant, Node, Ones, Prime
from ....meaning.operations import OPERATIONS, Prefix
from ....message.refusal import Refusal
from ..lexing.atoms import Atom, Atoms
from ..lexing.spelling import is_upright, names_a_variant, variants
from . import lists
from .cursor import Cursor
from .scripts import indexed, raised, shown_variant

# Operations that are written as names, and what the tree calls them.
NAMED = {
    tex: row.name
    for row in OPERATIONS.values()
    if isinstance(row.form, Prefix) and row.form.is_named
    for tex in (row.form.tex, *row.form.spelled)
}
CONSTANTS = {tex: row for row in signs.CONSTANTS.values() for tex in row.spelled}
ONES = {"\\mathbf{1}", "\\mathbb{1}", "\\boldsymbol{1}"}


def letter(cursor: Cursor, atom: Atom) -> Node:
    """A letter, with what follows it if that is its argument."""
    known = cursor.known
    name, sub, sup = named(cursor, atom)
    if name not in known and (found := _special(cursor, atom)) is not None:
        return found
    if sub and is_upright(sub) and name not in known:
        whole = variants(atom)[0][0]
        raise Refusal(f"`{whole}` isn't declared", f"declare it, or write {name} alone", rule=6, at=atom.at)
    if sup and names_a_variant(sup):
        raise Refusal(
            f"{shown_variant(sup)} isn't part of a declared name",
            "declare the name with it, or write another power",
            rule=6,
            at=atom.at,
        )
    is_function = name in known.functions
    if is_function and cursor.next_is("group", "( )") and not cursor.after_wide_space():
        if sub is None:
            if sup:
                way_out = "write it behind: f(x)^2, or in brackets"
                raise Refusal("a power between a function and its argument", way_out, rule=10, at=atom.at)
            return _applied(cursor, name, atom, cursor.take())
        if not known.has_value(name):
            # A component of the function's value.
            taken = cursor.take()
            component = indexed(cursor, _applied(cursor, name, atom, taken.bare()), sub, atom)
            return raised(cursor, indexed(cursor, component, taken.sub, atom), taken.sup, taken)
    if atom.primes and name not in known:
        return _primed(cursor, atom, sub, sup)
    if is_function and not known.has_value(name):
        raise Refusal(f"`{name}` is a function without its argument", f"write {name}(…)", rule=9, at=atom.at)
    key = known.key(name)
    if name in known.components and sub is None:
        way_out = f"write them as {name}_{{…}}, the array as {key}"
        raise Refusal(f"`{name}` names components", way_out, rule=3, at=atom.at)
    return raised(cursor, indexed(cursor, known.node(name, atom.at), sub, atom), sup, atom)


def named(cursor: Cursor, atom: Atom) -> tuple[str, Atoms | None, Atoms | None]:
    """The name that a letter and some of its scripts are, and the scripts left; the letter if none is known."""
    found = variants(atom)
    for name, sub, sup in found:
        if name in cursor.known:
            return name, sub, sup
    if atom.sub and is_upright(atom.sub):
        return found[-2]
    return found[-1]


def _special(cursor: Cursor, atom: Atom) -> Node | None:
    """What a letter means where the page hasn't declared it."""
    text = atom.text
    if atom.primes:
        return None
    if text in CONSTANTS and not atom.sub:
        constant = CONSTANTS[text]
        if constant.power and atom.sup:
            if names_a_variant(atom.sup):
                raise Refusal("this superscript isn't a power", f"write {constant.tex}^{{…}}", rule=6, at=atom.at)
            exponent = cursor.expression(atom.sup, cursor.here())
            return Call(constant.power, exponent, constant.name, at=atom.at)
        return raised(cursor, Constant(constant.name, at=atom.at), atom.sup, atom)
    if text == "\\delta" and atom.sub:
        return raised(cursor, lists.kronecker(cursor, atom), atom.sup, atom)
    if text in ONES and atom.sub and not is_upright(atom.sub):
        return raised(cursor, Ones(cursor.expression(atom.sub, atom.at), at=atom.at), atom.sup, atom)
    if text in NAMED and not atom.sub:
        if atom.sup:
            raise Refusal(f"a power of {NAMED[text]}", "put brackets around it and its argument", rule=10, at=atom.at)
        if cursor.next_is("group", "( )") and not cursor.after_wide_space():
            group = cursor.take()
            node = Call(NAMED[text], cursor.expression(group.parts[0], group.at), at=atom.at)
            return raised(cursor, indexed(cursor, node, group.sub, group), group.sup, group)
        return Call(NAMED[text], cursor.one_factor(NAMED[text]), at=atom.at)
    if text.startswith("\\operatorname") and text not in cursor.known:
        raise Refusal(f"`{text}` is unknown", f"define it: {text}(x) \\coloneqq …", rule=6, at=atom.at)
    return None


def _applied(cursor: Cursor, name: str, atom: Atom, group: Atom) -> Node:
    arguments = tuple(cursor.expression(part, group.at) for part in lists.arguments(group))
    allowed = cursor.known.functions[name]
    if len(arguments) not in allowed:
        takes = " or ".join(map(str, sorted(allowed)))
        raise Refusal(f"`{name}` takes {takes}, not {len(arguments)} arguments", "correct the call", rule=9, at=atom.at)
    node = Apply(name, arguments, at=atom.at)
    return raised(cursor, indexed(cursor, node, group.sub, group), group.sup, group)


def _primed(cursor: Cursor, atom: Atom, sub: Atoms | None, sup: Atoms | None) -> Node:
    """A derivative of a function of one variable, at its argument."""
    name = atom.text
    shown = name + "'" * atom.primes
    if 1 not in cursor.known.functions.get(name, frozenset()) or sub or sup:
        raise Refusal(
            f"`{shown}` isn't declared", "declare it, or define a function of one variable", rule=8, at=atom.at
        )
    if not cursor.next_is("group", "( )"):
        raise Refusal("a derivative without its argument", f"write {shown}(…)", rule=9, at=atom.at)
    group = cursor.take()
    argument = cursor.expression(group.parts[0], group.at)
    node = indexed(cursor, Prime(name, atom.primes, argument, at=atom.at), group.sub, group)
    return raised(cursor, node, group.sup, group)
