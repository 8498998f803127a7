"""A letter with its scripts: a symbol of the page, a function and its arguments, or what a letter means by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from ....meaning import signs
from ....meaning.expression import Apply, Bracket, Call, Constant, Node, Ones, Prime, Slope, Standard, Vector
from ....meaning.operations import BINDERS, OPERATIONS, Prefix, Ranked
from ....message.refusal import Refusal
from ....numbers import scalar
from ..lexing.atoms import (
    CURLY,
    ROUND,
    SQUARE,
    Atom,
    Atoms,
    Big,
    Brackets,
    Comma,
    Function,
    Group,
    Letter,
    Mark,
    Number,
    PrimeSign,
    Quad,
    Times,
)
from ..lexing.katex_names import BIG, BY_HABIT, FUNCTIONS, LOG
from ..lexing.not_read import LETTERS as LETTERS_MEANT
from ..lexing.not_read import NAMES, TRUTH
from ..lexing.spelling import (
    DOTTED,
    Variant,
    difference,
    is_upright,
    letters_in,
    names_a_variant,
    says_which,
    spelled,
    variants,
)
from . import bounds, lists
from .cursor import Cursor, only_dots, relations_in, split
from .guards import condition
from .scripts import indexed, is_power_by_habit, is_star, is_whole_power, no_name, primed, raised, refuse_signed

# Operations that are written as names, and what the tree calls them.
NAMED = {
    tex: row.name
    for row in OPERATIONS.values()
    if isinstance(row.form, Prefix)
    for tex in (row.form.tex, *row.form.spelled)
    if tex not in FUNCTIONS
}
# Those of them, and of others, that are functions of a number, which a prime derives.
SLOPES = {
    tex: name
    for tex, name in (FUNCTIONS | NAMED).items()
    if name != LOG and isinstance(OPERATIONS[name].value, scalar.Function)
}
# Those of them that a page may give another meaning.
LETTERS = {tex for tex, name in NAMED.items() if isinstance(form := OPERATIONS[name].form, Prefix) and form.is_letter}
CONSTANTS = {tex: row for row in signs.CONSTANTS.values() for tex in row.spelled}
STANDARD = {tex: row for row in signs.STANDARD.values() for tex in row.spelled}
# By letter, the operations of which a subscript says which value is meant, by that subscript; and how it is printed.
FORMS = {row.name: row.form for row in OPERATIONS.values() if isinstance(row.form, Ranked)}
RANKED = {
    tex: {form.end: name for name, form in FORMS.items() if form.tex == tex and not form.any_order}
    for tex in {form.tex for form in FORMS.values()}
}
ANY_ORDER = {form.tex: name for name, form in FORMS.items() if form.any_order}
ENDS = {"max": r"\max", "min": r"\min", r"\mathrm{max}": r"\max", r"\mathrm{min}": r"\min"}
# A letter under a bar, as KaTeX's tree is spelled: by a command alone, or in braces.
BARRED = re.compile(r"(\\bar|\\overline)(?: (.+)|\{(.+)\})")
WORD = re.compile(r"\\operatorname\{.*\}|\\mathbb\{.*\}|\\math(?:rm|sf|tt)\{\w{2,}\}")
# Functions and Greek letters by their words; those of two letters, such as xi, may well be products.
GREEK = ("alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "lambda", "rho", "sigma", "tau", "phi", "omega")
FUNCTION = {tex: tex.removeprefix("\\operatorname{").strip("\\{}") for tex in (*NAMED, *FUNCTIONS, *BIG)}
SPELT = {word: f"{tex} for the function" for tex, word in FUNCTION.items()} | {"log": "\\ln for the function"}
SPELT |= {"sqrt": "\\sqrt{x} for the root", "abs": "\\lvert x \\rvert for the absolute value"}
SPELT |= {word: f"\\{word} for the letter" for word in GREEK}
# What runs over an index, or a list, by the word that says it.
WORDS = {
    f"\\{font}{{{row.name}}}": row.name
    for row in BINDERS.values()
    if row.where or row.is_word
    for font in ("operatorname", "mathrm")
}
# A letter in bold type, of which several may be a word.
BOLD = re.compile(r"\\(mathbf|boldsymbol)\{(\w)\}")
# KaTeX sets \mathbb{1} as a plain 1.
PLAIN_ONE, PLAIN_I = "\\mathbb{1}", "\\mathbb{I}"
ONES = {"\\mathbf{1}", "\\boldsymbol{1}"}
# How often a function may be derived by f^{(k)}.
MOST_TIMES = 9
INDICATORS = {*ONES, PLAIN_ONE, PLAIN_I}


def letter(cursor: Cursor, atom: Letter) -> Node:
    """A letter, with what follows it if that is its argument."""
    known = cursor.known
    refuse_signed(cursor, atom)
    _refuse_word(cursor, atom)
    atom = _bold_word(cursor, _with_difference(cursor, atom))
    if (found := _barred(cursor, atom)) is not None:
        return found
    if (turned := _transposed(cursor, atom)) is not None:
        return turned
    variant = named(cursor, atom)
    name, sub, sup = variant
    _refuse_power_as_name(cursor, atom, variant)
    # A letter that a sum binds is its own, whatever it means elsewhere: e, \pi, \mathrm{i}.
    if name not in known and atom.text not in cursor.bound and (found := _special(cursor, atom)) is not None:
        return found
    # Since a number has no components, and nothing is defined by itself.
    is_of_matrix = name == known.defining or (name == atom.text and known.is_number(name))
    if is_of_matrix and (found := _ranked_if_any(cursor, atom)) is not None:
        return found
    if is_upright(sub) and name not in known:
        whole = variants(atom)[0].name
        raise Refusal(f"`{whole}` isn't declared", f"declare it, or write {name} alone", rule=6, at=atom.at)
    if (found := _derived_so_often(cursor, variant, atom)) is not None:
        return found
    if names_a_variant(sup) and not (is_star(sup) and known.has_value(name)):
        raise no_name(sup, atom, name)
    if name in known.functions:
        if (found := _called(cursor, variant, atom)) is not None:
            return found
        if name in known.bare and not sub:
            return raised(cursor, Apply(name, (_bare(cursor, name, atom),), at=atom.at), sup, atom)
        if not known.has_value(name):
            raise Refusal(
                f"`{name}` is a function without its argument",
                f"write {name}(…); or define it as a value, {name} \\coloneqq …",
                rule=9,
                at=atom.at,
            )
    if atom.primes and name not in known and atom.text in SLOPES and not (sub or sup):
        return slope(cursor, SLOPES[atom.text], atom.text, atom)
    if atom.primes and name not in known:
        return _primed(cursor, atom, sub, sup)
    if name not in known and (found := _derived_by_time(cursor, variant, atom)) is not None:
        return found
    key = known.key(name)
    if name in known.components and not sub:
        way_out = f"write them as {name}_{{…}}, the array as {key}"
        raise Refusal(f"`{name}` names components", way_out, rule=3, at=atom.at)
    if known.is_list(name) and not sub:
        raise Refusal(f"`{name}` is a list", f"write one of its arrays, {name}_i", rule=3, at=atom.at)
    applied = cursor.arguments() is not None and not cursor.after_wide_space()
    if known.has_value(name) and _looks_like_function(atom, cursor.peek()) and cursor.brackets_follow():
        what = f"`{name}` is a value, and stands before brackets as a function does"
        raise Refusal(what, f"write \\cdot between them, or define {name}(x) \\coloneqq …", rule=9, at=atom.at)
    node = replace(known.node(name, atom.at), letters=letters_in(variant, atom), before_brackets=applied)
    return raised(cursor, indexed(cursor, node, sub, atom), sup, atom)


def _transposed(cursor: Cursor, atom: Letter) -> Node | None:
    r"""What a prime transposes, X'X, where the page says that one does; None where it is a function's, and derives.

    Raises:
        Refusal: where a declared name has the prime too.
    """
    known = cursor.known
    is_function = (atom.text in known.functions or atom.text in SLOPES) and not known.has_value(atom.text)
    if not (known.prime and atom.primes) or is_function:
        return None
    if whole := next((name for name, _, _ in variants(atom) if "'" in name and name in known), ""):
        what = f"`{whole}` is a name, and a prime transposes here"
        raise Refusal(what, "give it another name, or write \\top for a transpose", rule=16, at=atom.at)
    node = letter(cursor, replace(atom, primes=0, sup=()))
    return raised(cursor, primed(cursor, node, atom.primes, atom), atom.sup, atom)


def _refuse_power_as_name(cursor: Cursor, atom: Letter, variant: Variant) -> None:
    r"""Refuse a name such as \mu^F where F is a symbol too, or a letter that is bound."""
    if variant.sup or not says_which(atom.sup):
        return
    for each in atom.sup:
        if isinstance(each, Letter) and (each.text in cursor.known or each.text in cursor.bound):
            what = f"`{variant.name}` is a name, and `{each.text}` a symbol: a power may be meant"
            raise Refusal(what, f"give one of them another name, such as {atom.text}_{{…}}", rule=6, at=atom.at)


def _with_difference(cursor: Cursor, atom: Letter) -> Letter:
    r"""A letter, or the name that it is together with the next one, \Delta T; that one is read by this.

    Raises:
        Refusal: where \Delta is a symbol too.
    """
    after = cursor.peek()
    found = difference((atom, after)) if after is not None else None
    if found is None or not any(name in cursor.known for name, _, _ in variants(found)):
        return atom
    if atom.text in cursor.known or atom.text in cursor.bound:
        what = f"`{found.text}` may be one name, or a product"
        raise Refusal(what, "give one of them another name", rule=6, at=atom.at)
    cursor.take()
    return found


def _barred(cursor: Cursor, atom: Letter) -> Node | None:
    r"""The conjugate of a symbol by the bar over it, unless that is part of a name: \bar z, \overline{z_1}."""
    found = BARRED.fullmatch(atom.text)
    if found is None or any(name in cursor.known for name, _, _ in variants(atom)):
        return None
    label, spaced, braced = found.groups()
    inner = replace(atom, text=spaced or braced)
    if (twice := _barred(cursor, replace(inner, sub=(), sup=()))) is not None:
        node, (_, sub, sup) = Call("conjugate", twice, at=atom.at), variants(atom)[-1]
    else:
        name, sub, sup = named(cursor, inner)
        if not cursor.known.has_value(name) or atom.primes:
            return None
        node = Call("bar", cursor.known.node(name, atom.at), label, at=atom.at)
    if names_a_variant(sup) and not is_star(sup):
        raise no_name(sup, atom)
    return raised(cursor, indexed(cursor, node, sub, atom), sup, atom)


def _refuse_word(cursor: Cursor, first: Letter) -> None:
    r"""Refuse letters that spell a function, as ln does without its backslash, where one of them isn't known."""
    letters = [first]
    while isinstance(after := cursor.peek(len(letters) - 1), Letter) and after.at == letters[-1].at + 1:
        letters.append(after)
    spelt = "".join(letter.text for letter in letters)
    word = max((word for word in SPELT if spelt.startswith(word)), key=len, default="")
    if len(first.text) > 1 or not word:
        return
    if any(each not in cursor.known and each not in CONSTANTS and each not in cursor.bound for each in word):
        what = f"`{word}` is a product of letters, and one of them isn't declared"
        raise Refusal(what, f"write {SPELT[word]}", rule=6, at=first.at)


def _bold_word(cursor: Cursor, first: Letter) -> Letter:
    r"""The name of the language that bold letters side by side are, \mathbf{diag}, unless the page has them all."""
    letters, font = [first], BOLD.fullmatch(first.text)
    while font and isinstance(after := cursor.peek(len(letters) - 1), Letter) and after.at == letters[-1].at + 1:
        if not letters[-1].is_bare or (found := BOLD.fullmatch(after.text)) is None or found[1] != font[1]:
            break
        letters.append(after)
    name = f"\\operatorname{{{''.join(found[2] for each in letters if (found := BOLD.fullmatch(each.text)))}}}"
    if len(letters) < 2 or name not in NAMED or all(each.text in cursor.known for each in letters):
        return first
    for _ in letters[1:]:
        cursor.take()
    return replace(letters[-1], text=name, at=first.at)


def _looks_like_function(atom: Letter, after: Atom | None) -> bool:
    r"""Whether a letter is a word, or stands as readers know it of operators: \operatorname{Var}, \mathbb{E}, E[x]."""
    match atom.text, after:
        case "E" | "P" | "V" | "\\mathcal{E}" | "\\mathbf{E}" | "\\mathrm{E}", Group(brackets) if brackets == SQUARE:
            return True
    return bool(WORD.fullmatch(atom.text))


def _called(cursor: Cursor, variant: Variant, atom: Letter) -> Node | None:
    """A function with its arguments; None where none follow, or a component of a value that is multiplied by them."""
    name, sub, sup = variant
    group = cursor.arguments() or _in_square_brackets(cursor, name)
    if group is None or cursor.after_wide_space():
        return None
    if not sub:
        if sup:
            way_out = (
                f"write {name}(x)^2 for a power, {name}({name}(x)) for {name} applied twice; no inverse is read yet"
            )
            raise Refusal("a power between a function and its argument", way_out, rule=10, at=atom.at)
        cursor.take()
        return scripted(cursor, _applied(cursor, variant, atom, group), group)
    if cursor.known.has_value(name):
        return None
    # A component of the function's value.
    cursor.take()
    component = indexed(cursor, _applied(cursor, variant, atom, group), sub, atom)
    return raised(cursor, indexed(cursor, component, group.sub, atom), group.sup, group)


def _in_square_brackets(cursor: Cursor, name: str) -> Group | None:
    """What a function is called with in square brackets, H[p]; None of a condition, and behind what is a value too."""
    group = cursor.peek()
    if not isinstance(group, Group) or group.brackets != SQUARE or relations_in(group.content):
        return None
    return None if cursor.known.has_value(name) else group


def named(cursor: Cursor, atom: Letter) -> Variant:
    """The name that a letter and some of its scripts are, and the scripts left; the letter if none is known."""
    found = variants(atom)
    for variant in found:
        if variant.name in cursor.known:
            _refuse_slanted_word(cursor, atom, variant, found[-1])
            return variant
    return found[-2] if is_upright(atom.sub) else found[-1]


def _refuse_slanted_word(cursor: Cursor, atom: Letter, whole: Variant, alone: Variant) -> None:
    """Refuse letters that may number a component, or be the word that is part of another name."""
    if whole.name in cursor.known.worded and not is_upright(atom.sub) and cursor.known.has_value(alone.name):
        what = f"`{whole.name}` was declared with upright letters: a component of `{alone.name}` may be meant"
        raise Refusal(what, "write them upright too, or give one of them another name", rule=6, at=atom.at)


def _special(cursor: Cursor, atom: Letter) -> Node | None:
    """What a letter means where the page hasn't declared it."""
    text = atom.text
    if atom.primes:
        return None
    if text in CONSTANTS and not atom.sub:
        constant = CONSTANTS[text]
        if constant.power and atom.sup:
            if names_a_variant(atom.sup):
                raise Refusal("this superscript isn't a power", f"write {constant.tex}^{{…}}", rule=6, at=atom.at)
            exponent = cursor.expression(atom.sup, cursor.here())
            return Call(constant.power, exponent, constant.name, at=atom.at)
        return raised(cursor, Constant(constant.name, at=atom.at), atom.sup, atom)
    if text in CONSTANTS and CONSTANTS[text].power and any(cursor.is_array(each) for each in atom.sup):
        what = "whether this is an entry of an exponential or the exponential of an entry isn't seen"
        raise Refusal(what, "write (e^{A})_{ij} for the one, e^{A_{ij}} for the other", rule=28, at=atom.at)
    if text == "\\delta" and atom.sub:
        return raised(cursor, lists.kronecker(cursor, atom), atom.sup, atom)
    if (found := _indicator(cursor, atom)) is not None:
        return found
    if text in ONES and atom.sub and not is_upright(atom.sub):
        _refuse_two_sizes(atom.sub, atom, f"write {text}_{{n}}^\\top {text}_{{m}} of two rows for the matrix of ones")
        return raised(cursor, Ones(cursor.expression(atom.sub, atom.at), at=atom.at), atom.sup, atom)
    if text in LETTERS and (atom.sub or not cursor.brackets_follow()):
        way_out = f"declare it, or write {text}(x) for the function"
        raise Refusal(f"`{text}` isn't declared", way_out, rule=6, at=atom.at)
    if text in STANDARD and (atom.sub or not STANDARD[text].is_unit):
        return raised(cursor, _standard(cursor, atom), atom.sup, atom)
    if (found := _ranked_if_any(cursor, atom)) is not None:
        return found
    if text in NAMED and not atom.sub:
        if NAMED[text] in BY_HABIT and (is_power_by_habit(atom.sup) or not (atom.sup or cursor.brackets_follow())):
            argument = cursor.one_factor(text, by_habit=True)
            return raised(cursor, Call(NAMED[text], argument, at=atom.at), atom.sup, atom)
        if atom.sup:
            raise Refusal(f"a power of {NAMED[text]}", "put brackets around it and its argument", rule=10, at=atom.at)
        group = cursor.arguments()
        if group is not None and not cursor.after_wide_space():
            cursor.take()
            return scripted(cursor, Call(NAMED[text], _argument(cursor, NAMED[text], group), at=atom.at), group)
        return Call(NAMED[text], cursor.one_factor(NAMED[text]), at=atom.at)
    if text in WORDS:
        return bounds.big(cursor, Big(WORDS[text], sub=atom.sub, sup=atom.sup, at=atom.at))
    if text in NAMES:
        raise Refusal(*NAMES[text], at=atom.at)
    if text.startswith("\\operatorname") and text not in cursor.known:
        way_out = LETTERS_MEANT.get(text, f"define it: {text}(x) \\coloneqq …")
        raise Refusal(f"`{text}` is unknown", way_out, rule=6, at=atom.at)
    return None


def _argument(cursor: Cursor, name: str, group: Group) -> Node:
    r"""What such an operation takes; the entries of a diagonal may be listed, \operatorname{diag}(a, b)."""
    parts = split(group.content, Comma)
    if len(parts) > 1 and OPERATIONS[name].takes == ("vector",):
        return Vector(lists.entries(cursor, parts, group.at), at=group.at)
    return cursor.expression(group.content, group.at)


def _indicator(cursor: Cursor, atom: Letter) -> Node | None:
    r"""The one of a condition, which is 1 where that holds, else 0: \mathbf{1}_{x > 0}, \mathbb{1}(x > 0)."""
    if atom.text not in INDICATORS:
        return None
    match atom.sub:
        case (Group(brackets=Brackets("{", "}"), content=content, sub=(), sup=()),):
            below = content
        case below:
            pass
    if relations_in(below):
        return raised(cursor, Bracket(condition(cursor, below, atom.at, rule=7), at=atom.at), atom.sup, atom)
    group = cursor.peek()
    if not (atom.sub or atom.sup) and isinstance(group, Group) and relations_in(group.content):
        if group.brackets not in (ROUND, SQUARE, CURLY) or group.sub:
            raise Refusal("a condition in other brackets", TRUTH, rule=7, at=group.at)
        cursor.take()
        return scripted(cursor, Bracket(condition(cursor, group.content, group.at, rule=7), at=atom.at), group)
    if atom.text == PLAIN_ONE:
        what = "\\mathbb{1} is printed as a plain number"
        way_out = f"{TRUTH}; \\mathbf{{1}}_n for a vector of ones; I_n for the identity matrix"
        raise Refusal(what, way_out, rule=7, at=atom.at)
    return None


def _ranked_if_any(cursor: Cursor, atom: Letter) -> Node | None:
    r"""One of a matrix's eigenvalues or singular values: \lambda_i(A), \lambda_{\max}(A)."""
    group = cursor.arguments()
    if atom.text not in RANKED or not atom.sub or atom.primes or group is None or cursor.after_wide_space():
        return None
    if atom.sup and not (is_whole_power(atom.sup) and group.is_bare):
        way_out = f"write ({atom.text}_{{1}}(A))^2 for a power"
        raise Refusal("a power between a function and its argument", way_out, rule=10, at=atom.at)
    cursor.take()
    # Of a number, there is no eigenvalue: it is the square of one.
    group = replace(group, sup=atom.sup or group.sup)
    ends = RANKED[atom.text]
    argument = cursor.expression(group.content, group.at)
    match atom.sub:
        case (Mark(word) as mark,) if mark.is_bare and (end := ENDS.get(word)):
            return scripted(cursor, Call(ends[end], argument, at=atom.at), group)
        case (Letter(), Letter(), Letter()) as word if end := ENDS.get(f"\\mathrm{{{spelled(word)}}}"):
            # Three subscripts, which such values don't have.
            return scripted(cursor, Call(ends[end], argument, at=atom.at), group)
    name = ANY_ORDER.get(atom.text, ends[""]) if _runs(cursor, atom.sub) else ends[""]
    return scripted(cursor, indexed(cursor, Call(name, argument, at=atom.at), atom.sub, atom), group)


def _runs(cursor: Cursor, sub: Atoms) -> bool:
    """Whether a subscript is a letter that a sum binds, or that may be any."""
    match sub:
        case (Letter(text) as letter,):
            return letter.is_bare and (text in cursor.bound or text not in cursor.known)
    return False


def _standard(cursor: Cursor, atom: Letter) -> Node:
    r"""I, \mathbf{0} or \mathbf{e}_i, with the sizes or the place that stand below it."""
    row = STANDARD[atom.text]
    parts = split(atom.sub, Times, "×") if atom.sub else []
    if not all(parts):
        raise Refusal("a size is missing beside \\times", "write it, or delete the sign", rule=29, at=atom.at)
    if row.name == "identity" and len(parts) == 2:
        one, other = (cursor.expression(part, atom.at) for part in parts)
        if one == other:
            parts = parts[:1]  # I_{3 \times 3}
    is_multiple = row.name == "identity" and len(parts) == 1 and _is_multiple(cursor, parts[0])
    if len(parts) > max(row.axes) or (not is_multiple and any(_may_be_two(part) for part in parts)):
        what = f"what stands below {atom.text} may be sizes, or the numbers of a component"
        size = f"{atom.text}_{{n}} of n rows and columns, _{{n \\times n}} too, _{{n \\cdot m}} for a product"
        way_out = f"write {size}, or define {atom.text}_{{nn}} by it; \\delta_{{ij}} for a component of the identity"
        raise Refusal(what, way_out, rule=29, at=atom.at)
    for part in parts:
        _refuse_two_sizes(part, atom, f"write {atom.text}_{{n}}, or {atom.text}_{{n \\cdot m}} for a product")
    below = tuple(cursor.expression(part, atom.at) for part in parts)
    if row.is_unit:
        return Standard(row.name, atom.text, index=below[0], at=atom.at)
    return Standard(row.name, atom.text, below, at=atom.at)


def _refuse_two_sizes(below: Atoms, atom: Letter, way_out: str) -> None:
    r"""Refuse a \times in what is one size: two may be meant, as in \mathbf{1}_{n \times n}."""
    for each in (inner for part in below for inner in part.inside()):
        if isinstance(each, Times) and each.text == "×":
            what = f"two sizes may be meant below {atom.text}, or their product"
            raise Refusal(what, way_out, rule=29, at=each.at)


def _is_multiple(cursor: Cursor, part: Atoms) -> bool:
    """Whether this is twice a whole number of the page, or a larger multiple: of an identity, its size alone."""
    match part:
        case (Number(text), Letter(name) as letter):
            is_size = letter.is_bare and cursor.known.counts(name) and name not in cursor.bound
            return is_size and text.isdigit() and int(text) > 1
    return False


def _may_be_two(part: Atoms) -> bool:
    """Whether what stands below an array may be two subscripts: letters side by side, or digits."""
    match part:
        case (Letter(),):
            return False
        case (Number(text),):
            return len(text) > 1
    return all(isinstance(each, Letter | Number | Comma | Quad) for each in part)


def scripted(cursor: Cursor, node: Node, group: Group) -> Node:
    """The value of a function, with the scripts that stand behind its arguments."""
    return raised(cursor, indexed(cursor, node, group.sub, group), group.sup, group)


def _applied(cursor: Cursor, variant: Variant, atom: Letter, group: Group) -> Node:
    """A function of the page at its arguments."""
    name = variant.name
    allowed = cursor.known.functions[name]
    parts = lists.arguments(group)
    if 1 in allowed and only_dots(parts):
        # As many as dots stand for: the components of one vector.
        parts = [(replace(group, sub=(), sup=()),)]
    arguments = tuple(cursor.expression(part, group.at) for part in parts)
    if len(arguments) not in allowed:
        takes = " or ".join(map(str, sorted(allowed)))
        raise Refusal(f"`{name}` takes {takes}, not {len(arguments)} arguments", "correct the call", rule=9, at=atom.at)
    return Apply(name, arguments, at=atom.at, letters=letters_in(variant, atom))


def composed(cursor: Cursor, group: Group) -> Node | None:
    r"""Functions of one argument in turn, (f \circ g)(x); None of anything else."""
    known, after = cursor.known, cursor.arguments()
    letters = split(group.content, Times, "∘")
    if len(letters) < 2 or group.brackets != ROUND or not group.is_bare or after is None or cursor.after_wide_space():
        return None
    if not all(
        len(part) == 1
        and isinstance(part[0], Letter)
        and part[0].is_bare
        and 1 in known.functions.get(part[0].text, frozenset())
        and not known.has_value(part[0].text)
        for part in letters
    ):
        return None
    cursor.take()
    node = cursor.expression(after.content, after.at)
    for [letter] in reversed(letters):
        assert isinstance(letter, Letter)
        node = Apply(letter.text, (node,), at=letter.at)
    return scripted(cursor, node, after)


def refuse_derived_functions(cursor: Cursor, group: Group) -> None:
    r"""Refuse a derivative of what functions make together, without their arguments: (f g)'(a)."""
    known, after = cursor.known, cursor.arguments()
    if after is None or not any(isinstance(each, PrimeSign) for each in group.sup):
        return
    for atom, behind in pairwise((*group.content, None)):
        is_function = isinstance(atom, Letter) and atom.text in known.functions and not known.has_value(atom.text)
        if is_function and not isinstance(behind, Group):
            what = "a derivative of functions without their arguments isn't read yet"
            way_out = "write these, \\frac{d}{da} (f(a) g(a)), of a declared number a"
            raise Refusal(what, way_out, rule=19, at=group.at)


def _derived_so_often(cursor: Cursor, variant: Variant, atom: Letter) -> Node | None:
    r"""A higher derivative of a function of one variable, f^{(3)}(x); None of anything else."""
    name, sub, sup = variant
    match sup:
        case (Group(Brackets("(", ")"), (Number(digits) as number,), sub=(), sup=()),) if number.is_bare and not sub:
            group, times = cursor.arguments(), int(digits) if digits.isdecimal() else MOST_TIMES + 1
            if 1 in cursor.known.functions.get(name, frozenset()) and not atom.primes and group and times > 0:
                if times > MOST_TIMES:
                    raise Refusal("a derivative of so high an order", "write a lower one", rule=19, at=atom.at)
                cursor.take()
                argument = cursor.expression(group.content, group.at)
                return scripted(cursor, Prime(name, times, argument, at=atom.at), group)
        case (Group(Brackets("(", ")"), content, sub=(), sup=()),) if not sub and not relations_in(content):
            return _derived_n_times(cursor, name, content, atom)
    return None


def _derived_n_times(cursor: Cursor, name: str, content: Atoms, atom: Letter) -> Node | None:
    r"""The same of an order that is an expression of known symbols, f^{(n)}(x)."""
    letters = [each for part in content for each in part.inside() if isinstance(each, Letter)]
    group, known = cursor.arguments(), cursor.known
    is_known = bool(letters) and all(known.has_value(each.text) or each.text in cursor.bound for each in letters)
    if not is_known or group is None or 1 not in known.functions.get(name, frozenset()) or atom.primes:
        return None
    cursor.take()
    times, argument = cursor.expression(content, atom.at), cursor.expression(group.content, group.at)
    return scripted(cursor, Prime(name, 0, argument, times, at=atom.at), group)


def _derived_by_time(cursor: Cursor, variant: Variant, atom: Letter) -> Node | None:
    r"""A derivative of a function of one variable by dots above it, \dot x(t); None of anything else."""
    name, sub, sup = variant
    dotted, group = DOTTED.fullmatch(name), cursor.arguments()
    if dotted and dotted["of"] in cursor.known.bare and not (sub or atom.primes or group):
        argument = _bare(cursor, dotted["of"], atom)
        return raised(cursor, Prime(dotted["of"], len(dotted["dots"]) + 1, argument, at=atom.at), sup, atom)
    if dotted is None or sub or sup or atom.primes or group is None or cursor.after_wide_space():
        return None
    if 1 not in cursor.known.functions.get(dotted["of"], frozenset()):
        return None
    cursor.take()
    argument = cursor.expression(group.content, group.at)
    return scripted(cursor, Prime(dotted["of"], len(dotted["dots"]) + 1, argument, at=atom.at), group)


def _primed(cursor: Cursor, atom: Letter, sub: Atoms, sup: Atoms) -> Node:
    """A derivative of a function of one variable, at its argument."""
    name = atom.text
    shown = name + "'" * atom.primes
    if name in cursor.known.bare and not sub and cursor.arguments() is None:
        return raised(cursor, Prime(name, atom.primes, _bare(cursor, name, atom), at=atom.at), sup, atom)
    if 1 not in cursor.known.functions.get(name, frozenset()) or sub or sup:
        way_out = (
            "declare it, or define a function of one variable; for a transpose, `prime: transpose` in the front matter"
        )
        raise Refusal(f"`{shown}` isn't declared", way_out, rule=8, at=atom.at)
    group = _of_derivative(cursor, shown, atom)
    argument = cursor.expression(group.content, group.at)
    return scripted(cursor, Prime(name, atom.primes, argument, at=atom.at), group)


def _bare(cursor: Cursor, name: str, atom: Letter) -> Node:
    """The argument of a function that stands without it."""
    return cursor.known.node(cursor.known.bare[name], atom.at)


def slope(cursor: Cursor, operation: str, tex: str, atom: Letter | Function) -> Node:
    r"""The same of a function of the language, \tanh'(x)."""
    group = _of_derivative(cursor, tex + "'" * atom.primes, atom)
    argument = cursor.expression(group.content, group.at)
    return scripted(cursor, Slope(operation, atom.primes, argument, at=atom.at), group)


def _of_derivative(cursor: Cursor, shown: str, atom: Atom) -> Group:
    """What stands in brackets behind a function with primes."""
    group = cursor.arguments()
    if group is None or cursor.after_wide_space():
        raise Refusal("a derivative without its argument", f"write {shown}(…)", rule=9, at=atom.at)
    cursor.take()
    return group
