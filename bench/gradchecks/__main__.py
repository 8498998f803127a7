"""What gradient checks let through, of gradients with planted errors: the tables of the page `reliability`.

Writes docs/assets/reliability/gradchecks.md, and prints it; takes some minutes, more on a busy machine. Run, with what
`make test-peers` installs, as

    OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 PYTHONPATH=src .venv/peers/bin/python -m bench.gradchecks
"""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path

from bench.gradchecks.checkers import Checker, Cs231n, Scipy, Verimath
from bench.gradchecks.frameworks import FRAMEWORKS
from bench.gradchecks.measure import measured
from bench.gradchecks.problems import RIGHT, problem
from bench.gradchecks.report import Report

WRITTEN = Path(__file__).parent.parent.parent / "docs" / "assets" / "reliability" / "gradchecks.md"
LIBRARIES = {"PyTorch": "torch", "JAX": "jax", "SciPy": "scipy", "NumPy": "numpy"}


def installed() -> dict[str, str]:
    """The versions of the libraries that are there."""
    return {name: version(package).partition("+")[0] for name, package in LIBRARIES.items()}


def main() -> None:
    """Read the options, measure, and write the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.gradchecks", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--problems", type=int, default=500, help="how many, a multiple of 4 (default: %(default)s)")
    parser.add_argument("--few", type=int, default=80, help="how many show fineness and time (default: %(default)s)")
    parser.add_argument("--output", type=Path, default=WRITTEN, help="where to write (default: %(default)s)")
    options = parser.parse_args()
    problems = [problem(number) for number in range(options.problems)]
    scipy = Scipy()
    scipy.calibrated([each.having(RIGHT) for each in problems])
    checkers: list[Checker] = [*FRAMEWORKS, scipy, Cs231n(4), Cs231n(7), Verimath()]
    rows = []
    for checker in checkers:
        rows.append(measured(checker, problems, options.few))
        print(rows[-1], flush=True)
    report = Report(rows, options.problems, options.few, scipy.threshold, installed())
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(report.markdown(), "utf-8")
    print(report.markdown())


if __name__ == "__main__":
    main()
