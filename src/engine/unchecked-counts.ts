import type { UncheckedCount } from '../domain/findings/report.ts';

/** What rules had to leave, counted by rule and reason. */
export class UncheckedCounts {
  readonly #counts = new Map<string, UncheckedCount>();

  add(rule: string, reason: string, lines = 1, months: readonly string[] = []): void {
    const key = `${rule} ${reason}`;
    const known = this.#counts.get(key);
    const named = [...new Set([...(known?.months ?? []), ...months])].sort();
    this.#counts.set(key, { rule, reason, lines: (known?.lines ?? 0) + lines, ...(named.length === 0 ? {} : { months: named }) });
  }

  table(): readonly UncheckedCount[] {
    return [...this.#counts.keys()].sort().flatMap((key) => this.#counts.get(key) ?? []);
  }
}

/** A table of counts with more of them. */
export function withUnchecked(table: readonly UncheckedCount[], more: readonly UncheckedCount[]): readonly UncheckedCount[] {
  const counts = new UncheckedCounts();
  for (const { rule, reason, lines, months } of [...table, ...more]) counts.add(rule, reason, lines, months);
  return counts.table();
}
