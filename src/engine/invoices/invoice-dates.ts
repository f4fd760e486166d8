import type { ChargeKind } from '../../domain/charges/charge-line.ts';
import { addDays, monthsApart, type Day } from '../../domain/calendar/days.ts';
import type { InvoiceHeader } from '../../domain/invoices/invoice-header.ts';
import { hasLines, isLegacyInvoice, type InvoiceSubject } from '../../domain/invoices/invoice.ts';
import type { AnswerBy, InvoiceOrder, InvoiceSeries, NextInvoice } from '../../domain/invoices/invoice-order.ts';
import type { Ledger } from '../lines/ledger.ts';
import { LegacySeries } from './legacy-series.ts';
import { listedInvoices, NumberedSeries, type ListedInvoices } from './numbered-series.ts';
import type { VoidedLines } from './voided-lines.ts';

/** Charges that stand in the file of the month they begin in; credits and changes may look back. */
const CHARGING: ReadonlySet<ChargeKind> = new Set<ChargeKind>(['purchase', 'renewal', 'cycle']);
/** A month whose file is not given leaves at least so many days on which nothing begins. */
const SHORTEST_MONTH = 28;

/** Dates the invoices of the ledger by their latest charge; a voided one whose replacement is given is no invoice of its month. */
export class InvoiceDates implements InvoiceOrder {
  readonly #latest = new Map<string, Map<string, Day>>();
  readonly #audited = new Set<string>();
  readonly #startDays = new Map<string, Set<Day>>();
  /** By layout and currency. */
  readonly #numbered = new Map<string, NumberedSeries>();
  /** By currency. */
  readonly #legacy = new Map<string, LegacySeries>();
  /** What the list tells, by currency; worked out once, for every credit asks for it. */
  readonly #listedBy = new Map<string, ListedInvoices>();
  /** The list of invoices, credit notes and legacy invoices apart. */
  readonly #listed: readonly { readonly header: InvoiceHeader; readonly lacksLines: boolean }[];

  constructor(ledger: Ledger, voided: VoidedLines, invoices: readonly InvoiceSubject[]) {
    this.#listed = invoices.flatMap(({ invoice }) => {
      const { header } = invoice;
      if (header?.kind !== 'invoice' || isLegacyInvoice(header.invoiceNumber)) return [];
      return [{ header, lacksLines: header.status === 'active' && !hasLines(invoice) }];
    });
    for (let index = 0; index < ledger.length; index += 1) {
      const day = ledger.day('firstDay', index);
      if (day !== null && !voided.has(index)) this.#add(ledger, index, day);
    }
  }

  nextAfter({ layout, currency }: InvoiceSeries, day: Day): NextInvoice {
    if (layout === 'legacy-licence') return (this.#legacy.get(currency) ?? new LegacySeries()).nextAfter(day);
    return (this.#numbered.get(`${layout} ${currency}`) ?? new NumberedSeries()).nextAfter(day, this.#listedIn(currency));
  }

  /** Whether the given files bill anything of a series. */
  bills({ layout, currency }: InvoiceSeries): boolean {
    return layout === 'legacy-licence' ? this.#legacy.has(currency) : this.#numbered.has(`${layout} ${currency}`);
  }

  answerAfter({ layout, currency }: InvoiceSeries, day: Day): AnswerBy {
    if (layout === 'legacy-licence') return this.#legacy.get(currency)?.answerAfter(day) ?? 'not-yet';
    return this.#numbered.get(`${layout} ${currency}`)?.answerAfter(day, this.#listedIn(currency)) ?? 'not-yet';
  }

  isAudited(layout: string, invoice: string): boolean {
    return this.#audited.has(`${layout} ${invoice}`);
  }

  isOfLaterMonth(invoice: string, than: string): boolean {
    for (const invoices of this.#latest.values()) {
      const [one, other] = [invoices.get(invoice), invoices.get(than)];
      if (one !== undefined && other !== undefined) return monthsApart(other, one) > 0;
    }
    return false;
  }

  isMonthGiven(layout: string, day: Day): boolean {
    const days = this.#startDays.get(layout);
    if (days === undefined) return false;
    const nearest = (step: 1 | -1): number => {
      let away = 0;
      while (away < SHORTEST_MONTH && !days.has(addDays(day, away * step))) away += 1;
      return away;
    };
    return nearest(-1) + nearest(1) < SHORTEST_MONTH;
  }

  #listedIn(currency: string): ListedInvoices {
    const known = this.#listedBy.get(currency);
    if (known !== undefined) return known;
    const listed = this.#listed.filter(({ header }) => header.currency === currency);
    const told = listedInvoices(
      listed.map(({ header }) => header),
      listed.filter(({ lacksLines }) => lacksLines).map(({ header }) => header),
    );
    this.#listedBy.set(currency, told);
    return told;
  }

  #add(ledger: Ledger, index: number, day: Day): void {
    const { layout } = ledger.heading(index);
    const invoice = ledger.text('invoiceNumber', index);
    if (ledger.table(index).isAudited) this.#audited.add(`${layout} ${invoice}`);
    const ofLayout = entryOf(this.#latest, layout, () => new Map<string, Day>());
    const known = ofLayout.get(invoice);
    if (known === undefined || day > known) ofLayout.set(invoice, day);
    const isCharge = CHARGING.has(ledger.kind(index));
    if (isCharge) entryOf(this.#startDays, layout, () => new Set<Day>()).add(day);
    this.#addToSeries(ledger, index, day, isCharge);
  }

  #addToSeries(ledger: Ledger, index: number, firstDay: Day, isCharge: boolean): void {
    const { layout, currency } = ledger.heading(index);
    const amount = ledger.decimal('amount', index);
    const { isAudited } = ledger.table(index);
    if (layout !== 'legacy-licence') {
      const isPositive = amount?.isPositive() === true && !amount.isZero();
      const series = entryOf(this.#numbered, `${layout} ${currency}`, () => new NumberedSeries());
      series.add({ invoice: ledger.text('invoiceNumber', index), firstDay, isCharge, isPositive, isAudited });
    } else if (isCharge && ledger.kind(index) !== 'purchase' && amount?.isNegative() !== true) {
      entryOf(this.#legacy, currency, () => new LegacySeries()).add(firstDay, ledger.day('lastDay', index), isAudited);
    }
  }
}

function entryOf<V>(map: Map<string, V>, key: string, made: () => V): V {
  let entry = map.get(key);
  if (entry === undefined) {
    entry = made();
    map.set(key, entry);
  }
  return entry;
}
