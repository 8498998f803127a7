"""The gradient in the logits, by two routes: through log-sum-exp, and through the probabilities."""

# --8<-- [start:imports]
import numpy as np

from context import one_hot, probabilities
from softmax import softmax

# --8<-- [end:imports]


# --8<-- [start:right-logit-gradient]
def right_logit_gradient(y, C):
    r"""Derivatives of the right class's logit in all logits: the one-hot class.

    Args:
        y: class, an integer from 1 to C.
        C: number of classes.

    Returns:
        (C,) zeros but for a one.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/gradients.md#right-logit-gradient
    """
    one_hot(y, C)  # refuses a class that isn't there
    return np.eye(C)[int(y) - 1]
# --8<-- [end:right-logit-gradient]


# --8<-- [start:exponentials-gradient]
def exponentials_gradient(logits):
    r"""Derivatives of the sum of exponentials: one exponential each.

    Args:
        logits: (C,) real numbers.

    Returns:
        (C,) positive numbers.

    Warns:
        RuntimeWarning: if an exponential overflows; it is infinite.

    Source: docs/fr/gradients.md#exponentials-gradient
    """
    return np.exp(logits)
# --8<-- [end:exponentials-gradient]


# --8<-- [start:logsumexp-gradient]
def logsumexp_gradient(logits):
    r"""Derivatives of $\ln \sum_j e^{\lambda_j}$: softmax.

    Args:
        logits: (C,) finite real numbers.

    Returns:
        (C,) positive numbers, summing to 1.

    Raises:
        ValueError: if `logits` isn't a vector of finite numbers.

    Source: docs/fr/gradients.md#logsumexp-gradient
    """
    return softmax(logits)
# --8<-- [end:logsumexp-gradient]


# --8<-- [start:loss-logits-route-a]
def logits_by_logsumexp(logits, y):
    r"""Gradient in the logits, as that of $\ln \sum_j e^{\lambda_j} - \lambda_y$.

    Args:
        logits: (C,) finite real numbers.
        y: class, an integer from 1 to C.

    Returns:
        (C,) numbers, in units of loss.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/gradients.md#loss-logits-route-a
    """
    return logsumexp_gradient(logits) - right_logit_gradient(y, logits.size)
# --8<-- [end:loss-logits-route-a]


# --8<-- [start:loss-softmax-gradient]
def probabilities_gradient(S, Y):
    r"""Gradient of the loss in the probabilities, $-Y_i / S_i$.

    Args:
        S: (C,) positive probabilities.
        Y: (C,) one-hot class.

    Returns:
        (C,) zeros but for one negative number.

    Warns:
        RuntimeWarning: if a probability is 0; the result is infinite or nan.

    Source: docs/fr/gradients.md#loss-softmax-gradient
    """
    return 0.0 - Y / S  # from 0.0, so as not to return -0.0
# --8<-- [end:loss-softmax-gradient]


# --8<-- [start:softmax-logits-jacobian]
def softmax_jacobian(S):
    r"""Jacobian of the probabilities in the logits, $S_i (\delta_{ij} - S_j)$.

    Args:
        S: (C,) probabilities, summing to 1.

    Returns:
        (C, C), row i for the probability, column j for the logit.

    Source: docs/fr/gradients.md#softmax-logits-jacobian
    """
    return S[:, None] * (np.eye(S.size) - S[None, :])
# --8<-- [end:softmax-logits-jacobian]


# --8<-- [start:softmax-logits-constants]
def image_of_a_constant(c, dS_dlogits):
    r"""What a constant c, in every derivative in S, adds in the logits: nothing.

    Args:
        c: number.
        dS_dlogits: (C, C) Jacobian of the probabilities in the logits.

    Returns:
        (C,) zeros, to rounding.

    Source: docs/fr/gradients.md#softmax-logits-constants
    """
    return (c * dS_dlogits).sum(axis=0)
# --8<-- [end:softmax-logits-constants]


# --8<-- [start:chain-through-softmax]
def logits_by_paths(dS, dS_dlogits):
    r"""Gradient in each logit, summed over the probabilities it acts through.

    Args:
        dS: (C,) derivatives of the loss in the probabilities.
        dS_dlogits: (C, C) Jacobian of the probabilities in the logits.

    Returns:
        (C,) numbers, in units of loss.

    Raises:
        ValueError: if the shapes don't fit.

    Source: docs/fr/gradients.md#chain-through-softmax
    """
    dlogits = np.zeros(dS_dlogits.shape[1])
    for of_probability, row in zip(dS, dS_dlogits, strict=True):
        dlogits += of_probability * row
    return dlogits
# --8<-- [end:chain-through-softmax]


# --8<-- [start:chain-through-softmax-matrix]
def logits_by_product(dS, S):
    r"""The same, as the product of a row by the Jacobian.

    Args:
        dS: (C,) derivatives of the loss in the probabilities.
        S: (C,) probabilities, summing to 1.

    Returns:
        (C,) numbers, in units of loss.

    Raises:
        ValueError: if the shapes don't fit.

    Source: docs/fr/gradients.md#chain-through-softmax-matrix
    """
    return dS @ (np.diag(S) - np.outer(S, S))
# --8<-- [end:chain-through-softmax-matrix]


# --8<-- [start:loss-logits-route-b]
def logits_by_probabilities(S, Y):
    r"""Gradient in the logits, through the probabilities.

    Args:
        S: (C,) positive probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (C,) numbers, in units of loss.

    Raises:
        ValueError: if the shapes don't fit.

    Source: docs/fr/gradients.md#loss-logits-route-b
    """
    return logits_by_product(probabilities_gradient(S, Y), S)
# --8<-- [end:loss-logits-route-b]


if __name__ == "__main__":
    # --8<-- [start:right-logit-gradient-demo]
    print(right_logit_gradient(2, 3))
    # --8<-- [end:right-logit-gradient-demo]

    # --8<-- [start:exponentials-gradient-demo]
    logits = np.array([0.5, 0.0, 1.0])  # X W, on the page before
    print(exponentials_gradient(logits))
    # --8<-- [end:exponentials-gradient-demo]

    # --8<-- [start:logsumexp-gradient-demo]
    print(logsumexp_gradient(logits))
    # --8<-- [end:logsumexp-gradient-demo]

    # --8<-- [start:loss-logits-route-a-demo]
    print(logits_by_logsumexp(logits, 2))
    # --8<-- [end:loss-logits-route-a-demo]

    # --8<-- [start:loss-softmax-gradient-demo]
    S, Y = probabilities(logits), one_hot(2, 3)
    dS = probabilities_gradient(S, Y)
    print("dS =", dS)
    # --8<-- [end:loss-softmax-gradient-demo]

    # --8<-- [start:softmax-logits-jacobian-demo]
    dS_dlogits = softmax_jacobian(S)
    print(dS_dlogits)
    # --8<-- [end:softmax-logits-jacobian-demo]

    # --8<-- [start:softmax-logits-constants-demo]
    print(np.round(image_of_a_constant(10.0, dS_dlogits), 12) + 0.0)
    # --8<-- [end:softmax-logits-constants-demo]

    # --8<-- [start:chain-through-softmax-demo]
    print("as it is:   ", logits_by_paths(dS, dS_dlogits))
    print("10 all over:", logits_by_paths(dS + 10.0, dS_dlogits))
    # --8<-- [end:chain-through-softmax-demo]

    # --8<-- [start:chain-through-softmax-matrix-demo]
    print(logits_by_product(dS, S))
    # --8<-- [end:chain-through-softmax-matrix-demo]

    # --8<-- [start:loss-logits-route-b-demo]
    print("route A:", logits_by_logsumexp(logits, 2))
    print("route B:", logits_by_probabilities(S, Y))
    # --8<-- [end:loss-logits-route-b-demo]
