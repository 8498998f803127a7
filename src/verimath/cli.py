"""`verimath check PATH…`, `verimath mutate PATH…`: the equations of Markdown files, without MkDocs or a site."""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .derivation.builds_on import Derivation, from_disk
from .derivation.prose import check_text
from .message.refusal import Refusal
from .message.source import Span, typed
from .mutation.run import as_json, listing, mutate
from .page.blocks import MATH, Equation, second_label
from .page.fences import OPENING
from .report import Options, Report, check_pages, page_error
from .trials.page_trials import SEED, TRIALS
from .verdict.precision import agreements

# Even in a header that isn't right otherwise: that is said once, of its own page.
LABELLED = re.compile(r"math[ ]+\{[ ]*#(?P<label>[a-z0-9-]+)")
BAR = 30


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Not every terminal shows what formulas hold.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    files: list[str] = []
    for path in options.paths:
        if not Path(path).exists():
            print(f"verimath: there is no {path}", file=sys.stderr)
            return 2
        files += [file for file in _markdown(Path(path)) if file not in files]
    if options.json and (Path(options.json).is_dir() or not Path(options.json).absolute().parent.is_dir()):
        print(f"verimath: {options.json} can't be written", file=sys.stderr)
        return 2
    return _mutate(files, options) if options.command == "mutate" else _check(files, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="verimath", description="Executes the equations that Markdown pages print.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check",
        help="check every equation and snippet",
        description="Checks every equation of Markdown files, and executes the snippets that they name: run it on "
        "pages you trust. Exits 0 if every verdict is the expected one, 1 if one isn't or a page can't be read, 2 for "
        "bad options.",
    )
    check.add_argument("paths", nargs="+", metavar="PATH", help="a Markdown file, or a folder of them")
    check.add_argument("--json", metavar="FILE", help="write the verdicts there too")
    check.add_argument("--seed", type=int, default=SEED, help=f"what is drawn (default: {SEED})")
    check.add_argument("--trials", type=_positive, default=TRIALS, help=f"how often (default: {TRIALS})")
    check.add_argument("--label", metavar="LABEL", help="check this equation only")
    check.add_argument(
        "--snippets", metavar="FOLDER", default="snippets", help="where snippets lie (default: snippets)"
    )
    check.add_argument("--digits", type=int, choices=[50], help="report to how many digits the sides of claims agree")
    mutants = commands.add_parser(
        "mutate",
        help="see that every equation can fail",
        description="Changes every claim and definition of Markdown files in one place at a time, and lists the "
        "changes that no trial refuses, for a person to judge. Exits 0 if each equation has a mutant that is false.",
    )
    mutants.add_argument("paths", nargs="+", metavar="PATH", help="a Markdown file, or a folder of them")
    mutants.add_argument("--json", metavar="FILE", help="write all mutants there")
    mutants.add_argument("--seed", type=int, default=SEED, help=f"what is drawn (default: {SEED})")
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 10_000:
        raise argparse.ArgumentTypeError("from 1 to 10000")
    return value


def _markdown(path: Path) -> Iterator[str]:
    """The Markdown files at a path, in the order of their names."""
    found = sorted(path.rglob("*.md")) if path.is_dir() else [path]
    yield from (file.as_posix() for file in found if file.is_file())


def _check(files: list[str], options: argparse.Namespace) -> int:
    derivation = Derivation(from_disk)
    shown = _Progress(sum(bool(MATH.match(info)) for file in files for info in _headers(Path(file))))
    folders = (Path(options.snippets),)
    reports, readable = _of_pages(derivation, files)
    checked = check_pages(
        derivation, readable, Options(options.seed, options.trials, folders, options.label), shown.step
    )
    # One message about a line of text is enough.
    said = {(report.file, report.line) for report in reports}
    reports += [report for report in checked if report.label or (report.file, report.line) not in said]
    shown.clear()
    if options.label is not None and not any(report.label == options.label for report in reports):
        print(f"verimath: there is no equation {options.label} in these pages", file=sys.stderr)
        return 2
    order = {file: n for n, file in enumerate(files)}
    reports.sort(key=lambda report: (order.get(report.file, len(order)), report.line))
    for report in reports:
        print(report.line_text)
        if not report.is_expected:
            print(report.error())
    if options.digits:
        for label, digits in agreements(derivation, files, options.seed, options.trials, options.label):
            print(f"{label:36} {digits}")
    if options.json:
        Path(options.json).write_text(json.dumps([_as_json(report) for report in reports], indent=1) + "\n", "utf-8")
    failed = sum(not report.is_expected for report in reports)
    print(f"{sum(report.is_expected for report in reports)} as expected, {failed} not")
    return 1 if failed else 0


def _mutate(files: list[str], options: argparse.Namespace) -> int:
    derivation = Derivation(from_disk)
    try:
        pages = [derivation.node(file).names for file in files]
    except Refusal as error:
        print(error)
        return 1
    results = mutate(pages, seed=options.seed)
    print(listing(results))
    if options.json:
        Path(options.json).write_text(json.dumps(as_json(results), indent=1) + "\n", "utf-8")
    return 0 if all(result.can_fail for result in results) else 1


def _of_pages(derivation: Derivation, files: list[str]) -> tuple[list[Report], list[str]]:
    """What is wrong with pages before any equation is checked, and those that can be read all the same."""
    reports: list[Report] = []
    readable: list[str] = []
    labels = _labels(files)
    seen: dict[str, Equation] = {}
    for file in files:
        try:
            page = derivation.node(file).page
            readable.append(file)
            check_text(page, labels)
            for equation in page.equations:
                if equation.label in seen:
                    raise second_label(equation, seen[equation.label])
                seen[equation.label] = equation
        except Refusal as error:
            reports.append(page_error(file, error))
        except RecursionError:
            reports.append(page_error(file, Refusal(what="the page is nested too deeply", span=Span(file))))
    return reports, readable


def _labels(files: list[str]) -> set[str]:
    """The labels of all pages in the folders of these: a page may refer to others than those that are checked."""
    folders = {Path(file).parent for file in files}
    found: set[str] = set()
    for path in sorted({path for folder in folders for path in folder.rglob("*.md")}):
        found |= {match["label"] for info in _headers(path) if (match := LABELLED.match(info))}
    return found


def _headers(path: Path) -> list[str]:
    """What follows the marks of a file's fences, even where it can't be read as a page.

    None of what isn't a file, such as a folder of that name, or a link to nothing.
    """
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [opening["info"].strip() for line in lines if (opening := OPENING.match(line))]


def _as_json(report: Report) -> dict[str, Any]:
    verdict = report.verdict
    return {
        "label": report.label,
        "file": typed(report.file),
        "line": report.line,
        "role": verdict.role,
        "verdict": verdict.verdict,
        "expected": report.expected,
        "trials": verdict.trials,
        "worst": verdict.worst,
        "message": str(report.error()) if verdict.problem or not report.is_expected else "",
    }


class _Progress:
    """A bar on a terminal, for checks that take a while; nothing elsewhere."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self.shown = sys.stderr.isatty()

    def step(self, report: Report) -> None:
        self.done += 1
        if self.shown and self.total:
            part = min(1.0, self.done / self.total)
            bar = "█" * round(BAR * part)
            print(
                f"\r{bar:{BAR}} {self.done}/{self.total} {(report.label or '')[:30]:30}",
                end="",
                file=sys.stderr,
                flush=True,
            )

    def clear(self) -> None:
        if self.shown:
            print(f"\r{'':{BAR + 50}}\r", end="", file=sys.stderr, flush=True)
