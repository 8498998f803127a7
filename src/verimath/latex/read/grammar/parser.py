r"""The grammar of expressions, from the loosest to the tightest binding:

    sum      = [sign] term { sign term }
    term     = factor { [times] factor }          times: juxtaposition, \cdot, ., \times, \odot, /
    factor   = symbol | number | group | fraction | root | cases | matrix
             | function argument                  \ln x, \exp(…): one factor
             | big [binders] term                 \sum binds the rest of the term
             | derivative one-factor
    symbol   = letter [subscripts] [arguments] [power]

Where mathematicians' habits differ, the form is refused and the bracket to write is named.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ....meaning.expression import Add, Big, Call, Dots, Fold, Negative, Node, Number, Power, Product, Quotient
from ....meaning.operations import BINDERS
from ....meaning.signs import PRODUCTS
from ....message.refusal import Refusal
from ..lexing.atoms import Atom, Atoms, Kind
from . import bounds as binders
from . import lists, symbols
from . import partials as derivatives
from .cursor import Cursor, left_over
from .scripts import indexed, raised

# Beyond a few thousand, Python reads no number; no one would read this one.
MOST_DIGITS = 1_000


class Terms(Cursor):
    """Reads expressions."""

    def expression(self, atoms: Atoms, end: int) -> Node:
        return Terms(atoms, self.known, self.bound, end).sum_to_end()

    def sum_to_end(self) -> Node:
        """A sum, and nothing after it."""
        node = self.sum()
        self.finish()
        return node

    def sum(self) -> Node:
        """A sum, or terms with dots between them."""
        terms: list[Node] = []
        dotted = None
        signs = []
        while True:
            sign = self.take() if self.next_is("sign") else None
            signs.append(sign.text if sign else "+")
            if self.next_is("dots"):
                dots = self.take()
                if dotted is not None or not terms:
                    raise lists.misplaced(dots)
                dotted = len(terms)
            else:
                term = self.term()
                terms.append(Negative(term, at=sign.at) if sign and sign.text == "-" else term)
            if not self.next_is("sign"):
                break
        if dotted is not None:
            if dotted != len(terms) - 1 or "-" in signs:
                raise Refusal(
                    "dots among other terms",
                    "put brackets around the sum that they abbreviate: (1 + \\dots + n)",
                    rule=12,
                    at=terms[0].at,
                )
            return Fold("sum", Dots(terms[0], tuple(terms[1:-1]), terms[-1], at=terms[0].at), at=terms[0].at)
        return terms[0] if len(terms) == 1 else Add(tuple(terms), at=terms[0].at)

    def term(self) -> Node:
        """Factors, from left to right."""
        factors = [self.factor()]
        operators: list[str] = []
        dots = None
        while atom := self.peek():
            if atom.kind == "times":
                operator = self.take().text
                if operator == "." and self.peek() is None:
                    break  # the full stop of a sentence
            elif atom.kind in FACTORS or atom.kind == "dots":
                if self.after_wide_space():
                    raise Refusal(
                        "a wide space between two factors",
                        "write , \\quad between statements, \\, inside a product",
                        rule=1,
                        at=atom.at,
                    )
                operator = ""
            else:
                break
            if operators and operators[-1] == "/":
                raise Refusal(
                    "what stands after a / and its divisor is ambiguous",
                    "write \\frac{…}{…}, or brackets",
                    rule=10,
                    at=atom.at,
                )
            if self.next_is("dots"):
                if dots is not None:
                    raise lists.misplaced(atom)
                self.take()
                dots = len(factors)
                if self.next_is("times"):
                    self.take()
            operators.append(operator)
            begins = self.peek()
            if begins is not None and begins.kind == "big" and self.inside and not BINDERS[self.inside].distributes:
                what = f"a \\{begins.text} after a factor of \\{self.inside}: where that one ends is ambiguous"
                raise Refusal(what, "put brackets around each", rule=11, at=begins.at)
            factors.append(self.factor(after=factors[-1] if operator == "" else None))
            last = factors[-1]
            if operator == "/" and isinstance(last, Big) and isinstance(last.body, Product | Quotient):
                raise Refusal(
                    "what a / divides by is ambiguous", "write \\frac{…}{…}, or brackets", rule=10, at=last.at
                )
        if dots is not None:
            if dots != len(factors) - 1 or not all(PRODUCTS[operator].dotted for operator in operators):
                raise Refusal(
                    "dots among other factors", "put brackets around what they abbreviate", rule=12, at=factors[0].at
                )
            return Fold("prod", Dots(factors[0], tuple(factors[1:-1]), factors[-1], at=factors[0].at), at=factors[0].at)
        product = factors[0]
        for operator, factor in zip(operators, factors[1:], strict=True):
            product = _joined(product, operator, factor, mixed={*operators} - {"/"} > {"⊙"})
        return product

    def factor(self, after: Node | None = None) -> Node:
        """One factor; `after` is the one that it stands beside without a sign between them."""
        atom = self.peek()
        if atom is None:
            raise Refusal("something is missing at the end", "write what stands there, or delete the sign", at=self.end)
        read = FACTORS.get(atom.kind)
        if read is None:
            if atom.kind == "sign":
                raise Refusal(f"a {atom.text} right after another sign", "put brackets around it", at=atom.at)
            raise left_over(atom)
        if isinstance(after, Number) and atom.kind == "number":
            raise Refusal(
                "two numbers side by side", "write \\cdot between factors, digits without a space", at=atom.at
            )
        return read(self, self.take())

    def one_factor(self, what: str) -> Node:
        """The argument of a function that is written without brackets around it, or with."""
        atom = self.peek()
        if atom is None or atom.kind not in FACTORS:
            raise Refusal(f"{what} has no argument", "write it in brackets", rule=10, at=self.here())
        bracketed = atom.kind == "group" and atom.text in ("( )", "[ ]")
        if bracketed and (atom.sup or atom.sub):
            raise Refusal(
                f"a power of {what} or of its argument: both may be meant",
                f"write ({what}(x))^2 or {what}(x^2)",
                rule=10,
                at=atom.at,
            )
        argument = self.factor()
        follows = self.peek()
        if bracketed or follows is None or follows.kind not in {*FACTORS, "times", "dots"}:
            return argument
        if follows.kind == "times" and follows.text == "." and self.peek(1) is None:
            return argument
        raise Refusal(
            f"{what} takes one factor, and another one follows: which of them it takes is ambiguous",
            "put brackets around its argument, or around it",
            rule=10,
            at=follows.at,
        )

    def _number(self, atom: Atom) -> Node:
        if atom.sub or atom.text.endswith("."):
            raise Refusal("this isn't a number", "write its digits", at=atom.at)
        if len(atom.text) > MOST_DIGITS:
            raise Refusal(f"a number of {len(atom.text):,} digits", "write it by a power, or a quotient", at=atom.at)
        number = Number(Fraction(atom.text), len(atom.text.partition(".")[2]), at=atom.at)
        return raised(self, number, atom.sup, atom)

    def _group(self, atom: Atom) -> Node:
        node = lists.group(self, atom)
        sub = None if lists.chooses(atom) else atom.sub
        return raised(self, indexed(self, node, sub, atom), atom.sup, atom)

    def _fraction(self, atom: Atom) -> Node:
        if derivatives.is_derivative(self, *atom.parts):
            if atom.sup or atom.sub:
                raise Refusal("a script on a derivative", "put brackets around the derivative", rule=19, at=atom.at)
            return derivatives.fraction(self, atom)
        above, below = (self.expression(part, atom.at) for part in atom.parts)
        return raised(self, Quotient(above, below, at=atom.at), atom.sup, atom)

    def _root(self, atom: Atom) -> Node:
        index, body = atom.parts
        inside = self.expression(body, atom.at)
        if index:
            below = self.expression(index, atom.at)
            node: Node = Power(inside, Quotient(Number(Fraction(1)), below, at=atom.at), at=atom.at)
        else:
            node = Call("sqrt", inside, at=atom.at)
        return raised(self, node, atom.sup, atom)

    def _function(self, atom: Atom) -> Node:
        if atom.sup or atom.sub or atom.primes:
            raise Refusal(
                f"a script on \\{atom.text}",
                f"write (\\{atom.text} x)^2 for a power; \\ln has no other base",
                rule=10,
                at=atom.at,
            )
        return Call(atom.text, self.one_factor(f"\\{atom.text}"), at=atom.at)

    def _array(self, atom: Atom) -> Node:
        return raised(self, indexed(self, lists.array(self, atom), atom.sub, atom), atom.sup, atom)

    def _bar(self, atom: Atom) -> Node:
        if atom.text == "|":
            raise Refusal(
                "a | has no sides: where it opens and closes is ambiguous",
                "write \\lvert x \\rvert",
                rule=10,
                at=atom.at,
            )
        inside: list[Atom] = []
        while not self.next_is("bar", "‖"):
            if self.peek() is None:
                raise Refusal("nothing closes this \\|", "write \\lVert x \\rVert", rule=9, at=atom.at)
            inside.append(self.take())
        closing = self.take()
        group = Atom("group", "⟨‖ ‖⟩", atom.at, (tuple(inside),), sub=closing.sub, sup=closing.sup)
        return self._group(group)


def _joined(left: Node, operator: str, right: Node, mixed: bool) -> Node:
    sign = PRODUCTS[operator]
    if sign.divides:
        return Quotient(left, right, slash=True, at=left.at)
    return Product(left, right, elementwise=sign.elementwise, sign=operator, mixed=mixed, at=right.at)


# How a factor is read, by what it begins with.
FACTORS: dict[Kind, Callable[[Terms, Atom], Node]] = {
    "number": Terms._number,
    "letter": symbols.letter,
    "group": Terms._group,
    "fraction": Terms._fraction,
    "root": Terms._root,
    "function": Terms._function,
    "big": binders.big,
    "array": Terms._array,
    "partial": derivatives.in_line,
    "bar": Terms._bar,
}
