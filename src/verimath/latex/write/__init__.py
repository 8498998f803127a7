r"""Trees printed back as LaTeX, which the reader reads to the same trees.

Notation that a tree doesn't keep is chosen: \frac for \dfrac, \mathbb{R}^{2} for \mathbb{R} \times \mathbb{R}.
"""

from __future__ import annotations

from .sentences import Writer, sentences

__all__ = ["Writer", "sentences"]
