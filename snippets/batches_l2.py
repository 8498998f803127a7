"""Regularisation of the weights, and what follows from the gradients of a batch."""

import numpy as np


# --8<-- [start:l2-loss]
def regularised_loss(L, W, alpha):
    r"""Regularised loss, $L + \frac{\alpha}{2} \sum_{j,k} w_{jk}^2$.

    Args:
        L: loss of the batch, in nats.
        W: (D, C) weights.
        alpha: strength of the regularisation, positive.

    Returns:
        number, at least L.

    Source: docs/fr/regularisation.md#l2-loss
    """
    return L + alpha / 2 * np.sum(W**2)
# --8<-- [end:l2-loss]


# --8<-- [start:l2-penalty-gradient]
def penalty_gradient(W, alpha):
    r"""Gradient of the penalty alone, $\alpha w_{jk}$.

    Args:
        W: (D, C) weights.
        alpha: strength of the regularisation, positive.

    Returns:
        (D, C), in nats per unit of weight.

    Source: docs/fr/regularisation.md#l2-penalty-gradient
    """
    return alpha * W
# --8<-- [end:l2-penalty-gradient]


# --8<-- [start:l2-grad]
def regularised_grad_W(X, S, Y, W, alpha):
    r"""Gradient of the regularised loss, $\frac{1}{N} X^\top (S - Y) + \alpha W$.

    Args:
        X: (N, D) inputs, one row an example.
        S: (N, C) probabilities, each row summing to 1.
        Y: (N, C) one-hot classes, one row an example.
        W: (D, C) weights.
        alpha: strength of the regularisation, positive.

    Returns:
        (D, C), in nats per unit of weight.

    Source: docs/fr/regularisation.md#l2-grad
    """
    return X.T @ (S - Y) / len(X) + alpha * W
# --8<-- [end:l2-grad]


# --8<-- [start:l2-grad-b]
def regularised_grad_b(S, Y):
    r"""Gradient with respect to the bias, which the penalty doesn't touch.

    Args:
        S: (N, C) probabilities, each row summing to 1.
        Y: (N, C) one-hot classes, one row an example.

    Returns:
        (C,), in nats per unit of bias.

    Source: docs/fr/regularisation.md#l2-grad-b
    """
    return (S - Y).mean(axis=0)
# --8<-- [end:l2-grad-b]


# --8<-- [start:l2-step]
def decayed_step(W, dW, alpha, eta):
    r"""One step downhill, $(1 - \eta \alpha) W - \eta \, \partial L / \partial W$.

    Args:
        W: (D, C) weights.
        dW: (D, C) gradient of the loss without its penalty.
        alpha: strength of the regularisation, positive.
        eta: learning rate, positive.

    Returns:
        (D, C) weights.

    Source: docs/fr/regularisation.md#l2-step
    """
    return (1 - eta * alpha) * W - eta * dW
# --8<-- [end:l2-step]


# --8<-- [start:grad-w-rows]
def sums_of_rows(dW):
    r"""Sum of each row of the gradient, $\sum_k \partial L / \partial w_{jk}$.

    Args:
        dW: (D, C) gradient of the loss with respect to the weights.

    Returns:
        (D,) zeros, to rounding.

    Source: docs/fr/batch-gradients.md#batch-grad-w-rows
    """
    return dW.sum(axis=1)
# --8<-- [end:grad-w-rows]


# --8<-- [start:l2-grad-rows]
def regularised_sums_of_rows(W, alpha):
    r"""Sum of each row of the regularised gradient, $\alpha \sum_k w_{jk}$.

    Args:
        W: (D, C) weights.
        alpha: strength of the regularisation, positive.

    Returns:
        (D,) numbers.

    Source: docs/fr/regularisation.md#l2-grad-rows
    """
    return alpha * W.sum(axis=1)
# --8<-- [end:l2-grad-rows]


# --8<-- [start:weighted-loss]
def weighted_loss(omega, losses):
    r"""Loss in which examples don't count alike, $\sum_n \omega_n \ell_n$.

    Args:
        omega: (N,) weights of the examples, none negative, summing to 1.
        losses: (N,) losses of the examples, in nats.

    Returns:
        number, at least 0, in nats.

    Source: docs/fr/batch-gradients.md#batch-loss-weighted
    """
    return omega @ losses
# --8<-- [end:weighted-loss]


# --8<-- [start:weighted-grad-logits]
def weighted_grad_logits(omega, S, Y):
    r"""Gradient of the weighted loss, $\omega_r (S_{ri} - Y_{ri})$.

    Args:
        omega: (N,) weights of the examples, none negative, summing to 1.
        S: (N, C) probabilities, each row summing to 1.
        Y: (N, C) one-hot classes, one row an example.

    Returns:
        (N, C), in nats per unit of logit.

    Source: docs/fr/batch-gradients.md#batch-grad-logits-weighted
    """
    return omega[:, None] * (S - Y)
# --8<-- [end:weighted-grad-logits]


# --8<-- [start:weighted-grad-w]
def weighted_grad_W(X, omega, S, Y):
    r"""Gradient of the weighted loss, $X^\top \operatorname{diag}(\omega) (S - Y)$.

    Args:
        X: (N, D) inputs, one row an example.
        omega: (N,) weights of the examples, none negative, summing to 1.
        S: (N, C) probabilities, each row summing to 1.
        Y: (N, C) one-hot classes, one row an example.

    Returns:
        (D, C), in nats per unit of weight.

    Source: docs/fr/batch-gradients.md#batch-grad-w-weighted
    """
    return X.T @ np.diag(omega) @ (S - Y)
# --8<-- [end:weighted-grad-w]


if __name__ == "__main__":
    from batches import batch_logits, batch_loss, batch_softmax, losses, one_hot_rows
    from batches_gradients import batch_grad_b, batch_grad_W

    X = np.array([[1.0, 2.0], [0.5, -1.0], [-1.0, 1.5], [2.0, 0.0]])
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    b = np.array([-0.5, 1.0, 0.0])
    y = np.array([2, 1, 3, 1])
    Y = one_hot_rows(y, 3)
    S = batch_softmax(batch_logits(X, W, b))
    dW = batch_grad_W(X, S, Y)

    # --8<-- [start:l2-loss-demo]
    L = batch_loss(S, y)
    for alpha in (0.01, 0.1, 1.0):
        print(f"alpha = {alpha:<4}  R = {regularised_loss(L, W, alpha):.4f}")
    # --8<-- [end:l2-loss-demo]

    # --8<-- [start:l2-penalty-gradient-demo]
    print(penalty_gradient(W, 0.1))
    # --8<-- [end:l2-penalty-gradient-demo]

    # --8<-- [start:l2-grad-demo]
    print(regularised_grad_W(X, S, Y, W, 0.1).round(4))
    # --8<-- [end:l2-grad-demo]

    # --8<-- [start:l2-grad-b-demo]
    print("db =", regularised_grad_b(S, Y).round(4))
    # --8<-- [end:l2-grad-b-demo]

    # --8<-- [start:l2-step-demo]
    def train(alpha, steps):
        """Weights and probabilities after some steps of size 1, from zeros."""
        W, b = np.zeros((2, 3)), np.zeros(3)
        for _ in range(steps):
            S = batch_softmax(batch_logits(X, W, b))
            W = decayed_step(W, batch_grad_W(X, S, Y), alpha, 1.0)
            b = b - batch_grad_b(S, Y)
        return W, batch_softmax(batch_logits(X, W, b))

    for alpha in (0.0, 0.1):
        for steps in (10, 100, 1000, 10000):
            trained, S = train(alpha, steps)
            norm, L = np.sqrt(np.sum(trained**2)), batch_loss(S, y)
            print(f"alpha = {alpha}, step {steps:<5}  norm {norm:6.3f}, L = {L:.4f}")
    # --8<-- [end:l2-step-demo]

    # --8<-- [start:grad-w-rows-demo]
    print("largest sum of a row:", np.abs(sums_of_rows(dW)).max().round(12))
    # --8<-- [end:grad-w-rows-demo]

    # --8<-- [start:l2-grad-rows-demo]
    print("before:", regularised_sums_of_rows(W, 0.1).round(4))
    print("trained:", np.abs(regularised_sums_of_rows(trained, 0.1)).max().round(12))
    # --8<-- [end:l2-grad-rows-demo]

    # --8<-- [start:weighted-loss-demo]
    omega = np.array([0.4, 0.1, 0.4, 0.1])
    S = batch_softmax(batch_logits(X, W, b))
    print("weighted:", weighted_loss(omega, losses(S, y)).round(4))
    print("mean:    ", weighted_loss(np.ones(4) / 4, losses(S, y)).round(4))
    # --8<-- [end:weighted-loss-demo]

    # --8<-- [start:weighted-grad-logits-demo]
    print(weighted_grad_logits(omega, S, Y).round(4))
    # --8<-- [end:weighted-grad-logits-demo]

    # --8<-- [start:weighted-grad-w-demo]
    print(weighted_grad_W(X, omega, S, Y).round(4))
    # --8<-- [end:weighted-grad-w-demo]
