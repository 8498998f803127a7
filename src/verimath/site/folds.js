// What is folded opens on paper, and where a link leads inside of it; paper has the faces of what hasn't been seen.
{
  const openedForPrint = new Set();
  addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll("details:not([open], .vm-verdict)")) {
      box.open = true;
      openedForPrint.add(box);
    }
  });
  addEventListener("afterprint", () => {
    for (const box of openedForPrint) box.open = false;
    openedForPrint.clear();
  });

  // An address may hold anything.
  const decoded = (name) => {
    try {
      return decodeURIComponent(name);
    } catch {
      return name;
    }
  };
  const reveal = (hash) => {
    const target = hash.length > 1 && document.getElementById(decoded(hash.slice(1)));
    let isFolded = false;
    for (let box = target && target.closest("details"); box; box = box.parentElement.closest("details")) {
      isFolded ||= !box.open;
      box.open = true;
    }
    if (isFolded) target.scrollIntoView();
  };
  addEventListener("hashchange", () => reveal(location.hash));
  // A link to where one is already changes nothing.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && link.hash && link.href === location.href) reveal(link.hash);
  });
  reveal(location.hash);

  // A browser asks for a face when what it draws is laid out, and paper doesn't wait for it: those of what is folded, or
  // skipped, are asked for once a page is there.
  const KINDS = {
    AMS: ".mathbb, .textbb, .amsrm",
    Caligraphic: ".mathcal",
    Fraktur: ".mathfrak, .textfrak",
    Main: ".katex-html",
    Math: ".mathnormal, .boldsymbol",
    SansSerif: ".mathsf, .textsf",
    Script: ".mathscr, .textscr",
    Size1: ".size1, .delim-size1, .small-op",
    Size2: ".size2, .large-op",
    Size3: ".size3",
    Size4: ".size4, .delim-size4",
    Typewriter: ".mathtt, .texttt",
  };
  const AFTER_MS = 1000;
  const drawnBy = ({ family, style, weight }) => {
    const kind = family.match(/KaTeX_(\w+)/)?.[1];
    if (kind && /bold|700/.test(weight)) return ".mathbf, .textbf, .boldsymbol";
    if (kind === "Main" && style === "italic") return ".mathit, .textit";
    return kind ? KINDS[kind] : "body";
  };
  const texts = new Map();
  // What other faces draw isn't the main one's.
  const { Main, ...OTHERS } = KINDS;
  const others = [...Object.values(OTHERS), ".mathbf, .textbf, .mathit, .textit"].join();
  const isMain = (part) => !part.firstElementChild && !part.closest(others);
  const drawn = (selector) =>
    [...document.querySelectorAll(selector === Main ? `${Main} span` : selector)].filter(
      (part) => selector !== Main || isMain(part),
    );
  const letters = (selector) => {
    if (!texts.has(selector)) {
      const text = drawn(selector).map((part) => part.textContent).join("");
      texts.set(selector, [...new Set(text)].map((letter) => letter.codePointAt(0)));
    }
    return texts.get(selector);
  };
  const ask = () => {
    const faces = [...document.fonts];
    const inUse = new Set(faces.filter((face) => face.status === "loaded").map((face) => face.family));
    for (const face of faces) {
      const selector = drawnBy(face);
      if (face.status !== "unloaded" || !selector || (selector === "body" && !inUse.has(face.family))) continue;
      const ranges = face.unicodeRange.match(/[0-9a-f]+(-[0-9a-f]+)?/gi).map((range) => range.split("-"));
      const isDrawn = (code) =>
        ranges.some(([first, last = first]) => parseInt(first, 16) <= code && code <= parseInt(last, 16));
      if (letters(selector).some(isDrawn)) face.load().catch(() => {});
    }
    texts.clear();
  };
  // Not all browsers say when they are idle.
  const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
  addEventListener("load", () => setTimeout(() => whenIdle(ask), AFTER_MS));
}
