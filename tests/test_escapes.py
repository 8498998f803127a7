"""Nothing escapes the check: what is nearly ours is refused with what was meant, what is another's is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Build, Refused
from verimath.cli import main
from verimath.message.refusal import Refusal
from verimath.page.near import nearest
from verimath.page.page import read

GOOD = "```math {#good}\n1 + 1 = 2\n```\n"

# What is written, the message without its place, and what is left alone: the twin.
NEAR: list[tuple[str, str, str]] = [
    (
        "```maths {#a}\n1 = 2\n```\n",
        (
            "`maths` is no fence of equations\n    ```maths {#a}\n       ^\n"
            "  it would be shown as code, and no check would see it\n  did you mean ```math {#a-label}?"
        ),
        "```mathematica\n1 == 2\n```\n",
    ),
    ("```mth\n1 = 2\n```\n", "did you mean ```math {#a-label}?", "```matlab\n1 == 2\n```\n"),
    ("```{.maths #a}\n1 = 2\n```\n", "did you mean ```math {#a-label}?", "```{.mermaid #a}\na\n```\n"),
    ("~~~matth\n1 = 2\n~~~\n", "did you mean ```math {#a-label}?", "~~~mathml\n<math/>\n~~~\n"),
    ("```latex {#a}\n1 = 2\n```\n", "`latex` is no fence of equations", '```latex title="#a"\n1 = 2\n```\n'),
    ("```equation {#a}\n1 = 2\n```\n", "`equation` is no fence of equations", "```equation\n1 = 2\n```\n"),
    ("```mahts {#a}\n1 = 2\n```\n", "`mahts` is no fence of equations", "```bash {#a}\n1\n```\n"),
    ("```equaiton {#a}\n1 = 2\n```\n", "`equaiton` is no fence of equations", "```text {#a}\n1\n```\n"),
    (
        "``` {#a}\n1 = 2\n```\n",
        "a fence with a label, and no language\n    ``` {#a}\n        ^\n  it would be shown as code",
        "``` {.bash #a}\n1\n```\n",
    ),
    (
        "```\u200bmath {#a}\n1 = 2\n```\n",
        "  the character U+200B stands there, which is not seen\n  write math {#a}",
        "```text\u200b\n1\n```\n",
    ),
    (
        "``math {#a}\n1 = 2\n``\n",
        (
            "`` begins no fence\n    ``math {#a}\n    ^\n  Markdown takes it for text, and no check would see it\n"
            "  write ``` there, three of the sign `, and below its end"
        ),
        "``math {#a}`` is a header\n",
    ),
    ("'''math {#a}\n1 = 2\n'''\n", "''' begins no fence", "'''maths''' {#a}\n"),
    (":::math {#a}\n1 = 2\n:::\n", "::: begins no fence", "::: mathematics\n"),
    (
        '```python {verify="a"}\nx\n```\n',
        (
            '`verify` is no attribute of a snippet\n    ```python {verify="a"}\n               ^\n'
            "  it would tie the code to nothing\n  did you mean `verifies`?"
        ),
        '```python {mode="a"}\nx\n```\n',
    ),
    ('```python {Verifies="a"}\nx\n```\n', "did you mean `verifies`?", '```python title="Verifies=a"\nx\n```\n'),
    ('```pyhton {verified="a"}\nx\n```\n', "did you mean `verifies`?", '```yaml {verified="a"}\nx\n```\n'),
    ('```py {demos="a"}\nx\n```\n', "did you mean `demo`?", "```py\ndemos = 1\n```\n"),
    (
        '```math {#a expects="false"}\n1 = 2\n```\n',
        "`expects` is no attribute: did you mean `expect`?",
        '```math {#a expect="false"}\n1 = 2\n```\n',
    ),
    ('```math {shows="a"}\n```\n', "`shows` is no attribute: did you mean `show`?", GOOD),
    (
        "---\nnotations: []\n---\n",
        (
            "`notations` is no key of the front matter\n    notations: []\n    ^\n"
            "  it would be left alone, as a key of another tool\n  did you mean `notation`?"
        ),
        "---\nnotes: []\nsymbols: []\n---\n",
    ),
    ("---\ntitle: a\nfree_symbol: [x]\n---\n", "did you mean `free_symbols`?", "---\nsymbol: [x]\n---\n"),
    ("---\nbuild_on: [x.md]\n---\n", "did you mean `builds_on`?", "---\nbuild: [x.md]\n---\n"),
    ("---\nbuilds-on: [x.md]\n---\n", "did you mean `builds_on`?", "---\nbased_on: [x.md]\n---\n"),
    ("---\nVectors: column\n---\n", "did you mean `vectors`?", "---\nvendors: column\n---\n"),
    (
        "---\nnotation: []\nnotation: []\n---\n",
        (
            "the key `notation` is there twice\n    notation: []\n    ^\n"
            "  YAML takes the last and drops the first\n  write one"
        ),
        "---\ntitle: a\ntitle: b\n---\n",
    ),
    (
        "\n---\nbuilds_on: [x.md]\n---\n",
        (
            "front matter that doesn't stand first\n    ---\n    ^\n"
            "  MkDocs reads it on the first line alone, between two lines ---, and would show this one\n"
            "  delete what stands above it, or beside its signs"
        ),
        "\n---\nbuilds nothing\n---\n",
    ),
    (" ---\nlog: 2\n---\n", "front matter that doesn't stand first", " ---\nlog 2\n---\n"),
    ("\u200b---\nlog: 2\n---\n", "front matter that doesn't stand first", "---\nlog: 2\n---\n"),
    ("----\nlog: 2\n----\n", "front matter that doesn't stand first", "----\nlogs: 2\n----\n"),
    ("# T\n\n---\nlog: 2\n---\n", "front matter that doesn't stand first", "# T\n\n```\n---\nlog: 2\n---\n```\n"),
    (
        "---\ntitle: a\n---\n---\nlog: 2\n---\n",
        "  write one, which begins the page",
        "---\ntitle: a\n---\n---\nlog is what it is\n---\n",
    ),
    (
        "builds_on: [x.md]\n\na\n",
        (
            "MkDocs takes these lines for the page's metadata\n    builds_on: [x.md]\n    ^\n  it reads builds_on\n"
            "  begin the page by an empty line, or by front matter between two lines ---"
        ),
        "a builds_on: [x.md]\n",
    ),
]


@pytest.mark.parametrize(("text", "says"), [case[:2] for case in NEAR])
def test_what_is_nearly_ours_is_refused(text: str, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        read("page.md", text)
    assert says in str(refused.value)


@pytest.mark.parametrize("text", [case[2] for case in NEAR])
def test_what_is_another_tools_is_left_alone(text: str) -> None:
    read("page.md", text)


def test_a_word_of_ours_misspells_none() -> None:
    assert [nearest(word, ("verifies", "demo")) for word in ("verifies", "verify", "demo", "mode")] == [
        "",
        "verifies",
        "",
        "",
    ]


FORGED = [
    '<p class="vm-note">a</p>',
    "<p class=vm-note>a</p>",
    "<p class='vm-note'>a</p>",
    '<p CLASS="a VM-note b">a</p>',
    '<p class = "a&#32;&#118;m-note">a</p>',
    '<p title=">" class=vm-note>a</p>',
    '<p\nclass="katex">a</p>',
    "a <span class=katex-html>b</span>",
    "a\n{.vm-note}",
]


@pytest.mark.parametrize("text", FORGED)
def test_a_forged_class_is_refused_by_the_check_and_the_build(
    text: str, build_site: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    says = "HTML that is written like verimath's own"
    with pytest.raises(Refused, match=says):
        build_site(f"{GOOD}\n{text}\n")
    capsys.readouterr()
    assert main(["check", str(tmp_path / "docs")]) == 1
    assert says in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ['<p class="note vmx">a</p>', '`<p class="vm-note">`', "the class vm-note", "a\n{.note}"]
)
def test_other_classes_are_left_alone(text: str, build_site: Build, tmp_path: Path) -> None:
    assert build_site(f"{GOOD}\n{text}\n")
    assert main(["check", str(tmp_path / "docs")]) == 0


@pytest.mark.parametrize("text", ["<math><mi>x</mi></math>", 'a <MATH\ndisplay="block"><mi>x</mi></MATH>', "<m:math/>"])
def test_mathml_is_refused(text: str, build_site: Build) -> None:
    with pytest.raises(Refused) as refused:
        build_site(f"{GOOD}\n{text}\n")
    assert "<math> in raw HTML" in str(refused.value)
    assert str(refused.value).endswith(
        "  no check would see what it displays\n"
        "  write $…$ for a formula in the text, a fence ```math {#a-label} for a displayed one"
    )
    assert build_site(f"{GOOD}\n`{text.splitlines()[0]}`\n")


# Nothing to check


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "there is no Markdown file in pages"),
        ({"a.txt": GOOD}, "there is no Markdown file in pages"),
        ({".hidden.md": GOOD}, "there is no Markdown file in pages"),
        ({"a.md": "text\n", "b.md": "---\ntitle: a\n---\n"}, "there is no equation in pages"),
    ],
)
@pytest.mark.parametrize("command", ["check", "mutate"])
def test_nothing_to_check_ends_with_2(
    files: dict[str, str],
    says: str,
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    for name, text in files.items():
        (tmp_path / "pages" / name).write_text(text)
    assert main([command, "pages"]) == 2
    assert capsys.readouterr() == ("", f"verimath: {says}\n")
    # The twin.
    (tmp_path / "pages" / "good.markdown").write_text(GOOD)
    assert main([command, "pages"]) == 0
