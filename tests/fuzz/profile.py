"""How many examples: `bounded`, the same ones on every run, or `long` (HYPOTHESIS_PROFILE=long, `make fuzz`)."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

# Trees are large, and some examples take a second on a busy machine.
CALM = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
settings.register_profile(
    "bounded", max_examples=250, derandomize=True, database=None, deadline=None, suppress_health_check=CALM
)
settings.register_profile("long", max_examples=20_000, deadline=None, print_blob=True, suppress_health_check=CALM)
NAME = os.environ.get("HYPOTHESIS_PROFILE", "bounded")
settings.load_profile(NAME)


def examples(share: float) -> settings:
    """This part of the profile's examples, or so many times them."""
    profile = settings.get_profile(NAME)
    return settings(max_examples=max(1, round(share * profile.max_examples)))


class Refuted(Exception):
    """Not an assertion, so that Hypothesis shows nothing of an example that was asked for."""


def is_refuted(check: Callable[..., object], *strategies: st.SearchStrategy[Any]) -> bool:
    """Whether some example fails a check: what shows that it can fail."""

    @settings(max_examples=400, derandomize=True, database=None, phases=[Phase.generate], report_multiple_bugs=False)
    @given(st.tuples(*strategies))
    def attempt(made: tuple[Any, ...]) -> None:
        try:
            check(*made)
        except AssertionError as error:
            raise Refuted from error

    try:
        attempt()
    except Refuted:
        return True
    return False
