import type { ChargeKind, SourceRef } from '../../domain/charges/charge-line.ts';
import type { Day } from '../../domain/calendar/days.ts';
import { ExactSum } from '../../domain/numbers/exact-sum.ts';
import { invoiceKey, isInvoiced, type GivenFiles, type InvoiceLines } from '../../domain/invoices/invoice.ts';
import { signOfPrinted } from '../../domain/numbers/money.ts';
import type { Ledger } from '../lines/ledger.ts';

/** Charges that stand in the file of the month they begin in; credits and changes may look back. */
const CHARGING: ReadonlySet<ChargeKind> = new Set<ChargeKind>(['purchase', 'renewal', 'cycle']);

/** The lines of one invoice number, all its currencies. */
export interface SummedInvoice {
  /** The spelling that sorts first. */
  readonly invoiceNumber: string;
  readonly byCurrency: readonly InvoiceLines[];
  readonly isAudited: boolean;
  readonly latestCharge: Day | null;
}

class Sums {
  readonly currency: string;
  lines = 0;
  auditedLines = 0;
  taxedLines = 0;
  creditLines = 0;
  latestCharge: Day | null = null;
  /** The line shown for all of them: an audited one, the first by file and row. */
  first = -1;
  /** The heading of the line added last: most lines of a heading follow one another. */
  lastHeading = -1;
  readonly countries = new Set<string>();
  readonly partners = new Set<string>();
  readonly credits = new ExactSum();
  readonly subtotal = new ExactSum();
  readonly tax = new ExactSum();
  readonly total = new ExactSum();

  constructor(currency: string) {
    this.currency = currency;
  }
}

/**
 * What the lines of every invoice add up to by currency, worked out over the columns of the ledger: no line becomes an object.
 * Lines without an invoice number are summed under ''.
 */
export class InvoiceSums {
  readonly #ledger: Ledger;
  /** By the number of the invoice's text, then by currency. */
  readonly #sums = new Map<number, Map<string, Sums>>();
  #firstCharge: Day | null = null;
  #lastCharge: Day | null = null;
  #hasLegacy = false;
  #linesWithoutNumber = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
    const isOfInvoice: boolean[] = [];
    const currencies: string[] = [];
    for (let index = 0; index < ledger.length; index += 1) {
      const heading = ledger.headingNumber(index);
      isOfInvoice[heading] ??= isInvoiced(ledger.heading(index).layout);
      currencies[heading] ??= ledger.heading(index).currency.toUpperCase();
      if (isOfInvoice[heading]) this.#add(index, currencies[heading]);
    }
  }

  get files(): Omit<GivenFiles, 'isIncomplete'> {
    return {
      firstCharge: this.#firstCharge,
      lastCharge: this.#lastCharge,
      hasLegacy: this.#hasLegacy,
      linesWithoutNumber: this.#linesWithoutNumber,
    };
  }

  /** Every invoice that has lines, by `invoiceKey` of its number. */
  invoices(): ReadonlyMap<string, SummedInvoice> {
    const spellings = new Map<string, { numbers: string[]; sums: Sums[] }>();
    for (const [text, byCurrency] of this.#sums) {
      const number = this.#ledger.text('invoiceNumber', this.#firstLineOf(text));
      const key = invoiceKey(number);
      const one = spellings.get(key) ?? { numbers: [], sums: [] };
      one.numbers.push(number.trim());
      one.sums.push(...byCurrency.values());
      spellings.set(key, one);
    }
    return new Map([...spellings].map(([key, { numbers, sums }]) => [key, this.#summed([...numbers].sort()[0] ?? '', sums)]));
  }

  #firstLineOf(text: number): number {
    const [any] = this.#sums.get(text)?.values() ?? [];
    return any?.first ?? 0;
  }

  #add(index: number, currency: string): void {
    const ledger = this.#ledger;
    const isAudited = ledger.table(index).isAudited;
    const text = ledger.textNumber('invoiceNumber', index);
    let byCurrency = this.#sums.get(text);
    if (byCurrency === undefined) {
      byCurrency = new Map();
      this.#sums.set(text, byCurrency);
    }
    let sums = byCurrency.get(currency);
    if (sums === undefined) {
      sums = new Sums(currency);
      byCurrency.set(currency, sums);
    }
    sums.lines += 1;
    if (isAudited) sums.auditedLines += 1;
    const heading = ledger.headingNumber(index);
    if (heading !== sums.lastHeading) {
      const { customerCountry, partnerId } = ledger.heading(index);
      sums.countries.add(customerCountry);
      sums.partners.add(partnerId);
      sums.lastHeading = heading;
    }
    if (sums.first < 0 || this.#isBefore(index, sums.first)) sums.first = index;
    this.#addMoney(sums, index);
    this.#addCharge(sums, index);
    this.#addToFiles(index, isAudited);
  }

  #addMoney(sums: Sums, index: number): void {
    const tax = this.#ledger.printed('tax', index);
    const total = this.#ledger.printed('total', index);
    sums.subtotal.add(this.#ledger.printed('subtotal', index));
    sums.tax.add(tax);
    sums.total.add(total);
    if (tax !== null && signOfPrinted(tax) !== 0) sums.taxedLines += 1;
    if (total !== null && signOfPrinted(total) < 0) {
      sums.creditLines += 1;
      sums.credits.add(total);
    }
  }

  #addCharge(sums: Sums, index: number): void {
    const day = this.#ledger.day('firstDay', index);
    if (day === null || !CHARGING.has(this.#ledger.kind(index))) return;
    if (sums.latestCharge === null || day > sums.latestCharge) sums.latestCharge = day;
    // Legacy lines carry no invoice number: what they bill says nothing of which numbered invoices must have lines.
    if (this.#ledger.heading(index).layout === 'legacy-licence') return;
    if (this.#firstCharge === null || day < this.#firstCharge) this.#firstCharge = day;
    if (this.#lastCharge === null || day > this.#lastCharge) this.#lastCharge = day;
  }

  #addToFiles(index: number, isAudited: boolean): void {
    const isLegacy = this.#ledger.heading(index).layout === 'legacy-licence';
    if (isLegacy) this.#hasLegacy = true;
    else if (isAudited && this.#ledger.text('invoiceNumber', index).trim() === '') this.#linesWithoutNumber += 1;
  }

  /** Lines of one table come in the order of its rows, so only another table can hold an earlier one. */
  #isBefore(index: number, first: number): boolean {
    const [one, other] = [this.#ledger.table(index), this.#ledger.table(first)];
    if (one === other) return false;
    if (one.isAudited !== other.isAudited) return one.isAudited;
    return one.file !== other.file ? one.file < other.file : (one.sheet ?? '') < (other.sheet ?? '');
  }

  #summed(invoiceNumber: string, all: readonly Sums[]): SummedInvoice {
    const latest = all.flatMap(({ latestCharge }) => (latestCharge === null ? [] : [latestCharge]));
    const byCurrency = new Map<string, Sums[]>();
    for (const one of all) byCurrency.set(one.currency, [...(byCurrency.get(one.currency) ?? []), one]);
    return {
      invoiceNumber,
      byCurrency: [...byCurrency.keys()].sort().map((currency) => this.#linesOf(currency, byCurrency.get(currency) ?? [])),
      isAudited: all.some((one) => one.auditedLines > 0),
      latestCharge: latest.length === 0 ? null : (Math.max(...latest) as Day),
    };
  }

  /** One currency of an invoice; several sums where files spell its number in several ways. */
  #linesOf(currency: string, all: readonly Sums[]): InvoiceLines {
    const count = (read: (one: Sums) => number): number => all.reduce((sum, one) => sum + read(one), 0);
    const money = (read: (one: Sums) => ExactSum): InvoiceLines['total'] =>
      all.slice(1).reduce((sum, one) => sum.plus(read(one).total), read(all[0] ?? new Sums(currency)).total);
    const first = all.reduce((best, one) => (best < 0 || this.#isBefore(one.first, best) ? one.first : best), -1);
    return {
      currency,
      lines: count((one) => one.lines),
      auditedLines: count((one) => one.auditedLines),
      taxedLines: count((one) => one.taxedLines),
      creditLines: count((one) => one.creditLines),
      credits: money((one) => one.credits),
      subtotal: money((one) => one.subtotal),
      tax: money((one) => one.tax),
      total: money((one) => one.total),
      countries: [...new Set(all.flatMap((one) => [...one.countries]))].sort(),
      partners: [...new Set(all.flatMap((one) => [...one.partners]))].sort(),
      first: this.#sourceOf(first),
    };
  }

  #sourceOf(index: number): SourceRef {
    const { file, sheet } = this.#ledger.table(index);
    return { file, sheet, row: this.#ledger.row(index) };
  }
}
