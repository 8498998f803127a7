"""An expression written as Python: the source of a function that computes what the evaluator would find.

It does the same operations in the same order, so that its results are the same to the digit; what is decided by the
tree alone is decided when it is written. Where two floats meet, which is nearly always, their operation stands in the
source itself. It knows no places and no messages, and of rare kinds of nodes nothing at all: whatever isn't a value
ends it, and is left to the evaluator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import singledispatchmethod
from typing import Any, NamedTuple

from ..meaning import expression as tree
from ..meaning.expression import Node
from ..meaning.operations import BINDERS, OPERATIONS, PAIRS
from ..meaning.signs import CONSTANTS, RELATIONS
from ..numbers.array import Array, Value, minus
from ..numbers.dual import Scalar
from ..numbers.late import numpy as np
from ..numbers.scalar import Function, number
from .binders import MOST_TERMS, axis, range_between
from .conditions import is_so
from .derivatives import Places, gradient, made_independent, moves
from .effort import work_of
from .frame import Found, Frame, interpret
from .terms import added, called, divided, multiplied, paired, raised

# A function of a trial's symbols and the values of letters and parameters.
Written = Callable[[Any, Mapping[str, Value]], Value]

# Of these powers of a float, none has too many digits.
SHORT = range(-300, 301)


class Beyond(Exception):  # like a refusal, it is no fault of the program
    """What a written function leaves to the evaluator."""


# What written functions call


def at(array: Value, columns: bool, *places: int) -> Value:
    """A component of an array; of one with more axes, a part."""
    for place in places:
        if type(place) is not int or place < 1:
            raise Beyond
    # Where there are too few or too many places, NumPy says so.
    found: Value = array.entries[tuple([place - 1 for place in places])]
    return found if type(found) is not np.ndarray else part(array, columns, found)


def at_one(array: Value, columns: bool, place: int) -> Value:
    """The same by one subscript."""
    if type(place) is not int or place < 1:
        raise Beyond
    found: Value = array.entries[place - 1]
    return found if type(found) is not np.ndarray else part(array, columns, found)


def at_two(array: Value, columns: bool, row: int, column: int) -> Value:
    """The same by two."""
    if type(row) is not int or type(column) is not int or row < 1 or column < 1:
        raise Beyond
    found: Value = array.entries[row - 1, column - 1]
    return found if type(found) is not np.ndarray else part(array, columns, found)


def part(array: Array, columns: bool, found: np.ndarray[Any, Any]) -> Array:
    """What fewer subscripts than axes name."""
    if array.is_list:
        return Array(found, columns and found.ndim == 1)
    if columns and len(array.shape) == 2:
        raise Beyond
    return Array(found)


def place_of(shape: tuple[int, ...] | None, *places: int) -> Places:
    """The place of a component among all of an array's."""
    if not shape or len(places) != len(shape):
        raise Beyond
    flat = 0
    for place, size in zip(places, shape, strict=True):
        if type(place) is not int or not 0 < place <= size:
            raise Beyond
        flat = flat * size + place - 1
    return Places(slice(flat, flat + 1), ())


def extent(*numbered: tuple[Value, int, int]) -> range:
    """What a letter runs over that numbers these axes of arrays, among so many subscripts of each."""
    found = None
    for array, place, of in numbered:
        if type(array) is Array and array.entries.ndim >= of:
            size = array.entries.shape[place]
            if found is not None and size != found:
                raise Beyond
            found = size
    if found is None:
        raise Beyond
    return range(1, found + 1)


def whole(value: Value) -> int:
    """A whole number that comes from anything but letters."""
    if type(value) is not int:
        raise Beyond
    return value


def one_number(value: Value) -> Scalar:
    """What must be a number."""
    if type(value) is Array:
        raise Beyond
    return value


def one_array(value: Value) -> Array:
    """What must be an array."""
    if type(value) is not Array:
        raise Beyond
    return value


def opened(found: Found, key: tuple[int, bool], node: Node) -> dict[tuple[int, ...], Value]:
    """Where the values of an expression are kept by those of its letters."""
    return found.setdefault(key, (node, {}))[1]


CALLED: dict[str, Any] = {
    each.__name__: each
    for each in (
        *(at, at_one, at_two, place_of, extent, whole, one_number, one_array, opened),
        *(added, called, divided, multiplied, paired, raised, minus, number, is_so),
        *(gradient, made_independent, moves, axis, range_between, interpret, Array, Frame, Beyond),
    )
}


class Operand(NamedTuple):
    """A variable or a literal of the source, and what is known of it: that it is a whole number, or may move."""

    text: str
    is_whole: bool = False
    may_move: bool = False


def floats(*operands: Operand) -> str:
    """The condition under which Python's own operation on these is the right one: all are floats or whole."""
    asked = [operand.text for operand in operands if not operand.is_whole]
    return " is ".join([*(f"type({text})" for text in asked), "float"]) if asked else ""


class Source:
    """Writes a function.

    Args:
        letters: the names of the letters and parameters that it is given.
        columns: whether the page's vectors are columns.
        in_floats: whether numbers are floats; else they have the digits of a context.

    Attributes:
        constants: what the source names by `K0`, `K1` and so on.
    """

    def __init__(self, letters: tuple[str, ...], columns: bool, in_floats: bool) -> None:
        self.columns, self.in_floats = columns, in_floats
        self.constants: list[Any] = []
        self._lines: list[str] = []
        self._depth, self._count = 1, 0
        self._symbols = "s"
        self._line("v, f, c = s.known, s.found, s.context")
        self._letters: dict[str, Operand] = {}
        for letter in letters:
            given = self._set(f"local[{letter!r}]")
            self._letters[letter] = Operand(given, may_move=True)
        # Symbols that lines above these have read, by what they are read of.
        self._read: dict[tuple[str, tree.Symbol], str] = {}

    def of(self, node: Node) -> str:
        """The source of the function that computes an expression."""
        value = self._write(node)
        return "\n".join(["def written(s, local):", *self._lines, f"    return {value.text}"])

    # Lines

    def _line(self, text: str) -> None:
        self._lines.append("    " * self._depth + text)

    def _fresh(self, kind: str = "t") -> str:
        self._count += 1
        return f"{kind}{self._count}"

    def _set(self, text: str) -> str:
        name = self._fresh()
        self._line(f"{name} = {text}")
        return name

    def _constant(self, value: Any) -> str:
        self.constants.append(value)
        return f"K{len(self.constants) - 1}"

    @contextmanager
    def _block(self, header: str) -> Iterator[None]:
        """Lines that may be passed over, so that what they read isn't known below them."""
        self._line(header)
        read = dict(self._read)
        self._depth += 1
        yield
        self._depth -= 1
        self._read = read

    @contextmanager
    def _knowing(self, letters: Mapping[str, Operand], symbols: str = "") -> Iterator[None]:
        """Lines in which some letters have other values, and symbols perhaps too."""
        before = self._letters, self._symbols
        self._letters = {**self._letters, **letters}
        self._symbols = symbols or self._symbols
        yield
        self._letters, self._symbols = before

    def _of_symbols(self, kind: str) -> str:
        """A table of the symbols that are read here: `v` of their values, `f` of what was found."""
        return kind + self._symbols[1:]

    def _frame(self) -> str:
        """A frame, for what the evaluator does."""
        local = ", ".join(f"{name!r}: {operand.text}" for name, operand in self._letters.items())
        return f"Frame({self._symbols}, {{{local}}}, {self.columns})"

    def _found(self, condition: str, simply: str, otherwise: str) -> Operand:
        """A value by Python's own operation under a condition, else by a function."""
        if not self.in_floats or not condition:
            return Operand(self._set(otherwise))
        return Operand(self._set(f"{simply} if {condition} else {otherwise}"))

    # Nodes

    def _write(self, node: Node) -> Operand:
        """The lines that compute a node, and the variable that holds its value."""
        way: Callable[[Source, Node], Operand] = WAYS.dispatch(type(node))
        return way(self, node)

    @singledispatchmethod
    def _kind(self, node: Node) -> Operand:
        """The same, by its kind."""
        return self._interpreted(node)

    @_kind.register
    def _(self, node: tree.Number) -> Operand:
        if node.value.denominator == 1:
            return Operand(str(node.value.numerator), is_whole=True)
        if self.in_floats:
            return Operand(self._constant(number(node.value)))
        return Operand(self._set(f"number({self._constant(node.value)}, c)"))

    @_kind.register
    def _(self, node: tree.Constant) -> Operand:
        row = CONSTANTS[node.name]
        if self.in_floats:
            return Operand(self._constant(row.value(None)))
        return Operand(self._set(f"{self._constant(row.value)}(c)"))

    @_kind.register
    def _(self, node: tree.Name) -> Operand:
        if node.name in self._letters:
            return self._letters[node.name]
        key = self._symbols, node.symbol
        if key not in self._read:
            known = f"{self._of_symbols('v')}[{node.symbol!r}]"
            name = self._set(
                f"{known} if {node.symbol!r} in {self._of_symbols('v')} else {self._symbols}.value({node.symbol!r})"
            )
            self._read[key] = name
        return Operand(self._read[key])

    @_kind.register
    def _(self, node: tree.Negative) -> Operand:
        value = self._write(node.value)
        if value.is_whole:
            return Operand(self._set(f"-{value.text}"), is_whole=True)
        return self._found(floats(value), f"-{value.text}", f"minus({value.text})")

    @_kind.register
    def _(self, node: tree.Add) -> Operand:
        total = self._write(node.terms[0])
        for term in node.terms[1:]:
            other = self._write(term)
            plainly = f"{total.text} + {other.text}"
            if total.is_whole and other.is_whole:
                total = Operand(self._set(plainly), is_whole=True)
            else:
                otherwise = f"added({total.text}, {other.text}, {self._symbols})"
                total = self._found(floats(total, other), plainly, otherwise)
        return total

    @_kind.register
    def _(self, node: tree.Product) -> Operand:
        if node.other_kind is not None or node.sign in ("∘", "⊗") or node.behind or _may_be_third(node):
            return self._interpreted(node)
        left, right = self._write(node.left), self._write(node.right)
        otherwise = f"multiplied({self._constant(node)}, {left.text}, {right.text}, {self._symbols})"
        if not (condition := floats(left, right)):
            return Operand(self._set(otherwise))
        product = self._fresh()
        condition += f" and ({product} := {left.text} * {right.text}) - {product} == 0"
        return self._found(condition, product, otherwise)

    @_kind.register
    def _(self, node: tree.Quotient) -> Operand:
        above, below = self._write(node.above), self._write(node.below)
        otherwise = f"divided({above.text}, one_number({below.text}), {self._symbols})"
        is_divisor = f"{below.text} - {below.text} == 0 != {below.text}"
        condition = f"{floats(above, below)} and {is_divisor}" if floats(above, below) else ""
        return self._found(condition, f"{above.text} / {below.text}", otherwise)

    @_kind.register
    def _(self, node: tree.Power) -> Operand:
        base, exponent = self._write(node.base), self._write(node.exponent)
        otherwise = f"raised({self._constant(node)}, {base.text}, one_number({exponent.text}), {self._symbols})"
        match node.exponent:
            case tree.Number(value=by) | tree.Negative(tree.Number(value=by)) if by in SHORT and not base.is_whole:
                condition = f"{floats(base)} and {base.text} - {base.text} == 0 != {base.text}"
                return self._found(condition, f"{base.text} ** {exponent.text}", otherwise)
        return Operand(self._set(otherwise))

    @_kind.register
    def _(self, node: tree.Call) -> Operand:
        value, row = self._write(node.argument), OPERATIONS[node.name]
        otherwise = f"called({self._constant(row)}, {value.text}, {self._symbols})"
        function = row.value
        if not isinstance(function, Function) or value.is_whole or (function.breaks and function.breaks.jumps):
            return Operand(self._set(otherwise))
        condition = f"{floats(value)} and {value.text} - {value.text} == 0"
        if function.least is not None:
            condition += f" and {value.text} > {function.least}"
        if function.greatest is not None:
            condition += f" and {value.text} <= {function.greatest}"
        return self._found(condition, f"{self._constant(function.real)}({value.text})", otherwise)

    @_kind.register
    def _(self, node: tree.Pair) -> Operand:
        left, right = self._write(node.left), self._write(node.right)
        row = self._constant(PAIRS[node.name])
        return Operand(self._set(f"paired({row}, {left.text}, {right.text}, {self._symbols})"))

    # Arrays

    @_kind.register
    def _(self, node: tree.Index) -> Operand:
        of = node.array
        array = self._write(of) if isinstance(of, tree.Name) else self._once(of, lambda: self._write(of))
        return self._by_axes(
            node, f"{array.text}.entries.ndim", lambda places: f"{_by(places)}({array.text}, {self.columns}{places})"
        )

    def _by_axes(self, node: tree.Index, axes: str, text: Callable[[str], str]) -> Operand:
        """What is said of the places that subscripts name, which may depend on the number of axes."""
        if node.whole is None:
            return Operand(self._set(text(self._places(node.entries))))
        name = self._fresh()
        with self._block(f"if {axes} == 1:"):
            self._line(f"{name} = {text(self._places((node.whole,)))}")
        with self._block("else:"):
            self._line(f"{name} = {text(self._places(node.entries))}")
        return Operand(name)

    def _places(self, entries: tuple[Node, ...]) -> str:
        return "".join(f", {self._write(entry).text}" for entry in entries)

    # What binds letters

    def _once(self, node: Node, write: Callable[[], Operand]) -> Operand:
        """What an expression is worth, found once for all values of the letters around it that it doesn't read."""
        read = [self._letters[name] for name in node.names if name in self._letters]
        if len(read) == len(self._letters):
            return write()
        found, key, name = self._of_symbols("f"), self._constant((id(node), self.columns)), self._fresh()
        kept = self._fresh("k")
        self._line(
            f"{kept} = {found}[{key}][1] if {key} in {found} else opened({found}, {key}, {self._constant(node)})"
        )
        if given := [operand.text for operand in read if not operand.is_whole]:
            # What moves is another number each time.
            self._line(f"if not ({' is '.join(f'type({text})' for text in given)} is int): {kept} = {{}}")
        letters = self._set(f"({''.join(f'{operand.text}, ' for operand in read)})")
        self._line(f"{name} = {kept}.get({letters})")
        with self._block(f"if {name} is None:"):
            self._line(f"{name} = {kept}[{letters}] = {write().text}")
        return Operand(name)

    @_kind.register
    def _(self, node: tree.Big) -> Operand:
        if BINDERS[node.kind].where:
            return self._interpreted(node)
        return self._once(node, lambda: self._over_letters(node))

    def _over_letters(self, node: tree.Big) -> Operand:
        values = self._set("[]")
        counts = [self._set("0") for _ in node.binders]
        self._loop(node, [*zip(node.binders, counts, strict=True)], values, {})
        return Operand(self._set(f"{self._constant(BINDERS[node.kind].of)}({values})"))

    def _loop(
        self, node: tree.Big, binders: list[tuple[tree.Binder, str]], values: str, bound: Mapping[str, Operand]
    ) -> None:
        """The loops over letters, each inside of those before it, and in them the value of the body."""
        with self._knowing(bound):
            if not binders:
                with self._block(f"if {'True' if node.condition is None else self._condition(node.condition)}:"):
                    self._line(f"{values}.append({self._write(node.body).text})")
                return
            (binder, count), *rest = binders
            over = self._set(self._range(binder, node.at))
            self._line(f"{self._symbols}.spend(len({over}) * {work_of(node.body)})")
            self._line(f"{count} += len({over})")
            self._line(f"if {count} > {MOST_TERMS}: raise Beyond")
            letter = Operand(self._fresh("n"), is_whole=True)
            with self._block(f"for {letter.text} in {over}:"):
                self._loop(node, rest, values, {**bound, binder.letter: letter})

    def _range(self, binder: tree.Binder, at: int) -> str:
        if (printed := binder.range) is not None:
            if printed.between:
                return f"range_between({self._constant(printed)}, {self._frame()})"
            first, last = self._whole(printed.first), self._whole(printed.last)
            return f"range({first}, {last} + 1)"
        if any(isinstance(part, tree.Standard) for each in binder.axes for part in each.array.walk()):
            return f"axis({binder.letter!r}, {self._constant(binder.axes)}, {self._frame()}, {at})"
        numbered = dict.fromkeys((each.array, each.axis, each.of) for each in binder.axes)
        listed = (f"({self._write(array).text}, {place}, {of})" for array, place, of in numbered)
        return f"extent({', '.join(listed)})"

    def _whole(self, node: Node) -> str:
        operand = self._write(node)
        return operand.text if operand.is_whole else f"whole({operand.text})"

    @_kind.register
    def _(self, node: tree.Extremum) -> Operand:
        if any(isinstance(entry, tree.Dots) for entry in node.entries):
            return self._interpreted(node)
        listed = ", ".join(f"one_number({self._write(entry).text})" for entry in node.entries)
        return Operand(self._set(f"{self._constant(BINDERS[node.kind].of)}([{listed}])"))

    @_kind.register
    def _(self, node: tree.Apply) -> Operand:
        return self._once(node, lambda: self._applied(node))

    def _applied(self, node: tree.Apply) -> Operand:
        arguments = "".join(f"{self._write(argument).text}, " for argument in node.arguments)
        return Operand(self._set(f"{self._symbols}.applied({node.name!r}, ({arguments}))"))

    # Derivatives

    @_kind.register
    def _(self, node: tree.Derivative) -> Operand:
        if node.takes_all or node.turned:
            return self._interpreted(node)
        return self._once(node, lambda: self._derived(node, node.variables))

    def _derived(self, node: tree.Derivative, variables: tuple[tree.Variable, ...]) -> Operand:
        """The derivative by each variable: the innermost is the last one."""
        if not variables:
            return self._once(node.value, lambda: self._write(node.value))
        variable, *rest = variables
        inner, of = self._fresh("s"), self._fresh()
        moved: dict[str, Operand] = {}
        if variable.name in self._letters:
            moved[variable.name] = Operand(self._fresh(), may_move=True)
            before = self._letters[variable.name].text
            self._line(f"{moved[variable.name].text}, {of} = made_independent({before})")
            self._line(f"{inner} = {self._symbols}.carrying({of}.count)")
        else:
            given = [f"moves({operand.text})" for operand in self._letters.values() if operand.may_move]
            is_fresh = " or ".join(given) or "False"
            self._line(f"{inner}, {of} = {self._symbols}.independent({variable.symbol!r}, {is_fresh})")
        self._line(f"v{inner[1:]}, f{inner[1:]} = {inner}.known, {inner}.found")
        self._line(f"{inner}.spend({work_of(node.value)})")
        with self._knowing(moved, inner):
            value = self._derived(node, tuple(rest))
        if node.is_nabla and not rest:
            self._line(f"if type({value.text}) is Array: raise Beyond")
        place = Operand("None")
        if variable.subscripts is not None:
            place = self._by_axes(
                variable.subscripts, f"len({of}.shape or ())", lambda places: f"place_of({of}.shape{places})"
            )
        return Operand(self._set(f"gradient({value.text}, {of}, {place.text}, {self.columns})"))

    # What is true or false

    def _condition(self, node: Node) -> str:
        """The lines that decide a condition, and the variable that says whether it holds."""
        if isinstance(node, tree.Both):
            name = self._set("True")
            for each in node.conditions:
                with self._block(f"if {name}:"):
                    self._line(f"{name} = {self._condition(each)}")
            return name
        if isinstance(node, tree.Every):
            return self._interpreted(node).text
        assert isinstance(node, tree.Comparison)
        sides = [self._write(side) for side in node.sides]
        links = []
        for left, relation, right in zip(sides, node.relations, sides[1:], strict=False):
            if left.is_whole and right.is_whole:
                links.append(f"{self._constant(RELATIONS[relation].exactly)}({left.text}, {right.text})")
            else:
                numbers = f"one_number({left.text}), {relation!r}, one_number({right.text})"
                links.append(f"is_so({numbers}, {node.at})")
        return self._set(" and ".join(links))

    @_kind.register
    def _(self, node: tree.Bracket) -> Operand:
        return Operand(self._set(f"1 if {self._condition(node.condition)} else 0"), is_whole=True)

    @_kind.register
    def _(self, node: tree.Cases) -> Operand:
        guards = [self._condition(branch.guard) for branch in node.branches]
        name = self._fresh()
        # Which of two cases that hold at once are the same is the evaluator's matter.
        self._line(f"if {' + '.join(guards)} > 1: raise Beyond")
        for guard, branch in zip(guards, node.branches, strict=True):
            with self._block(f"{'if' if guard is guards[0] else 'elif'} {guard}:"):
                self._line(f"{name} = {self._write(branch.value).text}")
        with self._block("else:"):
            if node.otherwise is None:
                self._line("raise Beyond")
            else:
                self._line(f"{name} = {self._write(node.otherwise).text}")
        return Operand(name)

    def _interpreted(self, node: Node) -> Operand:
        """A node that is left to the evaluator."""
        return Operand(self._set(f"interpret({self._constant(node)}, {self._frame()})"))


# Found by way of an object each time, they would take longer than what they write.
WAYS = Source.__dict__["_kind"].dispatcher


def _by(places: str) -> str:
    """The function that finds a component by so many places."""
    return {1: "at_one", 2: "at_two"}.get(places.count(","), "at")


def _may_be_third(node: tree.Product) -> bool:
    """Whether a factor stands behind a product of what may be two vectors, without brackets."""
    return node.chained and isinstance(node.left, tree.Product) and node.left.sign in ("·", "×")
