"""A ReLU layer and its gradients."""

import numpy as np


# --8<-- [start:layer]
def layer(X, W, b):
    """The sums of the layer, with shape (M,); `np.maximum(0, …)` makes its output of them."""
    return X @ W + b
# --8<-- [end:layer]


# --8<-- [start:grad-w]
def grad_w(X, G, A):
    """The gradient of the weights, with shape (D, M)."""
    return np.outer(X, G * (A > 0))
# --8<-- [end:grad-w]


# --8<-- [start:grad-x]
def grad_x(W, G, A):
    """The gradient of the input, with shape (D,)."""
    return W @ (G * (A > 0))
# --8<-- [end:grad-x]


if __name__ == "__main__":
    X, W = np.array([1.0, 2.0]), np.array([[1.0, -1.0, 0.5], [0.5, 0.25, -1.0]])
    b, G = np.array([0.0, 0.1, 0.0]), np.array([1.0, 1.0, 1.0])

    # --8<-- [start:grad-x-demo]
    A = layer(X, W, b)
    print("sums:", A)
    print("gradient:", grad_x(W, G, A))
    # --8<-- [end:grad-x-demo]
