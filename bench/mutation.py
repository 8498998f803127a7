"""What becomes of the site's equations when they are changed: the mutation test's part of the page `reliability`.

Writes docs/assets/reliability/mutation.md, and mutants.json beside it for the marks of equations, from what `verimath
mutate docs/fr` finds, and from the reasons that people gave for what holds all the same, tests/docs/survivors.txt. Run
as `python -m bench.mutation`; takes a minute.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.french import SPACE, THIN, integer
from bench.sections import sections
from bench.survivors import Group, groups
from verimath.derivation.builds_on import Derivation, from_disk
from verimath.mutation.run import VERDICTS, Result, figures, mutate

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "fr"
REASONS = ROOT / "tests" / "docs" / "survivors.txt"
WRITTEN = ROOT / "docs" / "assets" / "reliability" / "mutation.md"
FIGURES = WRITTEN.with_name("mutants.json")

# A reason that begins so is none: the change is wrong and passes, or nobody knows.
FALSE, UNDECIDED = "FALSE ", "NOT DECIDED: "
KINDS = {
    "sign": "un signe",
    "dropped term": "un terme oublié",
    "doubled term": "un terme doublé",
    "dropped factor": "un facteur oublié",
    "dropped exponent": "un exposant oublié",
    "inverted quotient": "un quotient inversé",
    "swapped factors": "deux facteurs échangés",
    "swapped arguments": "deux arguments échangés",
    "transpose": "une transposée de plus ou de moins",
    "index letter": "un indice pour un autre",
    "index ±1": "un indice plus ou moins 1",
    "swapped indices": "deux indices échangés",
    "bound ±1": "une borne plus ou moins 1",
    "symbol": "un symbole pour un autre de même forme",
    "function": "une fonction pour une autre",
    "number ×1.0005": "un nombre multiplié par 1,0005",
    "relation": "une relation pour une autre",
    "guard": "une condition pour une autre",
    "dropped case": "un cas oublié",
    "swapped cases": "deux cas échangés",
    "dropped condition": "une condition oubliée",
}


def line(result: Result, kind: str, before: str, after: str) -> str:
    """A change as the list names it."""
    return f"{result.label} | {kind}: {before} → {after or '∅'}"


def survivors(results: Sequence[Result]) -> Counter[str]:
    """The changes that hold, as lines of the list, and at how many places."""
    return Counter(
        line(result, outcome.mutant.kind, outcome.mutant.before, outcome.mutant.after)
        for result in results
        for outcome in result.survivors
    )


def summary(results: Sequence[Result]) -> Iterator[str]:
    """How many changes, and what became of them."""
    count = {verdict: integer(sum(result.count(verdict) for result in results)) for verdict in VERDICTS}
    total = integer(sum(len(result.outcomes) for result in results))
    yield f"Les {integer(len(results))} équations qui affirment ou définissent ont été changées de {total} façons."
    yield f"De ces formules, {count['false']} ont été trouvées fausses et {count['ill-formed']} mal formées{THIN};"
    yield f"{count['weaker']} sont plus faibles que l’équation{SPACE}: une inégalité y a gagné de la marge."
    yield f"Il en reste {count['survivor']}, qui tiennent."


def table(results: Sequence[Result]) -> Iterator[str]:
    """The same, kind by kind."""
    yield "| Ce qui est changé | faux | mal formé | plus faible | tient |"
    yield "| --- | --: | --: | --: | --: |"
    of = Counter((outcome.mutant.kind, outcome.verdict) for result in results for outcome in result.outcomes)
    for kind in sorted(KINDS, key=lambda kind: -sum(of[kind, verdict] for verdict in VERDICTS)):
        yield f"| {KINDS[kind]} | " + " | ".join(integer(of[kind, verdict]) for verdict in VERDICTS) + " |"


def reviewed(listed: Sequence[Group]) -> Iterator[str]:
    """Some groups: each reason, then its changes."""
    for group in listed:
        yield f"{group.french[0].upper()}{group.french[1:]}{SPACE}:"
        yield ""
        for each in group.lines:
            label, change = each.split(" | ", 1)
            kind, places = change.split(": ", 1)
            before, after = places.split(" → ")
            yield f"- [](#{label}), {KINDS[kind]}{SPACE}: `{before}` → `{after}`"
        yield ""


def markdown(results: Sequence[Result], listed: Sequence[Group]) -> str:
    """The sections that the page includes."""
    wrong = [group for group in listed if group.reason.startswith(FALSE)]
    undecided = [group for group in listed if group.reason.startswith(UNDECIDED)]
    true = [group for group in listed if group not in wrong and group not in undecided]
    held = survivors(results)

    def sum_of(some: Sequence[Group]) -> str:
        return str(sum(held[each] for group in some for each in group.lines))

    judged = [
        f"Elles ont été jugées une à une{SPACE}: {sum_of(true)} sont vraies, pour une raison que l’on peut dire{THIN};",
        f"{sum_of(wrong)} sont fausses, et l’outil n’en voit rien{THIN}; de {sum_of(undecided)}, on ne sait pas.",
    ]
    return sections(
        summary=summary(results),
        judged=judged,
        kinds=table(results),
        false=reviewed(wrong),
        undecided=reviewed(undecided),
        true=reviewed(true),
    )


def main() -> None:
    """Mutate the site, and write the sections."""
    derivation = Derivation(from_disk)
    names = [derivation.node(path.as_posix()).names for path in sorted(PAGES.glob("*.md"))]
    results = mutate(names)
    text = markdown(results, groups(REASONS.read_text("utf-8")))
    WRITTEN.write_text(text, "utf-8")
    FIGURES.write_text(json.dumps(figures(results, names), indent=0) + "\n", "utf-8")
    print("\n".join(summary(results)), *table(results), sep="\n")


if __name__ == "__main__":
    main()
