import { stringify } from 'csv-stringify/sync';
import { deadlinesOf, type Deadline } from '../domain/findings/deadlines.ts';
import type { Report } from '../domain/findings/report.ts';
import { notListedSentences } from './not-listed.ts';
import { aboutText } from './finding-text.ts';
import { harmlessText } from './harmless-text.ts';
import { visibleLine, visibleText } from './visible-text.ts';

const HEADER = [
  'deadline',
  'daysLeft',
  'amount',
  'currency',
  'costPerDay',
  'rule',
  'kind',
  'customer',
  'product',
  'subscriptionId',
  'nextAction',
  'fingerprint',
  'purpose',
  'invoiceNumber',
];

function cells({ subject, purpose, deadline, daysLeft, amount, isAmountKnown, costPerDay }: Deadline): readonly string[] {
  const { currency, rule, kind, customerName, product, subscriptionId, nextAction, fingerprint, invoiceNumber } = subject;
  const texts = [rule, kind, customerName, product, subscriptionId, nextAction, fingerprint, purpose, invoiceNumber].map((one) =>
    harmlessText(visibleText(one)),
  );
  return [deadline, String(daysLeft), isAmountKnown ? amount : '', currency, costPerDay ?? '', ...texts];
}

/** The deadlines as CSV, UTF-8 with BOM and CRLF, money as numbers. */
export function deadlinesCsv(report: Report): string {
  return stringify([HEADER, ...deadlinesOf(report).map((one) => [...cells(one)])], { bom: true, record_delimiter: 'windows' });
}

/** What a smallest amount keeps out of the deadlines, for the report does not list it; empty where there was none. */
export function leftOutSentences(report: Report): readonly string[] {
  const sentences = notListedSentences(report);
  return sentences.length === 0
    ? []
    : [...sentences.map((one) => `${one}.`), 'Their deadlines are not here: make the report without --min-amount to see them.'];
}

/** The deadlines as a table for the terminal. */
export function deadlinesText(report: Report, width: number): string {
  const deadlines = deadlinesOf(report);
  const leftOut = leftOutSentences(report)
    .map((sentence) => `${sentence}\n`)
    .join('');
  if (deadlines.length === 0) {
    const none = `Nothing can be cancelled or claimed, and no payment is known to be due, on ${report.asOf}`;
    return leftOut === '' ? `${none}.\n` : `${none}, of what the report lists.\n${leftOut}`;
  }
  const rows = deadlines.map((one) => [
    one.deadline,
    one.daysLeft === 0 ? 'today' : `${one.daysLeft} d`,
    one.isAmountKnown ? `${one.amount} ${one.subject.currency}` : '',
    one.costPerDay === null ? '' : `-${one.costPerDay}/day`,
    one.subject.rule,
    visibleLine(`${one.purpose === 'pay' ? 'to pay: ' : ''}${aboutText(one.subject)}`),
  ]);
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, column) => Math.max(most[column] ?? 0, cell.length)), []);
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return `Deadlines from ${report.asOf}\n${lines.map((line) => (line.length <= width ? line : `${line.slice(0, width - 1)}…`)).join('\n')}\n${leftOut}`;
}
