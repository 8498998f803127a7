"""A convolution layer in one dimension, and its gradients."""

import numpy as np


# --8<-- [start:layer]
def layer(x, w, b):
    """The output, with shape (M,): x is (M + K - 1,), w is (K,), b is a number."""
    return b + np.correlate(x, w, mode="valid")
# --8<-- [end:layer]


# --8<-- [start:grad-w]
def grad_w(x, g):
    """The gradient of the kernel, with shape (K,)."""
    return np.correlate(x, g, mode="valid")
# --8<-- [end:grad-w]


# --8<-- [start:grad-x]
def grad_x(w, g):
    """The gradient of the input, with shape (M + K - 1,)."""
    return np.convolve(g, w, mode="full")
# --8<-- [end:grad-x]


if __name__ == "__main__":
    # --8<-- [start:layer-demo]
    edge = np.array([-1.0, 1.0])
    print(layer(np.array([0.0, 0.0, 1.0, 1.0, 0.0]), edge, b=0.0))
    # --8<-- [end:layer-demo]

    # --8<-- [start:grad-x-demo]
    print(grad_x(edge, np.array([0.0, 1.0, 0.0, 0.0])))
    # --8<-- [end:grad-x-demo]
