"""The page of what the language doesn't read, from the tables of the reader, in French.

Writes its lists into docs/fr/not-read.md. Run as `python -m bench.not_read`.
"""

from __future__ import annotations

import re
from pathlib import Path

from verimath.latex.read.lexing.katex_names import REFUSED
from verimath.latex.read.lexing.not_read import COMMANDS, NAMES
from verimath.numbers.complexes import DAGGER
from verimath.numbers.spectra import ONLY_OF_SYMMETRIC, only_of

PAGE = Path(__file__).parent.parent / "docs" / "fr" / "not-read.md"
HEAD = "| notation | ce que c’est | ce qu’on écrit |\n| --- | --- | --- |\n"
# By what a message says, the list that it stands in; each list below its title.
YET, TWO, OTHERWISE = "Pas encore lu", "Ce qui se lirait de deux façons", "Ce qui s’écrit autrement"
SAYS = {YET: re.compile(r"\byet\b"), TWO: re.compile(r"\bmay\b|differs|isn't said|isn't written")}
FONT = re.compile(r"(\\\w+) sets all that follows in another font")
# What each message says, and its way out, in French.
FRENCH = {
    "this says of remainders that they are equal, which isn't read yet": (
        "une congruence",
        r"`n \bmod k = m \bmod k`",
    ),
    "an implication isn't read yet": ("une implication, vers la gauche", r"`P \Rightarrow Q`, ou `Q \text{ si } P`"),
    "an equivalence isn't read yet": ("une équivalence", r"`P \iff Q`, ou `Q \text{ si } P`"),
    "a probability isn't read yet": ("une probabilité", r"la somme des probabilités, `\sum_{i} p_i`"),
    "an integral isn't read yet": ("une intégrale", "une somme, ou la primitive"),
    "a limit isn't read yet": ("une limite", "l’inégalité qui borne la différence"),
    "\\wedge isn't read yet": ("un produit extérieur", r"les composantes ; entre conditions, `\text{et}`"),
    "an alternative isn't read yet": ("un ou", r"chaque cas, avec `\text{si}`"),
    DAGGER: (
        "une transposée conjuguée, ou une pseudo-inverse",
        r"`A^{\mathrm{H}}` pour l’une, `A^{+}` pour l’autre ; ou l’en-tête le dit",
    ),
    "\\exists isn't read yet": ("une existence", r"la valeur, définie par `\coloneqq`, et ce qu’elle vérifie"),
    "\\notin isn't read yet": ("ne pas être dans un ensemble", r"ce qu’il exclut, comme `x \neq 0`"),
    "sets have no operations yet": ("une opération d’ensembles", "ce qui vaut de leurs éléments"),
    "what is drawn from a law isn't read yet": ("un tirage selon une loi", r"les ensembles, par `\in`"),
    "an expectation isn't read yet": ("une espérance", r"la somme qu’elle est, `\sum_{i} p_i x_i`"),
    "a variance isn't read yet": (
        "une variance, une covariance",
        r"la somme qu’elle est, `\sum_{i} p_i (x_i - \mu)^2`",
    ),
    only_of("eigenvalue", "symmetric")[0]: (
        "la première des valeurs propres d’une matrice qui n’est ni symétrique ni hermitienne",
        r"`\lambda_i(A)`, pour chacune ; `\rho(A)`, le plus grand module",
    ),
    only_of("root", "symmetric")[0]: (
        "la racine d’une matrice qui n’est pas définie positive",
        "ce que vérifie son carré",
    ),
    "this may define, or claim": ("définir, ou affirmer", r"`\coloneqq` pour définir, `=` pour affirmer"),
    "the base of \\lg differs from author to author": (
        "un logarithme dont la base change d’un auteur à l’autre",
        r"`\log_{2} x`, `\log_{10} x`",
    ),
    "\\equiv may claim an equality, define, or compare remainders": (
        "une égalité, une définition ou une congruence",
        r"`=`, `\coloneqq`, ou `n \bmod k = m \bmod k`",
    ),
    "how near two sides are isn't said": ("être proche, ou bien plus petit", "une inégalité qui dit de combien"),
    "a factor that isn't written can't be executed": ("une égalité à un facteur près", "le facteur"),
    "what this hides or moves would be read otherwise than it is seen": (
        "ce qui cache ou déplace",
        "la formule sans cela",
    ),
    "a colour of its own says nothing, and hides": (
        "une couleur à part",
        "la formule sans elle ; le style de la page peut la colorer",
    ),
    "a size of its own says nothing": ("une taille à part", "la formule sans elle"),
    "a line below a formula isn't read": ("ce qui souligne", "la formule sans cela"),
    "words on an arrow aren't read": (
        "des mots sur une flèche",
        r"`\leftarrow` pour un pas, `\Rightarrow` entre deux énoncés",
    ),
    "the empty set isn't read": ("l’ensemble vide", "la condition sous laquelle il n’y a rien"),
    "degrees aren't read": ("des degrés", r"des radians, comme `\frac{\pi}{6}` pour 30 degrés"),
    "a bullet between two factors has no meaning": ("un gros point entre deux facteurs", r"`\cdot`"),
    "what is drawn around or across a formula isn't read": ("ce qui entoure ou barre", "la formule sans cela"),
    "a sign above or below another one isn't read": (
        "un signe au-dessus d’un autre",
        r"`\coloneqq` pour définir, `=` pour affirmer",
    ),
    "a sign below another one isn't read": ("un signe sous un autre", r"`\max_{i}`, pour ce qu’il parcourt"),
    "\\land isn't read": ("un et", r"`\text{et}` entre conditions, ou deux énoncés"),
    "\\div isn't read": ("une division", r"`\frac{x}{y}`"),
    "a percentage isn't read": ("un pourcentage", "`0.5`, pour 50 %"),
    "* has no meaning between symbols": ("une étoile entre deux facteurs", r"`\cdot`"),
}


def rows() -> dict[str, list[str]]:
    """The notations that aren't read, by what a message says of them."""
    found: dict[str, list[str]] = {DAGGER: ["\\dagger"]}
    for table in (COMMANDS, REFUSED, NAMES):
        for notation, (why, _, _) in table.items():
            found.setdefault(why, []).append(notation)
    for what, (notation, _, _) in ONLY_OF_SYMMETRIC.items():
        found[only_of(what, "symmetric")[0]] = [notation]
    return found


def lists() -> dict[str, str]:
    """The lines of each list, by its title."""
    lines: dict[str, list[str]] = {YET: [], TWO: [], OTHERWISE: []}
    for why, notations in rows().items():
        title = next((title for title, says in SAYS.items() if says.search(why)), OTHERWISE)
        if font := FONT.fullmatch(why):
            said = ("tout ce qui suit dans une autre police", f"`\\math{font[1][1:]}{{…}}`, autour du nom")
        else:
            said = FRENCH[why]
        shown = ", ".join(f"`{notation}`" for notation in notations)
        lines[title].append(f"| {shown} | {said[0]} | {said[1]} |\n")
    return {title: "".join(found) for title, found in lines.items()}


def written(text: str) -> str:
    """The page with its lists anew."""
    for title, lines in lists().items():
        below = re.compile(rf"(## {re.escape(title)}\n(?:(?!## |\| notation).*\n)*){re.escape(HEAD)}(?:\|.*\n)*")
        text, times = below.subn(lambda found, lines=lines: found[1] + HEAD + lines, text)  # type: ignore[misc]
        assert times == 1, title
    return text


def main() -> None:
    """Write the lists anew."""
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
