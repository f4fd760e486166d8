import type { DeadlineSubject } from '../../domain/findings/deadlines.ts';
import { SEVERITIES, type Severity } from '../../domain/findings/finding.ts';
import type { Report } from '../../domain/findings/report.ts';
import { groupedAmount } from '../grouped-amount.ts';
import { markup, type SafeHtml } from './safe-html.ts';

/** Severities have a shape and a word beside their colour: not everybody sees colours, and not every printer prints them. */
export const SHAPES: Readonly<Record<Severity, string>> = { error: '◆', warning: '▲', info: '●' };
const PLURALS: Readonly<Record<Severity, string>> = { error: 'errors', warning: 'warnings', info: 'notices' };

/** `1,204 lines`, `1 line`. */
export function counted(number: number, noun: string): string {
  return `${groupedAmount(String(number))} ${noun}${number === 1 ? '' : 's'}`;
}

export function severityCount(severity: Severity, number: number): string {
  return `${groupedAmount(String(number))} ${number === 1 ? PLURALS[severity].slice(0, -1) : PLURALS[severity]}`;
}

/** An amount, its thousands parted; the currency follows where a column does not say it. */
export function amountHtml(amount: string, currency?: string): SafeHtml {
  const sign = amount.startsWith('-') ? 'num below' : 'num';
  return markup`<span class="${sign}">${groupedAmount(amount)}</span
    >${currency === undefined ? '' : markup` <span class="currency">${currency}</span>`}`;
}

/** A name or another text of a customer: it keeps its own direction, and turns nobody else's. */
export function nameHtml(name: string): SafeHtml {
  return markup`<bdi>${name}</bdi>`;
}

/** Whom a finding is about: the customer, or the invoice where it is about a whole one, or the file that tells of an export. */
export function subjectName({ customerName, customerId, invoiceNumber, evidence }: DeadlineSubject): string {
  if (customerName !== '') return customerName;
  if (customerId !== '') return customerId;
  return invoiceNumber === '' ? (evidence[0]?.file ?? '') : `invoice ${invoiceNumber}`;
}

/** Every currency that the report speaks of, in order. */
export function currenciesOf(report: Report): readonly string[] {
  return [...new Set([...report.totals.map(({ currency }) => currency), ...report.findings.map(({ currency }) => currency)])].sort();
}

/** How many findings of each severity a rule has: it may soften some. */
export function severitiesByRule(report: Report): ReadonlyMap<string, Readonly<Record<Severity, number>>> {
  const byRule = new Map<string, Record<Severity, number>>();
  for (const { rule, severity } of report.findings) {
    const counts = byRule.get(rule) ?? { error: 0, warning: 0, info: 0 };
    counts[severity] += 1;
    byRule.set(rule, counts);
  }
  // The gravest first, then the most frequent.
  const rank = (counts: Readonly<Record<Severity, number>>): number => SEVERITIES.findIndex((severity) => counts[severity] > 0);
  return new Map([...byRule].sort(([codeA, a], [codeB, b]) => rank(a) - rank(b) || total(b) - total(a) || (codeA < codeB ? -1 : 1)));
}

export function total(counts: Readonly<Record<Severity, number>>): number {
  return SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
}
