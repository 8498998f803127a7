"""The same from Python, as in a notebook: three functions, whose results show themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import overload

from ..latex.katex import Typeset, typeset
from ..message.frozen import frozen
from ..trials.page_trials import SEED, TRIALS
from .formats import Style, as_text
from .inputs import Inputs
from .rows import Row, rows
from .session import Session

# What a browser shows by itself, without KaTeX's style sheet and fonts.
MATHML = re.compile(r"<math.*?</math>", re.DOTALL)
CLAIM = "claim"


@frozen
class Result(Row):
    """What is said of one equation, snippet or mistake; `print` shows it as the command does, a notebook as a row.

    Attributes:
        tex: its formula; empty where it has none.
    """

    tex: str = ""

    def __bool__(self) -> bool:
        """Whether the verdict is the expected one."""
        return self.is_expected

    @property
    def message(self) -> str:
        """What is wrong, where, and the way out; empty where nothing is."""
        return str(self.told or "")

    def __str__(self) -> str:
        return as_text([self], Style()).rpartition("\n")[0].rpartition("\n")[0]

    def _repr_html_(self) -> str:
        return f"<table>{_html(self)}</table>"


class Results(Sequence[Result]):
    """What is said of a text or a file, in order: true where every verdict is the expected one."""

    def __init__(self, results: Sequence[Result]) -> None:
        self._results = tuple(results)

    @overload
    def __getitem__(self, at: int) -> Result: ...
    @overload
    def __getitem__(self, at: slice) -> Results: ...
    def __getitem__(self, at: int | slice) -> Result | Results:
        return Results(self._results[at]) if isinstance(at, slice) else self._results[at]

    def __len__(self) -> int:
        return len(self._results)

    def __iter__(self) -> Iterator[Result]:
        return iter(self._results)

    def __bool__(self) -> bool:
        """Whether every verdict is the expected one; false where there is nothing to check."""
        return bool(self._results) and all(self._results)

    def __str__(self) -> str:
        return as_text(self, Style()).rstrip("\n")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<table>{''.join(map(_html, self))}</table>"


def check_text(text: str, *, seed: int = SEED, trials: int = TRIALS, snippets: str | Path | None = None) -> Results:
    r"""Check the equations of a page of Markdown.

    Args:
        text: the page, front matter included; what it builds on is looked for in the current folder.
        seed, trials: what is drawn, and how often.
        snippets: the folder of the programs that it names; None: as `mkdocs.yml` says, or `snippets`.

    Returns:
        A result for each equation, each snippet and each mistake; none where the page has no equation.

    Example:
        >>> bool(check_text('```math {#sum}\n1 + 2 = 3\n```\n'))
        True
    """
    name = "text.md"
    return _checked(Inputs((name,), (name,), (name, text.encode())), seed, trials, snippets)


def check_file(
    path: str | Path, *, seed: int = SEED, trials: int = TRIALS, snippets: str | Path | None = None
) -> Results:
    """Check the equations of a page's file; the rest is as for `check_text`.

    Raises:
        FileNotFoundError: where there is no such file.
    """
    file = Path(path)
    if not file.is_file():
        raise FileNotFoundError(str(path))
    return _checked(Inputs((str(path),), (file.as_posix(),)), seed, trials, snippets)


def check_claim(
    claim: str, *symbols: str, seed: int = SEED, trials: int = TRIALS, conventions: dict[str, str] | None = None
) -> Result:
    r"""Check one claim.

    Args:
        claim: its LaTeX.
        symbols: what it reads: declarations and definitions, in order, as LaTeX.
        seed, trials: what is drawn, and how often.
        conventions: what a page's front matter says of its signs, such as `{"vectors": "column"}`.

    Returns:
        What is said of the claim; of its symbols, where one of them is at fault.

    Example:
        >>> bool(check_claim(r"(x + y)^2 = x^2 + 2 x y + y^2", r"x, y \in \mathbb{R}"))
        True
    """
    front = "".join(f"{key}: {value}\n" for key, value in (conventions or {}).items())
    page = f"---\n{front}---\n" if front else ""
    formulas = {**{f"symbols-{number}": tex for number, tex in enumerate(symbols, 1)}, CLAIM: claim}
    page += "".join(f"```math {{#{label}}}\n{tex}\n```\n" for label, tex in formulas.items())
    results = check_text(page, seed=seed, trials=trials)
    # A page that can't be read has no claim, and says why.
    faults = (result for result in results if not result)
    return next(faults, results[-1])


def _checked(inputs: Inputs, seed: int, trials: int, snippets: str | Path | None) -> Results:
    session = Session(inputs, seed, trials, snippets=None if snippets is None else str(snippets))
    reports = session.reports()
    texs = {each.label: each.tex for file in inputs.files for page in session.family(file) for each in page.equations}
    return Results([Result(**vars(row), tex=texs.get(row.label or "", "")) for row in rows(reports)])


def _html(result: Result) -> str:
    """A row of a table: the formula, the verdict, and what has to be mended below."""
    formula = typeset(result.tex, display=False) if result.tex and result.role != "snippet" else None
    mathml = MATHML.search(formula.html) if isinstance(formula, Typeset) else None
    shown = mathml.group() if mathml else f"<code>{escape(result.label or result.file)}</code>"
    said = result.verdict if result else f"<strong>{result.verdict}</strong>"
    trials = f"{result.trials} trial{'s' * (result.trials > 1)}" if result.trials else ""
    cells = "".join(f"<td>{cell}</td>" for cell in (shown, result.role or "", said, trials))
    message = "" if result else f'<tr><td colspan="4"><pre>{escape(result.message)}</pre></td></tr>'
    return f"<tr>{cells}</tr>{message}"
