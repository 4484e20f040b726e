/* The facet column, and the chosen facets as a sentence whose parts can be taken out. */

import { FACETS } from "./search-query.js";

const SHOWN = 30; /* values listed at once; longer lists get a box to narrow them */
const NARROWED = 15;
const OPEN = ["kind", "year", "status"]; /* groups that stand open at first: short, and asked for most */

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (name in made && typeof value !== "string") made[name] = value;
    else made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export class FacetColumn {
  /* onChange(facet name, value, chosen) */
  constructor(root, notices, onChange) {
    this.notices = notices;
    this.groups = FACETS.filter(({ list }) => notices[list].length > 0).map((facet) => {
      const chosen = element("span", { class: "zs-chosen" });
      const list = element("ul");
      const group = { facet, chosen, list, narrow: "" };
      const details = element("details", { class: "zs-facet", "data-facet": facet.name, open: OPEN.includes(facet.name) },
        element("summary", {}, facet.label, chosen));
      if (notices[facet.list].length > NARROWED) {
        const box = element("input", {
          type: "search", class: "zs-narrow", placeholder: `输入${facet.label}名称`, "aria-label": `缩小${facet.label}列表`,
        });
        box.addEventListener("input", () => {
          group.narrow = box.value.trim();
          this.fill(group);
        });
        details.append(box);
      }
      details.append(list);
      list.addEventListener("change", ({ target }) => onChange(facet.name, target.value, target.checked));
      root.append(details);
      group.details = details;
      return group;
    });
  }

  update(state, counts) {
    this.state = state;
    this.counts = counts;
    for (const group of this.groups) this.fill(group);
  }

  fill(group) {
    const { facet, list, chosen, narrow } = group;
    const picked = this.state.facets[facet.name];
    const every = this.notices[facet.list].map(([value, label], i) => ({
      value, label, count: this.counts[facet.name][i], checked: picked.includes(value),
    }));
    const wanted = every.filter((v) => v.checked || (v.count > 0 && v.label.includes(narrow)));
    /* Long lists lead with what is chosen and what is found most; short ones keep their order. */
    if (wanted.length > SHOWN) wanted.sort((a, b) => b.checked - a.checked || b.count - a.count);
    const focused = list.contains(document.activeElement) ? document.activeElement.value : null;
    list.replaceChildren(...wanted.slice(0, SHOWN).map(({ value, label, count, checked }) => {
      const box = element("input", { type: "checkbox", name: facet.name, value, checked });
      return element("li", {}, element("label", {}, box, element("span", {}, label),
        element("span", { class: "zg-count" }, String(count))));
    }));
    if (wanted.length > SHOWN)
      list.append(element("li", { class: "zs-rest" }, `另有 ${wanted.length - SHOWN} 个，可在上面输入名称`));
    if (wanted.length === 0) list.append(element("li", { class: "zs-rest" }, "没有可选的"));
    if (focused !== null) [...list.querySelectorAll("input")].find((box) => box.value === focused)?.focus();
    chosen.textContent = picked.length ? `已选 ${picked.length}` : "";
    if (picked.length && !group.opened) group.details.open = group.opened = true;
  }
}

/* “含 团费 × ，年份 2023年 × 或 2024年 ×”; onRemove(facet name or "q", value). */
export function writeSentence(root, state, notices, onRemove) {
  const parts = [];
  const chip = (words, name, value) => {
    const button = element("button", { type: "button", class: "zs-chip", "aria-label": `去掉“${words}”` },
      words, element("span", { "aria-hidden": "true" }, " ×"));
    button.addEventListener("click", () => onRemove(name, value));
    return button;
  };
  const words = state.q.trim();
  if (words) parts.push(["原文 ", chip(words.length > 40 ? `${words.slice(0, 40)}…` : words, "q", "")]);
  for (const { name, label, list } of FACETS) {
    const labels = new Map(notices[list]);
    const chips = state.facets[name].flatMap((value, i) => [
      ...(i ? [" 或 "] : []), chip(labels.get(value) ?? value, name, value),
    ]);
    if (chips.length) parts.push([`${label} `, ...chips]);
  }
  root.replaceChildren(...parts.flatMap((part, i) => (i ? ["，", ...part] : part)));
  root.hidden = parts.length === 0;
  if (Object.values(state.facets).flat().length > 0) {
    const all = element("button", { type: "button", class: "zs-clear" }, "去掉全部筛选");
    all.addEventListener("click", () => onRemove(null, null));
    root.append(" ", all);
  }
}
