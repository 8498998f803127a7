"""The legend of the colours: a quantity has one, and a second sign for who doesn't tell colours."""

# --8<-- [start:imports]
from drawing import COLOURS, DASHES, HATCHES, PAPER, canvas, svg, symbol

# --8<-- [end:imports]


# --8<-- [start:figure-palette]
QUANTITIES = {  # symbol, what it is, how it is told without its colour
    "X": ("X", "the input, a row", "its name"),
    "W": ("W", "the weights", "its name"),
    "logits": ("a, λ", "the scores, or logits", "dashes"),
    "S": ("S", "the probabilities", "solid"),
    "Y": ("Y", "the right answer, the target", "stripes"),
    "gradient": ("S − Y, ∂L/∂W, …", "what corrects", "dots"),
    "L": ("L", "the loss", "alone on its axis"),
}
PLAIN = ("X", "W", "S", "L")


def draw_palette():
    r"""A row for each quantity: its colour as a bar and as a line, its symbol, its name, its second sign."""
    figure, axes = canvas(2.9, 6)
    for row, (quantity, (letters, said, cue)) in enumerate(QUANTITIES.items()):
        colour, y = COLOURS[quantity], -row
        face = colour if quantity in PLAIN else PAPER
        axes.bar(0, 0.56, 0.6, y - 0.28, facecolor=face, edgecolor=colour, hatch=HATCHES.get(quantity, ""))
        axes.plot((0.5, 1.1), (y, y), color=colour, linestyle=DASHES.get(quantity, "-"))
        symbol(axes, 1.3, y, letters, quantity, va="center", size=13)
        axes.text(3.9, y, said, va="center")
        axes.text(6.9, y, cue, va="center")
    axes.set(xlim=(-0.4, 8.6), ylim=(-6.5, 0.5))
    axes.axis("off")
    return figure
# --8<-- [end:figure-palette]


if __name__ == "__main__":
    # --8<-- [start:figure-palette-demo]
    print(svg(
        draw_palette(),
        "The colours of the quantities",
        "Seven rows, one for each quantity: a bar and a line in its colour, its letters, what it is, and what it is "
        "known by without its colour. Input X, teal. Weights W, violet. Scores or logits, brown, dashed. Probabilities "
        "S, blue, solid. Right answer Y, green, striped. What corrects, S − Y and the derivatives of the loss, red, "
        "dotted. Loss L, purple.",
    ))
    # --8<-- [end:figure-palette-demo]
