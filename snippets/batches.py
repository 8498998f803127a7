"""Several examples at once: logits, probabilities and loss, one row an example."""

# --8<-- [start:imports]
import numpy as np

from divergence import kl
from softmax import softmax

# --8<-- [end:imports]


# --8<-- [start:one-hot]
def one_hot_rows(y, C):
    r"""One-hot code of each class, one row an example: $Y_{ni} = 1$ if $i = y_n$.

    Args:
        y: (N,) classes, integers from 1 to C (counted from 1, as on the page).
        C: number of classes.

    Returns:
        (N, C) zeros but for a one in each row.

    Raises:
        ValueError: if one of the classes doesn't exist.

    Source: docs/fr/batches.md#batch-one-hot
    """
    classes = np.arange(1, C + 1)
    if not np.isin(y, classes).all():
        raise ValueError(f"classes {y} aren't all from 1 to {C}")
    return np.where(classes[None, :] == y[:, None], 1.0, 0.0)
# --8<-- [end:one-hot]


# --8<-- [start:logits]
def batch_logits(X, W, b):
    r"""Logits of all examples, $\Lambda = XW + \mathbf{1}_N^\top b$.

    Args:
        X: (N, D) inputs, one row an example.
        W: (D, C) weights.
        b: (C,) bias.

    Returns:
        (N, C) logits, one row an example.

    Source: docs/fr/batches.md#batch-logits
    """
    return X @ W + np.outer(np.ones(len(X)), b)
# --8<-- [end:logits]


# --8<-- [start:logits-index]
def batch_logits_by_index(X, W, b):
    r"""Logits one by one, $\Lambda_{ni} = \sum_l x_{nl} w_{li} + b_i$.

    Args:
        X: (N, D) inputs, one row an example.
        W: (D, C) weights.
        b: (C,) bias.

    Returns:
        (N, C) logits.

    Source: docs/fr/batches.md#batch-logits-index
    """
    logits = np.zeros((len(X), b.size))
    # --8<-- [start:logits-index-useful]
    for n, i in np.ndindex(logits.shape):
        for x_nl, w_li in zip(X[n], W[:, i], strict=True):
            logits[n, i] += x_nl * w_li
        logits[n, i] += b[i]
    # --8<-- [end:logits-index-useful]
    return logits
# --8<-- [end:logits-index]


# --8<-- [start:logits-rows]
def batch_logits_by_rows(X, W, b):
    r"""Logits one example at a time, $\Lambda_n = X_n W + b$.

    Args:
        X: (N, D) inputs, one row an example.
        W: (D, C) weights.
        b: (C,) bias.

    Returns:
        (N, C) logits.

    Source: docs/fr/batches.md#batch-logits-rows
    """
    return np.array([X_n @ W + b for X_n in X])
# --8<-- [end:logits-rows]


# --8<-- [start:probabilities]
def batch_softmax(logits):
    r"""Softmax of each row, without overflow.

    Args:
        logits: (N, C) finite real numbers.

    Returns:
        (N, C) probabilities, each row summing to 1.

    Source: docs/fr/batches.md#batch-probabilities
    """
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)
# --8<-- [end:probabilities]


# --8<-- [start:probabilities-rows]
def batch_softmax_by_rows(logits):
    r"""Probabilities one example at a time, $S_n = \operatorname{softmax}(\Lambda_n)$.

    Args:
        logits: (N, C) finite real numbers.

    Returns:
        (N, C) probabilities, each row summing to 1.

    Source: docs/fr/batches.md#batch-probabilities-rows
    """
    return np.array([softmax(row) for row in logits])
# --8<-- [end:probabilities-rows]


# --8<-- [start:losses]
def at_class(table, y):
    r"""In each row, what stands in the column of its class.

    Args:
        table: (N, C) numbers.
        y: (N,) classes, integers from 1 to C.

    Returns:
        (N,) numbers.

    Raises:
        ValueError: if one of the classes doesn't exist.

    Source: docs/fr/batches.md#batch-losses
    """
    if y.min() < 1 or y.max() > table.shape[1]:  # 0 would read the last column
        raise ValueError(f"classes {y} aren't all from 1 to {table.shape[1]}")
    return table[np.arange(len(table)), y - 1]


def losses(S, y):
    r"""Loss of each example, $\ell_n = -\ln S_{n, y_n}$.

    Args:
        S: (N, C) probabilities, each row summing to 1.
        y: (N,) classes, integers from 1 to C.

    Returns:
        (N,) numbers, none negative, in nats.

    Source: docs/fr/batches.md#batch-losses
    """
    return -np.log(at_class(S, y))
# --8<-- [end:losses]


# --8<-- [start:loss]
def batch_loss(S, y):
    r"""Loss of the batch, the mean of its examples' losses.

    Args:
        S: (N, C) probabilities, each row summing to 1.
        y: (N,) classes, integers from 1 to C.

    Returns:
        number, at least 0, in nats.

    Source: docs/fr/batches.md#batch-loss
    """
    return losses(S, y).mean()
# --8<-- [end:loss]


# --8<-- [start:loss-divergence]
def batch_loss_by_divergence(Y, S):
    r"""Loss of the batch as a mean of divergences, $D_{\mathrm{KL}}(Y_n \| S_n)$.

    Args:
        Y: (N, C) one-hot classes, one row an example.
        S: (N, C) probabilities, each row summing to 1.

    Returns:
        number, at least 0, in nats.

    Source: docs/fr/batches.md#batch-loss-divergence
    """
    return np.mean([kl(Y_n, S_n) for Y_n, S_n in zip(Y, S, strict=True)])
# --8<-- [end:loss-divergence]


# --8<-- [start:logits-shifted]
def shifted_rows(logits):
    r"""The logits, each row less its largest, $\hat\Lambda_{ni}$.

    Args:
        logits: (N, C) finite real numbers.

    Returns:
        (N, C) numbers, none positive, the largest of each row 0.

    Source: docs/fr/batches.md#batch-logits-shifted
    """
    return logits - logits.max(axis=1, keepdims=True)
# --8<-- [end:logits-shifted]


# --8<-- [start:loss-stable]
def batch_loss_stable(logits, y):
    r"""Loss of the batch from its logits, never from its probabilities.

    Args:
        logits: (N, C) finite real numbers.
        y: (N,) classes, integers from 1 to C.

    Returns:
        number, at least 0, in nats; finite even where S rounds to 0.

    Source: docs/fr/batches.md#batch-loss-stable
    """
    shifted = shifted_rows(logits)
    return np.mean(np.log(np.exp(shifted).sum(axis=1)) - at_class(shifted, y))
# --8<-- [end:loss-stable]


if __name__ == "__main__":
    # --8<-- [start:example]
    X = np.array([[1.0, 2.0], [0.5, -1.0], [-1.0, 1.5], [2.0, 0.0]])
    y = np.array([2, 1, 3, 1])
    W = np.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
    b = np.array([-0.5, 1.0, 0.0])
    print("X:", X.shape, "  y:", y.shape, "  W:", W.shape, "  b:", b.shape)
    # --8<-- [end:example]

    # --8<-- [start:one-hot-demo]
    Y = one_hot_rows(y, 3)
    print(Y)
    # --8<-- [end:one-hot-demo]

    # --8<-- [start:logits-demo]
    print(np.outer(np.ones(4), b))
    logits = batch_logits(X, W, b)
    print(logits)
    # --8<-- [end:logits-demo]

    # --8<-- [start:logits-index-demo]
    print("difference:", np.abs(batch_logits_by_index(X, W, b) - logits).max())
    # --8<-- [end:logits-index-demo]

    # --8<-- [start:logits-rows-demo]
    print("first row:", batch_logits_by_rows(X, W, b)[0])
    # --8<-- [end:logits-rows-demo]

    # --8<-- [start:broadcasting]
    print("X @ W + b is the same:", np.array_equal(X @ W + b, logits))
    square = np.array([[1.0, 5.0], [2.0, 3.0]])  # as many examples as classes
    print("row by row:", (square - square.max(axis=1, keepdims=True)).tolist())
    print("misaligned:", (square - square.max(axis=1)).tolist())
    # --8<-- [end:broadcasting]

    # --8<-- [start:probabilities-demo]
    S = batch_softmax(logits)
    print(S.round(4))
    print("sums:", S.sum(axis=1).round(12))
    # --8<-- [end:probabilities-demo]

    # --8<-- [start:probabilities-rows-demo]
    print("first row:", batch_softmax_by_rows(logits)[0].round(4))
    # --8<-- [end:probabilities-rows-demo]

    # --8<-- [start:losses-demo]
    print("losses:", losses(S, y).round(4))
    # --8<-- [end:losses-demo]

    # --8<-- [start:loss-demo]
    print("L =", batch_loss(S, y).round(4))
    # --8<-- [end:loss-demo]

    # --8<-- [start:loss-divergence-demo]
    print("L =", batch_loss_by_divergence(Y, S).round(4))
    # --8<-- [end:loss-divergence-demo]

    # --8<-- [start:logits-shifted-demo]
    print(shifted_rows(logits))
    # --8<-- [end:logits-shifted-demo]

    # --8<-- [start:loss-stable-demo]
    print("L =", batch_loss_stable(logits, y).round(4))
    large, classes = np.array([[0.0, 400.0, 800.0], [0.0, 1.0, 1.0]]), np.array([1, 2])
    with np.errstate(divide="ignore"):  # ln 0, of which NumPy warns
        print("from S:     ", batch_loss(batch_softmax(large), classes))
    print("from logits:", batch_loss_stable(large, classes).round(4))
    # --8<-- [end:loss-stable-demo]
