/* One notice among the results: who, when, and the problems in which the words stand. */

import { element } from "./search-facets.js";
import { foldWithPlaces } from "./search-fold.js";
import { mark } from "./search-text.js";

const HITS = 3; /* shown at once; the others fold away */

function address(notices, n) {
  return notices.url[n] || `reports/${notices.years[notices.year[n]][0]}/${notices.id[n]}/`;
}

/* A card without its text: shown at once, filled when the text has come. */
export function emptyCard(notices, n, base, attribute) {
  const [, unit] = notices.units[notices.unit[n]];
  const link = element("a", { href: base + address(notices, n) }, unit);
  return element("li", { class: "zs-result", [attribute]: notices.id[n] },
    element("h2", { class: "zs-title" }, link),
    element("p", { class: "zs-meta" }, `${unit}　${notices.years[notices.year[n]][1]}`));
}

export function fillCard(card, { notices, n, base, text, phrases, state }) {
  const url = base + address(notices, n);
  const [, unit] = notices.units[notices.unit[n]];
  card.querySelector(".zs-title a").replaceChildren(...nodes(markPhrases(text.title, phrases)));
  card.querySelector(".zs-meta").textContent = `${unit}　${text.date || notices.years[notices.year[n]][1]}`;
  const items = phrases.length
    ? text.hits(phrases).filter(({ anchor, sentences }) => anchor || !isTitle(sentences, text.title))
        .sort((a, b) => rank(b.anchor, text, notices, state) - rank(a.anchor, text, notices, state))
        .map((hit) => hitItem(hit, { url, text, notices, phrases }))
    : chosenProblems(text, notices, state)
        .map((anchor) => hitItem({ anchor, count: 1, sentences: [] }, { url, text, notices, phrases }));
  if (items.length === 0) return;
  card.append(element("ul", { class: "zs-hits" }, ...items.slice(0, HITS)));
  if (items.length > HITS)
    card.append(element("details", { class: "zs-others" },
      element("summary", {}, `另有 ${items.length - HITS} 处`),
      element("ul", { class: "zs-hits" }, ...items.slice(HITS))));
}

function isTitle(sentences, title) {
  return sentences.length === 1 && sentences[0].map(([text]) => text).join("") === title;
}

/* Hits in problems stand first, those in problems of the chosen category and status before all. */
function rank(anchor, text, notices, state) {
  const problem = text.problems[anchor];
  return problem ? 1 + isChosen(problem, notices, state) : 0;
}

function hitItem({ anchor, count, sentences }, { url, text, notices, phrases }) {
  const item = element("li");
  const problem = text.problems[anchor];
  const link = element("a", { href: anchor ? `${url}#${encodeURIComponent(anchor)}` : url },
    ...(problem ? nodes(markPhrases(problem[0], phrases)) : ["通报原文"]));
  const where = element("p", { class: "zs-where" }, link);
  if (problem) {
    const [, category, status] = problem;
    where.append(" ", element("span", { class: "zs-category" },
      notices.categories.find(([slug]) => slug === category)?.[1] ?? ""), " ", statusMark(...notices.statuses[status]));
  }
  if (count > 1) where.append(" ", element("span", { class: "zg-count" }, `${count} 次`));
  item.append(where);
  item.append(...sentences.map((pieces) => element("p", { class: "zs-quote" }, ...nodes(pieces))));
  return item;
}

/* Without words but with a category or status chosen: the problems that have both. */
function chosenProblems(text, notices, state) {
  if (state.facets.category.length + state.facets.status.length === 0) return [];
  const seen = new Set(); /* a problem stands under each of its anchors */
  return Object.entries(text.problems)
    .filter(([, problem]) => isChosen(problem, notices, state) && !seen.has(problem[0]) && seen.add(problem[0]))
    .map(([anchor]) => anchor);
}

function isChosen([, itsCategory, itsStatus], notices, { facets: { category, status } }) {
  return (category.length === 0 || category.includes(itsCategory))
    && (status.length === 0 || status.includes(notices.statuses[itsStatus][0]));
}

function markPhrases(title, phrases) {
  const { folded, start, end } = foldWithPlaces(title);
  const places = [];
  for (const phrase of phrases) {
    const i = folded.indexOf(phrase);
    if (i !== -1) places.push([start[i], end[i + phrase.length - 1]]);
  }
  return mark(title, places.sort((a, b) => a[0] - b[0]));
}

function nodes(pieces) {
  return pieces.map(([text, hit]) => (hit ? element("mark", {}, text) : text));
}

/* As the lists show it: a shape and a word, never colour alone (overrides/archive/shapes.html). */
function statusMark(value, label) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#zg-${value}`);
  svg.append(use);
  return element("span", { class: `zg-status zg-status--${value}` }, svg, label);
}
