"""A layer before the last one: what the gradient in the input is for."""

# --8<-- [start:imports]
import numpy as np

from context import loss, one_hot, probabilities

# --8<-- [end:imports]


# --8<-- [start:hidden-sums]
def sums(V, A):
    r"""Sums of the first layer, $VA$.

    Args:
        V: (E,) input.
        A: (E, D) weights of the first layer.

    Returns:
        (D,) real numbers.

    Source: docs/fr/hidden-layer.md#hidden-sums
    """
    return V @ A
# --8<-- [end:hidden-sums]


# --8<-- [start:hidden-units]
def units(mu):
    r"""Hidden units: the hyperbolic tangent of each sum.

    Args:
        mu: (D,) sums.

    Returns:
        (D,) numbers from -1 to 1.

    Source: docs/fr/hidden-layer.md#hidden-units
    """
    return np.tanh(mu)
# --8<-- [end:hidden-units]


# --8<-- [start:hidden-output]
def outputs(X, W):
    r"""Logits of the second layer, $XW$.

    Args:
        X: (D,) hidden units.
        W: (D, C) weights of the second layer.

    Returns:
        (C,) logits.

    Source: docs/fr/hidden-layer.md#hidden-output
    """
    return X @ W
# --8<-- [end:hidden-output]


# --8<-- [start:hidden-grad-x]
def second_layer(X, S, Y):
    r"""Gradient in the weights of the second layer, $X^\top (S - Y)$.

    Args:
        X: (D,) hidden units.
        S: (C,) probabilities.
        Y: (C,) one-hot class.

    Returns:
        (D, C), in units of loss per unit of weight.

    Source: docs/fr/hidden-layer.md#hidden-grad-x
    """
    return np.outer(X, S - Y)
# --8<-- [end:hidden-grad-x]


# --8<-- [start:hidden-slopes]
def slopes(X):
    r"""Derivatives of the units in the sums: $1 - X_j^2$ on the diagonal.

    Args:
        X: (D,) hidden units.

    Returns:
        (D, D), row i for the unit, column j for the sum.

    Source: docs/fr/hidden-layer.md#hidden-grad-mu
    """
    return np.diag(1 - X**2)
# --8<-- [end:hidden-slopes]


# --8<-- [start:hidden-grad-a]
def first_layer(V, W, X, S, Y):
    r"""Gradient in the weights of the first layer: back through the second, the units, and the product.

    Args:
        V: (E,) input.
        W: (D, C) weights of the second layer.
        X: (D,) hidden units.
        S: (C,) probabilities.
        Y: (C,) one-hot class.

    Returns:
        (E, D), in units of loss per unit of weight.

    Source: docs/fr/hidden-layer.md#hidden-grad-a
    """
    dX = (S - Y) @ W.T
    dmu = dX * (1 - X**2)
    return np.outer(V, dmu)
# --8<-- [end:hidden-grad-a]


# --8<-- [start:hidden-grad-v]
def handed_back(A, dmu):
    r"""Gradient in the input of the first layer, $(\partial L / \partial \mu) A^\top$.

    Args:
        A: (E, D) weights of the first layer.
        dmu: (D,) derivatives of the loss in its sums.

    Returns:
        (E,), in units of loss per unit of input.

    Source: docs/fr/hidden-layer.md#hidden-grad-v
    """
    return dmu @ A.T
# --8<-- [end:hidden-grad-v]


# --8<-- [start:tanh-slope]
def tanh_slope(t):
    r"""Derivative of the hyperbolic tangent, $1 - \tanh^2 t$.

    Args:
        t: number.

    Returns:
        number, above 0 and at most 1.

    Source: docs/fr/hidden-layer.md#tanh-slope
    """
    return 1 - np.tanh(t) ** 2
# --8<-- [end:tanh-slope]


if __name__ == "__main__":
    # --8<-- [start:hidden-sums-demo]
    V = np.array([1.0, -1.0])  # E = 2
    A = np.array([[0.5, 0.25, -1.0], [0.0, 0.75, 1.0]])  # E = 2, D = 3
    mu = sums(V, A)
    print("mu =", mu)
    # --8<-- [end:hidden-sums-demo]

    # --8<-- [start:hidden-units-demo]
    X = units(mu)
    print("X =", np.round(X, 4))
    # --8<-- [end:hidden-units-demo]

    # --8<-- [start:hidden-output-demo]
    W, y = np.array([[0.5, -0.5], [0.0, 1.0], [0.25, 0.75]]), 1  # D = 3, C = 2
    S, Y = probabilities(outputs(X, W)), one_hot(y, 2)
    print("S =", np.round(S, 4), "  L =", round(loss(S, y), 4))
    # --8<-- [end:hidden-output-demo]

    # --8<-- [start:hidden-grad-x-demo]
    print("dW:", np.round(second_layer(X, S, Y), 4).tolist())
    # --8<-- [end:hidden-grad-x-demo]

    # --8<-- [start:hidden-slopes-demo]
    print("slopes:", np.round(np.diag(slopes(X)), 4))
    # --8<-- [end:hidden-slopes-demo]

    # --8<-- [start:hidden-grad-a-demo]
    h, steps = 1e-20, np.zeros(A.shape)
    for jk in np.ndindex(A.shape):
        moved = A.astype(complex)
        moved[jk] += 1j * h
        exponentials = np.exp(outputs(units(sums(V, moved)), W))
        steps[jk] = -np.log(exponentials[y - 1] / exponentials.sum()).imag / h
    print("formula:     ", np.round(first_layer(V, W, X, S, Y), 4).tolist())
    print("complex step:", np.round(steps, 4).tolist())
    # --8<-- [end:hidden-grad-a-demo]

    # --8<-- [start:hidden-xor-demo]
    points = np.array([[-1.0, -1, 1], [-1, 1, 1], [1, -1, 1], [1, 1, 1]])
    classes = [1, 2, 2, 1]
    rng = np.random.default_rng(0)
    A, W = rng.normal(size=(3, 3)), rng.normal(size=(3, 2))
    for epoch in range(501):
        right = []
        for V, y in zip(points, classes, strict=True):
            X = units(sums(V, A))
            S, Y = probabilities(outputs(X, W)), one_hot(y, 2)
            A, W = A - 0.2 * first_layer(V, W, X, S, Y), W - 0.2 * second_layer(X, S, Y)
            right.append(S[y - 1])
        if epoch in (0, 50, 500):
            print(f"{epoch:3} rounds: right class {np.round(right, 2)}")
    # --8<-- [end:hidden-xor-demo]

    # --8<-- [start:hidden-grad-v-demo]
    dmu = (S - Y) @ W.T * (1 - X**2)
    print(np.round(handed_back(A, dmu), 4))
    # --8<-- [end:hidden-grad-v-demo]

    # --8<-- [start:tanh-slope-demo]
    print(tanh_slope(0.0), round(tanh_slope(1.0), 4))
    # --8<-- [end:tanh-slope-demo]
