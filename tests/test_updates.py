"""Updates: a step that leads downhill holds, one that leads uphill is false, with the loss before and after it."""

from __future__ import annotations

import pytest

from tests.verdicts import verdict
from verimath.verdict import update as updates

SYMBOLS = (
    r"n, C \in \mathbb{N}^{*}, \quad x \in \mathbb{R}^{n}, \quad W \in \mathbb{R}^{n \times C}, "
    r"\quad \eta \in \mathbb{R}_{+}^{*}, \quad t \in \mathbb{R}"
)
LOSS = r"L \coloneqq \lVert x W \rVert^2"
OF_W = r"L = L(W)"
HALF = r"h \coloneqq (t - 1)^2"

# What stands before the update, the update, and the twin that leads uphill.
DOWNHILL: list[tuple[str, tuple[str, ...], str, str]] = [
    (
        "by its gradient",
        (LOSS,),
        r"W \leftarrow W - \eta \frac{\partial L}{\partial W}",
        r"W \leftarrow W + \eta \frac{\partial L}{\partial W}",
    ),
    (
        "by a gradient written out",
        (LOSS, OF_W),
        r"W \leftarrow W - \eta x^\top x W",
        r"W \leftarrow W + \eta x^\top x W",
    ),
    (
        "by a step that is too long, but for its halvings",
        (LOSS,),
        r"W \leftarrow W - 1000 \frac{\partial L}{\partial W}",
        r"W \leftarrow W + \frac{1}{1000} \frac{\partial L}{\partial W}",
    ),
    (
        "of a number",
        (HALF,),
        r"t \leftarrow t - \eta \frac{\partial h}{\partial t}",
        r"t \leftarrow t - \eta \cdot (-1) \frac{\partial h}{\partial t}",
    ),
    (
        "with weights that decay",
        (LOSS, OF_W),
        r"W \leftarrow (1 - \eta) W - \eta x^\top x W",
        r"W \leftarrow (1 + \eta) W - 0 x^\top x W",
    ),
    (
        "where its gradient is 0 on some trials",
        (),
        r"t \leftarrow t - \eta \frac{\partial (\max(t, 0))}{\partial t}",
        r"t \leftarrow t + \eta \frac{\partial (\max(t, 0))}{\partial t}",
    ),
]


@pytest.mark.parametrize(("before", "down", "up"), [case[1:] for case in DOWNHILL], ids=[case[0] for case in DOWNHILL])
def test_a_step_downhill_holds_and_one_uphill_is_false(before: tuple[str, ...], down: str, up: str) -> None:
    found = verdict(SYMBOLS, *before, down)
    assert (found.verdict, found.role, found.trials, found.worst) == ("holds", "claim", 20, None), found.problem
    wrong = verdict(SYMBOLS, *before, up)
    assert wrong.verdict == "false"
    assert wrong.problem is not None
    assert wrong.problem.witness is not None
    assert wrong.problem.witness.kind == "loss"
    assert float(wrong.problem.witness.left) < float(wrong.problem.witness.right)


def test_a_false_step_says_the_loss_before_and_after_it() -> None:
    """At t = 3 and a step of 1/4, (t - 1)² goes from 4 to 9."""
    wrong = verdict(
        r"\tau \in \{3\}, \quad g \coloneqq (\tau - 1)^2",
        r"\tau \leftarrow \tau + \frac{1}{4} \frac{\partial g}{\partial \tau}",
    )
    assert wrong.problem is not None
    assert str(wrong.problem) == (
        "page.md:7: equation `e1` is false\n"
        "    \\tau \\leftarrow \\tau + \\frac{1}{4} \\frac{\\partial g}{\\partial \\tau}\n"
        "         ^\n"
        "  on trial 0 (seed 0) the loss rises in this direction: 4 before the step, 9 after it\n"
        "  correct the sign of the step"
    )


TWO = "which quantity this update lowers isn't clear"
ILL_FORMED: list[tuple[str, tuple[str, ...], str, str]] = [
    ("no loss", (LOSS,), r"W \leftarrow W - \eta W", TWO),
    ("two losses", (LOSS, OF_W, r"M \coloneqq \lVert W \rVert, \quad M = M(W)"), r"W \leftarrow W - \eta W", TWO),
    (
        "two derivatives",
        (LOSS, HALF),
        r"W \leftarrow W - \eta \frac{\partial L}{\partial W} - \eta \frac{\partial \lVert W \rVert^2}{\partial W}",
        TWO,
    ),
    (
        "no step",
        (LOSS,),
        r"W \leftarrow W - 0 \frac{\partial L}{\partial W}",
        "the gradient is 0 on every trial",
    ),
    (
        "another shape",
        (LOSS,),
        r"W \leftarrow \frac{\partial L}{\partial W} x^\top",
        " has no product",
    ),
    ("a number in its place", (LOSS, OF_W), r"W \leftarrow L", "a number in place of a 2 × 3 matrix"),
    ("an array in its place", (HALF, r"h = h(t)"), r"t \leftarrow x", "a row of 2 in place of a number"),
    ("a loss that is an array", (r"v \coloneqq x t, \quad v = v(t)",), r"t \leftarrow t - 1", "a loss takes a number"),
    ("no value", (HALF,), r"t \leftarrow t - \ln(-\eta) \frac{\partial h}{\partial t}", "ln of the negative number"),
    (
        "a loss beyond floats",
        (r"k \coloneqq \exp(1000 + t)",),
        r"t \leftarrow t - \frac{\partial k}{\partial t}",
        "a number is too large",
    ),
]


@pytest.mark.parametrize(("before", "update", "says"), [c[1:] for c in ILL_FORMED], ids=[c[0] for c in ILL_FORMED])
def test_what_is_no_update_says_why(before: tuple[str, ...], update: str, says: str) -> None:
    found = verdict(SYMBOLS, *before, update)
    assert found.verdict == "ill-formed"
    assert found.problem is not None
    assert says in found.problem.evidence
    assert found.problem.way_out


def test_a_slope_that_is_not_measured_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: were every slope taken for 0, no update would hold."""
    update = r"t \leftarrow t - \eta \frac{\partial h}{\partial t}"
    assert verdict(SYMBOLS, HALF, update).verdict == "holds"
    monkeypatch.setattr(updates, "FLAT", 1e9)
    assert verdict(SYMBOLS, HALF, update).verdict == "ill-formed"
