// An explorer of softmax: three scores to move, and what follows from them, as bars and numbers.
// The picture above it says as much to who has no script, and on paper.

/** Probabilities of scores at a temperature, without overflow. */
export function softmax(scores, temperature = 1) {
  const largest = Math.max(...scores);
  const exponentials = scores.map((score) => Math.exp((score - largest) / temperature));
  const total = exponentials.reduce((sum, each) => sum + each, 0);
  return exponentials.map((each) => each / total);
}

/** Minus the logarithm of the right class's probability, in nats; `answer` counts from 0. */
export function loss(scores, answer, temperature = 1) {
  const largest = Math.max(...scores);
  const first = scores.indexOf(largest);
  // Without the largest exponential, which is 1: a small loss keeps its digits.
  const others = scores.reduce((sum, score, at) => sum + (at === first ? 0 : Math.exp((score - largest) / temperature)), 0);
  return Math.log1p(others) + (largest - scores[answer]) / temperature;
}

/** The right answer as a vector: 1 for its class, 0 for the others. */
export const oneHot = (answer, count) => Array.from({ length: count }, (_, at) => (at === answer ? 1 : 0));

/** What was answered, less what should have been. */
export function difference(scores, answer, temperature = 1) {
  const right = oneHot(answer, scores.length);
  return softmax(scores, temperature).map((each, at) => each - right[at]);
}

/** Scores one step downhill: each less the rate times its derivative, which the temperature divides. */
export function stepped(scores, answer, temperature = 1, rate = 1) {
  return difference(scores, answer, temperature).map((each, at) => scores[at] - (rate * each) / temperature);
}

const RANGE = 6;
const PAUSE = 700; // milliseconds without a change, after which the result is said
/** An element with properties and children; what is `data-…` or `aria-…` is an attribute. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (/^(data|aria)-|^(class|for|role)$/.test(key)) element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

let explorers = 0;

/** Put an explorer into an element whose data name its scores and its answer, which counts from 1. */
export function explore(host) {
  const words = JSON.parse(document.body.dataset.words);
  const number = (value, digits = 2) => value.toFixed(digits).replace("-", "−").replace(".", words.point);
  const first = { scores: host.dataset.scores.split(" ").map(Number), answer: Number(host.dataset.answer) - 1, temperature: 1 };
  const state = structuredClone(first);
  const name = `explorer-${++explorers}`;
  let pause = 0;

  const slider = (min, max, label, changed) => {
    const input = make("input", { type: "range", min, max, step: 0.1, "aria-label": label });
    input.addEventListener("input", () => changed(Number(input.value)));
    return input;
  };
  const bar = (letter, kind) => {
    const fill = make("span", { class: `explorer-fill explorer-${kind}` });
    const value = make("span", { class: "explorer-number" });
    const row = make("div", { class: `explorer-bar explorer-of-${kind}` },
      make("span", { class: `explorer-letter explorer-ink-${kind}` }, letter), make("span", { class: "explorer-track" }, fill), value);
    return { row, show: (amount) => {
      fill.style.setProperty("--from", Math.min(0, amount));
      fill.style.setProperty("--size", Math.abs(amount));
      value.textContent = number(amount);
    } };
  };

  const cards = first.scores.map((_, at) => {
    const label = `${words.class} ${at + 1}`;
    const score = slider(-RANGE, RANGE, `${words.score}, ${label}`, (value) => { state.scores[at] = value; show(); });
    const shown = make("span", { class: "explorer-number" });
    const right = make("input", { type: "radio", name, value: at });
    right.addEventListener("change", () => { state.answer = at; show(); });
    const bars = [bar("S", "S"), bar("Y", "Y"), bar("S − Y", "gradient")];
    const card = make("div", { class: "explorer-card", role: "group", "aria-label": label },
      make("div", { class: "explorer-head" }, make("strong", {}, label), make("label", {}, right, ` ${words.right}`)),
      make("div", { class: "explorer-bar" }, make("span", { class: "explorer-letter" }, words.score), score, shown),
      ...bars.map((each) => each.row));
    return { score, shown, right, bars, card };
  });
  const temperature = slider(0.2, 5, words.temperature, (value) => { state.temperature = value; show(); });
  const heat = make("span", { class: "explorer-number" });
  const cost = bar("L", "L");
  const step = make("button", { type: "button", class: "md-button" }, words.step);
  step.addEventListener("click", () => { state.scores = stepped(state.scores, state.answer, state.temperature); show(); });
  const again = make("button", { type: "button", class: "md-button" }, words.again);
  again.addEventListener("click", () => { Object.assign(state, structuredClone(first)); show(); });
  const said = make("p", { class: "explorer-said", role: "status" });

  function show() {
    const { scores, answer, temperature: tau } = state;
    const S = softmax(scores, tau), Y = oneHot(answer, scores.length), gradient = difference(scores, answer, tau);
    const L = loss(scores, answer, tau);
    cards.forEach(({ score, shown, right, bars, card }, at) => {
      score.value = scores[at];
      score.setAttribute("aria-valuetext", number(scores[at]));
      shown.textContent = number(scores[at], 1);
      right.checked = at === answer;
      card.classList.toggle("explorer-right", at === answer);
      [S[at], Y[at], gradient[at]].forEach((amount, which) => bars[which].show(amount));
    });
    temperature.value = tau;
    temperature.setAttribute("aria-valuetext", number(tau, 1));
    heat.textContent = number(tau, 1);
    cost.show(L);
    const best = S.indexOf(Math.max(...S));
    const values = { cost: number(L), best: best + 1, chance: number(S[best]), right: number(S[answer]) };
    const say = () => { said.textContent = words.said.replace(/\{(\w+)\}/g, (_, name) => values[name]); };
    clearTimeout(pause);
    // What is on the page as it comes is read there; only changes are said.
    if (said.isConnected) pause = setTimeout(say, PAUSE);
    else say();
  }

  const box = make("div", { class: "explorer-live", role: "group", "aria-label": words.explorer },
    make("p", { class: "explorer-invite" }, words.invite),
    make("div", { class: "explorer-cards" }, ...cards.map(({ card }) => card)),
    make("div", { class: "explorer-bar" }, make("span", { class: "explorer-letter explorer-wide" }, words.temperature), temperature, heat),
    cost.row, make("div", { class: "explorer-steps" }, step, again), said);
  show();
  host.prepend(box);
  return state;
}
