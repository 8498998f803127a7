r"""What stands behind a claim and compares symbols alone: a condition of that claim, or a claim of its own.

An inequality of symbols that are drawn from a whole set says nothing that could hold of all of them: x > 0 on
\mathbb{R}, n \geq 2. Of an interval it may be a claim, and an equation may be one step of a solution.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..latex.read import COMMA, governed, letters_of, of_condition_alone
from ..latex.read.lexing.vocabulary import SUPPOSED
from ..meaning.expression import Add, Call, Comparison, Index, Name, Negative, Node, Number
from ..meaning.signs import MATRICES
from ..meaning.statement import (
    Arrays,
    Claim,
    Complexes,
    Domain,
    Matrices,
    Quantifier,
    Reach,
    Reals,
    Statement,
    Whole,
    axes,
    expressions,
    is_whole,
    named_in,
    sizes,
)
from ..message.refusal import Refusal
from ..names.table import Names

COMPARED = {"=", "<", "≤", ">", "≥", "≠"}
STRICT = {"<", ">"}
EITHER = "write \\text{if} before it for a condition; as a claim, give it a row of its own, behind \\\\"


def restricted(statements: tuple[Statement, ...], names: Names) -> tuple[Statement, ...]:
    """A formula's statements, of which those that can only be conditions of the claims before them are.

    Raises:
        Refusal: at one that may be a condition, or a claim.
    """
    found: list[Statement] = []
    # Of each, whether it stands in one row with what is before it.
    joined: list[bool] = []
    for statement in statements:
        is_beside = isinstance(statement, Claim) and (bool(statement.beside) or statement.link in SUPPOSED)
        if isinstance(statement, Claim) and statement.is_order:
            _refuse_no_order(statement, names)
        match found, statement:
            case [*_, Claim() as before], Claim(reach=Reach(conditions=())) if is_beside:
                if _is_condition(statement, names):
                    if _bounds_symbols(before, names):
                        raise Refusal("this may be a condition, or a claim of its own", EITHER, rule=2, at=statement.at)
                    claims = _restricted_by(statement, found, joined, names)
                    found[claims] = _under(statement, found[claims], names)
                    continue
        found.append(_unless_condition(statement, names))
        joined.append(is_beside)
    return tuple(found)


def _restricted_by(restriction: Claim, found: list[Statement], joined: list[bool], names: Names) -> slice:
    r"""Which statements a condition is of: all that is printed before it at once, as by \pm.

    Where that reads nothing of what it compares, it is of what stands before that, if this does: x A x^\top > 0,
    \quad A \succ 0, \quad x \neq 0.
    """
    read = {part.reads() for side in restriction.sides for part in side.walk()}
    compared = {name for name in read if isinstance(name, str) and name in names}
    stop = last = len(found)
    while stop and isinstance(claim := found[stop - 1], Claim):
        start = next(place for place, each in enumerate(found) if _are_one(each, claim))
        if any(
            part.reads() in compared for each in found[start:stop] for node in expressions(each) for part in node.walk()
        ):
            return slice(start, stop)
        last = start if stop == len(found) else last
        if not joined[start]:
            break
        stop = start
    return slice(last, len(found))


def _are_one(statement: Statement, claim: Claim) -> bool:
    """Whether one formula prints both."""
    return isinstance(statement, Claim) and statement.said == claim.said


def _under(restriction: Claim, claims: list[Statement], names: Names) -> Iterator[Claim]:
    """Claims with one more condition.

    Raises:
        Refusal: where it numbers what one of them doesn't, and no \\forall says that all are meant.
    """
    condition = Comparison(restriction.sides, restriction.relations, at=restriction.at)
    for claim in claims:
        assert isinstance(claim, Claim)
        before, conditions = claim.reach.quantifiers, (*claim.reach.conditions, condition)
        reach = governed(Reach((*before, *_further(restriction, claim, names)), conditions), claim.sides, names)
        alone = of_condition_alone(Reach((*before, *restriction.reach.quantifiers), conditions), claim.sides, names)
        link = "" if claim.link == restriction.link else claim.link
        yield replace(claim, reach=reach, link=link, alone=alone, supposed=claim.supposed + 1)


def _further(restriction: Claim, claim: Claim, names: Names) -> Iterator[Quantifier]:
    r"""What a \\forall behind a condition says, but for the letters that a claim has for all their values anyway.

    Raises:
        Refusal: at a letter that two of them name.
    """
    own = letters_of(claim.sides, names)
    for quantifier in restriction.reach.quantifiers:
        if twice := {*quantifier.letters}.intersection(named_in(claim.reach)):
            raise Refusal(f"\\forall names `{min(twice)}` twice", "write it once", rule=2, at=quantifier.at)
        if quantifier.over is not None or not own.issuperset(quantifier.letters):
            yield quantifier


def _unless_condition(statement: Statement, names: Names) -> Statement:
    """A statement, as one that stands beside another one only where it may be meant as a condition."""
    if isinstance(statement, Claim) and statement.beside and not _is_of_drawn(statement, names):
        return replace(statement, beside="")
    return statement


def _is_condition(claim: Claim, names: Names) -> bool:
    """Whether a claim behind another one can only be that one's condition.

    Raises:
        Refusal: where it may be either.
    """
    if claim.is_order and (name := _symbol(*claim.sides[0].children())):
        match names.domain(name):
            case Matrices(kind=kind) if not kind.startswith("positive"):
                declared = f"declare {name} \\in {_ordered(claim)} for a condition"
                way_out = f"{declared}; as a claim, give it a row of its own, behind \\\\"
                raise Refusal("this may be a condition, or a claim of its own", way_out, rule=2, at=claim.at)
    sides = [_whole(side, names) for side in claim.sides]
    symbols = [name for name in sides if name]
    domains = [domain for name in symbols if (domain := names.domain(name)) is not None]
    is_plain = None not in sides and 0 < len(symbols) == len({*symbols}) == len(domains)
    if is_plain and {*claim.relations} <= COMPARED:
        are_several = len(symbols) > 1
        if "=" in claim.relations and not (are_several and all(map(_runs, domains))):
            if claim.link:
                return False
            raise Refusal("this may be a condition, or a claim of its own", EITHER, rule=2, at=claim.at)
        if _are_apart(symbols, domains) if are_several else _is_whole_set(domains[0]):
            return True
    if claim.beside == COMMA:
        raise Refusal("nothing asks for this ,", "write , \\quad between statements", rule=1, at=claim.at)
    return False


def _refuse_no_order(claim: Claim, names: Names) -> None:
    """Refuse an order of what isn't declared as a symmetric matrix; what is computed is seen by its values.

    Raises:
        Refusal: at the relation.
    """
    [ordered] = claim.sides[0].children()
    terms = ordered.terms if isinstance(ordered, Add) else (ordered,)
    if len(terms) > 1 and not all([*_terms(term)] for term in terms):
        return  # a symbol beside what is computed, as in A + A^\top
    for name in _terms(ordered):
        domain = names.domain(name)
        if domain is None or (isinstance(domain, Matrices) and MATRICES[domain.kind].is_ordered):
            continue
        what, way_out = "an order of numbers", "write \\geq, \\leq, > or <"
        if axes(domain) == 1:
            what = f"an order of vectors isn't read: whether `{name}` is compared by components isn't said"
            way_out = "write it of these, x_i \\geq 0; as a condition on all of them, \\text{if} x_i \\geq 0 \\forall i"
        elif axes(domain) > 1:
            what = f"an order of matrices, of which `{name}` isn't declared as a symmetric one"
            supposed = f"where that is supposed, declare {name} \\in {_ordered(claim)}"
            way_out = f"{supposed}, else as \\text{{symmetric}}; of its entries, write {name}_{{ij}} \\geq 0"
        raise Refusal(what, way_out, rule=28, at=claim.at)


def _ordered(claim: Claim) -> str:
    """The set of the matrices that lie above 0 in a claim's order."""
    return f"\\mathbb{{S}}_{{{'++' if claim.relations[0] in STRICT else '+'}}}^{{n}}"


def _terms(node: Node) -> Iterator[str]:
    """The symbols of which a matrix is a sum or a difference; none of what is computed in another way."""
    match node:
        case Name(name):
            yield name
        case Negative(value):
            yield from _terms(value)
        case Add(terms):
            yield from (name for term in terms for name in _terms(term))


def _symbol(side: Node) -> str | None:
    """The one symbol of a side: itself, its component or its size; empty where it is a number."""
    match side:
        case Name(name) | Index(Name(name)) | Call("abs" | "norm", Name(name) | Index(Name(name))):
            return name
    return None if any(part.reads() is not None for part in side.walk()) else ""


def _whole(side: Node, names: Names) -> str | None:
    """The same; a whole number may have others added, as in n - 1."""
    found = [part.node.name for part in side.occurrences if isinstance(part.node, Name)]
    is_whole = all(isinstance(part, Name | Number | Add | Negative) for part in side.walk())
    if is_whole and len(found) == 1 and names.is_whole(found[0]):
        return found[0]
    return _symbol(side)


def _runs(domain: Domain) -> bool:
    """Whether a set is one of whole numbers between two, as those that number components."""
    return isinstance(domain, Whole) and domain.first is not None and domain.last is not None


def _bounds_symbols(claim: Claim, names: Names) -> bool:
    """Whether a claim is an inequality of symbols and numbers alone: of a list, the next may be another one."""
    return "=" not in claim.relations and None not in {_whole(side, names) for side in claim.sides}


def _is_of_drawn(claim: Claim, names: Names) -> bool:
    """Whether a claim reads nothing but what is drawn, of which it may be meant as a condition."""
    read = {part.reads() for side in claim.sides for part in side.walk()} - {None}
    return all(isinstance(name, str) and (names.domain(name) is not None or name not in names) for name in read)


def _are_apart(symbols: list[str], domains: list[Domain]) -> bool:
    """Whether no symbol's set says anything of another one, nor has two ends, but for whole numbers."""
    read = {
        part.name for domain in domains for node in sizes(_of(domain)) for part in node.walk() if isinstance(part, Name)
    }
    return not read.intersection(symbols) and all(is_whole(each) or not _has_two_ends(_of(each)) for each in domains)


def _of(domain: Domain) -> Domain:
    """The set of a component; of a number, its own."""
    match domain:
        case Arrays(of=of) | Matrices(of=of):
            return _of(of)
    return domain


def _has_two_ends(domain: Domain) -> bool:
    return not isinstance(domain, Complexes | Reals) or (
        isinstance(domain, Reals) and domain.lower is not None and domain.upper is not None
    )


def _is_whole_set(domain: Domain) -> bool:
    """Whether a set is one of all numbers of a kind, of which no inequality holds but for a few."""
    match _of(domain):
        case Complexes() | Reals(None, None) | Whole(last=None):
            return not isinstance(domain, Matrices)
    return False
