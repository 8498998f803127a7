"""Figures of the pages on the loss: a logarithm, and how nearly a maximum it is."""

# --8<-- [start:imports]
import numpy as np

from context import probabilities
from divergence_sign import log_below_tangent
from drawing import COLOURS, FAINT, HATCHES, INK, PAPER, canvas, number, svg, symbol
from duality import gain, gap
from gradients import grad_logits
from loss import loss_as_surprise
from loss_stable import logsumexp, loss_from_logits
from softmax import softmax

# --8<-- [end:imports]


# --8<-- [start:figure-log-tangent]
def draw_log_tangent():
    r"""The logarithm, and its tangent at 1, which is nowhere below it."""
    figure, axes = canvas()
    u = np.linspace(0.04, 3.2, 160)
    axes.plot(u, [log_below_tangent(each) for each in u], color=INK, gid="curve-ln")
    axes.plot(u, u - 1, color=INK, linestyle="--", linewidth=1.4)
    axes.plot(1, 0, "o", color=INK, markersize=6)
    axes.axhline(0, color=FAINT, linewidth=0.8)
    axes.text(2.55, 0.35, "ln u")
    axes.text(2.0, 1.45, "u − 1", ha="right")
    axes.annotate("they touch at u = 1", (1, 0), (1.25, -1.35), arrowprops={"arrowstyle": "->", "color": INK})
    axes.set(ylim=(-3.3, 2.3), xticks=(0, 1, 2, 3), yticks=(-3, -2, -1, 0, 1, 2))
    axes.set_yticks((-2, 0, 2), ("−2", "0", "2"))
    return figure
# --8<-- [end:figure-log-tangent]


# --8<-- [start:figure-loss]
def draw_loss():
    r"""The loss against the probability of the right class, and against the gap of two logits."""
    figure, (left, right) = canvas(2.6, 4.8, ncols=2, sharey=True)
    p = np.geomspace(0.005, 1, 120)
    left.plot(p, [loss_as_surprise([each, 1 - each], 1) for each in p], color=COLOURS["L"], gid="curve-surprise")
    for each in (0.01, 0.1, 1):
        left.plot(each, loss_as_surprise([each, 1 - each], 1), "o", color=COLOURS["L"], markersize=5)
    left.text(0.2, 2.35, "÷ 10: + 2.3", color=COLOURS["L"])
    left.set(xlabel="probability of the class", ylabel="loss L", ylim=(-0.2, 5.3))
    left.set_xticks((0, 0.5, 1), ("0", "0.5", "1"))
    t = np.linspace(-5, 5, 121)
    right.plot(t, [loss_from_logits(np.array([each, 0.0]), 1) for each in t], color=COLOURS["L"], gid="curve-gap")
    right.plot(t, np.maximum(0, -t), color=FAINT, linestyle="--", linewidth=1.2)
    right.text(-0.2, 3.2, "slope −1", rotation=0, color=INK)
    right.set(xlabel="lead of its logit", xticks=(-5, 0, 5), xticklabels=("−5", "0", "5"))
    return figure
# --8<-- [end:figure-loss]


# --8<-- [start:figure-logsumexp]
def draw_logsumexp():
    r"""Log-sum-exp of (t, 0, 0) between the largest of the three and ln 3 more."""
    figure, axes = canvas()
    t = np.linspace(-5, 5, 121)
    logits = [np.array([each, 0.0, 0.0]) for each in t]
    largest = np.array([each.max() for each in logits])
    axes.fill_between(t, largest, largest + np.log(3), facecolor=FAINT, alpha=0.15, linewidth=0)
    axes.plot(t, largest, color=COLOURS["logits"], linewidth=1.4, linestyle="--")
    axes.plot(t, largest + np.log(3), color=INK, linewidth=1.4, linestyle=":")
    axes.plot(t, [logsumexp(each) for each in logits], color=INK, gid="curve-lse")
    symbol(axes, 3.9, 3.3, "m", "logits", va="top")
    axes.text(2.2, 4.1, "m + ln 3", ha="right")
    end = (-1.5, logsumexp(np.array([-1.5, 0, 0])))
    axes.annotate("log-sum-exp", end, (-4.6, 2.6), arrowprops={"arrowstyle": "->", "color": INK})
    axes.set_xticks((-4, -2, 0, 2, 4), ("−4", "−2", "0", "2", "4"))
    axes.set(xlabel="first logit, the two others 0", yticks=(0, 2, 4, 6))
    return figure
# --8<-- [end:figure-logsumexp]


# --8<-- [start:figure-difference]
def draw_difference():
    r"""Three logits' probabilities, the right answer, and their difference, as bars."""
    figure, axes = canvas(2.7, 4.6)
    S, Y = probabilities(np.array([0.5, 0.0, 1.0])), np.array([0.0, 1.0, 0.0])
    rows = {"S": S, "Y": Y, "gradient": grad_logits(S, Y)}
    for place, (quantity, values) in enumerate(rows.items()):
        for component, value in enumerate(values):
            at = component + 0.29 * (place - 1)
            colour = COLOURS[quantity]
            face = colour if quantity == "S" else PAPER
            axes.bar(at, value, 0.25, facecolor=face, edgecolor=colour, hatch=HATCHES[quantity])
            axes.text(at, value + (0.03 if value >= 0 else -0.03), number(value), size=9.5, color=colour,
                      ha="center", va="bottom" if value >= 0 else "top")  # fmt: skip
    for quantity, said, x in (("S", "S", 2.6), ("Y", "Y", 2.6), ("gradient", "S − Y", 2.6)):
        y = {"S": 0.95, "Y": 0.7, "gradient": 0.45}[quantity]
        face = COLOURS[quantity] if quantity == "S" else PAPER
        axes.bar(x, 0.13, 0.16, y, facecolor=face, edgecolor=COLOURS[quantity], hatch=HATCHES[quantity])
        symbol(axes, x + 0.15, y + 0.065, said, quantity, va="center", size=12)
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks((0, 1, 2), ("class 1", "class 2\n(the right one)", "class 3"))
    axes.tick_params(axis="x", length=0, pad=8)
    axes.set(ylim=(-1.0, 1.15), xlim=(-0.5, 3.15))
    axes.set_yticks((-1, 0, 1), ("−1", "0", "1"))
    return figure
# --8<-- [end:figure-difference]


# --8<-- [start:figure-dual]
def draw_dual():
    r"""What a choice between two classes gains, against the probability of the first."""
    figure, axes = canvas()
    logits = np.array([1.0, 0.0])
    p = np.linspace(0, 1, 101)
    gains = [gain(np.array([each, 1 - each]), logits) for each in p]
    best = softmax(logits)
    top, chosen = logsumexp(logits), np.array([0.25, 0.75])
    axes.plot(p, gains, color=INK, gid="curve-gain")
    axes.axhline(top, color=FAINT, linestyle="--", linewidth=1.2)
    axes.text(0.02, top + 0.05, "log-sum-exp")
    axes.plot(best[0], top, "o", color=COLOURS["S"])
    axes.text(best[0], top + 0.04, f"softmax: {number(best[0])}", ha="center", va="bottom", color=COLOURS["S"])
    low = gain(chosen, logits)
    look = {"arrowstyle": "<->", "color": INK, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (0.25, low), (0.25, low + gap(chosen, logits)), arrowprops=look)
    axes.text(0.23, (low + top) / 2 + 0.06, "a divergence", ha="right", va="center", size=10)
    axes.set_xticks((0, 0.5, 1), ("0", "0.5", "1"))
    axes.set_yticks((0, 0.5, 1), ("0", "0.5", "1"))
    axes.set(xlabel="share of the first class", ylabel="gain", ylim=(-0.05, 1.55))
    return figure
# --8<-- [end:figure-dual]


if __name__ == "__main__":
    # --8<-- [start:figure-log-tangent-demo]
    print(svg(
        draw_log_tangent(),
        "The logarithm and its tangent at 1",
        "The line u − 1 touches the curve of the logarithm at u = 1, where both are 0. Everywhere else, the "
        "curve lies below the line: the gap grows slowly on the right, and without bound as u tends to 0.",
    ))
    # --8<-- [end:figure-log-tangent-demo]

    # --8<-- [start:figure-loss-demo]
    print(svg(
        draw_loss(),
        "The loss, against the probability of the right class and against the lead of its logit",
        "On the left, the loss falls from more than 5 to 0 as the probability given to the right class goes "
        "from almost 0 to 1; three points, at 1, 0.1 and 0.01, each stand 2.3 above the one before. On the "
        "right, the loss against the lead of the right logit over the other: a slope of −1 on the left, a "
        "bend at the origin, where it is 0.69, and almost 0 on the right.",
    ))
    # --8<-- [end:figure-loss-demo]

    # --8<-- [start:figure-logsumexp-demo]
    print(svg(
        draw_logsumexp(),
        "Log-sum-exp between its two bounds",
        "Three logits, two of which are 0, while the first goes from −5 to 5. The largest of the three, m, is "
        "0 and then follows the first. A band of height ln 3 rests on it. The curve of log-sum-exp stays "
        "within it: at height ln 2 on the left, at the top of the band where the three are equal, very near m "
        "on the right.",
    ))
    # --8<-- [end:figure-logsumexp-demo]

    # --8<-- [start:figure-difference-demo]
    print(svg(
        draw_difference(),
        "The probabilities, the right answer and their difference",
        "Three groups of bars, one for each class. Probabilities S: 0.31, 0.19 and 0.51. Right answer Y: 0, 1 "
        "and 0. Difference S − Y: 0.31, −0.81 and 0.51. Only the bar of the right class goes below zero.",
    ))
    # --8<-- [end:figure-difference-demo]

    # --8<-- [start:figure-dual-demo]
    print(svg(
        draw_dual(),
        "The gain of a choice between two classes",
        "The logits are 1 and 0. The curve of the gain, against the share of the first class, rises from 0 "
        "until it touches the height of log-sum-exp, 1.31, where that share is softmax’s, 0.73, then comes "
        "down to 1. At a share of 0.25, an arrow marks what is missing up to log-sum-exp: a divergence.",
    ))
    # --8<-- [end:figure-dual-demo]
