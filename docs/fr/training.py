# ---
# title: Un entraînement, en entier
# description: >-
#   Des chiffres manuscrits, une couche softmax et les fonctions de ce site. On y voit le gradient travailler, le
#   mauvais signe tout gâcher, et l’optimum retrouvé par une autre bibliothèque.
# builds_on: [batch-descent.md]
# chapter: 18
# free_symbols: [A]
# notation:
#   - {symbol: '\mu', code: mu, meaning: 'la plus grande valeur propre de la matrice des produits des entrées'}
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
# # Un entraînement, en entier
#
# Les autres pages démontrent des formules, et celle-ci s’en sert. C’est un *notebook*{: lang=en }, exécuté à chaque
# construction du site : tout ce qui suit une cellule est ce qu’elle vient d’afficher. Le gradient, le coût et softmax
# n’y sont pas récrits : ce sont les fonctions mêmes que les autres pages montrent et vérifient.
#
# **Point de départ**
# :   Le coût d’un lot, [](#batch-loss), son gradient, [](#batch-grad-w), et jusqu’où un pas réussit à coup sûr, [](#batch-descent).
#
# **Point d’arrivée**
# :   Des poids qui lisent des chiffres manuscrits, les mêmes que ceux que trouve scikit-learn, et une couche de plus.

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
# Deux fonctions dessinent. La première montre une figure, avec ce qu’en entend qui ne la voit pas ; la seconde pose
# des images de 8 pixels sur 8 côte à côte, l’encre d’autant plus dense que le pixel est fort.

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
# ## Regarder les données
#
# scikit-learn est livré avec 1 797 chiffres écrits à la main, de 8 pixels sur 8. Chaque pixel est un nombre de 0 à
# 16. Les classes de ce site vont de 1 à $C$ : la classe 1 est le chiffre 0, la classe 10 le chiffre 9.

# %%
pixels, digits = load_digits(return_X_y=True)
print("chiffres :", len(pixels), "  pixels :", pixels.shape[1], "  de", int(pixels.min()), "à", int(pixels.max()))
print("de chacun :", np.bincount(digits))

# %% tags=["hide-input"]
figure, axes = canvas(1.5, 4.6)
some = [np.flatnonzero(digits == digit)[n] for n in (0, 5) for digit in range(10)]
images(axes, pixels[some] / 16, 10)
show(figure, "Vingt chiffres", "Deux lignes de dix chiffres manuscrits, de 0 à 9, en pixels plus ou moins foncés.")

# %% [markdown]
# ## Mettre de côté
#
# On mélange, puis on garde 597 chiffres pour la fin : ils diront ce que valent les poids sur des chiffres jamais vus.
# Les pixels sont ramenés entre 0 et 1. Une entrée de plus vaut toujours 1 : ses poids sont [le biais](bias.md).

# %%
order = np.random.default_rng(0).permutation(len(pixels))
inputs = np.column_stack([pixels / 16, np.ones(len(pixels))])[order]
classes = digits[order] + 1
X, y = inputs[:1200], classes[:1200]
X_new, y_new = inputs[1200:], classes[1200:]
N, D, C = *X.shape, 10
b = np.zeros(C)
print(f"N = {N}, D = {D}, C = {C}, et {len(X_new)} chiffres de côté")

# %% [markdown]
# ## Avant d’apprendre
#
# Partons de poids nuls. Tous les logits sont nuls, donc toutes les probabilités valent $1 / C$, et le coût de chaque
# exemple est le même, quelle que soit sa classe :
#
# $$
# -\ln \frac{1}{C} = \ln C
# $$ {#training-untrained}
#
# Avec dix classes, c’est $\ln 10$. Un entraînement qui ne part pas de là a une faute avant même son premier pas.

# %%
W = np.zeros((D, C))
S = batch_softmax(batch_logits(X, W, b))
print("probabilités du premier :", S[0])
print(f"coût : {mean_loss(X, W, b, y):.6f}   ln 10 : {np.log(10):.6f}")

# %% [markdown]
# ## Vérifier le gradient sur ces données
#
# Une formule peut être juste et son emploi faux : une classe décalée, un $1/N$ oublié. On compare donc, ici même,
# chacun des 650 coefficients au [pas complexe](gradient-check.md#le-pas-complexe), avec un coût écrit autrement et
# des poids tirés au hasard.

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
print("les 650 dérivées s’accordent à 10⁻¹³ près :", bool(error < 1e-13))

# %% [markdown]
# ## Descendre, tous les exemples à la fois
#
# Jusqu’où un pas est-il sûr ? La page [sur la descente par lots](batch-descent.md) donne une borne qui ne dépend que
# des longueurs des entrées, [](#batch-step), et en note une plus fine, avec la plus grande valeur propre de $X^\top X
# / N$. C’est le carré de la norme spectrale de $X$, divisé par $N$ :
#
# $$
# \mu \coloneqq \frac{1}{N} \left\| X \right\|_2^2
# $$ {#training-mu}
#
# Le coût baisse alors pour tout taux inférieur à $4 / \mu$, là où le gradient n’est pas nul :
#
# $$
# L\left(W - \eta \frac{\partial L}{\partial W}\right)
# \leq L(W) - \eta \left(1 - \frac{\eta \mu}{4}\right) \left\| \frac{\partial L}{\partial W} \right\|^2
# $$ {#training-descent}

# %%
mu = np.linalg.eigvalsh(X.T @ X / N).max()
print(f"borne par les longueurs : {largest_step(X):.4f}")
print(f"borne par 4 / mu :        {4 / mu:.4f}")

# %%
def accuracy(X, W, y):
    return np.mean(batch_logits(X, W, b).argmax(axis=1) + 1 == y)


full = np.zeros((D, C))
for n in range(301):
    if n in (0, 1, 10, 100, 300):
        print(f"{n:3} pas : coût {mean_loss(X, full, b, y):.4f}, justes {accuracy(X_new, full, y_new):.1%} des nouveaux")
    full = full - 2 / mu * mean_gradient(X, full, b, y)

# %% [markdown]
# Un seul pas, et sept nouveaux chiffres sur dix sont lus. En effet, pour $W = 0$, l’opposé du gradient est, à un
# facteur près, la moyenne des images de chaque classe, moins la moyenne de toutes, à peu de chose près puisque les
# classes ont presque autant d’images.
#
# ## Descendre, par petits paquets
#
# Un pas sur 32 exemples coûte près de quarante fois moins qu’un pas sur 1 200, et pointe à peu près dans la même
# direction. Pour le même nombre d’exemples regardés, on avance bien plus.

# %%
rng = np.random.default_rng(2)
small, curve = np.zeros((D, C)), []
for _ in range(20):
    curve.append((mean_loss(X, small, b, y), mean_loss(X_new, small, b, y_new)))
    shuffled = rng.permutation(N)
    for rows in np.array_split(shuffled, N // 32):
        small = small - 2 / mu * mean_gradient(X[rows], small, b, y[rows])
print(f"20 passages : coût {mean_loss(X, small, b, y):.4f}, justes {accuracy(X_new, small, y_new):.1%} des nouveaux")

# %% tags=["hide-input"]
figure, axes = canvas(2.7)
seen, new = np.array(curve).T
axes.plot(seen, color=COLOURS["L"], gid="curve-seen")
axes.plot(new, color=COLOURS["L"], linestyle=(0, (5, 2)), gid="curve-new")
axes.text(12, new[12] + 0.08, "nouveaux chiffres", color=COLOURS["L"])
axes.text(6, seen[6] - 0.1, "chiffres appris", color=COLOURS["L"], ha="right", va="top")
axes.set(xlabel="passages sur les données", ylabel="coût", ylim=(0, 2.5), xticks=(0, 5, 10, 15), yticks=(0, 1, 2))
told = "Deux courbes partent de 2,3 et descendent vite, puis lentement, et se séparent à peine : celle des nouveaux chiffres finit un peu au-dessus."
show(figure, "Le coût au fil des passages", told)

# %% [markdown]
# ## Le taux d’apprentissage, et le mauvais signe
#
# Voici le coût après trente pas, selon le taux. La courbe pleine suit le gradient dans le bon sens ; la courbe en
# tirets a un signe plus à la place du signe moins, la faute la plus ordinaire. Le trait vertical est la borne $4 /
# \mu$.

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
print("avec le bon signe, sous la borne, le coût baisse :", all(np.diff(np.array(after[-1])[rates < 4 / mu]) < 0))
print("avec le mauvais signe, il monte toujours :", all(np.array(after[1]) > np.log(10)))

# %% tags=["hide-input"]
figure, axes = canvas(3.1, 4.8)
axes.loglog(rates, after[-1], color=COLOURS["L"], gid="curve-right")
axes.loglog(rates, after[1], color=COLOURS["L"], linestyle=(0, (5, 2)), gid="curve-wrong")
axes.axvline(4 / mu, color=FAINT, linewidth=1)
axes.axhline(np.log(10), color=FAINT, linewidth=0.8, linestyle=":")
axes.text(4 / mu * 1.15, 3e3, "4 / μ", va="top")
axes.text(0.42, 2.7, "ln 10, avant le premier pas", size=10)
axes.text(0.1, 60, "mauvais signe", color=COLOURS["L"], ha="right")
axes.text(0.06, 0.9, "bon signe", color=COLOURS["L"], ha="right")
axes.set_xticks([0.01, 0.1, 1, 10], ["0,01", "0,1", "1", "10"])
axes.set_yticks([0.1, 1, 10, 100, 1000], ["0,1", "1", "10", "100", "1000"])
axes.minorticks_off()
axes.set(xlabel="taux d’apprentissage η", ylabel="coût après 30 pas", ylim=(0.1, 5e3))
told = (
    "Échelles logarithmiques. Avec le bon signe, le coût après trente pas descend quand le taux grandit, passe sous 0,3 bien après la borne, "
    "puis remonte pour de très grands taux. Avec le mauvais signe, il monte dès les plus petits taux, jusqu’à plus de mille."
)
show(figure, "Le coût selon le taux, et le signe", told)

# %% [markdown]
# La borne est prudente : ces données tolèrent des taux dix fois plus grands. Mais au-delà elle ne promet plus rien,
# et la courbe finit par remonter. Le mauvais signe, lui, ne pardonne à aucun taux.
#
# ## Régulariser, et atteindre l’optimum
#
# Sans pénalité, les poids grandissent sans fin : sur des classes que des droites séparent, le coût n’a pas de
# minimum. Avec elle, [](#l2-loss), il en a un seul, et l’on peut l’atteindre. La méthode est celle de Nesterov : un
# pas de gradient, puis un élan.

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
    print(f"alpha = {alpha}: justes {accuracy(X, V, y):.1%} des appris, {accuracy(X_new, V, y_new):.1%} des nouveaux")

# %% [markdown]
# ## Une autre bibliothèque, le même optimum
#
# `LogisticRegression`, de scikit-learn, minimise la somme des coûts, multipliée par un nombre qu’elle appelle `C`,
# plus la moitié des carrés des poids. C’est notre coût divisé par $\alpha$, si ce nombre est $1 / (N \alpha)$. Elle
# ne sait rien de nos formules, et arrive au même point :

# %%
alpha = 0.01
theirs = LogisticRegression(C=1 / (N * alpha), fit_intercept=False, tol=1e-10, max_iter=10_000).fit(X, y)
losses = [regularised_loss(mean_loss(X, V, b, y), V, alpha) for V in (best[alpha], theirs.coef_.T)]
print(f"coût, par nos pas :       {losses[0]:.8f}")
print(f"coût, par scikit-learn :  {losses[1]:.8f}")
print("écart relatif sous 10⁻⁶ :", bool(abs(losses[0] / losses[1] - 1) < 1e-6))
assert abs(losses[0] / losses[1] - 1) < 1e-6

# %% [markdown]
# ## Ce que les poids ont appris
#
# Chaque classe a un poids par pixel. En voici dix images : en violet, l’encre qui parle pour la classe ; de la
# couleur du texte, celle qui parle contre elle.

# %% tags=["hide-input"]
figure, axes = canvas(2.1, 4.6)
W = best[0.01]
images(axes, W[:64].T / np.abs(W[:64]).max(), 5, COLOURS["W"], INK, [f"{digit}" for digit in range(10)])
told = "Dix images de poids. Celle du 0 est de la couleur du texte au centre et violette autour ; les autres dessinent en violet les traits propres à leur chiffre."
show(figure, "Les poids de chaque classe, en images", told)

# %% [markdown]
# ## Ce qui est confondu
#
# Une ligne par chiffre écrit, une colonne par chiffre lu, sur les 597 nouveaux. Hors de la diagonale sont les
# erreurs.

# %%
S = batch_softmax(batch_logits(X_new, W, b))
read = S.argmax(axis=1)
confusion = np.zeros((C, C), int)
np.add.at(confusion, (y_new - 1, read), 1)
print(" " + "".join(f"{digit:3}" for digit in range(10)))
for digit, row in enumerate(confusion):
    print(digit, "".join(f"{count:3}" if count else "  ." for count in row), sep="")
print("justes :", np.trace(confusion), "sur", confusion.sum())

# %% [markdown]
# Et voici les cinq erreurs dont le modèle était le plus sûr : sous chacune, le chiffre écrit, puis celui qu’il a lu,
# avec sa probabilité.

# %% tags=["hide-input"]
figure, axes = canvas(1.5, 4.8)
wrong = np.flatnonzero(read != y_new - 1)
worst = wrong[np.argsort(-S[wrong, read[wrong]])][:5]
POINT = ","  # between a number's whole part and its decimals
captions = [f"{y_new[n] - 1}, lu {read[n]}\n({number(S[n, read[n]])})".replace(".", POINT) for n in worst]
images(axes, X_new[worst, :64], 5, captions=captions)
axes.set(ylim=(-15, 1))
told = "Cinq chiffres mal formés, avec sous chacun : " + " ; ".join(caption.replace("\n", " ") for caption in captions) + "."
show(figure, "Les erreurs les plus sûres d’elles", told)

# %% [markdown]
# ## Une couche de plus
#
# Une couche rend à celle d’avant le gradient de son entrée, [](#batch-grad-x). C’est tout ce qu’il faut pour mettre
# [une couche cachée](hidden-layer.md) devant : ses poids $A$ reçoivent ce gradient, multiplié par la pente de la
# tangente hyperbolique, [](#hidden-grad-a).

# %%
rng = np.random.default_rng(3)
A, V = rng.normal(size=(D, 32)) / 4, rng.normal(size=(32, C)) / 4


def two_layers(X, y, A, V):
    """Gradients in the weights of both layers."""
    hidden = np.tanh(X @ A)
    S, Y = batch_softmax(batch_logits(hidden, V, b)), one_hot_rows(y, C)
    dhidden = batch_grad_X(S, Y, V)
    return X.T @ (dhidden * (1 - hidden**2)), batch_grad_W(hidden, S, Y)


print("coût avant :", f"{mean_loss(np.tanh(X @ A), V, b, y):.1f}")
for _ in range(40):
    for rows in np.array_split(rng.permutation(N), N // 32):
        dA, dV = two_layers(X[rows], y[rows], A, V)
        A, V = A - 0.2 * dA, V - 0.2 * dV
hidden = np.tanh(X_new @ A)
print(f"une couche :  {accuracy(X_new, small, y_new):.0%} des nouveaux chiffres")
print(f"deux couches : {accuracy(hidden, V, y_new):.0%}")

# %% [markdown]
# ## Ce que l’on a vu
#
# - Le coût d’un modèle qui n’a rien appris est $\ln C$, [](#training-untrained) : c’est le premier nombre à regarder.
# - Sous la borne $4 / \mu$, chaque pas réussit, [](#training-descent) ; avec le mauvais signe, tous échouent.
# - Pénalisé, le coût a un seul minimum, que d’autres trouvent aussi, à moins d’un millionième près.
# - Le gradient de l’entrée suffit pour apprendre à travers une couche cachée.
#
# Ce *notebook*{: lang=en } se télécharge, en haut de la page : il contient le source des fonctions vérifiées dont il
# se sert, et s’exécute ailleurs, sans ce site.
