import { hasLines, invoiceKey, type InvoiceSubject } from '../../domain/invoices/invoice.ts';
import type { Ledger } from '../lines/ledger.ts';

/**
 * The lines of voided invoices whose replacement's lines are given too, with those of the credit notes that void them: the same charges a second
 * time. They count in the totals and for the invoice rules; nothing else is worked out from them.
 */
export class VoidedLines {
  readonly #ledger: Ledger;
  /** By the number of the invoice's text. */
  readonly #isVoided: readonly boolean[];
  /** Those of them in audited files. */
  readonly audited: number;

  constructor(ledger: Ledger, subjects: readonly InvoiceSubject[]) {
    this.#ledger = ledger;
    const keys = new Set(subjects.filter(isSetAside).flatMap(({ invoice, creditNotes }) => [invoice, ...creditNotes].map(keyOf)));
    const isVoided: boolean[] = [];
    let audited = 0;
    for (let index = 0; keys.size > 0 && index < ledger.length; index += 1) {
      const number = ledger.textNumber('invoiceNumber', index);
      const voided = (isVoided[number] ??= keys.has(invoiceKey(ledger.text('invoiceNumber', index))));
      if (voided && ledger.table(index).isAudited) audited += 1;
    }
    this.#isVoided = isVoided;
    this.audited = audited;
  }

  has(index: number): boolean {
    return this.#isVoided[this.#ledger.textNumber('invoiceNumber', index)] ?? false;
  }
}

function keyOf({ invoiceNumber }: InvoiceSubject['invoice']): string {
  return invoiceKey(invoiceNumber);
}

function isSetAside({ invoice, replacements }: InvoiceSubject): boolean {
  return invoice.header?.status === 'void' && hasLines(invoice) && replacements.some(hasLines);
}
