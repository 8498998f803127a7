"""Figures of the pages on softmax: what it keeps, what it forgets, its temperature, and what a bias moves."""

# --8<-- [start:imports]
import numpy as np

from drawing import COLOURS, FAINT, HATCHES, INK, PAPER, canvas, number, svg
from softmax import softmax
from softmax_derivatives import softmax_at

# --8<-- [end:imports]

# --8<-- [start:figure-scores]
def draw_scores():
    r"""Three scores, and below them the probabilities that softmax makes of them."""
    figure, (above, below) = canvas(2.9, 3.8, nrows=2, sharex=True)
    a = np.array([1.0, 2.0, 5.0])
    for axes, values, quantity, digits in ((above, a, "logits", 0), (below, softmax(a), "S", 2)):
        look = {"facecolor": COLOURS["S"] if quantity == "S" else PAPER, "hatch": HATCHES[quantity]}
        axes.bar(range(3), values, 0.5, edgecolor=COLOURS[quantity], **look)
        for place, value in enumerate(values):
            above_it = value + 0.03 * values.max()
            axes.text(place, above_it, number(value, digits), ha="center", color=COLOURS[quantity])
        axes.set(ylim=(0, 1.2 * values.max()), yticks=())
        axes.spines["left"].set_visible(False)
    above.set_ylabel("scores a")
    below.set_ylabel("probabilities S")
    below.set_xticks(range(3), ("class 1", "class 2", "class 3"))
    for axes in (above, below):
        axes.tick_params(axis="x", length=0)
    return figure
# --8<-- [end:figure-scores]


# --8<-- [start:figure-simplex]
CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3) / 2]])  # one for each class


def on_the_triangle(S):
    r"""Place of three probabilities: each corner weighs as much as its class is probable.

    Args:
        S: (..., 3) probabilities, summing to 1.

    Returns:
        (..., 2) coordinates.
    """
    return S @ CORNERS


def draw_simplex():
    r"""The triangle of all probabilities of three classes, and what softmax makes of straight lines."""
    figure, axes = canvas(2.9, 3.6)
    axes.fill(*CORNERS.T, facecolor="none", edgecolor=INK, linewidth=1)
    rays = np.linspace(-9, 9, 121)
    for direction in np.array([[1, -1, 0], [0, 1, -1], [-1, 0, 1]]):
        images = on_the_triangle(np.array([softmax(t * direction) for t in rays]))
        axes.plot(*images.T, color=FAINT, linewidth=1, linestyle=(0, (3, 2)))
    path = on_the_triangle(np.array([softmax(t * np.array([1.0, 2.0, 5.0])) for t in np.linspace(0, 2, 61)]))
    axes.plot(*path.T, color=COLOURS["S"], gid="curve-path")
    for factor, said in ((0, "all equal"), (1, "(1, 2, 5)")):
        x, y = on_the_triangle(softmax(factor * np.array([1.0, 2.0, 5.0])))
        axes.plot(x, y, "o", color=COLOURS["S"], markersize=7)
        beside = (x + 0.1, y) if factor else (x + 0.03, y - 0.07)
        axes.text(*beside, said, va="center", color=COLOURS["S"], size=10.5)
    for corner, (x, y), (dx, dy) in zip((1, 2, 3), CORNERS, ((-0.03, -0.09), (0.03, -0.09), (0, 0.05)), strict=True):
        axes.text(x + dx, y + dy, f"class {corner}", ha="center")
    axes.set(xlim=(-0.15, 1.15), ylim=(-0.1, 0.95), aspect="equal")
    axes.axis("off")
    return figure
# --8<-- [end:figure-simplex]


# --8<-- [start:figure-heat]
def draw_heat():
    r"""The softmax of (1, 2, 5) at five temperatures, as bars."""
    a, temperatures = np.array([1.0, 2.0, 5.0]), (0.5, 1, 2, 5, 20)
    figure, axes = canvas(2.5, 4.6)
    for place, tau in enumerate(temperatures):
        for component, (S, hatch) in enumerate(zip(softmax_at(a, tau), ("....", "////", ""), strict=True)):
            look = {"facecolor": PAPER if hatch else COLOURS["S"], "edgecolor": COLOURS["S"], "hatch": hatch}
            axes.bar(place + 0.27 * (component - 1), S, 0.24, **look)
        axes.text(place + 0.27, S + 0.02, number(S), ha="center", color=COLOURS["S"])
    axes.set_xticks(range(5), [f"τ = {tau:g}" for tau in temperatures])
    axes.set(ylim=(0, 1.1), yticks=(0, 0.5, 1), yticklabels=("0", "0.5", "1"), ylabel="probability")
    axes.tick_params(axis="x", length=0)
    return figure
# --8<-- [end:figure-heat]



# --8<-- [start:figure-bias]
def draw_bias():
    r"""The probabilities of three classes along one input, without a bias and with one."""
    figure, panels = canvas(ncols=2, sharey=True)
    x, W = np.linspace(-4, 4, 81), np.array([-1.0, 0.0, 1.0])
    for axes, bias, said in zip(panels, (0.0, 1.5), ("without a bias", "with a bias"), strict=True):
        S = np.array([softmax(each * W + np.array([0.0, bias, 0.0])) for each in x])
        axes.plot(x, S[:, ::2], color=COLOURS["S"])
        axes.plot(x, S[:, 1], color=COLOURS["S"], linestyle=(0, (5, 2)), gid=f"curve-{bias:g}")
        axes.plot(0, S[40, 1], "o", color=COLOURS["S"])
        axes.text(0.8, S[40, 1] + 0.08, number(S[40, 1]), color=COLOURS["S"], va="center")
        axes.axvline(0, color=FAINT, linewidth=0.8, zorder=0)
        axes.set(title=said, xlabel="input x", ylim=(0, 1.02), yticks=(0, 0.5, 1))
        axes.set_xticks((-4, 0, 4), ("−4", "0", "4"))
    panels[0].set_yticks((0, 0.5, 1), ("0", "0.5", "1"))
    panels[0].set_ylabel("probability")
    return figure
# --8<-- [end:figure-bias]


if __name__ == "__main__":
    # --8<-- [start:figure-scores-demo]
    print(svg(
        draw_scores(),
        "Three scores and their probabilities",
        "Two rows of three bars. Above, the scores: 1, 2 and 5. Below, their probabilities: 0.02, 0.05 and "
        "0.94. The order is the same, but the third bar dwarfs the two others.",
    ))
    # --8<-- [end:figure-scores-demo]

    # --8<-- [start:figure-simplex-demo]
    print(svg(
        draw_simplex(),
        "The triangle of the probabilities of three classes",
        "A triangle, each corner of which is a class that has all the probability. In the middle, scores that "
        "are all equal. A curve starts there, the image of the multiples of (1, 2, 5): it passes near the "
        "corner of class 3, where the image of (1, 2, 5) lies, and tends to that corner without reaching it. "
        "Three dashed lines of scores become the curves along which one difference of scores grows and "
        "another shrinks.",
    ))
    # --8<-- [end:figure-simplex-demo]

    # --8<-- [start:figure-heat-demo]
    print(svg(
        draw_heat(),
        "The softmax of (1, 2, 5) at five temperatures",
        "Five groups of three bars. At temperature 0.5, the third probability is almost 1. It falls as the "
        "temperature rises, to 0.94 at 1, then further; at 20, the three bars are almost of the same height, "
        "a third.",
    ))
    # --8<-- [end:figure-heat-demo]

    # --8<-- [start:figure-bias-demo]
    print(svg(
        draw_bias(),
        "Three classes along one input, without a bias and with one",
        "Two panels with three curves of probability. Without a bias, the curve of the first class falls, that of "
        "the third rises, and that of the second, dashed, rises and falls; at an input of 0, all three are 0.33. "
        "With a bias of 1.5 for the second class, its curve is higher, and reaches 0.69 there.",
    ))
    # --8<-- [end:figure-bias-demo]
