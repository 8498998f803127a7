"""What makers of expressions share: choices, index letters, subscripts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.pairs import Letter, Pair, size, whole
from verimath.meaning import expression as tree

SIGNS = ("", "", "·", "×", ".")


class Base(ABC):
    """Makes expressions of each kind, up to a depth.

    Args:
        draw: Hypothesis's.
        columns: whether the page's vectors are columns.
    """

    def __init__(self, draw: st.DrawFn, columns: bool) -> None:
        self.draw, self.columns = draw, columns
        self.letters: tuple[Letter, ...] = (Letter("i", "n"), Letter("j", "m"))

    def pick(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def symbol(self, names: dict[str, str]) -> Pair:
        key = self.pick(*names)
        return Pair(tree.Name(key), names[key])

    def place(self, of: str, numbers: bool = False) -> Pair:
        """A subscript of an axis, or a letter read as a number."""
        usable = [each.name for each in self.letters if each.size == of and (each.is_number or not numbers)]
        options = [Pair(tree.Name(name), name) for name in usable] * 3
        options += [Pair(whole(1), "1"), Pair(size(of), of)]
        if of == "n":
            options.append(Pair(tree.Name("k"), "k"))
        for name in () if of.isdigit() else usable:
            mirrored = tree.Add((size(of), tree.Negative(tree.Name(name)), whole(1)))
            options.append(Pair(mirrored, f"({of} - {name} + 1)"))
        found: Pair = self.pick(*options)
        return found

    def sign(self) -> str:
        """A sign of the matrix product."""
        sign: str = self.pick("", "", "·", ".")
        return sign

    # What rooms of this folder make for each other; `depth` is how deep a tree may be.

    @abstractmethod
    def number(self, depth: int) -> Pair:
        """A number."""

    @abstractmethod
    def positive(self, depth: int) -> Pair:
        """A positive number."""

    @abstractmethod
    def leaf(self, depth: int = 0) -> Pair:
        """A number without parts."""

    @abstractmethod
    def vector(self, of: str, is_row: bool, depth: int) -> Pair:
        """A vector of a size, as a row or a column."""

    @abstractmethod
    def matrix(self, rows: str, columns: str, depth: int) -> Pair:
        """A matrix of two sizes."""

    @abstractmethod
    def big(self, depth: int) -> Pair:
        """A sum, product, maximum or minimum."""

    @abstractmethod
    def choice(self, depth: int) -> Pair:
        """A number by cases."""

    @abstractmethod
    def derivative(self, depth: int) -> Pair:
        """A derivative."""
