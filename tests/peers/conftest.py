"""JAX as the oracle needs it: in double precision, on the CPU."""

from __future__ import annotations

import jax

jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)
