// What a reader does with equations: another trial, symbols that say what they are, references that show what they lead
// to. Without this script the pages hold all but that.
{
  const settings = () => {
    const box = document.querySelector(".vm-reader");
    return (
      box && {
        words: JSON.parse(box.dataset.words),
        symbols: box.dataset.symbols,
        root: box.dataset.root,
        previews: box.dataset.previews,
        silent: (box.dataset.silent ?? "").split(" ").filter(Boolean),
        unseen: (box.dataset.unseen ?? "").split(" ").filter(Boolean),
      }
    );
  };
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const src = document.currentScript?.src ?? document.baseURI;
  const brought = new Set();
  // What few pages need.
  const bring = (name) => {
    if (!brought.has(name)) document.head.append(element("script", { src: new URL(name, src).href }));
    brought.add(name);
  };
  const asked = new Map();
  const load = (address, as) => {
    const url = new URL(address, document.baseURI).href;
    if (!asked.has(url)) {
      const answer = fetch(url).then((response) => (response.ok ? response[as]() : null));
      asked.set(url, answer.catch(() => null));
    }
    return asked.get(url);
  };

  // Another trial

  const addButton = (box) => {
    const evidence = box.querySelector(".vm-evidence");
    const table = evidence.querySelector("table");
    const known = settings();
    if (!table || !known || evidence.querySelector("button")) return;
    table.caption.setAttribute("aria-live", "polite");
    let place = 0;
    const button = element("button", { type: "button", className: "vm-another", textContent: known.words.another });
    button.addEventListener("click", async () => {
      const trials = (await load(box.dataset.trials, "json"))?.[box.closest(".vm-equation").id];
      if (!trials) {
        button.remove();
        return;
      }
      place = (place + 1) % trials.length;
      table.caption.textContent = trials[place].caption;
      table.tBodies[0].replaceChildren(
        ...trials[place].rows.map(([name, numbers]) =>
          element(
            "tr",
            {},
            element("th", { textContent: name }),
            element("td", { textContent: numbers }),
          ),
        ),
      );
    });
    evidence.append(button);
  };
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.matches?.(".vm-verdict[data-trials][open]")) addButton(event.target);
    },
    true,
  );

  // A bubble, which can be pointed at; Escape closes it

  const bubble = element("div", { id: "vm-bubble", className: "vm-bubble md-typeset", role: "tooltip", hidden: true });
  const spoken = element("div", { className: "vm-spoken", role: "status", ariaLive: "polite" });
  const landmark = () => document.querySelector("main, [role=main]") ?? document.body;
  let owner = null;
  let closing = 0;
  const close = () => {
    clearTimeout(closing);
    bubble.hidden = true;
    owner?.removeAttribute?.("aria-describedby");
    owner = null;
    for (const marked of document.querySelectorAll(".vm-same, .vm-current")) marked.classList.remove("vm-same", "vm-current");
  };
  const closeSoon = () => {
    clearTimeout(closing);
    closing = setTimeout(close, 300);
  };
  const open = (at, children, beside = at.getBoundingClientRect()) => {
    clearTimeout(closing);
    bubble.replaceChildren(...children);
    if (!bubble.isConnected) landmark().append(bubble);
    bubble.hidden = false;
    const box = at.getBoundingClientRect();
    const { top, bottom } = beside;
    const room = document.documentElement.clientWidth;
    const left = Math.max(4, Math.min(box.left, room - bubble.offsetWidth - 4));
    const isBelow = bottom + bubble.offsetHeight + 8 < innerHeight || top < bubble.offsetHeight + 60;
    const base = (bubble.offsetParent ?? document.documentElement).getBoundingClientRect();
    bubble.style.left = `${left - base.left}px`;
    bubble.style.top = `${(isBelow ? bottom + 4 : top - bubble.offsetHeight - 4) - base.top}px`;
  };
  bubble.addEventListener("pointerenter", () => clearTimeout(closing));
  bubble.addEventListener("pointerleave", closeSoon);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !bubble.hidden) close();
  });

  // Symbols: the parts of KaTeX's HTML that print the same glyphs as a symbol alone

  const FONT = /\b(?:mathbb|mathcal|mathscr|mathfrak|mathbf|boldsymbol|textbf|mathsf|mathtt)\b/;
  const INVISIBLE = /[\u200b\u2060-\u2064\s]/g;
  const leaves = (node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (walker.currentNode.data.replace(INVISIBLE, "")) found.push(walker.currentNode);
    return found;
  };
  const glyphs = (node) =>
    leaves(node)
      .map((leaf) => {
        const font = leaf.parentElement.className.match?.(FONT);
        return (font ? `${font[0]}:` : "") + leaf.data.replace(INVISIBLE, "");
      })
      .join("");
  const known = new WeakMap();
  // Of a formula: its symbols in their order, each with what there is to say.
  const symbolsIn = (formula, table) => {
    if (known.get(formula)?.table !== table) {
      const found = new Map();
      for (const leaf of leaves(formula)) {
        let part = leaf.parentElement;
        if (!part.closest(".katex-html")) continue;
        let best = null;
        for (let height = 0; height < 9 && !part.matches(".katex-base, .katex-html"); height += 1) {
          const printed = glyphs(part);
          if (printed.length > 24) break;
          if (Object.hasOwn(table, printed)) best = { part, printed, said: table[printed] };
          part = part.parentElement;
        }
        if (best) found.set(best.part, best);
      }
      known.set(formula, { table, symbols: [...found.values()] });
    }
    return known.get(formula).symbols;
  };
  const FORMULA = ".vm-formula, .vm-inline";
  // Those that the keyboard reaches: displayed ones, and ones in the text that may scroll.
  const STOP = ".vm-formula, .vm-long";
  const around = (formula) => {
    const block = formula.closest(".vm-equation, p, li, dd, td, figcaption") ?? formula;
    const found = [block];
    for (const way of ["previousElementSibling", "nextElementSibling"]) {
      for (let other = block[way], left = 3; other && left; other = other[way], left -= 1) {
        if (other.matches("h1, h2, h3, h4")) break;
        found.push(other);
      }
    }
    return found;
  };
  // The height of the line that a symbol stands in: its bubble leaves all of it to be seen, unless it is very high.
  const lineOf = (part) => {
    const own = part.getBoundingClientRect();
    const rects = [...(part.closest(".katex-html")?.querySelectorAll(".katex-base") ?? [])]
      .map((base) => base.getBoundingClientRect())
      .filter((rect) => rect.top < own.bottom && rect.bottom > own.top);
    const top = Math.min(own.top, ...rects.map((rect) => rect.top));
    const bottom = Math.max(own.bottom, ...rects.map((rect) => rect.bottom));
    return bottom - top < 120 ? { top, bottom } : own;
  };
  const explain = (formula, symbol, table, { words }) => {
    close();
    const { said, printed, part } = symbol;
    for (const block of around(formula)) {
      const formulas = block.matches(FORMULA) ? [block] : block.querySelectorAll(FORMULA);
      for (const other of formulas) {
        for (const same of symbolsIn(other, table)) if (same.printed === printed) same.part.classList.add("vm-same");
      }
      for (const word of said.code ? block.querySelectorAll(".highlight span") : []) {
        if (word.textContent === said.code) word.classList.add("vm-same");
      }
    }
    part.classList.add("vm-current");
    owner = formula;
    const head = element("span", { className: "vm-bubble-symbol" });
    head.innerHTML = said.html;
    const lines = [head];
    if (said.meaning) lines.push(element("span", { className: "vm-bubble-meaning", textContent: said.meaning }));
    if (said.code) lines.push(element("span", {}, `${words.code} `, element("code", { textContent: said.code })));
    if (said.number) {
      lines.push(element("span", {}, `${words.where} `, element("a", { href: said.address, textContent: `(${said.number})` })));
    }
    open(part, lines, lineOf(part));
  };
  const speak = (said, { words }) => {
    if (!spoken.isConnected) landmark().append(spoken);
    const parts = [said.said || said.symbol, said.meaning];
    if (said.code) parts.push(`${words.code} ${said.code}`);
    if (said.number) parts.push(`${words.where} ${said.number}`);
    spoken.textContent = parts.filter(Boolean).join(", ");
  };
  // What an equation that is shown again means is known where it is at home.
  const atHome = new Map();
  const tableOfHome = (link, root) => {
    const base = new URL(root, document.baseURI);
    const name = link.pathname.slice(base.pathname.length).replace(/(\.html|\/)$/, "") || "index";
    if (!atHome.has(name)) {
      const led = (said) => ({ ...said, address: said.address && new URL(said.address, link.href).href });
      const table = load(new URL(`assets/verimath/symbols/${name}.json`, base).href, "json");
      const resolved = table.then(
        (found) => found && Object.fromEntries(Object.entries(found).map(([printed, said]) => [printed, led(said)])),
      );
      atHome.set(name, resolved);
    }
    return atHome.get(name);
  };
  const tableFor = async (config, formula) => {
    const box = formula?.closest(".vm-equation");
    if (!formula || !config || formula.closest(".vm-bubble") || config.silent.includes(box?.id)) return null;
    const home = config.root && box?.matches(".vm-shown") && box.querySelector(".vm-number");
    if (home) return tableOfHome(home, config.root);
    return config.symbols ? load(config.symbols, "json") : null;
  };
  const symbolAt = async (target, config) => {
    const formula = target.closest?.(FORMULA);
    const table = await tableFor(config, formula);
    const found = table ? symbolsIn(formula, table).filter(({ part }) => part.contains(target)) : [];
    return found.length ? [formula, found[0], table] : null;
  };
  let pointed = null;
  document.addEventListener("pointerover", async (event) => {
    if (!event.target.closest?.(FORMULA)) return;
    pointed = event.target;
    const config = settings();
    const found = await symbolAt(event.target, config);
    if (!found || pointed !== event.target) return;
    // On its way to an open bubble the pointer may cross other symbols.
    if (!bubble.hidden) await new Promise((passed) => setTimeout(passed, 150));
    if (pointed === event.target) explain(...found, config);
  });
  document.addEventListener("pointerout", (event) => {
    pointed = null;
    if (event.target.closest?.(FORMULA) && !bubble.hidden) closeSoon();
  });
  document.addEventListener("click", async (event) => {
    if (event.target.closest?.(".vm-bubble")) return;
    const config = settings();
    const found = await symbolAt(event.target, config);
    if (found) explain(...found, config);
    else if (!event.target.closest?.("a")) close();
  });

  // By keyboard: a formula is one stop, arrow keys go from symbol to symbol

  let current = -1;
  document.addEventListener("focusin", async (event) => {
    if (!event.target.matches?.(STOP)) return;
    current = -1;
    const config = settings();
    const table = await tableFor(config, event.target);
    if (table && symbolsIn(event.target, table).length) event.target.ariaDescription = config.words.keys;
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.(STOP) && owner === event.target) closeSoon();
  });
  document.addEventListener("keydown", async (event) => {
    const formula = event.target;
    if (!formula.matches?.(STOP) || !["ArrowRight", "ArrowLeft", "Enter"].includes(event.key)) return;
    const config = settings();
    if (!config?.symbols && !config?.root) return;
    if (event.key !== "Enter") event.preventDefault();
    const table = await tableFor(config, formula);
    const found = table ? symbolsIn(formula, table) : [];
    if (!found.length) return;
    if (event.key === "Enter") {
      if (current >= 0 && !bubble.hidden && found[current].said.address) location.href = found[current].said.address;
      return;
    }
    const step = event.key === "ArrowRight" ? 1 : -1;
    current = current < 0 ? (step > 0 ? 0 : found.length - 1) : (current + step + found.length) % found.length;
    // Sideways only: a box may be taller within than it shows, by a part of a pixel.
    const [inner, outer] = [found[current].part, formula].map((box) => box.getBoundingClientRect());
    formula.scrollLeft += Math.max(0, inner.right - outer.right + 8) - Math.max(0, outer.left - inner.left + 8);
    explain(formula, found[current], table, config);
    speak(found[current].said, config);
  });

  // References: what they lead to, before one goes there

  // An equation of another site lies here too, where it can be shown.
  const source = (link) => new URL(link.dataset.preview ?? link.href, location.href);
  const target = async (link) => {
    const from = source(link);
    const here = from.origin === location.origin && from.pathname === location.pathname;
    const html = here ? null : await load(from.href.split("#")[0], "text");
    if (!here && !html) return null;
    const whole = here ? document : new DOMParser().parseFromString(html, "text/html");
    return whole.getElementById(decodeURIComponent(from.hash.slice(1)));
  };
  const previewOf = (found) => {
    if (found?.matches(".vm-equation")) {
      const formula = found.querySelector(".vm-display");
      const name = found.querySelector(".vm-name");
      const number = found.querySelector(".vm-number");
      return formula && [...(name ? [name] : []), formula, ...(number ? [number] : [])].map((part) => {
        const copy = part.matches(".vm-number") ? element("span", { textContent: part.textContent }) : part.cloneNode(true);
        for (const each of copy.querySelectorAll(".vm-same, .vm-current")) each.classList.remove("vm-same", "vm-current");
        return copy;
      });
    }
    const meaning = found?.closest("dt")?.nextElementSibling;
    return meaning?.matches("dd") ? [...meaning.childNodes].map((node) => node.cloneNode(true)) : null;
  };
  const mayShow = (link) => {
    const known = settings();
    if (!known?.previews || source(link).origin !== location.origin || !link.hash) return false;
    if (!link.closest(".md-content, main, article, .vm-equation, p, li, td") || link.closest(".vm-bubble, nav, .headerlink")) return false;
    return !(link.pathname === location.pathname && known.unseen.includes(link.hash.slice(1)));
  };
  let wanted = null;
  const preview = async (link) => {
    if (!mayShow(link)) return false;
    wanted = link;
    const children = previewOf(await target(link));
    if (!children || wanted !== link) return false;
    close();
    open(link, children);
    owner = link;
    link.setAttribute("aria-describedby", bubble.id);
    return true;
  };
  document.addEventListener("pointerover", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (link && event.pointerType !== "touch" && owner !== link) preview(link);
  });
  document.addEventListener("pointerout", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (!link) return;
    wanted = null;
    if (owner === link) closeSoon();
  });
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (link?.matches(":focus-visible")) preview(link);
  });
  document.addEventListener("focusout", (event) => {
    if (owner === event.target) closeSoon();
  });
  // A first tap shows, a second one follows.
  let touched = false;
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (!touched || !link || owner === link || !mayShow(link)) return;
    event.preventDefault();
    preview(link).then((isShown) => {
      if (!isShown) location.href = link.href;
    });
  });

  const arrive = () => {
    close();
    if (document.querySelector(".vm-index, .vm-graph")) bring("lists.js");
    for (const box of document.querySelectorAll(".vm-verdict[data-trials][open]")) addButton(box);
  };
  // Where Material loads a page into this one, it says so; it says it of this one too.
  if (globalThis.document$?.subscribe) globalThis.document$.subscribe(arrive);
  else arrive();
}
