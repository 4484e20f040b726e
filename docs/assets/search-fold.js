/* Folding: the form of a text in which two phrases are the same phrase.
   The twin of src/zhenggai/site/search_fold.py: change both, and tests/site/fold_cases.json. */

export const BOUNDARY = "\n";

const CLUSTER = /[^][\p{M}\u1160-\u11ff]*/gsu;
const DROPPED =
  /[\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Ps}\p{Pe}\p{Pi}\p{Pf}"'`<>\u034f\u115f\u1160\u3164\uffa0\u180b\u180c\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const PUNCTUATION = /\p{P}/u;

const known = new Map();

function foldCluster(cluster) {
  let folded = known.get(cluster);
  if (folded === undefined) {
    folded = "";
    for (const char of cluster.normalize("NFKC"))
      for (const low of char.toLowerCase())
        if (!DROPPED.test(low)) folded += PUNCTUATION.test(low) ? BOUNDARY : low;
    known.set(cluster, folded);
  }
  return folded;
}

/* The folded text, with the place in the original of each of its UTF-16 units:
   unit i comes from text.slice(start[i], end[i]). */
export function foldWithPlaces(text) {
  let folded = "";
  const start = [];
  const end = [];
  for (const match of text.matchAll(CLUSTER)) {
    let piece = foldCluster(match[0]);
    for (const unit of piece) {
      if (unit === BOUNDARY && (folded === "" || folded.endsWith(BOUNDARY))) continue;
      folded += unit;
      for (let i = 0; i < unit.length; i += 1) {
        start.push(match.index);
        end.push(match.index + match[0].length);
      }
    }
  }
  if (folded.endsWith(BOUNDARY)) folded = folded.slice(0, -1);
  return { folded, start, end };
}

export function fold(text) {
  return foldWithPlaces(text).folded;
}
