import { isoDay, type Day } from '../../domain/calendar/days.ts';
import type { Ledger } from '../lines/ledger.ts';
import type { CreditRow } from './match-credits.ts';
import type { VoidedLines } from '../invoices/voided-lines.ts';

/** The credits of the audited files that may answer a claim: money given back on cancellations, refunds and corrections, never the wipe half of a seat change. */
export function creditRows(ledger: Ledger, voided: VoidedLines): readonly CreditRow[] {
  const rows: CreditRow[] = [];
  for (let index = 0; index < ledger.length; index += 1) {
    const amount = ledger.decimal('amount', index);
    if (
      !ledger.table(index).isAudited ||
      voided.has(index) ||
      amount === null ||
      !amount.isNegative() ||
      amount.isZero() ||
      ledger.kind(index) === 'seat-change'
    )
      continue;
    const { customerId, subscriptionId, currency } = ledger.heading(index);
    const { file, sheet } = ledger.table(index);
    const iso = (day: Day | null): string | null => (day === null ? null : isoDay(day));
    rows.push({
      subscriptionId,
      customerId,
      firstDay: iso(ledger.day('firstDay', index)),
      lastDay: iso(ledger.day('lastDay', index)),
      amount: amount.toFixed(),
      currency,
      file: sheet === null ? file : `${file}[${sheet}]`,
      row: ledger.row(index),
      invoiceNumber: ledger.text('invoiceNumber', index),
      text: ledger.kind(index) === 'adjustment' ? wordsOf(ledger, index) : '',
    });
  }
  return rows;
}

function wordsOf(ledger: Ledger, index: number): string {
  const texts = (['creditReason', 'referenceId', 'priceAdjustment', 'meter'] as const).map((name) => ledger.text(name, index));
  return [...texts, ledger.heading(index).productName].filter((text) => text !== '').join(' ');
}
