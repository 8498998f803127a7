r"""What `verimath check` says of small pages: those that the page on the language shows.

Needs the package `verimath`.
"""

# --8<-- [start:language-imports]
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from verimath.cli import main

# --8<-- [end:language-imports]


# --8<-- [start:language-check]
def check(files, *options):
    r"""What `verimath check .` prints in a folder that holds these files, and its exit code.

    Args:
        files: the text of each file, by its name.
        options: of the command, such as `--digits`, `50`.

    Returns:
        The lines that a terminal would show.

    Source: docs/fr/language.md#language-check
    """
    said = StringIO()
    with TemporaryDirectory() as folder, chdir(folder), redirect_stdout(said):
        for name, text in files.items():
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_text(text.lstrip("\n"), "utf-8")
        code = main(["check", ".", *options])
    return f"{said.getvalue()}exit code {code}"
# --8<-- [end:language-check]


# --8<-- [start:language-first]
FIRST = r"""
```math {#symbols}
n \in \mathbb{N}^{*}, \qquad x \in \mathbb{R}^{n}
```

```math {#mean}
\bar x \coloneqq \frac{1}{n} \sum_{i=1}^{n} x_i
```

```math {#gaps}
\sum_{i=1}^{n} (x_i - \bar x) = 0
```

```math {#squares}
\sum_{i=1}^{n} (x_i - \bar x)^2 = \sum_{i=1}^{n} x_i^2
```
"""
# --8<-- [end:language-first]

# --8<-- [start:language-mistakes]
MISTAKES = r"""
```math {#symbols}
n \in \mathbb{N}^{*}, \qquad x, z \in \mathbb{R}^{n}, \qquad t \in \mathbb{R}_{+}^{*}
```

```math {#no-backslash}
ln t \leq t - 1
```

```math {#no-bracket}
\sum_{i=1}^{n} x_i - z_i = \sum_{i=1}^{n} (x_i - z_i)
```

```math {#row-by-row}
\begin{aligned}
\|x + z\|^2
&= (x + z) (x + z)^\top \\
&= x x^\top + 2 x z + z z^\top
\end{aligned}
```
"""
# --8<-- [end:language-mistakes]

# --8<-- [start:language-columns]
COLUMNS = r"""
---
vectors: column
---

```math {#symbols}
n, m \in \mathbb{N}^{*}, \qquad x \in \mathbb{R}^{n}, \qquad A \in \mathbb{R}^{m \times n}
```

```math {#product}
(A x)_i = \sum_{j=1}^{n} A_{ij} x_j
```

```math {#norm}
\|x\|^2 = x^\top x
```

```math {#rows}
\|x\|^2 = x x^\top
```
"""
# --8<-- [end:language-columns]

# --8<-- [start:language-expected]
EXPECTED = r"""
```math {#symbols}
a, b \in \mathbb{R}
```

```math {#integral unchecked="le langage n’a pas d’intégrales"}
\int_0^1 a t^2 \, dt = \frac{a}{3}
```

```math {#square expect="false"}
(a + b)^2 = a^2 + b^2
```

```math {#product expect="false"}
(a + b) (a - b) = a^2 - b^2
```
"""
# --8<-- [end:language-expected]

# --8<-- [start:language-family]
BELOW = r"""
---
builds_on: []
---

```math {#symbols}
x \in \mathbb{R}, \qquad u \coloneqq x^2
```
"""
ABOVE = r"""
---
builds_on: [below.md]
---

```math {#claim}
\frac{\partial u}{\partial x} = 2 x
```

```math {#again}
u \coloneqq x^3
```
"""
# --8<-- [end:language-family]

# --8<-- [start:language-text]
TEXT = r"""
```math {#symbols}
x \in \mathbb{R}
```

Le nombre $x$ est un réel, et $w$ aussi.
"""
# --8<-- [end:language-text]

# --8<-- [start:language-tied]
# In place of ✂, the files have the sign that cuts files into sections: it would cut this one.
TIED = r"""
---
notation:
  - {symbol: 'x', code: x, meaning: un vecteur}
---

```math {#symbols}
n \in \mathbb{N}^{*}, \qquad x \in \mathbb{R}^{n}, \qquad q \coloneqq x x^\top
```

```math {#gradient}
\frac{\partial q}{\partial x} = 2 x
```

```python {verifies="gradient"}
✂ "square.py:gradient"
```
""".replace("✂", "--8<--")
CODE = """
# ✂ [start:gradient]
def gradient(x):
    return x
# ✂ [end:gradient]
""".replace("✂", "--8<--")
# --8<-- [end:language-tied]

# --8<-- [start:language-limits]
LIMITS = r"""
```math {#symbols}
a \in \mathbb{R}
```

```math {#one-point}
\operatorname{sign}(a - \sqrt{2})^2 = 1
```

```math {#far-away}
\lvert a - 10^{15} \rvert = 10^{15} - a
```

```math {#narrow}
(\tanh(10^4 (a - 1.7)))^2 > 0.5
```
"""
# --8<-- [end:language-limits]


if __name__ == "__main__":
    # --8<-- [start:language-first-demo]
    print(check({"page.md": FIRST}))
    # --8<-- [end:language-first-demo]

    # --8<-- [start:language-mistakes-demo]
    print(check({"page.md": MISTAKES}))
    # --8<-- [end:language-mistakes-demo]

    # --8<-- [start:language-columns-demo]
    print(check({"page.md": COLUMNS}))
    # --8<-- [end:language-columns-demo]

    # --8<-- [start:language-expected-demo]
    print(check({"page.md": EXPECTED}))
    # --8<-- [end:language-expected-demo]

    # --8<-- [start:language-family-demo]
    print(check({"below.md": BELOW, "above.md": ABOVE}))
    # --8<-- [end:language-family-demo]

    # --8<-- [start:language-text-demo]
    print(check({"page.md": TEXT}))
    # --8<-- [end:language-text-demo]

    # --8<-- [start:language-tied-demo]
    print(check({"page.md": TIED, "snippets/square.py": CODE}))
    # --8<-- [end:language-tied-demo]

    # --8<-- [start:language-digits-demo]
    print(check({"page.md": FIRST}, "--label", "gaps", "--digits", "50"))
    # --8<-- [end:language-digits-demo]

    # --8<-- [start:language-limits-demo]
    print(check({"page.md": LIMITS}))
    # --8<-- [end:language-limits-demo]
