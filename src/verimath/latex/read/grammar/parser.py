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

import fractions
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ....meaning import expression as tree
from ....meaning.expression import Node
from ....meaning.operations import BINDERS, OPERATIONS, more_than_one_factor
from ....meaning.signs import PRODUCTS
from ....message.refusal import Refusal
from ..lexing.atoms import (
    ROUND,
    SQUARE,
    Array,
    Atom,
    Atoms,
    Bar,
    Big,
    Binomial,
    Blank,
    Brackets,
    Dots,
    Factor,
    Fraction,
    Function,
    Group,
    Letter,
    Mark,
    Nabla,
    Number,
    Overlined,
    Partial,
    Root,
    Sign,
    SignBehind,
    Text,
    Times,
    WordBetween,
)
from ..lexing.flatten import name_of
from ..lexing.katex_names import BEHIND, BY_HABIT, INVERSES, LOG
from ..lexing.not_read import EVALUATION
from . import bounds, lists, partials, symbols
from .cursor import DERIVATIVE, FOR_ALL, Cursor, left_over, relations_in
from .scripts import AFTER, indexed, is_power_by_habit, is_whole_power, raised
from .twofold import TWO_SIGNS, two_formulas

# What takes square matrices, by what it is called before a factor.
OF_SQUARE = {"tr", "\\det", "det"}
# What takes a whole phase, or the whole constant of a Gaussian, behind digits and \pi.
OF_PHASE = {"\\ln", "\\log", "\\exp"}
# Beyond a few thousand, Python reads no number; no one would read this one.
MOST_DIGITS = 1_000


class Parser(Cursor):
    """Reads expressions."""

    def expression(self, atoms: Atoms, end: int) -> Node:
        return Parser(atoms, self.known, self.bound, end).sum_to_end()

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
        start = self.place
        while True:
            sign = self._sign()
            signs.append(sign.text if sign else "+")
            if self.next_is(Dots):
                dots = self.take()
                if dotted is not None or not terms:
                    raise lists.misplaced(dots)
                dotted = len(terms)
            else:
                term = self.term()
                terms.append(tree.Negative(term, at=sign.at) if sign and sign.text == "-" else term)
            if not self.next_is(Sign):
                break
        self._refuse_unclear_sides(start)
        if dotted is not None:
            alternates = "-" in signs and _alternate(signs[: dotted + 1])
            if dotted == len(terms) or ("-" in signs and not alternates):
                way_out = "put brackets around the sum that they abbreviate: (1 + \\dots + n)"
                if "-" in signs:
                    way_out += "; signs may alternate before the dots, 1 - x + x^2 - \\cdots + (-1)^n x^n"
                raise Refusal("dots among other terms", way_out, rule=12, at=terms[0].at)
            return _folded("sum", terms, dotted, alternates)
        return terms[0] if len(terms) == 1 else tree.Add(tuple(terms), at=terms[0].at)

    def _refuse_unclear_sides(self, start: int) -> None:
        r"""After a sum from there on: a word such as \bmod joins two factors, and stands alone with them."""
        read = [atom for atom in self.atoms[start : self.place] if not isinstance(atom, Blank)]
        words = [n for n, atom in enumerate(read) if isinstance(atom, WordBetween)]
        after = self.peek()
        if len(words) == 1 and _is_one_factor(read[: words[0]]) and _is_one_factor(read[words[0] + 1 :]):
            return
        if words or isinstance(after, WordBetween):
            at = read[words[0]].at if words else self.here()
            way_out = "write brackets around each of its two sides, and around the whole beside others"
            raise Refusal("how far this \\bmod reaches is ambiguous", way_out, rule=10, at=at)

    def _sign(self) -> Sign | None:
        """The sign before a term, if one stands there."""
        atom = self.peek()
        if not isinstance(atom, Sign):
            return None
        if atom.text in TWO_SIGNS:
            raise two_formulas(atom.at)
        self.take()
        return atom

    def term(self) -> Node:
        """Factors, from left to right."""
        self.before_array("")
        start = self.place
        read = _Factors([self._first_factor()])
        while not self._ends_at_own_letter() and (operator := self._operator()) is not None:
            if read.operators and read.operators[-1] == "/":
                what = "what stands after a / and its divisor is ambiguous"
                raise Refusal(what, "write \\frac{…}{…}, or brackets", rule=10, at=operator.at)
            if self.next_is(Dots):
                if read.dotted is not None:
                    raise lists.misplaced(operator)
                self.take()
                read.dotted = len(read.factors)
                if self.next_is(Times):
                    self.take()
            self._refuse_second_big()
            if self.behind:
                read.behind[len(read.operators)] = self.behind
                self.before_array("")
            read.operators.append(operator.text)
            before = self.atoms[self.place - 1 - len(operator.text)] if operator.text in ("", ".") else None
            if isinstance(before, Number) and isinstance(read.factors[-1], tree.Number):  # which no brackets set apart
                self._refuse_repeating(operator.text == "." or read.factors[-1].decimals > 0)
            read.factors.append(self.factor(after=None if operator.text else read.factors[-1]))
            last = read.factors[-1]
            match operator.text, last:
                case "/", tree.Big(body=tree.Product() | tree.Quotient()):
                    what = "what a / divides by is ambiguous"
                    raise Refusal(what, "write \\frac{…}{…}, or brackets", rule=10, at=last.at)
        if ":" in read.operators:
            self._refuse_more_than_two(start, len(read.factors))
        return read.joined()

    def _is_number(self, atom: Atom) -> bool:
        """Whether an atom is a plain number, by which a whole product may be multiplied as well as its first factor."""
        match atom:
            case Letter(text):
                return atom.is_bare and self.known.is_number(text)
            case Fraction(above, below):
                return all(map(self._is_number, (*above, *below)))
        return isinstance(atom, Number) and atom.is_bare

    def _refuse_more_than_two(self, start: int, factors: int) -> None:
        """After a term from there on, in which a colon joins two matrices: each is one factor, and stands alone.

        A factor is a letter, brackets, or a function before its brackets; there are so many of them. Numbers may stand
        in front.
        """
        read = [atom for atom in self.atoms[start : self.place] if not isinstance(atom, Blank)]
        while factors > 2 and self._is_number(read[0]) and not isinstance(read[1], Group):
            read, factors = read[1:], factors - 1
        if factors == 2 and all(isinstance(atom, Letter | Group | Times) for atom in read):
            return
        colon = next(atom for atom in read if isinstance(atom, Times) and atom.text == ":")
        way_out = "write brackets around each of its two sides, and around the whole beside others: a ((A B) : C)"
        raise Refusal("what this colon joins isn't clear", way_out, rule=16, at=colon.at)

    def _first_factor(self) -> Node:
        r"""The first factor of a term; with the next one, where a word such as \bmod joins the two."""
        start = self.place
        first = self.factor()
        match self.peek():
            case Bar() as bar if partials.is_evaluation(bar):
                taken = [atom for atom in self.atoms[start : self.place] if not isinstance(atom, Blank)]
                self.take()
                return partials.evaluated(self, first, bar, isinstance(first, tree.Derivative) and len(taken) > 1)
            case WordBetween(name, at=at) if not self.inside:
                self.take()
                return tree.Pair(name, first, self.factor(), at=at)
        return first

    def _operator(self) -> Times | None:
        """The sign between the last factor and the next one, empty where they stand side by side; None at the end."""
        atom = self.peek()
        match atom:
            case Times(".", at=at) if isinstance(number := self.peek(1), Number) and number.at == at + 1:
                what = f"whether this is a product by {number.text} or by 0.{number.text} isn't seen"
                raise Refusal(what, f"write \\cdot {number.text}, or \\cdot 0.{number.text}", rule=27, at=at)
            case Times(text):
                self.take()
                # The full stop of a sentence is none.
                return None if text == "." and self.peek() is None else atom
            case Factor() | Dots():
                if self.after_wide_space():
                    raise _wide_space(atom)
                return Times("", at=atom.at)
        return None

    def _ends_at_own_letter(self) -> bool:
        r"""Whether a sum comes next that binds anew what one around it binds: \sum_i x_i \sum_i y_i is a product.

        Its terms don't depend on the letter of the one around it: to take it in or not, the value is the same.
        """
        ahead = 1 if self.next_is(Times) else 0
        after = self.peek(ahead)
        distributes = self.inside and BINDERS[self.inside].distributes
        return bool(distributes and isinstance(after, Big) and self.own & bounds.letters_of(self, after, ahead))

    def _refuse_second_big(self) -> None:
        r"""After a factor of \prod, \max or \min, where the body of another one ends isn't clear."""
        match self.peek():
            case Big(text, at=at) if self.inside and not BINDERS[self.inside].distributes:
                what = f"a \\{text} after a factor of \\{self.inside}: where that one ends is ambiguous"
                raise Refusal(what, "put brackets around each", rule=11, at=at)

    def _refuse_repeating(self, has_decimals: bool) -> None:
        r"""After digits, refuse others below a line, and after decimals in brackets: 0.1\overline{6} is no product."""
        match self.peek():
            case Overlined(content, at=at) if all(isinstance(each, Number) for each in content):
                what = "digits below a line, behind others, are a decimal that never ends"
                raise Refusal(what, "write a fraction; \\cdot for a product", rule=27, at=at)
            case Group(content=(Number(),), at=at) if has_decimals:
                what = "digits in brackets behind decimals may never end, or say how uncertain these are"
                raise Refusal(what, "write a fraction; \\cdot for a product", rule=27, at=at)

    def factor(self, after: Node | None = None) -> Node:
        """One factor; `after` is the one that it stands beside without a sign between them."""
        match self.peek():
            case None:
                way_out = "write what stands there, or delete the sign"
                raise Refusal("something is missing at the end", way_out, at=self.end)
            case Number(at=at) if isinstance(after, tree.Number):
                way_out = "write \\cdot between factors, digits without a space"
                raise Refusal("two numbers side by side", way_out, at=at)
            case Fraction((Number(),), (Number(),), at=at) if isinstance(after, tree.Number):
                way_out = "write \\cdot for a product, + for a sum"
                raise Refusal("a number beside a fraction of two others is a mixed number", way_out, rule=27, at=at)
            case Letter(symbols.PLAIN_ONE, at=at) if isinstance(after, tree.Number):
                raise Refusal("a digit right behind a number", "write \\cdot between them", rule=27, at=at)
            case Factor() as atom:
                self.take()
                return self._with_signs_behind(self._factor(atom))
            case Times(".", at=at) if isinstance(digits := self.peek(1), Number) and digits.at == at + 1:
                self.take()
                self.take()
                return self._number(replace(digits, text=f"0.{digits.text}", at=at))
            case Times(".", at=at) if isinstance(self.peek(1), Number):
                raise Refusal("a point apart from its digits", "write 0.5", at=at)
            case Text(words, at=at) as word:
                if word.is_word and name_of(word).text in self.known:
                    self.take()
                    return self._with_signs_behind(symbols.letter(self, name_of(word)))
                way_out = f"define it, \\text{{{words}}} \\coloneqq …; other words belong into the text"
                if not word.is_word:
                    way_out = "write a name as one word of letters, \\mathrm{cost}; other words belong into the text"
                if words == "d":
                    way_out = "write \\mathrm{d}, as in \\frac{\\mathrm{d}}{\\mathrm{d} x}"
                raise Refusal(f"\\text{{{words}}} has no value", way_out, rule=6, at=at)
            case Sign(text, at=at):
                raise Refusal(f"a {text} right after another sign", "put brackets around it", at=at)
            case other:
                raise left_over(other)

    def _with_signs_behind(self, node: Node) -> Node:
        """A factor, and what is said of it by a sign behind it: n!."""
        match self.atoms[self.place - 1], self.peek():
            case Letter() | Number() | Group() as last, SignBehind(sign) as behind if not last.sup:
                self.take()
                if self.next_is(SignBehind):
                    raise Refusal(f"{sign}{sign} isn't read yet", "write a product by \\prod", rule=7, at=self.here())
                return raised(self, tree.Call(BEHIND[sign], node, at=behind.at), behind.sup, behind)
            case _, SignBehind(sign, at=at):
                raise Refusal(f"what this {sign} belongs to isn't clear", "put brackets around it", rule=10, at=at)
        return node

    def _factor(self, atom: Factor) -> Node:
        """A factor by what it begins with; those that occur often come first."""
        match atom:
            case Letter():
                return symbols.letter(self, atom)
            case Number():
                return self._number(atom)
            case Group():
                return self._group(atom)
            case Fraction():
                return self._fraction(atom)
            case Big():
                return bounds.big(self, atom)
            case Function():
                return self._function(atom)
            case Root():
                return self._root(atom)
            case Overlined(content):
                return raised(
                    self, tree.Call("conjugate", self.expression(content, atom.at), at=atom.at), atom.sup, atom
                )
            case Binomial(above, below):
                upper, lower = self.expression(above, atom.at), self.expression(below, atom.at)
                return raised(self, tree.Pair("binom", upper, lower, at=atom.at), atom.sup, atom)
            case Array():
                return raised(self, indexed(self, lists.array(self, atom), atom.sub, atom), atom.sup, atom)
            case Bar():
                return self._group(self._barred(atom))
            case Partial():
                return partials.in_line(self, atom)
            case Nabla():
                return partials.nabla(self, atom)
        raise left_over(atom)

    def one_factor(self, what: str, by_habit: bool = False) -> Node:
        r"""The argument of a function that is written without brackets around it, or with.

        Args:
            what: the function, for messages.
            by_habit: whether 2\theta is one argument of it, and another such function behind it another factor.
        """
        self._take_braces_for_brackets(what)
        atom = self.peek()
        if not isinstance(atom, Factor):
            raise Refusal(f"{what} has no argument", "write it in brackets", rule=10, at=self.here())
        bracketed = False
        match atom:
            case Group(Brackets("(", ")") | Brackets("[", "]")):
                bracketed = True
                if what == DERIVATIVE and (atom.sub or not _is_power(atom.sup)):
                    raise _derivative_of_what(atom.at)
                if what != DERIVATIVE and not atom.sub and (above := self._turns(atom.sup)):
                    evidence = f"{what}(…)^{above} may be taken of {what} or of its argument"
                    raise Refusal(evidence, f"write ({what}(A))^{above} or {what}(A^{above})", rule=10, at=atom.at)
                if what != DERIVATIVE and not atom.is_bare:
                    evidence = f"a power of {what} or of its argument: both may be meant"
                    raise Refusal(evidence, f"write ({what}(x))^2 or {what}(x^2)", rule=10, at=atom.at)
        if by_habit and isinstance(atom, Group) and self._counts(atom) and isinstance(self.peek(1), Letter | Group):
            evidence = f"{what} takes what stands in brackets, or multiplies an angle by it: both may be meant"
            way_out = f"write {what}((n + 1) x) for the angle; the other factor first for the product"
            raise Refusal(evidence, way_out, rule=10, at=atom.at)
        if bracketed and isinstance(behind := self.peek(1), SignBehind):
            evidence = f"a {behind.text} behind {what}(…): which of the two it belongs to is ambiguous"
            raise Refusal(evidence, "put brackets around what it belongs to", rule=10, at=behind.at)
        start = self.place
        argument = self._phase() if by_habit or what in OF_PHASE else None
        argument = argument or (self._multiple() if by_habit else self.factor())
        follows = self.peek()
        if what == DERIVATIVE and partials.is_evaluation(follows):
            return argument
        match follows:
            case Times(".") if self.peek(1) is None:
                return argument
            case Function() | Letter() if by_habit and self._is_by_habit(follows):
                return argument
            case Letter() | Function() if _is_called(follows) == what:
                return argument
            case Times("·" | "×") if by_habit and self._is_by_habit(self.peek(1)):
                return argument
            case Times("·") if _is_called(self.peek(1)) == what:
                return argument
            case Factor() | Times() | Dots() if what == DERIVATIVE:
                raise _derivative_of_what(follows.at)
            case Factor() | Times("·") if by_habit and not bracketed and self._may_be_array(follows):
                self.before_array(what)
            case Factor() | Times("·") if what in OF_SQUARE and not bracketed and (whole := self._product_from(start)):
                return replace(whole, taken=what)
            case Factor() | Times() | Dots() if not bracketed:
                raise more_than_one_factor(what).placed(follows.at)
        return argument

    def _take_braces_for_brackets(self, what: str) -> None:
        r"""Braces right behind a function are its brackets, \exp \{ … \}; behind a derivative, those that group."""
        match self.peek():
            case Group(Brackets("{", "}")) as group if what != DERIVATIVE or lists.groups(group):
                self.read_as(replace(group, brackets=ROUND))

    def _turns(self, sup: Atoms) -> str:
        """The sign above that transposes, or the like; empty where it is a power."""
        match sup:
            case (Mark(text) as sign,) if sign.is_bare and text in AFTER and text not in self.known:
                return text
        return ""

    def _product_from(self, start: int) -> tree.Product | None:
        """The product that begins there, if symbols and brackets are all that stand in it; None where others follow."""
        stop = start
        while stop < len(self.atoms) and isinstance(self.atoms[stop], Letter | Number | Group | Array | Times):
            stop += 1
        factors = self.atoms[start:stop]
        plain = all(not isinstance(each, Letter | Times) or _is_called(each) == "" != each.text for each in factors)
        if not plain or isinstance(self.atoms[stop] if stop < len(self.atoms) else None, Factor | Dots | WordBetween):
            return None
        inner = replace(self, atoms=factors, place=0)
        product = inner.term()
        self.go_to(start + inner.place)
        return product if isinstance(product, tree.Product) else None

    def _may_be_array(self, atom: Atom | None) -> bool:
        r"""Whether a factor behind a function of numbers may be an array, and so no part of its argument.

        A name may be one that isn't declared as a number; of what is in brackets, or above a bar, one of its names.
        """
        match atom:
            case Times("·"):
                return self._may_be_array(self.peek(1))
            case Letter():
                name, sub, _ = symbols.named(self, atom)
                if name in self.known:
                    # What a parameter is isn't known before it is given.
                    is_number = self.known.is_number(name) or self.known.counts(name)
                    return name in self.known.values and name not in self.known.parameters and not (sub or is_number)
                return atom.text in symbols.STANDARD
            case Group(brackets, content):
                return lists.is_cross(atom) or (brackets in (ROUND, SQUARE) and any(map(self._may_be_array, content)))
            case Fraction(above):
                return any(map(self._may_be_array, above))
        return isinstance(atom, Array)

    def _is_by_habit(self, atom: Atom | None) -> bool:
        match atom:
            case Function(name):
                return name in BY_HABIT
            case Letter(name):
                return symbols.NAMED.get(name) in BY_HABIT
        return False

    def _multiple(self) -> Node:
        r"""A factor, with the whole numbers and \pi that stand before it, as in \cos 2\theta and \cos k \pi x."""
        found = None
        while self._is_coefficient(self.peek()) and isinstance(after := self.peek(1), Letter | Group | Fraction):
            if isinstance(after, Group) and (after.brackets != ROUND or not after.is_bare):
                break
            found = self._times(found)
        return self._times(found)

    def _phase(self) -> Node | None:
        r"""A product that is one argument: \ln 2 \pi s, or \cos \omega t where the page says so; else None."""
        first, second = self.peek(), self.peek(1)
        if not self.known.arguments:
            return self._multiple() if isinstance(first, Number) and first.is_bare and self._is_pi(second) else None
        found = None
        if isinstance(first, Letter | Number) and isinstance(second, Letter | Number):
            while isinstance(after := self.peek(), Letter | Number) and self._is_number_alone(after):
                found = self._times(found)
        return found

    def _is_pi(self, atom: Atom | None) -> bool:
        if not isinstance(atom, Letter) or not atom.is_bare or atom.text in self.known or atom.text in self.bound:
            return False
        return atom.text in symbols.CONSTANTS and symbols.CONSTANTS[atom.text].name == "π"

    def _is_number_alone(self, atom: Letter | Number) -> bool:
        r"""Whether a factor is a number, or a letter for one, that isn't applied to brackets behind it.

        A component, or a power of e, may as well be what the function is multiplied by: \cos \omega t \, e^{-a t}.
        """
        if isinstance(atom, Number):
            return True
        name, sub, _ = symbols.named(self, atom)
        is_value = self.known.has_value(name) or atom.text in self.bound
        is_plain = is_value or (atom.text in symbols.CONSTANTS and not atom.sup)
        return is_plain and not sub and not isinstance(self.peek(1), Group) and not self._may_be_array(atom)

    def _times(self, left: Node | None) -> Node:
        """What has been read of a product, if anything, and one more factor."""
        if left is not None and self.after_wide_space():
            raise _wide_space(self.take())
        factor = self.factor(after=left)
        return factor if left is None else tree.Product(left, factor, at=factor.at)

    def _counts(self, group: Group) -> bool:
        r"""Whether brackets hold a sum of whole numbers, as in \cos (n + 1) \theta."""
        others = [atom for atom in group.content if not (isinstance(atom, Sign) or self._is_coefficient(atom))]
        return not others and any(isinstance(atom, Sign) for atom in group.content[1:])

    def _is_coefficient(self, atom: Atom | None) -> bool:
        r"""Whether this multiplies an angle as a number: in digits, \pi, \mathrm{i}, or a letter for whole ones."""
        match atom:
            case Number() | Fraction((Number(),), (Number(),)):
                return atom.is_bare
            case Letter(name) if atom.is_bare and name in self.known:
                return self.known.counts(name) or self.known.is_constant(name)
            case Letter(name):
                # A single letter that isn't known numbers something, or isn't declared.
                is_index = name in self.bound or (len(name) == 1 and name not in symbols.CONSTANTS)
                return atom.is_bare and (is_index or name in ("\\pi", "\\mathrm{i}"))
        return False

    def _number(self, atom: Number) -> Node:
        if atom.sub or atom.text.endswith(".") or atom.text.count(".") > 1:
            raise Refusal("this isn't a number", "write its digits", at=atom.at)
        if len(atom.text) > MOST_DIGITS:
            way_out = "write it by a power, or a quotient"
            raise Refusal(f"a number of {len(atom.text):,} digits", way_out, at=atom.at)
        decimals = len(atom.text.partition(".")[2])
        return raised(self, tree.Number(fractions.Fraction(atom.text), decimals, at=atom.at), atom.sup, atom)

    def _group(self, atom: Group) -> Node:
        if partials.is_evaluation(atom):
            return partials.evaluated(self, self.expression(atom.content, atom.at), atom)
        if (composed := symbols.composed(self, atom)) is not None:
            return composed
        symbols.refuse_derived_functions(self, atom)
        self._refuse_held_constant(atom)
        sub = () if lists.chooses(atom) or lists.is_cross(atom) else atom.sub
        return raised(self, indexed(self, lists.group(self, atom), sub, atom), atom.sup, atom)

    def _refuse_held_constant(self, atom: Group) -> None:
        r"""Refuse what is held constant below a derivative, (\frac{\partial T}{\partial V})_S."""
        match atom:
            case Group(Brackets("(", ")"), (Fraction(above, below),), sub=(_, *_)) if partials.is_derivative(
                self, above, below
            ):
                names = [each.text for each in atom.sub if isinstance(each, Letter)]
                if names and all(map(self.known.is_number, names)):
                    what = "what a derivative holds constant isn't read below it"
                    way_out = "write the derivative alone: it is by its symbol, and through definitions"
                    raise Refusal(what, way_out, rule=19, at=atom.sub[0].at)

    def _fraction(self, atom: Fraction) -> Node:
        if partials.is_derivative(self, atom.above, atom.below):
            if atom.sup:
                way_out = "put brackets around the derivative"
                raise Refusal("a script on a derivative", way_out, rule=19, at=atom.at)
            return partials.fraction(self, atom)
        above, below = (self.expression(part, atom.at) for part in (atom.above, atom.below))
        return raised(self, tree.Quotient(above, below, at=atom.at), atom.sup, atom)

    def _root(self, atom: Root) -> Node:
        inside = self.expression(atom.body, atom.at)
        if atom.index:
            below = self.expression(atom.index, atom.at)
            exponent = tree.Quotient(tree.Number(fractions.Fraction(1)), below, at=atom.at)
            return raised(self, tree.Power(inside, exponent, at=atom.at), atom.sup, atom)
        return raised(self, tree.Call("sqrt", inside, at=atom.at), atom.sup, atom)

    def _logarithm(self, atom: Function) -> Node:
        r"""\log, to the base that stands below it, or that the page says."""
        base = self.known.logarithm
        if atom.sup:
            raise Refusal("a power of \\log: of its value, or two in turn", "write (\\log x)^2", rule=10, at=atom.at)
        if not (atom.sub or base):
            way_out = "write \\ln, or say it in the front matter: `log: natural`, `log: 2` or `log: 10`"
            raise Refusal("the base of \\log differs from author to author", way_out, rule=7, at=atom.at)
        if atom.primes and base == "natural" and not atom.sub:
            return symbols.slope(self, "ln", "\\log", atom)
        if atom.primes:
            what = "a prime on a \\log whose base isn't \\mathrm{e}"
            raise Refusal(what, "write (\\log x)' for its derivative, \\ln'(x) of the natural one", rule=8, at=atom.at)
        value = self.one_factor("\\log")
        below: Node = tree.Constant("e", at=atom.at)
        if atom.sub:
            below = self.expression(atom.sub, atom.at)
        elif base != "natural":
            below = tree.Number(fractions.Fraction(base), at=atom.at)
        return tree.Pair("log", below, value, at=atom.at)

    def _function(self, atom: Function) -> Node:
        if atom.text == LOG:
            return self._logarithm(atom)
        match atom.text, self.peek():
            case "arg", Big("max" | "min") as what if atom.is_bare:
                self.take()
                return bounds.big(self, replace(what, text=f"arg{what.text}", at=atom.at))
        tex = f"\\{atom.text}"
        if atom.primes and not (atom.sub or atom.sup) and tex in symbols.SLOPES:
            return symbols.slope(self, atom.text, tex, atom)
        power: Atoms = ()
        by_habit = atom.text in BY_HABIT
        if by_habit and is_power_by_habit(atom.sup) and not (atom.sub or atom.primes):
            power = atom.sup
        elif not atom.is_bare:
            raise _scripted_function(atom)
        match self.peek():
            # \tan(x)^2: around one letter, brackets only part it from what follows.
            case Group(Brackets("(", ")"), (Letter(sup=()),), sub=()) as group if (
                by_habit and not power and is_whole_power(group.sup)
            ):
                self.take()
                argument, power = self.expression(group.content, group.at), group.sup
            case Group(Brackets("(", ")")) as group if OPERATIONS[atom.text].of_powers:
                self.take()
                call = tree.Call(atom.text, self.expression(group.content, group.at), at=atom.at)
                return symbols.scripted(self, call, group)
            case _:
                argument = self.one_factor(f"\\{atom.text}", by_habit)
        return raised(self, tree.Call(atom.text, argument, at=atom.at), power, atom)

    def _barred(self, opening: Bar) -> Group:
        r"""What stands between two \|, which don't say their side."""
        if opening.text == "|":
            raise _bar(opening, self.peek())
        if not opening.is_bare:
            raise Refusal("a script on an opening bracket", "write it on the closing one", at=opening.at)
        inside: list[Atom] = []
        while self.peek() is not None:
            match self.take():
                case Bar("‖", sub=sub, sup=sup):
                    return Group(Brackets("‖", "‖"), tuple(inside), sub=sub, sup=sup, at=opening.at)
                case atom:
                    inside.append(atom)
        raise Refusal("nothing closes this \\|", "write \\lVert x \\rVert", rule=9, at=opening.at)


def _is_called(atom: Atom | None) -> str:
    r"""What an operation is called that an atom begins: behind one, the same is a factor by itself, \det A \det B."""
    match atom:
        case Function(name):
            return f"\\{name}"
        case Letter(text):
            return symbols.NAMED.get(text, "")
    return ""


def _is_one_factor(atoms: list[Atom]) -> bool:
    """Whether atoms are seen as one factor: one of them, or a function before its argument in brackets."""
    match atoms:
        case [Letter() | Number() | Group() | Fraction() | Binomial() | Root()]:
            return True
        case [Letter() | Function(), Group(Brackets("(", ")"))]:
            return True
    return False


def _wide_space(after: Atom) -> Refusal:
    """The refusal of a wide space between two factors, of which the second may say what a letter runs over."""
    way_out = "write , \\quad between statements, \\, inside a product, \\forall before what a letter runs over"
    if isinstance(after, Group) and relations_in(after.content):
        way_out = f"{FOR_ALL}, \\text{{if}} before a condition"
    elif isinstance(after, Group) and all(isinstance(each, Number | Times) for each in after.content):
        way_out = "delete a number of the equation, which the site gives; write \\cdot for a product"
    return Refusal("a wide space between two factors", way_out, rule=1, at=after.at)


def _bar(bar: Bar, after: Atom | None) -> Refusal:
    """The refusal of a |, by what it may be."""
    if bar.sub and relations_in(bar.sub):
        return Refusal(*EVALUATION, at=bar.at)
    sign, way_out = "|", "write \\lvert x \\rvert"
    if isinstance(after, Bar) and after.at == bar.at + 1:
        sign, way_out = "||", "write \\lVert x \\rVert for a norm, \\lvert x \\rvert around each value"
    return Refusal(f"a {sign} has no sides: where it opens and closes is ambiguous", way_out, rule=10, at=bar.at)


def _is_power(sup: Atoms) -> bool:
    """Whether a superscript is nothing but a power of what is derived: a number, a quotient of two, or a letter."""
    match sup:
        case (Letter(text) as letter,):
            return letter.is_bare and text not in AFTER
        case () | (Number(),) | (Sign("-"), Number()) | (Number(), Times("/"), Number()):
            return True
    return False


def _scripted_function(atom: Function) -> Refusal:
    """The refusal of a script on a function, by what may be meant."""
    name = f"\\{atom.text}"
    match atom.sup:
        case (Sign("-"), Number("1")):
            inverse = INVERSES.get(atom.text, "the inverse function")
            what = f"{name}^{{-1}} may be {inverse}, or 1 by {name}"
            meant = f"{inverse} x" if atom.text in INVERSES else "what it is by other functions"
            return Refusal(what, f"write {meant}, or \\frac{{1}}{{{name} x}}", rule=10, at=atom.at)
    way_out = f"write ({name} x)^2 for a power"
    if atom.sub:
        way_out = f"write \\frac{{{name} x}}{{{name} b}}" if atom.text == "ln" else "delete it"
    return Refusal(f"a script on {name}", way_out, rule=10, at=atom.at)


def _derivative_of_what(at: int) -> Refusal:
    """The refusal of factors behind a derivative, of which it may take the first one, or all."""
    way_out = "put brackets around all that it takes, or around the derivative with what it takes"
    return Refusal("how much this derivative takes is ambiguous", way_out, rule=10, at=at)


@dataclass
class _Factors:
    """The factors of a term, the signs between them, and before which of them dots stand."""

    factors: list[Node]
    operators: list[str] = field(default_factory=list)
    dotted: int | None = None
    # By the place of an operator, the function that stands before it without brackets around its argument.
    behind: dict[int, str] = field(default_factory=dict)

    def joined(self) -> Node:
        """Their product, from left to right."""
        if self.behind and self.dotted is None:
            return self._parted(min(self.behind))
        first = self.factors[0]
        if self.dotted is not None:
            if self.dotted == len(self.factors) or not all(PRODUCTS[operator].dotted for operator in self.operators):
                way_out = "put brackets around what they abbreviate"
                raise Refusal("dots among other factors", way_out, rule=12, at=first.at)
            return _folded("prod", self.factors, self.dotted)
        mixed = len({PRODUCTS[operator].kind for operator in self.operators if not PRODUCTS[operator].divides}) > 1
        product = first
        for operator, factor in zip(self.operators, self.factors[1:], strict=True):
            product = _joined(product, operator, factor, mixed, chained=product is not first)
        return product

    def _parted(self, place: int) -> Node:
        """A function without brackets, and all that follows it there, which must be an array."""
        function = self.behind[place]
        left = _Factors(self.factors[: place + 1], self.operators[:place])
        later = {n - place - 1: what for n, what in self.behind.items() if n > place}
        right = _Factors(self.factors[place + 1 :], self.operators[place + 1 :], behind=later).joined()
        return tree.Product(left.joined(), right, sign=self.operators[place], behind=function, at=right.at)


def _alternate(signs: list[str]) -> bool:
    """Whether signs alternate, so many that they show it."""
    return len(signs) > 2 and all(one != other for one, other in pairwise(signs))


def _folded(kind: str, entries: list[Node], dotted: int, alternates: bool = False) -> Node:
    """What dots stand for that are printed before one of some entries."""
    first, *between = entries[:dotted]
    *after, last = entries[dotted:]
    dots = tree.Dots(first, tuple(between), last, tuple(after), alternates, at=first.at)
    return tree.Fold(kind, dots, at=first.at)


def _joined(left: Node, operator: str, right: Node, mixed: bool, chained: bool) -> Node:
    sign = PRODUCTS[operator]
    if sign.divides:
        return tree.Quotient(left, right, slash=True, at=left.at)
    return tree.Product(
        left, right, elementwise=sign.elementwise, sign=operator, mixed=mixed, chained=chained, at=right.at
    )
