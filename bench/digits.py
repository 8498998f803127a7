"""To how many digits the sides of the site's equations agree, in arithmetic of 50: sentences of the page `reliability`.

Writes docs/assets/reliability/digits.md from what `verimath check docs/fr --digits 50` reports. Run as
`python -m bench.digits`; takes a minute.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.french import SPACE, ten
from verimath.derivation.builds_on import Derivation, from_disk
from verimath.evaluation import evaluate
from verimath.meaning.statement import Claim
from verimath.names.table import Formula, Names
from verimath.numbers.dual import plain
from verimath.trials.page_trials import SEED, TRIALS, Trials
from verimath.verdict.agreement import pairs_of
from verimath.verdict.instances import Instances
from verimath.verdict.precision import DIGITS, agreements

ROOT = Path(__file__).parent.parent
WRITTEN = ROOT / "docs" / "assets" / "reliability" / "digits.md"
ENOUGH = 40


@dataclass(frozen=True)
class Agreement:
    """Of one equation, on its worst trial.

    Attributes:
        digits: to how many the sides agree, relative to their size.
        apart: where that is too few, the largest distance of two sides, as it is; else 0.
    """

    digits: float
    apart: float = 0.0

    @property
    def is_rounded_zero(self) -> bool:
        """Whether the sides have no size to be relative to: both are 0, rounded."""
        return self.digits < ENOUGH and self.apart < 10.0**-ENOUGH


def digits(said: str) -> float:
    """The number in what is reported: `all 50 digits`, `47.3 digits`."""
    return float(said.removeprefix("all ").split()[0])


def apart(formula: Formula, scope: Names) -> float:
    """The largest distance of two sides that are said to be equal, over the trials of an equation, in 50 digits."""
    trials, largest = Trials(scope), 0.0
    for claim in (each for each in formula.statements if isinstance(each, Claim)):
        for instance in islice(Instances(claim, trials).opened(), trials.count):
            for combination in instance.combinations():
                frame = combination.frame(DIGITS)
                for left, right in ((a, b) for a, relation, b, _ in claim.links if relation == "="):
                    pairs = pairs_of(evaluate(left, frame), evaluate(right, frame), left, right)
                    largest = max(largest, *(float(abs(plain(a) - plain(b))) for a, b in pairs))
    return largest


def agreement(derivation: Derivation, file: str, label: str) -> Agreement | None:
    """Of one equation; None where it claims no equality."""
    return agreements_on(derivation, file, label).get(label)


def agreements_on(derivation: Derivation, file: str, only: str | None = None) -> dict[str, Agreement]:
    """Of a page's equations that claim an equality, by label: they share the page's trials."""
    scope = derivation.node(file).names
    formulas = {formula.equation.label: formula for formula in scope.formulas}
    found = {}
    for label, said in agreements(derivation, [file], SEED, TRIALS, only):
        many = digits(said)
        found[label] = Agreement(many) if many >= ENOUGH else Agreement(many, apart(formulas[label], scope))
    return found


def sentences(found: Mapping[str, Agreement]) -> Iterator[str]:
    """What is said of all equations, by label."""
    sized = {label: each.digits for label, each in found.items() if not each.is_rounded_zero}
    zeros = {label: each.apart for label, each in found.items() if each.is_rounded_zero}
    worst = min(sized, key=lambda label: sized[label])
    enough = sum(number >= ENOUGH for number in sized.values())
    # Rounded down, so that no digit is claimed that isn't there.
    least = f"{math.floor(10 * sized[worst]) / 10:.1f}".replace(".", ",")
    yield f"Des {len(found)} équations du site qui affirment une égalité, {enough} s’accordent à au moins"
    yield f"{ENOUGH} chiffres sur tous leurs tirages, avec la graine {SEED}. L’accord le moins bon est de {least}"
    yield f"chiffres, sur un tirage de [](#{worst}), par exemple."
    if zeros:
        named = " et ".join(f"[](#{label})" for label in zeros)
        yield f"Pour {named}, un nombre de chiffres n’a pas de sens{SPACE}: sur un tirage au moins,"
        yield "les deux membres sont nuls, et ce qui les sépare est l’arrondi d’un zéro, de moins de"
        yield f"{ten(math.ceil(math.log10(max(zeros.values()))))}."


def agreements_of(paths: Iterable[Path]) -> dict[str, Agreement]:
    """Of all equations of some pages that claim an equality, by label."""
    derivation = Derivation(from_disk)
    return {label: each for path in paths for label, each in agreements_on(derivation, path.as_posix()).items()}


def markdown(found: Mapping[str, Agreement]) -> str:
    """What the page includes."""
    return "\n".join(sentences(found)) + "\n"


def main() -> None:
    """Compute in 50 digits, and write the sentences."""
    found = agreements_of(sorted((ROOT / "docs" / "fr").glob("*.md")))
    WRITTEN.parent.mkdir(parents=True, exist_ok=True)
    WRITTEN.write_text(markdown(found), "utf-8")
    print(markdown(found), *sorted((each.digits, each.apart, label) for label, each in found.items())[:5], sep="\n")


if __name__ == "__main__":
    main()
