// Formula boxes that a reader without a mouse can't scroll, or comes upon without being told what they are.
() => {
  const scrolls = (element) =>
    element.scrollWidth > element.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const holdsFormula = (element) => element.closest(".katex") || element.querySelector(".katex");

  const boxes = [...document.querySelectorAll("body *")].filter((element) =>
    element.checkVisibility() && (element.matches(".vm-formula") || scrolls(element) && holdsFormula(element)));

  return boxes.flatMap((box) => {
    const place = box.id || box.closest("[id]")?.id;
    const name = `<${[box.localName, ...box.classList].join(".")}>${place ? ` at #${place}` : ""}`;
    box.focus({preventScroll: true});
    return [
      ...(box.tabIndex === 0 && document.activeElement === box ? [] : [`${name} can't be reached by keyboard`]),
      ...(box.role ? [] : [`${name} has no role`]),
      ...(box.ariaLabel?.trim() ? [] : [`${name} has no label`]),
    ];
  });
}
