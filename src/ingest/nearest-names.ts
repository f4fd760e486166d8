import { columnKey } from './layouts/layout.ts';

/** The found names that come closest to a wanted one, most alike first; compared without case, spaces and punctuation. */
export function nearestNames(wanted: string, found: readonly string[], most: number): readonly string[] {
  const key = columnKey(wanted);
  return found
    .map((name) => ({ name, distance: distance(key, columnKey(name)) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name.slice(0, 60));
}

/** The found name that a wanted one may well be meant by: one of them contains the other, or no more than a third of the letters differ. */
export function likelyName(wanted: string, found: readonly string[]): string | null {
  const [nearest] = nearestNames(wanted, found, 1);
  if (nearest === undefined) return null;
  return distance(columnKey(wanted), columnKey(nearest)) * 3 <= columnKey(wanted).length ? nearest : null;
}

/** How many letters must be added, taken away or changed to make one name of the other; nothing where one contains the other. */
function distance(a: string, b: string): number {
  if (a !== '' && b !== '' && (a.includes(b) || b.includes(a))) return 0;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
