"""`verimath check PATH…`, `verimath mutate PATH…`: the equations of Markdown files, without MkDocs or a site."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from .derivation.builds_on import Derivation, from_disk
from .kept.store import Store, place
from .message.progress import Progress
from .message.refusal import Refusal
from .message.source import typed
from .mutation.run import as_json, figures, listing, mutate
from .page.blocks import MATH
from .page.file import content
from .page.neighbours import headers, labels_in, markdown, root_of
from .page.project import SNIPPETS, Project, Projects, notebook_faults, project_faults
from .report import Options, Report, check_pages, check_texts, page_error, readable, sound
from .trials.page_trials import SEED, TRIALS
from .verdict.precision import agreements

# What a page refers to, wherever it does.
REFERRED = re.compile(r"(?:\]\(#|(?:show|verifies)=\")(?P<label>[^)\s\"]*)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Not every terminal shows what formulas hold.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    files: list[str] = []
    for path in options.paths:
        if not os.path.exists(path):
            print(f"verimath: there is no {path}", file=sys.stderr)
            return 2
        files += [file for found in markdown(Path(path)) if (file := found.as_posix()) not in files]
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
        "bad options, or where there is no equation, 3 if all that is missing are verdicts for which time ran out.",
    )
    check.add_argument("paths", nargs="+", metavar="PATH", help="a Markdown file, or a folder of them")
    check.add_argument("--json", metavar="FILE", help="write the verdicts there too")
    check.add_argument("--seed", type=int, default=SEED, help=f"what is drawn (default: {SEED})")
    check.add_argument("--trials", type=_positive, default=TRIALS, help=f"how often (default: {TRIALS})")
    check.add_argument("--label", metavar="LABEL", help="check this equation only")
    check.add_argument(
        "--snippets", metavar="FOLDER", help="where snippets lie (default: as mkdocs.yml says, or snippets)"
    )
    check.add_argument(
        "--no-cache", action="store_true", help="check everything, and keep nothing (it is kept in ~/.cache/verimath)"
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
    mutants.add_argument("--figures", metavar="FILE", help="write there what the marks of a site's equations show")
    mutants.add_argument("--seed", type=int, default=SEED, help=f"what is drawn (default: {SEED})")
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 10_000:
        raise argparse.ArgumentTypeError("from 1 to 10000")
    return value


def _check(files: list[str], options: argparse.Namespace) -> int:
    store = Store(None if options.no_cache else place())
    derivation = Derivation(from_disk, store)
    shown = Progress("checked", sum(bool(MATH.match(info)) for file in files for info in headers(Path(file))))
    reports = _reports(derivation, files, options, lambda report: shown.step(report.label or ""))
    shown.clear()
    store.close()
    store.sweep()
    if options.label is not None and not any(report.label == options.label for report in reports):
        print(f"verimath: there is no equation {options.label} in these pages", file=sys.stderr)
        return 2
    if not reports:
        return _nothing(files, options)
    order = {file: n for n, file in enumerate(files)}
    reports.sort(key=lambda report: (order.get(report.file, -1), report.line))
    for report in reports:
        print(report.line_text)
        if not report.is_expected:
            print(report.error())
    if options.digits:
        for label, digits in agreements(derivation, files, options.seed, options.trials, options.label):
            print(f"{label:36} {digits}")
    if options.json:
        Path(options.json).write_text(json.dumps([_as_json(report) for report in reports], indent=1) + "\n", "utf-8")
    failed = [report for report in reports if not report.is_expected]
    print(f"{len(reports) - len(failed)} as expected, {len(failed)} not")
    # What a slow machine leaves open says nothing of the pages.
    return 3 if failed and all(report.is_undecided for report in failed) else 1 if failed else 0


def _nothing(files: list[str], options: argparse.Namespace) -> int:
    """Say that there is nothing to check, which most often is a path that is wrong."""
    what = "equation" if files else "Markdown file"
    print(f"verimath: there is no {what} in {', '.join(options.paths)}", file=sys.stderr)
    return 2


def _reports(
    derivation: Derivation, files: list[str], options: argparse.Namespace, step: Callable[[Report], None]
) -> list[Report]:
    """All that is said of pages and of the sites that they belong to."""
    projects = Projects()
    of = {file: projects.of(file) for file in files}
    reports = [page_error(fault.place.file, fault) for fault in projects.faults]
    for project in projects.all():
        faults = chain(project_faults(project), notebook_faults(project))
        reports += [page_error(project.config, fault) for fault in faults]
    unread, pages = readable(lambda file: sound(derivation, file), files)
    reports += unread
    labels = _labels(of)
    for site in dict.fromkeys(of.values()):
        own = [page for page in pages if of[page.file] is site]
        folders = (Path(options.snippets),) if options.snippets else site.snippets if site else (Path(SNIPPETS),)
        reports += check_texts(own, labels, projects.of, folders, derivation.store)
        # One message about a line of text is enough.
        said = {(report.file, report.line) for report in reports}
        checked = check_pages(
            derivation, [page.file for page in own], Options(options.seed, options.trials, folders, options.label), step
        )
        reports += [report for report in checked if report.label or (report.file, report.line) not in said]
    return reports


def _mutate(files: list[str], options: argparse.Namespace) -> int:
    derivation = Derivation(from_disk)
    unread, pages = readable(lambda file: derivation.node(file).page, files)
    if unread:
        print(unread[0].error())
        return 1
    if not any(page.equations for page in pages):
        return _nothing(files, options)
    names = [derivation.node(page.file).names for page in pages]
    results = mutate(names, seed=options.seed)
    print(listing(results))
    if options.figures:
        Path(options.figures).write_text(json.dumps(figures(results, names, options.seed), indent=0) + "\n", "utf-8")
    if options.json:
        Path(options.json).write_text(json.dumps(as_json(results), indent=1) + "\n", "utf-8")
    return 0 if all(result.can_fail for result in results) else 1


def _labels(projects: dict[str, Project | None]) -> set[str]:
    """The labels of all pages beside these: a page may refer to others than those that are checked."""
    alone = {Path(file) for file, project in projects.items() if project is None}
    found = labels_in({*alone, *(project.docs for project in projects.values() if project)})
    referred = {label for file in alone for label in REFERRED.findall(_text(str(file)))}
    # Of a page that no configuration claims: farther away only where it speaks of what isn't nearer.
    for folders in ({file.parent for file in alone}, {root_of(file) for file in alone}):
        if not referred <= found:
            found |= labels_in(folders)
    return found


def _text(file: str) -> str:
    try:
        return content(Path(file))
    except (Refusal, FileNotFoundError):
        return ""


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
        "not_evaluated_at": verdict.excluded,
        "assumes": verdict.assumes,
        "message": str(report.error()) if verdict.problem or not report.is_expected else "",
    }
