"""KaTeX's parse tree as a list of atoms, from left to right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ....message.refusal import Refusal
from .atoms import (
    Array,
    Atom,
    Atoms,
    Bar,
    Big,
    Binomial,
    Braced,
    Braces,
    Brackets,
    Close,
    Comma,
    Decimal,
    Dots,
    Enclosed,
    Fraction,
    Function,
    Group,
    Letter,
    Not,
    Number,
    Open,
    Other,
    Overlined,
    Primed,
    PrimeSign,
    Quad,
    Raised,
    Relation,
    Root,
    Row,
    Rows,
    SaidRelation,
    Scripted,
    SignBehind,
    Star,
    Text,
    Times,
    Top,
    WordBetween,
    no_single,
)
from .katex_names import (
    BARS,
    BEHIND,
    BIG,
    BLANK,
    CLOSING,
    DELIMITERS,
    DOTS,
    EM,
    ENCLOSING,
    FUNCTIONS,
    MARKS,
    NOT,
    OPENING,
    OPERATORS,
    OVERPRINTS,
    PARTING,
    QUAD,
    REFUSED,
    ROWS_CLOSER,
    SILENT,
    SINGLE,
    STARS,
    THIN,
    THINNEST,
    UNSUPPORTED,
    WORDS_BETWEEN,
)
from .not_read import DEGREES
from .seen import is_letter
from .spelling import UPRIGHT
from .vocabulary import ELSE, IF, WORDS

Tree = dict[str, Any]
# The fonts of words, and the vectors of ones.
UPRIGHT_FONTS = {"\\mathrm", "\\operatorname", "\\mathsf", "\\mathtt"}
# What else a prime may be.
PRIME = "write \\frac{d}{dt}, or f'(t) of a function; for a transpose, `prime: transpose` in the front matter"
# In these and in those, several letters may be a word; in any other font, such as bold, each is one.
WORDS_OR_LETTERS = {*UPRIGHT_FONTS, "\\mathit", "\\mathnormal"}
# In words, by KaTeX's names.
ACCENTS = {"\\`": "\u0300", "\\'": "\u0301", "\\^": "\u0302", '\\"': "\u0308", "\\c": "\u0327"}
DIGITS_AS_NAMES = {"\\mathbb{1}", *(f"\\{font}{{{digit}}}" for font in ("mathbf", "boldsymbol") for digit in "01")}
ONE_TOKEN = re.compile(r"\\[A-Za-z]+|.")
# Above an =, that it defines.
DEFINED = {word.format(said) for said in ("def", "déf") for word in ("{}", "{}.", r"\mathrm{{{}}}")}
# As they may be typed, by what KaTeX calls them.
ENCLOSED = {"\\fbox": "\\", "\\cancel": "\\cancel", "\\bcancel": "\\bcancel"}
# The styles of scripts.
SMALL = {"script", "scriptscript"}
# What only holds other nodes: it is no sign, between two spaces.
TRANSPARENT = {"ordgroup", "styling", "htmlmathml", "mclass", "mathchoice", "kern", "spacing", "rule"}


def flattened(tree: list[Tree], tex: str) -> Atoms:
    """The atoms of a formula.

    Raises:
        Refusal: at a part that has no meaning in the language.
    """
    return _Flattener(tex, top=tree).atoms(tree)


def tolerated(tree: list[Tree], tex: str) -> Atoms:
    """The atoms of a formula, with an `Other` for each part that has no meaning in the language."""
    return _Flattener(tex, tolerant=True).atoms(tree)


class _Flattener:
    """Walks through the tree from left to right; `at` is how far it has come, where KaTeX doesn't say a place."""

    def __init__(self, tex: str, tolerant: bool = False, top: Sequence[Tree] = ()) -> None:
        self.tex, self.at, self.tolerant, self.top = tex, 0, tolerant, top
        # How far the spaces since the last sign have moved on, and back, in em.
        self.on, self.back = 0.0, 0.0
        # How many scripts this is in.
        self.scripts = 0

    def atoms(self, nodes: list[Tree]) -> Atoms:
        found: list[Atom] = []
        for node in nodes:
            beside, is_close = found[-1:], self.on + self.back < THIN
            for atom in self.node(node):
                if is_close and beside and found[-1:] == beside:
                    _refuse_words_side_by_side(beside[0], atom)
                    if _calls(beside[0], atom):
                        found[-1] = name_of(beside[0])
                _append(found, atom)
        return tuple(found)

    def node(self, node: Tree | None) -> Atoms:
        """The atoms of one node; none where KaTeX has none, as of a script that isn't there."""
        if not node:
            return ()
        try:
            if "loc" in node and node["type"] != "ordgroup":
                self.at = node["loc"][0]
            found = self.read(node)
        except Refusal:
            if not self.tolerant:
                raise
            found = (Other(at=self.at),)
        if node["type"] not in TRANSPARENT and any(not isinstance(atom, Quad) for atom in found):
            self.on = self.back = 0.0
        return found

    def place(self, text: str) -> int:
        """Where a command next stands, as far as it can be found."""
        found = self.tex.find(text, self.at)
        if found >= 0:
            self.at = found
        return self.at

    def read(self, node: Tree) -> Atoms:
        """What a node says, by its type; those that occur often come first."""
        match node:
            case {"type": "mathord" | "textord", "text": text}:
                return self.sign(text)
            case {"type": "atom", "text": text, "family": family}:
                return self.sign_between(text, family)
            case {"type": "supsub"}:
                return self.scripted(node.get("base"), node.get("sub"), node.get("sup"))
            case {"type": "ordgroup", "body": body}:
                return self.braces(body)
            case {"type": "styling", "body": body, "style": style}:
                return self.styled(body, style, within_cell="resetFont" in node)
            case {"type": "htmlmathml", "mathml": body}:
                return self.atoms(body)
            case {"type": "spacing"}:
                return self.space(BLANK)
            case {"type": "kern", "dimension": dimension}:
                return self.space(_em(dimension))
            case {"type": "cr"}:
                return self.new_row(node)
            case {"type": "mathchoice"}:
                return self.choice([node[style] for style in ("display", "text", "script", "scriptscript")])
            case {"type": "rule", "width": width, "height": height}:
                return self.rule(_em(width), _em(height))
            case {"type": "genfrac"}:
                return self.fraction(node)
            case {"type": "sqrt", "body": body}:
                return (Root(at=self.place("\\sqrt"), index=self.node(node.get("index")), body=self.node(body)),)
            case {"type": "op", "name": str(name)} if name:
                return self.operator(name)
            case {"type": "op"}:
                return self.own_operator(node.get("body", []))
            case {"type": "operatorname", "body": body}:
                return self.named("\\operatorname", body)
            case {"type": "font", "font": font, "body": {"type": "ordgroup", "body": body}}:
                return self.named(f"\\{font}", body)
            case {"type": "font", "font": font, "body": body}:
                return self.named(f"\\{font}", [body])
            case {"type": "mclass", "mclass": mclass, "body": body}:
                return self.classed(mclass, body)
            case {"type": "accent", "label": label, "base": base}:
                return self.accented(label, base)
            case {"type": "overline", "body": body}:
                return self.accented("\\overline", body)
            case {"type": "leftright", "left": left, "right": right, "body": body}:
                return self.bracketed(left, right, body)
            case {"type": "delimsizing", "delim": delim, "mclass": mclass}:
                return self.big_bracket(delim, mclass)
            case {"type": "middle", "delim": delim}:
                return (Bar(BARS.get(delim, "|"), parts=True, at=self.at),)
            case {"type": "text", "body": body}:
                return self.text(body, node.get("font") or "\\text")
            case {"type": "horizBrace", "label": ("\\underbrace" | "\\overbrace") as label, "base": base}:
                at = self.place(label)
                return (Braced(self.node(base), label == "\\overbrace", at=at),)
            case {"type": "enclose", "label": label, "body": body} if label in ENCLOSING:
                at = self.place(ENCLOSED[label])
                return (Enclosed(self.node(body), label, at=at),)
            case {"type": "array", "body": rows}:
                self.check_layout(node)
                return self.array(rows, of_statements=bool(node.get("addJot")) or "tags" in node)
        raise Refusal(f"{UNSUPPORTED}: {node['type']}", "write it with what the language has", at=self.at)

    # Signs

    def sign(self, text: str) -> Atoms:
        """A letter, a digit, or another sign by itself."""
        if text in REFUSED:
            raise Refusal(*REFUSED[text], at=self.at)
        if text in PARTING:
            return (Bar(BARS[text], parts=True, at=self.at),)
        if text in MARKS:
            kind, printed = MARKS[text]
            return (kind(printed, at=self.at),)
        if text.isascii() and text.isdigit():
            return (Number(text, at=self.at),)
        if text in DOTS:
            return (Dots("…", at=self.at),)
        if text == NOT:
            return (Not("not", at=self.at),)
        if text in SINGLE:
            return (SINGLE[text](text, at=self.at),)
        if text in SILENT:
            return ()
        if not is_letter(text):
            if text == "°":
                raise Refusal(*DEGREES, at=self.at)
            raise Refusal(f"{UNSUPPORTED}: {text}", "write it with what the language has", at=self.at)
        return (Letter(text, at=self.at),)

    def sign_between(self, text: str, family: str) -> Atoms:
        """A sign that KaTeX sets as a bracket, a relation or an operation."""
        if text in OPENING and family == "open":
            return (Open(OPENING[text], at=self.at),)
        if text in CLOSING and family == "close":
            return (Close(CLOSING[text], at=self.at),)
        if family == "punct" and text in (",", ";"):
            return (Comma(text, at=self.at),)
        if text in BEHIND:
            return (SignBehind(text, at=self.at),)
        if text in STARS:
            return (Star(STARS[text], at=self.at),)
        if text in REFUSED or text in MARKS or text in DOTS or text in SINGLE:
            return self.sign(text)
        name = text.replace("\\Long", "\\").lower() if text.startswith("\\Long") else text
        raise Refusal(f"{UNSUPPORTED}: {name}", "write it in other words", at=self.at)

    def operator(self, name: str) -> Atoms:
        """An operator that KaTeX names, such as \\sum or \\ln."""
        at = self.place(name)
        if name in REFUSED:
            raise Refusal(*REFUSED[name], at=at)
        self.at += len(name)
        if name in BIG:
            return (Big(BIG[name], at=at),)
        if name in FUNCTIONS:
            return (Function(FUNCTIONS[name], at=at),)
        way_out = "define it as a function: \\operatorname{name}(x) \\coloneqq …"
        raise Refusal(f"{UNSUPPORTED}: {name}", way_out, rule=7, at=at)

    def own_operator(self, body: list[Tree]) -> Atoms:
        """An operator made of other signs, which only a relation may be."""
        inside = self.atoms(body)
        match inside:
            case (Relation(),):
                return inside
        letters = [re.sub(r"\\\w+\{(\w+)\}", r"\1", atom.text) for atom in inside if isinstance(atom, Letter)]
        name = "".join(letters) if letters and len(letters) == len(inside) else "argmax"
        if f"\\operatorname{{{name}}}" in OPERATORS:
            return inside
        way_out = f"write \\operatorname{{{name}}} for a name"
        raise Refusal(f"{UNSUPPORTED}: an operator of its own", way_out, rule=6, at=self.at)

    # Names

    def named(self, command: str, body: list[Tree]) -> Atoms:
        """A word in a font of its own, which is one letter."""
        at = self.place(command)
        inside = self.unparted(body)
        words = [atom.text for atom in inside if isinstance(atom, Letter | Number) and atom.is_bare]
        if any(isinstance(atom, Relation | Fraction | Text) for atom in inside) and command not in UPRIGHT_FONTS:
            raise Refusal(f"{command} around more than names", "write it around each name alone", rule=6, at=at)
        if not words or len(words) < len(inside):
            raise Refusal(
                "a name is made of letters and digits",
                "write it with those alone; say units in the text",
                rule=6,
                at=self.at,
            )
        if len(words) > 1 and command not in WORDS_OR_LETTERS and all(isinstance(atom, Letter) for atom in inside):
            return tuple(Letter(f"{command}{{{atom.text}}}", at=atom.at) for atom in inside if isinstance(atom, Letter))
        if command == "\\mathrm" and "".join(words) in IF | ELSE:
            return (Text("".join(words), at=at, font=command),)
        name = Letter(_as_operator(f"{command}{{{''.join(words)}}}"), at=at)
        if not self.tolerant:
            _check_word(name, command, words)
        return (name,)

    def unparted(self, nodes: list[Tree]) -> Atoms:
        """Atoms as they stand, be they words side by side."""
        return tuple(atom for node in nodes for atom in self.node(node))

    def accented(self, label: str, base: Tree) -> Atoms:
        """A letter under an accent, which is part of its name."""
        at = self.place(label)
        match self.node(base):
            case (Letter(text, sup=()) as letter,):
                # KaTeX takes one command without braces, and no more.
                below = f" {text}" if ONE_TOKEN.fullmatch(text) else f"{{{text}}}"
                return (replace(letter, text=f"{label}{below}", at=at),)
            case (_, *_) as content if label == "\\overline":
                return (Overlined(content, at=at),)
        raise Refusal(f"{label} over more than one symbol", "put it on one, and its scripts outside", rule=6, at=at)

    # What has parts

    def braces(self, body: list[Tree]) -> Atoms:
        """What stands in {…}, which print nothing."""
        inside = self.atoms(body)
        match inside:
            # 0{,}5: a French decimal comma.
            case (Comma(text, at=at),):
                return (Decimal(text, at=at),)
        return inside

    def styled(self, body: list[Tree], style: str, within_cell: bool) -> Atoms:
        """What is set in the size of a style, which outside of scripts may not be that of scripts."""
        if style in SMALL and not (self.scripts or within_cell):
            way_out = "delete \\scriptstyle, or write the script"
            raise Refusal("type as small as a script, which is none", way_out, rule=27, at=self.place("\\script"))
        return self.atoms(body)

    def scripted(self, base: Tree | None, below: Tree | None, above: Tree | None) -> Atoms:
        """An atom with its scripts; primes are counted."""
        bearer = self.node(base)
        self.scripts += 1
        sub, raised = self.node(below), self.node(above)
        self.scripts -= 1
        if any(isinstance(atom, Big) for atom in bearer):
            sub = _in_rows(sub)
        sup = tuple(atom for atom in raised if not isinstance(atom, PrimeSign))
        if not bearer:
            raise no_single(self.at)
        # {]0, 1[}^n: the brackets between the braces make one, once they are paired.
        primes = len(raised) - len(sup)
        if base and base["type"] == "font" and not sub:
            # \mathbf{VA}^{-1} is painted as \mathbf{V} \mathbf{A}^{-1}; below, an entry of the product may be meant.
            return (*bearer[:-1], _with_scripts(bearer[-1], sub, sup, primes))
        atom = bearer[0] if len(bearer) == 1 else Braces(bearer, at=bearer[0].at)
        return (_with_scripts(atom, sub, sup, primes),)

    def fraction(self, node: Tree) -> Atoms:
        at = self.place("\\")
        above, below = self.node(node["numer"]), self.node(node["denom"])
        if not node["hasBarLine"] and (node["leftDelim"], node["rightDelim"]) == ("(", ")"):
            return (Binomial(above, below, at=at),)
        if not node["hasBarLine"] or node["leftDelim"] or node["rightDelim"]:
            way_out = "write \\binom{n}{k} for a binomial coefficient, \\frac for a quotient"
            raise Refusal("one thing above another, without a bar between them", way_out, at=at)
        if node["barSize"] and _em(node["barSize"]) < THINNEST:
            raise Refusal("a fraction whose bar isn't seen", "write \\frac", rule=27, at=at)
        return (Fraction(above, below, at=at),)

    def classed(self, mclass: str, body: list[Tree]) -> Atoms:
        """What a command makes a sign of another class of; one above another is set so too."""
        match body:
            case [{"type": "supsub", "base": {"body": [{"type": "atom", "family": "rel"} as sign]}, "sup": above}]:
                at, said = self.place("\\"), self.node(above)
                match self.node(sign), said:
                    case (Relation("="),), (Text(word) | Letter(word),) if word in DEFINED:
                        return (SaidRelation("≔", said, at=at),)
                    case (Relation(text),), (Open("("), Letter() | Number(), Close(")")):
                        return (SaidRelation(text, said, at=at),)
            case [{"type": "font", "body": {"type": "ordgroup", "body": letters}}] if mclass == "mbin":
                word = "".join(letter.get("text", "") for letter in letters)
                if word in WORDS_BETWEEN:
                    return (WordBetween(WORDS_BETWEEN[word], at=self.place("\\bmod")),)
        if mclass == "mord":
            return self.braces(body)
        if body and not any(part["type"] in ("htmlmathml", "textord") for part in body):
            raise Refusal(f"{UNSUPPORTED}: a sign above or below another one", "write the sign alone", at=self.at)
        return self.atoms(body)

    def bracketed(self, left: str, right: str, body: list[Tree]) -> Atoms:
        """What stands between \\left and \\right; of rows, they are the brackets."""
        at = self.place("\\")
        inside = self.atoms(body)
        if left not in DELIMITERS or right not in DELIMITERS:
            raise Refusal(f"{UNSUPPORTED}: the brackets {left} {right}", "write ( )", at=at)
        brackets = Brackets(DELIMITERS[left], DELIMITERS[right])
        match inside:
            case (Array(rows, None, sub=(), sup=()),):
                return (Array(rows, brackets, at=at),)
        return (Group(brackets, inside, at=at),)

    def big_bracket(self, delim: str, mclass: str) -> Atoms:
        """A bracket of \\big and its like, which says by its class whether it opens."""
        at = self.place("\\big")
        self.at += 1
        sign = DELIMITERS.get(delim, ".")
        match sign, mclass:
            case ".", _:
                raise Refusal(f"{UNSUPPORTED}: the bracket {delim}", "write ( )", at=at)
            case (("|" | "‖"), "mopen"):
                return (Open(f"⟨{sign}", at=at),)
            case (("|" | "‖"), "mclose"):
                return (Close(f"{sign}⟩", at=at),)
            case (("|" | "‖"), _):
                return (Bar(sign, at=at),)
            case _ if sign in OPENING.values():
                return (Open(sign, at=at),)
        return (Close(sign, at=at),)

    def text(self, body: list[Tree], font: str) -> Atoms:
        r"""The words of a \text."""
        at = self.place("\\text")
        words = ""
        for part in body:
            match part:
                case {"type": "spacing"}:
                    words += " "
                case {"type": "textord" | "mathord", "text": text}:
                    words += text
                case {"type": "accent", "label": label, "base": {"text": text}} if label in ACCENTS:
                    words += unicodedata.normalize("NFC", text + ACCENTS[label])
                case _:
                    way_out = "close \\text before it, and open it again behind"
                    raise Refusal("a formula inside \\text", way_out, at=at)
        bare, words = words, re.sub(r"\s+", " ", words).strip()
        if words and not any(letter.isalpha() for letter in words):
            raise Refusal("text without a letter", "write numbers and signs outside of \\text", rule=27, at=at)
        is_word = bare == words and words.isalnum() and words[:1].isalpha() and words.lower() not in WORDS
        said = Text(words, at=at, font=font, is_word=is_word)
        return (name_of(said) if is_word and font == "\\textrm" else said,) if words else ()

    def space(self, wide: float) -> Atoms:
        """A space in em, of which only a wide one says something, be it made of several."""
        if wide < 0:
            self.back += wide
            if self.back < OVERPRINTS:
                what = "a space that moves back so far may hide what was printed"
                raise Refusal(what, "write one \\! at most", rule=27, at=self.spaced())
            return ()
        before, self.on = self.on, self.on + wide
        return (Quad(at=self.at),) if wide >= QUAD or before < QUAD <= self.on else ()

    def new_row(self, node: Tree) -> Atoms:
        """Where a row ends in a formula that has no environment around its rows."""
        at = self.place("\\\\")
        if not any(node is each for each in self.top):
            way_out = "rows belong in an environment that has some, such as aligned"
            raise Refusal("a row that ends inside of something", way_out, rule=1, at=at)
        if (size := node.get("size")) and _em(size) < 0:
            raise Refusal("rows so close may hide one another", "leave the space as it is", rule=27, at=at)
        return (Row(at=at),)

    def spaced(self) -> int:
        """Where a space next stands, of which KaTeX doesn't say the place."""
        found = SPACES.search(self.tex, self.at)
        return found.start() if found else self.at

    def choice(self, branches: list[list[Tree]]) -> Atoms:
        """What is printed by the size of the letters around it, which may only be spaces."""
        before, farthest = (self.on, self.back), self.back
        for branch in branches:
            self.on, self.back = before
            if self.atoms(branch):
                way_out = "write it without \\mathchoice"
                raise Refusal("what is printed here depends on its size", way_out, rule=27, at=self.spaced())
            farthest = min(farthest, self.back)
        self.on, self.back = before[0], farthest
        return ()

    def rule(self, width: float, height: float) -> Atoms:
        """A line that isn't seen, since it has no width or no height; a seen one could be taken for a sign."""
        if width and height:
            raise Refusal("a line that is no sign", "write the sign itself, such as -", rule=27, at=self.spaced())
        return self.space(width)

    def check_layout(self, node: Tree) -> None:
        """Refuse lines beside rows, and rows that are printed over one another."""
        at = self.place("\\begin")
        lines = any(node["hLinesBeforeRow"]) or any(column["type"] == "separator" for column in node.get("cols") or ())
        if lines:
            raise Refusal("lines between rows or columns say nothing", "leave them away", rule=27, at=at)
        gaps = [_em(gap) for gap in node.get("rowGaps") or () if gap]
        # KaTeX itself sets small rows closer.
        is_small = any(cell.get("style") in SMALL for row in node["body"] for cell in row)
        if min(gaps, default=0) < ROWS_CLOSER or node["arraystretch"] < (0.5 if is_small else 1):
            raise Refusal("rows so close may hide one another", "leave the space between them as it is", rule=27, at=at)

    def array(self, body: list[list[Tree]], of_statements: bool) -> Atoms:
        at = self.place("\\begin")
        self.at += len("\\begin{")
        rows = tuple(tuple(self.node(cell) for cell in row) for row in body)
        if rows and not any(rows[-1]):
            rows = rows[:-1]
        return (Rows(rows, at=at) if of_statements else Array(rows, at=at),)


def _in_rows(below: Atoms) -> Atoms:
    r"""What stands below an operator; of \\substack, its rows one after another."""
    match below:
        case (Array(rows, None, sub=(), sup=()),) if all(len(row) == 1 for row in rows):
            first, *others = (cell for [cell] in rows)
            return (*first, *(atom for cell in others for atom in (Row(at=cell[0].at if cell else below[0].at), *cell)))
    return below


# Commands whose nodes have no place.
SPACES = re.compile(r"\\(?:!|[hm]?skip|m?kern|hspace|neg[a-z]*space|rule|mathchoice)")


def _em(dimension: Tree) -> float:
    """A length of KaTeX's in em; one in a unit that isn't known is a long one."""
    length: float = dimension["number"] * EM.get(dimension["unit"], 10.0)
    return length


def _with_scripts(atom: Atom, sub: Atoms, sup: Atoms, primes: int) -> Atom:
    """An atom with scripts beside those that it has; refused where they would say nothing."""
    if not (sub or sup or primes):
        return atom
    has_sup = isinstance(atom, Raised) and bool(atom.sup)
    has_primes = isinstance(atom, Primed) and bool(atom.primes)
    # On what is no letter, a prime transposes or derives: a superscript says so.
    signs = (PrimeSign("\\prime", at=atom.at),) * primes
    if isinstance(atom, Letter) and _is_part_of_name(atom.sup) and sup and all(isinstance(each, Top) for each in sup):
        # {W^{(2)}}^\top, whose braces part the name from its transpose.
        return _with_scripts(replace(atom, sup=(*atom.sup, *sup)), sub, (), primes)
    if (sub and not atom.is_bare) or (sup and has_sup) or (primes and has_primes):
        raise Refusal("two scripts, one upon the other", "put brackets around what has the second one", at=atom.at)
    match atom:
        case Text(is_word=True):
            return _with_scripts(name_of(atom), sub, sup, primes)
        case Braced(is_over=is_over, words=()) if not (primes or (sub if is_over else sup)):
            if all(isinstance(each, Text) for each in (*sub, *sup)):
                return replace(atom, words=(*sub, *sup))
            way_out = "write words there by \\text, and a formula beside it"
            raise Refusal("a formula at a brace isn't read yet", way_out, rule=1, at=atom.at)
        case Primed():
            return replace(atom, sub=sub or atom.sub, sup=sup or atom.sup, primes=primes or atom.primes)
        case Scripted() if not (primes and has_sup):
            return replace(atom, sub=sub or atom.sub, sup=(*signs, *sup) or atom.sup)
        case Raised() if not (sub or (primes and has_sup)):
            return replace(atom, sup=(*signs, *sup))
    if primes:
        raise Refusal("a prime on what isn't a name", PRIME, rule=6, at=atom.at)
    if isinstance(atom, Enclosed):
        what = "what a part that is crossed out becomes isn't read"
        raise Refusal(what, "write the formula without this script", rule=1, at=atom.at)
    raise Refusal("a script that says nothing here", "write it on a symbol, or leave it away", at=atom.at)


def _is_part_of_name(sup: Atoms) -> bool:
    """Whether a superscript stands in round brackets, which aren't paired yet."""
    match sup:
        case (Open("("), *inside, Close(")")):
            return not any(isinstance(each, Open | Close) for each in inside)
    return False


def _append(found: list[Atom], atom: Atom) -> None:
    """Add an atom; digits make numbers, a colon and an equals sign a definition."""
    match atom, found:
        case Decimal(), [*_, Number(digits, sub=(), sup=(), at=at)] if "." not in digits:
            found[-1] = Number(f"{digits}.", at=at)
        case Number() as number, [*_, Number(digits, sub=(), sup=(), at=at) as before] if _goes_on(number, before):
            found[-1] = replace(number, text=digits + number.text, at=at, last=number.at)
        case Number() as number, [*_, Number(digits, sub=(), sup=(), at=at), Times(".", at=point)] if (
            "." not in digits and number.at == point + 1
        ):
            found[-2:] = [replace(number, text=f"{digits}.{number.text}", at=at)]
        case Number(at=place), [*_, Number(sub=(), sup=()), Times(".", at=at)]:
            what = "a point between two numbers, which is seen as a decimal one"
            raise Refusal(what, "write all digits side by side, or \\cdot for a product", rule=27, at=min(at, place))
        case Number(at=at), [*_, Number(), Letter("e" | "E") as letter] if letter.is_bare:
            what = "two numbers around an e, which are seen as one with a power of ten"
            raise Refusal(what, "write 10^{5} for a power of ten, \\cdot for a product", rule=27, at=at)
        case Number(at=at), [*_, Scripted(sub=sub, sup=sup)] if at in (_behind_digits(sub), _behind_digits(sup)):
            what = "only the first digit is a script"
            raise Refusal(what, "write all digits in braces, or \\cdot before the factor", rule=27, at=at)
        case Times("."), [*_, Times(".", at=at), Times(".")] if atom.at == at + 2:
            found[-2:] = [Dots("...", at=at)]
        case Relation("="), [*_, Relation(":", at=at)]:
            found[-1] = Relation("≔", at=at)
        case Relation("="), [*_, Not(at=at)]:
            found[-1] = Relation("≠", at=at)
        case _:
            found.append(atom)


def _behind_digits(script: Atoms) -> int | None:
    """Where the next digit of a script would stand that is one number."""
    match script:
        case (Number(digits, sub=(), sup=(), at=at),):
            return at + len(digits)
    return None


def _check_word(name: Letter, command: str, words: list[str]) -> None:
    """Refuse a word in a font that is seen as something else: as a number, or as a product of letters."""
    if words[0][0].isdigit() and name.text not in DIGITS_AS_NAMES:
        way_out = "write the number without a font of its own, or name it by a letter"
        raise Refusal("a digit isn't a name, in whatever font", way_out, rule=6, at=name.at)
    if len(words) > 1 and command not in UPRIGHT_FONTS:
        what = f"whether this is a word or a product of {len(words)} letters isn't seen"
        product = " ".join(f"{command}{{{word}}}" for word in words)
        way_out = f"write {product} for a product, \\mathrm{{{''.join(words)}}} for a word"
        raise Refusal(what, way_out, rule=6, at=name.at)


def _as_operator(name: str) -> str:
    r"""A word that is a name of the language in any upright font: \mathrm{tr} as \operatorname{tr}."""
    operator = name.replace("\\mathrm", "\\operatorname", 1)
    return operator if operator in OPERATORS else name


def _calls(word: Atom, after: Atom) -> bool:
    r"""Whether a word is a name by the bracket behind it, as in \text{tr}(A)."""
    match word, after:
        case Text(is_word=True), Open("(") | Group(Brackets("(", ")")):
            return True
        case Text(words, is_word=True), Open("[" | "{") | Group(Brackets("[", "]") | Brackets("{", "}")):
            return f"\\operatorname{{{words}}}" in OPERATORS
    return False


def name_of(word: Atom) -> Letter:
    """The name that a word in upright letters is."""
    assert isinstance(word, Text)
    return Letter(_as_operator(f"\\mathrm{{{word.text}}}"), at=word.at)


def _refuse_words_side_by_side(left: Atom, right: Atom) -> None:
    r"""Refuse two upright words without a space, which are seen as one; KaTeX sets \\operatorname with spaces."""
    goes_on = isinstance(right, Number) or (isinstance(right, Letter) and _is_word(right.text))
    if isinstance(left, Letter) and left.is_bare and _is_word(left.text) and goes_on:
        what = "two upright names side by side, which are seen as one"
        raise Refusal(what, "write \\, or \\cdot between them, or both as one name", rule=6, at=right.at)


def _is_word(text: str) -> bool:
    return UPRIGHT.fullmatch(text) is not None and not text.startswith("\\operatorname")


def _goes_on(number: Number, before: Number) -> bool:
    """Whether a number goes on with the digits before it: right behind them, or behind their point."""
    last = before.at + len(before.text) - 1 if before.last < 0 else before.last
    return before.text.endswith(".") or number.at == last + 1
