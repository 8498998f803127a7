// What is folded opens on paper, and where a link leads inside of it.
{
  const openedForPrint = new Set();
  addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll("details:not([open], .vm-verdict)")) {
      box.open = true;
      openedForPrint.add(box);
    }
  });
  addEventListener("afterprint", () => {
    for (const box of openedForPrint) box.open = false;
    openedForPrint.clear();
  });

  // An address may hold anything.
  const decoded = (name) => {
    try {
      return decodeURIComponent(name);
    } catch {
      return name;
    }
  };
  const reveal = (hash) => {
    const target = hash.length > 1 && document.getElementById(decoded(hash.slice(1)));
    let isFolded = false;
    for (let box = target && target.closest("details"); box; box = box.parentElement.closest("details")) {
      isFolded ||= !box.open;
      box.open = true;
    }
    if (isFolded) target.scrollIntoView();
  };
  addEventListener("hashchange", () => reveal(location.hash));
  // A link to where one is already changes nothing.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && link.hash && link.href === location.href) reveal(link.hash);
  });
  reveal(location.hash);
}
