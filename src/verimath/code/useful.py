"""The lines of a snippet that say what it computes: no docstring, no comment, no import, no demonstration."""

from __future__ import annotations

import ast
import tokenize
from io import StringIO
from textwrap import dedent

# A section of this name, within one that a page includes, holds the lines that its author finds useful.
MARKED = "{section}-useful"
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def useful_lines(sections: list[str]) -> str:
    """What a page shows of a snippet before its reader asks for more.

    Of functions and classes it is the last one, which is the one that an equation is compared with, rid of docstrings;
    of a snippet without any, it is its statements, rid of imports. Comments and empty lines go.

    Args:
        sections: the code of each include, in order.
    """
    # What is indented belongs to the demonstration, whose own functions only serve it.
    module = "\n".join(section for section in sections if not section.startswith((" ", "\t")))
    code = "\n".join(map(dedent, sections))
    try:
        return _last_definition(module) or _statements(code)
    except (SyntaxError, ValueError):
        # A part of something, which only its file makes whole.
        return code.strip("\n")


def _last_definition(code: str) -> str:
    """The last function or class of some code; empty where there is none."""
    defined = [node for node in ast.parse(code).body if isinstance(node, DEFINITIONS)]
    return _told(code, [*defined[-1:]])


def _statements(code: str) -> str:
    """The statements of some code but its imports; these, where there is nothing else."""
    body = ast.parse(code).body
    return _told(code, [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)] or body)


def _told(code: str, wanted: list[ast.stmt]) -> str:
    """The lines of some statements, rid of what only explains them."""
    lines = _without_comments(code)
    dropped = {number for number, line in enumerate(lines, 1) if not line.strip()} - _in_strings(wanted)
    dropped |= {number for node in wanted for number in _docstrings(node)}
    kept: dict[int, None] = {}
    for node in wanted:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        kept |= dict.fromkeys(range(first, (node.end_lineno or node.lineno) + 1))
    return "\n".join(lines[number - 1] for number in kept if number not in dropped)


def _without_comments(code: str) -> list[str]:
    """The lines of some code."""
    lines = code.split("\n")
    for token in tokenize.generate_tokens(StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column].rstrip()
    return lines


def _in_strings(wanted: list[ast.stmt]) -> set[int]:
    """The lines of texts that are longer than one."""
    texts = (node for each in wanted for node in ast.walk(each) if isinstance(node, ast.Constant | ast.JoinedStr))
    return {line for text in texts for line in range(text.lineno, (text.end_lineno or text.lineno) + 1)}


def _docstrings(node: ast.stmt) -> set[int]:
    """The lines of the docstrings in a function or a class, but those that hold something else too."""
    found: set[int] = set()
    for inner in ast.walk(node):
        if not isinstance(inner, DEFINITIONS):
            continue
        said, *others = inner.body
        if ast.get_docstring(inner, clean=False) is not None and others and said.lineno > inner.lineno:
            found |= {*range(said.lineno, (said.end_lineno or said.lineno) + 1)} - {others[0].lineno}
    return found
