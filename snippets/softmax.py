"""Softmax: what it keeps, what it forgets, how it is computed safely."""

# --8<-- [start:imports]
import numpy as np

# --8<-- [end:imports]


# --8<-- [start:softmax]
def softmax_by_components(a):
    r"""Softmax one component at a time, $S_i = e^{a_i} / \sum_k e^{a_k}$.

    Args:
        a: (N,) real numbers, dimensionless.

    Returns:
        (N,) probabilities, summing to 1.

    Warns:
        RuntimeWarning: if an exponential overflows; then come 0 and nan.

    Source: docs/fr/softmax.md#softmax
    """
    total = sum(np.exp(a_k) for a_k in a)
    return np.array([np.exp(a_i) / total for a_i in a])
# --8<-- [end:softmax]


# --8<-- [start:softmax-name]
def softmax_naive(a):
    r"""Softmax of a whole vector at once, as its definition reads.

    Args:
        a: (N,) real numbers, dimensionless.

    Returns:
        (N,) probabilities, summing to 1, in the precision of `a`.

    Warns:
        RuntimeWarning: if an exponential overflows; then come 0 and nan.

    Source: docs/fr/softmax.md#softmax-name
    """
    exponentials = np.exp(a)
    return exponentials / exponentials.sum()
# --8<-- [end:softmax-name]


# --8<-- [start:softmax-example]
def example():
    r"""Softmax of (1, 2, 5).

    Returns:
        (3,) probabilities.

    Source: docs/fr/softmax.md#softmax-example
    """
    return softmax_naive(np.array([1.0, 2.0, 5.0]))
# --8<-- [end:softmax-example]


# --8<-- [start:softmax-denominator]
def denominator(a):
    r"""What the exponentials are divided by, $Z = \sum_k e^{a_k}$.

    Args:
        a: (N,) real numbers.

    Returns:
        A positive number.

    Warns:
        RuntimeWarning: if an exponential overflows; the sum is infinite.

    Source: docs/fr/softmax.md#softmax-denominator
    """
    return np.exp(a).sum()
# --8<-- [end:softmax-denominator]


# --8<-- [start:softmax-sum]
def sum_of_probabilities(a):
    r"""Sum of the components of softmax, which is 1.

    Args:
        a: (N,) real numbers.

    Returns:
        A number: 1, to rounding.

    Source: docs/fr/softmax.md#softmax-sum
    """
    S = np.exp(a) / denominator(a)
    return S.sum()
# --8<-- [end:softmax-sum]


# --8<-- [start:softmax-bounds]
def softmax_by_differences(a):
    r"""Softmax as $1 / \sum_k e^{a_k - a_i}$: each sum holds $e^0 = 1$.

    Args:
        a: (N,) real numbers.

    Returns:
        (N,) probabilities, at most 1 each.

    Source: docs/fr/softmax.md#softmax-bounds
    """
    differences = a[None, :] - a[:, None]  # a_k - a_i in row i, column k
    return 1 / np.exp(differences).sum(axis=1)
# --8<-- [end:softmax-bounds]


# --8<-- [start:softmax-ratio]
def ratios(a):
    r"""All ratios of two components of softmax, $S_i / S_j$.

    Args:
        a: (N,) real numbers.

    Returns:
        (N, N) positive numbers, 1 on the diagonal.

    Source: docs/fr/softmax.md#softmax-ratio
    """
    S = softmax_naive(a)
    return S[:, None] / S[None, :]
# --8<-- [end:softmax-ratio]


# --8<-- [start:softmax-order]
def log_ratios(a):
    r"""Logarithms of the ratios, $\ln (S_i / S_j)$: the differences of `a`.

    Args:
        a: (N,) real numbers.

    Returns:
        (N, N) numbers, antisymmetric.

    Source: docs/fr/softmax.md#softmax-order
    """
    S = softmax_naive(a)
    return np.log(S[:, None] / S[None, :])
# --8<-- [end:softmax-order]


# --8<-- [start:softmax-shift]
def softmax_scaled(a, K):
    r"""Softmax with all exponentials multiplied by K, in their exponents.

    Args:
        a: (N,) real numbers.
        K: positive number.

    Returns:
        (N,) probabilities, the same whatever K is.

    Source: docs/fr/softmax.md#softmax-shift
    """
    exponentials = np.exp(a + np.log(K))
    return exponentials / exponentials.sum()
# --8<-- [end:softmax-shift]


# --8<-- [start:softmax-kernel]
def softmax_translated(a, c):
    r"""Softmax after adding c to every component, which changes nothing.

    Args:
        a: (N,) real numbers.
        c: number.

    Returns:
        (N,) probabilities, the same whatever c is.

    Source: docs/fr/softmax.md#softmax-kernel
    """
    return softmax_naive(a + c * np.ones(a.size))
# --8<-- [end:softmax-kernel]


# --8<-- [start:softmax-stable]
def shifted(a):
    r"""The vector less its largest component, $\hat a_i = a_i - \max_j a_j$.

    Args:
        a: (N,) real numbers.

    Returns:
        (N,) numbers, none positive, the largest 0.

    Source: docs/fr/softmax.md#softmax-stable
    """
    return a - a.max()
# --8<-- [end:softmax-stable]


# --8<-- [start:softmax-computed]
def softmax(a):
    r"""Softmax without overflow, $S_i = e^{\hat a_i} / \sum_k e^{\hat a_k}$.

    Args:
        a: (N,) finite real numbers, dimensionless.

    Returns:
        (N,) probabilities, summing to 1, in the precision of `a`.

    Raises:
        ValueError: if `a` is no vector, is empty, or isn't finite.

    Source: docs/fr/softmax.md#softmax-computed
    """
    a = np.asarray(a)
    if a.dtype.kind != "f":  # unsigned numbers would wrap below 0
        a = a.astype(float)
    if a.ndim != 1 or a.size == 0:
        raise ValueError(f"softmax takes a vector, not shape {a.shape}")
    if not np.isfinite(a).all():
        raise ValueError("softmax takes finite numbers")
    # --8<-- [start:softmax-computed-useful]
    exponentials = np.exp(a - a.max())
    return exponentials / exponentials.sum()
    # --8<-- [end:softmax-computed-useful]
# --8<-- [end:softmax-computed]


if __name__ == "__main__":
    # --8<-- [start:softmax-demo]
    print("S =", softmax_by_components(np.array([1.0, 2.0, 5.0])))
    # --8<-- [end:softmax-demo]

    # --8<-- [start:softmax-name-demo]
    for vector in ([7.0], [3.0, 3.0], [0.0, 0.0, 10.0]):
        print(f"a = {vector}: S =", softmax_naive(np.array(vector)))
    # --8<-- [end:softmax-name-demo]

    # --8<-- [start:softmax-example-demo]
    print("S =", example())
    print("rounded =", example().round(2))
    print("their sum =", example().round(2).sum())
    # --8<-- [end:softmax-example-demo]

    # --8<-- [start:softmax-denominator-demo]
    print("Z =", denominator(np.array([1.0, 2.0, 5.0])))
    # --8<-- [end:softmax-denominator-demo]

    # --8<-- [start:softmax-sum-demo]
    a = np.random.default_rng(0).normal(size=1000)
    print("sum of 1000 probabilities =", sum_of_probabilities(a))
    # --8<-- [end:softmax-sum-demo]

    # --8<-- [start:softmax-bounds-demo]
    print("S =", softmax_by_differences(np.array([1.0, 2.0, 5.0])))
    # --8<-- [end:softmax-bounds-demo]

    # --8<-- [start:softmax-ratio-demo]
    print("S_3 / S_1 =", ratios(np.array([1.0, 2.0, 5.0]))[2, 0])
    print("exp(5 - 1) =", np.exp(5.0 - 1.0))
    # --8<-- [end:softmax-ratio-demo]

    # --8<-- [start:softmax-order-demo]
    print(log_ratios(np.array([1.0, 2.0, 5.0])))
    # --8<-- [end:softmax-order-demo]

    # --8<-- [start:softmax-shift-demo]
    for K in (0.01, 1, 1000):
        print(f"K = {K}: S =", softmax_scaled(np.array([1.0, 2, 5]), K))
    # --8<-- [end:softmax-shift-demo]

    # --8<-- [start:softmax-kernel-demo]
    for c in (0, -3, 100):
        print(f"c = {c}: S =", softmax_translated(np.array([1.0, 2, 5]), c))
    # --8<-- [end:softmax-kernel-demo]

    # --8<-- [start:softmax-overflow]
    for dtype in (np.float64, np.float32, np.float16):
        largest = np.log(np.finfo(dtype).max)
        S = softmax_naive(np.array([123, 456, 789], dtype))
        print(f"{dtype.__name__}: exp overflows above {largest:.1f}, S = {S}")
    # --8<-- [end:softmax-overflow]

    # --8<-- [start:softmax-stable-demo]
    print("shifted:", shifted(np.array([123.0, 456.0, 789.0])))
    # --8<-- [end:softmax-stable-demo]

    # --8<-- [start:softmax-computed-demo]
    for dtype in (np.float64, np.float32, np.float16):
        S = softmax(np.array([123, 456, 789], dtype))
        print(f"{dtype.__name__}: S = {S}")
    # --8<-- [end:softmax-computed-demo]

    # --8<-- [start:softmax-saturation]
    for dtype in (np.float64, np.float32, np.float16):
        gaps = (tenths / 10 for tenths in range(10_000))
        pairs = ((gap, softmax(np.array([0, -gap], dtype))) for gap in gaps)
        one = next(gap for gap, S in pairs if S[0] == 1)
        zero = next(gap for gap, S in pairs if S[1] == 0)  # reads on
        print(f"{dtype.__name__}: S_1 = 1 from {one}, S_2 = 0 from {zero}")
    # --8<-- [end:softmax-saturation]
