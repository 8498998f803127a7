"""Figures of the pages on gradients: how they flow back, and the tables that they are."""

# --8<-- [start:imports]
import numpy as np

from batches import batch_logits, batch_softmax, losses, one_hot_rows
from batches_gradients import batch_grad_logits, batch_grad_W
from context import linear, one_hot, probabilities
from drawing import COLOURS, INK, PAPER, canvas, number, svg, symbol
from gradients import grad_logits
from gradients_input import input_from_logits
from gradients_weights import weights_from_logits
from hidden_layer import slopes, units

# --8<-- [end:imports]


# --8<-- [start:figure-graph]
BOXES = {  # place of the middle, symbol, what it is
    "X": (0, 3, "X", "(D), known"),
    "W": (1.7, 3, "W", "(D, C), sought"),
    "logits": (0.85, 2, "λ", "(C)"),
    "y": (3.0, 2, "y", "integer, known"),
    "S": (0.85, 1, "S", "(C)"),
    "Y": (3.0, 1, "Y", "(C)"),
    "L": (1.95, 0, "L", "number"),
}
# From one place to another, by what; where that is written, and on which side of it.
FORWARD = (
    ((0.1, 2.72), (0.55, 2.3), "", (0, 0), "left"),
    ((1.6, 2.72), (1.15, 2.3), "product", (0.85, 2.6), "center"),
    ((0.75, 1.72), (0.75, 1.3), "softmax", (0.68, 1.52), "right"),
    ((3, 1.72), (3, 1.3), "one-hot", (2.93, 1.52), "right"),
    ((1.2, 0.72), (1.7, 0.3), "", (0, 0), "left"),
    ((2.75, 0.72), (2.2, 0.3), "divergence", (2.6, 0.44), "left"),
)
BACKWARD = (
    ((1.5, 0.3), (1.0, 0.72), "∂L/∂S", (1.15, 0.46), "right"),
    ((0.95, 1.3), (0.95, 1.72), "S − Y", (1.03, 1.52), "left"),
    ((1.35, 2.3), (1.8, 2.72), "∂L/∂W", (1.68, 2.5), "left"),
    ((0.35, 2.3), (-0.1, 2.72), "∂L/∂X", (0.02, 2.5), "right"),
)


def draw_graph():
    r"""What is computed from what, and the gradients on their way back."""
    figure, axes = canvas(5.0, 4.5)
    for name, (x, y, said, shape) in BOXES.items():
        axes.bar(x, 0.56, 1.3, y - 0.28, facecolor=PAPER, edgecolor=COLOURS.get(name, INK), linewidth=1.8)
        symbol(axes, x, y + 0.02, said, name, ha="center", size=16)
        axes.text(x, y - 0.2, shape, ha="center", size=9.5)
    for arrows, colour, dashes in ((FORWARD, INK, "-"), (BACKWARD, COLOURS["gradient"], (0, (4, 2)))):
        look = {"arrowstyle": "-|>", "color": colour, "linestyle": dashes, "shrinkA": 0, "shrinkB": 0}
        for begin, end, said, place, side in arrows:
            axes.annotate("", end, begin, arrowprops=look)
            axes.text(*place, said, color=colour, ha=side, va="center", size=10.5)
    axes.set(xlim=(-0.75, 3.75), ylim=(-0.33, 3.33))
    axes.axis("off")
    return figure
# --8<-- [end:figure-graph]


# --8<-- [start:cells]
def draw_cells(axes, table, quantity, x=0.0, y=0.0, digits=2, name=""):
    r"""A table as cells, tinted by size; which sign it is, its number says.

    Args:
        axes: where.
        table: (rows, columns) numbers.
        quantity: whose colour they have.
        x: of the left edge; a cell is 1 wide.
        y: of the top edge; a cell is 0.6 high.
        digits: after the point.
        name: of the table, above it.
    """
    table = np.atleast_2d(table)
    strongest = np.abs(table).max() or 1
    for (row, column), value in np.ndenumerate(table):
        corner = x + column, y - 0.6 * (row + 1)
        tint = {"facecolor": COLOURS[quantity], "alpha": 0.4 * abs(value) / strongest, "linewidth": 0}
        axes.bar(corner[0], 0.6, 1, corner[1], align="edge", **tint)
        axes.bar(corner[0], 0.6, 1, corner[1], align="edge", facecolor="none", edgecolor=COLOURS[quantity], linewidth=1)
        axes.text(corner[0] + 0.5, corner[1] + 0.29, number(value, digits), ha="center", va="center", size=10)
    symbol(axes, x + table.shape[1] / 2, y + 0.12, name, quantity, ha="center", size=13)


def plain_table(axes, width, height):
    r"""Axes for cells: no frame, and room for so many of them."""
    axes.set(xlim=(-0.1, width), ylim=(-height, 0.65))
    axes.axis("off")
# --8<-- [end:cells]


# --8<-- [start:figure-outer]
def draw_outer():
    r"""An input as a column, S − Y as a row, and all products of one and the other."""
    figure, axes = canvas(1.75, 4.4)
    X, W = np.array([1.0, 2.0]), np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    dlogits = grad_logits(probabilities(linear(X, W)), one_hot(2, 3))
    draw_cells(axes, dlogits, "gradient", 1.4, 0, name="S − Y")
    draw_cells(axes, X[:, None], "X", 0, -0.9, digits=0)
    symbol(axes, 0.5, -0.78, "Xᵀ", "X", ha="center", size=13)
    draw_cells(axes, weights_from_logits(X, dlogits), "gradient", 1.4, -0.9)
    symbol(axes, 4.55, -1.5, "∂L/∂W", "gradient", va="center", size=13)
    plain_table(axes, 6, 2.15)
    return figure
# --8<-- [end:figure-outer]


# --8<-- [start:figure-back]
def draw_back():
    r"""S − Y above the weights: each input receives the products of its row, added up."""
    figure, axes = canvas(1.75, 4.4)
    X, W = np.array([1.0, 2.0]), np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    dlogits = grad_logits(probabilities(linear(X, W)), one_hot(2, 3))
    draw_cells(axes, dlogits, "gradient", 0, 0, name="S − Y")
    draw_cells(axes, W, "W", 0, -0.9)
    axes.text(1.5, -2.25, "the weights, W", ha="center", va="top", size=10, color=COLOURS["W"])
    for row, value in enumerate(input_from_logits(W, dlogits)):
        y = -1.2 - 0.6 * row
        axes.annotate("", (3.9, y), (3.1, y), arrowprops={"arrowstyle": "->", "color": INK})
        draw_cells(axes, value, "gradient", 4, -0.9 - 0.6 * row)
    symbol(axes, 4.5, -0.78, "∂L/∂X", "gradient", ha="center", size=13)
    plain_table(axes, 6, 2.6)
    return figure
# --8<-- [end:figure-back]


# --8<-- [start:figure-rows]
def draw_rows():
    r"""Four examples: from a row of inputs to a row of logits, one of probabilities, and a loss."""
    figure, axes = canvas(4.1, 4.6)
    X, W = np.array([[1.0, 2.0], [0.5, -1.0], [-1.0, 1.5], [2.0, 0.0]]), np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    y, below = np.array([2, 1, 3, 1]), -3.7
    logits = batch_logits(X, W, np.array([-0.5, 1.0, 0.0]))
    S = batch_softmax(logits)
    draw_cells(axes, X, "X", 0, 0, digits=1, name="X")
    draw_cells(axes, logits, "logits", 2.6, 0, name="Λ")
    draw_cells(axes, S, "S", 2.6, below, name="S")
    draw_cells(axes, losses(S, y)[:, None], "L", 6.2, below)
    axes.text(6.7, below + 0.14, "losses", ha="center", color=COLOURS["L"])
    for row, right in enumerate(y - 1):
        corner = 2.6 + right, below - 0.6 * (row + 1)
        axes.bar(corner[0], 0.6, 1, corner[1], align="edge", facecolor="none", edgecolor=COLOURS["Y"], linewidth=2.5)
        axes.text(2.4, corner[1] + 0.29, f"example {row + 1}", ha="right", va="center", size=9.5)
    axes.annotate("", (4.1, below + 0.62), (4.1, -2.48), arrowprops={"arrowstyle": "->", "color": INK})
    plain_table(axes, 7.4, 6.2)
    return figure
# --8<-- [end:figure-rows]


# --8<-- [start:figure-batch]
def draw_batch():
    r"""Four examples: their inputs, their differences, and the mean of their outer products."""
    figure, axes = canvas(2.4, 4.6)
    X, W = np.array([[1.0, 2.0], [0.5, -1.0], [-1.0, 1.5], [2.0, 0.0]]), np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    S = batch_softmax(batch_logits(X, W, np.array([-0.5, 1.0, 0.0])))
    Y = one_hot_rows(np.array([2, 1, 3, 1]), 3)
    draw_cells(axes, X, "X", 0, 0, digits=1, name="X")
    draw_cells(axes, batch_grad_logits(S, Y) * len(X), "gradient", 2.6, 0, name="S − Y")
    for row in range(4):
        axes.text(5.8, -0.31 - 0.6 * row, f"example {row + 1}", va="center", size=9.5)
    draw_cells(axes, batch_grad_W(X, S, Y), "gradient", 2.6, -3.1)
    symbol(axes, 2.4, -3.7, "∂L/∂W, the mean", "gradient", ha="right", va="center", size=11)
    plain_table(axes, 7.4, 4.4)
    return figure
# --8<-- [end:figure-batch]


# --8<-- [start:figure-tanh]
def draw_tanh():
    r"""A hidden unit, and its slope, against the sum that it takes."""
    figure, axes = canvas(2.4, 4.6)
    mu = np.linspace(-4, 4, 121)
    axes.plot(mu, units(mu), color=COLOURS["X"], gid="curve-unit")
    slope = np.diag(slopes(units(mu)))
    axes.plot(mu, slope, color=INK, linestyle=(0, (4, 1.5, 1, 1.5)), gid="curve-slope")
    axes.text(1.5, 0.72, "unit X", color=COLOURS["X"])
    axes.text(-0.85, 0.85, "slope", ha="right")
    axes.axhline(0, color=INK, linewidth=0.6)
    axes.set_yticks((-1, 0, 1), ("−1", "0", "1"))
    axes.set_xticks((-4, -2, 0, 2, 4), ("−4", "−2", "0", "2", "4"))
    axes.set(xlabel="sum μ")
    return figure
# --8<-- [end:figure-tanh]


if __name__ == "__main__":
    # --8<-- [start:figure-graph-demo]
    print(svg(
        draw_graph(),
        "The graph of the computation, and the gradients on their way back",
        "Boxes joined by arrows. Downwards, the computation: a product of the input X and the weights W gives "
        "the logits λ, of which softmax makes the probabilities S; one-hot encoding turns the class y into "
        "the vector Y; the divergence of Y and S gives the loss L. Upwards, dashed, the derivatives of the "
        "loss: with respect to S, then to the logits, where it is S − Y, then to the weights, which is "
        "sought, and to the input.",
    ))
    # --8<-- [end:figure-graph-demo]

    # --8<-- [start:figure-outer-demo]
    print(svg(
        draw_outer(),
        "The gradient of the weights, all the products of a column and a row",
        "On the left, the input as a column: 1 and 2. Above, S − Y as a row: 0.31, −0.81 and 0.51. Between "
        "them, six cells, each the product of the number on its left and the number above it: the first row "
        "repeats S − Y, the second is twice that. The larger a number, the deeper the tint of its cell.",
    ))
    # --8<-- [end:figure-outer-demo]

    # --8<-- [start:figure-back-demo]
    print(svg(
        draw_back(),
        "The gradient of the input, one sum for each row of weights",
        "Above, S − Y as a row: 0.31, −0.81 and 0.51. Below it, the weights, two rows of three. From each row "
        "an arrow leads to a cell, the sum of the products of that row and S − Y: 0.56 and 0.05.",
    ))
    # --8<-- [end:figure-back-demo]

    # --8<-- [start:figure-rows-demo]
    print(svg(
        draw_rows(),
        "Four examples, from their inputs to their losses",
        "Four tables of four rows, one for each example: two inputs, three logits, three probabilities, one loss. "
        "The probability of the right class has a thick frame: 0.42, 0.26, 0.24, and 0.45. The losses are 0.86, "
        "1.36, 1.45, and 0.79.",
    ))
    # --8<-- [end:figure-rows-demo]

    # --8<-- [start:figure-batch-demo]
    print(svg(
        draw_batch(),
        "The gradient of the weights for a batch of four examples",
        "Two tables side by side, one row for each example: the inputs, two columns, and S − Y, three "
        "columns, one of which is negative in each row, that of the right class. Below, the gradient, two "
        "rows and three columns: the mean, over the four examples, of the products of the inputs and S − Y.",
    ))
    # --8<-- [end:figure-batch-demo]

    # --8<-- [start:figure-tanh-demo]
    print(svg(
        draw_tanh(),
        "A hidden unit and its slope",
        "As the sum μ goes from −4 to 4, the unit rises from −1 to 1, through 0 at the origin. Its slope, "
        "dash-dotted, is 1 at the origin and falls almost to 0 on either side.",
    ))
    # --8<-- [end:figure-tanh-demo]
