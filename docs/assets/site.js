// What Material's script adds to a page, made usable by keyboard and screen reader: its tables, tabs and found code scroll, and it puts
// a landmark around each button that copies code.
const french = document.documentElement.lang === "fr";
const SCROLLING = {
  ".md-typeset__scrollwrap": french ? "Tableau" : "Table",
  ".tabbed-labels": french ? "Onglets" : "Tabs",
  ".md-search-result pre > code": "Code",
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
  document.querySelectorAll("nav.md-code__nav").forEach((buttons, index) => {
    buttons.ariaLabel ??= `Code ${index + 1}`;
  });
};
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
mend();

// What moved to another page leaves its anchor here, with a link; whoever comes by the anchor is led on.
const leadOn = () => {
  // Not :target, which no element is yet when a page has just been read.
  const asked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const link = asked?.matches(".moved > *") && asked.querySelector("a");
  if (link) location.replace(link.href);
};
window.addEventListener("hashchange", leadOn);
leadOn();
