"""How long `verimath check` takes for more and more equations: the time should grow as their number does.

Writes pages that declare, define and claim in turn, each a derivation of its own, and times the whole command on them,
V8's start included. Prints a table: medians of several runs, and the ratio to the smallest. Run as
`python -m bench.check`.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COUNTS = (50, 500, 5000)
RUNS = 3

# Ten equations; {k} makes their labels differ from page to page.
TEN = r"""
```math {{#sizes-{k}}}
m, n \in \mathbb{{N}}^{{*}}, \quad x \in \mathbb{{R}}^{{m}}, \quad A = (a_{{ij}}) \in \mathbb{{R}}^{{m \times n}}
```

```math {{#product-{k}}}
z \coloneqq x A
```

```math {{#components-{k}}}
z_j = \sum_{{i=1}}^{{m}} x_i a_{{ij}}
```

```math {{#exponentials-{k}}}
Z \coloneqq \sum_j e^{{z_j}}, \qquad p_j \coloneqq \frac{{e^{{z_j}}}}{{Z}}
```

```math {{#total-{k}}}
\sum_j p_j = 1
```

```math {{#logarithm-{k}}}
\frac{{\partial}}{{\partial z_j}} \ln Z = p_j
```

```math {{#jacobian-{k}}}
\frac{{\partial p_i}}{{\partial z_j}} = p_i (\delta_{{ij}} - p_j)
```

```math {{#norm-{k}}}
\lVert x A \rVert^2 = \sum_j z_j^2
```

```math {{#bound-{k}}}
\max_j z_j \leq \ln Z \leq \max_j z_j + \ln n
```

```math {{#cases-{k}}}
\max(0, z_j) = \begin{{cases}} z_j & \text{{if }} z_j > 0, \\ 0 & \text{{otherwise}} \end{{cases}}
```
"""


def write(folder: Path, count: int) -> None:
    """Pages that hold so many equations, ten each: a name is defined once a page."""
    for page in range(count // 10):
        (folder / f"page-{page:04}.md").write_text(TEN.format(k=page), "utf-8")


def seconds(folder: Path) -> float:
    """Wall time of one run of the command."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "verimath", "check", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    print(f"{'equations':>10} {'seconds':>9} {'ms each':>9} {'ratio':>7}")
    first = None
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as name:
            write(Path(name), count)
            median = statistics.median(seconds(Path(name)) for _ in range(RUNS))
        first = first or median
        print(f"{count:>10} {median:>9.2f} {1000 * median / count:>9.2f} {median / first:>7.1f}")


if __name__ == "__main__":
    main()
