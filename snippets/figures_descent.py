"""Figures of the pages on what a step does: losses along the gradient, curvature, errors of a numerical derivative."""

# --8<-- [start:imports]
import numpy as np

from batch_pair import curves, pair_limit
from batches import batch_logits, batch_loss, batch_softmax, one_hot_rows
from batches_gradients import batch_grad_b, batch_grad_W
from batches_l2 import decayed_step
from bias_targets import cross_entropy_from_logits, smoothed
from complex_step import relative_errors
from context import gradient, loss_of_weights, loss_uphill
from convexity import loss_after_step, loss_between
from curvature import hessian_matrix
from distillation import warm
from drawing import COLOURS, FAINT, INK, PAPER, canvas, number, svg, symbol
from gradient_check import f, sigmoid
from observed_expected import expected, family, log_partition
from two_classes import logistic_loss, logistic_slope, sigmoid_by_softmax

# --8<-- [end:imports]


# --8<-- [start:figure-signs]
def draw_signs():
    r"""The loss once the weights have gone against the gradient, and along it."""
    figure, axes = canvas()
    X, W, y = np.array([1.0, 2.0]), np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]]), 2
    rates = np.linspace(0.001, 1, 60)
    start = loss_of_weights(X, W, y)
    for step, dashes, name in ((loss_uphill, (0, (5, 2)), "uphill"), (loss_after_step, "-", "downhill")):
        losses = [step(X, W, y, eta) for eta in rates]
        axes.plot(rates, losses, color=COLOURS["L"], linestyle=dashes, gid=f"curve-{name}")
    axes.plot(0, start, "o", color=INK)
    axes.annotate(f"L(W) = {number(start)}", (0.01, start), (0.1, 1.75), va="center")
    axes.text(0.5, 5.6, "plus sign: it rises", color=COLOURS["L"], ha="right", va="center")
    axes.text(0.5, 0.65, "minus sign: it falls", color=COLOURS["L"], va="center")
    axes.set_xticks((0, 0.5, 1), ("0", "0.5", "1"))
    axes.set(xlabel="rate η", ylabel="loss after the step", ylim=(0, 8), yticks=(0, 2, 4, 6, 8))
    return figure
# --8<-- [end:figure-signs]


# --8<-- [start:figure-decay]
def draw_decay():
    r"""The norm of the weights and the loss of a batch, step by step, without a penalty and with one."""
    figure, (left, right) = canvas(ncols=2)
    X, y = np.array([[1.0, 2.0], [0.5, -1.0], [-1.0, 1.5], [2.0, 0.0]]), np.array([2, 1, 3, 1])
    shown = np.unique(np.geomspace(1, 2000, 40).astype(int))
    for alpha, dashes in ((0.0, "-"), (0.1, (0, (5, 2)))):
        W, b, norms, losses = np.zeros((2, 3)), np.zeros(3), [], []
        for _ in range(shown[-1]):
            S, Y = batch_softmax(batch_logits(X, W, b)), one_hot_rows(y, 3)
            W, b = decayed_step(W, batch_grad_W(X, S, Y), alpha, 1.0), b - batch_grad_b(S, Y)
            norms.append(np.sqrt(np.sum(W**2)))
            losses.append(batch_loss(batch_softmax(batch_logits(X, W, b)), y))
        for axes, values, name in ((left, norms, "W"), (right, losses, "L")):
            axes.semilogx(shown, np.array(values)[shown - 1], color=COLOURS[name], linestyle=dashes)
    left.text(1.2, 5.6, "without\na penalty")
    left.text(20, 0.7, "α = 0.1")
    for axes in (left, right):
        axes.set_xticks((1, 10, 100, 1000), ("1", "10", "100", "1000"))
        axes.minorticks_off()
        axes.set(xlabel="steps")
    left.set(title="norm of W", ylim=(0, 9), yticks=(0, 4, 8))
    right.set(title="loss L", ylim=(0, 1))
    right.set_yticks((0, 0.5, 1), ("0", "0.5", "1"))
    return figure
# --8<-- [end:figure-decay]


# --8<-- [start:figure-tangent]
def draw_tangent():
    r"""The loss along a segment of weights, the tangent at its start, and the chord between its ends."""
    figure, axes = canvas(2.8, 4.6)
    X, W, V, y = np.array([1.0, 2.0]), np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]]), np.zeros((2, 3)), 2
    V[:] = [[0.5, -0.5, 0.0], [0.0, 1.75, 0.5]]
    s = np.linspace(-0.5, 1.5, 81)
    axes.plot(s, [loss_between(X, W, V, y, each) for each in s], color=COLOURS["L"], gid="curve-loss")
    start, end = loss_of_weights(X, W, y), loss_of_weights(X, W + V, y)
    foot = start + np.sum(V * gradient(X, W, y))
    axes.plot((-0.25, 1.25), (1.25 * start - 0.25 * foot, 1.25 * foot - 0.25 * start), color=FAINT, linewidth=1.2)
    axes.plot((0, 1), (start, end), color=INK, linewidth=1.2, linestyle=(0, (5, 2)), marker="o", markersize=5)
    axes.plot((1, 1), (foot, end), color=INK, linewidth=1.2, linestyle=(0, (1.5, 1.5)))
    axes.text(0.45, 1.25, "chord")
    axes.text(0.42, 0.45, "tangent", ha="right")
    axes.text(1.04, 0.08, "divergence", va="center")
    axes.set_xticks((0, 1), ("W", "W + V"))
    axes.set_yticks((0, 1, 2), ("0", "1", "2"))
    axes.set(ylabel="loss L", ylim=(-0.6, 2.8))
    return figure
# --8<-- [end:figure-tangent]


# --8<-- [start:figure-curvature]
def draw_curvature():
    r"""Eigenvalues of the curvature while one class of three takes all the probability."""
    figure, axes = canvas()
    p = np.linspace(0.002, 0.998, 120)
    shares = np.array([[each, 0.8 * (1 - each), 0.2 * (1 - each)] for each in p])
    values = np.array([np.linalg.eigvalsh(hessian_matrix(S)) for S in shares])
    for column, (dashes, name) in enumerate((((0, (1.5, 1.5)), "zero"), ((0, (5, 2)), "middle"), ("-", "largest"))):
        axes.plot(p, values[:, column], color=INK, linestyle=dashes, gid=f"curve-{name}")
    axes.axhline(0.5, color=FAINT, linewidth=1.2, linestyle="--")
    axes.text(0.99, 0.515, "bound: 1/2", ha="right")
    axes.text(0.62, 0.44, "the largest")
    axes.text(0.3, 0.2, "the middle one")
    axes.text(0.45, 0.015, "always 0", ha="center")
    axes.set_xticks((0, 0.5, 1), ("0", "0.5", "1"))
    axes.set_yticks((0, 0.25, 0.5), ("0", "0.25", "0.5"))
    axes.set(xlabel="probability of the first class", ylabel="eigenvalues", ylim=(-0.02, 0.57))
    return figure
# --8<-- [end:figure-curvature]


# --8<-- [start:figure-pair]
def draw_pair():
    r"""The loss after one step: two examples of one input, and one of them alone."""
    figure, axes = canvas(2.8, 4.6)
    rates = np.linspace(0, 6, 121)
    pair, alone = np.array([curves(eta) for eta in rates]).T
    limit = pair_limit(1.0)
    axes.plot(rates, pair, color=COLOURS["L"], gid="curve-pair")
    axes.plot(rates, alone, color=COLOURS["L"], linestyle=(0, (5, 2)), gid="curve-alone")
    axes.axhline(pair[0], color=FAINT, linewidth=1, linestyle=":")
    axes.plot((limit, limit), (0, pair[0]), color=FAINT, linewidth=1, linestyle=":")
    axes.text(limit + 0.08, 0.36, number(limit))
    axes.text(0.3, 0.59, "batch of two examples", color=COLOURS["L"])
    axes.text(1.1, 0.2, "one example alone", color=COLOURS["L"])
    axes.text(0.3, pair[0] + 0.03, "loss of the batch before the step", size=10)
    axes.set_yticks((0, 0.5, 1), ("0", "0.5", "1"))
    axes.set(xlabel="learning rate η", ylabel="loss after the step", ylim=(0, 1.1), xticks=range(7))
    return figure
# --8<-- [end:figure-pair]


# --8<-- [start:figure-chords]
def draw_chords():
    r"""A curve, its tangent at a point, and the chords of two differences there."""
    figure, axes = canvas()
    t, h = np.linspace(-3.2, 3.2, 65), 2.0
    axes.plot(t, f(t), color=INK, gid="curve-loss")
    axes.plot(t, f(0.0) + sigmoid(0.0) * t, color=FAINT, linewidth=1.2, gid="curve-tangent")
    for begin, dashes in ((0.0, (0, (5, 2))), (-h, (0, (1.5, 1.5)))):
        ends = np.array([begin, h])
        axes.plot(ends, f(ends), color=INK, linestyle=dashes, marker="o", markersize=5)
    axes.text(2.1, 1.45, "tangent")
    axes.set_xticks((-h, 0, h), ("t − h", "t", "t + h"))
    axes.set(ylabel="loss", ylim=(-0.3, 3.2), yticks=(0, 1, 2, 3))
    return figure
# --8<-- [end:figure-chords]


# --8<-- [start:figure-errors]
def draw_errors():
    r"""Errors of three numerical derivatives against the step."""
    figure, axes = canvas(3.2, 4.6)
    steps = 10.0 ** np.arange(-16, -0.9, 0.25)
    forward, central, imaginary = np.array([relative_errors(h) for h in steps]).T
    axes.loglog(steps, forward, color=INK, linestyle=(0, (5, 2)), gid="curve-forward")
    axes.loglog(steps, central, color=INK, linestyle=(0, (1.5, 1.5)), gid="curve-central")
    axes.loglog(steps, imaginary, color=INK, gid="curve-complex")
    axes.text(3e-9, 2e-4, "forward difference")
    axes.text(3e-7, 3e-12, "central difference", ha="right", va="top")
    axes.text(1e-15, 8e-16, "complex step")
    axes.set_xticks([10.0**k for k in (-16, -12, -8, -4)], ["10⁻¹⁶", "10⁻¹²", "10⁻⁸", "10⁻⁴"])
    axes.set_yticks([10.0**k for k in (-16, -12, -8, -4, 0)], ["10⁻¹⁶", "10⁻¹²", "10⁻⁸", "10⁻⁴", "1"])
    axes.minorticks_off()
    axes.set(xlabel="step h", ylabel="relative error", ylim=(2e-17, 10))
    return figure
# --8<-- [end:figure-errors]


# --8<-- [start:figure-smoothing]
def draw_smoothing():
    r"""The loss of a certain target, and of a smoothed one, against the right logit's lead."""
    figure, axes = canvas()
    t = np.linspace(-2, 8, 121)
    Y = np.array([1.0, 0.0, 0.0])
    looks = ((0.0, "-", "certain target", (4.2, 0.42)), (0.1, (0, (5, 2)), "smoothed, ε = 0.1", (5.1, 0.8)))
    for epsilon, dashes, said, place in looks:
        losses = [cross_entropy_from_logits(smoothed(Y, epsilon), np.array([each, 0.0, 0.0])) for each in t]
        axes.plot(t, losses, color=COLOURS["L"], linestyle=dashes, gid=f"curve-{epsilon:g}")
        if epsilon:
            axes.plot(t[np.argmin(losses)], min(losses), "o", color=COLOURS["L"])
            axes.text(*place, said, color=COLOURS["L"], ha="right", va="bottom")
        else:
            axes.text(8, 0.05, said, color=COLOURS["L"], ha="right", va="bottom")
    axes.set(xlabel="lead of the right logit over the two others", ylabel="loss", ylim=(-0.05, 2.4), yticks=(0, 1, 2))
    axes.set_xticks((-2, 0, 2, 4, 6, 8), ("−2", "0", "2", "4", "6", "8"))
    return figure
# --8<-- [end:figure-smoothing]


# --8<-- [start:figure-logistic]
def draw_logistic():
    r"""Two classes: the loss of either answer against the score, and its slope below."""
    figure, (above, below) = canvas(3.6, 4.4, nrows=2, sharex=True)
    z = np.linspace(-5, 5, 121)
    for y, dashes in ((1, "-"), (0, (0, (5, 2)))):
        above.plot(z, logistic_loss(z, y), color=COLOURS["L"], linestyle=dashes, gid=f"curve-loss-{y}")
        slopes = logistic_slope(sigmoid_by_softmax(z), y)
        below.plot(z, slopes, color=COLOURS["gradient"], linestyle=dashes, gid=f"curve-slope-{y}")
    above.text(-3.6, 4.3, "yes", color=COLOURS["L"])
    above.text(3.6, 4.3, "no", color=COLOURS["L"], ha="right")
    symbol(below, 2.2, 0.45, "σ", "gradient")
    symbol(below, 0.4, -0.62, "σ − 1", "gradient", va="top")
    below.axhline(0, color=FAINT, linewidth=0.8)
    below.set_xticks((-4, -2, 0, 2, 4), ("−4", "−2", "0", "2", "4"))
    below.set_yticks((-1, 0, 1), ("−1", "0", "1"))
    above.set(ylabel="loss", yticks=(0, 2, 4))
    below.set(xlabel="score z", ylabel="slope")
    return figure
# --8<-- [end:figure-logistic]


# --8<-- [start:figure-expected]
def draw_expected():
    r"""The logarithm of the partition of a die's faces, whose slope is the face to be expected."""
    figure, axes = canvas(2.8, 4.6)
    t = np.arange(1.0, 7.0)[:, None]  # what a die shows
    theta = np.linspace(-1.3, 1.3, 105)
    axes.plot(theta, [log_partition(t, np.array([each])) for each in theta], color=INK, gid="curve-psi")
    for at in (-0.6, 0.0, 0.6):
        value, slope = log_partition(t, np.array([at])), expected(t, family(t, np.array([at])))[0]
        ends = np.array([-0.45, 0.45])
        axes.plot(at + ends, value + slope * ends, color=INK, linewidth=1.2, linestyle="--")
        axes.plot(at, value, "o", color=INK, markersize=5)
        axes.text(at + 0.08, value - 0.35, f"expected: {number(slope, 1)}", va="top")
    axes.set_xticks((-1, 0, 1), ("−1", "0", "1"))
    axes.set(xlabel="parameter θ", ylabel="ψ", yticks=(0, 4, 8))
    return figure
# --8<-- [end:figure-expected]


# --8<-- [start:figure-warm]
def draw_warm():
    r"""A teacher's probabilities and a student's, cool and warm."""
    figure, axes = canvas(2.4, 4.6)
    teacher, student = np.array([9.0, 1.0, -3.0]), np.array([1.0, 0.5, 0.0])
    for group, tau in enumerate((1.0, 5.0)):
        for component in range(3):
            for who, logits in enumerate((teacher, student)):
                S, x = warm(logits, tau)[component], 4 * group + 1.15 * component + 0.5 * who
                quantity = ("Y", "S")[who]
                axes.bar(x, S, 0.42, facecolor=COLOURS["S"] if who else PAPER, edgecolor=COLOURS[quantity],
                         hatch="" if who else "////")  # fmt: skip
                axes.text(x, S + 0.02, number(S), ha="center", size=8, color=COLOURS[quantity])
    axes.set_xticks((1.4, 5.4), ("τ = 1", "τ = 5"))
    axes.text(0.75, 0.92, "teacher, striped", color=COLOURS["Y"])
    axes.text(0.75, 0.78, "student, solid", color=COLOURS["S"])
    axes.tick_params(axis="x", length=0)
    axes.set_yticks((0, 0.5, 1), ("0", "0.5", "1"))
    axes.set(ylim=(0, 1.1), ylabel="probability")
    return figure
# --8<-- [end:figure-warm]


if __name__ == "__main__":
    # --8<-- [start:figure-signs-demo]
    print(svg(
        draw_signs(),
        "The loss after one step, with either sign",
        "Two curves start at the same point, the loss before the step, 1.68. With the plus sign, dashed, the "
        "loss rises faster and faster, up to 7.8 at a rate of 1. With the minus sign, it always falls, "
        "towards 0.",
    ))
    # --8<-- [end:figure-signs-demo]

    # --8<-- [start:figure-decay-demo]
    print(svg(
        draw_decay(),
        "The norm of the weights and the loss, step by step",
        "Two panels, up to two thousand steps, on a logarithmic scale. Without a penalty, the norm of the weights "
        "keeps rising, above 8, and the loss falls towards 0. With a penalty, dashed, the norm stays near 1.8 from "
        "about ten steps on, and the loss near 0.2.",
    ))
    # --8<-- [end:figure-decay-demo]

    # --8<-- [start:figure-tangent-demo]
    print(svg(
        draw_tangent(),
        "The loss along a segment, its tangent and its chord",
        "The loss falls from 1.68 at the weights W to 0.41 at W + V, ever less steeply. The chord between these two "
        "points, dashed, lies above the curve. The tangent at W lies below it: at W + V, it has come down to −0.10, "
        "and the gap to the curve, dotted, is a divergence.",
    ))
    # --8<-- [end:figure-tangent-demo]

    # --8<-- [start:figure-curvature-demo]
    print(svg(
        draw_curvature(),
        "The eigenvalues of the curvature",
        "Three curves, against the probability of the first class, while the two others share the rest four "
        "to one. One eigenvalue is always 0. The largest starts at 0.32, peaks at 0.45, below the bound 1/2, "
        "and falls to 0 when the first class takes everything; the middle one stays below it.",
    ))
    # --8<-- [end:figure-curvature-demo]

    # --8<-- [start:figure-pair-demo]
    print(svg(
        draw_pair(),
        "The loss after one step of descent, against the learning rate",
        "For one example alone, dashed, the loss starts at 0.31 and always falls. For the batch of two "
        "examples, it starts at 0.81, falls to 0.69 near a rate of 2.2, rises again, is back at its first "
        "value at a rate of 4.33, and exceeds it from there on.",
    ))
    # --8<-- [end:figure-pair-demo]

    # --8<-- [start:figure-chords-demo]
    print(svg(
        draw_chords(),
        "The chords of two differences, and the tangent",
        "The loss of two classes against t, with its tangent at t. The chord from t to t + h, dashed, is steeper than "
        "the tangent. That from t − h to t + h, dotted, is nearly parallel to it, and lies above it.",
    ))
    # --8<-- [end:figure-chords-demo]

    # --8<-- [start:figure-errors-demo]
    print(svg(
        draw_errors(),
        "The error of three numerical derivatives, against the step",
        "Logarithmic scales. As the step shrinks from 0.1 to 10⁻¹⁶, the error of the forward difference falls "
        "like h, to about 10⁻⁸ near h = 3 × 10⁻⁸, then rises like 1/h. That of the central difference falls "
        "like h², to 10⁻¹¹ near h = 10⁻⁵, then rises in the same way. That of the complex step falls like h², "
        "to 10⁻¹⁶ near h = 10⁻⁷, and stays there.",
    ))
    # --8<-- [end:figure-errors-demo]

    # --8<-- [start:figure-smoothing-demo]
    print(svg(
        draw_smoothing(),
        "The loss of a certain target and of a smoothed one",
        "Against the lead of the right logit over two others, which are equal. With a certain target, the "
        "loss always falls, towards 0. With a smoothed target, ε = 0.1, dashed, it has a lowest point, at a "
        "lead of about 3.3, then rises again.",
    ))
    # --8<-- [end:figure-smoothing-demo]

    # --8<-- [start:figure-logistic-demo]
    print(svg(
        draw_logistic(),
        "Two classes: the loss and its slope, against the score",
        "Above, the loss. If the answer is yes, it falls from about 5 to almost 0 as the score goes from −5 "
        "to 5; if it is no, dashed, it rises in the same way. Below, their slopes: that of no rises from 0 to "
        "1, and is the sigmoid; that of yes has the same shape, one unit lower.",
    ))
    # --8<-- [end:figure-logistic-demo]

    # --8<-- [start:figure-expected-demo]
    print(svg(
        draw_expected(),
        "The slope of ψ is what is expected",
        "The six faces of a die, the probability of each proportional to the exponential of θ times its "
        "number. The curve of ψ rises faster and faster. At three points, the slope of its tangent is the "
        "expected face: 2.0 at θ = −0.6, then 3.5 at θ = 0, where the die is fair, and 5.0 at θ = 0.6.",
    ))
    # --8<-- [end:figure-expected-demo]

    # --8<-- [start:figure-warm-demo]
    print(svg(
        draw_warm(),
        "The teacher and the student, cool and warm",
        "At temperature 1, the teacher gives everything to the first class, and the student gives it 0.51. At "
        "temperature 5, the teacher gives 0.77, 0.16 and 0.07: what it thinks of the other classes shows. The "
        "student is almost uniform.",
    ))
    # --8<-- [end:figure-warm-demo]
