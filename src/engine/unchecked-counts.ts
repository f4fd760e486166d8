import type { UncheckedCount } from '../domain/findings/report.ts';

/** What rules had to leave, counted by rule and reason. */
export class UncheckedCounts {
  readonly #counts = new Map<string, UncheckedCount>();

  add(rule: string, reason: string, lines = 1): void {
    const key = `${rule} ${reason}`;
    this.#counts.set(key, { rule, reason, lines: (this.#counts.get(key)?.lines ?? 0) + lines });
  }

  table(): readonly UncheckedCount[] {
    return [...this.#counts.keys()].sort().flatMap((key) => this.#counts.get(key) ?? []);
  }
}
