"""The gradient of the weights by its formula."""

# --8<-- [start:gradient]
import numpy as np

X, W = np.array([1.0, 2.0]), np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
exponentials = np.exp(X @ W)
S, Y = exponentials / exponentials.sum(), np.array([0.0, 1.0, 0.0])
dW = np.outer(X, S - Y)
print(dW.round(4))
# --8<-- [end:gradient]
