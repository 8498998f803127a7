"""Gradients of a batch's loss: the logits', the weights', the bias's and the inputs'."""

import numpy as np


# --8<-- [start:grad-logits]
def batch_grad_logits(S, Y):
    r"""Gradient with respect to the logits, $\frac{1}{N} (S - Y)$.

    Args:
        S: (N, C) probabilities, each row summing to 1.
        Y: (N, C) one-hot classes, one row an example.

    Returns:
        (N, C), in nats per unit of logit.

    Source: docs/fr/batch-gradients.md#batch-grad-logits
    """
    return (S - Y) / len(S)
# --8<-- [end:grad-logits]


# --8<-- [start:jacobian-w]
def batch_jacobian_W(X, C):
    r"""Derivatives $\partial \Lambda_{ni} / \partial w_{jk} = x_{nj} \delta_{ik}$.

    Args:
        X: (N, D) inputs, one row an example.
        C: number of classes.

    Returns:
        (N, C, D, C): the logit's row n and column i, the weight's j and k.

    Source: docs/fr/batch-gradients.md#batch-jacobian-w
    """
    N, D = X.shape
    J = np.zeros((N, C, D, C))
    for i in range(C):
        J[:, i, :, i] = X
    return J
# --8<-- [end:jacobian-w]


# --8<-- [start:grad-w-index]
def batch_grad_W_by_loops(X, S, Y):
    r"""Gradient with respect to the weights, term by term.

    Args:
        X: (N, D) inputs, one row an example.
        S: (N, C) probabilities, each row summing to 1.
        Y: (N, C) one-hot classes, one row an example.

    Returns:
        (D, C), in nats per unit of weight.

    Source: docs/fr/batch-gradients.md#batch-grad-w-index
    """
    N, D, C = *X.shape, S.shape[1]
    dW = np.zeros((D, C))
    # --8<-- [start:grad-w-index-useful]
    for j in range(D):
        for k in range(C):
            for n in range(N):
                dW[j, k] += X[n, j] * (S[n, k] - Y[n, k]) / N
    # --8<-- [end:grad-w-index-useful]
    return dW
# --8<-- [end:grad-w-index]


# --8<-- [start:grad-w]
def batch_grad_W(X, S, Y):
    r"""Gradient with respect to the weights, $\frac{1}{N} X^\top (S - Y)$.

    Args:
        X: (N, D) inputs, one row an example.
        S: (N, C) probabilities, each row summing to 1.
        Y: (N, C) one-hot classes, one row an example.

    Returns:
        (D, C), in nats per unit of weight.

    Source: docs/fr/batch-gradients.md#batch-grad-w
    """
    return X.T @ (S - Y) / len(X)
# --8<-- [end:grad-w]


# --8<-- [start:grad-w-mean]
def batch_grad_W_by_mean(X, S, Y):
    r"""Gradient with respect to the weights, as the mean of the examples' own.

    Args:
        X: (N, D) inputs, one row an example.
        S: (N, C) probabilities, each row summing to 1.
        Y: (N, C) one-hot classes, one row an example.

    Returns:
        (D, C), in nats per unit of weight.

    Source: docs/fr/batch-gradients.md#batch-grad-w-mean
    """
    return np.mean([np.outer(*row) for row in zip(X, S - Y, strict=True)], axis=0)
# --8<-- [end:grad-w-mean]


# --8<-- [start:jacobian-b]
def batch_jacobian_b(N, C):
    r"""Derivatives $\partial \Lambda_{ni} / \partial b_k$: 1 if $i = k$, else 0.

    Args:
        N: number of examples.
        C: number of classes.

    Returns:
        (N, C, C): the logit's row n and column i, then the bias's k.

    Source: docs/fr/batch-gradients.md#batch-jacobian-b
    """
    return np.array([np.eye(C)] * N)
# --8<-- [end:jacobian-b]


# --8<-- [start:grad-b-index]
def batch_grad_b_by_index(dlogits):
    r"""Gradient with respect to the bias, one class at a time.

    Args:
        dlogits: (N, C) gradient with respect to the logits.

    Returns:
        (C,), in nats per unit of bias.

    Source: docs/fr/batch-gradients.md#batch-grad-b-index
    """
    N, C = dlogits.shape
    return np.array([sum(dlogits[n, k] for n in range(N)) for k in range(C)])
# --8<-- [end:grad-b-index]


# --8<-- [start:grad-b]
def batch_grad_b(S, Y):
    r"""Gradient with respect to the bias, $\frac{1}{N} \mathbf{1}_N (S - Y)$.

    Args:
        S: (N, C) probabilities, each row summing to 1.
        Y: (N, C) one-hot classes, one row an example.

    Returns:
        (C,), in nats per unit of bias.

    Source: docs/fr/batch-gradients.md#batch-grad-b
    """
    N = len(S)
    return np.ones(N) @ (S - Y) / N
# --8<-- [end:grad-b]


# --8<-- [start:jacobian-x]
def batch_jacobian_X(W, N):
    r"""Derivatives $\partial \Lambda_{ni} / \partial x_{rl} = \delta_{nr} w_{li}$.

    Args:
        W: (D, C) weights.
        N: number of examples.

    Returns:
        (N, C, N, D): the logit's row n and column i, the input's r and l.

    Source: docs/fr/batch-gradients.md#batch-jacobian-x
    """
    D, C = W.shape
    J = np.zeros((N, C, N, D))
    for n in range(N):
        J[n, :, n, :] = W.T  # an example's logits read its own row of X only
    return J
# --8<-- [end:jacobian-x]


# --8<-- [start:grad-x-index]
def batch_grad_X_by_index(dlogits, W):
    r"""Gradient with respect to the inputs, term by term.

    Args:
        dlogits: (N, C) gradient with respect to the logits.
        W: (D, C) weights.

    Returns:
        (N, D), in nats per unit of input.

    Source: docs/fr/batch-gradients.md#batch-grad-x-index
    """
    dX = np.zeros((len(dlogits), len(W)))
    for r, dlogits_r in enumerate(dlogits):
        for index, W_l in enumerate(W):
            dX[r, index] = sum(d * w for d, w in zip(dlogits_r, W_l, strict=True))
    return dX
# --8<-- [end:grad-x-index]


# --8<-- [start:grad-x]
def batch_grad_X(S, Y, W):
    r"""Gradient with respect to the inputs, $\frac{1}{N} (S - Y) W^\top$.

    Args:
        S: (N, C) probabilities, each row summing to 1.
        Y: (N, C) one-hot classes, one row an example.
        W: (D, C) weights.

    Returns:
        (N, D), in nats per unit of input.

    Source: docs/fr/batch-gradients.md#batch-grad-x
    """
    return (S - Y) @ W.T / len(S)
# --8<-- [end:grad-x]


if __name__ == "__main__":
    from batches import batch_logits, batch_softmax, one_hot_rows

    X = np.array([[1.0, 2.0], [0.5, -1.0], [-1.0, 1.5], [2.0, 0.0]])
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    S = batch_softmax(batch_logits(X, W, np.array([-0.5, 1.0, 0.0])))
    Y = one_hot_rows(np.array([2, 1, 3, 1]), 3)

    # --8<-- [start:grad-logits-demo]
    dlogits = batch_grad_logits(S, Y)
    print(dlogits.round(4))
    # --8<-- [end:grad-logits-demo]

    # --8<-- [start:jacobian-w-demo]
    J = batch_jacobian_W(X, 3)
    print("shape:", J.shape)
    print("logit 2 of the first example, by all weights:")
    print(J[0, 1])
    # --8<-- [end:jacobian-w-demo]

    # --8<-- [start:grad-w-index-demo]
    print(batch_grad_W_by_loops(X, S, Y).round(4))
    # --8<-- [end:grad-w-index-demo]

    # --8<-- [start:grad-w-demo]
    dW = batch_grad_W(X, S, Y)
    print(dW.round(4))
    # --8<-- [end:grad-w-demo]

    # --8<-- [start:grad-w-mean-demo]
    print("weight w_11:", (X[:, 0] * (S - Y)[:, 0]).round(4), "one by one")
    print(batch_grad_W_by_mean(X, S, Y).round(4))
    # --8<-- [end:grad-w-mean-demo]

    # --8<-- [start:jacobian-b-demo]
    print("shape:", batch_jacobian_b(4, 3).shape)
    # --8<-- [end:jacobian-b-demo]

    # --8<-- [start:grad-b-index-demo]
    print("db =", batch_grad_b_by_index(dlogits).round(4))
    # --8<-- [end:grad-b-index-demo]

    # --8<-- [start:grad-b-demo]
    db = batch_grad_b(S, Y)
    print("db =", db.round(4))
    # --8<-- [end:grad-b-demo]

    # --8<-- [start:jacobian-x-demo]
    J = batch_jacobian_X(W, 4)
    print("shape:", J.shape)
    print("logit 2 of the first example, by all inputs:")
    print(J[0, 1])
    # --8<-- [end:jacobian-x-demo]

    # --8<-- [start:grad-x-index-demo]
    print(batch_grad_X_by_index(dlogits, W).round(4))
    # --8<-- [end:grad-x-index-demo]

    # --8<-- [start:grad-x-demo]
    print(batch_grad_X(S, Y, W).round(4))
    # --8<-- [end:grad-x-demo]

    # --8<-- [start:loops-or-arrays]
    rng = np.random.default_rng(0)
    many = rng.normal(size=(50, 20))  # N = 50, D = 20, C = 10
    guesses = batch_softmax(rng.normal(size=(50, 10)))
    truths = one_hot_rows(rng.integers(1, 11, size=50), 10)
    # --8<-- [start:loops-or-arrays-useful]
    loops = batch_grad_W_by_loops(many, guesses, truths)
    arrays = batch_grad_W(many, guesses, truths)
    print("the same to 15 decimals:", np.allclose(loops, arrays, rtol=0, atol=1e-15))
    # --8<-- [end:loops-or-arrays-useful]
    # --8<-- [end:loops-or-arrays]
