"""How much longer Python's loops take than NumPy's products, for the gradient of a batch's weights.

Prints a table: medians of several runs, and their ratios. The figures are this machine's. Run as
`OPENBLAS_NUM_THREADS=1 PYTHONPATH=snippets python -m bench.loops`: threads that wait for a busy core would be timed.
"""

import argparse
import statistics
import timeit
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from batches import batch_softmax, one_hot_rows
from batches_gradients import batch_grad_W, batch_grad_W_by_loops, batch_grad_W_by_mean

SIZES = ((1, 2, 3), (10, 20, 10), (100, 64, 10), (1000, 64, 10))
RUNS = 7
SHORTEST = 0.01  # seconds: a run repeats its call until it takes as long, since clocks tick coarsely


@dataclass(frozen=True)
class Row:
    """Median times of one gradient, in seconds, at one size."""

    examples: int
    inputs: int
    classes: int
    loops: float
    examples_one_by_one: float
    product: float

    def __str__(self) -> str:
        times = (self.loops, self.examples_one_by_one, self.product)
        columns = " ".join(f"{1e6 * time:12.1f}" for time in times)
        ratios = " ".join(f"{time / self.product:10.1f}" for time in times[:2])
        return f"{self.examples:6} {self.inputs:4} {self.classes:4} {columns} {ratios}"


HEADER = (
    "     N    D    C    loops, µs     rows, µs  product, µs  loops/prod  rows/prod\n"
    "(loops: term by term; rows: the mean of one product an example; product: one for all)"
)


def median(call: Callable[[], object], runs: int = RUNS, shortest: float = SHORTEST) -> float:
    """Median over the runs of the time of one call, in seconds."""
    timer = timeit.Timer(call)
    number = 1
    while timer.timeit(number) < shortest:  # also warms up
        number *= 2
    return statistics.median(timer.repeat(runs, number)) / number


def row(size: tuple[int, int, int], runs: int = RUNS, shortest: float = SHORTEST) -> Row:
    """Draw a batch of this size (N, D, C) and time its gradient three ways.

    Raises:
        AssertionError: if the three differ by more than rounding: then their times compare nothing.
    """
    N, D, C = size
    rng = np.random.default_rng(0)
    X, S = rng.normal(size=(N, D)), batch_softmax(rng.normal(size=(N, C)))
    Y = one_hot_rows(rng.integers(1, C + 1, size=N), C)
    ways = (batch_grad_W_by_loops, batch_grad_W_by_mean, batch_grad_W)
    for way in ways:
        np.testing.assert_allclose(way(X, S, Y), batch_grad_W(X, S, Y), rtol=1e-10, atol=1e-12)
    return Row(*size, *(median(partial(way, X, S, Y), runs, shortest) for way in ways))


def main() -> None:
    """Read the options and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.loops", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="timed runs of each (default: %(default)s)")
    options = parser.parse_args()
    print(HEADER)
    for size in SIZES:
        print(row(size, options.runs), flush=True)


if __name__ == "__main__":
    main()
