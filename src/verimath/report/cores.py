"""Pages checked beside each other, on machines with more than two cores.

What is said of a page depends on nothing but files, so it is the same whichever process says it, and the reports come
in the order of the pages. Two cores are busy with one process: the page's snippets run in others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from ..derivation.builds_on import Derivation
from ..kept.store import Store
from ..page.page import Page
from .findings import Options, Report, check_pages, unkept

# With so many cores, one process is enough; more than so many processes wait for the longest page.
FEW, MOST = 2, 8
# A process takes about a second to start, and an equation a twentieth of that to check.
WORTH = 100


def check_beside(
    derivation: Derivation, files: Sequence[str], options: Options, progress: Callable[[Report], None]
) -> list[Report]:
    """Check pages that can be read, in this order, by as many processes as are worth it.

    Args:
        progress: see `check_pages`.
    """
    left = set(unkept(derivation, files, options)) if (cores := os.cpu_count() or 1) > FEW else set()
    processes = min(cores, len(left), MOST)
    if processes < 2 or sum(len(derivation.page(file).equations) for file in left) < WORTH:
        return check_pages(derivation, [*files], options, progress)
    # What reading them has found is there for the others, and so are the pages, however they came to be read.
    derivation.store.close()
    pages = {page.file: page for file in left for page in derivation.family(file)}
    found: list[Report] = []
    # V8 survives no fork: each process starts its own.
    started = pages, options, derivation.store.folder
    with ProcessPoolExecutor(processes, get_context("spawn"), _start, started) as executor:
        answers = {file: executor.submit(_checked, file) for file in files if file in left}
        for file in files:
            if file in answers:
                of_page = answers[file].result()
                for report in of_page:
                    progress(report)
                found += of_page
            else:
                found += check_pages(derivation, [file], options, progress)
    return found


_STARTED: list[tuple[Derivation, Options]] = []


def _start(pages: dict[str, Page], options: Options, kept: Path | None) -> None:
    _STARTED.append((Derivation(pages.__getitem__, Store(kept)), options))


def _checked(file: str) -> list[Report]:
    derivation, options = _STARTED[-1]
    found = check_pages(derivation, [file], options)
    derivation.store.close()
    return found
