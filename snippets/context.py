"""From an input and its weights to a loss, and one step that lowers it."""

# --8<-- [start:imports]
import numpy as np

# --8<-- [end:imports]


# --8<-- [start:one-hot]
def one_hot(y, C):
    r"""One-hot code of a class: $Y_i = 1$ if $i = y$, else 0.

    Args:
        y: class, an integer from 1 to C (counted from 1, as on the page).
        C: number of classes.

    Returns:
        (C,) zeros but for a one.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/context.md#one-hot
    """
    classes = np.arange(1, C + 1)
    if y not in classes:
        raise ValueError(f"class {y} isn't one of 1 to {C}")
    return np.where(classes == y, 1.0, 0.0)
# --8<-- [end:one-hot]


# --8<-- [start:logits]
def linear(X, W):
    r"""Logits of a fully connected layer, $\lambda = XW$.

    Args:
        X: (D,) input, a row.
        W: (D, C) weights.

    Returns:
        (C,) logits, real numbers of either sign.

    Raises:
        ValueError: if the shapes of X and W don't fit.

    Source: docs/fr/context.md#logits
    """
    if X.ndim != 1 or W.ndim != 2 or len(X) != len(W):
        raise ValueError(f"X is (D,) and W is (D, C), not {X.shape} and {W.shape}")
    return X @ W
# --8<-- [end:logits]


# --8<-- [start:logits-index]
def linear_by_index(X, W):
    r"""Logits one by one, $\lambda_i = \sum_{l=1}^{D} x_l w_{li}$.

    Args:
        X: (D,) input, a row.
        W: (D, C) weights.

    Returns:
        (C,) logits.

    Raises:
        ValueError: if the shapes of X and W don't fit.

    Source: docs/fr/context.md#logits-index
    """
    C = W.shape[1]
    logits = np.zeros(C)
    # --8<-- [start:logits-index-useful]
    for i in range(C):
        for x_l, w_li in zip(X, W[:, i], strict=True):
            logits[i] += x_l * w_li
    # --8<-- [end:logits-index-useful]
    return logits
# --8<-- [end:logits-index]


# --8<-- [start:probabilities]
def probabilities(logits):
    r"""Probability of each class, $e^{\lambda_i} / \sum_k e^{\lambda_k}$.

    The largest logit is taken from all first, which changes no quotient: no exponential overflows.

    Args:
        logits: (C,) real numbers.

    Returns:
        (C,) probabilities, summing to 1.

    Raises:
        ValueError: if `logits` is not a vector or is empty.

    Source: docs/fr/context.md#probabilities
    """
    if np.ndim(logits) != 1:
        raise ValueError(f"the logits are (C,), not {np.shape(logits)}")
    exponentials = np.exp(logits - np.max(logits))
    return exponentials / exponentials.sum()
# --8<-- [end:probabilities]


# --8<-- [start:loss]
def loss(S, y):
    r"""Loss of the probabilities S, given the class: $-\ln S_y$.

    Args:
        S: (C,) probabilities, summing to 1.
        y: class, an integer from 1 to C.

    Returns:
        number, at least 0, in nats.

    Warns:
        RuntimeWarning: if S gives 0 to the right class; the loss is infinite.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/context.md#loss
    """
    one_hot(y, len(S))  # refuses a class that isn't there
    return -np.log(S[int(y) - 1])
# --8<-- [end:loss]


# --8<-- [start:loss-of-weights]
def loss_of_weights(X, W, y):
    r"""Loss as a function of the weights: the whole chain in one go.

    It is written for complex weights too, which the next function needs.

    Args:
        X: (D,) input.
        W: (D, C) weights.
        y: class, an integer from 1 to C.

    Returns:
        number, at least 0, in nats.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/context.md#loss-of-weights
    """
    logits = linear(X, W)
    exponentials = np.exp(logits - logits.real.max())  # at most 1: no overflow
    S = exponentials / exponentials.sum()
    Y = one_hot(y, S.size)
    return np.log(1 / (Y @ S))
# --8<-- [end:loss-of-weights]


# --8<-- [start:gradient]
def gradient(X, W, y):
    r"""Gradient of the loss by the complex step, one weight at a time.

    A weight moved by ih moves L by ih times the derivative, to first order in h.
    Nothing is subtracted, so h can be tiny, and only rounding is left.

    Args:
        X: (D,) input.
        W: (D, C) real weights.
        y: class, an integer from 1 to C.

    Returns:
        (D, C), in units of loss per unit of weight.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/context.md#gradient-step
    """
    h = 1e-20
    dW = np.zeros(W.shape)
    for j, k in np.ndindex(W.shape):
        moved = W.astype(complex)
        moved[j, k] += 1j * h
        dW[j, k] = loss_of_weights(X, moved, y).imag / h
    return dW
# --8<-- [end:gradient]


# --8<-- [start:gradient-step]
def descend(X, W, y, eta):
    r"""Weights one step downhill, $W - \eta \, \partial L / \partial W$.

    Args:
        X: (D,) input.
        W: (D, C) weights.
        y: class, an integer from 1 to C.
        eta: learning rate, positive.

    Returns:
        (D, C) weights.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/context.md#gradient-step
    """
    return W - eta * gradient(X, W, y)
# --8<-- [end:gradient-step]


# --8<-- [start:directional-slope]
def slope(dW, U):
    r"""Slope of the loss along a move of the weights: each derivative by its weight's move.

    Args:
        dW: (D, C) gradient of the loss in the weights.
        U: (D, C) move of the weights.

    Returns:
        number, in units of loss.

    Source: docs/fr/context.md#directional-slope
    """
    return (dW * U).sum()
# --8<-- [end:directional-slope]


# --8<-- [start:steepest-descent]
def steepness(dW, U):
    r"""Slope of the loss along a move, whatever its sign: at most the product of both lengths.

    Args:
        dW: (D, C) gradient of the loss in the weights.
        U: (D, C) move of the weights.

    Returns:
        number, at least 0, in units of loss.

    Source: docs/fr/context.md#steepest-descent
    """
    return abs(slope(dW, U))
# --8<-- [end:steepest-descent]


# --8<-- [start:cauchy-schwarz]
def squared_rest(dW, U):
    r"""Squared length of what is left of a move without its part along the gradient.

    Args:
        dW: (D, C) gradient of the loss in the weights.
        U: (D, C) move of the weights.

    Returns:
        number, at least 0: the move counts the squared length of dW times.

    Source: docs/fr/context.md#cauchy-schwarz
    """
    rest = (dW**2).sum() * U - slope(dW, U) * dW
    return (rest**2).sum()
# --8<-- [end:cauchy-schwarz]


# --8<-- [start:gradient-ascent]
def loss_uphill(X, W, y, eta):
    r"""Loss one step uphill, $L(W + \eta \, \partial L / \partial W)$.

    Args:
        X: (D,) input.
        W: (D, C) weights.
        y: class, an integer from 1 to C.
        eta: learning rate, positive.

    Returns:
        number, above L(W) wherever the gradient isn't 0, in nats.

    Raises:
        ValueError: if the shapes don't fit, or if there is no such class.

    Source: docs/fr/context.md#gradient-ascent
    """
    return loss_of_weights(X, W + eta * gradient(X, W, y), y)
# --8<-- [end:gradient-ascent]


if __name__ == "__main__":
    # --8<-- [start:example]
    X = np.array([1.0, 2.0])  # D = 2
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])  # D = 2, C = 3
    y = 2
    print("X:", X.shape, "  W:", W.shape)
    # --8<-- [end:example]

    # --8<-- [start:one-hot-demo]
    Y = one_hot(y, 3)
    print("Y =", Y)
    # --8<-- [end:one-hot-demo]

    # --8<-- [start:logits-demo]
    logits = linear(X, W)
    print("logits =", logits)
    # --8<-- [end:logits-demo]

    # --8<-- [start:logits-index-demo]
    print("logits =", linear_by_index(X, W))
    # --8<-- [end:logits-index-demo]

    # --8<-- [start:probabilities-demo]
    S = probabilities(logits)
    print("S =", np.round(S, 4), "  sum:", round(S.sum(), 12))
    # --8<-- [end:probabilities-demo]

    # --8<-- [start:loss-demo]
    print("L =", round(loss(S, y), 4))
    for other in (1, 3):
        print(f"L = {loss(S, other):.4f} if y = {other}")
    # --8<-- [end:loss-demo]

    # --8<-- [start:loss-of-weights-demo]
    print("L(W) =", round(loss_of_weights(X, W, y), 4))
    print("L(0) =", round(loss_of_weights(X, 0 * W, y), 4), "= ln 3")
    # --8<-- [end:loss-of-weights-demo]

    # --8<-- [start:gradient-step-demo]
    print("gradient:")
    print(np.round(gradient(X, W, y), 3))

    V = W.copy()
    for step in range(4):
        print(f"step {step}: L = {loss_of_weights(X, V, y):.4f}")
        V = descend(X, V, y, eta=0.1)
    # --8<-- [end:gradient-step-demo]

    # --8<-- [start:directional-slope-demo]
    dW = gradient(X, W, y)
    print("first weight alone:", round(slope(dW, np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])), 4))
    # --8<-- [end:directional-slope-demo]

    # --8<-- [start:steepest-descent-demo]
    length = np.linalg.norm(dW)
    print("along the gradient:", round(steepness(dW, dW / length), 4), "= its length:", round(length, 4))
    for angle in (0, 0.25, 0.5, 0.75, 1):  # in half turns, from the gradient
        side = np.array([[2.0, 2.0, 2.0], [-1.0, -1.0, -1.0]]) / np.sqrt(15)  # at right angles to it
        U = np.cos(np.pi * angle) * dW / length + np.sin(np.pi * angle) * side
        print(f"turned by {180 * angle:3.0f} degrees: {slope(dW, U):7.4f}")
    # --8<-- [end:steepest-descent-demo]

    # --8<-- [start:cauchy-schwarz-demo]
    print("across:", round(squared_rest(dW, side), 4), "  along:", round(squared_rest(dW, dW), 12))
    # --8<-- [end:cauchy-schwarz-demo]

    # --8<-- [start:gradient-ascent-demo]
    print(f"start: L = {loss_of_weights(X, W, y):.4f}")
    for eta in (0.001, 0.01, 0.1, 1, 3):
        down = loss_of_weights(X, descend(X, W, y, eta), y)
        up = loss_uphill(X, W, y, eta)
        print(f"eta = {eta:<5}   with -: {down:<9.4g}   with +: {up:.4g}")
    # --8<-- [end:gradient-ascent-demo]
