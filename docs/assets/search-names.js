/* Names found by what is typed: characters as they stand, their pinyin, or its initials (tgw: 团工委). */

const DROPPED = /[\p{Z}\p{P}\p{Cf}]/gu; /* a name's brackets and dots are not typed; masks such as ○ and X are */

/* A name, or a word typed, as the list of characters that are compared. */
export function letters(text) {
  return Array.from(text.normalize("NFKC").toLowerCase().replace(DROPPED, ""));
}

/* Whether what is typed stands in a name, each character as itself or as the beginning of its pinyin:
   side by side or, with gaps, in this order (团县委: 共青团榆溪县委员会). */
export function stands(typed, name, readings, gaps = false) {
  let reached = new Set([0]); /* how much of what is typed has been found so far */
  for (const char of name) {
    const next = new Set(gaps ? reached : [0]);
    for (const t of reached) {
      if (typed[t] === char) next.add(t + 1);
      for (const syllable of readings[char] ?? [])
        for (let k = 0; k < syllable.length && typed[t + k] === syllable[k]; k += 1) next.add(t + k + 1);
    }
    if (next.has(typed.length)) return true;
    reached = next;
  }
  return false;
}
