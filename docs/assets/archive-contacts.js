/* The contacts page: units by name, pinyin or initials while one types, over all pages of the list.
   Names come from contacts/names.json, read at the first letter; cards from the pages they stand on, so that
   a card found is the card of the list. Settled: #zg-found has data-state="done" and data-count="N". */
(() => {
  const form = document.getElementById("zg-filter");
  if (!form) return;
  const AT_ONCE = 20; /* cards shown before 更多 */
  const PAUSE = 150; /* ms without a keystroke */

  const box = form.querySelector("input");
  const said = form.querySelector("[role=status]");
  const list = document.getElementById("zg-list");
  const found = document.getElementById("zg-found");
  const more = document.getElementById("zg-found-more");
  const base = new URL(form.dataset.base, location.href);
  const pages = new Map(); /* number of a page → promise of its cards */
  let reading; /* promise of the names */
  let run = 0;
  let timer;
  let rest = [];

  /* ---------- which units ---------- */

  function readNames() {
    reading ??= Promise.all([
      import("./search-names.js"), load(new URL("names.json", base)).then((answer) => answer.json()),
    ]).then(([{ letters, stands }, data]) => ({ ...data, letters, stands, folded: data.names.map(letters) }));
    reading.catch(() => { reading = undefined; });
    return reading;
  }

  async function load(address) {
    const answer = await fetch(address, { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer;
  }

  /* ---------- their cards ---------- */

  function cardsOf(number) {
    if (!pages.has(number)) {
      const address = new URL(number === 1 ? "." : `${number}/`, base);
      const cards = address.pathname === location.pathname
        ? Promise.resolve([...list.querySelectorAll(".zg-contacts > li")])
        : load(address).then((answer) => answer.text()).then((html) => {
            const there = new DOMParser().parseFromString(html, "text/html");
            for (const link of there.querySelectorAll("#zg-list [href]")) /* written for the page it stood on */
              link.setAttribute("href", new URL(link.getAttribute("href"), address).href);
            return [...there.querySelectorAll("#zg-list .zg-contacts > li")];
          });
      cards.catch(() => pages.delete(number));
      pages.set(number, cards);
    }
    return pages.get(number);
  }

  async function card(place, starts) {
    let number = starts.length;
    while (starts[number - 1] > place) number -= 1;
    return document.importNode((await cardsOf(number))[place - starts[number - 1]], true);
  }

  /* ---------- on the page ---------- */

  async function filter() {
    const mine = (run += 1);
    const address = new URL(location.href); /* back from a unit, or handed on: what was typed is kept */
    if (box.value) address.searchParams.set("q", box.value);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    if (!/[^\p{Z}\p{P}\p{C}]/u.test(box.value)) {
      show(false);
      said.textContent = "";
      return;
    }
    found.dataset.state = "loading";
    try {
      const { folded, letters, readings, stands, starts } = await readNames();
      const words = box.value.split(/\s+/u).map(letters).filter((word) => word.length);
      const places = [...folded.keys()].filter((at) => words.every((word) => stands(word, folded[at], readings)));
      const cards = await Promise.all(places.slice(0, AT_ONCE).map((place) => card(place, starts)));
      if (mine !== run) return;
      found.replaceChildren(...cards);
      rest = places.slice(AT_ONCE);
      show(true);
      settle(places.length, places.length
        ? `找到 ${places.length} 个单位${rest.length ? `，先列出 ${AT_ONCE} 个` : ""}`
        : "没有找到。试试少打几个字，或只打拼音首字母");
    } catch (error) {
      if (mine === run) fail(error);
    }
  }

  async function showMore() {
    const mine = run;
    try {
      const { starts } = await readNames();
      const cards = await Promise.all(rest.slice(0, AT_ONCE).map((place) => card(place, starts)));
      if (mine !== run) return;
      rest = rest.slice(AT_ONCE);
      found.append(...cards);
      show(true);
      settle(found.dataset.count, `已列出 ${found.children.length} 个，共 ${found.dataset.count} 个单位`);
      cards[0].querySelector("a").focus();
    } catch (error) {
      if (mine === run) fail(error);
    }
  }

  function show(filtered) {
    list.hidden = filtered;
    found.hidden = !filtered;
    more.hidden = !filtered || rest.length === 0;
  }

  function settle(count, words) {
    found.dataset.count = String(count);
    found.dataset.state = "done";
    said.textContent = words;
  }

  function fail(error) {
    show(false);
    found.dataset.state = "error";
    said.textContent = "名单没有取到。请检查网络再试，或在下面逐页查看。";
    console.error(error);
  }

  /* ---------- what the reader does ---------- */

  let composing = false; /* an input method is open: what stands in the box is half typed */
  const typed = () => {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(filter, PAUSE);
  };
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => {
    composing = false;
    typed();
  });
  box.addEventListener("input", typed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!composing) filter();
  });
  more.addEventListener("click", showMore);

  box.value = new URLSearchParams(location.search).get("q") ?? "";
  if (box.value) filter();
})();
