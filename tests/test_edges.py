"""A claim at the edges of what it distinguishes: where a condition or a case leaves numbers that no trial draws."""

from __future__ import annotations

import pytest

from tests.verdicts import verdict

SYMBOLS = (
    r"n \in \mathbb{N}^{*}, k \in \mathbb{Z}, a, b, c \in \mathbb{R}, p \in \mathbb{R}_{+}^{*}, x \in \mathbb{R}^{n}"
)

# What is defined beside, a claim that is false between an edge and what it stands for, and its twin that holds.
EDGES: dict[str, tuple[str, str, str]] = {
    "a number": ("", r"|a| = a \quad \text{if } a > -0.01", r"|a| = a \quad \text{if } a > 0"),
    "a closed end": ("", r"|a| = a \quad \text{if } a \geq -10^{-3}", r"|a| = a \quad \text{if } a \geq 0"),
    "a difference": ("", r"|a - b| = a - b \; \text{if } a > b - 10^{-5}", r"|a - b| = a - b \quad \text{if } a > b"),
    "beside another": (
        "",
        r"\frac{a}{|a|} = 1 \quad \text{if } a \neq 0 \text{ and } a > -10^{-7}",
        r"\frac{a}{|a|} = 1 \quad \text{if } a \neq 0 \text{ and } a > 0",
    ),
    "a component": ("", r"|x_i| = x_i \quad \text{if } x_i > -0.001", r"|x_i| = x_i \quad \text{if } x_i > 0"),
    "a bracket": ("", r"[p > 2.0005] = [p > 2.0006]", r"[p > 2.0005] = [p - 2 > 0.0005]"),
    "a sum of brackets": (
        "",
        r"\sum_{i=1}^{n} [x_i > 3.02] = \sum_{i=1}^{n} [x_i > 3.0201]",
        r"\sum_{i=1}^{n} [x_i > 3.02] = \sum_{i=1}^{n} [-x_i < -3.02]",
    ),
    "in a definition": (r"s \coloneqq p + [p > 2.0005] [p < 2.0006]", r"s = p", r"s = [p > 2.0005] [p < 2.0006] + p"),
    "in a function's cases": (
        r"f(u) \coloneqq \begin{cases} u^2 & \text{if } u > 0.001 \\ u^3 & \text{otherwise} \end{cases}",
        r"f(p) = p^2",
        r"f(p) = p^{3 - [p > 0.001]}",
    ),
    "a maximum": ("", r"\max(p, 10^{-3}) = p", r"\max(p, 10^{-3}) \geq p"),
    "an absolute value": ("", r"|p - 10^{-3}| = p - 10^{-3}", r"|p + 10^{-3}| = p + 10^{-3}"),
    "a sign": ("", r"\operatorname{sign}(p - 10^{-3}) = 1", r"\operatorname{sign}(p + 10^{-3}) = 1"),
    "a floor": (
        "",
        r"\lfloor p + 10^{-6} \rfloor = \lfloor p \rfloor",
        r"\lfloor p + 1 \rfloor = \lfloor p \rfloor + 1",
    ),
    "a floor far away": (
        "",
        r"\lfloor \frac{p}{200} \rfloor = 0",
        r"\lfloor \frac{p}{200} \rfloor \leq \frac{p}{200}",
    ),
    "a root of a square": (
        "",
        r"\sqrt{(20 - x_1)^2} = 20 - x_1",
        r"\sqrt{(20 - x_1)^2} = |20 - x_1|",
    ),
    "a ceiling": ("", r"\lceil p - 10^{-6} \rceil = \lceil p \rceil", r"\lceil p - 1 \rceil = \lceil p \rceil - 1"),
    "a size": (
        "",
        r"\sum_{i=1}^{n} x_i = \sum_{i=1}^{\min(n, 9)} x_i",
        r"\sum_{i=1}^{n} x_i = \sum_{i=1}^{\min(n, 9)} x_i + \sum_{i=\min(n, 9) + 1}^{n} x_i",
    ),
    "a whole number": ("", r"[k > 10^6] = 0", r"[k > 10^6] = [k - 1 \geq 10^6]"),
    "far away": ("", r"\min(a, 10^8) = a", r"\min(a, 10^8) \leq a"),
    "a component far away": ("", r"\max(x_i, -10^5) = x_i", r"\max(x_i, -10^5) \geq x_i"),
    "far away by powers": ("", r"\min(p, 10^{30}) = p", r"\min(p, 10^{30}) \leq p"),
    "all but 0": ("", r"\max(p, 10^{-30}) = p", r"\max(p, 10^{-30}) \geq p"),
    "a norm": ("", r"\min(\lVert x \rVert^2, 10^{12}) = \lVert x \rVert^2", r"\min(\lVert x \rVert^2, -1) = -1"),
    "a product far away": ("", r"\max(a b, 10^5) = 10^5", r"\max(a b, 10^5) \geq a b"),
    "an exponential": ("", r"[e^{a} > 10^{20}] = 0", r"[e^{a} > 0] = 1"),
    "equal in floats past it": (
        "",
        r"\ln(1 + e^a) = \begin{cases} a & \text{if } a > 40 \\ \ln(1 + e^a) & \text{otherwise} \end{cases}",
        r"\ln(1 + e^a) = a \, [a > 40] + \ln(1 + e^{-a}) [a > 40] + \ln(1 + e^a) [a \leq 40]",
    ),
    "equal in floats before it": (
        "",
        r"\sin a = \begin{cases} a & \text{if } |a| < 10^{-7} \\ \sin a & \text{otherwise} \end{cases}",
        r"\sin a = \begin{cases} -\sin(-a) & \text{if } |a| < 10^{-7} \\ \sin a & \text{otherwise} \end{cases}",
    ),
    "equal in 100 digits past it": (
        "",
        r"\tanh a = \begin{cases} 1 & \text{if } a > 200 \\ \tanh a & \text{otherwise} \end{cases}",
        r"\tanh a = \begin{cases} -\tanh(-a) & \text{if } a > 200 \\ \tanh a & \text{otherwise} \end{cases}",
    ),
    "an order in digits alone": (
        "",
        r"\tanh a \geq \begin{cases} 1 & \text{if } a > 20 \\ \tanh a & \text{otherwise} \end{cases}",
        r"\tanh a \leq \begin{cases} 1 & \text{if } a > 20 \\ \tanh a & \text{otherwise} \end{cases}",
    ),
    "in a derived function's cases": (
        r"f(u) \coloneqq \begin{cases} u & \text{if } u > 40 \\ \ln(1 + e^u) & \text{otherwise} \end{cases}",
        r"f'(a) = \frac{e^a}{1 + e^a}",
        r"f'(a) = [a > 40] + \frac{e^a}{1 + e^a} [a \leq 40]",
    ),
    "a little that is added past it": (
        "",
        r"(a + b)^2 = a^2 + 2 a b + b^2 + 10^{-20} \max(a - 2, 0)",
        r"(a + b)^2 = a^2 + 2 a b + b^2 + 10^{-20} (\max(a - 2, 0) - \max(a, 2) + 2)",
    ),
    "a whole number that is the size of nothing": (
        r"m \in \mathbb{N}^{*}",
        r"\tanh m = \begin{cases} 1 & \text{if } m \geq 50 \\ \tanh m & \text{otherwise} \end{cases}",
        r"\tanh m = \begin{cases} -\tanh(-m) & \text{if } m \geq 50 \\ \tanh m & \text{otherwise} \end{cases}",
    ),
    "a sum of numbers": ("", r"[a + b > c + 10^{-6}] = [a > c - b]", r"[a + b > c] = [a > c - b]"),
}


@pytest.mark.parametrize(("beside", "wrong"), [case[:2] for case in EDGES.values()], ids=[*EDGES])
def test_what_is_false_between_an_edge_and_what_was_meant_is_false(beside: str, wrong: str) -> None:
    found = verdict(*filter(None, (SYMBOLS, beside, wrong)))
    assert found.verdict == "false"
    assert found.problem is not None
    assert ", moved once): the left side is" in found.problem.evidence


@pytest.mark.parametrize(("beside", "right"), [(case[0], case[2]) for case in EDGES.values()], ids=[*EDGES])
def test_its_twin_holds(beside: str, right: str) -> None:
    assert verdict(*filter(None, (SYMBOLS, beside, right))).verdict == "holds"


@pytest.mark.parametrize("relation", ["=", r"\geq"])
def test_what_is_lost_beside_its_terms_past_an_edge_is_not_false(relation: str) -> None:
    """Far away, S_1 is 1 to all digits, and the sum of the others isn't 0."""
    share = r"S_i \coloneqq \frac{e^{a x_i}}{\sum_j e^{a x_j}}"
    condition = r"\text{if } a < 3000"
    assert verdict(SYMBOLS, share, rf"1 - S_1 {relation} \sum_{{j=2}}^{{n}} S_j \quad {condition}").verdict == "holds"
    slip = rf"1 - S_1 {relation} \sum_{{j=2}}^{{n}} S_j + \max(a - 2, 0)"
    assert verdict(SYMBOLS, share, rf"{slip} \quad {condition}").verdict == "false"
