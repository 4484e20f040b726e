/* The exact index, read: where in the archive a folded phrase stands.
   The twin of src/zhenggai/site/search_index.py, whose docstring tells the form of the files. */

const BATCH = 8; /* files asked for at once: a long phrase usually dies after the first few */
const FEW = 5; /* notices whose whole text is cheaper to read than the rest of a long phrase's pairs */

function* varints(bytes, from, to) {
  for (let i = from; i < to; i += 1) {
    let number = 0;
    let weight = 1;
    for (; bytes[i] > 127; i += 1, weight *= 128) number += (bytes[i] & 127) * weight;
    yield number + bytes[i] * weight;
  }
}

/* One file: "first,second" → its bytes. */
function readShard(bytes) {
  const numbers = varints(bytes, 0, bytes.length);
  const count = numbers.next().value ?? 0;
  const keys = [];
  for (let i = 0; i < count; i += 1)
    keys.push([`${numbers.next().value},${numbers.next().value}`, numbers.next().value]);
  let at = bytes.length - keys.reduce((sum, [, length]) => sum + length, 0);
  return new Map(keys.map(([key, length]) => [key, bytes.subarray(at, (at += length))]));
}

function readList(bytes) {
  const list = [];
  let last = 0;
  if (bytes) for (const step of varints(bytes, 0, bytes.length)) list.push((last += step));
  return list;
}

class Part {
  constructor(base, { path, shards, lengths, texts }, firstNotice) {
    this.texts = texts;
    this.base = `${base}index/${path}/`;
    this.shards = shards;
    this.firstNotice = firstNotice;
    this.starts = [];
    let at = 0;
    for (const length of lengths) {
      this.starts.push(at);
      at += length + 1;
    }
    this.files = new Map();
  }

  async list(first, second) {
    const number = (first * 8191 + second * 131) % this.shards;
    if (!this.files.has(number)) {
      const loading = load(`${this.base}${number}.bin`).then((data) => readShard(new Uint8Array(data)));
      loading.catch(() => this.files.delete(number)); /* so that the next query tries again */
      this.files.set(number, loading);
    }
    return readList((await this.files.get(number)).get(`${first},${second}`));
  }

  /* Notices with a phrase: number → { hits, first: place in its folded text }. */
  async phrase(folded, textOf) {
    const points = Array.from(folded, (char) => char.codePointAt(0));
    if (points.length === 1) {
      const numbers = await this.list(points[0], 0);
      return new Map(numbers.map((n) => [n + this.firstNotice, { hits: 1, first: Infinity }]));
    }
    /* Pairs side by side cover the phrase; an odd last one overlaps. */
    const offsets = [];
    for (let i = 0; i + 1 < points.length; i += 2) offsets.push(i);
    if (points.length % 2) offsets.push(points.length - 2);
    let places = null;
    for (let i = 0; i < offsets.length && places?.length !== 0; i += BATCH) {
      const batch = offsets.slice(i, i + BATCH);
      const lists = await Promise.all(batch.map((o) => this.list(points[o], points[o + 1])));
      lists.forEach((list, k) => {
        places = places === null ? list.map((p) => p - batch[k]) : meet(places, list, batch[k]);
      });
      const found = i + 2 * BATCH < offsets.length ? this.byNotice(places) : null;
      if (found && found.size <= FEW) return confirm(found, folded, textOf);
    }
    return this.byNotice(places);
  }

  byNotice(places) {
    const found = new Map();
    let n = 0;
    for (const place of places) {
      while (n + 1 < this.starts.length && this.starts[n + 1] <= place) n += 1;
      const seen = found.get(n + this.firstNotice);
      if (seen) seen.hits += 1;
      else found.set(n + this.firstNotice, { hits: 1, first: place - this.starts[n] });
    }
    return found;
  }
}

/* Those of `found` whose text has the phrase. */
async function confirm(found, folded, textOf) {
  for (const n of [...found.keys()]) if (!(await textOf(n)).folded.includes(folded)) found.delete(n);
  return found;
}

/* Places p with p + offset in list; both ascending. */
function meet(places, list, offset) {
  const both = [];
  let j = 0;
  for (const place of places) {
    while (j < list.length && list[j] < place + offset) j += 1;
    if (list[j] === place + offset) both.push(place);
  }
  return both;
}

export async function load(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.arrayBuffer();
}

export class Index {
  /* textOf: number of a notice → promise of { folded } */
  constructor(base, parts, textOf) {
    this.textOf = textOf;
    let notices = 0;
    this.parts = parts.map((part) => {
      const made = new Part(base, part, notices);
      notices += part.lengths.length;
      return made;
    });
    this.size = notices;
  }

  /* What the address of a notice's text ends in: something else as soon as a text of its part is. */
  version(n) {
    return this.parts.findLast(({ firstNotice }) => firstNotice <= n).texts;
  }

  async phrase(folded) {
    const found = await Promise.all(this.parts.map((part) => part.phrase(folded, this.textOf)));
    return new Map(found.flatMap((map) => [...map]));
  }

  /* For when nothing is exact: notices by the share they have of those of the phrases' pairs that stand
     anywhere, rare pairs weighing more; none that has a phrase of `none`. Returns [number, share] for shares
     of a third and more, best first. */
  async nearest(phrases, none, most) {
    const pairs = new Set(phrases.flatMap((phrase) => pieces(phrase)).slice(0, 40));
    const scores = new Map();
    let all = 0;
    for (const pair of pairs) {
      const found = await this.phrase(pair);
      if (found.size === 0) continue;
      const weight = Math.log(1 + this.size / found.size);
      all += weight;
      for (const n of found.keys()) scores.set(n, (scores.get(n) ?? 0) + weight);
    }
    for (const phrase of none) for (const n of (await this.phrase(phrase)).keys()) scores.delete(n);
    return [...scores]
      .map(([n, score]) => [n, score / all])
      .filter(([, share]) => share >= 1 / 3)
      .sort((a, b) => b[1] - a[1] || b[0] - a[0])
      .slice(0, most);
  }
}

function pieces(phrase) {
  const chars = Array.from(phrase);
  if (chars.length < 3) return [phrase];
  return chars.slice(1).map((char, i) => chars[i] + char).filter((pair) => !pair.includes("\n"));
}
