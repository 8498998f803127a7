r"""The mutants of a statement: changed one place at a time, and printed.

What can only weaken a claim isn't changed, from = to \leq or the range of \forall to a part of it: that is true
whenever the claim is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..latex.write import Writer
from ..meaning.expression import Node, Range
from ..meaning.signs import RELATIONS
from ..meaning.statement import Claim, Definition, Reach
from ..message.frozen import frozen
from .changes import KINDS, shifted
from .confusable import Likeness
from .positions import Sentence, changed, places, spliced

# The kinds of changes that are made beside the trees; "bound ±1" is made in them too.
STATEMENT_KINDS = ("relation", "dropped condition", "bound ±1")


@frozen
class Mutant:
    """A statement changed in one place.

    Attributes:
        kind: of the change, one of `KINDS` or `STATEMENT_KINDS`.
        at: where in the formula's TeX the part stands that was changed.
        before, after: the part and what it was changed to.
        tex: the whole statement, changed.
    """

    kind: str
    at: int
    before: str
    after: str
    tex: str


@frozen
class _Changed:
    """A statement changed in one place, before it is printed."""

    kind: str
    at: int
    before: str
    after: str
    sentence: Sentence


def mutants(sentence: Sentence, like: Likeness) -> Iterator[Mutant]:
    """All mutants of a statement, or of a definition and the claim that it goes on as; each one once."""
    writer = Writer(like.page.functions)
    seen = {writer.sentence(sentence)}
    for found in (*_in_trees(sentence, like, writer), *_beside_trees(sentence, writer)):
        tex = writer.sentence(found.sentence)
        if tex not in seen:
            seen.add(tex)
            yield Mutant(found.kind, found.at, found.before, found.after, tex)


def _in_trees(sentence: Sentence, like: Likeness, writer: Writer) -> Iterator[_Changed]:
    for place in places(sentence, like.axes):
        for kind, change in KINDS.items():
            for node in change(place, like):
                before, after = _shown(place.node, writer), _shown(node, writer)
                yield _Changed(kind, place.node.at, before, after, changed(sentence, place, node))


def _shown(node: Node, writer: Writer) -> str:
    return writer.range(node) if isinstance(node, Range) else writer.whole(node)


def _beside_trees(sentence: Sentence, writer: Writer) -> Iterator[_Changed]:
    *first, last = sentence
    if isinstance(last, Claim):
        for n, (relation, at) in enumerate(zip(last.relations, last.places, strict=True)):
            for other in RELATIONS[relation].other_claims:
                claim = replace(last, relations=spliced(last.relations, n, n + 1, other))
                yield _Changed("relation", at, RELATIONS[relation].tex, RELATIONS[other].tex, (*first, claim))
        for n, condition in enumerate(last.reach.conditions):
            reach = replace(last.reach, conditions=spliced(last.reach.conditions, n, n + 1))
            yield _Changed("dropped condition", condition.at, _shown(condition, writer), "", _within(sentence, reach))
    if isinstance(last, Claim | Definition):
        for n, quantifier in enumerate(last.reach.quantifiers):
            for over in _ranges(quantifier.over, defines=isinstance(sentence[0], Definition)):
                quantifiers = spliced(last.reach.quantifiers, n, n + 1, replace(quantifier, over=over))
                within = _within(sentence, replace(last.reach, quantifiers=quantifiers))
                before = _shown(quantifier.over, writer) if isinstance(quantifier.over, Range) else ""
                yield _Changed("bound ±1", quantifier.at, before, _shown(over, writer), within)


def _within(sentence: Sentence, reach: Reach) -> Sentence:
    return tuple(replace(part, reach=reach) if isinstance(part, Claim | Definition) else part for part in sentence)


def _ranges(over: object, defines: bool) -> Iterator[Range]:
    r"""Other ranges of \forall: wider ones for a claim, and for a definition narrower ones too."""
    if isinstance(over, Range):
        yield replace(over, first=shifted(over.first, -1))
        yield replace(over, last=shifted(over.last, 1))
        if defines:
            yield replace(over, first=shifted(over.first, 1))
            yield replace(over, last=shifted(over.last, -1))
