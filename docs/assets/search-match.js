/* Which notices a question finds, in what order, and how many there would be for each further choice. */

import { FACETS } from "./search-query.js";

const PAIRED = ["category", "status"];

/* Notices with every phrase of `all` and none of `none`: number → relevance; null when nothing is asked. */
export async function findPhrases(index, { all, none }) {
  if (all.length + none.length === 0) return null;
  let found = null;
  for (const phrase of all) {
    const with_ = await index.phrase(phrase);
    const both = new Map();
    for (const [n, { hits, first }] of with_) {
      if (found && !found.has(n)) continue;
      both.set(n, (found?.get(n) ?? 0) + Math.min(hits, 50) + (first < 60 ? 100 : 0)); /* in the title */
    }
    found = both;
    if (found.size === 0) return found;
  }
  found ??= new Map(Array.from({ length: index.size }, (_, n) => [n, 0]));
  for (const phrase of none) for (const n of (await index.phrase(phrase)).keys()) found.delete(n);
  return found;
}

/* Chosen facet values as sets of places in the lists of notices.json; unknown values match nothing. */
function chosenPlaces(notices, state) {
  const chosen = {};
  for (const { name, list } of FACETS) {
    const places = new Map(notices[list].map(([value], place) => [value, place]));
    chosen[name] = new Set(state.facets[name].map((value) => places.get(value) ?? -1));
  }
  return chosen;
}

/* The values a notice has in a facet. Category and status go together: with both chosen there must be
   one problem that has both, so a status counts only on problems of the chosen categories. */
function values(notices, name, n, chosen) {
  const statuses = notices.statuses.length;
  if (PAIRED.includes(name)) {
    const found = new Set();
    for (const pair of notices.problems[n]) {
      const category = Math.floor(pair / statuses);
      const status = pair % statuses;
      if (name === "category" && (chosen.status.size === 0 || chosen.status.has(status))) found.add(category);
      if (name === "status" && (chosen.category.size === 0 || chosen.category.has(category))) found.add(status);
    }
    return found;
  }
  const value = notices[name][n];
  return value === null ? [] : Array.isArray(value) ? value : [value];
}

function passes(notices, name, n, chosen) {
  if (chosen[name].size === 0) return true;
  for (const value of values(notices, name, n, chosen)) if (chosen[name].has(value)) return true;
  return false;
}

/* { found: numbers in order, counts: facet → place → notices if it were chosen too }. */
export function filterAndSort(notices, phrases, state) {
  const chosen = chosenPlaces(notices, state);
  const counts = Object.fromEntries(FACETS.map(({ name, list }) => [name, notices[list].map(() => 0)]));
  const found = [];
  const candidates = phrases ? [...phrases.keys()] : notices.id.map((_, n) => n);
  for (const n of candidates) {
    const failed = FACETS.filter(({ name }) => !passes(notices, name, n, chosen)).map(({ name }) => name);
    if (failed.length === 0) found.push(n);
    for (const { name } of FACETS)
      if (failed.every((other) => other === name || (PAIRED.includes(other) && PAIRED.includes(name))))
        for (const value of values(notices, name, n, chosen)) counts[name][value] += 1;
  }
  const newest = (a, b) => b - a;
  const order = {
    newest,
    unit: (a, b) => notices.unit[a] - notices.unit[b] || newest(a, b),
    relevance: (a, b) => (phrases?.get(b) ?? 0) - (phrases?.get(a) ?? 0) || newest(a, b),
  };
  found.sort(order[state.sort || (phrases ? "relevance" : "newest")]);
  return { found, counts };
}
