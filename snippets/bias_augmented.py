"""With a bias: the weights and the input, and the bias stored as one more row of weights."""

import numpy as np


# --8<-- [start:jacobian-w]
def jacobian_w(X, C):
    r"""Derivatives of the logits, $\partial \lambda_i / \partial w_{jk} = x_j \delta_{ik}$.

    Args:
        X: (D,) input.
        C: number of classes.

    Returns:
        (C, D, C): logit i, then the weight's row j and column k.

    Source: docs/fr/bias.md#bias-jacobian-w
    """
    J = np.zeros((C, X.size, C))
    for i in range(C):
        J[i, :, i] = X  # logit i reads column i of W only
    return J
# --8<-- [end:jacobian-w]


# --8<-- [start:grad-w]
def grad_W(X, S, Y):
    r"""Gradient of the loss with respect to the weights, $X^\top (S - Y)$.

    Args:
        X: (D,) input.
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (D, C), in nats per unit of weight.

    Source: docs/fr/bias.md#bias-grad-w
    """
    return np.outer(X, S - Y)
# --8<-- [end:grad-w]


# --8<-- [start:jacobian-x]
def jacobian_x(W):
    r"""Derivatives of the logits, $\partial \lambda_i / \partial x_l = w_{li}$.

    Args:
        W: (D, C) weights.

    Returns:
        (C, D), row i for the logit, column l for the input.

    Source: docs/fr/bias.md#bias-jacobian-x
    """
    return W.T
# --8<-- [end:jacobian-x]


# --8<-- [start:grad-x]
def grad_X(W, S, Y):
    r"""Gradient of the loss with respect to the input, $(S - Y) W^\top$.

    Args:
        W: (D, C) weights.
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (D,), in nats per unit of input.

    Source: docs/fr/bias.md#bias-grad-x
    """
    return (S - Y) @ W.T
# --8<-- [end:grad-x]


# --8<-- [start:augmented-input]
def augmented_input(X):
    r"""The input with a 1 at its end, $\tilde x$.

    Args:
        X: (D,) input.

    Returns:
        (D + 1,) numbers, the last of them 1.

    Source: docs/fr/bias.md#augmented-input
    """
    return np.append(X, 1.0)
# --8<-- [end:augmented-input]


# --8<-- [start:augmented-weights]
def augmented_weights(W, b):
    r"""The weights with the bias below them, $\tilde w$.

    Args:
        W: (D, C) weights.
        b: (C,) bias.

    Returns:
        (D + 1, C) numbers, the last row of them b.

    Source: docs/fr/bias.md#augmented-weights
    """
    return np.vstack([W, b])
# --8<-- [end:augmented-weights]


# --8<-- [start:augmented]
def augmented_logits(x_tilde, w_tilde):
    r"""Logits in one product, $\lambda_i = \sum_{l=1}^{D+1} \tilde x_l \tilde w_{li}$.

    Args:
        x_tilde: (D + 1,) input, then 1.
        w_tilde: (D + 1, C) weights, then the bias.

    Returns:
        (C,) logits.

    Source: docs/fr/bias.md#bias-augmented
    """
    return x_tilde @ w_tilde
# --8<-- [end:augmented]


# --8<-- [start:augmented-gradient]
def augmented_gradient(x_tilde, S, Y):
    r"""Gradients of the weights and, below them, of the bias, in one product.

    Args:
        x_tilde: (D + 1,) input, then 1.
        S: (C,) probabilities, summing to 1.
        Y: (C,) one-hot class.

    Returns:
        (D + 1, C), in nats per unit of weight; the last row is the bias's.

    Source: docs/fr/bias.md#bias-augmented-gradient
    """
    return np.outer(x_tilde, S - Y)
# --8<-- [end:augmented-gradient]


# --8<-- [start:gradient-sum]
def sum_of_gradient(db):
    r"""Sum of the gradient's components, $\sum_k \partial L / \partial b_k$.

    Args:
        db: (C,) gradient of the loss with respect to the bias.

    Returns:
        number: 0, to rounding.

    Source: docs/fr/bias.md#bias-gradient-sum
    """
    return db.sum()
# --8<-- [end:gradient-sum]


# --8<-- [start:shift]
def shifted_bias(X, W, b, c):
    r"""Probabilities after adding c to each bias, which changes nothing.

    Args:
        X: (D,) input.
        W: (D, C) weights.
        b: (C,) bias.
        c: number.

    Returns:
        (C,) probabilities, the same whatever c is.

    Source: docs/fr/bias.md#bias-shift
    """
    logits = X @ W + b + c * np.ones(b.size)
    exponentials = np.exp(logits - logits.max())
    return exponentials / exponentials.sum()
# --8<-- [end:shift]


# --8<-- [start:prior]
def prior_bias(p):
    r"""The bias whose softmax is p, $\hat b_i = \ln p_i$.

    Args:
        p: (C,) distribution, none of its components 0.

    Returns:
        (C,) numbers, none positive.

    Source: docs/fr/targets.md#bias-prior
    """
    return np.log(p)
# --8<-- [end:prior]


# --8<-- [start:prior-softmax]
def blind_probabilities(b_hat):
    r"""Probabilities of a layer that sees nothing, softmax of its bias.

    Args:
        b_hat: (C,) bias.

    Returns:
        (C,) probabilities, summing to 1.

    Source: docs/fr/targets.md#bias-prior-softmax
    """
    exponentials = np.exp(b_hat)
    return exponentials / exponentials.sum()
# --8<-- [end:prior-softmax]


if __name__ == "__main__":
    X = np.array([1.0, 2.0])
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    b = np.array([-0.5, 1.0, 0.0])
    Y = np.array([0.0, 1.0, 0.0])
    S = shifted_bias(X, W, b, 0.0)
    db = S - Y
    p = np.array([0.125, 0.625, 0.25])

    # --8<-- [start:jacobian-w-demo]
    J = jacobian_w(X, 3)
    print("shape:", J.shape)
    for i in range(3):
        print(f"logit {i + 1}:", J[i].tolist())
    # --8<-- [end:jacobian-w-demo]

    # --8<-- [start:grad-w-demo]
    print(grad_W(X, S, Y).round(4))
    # --8<-- [end:grad-w-demo]

    # --8<-- [start:jacobian-x-demo]
    print(jacobian_x(W))
    # --8<-- [end:jacobian-x-demo]

    # --8<-- [start:grad-x-demo]
    print("dX =", grad_X(W, S, Y).round(4))
    # --8<-- [end:grad-x-demo]

    # --8<-- [start:augmented-input-demo]
    x_tilde = augmented_input(X)
    print("x_tilde =", x_tilde)
    # --8<-- [end:augmented-input-demo]

    # --8<-- [start:augmented-weights-demo]
    w_tilde = augmented_weights(W, b)
    print(w_tilde)
    # --8<-- [end:augmented-weights-demo]

    # --8<-- [start:augmented-demo]
    print("logits =", augmented_logits(x_tilde, w_tilde))
    # --8<-- [end:augmented-demo]

    # --8<-- [start:augmented-gradient-demo]
    print(augmented_gradient(x_tilde, S, Y).round(4))
    # --8<-- [end:augmented-gradient-demo]

    # --8<-- [start:gradient-sum-demo]
    print("db =", db.round(4), " sum:", abs(sum_of_gradient(db)).round(12))
    # --8<-- [end:gradient-sum-demo]

    # --8<-- [start:shift-demo]
    for c in (0.0, -1.0, 100.0):
        print(f"c = {c:<6} S =", shifted_bias(X, W, b, c).round(4))
    # --8<-- [end:shift-demo]

    # --8<-- [start:prior-demo]
    b_hat = prior_bias(p)
    print("bias:", b_hat.round(4))
    # --8<-- [end:prior-demo]

    # --8<-- [start:prior-softmax-demo]
    print("S =", blind_probabilities(b_hat))
    # --8<-- [end:prior-softmax-demo]
