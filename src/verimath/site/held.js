// A theme asks for its search index when a page opens, and for the script that searches it; it gets them when someone is
// about to search.
{
  const { open, send } = XMLHttpRequest.prototype;
  const indexes = new WeakSet();
  const held = [];
  // Where a theme goes from page to page without leaving the first one, an address means another file later.
  const whole = (address) => new URL(address, location.href).href;
  // What says how to search comes before what searches.
  const first = document.currentScript.dataset.first && whole(document.currentScript.dataset.first);
  let isWanted = false;
  let isFree = false;
  const path = (address) => new URL(address, location.href).pathname;

  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    if (path(address).endsWith("/search/search_index.json")) indexes.add(this);
    return open.call(this, method, address, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (isFree || !indexes.has(this)) return send.apply(this, body);
    // What was given up meanwhile can't be sent.
    held.push(() => this.readyState === XMLHttpRequest.OPENED && send.apply(this, body));
  };
  // Until its worker is there, another takes what it is told, and says what it says.
  globalThis.Worker = new Proxy(Worker, {
    construct(Kind, given) {
      if (isFree || !/\/workers\/search\.[\w.]*js$/.test(path(given[0]))) return new Kind(...given);
      const [address, ...options] = [whole(given[0]), ...given.slice(1)];
      const told = [];
      const standIn = Object.assign(new EventTarget(), { postMessage: (...said) => told.push(said) });
      held.push(() => {
        const worker = new Kind(address, ...options);
        worker.addEventListener("message", ({ data }) => standIn.dispatchEvent(new MessageEvent("message", { data })));
        standIn.postMessage = (...said) => worker.postMessage(...said);
        for (const said of told) worker.postMessage(...said);
      });
      return standIn;
    },
  });

  // What says whether scroll bars are dark restyles all of a page when it comes, and when it changes: it comes if they are.
  const { appendChild } = document.head;
  document.head.appendChild = function (node) {
    if (!node.matches?.("meta[name=color-scheme]:not([content])")) return appendChild.call(this, node);
    new MutationObserver((_, watcher) => {
      if (["normal", "light"].includes(node.content)) return;
      watcher.disconnect();
      appendChild.call(this, node);
    }).observe(node, { attributes: true });
    return node;
  };

  // A table of contents asks of all titles at once where they are, so that all would be laid out: of one whose section is
  // still skipped, it is that section's place, which a theme asks for next.
  const { get } = Object.getOwnPropertyDescriptor(HTMLElement.prototype, "offsetTop");
  const isSkipped = (title) => title.closest(".vm-section") && !title.checkVisibility({ contentVisibilityAuto: true });
  Object.defineProperty(HTMLHeadingElement.prototype, "offsetTop", {
    configurable: true,
    enumerable: true,
    get() {
      return isSkipped(this) ? 0 : get.call(this);
    },
  });

  const free = () => {
    isFree = true;
    for (const begin of held) begin();
  };
  const release = () => {
    if (isWanted) return;
    isWanted = true;
    if (!first) return free();
    const script = document.createElement("script");
    script.src = first;
    script.onload = script.onerror = free;
    document.head.append(script);
  };
  // A link that searches: the theme opens its search by itself.
  if (new URLSearchParams(location.search).has("q")) release();
  for (const kind of ["focusin", "pointerover", "touchstart", "click"]) {
    const hear = ({ target }) => {
      if (target.closest?.("[data-md-component=search], [for=__search]")) release();
    };
    document.addEventListener(kind, hear, { capture: true, passive: true });
  }
}
