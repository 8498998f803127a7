"""Learning from another machine's warm probabilities."""

# --8<-- [start:imports]
import numpy as np

from divergence import cross_entropy, kl
from softmax import softmax

# --8<-- [end:imports]


# --8<-- [start:distillation]
def warm(logits, tau):
    r"""Probabilities at a temperature, $\operatorname{softmax}(\lambda / \tau)$.

    Args:
        logits: (C,) real numbers.
        tau: temperature, positive.

    Returns:
        (C,) probabilities, summing to 1.

    Source: docs/fr/distillation.md#distillation
    """
    return softmax(logits / tau)
# --8<-- [end:distillation]


# --8<-- [start:distillation-loss]
def student_loss(logits, teacher, tau):
    r"""Loss of the student: cross-entropy of both at the temperature, from its logits.

    Args:
        logits: (C,) logits of the student.
        teacher: (C,) probabilities of the teacher, at the same temperature.
        tau: temperature, positive.

    Returns:
        number, at least the entropy of the teacher, in nats.

    Source: docs/fr/distillation.md#distillation-gradient
    """
    return np.logaddexp.reduce(logits / tau) - teacher @ logits / tau
# --8<-- [end:distillation-loss]


# --8<-- [start:distillation-gradient]
def student_gradient(student, teacher, tau):
    r"""Gradient of the student's loss in its logits, $(E - T) / \tau$.

    Args:
        student: (C,) probabilities of the student at the temperature.
        teacher: (C,) probabilities of the teacher at the temperature.
        tau: temperature, positive.

    Returns:
        (C,), in units of loss.

    Source: docs/fr/distillation.md#distillation-gradient-vector
    """
    return (student - teacher) / tau
# --8<-- [end:distillation-gradient]


# --8<-- [start:cold-softmax]
def softmax_of_inverse(logits, kappa):
    r"""Probabilities at the inverse temperature kappa, $\operatorname{softmax}(\kappa \lambda)$.

    Args:
        logits: (C,) real numbers.
        kappa: inverse of a temperature, a number.

    Returns:
        (C,) probabilities, summing to 1.

    Source: docs/fr/distillation.md#cold-slope
    """
    return softmax(kappa * logits)
# --8<-- [end:cold-softmax]


# --8<-- [start:cold-start]
def slope_at_zero(logits):
    r"""Slope of the probabilities where the inverse temperature is 0: centred logits, over C.

    Args:
        logits: (C,) real numbers.

    Returns:
        (C,), summing to 0.

    Source: docs/fr/distillation.md#cold-start
    """
    return (logits - logits.mean()) / logits.size
# --8<-- [end:cold-start]


# --8<-- [start:distillation-soft]
def gradient_of_cool_student(logits, teacher):
    r"""Gradient in the logits of a student that stays at temperature 1.

    Args:
        logits: (C,) logits of the student.
        teacher: (C,) probabilities of the teacher.

    Returns:
        (C,), in units of loss.

    Source: docs/fr/distillation.md#distillation-soft
    """
    return softmax(logits) - teacher
# --8<-- [end:distillation-soft]


# --8<-- [start:distillation-divergence]
def distance_to_teacher(student, teacher):
    r"""What the student's loss has above the teacher's entropy: a divergence.

    Args:
        student: (C,) probabilities of the student.
        teacher: (C,) probabilities of the teacher.

    Returns:
        number, at least 0, in nats.

    Source: docs/fr/distillation.md#distillation-divergence
    """
    return kl(teacher, student)
# --8<-- [end:distillation-divergence]


if __name__ == "__main__":
    # --8<-- [start:distillation-demo]
    teacher_logits, logits = np.array([9.0, 1.0, -3.0]), np.array([1.0, 0.5, 0.0])
    for tau in (1.0, 5.0):
        teacher, student = warm(teacher_logits, tau), warm(logits, tau)
        print(f"tau = {tau}: teacher {np.round(teacher, 4)}, student {np.round(student, 4)}")
    # --8<-- [end:distillation-demo]

    # --8<-- [start:distillation-loss-demo]
    teacher = warm(teacher_logits, 5.0)
    print(f"{student_loss(logits, teacher, 5.0):.4f} = {cross_entropy(teacher, warm(logits, 5.0)):.4f}")
    # --8<-- [end:distillation-loss-demo]

    # --8<-- [start:distillation-gradient-demo]
    for tau in (1.0, 10.0, 100.0, 1000.0):
        gradient = student_gradient(warm(logits, tau), warm(teacher_logits, tau), tau)
        print(f"tau = {tau:6}: first component {gradient[0]:.2e}, times tau squared {tau**2 * gradient[0]:.3f}")
    # --8<-- [end:distillation-gradient-demo]

    # --8<-- [start:cold-softmax-demo]
    for kappa in (0.0, 0.01, 1.0):
        print(f"kappa = {kappa:4}: {np.round(softmax_of_inverse(logits, kappa), 4)}")
    # --8<-- [end:cold-softmax-demo]

    # --8<-- [start:cold-start-demo]
    print("student less teacher:", np.round(slope_at_zero(logits) - slope_at_zero(teacher_logits), 4))
    # --8<-- [end:cold-start-demo]

    # --8<-- [start:distillation-soft-demo]
    print(np.round(gradient_of_cool_student(logits, teacher), 4))
    # --8<-- [end:distillation-soft-demo]

    # --8<-- [start:distillation-divergence-demo]
    print("same logits, less 7:", round(distance_to_teacher(warm(teacher_logits - 7, 5.0), teacher), 12) + 0.0)
    # --8<-- [end:distillation-divergence-demo]
