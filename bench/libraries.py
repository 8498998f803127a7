"""The gradient of the page `gradients-weights` by its formula, by JAX and by PyTorch: what each program prints.

Writes docs/assets/libraries/gradient_*.txt, with the versions. A library that isn't installed is left out, and its
file stays as it was: JAX and PyTorch come with what `make test-peers` installs. Run as
`.venv/peers/bin/python -m bench.libraries`.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "docs" / "assets" / "libraries"
# By the package that a program needs, its name as it is written.
LIBRARIES = {"numpy": "NumPy", "jax": "JAX", "torch": "PyTorch"}


def program(package: str) -> Path:
    """The file that the page shows."""
    return FOLDER / f"gradient_{package}.py"


def written(package: str) -> Path:
    """What it printed, and the version that printed it."""
    return FOLDER / f"gradient_{package}.txt"


def printed(package: str) -> str | None:
    """What a library's program prints; None where the library isn't installed."""
    try:
        version(package)
    except PackageNotFoundError:
        return None
    done = subprocess.run([sys.executable, program(package)], capture_output=True, text=True, check=True)
    return done.stdout


def main() -> None:
    """Write what each library that is there prints."""
    for package, name in LIBRARIES.items():
        output = printed(package)
        if output is None:
            print(f"{name} isn't installed: {written(package).name} stays as it was", file=sys.stderr)
            continue
        number = version(package).partition("+")[0]
        written(package).write_text(f"{output}{name} {number}\n", "utf-8")


if __name__ == "__main__":
    main()
