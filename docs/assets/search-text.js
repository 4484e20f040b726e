/* One notice's text: where phrases stand in it, and the sentences around them. */

import { foldWithPlaces } from "./search-fold.js";

const STOP = /[。；！？!?\n]/u;
const BEFORE = 36; /* most characters shown before and after a hit */
const AFTER = 70;

export class NoticeText {
  constructor(data) {
    Object.assign(this, data); /* title, date, problems, blocks */
    this.starts = [];
    this.text = "";
    for (const [, text] of data.blocks) {
      this.starts.push(this.text.length);
      this.text += `${text}\n`;
    }
    Object.assign(this, foldWithPlaces(this.text));
  }

  /* Every place of every phrase: [from, to, phrase] in this.text, in order, without overlaps. */
  places(phrases) {
    const found = [];
    for (const phrase of phrases)
      for (let i = this.folded.indexOf(phrase); i !== -1; i = this.folded.indexOf(phrase, i + phrase.length))
        found.push([this.start[i], this.end[i + phrase.length - 1], phrase]);
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    let reached = 0;
    return found.filter(([from, to]) => from >= reached && (reached = to));
  }

  /* Hits by the section they stand in: [{ anchor, count, sentences: [[[text, isHit]]] }], one sentence for
     each phrase, rather from the section's body than from its heading, which is shown anyway. */
  hits(phrases) {
    const sections = new Map();
    const places = this.places(phrases);
    for (const place of places) {
      let block = this.starts.length - 1;
      while (this.starts[block] > place[0]) block -= 1;
      const anchor = this.blocks[block][0];
      const section = sections.get(anchor) ?? { anchor, body: [], heading: [] };
      sections.set(anchor, section);
      const first = block === 0 || this.blocks[block - 1][0] !== anchor;
      (first && this.problems[anchor] ? section.heading : section.body).push(place);
    }
    return Array.from(sections.values(), ({ anchor, body, heading }) => {
      const shown = new Set();
      const sentences = [];
      for (const [from, to, phrase] of [...body, ...heading]) {
        if (shown.has(phrase)) continue;
        const [start, end] = this.sentence(from, to);
        for (const place of places) if (place[0] < end && place[1] > start) shown.add(place[2]);
        sentences.push(this.cut(start, end, places));
      }
      return { anchor, count: body.length + heading.length, sentences };
    });
  }

  /* Where the sentence around a hit begins and ends, or as much of it as is shown. */
  sentence(from, to) {
    let start = from;
    while (start > 0 && from - start < BEFORE && !STOP.test(this.text[start - 1])) start -= 1;
    let end = to;
    while (end < this.text.length && end - to < AFTER && !STOP.test(this.text[end])) end += 1;
    return [start, this.text[end] !== "\n" && STOP.test(this.text[end] ?? "") ? end + 1 : end];
  }

  cut(start, end, places) {
    const pieces = mark(this.text, places, start, end);
    if (start > 0 && !STOP.test(this.text[start - 1])) pieces.unshift(["…", false]);
    if (end < this.text.length && !STOP.test(this.text[end]) && !STOP.test(this.text[end - 1])) pieces.push(["…", false]);
    return pieces;
  }
}

/* text.slice(start, end) in pieces: [text, isHit]; line breaks shown as spaces. */
export function mark(text, places, start = 0, end = text.length) {
  const pieces = [];
  let at = start;
  const push = (to, hit) => {
    if (to > at) pieces.push([text.slice(at, to).replace(/\n/gu, " "), hit]);
    at = Math.max(at, to);
  };
  for (const [from, to] of places) {
    if (to <= at || from >= end) continue;
    push(Math.max(at, from), false);
    push(Math.min(to, end), true);
  }
  push(end, false);
  return pieces;
}

/* The longest stretches of a phrase, two characters at least, that stand in a folded text. */
export function sharedPieces(phrase, folded) {
  const chars = Array.from(phrase).slice(0, 60);
  const shared = new Set();
  for (let i = 0; i < chars.length; i += 1) {
    let j = i;
    while (j < chars.length && folded.includes(chars.slice(i, j + 1).join(""))) j += 1;
    if (j - i >= 2) {
      shared.add(chars.slice(i, j).join(""));
      i = j - 1;
    }
  }
  return [...shared];
}
