"""The French Markdown that the page `display` includes by section: no number or verdict there is typed by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.display.seen import Seen, verdict


def entities(text: str) -> str:
    r"""Text as character references where it isn't plain: Markdown would eat these `*` and `\` too."""
    return "".join(c if c.isalnum() or c in " \N{NO-BREAK SPACE}.,:’" else f"&#{ord(c)};" for c in text)


def code(text: str) -> str:
    """Text as code, where backquotes would trip over a table's bars."""
    return f"<code>{entities(text)}</code>"


# The names of the forms: over their pictures, and at the head of the table.
FORMS = {
    "right": ("Source juste", "juste"),
    "article": ("Comme dans l’article", "comme dans l’article"),
    "rows": ("Lignes perdues", f"seulement {code(chr(92) * 2)} → {code(chr(92))}"),
    "star": ("Étoile perdue", f"seulement {code('^{*}')} → {code('^{}')}"),
}


@dataclass(frozen=True)
class Shot:
    """One picture: what is seen on it, and its size in CSS pixels."""

    seen: Seen
    width: int
    height: int


@dataclass(frozen=True)
class Report:
    """All that was measured, and the sections that are made of it."""

    renderers: Mapping[str, str]  # key → name, in French
    shots: Mapping[tuple[str, str], Shot]  # by form and renderer
    browser: str

    def right(self, renderer: str) -> Seen:
        return self.shots["right", renderer].seen

    def damaged(self) -> Iterator[tuple[Seen, Seen]]:
        """Each sighting of a damaged source, with that of the right one by the same renderer."""
        return ((shot.seen, self.right(key)) for (form, key), shot in self.shots.items() if form != "right")

    def cell(self, form: str, renderer: str) -> str:
        seen, right = self.shots[form, renderer].seen, self.right(renderer)
        text, quoted = verdict(seen, right)
        said = f"{text} {code(quoted)}" if quoted else text
        return f"**{said}**" if seen.silently_differs(right) else said

    def table(self) -> Iterator[str]:
        yield "| Source | " + " | ".join(name for _, name in FORMS.values()) + " |"
        yield "| --- |" + " --- |" * len(FORMS)
        for renderer, name in self.renderers.items():
            yield f"| {name} | " + " | ".join(self.cell(form, renderer) for form in FORMS) + " |"

    def tally(self) -> Iterator[str]:
        silent = [seen.silently_differs(right) for seen, right in self.damaged()]
        yield f"Des {len(silent)} rendus d’une source abîmée, {sum(silent)} sont faux sans qu’aucune erreur ne le dise"
        yield f"(en gras dans le tableau). Mesuré avec Chromium {self.browser}."

    def picture(self, form: str, renderer: str) -> Iterator[str]:
        shot, (title, _) = self.shots[form, renderer], FORMS[form]
        said = " ".join(verdict(shot.seen, self.right(renderer))).strip()
        alt = entities(f"{self.renderers[renderer]}, {title[0].lower()}{title[1:]}\N{NO-BREAK SPACE}: {said}")
        file = f"assets/display/{form}-{renderer}.png"
        yield f'![{alt}]({file}){{ width="{shot.width}" height="{shot.height}" loading="lazy" }}'

    def pictures(self) -> Iterator[str]:
        """A tab a form; in it each renderer with its verdict and its picture."""
        for form, (title, _) in FORMS.items():
            yield from (f'=== "{title}"', "")
            for renderer, name in self.renderers.items():
                yield from (f"    {name}", f"    :   {self.cell(form, renderer)}", "")
                shot = section(f"{form}-{renderer}", self.picture(form, renderer))
                yield from (f"        {line}" for line in shot)
                yield ""

    def markdown(self) -> str:
        named = {"table": self.table(), "tally": self.tally(), "pictures": self.pictures()}
        return "\n".join(line for name, lines in named.items() for line in section(name, lines)) + "\n"


def section(name: str, lines: Iterator[str]) -> Iterator[str]:
    """Lines between the marks by which pymdownx.snippets finds them."""
    yield f"<!-- --8<-- [start:{name}] -->"
    yield from lines
    yield f"<!-- --8<-- [end:{name}] -->"
