"""How one place of a function may be changed, as a slip would: `KINDS` says what is changed to what."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bench.snippets.tables import (
    COARSE,
    CONVERSIONS,
    FINE,
    OF_SIZES,
    OTHER_COMPARISONS,
    OTHER_FUNCTIONS,
    OTHER_OPERATORS,
    UNSIGNED,
)


@dataclass(frozen=True)
class Place:
    """Where a part of a function stands.

    Attributes:
        node: the part.
        parent, field: what it is a part of, and as what.
        index: its place among several, None where it stands alone.
        called: the name of the function that it is an argument of, if any.
        names: of the arguments, and of the variables that have a value there.
    """

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None
    called: str
    names: tuple[str, ...]

    def put(self, node: ast.AST | None) -> None:
        """Put another part in its place."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node

    @property
    def is_returned(self) -> bool:
        return isinstance(self.parent, ast.Return)

    @property
    def is_index(self) -> bool:
        return self.field == "slice" or isinstance(self.parent, ast.Slice)


Changes = Iterator[ast.AST]


def written(code: str) -> ast.expr:
    """An expression of Python."""
    return ast.parse(code, mode="eval").body


def _with(template: str, node: ast.AST) -> ast.expr:
    """An expression of another, which stands for `{}`."""
    return written(template.format(f"({ast.unparse(node)})"))


def _operator(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.BinOp):
        for other in OTHER_OPERATORS.get(type(node.op), ()):
            yield ast.BinOp(node.left, other(), node.right)
    elif isinstance(node, ast.AugAssign):
        for other in OTHER_OPERATORS.get(type(node.op), ()):
            yield ast.AugAssign(node.target, other(), node.value)
        yield ast.parse(f"{ast.unparse(node.target)} = {ast.unparse(node.value)}").body[0]


def _order(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div | ast.Pow | ast.MatMult):
        yield ast.BinOp(node.right, node.op, node.left)
    elif isinstance(node, ast.Call):
        for at in range(len(node.args) - 1):
            swapped = [*node.args[:at], node.args[at + 1], node.args[at], *node.args[at + 2 :]]
            yield ast.Call(node.func, swapped, node.keywords)


def _dropped(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.BinOp):
        yield node.left
        yield _with("-{}", node.right) if isinstance(node.op, ast.Sub) else node.right


def _doubled(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        yield ast.BinOp(_with("2 * {}", node.left), node.op, node.right)
        yield ast.BinOp(node.left, node.op, _with("2 * {}", node.right))


def _sign(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
        return
    # The sign of one factor is that of the product.
    is_operand = isinstance(place.parent, ast.BinOp) and (
        isinstance(place.parent.op, ast.Add | ast.Sub) or place.field == "left"
    )
    is_argument = isinstance(place.parent, ast.Call) and place.field == "args" and place.called not in OF_SIZES
    if (is_operand or is_argument or place.is_returned) and isinstance(node, ast.expr):
        if isinstance(node, UNSIGNED) or (isinstance(node, ast.Constant) and not node.value):
            return
        yield ast.UnaryOp(ast.USub(), node)


def _number(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        value = node.value
        yield ast.Constant(value + 1)
        yield ast.Constant(value - 1)
        if value and not place.is_index and place.called not in OF_SIZES and not isinstance(place.parent, ast.keyword):
            yield ast.Constant(value * COARSE)


def _axis(place: Place) -> Changes:
    if isinstance(place.parent, ast.keyword) and isinstance(place.node, ast.Constant):
        if place.parent.arg in ("axis", "axes"):
            yield from (ast.Constant(value) for value in (0, 1, None))
        elif place.parent.arg == "keepdims":
            yield ast.Constant(not place.node.value)


def _keyword(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.Call):
        for at, keyword in enumerate(node.keywords):
            # Whether lengths agree is a guard.
            if keyword.arg != "strict":
                yield ast.Call(node.func, node.args, [*node.keywords[:at], *node.keywords[at + 1 :]])


def _transpose(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    elif place.is_returned or (isinstance(place.parent, ast.BinOp) and isinstance(place.parent.op, ast.MatMult)):
        yield _with("transposed({})", node)


def _comparison(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in OTHER_COMPARISONS.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [other()], node.comparators)


def _function(place: Place) -> Changes:
    node = place.node
    if place.field == "func" and isinstance(node, ast.Attribute):
        for other in OTHER_FUNCTIONS.get(node.attr, ()):
            yield ast.Attribute(node.value, other)
    elif place.field == "func" and isinstance(node, ast.Name):
        for other in OTHER_FUNCTIONS.get(node.id, ()):
            yield ast.Attribute(ast.Name("np"), other)


def _applied(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in CONVERSIONS:
        return
    if isinstance(node, ast.Call) and len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]
    elif isinstance(node, ast.Call) and not node.args and isinstance(node.func, ast.Attribute):
        yield node.func.value


def _symbol(place: Place) -> Changes:
    if isinstance(place.node, ast.Name) and place.field != "func" and place.node.id in place.names:
        yield from (ast.Name(name) for name in place.names if name != place.node.id)


def _index(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.Tuple) and place.field == "slice":
        for at, (one, other) in enumerate(pairwise(node.elts)):
            yield ast.Tuple([*node.elts[:at], other, one, *node.elts[at + 2 :]])
    elif isinstance(node, ast.Slice):
        yield ast.Slice(written("1") if node.lower is None else None, node.upper, node.step)
        yield ast.Slice(node.lower, written("-1") if node.upper is None else None, node.step)
    elif isinstance(node, ast.Subscript):
        yield node.value
    elif place.field == "slice" and isinstance(node, ast.Name | ast.BinOp):
        yield _with("{} - 1", node)
        yield _with("{} + 1", node)


def _range(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
        first, last = node.args if len(node.args) == 2 else (ast.Constant(0), *node.args)
        shown = ast.unparse(first), ast.unparse(last)
        yield from map(written, (f"range({shown[0]} + 1, {shown[1]})", f"range({shown[0]}, {shown[1]} - 1)"))


def _condition(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)
        yield node.body
        yield node.orelse
    elif isinstance(node, ast.If):
        yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        yield ast.If(ast.Constant(True), node.body, node.orelse)
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield ast.comprehension(node.target, node.iter, [], node.is_async)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)


def _einsum(place: Place) -> Changes:
    node = place.node
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[a-z,]+->[a-z]*", node.value):
        for at, (one, other) in enumerate(pairwise(node.value)):
            if one.isalpha() and other.isalpha():
                yield ast.Constant(node.value[:at] + other + one + node.value[at + 2 :])


def _statement(place: Place) -> Changes:
    if isinstance(place.node, ast.stmt) and not isinstance(place.node, ast.Pass):
        yield ast.Pass()


def _returned(place: Place) -> Changes:
    if place.is_returned:
        yield from (ast.Name(name) for name in place.names)


def _precision(place: Place) -> Changes:
    if place.is_returned:
        yield _with(f"np.multiply({{}}, {FINE!r})", place.node)
        yield _with("np.float32({})", place.node)


def _shape(place: Place) -> Changes:
    if place.is_returned:
        yield _with("np.expand_dims({}, 0)", place.node)


KINDS: dict[str, Callable[[Place], Changes]] = {
    "operator": _operator,
    "order": _order,
    "dropped operand": _dropped,
    "doubled term": _doubled,
    "sign": _sign,
    "axis": _axis,
    "number": _number,
    "keyword": _keyword,
    "transpose": _transpose,
    "comparison": _comparison,
    "function": _function,
    "dropped function": _applied,
    "symbol": _symbol,
    "index": _index,
    "range": _range,
    "condition": _condition,
    "einsum": _einsum,
    "dropped statement": _statement,
    "returned": _returned,
    "precision": _precision,
    "shape": _shape,
}
