/** How many letters may be wrong: one in three, and no more than this. */
const MOST_WRONG = 3;

/** The word that was probably meant: the one that the fewest changes of a letter lead to, or null where none is near. */
export function closestWord(typed: string, words: Iterable<string>): string | null {
  const most = Math.min(MOST_WRONG, Math.ceil(typed.length / 3));
  let closest: string | null = null;
  let fewest = most + 1;
  for (const word of words) {
    const changes = typed === '' ? fewest : changesBetween(typed.toLowerCase(), word.toLowerCase());
    if (changes >= fewest) continue;
    closest = word;
    fewest = changes;
  }
  return closest;
}

/** Letters left out, put in, put in place of another, or exchanged with their neighbour. */
function changesBetween(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let changes = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isSame ? 0 : 1));
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isExchanged) changes = Math.min(changes, (before[j - 2] ?? 0) + 1);
      next.push(changes);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
