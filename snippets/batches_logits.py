"""Gradient of a batch's loss with respect to its logits, one example at a time."""

import numpy as np


# --8<-- [start:logsumexp-gradient]
def logsumexp_jacobian(S):
    r"""Derivatives of each example's log-sum-exp with respect to all logits.

    Args:
        S: (N, C) probabilities, each row summing to 1.

    Returns:
        (N, N, C): the example n, then the logit's row r and column i.

    Source: docs/fr/batch-gradients.md#batch-logsumexp-gradient
    """
    N, C = S.shape
    J = np.zeros((N, N, C))
    for n in range(N):
        J[n, n] = S[n]  # no other example's logits count
    return J
# --8<-- [end:logsumexp-gradient]


# --8<-- [start:right-logit-gradient]
def right_logit_jacobian(Y):
    r"""Derivatives of each example's right logit with respect to all logits.

    Args:
        Y: (N, C) one-hot classes, one row an example.

    Returns:
        (N, N, C): the example n, then the logit's row r and column i.

    Source: docs/fr/batch-gradients.md#batch-right-logit-gradient
    """
    N, C = Y.shape
    J = np.zeros((N, N, C))
    for n in range(N):
        J[n, n] = Y[n]
    return J
# --8<-- [end:right-logit-gradient]


# --8<-- [start:losses-gradient]
def losses_jacobian(S, Y):
    r"""Derivatives of each example's loss with respect to all logits.

    Args:
        S: (N, C) probabilities, each row summing to 1.
        Y: (N, C) one-hot classes, one row an example.

    Returns:
        (N, N, C): the example n, then the logit's row r and column i.

    Source: docs/fr/batch-gradients.md#batch-losses-gradient
    """
    return logsumexp_jacobian(S) - right_logit_jacobian(Y)
# --8<-- [end:losses-gradient]


# --8<-- [start:grad-logits-index]
def batch_grad_logits_by_mean(S, Y):
    r"""Gradient with respect to the logits, as a mean over the examples.

    Args:
        S: (N, C) probabilities, each row summing to 1.
        Y: (N, C) one-hot classes, one row an example.

    Returns:
        (N, C), in nats per unit of logit.

    Source: docs/fr/batch-gradients.md#batch-grad-logits-index
    """
    return losses_jacobian(S, Y).mean(axis=0)
# --8<-- [end:grad-logits-index]


if __name__ == "__main__":
    from batches import batch_logits, batch_softmax, one_hot_rows

    X = np.array([[1.0, 2.0], [0.5, -1.0], [-1.0, 1.5], [2.0, 0.0]])
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    S = batch_softmax(batch_logits(X, W, np.array([-0.5, 1.0, 0.0])))
    Y = one_hot_rows(np.array([2, 1, 3, 1]), 3)

    # --8<-- [start:logsumexp-gradient-demo]
    print("shape:", logsumexp_jacobian(S).shape)
    print("first example, by all logits:")
    print(logsumexp_jacobian(S)[0].round(4))
    # --8<-- [end:logsumexp-gradient-demo]

    # --8<-- [start:right-logit-gradient-demo]
    print(right_logit_jacobian(Y)[0])
    # --8<-- [end:right-logit-gradient-demo]

    # --8<-- [start:losses-gradient-demo]
    print(losses_jacobian(S, Y)[0].round(4))
    # --8<-- [end:losses-gradient-demo]

    # --8<-- [start:grad-logits-index-demo]
    print(batch_grad_logits_by_mean(S, Y).round(4))
    # --8<-- [end:grad-logits-index-demo]
