"""The table of `bench/loops.py`: its columns, and what it refuses to time. No time is asserted."""

import numpy as np
import pytest

from bench import loops


def test_a_row_has_a_column_for_each_heading():
    row = loops.row((3, 2, 4), runs=1, shortest=0.0)
    headings = loops.HEADER.split("\n")[0].replace(", µs", "").split()
    assert headings == ["N", "D", "C", "loops", "rows", "product", "loops/prod", "rows/prod"]
    assert len(str(row).split()) == len(headings)
    assert str(row).split()[:3] == ["3", "2", "4"]


def test_ratios_are_those_of_the_medians():
    assert str(loops.Row(3, 2, 4, 6e-6, 3e-6, 2e-6)).split()[3:] == ["6.0", "3.0", "2.0", "3.0", "1.5"]


def test_what_differs_is_not_timed(monkeypatch):
    monkeypatch.setattr(loops, "batch_grad_W_by_mean", lambda X, S, Y: X.T @ (S - Y))
    with pytest.raises(AssertionError, match="Not equal to tolerance"):
        loops.row((3, 2, 4), runs=1, shortest=0.0)


def test_the_median_is_of_one_call():
    calls = []
    assert loops.median(lambda: calls.append(np.nan), runs=3, shortest=0.0) >= 0.0
    assert len(calls) == 4  # one to warm up
