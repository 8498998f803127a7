"""What becomes of the mutants of the site's snippets: a table of the page `reliability`.

Writes docs/assets/reliability/snippets.md; takes ten seconds. Run as `python -m bench.snippets`. What survives is
judged in tests/snippets/survivors.txt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.french import integer
from bench.sections import sections
from bench.snippets.changes import KINDS
from bench.snippets.judge import Result, calls_of, results

ROOT = Path(__file__).parent.parent.parent
WRITTEN = ROOT / "docs" / "assets" / "reliability" / "snippets.md"
# Kinds of changes as a French reader would call them; those of one row are counted together.
ROWS = {
    "opérateur, ordre": ("operator", "order", "comparison", "condition"),
    "terme ou facteur": ("dropped operand", "doubled term"),
    "signe": ("sign",),
    "nombre": ("number",),
    "nom": ("symbol", "returned"),
    "fonction": ("function", "dropped function"),
    "axe, forme, transposée": ("axis", "keyword", "transpose", "shape", "einsum"),
    "indice, tranche, boucle": ("index", "range"),
    "instruction ôtée": ("dropped statement",),
    "précision": ("precision",),
}


def report(found: Sequence[Result]) -> str:
    """The sections that the page includes."""
    counts = Counter((mutant.kind, fate) for result in found for mutant, fate in result.fates)
    assert {kind for kinds in ROWS.values() for kind in kinds} == set(KINDS)
    fates = Counter[str]()
    for (_, fate), count in counts.items():
        fates[fate] += count
    total, kept = sum(fates.values()), fates["survivor"]
    said = [
        f"Des {integer(total)} variantes des {len(found)} fonctions, chacune changée en un seul endroit,",
        f"{integer(total - kept)} sont refusées et {integer(kept)} rendent la même chose, pour une raison relue.",
    ]
    return sections(summary=said, kinds=_table(counts, fates))


def _table(counts: Counter[tuple[str, str]], fates: Counter[str]) -> Iterator[str]:
    yield "| Ce qui est changé | variantes | autre valeur | autre forme | erreur | même résultat |"
    yield "| --- | --: | --: | --: | --: | --: |"
    for row, kinds in ROWS.items():
        cells = [sum(counts[kind, fate] for kind in kinds) for fate in ("value", "shape", "raises", "survivor")]
        yield f"| {row} | {' | '.join(map(integer, (sum(cells), *cells)))} |"
    cells = [fates[fate] for fate in ("value", "shape", "raises", "survivor")]
    yield f"| *en tout* | {' | '.join(map(integer, (sum(cells), *cells)))} |"


def main() -> None:
    """Mutate the snippets, and write the table."""
    pages = sorted((ROOT / "docs" / "fr").glob("*.md"))
    text = report(list(results(calls_of(pages, ROOT / "snippets"))))
    WRITTEN.parent.mkdir(parents=True, exist_ok=True)
    WRITTEN.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
