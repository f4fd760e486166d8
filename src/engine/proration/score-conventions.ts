import type { LayoutName } from '../../domain/charges/charge-line.ts';
import { conventionsOf, layoutOfConvention, publishedConvention, type Convention } from '../../domain/proration/conventions.ts';
import type { Recalculation } from '../../domain/proration/expected-charge.ts';
import type { ConventionScore } from '../../domain/findings/report.ts';
import type { ChargeLine } from '../../domain/charges/charge-line.ts';

interface Tally {
  lines: number;
  readonly fits: Map<Convention, number>;
  readonly onlyThis: Map<Convention, number>;
}

/**
 * Which convention a layout's lines follow in a currency, judged over the whole input (audited and context lines). Only discriminating
 * lines vote: licence lines on which the conventions of the layout do not all agree. The published convention judges unless another fits
 * strictly more of them; of equals the first of the catalogue.
 */
export class ConventionScores {
  readonly #tallies = new Map<string, Tally>();
  readonly #chosen: Convention | null;

  /** @param chosen the convention named on the command line; it speaks of its own layout only. */
  constructor(chosen: Convention | null) {
    this.#chosen = chosen;
  }

  vote(line: ChargeLine, recalculation: Recalculation): void {
    if (recalculation.status !== 'recalculated' || recalculation.fixedConvention !== null || line.amount.isZero()) return;
    if (recalculation.lowest.eq(recalculation.highest)) return;
    const key = `${line.heading.layout} ${line.heading.currency}`;
    let tally = this.#tallies.get(key);
    if (tally === undefined) {
      tally = { lines: 0, fits: new Map(), onlyThis: new Map() };
      this.#tallies.set(key, tally);
    }
    tally.lines += 1;
    for (const convention of recalculation.fits) tally.fits.set(convention, (tally.fits.get(convention) ?? 0) + 1);
    const [only, second] = recalculation.fits;
    if (only !== undefined && second === undefined) tally.onlyThis.set(only, (tally.onlyThis.get(only) ?? 0) + 1);
  }

  judge(layout: LayoutName, currency: string): Convention {
    if (this.#chosen !== null && layoutOfConvention(this.#chosen) === layout) return this.#chosen;
    const tally = this.#tallies.get(`${layout} ${currency}`);
    const published = publishedConvention(layout);
    if (tally === undefined) return published;
    let best = published;
    for (const convention of conventionsOf(layout)) {
      if ((tally.fits.get(convention) ?? 0) > (tally.fits.get(best) ?? 0)) best = convention;
    }
    return best;
  }

  /** Whether other scores name the same convention wherever these have a vote. */
  judgesLike(other: ConventionScores): boolean {
    return [...this.#tallies.keys()].every((key) => {
      const [layout, currency] = key.split(' ') as [LayoutName, string];
      return this.judge(layout, currency) === other.judge(layout, currency);
    });
  }

  /** The table of the report: every convention of every layout and currency that had a line to vote. */
  table(): readonly ConventionScore[] {
    return [...this.#tallies.keys()].sort().flatMap((key) => {
      const [layout, currency] = key.split(' ') as [LayoutName, string];
      const tally = this.#tallies.get(key);
      const judge = this.judge(layout, currency);
      return conventionsOf(layout).map((convention) => ({
        layout,
        currency,
        convention,
        lines: tally?.lines ?? 0,
        fits: tally?.fits.get(convention) ?? 0,
        onlyThis: tally?.onlyThis.get(convention) ?? 0,
        judgedBy: convention === judge,
      }));
    });
  }
}
