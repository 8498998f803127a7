"""The tool as one calls it, from a shell or from Python, without MkDocs or a site. Imports all rooms but the plugin."""

from .command import main

__all__ = ["main"]
