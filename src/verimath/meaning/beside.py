"""What stands beside an array that has a name of its own, I, 0 or e_i, and so says its size.

X^\\top X + \\lambda I      the other term; \\lambda too, if it is a matrix
(I - K G) \\Sigma          the other term
A A^{-1} = I             the other side
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from .expression import (
    Add,
    Apply,
    Beside,
    Big,
    Call,
    Cases,
    Comparison,
    Dots,
    Fold,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Standard,
)
from .subscripted import numbered_axes

# Of a function's argument, the symbol in whose place it stands; None where there is none.
Parameter = Callable[[Apply, int], Node | None]
Hints = tuple[Beside, ...]


def sized(node: Node, parameter: Parameter, around: Hints = ()) -> Node:
    """An expression whose named arrays know what stands beside them.

    Args:
        node: the expression.
        parameter: the symbol in whose place an argument stands.
        around: what has the shape of the whole expression.
    """
    if not has_standard(node):
        return node

    def inner(part: Node, *hints: Beside) -> Node:
        return sized(part, parameter, hints)

    match node:
        case Standard():
            return replace(node, beside=around)
        case Comparison(sides):
            return replace(node, sides=sized_sides(sides, parameter))
        case Add(terms):
            alone = [inner(term) for term in terms]
            return replace(
                node,
                terms=tuple(
                    inner(term, *(Beside(other) for m, other in enumerate(alone) if m != n), *around)
                    for n, term in enumerate(terms)
                ),
            )
        case Fold("sum", Dots(first, between, last, after) as dots):
            terms = (first, *between, *after, last)
            alone = [inner(term) for term in terms]
            told = [
                inner(term, *(Beside(other) for m, other in enumerate(alone) if m != n), *around)
                for n, term in enumerate(terms)
            ]
            stop = 1 + len(between)
            told_dots = Dots(told[0], tuple(told[1:stop]), told[-1], tuple(told[stop:-1]), at=dots.at)
            return replace(node, dots=told_dots)
        case Product():
            return _product(node, parameter, around)
        case Quotient(above, below):
            return replace(node, above=inner(above, *around), below=inner(below))
        case Negative(value):
            return replace(node, value=inner(value, *around))
        case Power(base, exponent):
            return replace(node, base=inner(base, *around), exponent=inner(exponent))
        case Call(name="transpose" | "inverse transpose" | "adjoint", argument=argument):
            turned = (replace(hint, turned=not hint.turned) for hint in around)
            return replace(node, argument=inner(argument, *turned))
        case Call(name="conjugate", argument=argument):
            return replace(node, argument=inner(argument, *around))
        case Big(body=body):
            parts = [inner(part.node, *(around if part.node is body else ())) for part in node.parts()]
            return _numbered_anew(node.with_parts(parts))
        case Cases(branches, otherwise):
            return replace(
                node,
                branches=tuple(replace(branch, value=inner(branch.value, *around)) for branch in branches),
                otherwise=otherwise and inner(otherwise, *around),
            )
        case Apply(arguments=arguments):
            hints = [parameter(node, n) for n in range(len(arguments))]
            told = [inner(each, *([Beside(hint)] if hint else [])) for each, hint in zip(arguments, hints, strict=True)]
            return replace(node, arguments=tuple(told))
    return node.with_parts(inner(part.node) for part in node.parts())


def _numbered_anew(node: Big) -> Big:
    """What binds letters, of which some number the unit vectors in its body, as many as these have components."""
    inside = [node.body] if node.condition is None else [node.body, node.condition]
    return replace(
        node,
        binders=tuple(
            binder
            if binder.range
            else replace(binder, axes=tuple(axis for part in inside for axis in numbered_axes(part, binder.letter)))
            for binder in node.binders
        ),
    )


def _product(node: Product, parameter: Parameter, around: Hints) -> Node:
    """Of a product, each factor stands beside the one next to it; of one place by place, both have one shape."""
    left, right = sized(node.left, parameter), sized(node.right, parameter)
    if node.kind == "blocks":
        # As large as it may be: only what stands around says how large the factors are together.
        return replace(node, left=left, right=right)
    if node.elementwise:
        before: Hints = (Beside(right), *around)
        after: Hints = (Beside(left), *around)
    else:
        before = (Beside(right, "right"), *(replace(hint, end="first") for hint in around))
        # Two vectors by \\cdot are a number, which says nothing of what stands beside it.
        nearest = left.right if isinstance(left, Product) and not (left.kind or left.sign == "·") else left
        whole = (Beside(left, "left"),) if nearest is not left else ()
        after = (Beside(nearest, "left"), *whole, *(replace(hint, end="last") for hint in around))
    # What stands on the right of a product is beside its last factor, and beside an earlier one if others are numbers.
    return replace(node, left=sized(node.left, parameter, before), right=sized(node.right, parameter, after))


def sized_sides(sides: tuple[Node, ...], parameter: Parameter) -> tuple[Node, ...]:
    """The sides of a chain, which have one shape."""
    if not any(has_standard(side) for side in sides):
        return sides
    alone = [sized(side, parameter) for side in sides]
    return tuple(
        sized(side, parameter, tuple(Beside(other) for m, other in enumerate(alone) if m != n))
        for n, side in enumerate(sides)
    )


def all_below(node: Node) -> Iterator[Node]:
    """A node, all below it, and all that stands beside its named arrays."""
    for part in node.walk():
        yield part
        if isinstance(part, Standard):
            for hint in part.beside:
                yield from all_below(hint.node)


def has_standard(node: Node) -> bool:
    """Whether an expression has a named array in it."""
    return any(isinstance(part.node, Standard) for part in node.occurrences)
