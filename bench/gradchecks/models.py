"""Small losses with the gradient in their weights: printed for verimath, and coded once for NumPy, JAX and PyTorch.

Each has a variable `v`, a matrix, and data by name. `full=False` is the gradient with one of its terms missing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np

Data = dict[str, Any]


class Model(ABC):
    """A loss and its gradient.

    Attributes:
        name: in French, for the table.
        setting: the LaTeX of what it declares and defines, one equation an entry.
        slope: the LaTeX of the derivative in the component j, k.
        gradient, without: the LaTeX of what it equals, and the same without one of its terms.
        rows, columns: the sizes of the variable, in LaTeX.
    """

    name: ClassVar[str]
    setting: ClassVar[tuple[str, ...]]
    slope: ClassVar[str]
    gradient: ClassVar[str]
    without: ClassVar[str]
    rows: ClassVar[str] = "D"
    columns: ClassVar[str] = "C"

    @abstractmethod
    def draw(self, rng: np.random.Generator) -> tuple[Any, Data]:
        """The variable and the data."""

    @abstractmethod
    def loss(self, xp: Any, v: Any, data: Data) -> Any: ...

    @abstractmethod
    def slopes(self, xp: Any, v: Any, data: Data, full: bool) -> Any: ...


def sizes(rng: np.random.Generator, count: int) -> tuple[int, ...]:
    """From 2 to 6, as in the gradient checks of a course: small enough to look at."""
    return tuple(int(n) for n in rng.integers(2, 7, size=count))


def one_hot(rng: np.random.Generator, rows: int, columns: int) -> Any:
    """Random classes, one a row."""
    return np.eye(columns)[rng.integers(columns, size=rows)]


def softmax(xp: Any, scores: Any) -> Any:
    """Of each row."""
    exponentials = xp.exp(scores)
    return exponentials / xp.sum(exponentials, axis=1)[:, None]


def cross_entropy(xp: Any, scores: Any, Y: Any) -> Any:
    """Sum over the rows."""
    return xp.sum(xp.log(xp.sum(xp.exp(scores), axis=1))) - xp.sum(scores * Y)


ONE_HOT = (
    r"\begin{cases} 1 & \text{if } i = %s, \\ 0 & \text{otherwise} \end{cases} \qquad \forall i \in \{1, \dots, C\}"
)
SOFTMAX = (
    r"S_i \coloneqq \frac{e^{\lambda_i}}{\sum_{k=1}^{C} e^{\lambda_k}}",
    r"Y_i \coloneqq " + ONE_HOT % "y",
    r"L \coloneqq \ln \sum_{k=1}^{C} e^{\lambda_k} - \lambda_y",
)


class Softmax(Model):
    """One example."""

    name = "softmax d’un exemple"
    setting = (
        r"C, D \in \mathbb{N}^{*}, \quad x \in \mathbb{R}^{D}, \quad y \in \{1, \dots, C\}",
        r"W = (w_{jk}) \in \mathbb{R}^{D \times C}",
        r"\lambda \coloneqq x W",
        *SOFTMAX,
    )
    slope = r"\frac{\partial L}{\partial w_{jk}}"
    gradient, without = r"x_j (S_k - Y_k)", r"x_j S_k"

    def draw(self, rng: np.random.Generator) -> tuple[Any, Data]:
        D, C = sizes(rng, 2)
        return rng.normal(size=(D, C)), {"x": rng.normal(size=(1, D)), "Y": one_hot(rng, 1, C)}

    def loss(self, xp: Any, v: Any, data: Data) -> Any:
        return cross_entropy(xp, data["x"] @ v, data["Y"])

    def slopes(self, xp: Any, v: Any, data: Data, full: bool) -> Any:
        S = softmax(xp, data["x"] @ v)
        return data["x"].T @ (S - data["Y"] if full else S)


class Batch(Model):
    """The mean over a batch, with weight decay; without it in the gradient, where a term is missing."""

    name = "lot avec pénalité"
    setting = (
        r"C, D, N \in \mathbb{N}^{*}, \quad X = (x_{nl}) \in \mathbb{R}^{N \times D}, \quad y \in \{1, \dots, C\}^{N}",
        r"W = (w_{jk}) \in \mathbb{R}^{D \times C}, \quad \alpha \in \mathbb{R}_{+}^{*}",
        r"\Lambda \coloneqq X W",
        r"S_{ni} \coloneqq \frac{e^{\Lambda_{ni}}}{\sum_{k=1}^{C} e^{\Lambda_{nk}}}",
        r"Y_{ni} \coloneqq " + ONE_HOT % "y_n",
        r"L \coloneqq -\frac{1}{N} \sum_{n=1}^{N} \ln S_{n,\,y_n} + \frac{\alpha}{2} \left\| W \right\|^2",
    )
    slope = r"\frac{\partial L}{\partial w_{jk}}"
    without = r"\frac{1}{N} \sum_{n=1}^{N} x_{nj} (S_{nk} - Y_{nk})"
    gradient = without + r" + \alpha w_{jk}"

    def draw(self, rng: np.random.Generator) -> tuple[Any, Data]:
        D, C, N = sizes(rng, 3)
        data = {"X": rng.normal(size=(N, D)), "Y": one_hot(rng, N, C), "alpha": 10.0 ** rng.uniform(-3, -1)}
        return rng.normal(size=(D, C)), data

    def loss(self, xp: Any, v: Any, data: Data) -> Any:
        return cross_entropy(xp, data["X"] @ v, data["Y"]) / len(data["X"]) + data["alpha"] / 2 * xp.sum(v * v)

    def slopes(self, xp: Any, v: Any, data: Data, full: bool) -> Any:
        mean = data["X"].T @ (softmax(xp, data["X"] @ v) - data["Y"]) / len(data["X"])
        return mean + data["alpha"] * v if full else mean


class Hidden(Model):
    """A hidden layer of hyperbolic tangents before the softmax: the gradient in the first weights."""

    name = "couche tanh, puis softmax"
    setting = (
        r"C, D, H \in \mathbb{N}^{*}, \quad x \in \mathbb{R}^{D}, \quad y \in \{1, \dots, C\}",
        r"U = (u_{jk}) \in \mathbb{R}^{D \times H}, \quad V \in \mathbb{R}^{H \times C}",
        r"h_k \coloneqq \tanh\left(\sum_{l=1}^{D} x_l u_{lk}\right)",
        r"\lambda \coloneqq h V",
        *SOFTMAX,
    )
    slope = r"\frac{\partial L}{\partial u_{jk}}"
    without = r"x_j \sum_{i=1}^{C} (S_i - Y_i) V_{ki}"
    gradient = r"x_j (1 - h_k^2) \sum_{i=1}^{C} (S_i - Y_i) V_{ki}"
    columns = "H"

    def draw(self, rng: np.random.Generator) -> tuple[Any, Data]:
        D, H, C = sizes(rng, 3)
        data = {"x": rng.normal(size=(1, D)), "V": rng.normal(size=(H, C)), "Y": one_hot(rng, 1, C)}
        return rng.normal(size=(D, H)) / np.sqrt(D), data

    def loss(self, xp: Any, v: Any, data: Data) -> Any:
        return cross_entropy(xp, xp.tanh(data["x"] @ v) @ data["V"], data["Y"])

    def slopes(self, xp: Any, v: Any, data: Data, full: bool) -> Any:
        h = xp.tanh(data["x"] @ v)
        before = (softmax(xp, h @ data["V"]) - data["Y"]) @ data["V"].T
        return data["x"].T @ (before * (1 - h * h) if full else before)


class Squares(Model):
    """Half the squared distance of a layer of hyperbolic tangents to its targets."""

    name = "couche tanh, carrés"
    setting = (
        r"C, D, N \in \mathbb{N}^{*}, \quad X = (x_{nl}) \in \mathbb{R}^{N \times D}",
        r"T \in \mathbb{R}^{N \times C}, \quad W = (w_{jk}) \in \mathbb{R}^{D \times C}",
        r"h_{nk} \coloneqq \tanh\left(\sum_{l=1}^{D} x_{nl} w_{lk}\right)",
        r"L \coloneqq \frac{1}{2} \left\| h - T \right\|^2",
    )
    slope = r"\frac{\partial L}{\partial w_{jk}}"
    gradient = r"\sum_{n=1}^{N} x_{nj} (h_{nk} - T_{nk}) (1 - h_{nk}^2)"
    without = r"\sum_{n=1}^{N} x_{nj} (h_{nk} - T_{nk})"

    def draw(self, rng: np.random.Generator) -> tuple[Any, Data]:
        D, C, N = sizes(rng, 3)
        data = {"X": rng.normal(size=(N, D)), "T": rng.uniform(-1, 1, size=(N, C))}
        return rng.normal(size=(D, C)) / np.sqrt(D), data

    def loss(self, xp: Any, v: Any, data: Data) -> Any:
        gap = xp.tanh(data["X"] @ v) - data["T"]
        return xp.sum(gap * gap) / 2

    def slopes(self, xp: Any, v: Any, data: Data, full: bool) -> Any:
        h = xp.tanh(data["X"] @ v)
        gap = h - data["T"]
        return data["X"].T @ (gap * (1 - h * h) if full else gap)


MODELS: tuple[Model, ...] = (Softmax(), Batch(), Hidden(), Squares())
