"""A statement as LaTeX: declarations with their sets, definitions, claims, updates."""

from __future__ import annotations

from ...meaning.expression import Node, Number, Product, Range
from ...meaning.signs import MATRICES
from ...meaning.statement import (
    Arrays,
    Claim,
    Complexes,
    Declaration,
    Definition,
    Domain,
    Finite,
    Matrices,
    Quantifier,
    Reach,
    Reals,
    Revaluation,
    Simplex,
    Statement,
    Update,
    Whole,
    axes,
)
from ..read.lexing.katex_names import ARROWS
from .levels import Level, applied, bracketed, chain, name, rows, upright
from .trees import Printer

# The letters that number a declared array's components, where only their own letter is kept.
COMPONENTS = "ijklmn"


class Writer(Printer):
    """Prints statements."""

    def formula(self, statements: tuple[Statement, ...]) -> str:
        r"""A formula's statements, with , \qquad between them; a definition that goes on as a claim is one chain."""
        parts = sentences(statements)
        links = [_link(part) for part in parts]
        shown = ""
        for n, (part, link) in enumerate(zip(parts, links, strict=True)):
            follows = link and n > 0 and links[n - 1]
            if n:
                shown += rf" \quad {_said(link)} \quad " if follows else r", \qquad "
            # One that goes before is said by what follows, unless another word stands there.
            if link and not follows and link not in links[n + 1 : n + 2]:
                shown += f"{_said(link)} "
            shown += self.sentence(part)
        return shown

    def sentence(self, statements: tuple[Statement, ...]) -> str:
        """One statement, or a definition and the claim that it goes on as."""
        match statements:
            case (Definition() as definition, Claim() as claim):
                sides = [self.whole(side) for side in claim.sides]
                return rf"{self.defined(definition)} \coloneqq {chain(sides, claim.relations)}{self.reach(claim.reach)}"
            case (statement,):
                return self.statement(statement)
        raise AssertionError(statements)

    def statement(self, statement: Statement) -> str:
        match statement:
            case Declaration(names=(called,), domain=Arrays(of, (size,)), is_list=True):
                return rf"{name(called)}_{{1}}, \dots, {name(called)}_{{{self.whole(size)}}} \in {self.domain(of)}"
            case Declaration(names, domain, components):
                listed = ", ".join(map(name, names))
                if components is not None:
                    listed += f" = ({components}_{{{' '.join(COMPONENTS[: axes(domain)])}}})"
                return rf"{listed} \in {self.domain(domain)}"
            case Revaluation(domains=()):
                called = name(statement.name)
                return f"{called} = {called}{bracketed(', '.join(map(name, statement.parameters)))}"
            case Revaluation():
                return self.map(statement, self.own_components(statement))
            case Definition(domains=(_, *_)):
                return self.map(statement, self.whole(statement.body)) + self.reach(statement.reach)
            case Definition():
                return rf"{self.defined(statement)} \coloneqq {self.whole(statement.body)}{self.reach(statement.reach)}"
            case Claim(sides, relations):
                return chain([self.whole(side) for side in sides], relations) + self.reach(statement.reach)
            case Update():
                return rf"{name(statement.name)} \leftarrow {self.whole(statement.value)}"

    def defined(self, definition: Definition) -> str:
        r"""What stands left of \coloneqq."""
        indices = f"_{{{' '.join(definition.indices)}}}" if definition.indices else ""
        # A letter below would number components, if the right side has it too.
        called = name(definition.name) if definition.indices else upright(definition.name)
        parameters = ", ".join(map(name, definition.parameters))
        return applied(called + indices, parameters) if parameters else called + indices

    def map(self, statement: Revaluation | Definition, rule: str) -> str:
        """From where to where a map goes, and its rule if it has one."""
        assert statement.target is not None
        start = r" \times ".join(map(self.domain, statement.domains))
        shown = rf"{name(statement.name)} \colon {start} \to {self.domain(statement.target)}"
        if not statement.parameters:
            return shown
        listed = ", ".join(map(name, statement.parameters))
        return rf"{shown}, \ {bracketed(listed) if len(statement.parameters) > 1 else listed} \mapsto {rule}"

    def own_components(self, statement: Revaluation) -> str:
        """A map's image by components that are named after it."""
        called = name(statement.name)
        last = self.whole(statement.target.sizes[0]) if isinstance(statement.target, Arrays) else "2"
        image = rows([f"{called}_{{1}}", r"\vdots", f"{called}_{{{last}}}"])
        return f"{called}{bracketed(', '.join(map(name, statement.parameters)))} = {image}"

    # What stands at the end of a statement

    def reach(self, reach: Reach) -> str:
        parts = [self.quantifier(quantifier) for quantifier in reach.quantifiers]
        parts += [rf"\text{{si }} {self.whole(condition)}" for condition in reach.conditions]
        return "".join(rf" \quad {part}" for part in parts)

    def quantifier(self, quantifier: Quantifier) -> str:
        shown = rf"\forall {', '.join(quantifier.letters)}"
        if quantifier.over is None:
            return shown
        over = quantifier.over
        return rf"{shown} \in {self.range(over) if isinstance(over, Range) else self.domain(over)}"

    # Sets

    def domain(self, domain: Domain) -> str:
        match domain:
            case Arrays(of, sizes):
                base = self.domain(of)
                if of not in (Reals(), Complexes()) and not base.startswith("{"):
                    base = f"({base})"
                listed = r" \times ".join(map(self.size, sizes))
                return f"{base}^{{{listed}}}" + (r" \setminus \{0\}" if domain.without_zero else "")
            case Matrices(of, kind):
                row = MATRICES[kind]
                # A letter says of these, but not of unitary ones, that they are real.
                has_letter = row.tex and (row.is_complex or of.of == Reals())
                return row.tex.format(self.whole(of.sizes[0])) if has_letter else rf"{self.domain(of)} \text{{ {kind}}}"
            case Simplex(dimension):
                return rf"\Delta^{{{self.whole(dimension)}}}"
            case Finite(values):
                return rf"\{{{self.listed(values)}\}}"
            case Whole():
                return self.whole_numbers(domain)
            case Complexes(without_zero):
                return r"\mathbb{C}^{*}" if without_zero else r"\mathbb{C}"
            case Reals():
                return self.reals(domain)

    def size(self, size: Node) -> str:
        r"""A size beside others, which \times parts."""
        return self.at(size, Level.FACTOR if isinstance(size, Product) else Level.SUM)

    def whole_numbers(self, domain: Whole) -> str:
        match domain:
            case Whole(None, None):
                return r"\mathbb{Z}"
            case Whole(Number(value), None) if value < 2:
                return r"\mathbb{N}^{*}" if value else r"\mathbb{N}"
            case Whole(Number() as first, None):
                return rf"\mathbb{{N}}_{{\geq {self.whole(first)}}}"
            case Whole(None, Node() as last):
                return rf"\mathbb{{Z}}_{{\leq {self.whole(last)}}}"
            case Whole(Node() as first, None):
                return rf"\mathbb{{Z}}_{{\geq {self.whole(first)}}}"
            case Whole(Node() as first, Node() as last):
                return rf"\{{{self.whole(first)}, \dots, {self.whole(last)}\}}"
        raise AssertionError(domain)

    def reals(self, domain: Reals) -> str:
        star = "^{*}" if domain.without_zero or domain.lower_open or domain.upper_open else ""
        match domain:
            case Reals(None, None):
                return rf"\mathbb{{R}}{star}"
            case Reals(Number(value), None) if value == 0:
                return rf"\mathbb{{R}}_{{+}}{star}"
            case Reals(None, Number(value)) if value == 0:
                return rf"\mathbb{{R}}_{{-}}{star}"
        lower = r"-\infty" if domain.lower is None else self.whole(domain.lower)
        upper = r"+\infty" if domain.upper is None else self.whole(domain.upper)
        opens = "]" if domain.lower is None or domain.lower_open else "["
        closes = "[" if domain.upper is None or domain.upper_open else "]"
        return f"{{{opens}{lower}, {upper}{closes}}}"


def _link(sentence: tuple[Statement, ...]) -> str:
    """The word or the arrow that joins a sentence to another one."""
    return sentence[-1].link if isinstance(sentence[-1], Claim) else ""


def _said(link: str) -> str:
    return ARROWS[link][0] if link in ARROWS else rf"\text{{ {link} }}"


def sentences(statements: tuple[Statement, ...]) -> list[tuple[Statement, ...]]:
    """Statements, a definition beside the claim that it goes on as."""
    found: list[tuple[Statement, ...]] = []
    for statement in statements:
        before = found[-1] if found else ()
        match before, statement:
            case (Definition(body=body),), Claim(sides) if sides[0] is body:
                found[-1] = (*before, statement)
            case _:
                found.append((statement,))
    return found
