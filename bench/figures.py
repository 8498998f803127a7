"""The curves that the pages show, computed by the pages' own snippets.

Writes docs/assets/<key>.svg for each figure. Run as `python -m bench.figures`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.plot import Axis, Chart, Curve

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "snippets"))

import batch_pair  # noqa: E402 - the snippets' folder is known only now
import complex_step  # noqa: E402

STEPS_PER_DECADE = 4


def gradient_check() -> Chart:
    """Error of three numerical derivatives against the step, from 0.1 down to the rounding of 1."""
    steps = [10 ** (-k / STEPS_PER_DECADE) for k in range(STEPS_PER_DECADE, 16 * STEPS_PER_DECADE + 1)]
    errors = [complex_step.relative_errors(h) for h in steps]
    forward, central, imaginary = (
        tuple((h, float(error[method])) for h, error in zip(steps, errors, strict=True)) for method in range(3)
    )
    return Chart(
        "gradient-check",
        "L’erreur de trois dérivées numériques, selon le pas",
        "Échelles logarithmiques. Quand le pas diminue de 0,1 à 10⁻¹⁶, l’erreur de la différence avant baisse comme h, "
        "jusqu’à 10⁻⁸ environ vers h = 3 × 10⁻⁸, puis remonte comme 1/h. Celle de la différence centrée baisse comme "
        "h², jusqu’à 10⁻¹¹ vers h = 10⁻⁵, puis remonte de même. Celle du pas complexe baisse comme h², jusqu’à 10⁻¹⁶ "
        "vers h = 10⁻⁷, et y reste.",
        Axis("pas h", 1e-16, 1e-1, (1e-16, 1e-13, 1e-10, 1e-7, 1e-4, 1e-1), logarithmic=True),
        Axis("erreur relative", 1e-17, 1e1, (1e-16, 1e-12, 1e-8, 1e-4, 1e0), logarithmic=True),
        (
            Curve("forward", "différence avant", forward, (1e-8, 3e-4), "7 4"),
            Curve("central", "différence centrée", central, (1.2e-7, 1e-11), "2 3", "end"),
            Curve("complex", "pas complexe", imaginary, (1e-15, 1e-15)),
        ),
    )


def batch_descent() -> Chart:
    """Loss after one step, against the learning rate: two examples of one input, and one of them alone."""
    rates = [k / 20 for k in range(121)]
    losses = [batch_pair.curves(eta) for eta in rates]
    pair, alone = (
        tuple((eta, float(loss[which])) for eta, loss in zip(rates, losses, strict=True)) for which in range(2)
    )
    start, limit = pair[0][1], float(batch_pair.pair_limit(1.0))
    return Chart(
        "batch-descent",
        "Le coût après un pas de descente, selon le taux d’apprentissage",
        "Pour un exemple seul, le coût part de 0,31 et baisse toujours. Pour le lot de deux exemples, il part de 0,81, "
        "baisse jusqu’à 0,69 vers un taux de 2,2, remonte, retrouve sa valeur de départ pour un taux de 4,33, et la "
        "dépasse ensuite.",
        Axis("taux d’apprentissage η", 0, 6, (0, 1, 2, 3, 4, 5, 6)),
        Axis("coût après le pas", 0, 1.2, (0, 0.2, 0.4, 0.6, 0.8, 1, 1.2)),
        (
            Curve("pair", "lot de deux exemples", pair, (0.3, 0.62)),
            Curve("alone", "un exemple seul", alone, (1.1, 0.24), "7 4"),
        ),
        (
            Curve("start", "coût du lot avant le pas", ((0, start), (6, start)), (0.3, start + 0.03), "2 3"),
            Curve("limit", "4,33", ((limit, 0), (limit, start)), (limit + 0.08, 0.4), "2 3"),
        ),
    )


FIGURES = (gradient_check, batch_descent)


def main() -> None:
    """Write each figure anew."""
    for figure in FIGURES:
        chart = figure()
        (ROOT / "docs" / "assets" / f"{chart.key}.svg").write_text(chart.svg(), encoding="utf-8")


if __name__ == "__main__":
    main()
