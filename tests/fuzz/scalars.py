"""Numbers: arithmetic, functions, and what arrays give."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.fuzz.maker import SIGNS, Base
from tests.fuzz.page import MATRICES, POSITIVE, REALS, VECTORS
from tests.fuzz.pairs import Pair, add, call, component, literal, negative, power, product, quotient, whole
from verimath.meaning import expression as tree
from verimath.meaning.expression import Node

DECIMALS = ("0.5", "1.5", "2.25", "0.75")


class Scalars(Base):
    def number(self, depth: int) -> Pair:
        if depth <= 0:
            return self.leaf()
        kinds = (self.leaf, self.arithmetic, self.arithmetic, self.function, self.of_arrays, self.big, self.choice)
        made: Pair = self.pick(*kinds, self.derivative)(depth - 1)
        return made

    def leaf(self, depth: int = 0) -> Pair:
        match self.pick(*range(9)):
            case 0:
                return literal(self.pick(*DECIMALS))
            case 1:
                return literal(str(self.pick(1, 2, 3, 7, 10)))
            case 2:
                return self.symbol(POSITIVE)
            case 3:
                return Pair(*self.pick((tree.Constant("π"), "pi"), (tree.Constant("e"), "e")))
            case 4:
                whole_number = self.place(self.pick("n", "m"), numbers=True)
                return Pair(whole_number.tree, f"N({whole_number.code})")
            case 5 | 6:
                return self.entry(self.pick("n", "m", "2", "3"))
        return self.symbol(REALS)

    def entry(self, of: str) -> Pair:
        """A component of a declared array."""
        if self.draw(st.booleans()):
            return component(self.symbol(VECTORS[of]), self.place(of))
        shape = self.pick(*MATRICES)
        places = [self.place(each) for each in shape.split()]
        found = component(self.symbol(MATRICES[shape]), *places)
        match [place.tree for place in places]:
            case [tree.Number(first), tree.Number(second)] if self.draw(st.booleans()):
                joined: Node = whole(int(first * 10 + second))
            case [tree.Number() as left, tree.Name() as right] if self.draw(st.booleans()):
                joined = tree.Product(left, right)
            case _:
                return found
        assert isinstance(found.tree, tree.Index)
        return Pair(tree.Index(found.tree.array, found.tree.entries, joined), found.code)

    def arithmetic(self, depth: int) -> Pair:
        match self.pick(*range(9)):
            case 0 | 1:
                return add(*(self.term(depth) for _ in range(self.pick(2, 2, 3))))
            case 2:
                return negative(self.number(depth))
            case 3 | 4:
                return product(self.number(depth), self.number(depth), self.pick(*SIGNS))
            case 5:
                return quotient(self.number(depth), self.positive(depth), self.draw(st.booleans()))
            case 6:
                return power(self.number(depth), literal(self.pick("2", "3")))
            case 7:
                return power(self.positive(depth), self.pick(negative(literal("1")), self.leaf()))
        return power(self.positive(depth), quotient(literal("1"), literal(self.pick("2", "3"))))

    def term(self, depth: int) -> Pair:
        made = self.number(depth)
        return negative(made) if self.draw(st.booleans()) else made

    def positive(self, depth: int) -> Pair:
        if depth <= 0:
            return self.pick(self.symbol(POSITIVE), literal(self.pick(*DECIMALS)), literal("2"))  # type: ignore[no-any-return]
        match self.pick(*range(6)):
            case 0:
                return add(self.positive(depth - 1), power(self.number(depth - 1), literal("2")))
            case 1:
                return product(self.positive(depth - 1), self.positive(depth - 1), self.pick(*SIGNS))
            case 2:
                return quotient(self.positive(depth - 1), self.positive(depth - 1))
            case 3:
                return call("exp", self.pick(self.leaf(), call("sin", self.number(depth - 1))), self.pick("", "e"))
            case 4:
                return call("sqrt", self.positive(depth - 1))
        return self.positive(0)

    def function(self, depth: int) -> Pair:
        inner = self.number(depth)
        match self.pick(*range(8)):
            case 0:
                return call(self.pick("sin", "cos", "tanh"), inner)
            case 1:
                return call("ln", self.positive(depth))
            case 2:
                return self.positive(depth + 1)
            case 3:
                return Pair(tree.Call(self.pick("abs", "norm"), inner.tree), f"abs({inner.code})")
            case 4:
                name, code = self.pick(("f", "f"), ("r", "r_of"), (r"\operatorname{relu}", "relu"))
                return Pair(tree.Apply(name, (inner.tree,)), f"{code}({inner.code})")
            case 5:
                other = self.number(depth)
                return Pair(tree.Apply("g", (inner.tree, other.tree)), f"g({inner.code}, {other.code})")
            case 6:
                name, order, code = self.pick(("f", 1, "(2 * {})"), ("f", 2, "N(2)"), ("r", 1, "N(3)"))
                return Pair(tree.Prime(name, order, inner.tree), code.format(inner.code))
        return Pair(tree.Call("Re", tree.Add((inner.tree, tree.Constant("i")))), inner.code)

    def of_arrays(self, depth: int) -> Pair:
        one, other = self.pick("n", "m"), self.pick("n", "m", "2", "3")
        match self.pick(*range(7)):
            case 0 | 1:
                return product(self.vector(one, True, depth), self.vector(one, False, depth), self.sign(), "@")
            case 2:
                inner = self.vector(other, self.draw(st.booleans()), depth)
                name = self.pick("norm", "norm2")
                return Pair(tree.Call(name, inner.tree), f"sqrt(total([u * u for u in {inner.code}]))")
            case 3:
                inner = self.matrix(one, other, depth)
                name = self.pick("norm", "normF")
                return Pair(tree.Call(name, inner.tree), f"sqrt(total([u * u for u in np.ravel({inner.code})]))")
            case 4:
                inner = self.matrix(other, other, depth)
                return Pair(tree.Call("tr", inner.tree), f"np.trace({inner.code})")
            case 5:
                return component(self.vector(other, self.draw(st.booleans()), depth), self.place(other))
        return component(self.matrix(one, other, depth), self.place(one), self.place(other))
