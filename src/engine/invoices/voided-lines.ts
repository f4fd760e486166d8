import { hasLines, invoiceKey, type Invoice, type InvoiceSubject } from '../../domain/invoices/invoice.ts';
import type { Ledger } from '../lines/ledger.ts';
import type { UsageLedger } from '../usage/usage-ledger.ts';

/**
 * The lines of voided invoices whose replacement's lines are given too, with those of the credit notes that void them: the same charges a second
 * time. They count in the totals and for the invoice rules; nothing else is worked out from them.
 */
export class VoidedLines {
  readonly #ledger: Ledger | UsageLedger;
  readonly #keys: ReadonlySet<string>;
  /** By the number of the invoice's text. */
  readonly #isVoided: readonly boolean[];
  /** Those of them in audited files. */
  readonly audited: number;

  /** @param hasRows whether the ledger holds rows of an invoice */
  constructor(ledger: Ledger | UsageLedger, subjects: readonly InvoiceSubject[], hasRows: (invoice: Invoice) => boolean = hasLines) {
    this.#ledger = ledger;
    const isSetAside = ({ invoice, replacements }: InvoiceSubject): boolean =>
      invoice.header?.status === 'void' && hasRows(invoice) && replacements.some(hasRows);
    this.#keys = new Set(subjects.filter(isSetAside).flatMap(({ invoice, creditNotes }) => [invoice, ...creditNotes].map(keyOf)));
    const isVoided: boolean[] = [];
    let audited = 0;
    for (let index = 0; this.#keys.size > 0 && index < ledger.length; index += 1) {
      const number = ledger.textNumber('invoiceNumber', index);
      const voided = (isVoided[number] ??= this.names(ledger.text('invoiceNumber', index)));
      if (voided && ledger.table(index).isAudited) audited += 1;
    }
    this.#isVoided = isVoided;
    this.audited = audited;
  }

  has(index: number): boolean {
    return this.#isVoided[this.#ledger.textNumber('invoiceNumber', index)] ?? false;
  }

  /** Whether rows of an invoice number are set aside. */
  names(invoiceNumber: string): boolean {
    return this.#keys.has(invoiceKey(invoiceNumber));
  }
}

/** The same of usage rows: a voided invoice's are set aside where the usage of its replacement is given, for else they are all there is. */
export function voidedUsage(usage: UsageLedger, subjects: readonly InvoiceSubject[]): VoidedLines {
  // Most runs have no voided invoice, and millions of rows to look through.
  if (!subjects.some(({ invoice }) => invoice.header?.status === 'void')) return new VoidedLines(usage, []);
  const numbers = usageNumbers(usage);
  return new VoidedLines(usage, subjects, ({ invoiceNumber }) => numbers.has(invoiceKey(invoiceNumber)));
}

function usageNumbers(usage: UsageLedger): ReadonlySet<string> {
  const texts = new Map<number, string>();
  for (let index = 0; index < usage.length; index += 1) {
    const number = usage.textNumber('invoiceNumber', index);
    if (!texts.has(number)) texts.set(number, usage.text('invoiceNumber', index));
  }
  return new Set([...texts.values()].map(invoiceKey).filter((key) => key !== ''));
}

function keyOf({ invoiceNumber }: Invoice): string {
  return invoiceKey(invoiceNumber);
}
