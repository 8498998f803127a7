// A theme asks for its search index when a page opens; it gets it when someone is about to search.
{
  const { open, send } = XMLHttpRequest.prototype;
  const indexes = new WeakSet();
  const held = [];
  // A link that searches: the theme opens its search by itself.
  let isWanted = new URLSearchParams(location.search).has("q");

  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    if (new URL(address, location.href).pathname.endsWith("/search/search_index.json")) indexes.add(this);
    return open.call(this, method, address, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (isWanted || !indexes.has(this)) return send.apply(this, body);
    held.push(this);
  };

  const release = (event) => {
    if (isWanted || !event.target.closest?.("[data-md-component=search], [for=__search]")) return;
    isWanted = true;
    // What was given up meanwhile can't be sent.
    for (const request of held) if (request.readyState === XMLHttpRequest.OPENED) send.call(request);
  };
  for (const kind of ["focusin", "pointerover", "touchstart", "click"]) {
    document.addEventListener(kind, release, { capture: true, passive: true });
  }
}
