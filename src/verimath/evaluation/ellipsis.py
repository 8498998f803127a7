"""What stands where dots are printed: the entries from the first to the last, in equal steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..meaning.expression import Add, Call, Dots, Index, Name, Negative, Node, Number, Product, Quotient, Standard
from ..message.refusal import Refusal
from ..numbers.dual import plain
from ..numbers.scalar import is_complex
from .in_full import BEGINNINGS, in_full
from .varying import along, at_number, changes, paired, replaced, symbols_of

# More entries than that are a mistake in a bound.
MOST = 10_000
AGREE = 1e-9
# Of dots, on the page about the language.
RULE = 12


def with_prefix(dots: Dots, evaluate: Callable[[Node], Any]) -> tuple[tuple[Node, ...], Dots]:
    """Terms that stand before those that the dots go on with, as in b + w_1 + … + w_n, and the dots without them.

    A term that doesn't fit belongs before them only if it is of another kind; of the same kind, it is a mistake.
    """
    dots = _filled(dots, evaluate)
    if dots.alternates:
        return (), dots
    printed = (dots.first, *dots.between)
    near, before = printed[-1], len(printed) - 1
    places = changes(near, dots.last)
    own = before
    while own > 0 and _is_kin(printed[own - 1], near, dots.last, places, own - 1 - before, evaluate):
        own -= 1
    return printed[:own], replace(dots, first=printed[own], between=printed[own + 1 :])


def _is_kin(
    entry: Node,
    near: Node,
    last: Node,
    places: list[tuple[Node, Node]],
    steps: int,
    evaluate: Callable[[Node], Any],
) -> bool:
    """Whether an entry differs from its neighbour by whole numbers only, or has the value that the dots say."""
    try:
        differences = changes(entry, near)
        if differences and all(isinstance(evaluate(a), int) and isinstance(evaluate(b), int) for a, b in differences):
            return True
        starts = [_whole(a, evaluate) for a, _ in places]
        return _agree(evaluate(entry), evaluate(replaced(near, last, iter([start + steps for start in starts]))))
    except Refusal:
        return False


def listed(dots: Dots, evaluate: Callable[[Node], Any], arrays: bool = False, folded: bool = False) -> list[Any]:
    """The values of all entries, which may be `arrays` where that is said; where they are `folded`, there may be none.

    Raises:
        Refusal: where the entries determine nothing, or a printed one doesn't fit.
    """
    dots = _filled(dots, evaluate)
    try:
        make, count = _sequence(dots, evaluate)
    except Refusal as refusal:
        if dots.after and refusal.rule == RULE:
            what = "what stands behind the dots doesn't go on with what stands before them"
            raise Refusal(what, "put brackets around what they abbreviate", rule=RULE, at=dots.last.at) from None
        raise
    if not (count or folded):
        raise _astray()
    values = [evaluate(make(n)) for n in range(count)]
    if not arrays and (array := next((value for value in values if hasattr(value, "shape")), None)):
        raise Refusal(f"{array} as an entry", "write its components, or number it by a letter: Q_i", rule=18)
    for value, entry in zip(values, (dots.first, *dots.between)[:-1], strict=False):
        refuse_misfit(evaluate(entry), value)
    for place, entry in enumerate(reversed(dots.after), 2):
        if place <= count:
            refuse_misfit(evaluate(entry), values[-place], "behind")
        else:
            _refuse_unlike(entry, make(count - place), evaluate)
    return values


def _beside(dots: Dots) -> list[Node]:
    """The entries that are printed."""
    return [dots.first, *dots.between, dots.last, *dots.after]


def _filled(dots: Dots, evaluate: Callable[[Node], Any]) -> Dots:
    """Dots whose entries have what print leaves out: the powers by 1, and by 0, which are numbers for numbers alone.

    Raises:
        Refusal: where a number stands for a matrix.
    """
    full = in_full(dots)
    for printed, entry in zip(_beside(dots), _beside(full), strict=True):
        if printed != entry and isinstance(printed, Number) and hasattr(array := evaluate(entry), "shape"):
            raise Refusal(f"a number beside {array}", "write I, the matrix's power by 0", rule=17, at=printed.at)
        if printed != entry and isinstance(printed, Standard) and not hasattr(evaluate(entry), "shape"):
            raise Refusal(
                "an identity matrix beside a number", "write 1, the number's power by 0", rule=17, at=printed.at
            )
    return full


def refuse_misfit(printed: Any, value: Any, where: str = "before") -> None:
    """Refuse an entry before the dots, or behind them, that isn't what the others say.

    Raises:
        Refusal: where the two differ.
    """
    if not _agree(printed, value):
        way_out = "correct it, or put brackets around what the dots abbreviate"
        raise Refusal(f"an entry {where} the dots doesn't fit the others", way_out, rule=RULE)


def _refuse_unlike(printed: Node, node: Node, evaluate: Callable[[Node], Any]) -> None:
    """Refuse an entry behind the dots that isn't what the others say of one before the first: of n - 1, n, where n = 1.

    Raises:
        Refusal: where the whole numbers in the two differ.
    """
    if any(_whole(a, evaluate) != _whole(b, evaluate) for a, b in changes(printed, node)):
        refuse_misfit(0, 1, "behind")


def _astray() -> Refusal:
    what = "the steps of the entries don't lead to the last one"
    way_out = "correct the entries beside the dots, or restrict their letter, such as by \\text{if} n \\geq 2"
    return Refusal(what, way_out, rule=RULE)


def entries(dots: Dots, evaluate: Callable[[Node], Any]) -> list[Node]:
    """All entries, from the first to the last."""
    make, count = _sequence(_filled(dots, evaluate), evaluate)
    if not count:
        raise _astray()
    return [make(n) for n in range(count)]


def _sequence(dots: Dots, evaluate: Callable[[Node], Any]) -> tuple[Callable[[int], Node], int]:
    """What makes an entry by its number from 0 on, and how many there are.

    The entry before the dots and the one after them are the same but for whole numbers in the same places, such as x_2
    and x_n; each of these rises or falls by 1, or by what the entry before says. The entries printed first must fit.

    Raises:
        Refusal: where the entries determine nothing.
    """
    if dots.alternates:
        return _alternating(dots, evaluate)
    printed = tuple(_settled(entry, evaluate) for entry in (dots.first, *dots.between))
    dots = Dots(printed[0], printed[1:], _settled(dots.last, evaluate), at=dots.at)
    near, before = printed[-1], len(printed) - 1
    places = changes(near, dots.last)
    if not places:
        raise Refusal("the entries beside the dots are the same", "write entries that differ by their index", rule=RULE)
    starts = [_whole(a, evaluate) for a, _ in places]
    ends = [_whole(b, evaluate) for _, b in places]
    steps = _steps(printed, dots.last, starts, evaluate) or [
        1 if before else _direction(*place, start, end) for place, start, end in zip(places, starts, ends, strict=True)
    ]
    seen = _seen(near, dots.last)
    for (_, end), start, step in zip(places, starts, steps, strict=True):
        _refuse_two_ways(end, [start + step * n for n in range(-before, 2)], seen, evaluate)
    if not before:
        # Backwards, the first entry may say another sequence: n^2 + \dots + 1.
        seen = _seen(dots.last, near)
        for (start_node, _), end_number, step in zip(places, ends, steps, strict=True):
            _refuse_two_ways(start_node, [end_number, end_number - step], seen, evaluate)
    for a, _ in places:
        _refuse_computed(a)
    counts = {(end - start) / step for start, end, step in zip(starts, ends, steps, strict=True)}
    if len(counts) != 1:
        raise Refusal("what changes between the entries doesn't change in step", "write entries of one kind", rule=RULE)
    count = counts.pop()
    if count != int(count) or count < -before - 1:
        raise _astray()
    last = before + int(count)
    if last >= MOST:
        raise Refusal(f"dots for {last + 1} entries", "correct the last one")

    def make(n: int) -> Node:
        numbers = (start + step * (n - before) for start, step in zip(starts, steps, strict=True))
        return replaced(near, dots.last, numbers)

    return make, last + 1


def _refuse_computed(node: Node) -> None:
    """Refuse what is whole by chance, such as \\binom{n}{2}, in the place of a number that goes on by equal steps.

    Raises:
        Refusal: where it isn't a letter or a number, or made of them by sums and by multiples.
    """
    match node:
        case Number() | Name() | Index() | Call("floor" | "ceil"):
            return
        case Negative(inner) | Product(Number(), inner) | Quotient(inner, Number()):
            _refuse_computed(inner)
        case Add(terms):
            for term in terms:
                _refuse_computed(term)
        case _:
            raise Refusal(
                "what stands before the dots isn't written as what stands behind them",
                "write both alike, as in 1 \\binom{n}{1} and n \\binom{n}{n}; or a sum or product with its letter",
                rule=RULE,
                at=node.at,
            )


def _direction(near: Node, last: Node, start: int, end: int) -> int:
    """Where entries go from the only one before the dots: up from a number, down to one, else as their values do."""
    is_near, is_last = (isinstance(_without_sign(node), Number) for node in (near, last))
    if is_near != is_last:
        return 1 if is_near else -1
    return 1 if end >= start else -1


def _alternating(dots: Dots, evaluate: Callable[[Node], Any]) -> tuple[Callable[[int], Node], int]:
    """The same of terms whose signs alternate, which go on as they do without them.

    Raises:
        Refusal: where the last one has another sign than it would have by its number.
    """
    printed = [dots.first, *dots.between]
    first, *between = map(_without_sign, printed)
    make, count = _sequence(Dots(first, tuple(between), _without_sign(dots.last), at=dots.at), evaluate)

    def make_with_sign(n: int) -> Node:
        is_negative = isinstance(printed[0], Negative) != bool(n % 2)
        return Negative(make(n)) if is_negative else make(n)

    if count and isinstance(make_with_sign(count - 1), Negative) != isinstance(dots.last, Negative):
        what = "signs alternate before the dots, and the last entry has the other one"
        raise Refusal(what, "write its sign as a power, such as (-1)^n x^n", rule=RULE, at=dots.last.at)
    return make_with_sign, count


def _without_sign(node: Node) -> Node:
    return node.value if isinstance(node, Negative) else node


def _seen(a: Node, b: Node) -> list[Node]:
    """What the last entry has where it differs, but for subscripts: of components, all are meant."""
    if a == b or isinstance(a, Index):
        return []
    pairs = paired(a, b)
    return [b] if pairs is None else [found for x, y in pairs for found in _seen(x, y)]


def _refuse_two_ways(last: Node, numbers: list[int], seen: list[Node], evaluate: Callable[[Node], Any]) -> None:
    """Refuse entries that go on by equal steps, and as well as their last one does for the next values of its letter.

    Args:
        last: what changes, as the last entry has it.
        numbers: what it is in the printed entries, and the one that equal steps lead to.
        seen: of the last entry, what isn't a subscript.
        evaluate: gives the value of an expression.

    Raises:
        Refusal: where `last` gives the same printed entries, and another one behind them.
    """
    letters = symbols_of(last)
    if len(letters) != 1 or not any(last is each for each in seen):
        return
    [letter] = letters
    for first in BEGINNINGS:
        values = [_whole(at_number(last, letter, first + n), evaluate) for n in range(len(numbers))]
        if values[:-1] == numbers[:-1] and values != numbers:
            raise Refusal(
                f"the dots begin with {numbers[-1]}, by equal steps, or with {values[-1]}, as their last entry is made",
                r"write one more entry before the dots, or \sum or \prod with a letter",
                rule=RULE,
                at=last.at,
            )


def _settled(node: Node, evaluate: Callable[[Node], Any]) -> Node:
    """An entry whose subscripts are read in one way, since it is known how many axes their array has."""
    if not any(isinstance(part, Index) and part.whole is not None for part in node.walk()):
        return node
    if isinstance(node, Index) and node.whole is not None:
        axes = len(getattr(evaluate(node.array), "shape", ()))
        return node.meant(axes) if axes == 1 else replace(node, whole=None)
    return node.with_parts([_settled(part.node, evaluate) for part in node.parts()])


def _whole(node: Node, evaluate: Callable[[Node], Any]) -> int:
    value = plain(evaluate(node))
    if hasattr(value, "shape") or is_complex(value) or value != int(value):
        way_out = "number the entries by 1, 2, …, or write one more before the dots"
        raise Refusal("what changes between the entries isn't a whole number", way_out, rule=RULE)
    return int(value)


def _steps(
    printed: tuple[Node, ...],
    last: Node,
    starts: list[int],
    evaluate: Callable[[Node], Any],
) -> list[int]:
    """The step at each place between the two entries before the dots; empty where they show none."""
    if len(printed) < 2:
        return []
    shown = along(printed[-2], printed[-1], last)
    try:
        steps = [start - _whole(node, evaluate) for node, start in zip(shown, starts, strict=True)] if shown else []
    except Refusal:
        return []
    return steps if all(steps) else []


def _agree(a: Any, b: Any) -> bool:
    if hasattr(a, "shape") or hasattr(b, "shape"):
        alike = hasattr(a, "shape") and hasattr(b, "shape") and a.shape == b.shape and a.column == b.column
        return bool(alike and all(map(_agree, a.entries.flat, b.entries.flat)))
    x, y = plain(a), plain(b)
    return bool(abs(x - y) <= AGREE * max(abs(x), abs(y), 1e-300))
