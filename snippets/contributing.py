r"""The way of one formula through the tool: what each of its rooms makes of it.

Needs the package `verimath`.
"""

# --8<-- [start:journey-imports]
from verimath.derivation.resolve import names_of
from verimath.evaluation import evaluate
from verimath.latex import katex
from verimath.latex.read import parted
from verimath.latex.read.lexing.spelling import spelled
from verimath.page.page import read as page_of
from verimath.trials.page_trials import Trials
from verimath.verdict.check import check

# --8<-- [end:journey-imports]


# --8<-- [start:journey]
PAGE = r"""
```math {#symbols}
t \in \mathbb{R}_{+}^{*}
```

```math {#claim}
\ln t^2 = 2 \ln t
```
"""


def read(page):
    r"""The last formula of a page, and the page's names.

    Args:
        page: Markdown.

    Returns:
        The formula, with its LaTeX and its statements, and what it may use.

    Source: docs/fr/contributing.md#journey
    """
    scope = names_of(page_of("page.md", page), [])
    return scope.formulas[-1], scope
# --8<-- [end:journey]


if __name__ == "__main__":
    # --8<-- [start:journey-tree]
    formula, scope = read(PAGE)
    tex = formula.equation.tex
    print([node["type"] for node in katex.tree(tex, True).nodes])
    # --8<-- [end:journey-tree]

    # --8<-- [start:journey-atoms]
    [atoms] = parted(tex)
    for atom in atoms:
        print(f"{type(atom).__name__:10} {spelled((atom,)):4} at {atom.at}")
    # --8<-- [end:journey-atoms]

    # --8<-- [start:journey-statement]
    [claim] = formula.statements
    print(type(claim).__name__, claim.relations)
    for side in claim.sides:
        print(side)
    # --8<-- [end:journey-statement]

    # --8<-- [start:journey-trial]
    trials = Trials(scope)
    for number in range(3):
        frame = trials.trial(number).frame()
        print("t =", frame.symbols.value("t"), [evaluate(side, frame) for side in claim.sides])
    # --8<-- [end:journey-trial]

    # --8<-- [start:journey-verdict]
    verdict = check(formula, trials)
    print(verdict.verdict, "on", verdict.trials, "trials")
    # --8<-- [end:journey-verdict]
