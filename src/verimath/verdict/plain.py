"""A verdict as JSON can hold it, and back."""

from __future__ import annotations

from dataclasses import asdict, astuple
from typing import Any, TypedDict

from ..kept.kinds import fits
from ..message.refusal import Refusal, Witness
from ..message.source import Span
from .check import VERDICTS, Verdict
from .worked import as_record


def as_plain(verdict: Verdict) -> dict[str, Any]:
    """A verdict by its fields, its problem as a table of the refusal's."""
    problem = verdict.problem
    record = None if verdict.record is None else asdict(verdict.record)
    return {**vars(verdict), "problem": _refusal(problem) if problem is not None else None, "record": record}


def as_verdict(kept: dict[str, Any]) -> Verdict:
    """The verdict that was kept.

    Raises:
        TypeError, KeyError, ValueError: where something else was.
    """
    problem = kept["problem"]
    record = as_record(kept["record"])
    found = Verdict(**{**kept, "problem": None if problem is None else _read(problem), "record": record})
    if not fits(found, Verdict) or found.verdict not in VERDICTS:
        raise TypeError(kept)
    return found


class _Refused(TypedDict):
    """A refusal, as it is kept."""

    why: str
    way_out: str
    rule: int
    what: str
    at: int | None
    where: str | None
    span: tuple[str, int, int, str] | None
    witness: tuple[str, str, str, str] | None


def _refusal(refusal: Refusal) -> _Refused:
    return {
        "why": refusal.why,
        "way_out": refusal.way_out,
        "rule": refusal.rule,
        "what": refusal.what,
        "at": refusal.at,
        "where": refusal.where,
        "span": None if refusal.span is None else astuple(refusal.span),
        "witness": None if refusal.witness is None else astuple(refusal.witness),
    }


def _read(kept: Any) -> Refusal:
    if not fits(kept, _Refused):
        raise TypeError(kept)
    span, witness = kept.pop("span"), kept.pop("witness")
    return Refusal(
        **kept,
        span=None if span is None else Span(*span),
        witness=None if witness is None else Witness(*witness),
    )
