// What is searched for, in the words of the search's index: formulas, numbers of equations.
{
  // Search: in a formula, operators of the search's language are text

  const TYPED = { "∂": "d", "⊤": "t", "≔": "" };
  const GREEK =
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega".split(" ");
  const typed = (sign) => TYPED[sign] ?? GREEK[sign.normalize("NFKC").toLowerCase().codePointAt(0) - 0x3b1] ?? sign;
  const glued = (text) =>
    [...text]
      .map(typed)
      .join("")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, "");
  // A word that is being typed finds all that begin with it: `la` would find `largest`, and `du` find `duality`.
  const telling = (query) => {
    const known = document.querySelector(".vm-reader")?.dataset.words;
    const small = known ? JSON.parse(known)["small words"].split(" ") : [];
    const words = query.trim().split(/[\s'’]+/);
    const told = words.filter((word) => !small.includes(word.toLowerCase()));
    return told.length && told.length < words.length ? told.join(" ") : query;
  };
  // As site/search.py writes it.
  const formula = (query) => `fx${glued(query)}`;
  const asText = (query) => {
    if (/^\p{Lu}{2,4}$/u.test(query.trim())) return `${query} ${formula(query)}`;
    const number = query.trim().match(/^\(?([\w.]+)\)?$/);
    if (number) return number[1];
    if (!/[\^=*~+:()[\]∂⊤≔]|\S\/\S|(?:^|\s)[-−]|\b\w[-−]\w\b|\p{Script=Greek}/u.test(query)) return telling(query);
    // What looks like a word may be one.
    return [...(query.match(/\p{L}{3,}/gu) ?? []), formula(query)].join(" ");
  };
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...others) {
    // Material's messages, and those of MkDocs' own search.
    if (message?.type === 2 && typeof message.data === "string") {
      // It takes a word for a beginning, but for one that has a weight: the formula itself comes before longer ones.
      message = { ...message, data: asText(message.data).replace(/(^|\s)(fx\S+)$/, "$1$2^9 $2") };
    }
    else if (typeof message?.query === "string") {
      // It looks for whole words alone, and a formula is seldom typed to its end; in some languages, digits are no words.
      const query = asText(message.query).replace(/(^|\s)(fx\S+)$/, "$1$2 $2*");
      const spelt = () => `fq${[...query].map((sign) => "bcdfghjklm"[sign] ?? "q").join("")}`;
      message = { ...message, query: /^\d[\d.]*$/.test(query) ? spelt() : query };
    }
    return post.call(this, message, ...others);
  };
}
