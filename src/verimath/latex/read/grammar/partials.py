r"""Derivatives: \frac{\partial L}{\partial x_i} is one operator, not a fraction."""

from __future__ import annotations

import fractions
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product

from ....meaning.expression import (
    Apply,
    Call,
    Derivative,
    Evaluated,
    Gradient,
    Index,
    Name,
    Node,
    Product,
    Quotient,
    Variable,
)
from ....meaning.expression import Number as PrintedNumber
from ....message.refusal import Refusal
from ..lexing.atoms import (
    ROUND,
    Atom,
    Atoms,
    Bar,
    Brackets,
    Comma,
    Fraction,
    Group,
    Letter,
    Nabla,
    Number,
    Partial,
    Quad,
    Sign,
    Times,
    Top,
)
from ..lexing.not_read import EVALUATION
from ..lexing.spelling import variants
from .cursor import DERIVATIVE, Cursor, relations_in, split, trimmed
from .scripts import indexed, raised

D = ("d", "\\mathrm{d}")


def is_d(atom: Atom) -> bool:
    """Whether an atom is a sign of derivation."""
    match atom:
        case Partial(sub=()):
            return True
        case Letter(text, sub=(), primes=0):
            return text in D
    return False


def is_derivative(cursor: Cursor, above: Atoms, below: Atoms) -> bool:
    """Whether a fraction is an operator: both of its parts begin with \\partial, or with d."""
    if not above or len(below) < 2 or not is_d(above[0]) or not is_d(below[0]):
        return False
    match below:
        case (Letter(sup=sup), by, *_) if sup or not isinstance(by, Letter):
            return False
    match above[0]:
        case Letter(text, at=at) if text in cursor.known or text in cursor.bound:
            what = f"`{text}` is a symbol here"
            raise Refusal(what, "write \\partial for a derivative, \\frac{1}{…} for a quotient", rule=19, at=at)
    return True


def fraction(cursor: Cursor, atom: Fraction) -> Node:
    """A derivative that is written as a fraction, and what it is taken of."""
    return _derivative(cursor, atom.above, atom.below, atom.at)


def in_line(cursor: Cursor, partial: Partial) -> Node:
    """A derivative that is written with a slash, \\partial L / \\partial x."""
    if partial.sub:
        return _named_below(cursor, partial)
    above: list[Atom] = [partial]
    while cursor.next_is(Letter) or cursor.next_is(Group):
        above.append(cursor.take())
    match cursor.peek():
        case Times("/"):
            cursor.take()
        case _:
            raise _alone(partial)
    below: list[Atom] = []
    while cursor.next_is(Partial):
        below.append(cursor.take())
        if not cursor.next_is(Letter):
            break
        below.append(cursor.take())
    if len(below) < 2:
        raise _alone(partial)
    return _derivative(cursor, tuple(above), tuple(below), partial.at)


def _named_below(cursor: Cursor, sign: Partial | Nabla) -> Node:
    r"""A derivative whose variables stand below its sign: \partial_x L, \nabla_x L."""
    variables: list[Variable] = []
    for letter in (each for part in split(sign.sub, Comma) for each in part):
        if not isinstance(letter, Letter) or not cursor.known.has_value(variants(letter)[-1].name):
            what = f"what stands below this {sign.text} is no symbol"
            raise Refusal(what, "write \\frac{\\partial L}{\\partial x_i}", rule=19, at=letter.at)
        variables += _variable(cursor, letter)
    is_nabla = isinstance(sign, Nabla)
    if sign.sup and (is_nabla or _order(sign) != 1):
        if len(variables) > 1 or _order(sign) != 2:
            what = f"a power of {sign.text}, and several variables below it"
            raise Refusal(what, "write each variable as often as it is derived by", rule=19, at=sign.at)
        if isinstance(sign, Nabla):
            return _second(cursor, sign, Derivative(_taken(cursor, sign, (variables[0],)), tuple(variables * 2)))
        variables *= 2
    found = tuple(variables)
    value, takes_all = _one_or_all(cursor, lambda: _taken(cursor, sign, found))
    return Derivative(value, found, is_nabla, takes_all, at=sign.at)


def _one_or_all(cursor: Cursor, one: Callable[[], Node]) -> tuple[Node, bool]:
    """What a derivative takes: one factor, or all of a product, and whether it takes all; values say if it may.

    Args:
        one: reads one factor.
    """
    start = cursor.place
    try:
        return one(), False
    except Refusal:
        cursor.place = start
        value = cursor.term()
        if not isinstance(value, Product):
            raise
        return value, True


def _taken(cursor: Cursor, sign: Partial | Nabla, variables: tuple[Variable, ...]) -> Node:
    """What such a derivative takes: one factor, or a function without its argument."""
    match cursor.peek(), cursor.peek(1):
        case Letter() as letter, after if _is_function(cursor, (letter,)) and not (
            isinstance(after, Group) and after.brackets == ROUND
        ):
            return _numerator(cursor, (cursor.take(),), sign.at, variables)
    return cursor.one_factor(DERIVATIVE)


def nabla(cursor: Cursor, sign: Nabla) -> Node:
    r"""A gradient: \nabla_x L, \nabla L where L = L(x), or \nabla f(x) of a function of one argument.

    Raises:
        Refusal: where it isn't said by what it derives, or whether \nabla^2 is the Hessian or the Laplacian.
    """
    if sign.sub:
        return _named_below(cursor, sign)
    if not sign.sup and (said := _said(cursor)):
        value, takes_all = _one_or_all(cursor, lambda: _taken(cursor, sign, said))
        return Derivative(value, said, True, takes_all, at=sign.at)
    known = cursor.known
    match cursor.peek(), cursor.peek(1):
        case Letter(name, sub=(), sup=(), primes=0), Group(brackets, content, sub=sub, sup=sup) as group if (
            brackets == ROUND and 1 in known.functions.get(name, frozenset()) and len(split(content, Comma)) == 1
        ):
            cursor.take()
            cursor.take()
        case Times("×" | "·"), _:
            what = "a curl and a divergence aren't read yet"
            raise Refusal(what, "write the derivatives by components, or the sum of them", rule=19, at=sign.at)
        case _:
            way_out = (
                "write \\nabla_x L, \\nabla f(x) of a function of one argument, or \\frac{\\partial L}{\\partial x}"
            )
            raise Refusal("\\nabla doesn't say by what it derives", way_out, rule=19, at=sign.at)
    argument = cursor.expression(content, group.at)
    order = _order(sign)
    if order > 2:
        raise Refusal(f"\\nabla^{order} isn't read yet", "write its components", rule=19, at=sign.at)
    found: Node = Gradient(name, argument, order, at=sign.at)
    match argument:
        case Name() if argument.name in known.values and argument.name not in known.parameters and order == 1:
            variable = Variable(argument.name, None, argument.arguments, at=argument.at, letters=argument.letters)
            found = Derivative(Apply(name, (argument,), at=sign.at), (variable,), True, at=sign.at)
    if order == 2:
        found = _second(cursor, sign, found)
    match sup:
        case () | (Top(),) | (Letter("T"),):
            return raised(cursor, indexed(cursor, found, sub, group), sup, group)
    what = "a power behind a gradient: of it, or of the function"
    raise Refusal(what, "put brackets around the gradient", rule=10, at=group.at)


def _said(cursor: Cursor) -> tuple[Variable, ...]:
    r"""What a value behind \nabla is derived by, where the page says that it depends on it alone, L = L(x)."""
    known = cursor.known
    match cursor.peek(), cursor.peek(1):
        case Letter(name, sub=(), sup=(), primes=0, at=at), after if known.has_value(name) and not isinstance(
            after, Group
        ):
            bindings = [*known.functions.get(name, {}).values()]
            if [len(binding.parameters) for binding in bindings if binding.target is not None] == [1]:
                node = known.node(bindings[0].parameters[0], at)
                return (Variable(node.name, None, node.arguments, at=at, letters=node.letters),)
    return ()


def _second(cursor: Cursor, sign: Nabla, hessian: Node) -> Node:
    r"""What \nabla^2 is by the page's front matter."""
    match cursor.known.nabla_squared:
        case "hessian":
            return replace(hessian, at=sign.at)
        case "laplacian" if isinstance(hessian, Gradient):
            return replace(hessian, is_trace=True)
        case "laplacian":
            return Call("tr", replace(hessian, at=sign.at), at=sign.at)
    what = "\\nabla^2 may be the matrix of second derivatives, or their sum"
    way_out = "say which in the front matter, `nabla_squared: hessian` or `laplacian`; or write the derivatives"
    raise Refusal(what, way_out, rule=19, at=sign.at)


def evaluated(cursor: Cursor, value: Node, bar: Bar | Group, follows: bool = False) -> Node:
    r"""A value at the point that stands below the bar behind it: t = u."""
    variables: list[Variable] = []
    points: list[Node] = []
    for part in split(bar.sub, Comma):
        relations = relations_in(part)
        named = trimmed(part[: part.index(relations[0])]) if relations else ()
        if [relation.text for relation in relations] != ["="] or len(named) != 1 or bar.sup:
            raise Refusal(*EVALUATION, at=bar.at)
        [letter] = named
        if not isinstance(letter, Letter) or not cursor.known.has_value(variants(letter)[0].name):
            what = "what this bar evaluates elsewhere is no symbol of the page"
            raise Refusal(
                what, "declare it, or write f'(u) for the derivative of a function at u", rule=19, at=letter.at
            )
        [variable] = _variable(cursor, letter)
        if variable.subscripts is not None:
            raise Refusal("a component in an evaluation", "write the whole array, x = …", rule=19, at=letter.at)
        variables.append(variable)
        points.append(cursor.expression(trimmed(part[part.index(relations[0]) + 1 :]), bar.at))
    return Evaluated(value, tuple(variables), tuple(points), follows, at=bar.at)


def is_evaluation(atom: Atom | None) -> bool:
    """Whether an atom is the bar behind what is evaluated, with the point below it."""
    match atom:
        case Bar("|", sub=sub) | Group(Brackets(".", ("|" | "|⟩")), sub=sub):
            return bool(relations_in(sub))
    return False


def _alone(partial: Partial) -> Refusal:
    way_out = "write \\frac{\\partial …}{\\partial …}"
    return Refusal("\\partial outside of a derivative", way_out, rule=19, at=partial.at)


def _derivative(cursor: Cursor, above: Atoms, below: Atoms, at: int) -> Node:
    order = _order(above[0])
    if (rooted := _by_squares(cursor, below, order)) is not None:
        return _derived_by_squares(cursor, above, rooted, at)
    variables = _variables(cursor, below)
    if order != len(variables):
        what = f"a derivative of order {order} by {len(variables)} variables"
        raise Refusal(what, "write the order above, and each variable as often below", rule=19, at=at)
    takes_all = False
    if len(above) == 1:
        value, takes_all = _one_or_all(cursor, lambda: cursor.one_factor(DERIVATIVE))
    else:
        value = _numerator(cursor, above[1:], at, variables)
        if cursor.arguments() and _is_function(cursor, above[1:]):
            way_out = "write f'(x) for its value at x"
            raise Refusal("a derivative of a function, and brackets", way_out, rule=19, at=at)
    turned = cursor.known.derivatives == "denominator" and len(variables) == 1
    return Derivative(value, variables, takes_all=takes_all, turned=turned, at=at)


def _order(atom: Atom) -> int:
    """How often one derives: the power of the sign of derivation, or of a variable."""
    match atom:
        case Partial(sup=()) | Nabla(sup=()) | Letter(sup=()):
            return 1
        case (
            Partial(sup=(Number(order) as number,))
            | Nabla(sup=(Number(order) as number,))
            | Letter(sup=(Number(order) as number,))
        ) if number.is_bare and order in ("1", "2", "3", "4"):
            return int(order)
    raise Refusal(
        "the order of a derivative is a number up to 4",
        "write \\partial^2; f^{(n)}(x) of a function",
        rule=19,
        at=atom.at,
    )


def _is_function(cursor: Cursor, above: Atoms) -> bool:
    """Whether what is derived is the name of a function, and of no value."""
    match above:
        case (Letter(name),):
            return name in cursor.known.functions and not cursor.known.has_value(name)
    return False


def _numerator(cursor: Cursor, above: Atoms, at: int, variables: tuple[Variable, ...]) -> Node:
    """What is derived, a product; of a function without its argument, its value at the variable."""
    known = cursor.known
    # By squares, a function needs its argument: what is derived by isn't a symbol of its own.
    match above if variables else ():
        case (Letter(name, sub=(), sup=(), primes=0) as letter,) if 1 in known.functions.get(
            name, frozenset()
        ) and not known.has_value(name):
            if any(variable.subscripts or variable != variables[0] for variable in variables):
                what = f"`{name}` is a function without its argument"
                raise Refusal(what, f"write {name}(…)", rule=9, at=letter.at)
            return Apply(name, (Name(variables[0].name, variables[0].arguments, at=letter.at),), at=letter.at)
        case (Letter(name, sub=(), sup=(), primes=0) as letter,) if _is_function(cursor, above):
            # Of several arguments, at the symbols that its definition names them by.
            [parameters, *others] = (binding.parameters for binding in known.functions[name].values())
            if not others and all(map(known.has_value, parameters)) and variables[0].name in parameters:
                return Apply(name, tuple(known.node(each, letter.at) for each in parameters), at=letter.at)
    inner = replace(cursor, atoms=above, place=0, end=at)
    value = inner.term()
    if inner.next_is(Sign):
        way_out = "put brackets around all that is derived"
        raise Refusal("whether the derivative takes this whole sum isn't clear", way_out, rule=19, at=inner.here())
    inner.finish()
    return value


def _variables(cursor: Cursor, below: Atoms) -> tuple[Variable, ...]:
    """What is derived by: a sign of derivation and a letter, for each variable."""
    found: list[Variable] = []
    signs = [atom for atom in below if not isinstance(atom, Quad)]
    match signs:
        case [_, Letter(sup=(sign,)) as turned] if _transposes(cursor, sign):
            what = "a derivative by a transposed symbol, which lies the other way"
            raise Refusal(what, "write (\\frac{\\partial L}{\\partial x})^\\top", rule=19, at=turned.at)
    for place in range(0, len(signs), 2):
        match signs[place : place + 2]:
            case [Partial(sup=()) | Letter(sup=()) as sign, Letter() as letter] if is_d(sign):
                found += _variable(cursor, _as_hessian(cursor, letter, signs))
            case [sign, *_]:
                what = "what a derivative is taken by isn't clear"
                raise Refusal(what, "write \\partial x for each variable", rule=19, at=sign.at)
    return tuple(found)


def _by_squares(cursor: Cursor, below: Atoms, order: int) -> list[Letter] | None:
    r"""The variables of a derivative, of which some are squares, \partial \sigma^2; None where no square is one.

    Whether \partial \sigma^2 is one derivation by the square, or two by what is squared, the order above says.

    Raises:
        Refusal: where it may be both.
    """
    found: list[list[list[Letter]]] = []
    signs = [atom for atom in below if not isinstance(atom, Quad)]
    for place in range(1, len(signs), 2):
        if not _is_bare_d(signs[place - 1]):
            return None
        match signs[place]:
            case Group(
                Brackets("(", ")"), (Letter(sup=(Number("2") as power,)) as squared,), sub=(), sup=(Number() as times,)
            ) if power.is_bare:
                found.append([[squared] * _order(replace(squared, sup=(times,)))])
            case Letter(sup=(Number("2") as power,)) as letter if power.is_bare:
                found.append([[letter], [replace(letter, sup=())] * 2])
            case Letter(sup=()) as letter:
                found.append([[letter]])
            case _:
                return None
    fitting = [each for each in map(_joined, product(*found)) if len(each) == order]
    if len(fitting) > 1:
        what = "by which of these squares this derives once, and by which twice what is squared, isn't seen"
        raise Refusal(what, "write one derivative after another, with brackets", rule=19, at=below[0].at)
    return fitting[0] if fitting and any(letter.sup for letter in fitting[0]) else None


def _is_bare_d(atom: Atom) -> bool:
    return isinstance(atom, Partial | Letter) and atom.is_bare and is_d(atom)


def _joined(lists: Iterable[list[Letter]]) -> list[Letter]:
    return [letter for each in lists for letter in each]


def _derived_by_squares(cursor: Cursor, above: Atoms, by: list[Letter], at: int) -> Node:
    r"""A derivative, one variable after another: by \sigma^2, it is that by \sigma, divided by 2 \sigma."""
    if len(above) == 1:
        value, takes_all = _one_or_all(cursor, lambda: cursor.one_factor(DERIVATIVE))
    else:
        value, takes_all = _numerator(cursor, above[1:], at, ()), False
    for letter in reversed(by):
        [variable] = _variable(cursor, replace(letter, sup=()))
        value = Derivative(value, (variable,), takes_all=takes_all, at=at)
        if letter.sup:
            whole = Name(variable.name, variable.arguments, at=letter.at, letters=variable.letters)
            root = variable.subscripts or whole
            value = Quotient(value, Product(PrintedNumber(fractions.Fraction(2)), root), by_square=True, at=at)
    return value


def _as_hessian(cursor: Cursor, letter: Letter, signs: list[Atom]) -> Letter:
    r"""A variable without its transposition, in \partial x \, \partial x^\top; any other one as it is."""
    match signs:
        case [_, Letter(one, sub=()) as first, _, Letter(other, sub=()) as second] if one == other:
            match sorted((first.sup, second.sup), key=len):
                case [(), (sign,)] if _transposes(cursor, sign):
                    return replace(letter, sup=())
    return letter


def _transposes(cursor: Cursor, sign: Atom) -> bool:
    """Whether a sign above a symbol transposes it."""
    match sign:
        case Top() | Letter("T" | "\\mathrm{T}"):
            return sign.is_bare and sign.text not in cursor.known
    return False


def _variable(cursor: Cursor, letter: Letter) -> list[Variable]:
    """One variable, as often as its power says."""
    times = 1
    match letter.sup:
        case (Number(),):
            times, letter = _order(letter), replace(letter, sup=())
    node = replace(cursor, atoms=(letter,), place=0, end=letter.at).term()
    match node:
        case Name(name, arguments, letters=letters):
            return [Variable(name, None, arguments, at=letter.at, letters=letters)] * times
        case Index(Name(name, arguments, letters=letters)):
            return [Variable(name, node, arguments, at=letter.at, letters=letters)] * times
    what = "a derivative is taken by a symbol or its components"
    raise Refusal(what, "write \\partial x, or \\partial x_i", rule=19, at=letter.at)
