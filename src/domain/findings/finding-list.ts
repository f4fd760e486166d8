import type { Finding } from './finding.ts';
import { FindingPack } from './finding-pack.ts';

/** A usual run has fewer findings than this, and reads them faster as they are. */
const KEPT_WHOLE = 5000;

/** The findings of a run in the order in which they were found; those beyond the first five thousand are packed. */
export class FindingList {
  readonly #findings: Finding[] = [];
  readonly #pack = new FindingPack();
  readonly #keptWhole: number;

  /** @param keptWhole how many are not packed */
  constructor(keptWhole: number = KEPT_WHOLE) {
    this.#keptWhole = keptWhole;
  }

  add(finding: Finding): void {
    this.#findings.push(this.#findings.length < this.#keptWhole ? finding : this.#pack.pack(finding));
  }

  all(): readonly Finding[] {
    return this.#findings;
  }
}
