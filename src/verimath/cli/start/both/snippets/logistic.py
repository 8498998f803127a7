"""The logistic function and its slope."""

import numpy as np


def sigmoid(x):
    """Between 0 and 1, without an overflow for large negative x."""
    return np.exp(-np.logaddexp(0, -x))


# --8<-- [start:slope]
def slope(x):
    """The derivative of the logistic function at x."""
    return sigmoid(x) * sigmoid(-x)
# --8<-- [end:slope]


if __name__ == "__main__":
    # --8<-- [start:slope-demo]
    print(slope(0.0))
    # --8<-- [end:slope-demo]
