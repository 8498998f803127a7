// Mark what axe needn't judge by its contrast: of the pieces of a program or of a formula that look the same, all but the
// first, whose contrast is theirs; and single letters, on which axe never decides.
// A piece's look is its own and that of all that it lies in, to the program's or the formula's box.
() => {
  const told = ["color", "backgroundColor", "backgroundImage", "fontSize", "fontWeight", "opacity", "textShadow",
    "position", "filter", "mixBlendMode", "visibility"];
  for (const box of document.querySelectorAll("pre code, .katex-html")) {
    const looks = new Map([[box, ""]]), seen = new Set(), { left, right } = box.parentElement.getBoundingClientRect();
    // A parent comes before its children.
    for (const piece of box.querySelectorAll("*")) {
      const style = getComputedStyle(piece), place = piece.getBoundingClientRect();
      looks.set(piece, `${looks.get(piece.parentElement)}|${told.map((name) => style[name])}`);
      const own = [...piece.childNodes].filter((each) => each.nodeType === Node.TEXT_NODE).map((each) => each.data);
      const letters = own.join("").trim().length;
      // What lies outside of its box may have another background.
      const look = `${place.left >= left && place.right <= right && piece.checkVisibility()} ${looks.get(piece)}`;
      piece.toggleAttribute("data-judged", letters === 1 || (letters > 1 && seen.has(look)));
      if (letters > 1) seen.add(look);
    }
  }
}
