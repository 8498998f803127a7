"""Evidence for the errata of the source: what its formulas give when they are run."""

# --8<-- [start:imports]
import warnings

import numpy as np

from context import gradient, linear, loss_of_weights, one_hot
from divergence import cross_entropy, kl
from softmax import softmax, softmax_naive

# --8<-- [end:imports]


# --8<-- [start:gradient-columns]
def gradient_in_columns(X, W, y):
    r"""Gradient for those who write vectors as columns.

    There the weights are $W^\top$, and so is their gradient: a column,
    $S - Y$, by a row, $X$.

    Args:
        X: (D,) input.
        W: (D, C) weights.
        y: class, an integer from 1 to C.

    Returns:
        (C, D), in units of loss per unit of weight.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/errata.md#gradient-columns
    """
    logits = linear(X, W)
    column = (softmax(logits) - one_hot(y, logits.size))[:, None]
    return column @ X[None, :]
# --8<-- [end:gradient-columns]


# --8<-- [start:shapes]
def product_shape(x, g):
    r"""Shape of the product $x^\top g$, or why there is none.

    Args:
        x: input, of any shape.
        g: gradient with respect to the logits, of any shape.

    Returns:
        text.

    Source: docs/fr/errata.md#shapes
    """
    try:
        return np.shape(x.T @ g)
    except ValueError:
        return f"no product of {x.T.shape} by {g.shape}"
# --8<-- [end:shapes]


# --8<-- [start:shift-by-classes]
def softmax_shifted_by_classes(logits):
    r"""Softmax after adding the logarithm of the number of classes.

    Args:
        logits: (C,) real numbers.

    Returns:
        (C,) probabilities, summing to 1: those of the logits themselves.

    Source: docs/fr/errata.md#shift-by-classes
    """
    return softmax_naive(logits + np.log(logits.size))
# --8<-- [end:shift-by-classes]


# --8<-- [start:kl-both-ways]
def kl_both_ways(p, q):
    r"""Sum of the two divergences, $\sum_i (p_i - q_i) \ln (p_i / q_i)$.

    Args:
        p: (M,) distribution that excludes nothing.
        q: (M,) distribution that excludes nothing.

    Returns:
        number, at least 0, in nats; the same for (q, p).

    Raises:
        ValueError: if p and q aren't distributions over the same outcomes.

    Source: docs/fr/errata.md#kl-both-ways
    """
    return kl(p, q) + kl(q, p)
# --8<-- [end:kl-both-ways]


if __name__ == "__main__":
    # --8<-- [start:sign]
    X, y = np.array([1.0, 2.0]), 2
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    eta = 0.1

    down, up = W, W
    for step in range(5):
        # --8<-- [start:sign-useful]
        losses = (loss_of_weights(X, V, y) for V in (down, up))
        print("step {}   with -: {:.4f}   with +: {:.4f}".format(step, *losses))
        down = down - eta * gradient(X, down, y)
        up = up + eta * gradient(X, up, y)
        # --8<-- [end:sign-useful]
    # --8<-- [end:sign]

    # --8<-- [start:distance]
    fair, rigged = np.array([0.5, 0.5]), np.array([0.9, 0.1])
    print(f"there and back:   {kl(fair, rigged):.4f}   {kl(rigged, fair):.4f}")

    between = np.array([0.75, 0.25])
    detour = kl(fair, between) + kl(between, rigged)
    print(f"straight:         {kl(fair, rigged):.4f}")
    print(f"with a detour:    {detour:.4f}")
    # --8<-- [end:distance]

    # --8<-- [start:rounding]
    S = softmax(np.array([1.0, 2.0, 5.0]))
    printed = np.array([0.02, 0.05, 0.93])
    print("S         =", S.round(4))
    print("S rounded =", S.round(2), "  sum:", S.round(2).sum().round(2))
    print("printed   =", printed, "  sum:", printed.sum().round(2))
    print("off by", np.abs(printed - S).round(4), "where rounding allows 0.005")
    # --8<-- [end:rounding]

    # --8<-- [start:bounds]
    for a in ([7.0], [7.0, -5.0], [7.0, -7.0, 0.0]):
        print(f"a = {a}: largest of S = {softmax(a).max():.6f}")
    # --8<-- [end:bounds]

    # --8<-- [start:shift]
    logits = np.array([123.0, 456.0, 789.0])
    for constant in (logits.max(), -logits.max()):
        with np.errstate(all="ignore"):
            S = softmax_naive(logits + constant)
        print(f"ln K = {constant}: exponents {logits + constant}, S = {S}")
    # --8<-- [end:shift]

    # --8<-- [start:constant]
    print("ln 3            =", np.log(3.0).round(4))
    print("-max of logits  =", -logits.max())
    print("-max of (1,2,5) =", -np.max([1.0, 2.0, 5.0]))
    # --8<-- [end:constant]

    # --8<-- [start:letters]
    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.1, 0.2, 0.7])
    for name, first, second in (("p, q", p, q), ("q, p", q, p)):
        wanted, product = cross_entropy(first, second), -np.sum(first * second)
        print(f"H({name}) = {wanted:.4f}, which asks for l n = {wanted / product:.4f}")
    # --8<-- [end:letters]

    # --8<-- [start:interval]
    S = softmax(np.array([1.0, 2.0, 5.0]))
    for i in (1, 2, 3, 1.5):
        try:
            print(f"S_{i} =", S[i - 1].round(4))
        except IndexError as refusal:
            print(f"S_{i}:", type(refusal).__name__)
    # --8<-- [end:interval]

    # --8<-- [start:similarity]
    for part in (1.0, 0.5, 0.1, 0.0):
        near = (1 - part) * p + part * q
        print(f"{part:.0%} of q, the rest of p: KL = {kl(p, near):.4f}")
    # --8<-- [end:similarity]

    # --8<-- [start:shapes-demo]
    x, g = X, softmax(linear(X, W)) - one_hot(2, 3)  # D = 2, C = 3
    print("rows:    ", product_shape(x[None, :], g[None, :]))
    print("columns: ", product_shape(x[:, None], g[:, None]))
    print("vectors: ", product_shape(x, g))
    print("if D = C:", product_shape(g, g))
    # --8<-- [end:shapes-demo]

    # --8<-- [start:gradient-columns-demo]
    difference = gradient_in_columns(X, W, 2) - gradient(X, W, 2).T
    print(gradient_in_columns(X, W, 2).round(3))
    print("off by at most", f"{np.abs(difference).max():.0e}")
    # --8<-- [end:gradient-columns-demo]

    # --8<-- [start:crash]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        # --8<-- [start:crash-useful]
        logits = np.array([123, 456, 789])
        p = np.exp(logits) / np.sum(np.exp(logits))  # the source's line
        # --8<-- [end:crash-useful]
    print("p =", p)
    for message in sorted({str(warning.message) for warning in caught}):
        print("warning:", message)

    logits -= np.max(logits)  # the next one, in the same session
    print("p =", np.exp(logits) / np.sum(np.exp(logits)))
    # --8<-- [end:crash]

    # --8<-- [start:shift-by-classes-demo]
    logits = np.array([1.0, 2.0, 5.0])
    print("S          =", softmax(logits))
    print("with ln 3  =", softmax_shifted_by_classes(logits))
    # --8<-- [end:shift-by-classes-demo]

    # --8<-- [start:kl-both-ways-demo]
    there, back = kl_both_ways(fair, rigged), kl_both_ways(rigged, fair)
    print(f"there and back: {there:.4f}   {back:.4f}")
    detour = kl_both_ways(fair, between) + kl_both_ways(between, rigged)
    print(f"with a detour:  {detour:.4f}")
    # --8<-- [end:kl-both-ways-demo]
