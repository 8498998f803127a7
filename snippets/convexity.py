"""Why the loss of one example is convex, and why a step downhill always lowers it."""

# --8<-- [start:convexity-imports]
import numpy as np

from context import gradient, linear, loss_of_weights, one_hot
from divergence import kl
from softmax import softmax

# --8<-- [end:convexity-imports]


# --8<-- [start:logits-move]
def logits_move(X, V):
    r"""By how much the logits move if the weights move by V, $\nu = XV$.

    Args:
        X: (D,) input.
        V: (D, C) move of the weights.

    Returns:
        (C,) move of the logits.

    Raises:
        ValueError: if the shapes of X and V don't fit.

    Source: docs/fr/convexity.md#logits-move
    """
    return linear(X, V)
# --8<-- [end:logits-move]


# --8<-- [start:tangent-divergence]
def divergence_of_logits(logits, nu):
    r"""Divergence of two softmaxes, from their logits alone.

    Args:
        logits: (C,) real numbers, at the start.
        nu: (C,) real numbers, by how much they move.

    Returns:
        number, at least 0 to rounding, in nats.

    Source: docs/fr/convexity.md#tangent-divergence
    """
    rise = np.logaddexp.reduce(logits + nu) - np.logaddexp.reduce(logits)
    return rise - softmax(logits) @ nu
# --8<-- [end:tangent-divergence]


# --8<-- [start:tangent-slope]
def rise_of_tangent(Y, S, nu):
    r"""What the loss gains if it follows its tangent, $\sum_i (S_i - Y_i) \nu_i$.

    Args:
        Y: (C,) one-hot class.
        S: (C,) probabilities at the start.
        nu: (C,) real numbers, by how much the logits move.

    Returns:
        number of either sign, in nats.

    Source: docs/fr/convexity.md#tangent-slope
    """
    return (S - Y) @ nu
# --8<-- [end:tangent-slope]


# --8<-- [start:loss-tangent]
def loss_from_tangent(X, W, V, y):
    r"""Loss at W + V: the tangent at W, and the divergence that it leaves out.

    Args:
        X: (D,) input.
        W: (D, C) weights where the tangent is taken.
        V: (D, C) move to where the loss is wanted.
        y: class, an integer from 1 to C.

    Returns:
        number, L(W + V), in nats.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/convexity.md#loss-tangent
    """
    slope = np.sum(V * gradient(X, W, y))
    left_out = kl(softmax(linear(X, W)), softmax(linear(X, W + V)))
    return loss_of_weights(X, W, y) + slope + left_out
# --8<-- [end:loss-tangent]


# --8<-- [start:loss-convex]
def loss_between(X, W, V, y, theta):
    r"""Loss between the weights W and W + V, $L(W + \theta V)$.

    Args:
        X: (D,) input.
        W: (D, C) weights.
        V: (D, C) move of the weights.
        y: class, an integer from 1 to C.
        theta: how far from W to W + V, from 0 to 1.

    Returns:
        number, at most $(1 - \theta) L(W) + \theta L(W + V)$, in nats.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/convexity.md#loss-convex
    """
    return loss_of_weights(X, W + theta * V, y)
# --8<-- [end:loss-convex]


# --8<-- [start:logits-after-step]
def logits_after_step(X, W, y, eta):
    r"""Logits once the weights have gone one step downhill.

    Args:
        X: (D,) input.
        W: (D, C) weights before the step.
        y: class, an integer from 1 to C.
        eta: learning rate, positive.

    Returns:
        (C,) logits, $\lambda - \eta \|X\|^2 (S - Y)$.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/convexity.md#logits-after-step
    """
    return linear(X, W - eta * gradient(X, W, y))
# --8<-- [end:logits-after-step]


# --8<-- [start:descent-gaps]
def gaps_after_step(X, W, y, eta):
    r"""How far each logit is above the right class's after the step.

    Args:
        X: (D,) input.
        W: (D, C) weights before the step.
        y: class, an integer from 1 to C.
        eta: learning rate, positive.

    Returns:
        (C,), 0 for the class y itself.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/convexity.md#descent-gaps
    """
    logits = logits_after_step(X, W, y, eta)
    return logits - logits[y - 1]
# --8<-- [end:descent-gaps]


# --8<-- [start:descent]
def loss_after_step(X, W, y, eta):
    r"""Loss once the weights have gone one step downhill, from the gaps alone.

    Args:
        X: (D,) input.
        W: (D, C) weights before the step.
        y: class, an integer from 1 to C.
        eta: learning rate, positive.

    Returns:
        number, below L(W) if C is at least 2 and X isn't 0, in nats.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/convexity.md#descent
    """
    gaps = np.delete(gaps_after_step(X, W, y, eta), y - 1)
    return np.logaddexp.reduce(gaps, initial=0.0)  # ln(1 + sum of e^gap)
# --8<-- [end:descent]


if __name__ == "__main__":
    # --8<-- [start:logits-move-demo]
    X = np.array([1.0, 2.0])
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    V = np.array([[0.5, -0.5, 0.0], [0.0, 1.75, 0.5]])
    y = 2
    print("at W:    ", linear(X, W))
    print("move:    ", logits_move(X, V))
    print("at W + V:", linear(X, W + V))
    # --8<-- [end:logits-move-demo]

    # --8<-- [start:tangent-divergence-demo]
    logits, nu = linear(X, W), logits_move(X, V)
    S = softmax(logits)
    print("from logits:       ", round(divergence_of_logits(logits, nu), 6))
    print("from probabilities:", round(kl(S, softmax(logits + nu)), 6))
    # --8<-- [end:tangent-divergence-demo]

    # --8<-- [start:tangent-slope-demo]
    rise = rise_of_tangent(one_hot(y, 3), S, nu)
    print("tangent:", round(rise, 6))
    print("loss:   ", round(loss_of_weights(X, W + V, y) - loss_of_weights(X, W, y), 6))
    # --8<-- [end:tangent-slope-demo]

    # --8<-- [start:loss-tangent-demo]
    print("L(W + V) =", round(loss_of_weights(X, W + V, y), 6))
    print("tangent + divergence =", round(loss_from_tangent(X, W, V, y), 6))
    # --8<-- [end:loss-tangent-demo]

    # --8<-- [start:loss-convex-demo]
    start, end = loss_of_weights(X, W, y), loss_of_weights(X, W + V, y)
    for theta in (0.25, 0.5, 0.75):
        chord = (1 - theta) * start + theta * end
        print(f"{theta}: {loss_between(X, W, V, y, theta):.4f} <= {chord:.4f}")
    # --8<-- [end:loss-convex-demo]

    # --8<-- [start:logits-after-step-demo]
    print("before:", linear(X, W))
    print("after: ", np.round(logits_after_step(X, W, y, 0.1), 4))
    # --8<-- [end:logits-after-step-demo]

    # --8<-- [start:descent-gaps-demo]
    logits = linear(X, W)
    print("before:", logits - logits[y - 1])
    print("after: ", np.round(gaps_after_step(X, W, y, 0.1), 4))
    # --8<-- [end:descent-gaps-demo]

    # --8<-- [start:descent-demo]
    print(f"before:      {loss_of_weights(X, W, y):.3g}")
    for eta in (0.01, 0.1, 1, 10, 100):
        print(f"eta = {eta:<5}: {loss_after_step(X, W, y, eta):.3g}")
    # --8<-- [end:descent-demo]
