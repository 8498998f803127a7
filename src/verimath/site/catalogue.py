"""Lists that a site's author asks for on a page of their own: of equations, of symbols, of what depends on what.

The front matter says which: `lists: equations`, `lists: notation` or `lists: dependencies`. What stands in the page's
own text stays above the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape

from ..message.frozen import frozen
from . import marker
from .evidence import Evidence, kind
from .explained import Symbol
from .references import Numbered, relative
from .words import scientific, whole

# Of the graph: how far apart equations lie, how many stand in a row, what a page's name takes.
STEP, ROW, HEAD, MARGIN = 44, 15, 26, 8


@frozen
class Catalogue:
    """The lists of a site.

    Attributes:
        evidence: of its equations.
        titles: of its pages, by address, in reading order.
        readings: of its equations' formulas, by label.
        symbols: of each page, by address.
        url: of the page that the list stands on.
    """

    evidence: Evidence
    titles: Mapping[str, str]
    readings: Mapping[str, str]
    symbols: Mapping[str, list[Symbol]]
    url: str

    def html(self, asked: str) -> str:
        """A list; empty where a site has nothing for it."""
        makers: dict[str, Callable[[], str]] = {
            "equations": self.equations,
            "notation": self.notation,
            "dependencies": self.dependencies,
        }
        html = makers[asked]() if asked else ""
        return f'<div class="vm-listed">{html}</div>' if html else ""

    # Equations

    def equations(self) -> str:
        """The table of all equations, below what filters it."""
        listed = [self._equation(label, numbered) for label, numbered in self.evidence.numbered.items()]
        columns = "number", "name", "formula", "role", "verdict", "difference", "drawn", "changed"
        table = self._table("vm-index", columns, "".join(row for row, _ in listed))
        return f"{self._filter([filtered for _, filtered in listed])}{table}" if table else ""

    def _filter(self, listed: list[tuple[str, str, list[str]]]) -> str:
        """What filters the table, by a script: until that is there, and without one, nobody sees it."""
        words = self.evidence.words.check
        pages, roles, symbols = zip(*listed, strict=True)
        choices = {
            "page": dict.fromkeys(pages),
            "role": sorted({*roles} - {""}, key=str.casefold),
            "symbol": sorted({symbol for used in symbols for symbol in used}, key=lambda each: (each.casefold(), each)),
        }
        fields = ""
        for name, values in choices.items():
            options = "".join(f"<option>{escape(value)}</option>" for value in values)
            fields += f'<label>{words[name]} <select><option value="">{words["all"]}</option>{options}</select></label>'
        # Out of the way of the browser's own memory: it would keep a choice that nothing applies yet.
        return (
            f'<form class="vm-filter" autocomplete="off" aria-label="{words["filter"]}" data-shown="{words["shown"]}">'
            f"{fields}<output>{words['shown'].format(count=len(listed))}</output></form>"
        )

    def _equation(self, label: str, numbered: Numbered) -> tuple[str, tuple[str, str, list[str]]]:
        """A row, and what it is filtered by: its page, its role, its symbols."""
        evidence, words = self.evidence, self.evidence.words
        report = evidence.reports.get(label)
        role = kind(report) if report else ""
        record, figures = evidence.record(label), evidence.mutants(label)
        worst = report.verdict.worst if report else None
        cells = (
            evidence.link(label, self.url),
            escape(numbered.equation.name or label),
            escape(self.readings.get(label, "")),
            words.check[f"role {role}"] if role else "",
            escape(evidence.said(label)) if report else "",
            "" if worst is None else scientific(worst, words) if worst else "0",
            whole(report.verdict.trials, words) if report and report.verdict.trials else "",
            "/".join(whole(count, words) for count in reversed(figures)) if figures else "",
        )
        known = {symbol.reading for symbol in self.symbols.get(numbered.url, ())}
        introduced = [*(record.worked[0].values if record and record.worked else ()), *(record.gives if record else ())]
        used = sorted({evidence.reading(name) for name in introduced} & known)
        page = self.titles.get(numbered.url, "")
        data = f' data-page="{escape(page)}" data-role="{escape(cells[3])}" data-symbols="{escape(" ".join(used))}"'
        return f"<tr{data}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>", (page, cells[3], used)

    def _table(self, name: str, columns: tuple[str, ...], rows: str) -> str:
        words = self.evidence.words
        heads = "".join(f'<th scope="col">{words.check[column]}</th>' for column in columns)
        # It may be wider than a phone, so it scrolls, and the keyboard must reach it.
        box = f'<div class="vm-list" tabindex="0" role="group" aria-label="{words.check[name.removeprefix("vm-")]}">'
        table = f'<table class="{name}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        return f"{box}{table}</div>" if rows else ""

    # Symbols

    def notation(self) -> str:
        """The table of all symbols, each where it is first given a meaning."""
        seen: dict[tuple[str, str], None] = {}
        rows = ""
        for url in self.titles:
            for symbol in self.symbols.get(url, ()):
                if (symbol.tex, symbol.meaning) not in seen and symbol.meaning:
                    seen[symbol.tex, symbol.meaning] = None
                    rows += self._symbol(symbol)
        return self._table("vm-notation", ("symbol", "code", "meaning", "set", "where"), rows)

    def _symbol(self, symbol: Symbol) -> str:
        where = self.evidence.link(symbol.label, self.url) if symbol.label in self.evidence.numbered else ""
        cells = (
            marker.inline(symbol.tex, marker.text(symbol.reading)),
            f"<code>{escape(symbol.code)}</code>" if symbol.code else "",
            escape(symbol.meaning),
            marker.inline(symbol.set, marker.text(self.evidence.reading(symbol.set))) if symbol.set else "",
            where,
        )
        return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"

    # Dependencies

    def dependencies(self) -> str:
        """The graph of what each check has read, as a drawing and as a list."""
        labels = [*self.evidence.numbered]
        if not any(self.evidence.uses(label) for label in labels):
            return ""
        items = "".join(self._item(label) for label in labels)
        words = self.evidence.words
        box = f'<div class="vm-list vm-graph" tabindex="0" role="group" aria-label="{words.check["graph"]}">'
        return (
            f"{box}{self._drawn()}</div>"
            f'<h2 id="vm-graph-list">{words.check["graph list"]}</h2><ul class="vm-dependencies">{items}</ul>'
        )

    def _item(self, label: str) -> str:
        evidence, words = self.evidence, self.evidence.words
        used = ", ".join(evidence.link(other, self.url) for other in evidence.uses(label)) or words.check["nothing"]
        name = evidence.numbered[label].equation.name
        called = f" {escape(name)}" if name else ""
        return f"<li>{evidence.link(label, self.url)}{called}, {words.check['uses']}{words.colon}{used}</li>"

    def _drawn(self) -> str:
        """Equations in rows below the names of their pages; a line to each from those that it uses, but for those that
        one of these uses already."""
        places: dict[str, tuple[int, int]] = {}
        nodes, top = "", MARGIN
        for url, title in self.titles.items():
            own = [label for label, each in self.evidence.numbered.items() if each.url == url]
            if not own:
                continue
            nodes += f'<text x="{MARGIN}" y="{top + 16}" class="vm-page-name">{escape(title)}</text>'
            top += HEAD
            for place, label in enumerate(own):
                x, y = MARGIN + place % ROW * STEP + STEP // 2, top + place // ROW * STEP + STEP // 2
                places[label] = x, y
                nodes += self._node(label, x, y)
            top += (len(own) - 1) // ROW * STEP + STEP + MARGIN
        lines = "".join(self._line(places[used], places[label], used, label) for label, used in self._edges())
        width = 2 * MARGIN + ROW * STEP
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" width="{width}" height="{top}">'
            f"<g>{lines}</g>{nodes}</svg>"
        )

    def _edges(self) -> Iterator[tuple[str, str]]:
        """An equation and one that it uses, unless another that it uses does so too."""
        reached: dict[str, set[str]] = {}

        def below(label: str) -> set[str]:
            if label not in reached:
                reached[label] = set()
                for used in self.evidence.uses(label):
                    reached[label] |= {used} | below(used)
            return reached[label]

        for label in self.evidence.numbered:
            direct = self.evidence.uses(label)
            beyond = set().union(*(below(used) for used in direct)) if direct else set()
            yield from ((label, used) for used in direct if used not in beyond)

    def _node(self, label: str, x: int, y: int) -> str:
        numbered = self.evidence.numbered[label]
        report = self.evidence.reports.get(label)
        address = f"{relative(numbered.url, self.url)}#{label}"
        said = f"({numbered.number}) {numbered.equation.name or label}"
        said += f", {self.evidence.said(label)}" if report else ""
        role = f"vm-node vm-{kind(report)}" if report else "vm-node"
        return (
            f'<a href="{escape(address)}" class="{role}" data-node="{escape(label)}"><title>{escape(said)}</title>'
            f'<rect x="{x - 20}" y="{y - 11}" width="40" height="22" rx="4"/>'
            f'<text x="{x}" y="{y + 4}" text-anchor="middle">{numbered.number}</text></a>'
        )

    def _line(self, start: tuple[int, int], end: tuple[int, int], used: str, label: str) -> str:
        (a, b), (c, d) = start, end
        bend = f"Q{(a + c) // 2} {b - 24} {c} {d}" if b == d else f"C{a} {(b + d) // 2} {c} {(b + d) // 2} {c} {d}"
        return f'<path d="M{a} {b}{bend}" data-from="{escape(used)}" data-to="{escape(label)}"/>'
