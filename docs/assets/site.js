// What Material's script adds to a page, made usable by keyboard and screen reader: its tables and tabs scroll, and it puts
// a landmark around each button that copies code.
const mend = () => {
  const scrolling = ".md-typeset__scrollwrap:not([tabindex]), .tabbed-labels:not([tabindex])";
  for (const box of document.querySelectorAll(scrolling)) box.tabIndex = 0;
  document.querySelectorAll("nav.md-code__nav").forEach((buttons, index) => {
    buttons.ariaLabel ??= `Code ${index + 1}`;
  });
};
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
mend();
