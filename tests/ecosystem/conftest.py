"""One browser for the run."""

from tests.browser.conftest import tabs

__all__ = ["tabs"]
