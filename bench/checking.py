"""Where the time of a check goes, and how it grows with the number of equations, as it should: evenly.

The first table is of this project's own pages. For the second, pages are written that declare, define and claim in
turn, each a derivation of its own, and the whole command is timed on them, V8's start included: medians of several
rounds, in turns. Run as `python -m bench.checking`.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from types import FrameType

from verimath.cli import main as check
from verimath.report import cores

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


def cost(folder: Path, cache: str = "", source: str = "", codes: Sequence[int] = (0,)) -> tuple[float, float]:
    """Seconds of processor time of one run of the command with all that it starts, and its largest process in MB.

    Args:
        folder: the pages.
        cache: where results are kept; nowhere if empty.
        source: the folder of another version of the package; this one if empty.
        codes: how the command may end.
    """
    command = [sys.executable, "-m", "verimath", "check", str(folder)]
    with tempfile.TemporaryFile() as said:
        environment = {**os.environ, "VERIMATH_CACHE": cache} | ({"PYTHONPATH": source} if source else {})
        process = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) not in codes:
            said.seek(0)
            sys.exit(said.read().decode())
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def growth(counts: Sequence[int], rounds: int) -> Iterator[str]:
    """Lines of a table: more and more equations, from nothing, and again with nothing changed."""
    yield f"{'equations':>10} {'CPU s':>8} {'ms each':>8} {'ratio':>7} {'again':>7} {'MB':>5}"
    first = None
    with tempfile.TemporaryDirectory() as name:
        folders = {count: Path(name) / str(count) for count in counts}
        for count, folder in folders.items():
            folder.mkdir()
            write(folder, count)
            cost(folder, f"{name}/kept")
        cold: dict[int, list[tuple[float, float]]] = {count: [] for count in counts}
        warm: dict[int, list[float]] = {count: [] for count in counts}
        for _ in range(rounds):
            for count, folder in folders.items():
                cold[count].append(cost(folder))
                warm[count].append(cost(folder, f"{name}/kept")[0])
    for count in counts:
        median = statistics.median(seconds for seconds, _ in cold[count])
        first = first or median
        again, memory = statistics.median(warm[count]), max(memory for _, memory in cold[count])
        yield f"{count:>10} {median:8.2f} {1000 * median / count:8.2f} {median / first:7.1f} {again:7.2f} {memory:5.0f}"


def beside(folder: str, source: str, rounds: int) -> Iterator[str]:
    """Lines of a table: this version and another one on the same pages, in turns, from nothing."""
    yield f"{'this CPU s':>10} {'other':>8} {'ratio':>7}"
    for _ in range(rounds):
        # Of pages that the other one was written for, this one may say something else.
        this, other = (cost(Path(folder), source=each, codes=(0, 1))[0] for each in ("", source))
        yield f"{this:10.2f} {other:8.2f} {this / other:7.2f}"


# What a check does, by the function that does it; what stands first counts, wherever it is called from.
PARTS = (
    ("KaTeX's trees", "katex.py", "tree"),
    ("draws", "draw.py", "drawn"),
    ("what a verdict rests on", "basis.py", "of"),
    ("counterexamples sought", "counterexample.py", "hunt"),
    ("50 digits and more", "claim.py", "_in_digits"),
    ("structured trials", "claim.py", "_on_special_values"),
    ("ordinary and wild trials", "claim.py", "_counted"),
    ("other statements", "check.py", "check"),
    ("snippets' arguments and values", "arguments.py", "planned"),
    ("pages read", "builds_on.py", "node"),
    ("the text between formulas", "findings.py", "check_texts"),
)
TICK_SECONDS = 0.005


def parts(folder: str) -> Iterator[str]:
    """Lines of a table: where the time of this process goes while it checks, by looking every few milliseconds."""
    seen: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        stack = set()
        while frame is not None:
            stack.add((Path(frame.f_code.co_filename).name, frame.f_code.co_name))
            frame = frame.f_back
        seen[next((name for name, file, function in PARTS if (file, function) in stack), "the rest")] += 1

    # What other processes do can't be seen from here.
    cores.FEW = os.cpu_count() or 1
    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, TICK_SECONDS, TICK_SECONDS)
    with redirect_stdout(io.StringIO()):
        check(["check", "--no-cache", folder])
    signal.setitimer(signal.ITIMER_PROF, 0)
    yield f"{'':32} {'CPU s':>7} {'share':>6}"
    for name, count in seen.most_common():
        yield f"{name:32} {count * TICK_SECONDS:7.2f} {count / seen.total():6.0%}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.checking")
    parser.add_argument("--rounds", type=int, default=RUNS)
    parser.add_argument("--counts", type=int, nargs="*", default=[*COUNTS])
    parser.add_argument("--pages", default=str(Path(__file__).parent.parent / "docs" / "fr"), metavar="FOLDER")
    parser.add_argument("--beside", metavar="FOLDER", help="the src of another version, on the same pages: that alone")
    options = parser.parse_args()
    if options.beside:
        print("\n".join(beside(options.pages, options.beside, options.rounds)))
        return
    print(f"Where the time goes, in {options.pages}; its snippets run in processes of their own")
    print("\n".join(parts(options.pages)), flush=True)
    if options.counts:
        print("\nMore and more equations; again: with nothing changed")
        print("\n".join(growth(options.counts, options.rounds)))


if __name__ == "__main__":
    main()
