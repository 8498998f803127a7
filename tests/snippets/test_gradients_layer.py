"""The snippets of `gradients_weights.py` and `gradients_input.py`, against exact sums and steps of the definition."""

import re
from itertools import product

import mpmath
import numpy as np
import pytest

import gradients_input as by_input
import gradients_weights as by_weights
from tests.snippets.oracle import Case, complex_step
from tests.snippets.test_context import input_and_weights, inputs

# Oracles: the sums of the chain rule in 50 digits, term by term; Jacobians by complex steps of X W.


def exact_contraction(v, T):
    """The sum over the first index of T, whatever its other axes."""
    shape = T.shape[1:]
    entries = [
        mpmath.fsum(mpmath.mpf(v_i) * mpmath.mpf(T_i[at]) for v_i, T_i in zip(v, T, strict=True))
        for at in np.ndindex(shape)
    ]
    return np.array(entries, dtype=object).reshape(shape)


def exact_outer(X, dlogits):
    return [[mpmath.mpf(x) * mpmath.mpf(d) for d in dlogits] for x in X]


def exact_input(W, dlogits):
    return exact_contraction(dlogits, W.T)


def stepped_jacobian_w(X, C):
    return complex_step(lambda W: X @ W, np.zeros((X.size, C)))


def stepped_jacobian_x(W):
    return complex_step(lambda X: X @ W, np.zeros(len(W)))


# Arguments: C is the trial's size, D another number, so that no transposed twin fits by luck.


def sizes(trial):
    return inputs(trial), trial.size


def input_and_count(trial):
    return trial.vector(inputs(trial)), trial.size


def input_and_dlogits(trial):
    return trial.vector(inputs(trial)), trial.vector()


def weights(trial):
    return (trial.matrix(inputs(trial), trial.size),)


def weights_and_dlogits(trial):
    return trial.matrix(inputs(trial), trial.size), trial.vector()


def dlogits_and_tensor(trial):
    """The chain rule holds for any three-axis array: one without zeros tells more twins apart."""
    D, C = inputs(trial), trial.size
    return trial.vector(), np.asarray(trial.scale * trial.rng.normal(size=(C, D, C)))


def dlogits_and_matrix(trial):
    return trial.vector(), trial.matrix(trial.size, inputs(trial))


def size_of_products(v, T):
    return float(np.abs(v).max() * np.abs(T).max() * v.size)


JACOBIANS = {
    "all columns": lambda X, C: np.tile(X[None, :, None], (C, 1, C)),
    "input backwards": lambda X, C: by_weights.jacobian_w_by_cases(X[::-1], C),
}
CONTRACTIONS = {
    "first logit only": lambda dlogits, J: dlogits[0] * J[0],
    "mean": lambda dlogits, J: np.tensordot(dlogits, J, axes=1) / len(J),
    "logits backwards": lambda dlogits, J: np.tensordot(dlogits[::-1], J, axes=1),
}
CONTRACTIONS_X = {
    "first logit only": lambda dlogits, M: dlogits[0] * M[0],
    "logits backwards": lambda dlogits, M: dlogits[::-1] @ M,
}
WEIGHTS = {
    "first input for all": lambda X, dlogits: np.outer(np.full(X.size, X[0]), dlogits),
    "summed over the logits": lambda X, dlogits: np.outer(X, np.full(dlogits.size, dlogits.sum())),
    "input backwards": lambda X, dlogits: np.outer(X[::-1], dlogits),
}
INPUT_JACOBIANS = {
    "classes backwards": lambda W: W.T[::-1],
    "inputs backwards": lambda W: W.T[:, ::-1],
}
INPUTS = {
    "first logit only": lambda W, dlogits: W[:, 0] * dlogits[0],
    "logits backwards": lambda W, dlogits: W @ dlogits[::-1],
    "inputs backwards": lambda W, dlogits: (W @ dlogits)[::-1],
    "mean": lambda W, dlogits: W @ dlogits / dlogits.size,
}
CASES = {
    "jacobian-w": Case(
        by_weights.jacobian_w,
        lambda X, W: stepped_jacobian_w(X, W.shape[1]),
        input_and_weights,
        {name: lambda X, W, twin=twin: twin(X, W.shape[1]) for name, twin in JACOBIANS.items()},
    ),
    "jacobian-w-sum": Case(by_weights.jacobian_w_by_sum, stepped_jacobian_w, input_and_count, JACOBIANS),
    "jacobian-w-cases": Case(by_weights.jacobian_w_by_cases, stepped_jacobian_w, input_and_count, JACOBIANS),
    "weights-independent": Case(
        by_weights.weights_in_weights,
        lambda D, C: complex_step(lambda W: W, np.zeros((D, C))),
        sizes,
        {
            "same row": lambda D, C: np.tile(np.eye(D)[:, None, :, None], (1, C, 1, C)),
            "same column": lambda D, C: np.tile(np.eye(C)[None, :, None, :], (D, 1, D, 1)),
        },
    ),
    "chain-rule-index": Case(
        by_weights.weights_by_paths, exact_contraction, dlogits_and_tensor, CONTRACTIONS, {"terms": size_of_products}
    ),
    "chain-rule": Case(
        by_weights.weights_by_contraction,
        exact_contraction,
        dlogits_and_tensor,
        CONTRACTIONS,
        {"terms": size_of_products},
    ),
    "grad-w-index": Case(by_weights.weights_by_index, exact_outer, input_and_dlogits, WEIGHTS),
    "grad-w-chain": Case(by_weights.weights_from_logits, exact_outer, input_and_dlogits, WEIGHTS),
    "jacobian-x": Case(by_input.jacobian_x_by_index, stepped_jacobian_x, weights, INPUT_JACOBIANS),
    "jacobian-x-matrix": Case(by_input.jacobian_x, stepped_jacobian_x, weights, INPUT_JACOBIANS),
    "chain-rule-x-index": Case(
        by_input.input_by_paths, exact_contraction, dlogits_and_matrix, CONTRACTIONS_X, {"terms": size_of_products}
    ),
    "chain-rule-x": Case(
        by_input.input_by_contraction,
        exact_contraction,
        dlogits_and_matrix,
        CONTRACTIONS_X,
        {"terms": size_of_products},
    ),
    "grad-x-index": Case(
        by_input.input_by_index,
        exact_input,
        weights_and_dlogits,
        INPUTS,
        {"terms": lambda W, d: size_of_products(d, W)},
    ),
    "grad-x-chain": Case(
        by_input.input_from_logits,
        exact_input,
        weights_and_dlogits,
        INPUTS,
        {"terms": lambda W, d: size_of_products(d, W)},
    ),
}


# What the page says of the three-axis array.


def test_the_jacobian_holds_d_numbers_c_times():
    X = np.array([1.0, 2.0, 3.0])
    J = by_weights.jacobian_w_by_cases(X, 4)
    assert J.shape == (4, 3, 4)
    assert sorted(J[J != 0]) == sorted(list(X) * 4)


def test_there_are_as_many_ones_as_weights():
    for D, C in product((1, 2, 5), repeat=2):
        assert by_weights.weights_in_weights(D, C).sum() == D * C


def test_the_operator_refuses_or_is_wrong():
    X, dlogits = np.array([1.0, 2.0]), np.array([3.0, 5.0])
    square = by_weights.jacobian_w_by_cases(X, 2)
    assert (dlogits @ square).shape == by_weights.weights_by_contraction(dlogits, square).shape
    assert not np.allclose(dlogits @ square, by_weights.weights_by_contraction(dlogits, square))
    with pytest.raises(ValueError, match="mismatch"):
        np.ones(3) @ by_weights.jacobian_w_by_cases(X, 3)


# Shapes that don't fit, next to shapes that do.

ROW, TENSOR, MATRIX = np.ones(3), np.ones((3, 2, 3)), np.ones((3, 2))


@pytest.mark.parametrize(
    ("function", "arguments", "refusal"),
    [
        (by_weights.jacobian_w, (np.ones(2), np.ones((2, 3))), None),
        (by_weights.jacobian_w, (np.ones(3), np.ones((2, 3))), "X is (D,) and W is (D, C), not (3,) and (2, 3)"),
        (by_weights.weights_by_paths, (ROW, TENSOR), None),
        (by_weights.weights_by_paths, (np.ones(2), TENSOR), "zip() argument 2 is longer than argument 1"),
        (by_weights.weights_by_contraction, (ROW, TENSOR), None),
        (by_weights.weights_by_contraction, (np.ones(2), TENSOR), "shape-mismatch for sum"),
        (by_input.input_by_paths, (ROW, MATRIX), None),
        (by_input.input_by_paths, (np.ones(4), MATRIX), "zip() argument 2 is shorter than argument 1"),
        (by_input.input_by_contraction, (ROW, MATRIX), None),
        (by_input.input_by_contraction, (np.ones(4), MATRIX), "matmul: Input operand 1 has a mismatch"),
        (by_input.input_from_logits, (np.ones((2, 3)), ROW), None),
        (by_input.input_from_logits, (np.ones((3, 2)), ROW), "matmul: Input operand 1 has a mismatch"),
    ],
)
def test_what_fits_is_taken_and_what_does_not_is_refused(function, arguments, refusal):
    if refusal is None:
        assert np.isfinite(function(*arguments)).all()
    else:
        with pytest.raises(ValueError, match=f"^{re.escape(refusal)}"):
            function(*arguments)
