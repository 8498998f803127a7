"""What scripts write for the French pages, in English: sentence by sentence, by one table, so that numbers are kept.

    python -m bench.english     writes docs/assets/en/ anew, after a script has written docs/assets/

The tests compare both: what no sentence of the table fits is an error, and so is a word that it doesn't know.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from bench.mutation import KINDS, REASONS
from bench.survivors import groups

ASSETS = Path(__file__).parent.parent / "docs" / "assets"
FILES = (
    "house.svg",
    "display/measured.md",
    *(f"reliability/{name}.md" for name in ("digits", "gradchecks", "mutation", "snippets")),
)
THIN, SPACE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"

# Each {} is a number, a label or a name.
SENTENCES = {
    "Les {} équations qui affirment ou définissent ont été changées de {} façons.": (
        "The {} equations that claim or define were changed in {} ways."
    ),
    f"De ces formules, {{}} ont été trouvées fausses et {{}} mal formées{THIN};": (
        "Of these formulas, {} were found false and {} ill-formed;"
    ),
    f"{{}} sont plus faibles que l’équation{SPACE}: une inégalité y a gagné de la marge.": (
        "{} are weaker than the equation: an inequality has gained some room."
    ),
    "Il en reste {}, qui tiennent.": "There remain {}, which hold.",
    f"Elles ont été jugées une à une{SPACE}: {{}} sont vraies, pour une raison que l’on peut dire{THIN};": (
        "They were judged one by one: {} are true, for a reason that can be said;"
    ),
    f"{{}} sont fausses, et l’outil n’en voit rien{THIN}; de {{}}, on ne sait pas.": (
        "{} are false, and the tool sees nothing of it; of {}, nobody knows."
    ),
    "Des {} variantes des {} fonctions, chacune changée en un seul endroit,": (
        "Of the {} variants of the {} functions, each changed in a single place,"
    ),
    "{} sont refusées et {} rendent la même chose, pour une raison relue.": (
        "{} are refused and {} return the same, for a reason that was read over."
    ),
    "Des {} équations du site qui affirment une égalité, {} s’accordent à au moins": (
        "Of the {} equations of the site that claim an equality, {} agree to at least"
    ),
    "{} chiffres sur tous leurs tirages, avec la graine {}. L’accord le moins bon est de {}": (
        "{} digits on all their trials, with seed {}. The worst agreement is to {}"
    ),
    "chiffres, sur un tirage de {}, par exemple.": "digits, on a trial of {}, for example.",
    f"Pour {{}}, un nombre de chiffres n’a pas de sens{SPACE}: sur un tirage au moins,": (
        "For {}, a number of digits makes no sense: on at least one trial,"
    ),
    "les deux membres sont nuls, et ce qui les sépare est l’arrondi d’un zéro, de moins de": (
        "both sides are 0, and what parts them is the rounding of a zero, by less than"
    ),
    f"Mesuré en une fois, avec {{}}. Les graines des problèmes sont les entiers de {{}} à {{}}{THIN};": (
        "Measured in one go, with {}. The seeds of the problems are the integers from {} to {};"
    ),
    "le second tableau donne des médianes sur les {} premiers.": "the second table gives medians of the first {}.",
    f"Seuil de SciPy{SPACE}: {{}}.": "SciPy’s threshold: {}.",
    "Des {} rendus d’une source abîmée, {} sont faux sans qu’aucune erreur ne le dise": (
        "Of the {} renderings of a damaged source, {} are wrong and no error says so"
    ),
    "(en gras dans le tableau). Mesuré avec {}.": "(in bold in the table). Measured with {}.",
    '<title id="house-title">Les pièces du code, étage par étage</title>': (
        '<title id="house-title">The rooms of the code, floor by floor</title>'
    ),
    '<desc id="house-desc">Chaque pièce n’importe que celles des étages du dessous. {}</desc>': (
        '<desc id="house-desc">Each room only imports from the floors below it. {}</desc>'
    ),
    "{}": "{}",
}
# Of cells and captions: whole phrases, the longest first.
PHRASES = {
    "Ce qui est changé": "What is changed",
    "faux": "false",
    "mal formé": "ill-formed",
    "plus faible": "weaker",
    "tient": "holds",
    "variantes": "variants",
    "autre valeur": "another value",
    "autre forme": "another shape",
    "erreur": "error",
    "même résultat": "same result",
    "opérateur, ordre": "operator, order",
    "terme ou facteur": "term or factor",
    "signe": "sign",
    "nombre": "number",
    "nom": "name",
    "fonction": "function",
    "axe, forme, transposée": "axis, shape, transpose",
    "indice, tranche, boucle": "index, slice, loop",
    "instruction ôtée": "dropped statement",
    "précision": "precision",
    "en tout": "in all",
    "Outil": "Tool",
    "facteur": "factor",
    "terme": "term",
    "refusés à tort": "wrongly refused",
    "sur": "of",
    "erreur vue": "error seen",
    "temps, en ms": "time, in ms",
    "rapport": "ratio",
    "juste": "right",
    "comme dans l’article": "as in the article",
    "Comme dans l’article": "As in the article",
    "seulement": "only",
    "lignes": "lines",
    "ligne": "line",
    "au lieu de": "instead of",
    "aucune erreur": "no error",
    "étoile perdue": "star lost",
    "Étoile perdue": "Star lost",
    "Lignes perdues": "Lines lost",
    "lignes perdues": "lines lost",
    "Source juste": "The right source",
    "source juste": "the right source",
    "la source telle quelle": "the source as it is",
    f"message{SPACE}:": "message:",
    "erreurs tues": "errors silenced",
    "étage": "floor",
    "et": "and",
}
# How a kind of change is called, where it isn't as the tool calls it.
CALLED = {
    "index letter": "one index for another",
    "index ±1": "an index plus or minus 1",
    "bound ±1": "a bound plus or minus 1",
    "symbol": "one symbol for another of the same shape",
    "function": "one function for another",
    "number ×1.0005": "a number multiplied by 1.0005",
    "relation": "one relation for another",
    "guard": "one condition for another",
    "transpose": "a transpose more or less",
    "sign": "a sign",
    "inverted quotient": "an inverted quotient",
}
CHANGE = re.compile(rf"- (?P<label>\[\]\(#[\w-]+\)), (?P<kind>.+?){SPACE}: (?P<change>`.*)")
REASON = re.compile(rf"(?P<reason>.*){SPACE}:")
# What stays as it is: code, formulas, addresses, entities, elements.
KEPT = re.compile(r"<[^>]*>|`[^`]*`|\]\([^)]*\)\{[^}]*\}|&#\d+;|\$[^$]*\$")
NUMBER = re.compile(r"(?<![\d.\w-])\d+(?:[\u202f\u00a0]\d{3})*(?:,\d+)?(?![\d.\w])")
FRENCH = re.compile(rf"[éèêàçùîôœ«»{THIN}]|\b(?:le|la|les|des|une|est|sont)\b", re.IGNORECASE)


def in_english(text: str) -> str:
    """What a script wrote in French, in English.

    Raises:
        ValueError: for what the tables don't know.
    """
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    if "<!--" in line or not line.strip() or line.startswith(("<rect", "<text", "<circle", "<path", "<svg", "</svg")):
        return line
    if change := CHANGE.fullmatch(line):
        return f"- {change['label']}, {_kinds()[change['kind']]}: {change['change']}"
    if (reason := REASON.fullmatch(line)) and reason["reason"] in _reasons():
        return f"{_reasons()[reason['reason']]}:"
    for french, english in SENTENCES.items():
        if found := re.fullmatch("(.+?)".join(map(re.escape, french.split("{}"))), line):
            said = english.format(*map(_fragment, found.groups()))
            break
    if FRENCH.search(KEPT.sub("", said)):
        raise ValueError(f"bench/english.py has no English for: {line}")
    return said


def _fragment(text: str) -> str:
    """Cells, captions and numbers."""
    kept = [found.group() for found in KEPT.finditer(text)]
    text = KEPT.sub("\0", text)
    for kind, english in _kinds().items():
        text = text.replace(f"| {kind} |", f"| {english} |")
    for french in sorted(PHRASES, key=len, reverse=True):
        text = re.sub(rf"(?<![\w’]){re.escape(french)}(?!\w)", PHRASES[french], text)
    text = NUMBER.sub(lambda number: re.sub(f"[{THIN}{SPACE}]", "\1", number.group()).replace(",", "."), text)
    text = text.replace("\1", ",").replace(f"{SPACE}:", ":").replace(f"{THIN};", ";")
    text = re.sub(r"(?<=\S) : ", ": ", text)
    pieces = iter(kept)
    return re.sub("\0", lambda _: next(pieces), text)


@cache
def _kinds() -> dict[str, str]:
    """English for how a French page calls a kind of change."""
    kinds = {}
    for kind, french in KINDS.items():
        article = "an" if kind[0] in "aeiou" else "a"
        kinds[french] = CALLED.get(kind, kind if kind.startswith("swapped") else f"{article} {kind}")
    return kinds


@cache
def _reasons() -> dict[str, str]:
    """English for why a change holds, or that it is wrong."""
    found = {}
    for group in groups(REASONS.read_text("utf-8")):
        if group.french:
            said = group.reason.replace("FALSE ", "False ").replace("NOT DECIDED", "Not decided")
            said = re.sub(r"(?<=[a-z])'(?=[a-z])", "’", said)
            found[_capital(group.french)] = _capital(said)
    return found


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def main() -> None:
    """Write the files of the English edition."""
    for name in FILES:
        written = ASSETS / "en" / name
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(in_english((ASSETS / name).read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
