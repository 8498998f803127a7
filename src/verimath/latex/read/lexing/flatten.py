"""KaTeX's parse tree as a list of atoms, from left to right."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ....message.refusal import Refusal
from .atoms import Atom, Atoms, Kind, misplaced, no_single
from .katex_names import (
    BARS,
    BIG,
    BY_KIND,
    CLOSING,
    DELIMITERS,
    DOTS,
    FUNCTIONS,
    NOT,
    OPENING,
    OVERPRINTS,
    QUAD,
    REFUSED,
    SINGLE,
    UNSUPPORTED,
)

Tree = dict[str, Any]


def flattened(tree: list[Tree], tex: str) -> Atoms:
    """The atoms of a formula.

    Raises:
        Refusal: at a part that has no meaning in the language.
    """
    return _Flattener(tex).atoms(tree)


def tolerated(tree: list[Tree], tex: str) -> Atoms:
    """The atoms of a formula, with one of kind `other` for each part that has no meaning in the language."""
    return _Flattener(tex, tolerant=True).atoms(tree)


class _Flattener:
    """Walks through the tree from left to right; `at` is how far it has come, where KaTeX doesn't say a place."""

    def __init__(self, tex: str, tolerant: bool = False) -> None:
        self.tex, self.at, self.tolerant = tex, 0, tolerant

    def atoms(self, nodes: list[Tree]) -> Atoms:
        found: list[Atom] = []
        for node in nodes:
            for atom in self.node(node):
                _append(found, atom)
        return tuple(found)

    def node(self, node: Tree) -> Atoms:
        try:
            return self.read(node)
        except Refusal:
            if self.tolerant:
                return (Atom("other", "", self.at),)
            raise

    def read(self, node: Tree) -> Atoms:
        if "loc" in node and node["type"] != "ordgroup":
            self.at = node["loc"][0]
        read: Callable[[Tree], Atoms] | None = getattr(self, f"_{node['type']}", None)
        if read is None:
            return self.refuse(node)
        return read(node)

    def place(self, text: str) -> int:
        """Where a command next stands, as far as it can be found."""
        found = self.tex.find(text, self.at)
        if found >= 0:
            self.at = found
        return self.at

    def _mathord(self, node: Tree) -> Atoms:
        text = node["text"]
        if text in REFUSED:
            raise Refusal(*REFUSED[text], at=self.at)
        for kind, table in BY_KIND.items():
            if text in table:
                return (Atom(kind, table[text], self.at),)
        if text.isascii() and text.isdigit():
            return (Atom("number", text, self.at),)
        if text in DOTS:
            return (Atom("dots", "…", self.at),)
        if text == NOT:
            return (Atom("not", "", self.at),)
        if text in SINGLE:
            return (Atom(SINGLE[text], text, self.at),)
        if text in ("\\colon", "\\nobreak", "\\nobreakspace"):
            return ()
        if len(text) == 1 and not text.isalpha() and text not in "δπ":
            raise Refusal(f"{UNSUPPORTED}: {text}", "write it with what the language has", at=self.at)
        return (Atom("letter", text, self.at),)

    _textord = _mathord

    def _atom(self, node: Tree) -> Atoms:
        text, family = node["text"], node["family"]
        if text in OPENING and family == "open":
            return (Atom("open", OPENING[text], self.at),)
        if text in CLOSING and family == "close":
            return (Atom("close", CLOSING[text], self.at),)
        if family == "punct" and text in (",", ";"):
            return (Atom("comma", text, self.at),)
        if text in ("*", "\\ast", "\\star"):
            return (Atom("star", text, self.at),)
        if text in REFUSED or not (text in DOTS or any(text in table for table in BY_KIND.values())):
            name = text.replace("\\Long", "\\").lower() if text.startswith("\\Long") else text
            raise Refusal(*REFUSED.get(text, (f"{UNSUPPORTED}: {name}", "write it in other words")), at=self.at)
        return self._mathord(node)

    def _ordgroup(self, node: Tree) -> Atoms:
        inside = self.atoms(node["body"])
        # 0{,}5: a French decimal comma.
        if len(inside) == 1 and inside[0].kind == "comma":
            return (replace(inside[0], kind="decimal"),)
        return inside

    def _supsub(self, node: Tree) -> Atoms:
        base = self.node(node["base"]) if node.get("base") else ()
        sub = self.node(node["sub"]) if node.get("sub") else None
        sup = self.node(node["sup"]) if node.get("sup") else None
        primes = len([atom for atom in sup or () if atom.kind == "prime"])
        if sup is not None:
            sup = tuple(atom for atom in sup if atom.kind != "prime") or None
        if not base:
            raise no_single(self.at)
        # {]0, 1[}^n: the brackets between the braces make one, once they are paired.
        atom = base[0] if len(base) == 1 else Atom("braces", "", base[0].at, (base,))
        if (sub and (atom.sub or atom.sup or atom.primes)) or (sup and atom.sup) or (primes and atom.primes):
            raise Refusal("two scripts, one upon the other", "put brackets around what has the second one", at=atom.at)
        scripted = replace(atom, sub=sub or atom.sub, sup=sup or atom.sup, primes=primes or atom.primes)
        if scripted.misplaced:
            raise misplaced(scripted)
        return (scripted,)

    def _genfrac(self, node: Tree) -> Atoms:
        at = self.place("\\")
        above, below = self.node(node["numer"]), self.node(node["denom"])
        if not node["hasBarLine"] or node["leftDelim"] or node["rightDelim"]:
            raise Refusal("a binomial coefficient isn't executed", "write a quotient of products", at=at)
        return (Atom("fraction", "", at, (above, below)),)

    def _sqrt(self, node: Tree) -> Atoms:
        at = self.place("\\sqrt")
        index = self.node(node["index"]) if node.get("index") else ()
        return (Atom("root", "", at, (index, self.node(node["body"]))),)

    def _op(self, node: Tree) -> Atoms:
        name = node.get("name", "")
        if not name:
            inside = self.atoms(node.get("body", []))
            if [atom.kind for atom in inside] == ["relation"]:
                return inside
            raise Refusal(f"{UNSUPPORTED}: an operator of its own", "write \\operatorname{name}", rule=6, at=self.at)
        at = self.place(name)
        if name in REFUSED:
            raise Refusal(*REFUSED[name], at=at)
        self.at += len(name)
        if name in BIG:
            return (Atom("big", BIG[name], at),)
        if name in FUNCTIONS:
            return (Atom("function", FUNCTIONS[name], at),)
        raise Refusal(
            f"{UNSUPPORTED}: {name}", "define it as a function: \\operatorname{name}(x) \\coloneqq …", rule=7, at=at
        )

    def _operatorname(self, node: Tree) -> Atoms:
        at = self.place("\\operatorname")
        return (Atom("letter", f"\\operatorname{{{self.word(node['body'])}}}", at),)

    def word(self, nodes: list[Tree]) -> str:
        """Letters and digits that form one name."""
        inside = self.atoms(nodes)
        if any(atom.kind not in ("letter", "number") or atom.sub or atom.sup for atom in inside) or not inside:
            raise Refusal("a name is made of letters and digits", "write it with those alone", rule=6, at=self.at)
        return "".join(atom.text for atom in inside)

    def _font(self, node: Tree) -> Atoms:
        font = node["font"]
        at = self.place(f"\\{font}") if self.tex.find(f"\\{font}", self.at) >= 0 else self.at
        body = node["body"]
        word = self.word(body["body"] if body["type"] == "ordgroup" else [body])
        return (Atom("letter", f"\\{font}{{{word}}}", at),)

    def _mclass(self, node: Tree) -> Atoms:
        if not node["body"]:
            return ()
        if node["mclass"] == "mord" or any(part["type"] in ("htmlmathml", "textord") for part in node["body"]):
            return self.atoms(node["body"])
        raise Refusal(f"{UNSUPPORTED}: a sign above or below another one", "write the sign alone", at=self.at)

    def _accent(self, node: Tree) -> Atoms:
        label = node["label"]
        at = self.place(label)
        base = self.node(node["base"])
        if len(base) != 1 or base[0].kind != "letter" or base[0].sup:
            raise Refusal(f"{label} over more than one symbol", "put it on one, and its scripts outside", rule=6, at=at)
        return (replace(base[0], text=f"{label} {base[0].text}", at=at),)

    def _overline(self, node: Tree) -> Atoms:
        return self._accent({**node, "label": "\\overline", "base": node["body"]})

    def _leftright(self, node: Tree) -> Atoms:
        at = self.place("\\") if self.tex.find("\\", self.at) >= 0 else self.at
        left, right = DELIMITERS.get(node["left"]), DELIMITERS.get(node["right"])
        inside = self.atoms(node["body"])
        if left is None or right is None:
            raise Refusal(f"{UNSUPPORTED}: the brackets {node['left']} {node['right']}", "write ( )", at=at)
        if len(inside) == 1 and inside[0].kind == "array" and inside[0].text in ("", "rows") and not inside[0].scripted:
            return (replace(inside[0], text=left + right, at=at),)
        return (Atom("group", f"{left} {right}", at, (inside,)),)

    def _delimsizing(self, node: Tree) -> Atoms:
        at = self.place("\\big") if self.tex.find("\\big", self.at) >= 0 else self.at
        self.at += 1
        delim, mclass = node["delim"], node["mclass"]
        sign = DELIMITERS.get(delim)
        if sign is None or sign == ".":
            raise Refusal(f"{UNSUPPORTED}: the bracket {delim}", "write ( )", at=at)
        if sign in "|‖":
            kinds: dict[str, tuple[Kind, str]] = {"mopen": ("open", f"⟨{sign}"), "mclose": ("close", f"{sign}⟩")}
            return (Atom(*kinds.get(mclass, ("bar", sign)), at),)
        return (Atom("open" if mclass == "mopen" else "close", sign, at),)

    def _middle(self, node: Tree) -> Atoms:
        return (Atom("bar", BARS.get(node["delim"], "|"), self.at),)

    def _styling(self, node: Tree) -> Atoms:
        return self.atoms(node["body"])

    def _text(self, node: Tree) -> Atoms:
        at = self.place("\\text")
        words = ""
        for part in node["body"]:
            if part["type"] not in ("textord", "spacing", "mathord"):
                raise Refusal("a formula inside \\text", "close \\text before it, and open it again behind", at=at)
            words += " " if part["type"] == "spacing" else part["text"]
        if not words.strip():
            return ()
        return (Atom("text", re.sub(r"\s+", " ", words).strip(), at),)

    def _spacing(self, node: Tree) -> Atoms:
        return ()

    _mathchoice = _rule = _spacing

    def _kern(self, node: Tree) -> Atoms:
        size = node["dimension"]
        wide = size["number"] * {"em": 1.0, "mu": 1 / 18}.get(size["unit"], 0.1)
        if wide < OVERPRINTS:
            raise Refusal("a space that moves back so far may hide what was printed", "write a smaller one", at=self.at)
        return (Atom("quad", "", self.at),) if wide >= QUAD else ()

    def _htmlmathml(self, node: Tree) -> Atoms:
        return self.atoms(node["mathml"])

    def _array(self, node: Tree) -> Atoms:
        at = self.place("\\begin") if self.tex.find("\\begin", self.at) >= 0 else self.at
        self.at += len("\\begin{")
        rows = tuple(tuple(self.node(cell) for cell in row) for row in node["body"])
        if rows and not any(rows[-1]):
            rows = rows[:-1]
        return (Atom("array", "rows" if node.get("addJot") else "", at, rows=rows),)

    def refuse(self, node: Tree) -> Atoms:
        raise Refusal(f"{UNSUPPORTED}: {node['type']}", "write it with what the language has", at=self.at)


def _append(found: list[Atom], atom: Atom) -> None:
    """Add an atom; digits make numbers, a colon and an equals sign a definition."""
    last = found[-1] if found else None
    number = last if last is not None and last.kind == "number" and not (last.sub or last.sup or last.primes) else None
    if number and atom.kind == "decimal" and "." not in number.text:
        found[-1] = replace(number, text=number.text + ".")
    elif number and atom.kind == "number" and (number.text.endswith(".") or atom.at == number.at + len(number.text)):
        found[-1] = replace(atom, text=number.text + atom.text, at=number.at)
    elif atom.kind == "number" and _is_point(found, atom):
        found.pop()
        whole = found.pop()
        found.append(replace(atom, text=f"{whole.text}.{atom.text}", at=whole.at))
    elif last and last.kind == "relation" and last.text == ":" and atom.kind == "relation" and atom.text == "=":
        found[-1] = replace(last, text="≔")
    elif last and last.kind == "not" and atom.kind == "relation" and atom.text == "=":
        found[-1] = replace(atom, text="≠", at=last.at)
    else:
        found.append(atom)


def _is_point(found: list[Atom], atom: Atom) -> bool:
    """Whether what stands before a number is a decimal point: a full stop right after digits and before these."""
    if len(found) < 2 or found[-1].text != "." or found[-1].kind != "times" or atom.at != found[-1].at + 1:
        return False
    number = found[-2]
    return number.kind == "number" and "." not in number.text and not number.sup and not number.sub
