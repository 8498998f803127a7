"""The loss computed from the logits so that nothing overflows and nothing is lost."""

# --8<-- [start:imports]
import numpy as np

from loss import at_class, loss_from_probabilities, loss_naive
from softmax import softmax

# --8<-- [end:imports]


# --8<-- [start:logits-max]
def largest(logits):
    r"""Largest logit, $m = \max_j \lambda_j$.

    Args:
        logits: (C,) real numbers.

    Returns:
        number.

    Source: docs/fr/loss.md#logits-max
    """
    return logits.max()
# --8<-- [end:logits-max]


# --8<-- [start:logsumexp-stable]
def logsumexp(logits):
    r"""Logarithm of the sum of exponentials, $m + \ln \sum_j e^{\lambda_j - m}$.

    Args:
        logits: (C,) finite real numbers.

    Returns:
        number, from m to m + ln C, in the precision of `logits`.

    Source: docs/fr/loss.md#logsumexp-stable
    """
    m = largest(logits)
    return m + np.log(np.exp(logits - m).sum())
# --8<-- [end:logsumexp-stable]


# --8<-- [start:exponentials-bounds]
def sum_of_exponentials(logits):
    r"""Sum of C positive terms, the largest of which is $e^m$.

    Args:
        logits: (C,) real numbers.

    Returns:
        positive number, from $e^m$ to $C e^m$.

    Warns:
        RuntimeWarning: if an exponential overflows; the sum is infinite.

    Source: docs/fr/loss.md#exponentials-bounds
    """
    return np.exp(logits).sum()
# --8<-- [end:exponentials-bounds]


# --8<-- [start:logsumexp-bounds]
def logsumexp_from_mean(logits):
    r"""The same, as $m + \ln C$ plus the logarithm of a mean, which is at most 1.

    Args:
        logits: (C,) finite real numbers.

    Returns:
        number, from m to m + ln C.

    Source: docs/fr/loss.md#logsumexp-bounds
    """
    m, C = largest(logits), logits.size
    return m + np.log(C) + np.log(np.exp(logits - m).mean())
# --8<-- [end:logsumexp-bounds]


# --8<-- [start:loss-bounds]
def loss_by_logsumexp(logits, y):
    r"""Loss as the gap from the right class's logit up to log-sum-exp.

    Args:
        logits: (C,) finite real numbers.
        y: class, an integer from 1 to C.

    Returns:
        number, in nats, from $m - \lambda_y$ to $m - \lambda_y + \ln C$.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/loss.md#loss-bounds
    """
    return logsumexp(logits) - at_class(logits, y)
# --8<-- [end:loss-bounds]


# --8<-- [start:logits-shifted]
def shift(logits):
    r"""Logits less the largest of them, $\hat\lambda_i = \lambda_i - m$.

    Args:
        logits: (C,) finite real numbers.

    Returns:
        (C,) numbers, none positive, the largest 0.

    Source: docs/fr/loss.md#logits-shifted
    """
    return logits - largest(logits)
# --8<-- [end:logits-shifted]


# --8<-- [start:loss-stable]
def loss_stable(logits, y):
    r"""Loss of the logits, $\ln \sum_j e^{\hat\lambda_j} - \hat\lambda_y$.

    Args:
        logits: (C,) finite real numbers.
        y: class, an integer from 1 to C.

    Returns:
        number, at least 0, in nats, in the precision of `logits`.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/loss.md#loss-stable
    """
    logits_hat = shift(logits)
    return np.log(np.exp(logits_hat).sum()) - at_class(logits_hat, y)
# --8<-- [end:loss-stable]


# --8<-- [start:loss-log1p]
def loss_from_logits(logits, y):
    r"""Loss of the logits, as exact as floats allow, small or large.

    The sum of exponentials is 1, for the largest logit, plus the others'.

    Args:
        logits: (C,) finite real numbers.
        y: class, an integer from 1 to C.

    Returns:
        number, at least 0, in nats, in the precision of `logits`.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/loss.md#loss-log1p
    """
    logits_hat = shift(logits)
    k = logits_hat.argmax()
    others = np.delete(logits_hat, k)
    return np.log1p(np.exp(others).sum()) - at_class(logits_hat, y)
# --8<-- [end:loss-log1p]


# --8<-- [start:loss-translation]
def loss_translated(logits, y, c):
    r"""Loss after adding c to every logit, which changes nothing.

    Args:
        logits: (C,) finite real numbers.
        y: class, an integer from 1 to C.
        c: number.

    Returns:
        number, at least 0, in nats, the same whatever c is.

    Raises:
        ValueError: if there is no such class.

    Source: docs/fr/loss.md#loss-translation
    """
    moved = logits + c * np.ones(logits.size)
    return logsumexp(moved) - at_class(moved, y)
# --8<-- [end:loss-translation]


# --8<-- [start:loss-two-classes]
def loss_of_two(logits, y):
    r"""Loss with two classes, $\ln (1 + e^{\lambda_{3 - y} - \lambda_y})$.

    Args:
        logits: (2,) finite real numbers.
        y: class, 1 or 2.

    Returns:
        number, at least 0, in nats.

    Raises:
        ValueError: if there aren't two classes, or if y is none of them.

    Source: docs/fr/loss.md#loss-two-classes
    """
    if logits.shape != (2,):
        raise ValueError(f"two classes have two logits, not shape {logits.shape}")
    right, wrong = at_class(logits, y), at_class(logits, 3 - y)
    return np.logaddexp(0, wrong - right)  # ln(e^0 + e^gap), without overflow
# --8<-- [end:loss-two-classes]


# --8<-- [start:logsumexp-temperature]
def soft_maximum(logits, tau):
    r"""Soft maximum at a temperature, $\tau \ln \sum_j e^{\lambda_j / \tau}$.

    Args:
        logits: (C,) finite real numbers.
        tau: positive number, dimensionless.

    Returns:
        number, from m to m + tau ln C.

    Raises:
        ValueError: if `tau` is not positive.

    Source: docs/fr/loss.md#logsumexp-temperature
    """
    if not tau > 0:
        raise ValueError(f"a temperature is positive, not {tau}")
    return tau * logsumexp(logits / tau)
# --8<-- [end:logsumexp-temperature]


if __name__ == "__main__":
    # --8<-- [start:logits-max-demo]
    big = np.array([123.0, 456.0, 789.0])
    print("plainly: L =", loss_naive(big, 3), "  m =", largest(big))
    # --8<-- [end:logits-max-demo]

    # --8<-- [start:logsumexp-stable-demo]
    print("logsumexp =", logsumexp(big))
    # --8<-- [end:logsumexp-stable-demo]

    # --8<-- [start:exponentials-bounds-demo]
    scores = np.array([1.0, 2.0, 5.0])
    total, top = sum_of_exponentials(scores), np.exp(scores.max())
    print(f"{top:.2f} <= {total:.2f} <= {3 * top:.2f}")
    # --8<-- [end:exponentials-bounds-demo]

    # --8<-- [start:logsumexp-bounds-demo]
    for scores in ([1.0, 2.0, 5.0], [5.0, 5.0, 5.0], [-50.0, 0.0, 5.0]):
        value = logsumexp_from_mean(np.array(scores))
        print(f"m = 5, m + ln 3 = {5 + np.log(3):.4f}, {scores}: {value:.4f}")
    # --8<-- [end:logsumexp-bounds-demo]

    # --8<-- [start:loss-bounds-demo]
    for y in (1, 2, 3):
        print(f"y = {y}: m - logit = {789 - big[y - 1]}, L = {loss_by_logsumexp(big, y)}")
    # --8<-- [end:loss-bounds-demo]

    # --8<-- [start:logits-shifted-demo]
    print("shifted:", shift(big))
    # --8<-- [end:logits-shifted-demo]

    # --8<-- [start:loss-stable-demo]
    for dtype in (np.float64, np.float32, np.float16):
        logits = np.array([123, 456, 789], dtype)
        plain = loss_from_probabilities(softmax(logits), 1)
        print(f"{dtype.__name__}: -ln S_y = {plain:.1f}, L = {loss_stable(logits, 1)}")
    # --8<-- [end:loss-stable-demo]

    # --8<-- [start:loss-log1p-demo]
    for logits in (np.array([40.0, 0.0]), np.array([0.0, 40.0])):
        plain, exact = loss_stable(logits, 1), loss_from_logits(logits, 1)
        print(f"logits = {logits}: plain {plain}, log1p {exact:.2g}")
    # --8<-- [end:loss-log1p-demo]

    # --8<-- [start:loss-translation-demo]
    for c in (0, -3, 100):
        print(f"c = {c}: L = {loss_translated(np.array([1.0, 2.0, 5.0]), 2, c):.6f}")
    # --8<-- [end:loss-translation-demo]

    # --8<-- [start:loss-two-classes-demo]
    logits = np.array([2.0, 5.0])
    for y in (1, 2):
        print(f"y = {y}: {loss_of_two(logits, y):.6f} = {loss_stable(logits, y):.6f}")
    # --8<-- [end:loss-two-classes-demo]

    # --8<-- [start:logsumexp-temperature-demo]
    for tau in (1, 0.5, 0.1):
        value = soft_maximum(np.array([1.0, 4.0, 5.0]), tau)
        print(f"tau = {tau:<3}: {value:.6f}, at most {5 + tau * np.log(3):.6f}")
    # --8<-- [end:logsumexp-temperature-demo]
