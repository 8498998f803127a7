"""Processes that a check starts beside its own, counted."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

from verimath.report import cores


def count_processes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let few equations be worth several processes; how many were started, each time, comes into the list."""
    started: list[int] = []

    class Counted(ProcessPoolExecutor):
        def __init__(self, processes: int, *others: Any) -> None:
            started.append(processes)
            super().__init__(processes, *others)

    monkeypatch.setattr(cores, "WORTH", 1)
    monkeypatch.setattr(cores, "ProcessPoolExecutor", Counted)
    return started
