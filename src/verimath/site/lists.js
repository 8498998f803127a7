// What a reader does with lists of equations: the index is filtered, the graph shows what is near. It comes with them.
{
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // The index, filtered

  const addFilter = (table) => {
    if (table.closest(".vm-list").previousElementSibling?.matches(".vm-filter")) return;
    const words = JSON.parse(document.querySelector(".vm-reader").dataset.words);
    const rows = [...table.tBodies[0].rows];
    const count = element("output");
    const choices = ["page", "role", "symbol"].map((name) => {
      const values = (row) => (name === "symbol" ? row.dataset.symbols.split(" ") : [row.dataset[name]]);
      const all = new Set(rows.flatMap(values).filter(Boolean));
      const listed = name === "page" ? [...all] : [...all].sort((a, b) => a.localeCompare(b));
      const select = element(
        "select",
        {},
        element("option", { value: "", textContent: words.all }),
        ...listed.map((value) => element("option", { value, textContent: value })),
      );
      return { select, values, label: element("label", {}, `${words[name]} `, select) };
    });
    const apply = () => {
      let shown = 0;
      for (const row of rows) {
        row.hidden = choices.some(({ select, values }) => select.value && !values(row).includes(select.value));
        shown += !row.hidden;
      }
      count.textContent = words.shown.replace("{count}", shown);
    };
    const form = element("form", { className: "vm-filter", ariaLabel: words.filter }, ...choices.map((c) => c.label), count);
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
    table.closest(".vm-list").before(form);
  };

  // The graph: what an equation uses, and what uses it

  const light = (node) => {
    const graph = node.closest("svg");
    const name = node.dataset.node;
    const near = new Set([name]);
    for (const line of graph.querySelectorAll("path")) {
      const isNear = line.dataset.from === name || line.dataset.to === name;
      line.classList.toggle("vm-near", isNear);
      if (isNear) near.add(line.dataset.from).add(line.dataset.to);
    }
    for (const other of graph.querySelectorAll("a")) other.classList.toggle("vm-near", near.has(other.dataset.node));
  };
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const node = event.target.closest?.(".vm-graph a");
      if (node) light(node);
    });
  }

  const arrive = () => {
    if (!document.querySelector(".vm-reader")) return;
    for (const table of document.querySelectorAll("table.vm-index")) addFilter(table);
  };
  if (globalThis.document$?.subscribe) globalThis.document$.subscribe(arrive);
  else arrive();
}
