"""Snippets are called with the page's symbols: what they return is what their equation says: value, shape, order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from verimath.cli import main
from verimath.code import arguments, returned
from verimath.code.child import call as caller
from verimath.derivation.builds_on import Derivation, from_disk
from verimath.message.refusal import Refusal
from verimath.report.findings import Options, check_pages

SYMBOLS = (
    r"n, C \in \mathbb{N}^{*}, \quad x \in \mathbb{R}^{n}, \quad W \in \mathbb{R}^{n \times C}, "
    r"\quad t \in \mathbb{R}, \quad y \in \{1, \dots, C\}, \quad \eta \in \mathbb{R}_{+}^{*}"
)
FRONT = r"""---
builds_on: []
notation:
  - {symbol: x, code: x, meaning: a vector}
  - {symbol: W, code: W, meaning: a matrix}
  - {symbol: t, code: t, meaning: a number}
  - {symbol: y, code: y, meaning: a class}
  - {symbol: n, code: n, meaning: a size}
  - {symbol: '\eta', code: eta, meaning: a step}
  - {symbol: '\frac{\partial q}{\partial x}', code: dx, meaning: the gradient}
---
"""
SQUARES = r"q \coloneqq x x^\top"
EQUATIONS = {
    "gradient": r"\frac{\partial q}{\partial x} = 2 x",
    "logits": r"\sum_{j} x_j W_{jk} = (x W)_k",
    "outer": r"\frac{\partial x_i}{\partial x_j} W_{ik} = \delta_{ij} W_{ik}",
    "square": r"(t + 1)^2 = t^2 + 2 t + 1",
    "defined": r"v \coloneqq 2 x",
    "component": r"w_k \coloneqq \sum_j W_{jk}",
    "function": r"f(t) \coloneqq t^2",
    "update": r"x \leftarrow x - \eta \frac{\partial q}{\partial x}",
    "value": r"12 = 3 \cdot 4 + t - t",
    "bound": r"1 + t^2 \geq 1",
    "restricted": r"\frac{1}{t} t = 1 \quad \text{si } t > 0",
    "class": r"x_{n} = \sum_{j=1}^{n} [j = n] x_j",
    "selected": r"\sum_{i=1}^{n} x_i \, \delta_{ik} = x_k",
}


@pytest.fixture
def problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A function that checks an equation and its snippet, and gives the message; empty where both hold.

    The code is a section of a file; `around` stands before it, `front` is the page's front matter.
    """
    monkeypatch.chdir(tmp_path)
    (tmp_path / "snippets").mkdir()

    def check(label: str, code: str, around: str = "", front: str = FRONT, formula: str = "") -> str:
        section = f"# --8<-- [start:s]\n{code}\n# --8<-- [end:s]\n"
        (tmp_path / "snippets" / "code.py").write_text(around + section)
        formulas = {"symbols": SYMBOLS, "q": SQUARES, label: formula or EQUATIONS[label]}
        page = front + "".join(f"```math {{#{name}}}\n{tex}\n```\n" for name, tex in formulas.items())
        (tmp_path / "page.md").write_text(page + f'```python {{verifies="{label}"}}\n--8<-- "code.py:s"\n```\n')
        reports = check_pages(Derivation(from_disk), ["page.md"], Options(folders=(Path("snippets"),)))
        wrong = [report for report in reports if not report.is_expected]
        assert len(wrong) <= 1
        assert all(report.label in (label, None) for report in wrong)
        return str(wrong[0].error()) if wrong else ""

    return check


Problem = Callable[..., str]


# The equation, the parameters, what computes it, a twin that doesn't, and what the message says of the twin.
SIDE = "the equation's first side is "
CASES: list[tuple[str, str, str, str, str]] = [
    ("gradient", "x", "2 * x", "3 * x", SIDE),
    ("gradient", "dx", "dx", "-dx", SIDE),
    ("gradient", "x", "[2 * each for each in x]", "2 * x + 1e-6", SIDE),
    ("gradient", "x", "2.0 * x", "2.0 * x.sum()", "it returns a number, the equation's first side is an array"),
    ("gradient", "x", "2 * x", "(2 * x)[None, :]", "it returns an array of shape (1, "),
    ("gradient", "x", "2 * x", "(2 * x)[:-1]", "it returns an array of shape ("),
    ("logits", "x, W", "x @ W", "W.sum(axis=0)", SIDE),
    ("logits", "W, x", "W.T @ x", "(W.T @ x)[:, None]", "it returns an array of shape ("),
    ("outer", "n, W", "np.einsum('ij,ik->ijk', np.eye(n), W)", "np.einsum('ij,ik->ikj', np.eye(n), W)", "of shape ("),
    ("square", "t", "(t + 1) ** 2", "t**2 + 1", SIDE),
    ("square", "t", "np.array((t + 1) ** 2)", "np.array([(t + 1) ** 2])", "it returns an array of shape (1,)"),
    ("defined", "x", "x + x", "x", SIDE),
    ("component", "W", "W.sum(axis=0)", "W.sum(axis=1)", "it returns an array of shape ("),
    ("function", "t", "t * t", "2 * t", SIDE),
    # On ordinary trials, no number is so large.
    ("function", "t", "t * t", "np.clip(t, -20, 20) ** 2", " on wild trial 4: it returns 400, " + SIDE + "2315.02"),
    ("gradient", "x", "2 * x", "2 * np.clip(x, -50, 50)", " on trial with larger numbers 5: it returns 100, " + SIDE),
    ("update", "x, eta, dx", "x - eta * dx", "x + eta * dx", SIDE),
    ("update", "x, eta, dx", "x - eta * 2 * x", "-eta * dx", SIDE),
    ("value", "t", "3 * 4 + t - t", "3 * 4 + t", SIDE),
    ("bound", "t", "1 + t**2", "1", SIDE),
    ("restricted", "t", "t / t", "2 * t / t", "it returns 2, the equation's first side is 1"),
    ("class", "x, n", "x[n - 1]", "x[0]", SIDE),
    # What the letter numbers is said by the other side alone.
    ("selected", "x", "x + 0", "2 * x", SIDE),
    ("gradient", "x", "2 * x", "2 * x + np.nan", "it returns nan"),
    ("gradient", "x", "2 * x", "2 * x + 0j", "it returns ndarray of complex128, not real numbers"),
    ("gradient", "x", "2 * x", "np.ma.array(2 * x)", "it returns a numpy.ma.MaskedArray, not a plain array or number"),
    ("gradient", "x", "2 * x", "[*np.asmatrix(2 * x)]", "it returns a numpy.matrix, not a plain array or number"),
    ("gradient", "x", "tuple(2 * x)", "type('F', (float,), {})(2)", "it returns a code.F, not a plain array"),
    ("gradient", "x", "2 * x.astype(object).astype(float)", "2 * x.astype(object)", "ndarray of object, not real"),
    ("square", "t", "np.longdouble(t + 1) ** 2", "np.longdouble(t)", SIDE),
    ("square", "t", "np.float64(t + 1) ** 2", "10**400", "it returns int of object, not real numbers"),
    ("gradient", "x", "2 * x", "np.zeros((200, 200))", "it returns 40,000 numbers, 20,000 are the most"),
    ("gradient", "x", "2 * x", "None", "it returns NoneType of object, not real numbers"),
    ("gradient", "x", "2 * x", "'2 x'", "not real numbers"),
    ("gradient", "x", "2 * x", "[[1], [1, 2]]", "raises ValueError: "),
    ("gradient", "x", "2 * x", "x[99]", "raises IndexError: "),
    ("gradient", "x", "2 * x", "y", "raises NameError: name 'y' is not defined"),
    ("gradient", "x", "2 * x", "sys.exit('no more')", "raises SystemExit: no more"),
    ("gradient", "x", "2 * x", "os._exit(3)", "it ends its interpreter, exit code 3"),
]


def code(parameters: str, value: str) -> str:
    return f"import os, sys\nimport numpy as np\n\ndef compute({parameters}):\n    return {value}"


@pytest.mark.parametrize(
    ("label", "parameters", "right", "wrong", "says"), CASES, ids=[f"{case[0]}: {case[3]}" for case in CASES]
)
def test_what_a_snippet_returns_is_what_its_equation_says(
    label: str, parameters: str, right: str, wrong: str, says: str, problem: Problem
) -> None:
    assert problem(label, code(parameters, right)) == ""
    found = problem(label, code(parameters, wrong))
    assert f"snippet `{label}` doesn't compute its equation" in found
    assert says in found
    assert "Traceback" not in found


def test_the_message_shows_the_call(problem: Problem) -> None:
    found = problem("square", code("t", "0"))
    lines = found.splitlines()
    assert lines[0] == "page.md:21: snippet `square` doesn't compute its equation"
    assert lines[1:3] == ['    ```python {verifies="square"}', "                         ^"]
    assert lines[3].startswith("  compute(t=")
    assert " on trial 0: it returns 0, the equation's first side is " in lines[3]
    assert lines[4] == "  correct the code, or the equation"


def test_a_snippet_that_can_not_be_called_is_refused(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its equation holds, else a wrong one would pass."""

    def without_value(*_: object) -> None:
        raise Refusal("no value there", "see why")

    assert problem("square", code("t", "(t + 1) ** 2")) == ""
    monkeypatch.setattr(arguments, "_givens", without_value)
    assert problem("square", code("t", "0")).startswith("page.md:21: snippet `square` can't be called\n")


# As its caller needs it

PURE = [
    (
        "gradient",
        "def compute(x):\n    x = x{}\n    x *= 2\n    return x",
        ".copy().astype(float)",
        "",
        "it changes `x`, which belongs to its caller\n  let it work on x.copy()",
    ),
    (
        "logits",
        "def compute(x, W):\n    y = x @ W\n    {}W.resize(W.size)\n    return y",
        "W = W.copy()\n    ",
        "",
        "it changes `W`, which belongs to its caller",
    ),
    (
        "gradient",
        "def compute(x):\n    y = 2 * x\n    {}.flags.writeable = False\n    return y",
        "y",
        "x",
        "it changes `x`, which belongs to its caller",
    ),
    (
        "gradient",
        "CALLS = []\n\ndef compute(x):\n    CALLS.append(0)\n    {}return x if len(CALLS) == 20 else 2 * x",
        "CALLS.clear()\n    ",
        "",
        ", and when it is called again, it returns [",
    ),
    # Wrong from a call on that only a larger number of trials would come to.
    (
        "gradient",
        "class Calls:\n    count = 0\n\ndef compute(x):\n    Calls.count {} 1\n    return 2 * x",
        "=",
        "+=",
        "it changes code.Calls.count\n  let what it returns depend on its arguments alone",
    ),
    (
        "gradient",
        "def compute(x, *, seen=[]):\n    {}\n    return 2 * x",
        "",
        "seen.append(1)",
        "it changes code.compute",
    ),
    (
        "gradient",
        "rng = np.random.default_rng(0)\n\ndef compute(x):\n    return 2 * x if {} else x",
        "np.random.default_rng(0).random() < 1",
        "rng.random() < 1",
        "it changes code.rng",
    ),
    (
        "gradient",
        "def compute(x):\n    return x if np.random.{}random() > 1 else 2 * x",
        "default_rng(0).",
        "",
        "it changes numpy.random",
    ),
    (
        "gradient",
        "def compute(x):\n    return x if np.random.default_rng({}).random() > 1 else 2 * x",
        "0",
        "",
        "it draws numbers without a seed",
    ),
    (
        "gradient",
        "import random\n\ndef compute(x):\n    return x if random.Random({}).random() > 1 else 2 * x",
        "0",
        "",
        "it draws numbers without a seed",
    ),
    (
        "gradient",
        "def compute(x):\n    return x if np.random.RandomState({}).rand() > 1 else 2 * x",
        "0",
        "",
        "it draws numbers without a seed",
    ),
    (
        "gradient",
        "from datetime import datetime\n\ndef compute(x):\n    return x if {}.year == 999983 else 2 * x",
        "datetime(2020, 1, 2)",
        "datetime.now()",
        "it reads the clock",
    ),
    (
        "gradient",
        "import time\n\ndef compute(x):\n    return x if time.gmtime({}).tm_year == 999983 else 2 * x",
        "0",
        "",
        "it reads the clock",
    ),
    (
        "gradient",
        "from time import time\n\ndef compute(x):\n    return x if {} % 999983 == 1 else 2 * x",
        "int(x[0] * 0)",
        "int(time())",
        "it reads the clock",
    ),
    # What a page shows is what is called.
    (
        "gradient",
        "def compute(x):\n    return 2 * x\n\n\n{} = 0",
        "other",
        "compute = lambda x: 2 * x\nother",
        "line 8 of its file gives its name to something else",
    ),
    (
        "gradient",
        "def other(x):\n    return 2 * x\n\n\ndef compute(x):\n    return 2 * x\n\n\n{}",
        "compute.__doc__ = ''",
        "compute.__code__ = other.__code__",
        "its file puts something else in its place",
    ),
    (
        "gradient",
        "class Other:\n    def __call__(self, x):\n        return 2 * x\n\n\ndef compute(x):\n    return 2 * x\n\n\n{}",
        "Other()",
        "vars()['compute'] = Other()",
        "its file puts something else in its place",
    ),
    (
        "gradient",
        "def compute(x, k=2):\n    return k * x\n\n\n{}",
        "compute.__doc__ = ''",
        "compute.__defaults__ = (2.0,)",
        "its file puts something else in its place",
    ),
    (
        "gradient",
        "def compute(x, *, k=2):\n    return k * x\n\n\n{}",
        "compute.__doc__ = ''",
        "compute.__kwdefaults__ = dict(k=2.0)",
        "its file puts something else in its place",
    ),
    # What a page prints is what the same function returns.
    (
        "gradient",
        "by_itself = {} == '__main__'\n\ndef compute(x):\n    return x if by_itself else 2 * x",
        "'main'",
        "__name__",
        "of its file asks whether it is run by itself",
    ),
    (
        "gradient",
        "by = 2\n\ndef compute(x):\n    return by * x\n\nif __name__ == '__main__':\n    {} = 3\n    print(by)",
        "other",
        "by",
        "of its file: where it is run by itself, `by` is something else",
    ),
    # What is kept outside of the process.
    (
        "gradient",
        "import os\n\ndef compute(x):\n    return x if len({}) > 999983 else 2 * x",
        "os.sep",
        "os.environ.get('HOME', '')",
        "it reads the environment",
    ),
    (
        "gradient",
        "import os\n\ndef compute(x):\n    return x if {} == 999983 else 2 * x",
        "len(os.sep)",
        "os.getpid()",
        "it asks in which process, or where, it runs",
    ),
    (
        "gradient",
        "import os\n\ndef compute(x):\n    {}\n    return 2 * x",
        "pass",
        "os.environ['COUNT'] = os.environ.get('COUNT', '') + 'I'",
        "it changes os.environ",
    ),
    (
        "gradient",
        "import os\n\ndef compute(x):\n    open(os.devnull, '{}').close()\n    return 2 * x",
        "r",
        "a",
        "it writes a file, or to another process",
    ),
    # What it has computed once may be kept, under a name of its own.
    (
        "gradient",
        "known = {{}}\n\ndef compute(x):\n    return known.setdefault({}, 2 * x)",
        "x.tobytes() + bytes(str(x.dtype), 'ascii')",
        "len(x)",
        SIDE,
    ),
    (
        "gradient",
        "last = [0, 0]\n\ndef compute(x):\n    {}\n    return last[1]",
        "last[:] = 0, 2 * x\n    last[:], two = [0, 0], last[1]\n    return two",
        "if last[0] != len(x):\n        last[:] = len(x), 2 * x",
        "",
    ),
    # Whole numbers are real numbers too.
    (
        "gradient",
        "def compute(x):\n    y = np.zeros_like(x{})\n    y[:] = x * 0.5\n    return y * 4",
        ", dtype=float",
        "",
        "let it compute in floats: its caller may pass whole numbers",
    ),
    (
        "square",
        "def compute(t):\n    return {}",
        "(t + 1) ** 2",
        "(t + 1) ** 2 if isinstance(t, float) else 0",
        "it returns 0, the equation's first side is 1\n  let it compute in floats: its caller may pass whole",
    ),
    # Larger than on all trials.
    (
        "gradient",
        "def compute(x):\n    return 2 * x if len(x) {} 8 else x",
        "!=",
        "<",
        " on trial with a larger n 0: it",
    ),
    (
        "logits",
        "def compute(x, W):\n    return x @ W if W.shape[1] < {} else 0 * x @ W",
        "99",
        "9",
        " on trial with a larger C 0: it",
    ),
    # Special values.
    ("gradient", "def compute(x):\n    return 2 * x + (x {} 0).all()", "* 0 !=", "==", " on structured trial 0: it"),
    (
        "restricted",
        "def compute(t):\n    return {}",
        "t / t",
        "1.0 if t != 1 else 2.0",
        " on structured trial ",
    ),
]


@pytest.mark.parametrize(("label", "body", "right", "wrong", "says"), PURE)
def test_what_a_snippet_returns_depends_on_its_arguments_alone(
    label: str, body: str, right: str, wrong: str, says: str, problem: Problem
) -> None:
    body = "import numpy as np\n\n" + body
    assert problem(label, body.format(right)) == ""
    found = problem(label, body.format(wrong))
    assert f"snippet `{label}` doesn't compute its equation" in found
    assert says in found


def test_where_an_equation_has_no_value_its_snippet_needs_none(problem: Problem) -> None:
    formula = r"\frac{t^2}{t} = t"
    assert problem("quotient", code("t", "t * t / t"), formula=formula) == ""
    assert problem("quotient", code("t", "t if t else np.nan"), formula=formula) == ""
    assert SIDE in problem("quotient", code("t", "t if t != 1 else np.nan"), formula=formula)
    # The first side has a value there, and the equation none.
    assert problem("other", code("t", "t * t / t"), formula=r"t = \frac{t^2}{t}") == ""
    assert "raises ZeroDivisionError" in problem(
        "other", code("t", "t * t / t"), formula=r"t = \frac{t^2 + t}{2} - \frac{t^2 - t}{2}"
    )


# What is called


def test_the_last_function_that_is_shown_is_called(problem: Problem) -> None:
    two = "def first(x):\n    return 2 * x\n\ndef {}(x):\n    return {}"
    assert problem("gradient", two.format("second", "first(x)")) == ""
    assert SIDE in problem("gradient", two.format("second", "first(x) + 1"))
    # What stands outside of the section is no part of what is shown.
    assert (
        problem("gradient", "def shown(x):\n    return TWO * x", around="TWO = 2\ndef hidden(x):\n    return x\n") == ""
    )
    found = problem("gradient", "y = 2", around="def hidden(x):\n    return 2 * x\n")
    assert "snippet `gradient` defines no function" in found


def test_a_decorator_is_shown_with_its_function(problem: Problem) -> None:
    doubled, plain = "doubled = lambda function: lambda x: 2 * x\n", "def compute(x):\n    return x"
    assert problem("gradient", f"@doubled\n{plain}", around=doubled) == ""
    found = problem("gradient", plain, around=f"{doubled}@doubled\n")
    assert "snippet `gradient` shows another function than the one that is called" in found
    assert "of its file decorates it, and isn't shown\n  show that line too" in found


@pytest.mark.parametrize("parameters", ["x, scale=2", "x, *, scale=2", "x, /, scale=2", "x, t=None, scale=2"])
def test_a_parameter_with_a_default_needs_no_symbol(parameters: str, problem: Problem) -> None:
    assert problem("gradient", f"def compute({parameters}):\n    return scale * x") == ""
    assert SIDE in problem("gradient", f"def compute({parameters}):\n    return 2 * scale * x")


def test_a_parameter_that_the_notation_does_not_know_is_named(problem: Problem) -> None:
    found = problem("gradient", "def compute(x, z):\n    return 2 * x")
    assert found.splitlines()[0] == "page.md:21: `compute` takes `z`, which the notation doesn't know"
    assert "it has x, W, t, y, n, eta, dx" in found
    assert "add - {symbol: …, code: z, meaning: …} to the page's front matter" in found


def test_a_letter_needs_no_row(problem: Problem) -> None:
    """`x` is x, `eta_` is \\eta, where the page gives them values, and no row says otherwise."""
    rows = [line for line in FRONT.splitlines(keepends=True) if "code: x," not in line and "code: eta," not in line]
    front = "".join(rows)
    assert front.count("code:") == FRONT.count("code:") - 2
    assert problem("gradient", "def compute(x):\n    return 2 * x", front=front) == ""
    assert SIDE in problem("gradient", "def compute(x):\n    return 3 * x", front=front)
    assert problem("update", "def compute(x, eta_, dx):\n    return x - eta_ * dx", front=front) == ""
    assert SIDE in problem("gradient", "def compute(x):\n    return 2 * x", front=front.replace("code: t,", "code: x,"))
    for unknown in ("z", "theta", "frac"):
        found = problem("gradient", f"def compute({unknown}):\n    return 2", front=front)
        assert f"takes `{unknown}`, which the notation doesn't know" in found


def test_a_symbol_of_the_notation_that_has_no_value_is_named(problem: Problem) -> None:
    front = FRONT.replace("{symbol: t,", "{symbol: z,")
    found = problem("square", code("t", "(t + 1) ** 2"), front=front)
    assert "the symbol `z` has no value here" in found


def test_an_equation_that_code_cannot_compute_has_no_snippet(problem: Problem) -> None:
    found = problem("printed", "def compute():\n    return 12", formula=r"300 = 3 \cdot 10^{2}")
    assert "equation `printed` has no side that code could compute" in found


def test_a_snippet_of_a_false_equation_is_not_called(problem: Problem) -> None:
    found = problem("square", "def compute(t):\n    return 0", formula="(t + 1)^2 = t^2 + 1")
    assert "equation `square` is false" in found


# In a process of its own


def test_what_a_snippet_prints_does_not_mix_with_its_answer(problem: Problem) -> None:
    noise = 'import os, sys\n\nprint("on import")\n\n'
    body = "def compute(x):\n    print('x', x)\n    os.system('echo more')\n    sys.stdout.flush()\n    return {} * x"
    assert problem("gradient", body.format(2), around=noise) == ""
    assert SIDE in problem("gradient", body.format(3), around=noise)


# What anyone may write where answers are told.
FORGED = (
    '{"answers": [], "read": []}',
    '{"answers": [[2]], "read": []}',
    '{"answers": [[{"error": 2}]], "read": []}',
    '{"answers": [[{}]], "read": []}',
    '{"answers": [2], "read": [2]}',
    '{"answers": 2}',
    '{"at": 99}',
    "2",
    "{",
)


@pytest.mark.parametrize("line", FORGED)
def test_what_a_snippet_writes_among_its_answers_is_none(line: str, problem: Problem) -> None:
    body = (
        "import os\n\ndef compute(x):\n    for place in range(3, 12):\n        try:\n"
        f"            os.write(place, b'{line}\\n')\n        except OSError:\n            pass\n    "
    )
    assert problem("gradient", f"{body}return 2 * x") == ""
    found = problem("gradient", f"{body}os._exit(0)")
    assert "snippet `gradient` doesn't compute its equation" in found
    assert "it writes where its answers are told" in found or "it ends its interpreter, exit code 0" in found


def test_warnings_are_no_errors(problem: Problem) -> None:
    body = (
        "import numpy as np\n\ndef compute(x):\n    np.log(np.zeros(2))\n    np.exp(np.float32(1e3))\n    return {} * x"
    )
    assert problem("gradient", body.format(2)) == ""
    assert SIDE in problem("gradient", body.format(3))


@pytest.mark.parametrize(
    ("around", "says"),
    [
        ("1 / 0\n", "ZeroDivisionError: division by zero"),
        ("import nowhere\n", "ModuleNotFoundError: No module named 'nowhere'"),
        ("raise SystemExit\n", "SystemExit"),
        ("x = = 1\n", "code.py isn't Python"),
    ],
)
def test_a_file_that_cannot_be_imported_says_so(around: str, says: str, problem: Problem) -> None:
    assert says in problem("gradient", "def compute(x):\n    return 2 * x", around=around)


def test_a_snippet_that_does_not_end_is_stopped(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned, "TIMEOUT_SECONDS", 3)
    found = problem("gradient", "import time\n\ndef compute(x):\n    time.sleep(60)")
    assert "snippet `gradient` isn't checked" in found
    assert "compute: it was still running after 3 s\n  let it end, or tie the snippet by demo" in found


@pytest.mark.parametrize(
    ("does", "verdicts"),
    [
        ("return 2 * t", ["holds", "holds", "holds", "holds"]),
        ("time.sleep(60)", ["holds", "undecided", "undecided", "undecided"]),
        ("os._exit(3)", ["holds", "undecided", "false", "undecided"]),
    ],
    ids=lambda given: str(given)[:12],
)
def test_beside_a_function_that_never_returns_nothing_is_said_of_others(
    does: str, verdicts: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That one was waited for says nothing of it: it may have waited for a processor itself."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(returned, "TIMEOUT_SECONDS", 3)
    (tmp_path / "snippets").mkdir()
    page, code = FRONT + f"```math {{#symbols}}\n{SYMBOLS}\n```\n", "import os\nimport time\n"
    for name, body in {"before": "return 3 * t", "here": does, "behind": "return 5 * t"}.items():
        number = {"before": 3, "here": 2, "behind": 5}[name]
        page += f"\n```math {{#{name}}}\n{number} t = {number - 1} t + t\n```\n"
        page += f'\n```python {{verifies="{name}"}}\n--8<-- "code.py:{name}"\n```\n'
        code += f"# --8<-- [start:{name}]\ndef {name}(t):\n    {body}\n# --8<-- [end:{name}]\n"
    (tmp_path / "snippets" / "code.py").write_text(code)
    (tmp_path / "page.md").write_text(page)
    reports = check_pages(Derivation(from_disk), ["page.md"], Options(folders=(Path("snippets"),)))
    assert [report.verdict.verdict for report in reports] == verdicts


def test_a_snippet_sees_nothing_of_the_package(problem: Problem) -> None:
    body = "import sys\n\ndef compute(x):\n    return {} * x if '{}' in sys.modules else 2 * x"
    assert problem("gradient", body.format(3, "verimath")) == ""
    # The twin: it sees NumPy.
    assert SIDE in problem("gradient", body.format(3, "numpy"))


# Digits


def test_more_digits_rescue_a_snippet_that_is_more_precise_than_floats(problem: Problem) -> None:
    """Near 1, a logarithm in floats keeps four digits of what `np.log1p` keeps all of."""
    formula = r"\ln(1 + 10^{-12} t^2) = 2 \ln \sqrt{1 + 10^{-12} t^2}"
    for exact in ("np.log1p(1e-12 * t**2)", "np.log(1 + 1e-12 * t**2)"):
        assert problem("small", code("t", exact), formula=formula) == ""
        assert SIDE in problem("small", code("t", f"1.01 * {exact}"), formula=formula)


def test_terms_that_cancel_allow_for_their_rounding_and_no_more(problem: Problem) -> None:
    formula = r"(t + 10^{6}) - 10^{6} = t"
    assert problem("cancel", code("t", "(t + 1e6) - 1e6"), formula=formula) == ""
    assert SIDE in problem("cancel", code("t", "t + 0.1"), formula=formula)


@pytest.mark.parametrize(
    ("formula", "right", "wrong"),
    [
        # On some of the trials, floats near 1 keep few digits of what is left of them.
        (r"1 - \tanh t^2", "1 - np.tanh(t**2)", "(1 - np.tanh(t**2)) * (1 + 1e-9)"),
        (r"1 - \tanh t^2", "1 - np.tanh(t**2)", "np.float32(1 - np.tanh(t**2))"),
        # An absolute value has the rounding of what it is taken of.
        (r"\lvert (t + 10^{6}) - 10^{6} \rvert", "np.abs((t + 1e6) - 1e6)", "np.abs(t) + 1e-4"),
    ],
)
def test_rounding_is_allowed_for_and_no_more(formula: str, right: str, wrong: str, problem: Problem) -> None:
    formula = rf"{formula} < 10^{{9}} + t^2"
    assert problem("near", code("t", right), formula=formula) == ""
    assert SIDE in problem("near", code("t", wrong), formula=formula)


def test_the_caller_imports_nothing_of_the_package() -> None:
    assert caller.called(lambda x: x + 1, {"x": [1, 2]}, []) == [2, 3]
    assert caller.called(lambda: 1 / 0, {}, []) == {"error": "it raises ZeroDivisionError: division by zero"}


LISTED = """---
notation:
  - {symbol: 'K', code: K, meaning: matrices}
---

```math {#symbols}
n, m \\in \\mathbb{N}^{*}, \\qquad K_1, \\dots, K_m \\in \\mathbb{R}^{n \\times n}
```

```math {#total}
S \\coloneqq \\sum_{j} K_j
```

```python {verifies="total"}
--8<-- "s.py:total"
```
"""


@pytest.mark.parametrize(("body", "code"), [("K.sum(axis=0)", 0), ("sum(K)", 0), ("K.sum(axis=1)", 1), ("K[0]", 1)])
def test_a_list_of_arrays_is_given_as_one_array(body: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(LISTED, "utf-8")
    marked = f"# --8<-- [start:total]\ndef total(K):\n    return {body}\n# --8<-- [end:total]\n"
    (tmp_path / "s.py").write_text(marked, "utf-8")
    assert main(["check", str(tmp_path / "page.md"), "--snippets", str(tmp_path), "--no-cache"]) == code
