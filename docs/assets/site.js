// What Material's script adds to a page, made usable by keyboard and screen reader: its tables, tabs and found code scroll, and it puts
// a landmark around each button that copies code.
const words = JSON.parse(document.body.dataset.words);
const SCROLLING = {
  ".md-typeset__scrollwrap": words.table,
  ".tabbed-labels": words.tabs,
  ".md-search-result pre > code": words.code,
};

const mend = () => {
  for (const [selector, name] of Object.entries(SCROLLING)) {
    document.querySelectorAll(selector).forEach((box, index) => {
      if (box.tabIndex === 0) return;
      box.tabIndex = 0;
      box.role = "group";
      box.ariaLabel = `${name} ${index + 1}`;
    });
  }
  // They come as their code is seen, in any order.
  const code = [...document.querySelectorAll("pre")];
  for (const buttons of document.querySelectorAll("nav.md-code__nav")) {
    buttons.ariaLabel ??= `${words.code} ${code.indexOf(buttons.closest("pre")) + 1}`;
  }
};
// An explorer comes when its place comes near.
const { src } = document.currentScript;
const near = new IntersectionObserver((places) => {
  for (const { isIntersecting, target } of places) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    import(new URL("explorer.js", src)).then(({ explore }) => explore(target));
  }
}, { rootMargin: "100%" });
const awaited = new WeakSet();
const wait = () => {
  for (const place of document.querySelectorAll(".explorer")) {
    if (!awaited.has(place)) near.observe(place);
    awaited.add(place);
  }
};
const arrange = () => {
  mend();
  wait();
};
new MutationObserver(arrange).observe(document.body, { childList: true, subtree: true });
arrange();

// What moved to another page leaves its anchor here, with a link; whoever comes by the anchor is led on.
const leadOn = () => {
  // Not :target, which no element is yet when a page has just been read.
  const asked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const link = asked?.matches(".moved > *") && asked.querySelector("a");
  if (link) location.replace(link.href);
};
window.addEventListener("hashchange", leadOn);
leadOn();

// Another edition of the page has the same equations, under the same labels, and as many headings: the way there keeps
// the place where one reads, which is what the address asks for or else the topmost of these that is in sight.
const PLACES = "article .vm-equation[id], article :is(h2, h3, h4)[id]";
const HEADING = "heading-";
const here = () => {
  const asked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const seen = (place) => place && place.getBoundingClientRect().bottom > 0 && place.getBoundingClientRect().top < innerHeight;
  const place = seen(asked) ? asked.closest(PLACES) : [...document.querySelectorAll(PLACES)].find(seen);
  if (!place || scrollY === 0) return "";
  if (place.matches(".vm-equation")) return `#${place.id}`;
  return `#${HEADING}${[...document.querySelectorAll("article :is(h2, h3, h4)[id]")].indexOf(place)}`;
};
document.querySelectorAll(".md-select__link[hreflang]").forEach((link) => {
  const bare = link.href;
  link.addEventListener("click", () => { link.href = bare + here(); });
});
const found = location.hash.match(`^#${HEADING}(\\d+)$`);
const heading = found && document.querySelectorAll("article :is(h2, h3, h4)[id]")[Number(found[1])];
if (heading) location.replace(`#${heading.id}`);

// A host has one page for all addresses that don't exist: below another edition's folder, it leads to that edition's own.
const folder = (link) => new URL(link.href).pathname.replace(/404\.html$/, "");
const lost = [...document.querySelectorAll(".md-select__link[href$='404.html']")];
const own = lost.find((link) => link.hreflang === document.documentElement.lang);
const nearer = lost.find((link) => folder(link).length > folder(own).length && location.pathname.startsWith(folder(link)));
if (nearer && !location.pathname.endsWith("404.html")) location.replace(nearer.href);
