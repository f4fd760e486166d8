import type { Finding, FindingKind, Severity } from '../../domain/findings/finding.ts';
import { Decimal, formatMoney, sum } from '../../domain/numbers/money.ts';
import type { CurrencyTotals, Report } from '../../domain/findings/report.ts';

/** Whether a finding is listed: its difference is at least the smallest amount, or it has none. */
export function isListed({ difference }: Finding, minAmount: string): boolean {
  return difference === null || new Decimal(difference).abs().gte(minAmount);
}

/** The sum of the differences of one kind and currency, with the currency's digits. */
export function differencesOf(findings: readonly Finding[], currency: string, kind: FindingKind): string {
  const own = findings.filter((one) => one.currency === currency && one.kind === kind && one.difference !== null);
  return formatMoney(sum(own.map(({ difference }) => new Decimal(difference ?? '0'))), currency);
}

/** Totals that say what the findings below the smallest amount come to, with what they said before. */
export function withNotListed(totals: readonly CurrencyTotals[], notListed: readonly Finding[]): readonly CurrencyTotals[] {
  return totals.map((one) => {
    const { currency, notListed: before } = one;
    const own = notListed.filter((finding) => finding.currency === currency && finding.kind !== 'notice');
    if (own.length === 0) return one;
    const added = (amount: string | undefined, kind: FindingKind): string =>
      formatMoney(new Decimal(differencesOf(own, currency, kind)).plus(amount ?? '0'), currency);
    return {
      ...one,
      notListed: {
        findings: own.length + (before?.findings ?? 0),
        discrepancies: added(before?.discrepancies, 'discrepancy'),
        claims: added(before?.claims, 'claim'),
      },
    };
  });
}

/** How many findings are listed, by severity and by rule in the order of the codes. */
export function summaryOf(findings: readonly Finding[], belowMinAmount: number): Report['summary'] {
  const bySeverity: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  const byRule: Record<string, number> = {};
  for (const finding of findings) {
    bySeverity[finding.severity] += 1;
    byRule[finding.rule] = (byRule[finding.rule] ?? 0) + 1;
  }
  return { bySeverity, byRule: sortedByKey(byRule), belowMinAmount };
}

function sortedByKey(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A report as the same audit would have made it with a larger smallest amount: shorter lists, and the totals and counts that belong to them. */
export function narrowedReport(report: Report, minAmount: string): Report {
  const findings = report.findings.filter((one) => isListed(one, minAmount));
  const notListed = report.findings.filter((one) => !isListed(one, minAmount));
  const totals = report.totals.map((one) => ({
    ...one,
    discrepancies: differencesOf(findings, one.currency, 'discrepancy'),
    claims: differencesOf(findings, one.currency, 'claim'),
  }));
  return {
    ...report,
    options: { ...report.options, minAmount },
    totals: withNotListed(totals, notListed),
    findings,
    summary: summaryOf(findings, report.summary.belowMinAmount + notListed.length),
  };
}
