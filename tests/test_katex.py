"""KaTeX in V8: strict, positions in characters, one formula apart from the next."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

import pytest
from py_mini_racer import JSTimeoutException

from tests.verdicts import verdicts
from verimath.latex import katex

REFUSED = {
    r"\frc{a}": ("Undefined control sequence: \\frc", 0),
    r"a + \frc": ("Undefined control sequence: \\frc", 4),
    "𝔸 + \\frc": ("Undefined control sequence: \\frc", 4),  # V8 counts 𝔸 as two
    r"\begin{align} a \end{align*}": (r"Mismatch: \begin{align} matched by \end{align*}", 16),
    r"\href{javascript:alert(1)}{x}": (r"`\href` could put foreign content into the page", 0),
    r"x \htmlClass{a}{b}": ("HTML extension is disabled on strict mode", 2),
    "é": ('Accented Unicode text character "é" used in math mode', 0),
    "{" * 100_000: ("RangeError: Maximum call stack size exceeded", None),
    r"\def\a{\a\a}\a": ("Too many expansions: infinite loop or need to increase maxExpand setting", None),
}


@pytest.mark.parametrize("tex", REFUSED, ids=lambda tex: tex[:30])
def test_what_is_not_right_is_refused_with_its_place(tex: str) -> None:
    assert katex.typeset(tex, True) == katex.Rejection(*REFUSED[tex])


@pytest.mark.parametrize("tex", ["a^2", r"\begin{align*} a &= b \\ &= c \end{align*}", "{" * 500 + "x" + "}" * 500])
def test_what_is_right_is_set(tex: str) -> None:
    typeset = katex.typeset(tex, True)
    assert isinstance(typeset, katex.Typeset)
    assert "<math" in typeset.html
    assert 'class="katex-html"' in typeset.html


def test_a_macro_does_not_reach_the_next_formula() -> None:
    assert isinstance(katex.typeset(r"\gdef\mine{x} \mine", True), katex.Typeset)
    assert isinstance(katex.typeset(r"\mine", True), katex.Rejection)


def test_it_works_where_an_event_loop_runs() -> None:
    async def typeset() -> katex.Typeset | katex.Rejection:
        return katex.typeset(r"\text{in a loop}", False)

    # In a thread that has none yet, whatever the thread of the tests has.
    with ThreadPoolExecutor(1) as thread:
        assert isinstance(thread.submit(asyncio.run, typeset()).result(), katex.Typeset)


def test_where_time_runs_out_nothing_is_said_of_a_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> str:
        raise JSTimeoutException

    monkeypatch.setattr(katex, "_call", late)
    page = "```math {#slow}\n8901 + 1 = 8902\n```\n"
    found = verdicts(page)["slow"]
    assert found.verdict == "undecided"
    assert "KaTeX was still at it after 20 s" in str(found.problem)
    # Another time, it may be faster.
    monkeypatch.undo()
    katex.forget()
    assert verdicts(page)["slow"].verdict == "holds"


def test_a_package_without_katex_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(katex, "VENDOR", tmp_path)
    with pytest.raises(katex.MissingKatexError, match="install verimath again"):
        katex._Context()


class Racer:
    """Begins nothing: where V8 has begun in one thread, those that it didn't begin can't have another."""

    threads: ClassVar[list[int]] = []

    def __init__(self) -> None:
        self.threads.append(threading.get_ident())

    def eval(self, _: str) -> None: ...

    def call(self, *_: object, timeout_sec: int) -> str:
        return "called"

    def close(self) -> None:
        self.threads.append(threading.get_ident())


def test_v8_is_closed_by_the_thread_that_began_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere, a processor with keys for memory ends the interpreter in a segmentation fault."""
    monkeypatch.setattr(katex, "MiniRacer", Racer)
    monkeypatch.setattr(Racer, "threads", [])
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(katex._call, "typeset", "x^2", True).result() == "called"
    began, closed = Racer.threads
    assert began == closed != threading.get_ident()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no copies of a process")
def test_a_copy_of_the_process_closes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no thread that could: it would wait for ever."""
    monkeypatch.setattr(katex, "MiniRacer", Racer)
    monkeypatch.setattr(Racer, "threads", [])
    with ThreadPoolExecutor(1) as pool:
        pool.submit(katex._call, "typeset", "x^2", True).result()
        child = os.fork()
        if child == 0:
            gc.collect()
            os._exit(len(Racer.threads))
        _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 1
    assert len(Racer.threads) == 2


@pytest.mark.parametrize("name", ["align", "gather", "equation"])
def test_katex_numbers_no_rows(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The site has one number for an equation. Without the stars that it is given, KaTeX would number each row."""
    tex = rf"\begin{{{name}}} a = b \end{{{name}}}"
    assert "eqn-num" not in str(katex.typeset(tex, True))
    monkeypatch.setattr(katex, "_starred", lambda tex: (tex, []))
    assert "eqn-num" in str(katex.typeset(f"{tex} ", True))


def test_places_are_those_of_the_formula_as_it_is_written() -> None:
    tex = r"\text{𝐚} \begin{align} a &= b \\ c &= d \end{align} \nothing"
    refused = katex.tree(tex, True)
    assert isinstance(refused, katex.Rejection)
    assert refused.offset == tex.index(r"\nothing")
    tree = katex.tree(tex.removesuffix(r" \nothing") + " + e", True)
    assert isinstance(tree, katex.Tree)
    assert tree.nodes[-1]["loc"][0] == tex.index(r"\nothing") + 2
