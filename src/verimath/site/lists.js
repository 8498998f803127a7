// What a reader does with lists of equations: the index is filtered, the graph shows what is near. It comes with them.
{
  // The index, filtered

  const filter = (form) => {
    const rows = [...form.nextElementSibling.querySelector("table").tBodies[0].rows];
    const [page, role, symbol] = form.querySelectorAll("select");
    const chosen = (select, values) => !select.value || values.includes(select.value);
    const apply = () => {
      let shown = 0;
      for (const row of rows) {
        const { page: at, role: as, symbols } = row.dataset;
        row.hidden = !(chosen(page, [at]) && chosen(role, [as]) && chosen(symbol, symbols.split(" ")));
        shown += !row.hidden;
      }
      form.querySelector("output").textContent = form.dataset.shown.replace("{count}", shown);
    };
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.classList.add("vm-ready");
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
    for (const form of document.querySelectorAll(".vm-filter:not(.vm-ready)")) filter(form);
  };
  if (globalThis.document$?.subscribe) globalThis.document$.subscribe(arrive);
  else arrive();
}
