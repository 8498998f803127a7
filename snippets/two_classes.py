"""Two classes: logistic regression, which is softmax with one score."""

# --8<-- [start:imports]
import numpy as np

# --8<-- [end:imports]


# --8<-- [start:logistic]
def score(X, w):
    r"""Score of "yes", $X w^\top$.

    Args:
        X: (D,) input.
        w: (D,) weights.

    Returns:
        number.

    Source: docs/fr/two-classes.md#logistic
    """
    return X @ w
# --8<-- [end:logistic]


# --8<-- [start:logistic-softmax]
def sigmoid_by_softmax(z):
    r"""Probability of "yes", by softmax of the scores z and 0.

    Args:
        z: number, the score.

    Returns:
        number from 0 to 1.

    Source: docs/fr/two-classes.md#logistic-softmax
    """
    return np.exp(z - np.logaddexp(0.0, z))  # the denominator's logarithm, which doesn't overflow
# --8<-- [end:logistic-softmax]


# --8<-- [start:logistic-loss]
def logistic_loss(z, y):
    r"""Loss of a score, $\ln(1 + e^z) - y z$, without overflow.

    Args:
        z: number, the score.
        y: right answer, 0 or 1.

    Returns:
        number, at least 0, in nats.

    Source: docs/fr/two-classes.md#logistic-loss
    """
    return np.logaddexp(0.0, z) - y * z
# --8<-- [end:logistic-loss]


# --8<-- [start:logistic-gradient]
def logistic_slope(sigmoid, y):
    r"""Derivative of the loss in the score, $\sigma - y$.

    Args:
        sigmoid: probability of "yes".
        y: right answer, 0 or 1.

    Returns:
        number between -1 and 1.

    Source: docs/fr/two-classes.md#logistic-gradient
    """
    return sigmoid - y
# --8<-- [end:logistic-gradient]


# --8<-- [start:logistic-signed]
def sign_of(y):
    r"""Right answer as a sign, $2 y - 1$.

    Args:
        y: right answer, 0 or 1.

    Returns:
        number, -1 or 1.

    Source: docs/fr/two-classes.md#logistic-signed
    """
    return 2 * y - 1
# --8<-- [end:logistic-signed]


# --8<-- [start:logistic-curvature]
def logistic_curvature(sigmoid):
    r"""Second derivative of the loss in the score, $\sigma (1 - \sigma)$.

    Args:
        sigmoid: probability of "yes".

    Returns:
        number from 0 to 1/4.

    Source: docs/fr/two-classes.md#logistic-curvature
    """
    return sigmoid * (1 - sigmoid)
# --8<-- [end:logistic-curvature]


if __name__ == "__main__":
    # --8<-- [start:logistic-demo]
    X, w, y = np.array([1.0, 2.0]), np.array([0.5, -0.25]), 1
    z = score(X, w)
    print("z =", z)
    # --8<-- [end:logistic-demo]

    # --8<-- [start:logistic-softmax-demo]
    for score_of_yes in (-1000.0, 0.0, 2.0, 1000.0):
        print(f"z = {score_of_yes:6}: {sigmoid_by_softmax(score_of_yes):.4f}")
    # --8<-- [end:logistic-softmax-demo]

    # --8<-- [start:logistic-loss-demo]
    print("L =", round(logistic_loss(z, y), 4), "= ln 2")
    # --8<-- [end:logistic-loss-demo]

    # --8<-- [start:logistic-gradient-demo]
    for step in range(3):
        z = score(X, w)
        dw = logistic_slope(sigmoid_by_softmax(z), y) * X
        print(f"step {step}: L = {logistic_loss(z, y):.4f}, dw = {np.round(dw, 4)}")
        w = w - 0.5 * dw
    # --8<-- [end:logistic-gradient-demo]

    # --8<-- [start:logistic-signed-demo]
    for y in (0, 1):
        print(f"y = {y}: {np.logaddexp(0.0, -sign_of(y) * 3.0):.4f} = {logistic_loss(3.0, y):.4f}")
    # --8<-- [end:logistic-signed-demo]

    # --8<-- [start:logistic-curvature-demo]
    print(logistic_curvature(0.5), round(logistic_curvature(0.9), 4))
    # --8<-- [end:logistic-curvature-demo]
