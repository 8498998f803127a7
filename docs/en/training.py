# ---
# title: A training run, from start to end
# description: >-
#   Handwritten digits, a softmax layer and the functions of this site. The gradient at work, the wrong sign spoiling it all,
#   and the optimum found again by another library.
# builds_on: [batch-descent.md]
# chapter: 18
# free_symbols: [A]
# notation:
#   - {symbol: '\mu', code: mu, meaning: 'the largest eigenvalue of the matrix of the inputs’ products'}
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A training run, from start to end
#
# The other pages prove formulas, and this one uses them. It is a notebook, executed at each build of the site: what stands
# below a cell is what it has just put out. The gradient, the loss and softmax aren’t written anew here: they are the very
# functions that the other pages show and check.
#
# **Where we start**
# :   The loss of a batch, [](#batch-loss), its gradient, [](#batch-grad-w), and how far a step is sure to succeed,
#     [](#batch-descent).
#
# **Where we arrive**
# :   Weights that read handwritten digits, the same as those that scikit-learn finds, and one more layer.

# %%
import numpy as np
from IPython import display
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

from batch_descent import largest_step, mean_gradient, mean_loss
from batches import batch_logits, batch_softmax, one_hot_rows
from batches_gradients import batch_grad_W, batch_grad_X
from batches_l2 import regularised_grad_W, regularised_loss
from drawing import COLOURS, FAINT, INK, canvas, number, svg

# %% [markdown]
# Two functions draw. The first shows a figure, with what it tells to those who don’t see it; the second puts pictures of
# 8 by 8 pixels side by side, the ink the denser the stronger the pixel.

# %% tags=["hide-input"]
def show(figure, title, description):
    display.display(display.SVG(svg(figure, title, description)))


def images(axes, pictures, columns, positive=INK, negative=FAINT, captions=()):
    """Draw pictures of 8 by 8 numbers from -1 to 1 in rows, their captions below them."""
    for colour, sign in ((positive, 1), (negative, -1)):
        for level in (1, 2, 3, 4):
            corners = []
            for n, picture in enumerate(pictures):
                left, top = 10 * (n % columns), -12 * (n // columns)
                rows, places = np.nonzero(np.ceil(4 * np.clip(sign * picture.reshape(8, 8), 0, 1)) == level)
                corners += [(left + place, top - row) for row, place in zip(rows, places, strict=True)]
            if corners:
                square = np.array([(0, 0), (1, 0), (1, -1), (0, -1), (0, 0)])
                points = np.concatenate([square + corner for corner in corners])
                codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * len(corners)
                axes.add_patch(PathPatch(Path(points, codes), facecolor=colour, alpha=level / 4, linewidth=0))
    for n, caption in enumerate(captions):
        axes.text(10 * (n % columns) + 4, -12 * (n // columns) - 9, caption, ha="center", va="top", size=10)
    lines = -(-len(pictures) // columns)
    axes.set(xlim=(-1, 10 * columns - 1), ylim=(-12 * lines, 1), aspect="equal")
    axes.axis("off")

# %% [markdown]
# ## Looking at the data
#
# scikit-learn comes with 1,797 handwritten digits of 8 by 8 pixels. Each pixel is a number from 0 to 16. The classes of this
# site go from 1 to $C$: class 1 is the digit 0, class 10 the digit 9.

# %%
pixels, digits = load_digits(return_X_y=True)
print("digits:", len(pixels), "  pixels:", pixels.shape[1], "  from", int(pixels.min()), "to", int(pixels.max()))
print("of each:", np.bincount(digits))

# %% tags=["hide-input"]
figure, axes = canvas(1.5, 4.6)
some = [np.flatnonzero(digits == digit)[n] for n in (0, 5) for digit in range(10)]
images(axes, pixels[some] / 16, 10)
show(figure, "Twenty digits", "Two rows of ten handwritten digits, from 0 to 9, in pixels more or less dark.")

# %% [markdown]
# ## Setting some aside
#
# We shuffle, then keep 597 digits for the end: they will say what the weights are worth on digits never seen. The pixels are
# brought between 0 and 1. One more input is always 1: its weights are [the bias](bias.md).

# %%
order = np.random.default_rng(0).permutation(len(pixels))
inputs = np.column_stack([pixels / 16, np.ones(len(pixels))])[order]
classes = digits[order] + 1
X, y = inputs[:1200], classes[:1200]
X_new, y_new = inputs[1200:], classes[1200:]
N, D, C = *X.shape, 10
b = np.zeros(C)
print(f"N = {N}, D = {D}, C = {C}, and {len(X_new)} digits set aside")

# %% [markdown]
# ## Before learning
#
# Let us start from weights that are all zero. All logits are zero, so all probabilities are $1 / C$, and the loss of each example
# is the same, whatever its class:
#
# $$
# -\ln \frac{1}{C} = \ln C
# $$ {#training-untrained}
#
# With ten classes, this is $\ln 10$. A training run that doesn’t start there has a mistake before its first step.

# %%
W = np.zeros((D, C))
S = batch_softmax(batch_logits(X, W, b))
print("probabilities of the first:", S[0])
print(f"loss: {mean_loss(X, W, b, y):.6f}   ln 10: {np.log(10):.6f}")

# %% [markdown]
# ## Checking the gradient on these data
#
# A formula may be right and its use wrong: a class off by one, a forgotten $1/N$. So we compare, right here, each of the 650
# coefficients with the [complex step](gradient-check.md#the-complex-step), with a loss written otherwise and weights drawn at random.

# %%
def loss_again(V):
    exponentials = np.exp(X[:60] @ V)
    right = exponentials[np.arange(60), y[:60] - 1]
    return np.mean(np.log(exponentials.sum(axis=1)) - np.log(right))


random = np.random.default_rng(1).normal(size=(D, C))
exact, step = mean_gradient(X[:60], random, b, y[:60]), 1e-20
numeric = np.zeros((D, C))
for jk in np.ndindex(D, C):
    moved = random.astype(complex)
    moved[jk] += 1j * step
    numeric[jk] = loss_again(moved).imag / step
error = np.abs(numeric - exact).max() / np.abs(exact).max()
print("the 650 derivatives agree to within 10⁻¹³:", bool(error < 1e-13))

# %% [markdown]
# ## Descending, all examples at once
#
# How far is a step safe? The page [on batch descent](batch-descent.md) gives a bound that depends on nothing but the lengths of the
# inputs, [](#batch-step), and notes a finer one, with the largest eigenvalue of $X^\top X / N$. This is the square of the spectral
# norm of $X$, divided by $N$:
#
# $$
# \mu \coloneqq \frac{1}{N} \left\| X \right\|_2^2
# $$ {#training-mu}
#
# The loss then falls for any rate below $4 / \mu$, wherever the gradient isn’t zero:
#
# $$
# L\left(W - \eta \frac{\partial L}{\partial W}\right)
# \leq L(W) - \eta \left(1 - \frac{\eta \mu}{4}\right) \left\| \frac{\partial L}{\partial W} \right\|^2
# $$ {#training-descent}

# %%
mu = np.linalg.eigvalsh(X.T @ X / N).max()
print(f"bound by the lengths: {largest_step(X):.4f}")
print(f"bound by 4 / mu:      {4 / mu:.4f}")

# %%
def accuracy(X, W, y):
    return np.mean(batch_logits(X, W, b).argmax(axis=1) + 1 == y)


full = np.zeros((D, C))
for n in range(301):
    if n in (0, 1, 10, 100, 300):
        print(f"{n:3} steps: loss {mean_loss(X, full, b, y):.4f}, right {accuracy(X_new, full, y_new):.1%} of the new")
    full = full - 2 / mu * mean_gradient(X, full, b, y)

# %% [markdown]
# One step, and seven new digits out of ten are read. Indeed, for $W = 0$, the opposite of the gradient is, up to a factor, the
# mean of each class’s pictures minus the mean of all, very nearly, since the classes have almost as many pictures.
#
# ## Descending, by small batches
#
# A step on 32 examples costs nearly forty times less than one on 1,200, and points in much the same direction. For the same
# number of examples looked at, we get much further.

# %%
rng = np.random.default_rng(2)
small, curve = np.zeros((D, C)), []
for _ in range(20):
    curve.append((mean_loss(X, small, b, y), mean_loss(X_new, small, b, y_new)))
    shuffled = rng.permutation(N)
    for rows in np.array_split(shuffled, N // 32):
        small = small - 2 / mu * mean_gradient(X[rows], small, b, y[rows])
print(f"20 passes: loss {mean_loss(X, small, b, y):.4f}, right {accuracy(X_new, small, y_new):.1%} of the new")

# %% tags=["hide-input"]
figure, axes = canvas(2.7)
seen, new = np.array(curve).T
axes.plot(seen, color=COLOURS["L"], gid="curve-seen")
axes.plot(new, color=COLOURS["L"], linestyle=(0, (5, 2)), gid="curve-new")
axes.text(12, new[12] + 0.08, "new digits", color=COLOURS["L"])
axes.text(6, seen[6] - 0.1, "digits learnt", color=COLOURS["L"], ha="right", va="top")
axes.set(xlabel="passes over the data", ylabel="loss", ylim=(0, 2.5), xticks=(0, 5, 10, 15), yticks=(0, 1, 2))
told = "Two curves start at 2.3 and fall fast, then slowly, and hardly part: that of the new digits ends a little above."
show(figure, "The loss, pass by pass", told)

# %% [markdown]
# ## The learning rate, and the wrong sign
#
# Here is the loss after thirty steps, by the rate. The solid curve follows the gradient in the right direction; the dashed one
# has a plus sign in place of the minus, the most common of mistakes. The vertical line is the bound $4 / \mu$.

# %%
rates = 4 / mu * 10 ** np.linspace(-2.5, 1.8, 24)
after = {}
for sign in (-1, 1):
    after[sign] = []
    for eta in rates:
        moved = np.zeros((D, C))
        for _ in range(30):
            moved = moved + sign * eta * mean_gradient(X, moved, b, y)
        after[sign].append(mean_loss(X, moved, b, y))
print("with the right sign, below the bound, the loss falls:", all(np.diff(np.array(after[-1])[rates < 4 / mu]) < 0))
print("with the wrong sign, it always rises:", all(np.array(after[1]) > np.log(10)))

# %% tags=["hide-input"]
figure, axes = canvas(3.1, 4.8)
axes.loglog(rates, after[-1], color=COLOURS["L"], gid="curve-right")
axes.loglog(rates, after[1], color=COLOURS["L"], linestyle=(0, (5, 2)), gid="curve-wrong")
axes.axvline(4 / mu, color=FAINT, linewidth=1)
axes.axhline(np.log(10), color=FAINT, linewidth=0.8, linestyle=":")
axes.text(4 / mu * 1.15, 3e3, "4 / μ", va="top")
axes.text(0.42, 2.7, "ln 10, before the first step", size=10)
axes.text(0.1, 60, "wrong sign", color=COLOURS["L"], ha="right")
axes.text(0.06, 0.9, "right sign", color=COLOURS["L"], ha="right")
axes.set_xticks([0.01, 0.1, 1, 10], ["0.01", "0.1", "1", "10"])
axes.set_yticks([0.1, 1, 10, 100, 1000], ["0.1", "1", "10", "100", "1000"])
axes.minorticks_off()
axes.set(xlabel="learning rate η", ylabel="loss after 30 steps", ylim=(0.1, 5e3))
told = (
    "Logarithmic scales. With the right sign, the loss after thirty steps falls as the rate grows, goes below 0.3 well beyond the bound, "
    "then rises for very large rates. With the wrong sign, it rises from the smallest rates on, to more than a thousand."
)
show(figure, "The loss by the rate, and the sign", told)

# %% [markdown]
# The bound is careful: these data bear rates ten times as large. But beyond it nothing is promised, and in the end the curve
# rises. The wrong sign is forgiven at no rate.
#
# ## Regularising, and reaching the optimum
#
# Without a penalty the weights grow without end: where planes separate the classes, the loss has no minimum. With one,
# [](#l2-loss), it has just one, and it can be reached. The method is Nesterov’s: a step of gradient, then a push onwards.

# %%
Y = one_hot_rows(y, C)


def optimum(alpha, steps=400):
    """Weights that make the regularised loss least, by Nesterov's steps."""
    eta = 1 / (mu / 2 + alpha)
    momentum = (1 - np.sqrt(alpha * eta)) / (1 + np.sqrt(alpha * eta))
    ahead = before = np.zeros((D, C))
    for _ in range(steps):
        S = batch_softmax(batch_logits(X, ahead, b))
        here = ahead - eta * regularised_grad_W(X, S, Y, ahead, alpha)
        ahead, before = here + momentum * (here - before), here
    return before


best = {alpha: optimum(alpha) for alpha in (0.1, 0.01, 0.003)}
for alpha, V in best.items():
    print(f"alpha = {alpha}: right {accuracy(X, V, y):.1%} of the learnt, {accuracy(X_new, V, y_new):.1%} of the new")

# %% [markdown]
# ## Another library, the same optimum
#
# scikit-learn’s `LogisticRegression` minimises the sum of the losses, times a number that it calls `C`, plus half the squares of
# the weights. This is our loss divided by $\alpha$, if that number is $1 / (N \alpha)$. It knows nothing of our formulas, and comes to
# the same point:

# %%
alpha = 0.01
theirs = LogisticRegression(C=1 / (N * alpha), fit_intercept=False, tol=1e-10, max_iter=10_000).fit(X, y)
losses = [regularised_loss(mean_loss(X, V, b, y), V, alpha) for V in (best[alpha], theirs.coef_.T)]
print(f"loss, by our steps:     {losses[0]:.8f}")
print(f"loss, by scikit-learn:  {losses[1]:.8f}")
print("relative difference below 10⁻⁶:", bool(abs(losses[0] / losses[1] - 1) < 1e-6))
assert abs(losses[0] / losses[1] - 1) < 1e-6

# %% [markdown]
# ## What the weights have learnt
#
# Each class has a weight for each pixel. Here they are as ten pictures: in violet, the ink that speaks for the class; in
# the colour of the text, the ink that speaks against it.

# %% tags=["hide-input"]
figure, axes = canvas(2.1, 4.6)
W = best[0.01]
images(axes, W[:64].T / np.abs(W[:64]).max(), 5, COLOURS["W"], INK, [f"{digit}" for digit in range(10)])
told = "Ten pictures of weights. That of 0 has the text's colour at the centre and is violet around; the others draw in violet what is their digit's own."
show(figure, "The weights of each class, as pictures", told)

# %% [markdown]
# ## What is confused
#
# A row for each digit written, a column for each digit read, over the 597 new ones. Off the diagonal are the mistakes.

# %%
S = batch_softmax(batch_logits(X_new, W, b))
read = S.argmax(axis=1)
confusion = np.zeros((C, C), int)
np.add.at(confusion, (y_new - 1, read), 1)
print(" " + "".join(f"{digit:3}" for digit in range(10)))
for digit, row in enumerate(confusion):
    print(digit, "".join(f"{count:3}" if count else "  ." for count in row), sep="")
print("right:", np.trace(confusion), "of", confusion.sum())

# %% [markdown]
# And here are the five mistakes of which the model was surest: below each, the digit written, then the one that it read, with its
# probability.

# %% tags=["hide-input"]
figure, axes = canvas(1.5, 4.8)
wrong = np.flatnonzero(read != y_new - 1)
worst = wrong[np.argsort(-S[wrong, read[wrong]])][:5]
POINT = "."  # between a number's whole part and its decimals
captions = [f"{y_new[n] - 1}, read {read[n]}\n({number(S[n, read[n]])})".replace(".", POINT) for n in worst]
images(axes, X_new[worst, :64], 5, captions=captions)
axes.set(ylim=(-15, 1))
told = "Five badly written digits, with below each: " + "; ".join(caption.replace("\n", " ") for caption in captions) + "."
show(figure, "The surest mistakes", told)

# %% [markdown]
# ## One more layer
#
# A layer hands the gradient of its input back to the one before it, [](#batch-grad-x). Nothing more is needed to put [a hidden
# layer](hidden-layer.md) before it: its weights $A$ receive that gradient, times the slope of the hyperbolic tangent,
# [](#hidden-grad-a).

# %%
rng = np.random.default_rng(3)
A, V = rng.normal(size=(D, 32)) / 4, rng.normal(size=(32, C)) / 4


def two_layers(X, y, A, V):
    """Gradients in the weights of both layers."""
    hidden = np.tanh(X @ A)
    S, Y = batch_softmax(batch_logits(hidden, V, b)), one_hot_rows(y, C)
    dhidden = batch_grad_X(S, Y, V)
    return X.T @ (dhidden * (1 - hidden**2)), batch_grad_W(hidden, S, Y)


print("loss before:", f"{mean_loss(np.tanh(X @ A), V, b, y):.1f}")
for _ in range(40):
    for rows in np.array_split(rng.permutation(N), N // 32):
        dA, dV = two_layers(X[rows], y[rows], A, V)
        A, V = A - 0.2 * dA, V - 0.2 * dV
hidden = np.tanh(X_new @ A)
print(f"one layer:  {accuracy(X_new, small, y_new):.0%} of the new digits")
print(f"two layers: {accuracy(hidden, V, y_new):.0%}")

# %% [markdown]
# ## What we have seen
#
# - The loss of a model that has learnt nothing is $\ln C$, [](#training-untrained): it is the first number to look at.
# - Below the bound $4 / \mu$, each step succeeds, [](#training-descent); with the wrong sign, all fail.
# - With a penalty, the loss has a single minimum, which others find too, to within one part in a million.
# - The gradient of the input is all it takes to learn through a hidden layer.
#
# This notebook can be downloaded, at the top of the page: it holds the source of the checked functions that it uses, and runs
# elsewhere, without this site.

