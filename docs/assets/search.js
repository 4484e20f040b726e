/* The archive search page: what is typed and chosen → address → notices.
   A search has settled when #search-results has data-state="done"; data-count is the number found exactly. */

import { emptyCard, fillCard } from "./search-cards.js";
import { FacetColumn, element, writeSentence } from "./search-facets.js";
import { Index, load } from "./search-index.js";
import { filterAndSort, findPhrases } from "./search-match.js";
import { listenToKeys } from "./search-keys.js";
import { emptyState, parseQuery, readAddress, writeAddress } from "./search-query.js";
import { readNames, suggestions } from "./search-suggest.js";
import { NoticeText, sharedPieces } from "./search-text.js";

const FIRST = 10; /* notices shown before 更多 */
const AT_ONCE = 100; /* texts read right after 更多; the others are read when they come into view */
const NEAREST = 5;
const PAUSE = 250; /* ms without a keystroke before a search */

const $ = (id) => document.getElementById(id);
const app = $("search-app");
const base = `${app.dataset.base.replace(/\/?$/u, "/")}`;
const box = $("search-q");
const results = $("search-results");
const more = $("search-more");
const nearest = $("search-nearest");

let names; /* promise; read when nothing is found */
let notices;
let index;
let column;
let state = readAddress(location.search, history.state);
let run = 0; /* number of the newest search: older ones stop when they notice */
let shown = []; /* numbers of all notices found, in order */
let question = { all: [], none: [] };
let timer;
const texts = new Map();

function textOf(n) {
  if (!texts.has(n)) {
    const url = `${base}search/text/${notices.id[n]}.json?${index.version(n)}`;
    const loading = load(url).then((data) => new NoticeText(JSON.parse(new TextDecoder().decode(data))));
    loading.catch(() => texts.delete(n));
    texts.set(n, loading);
  }
  return texts.get(n);
}

/* ---------- one search ---------- */

function unsettle() {
  results.dataset.state = "loading";
  results.setAttribute("aria-busy", "true");
}

function settle(words, count) {
  results.dataset.count = String(count);
  results.dataset.state = "done";
  results.setAttribute("aria-busy", "false");
  $("search-status").textContent = words;
}

async function search() {
  const mine = (run += 1);
  clearTimeout(timer);
  unsettle();
  const asked = structuredClone(state);
  try {
    question = parseQuery(asked.q);
    const phrases = await findPhrases(index, question);
    if (mine !== run) return;
    const { found, counts } = filterAndSort(notices, phrases, asked);
    const cards = await makeCards(found.slice(0, FIRST), asked);
    if (mine !== run) return;
    shown = found;
    drop(cards);
    results.replaceChildren(...cards.filter((card) => !card.stale));
    column.update(asked, counts);
    showFrame(asked, phrases);
    await Promise.all([offerNearest(asked, phrases, mine), offerNames(asked, phrases, mine)]);
    if (mine === run) settle(summary(asked, phrases), shown.length);
  } catch (error) {
    if (mine === run) fail(error);
  }
}

/* Cards filled with their texts. What is shown has been checked against the text itself. */
async function makeCards(numbers, asked) {
  return Promise.all(numbers.map(async (n) => fill(emptyCard(notices, n, base, "data-report-id"), n, asked)));
}

async function fill(card, n, asked) {
  const text = await textOf(n);
  const { all, none } = question;
  card.number = n;
  card.stale = !all.every((p) => text.folded.includes(p)) || none.some((p) => text.folded.includes(p));
  if (!card.stale) fillCard(card, { notices, n, base, text, phrases: all, state: asked });
  return card;
}

/* A notice whose text no longer has the words (the site was renewed meanwhile) is not one that was found. */
function drop(cards) {
  const stale = new Set(cards.filter((card) => card.stale).map((card) => card.number));
  if (stale.size) shown = shown.filter((n) => !stale.has(n));
}

function summary(asked, phrases) {
  const count = shown.length;
  if (notices.id.length === 0) return "这里还没有收入通报";
  if (count === 0 && phrases?.size && chosen(asked)) return `没有符合全部条件的通报；不加筛选，有 ${phrases.size} 份`;
  if (count === 0) return "没有找到完全符合的通报";
  const rest = count > FIRST ? `，先列出 ${FIRST} 份` : "";
  return `${phrases || chosen(asked) ? "找到" : "共"} ${count} 份通报${rest}`;
}

function chosen(asked) {
  return Object.values(asked.facets).flat().length;
}

function showFrame(asked, phrases) {
  writeSentence($("search-sentence"), asked, notices, remove);
  $("search-sort").value = asked.sort || (phrases ? "relevance" : "newest");
  $("search-chosen").textContent = chosen(asked) ? `（已选 ${chosen(asked)}）` : "";
  more.hidden = shown.length <= FIRST;
  more.textContent = `更多（还有 ${shown.length - FIRST} 份）`;
  $("search-tips").hidden = shown.length > 0 || notices.id.length === 0;
  $("search-tip-facets").hidden = chosen(asked) === 0;
  $("search-without-facets").href = writeAddress({ ...asked, facets: emptyState().facets }) || "?";
}

async function offerNearest(asked, exact, mine) {
  const { all: phrases, none } = question;
  const near = exact?.size === 0 && phrases.length ? await index.nearest(phrases, none, NEAREST) : [];
  const made = await Promise.all(near.map(async ([n]) => {
    const text = await textOf(n);
    if (none.some((p) => text.folded.includes(p))) return null; /* the text was renewed after the index */
    const pieces = [...new Set(phrases.flatMap((phrase) => sharedPieces(phrase, text.folded)))];
    const card = emptyCard(notices, n, base, "data-near-id");
    fillCard(card, { notices, n, base, text, phrases: pieces, state: asked });
    return card;
  }));
  if (mine !== run) return;
  const cards = made.filter(Boolean);
  $("search-nearest-note").textContent = `以下通报只含所查文字的一部分${none.length ? "，不含要排除的词" : ""}${
    chosen(asked) ? "；未按筛选条件挑选" : ""}。`;
  nearest.querySelector("ol").replaceChildren(...cards);
  nearest.hidden = cards.length === 0;
}

/* Nothing has these characters, but a name may be read so (tgw), or have more in between (团县委). */
async function offerNames(asked, exact, mine) {
  let found = [];
  if (exact?.size === 0) {
    const root = new URL(base, location.href);
    names ??= readNames(root);
    try {
      found = suggestions(await names, asked.q, root);
    } catch {
      names = undefined; /* the next search tries again */
    }
  }
  if (mine !== run) return;
  const line = $("search-named");
  line.replaceChildren("名称相近的单位和类别：", ...found.map(({ name, href }) => element("a", { href }, name)));
  line.hidden = found.length === 0;
}

function fail(error) {
  results.dataset.state = "error";
  results.setAttribute("aria-busy", "false");
  $("search-status").textContent = "搜索数据没有取到。请检查网络，然后刷新本页。";
  console.error(error);
}

/* ---------- 更多 ---------- */

async function showRest() {
  const mine = run;
  const asked = structuredClone(state);
  unsettle();
  more.hidden = true;
  const rest = shown.slice(FIRST);
  const cards = rest.map((n) => emptyCard(notices, n, base, "data-report-id"));
  results.append(...cards);
  cards[0].querySelector("a").focus();
  try {
    const filled = await Promise.all(cards.slice(0, AT_ONCE).map((card, i) => fill(card, rest[i], asked)));
    if (mine !== run) return;
    drop(filled);
    for (const card of filled) if (card.stale) card.remove();
    const waiting = new Map(cards.slice(AT_ONCE).map((card, i) => [card, rest[AT_ONCE + i]]));
    const watcher = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting) {
          watcher.unobserve(target);
          fill(target, waiting.get(target), asked).then((card) => {
            if (mine === run && card.stale) card.remove();
          }, fail);
        }
    }, { rootMargin: "600px" });
    for (const card of waiting.keys()) watcher.observe(card);
    settle(`已列出全部 ${shown.length} 份通报`, shown.length);
  } catch (error) {
    if (mine === run) fail(error);
  }
}

/* ---------- what the reader does ---------- */

function change(how) {
  state.q = box.value;
  const address = location.pathname + writeAddress(state);
  history[how](state.q ? { q: state.q } : null, "", address);
  search();
}

function remove(facet, value) {
  if (facet === null) state.facets = emptyState().facets;
  else if (facet !== "q") state.facets[facet] = state.facets[facet].filter((v) => v !== value);
  if (facet === "q") box.value = "";
  change("pushState");
  box.focus();
}

function listen() {
  let composing = false; /* an input method is open: what stands in the box is half typed */
  const typed = () => {
    if (composing) return;
    clearTimeout(timer);
    if (box.value === state.q && results.dataset.state === "done") return;
    unsettle();
    timer = setTimeout(() => change("replaceState"), PAUSE);
  };
  box.addEventListener("compositionstart", () => {
    composing = true;
    clearTimeout(timer);
  });
  box.addEventListener("compositionend", () => {
    composing = false;
    typed();
  });
  box.addEventListener("input", typed);
  $("search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!composing) change("pushState");
  });
  $("search-sort").addEventListener("change", ({ target }) => {
    state.sort = target.value;
    change("pushState");
  });
  more.addEventListener("click", showRest);
  $("search-without-facets").addEventListener("click", (event) => {
    event.preventDefault(); /* here and now; a long question does not stand in the address */
    remove(null, null);
  });
  addEventListener("popstate", (event) => {
    state = readAddress(location.search, event.state);
    box.value = state.q;
    search();
  });
  listenToKeys(box, results.parentElement, {
    busy: () => composing,
    clear: () => {
      box.value = "";
      change("pushState");
    },
  });
}

function toggle(facet, value, on) {
  const others = state.facets[facet].filter((v) => v !== value);
  state.facets[facet] = on ? [...others, value] : others;
  change("pushState");
}

async function start() {
  app.hidden = false;
  $("search-guide").hidden = true;
  $("search-facets").open = matchMedia("(min-width: 60rem)").matches;
  box.value = state.q;
  try {
    const data = await load(`${base}search/notices.json`, { cache: "no-cache" });
    notices = JSON.parse(new TextDecoder().decode(data));
    index = new Index(`${base}search/`, notices.parts, textOf);
    column = new FacetColumn($("search-facet-groups"), notices, toggle);
    listen();
    await search();
  } catch (error) {
    fail(error);
  }
}

start();
