"""The commands: `verimath check` and `mutate` on Markdown files, without MkDocs or a site; `explain`; `new`."""

from __future__ import annotations

import argparse
import io
import json
import shlex
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from ..derivation.builds_on import Derivation
from ..latex.katex import MissingKatexError
from ..mutation.run import as_json, figures, listing, mutate
from ..report.findings import readable
from ..trials.page_trials import SEED, TRIALS
from ..verdict.precision import agreements
from .formats import FORMATS, Style, is_coloured
from .inputs import STDIN, Inputs, inputs
from .rows import rows
from .rulebook import LANGUAGES as RULES_IN
from .rulebook import explained, rules
from .scaffold import LANGUAGES, scaffold
from .session import Session
from .watch import watch


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Not every terminal shows what formulas hold.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    if options.command == "new":
        return _new(Path(options.folder), options.lang)
    if options.command == "explain":
        return _explain(options.rule, options.lang)
    try:
        given = _inputs(options)
    except FileNotFoundError as missing:
        return _unusable(f"there is no {missing}")
    to = options.json
    if to and to != STDIN and (Path(to).is_dir() or not Path(to).absolute().parent.is_dir()):
        return _unusable(f"{to} can't be written")
    try:
        if options.command == "mutate":
            return _mutate(given, options)
        return _watch(options) if options.watch else _check(given, options)[1]
    except MissingKatexError as missing:
        return _unusable(str(missing))


def _new(folder: Path, language: str) -> int:
    """Write a site to begin with, and say how to see it."""
    try:
        written = scaffold(folder, language)
    except OSError as error:
        return _unusable(str(error))
    print("\n".join(f"{folder / file}" for file in written))
    print(f"\n  cd {shlex.quote(str(folder))}\n  pip install -r requirements.txt\n  mkdocs serve")
    return 0


def _explain(number: int, language: str) -> int:
    """Print a rule of the page language with its examples."""
    try:
        known = rules(language)
    except FileNotFoundError as missing:
        return _unusable(f"there is no {missing.filename}: install verimath again")
    if number not in known:
        return _unusable(f"there is no rule {number}: they go from {min(known)} to {max(known)}")
    print(explained(known[number]))
    return 0


def _inputs(options: argparse.Namespace) -> Inputs:
    return inputs(options.paths, options.stdin_filename)


def _unusable(why: str) -> int:
    """Say why a command can't be run; its exit code."""
    print(f"verimath: {why}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="verimath", description="Executes the equations that Markdown pages print.")
    parser.add_argument("--version", action="version", version=f"verimath {version('verimath')}")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check",
        help="check every equation and snippet",
        description="Checks every equation of Markdown files, and executes the snippets that they name: run it on "
        "pages you trust. Exits 0 if every verdict is the expected one, 1 if one isn't or a page can't be read, 2 for "
        "bad options, or where there is no equation, 3 if all that is missing are verdicts for which time ran out.",
    )
    _add_paths(check)
    check.add_argument("--format", choices=[*FORMATS], default="text", help="of what is printed (default: text)")
    check.add_argument("--json", metavar="FILE", help="write the verdicts there too; -: print them instead")
    check.add_argument("-q", "--quiet", action="store_true", help="print only what isn't as expected")
    check.add_argument("--allow-none", action="store_true", help="exit 0 where there is no equation to check")
    check.add_argument("-w", "--watch", action="store_true", help="check again whenever something changes")
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
    _add_paths(mutants)
    mutants.add_argument("--json", metavar="FILE", help="write all mutants there")
    mutants.add_argument("--figures", metavar="FILE", help="write there what the marks of a site's equations show")
    mutants.add_argument("--seed", type=int, default=SEED, help=f"what is drawn (default: {SEED})")
    new = commands.add_parser(
        "new",
        help="write a site to begin with",
        description="Writes a MkDocs site to begin with: a verified page and its snippet, a workflow and a hook.",
    )
    new.add_argument("folder", metavar="DIR", help="a new folder, or an empty one")
    new.add_argument("--lang", choices=LANGUAGES, default="en", help="of the page and the site (default: en)")
    explain = commands.add_parser(
        "explain",
        help="show a rule of the page language",
        description="Shows a rule with its examples, by the number at the end of a message, such as (rule 16).",
    )
    explain.add_argument("rule", metavar="RULE", type=int, help="its number")
    explain.add_argument("--lang", choices=RULES_IN, default="en", help="in which it is said (default: en)")
    return parser


def _add_paths(parser: argparse.ArgumentParser) -> None:
    pages = "a Markdown file, a folder of them, a pattern such as 'docs/**/*.md', or - for standard input"
    parser.add_argument("paths", nargs="+", metavar="PATH", help=pages)
    parser.add_argument(
        "--stdin-filename", metavar="NAME", default="stdin.md", help="the page on standard input is called so"
    )


def _positive(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 10_000:
        raise argparse.ArgumentTypeError("from 1 to 10000")
    return value


def _check(given: Inputs, options: argparse.Namespace) -> tuple[Session, int]:
    """Check pages, and print what was found; the exit code, and all that was read."""
    session = Session(given, options.seed, options.trials, options.label, options.snippets, keeps=not options.no_cache)
    found = [*rows(session.reports())]
    if options.label is not None and not any(row.label == options.label for row in found):
        return session, _unusable(f"there is no equation {options.label} in these pages")
    if not found:
        return session, 0 if options.allow_none and given.files else _nothing(given)
    style = Style(options.quiet, is_coloured(), options.trials)
    shown = "json" if options.json == STDIN else options.format
    print(FORMATS[shown](found, style), end="")
    if options.digits and shown == "text":
        files = [*given.files]
        for label, digits in agreements(session.derivation, files, options.seed, options.trials, options.label):
            print(f"{label:36} {digits}")
    if options.json and options.json != STDIN:
        Path(options.json).write_text(FORMATS["json"](found, style), "utf-8")
    failed = [row for row in found if not row.is_expected]
    # What a slow machine leaves open says nothing of the pages.
    return session, 3 if failed and all(row.is_undecided for row in failed) else 1 if failed else 0


def _watch(options: argparse.Namespace) -> int:
    """Check again whenever something changes, until the author stops it."""

    def again() -> None:
        print(f"\n{' changed: checked again ':-^79}", flush=True)

    with suppress(KeyboardInterrupt):
        try:
            watch(lambda: _inputs(options), lambda given: _check(given, options)[0], again)
        except FileNotFoundError as missing:
            return _unusable(f"there is no {missing}")
    return 0


def _nothing(given: Inputs) -> int:
    """Say that there is nothing to check, which most often is a path that is wrong."""
    what = "equation" if given.files else "Markdown file"
    return _unusable(f"there is no {what} in {', '.join(given.paths)}")


def _mutate(given: Inputs, options: argparse.Namespace) -> int:
    derivation = Derivation(given.load)
    unread, pages = readable(lambda file: derivation.node(file).page, given.files)
    if unread:
        print(unread[0].error())
        return 1
    if not any(page.equations for page in pages):
        return _nothing(given)
    names = [derivation.node(page.file).names for page in pages]
    results = mutate(names, seed=options.seed)
    print(listing(results))
    if options.figures:
        Path(options.figures).write_text(json.dumps(figures(results, names, options.seed), indent=0) + "\n", "utf-8")
    if options.json:
        Path(options.json).write_text(json.dumps(as_json(results), indent=1) + "\n", "utf-8")
    return 0 if all(result.can_fail for result in results) else 1
