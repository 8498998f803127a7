"""Logistic regression by Newton's method."""

import numpy as np


def sigmoid(z):
    """Between 0 and 1, without an overflow for large negative z."""
    return np.exp(-np.logaddexp(0, -z))


# --8<-- [start:gradient]
def gradient(X, y, w, alpha):
    """The gradient of the loss, with shape (D,): X is (N, D), y is (N,), w is (D,)."""
    return X.T @ (sigmoid(X @ w) - y) + alpha * w
# --8<-- [end:gradient]


# --8<-- [start:hessian]
def hessian(X, w, alpha):
    """The curvature of the loss, with shape (D, D)."""
    p = sigmoid(X @ w)
    return (X.T * (p * (1 - p))) @ X + alpha * np.eye(X.shape[1])
# --8<-- [end:hessian]


# --8<-- [start:step]
def step(X, y, w, alpha):
    """The weights after one step of Newton's method, with shape (D,)."""
    return w - np.linalg.solve(hessian(X, w, alpha), gradient(X, y, w, alpha))
# --8<-- [end:step]


if __name__ == "__main__":
    X = np.array([[1.0, 0.2], [1.0, 1.1], [1.0, 1.9], [1.0, 3.2]])
    y = np.array([0, 1, 0, 1])

    # --8<-- [start:step-demo]
    w = np.zeros(2)
    for _ in range(5):
        print(w.round(6), "length of the gradient:", f"{np.linalg.norm(gradient(X, y, w, 0.1)):.1e}")
        w = step(X, y, w, 0.1)
    # --8<-- [end:step-demo]
