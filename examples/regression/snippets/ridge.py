"""Ridge regression: gradient, solution, and the same from the dual system."""

import numpy as np


# --8<-- [start:gradient]
def gradient(X, y, w, alpha):
    """The gradient of the loss, with shape (D,): X is (N, D), y is (N,), w is (D,)."""
    return X.T @ (X @ w - y) + alpha * w
# --8<-- [end:gradient]


# --8<-- [start:solution]
def solution(X, y, alpha):
    """The weights of the least loss, with shape (D,)."""
    A = X.T @ X + alpha * np.eye(X.shape[1])
    return np.linalg.solve(A, X.T @ y)
# --8<-- [end:solution]


# --8<-- [start:dual]
def dual(X, alpha):
    """What the values are multiplied by to get the weights, with shape (D, N), by a system of size N."""
    K = X @ X.T + alpha * np.eye(X.shape[0])
    return np.linalg.solve(K, X).T
# --8<-- [end:dual]


if __name__ == "__main__":
    X = np.array([[1.0, 0.9], [2.0, 2.1], [3.0, 2.9]])
    y = np.array([1.0, 2.0, 3.0])

    # --8<-- [start:gradient-demo]
    print(gradient(X, y, np.zeros(2), alpha=0.1))
    # --8<-- [end:gradient-demo]

    # --8<-- [start:solution-demo]
    w = solution(X, y, alpha=0.1)
    print("weights:", w.round(4))
    print("gradient there:", gradient(X, y, w, alpha=0.1).round(12) + 0.0)
    # --8<-- [end:solution-demo]

    # --8<-- [start:dual-demo]
    print("weights:", (dual(X, alpha=0.1) @ y).round(4))
    # --8<-- [end:dual-demo]
