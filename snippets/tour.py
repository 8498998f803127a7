"""The whole of it on one example: scores, probabilities, loss, gradient, step."""

if __name__ == "__main__":
    # --8<-- [start:tour]
    import numpy as np

    X, Y = np.array([1.0, 2.0]), np.array([0.0, 1.0, 0.0])
    W = np.array([[0.75, -0.25, 0.25], [0.0, 0.25, 0.5]])
    for step in range(4):
        exponentials = np.exp(X @ W)
        S = exponentials / exponentials.sum()
        dW = np.outer(X, S - Y)
        print(f"step {step}: S = {np.round(S, 4)}, L = {-np.log(S @ Y):.4f}")
        W -= 0.1 * dW
    # --8<-- [end:tour]
