"""Bad input of all kinds: one located message and exit code 1, within seconds; never a traceback, a hang or a pass."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from verimath.cli import main

# All of these end in a second or two, and 10 is the checker's own limit; machines can be busy with other things.
SECONDS_OF_WORK, SECONDS_IN_ALL = 20, 120
LOCATED = re.compile(r"^(\S+\.md):(\d+): (.+)$", re.MULTILINE)

SYMBOLS = (
    r"n, m \in \mathbb{N}^{*}, \quad x \in \mathbb{R}^{n}, \quad A \in \mathbb{R}^{n \times m}, \quad t \in \mathbb{R}"
)


@contextmanager
def bounded(of_work: float = SECONDS_OF_WORK, in_all: float = SECONDS_IN_ALL) -> Iterator[None]:
    """Stop what hangs, whether it works or waits; the alarm comes in the midst of whatever runs."""

    def ring(*_: object) -> None:
        raise TimeoutError("still running")

    alarms = (signal.SIGPROF, signal.ITIMER_PROF, of_work), (signal.SIGALRM, signal.ITIMER_REAL, in_all)
    before = {sign: signal.signal(sign, ring) for sign, _, _ in alarms}
    for _, timer, seconds in alarms:
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for sign, timer, _ in alarms:
            signal.setitimer(timer, 0)
            signal.signal(sign, before[sign])


def said(folder: Path, files: dict[str, str | bytes], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code of a check of some pages, and what it printed."""
    for name, text in files.items():
        path = folder / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    with bounded():
        code = main(["check", str(folder / "pages")])
    told = capsys.readouterr()
    assert told.err == ""
    return code, told.out


def refused(folder: Path, files: dict[str, str | bytes], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Check that one message says so."""
    code, out = said(folder, files, capsys)
    assert code == 1, out
    assert "Traceback" not in out
    found = LOCATED.findall(out)
    assert len(found) == 1, out
    _, line, _ = found[0]
    assert int(line) > 0
    assert says in out
    # A line of 100 kB isn't quoted whole.
    assert len(out) < 5_000


# Formulas: the whole page is the symbols and this one.
FORMULAS: list[tuple[str, str, str]] = [
    ("100 kB on one line", "t = t" + " + t" * 33_000, "characters"),
    ("100 kB on many lines", "t = t" + "\n + t" * 33_000, "characters"),
    ("as long as may be", "t = 2 t" + " + t - t" * 2_400, "is false"),
    ("a name of 19 kB", rf"t = \operatorname{{{'a' * 19_000}}}", "define it: "),
    ("a number of 19 kB", "t = " + "9" * 19_000, "a number of 19,000 digits"),
    ("500 nested braces", "t = " + "{" * 500 + "t" + "}" * 500, "nested too deeply"),
    ("500 braces, none closed", "t = " + "{" * 500, "can't be typeset"),
    ("500 nested brackets", "t = 2 " + "(" * 500 + "t" + ")" * 500, "deep"),
    ("500 nested fractions", "t = " + r"\frac{1}{" * 500 + "t" + "}" * 500, "nested too deeply"),
    ("500 nested brackets of their size", "t = 2 " + r"\left(" * 500 + "t" + r"\right)" * 500, "deep"),
    ("500 nested roots", "t = " + r"\sqrt{" * 500 + "t" + "}" * 500, "deep"),
    ("500 signs", "t = " + "-" * 501 + "t", "sign"),
    ("500 powers", "t = t" + "^{t" * 500 + "}" * 500, "nested too deeply"),
    ("a loop of macros", r"\def\a{\b}\def\b{\a} t = \a", "infinite loop"),
    ("macros that double", r"\def\a{\b\b}\def\b{\c\c}\def\c{\a\a} t = \a", "infinite loop"),
    ("a control character", "t = \x07 t", "U+0007 can't be shown"),
    ("the character 0", "t = \x00 t", "U+0000 can't be shown"),
    ("a line separator", "t = \u2028 t", "U+2028 can't be shown"),
    ("a link", r"t = \href{https://example.org}{t}", "could put foreign content"),
    ("an address", r"t = \url{https://example.org}", "could put foreign content"),
    ("an image", r"t = \includegraphics{a.png}", "could put foreign content"),
    ("a class of HTML", r"t = \htmlClass{a}{t}", "HTML extension is disabled"),
    ("an identifier of HTML", r"t = \htmlId{a}{t}", "HTML extension is disabled"),
    ("HTML in text", r"t = t \text{<script>alert(1)</script>}", "ill-formed"),
    ("HTML in text, as a condition", r"t = t + 1 \quad \text{si <b>} t > 0", "ill-formed"),
    ("an index of 0", "x_0 = t", "a subscript is 0"),
    ("an index beyond the end", "x_{n+1} = t", "out of 1 to"),
    ("an index that is no whole number", "x_{1/2} = t", "not a whole number"),
    ("an index on a number", "t_1 = t + 1", "a number has no components"),
    ("sizes that don't fit", "A x = 0", "has no product"),
    ("sides that don't fit", "x = A_1", "can't be compared"),
    ("cases that don't cover", r"\lvert t \rvert = \begin{cases} t & \text{si } t > 0 \end{cases}", "no case"),
    (
        "cases that overlap",
        r"\lvert t \rvert = \begin{cases} t & \text{si } t > -100 \\ -t & \text{si } t < 100 \end{cases}",
        "two cases",
    ),
    ("a division by zero", r"\frac{t}{t - t} = 1", "a division by zero"),
    ("a division by zero at one index", r"\sum_{k=1}^{n} \frac{1}{k - 1} = t", "a division by zero"),
    ("overflow", r"t = \exp(\exp(\exp(100)))", "ill-formed"),
    ("a tower of powers", "t = 9^{9^{9^{9^{9}}}}", "digits"),
    ("a sum of too many terms", r"\sum_{k=1}^{9^{20}} k = t", "ill-formed"),
    (
        "a sum of more terms than patience",
        r"\sum_{i=1}^{9000} \sum_{j=1}^{9000} \sum_{k=1}^{9} \sum_{l=1}^{9000} i = t",
        "steps",
    ),
    ("an infinite sum", r"\sum_{k=1}^{\infty} \frac{1}{2^k} = 1", "ill-formed"),
    ("an array of too many numbers", r"u \in \mathbb{R}^{1000 \times 1000}", "an array of 1,000,000 numbers"),
    ("dots for too many", r"1 + 2 + \dots + 10^{9} = t", "entries"),
    ("a function of itself", r"f(u) \coloneqq f(u) + 1, \quad f(t) = 1", "`f` calls itself"),
    ("a symbol of itself", r"p \coloneqq p + 1", "`p`"),
    ("an empty formula", r"\quad", "ill-formed"),
    ("emoji", "t = 🙂", "page.md:6"),
    ("a right-to-left mark", "t = \u202e t", "page.md:6"),
]


@pytest.mark.parametrize(("formula", "says"), [case[1:] for case in FORMULAS], ids=[case[0] for case in FORMULAS])
def test_a_bad_formula_has_one_located_message(
    formula: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = f"```math {{#symbols}}\n{SYMBOLS}\n```\n\n```math {{#bad}}\n{formula}\n```\n"
    refused(tmp_path, {"page.md": page}, says, capsys)


GOOD = "```math {#good}\n1 + 1 = 2\n```\n"
BOMB = "a: &a [l, l, l, l, l, l, l, l, l]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
PAGES: list[tuple[str, dict[str, str | bytes], str]] = [
    ("a fence without a label", {"page.md": "```math\nx\n```\n"}, "this isn't the header of an equation"),
    ("a fence without a space", {"page.md": "```math{#a}\nx\n```\n"}, "this isn't the header of an equation"),
    ("a fence with a label that is none", {"page.md": "```math {#A b}\nx\n```\n"}, "header"),
    ("a fence in capitals", {"page.md": "```Math {#a}\nx\n```\n"}, "header"),
    ("a fence with an unknown key", {"page.md": '```math {#a colour="red"}\nx\n```\n'}, "header"),
    ("a fence with two labels", {"page.md": "```math {#a #b}\nx\n```\n"}, "header"),
    ("a fence with no verdict", {"page.md": '```math {#a expect="true"}\n1 = 2\n```\n'}, "is no verdict"),
    ("a fence with no reason", {"page.md": '```math {#a unchecked=" "}\nx\n```\n'}, "for no reason"),
    ("a fence that isn't closed", {"page.md": "```math {#a}\nx = y\n"}, "isn't closed"),
    ("an empty fence", {"page.md": "```math {#a}\n\n```\n"}, "is empty"),
    ("a fence three spaces in", {"page.md": "- a\n\n   ```math {#a}\n   x\n   ```\n"}, "width"),
    ("two of one label", {"page.md": GOOD + GOOD}, "the label `good` is there twice"),
    ("two of one label on two pages", {"page.md": GOOD, "z.md": GOOD}, "the label `good` is there twice"),
    ("dollars", {"page.md": "$$\nx\n$$\n"}, "without a label"),
    ("a control character in the text", {"page.md": "a\x08b\n"}, "U+0008"),
    ("front matter that isn't closed", {"page.md": "---\ntitle: a\n"}, "the front matter isn't closed"),
    ("front matter that is a list", {"page.md": "---\n- a\n---\n"}, "the front matter isn't a table"),
    ("front matter that is no YAML", {"page.md": "---\na: [\n---\n"}, "the front matter isn't YAML"),
    ("a tag of YAML", {"page.md": "---\na: !!python/object/apply:os.system [ls]\n---\n"}, "isn't YAML"),
    (
        "brackets in brackets",
        {"page.md": "---\na: " + "[" * 3_000 + "\n---\n"},
        "the front matter is nested too deeply",
    ),
    ("a bomb of YAML", {"page.md": f"---\n{BOMB}builds_on: *i\n---\n"}, "the front matter never ends"),
    ("a number to build on", {"page.md": "---\nbuilds_on: 3\n---\n"}, "isn't a list of pages"),
    ("no file to build on", {"page.md": "---\nbuilds_on: [nowhere.md]\n---\n"}, "there is no page `"),
    ("a folder to build on", {"page.md": "---\nbuilds_on: [../pages]\n---\n"}, "there is no page `"),
    ("no name to build on", {"page.md": '---\nbuilds_on: ["a\\0b.md"]\n---\n'}, "there is no page `"),
    ("an empty name to build on", {"page.md": '---\nbuilds_on: [""]\n---\n'}, "there is no page `"),
    ("a name of 10 kB to build on", {"page.md": f"---\nbuilds_on: [{'a' * 10_000}]\n---\n"}, "there is no page `"),
    ("itself to build on", {"page.md": "---\nbuilds_on: [page.md]\n---\n"}, "in a circle"),
    ("a base of no logarithm", {"page.md": "---\nlog: 3\n---\n"}, "the base of \\log is `3`"),
    ("a square of nabla of its own", {"page.md": "---\nnabla_squared: yes\n---\n"}, "\\nabla^2 is `True`"),
    ("vectors that lie nowhere", {"page.md": "---\nvectors: diagonal\n---\n"}, "vectors lie as `diagonal`"),
    ("notation that is no list", {"page.md": "---\nnotation: x\n---\n"}, "the notation isn't a list"),
    ("a row of notation that is none", {"page.md": "---\nnotation: [3]\n---\n"}, "a row of the notation lacks"),
    ("free symbols that are no list", {"page.md": "---\nfree_symbols: x\n---\n"}, "the free symbols aren't a list"),
    ("another encoding", {"page.md": "été\n".encode("latin-1")}, "the page isn't UTF-8"),
    ("UTF-16", {"page.md": GOOD.encode("utf-16")}, "the page isn't UTF-8"),
    ("bytes of all kinds", {"page.md": bytes(range(256))}, "the page isn't UTF-8"),
    ("text of 100 kB in dollars", {"page.md": "a $" + "x + " * 25_000 + "x$ b\n"}, "characters"),
    ("500 nested braces in the text", {"page.md": "a $" + "{" * 500 + "x" + "}" * 500 + "$ b\n"}, "page.md:1"),
    ("a loop of macros in the text", {"page.md": r"a $\def\a{\a}\a$ b" + "\n"}, "infinite loop"),
    ("a link in a formula of the text", {"page.md": r"a $\href{https://example.org}{x}$ b" + "\n"}, "foreign content"),
]


@pytest.mark.parametrize(("files", "says"), [case[1:] for case in PAGES], ids=[case[0] for case in PAGES])
def test_a_bad_page_has_one_located_message(
    files: dict[str, str | bytes], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(tmp_path, files, says, capsys)


def test_each_page_of_a_circle_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["a", "b", "c"]
    files: dict[str, str | bytes] = {
        f"{name}.md": f"---\nbuilds_on: [{other}.md]\n---\n"
        for name, other in zip(names, names[1:] + names[:1], strict=True)
    }
    code, out = said(tmp_path, files, capsys)
    assert code == 1
    assert out.count("pages build on each other in a circle") == 3
    assert "0 as expected, 3 not" in out


def test_a_page_that_builds_on_a_bad_one_is_not_checked_without_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    child = "---\nbuilds_on: [a.md]\n---\n" + GOOD
    assert said(tmp_path, {"a.md": "```math\n", "b.md": child}, capsys)[0] == 1
    assert said(tmp_path, {"a.md": "No formula.\n"}, capsys)[0] == 0


@pytest.mark.parametrize("formula", ["t = t + 0", r"x_1 = x_1 \cdot 1", "2 t = t + t"])
def test_good_pages_are_not_refused(formula: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The twin of all of the above."""
    page = f"```math {{#symbols}}\n{SYMBOLS}\n```\n\n```math {{#good}}\n{formula}\n```\n"
    assert said(tmp_path, {"page.md": page, "bom.md": b"\xef\xbb\xbftext\n", "empty.md": b""}, capsys)[0] == 0


def test_folders_and_hidden_files_of_a_pages_name_are_no_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pages" / "folder.md").mkdir(parents=True)
    (tmp_path / "pages" / ".hidden").mkdir()
    (tmp_path / "pages" / ".hidden" / "a.md").write_text("$$")
    (tmp_path / "pages" / ".#page.md").symlink_to("nowhere.md")
    assert said(tmp_path, {"page.md": GOOD}, capsys) == (
        0,
        f"{'good':36} claim         20  0.0e+00 holds\n1 as expected, 0 not\n",
    )


def test_a_page_that_may_not_be_read_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "secret.md":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    code, out = said(tmp_path, {"secret.md": GOOD, "page.md": GOOD}, capsys)
    assert code == 1
    assert "secret.md: the page can't be read\n  Permission denied\n" in out


def test_what_waits_or_works_too_long_would_be_stopped() -> None:
    with pytest.raises(TimeoutError), bounded(in_all=0.05):
        time.sleep(60)
    with pytest.raises(TimeoutError), bounded(of_work=0.05):
        sum(n for n in range(10**10))
