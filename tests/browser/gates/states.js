// Put a page into its n-th state, and say how many there are: all that folds is open, and each tab has its turn.
// The first state has the tabs as they stand; each later one chooses one tab, and those that it lies in.
(n) => {
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
  const tabs = [...document.querySelectorAll(".tabbed-set > input")];
  window.otherTabs ??= tabs.filter((tab) => !tab.checked).map((tab) => tab.id);
  for (let tab = document.getElementById(window.otherTabs[n - 1]); tab; ) {
    tab.checked = true;
    const block = tab.closest(".tabbed-block");
    tab = block && block.closest(".tabbed-set").querySelectorAll(":scope > input")[
      [...block.parentElement.children].indexOf(block)];
  }
  return 1 + window.otherTabs.length;
}
