"""What the tool itself says on a page of verdicts, symbols and lists: all of it, by language."""

from __future__ import annotations

from collections.abc import Mapping

# A word that depends on a count has two forms, one for 1.
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "claim": "checked on {trials}",
        "definition": "definition, computed on {trials}",
        "declaration": "declaration, drawn on {trials}",
        "definition alone": "definition",
        "declaration alone": "declaration",
        "false": "refused as false, as expected",
        "ill-formed": "refused as ill-formed, as expected",
        "unchecked": "not checked",
        "trial": "{count} trial",
        "trials": "{count} trials",
        "what claim": "A claim, which was executed on {trials}.",
        "what definition": "A definition, whose value was computed on {trials}.",
        "what declaration": "A declaration, whose symbols were drawn on {trials}.",
        "what definition alone": "A definition, which is evaluated where it is applied.",
        "what declaration alone": "A declaration.",
        "sizes": "Sizes drawn: {sizes}.",
        "range": "{name} from {first} to {last}",
        "single": "{name} = {first}",
        "worst": "Largest relative difference of the two sides: {worst}.",
        "none": "none",
        "digits": "Computed with 50 digits, they have at least {digits} in common.",
        "excluded": "It has no value at {where}.",
        "and": "and",
        "with equal components": "with equal components",
        "with a component 0": "with a component 0",
        "some special values": "some special values",
        "program": "The program beside it returns the same numbers.",
        "reads": "It uses {links}.",
        "read by": "It is used by {links}.",
        "others": ", and {count} more",
        "mutants": "Changed in {tried} ways, it was refused {refused} times.",
        "worked": "Trial {number}",
        "letters": "Trial {number}, at {letters}",
        "left": "left side",
        "right": "right side",
        "side": "side {place}",
        "after": "{name}, after",
        "another": "another trial",
        "counts": "In this build: {claims} claims checked on {trials} trials, {programs} programs that agree with "
        "them, {refused} formulas refused as expected.",
        "decimal": ".",
        "thousands": ",",
        "index": "Index of equations",
        "number": "number",
        "name": "name",
        "formula": "formula",
        "role": "role",
        "verdict": "verdict",
        "difference": "worst difference",
        "drawn": "trials",
        "changed": "mutants refused",
        "page": "page",
        "symbol": "symbol",
        "all": "all",
        "filter": "Filter the equations",
        "shown": "{count} equations shown",
        "role claim": "claim",
        "role definition": "definition",
        "role declaration": "declaration",
        "role refusal": "expected refusal",
        "role unchecked": "unchecked",
        "code": "in code",
        "meaning": "meaning",
        "set": "set and shape",
        "where": "defined in",
        "graph": "Graph of the equations: from left to right, each uses those to its left",
        "graph list": "The same as a list",
        "notation": "Table of notation",
        "colon": ": ",
        "uses": "uses",
        "nothing": "nothing",
        "close": "close",
        "equation": "equation",
        "keys": "arrow keys: the symbols of this formula",
    },
    "fr": {
        "claim": "vérifiée sur {trials}",
        "definition": "définition, calculée sur {trials}",
        "declaration": "déclaration, tirée sur {trials}",
        "definition alone": "définition",
        "declaration alone": "déclaration",
        "false": "refusée comme fausse, ainsi qu’attendu",
        "ill-formed": "refusée comme mal formée, ainsi qu’attendu",
        "unchecked": "non vérifiée",
        "trial": "{count} tirage",
        "trials": "{count} tirages",
        "what claim": "Une affirmation, exécutée sur {trials}.",
        "what definition": "Une définition, dont la valeur a été calculée sur {trials}.",
        "what declaration": "Une déclaration, dont les symboles ont été tirés sur {trials}.",
        "what definition alone": "Une définition, évaluée là où on l’applique.",
        "what declaration alone": "Une déclaration.",
        "sizes": "Tailles tirées\N{NO-BREAK SPACE}: {sizes}.",
        "range": "{name} de {first} à {last}",
        "single": "{name} = {first}",
        "worst": "Plus grand écart relatif des deux membres\N{NO-BREAK SPACE}: {worst}.",
        "none": "aucun",
        "digits": "Calculés avec 50 chiffres, ils en ont au moins {digits} en commun.",
        "excluded": "Elle n’a pas de valeur pour {where}.",
        "and": "et",
        "with equal components": "à composantes égales",
        "with a component 0": "avec une composante nulle",
        "some special values": "certaines valeurs particulières",
        "program": "Le programme qui l’accompagne rend les mêmes nombres.",
        "reads": "Elle se sert de {links}.",
        "read by": "S’en servent\N{NO-BREAK SPACE}: {links}.",
        "others": ", et {count} autres",
        "mutants": "Changée de {tried} façons, elle a été refusée {refused} fois.",
        "worked": "Tirage {number}",
        "letters": "Tirage {number}, en {letters}",
        "left": "membre de gauche",
        "right": "membre de droite",
        "side": "membre {place}",
        "after": "{name}, après",
        "another": "un autre tirage",
        "counts": "Dans cette construction\N{NO-BREAK SPACE}: {claims} affirmations vérifiées sur {trials} tirages, "
        "{programs} programmes qui s’accordent avec elles, {refused} formules refusées comme attendu.",
        "decimal": ",",
        "thousands": "\N{NARROW NO-BREAK SPACE}",
        "index": "Index des équations",
        "number": "numéro",
        "name": "nom",
        "formula": "formule",
        "role": "rôle",
        "verdict": "verdict",
        "difference": "plus grand écart",
        "drawn": "tirages",
        "changed": "mutants refusés",
        "page": "page",
        "symbol": "symbole",
        "all": "tous",
        "filter": "Filtrer les équations",
        "shown": "{count} équations affichées",
        "role claim": "affirmation",
        "role definition": "définition",
        "role declaration": "déclaration",
        "role refusal": "refus attendu",
        "role unchecked": "non vérifiée",
        "code": "dans le code",
        "meaning": "sens",
        "set": "ensemble et forme",
        "where": "défini en",
        "graph": "Graphe des équations\N{NO-BREAK SPACE}: de gauche à droite, chacune se sert de celles qui sont à sa "
        "gauche",
        "graph list": "Le même, en liste",
        "notation": "Table de notation",
        "colon": "\N{NO-BREAK SPACE}: ",
        "uses": "se sert de",
        "nothing": "rien",
        "close": "fermer",
        "equation": "équation",
        "keys": "flèches\N{NO-BREAK SPACE}: les symboles de cette formule",
    },
}


def words_of(language: str) -> Mapping[str, str]:
    """The words of a language; English where there are none."""
    return WORDS.get(language, WORDS["en"])


def whole(count: int, words: Mapping[str, str]) -> str:
    """A count as the language writes it."""
    return f"{count:,}".replace(",", words["thousands"])


def trials(count: int, words: Mapping[str, str]) -> str:
    """So many trials, in words."""
    return words["trial" if count == 1 else "trials"].format(count=whole(count, words))


def scientific(number: float, words: Mapping[str, str]) -> str:
    """A small number, such as 1.2·10⁻¹⁴."""
    if not number:
        return words["none"]
    mantissa, exponent = f"{number:.1e}".split("e")
    raised = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa.replace('.', words['decimal'])}\N{MIDDLE DOT}10{raised}"
