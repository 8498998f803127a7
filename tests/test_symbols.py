"""Symbols in the text: those of the page, and those that the language knows by itself."""

from __future__ import annotations

import pytest

from verimath.derivation.builds_on import Derivation
from verimath.derivation.prose_symbols import RESERVED, unknown_symbols
from verimath.message.refusal import Refusal
from verimath.page import page as pages


def read_with(formula: str) -> None:
    """Read a page whose text holds a formula, beside an equation."""
    page = pages.read("page.md", f"```math {{#n}}\nn \\in \\mathbb{{N}}^{{*}}\n```\n\nSo ${formula}$.\n")
    node = Derivation(lambda file: page).node("page.md")
    for problem in unknown_symbols(node.page, node.names, node.letters):
        raise problem


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_what_equations_know_without_a_declaration_the_text_may_name(name: str) -> None:
    read_with(name)
    read_with(f"n^{{{name}}}")


@pytest.mark.parametrize("name", ["q", "n_q", "n^{q}", "\\mathrm{q}", "\\mathbf{2}", "\\mathbb{P}"])
def test_another_symbol_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="is a symbol that this page doesn't know"):
        read_with(name)
