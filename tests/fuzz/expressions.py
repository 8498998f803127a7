r"""Expressions by chance: what binds letters, chooses between cases or derives, and the strategies.

What an expression reads is in `tests/fuzz/page.py`. `i` numbers axes of n, and `j` axes
of m; letters of sums are others.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tests.fuzz.arrays import Arrays
from tests.fuzz.page import VECTORS
from tests.fuzz.pairs import Letter, Pair, add, call, component, literal, power, product, size, summed, whole
from tests.fuzz.scalars import Scalars
from verimath.meaning import expression as tree

RELATIONS = {"<": "<", "≤": "<=", "=": "==", "≠": "!=", ">": ">", "≥": ">="}
OPPOSITE = {"<": "≥", "≤": ">", "=": "≠", "≠": "=", ">": "≤", "≥": "<"}
BOUND = ("l", "s", "o")


class Maker(Scalars, Arrays):
    """Makes expressions of every kind."""

    # What binds letters

    def big(self, depth: int) -> Pair:
        taken = {letter.name for letter in self.letters}
        free = [name for name in BOUND if name not in taken]
        match self.pick(*range(7)) if len(free) > 1 else 6:
            case 0 | 1:
                letter = Letter(free[0], self.pick("n", "m", "2", "3"))
                return summed(letter, self.under(depth, letter), self.pick("sum", "sum", "prod", "max", "min"))
            case 2 | 3:
                letter = Letter(free[0], self.pick("n", "m", "3"), False)
                kind = self.pick("sum", "sum", "prod", "max", "min")
                return summed(letter, self.indexing(depth, letter), kind, ranged=False)
            case 4:
                return self.all_but_one(depth, free[0])
            case 5:
                return self.increasing(depth, free[0], free[1])
        return self.dotted(depth)

    def under(self, depth: int, *letters: Letter) -> Pair:
        """A number that may read some letters more."""
        outer, self.letters = self.letters, (*self.letters, *letters)
        made = self.number(depth)
        self.letters = outer
        return made

    def indexing(self, depth: int, *letters: Letter) -> Pair:
        """A number that has a component at each of some letters."""
        made = self.under(depth, *letters)
        for letter in letters:
            at = component(self.symbol(VECTORS[letter.size]), Pair(tree.Name(letter.name), letter.name))
            made = product(made, at) if self.draw(st.booleans()) else product(at, made, "·")
        return made

    def all_but_one(self, depth: int, name: str) -> Pair:
        letter = Letter(name, self.pick("n", "m", "3"), False)
        body, other = self.indexing(depth, letter), self.place(letter.size)
        condition = tree.Comparison((tree.Name(name), other.tree), ("≠",))
        code = f"total([{body.code} for {name} in upto({letter.size}) if {name} != {other.code}])"
        return Pair(tree.Big("sum", (tree.Binder(name),), condition, body.tree), code)

    def increasing(self, depth: int, first: str, second: str) -> Pair:
        r"""A sum over two letters: all of them, or 1 \leq l < s \leq n."""
        of = self.pick("n", "m")
        letters = Letter(first, of), Letter(second, of)
        bounds = tree.Range(whole(1), size(of))
        loops = f"for {first} in upto({of}) for {second} in upto({of})"
        if self.draw(st.booleans()):
            body = self.under(depth, *letters)
            binders = tuple(tree.Binder(letter.name, bounds) for letter in letters)
            return Pair(tree.Big("sum", binders, None, body.tree), f"total([{body.code} {loops}])")
        relation = self.pick("<", "≤")
        body = self.under(depth, *letters)
        sides = whole(1), tree.Name(first), tree.Name(second), size(of)
        condition = tree.Comparison(sides, ("≤", relation, "≤"))
        binders = tuple(tree.Binder(letter.name, bounds) for letter in letters)
        code = f"total([{body.code} {loops} if {first} {RELATIONS[relation]} {second}])"
        return Pair(tree.Big("sum", binders, condition, body.tree), code)

    def dotted(self, depth: int) -> Pair:
        """Terms or factors with dots between them."""
        of = self.pick("n", "m")
        named = self.symbol(VECTORS[of])
        ends = [tree.Index(named.tree, (end,)) for end in (whole(1), whole(2), size(of))]
        between = self.pick((), (ends[1],))
        kind, function = self.pick(("sum", "total"), ("prod", "prod"))
        return Pair(tree.Fold(kind, tree.Dots(ends[0], between, ends[2])), f"{function}({named.code})")

    # Cases

    def choice(self, depth: int) -> Pair:
        match self.pick(*range(5)):
            case 0:
                entries = [self.number(depth) for _ in range(self.pick(2, 3))]
                kind = self.pick("max", "min")
                code = f"{kind}({', '.join(entry.code for entry in entries)})"
                return Pair(tree.Extremum(kind, tuple(entry.tree for entry in entries)), code)
            case 1:
                condition = self.condition()
                return Pair(tree.Bracket(condition.tree), f"N(1 if {condition.code} else 0)")
            case 2:
                of = self.pick("n", "m")
                left, right = self.place(of), self.place(of)
                condition = self.compared(left, "=", right)
                return Pair(tree.Bracket(condition.tree, delta=True), f"N(1 if {condition.code} else 0)")
        condition, first, second = self.condition(), self.number(depth), self.number(depth)
        code = f"({first.code} if {condition.code} else {second.code})"
        branches: tuple[tree.Branch, ...] = (tree.Branch(first.tree, condition.tree),)
        match condition.tree:
            case tree.Comparison((left_side, right_side), (relation,)) if self.draw(st.booleans()):
                other = tree.Comparison((left_side, right_side), (OPPOSITE[relation],))
                return Pair(tree.Cases((*branches, tree.Branch(second.tree, other))), code)
        return Pair(tree.Cases(branches, second.tree), code)

    def compared(self, left: Pair, relation: str, right: Pair) -> Pair:
        node = tree.Comparison((left.tree, right.tree), (relation,))
        return Pair(node, f"({left.code} {RELATIONS[relation]} {right.code})")

    def condition(self) -> Pair:
        """On whole numbers, or on numbers that rounding can't make equal."""
        match self.pick(*range(4)):
            case 0 | 1:
                of = self.pick("n", "m")
                return self.compared(self.place(of), self.pick(*RELATIONS), self.place(of))
            case 2:
                return self.compared(self.leaf(), self.pick(*RELATIONS), self.leaf())
        conditions = self.condition(), self.condition()
        parts = [part for each in conditions for part in _conditions(each.tree)]
        return Pair(tree.Both(tuple(parts)), f"({' and '.join(each.code for each in conditions)})")

    # Derivatives

    def derivative(self, depth: int) -> Pair:
        t = Pair(tree.Name("t"), "t")
        by_t, twice = (tree.Variable("t"),), (tree.Variable("t"),) * 2
        match self.pick(*range(4)):
            case 0:
                value = product(self.smooth(), call(self.pick("sin", "exp", "cos"), t))
                return Pair(tree.Derivative(value.tree, by_t), f"diff(lambda t: {value.code}, t, 1)")
            case 1:
                value = add(power(t, literal("3")), product(self.smooth(), call("sin", t)))
                return Pair(tree.Derivative(value.tree, twice), f"diff(lambda t: {value.code}, t, 2)")
            case 2:
                value = Pair(tree.Apply("f", (product(t, self.smooth()).tree,)), "")
                inner = product(t, self.smooth())
                value = Pair(tree.Apply("f", (inner.tree,)), f"f({inner.code})")
                return Pair(tree.Derivative(value.tree, by_t), f"diff(lambda t: {value.code}, t, 1)")
        named, place = self.symbol(VECTORS["n"]), self.place("n")
        value = Pair(tree.Apply("\\nu", (named.tree,)), f"nu({named.code})")
        assert isinstance(named.tree, tree.Name)
        at = tree.Index(named.tree, (place.tree,))
        return Pair(
            tree.Derivative(value.tree, (tree.Variable(named.tree.name, at),)), f"(2 * {named.code}[{place.code} - 1])"
        )

    def smooth(self) -> Pair:
        return self.pick(self.leaf(), add(self.leaf(), self.leaf()), self.positive(1))  # type: ignore[no-any-return]


def _conditions(node: tree.Node) -> tuple[tree.Node, ...]:
    return node.conditions if isinstance(node, tree.Both) else (node,)


@st.composite
def numbers(draw: st.DrawFn, columns: bool, depth: int = 3) -> Pair:
    """A number; its vectors lie as columns or as rows."""
    return Maker(draw, columns).number(depth)


@st.composite
def values(draw: st.DrawFn, columns: bool, depth: int = 3) -> Pair:
    """A number, a vector that lies either way, or a matrix."""
    maker = Maker(draw, columns)
    match draw(st.sampled_from("nnvm")):
        case "v":
            return maker.vector(maker.pick("n", "m", "3"), draw(st.booleans()), depth)
        case "m":
            return maker.matrix(maker.pick("n", "2"), maker.pick("n", "m", "3"), depth)
    return maker.number(depth)
