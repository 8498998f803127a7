r"""An expression as LaTeX: each kind of node has a method that prints it, and says how tightly that holds together.

By this, it is known where brackets are needed: the reader's grammar turned around.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import singledispatchmethod

from ...meaning import expression as tree
from ...meaning.expression import Node
from ...meaning.operations import BINDERS, OPERATIONS, PAIRS, After, Behind, Between, Own, Prefix, Ranked
from ...meaning.signs import CONSTANTS, PRODUCTS
from .levels import Level, Printed, applied, bracketed, chain, decimal, name, opens, rows, symbol


class Printer:
    """Prints expressions."""

    def __init__(self, functions: Collection[str] = ()) -> None:
        self.functions = functions

    @singledispatchmethod
    def printed(self, node: Node) -> Printed:
        """An expression without brackets around it."""
        raise AssertionError(node)

    def at(self, node: Node, level: Level) -> str:
        """An expression, in brackets where it holds together less tightly than it must."""
        printed: Printed = PRINTERS.dispatch(type(node))(self, node)
        return printed.tex if printed.level >= level else bracketed(printed.tex)

    def whole(self, node: Node) -> str:
        return self.at(node, Level.SUM)

    def listed(self, nodes: tuple[Node, ...]) -> str:
        return ", ".join(map(self._or_dots, _parts(nodes)))

    @printed.register
    def _number(self, node: tree.Number) -> Printed:
        return Printed(decimal(node.value, node.decimals), Level.RAISABLE)

    @printed.register
    def _name(self, node: tree.Name) -> Printed:
        return symbol(node.name)

    @printed.register
    def _constant(self, node: tree.Constant) -> Printed:
        constant = CONSTANTS[node.name]
        return Printed(constant.tex, Level.FACTOR if constant.power else Level.RAISABLE)

    # Arithmetic

    @printed.register
    def _negative(self, node: tree.Negative) -> Printed:
        return Printed(f"-{self.at(node.value, Level.TERM)}", Level.SUM)

    @printed.register
    def _add(self, node: tree.Add) -> Printed:
        first, *others = node.terms
        shown = self.whole(first) if isinstance(first, tree.Negative) else self.at(first, Level.TERM)
        for term in others:
            if isinstance(term, tree.Negative):
                shown += f" - {self.at(term.value, Level.TERM)}"
            else:
                shown += f" + {self.at(term, Level.TERM)}"
        return Printed(shown, Level.SUM)

    @printed.register
    def _product(self, node: tree.Product) -> Printed:
        factors, signs = _chain(node)
        return Printed(self._factors(factors, signs, Level.LAST), Level.TERM)

    def _factors(self, factors: list[Node], signs: list[str], last: Level) -> str:
        shown = [self.at(factor, Level.FACTOR) for factor in factors[:-1]] + [self.at(factors[-1], last)]
        # From the right: brackets around a factor ask for others around the one before it.
        for n in reversed([n for n, sign in enumerate(signs) if sign in ("", ".")]):
            if _seen_as_one(shown[n], signs[n], shown[n + 1]):
                shown[n + 1] = bracketed(shown[n + 1])
            if _would_go_on(shown[n], signs[n]) and IN_BRACKETS.match(shown[n + 1]):
                shown[n] = bracketed(shown[n])
            if not signs[n] and self._would_apply(factors[n]) and opens(shown[n + 1]):
                shown[n] = bracketed(shown[n])
        return shown[0] + "".join(PRODUCTS[sign].tex + right for sign, right in zip(signs, shown[1:], strict=True))

    def _would_apply(self, node: Node) -> bool:
        """Whether a factor is a name that is a function too, or a power of it: beside brackets, it would apply."""
        base = node.base if isinstance(node, tree.Power) else node
        return isinstance(base, tree.Name) and base.name in self.functions

    @printed.register
    def _inner(self, node: tree.Inner) -> Printed:
        return Printed(rf"\langle {self.whole(node.left)}, {self.whole(node.right)} \rangle", Level.RAISABLE)

    @printed.register
    def _quotient(self, node: tree.Quotient) -> Printed:
        if node.slash:
            factors, signs = _chain(node.above)
            above = self._factors(factors, signs, Level.FACTOR)
            return Printed(f"{above} / {self.at(node.below, Level.LAST)}", Level.TERM)
        above, below = self.whole(node.above), self.whole(node.below)
        if above.startswith("d ") and below.startswith("d "):
            above = bracketed(above)  # d/d would be a derivative
        return Printed(rf"\frac{{{above}}}{{{below}}}", Level.FACTOR)

    @printed.register
    def _power(self, node: tree.Power) -> Printed:
        base, exponent = self.at(node.base, Level.RAISABLE), self.whole(node.exponent)
        if isinstance(node.base, tree.Index) and len(node.base.entries) > 1 and exponent.startswith("-"):
            base = bracketed(base)  # A_{11}^{-1} may be an entry of the inverse
        return Printed(f"{base}^{{{exponent}}}", Level.FACTOR)

    @printed.register
    def _call(self, node: tree.Call) -> Printed:
        if node.notation in CONSTANTS:
            return Printed(f"{CONSTANTS[node.notation].tex}^{{{self.whole(node.argument)}}}", Level.FACTOR)
        if node.notation and isinstance(node.argument, tree.Name) and not node.argument.name.startswith("\\bar"):
            return Printed(f"{node.notation}{{{name(node.argument.name)}}}", Level.FACTOR)
        match OPERATIONS[node.name].form:
            case Between(left, right, sub=sub):
                shown = f"{left} {self.whole(node.argument)} {right}"
                return Printed(f"{shown}_{{{sub}}}" if sub else shown, Level.RAISABLE)
            case After(tex):
                return Printed(f"{self.at(node.argument, Level.RAISABLE)}^{{{tex}}}", Level.FACTOR)
            case Behind(tex):
                return Printed(f"{self.at(node.argument, Level.RAISABLE)}{tex}", Level.FACTOR)
            case Own(tex):
                inside = self.whole(node.argument)
                if node.name == "conjugate" and isinstance(node.argument, tree.Name | tree.Index):
                    inside = bracketed(inside)  # a bar over a letter may be part of its name
                return Printed(tex.format(inside), Level.FACTOR)
            case Ranked(tex, end):
                below = f"_{{{end}}}" if end else ""
                return Printed(tex + below + bracketed(self.whole(node.argument)), Level.INDEXABLE)
            case Prefix(tex, is_named=True):
                return Printed(tex + bracketed(self.whole(node.argument)), Level.INDEXABLE)
            case Prefix(tex):
                operand = self._operand(node.argument)
                return Printed(f"{tex}{'' if opens(operand.tex) else ' '}{operand.tex}", operand.level)

    def _operand(self, node: Node) -> Printed:
        r"""What stands behind \ln: one factor without brackets, after which nothing may follow, or brackets."""
        printed = self.printed(node)
        if printed.level >= Level.FACTOR and _is_bare(node) and not opens(printed.tex):
            return Printed(printed.tex, Level.LAST)
        return Printed(bracketed(printed.tex), Level.FACTOR)

    @printed.register
    def _pair(self, node: tree.Pair) -> Printed:
        row = PAIRS[node.name]
        if row.in_line:
            sides = [self.at(side, Level.RAISABLE) for side in (node.left, node.right)]
            return Printed(row.tex.format(*sides), Level.SUM)
        return Printed(row.tex.format(self.whole(node.left), self.whole(node.right)), Level.FACTOR)

    @printed.register
    def _apply(self, node: tree.Apply) -> Printed:
        return Printed(applied(name(node.name), self.listed(node.arguments)), Level.INDEXABLE)

    @printed.register
    def _prime(self, node: tree.Prime) -> Printed:
        if node.times is not None:
            above = f"^{{({self.whole(node.times)})}}"
            return Printed(name(node.name) + above + bracketed(self.whole(node.argument)), Level.RAISABLE)
        return Printed(name(node.name) + "'" * node.order + bracketed(self.whole(node.argument)), Level.RAISABLE)

    @printed.register
    def _slope(self, node: tree.Slope) -> Printed:
        form = OPERATIONS[node.name].form
        assert isinstance(form, Prefix)
        return Printed(form.tex + "'" * node.order + bracketed(self.whole(node.argument)), Level.RAISABLE)

    # Arrays

    @printed.register
    def _index(self, node: tree.Index) -> Printed:
        if node.whole is not None or _are_separate(node.entries):
            inside = re.sub(r"(?<=\d) (?=\d)", "", " ".join(map(self.whole, node.entries)))
        else:
            inside = self.listed(node.entries)
        match node.array:
            case tree.Call(called, argument) if isinstance(form := OPERATIONS[called].form, Ranked):
                return Printed(f"{form.tex}_{{{inside}}}" + bracketed(self.whole(argument)), Level.RAISABLE)
        array = self.at(node.array, Level.INDEXABLE)
        return Printed(f"{array}_{{{inside}}}", Level.FACTOR if array.endswith("'") else Level.RAISABLE)

    @printed.register
    def _line(self, node: tree.Line) -> Printed:
        place = self.whole(node.place)
        inside = f":,{place}" if node.column else f"{place},:"
        return Printed(f"{self.at(node.array, Level.INDEXABLE)}_{{{inside}}}", Level.RAISABLE)

    @printed.register
    def _vector(self, node: tree.Vector) -> Printed:
        first = node.entries[0]
        if node.lies == "row":
            entries = _parts(node.entries)
            return Printed(rows([" & ".join(self._or_dots(entry) for entry in entries)]), Level.INDEXABLE)
        if len(node.entries) == 1 and not isinstance(first, tree.Dots):
            return Printed(rows([self.whole(first)]), Level.INDEXABLE)
        return Printed(f"({self.listed(node.entries)})", Level.INDEXABLE)

    def _or_dots(self, node: Node | None) -> str:
        return r"\dots" if node is None else self.whole(node)

    @printed.register
    def _matrix(self, node: tree.Matrix) -> Printed:
        return Printed(rows([" & ".join(map(self.whole, row)) for row in node.rows]), Level.INDEXABLE)

    @printed.register
    def _dotted(self, node: tree.Dotted) -> Printed:
        lines = [["" if entry is None else self.whole(entry) for entry in row] for row in node.rows]
        if node.column is not None:
            lines = [[*line[: node.column], r"\cdots", *line[node.column :]] for line in lines]
        if node.row is not None:
            dots = [r"\ddots" if n == node.column else r"\vdots" for n in range(len(lines[0]))]
            lines.insert(node.row, dots)
        return Printed(rows([" & ".join(line) for line in lines]), Level.INDEXABLE)

    @printed.register
    def _ones(self, node: tree.Ones) -> Printed:
        return Printed(rf"\mathbf{{1}}_{{{self.whole(node.size)}}}", Level.RAISABLE)

    @printed.register
    def _standard(self, node: tree.Standard) -> Printed:
        below = self.whole(node.index) if node.index is not None else r" \times ".join(map(self.whole, node.size))
        return Printed(f"{node.tex}_{{{below}}}" if below else node.tex, Level.RAISABLE)

    @printed.register
    def _fold(self, node: tree.Fold) -> Printed:
        if node.dots.alternates:
            return self._alternating(node.dots)
        sign, level = (" + ", Level.TERM) if node.kind == "sum" else (r" \cdot ", Level.FACTOR)
        shown = [r"\dots" if part is None else self.at(part, level) for part in _parts((node.dots,))]
        return Printed(sign.join(shown), Level.SUM if node.kind == "sum" else Level.TERM)

    def _alternating(self, dots: tree.Dots) -> Printed:
        """Terms whose signs alternate up to the dots; the dots have the sign that comes next."""
        is_next_negative = not isinstance([dots.first, *dots.between][-1], tree.Negative)
        shown = ""
        for part in _parts((dots,)):
            is_negative = is_next_negative if part is None else isinstance(part, tree.Negative)
            bare = part.value if isinstance(part, tree.Negative) else part
            shown += (" - " if is_negative else " + ") + (r"\dots" if bare is None else self.at(bare, Level.TERM))
        return Printed(shown.removeprefix(" + ").replace(" - ", "-", shown.startswith(" - ")), Level.SUM)

    # What binds letters

    @printed.register
    def _big(self, node: tree.Big) -> Printed:
        below, above = self._bounds(node)
        # After a factor of \prod, \max or \min, where another one belongs isn't clear.
        ends = BINDERS[node.kind].distributes or not _goes_on_with_big(node.body)
        body = self.at(node.body, Level.TERM if ends else Level.FACTOR)
        return Printed(f"{BINDERS[node.kind].tex}_{{{below}}}{above} {body}", Level.LAST)

    def _bounds(self, node: tree.Big) -> tuple[str, str]:
        """What stands below what binds letters, and its upper bound."""
        letters, bounds = ", ".join(binder.letter for binder in node.binders), node.bounds
        conditions = node.condition.conditions if isinstance(node.condition, tree.Both) else (node.condition,)
        such = [self.whole(condition) for condition in conditions if condition is not None]
        above = ""
        if bounds is not None and bounds.between:
            such = [rf"{letters} \in {self.range(bounds)}", *such]
        elif bounds is not None:
            such, above = [f"{letters}={self.whole(bounds.first)}", *such], f"^{{{self.whole(bounds.last)}}}"
        elif node.binders[0].range is None and not _says_letters(node):
            such = [letters, *such]
        in_line = bool(above) and isinstance(node.condition, tree.Comparison) and node.condition.relations != ("=",)
        if len(such) > 1 and not in_line:
            return rf"\substack{{{ROW.join(such)}}}", above
        return ", ".join(such), above

    def range(self, node: tree.Range) -> str:
        r"""A range as a set, \{1, \dots, n\}."""
        between = "".join(f"{self.whole(entry)}, " for entry in node.between)
        return rf"\{{{self.whole(node.first)}, {between}\dots, {self.whole(node.last)}\}}"

    @printed.register
    def _extremum(self, node: tree.Extremum) -> Printed:
        return Printed(BINDERS[node.kind].tex + bracketed(self.listed(node.entries)), Level.FACTOR)

    @printed.register
    def _derivative(self, node: tree.Derivative) -> Printed:
        order = len(node.variables)
        sign = r"\partial" if order == 1 else rf"\partial^{{{order}}}"
        below = r" \, ".join(rf"\partial {self._variable(variable)}" for variable in node.variables)
        if node.is_nabla:
            shown = rf"\nabla_{{{self._variable(node.variables[0])}}}"
            return Printed(f"{shown} {self._operand(node.value).tex}", Level.LAST)
        value = node.value.array if isinstance(node.value, tree.Index) else node.value
        if isinstance(value, tree.Name):
            return Printed(rf"\frac{{{sign} {self.whole(node.value)}}}{{{below}}}", Level.FACTOR)
        operand = self._operand(node.value)
        return Printed(rf"\frac{{{sign}}}{{{below}}} {operand.tex}", Level.LAST)

    @printed.register
    def _gradient(self, node: tree.Gradient) -> Printed:
        sign = r"\nabla" if node.order == 1 else rf"\nabla^{{{node.order}}}"
        return Printed(f"{sign} {name(node.name)}{bracketed(self.whole(node.argument))}", Level.FACTOR)

    @printed.register
    def _evaluated(self, node: tree.Evaluated) -> Printed:
        pairs = zip(node.variables, node.points, strict=True)
        below = ", ".join(f"{self._variable(variable)} = {self.whole(point)}" for variable, point in pairs)
        return Printed(rf"\left. {self.whole(node.value)} \right|_{{{below}}}", Level.FACTOR)

    @printed.register
    def _shaped(self, node: tree.Shaped) -> Printed:
        sizes = r" \times ".join(self.at(size, Level.FACTOR) for size in node.sizes)
        of = "C" if node.is_complex else "R"
        shape = rf"\mathbb{{{of}}}" + (f"^{{{sizes}}}" if sizes else "")
        return Printed(rf"{self.whole(node.value)} \in {shape}", Level.SUM)

    def _variable(self, variable: tree.Variable) -> str:
        if variable.subscripts is None:
            return name(variable.name)
        # Behind \partial, the brackets of (x^{*})_{i} wouldn't be a variable.
        return self.whole(variable.subscripts).replace(f"({name(variable.name)})", name(variable.name), 1)

    # What is true or false

    @printed.register
    def _comparison(self, node: tree.Comparison) -> Printed:
        return Printed(chain([self.whole(side) for side in node.sides], node.relations), Level.SUM)

    @printed.register
    def _both(self, node: tree.Both) -> Printed:
        return Printed(r" \text{ et } ".join(map(self.whole, node.conditions)), Level.SUM)

    @printed.register
    def _every(self, node: tree.Every) -> Printed:
        condition, [first, *_] = self.whole(node.condition), node.binders
        over = rf" \in {self.range(first.range)}" if first.range else ""
        return Printed(rf"{condition} \quad \forall {', '.join(node.binds())}{over}", Level.SUM)

    @printed.register
    def _bracket(self, node: tree.Bracket) -> Printed:
        if node.delta and isinstance(node.condition, tree.Comparison):
            sides = [self.whole(side) for side in node.condition.sides]
            simple = all(isinstance(side, tree.Name) for side in node.condition.sides)
            return Printed(rf"\delta_{{{(' ' if simple else ', ').join(sides)}}}", Level.RAISABLE)
        return Printed(f"[{self.whole(node.condition)}]", Level.RAISABLE)

    @printed.register
    def _cases(self, node: tree.Cases) -> Printed:
        lines = [rf"{self.whole(branch.value)} & \text{{si }} {self.whole(branch.guard)}" for branch in node.branches]
        if node.otherwise is not None:
            lines.append(rf"{self.whole(node.otherwise)} & \text{{sinon}}")
        return Printed(rows(lines, "cases"), Level.FACTOR)


# By way of an object, Python would look for a node's method anew each time, which takes longer than to print it.
PRINTERS = Printer.__dict__["printed"].dispatcher


def _seen_as_one(left: str, sign: str, right: str) -> bool:
    """Whether two factors without a sign, or with a point, would be seen as one number or one word."""
    if sign or left[-1].isdigit():
        return left[-1].isdigit() and re.match(r"\d" if sign else NUMERAL, right) is not None
    return bool(WORD.search(left) and re.match(r"\d|\\math(?:rm|sf|tt)\b", right)) or (
        left in ("e", "E") and right[0].isdigit()
    )


def _would_go_on(left: str, sign: str) -> bool:
    """Whether digits in brackets behind a factor would be taken for its further digits."""
    return left[-1].isdigit() if sign else DECIMALS.search(left) is not None


def _are_separate(entries: tuple[Node, ...]) -> bool:
    """Whether subscripts side by side are read one by one: letters and digits, a letter first."""
    simple = [entry.array if isinstance(entry, tree.Index) else entry for entry in entries]
    digits = [entry for entry in simple if isinstance(entry, tree.Number) and entry.value in range(10)]
    return all(isinstance(entry, tree.Name) or entry in digits for entry in simple) and isinstance(simple[0], tree.Name)


def _goes_on_with_big(node: Node) -> bool:
    r"""Whether a \sum, \max or the like stands among a term's factors, after the first one."""
    factors: list[Node | None] = [*_chain(node)[0]]
    if isinstance(node, tree.Fold):
        factors = _parts((node.dots,))
    elif isinstance(node, tree.Quotient) and node.slash:
        factors = [*_chain(node.above)[0], node.below]
    return any(isinstance(factor, tree.Big | tree.Extremum) for factor in factors[1:])


def _says_letters(node: tree.Big) -> bool:
    """Whether the condition says which letters are bound."""
    match node.condition:
        case tree.Comparison((tree.Name(letter), other), (relation,)):
            letters = [binder.letter for binder in node.binders]
            return letters == [letter] or (relation != "≠" and letters == [letter, other.reads()])
    return False


def _chain(node: Node) -> tuple[list[Node], list[str]]:
    """The factors that stand side by side without brackets, and the signs between them."""
    if not isinstance(node, tree.Product):
        return [node], []
    factors, signs = _chain(node.goes_on) if node.goes_on is not None else ([node.left], [])
    return [*factors, node.right], [*signs, ELEMENTWISE if node.elementwise and not node.sign else node.sign]


def _parts(entries: tuple[Node, ...]) -> list[Node | None]:
    """Entries one by one, with None where dots stand."""
    found: list[Node | None] = []
    for entry in entries:
        if isinstance(entry, tree.Dots):
            found += [entry.first, *entry.between, None, *entry.after, entry.last]
        else:
            found.append(entry)
    return found


def _is_bare(node: Node) -> bool:
    r"""Whether it may stand behind \ln or \partial without brackets."""
    match node:
        case tree.Call(name):
            return not isinstance(OPERATIONS[name].form, After | Behind)
        case tree.Number() | tree.Name() | tree.Index() | tree.Quotient() | tree.Apply() | tree.Derivative():
            return True
    return False


# What goes on with a number: digits, or a fraction of two numbers. A word without space around it, at the end.
NUMERAL = r"\d|\\frac\{[\d.]+\}\{[\d.]+\}"
WORD = re.compile(r"\\math(?:rm|sf|tt)\{\w+\}$")
# Digits in brackets behind decimals are taken for further ones.
DECIMALS, IN_BRACKETS = re.compile(r"\.\d+$"), re.compile(r"\([\d.]+\)")
# Between rows below a sign.
ROW = r" \\ "
ELEMENTWISE = next(sign for sign, row in PRODUCTS.items() if row.elementwise)
