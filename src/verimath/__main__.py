"""`python -m verimath`: the same as the command `verimath`."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
