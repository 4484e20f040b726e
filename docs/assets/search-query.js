/* What is asked for: the words in the box, the chosen facets, the order; and its form in the address. */

import { fold } from "./search-fold.js";

export const FACETS = [
  /* name in the address, words for it, column and list in notices.json */
  { name: "kind", label: "单位类别", column: "kind", list: "kinds" },
  { name: "unit", label: "单位", column: "unit", list: "units" },
  { name: "year", label: "年份", column: "year", list: "years" },
  { name: "category", label: "问题类别", list: "categories" },
  { name: "status", label: "整改状态", list: "statuses" },
  { name: "region", label: "地区", column: "region", list: "regions" },
  { name: "level", label: "层级", column: "level", list: "levels" },
];
export const SORTS = ["relevance", "newest", "unit"];
const LONGEST_IN_ADDRESS = 500; /* servers refuse long addresses; longer text stays in the page's history */

export function emptyState() {
  return { q: "", sort: "", facets: Object.fromEntries(FACETS.map(({ name }) => [name, []])) };
}

export function readAddress(search, remembered) {
  const params = new URLSearchParams(search);
  const state = emptyState();
  state.q = remembered?.q ?? params.get("q") ?? "";
  const sort = params.get("sort");
  state.sort = SORTS.includes(sort) ? sort : "";
  for (const { name } of FACETS) state.facets[name] = [...new Set(params.getAll(name).filter(Boolean))];
  return state;
}

export function writeAddress(state) {
  const params = new URLSearchParams();
  if (state.q && state.q.length <= LONGEST_IN_ADDRESS) params.set("q", state.q);
  for (const { name } of FACETS) for (const value of state.facets[name]) params.append(name, value);
  if (state.sort) params.set("sort", state.sort);
  const text = params.toString();
  return text ? `?${text}` : "";
}

/* Words: separated by white space, "…" and “…” hold one together, a minus in front excludes.
   Returns folded phrases, each once: { all: [], none: [] }. */
export function parseQuery(text) {
  const all = new Set();
  const none = new Set();
  for (const [word] of text.matchAll(/(?:"[^"]*"|“[^”]*”|＂[^＂]*＂|\S)+/gu)) {
    const excluded = /^[-－]./su.test(word);
    const folded = fold(excluded ? word.slice(1) : word);
    if (folded) (excluded ? none : all).add(folded);
  }
  return { all: [...all], none: [...none] };
}
