r"""What stands left of \coloneqq, \in and \colon: the names that a statement brings.

They are read first, for a whole page, since a formula's reading depends on which of its names are functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from itertools import pairwise, takewhile

from ....meaning.signs import CONSTANTS, PAIRED
from ....meaning.statement import Subscripted
from ....message.frozen import frozen
from ....message.refusal import Refusal
from ....names.table import Names
from ..grammar.bounds import split_at
from ..grammar.cursor import only_dots, relations_in, split, trimmed, unpunctuated
from ..grammar.guards import begins_tail
from ..grammar.lists import arguments
from ..lexing.atoms import (
    BESIDE,
    COMMA,
    CURLY,
    Array,
    Atom,
    Atoms,
    Bar,
    Big,
    Binomial,
    Blank,
    Brackets,
    Comma,
    Dots,
    Forall,
    Fraction,
    Function,
    Group,
    Letter,
    Link,
    Mark,
    Number,
    Relation,
    Root,
    Sign,
    SignBehind,
    Star,
    Text,
    Times,
    Top,
    WordBetween,
)
from ..lexing.katex_names import GROUPS
from ..lexing.spelling import (
    UPRIGHT,
    is_signed,
    is_upright,
    names_a_variant,
    numbers_components,
    says_which,
    spelled,
    variants,
    with_differences,
)
from ..lexing.vocabulary import SUPPOSED
from .within import restricts

# What makes an expression of what stands before a set, and no name; so do brackets that are an operation, as a norm's.
COMPUTED = (Function, Fraction, Number, Sign, Times, WordBetween, SignBehind, Root, Binomial, Big)
# What means a number by itself where nothing binds it.
CONSTANT_LETTERS = {tex for row in CONSTANTS.values() for tex in row.spelled}
# By what a statement is parted from another one of its row, whose condition it may be.
MARKS = {BESIDE, COMMA}


@frozen
class Head:
    """A statement before its expressions are read.

    Attributes:
        relation: the relation that decides what kind of statement it is.
        left, right: what stands before and after it.
        link: the word or the arrow that joins it to another statement; empty where none does.
        beside: what parts it from the claim before it in its row, whose condition it may be; empty where nothing does.
    """

    relation: Relation
    left: Atoms
    right: Atoms
    link: str = field(default="", kw_only=True)
    beside: str = field(default="", kw_only=True)

    @property
    def at(self) -> int:
        """Where it begins."""
        return self.left[0].at if self.left else self.relation.at

    def subscripted(self) -> tuple[Subscripted, ...]:
        """Its names that would be components, if what stands before their subscript were an array."""
        letters = [part[0] for part in split(self.left, Comma) if part and isinstance(part[0], Letter)]
        return tuple(
            Subscripted(variants(letter)[0].name, name, letter.at)
            for letter in letters
            if numbers_components(letter.sub)
            for name, sub, sup in variants(letter)
            if sub and not sup
        )


@frozen
class DeclarationHead(Head):
    """Symbols in a set; `components` is the letter of a declared array's components.

    Of a list, A_1, …, A_n, `listed` is how many there are. `squares` are those that stand there as their squares.
    """

    names: tuple[str, ...]
    components: str | None
    listed: Atoms = ()
    squares: frozenset[str] = frozenset()

    @property
    def counts(self) -> bool:
        r"""Whether the set is printed as one of whole numbers: \mathbb{N}^{*}, \mathbb{Z}, \{1, \dots, n\}."""
        match unpunctuated(tuple(takewhile(lambda atom: not begins_tail(atom), self.right))):
            case (Letter("\\mathbb{N}" | "\\mathbb{Z}") as letter,):
                return all(isinstance(each, Star) for each in letter.sup)
            case (Group(Brackets("{", "}"), content, sup=()),):
                has_dots = any(isinstance(each, Dots) for each in content)
                return has_dots or all(isinstance(each, Comma) or _is_whole_number(each) for each in content)
        return False

    @property
    def is_matrix(self) -> bool:
        r"""Whether the set is printed as one of matrices: \mathbb{R}^{n \times m}, whatever words stand behind it."""
        match self.right:
            case (Letter("\\mathbb{R}" | "\\mathbb{C}") as letter, *_) if not self.listed:
                return any(isinstance(each, Times) and each.text == "×" for each in letter.sup)
        return False

    def subscripted(self) -> tuple[Subscripted, ...]:
        """None of a list, whose names are components by themselves."""
        return () if self.listed else super().subscripted()


def _is_whole_number(atom: Atom) -> bool:
    return isinstance(atom, Number) and atom.is_bare and atom.text.isdecimal()


@frozen
class MapHead(Head):
    """A map, with its parameters where it has a rule, and how many arguments it takes."""

    name: str
    parameters: tuple[str, ...]
    arguments: int


@frozen
class RevaluationHead(Head):
    """L = L(x): a quantity, and what it may be evaluated at."""

    name: str
    parameters: tuple[str, ...]


@frozen
class DefinitionHead(Head):
    """A symbol, its components by these index letters, or a function of these parameters.

    `squares` are those of the names that stand there as their squares: \\hat\\sigma^2 \\coloneqq …, f(x, \\sigma^2).
    """

    name: str
    parameters: tuple[str, ...] = ()
    indices: tuple[str, ...] = ()
    squares: frozenset[str] = frozenset()

    def reads_itself(self) -> bool:
        """Whether the symbol stands on the right too, as in a step of an algorithm."""
        inside = (each for atom in self.right for each in atom.inside())
        return any(self.name in (name for name, _, _ in variants(each)) for each in inside if isinstance(each, Letter))


@frozen
class UpdateHead(Head):
    """A symbol that takes a step."""

    name: str


@frozen
class ClaimHead(Head):
    """What brings no name: sides that are compared."""


def head(statement: Atoms, known: Names) -> Head:
    """What a statement brings.

    Raises:
        Refusal: where it says nothing that the language has.
    """
    if links := [atom for atom in statement if isinstance(atom, Link)]:
        said = [link.text for link in links if link.text not in MARKS]
        beside = next((link.text for link in links if link.text in MARKS), "")
        return replace(head(_alone(statement), known), link=said[0] if said else "", beside=beside)
    relations = relations_in(takewhile(lambda atom: not begins_tail(atom), statement))
    if not relations:
        raise _says_nothing(statement)
    signs = [relation.text for relation in relations]
    if "≔" in signs:
        if signs[0] != "≔" or signs.count("≔") > 1:
            place = [relation for relation in relations if relation.text == "≔"][-1]
            way_out = "write x \\coloneqq … first; , \\quad between statements"
            raise Refusal("a definition begins with the symbol that it defines", way_out, at=place.at)
        return _definition(statement, relations[0], known)
    if signs[0] == ":":
        return _map(statement, relations, known)
    if (first := _first_in(signs, *split_at(statement, relations[0]))) is not None:
        return _declaration(statement, relations[first], known)
    left, right = split_at(statement, relations[0])
    if signs == ["←"]:
        return UpdateHead(relations[0], left, right, _name(left, known, relations[0]))
    if signs == ["="] and (found := _revaluation(left, right, known)):
        return RevaluationHead(relations[0], left, right, *found)
    if signs == ["="]:
        _refuse_range(left, right)
    return ClaimHead(relations[0], left, right)


def _says_nothing(statement: Atoms) -> Refusal:
    """The refusal of what has no relation, by what it looks like."""
    for atom in statement:
        match atom:
            case Forall():
                way_out = "write the statement first, and \\forall x \\in \\mathbb{R} behind it"
                return Refusal("nothing stands before this \\forall", way_out, rule=2, at=atom.at)
            case Array(rows, Brackets("{", ".")) if any(relations_in(cell) for row in rows for cell in row):
                way_out = "write rows of statements, \\begin{aligned} … \\end{aligned}"
                return Refusal("a system of equations isn't a statement", way_out, rule=1, at=atom.at)
            case Group(Brackets(left, right)) if "." in (left, right):
                way_out = "write \\bigl( and \\bigr), which may stand in two rows"
                return Refusal("a bracket has no partner in its row", way_out, rule=1, at=atom.at)
            case Bar("|"):
                way_out = "write \\lfloor n / k \\rfloor = n / k for n that k divides, \\lvert x \\rvert for a value"
                return Refusal("what this | says isn't read", way_out, rule=10, at=atom.at)
    way_out = "write a relation, such as =, \\coloneqq for a definition, \\in for a set"
    return Refusal("this says nothing", way_out, at=statement[0].at)


def _refuse_range(left: Atoms, right: Atoms) -> None:
    """Refuse i = 1, …, n as a statement: it says what a letter runs over."""
    has = {type(each) for each in right}
    match left:
        case (Letter(letter) as i,) if i.is_bare and {Comma, Dots} <= has:
            what = f"this says what `{letter}` runs over, and no claim"
            way_out = f"write \\forall {letter} \\in \\{{1, \\dots, n\\}} behind the claim, without a comma before it"
            raise Refusal(what, way_out, rule=2, at=i.at)


def _first_in(signs: list[str], left: Atoms, right: Atoms) -> int | None:
    """Which relation makes a statement a declaration: \\in, first or after the = that names the components."""
    if signs[0] == "∈":
        return None if any(map(_is_computed, left)) else 0
    match left, tuple(atom for atom in right if not isinstance(atom, Blank)):
        case (Letter(),), (Group() | Array(), Relation("∈"), *_):
            return 1 if signs[:2] == ["=", "∈"] else None
    return None


def _is_computed(atom: Atom) -> bool:
    return isinstance(atom, COMPUTED) or (isinstance(atom, Group) and atom.brackets in GROUPS)


def _letter(atoms: Atoms, beside: Atom) -> Letter:
    """The letter that these atoms must be; `beside` is what they stand next to, for a message."""
    match with_differences(atoms):
        case (Letter() as letter,):
            return letter
    at = atoms[0].at if atoms else beside.at
    raise Refusal("this isn't a name", _as_name(atoms) or "write one symbol, such as x or x_0", rule=6, at=at)


def _as_name(atoms: Atoms) -> str:
    """How a word is written that a name should be; empty where these atoms are none."""
    match atoms:
        case (Letter(), Letter(), *others) if all(isinstance(each, Letter) and len(each.text) == 1 for each in atoms):
            word = spelled(atoms)
            return f"write \\mathrm{{{word}}} for a name of {len(others) + 2} letters, which side by side multiply"
        case (Text(),):
            return "write a name as one word of letters, such as \\mathrm{cost}"
    return ""


def _name(atoms: Atoms, known: Names, beside: Atom) -> str:
    """A whole symbol: with its accents and primes, and such scripts as are part of a name."""
    letter = _letter(atoms, beside)
    if _is_power(letter, known):
        raise _power(letter)
    for name, sub, sup in variants(letter):
        if not sub and not sup and (name in known or not letter.sub):
            return name
    longest = variants(letter)[0]
    if longest.sup:
        raise _power(letter)
    return longest.name


def _is_power(letter: Letter, known: Names) -> bool:
    """Whether what stands above a letter is a symbol, or it is the base of the exponential: no part of a name."""
    above = {each.text for each in letter.sup if isinstance(each, Letter)}
    return bool(above) and (letter.text == "e" or any(known.is_brought(text) for text in above))


def _power(letter: Letter) -> Refusal:
    """The refusal of a power as a name, by what may be meant."""
    name = letter.text
    match letter.sup:
        case (Letter(text),):
            word = UPRIGHT.sub(r"\1", text)
            way_out = f"write {name}^{{({text})}} or {name}_{{\\mathrm{{{word}}}}}, which may be names"
        case _:
            way_out = f"write the symbol alone, or {name}^{{(1)}}, which may be a name"
    return Refusal("a power isn't a name", way_out, rule=6, at=letter.at)


def _definition(statement: Atoms, relation: Relation, known: Names) -> Head:
    left, right = split_at(statement, relation)
    left = with_differences(left)
    parameters: tuple[str, ...] = ()
    squares: frozenset[str] = frozenset()
    match left:
        case (Letter(sub=()) as word, Group(sub=(_, *_)) as group) if _index_letters(
            replace(word, sub=group.sub), right, known
        ):
            # A component of a function's value, f(x)_i.
            left = replace(word, sub=group.sub), replace(group, sub=())
    target, is_square = left, False
    match left:
        case (Group(Brackets("[" | "{" as opening), sub=(), sup=()) as group,) if len(split(group.content, Comma)) == 2:
            own = tuple(_parameter(part, group) for part in split(group.content, Comma))
            return DefinitionHead(relation, left, right, PAIRED[opening], own)
        case (named, Group(Brackets("(", ")") | Brackets("[", "]"), sub=(), sup=()) as group):
            listed = [_rooted(part) for part in arguments(group)]
            parameters = tuple(_parameter(part, group) for part, _ in listed)
            squares = frozenset(name for name, (_, is_square) in zip(parameters, listed, strict=True) if is_square)
            target = (named,)
    if target is left:
        target, is_square = _rooted(left)
    if len(target) != 1 or not isinstance(target[0], Letter):
        at = left[0].at if left else relation.at
        way_out = _as_name(left) or "write one before \\coloneqq, or two letters in brackets, [A, B]"
        raise Refusal("only a symbol, its components or a function can be defined", way_out, at=at)
    letter = target[0]
    indices = _index_letters(letter, right, known)
    if not indices:
        name = _name(target, known, relation)
        return DefinitionHead(relation, left, right, name, parameters, (), squares | ({name} if is_square else set()))
    stems = [name for name, sub, sup in variants(letter) if sub and not sup]
    is_name = names_a_variant(letter.sup) or (says_which(letter.sup) and not _is_power(letter, known))
    if not stems or (letter.sup and not is_name):
        raise Refusal("a power isn't a name", "define the symbol itself", rule=6, at=letter.at)
    return DefinitionHead(
        relation, left, right, stems[0], parameters, indices, squares | ({stems[0]} if is_square else set())
    )


def _rooted(atoms: Atoms) -> tuple[Atoms, bool]:
    """A name, of which what is defined may be the square, and whether it is."""
    match atoms:
        case (Letter(sup=(Number("2") as power,)) as letter,) if power.is_bare:
            return (replace(letter, sup=()),), True
    return atoms, False


def _parameter(atoms: Atoms, beside: Atom) -> str:
    if any(isinstance(each, Dots) for each in atoms):
        what = "dots among parameters, of which there is no fixed number"
        raise Refusal(what, "write f(x), of a vector x; a call may be f(x_1, \\dots, x_n)", rule=8, at=atoms[0].at)
    letter = _letter(atoms, beside)
    longest = variants(letter)[0]
    if longest.sup:
        raise Refusal("a parameter is a name", "write one symbol", rule=8, at=letter.at)
    return longest.name


def _index_letters(atom: Letter, right: Atoms, known: Names) -> tuple[str, ...]:
    """The subscripts of a defined symbol, if they number its components: letters that the right side uses too.

    Symbols of the page number nothing: with them, r_{xy} is a name, and so is whatever the right side doesn't number.
    """
    if not atom.sub or is_upright(atom.sub) or is_signed(atom.sub):
        return ()
    subscripts = [each for part in split(atom.sub, Comma) for each in part]
    letters = [each for each in subscripts if isinstance(each, Letter) and each.is_bare]
    used = set(_letters_of(right, known))
    names = tuple(each.text for each in letters)
    if not any(name in used and not known.is_brought(name) for name in names):
        return ()
    if len(letters) < len(subscripts):
        raise Refusal(
            "components are defined by index letters alone",
            "write x_i \\coloneqq … with cases, and \\forall i \\in \\{…\\}",
            rule=15,
            at=subscripts[0].at,
        )
    if not set(names) <= used:
        return ()
    if len({*names}) < len(names):
        raise Refusal("two subscripts are the same letter", "give each a letter of its own", rule=14, at=atom.at)
    return names


def with_conditions(statements: list[Atoms], known: Names) -> list[Atoms]:
    r"""Statements, of which those that say something of running letters alone, i \neq j, are conditions."""
    found: list[Atoms] = []
    for atoms in statements:
        match atoms:
            case (Link(text, at=at), *said) if (
                text in MARKS and found and _says_of_running(tuple(said), found[-1], known)
            ):
                found[-1] = (*found[-1], *_tail(tuple(said), known, at))
            case (Link(text, at=at), *said) if (
                text in MARKS | SUPPOSED and (place := _restricted(found, tuple(said))) is not None
            ):
                found[-1] = _alone(found[-1])
                found[place] = (*_alone(found[place]), Text("if", at=at), *said)
            case _:
                found.append(atoms)
    return found


def _restricted(statements: list[Atoms], said: Atoms) -> int | None:
    """The place of the declaration whose set a comparison restricts, with none but declarations between."""
    for place in reversed(range(len(statements))):
        statement = _alone(statements[place])
        if restricts(statement, said):
            return place
        if not {"∈"} <= {relation.text for relation in relations_in(statement)[:1]}:
            return None
    return None


def _alone(statement: Atoms) -> Atoms:
    """A statement without what joins it to others."""
    return unpunctuated(tuple(atom for atom in statement if not isinstance(atom, Link)))


def _letters_of(atoms: Atoms, known: Names) -> Iterator[str]:
    """The letters among atoms, but for those that are part of the page's names: of x_n, if it is one, none but x."""
    for atom in atoms:
        left = atom.lists()
        if isinstance(atom, Letter):
            yield atom.text
            left = iter(next(((sub, sup) for name, sub, sup in variants(atom) if known.is_brought(name)), [*left]))
        for inner in left:
            yield from _letters_of(inner, known)


def _tail(said: Atoms, known: Names, at: int) -> Atoms:
    r"""What is said of running letters, as the end of a statement: 1 \leq k \leq n is a range, all else a condition."""
    first = relations_in(said)[0]
    match split(said, Relation), [relation.text for relation in relations_in(said)]:
        case [lower, (Letter(letter),) as running, upper], ["≤", "≤"] if not known.is_brought(letter):
            over = (*lower, Comma(",", at=at), Dots("…", at=at), Comma(",", at=at), *upper)
            return Forall("\\forall", at=at), *running, Relation("∈", at=at), Group(CURLY, over, at=first.at)
    sides, rest = split_at(said, first)
    return tuple(each for part in split(sides, Comma) for each in (Text("if", at=at), *part, first, *rest))


def _says_of_running(atoms: Atoms, before: Atoms, known: Names) -> bool:
    """Whether atoms compare nothing but bare letters and numbers, some of which run in the statement before.

    What is multiplied, or begins with a word such as \\operatorname{tr}, is computed.
    """
    seen = [atom for atom in atoms if not isinstance(atom, Blank)]
    plain = [atom for atom in seen if isinstance(atom, Letter | Number)]
    is_plain = all(isinstance(atom, Letter | Number | Sign | Relation | Comma) for atom in seen)
    is_computed = any(isinstance(one, Letter) and isinstance(two, Letter | Number) for one, two in pairwise(seen))
    if not relations_in(atoms) or not is_plain or is_computed:
        return False
    letters = {atom.text for atom in plain if isinstance(atom, Letter) and not known.is_brought(atom.text)}
    there = {each.text for atom in before for each in atom.inside() if isinstance(each, Letter) and each.is_bare}
    are_letters = all(atom.is_bare for atom in plain) and not any("{" in letter for letter in letters)
    return are_letters and bool(letters) and letters <= there - CONSTANT_LETTERS


def brought(statement: Atoms) -> Iterator[str]:
    """The names without a script that a statement declares or defines, before it is read."""
    statement = tuple(atom for atom in statement if not isinstance(atom, Link))
    relations = relations_in(takewhile(lambda atom: not begins_tail(atom), statement))
    signs = [relation.text for relation in relations]
    if not (signs[:1] in (["≔"], ["∈"], [":"]) or signs[:2] == ["=", "∈"]):
        return
    left, right = split_at(statement, relations[0])
    there = {each.text for atom in right for each in atom.inside() if isinstance(each, Letter)}
    for part in split(left, Comma):
        match with_differences(part):
            case (Letter() as letter,) | (Letter() as letter, Group()):
                below = {each.text for each in letter.sub if isinstance(each, Letter) and each.is_bare}
                if signs[0] == "≔" and below & there:
                    continue  # which may number components
                yield variants(letter)[0].name
                yield from (name for name, sub, sup in variants(letter) if sub and letter.sup and not sup)


def _declaration(statement: Atoms, relation: Relation, known: Names) -> Head:
    left, right = split_at(statement, relation)
    components = None
    equals = relations_in(left)
    if equals:
        left, listed = split_at(left, equals[0])
        components = _components(_without_ranges(_upright(listed, known), right), equals[0])
    if (family := _list(split(left, Comma), known, relation)) is not None:
        name, size = family
        return DeclarationHead(relation, left, right, (name,), None, size)
    names: list[str] = []
    squares: set[str] = set()
    for part in split(left, Comma):
        if not part:
            raise Refusal(
                "a name is missing before \\in", "write the symbol that lies in the set", rule=3, at=relation.at
            )
        rooted, is_square = _rooted(part)
        names.append(_name(rooted, known, relation))
        squares |= {names[-1]} if is_square else set()
    if components is not None and len(names) > 1:
        raise Refusal("components of more than one symbol", "declare each by itself", rule=3, at=relation.at)
    if components in names:
        components = None  # x = (x_1, \dots, x_n)
    return DeclarationHead(relation, left, right, tuple(names), components, squares=frozenset(squares))


def _list(parts: list[Atoms], known: Names, relation: Relation) -> tuple[str, Atoms] | None:
    """The name of a list of symbols, A_1, …, A_n, and how many there are; None of anything else."""
    if only_dots(parts) != [len(parts) - 2] or len(parts) < 3 or not all(parts):
        return None
    letters = [_letter(part, relation) for part in parts if part and not isinstance(part[0], Dots)]
    first, *between, last = [variants(letter)[-1] for letter in letters]
    numbers = [spelled(each.sub) for each in (first, *between)]
    if (
        len({each.name for each in (first, *between, last)}) > 1
        or any(each.sup for each in (first, *between, last))
        or not last.sub
    ):
        return None
    if numbers != [str(n + 1) for n in range(len(numbers))] or isinstance(last.sub[0], Number):
        way_out = "number them from 1 to a size: A_1, \\dots, A_n"
        raise Refusal("what is in this list isn't clear", way_out, rule=3, at=letters[0].at)
    return _name((replace(letters[0], sub=()),), known, relation), last.sub


def _upright(listed: Atoms, known: Names) -> Atoms:
    r"""A list without its transposition, (x_1, \dots, x_n)^\top, where vectors are columns; any other one as it is."""
    match listed:
        case (Group(sup=(Top() | Mark("T") as sign,)) as group,) if known.columns and sign.is_bare:
            return (replace(group, sup=()),)
    return listed


def _without_ranges(listed: Atoms, right: Atoms) -> Atoms:
    r"""Components without what their letters run over, if that is the axes of the set: (x_i)_{1 \leq i \leq n}."""
    match listed, right:
        case (Group(content=(Letter(sub=sub),), sub=below) as group,), (Letter(sup=sizes), *_) if below:
            letters = [each.text for each in sub if isinstance(each, Letter)]
            lengths = [spelled(size) for size in split(sizes, Times, "×")]
            if len(letters) != len(lengths):
                return listed
            axes = [*zip(letters, lengths, strict=True)]
            said = {"".join(letters), ",".join(letters), ",".join(f"1≤{letter}≤{n}" for letter, n in axes)}
            said |= {f"1≤{','.join(letters)}≤{n}" for n in lengths if {*lengths} == {n}}
            said |= {sign.join(f"{letter}=1,…,{n}" for letter, n in axes) for sign in ",;"}
            above = len(axes) == 1 and (spelled(below), spelled(group.sup)) == (f"{letters[0]}=1", lengths[0])
            if above or (not group.sup and spelled(below) in said):
                return (replace(group, sub=(), sup=()),)
    return listed


def _components(listed: Atoms, equals: Relation) -> str:
    """The letter in W = (w_{jk}), or in x = (x_1, \\dots, x_n)."""
    match listed:
        case (Group(content=content, sub=(), sup=()),):
            parts = split(content, Comma)
        case (Array(rows, sub=(), sup=()),):
            parts = [part for row in rows for cell in row for part in split(cell, Comma)]
        case _:
            what, way_out = "this isn't what a set is said of", "write x \\in …, or W = (w_{jk}) \\in …"
            if isinstance(listed[0], Group) and listed[0].sub:
                what = "what is written behind these components isn't that their letters run over the axes of the set"
            raise Refusal(what, way_out, rule=3, at=equals.at)
    letters: set[str] = set()
    is_clear = True
    for part in parts:
        match part:
            case (Letter(text, sub=sub, sup=(), primes=0),) if all(each.is_bare for each in sub):
                letters |= {text} if sub else set()
            case (Dots(),):
                pass
            case _:
                is_clear = False
    if len(letters) != 1 or not is_clear:
        way_out = "write them with their subscripts: (w_{jk})"
        raise Refusal("the components aren't clear", way_out, rule=3, at=listed[0].at)
    return letters.pop()


def _revaluation(left: Atoms, right: Atoms, known: Names) -> tuple[str, tuple[str, ...]] | None:
    """`L = L(x)`: the same name, and what it may be evaluated at."""
    match left, right:
        case (Letter() as before,), (Letter() as after, Group(Brackets("(", ")"), sub=(), sup=()) as group):
            if variants(before)[-1].name != variants(after)[-1].name or spelled(left) != spelled(right[:1]):
                return None
            parts = arguments(group)
            if not all(len(part) == 1 and isinstance(part[0], Letter) for part in parts):
                return None
            return _name(left, known, group), tuple(_name(part, known, group) for part in parts)
    return None


def _map(statement: Atoms, relations: list[Relation], known: Names) -> Head:
    left, right = split_at(statement, relations[0])
    name = _name(left, known, relations[0])
    if [relation.text for relation in relations[:2]] != [":", "→"]:
        raise Refusal("a map says from where to where it goes", "write f \\colon A \\to B", rule=23, at=relations[0].at)
    rule = [relation for relation in relations if relation.text == "↦"]
    if len(rule) > 1:
        raise Refusal("a map has one rule", "write each map as a statement of its own", rule=23, at=rule[1].at)
    parameters: tuple[str, ...] = ()
    if rule:
        before, _ = split_at(right, rule[0])
        commas = [n for n, atom in enumerate(before) if isinstance(atom, Comma)]
        if not commas:
            what = "no comma parts what is mapped from the set before it"
            raise Refusal(what, "write f \\colon A \\to B, \\ a \\mapsto …", rule=23, at=rule[0].at)
        parameters = _map_parameters(trimmed(before[commas[-1] + 1 :]), rule[0])
    sources, _ = split_at(right, relations[1])
    return MapHead(relations[0], left, right, name, parameters, len(parameters) or len(split(sources, Times, "×")))


def _map_parameters(atoms: Atoms, rule: Relation) -> tuple[str, ...]:
    """x, (x, y), or a = [a_1 … a_N]."""
    equals = relations_in(atoms)
    if equals:
        atoms, _ = split_at(atoms, equals[0])
    match atoms:
        case (Group(Brackets("(", ")"), sub=(), sup=()) as group,):
            return tuple(_parameter(part, group) for part in arguments(group))
    return (_parameter(atoms, rule),)
