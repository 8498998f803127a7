"""What a reader sees of a rendered formula, and the words for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """Counted in the browser, on what is displayed: never on what the renderer says of itself."""

    rows: int  # of the outer alignment; 0 where no formula is set
    star: bool  # a star is among the visible characters
    error: str | None  # the text of the error that stands in the formula's place
    source: bool  # that text is the formula's own source

    def silently_differs(self, right: "Seen") -> bool:
        return self.error is None and self != right


def verdict(seen: Seen, right: Seen) -> tuple[str, str]:
    """What is seen, in French, against what the right source gives; and the error to quote as code, or nothing.

    Raises:
        ValueError: if neither a formula nor an error is seen: then the script looks in the wrong place.
    """
    if seen.source:
        return "la source telle quelle", ""
    if seen.error is not None:
        # KaTeX says "ParseError: KaTeX parse error: " before, and goes on with an excerpt of the source.
        return "message\N{NO-BREAK SPACE}:", seen.error.partition(" at position ")[0].rpartition(" error: ")[2]
    if not seen.rows:
        raise ValueError("neither a formula nor an error is seen")
    rows = f"{seen.rows} ligne{'s' if seen.rows > 1 else ''}"
    losses = [
        rows if seen.rows == right.rows else f"{rows} au lieu de {right.rows}",
        *(["étoile perdue"] if right.star and not seen.star else []),
        *(["aucune erreur"] if seen.silently_differs(right) else []),
    ]
    return ", ".join(losses), ""
