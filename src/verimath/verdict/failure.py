"""Why a statement fails its check."""

from __future__ import annotations

from dataclasses import dataclass

from ..evaluation import IllFormed
from ..names.scope import Bound
from ..numbers.scalar import Undefined
from ..trials.world import MOST_STEPS, SECONDS, Broken, TooLong


@dataclass(frozen=True)
class Witness:
    """The trial that shows a formula false: where, and the two numbers that should fit.

    `kind` is `sides`, or `loss` for its value before and after an update.
    """

    where: str
    left: str
    right: str
    kind: str = "sides"


class Failure(Exception):
    """Why a statement isn't `holds`: its verdict, where, the evidence, the way out.

    Where a definition is at fault, `bound` is that of `name`, `at` a place in its formula and `read_at` one in the
    statement's own. `is_tie`: it is a strict relation, and its sides are equal to all digits.
    """

    is_tie = False

    def __init__(
        self,
        verdict: str,
        at: int,
        evidence: str,
        way_out: str = "",
        bound: Bound | None = None,
        name: str = "",
        read_at: int = 0,
        witness: Witness | None = None,
    ) -> None:
        super().__init__(verdict, at, evidence, way_out)
        self.verdict, self.at, self.evidence, self.way_out = verdict, at, evidence, way_out
        self.bound, self.name, self.read_at, self.witness = bound, name, read_at, witness

    @classmethod
    def of(cls, error: Exception, at: int, where: str = "") -> Failure:
        """The failure of a statement that has no value on a trial."""
        suffix = f", {where}" if where else ""
        match error:
            case Broken(name=name, bound=bound, error=inner):
                if inner is None:
                    return cls("ill-formed", at, f"`{name}` is ill-formed", "correct its definition", bound, name)
                return cls("ill-formed", inner.at, inner.evidence + suffix, inner.way_out, bound, name, at)
            case IllFormed(at=place, evidence=evidence, way_out=way_out):
                return cls("ill-formed", place, evidence + suffix, way_out)
            case Undefined(evidence=evidence, way_out=way_out):
                return cls("ill-formed", at, evidence + suffix, way_out)
            case TooLong():
                evidence = f"this takes over {SECONDS:g} s, or {MOST_STEPS:,} steps"
                return cls("ill-formed", at, evidence, "declare smaller sizes, or part it")
        raise error
