r"""What plain Markdown does to LaTeX, and what the build of this site answers to what is left of it.

Needs the packages `markdown` and `verimath`.
"""

# --8<-- [start:imports]
import markdown

# --8<-- [end:imports]
# --8<-- [start:verimath]
from verimath.latex.accept import set_equation
from verimath.message.refusal import Refusal
from verimath.page.page import read

# --8<-- [end:verimath]

# --8<-- [start:source]
SOURCE = r"""
\begin{align*}
N &\in \mathbb{N}^{*}\\
a &\in \mathbb{R}^{N}
\end{align*}
"""
# --8<-- [end:source]


# --8<-- [start:refusal]
def refusal(tex):
    r"""The error by which a displayed equation stops the build.

    Args:
        tex: LaTeX of the equation.

    Returns:
        The message, empty if nothing is wrong.

    Source: docs/fr/display.md#refusals
    """
    try:
        page = read("page.md", f"```math {{#formula}}\n{tex.strip()}\n```")
        set_equation(page.equations[0])
    except Refusal as error:
        return str(error)
    return ""
# --8<-- [end:refusal]


if __name__ == "__main__":
    # --8<-- [start:markdown-eats]
    print(markdown.markdown(SOURCE))
    # --8<-- [end:markdown-eats]

    # --8<-- [start:fence-keeps]
    fence = f"```math\n{SOURCE.strip()}\n```"
    print(markdown.markdown(fence, extensions=["fenced_code"]))
    # --8<-- [end:fence-keeps]

    # --8<-- [start:refusals]
    one_star = SOURCE.replace(r"\begin{align*}", r"\begin{align}")
    one_row = SOURCE.replace("\\\\", "\\")
    no_star = SOURCE.replace("^{*}", "^{}")
    for tex in (one_star, one_row, no_star):
        print(refusal(tex), end="\n\n")
    # --8<-- [end:refusals]
