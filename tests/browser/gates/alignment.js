// What stands where in the formulas of a page, in CSS pixels, as a list of formulas in document order.
// Of each table: the columns, with the cells that KaTeX made of them (it makes none where a row ends early).
() => {
  const baseline = (span) => span.querySelector(":scope > .pstrut")?.getBoundingClientRect().bottom ?? NaN;

  // The relation sign that a cell begins with, as do the rows of `aligned` after their `&`.
  const leadingRelation = (cell) => {
    const sign = cell.matches(".mrel") ? cell : cell.querySelector(".mrel");
    if (!sign) return null;
    const before = document.createRange();
    before.setStartBefore(cell);
    before.setEndBefore(sign);
    return before.toString().replace(/[\s\u200b]/g, "") ? null : sign.getBoundingClientRect().left;
  };

  const cell = (span) => {
    const {left, right} = span.lastElementChild.getBoundingClientRect();
    return {baseline: baseline(span), left, right, relation: leadingRelation(span.lastElementChild)};
  };

  const column = (element) => ({
    align: element.className.match(/col-align-([rlc])/)[1],
    touches: !!element.previousElementSibling?.matches("[class*=col-align-]"),
    cells: [...element.querySelectorAll(":scope > .vlist-t > .vlist-r:first-child > .vlist > span")]
      .filter((span) => span.lastElementChild && !span.lastElementChild.matches(".pstrut"))
      .map(cell),
  });

  const depth = (table) => {
    let count = 0;
    for (let node = table; node; node = node.parentElement.closest(".mtable")) count += 1;
    return count;
  };

  const table = (element) => ({
    depth: depth(element),
    columns: [...element.children].filter((child) => /col-align-/.test(child.className)).map(column),
  });

  const formula = (element) => {
    const seen = element.querySelector(".katex-html");
    const equation = element.closest(".vm-equation");
    return {
      tex: element.querySelector("annotation[encoding='application/x-tex']")?.textContent ?? null,
      displayed: !!element.closest(".katex-display"),
      label: equation?.id || null,
      again: equation?.matches(".vm-shown") ?? false,
      visible: !!seen && seen.checkVisibility({opacityProperty: true, visibilityProperty: true}) &&
        seen.getBoundingClientRect().width > 0,
      tables: seen ? [...seen.querySelectorAll(".mtable")].map(table) : [],
    };
  };

  return [...document.querySelectorAll(".katex, .katex-error")].map(formula);
}
