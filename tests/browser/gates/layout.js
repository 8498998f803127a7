// What lies outside of the page or over something else, as a list of sentences.
() => {
  const SLACK = 0.5;
  const width = document.documentElement.clientWidth;

  const name = (element) => {
    const id = element.id || element.closest("[id]")?.id || "";
    return `<${[element.localName, ...element.classList].join(".")}>${id && ` at #${id}`}`;
  };

  const visible = (element) => element.checkVisibility({opacityProperty: true, visibilityProperty: true});

  // Scroll boxes and ellipses clip what they hold; a wrapper around the whole text would only hide it.
  const clips = (box, overflow) => overflow !== "visible" && !box.querySelector("h1");

  // The part of an element that the boxes around it let through; null for what is fixed to the window: drawers, dialogs.
  const seenPart = (element) => {
    let {left, top, right, bottom} = element.getBoundingClientRect();
    let {position} = getComputedStyle(element);
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (position === "fixed") return null;
      const style = getComputedStyle(box);
      if (position === "absolute" && style.position === "static") continue;
      const edges = box.getBoundingClientRect();
      if (clips(box, style.overflowX)) {
        left = Math.max(left, edges.left);
        right = Math.min(right, edges.right);
      }
      if (clips(box, style.overflowY)) {
        top = Math.max(top, edges.top);
        bottom = Math.min(bottom, edges.bottom);
      }
      position = style.position;
    }
    return position !== "fixed" && left < right && top < bottom ? {left, top, right, bottom} : null;
  };

  const sticksOut = (element) => {
    const whole = element.getBoundingClientRect();
    if (whole.right <= width + SLACK && whole.left >= -SLACK) return false;
    const part = visible(element) && seenPart(element);
    return !!part && (part.right > width + SLACK || part.left < -SLACK);
  };

  const meet = (a, b) => !!a && !!b &&
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;

  // A strut is as high and deep as the formula that it stands in; boxes that scroll sideways clip above and below too.
  const isCut = (strut) => {
    const {top, bottom} = strut.getBoundingClientRect();
    for (let box = strut.parentElement; box && box !== document.body; box = box.parentElement) {
      if (!clips(box, getComputedStyle(box).overflowY)) continue;
      const edge = box.getBoundingClientRect().top + box.clientTop;
      if (top < edge - SLACK || bottom > edge + box.clientHeight + SLACK) return true;
    }
    return false;
  };

  const ofEquation = (equation) => {
    const box = equation.querySelector(".vm-formula");
    const number = equation.querySelector(".vm-number");
    if (!box || !number) return [`${name(equation)} lacks its formula or its number`];
    if (!visible(box)) return [];
    const parts = [box, ...box.querySelectorAll(".katex-base")].map(seenPart);
    return [
      ...(visible(number) && seenPart(number) ? [] : [`the number of ${name(equation)} can't be seen`]),
      ...(parts.some((part) => meet(part, seenPart(number))) ? [`the number of ${name(equation)} covers its formula`] : []),
    ];
  };

  const scrollWidth = document.documentElement.scrollWidth;
  const out = new Set([...document.body.querySelectorAll("*")].filter(sticksOut));
  const cut = [...document.querySelectorAll(".katex-base > .katex-strut")].filter((strut) => visible(strut) && isCut(strut));
  return [
    ...(scrollWidth > width ? [`the page is ${scrollWidth} px wide in a window of ${width} px`] : []),
    ...[...out].filter((element) => !out.has(element.parentElement)).map((element) => `${name(element)} sticks out`),
    ...cut.map((strut) => `${name(strut.closest(".katex"))} is cut in its height`),
    ...[...document.querySelectorAll(".vm-equation")].flatMap(ofEquation),
  ];
}
