// Formulas whose copy isn't their LaTeX, as a list of sentences.
() => {
  const copied = (element) => {
    let text = "";
    // On the window, this comes after the page's own listeners.
    const read = (event) => { text = event.clipboardData.getData("text/plain"); };
    window.addEventListener("copy", read);
    getSelection().selectAllChildren(element);
    document.execCommand("copy");
    window.removeEventListener("copy", read);
    getSelection().removeAllRanges();
    return text.trim();
  };

  return [...document.querySelectorAll(".katex")].filter((formula) => formula.checkVisibility()).flatMap((formula) => {
    const tex = formula.querySelector("annotation")?.textContent.trim();
    const display = formula.closest(".katex-display");
    const text = copied(display?.parentElement ?? formula.parentElement);
    return display ? (text === `$$${tex}$$` ? [] : [`the copy of \`${tex}\` is ${JSON.stringify(text)}`])
      : text.includes(`$${tex}$`) ? [] : [`the copy of \`${tex}\` is ${JSON.stringify(text)}`];
  });
}
