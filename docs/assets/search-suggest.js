/* Suggestions under the search box: units and categories, by name, pinyin or initials.
   Loaded by search-box.js when the box is first used; names come from search/names.json. */

import { letters, stands } from "./search-names.js";

const UNITS = 6; /* suggested at most */
const CATEGORIES = 3;
const LONGEST = 60; /* characters; no name is longer */
const QUIET = 600; /* ms without a keystroke before a screen reader is told */
const KINDS = [
  { list: "units", kind: "单位", counted: "份通报", most: UNITS },
  { list: "categories", kind: "问题类别", counted: "个问题", most: CATEGORIES },
];

/* root: address of the site's root. */
export async function readNames(root) {
  const answer = await fetch(new URL("search/names.json", root), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status} names.json`);
  const names = await answer.json();
  for (const { list } of KINDS) for (const row of names[list]) row.push(letters(row[0]));
  return names;
}

/* What the words typed find, best first: [{ name, href, kind, said }]. */
export function suggestions(names, text, root) {
  const words = text.split(/\s+/u).filter((word) => !/^[-－]/u.test(word)).map(letters).filter((w) => w.length);
  if (words.length === 0 || text.length > LONGEST) return [];
  return KINDS.flatMap(({ list, kind, counted, most }) => names[list]
    .map(([name, slug, count, chars]) => ({
      name, kind, count, rank: rank(words, chars, names.readings),
      href: new URL(`${list}/${slug}/`, root).href, said: `${count} ${counted}`,
    }))
    .filter((found) => found.rank < 4)
    .sort((a, b) => a.rank - b.rank || b.count - a.count)
    .slice(0, most));
}

/* 0: the words stand in the name; 1: their pinyin does; 2 and 3: the same with gaps; 4: neither. */
function rank(words, chars, readings) {
  const all = (read, gaps) => words.every((word) => stands(word, chars, read, gaps));
  if (!all(readings, true)) return 4; /* most names */
  if (all({}, false)) return 0;
  if (all(readings, false)) return 1;
  return all({}, true) ? 2 : 3;
}

export function attach(box) {
  const form = box.form;
  const root = new URL("..", form.action);
  const list = document.createElement("div");
  const voice = document.getElementById("zg-said");
  let names;
  let options = [];
  let active = -1;
  let timer;

  list.id = `${box.id}-suggested`;
  list.className = "zg-suggest";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "单位和问题类别");
  form.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) box.setAttribute(name, value);

  function option({ name, href, kind, said }, at) {
    const made = document.createElement("a");
    const about = document.createElement("span");
    made.id = `${list.id}-${at}`;
    made.href = href;
    made.tabIndex = -1;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    about.textContent = `${kind}，${said}`;
    made.append(name, " ", about);
    return made;
  }

  function show(found) {
    options = found.map(option);
    list.replaceChildren(...options);
    choose(-1);
    list.hidden = options.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    clearTimeout(timer);
    timer = setTimeout(() => {
      voice.textContent = options.length ? `有 ${options.length} 个单位或类别可选，用上下箭头选` : "";
    }, QUIET);
  }

  function choose(at) {
    options[active]?.setAttribute("aria-selected", "false");
    active = at;
    const chosen = options[active];
    if (!chosen) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    chosen.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  function update() {
    if (names && document.activeElement === box) show(suggestions(names, box.value, root));
  }

  box.addEventListener("input", (event) => {
    if (!event.isComposing) update(); /* half typed */
  });
  box.addEventListener("compositionend", update);
  box.addEventListener("focus", update);
  box.addEventListener("blur", () => show([]));
  list.addEventListener("mousedown", (event) => event.preventDefault()); /* the box keeps the focus: no blur */
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      const places = options.length + 1; /* behind the last comes the box itself */
      choose((active + 1 + step + places) % places - 1);
    } else if (event.key === "Enter" && options[active]) {
      options[active].click();
    } else if (event.key === "Escape" && (options.length || box.value)) {
      if (!options.length) box.value = "";
      show([]);
    } else {
      return;
    }
    event.preventDefault();
  });

  readNames(root).then((read) => {
    names = read;
    update();
  }, () => {}); /* no suggestions: the box searches all the same */
}
