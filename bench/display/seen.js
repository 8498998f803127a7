// What is displayed in <main>: see seen.py. Characters may be text, or the content of ::before (MathJax 3).
({ table, row, error }) => {
  const main = document.querySelector("main")
  const outer = main.querySelector(table)
  const rows = outer ? [...outer.querySelectorAll(row)].filter((box) => box.parentElement.closest(table) === outer) : []
  const bottoms = new Set(rows.map((box) => Math.round(box.getBoundingClientRect().bottom)))

  // The MathML for screen readers holds the star too, and is not seen.
  const visible = [...main.querySelectorAll("*")].filter((element) => !element.closest("math, annotation, script"))
  const characters = visible.map((element) => {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data)
    return own.join("") + getComputedStyle(element, "::before").content
  })
  return {
    rows: bottoms.size,
    star: /[*∗]/.test(characters.join("")),
    error: main.querySelector(error)?.innerText ?? null,
  }
}
