import type { Report } from '../../src/domain/findings/report.ts';

/** What the pictures show of a report at the first glance: where these have changed, the pictures are stale. */
export interface ImagedFigures {
  readonly asOf: string;
  readonly money: readonly { readonly currency: string; readonly discrepancies: string; readonly claims: string }[];
  readonly findings: Report['summary']['bySeverity'];
}

export function imagedFigures({ asOf, totals, summary }: Report): ImagedFigures {
  return {
    asOf,
    money: totals.map(({ currency, discrepancies, claims }) => ({ currency, discrepancies, claims })),
    findings: summary.bySeverity,
  };
}
