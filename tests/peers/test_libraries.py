"""The programs that the page `gradients-weights` shows in tabs print what the page says that they print."""

from __future__ import annotations

import re

import numpy as np
import pytest

from bench.libraries import LIBRARIES, printed, written

# Both libraries compute in single precision, and PyTorch prints four decimals.
SINGLE, SHOWN = 1e-6, 5e-5

FORMULA = np.array(
    [
        [0.3071958857184984, -0.8136766135606756, 0.5064807278421772],
        [0.6143917714369968, -1.6273532271213512, 1.0129614556843544],
    ]
)


def numbers(text: str) -> np.ndarray:
    """The decimal numbers of an output, in the matrix's shape; those of a version stand in another line."""
    found = [float(number) for line in text.splitlines() if "[" in line for number in re.findall(r"-?\d+\.\d*", line)]
    return np.array(found).reshape(FORMULA.shape)


@pytest.mark.parametrize("package", LIBRARIES)
def test_what_is_written_is_the_gradient(package: str) -> None:
    assert np.abs(numbers(written(package).read_text("utf-8")) - FORMULA).max() <= SHOWN


@pytest.mark.parametrize("package", LIBRARIES)
def test_what_is_written_is_what_it_prints(package: str) -> None:
    output = printed(package)
    assert output is not None, f"{package} isn't installed: `make test-peers` does so"
    assert np.abs(numbers(output) - numbers(written(package).read_text("utf-8"))).max() <= SINGLE


def test_another_gradient_is_noticed() -> None:
    text = written("jax").read_text("utf-8").replace("0.3", "0.4", 1)
    assert np.abs(numbers(text) - FORMULA).max() > SHOWN
