"""A falling stone."""

import numpy as np


# --8<-- [start:ground]
def ground(h_0, g):
    """The time until it reaches the ground."""
    return np.sqrt(2 * h_0 / g)
# --8<-- [end:ground]


if __name__ == "__main__":
    # --8<-- [start:ground-demo]
    print(ground(20.0, 9.81), "s")
    # --8<-- [end:ground-demo]
