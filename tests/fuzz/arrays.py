r"""Vectors and matrices."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.fuzz.maker import SIGNS, Base
from tests.fuzz.page import MATRICES, VECTORS
from tests.fuzz.pairs import Pair, add, negative, product, quotient, size, transpose, whole
from verimath.meaning import expression as tree


class Arrays(Base):
    def vector(self, of: str, is_row: bool, depth: int) -> Pair:
        natural = is_row != self.columns
        match self.pick(*range(10)) if depth > 0 else 8 + self.pick(0, 1):
            case 0:
                return add(self.vector(of, is_row, depth - 1), self.vector(of, is_row, depth - 1))
            case 1:
                return negative(self.vector(of, is_row, depth - 1))
            case 2:
                return product(self.number(depth - 1), self.vector(of, is_row, depth - 1), self.pick(*SIGNS))
            case 3:
                return quotient(self.vector(of, is_row, depth - 1), self.positive(depth - 1))
            case 4:
                inner = self.pick("n", "m", "2", "3")
                if is_row:
                    return product(
                        self.vector(inner, True, depth - 1), self.matrix(inner, of, depth - 1), self.sign(), "@"
                    )
                return product(
                    self.matrix(of, inner, depth - 1), self.vector(inner, False, depth - 1), self.sign(), "@"
                )
            case 5:
                made = self.vector(of, is_row, depth - 1)
                return Pair(tree.Apply("S", (made.tree,)), f"S({made.code})")
            case 6:
                return product(self.vector(of, is_row, depth - 1), self.vector(of, is_row, depth - 1), "⊙")
            case 7:
                return transpose(self.vector(of, not is_row, depth - 1), True)
            case 8 if natural:
                return self.listed(of, depth)
        return self.symbol(VECTORS[of]) if natural else transpose(self.symbol(VECTORS[of]), True)

    def listed(self, of: str, depth: int) -> Pair:
        """A vector by its components, or of ones."""
        if of.isdigit():
            entries = [self.number(depth - 1) for _ in range(int(of))]
            return Pair(
                tree.Vector(tuple(entry.tree for entry in entries)), f"array({', '.join(e.code for e in entries)})"
            )
        if self.draw(st.booleans()):
            return Pair(tree.Ones(size(of)), f"array(*[N(1)] * {of})")
        named = self.symbol(VECTORS[of])
        ends = [tree.Index(named.tree, (end,)) for end in (whole(1), whole(2), size(of))]
        between = self.pick((), (ends[1],))
        return Pair(tree.Vector((tree.Dots(ends[0], between, ends[2]),)), named.code)

    def matrix(self, rows: str, columns: str, depth: int) -> Pair:
        match self.pick(*range(9)) if depth > 0 else 9:
            case 0:
                return add(self.matrix(rows, columns, depth - 1), self.matrix(rows, columns, depth - 1))
            case 1:
                return negative(self.matrix(rows, columns, depth - 1))
            case 2:
                return product(self.matrix(rows, columns, depth - 1), self.number(depth - 1), self.pick(*SIGNS))
            case 3 | 4:
                inner = self.pick("n", "m", "2", "3")
                left, right = self.matrix(rows, inner, depth - 1), self.matrix(inner, columns, depth - 1)
                return product(left, right, self.sign(), "@")
            case 5:
                return product(self.matrix(rows, columns, depth - 1), self.matrix(rows, columns, depth - 1), "⊙")
            case 6:
                return transpose(self.matrix(columns, rows, depth - 1), False)
            case 7 if rows == columns:
                inner = self.vector(rows, self.draw(st.booleans()), depth - 1)
                return Pair(tree.Call("diag", inner.tree), f"np.diag({inner.code})")
            case 8 if rows.isdigit() and columns.isdigit():
                return self.table(int(rows), int(columns), depth - 1)
        return self.declared(rows, columns, depth - 1)

    def declared(self, rows: str, columns: str, depth: int) -> Pair:
        """A matrix that has a name, its transpose, or a column by a row."""
        if f"{rows} {columns}" in MATRICES:
            return self.symbol(MATRICES[f"{rows} {columns}"])
        if f"{columns} {rows}" in MATRICES:
            return transpose(self.symbol(MATRICES[f"{columns} {rows}"]), False)
        return product(self.vector(rows, False, depth), self.vector(columns, True, depth), self.sign(), "outer")

    def table(self, rows: int, columns: int, depth: int) -> Pair:
        made = [[self.number(depth) for _ in range(columns)] for _ in range(rows)]
        code = ", ".join(f"[{', '.join(entry.code for entry in row)}]" for row in made)
        return Pair(tree.Matrix(tuple(tuple(entry.tree for entry in row) for row in made)), f"array({code})")
