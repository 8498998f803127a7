// Formulas that a screen reader would not find, as a list of sentences.
() => [...document.querySelectorAll(".katex")].flatMap((formula) => {
  const math = formula.querySelector(".katex-mathml math");
  const name = `\`${formula.closest("[id]")?.id || formula.textContent.slice(0, 40)}\``;
  if (!math) return [`${name} has no MathML`];
  const reading = math.querySelector("semantics > :first-child");
  return [
    ...(reading?.localName !== "annotation" && reading?.textContent.trim() ? [] : [`the MathML of ${name} is empty`]),
    ...(math.closest("[aria-hidden=true], [hidden]") ? [`the MathML of ${name} is hidden from screen readers`] : []),
    ...(formula.querySelector(".katex-html")?.ariaHidden === "true" ? [] : [`${name} is read out twice`]),
    ...(formula.closest(".katex-display") && math.getAttribute("display") !== "block"
      ? [`the MathML of ${name} isn't displayed math`] : []),
  ];
})
