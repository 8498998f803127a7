"""The editions of the site, page against page: what a translation must share with its source, and what it translates.

    python -m bench.editions                    says where they part; exits 1 if they do
    python -m bench.editions softmax            the same of one page
    python -m bench.editions --confirm softmax  records that it translates its source, and leads its links to headings

A page is cut into pieces: headings, paragraphs, items of a list, rows of a table, fences. Both editions have as many,
in the same order and of the same kind; what isn't words is the same in both. The glossary alone has another order in
each, that of its own words, and its entries correspond by their anchors. What each English piece translates is
recorded by content, a line for each in docs/en/.translated: of the French piece, of the English one, and how it begins.
Whoever mends a typo in one language confirms what didn't change in meaning, and sees in git what was confirmed.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pymdownx.slugs import slugify

from verimath.page.notebook import BEGINS, ENDS, as_page

ROOT = Path(__file__).parent.parent
SOURCE, TRANSLATION = ROOT / "docs" / "fr", ROOT / "docs" / "en"
RECORDS = ".translated"

FRONT = re.compile(r"---\n(?P<yaml>.*?\n)---\n", re.DOTALL)
FENCE = re.compile(r"(?P<indent>[> \t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)")
# What a piece begins with: a heading, a box or tab, an item, a definition, a row, a tag, an address.
MARK = re.compile(
    r"(?P<indent>[ ]*)(?P<mark>#{1,6}(?= )|(?:!!!|\?\?\?\+?|===)[ ]*[a-z]*(?=$|[ ]*\")|[-*](?= )|\d+\.(?= )|:(?= )|\||"
    r"</?(?!code|em|strong|span|sub|sup|abbr|kbd|br)[a-z]+|\[\^?[^\]]+\]:|--8<--|)"
)
NUMBERED = re.compile(r"[ ]*\d+\. ")
ONE_LINE = re.compile(r"#|!|\?|=|\||--8<--")
# What isn't words.
CODE = re.compile(r"(`+)(?P<code>.+?)\1", re.DOTALL)
FORMULA = re.compile(r"(?<!\\)\$(?P<tex>(?:\\.|[^$\\])+)\$", re.DOTALL)
LINK = re.compile(r"\](?:\((?P<to>[^)\s]*)[^)]*\)|\[(?P<name>[^\]]*)\])")
ADDRESS = re.compile(r"^[ ]*\[(?P<name>[^\]]+)\]:\s*(?P<to>\S+)")
ATTRIBUTES = re.compile(r"\{:?[ ][^}\n]*\}|\{:?[ ]?[.#][^}\n]*\}")
# What is in the other's language differs.
LANGUAGE = re.compile(r"\{:?\s*lang=\w+\s*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
WORDS_OF_TEX = re.compile(r"\\text(?:rm|it|bf)?\{[^{}]*\}")
WORDS_ALONE = re.compile(r"[^\W\d_]+(?:[- ’][^\W\d_]+)*")
WORDS_OF_FENCE = re.compile(r"(?P<key>name|unchecked|title)=\"[^\"]*\"")
# Of a grammar or a drawing in letters: words that aren't commands, and the marks that quote.
WORDED_FENCE, WORDS_OF_DRAWING = "text", re.compile(r"(?<![\\\w])[^\W\d_]{2,}(?:[ -][^\W\d_]+)*")
QUOTES = str.maketrans("«»“”", '""""')
# Digits with what parts them in either language; a number of one digit may be a word.
NUMBER = re.compile(r"\d(?:[\d\u202f\u00a0]*\d)?(?:[.,]\d+)*")
# Of a notebook, where code begins and ends; what programs say there differs by language.
MARKED = re.compile(f"^(?:{BEGINS.format('.*')}|{ENDS.format('.*')})$", re.MULTILINE)
SAYING = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
FENCED = re.compile(r"(^[> \t]*(?P<fence>`{3,})[^`]*\n(?:.*\n)*?[> \t]*(?P=fence)[ \t]*$)", re.MULTILINE)
HEADING = re.compile(r"#{1,6} (?P<title>.*?)(?:\s*\{:?\s*#(?P<given>[^\s}]+)[^}]*\})?\s*$")
# Pages whose entries each edition sorts by its own words: what corresponds has the same anchor.
SORTED = {"glossary"}
ANCHOR = re.compile(r"\{:? ?#(?P<anchor>[\w-]+)")
ROW_LEADS = re.compile(r"\]\(#(?P<anchor>[\w-]+)\)")
WORDED_KEYS, FORMER = ("title", "description"), "moved"
SLUG = slugify(case="lower")


@dataclass(frozen=True)
class Piece:
    """A piece of a page.

    Attributes:
        line: where it begins.
        kind: what it is, the same in each language.
        text: of it.
    """

    line: int
    kind: str
    text: str

    @property
    def name(self) -> str:
        """Of its content, however its lines are broken; where its links lead is compared and not recorded."""
        text = LINK.sub(lambda link: link.group().partition("#")[0] if link["to"] else link.group(), self.text)
        return hashlib.blake2b(" ".join(text.split()).encode(), digest_size=5).hexdigest()

    @property
    def has_words(self) -> bool:
        """Whether there is anything to translate."""
        return bool(re.search(r"[^\W\d_]{2,}", _words(self)))


@dataclass(frozen=True)
class Fault:
    """A place where the editions part."""

    source: str
    translation: str
    what: str

    def __str__(self) -> str:
        return f"{self.translation} and {self.source}: {self.what}"


def pieces(text: str) -> list[Piece]:
    """The pieces of a page, in order."""
    found: list[Piece] = []
    front = FRONT.match(text)
    start = front.end() if front else 0
    if front:
        found += _front(front["yaml"])
    lines = text[start:].split("\n")
    first = text.count("\n", 0, start) + 1
    n = 0
    while n < len(lines):
        line, begin = lines[n], n
        if fence := FENCE.fullmatch(line):
            closing = re.compile(rf"[> \t]*{re.escape(fence['fence'])}[ \t]*")
            n += 1
            while n < len(lines) and not closing.fullmatch(lines[n]):
                n += 1
            kind = f"{fence['indent']}{fence['fence']}{WORDS_OF_FENCE.sub(_key, fence['info'])}"
            found.append(Piece(first + begin, kind, "\n".join(lines[begin : n + 1])))
        elif line.strip():
            while not ONE_LINE.match(line.strip()) and n + 1 < len(lines) and _goes_on(line, lines[n + 1]):
                n += 1
            found.append(Piece(first + begin, _kind(line), "\n".join(lines[begin : n + 1])))
        n += 1
    return found


def _key(found: re.Match[str]) -> str:
    return f"{found['key']}="


def _goes_on(first: str, line: str) -> bool:
    """Whether a piece that began with some line goes on with another; a number begins an item only after another."""
    mark = MARK.match(line)
    is_marked = mark is not None and mark["mark"] != ""
    if NUMBERED.match(line) and not NUMBERED.match(first):
        is_marked = False
    return bool(line.strip()) and not FENCE.fullmatch(line) and not is_marked


def _kind(line: str) -> str:
    mark = MARK.match(line)
    assert mark is not None
    if mark["mark"] == "--8<--":
        # The same in each language, all of it.
        return line
    if mark["mark"] == "|":
        return f"{mark['indent']}row of {line.count('|')}"
    return f"{mark['indent']}{mark['mark'] or 'text'}"


def _front(text: str) -> Iterator[Piece]:
    """The keys of a page, those with words each as a piece of its own."""
    values = yaml.safe_load(text)
    lines = text.split("\n")
    for key, value in values.items():
        if key == FORMER:
            # Of an address that French pages had before there were others.
            continue
        line = next(n for n, each in enumerate(lines, 2) if each.startswith(f"{key}:"))
        if key in WORDED_KEYS:
            yield Piece(line, f"front {key}", str(value))
        elif key == "notation":
            for row in value:
                same = {name: WORDS_OF_TEX.sub("", str(said)) for name, said in row.items() if name != "meaning"}
                yield Piece(line, f"front notation {same}", str(row.get("meaning", "")))
        else:
            yield Piece(line, f"front {key}: {value}", "")


def _words(piece: Piece) -> str:
    """What of a piece is words."""
    if FENCE.match(piece.text):
        info, _, rest = piece.text.partition("\n")
        if info.strip("`~ ") == WORDED_FENCE and "--8<--" not in rest:
            return " ".join(WORDS_OF_DRAWING.findall(rest))
        said = [found.group() for found in WORDS_OF_FENCE.finditer(info)]
        return " ".join([*said, *WORDS_OF_TEX.findall(rest)]).replace("\\text", "").replace("name=", "")
    text = "" if "--8<--" in piece.kind else ADDRESS.sub("", piece.text)
    for pattern in (CODE, FORMULA, ATTRIBUTES, TAG):
        text = pattern.sub(" ", text)
    return LINK.sub("]", text)


def _same(piece: Piece, page: str, is_source: bool) -> dict[str, object]:
    """What of a piece is the same in each language, by what it is."""
    anchors = _anchors() if is_source else {}
    if FENCE.match(piece.text):
        if (SOURCE / f"{page}.py").is_file():
            return {"code": _silent(piece.text)}
        info, _, inside = WORDS_OF_TEX.sub("", WORDS_OF_FENCE.sub(_key, piece.text)).partition("\n")
        if info.strip("`~ ") == WORDED_FENCE and "--8<--" not in inside:
            inside = re.sub(r"[ \u202f\u00a0](?=:)", "", WORDS_OF_DRAWING.sub("w", inside.translate(QUOTES)))
        return {"fence": " ".join([info, *inside.split()])}
    text = piece.text
    code = Counter(_in_code(" ".join(found["code"].split())) for found in CODE.finditer(text))
    text = CODE.sub(" ", text)
    formulas = Counter(WORDS_OF_TEX.sub("", " ".join(found["tex"].split())) for found in FORMULA.finditer(text))
    text = FORMULA.sub(" ", text)
    links = Counter(_led(found["to"] or f"[{found['name'] or ''}]", anchors, page) for found in LINK.finditer(text))
    address = ADDRESS.match(text)
    # The anchor of a heading is made of its edition's words; links are led there.
    attributes = [] if HEADING.fullmatch(text.strip()) else ATTRIBUTES.findall(text)
    tags = Counter(TAG.findall(text)) + Counter(tag for tag in attributes if not LANGUAGE.fullmatch(tag))
    words = ADDRESS.sub("", ATTRIBUTES.sub(" ", TAG.sub(" ", LINK.sub("]", text))))
    return {
        "formulas": formulas,
        "code": code,
        "links": links,
        "address": (address["name"], address["to"]) if address else None,
        "tags": tags,
        "numbers": Counter(_plain(number, is_source) for number in NUMBER.findall(words)),
    }


def _silent(fence: str) -> list[str]:
    """The code of a fence without what it says."""
    code = "\n".join(fence.split("\n")[1:-1])
    return [each.string for each in tokenize.generate_tokens(io.StringIO(code).readline) if each.type not in SAYING]


def _in_code(code: str) -> str:
    """Code without what of it is words: of a text in a formula, or words alone, such as `définie positive`."""
    return "words" if WORDS_ALONE.fullmatch(code) else WORDS_OF_TEX.sub("", code)


def _plain(number: str, is_source: bool) -> str:
    """A number as Python writes it: French has a comma where English has a point, and a space where it has a comma."""
    digits = re.sub(r"[\u202f\u00a0]", "", number)
    return digits.replace(",", ".") if is_source else re.sub(r"(?<=\d),(?=\d{3})", "", digits)


def _led(link: str, anchors: dict[str, dict[str, str]], page: str) -> str:
    """Where a link of the French edition leads in the English one."""
    file, _, anchor = link.partition("#")
    known = anchors.get(file.removesuffix(".md") if file else page, {})
    return f"{file}#{known.get(anchor, anchor)}" if anchor else link


def pages_of(folder: Path) -> list[Path]:
    """The pages of an edition, notebooks too."""
    return sorted([*folder.glob("*.md"), *folder.glob("*.py")])


def page_of(folder: Path, name: str) -> Path:
    """A page by its name."""
    notebook = folder / f"{name}.py"
    return notebook if notebook.is_file() else folder / f"{name}.md"


def text_of(page: Path) -> str:
    """A page as Markdown."""
    text = page.read_text("utf-8")
    return MARKED.sub("", as_page(page.name, text)[1]) if page.suffix == ".py" else text


def headings(page: Path) -> list[str]:
    """The anchors of a page's headings."""
    found = []
    for piece in pieces(text_of(page)):
        if heading := HEADING.fullmatch(piece.text.strip()):
            title = re.sub(r"[*`]|\[([^\]]*)\]\([^)]*\)", r"\1", heading["title"])
            found.append(heading["given"] or SLUG(title, "-"))
    return found


@cache
def _anchors() -> dict[str, dict[str, str]]:
    """By page, the English anchor of each French one."""
    return {
        page.stem: dict(zip(headings(page), headings(other), strict=False))
        for page in pages_of(SOURCE)
        if (other := TRANSLATION / page.name).is_file()
    }


def in_the_same_order(name: str, ours: list[Piece], theirs: list[Piece]) -> list[Piece]:
    """The pieces of a translation as its source orders them: entries and rows that are sorted, by their anchors."""
    if name not in SORTED:
        return theirs
    order: dict[str, list[list[Piece]]] = {}
    for entry in (each for each in _entries(theirs) if each[0]):
        order.setdefault(entry[0], []).append(entry[1])
    found: list[Piece] = []
    for (anchor, _), (other, own) in zip(_entries(ours), _entries(theirs), strict=False):
        same = order.get(anchor) if anchor and other else None
        found += same.pop(0) if same else own
    return found if len(found) == len(theirs) else theirs


def _entries(found: list[Piece]) -> list[tuple[str, list[Piece]]]:
    """A page's pieces with the anchor of the entry or the row that each belongs to; none of what is neither."""
    entries: list[tuple[str, list[Piece]]] = []
    for piece in found:
        pattern = {"text": ANCHOR, "row of 3": ROW_LEADS}.get(piece.kind)
        if pattern and (anchor := pattern.search(piece.text)):
            entries.append((f"{piece.kind} {anchor['anchor']}", [piece]))
        elif piece.kind == ":" and entries and entries[-1][0]:
            entries[-1][1].append(piece)
        else:
            entries.append(("", [piece]))
    return entries


def faults(name: str, source: str, translation: str, record: set[tuple[str, str]] | None = None) -> list[Fault]:
    """Where a page and its translation part.

    Args:
        name: of the page.
        source, translation: both texts.
        record: what has been confirmed; None: that isn't asked.
    """
    ours = pieces(source)
    theirs = in_the_same_order(name, ours, pieces(translation))
    found: list[Fault] = []
    for one, other in zip(ours, theirs, strict=False):
        places = _at(SOURCE, name, one.line), _at(TRANSLATION, name, other.line)
        if one.kind != other.kind:
            # What follows is out of step.
            return [*found, Fault(*places, f"`{other.kind}` stands where the other has `{one.kind}`")]
        here, there = _same(one, name, True), _same(other, name, False)
        found += [Fault(*places, _apart(key, here[key], there[key])) for key in here if here[key] != there[key]]
        if record is not None and one.has_words and (one.name, other.name) not in record:
            found.append(Fault(*places, _drifted(one, other, record)))
    if len(ours) != len(theirs):
        last = min(len(ours), len(theirs)) - 1
        said = f"one has {len(ours)} pieces, its translation {len(theirs)}"
        found.append(Fault(_at(SOURCE, name, ours[last].line), _at(TRANSLATION, name, theirs[last].line), said))
    return found


def _at(folder: Path, name: str, line: int) -> str:
    """A place of a page as its author finds it; of a notebook, with its cell."""
    page = page_of(folder, name)
    shown = f"docs/{'fr' if folder == SOURCE else 'en'}/{page.name}"
    return as_page(shown, page.read_text("utf-8"))[0].at(line) if page.suffix == ".py" else f"{shown}:{line}"


def _apart(key: str, one: object, other: object) -> str:
    if isinstance(one, Counter) and isinstance(other, Counter):
        return f"{key}: only French {sorted((one - other).elements())}, only English {sorted((other - one).elements())}"
    return f"{key}: {one!r} is {other!r}"


def _drifted(one: Piece, other: Piece, record: set[tuple[str, str]]) -> str:
    is_old, is_known = one.name in {pair[0] for pair in record}, other.name in {pair[1] for pair in record}
    which = "the English has" if is_old and not is_known else "the French has" if is_known else "both have"
    begin = " ".join(other.text.split())[:60]
    return f"{which} changed since “{begin}” was confirmed; if it still says the same: make translated"


def recorded(name: str) -> set[tuple[str, str]]:
    """What of a page has been confirmed: names of French pieces with those of their translations."""
    file = TRANSLATION / RECORDS / f"{name}.txt"
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return {(line.split()[0], line.split()[1]) for line in lines if line and not line.startswith("#")}


def page_faults(name: str) -> list[Fault]:
    """Where a page and its translation part, and what has changed since it was confirmed."""
    source, translation = page_of(SOURCE, name), page_of(TRANSLATION, name)
    for here, there in ((source, translation), (translation, source)):
        if not here.is_file():
            return [Fault(f"docs/{there.parent.name}/{name}.md:1", f"docs/{here.parent.name}", "there is no such page")]
    return faults(name, text_of(source), text_of(translation), recorded(name))


def names() -> list[str]:
    """The pages of either edition."""
    return sorted({page.stem for folder in (SOURCE, TRANSLATION) for page in pages_of(folder)})


def lead(name: str) -> None:
    """Lead a page's links to where the headings of its edition are now."""
    file = page_of(TRANSLATION, name)

    def led(link: re.Match[str]) -> str:
        to = link["to"]
        return link.group().replace(f"({to}", f"({_led(to, _anchors(), name)}", 1) if to else link.group()

    # In text only: a fence shows what it shows.
    parts = FENCED.split(file.read_text("utf-8"))
    file.write_text(
        "".join(part if n % 3 else LINK.sub(led, part) for n, part in enumerate(parts) if n % 3 != 2), "utf-8"
    )


def confirm(name: str) -> list[Fault]:
    """Record what each piece of a page translates.

    Returns:
        Where it parts from its source: then nothing is recorded.
    """
    text, source = (text_of(page_of(folder, name)) for folder in (TRANSLATION, SOURCE))
    if found := faults(name, source, text):
        return found
    ours = pieces(source)
    theirs = in_the_same_order(name, ours, pieces(text))
    pairs = [(one, other) for one, other in zip(ours, theirs, strict=True) if one.has_words]
    known = recorded(name)
    for one, other in pairs:
        if known and (one.name, other.name) not in known:
            here, there = _at(TRANSLATION, name, other.line), _at(SOURCE, name, one.line)
            print(f"confirmed: {here} says what {there} does")
    lines = [f"{one.name} {other.name}  {' '.join(_words(other).split())[:60]}".rstrip() for one, other in pairs]
    (TRANSLATION / RECORDS).mkdir(exist_ok=True)
    (TRANSLATION / RECORDS / f"{name}.txt").write_text("\n".join([*lines, ""]), "utf-8")
    return []


def main() -> int:
    """Say where the editions part, or record that they don't."""
    parser = argparse.ArgumentParser(prog="python -m bench.editions", description="Holds docs/en against docs/fr.")
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="such as softmax (default: all)")
    parser.add_argument("--confirm", action="store_true", help="record that each paragraph says what its source does")
    options = parser.parse_args()
    for name in names() if options.confirm else []:
        lead(name)
    asked = options.pages or names()
    found = [fault for name in asked for fault in (confirm(name) if options.confirm else page_faults(name))]
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
