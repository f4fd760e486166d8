import { invoiceKey, type Invoice, type InvoiceSubject } from '../../domain/invoices/invoice.ts';
import type { InvoiceHeader } from '../../domain/invoices/invoice-header.ts';
import type { AuditSettings } from '../audit-settings.ts';
import { compareTexts } from '../chains/gather-chains.ts';
import type { InvoiceSums } from './invoice-sums.ts';

/**
 * Every invoice that has a header or lines, among those it is linked with, in the order of their numbers; the lines without a number first,
 * as an invoice whose number is ''.
 */
export function gatherInvoices(
  sums: InvoiceSums,
  headers: readonly InvoiceHeader[],
  { ownTerms, partnerCountry }: Pick<AuditSettings, 'ownTerms' | 'partnerCountry'>,
  isIncomplete: boolean,
): readonly InvoiceSubject[] {
  const links = new InvoiceLinks(sums, headers);
  const files = { ...sums.files, isIncomplete };
  // Context months without an invoice number leave nothing unchecked.
  const reported = links.all().filter(({ invoiceNumber, isAudited }) => invoiceNumber !== '' || isAudited);
  const notesOf = (invoice: Invoice | null): readonly Invoice[] =>
    invoice === null ? [] : links.successorsOf(invoice, 'credit-note').filter(({ header }) => header?.status === 'active');
  const all = reported.filter(({ invoiceNumber }) => invoiceNumber !== '');
  return reported.map((invoice) => ({
    invoice,
    original: links.originalOf(invoice),
    creditNotes: notesOf(invoice),
    siblings: notesOf(links.originalOf(invoice)),
    replacements: links.replacementsOf(invoice),
    all,
    files,
    ownTerms,
    partnerCountry,
  }));
}

class InvoiceLinks {
  readonly #invoices = new Map<string, Invoice>();
  /** The documents that name an invoice, by its key. */
  readonly #successors = new Map<string, Invoice[]>();

  constructor(sums: InvoiceSums, headers: readonly InvoiceHeader[]) {
    const summed = sums.invoices();
    const headerOf = new Map(headers.map((header) => [invoiceKey(header.invoiceNumber), header]));
    for (const key of [...new Set([...summed.keys(), ...headerOf.keys()])].sort(compareTexts)) {
      const lines = summed.get(key);
      const header = headerOf.get(key) ?? null;
      this.#invoices.set(key, {
        invoiceNumber: header?.invoiceNumber ?? lines?.invoiceNumber ?? '',
        header,
        byCurrency: lines?.byCurrency ?? [],
        isAudited: lines?.isAudited ?? false,
        latestCharge: lines?.latestCharge ?? null,
      });
    }
    for (const invoice of this.#invoices.values()) {
      const { header } = invoice;
      if (header === null || header.replaces === '') continue;
      const original = invoiceKey(header.replaces);
      this.#successors.set(original, [...(this.#successors.get(original) ?? []), invoice]);
    }
  }

  all(): readonly Invoice[] {
    return [...this.#invoices.values()];
  }

  originalOf({ header }: Invoice): Invoice | null {
    return header === null || header.replaces === '' ? null : (this.#invoices.get(invoiceKey(header.replaces)) ?? null);
  }

  successorsOf({ invoiceNumber }: Invoice, kind: InvoiceHeader['kind']): readonly Invoice[] {
    return (this.#successors.get(invoiceKey(invoiceNumber)) ?? []).filter(({ header }) => header?.kind === kind);
  }

  /**
   * The invoices that name a document, directly, over a credit note or over another invoice that was voided in its turn; of a credit note also
   * those that name what it credits. A voided one stands in only for what does not stand in for it: numbers may name one another in a circle.
   */
  replacementsOf(invoice: Invoice): readonly Invoice[] {
    return this.#after(invoice).filter((one) => one.header?.status === 'active' || !this.#after(one).includes(invoice));
  }

  #after(invoice: Invoice): readonly Invoice[] {
    const found = new Map<string, Invoice>();
    const seen = new Set<string>();
    const look = (at: Invoice): void => {
      const key = invoiceKey(at.invoiceNumber);
      if (seen.has(key)) return;
      seen.add(key);
      for (const one of this.successorsOf(at, 'invoice')) {
        if (one !== invoice) found.set(invoiceKey(one.invoiceNumber), one);
        if (one.header?.status === 'void') look(one);
      }
      for (const note of this.successorsOf(at, 'credit-note')) if (note.header?.status === 'active') look(note);
    };
    look(invoice);
    const original = invoice.header?.kind === 'credit-note' ? this.originalOf(invoice) : null;
    if (original !== null) look(original);
    return [...found].sort(([a], [b]) => compareTexts(a, b)).map(([, one]) => one);
  }
}
