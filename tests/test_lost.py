"""What even 200 digits lose is said; what cancels and leaves its rounding behind isn't lost."""

from __future__ import annotations

import pytest

from tests.verdicts import verdict
from verimath.numbers.scalar import digits

SYMBOLS = r"n \in \mathbb{N}^{*}, \quad a, b \in \mathbb{R}, \quad x \in \mathbb{R}^n, \quad p \in \mathbb{R}_{+}^{*}"


@pytest.mark.parametrize(
    "formula",
    [
        r"1 + 10^{-300} = 1",
        r"1 + 10^{-300} > 1",
        r"a + 10^{-300} = a",
        r"1 + 10^{-300} = 1 \qquad \text{si } n \geq 3",
        r"10^{300} + a - 10^{300} = a",
        r"\tanh(1000 + a^2) = 1",
        r"\cosh(1000 + a^2) = \sinh(1000 + a^2)",
        r"\arctan(10^{300}) = \frac{\pi}{2}",
        r"\operatorname{erf}(100) = 1",
        r"e^{10^{-300}} = 1",
        r"\cos(10^{-150}) = 1",
        r"p^{10^{-300}} = 1",
        r"\sqrt{10^{500} + 1} = 10^{250}",
        r"\lVert (1, 10^{-150}) \rVert = 1",
        r"\frac{1}{1 + e^{-500}} = 1",
        r"\frac{d}{da} (a + 10^{-300} a) = 1",
    ],
)
def test_a_term_that_200_digits_lose_is_said(formula: str) -> None:
    found = verdict(SYMBOLS, formula)
    assert found.verdict == "ill-formed"
    assert "this needs more digits: a term of about 10^" in str(found.problem)


# Each is seen only beside terms that are larger than what floats, and 50 digits, can hold beside them.
BESIDE = r"a \in {]300, 310[}, \qquad b \in {]2, 100[}"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"\frac{1}{1 - e^{-a}} - 1 \leq e^{-a}", "false"),
        (r"\frac{1}{1 - e^{-a}} - 1 < e^{-a}", "false"),
        (r"\frac{1}{1 - e^{-a}} - 1 = e^{-a}", "false"),
        (r"\frac{1}{1 - e^{-a}} - 1 \neq e^{-a}", "holds"),
        (r"\frac{1}{1 - e^{-a}} - 1 \geq e^{-a}", "holds"),
        (r"e^{-a} \geq \frac{1}{1 - e^{-a}} - 1", "false"),
        (r"\ln(1 + e^{-a}) \geq e^{-a}", "false"),
        (r"\ln(1 + e^{-a}) \leq e^{-a}", "holds"),
        # What a function or a power makes of such terms.
        (r"\ln(1 + e^{-2 b}) \leq e^{-2 b} - \frac{1}{2} e^{-4 b} - e^{-6 b}", "false"),
        (r"\ln(1 + e^{-a}) \geq e^{-a} - \frac{1}{2} e^{-2 a}", "holds"),
        (r"\left(\frac{1}{1 - e^{-a}} - 1\right)^2 \leq e^{-2 a}", "false"),
        # More than 200 digits tell these apart, on each trial.
        (r"\frac{1}{1 - e^{-a}} - 1 > e^{-a}", "holds"),
        (r"e^{-a} - \ln(1 + e^{-a}) > 0", "holds"),
        (r"e^{-b} > \sin(e^{-b}), \quad e^{-2 b} \neq \sin(e^{-2 b})", "holds"),
        # So on few of the trials, none of them among the first.
        (r"\ln(1 + e^{-b}) \geq e^{-b} - [b < 90] e^{-b}", "false"),
        (r"\left(\frac{1}{1 - e^{-b}} - 1\right)^2 \leq e^{-2 b} + [b < 90] e^{-2 b}", "false"),
        (r"\frac{1}{1 - e^{-b}} - 1 \leq e^{-b} + [b < 90] e^{-b}", "false"),
        (r"\frac{1}{1 - e^{-b}} - 1 \geq e^{-b} - [b < 90] e^{-b}", "holds"),
    ],
)
def test_a_small_difference_of_large_terms_is_seen(formula: str, expected: str) -> None:
    assert verdict(BESIDE, formula).verdict == expected


@pytest.mark.parametrize(
    "formula",
    [
        r"10^{60} + a = 10^{60} + b",
        r"a + 10^{-60} = a",
        r"1 + 10^{-195} = 1",
        r"a + 10^{-199} = a",
        r"a (1 - 10^{-201}) = a",
        r"\tanh(200 + a^2) = 1",
        r"\tanh(15 + a^2) = 1 \qquad \text{si } n \geq 3",
        r"1 + e^{-27} = 1 \qquad \text{si } n \geq 3",
        r"(1 + 9 \cdot 10^{-12}) a = a \qquad \text{si } a < 0",
        r"e^{-1000} = 0",
    ],
)
def test_a_difference_that_200_digits_show_is_false(formula: str) -> None:
    assert verdict(SYMBOLS, formula).verdict == "false"


SIZED = rf"{SYMBOLS}, \quad m \in \mathbb{{N}}^{{*}}, \quad y \in \mathbb{{R}}^{{m}}"


@pytest.mark.parametrize(
    ("claim", "only_where"),
    [
        (r"\sum_i x_i = \sum_i x_i", "n > 4"),
        (r"x_i + a = a + x_i", "i > 4"),
        (r"\sum_i x_i \sum_j y_j = \sum_j y_j \sum_i x_i", "n > 6"),
        (r"\sum_i x_i \sum_j y_j = \sum_j y_j \sum_i x_i", "m > 6"),
        (r"x_i y_j = y_j x_i \text{ si } i \neq j", "j > 6"),
    ],
)
def test_a_difference_at_large_sizes_alone_is_seen(claim: str, only_where: str) -> None:
    assert verdict(SIZED, f"0 + {claim}").verdict == "holds"
    assert verdict(SIZED, f"10^{{-40}} [{only_where}] + {claim}").verdict == "false"


@pytest.mark.parametrize("power", [-160, -170, -180, -197, -198, -199, -200])
@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sqrt{p} \sqrt{3 p}", r"p \sqrt{3}"),
        (r"\ln(3 p) + \ln(5 p) + \ln(7 p)", r"3 \ln(p) + \ln(105)"),
        (r"\sin(2 a) - 2 \sin(a) \cos(a)", "0"),
        (r"(\sqrt{2} \sqrt{3} - \sqrt{6}) a", "0"),
    ],
)
def test_a_difference_beside_rounding_that_has_shrunk_is_seen(left: str, right: str, power: int) -> None:
    """Of 50 digits, nothing is left but rounding, which is more than the difference."""
    assert verdict(SYMBOLS, f"{left} = {right}").verdict == "holds"
    assert verdict(SYMBOLS, f"{left} + 10^{{{power}}} = {right}").verdict == "false"


@pytest.mark.parametrize(
    "formula",
    [
        r"\sum_{i} (x_i - \frac{1}{n} \sum_{j} x_j) + a = a",
        r"(\sqrt{2} \sqrt{3} - \sqrt{6}) + p = p",
        r"2 \cdot 10^{-400} + 10^{-400} = 3 \cdot 10^{-400}",
        r"1 + 10^{-300} < 2",
        r"\tanh(p) < 1",
        r"e^{-p^2} + 1 > 1",
    ],
)
def test_what_is_not_lost_holds(formula: str) -> None:
    assert verdict(SYMBOLS, formula).verdict == "holds"


def test_sums_note_what_they_lose() -> None:
    many, few = digits(200), digits(100)
    many.lost.clear()
    assert many.mpf(1) + many.mpf(10) ** -150 != 1
    assert many.mpf(1) + 0 == 1
    assert many.lost == set()
    one, tiny = many.mpf(1), many.mpf(10) ** -300
    assert [1 + tiny, tiny + 1, one - tiny, tiny - one] == [1, 1, 1, -1]
    assert len(many.lost) == 1
    assert not hasattr(few, "lost")


TINY = r"a \in \mathbb{R}_{+}^{*}"


@pytest.mark.parametrize(
    ("claim", "twin"),
    [
        (r"\frac{1}{1 - e^{-a^2}} - 1 \geq e^{-a^2}", r"\frac{1}{1 - e^{-a^2}} - 1 \geq 1.001 e^{-a^2}"),
        (
            r"\frac{2000}{1 - e^{-a^2}} - 2000 \geq 2000 e^{-a^2}",
            r"\frac{2000}{1 - e^{-a^2}} - 2000 \geq 2001 e^{-a^2}",
        ),
        (r"-\ln(1 - e^{-a^2}) \geq e^{-a^2}", r"-\ln(1 - e^{-a^2}) \geq 1.001 e^{-a^2}"),
        (r"\ln(1 + e^{-a^2}) \geq e^{-a^2} - \frac{1}{2} e^{-2 a^2}", r"\ln(1 + e^{-a^2}) \geq e^{-a^2}"),
    ],
)
def test_what_fewer_digits_lose_makes_nothing_false(claim: str, twin: str) -> None:
    """Where a is large, one side is 0 to a hundred digits, and the other a number below 10⁻¹⁰⁰."""
    assert verdict(TINY, claim).verdict == "holds"
    assert verdict(TINY, twin).verdict == "false"


@pytest.mark.parametrize(
    "claim",
    [
        r"\ln(1 + e^{-a}) = e^{-a}",
        r"\ln(1 + e^{-a}) - e^{-a} = 0",
        r"\frac{1}{1 - e^{-a}} - 1 = e^{-a}",
        r"\frac{1}{1 - e^{-a}} - 1 \leq e^{-a}",
    ],
)
def test_what_50_digits_can_not_see_is_no_rounding(claim: str) -> None:
    """The rounding of 50 digits is larger than the difference that 200 digits show."""
    assert verdict(r"a \in {]100, 110[}", claim).verdict == "false"


@pytest.mark.parametrize(
    "formula",
    [
        r"\cot(n \pi) = a",
        r"\frac{1}{\sin(n \pi)} = n",
        r"\tan(\frac{\pi}{2} + n \pi) = 1",
        r"\sec(\frac{\pi}{2}) = a",
        r"(\sin \pi)^{-1} = a",
        r"\Gamma(\sin \pi) = 2",
        r"\tan(\arccos 0) = a",
        r"\frac{1}{1 + e^{\mathrm{i} \pi}} = n",
        r"\lvert \tan \frac{\pi}{2} \rvert \leq 1",
        r"\lvert \tan \frac{\pi}{2} \rvert \geq 1",
        r"\frac{1}{\sin \pi} \neq a",
        r"\sum_{k=1}^{n} \cot(\frac{k \pi}{n}) = 0",
        r"\prod_{k=1}^{n} \frac{1}{\sin(\frac{k \pi}{n})} = \frac{2^{n-1}}{n}",
        # Where what has no value is within something that has one.
        r"\arctan(\tan \frac{\pi}{2}) = \frac{\pi}{2}",
        r"\frac{1}{\tan \frac{\pi}{2}} = 0",
        r"\cot(n \pi) = \frac{\cos(n \pi)}{\sin(n \pi)}",
        r"\frac{\sin \pi}{\sin \pi} = 1",
        r"\ln(\lvert \sin(n \pi) \rvert) < 0",
    ],
)
def test_what_is_divided_by_what_is_0_but_for_rounding_has_no_value(formula: str) -> None:
    found = verdict(SYMBOLS, formula)
    assert found.verdict == "ill-formed"
    assert "a division by what is 0 but for rounding" in str(found.problem)


@pytest.mark.parametrize(
    "formula",
    [
        r"\sum_{k=1}^{n-1} \cot(\frac{k \pi}{n}) = 0",
        r"\prod_{k=1}^{n-1} \sin(\frac{k \pi}{n}) = \frac{n}{2^{n-1}}",
        r"\frac{\sin(n \pi)}{n} = 0",
        r"\frac{1}{e^{-500}} = e^{500}",
        r"\frac{10^{-250}}{10^{-240}} = 10^{-10}",
        r"(10^{-100})^{-2} = 10^{200}",
        r"e^{300 + p} = e^{300} e^{p}",
        r"\frac{1}{10^{-300} p} \geq \frac{1}{p}",
        r"\ln(10^{-300} p) < \ln(p)",
    ],
)
def test_what_is_divided_by_may_be_small(formula: str) -> None:
    assert verdict(SYMBOLS, formula).verdict == "holds"
