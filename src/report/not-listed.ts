import type { Report } from '../domain/findings/report.ts';
import { groupedAmount } from './grouped-amount.ts';

/** The smallest amount listed, as it was given; null where a report does not say. */
export function smallestListed({ options }: Report): string | null {
  const { minAmount } = options;
  return typeof minAmount === 'string' ? minAmount : null;
}

/**
 * What the smallest amount leaves out of every total, a sentence a currency, and one for what no total would have held: notices, and all of
 * them in a report of version 0.1.0, which counts such findings and does not tell their money.
 */
export function notListedSentences(report: Report): readonly string[] {
  const { belowMinAmount } = report.summary;
  if (belowMinAmount === 0) return [];
  const below = smallestListed(report) === null ? 'below the smallest amount' : `below ${smallestListed(report) ?? ''}`;
  const withMoney = report.totals.flatMap(({ currency, notListed }) => (notListed === undefined ? [] : [{ currency, ...notListed }]));
  const others = belowMinAmount - withMoney.reduce((all, one) => all + one.findings, 0);
  return [
    ...withMoney.map(
      ({ currency, findings, discrepancies, claims }) =>
        `${counted(findings)} ${below} ${currency} ${verb(findings)} not listed and in no total: discrepancies ${groupedAmount(discrepancies)} ${currency}, claims ${groupedAmount(claims)} ${currency}`,
    ),
    ...(others === 0 ? [] : [`${counted(others)} ${below} ${verb(others)} not listed`]),
  ];
}

function counted(findings: number): string {
  return `${groupedAmount(String(findings))} finding${findings === 1 ? '' : 's'}`;
}

function verb(findings: number): string {
  return findings === 1 ? 'is' : 'are';
}
