import type { ChargeKind } from '../../domain/charges/charge-line.ts';
import { addDays, addMonths, monthsApart, type Day } from '../../domain/calendar/days.ts';
import type { InvoiceHeader } from '../../domain/invoices/invoice-header.ts';
import { hasLines, invoiceKey, isLegacyInvoice, type InvoiceSubject } from '../../domain/invoices/invoice.ts';
import type { InvoiceOrder } from '../../domain/invoices/invoice-order.ts';
import type { Ledger } from '../lines/ledger.ts';
import type { VoidedLines } from './voided-lines.ts';

/** Charges that stand in the file of the month they begin in; credits and changes may look back. */
const CHARGING: ReadonlySet<ChargeKind> = new Set<ChargeKind>(['purchase', 'renewal', 'cycle']);
/** A month whose file is not given leaves at least so many days on which nothing begins. */
const SHORTEST_MONTH = 28;
/** Bills come monthly: where nothing begins for so many months after a day, its next invoice is not given. */
const MONTHS_TO_NEXT = 2;

/** Dates the invoices of the ledger by their latest charge; a voided one whose replacement is given is no invoice of its month. */
export class InvoiceDates implements InvoiceOrder {
  readonly #latest = new Map<string, Map<string, Day>>();
  readonly #order = new Map<string, readonly (readonly [string, Day])[]>();
  readonly #audited = new Set<string>();
  /** Invoices that charge anything: one of credits and reversals alone is a credit note, and no month's invoice. */
  readonly #charging = new Set<string>();
  readonly #startDays = new Map<string, Set<Day>>();
  /** The list of invoices, by the keys of their numbers. */
  readonly #headers: ReadonlyMap<string, InvoiceHeader>;
  /** Dates of listed invoices whose lines should be in numbered files and are in none. */
  readonly #withoutLines: readonly Day[];

  constructor(ledger: Ledger, voided: VoidedLines, invoices: readonly InvoiceSubject[]) {
    const headers = invoices.flatMap(({ invoice }) => (invoice.header === null ? [] : [{ invoice, header: invoice.header }]));
    this.#headers = new Map(headers.map(({ header }) => [invoiceKey(header.invoiceNumber), header]));
    this.#withoutLines = headers
      .filter(({ header: { kind, status } }) => kind === 'invoice' && status === 'active')
      .filter(({ invoice, header }) => !hasLines(invoice) && !isLegacyInvoice(header.invoiceNumber))
      .map(({ header }) => header.invoiceDay);
    for (let index = 0; index < ledger.length; index += 1) {
      const day = ledger.day('firstDay', index);
      if (day === null || voided.has(index)) continue;
      const { layout } = ledger.heading(index);
      const invoice = ledger.text('invoiceNumber', index);
      if (ledger.table(index).isAudited) this.#audited.add(`${layout} ${invoice}`);
      const ofLayout = this.#latest.get(layout) ?? new Map<string, Day>();
      const known = ofLayout.get(invoice);
      if (known === undefined || day > known) ofLayout.set(invoice, day);
      this.#latest.set(layout, ofLayout);
      const amount = ledger.decimal('amount', index);
      if (amount?.isPositive() === true && !amount.isZero()) this.#charging.add(`${layout} ${invoice}`);
      if (!CHARGING.has(ledger.kind(index))) continue;
      const days = this.#startDays.get(layout) ?? new Set<Day>();
      days.add(day);
      this.#startDays.set(layout, days);
    }
    for (const [layout, invoices] of this.#latest) {
      this.#order.set(
        layout,
        [...invoices]
          .filter(([invoice]) => this.#charging.has(`${layout} ${invoice}`))
          .sort(([a, dayA], [b, dayB]) => dayA - dayB || (a < b ? -1 : 1)),
      );
    }
  }

  firstAfter(layout: string, day: Day): string | null {
    return this.#order.get(layout)?.find(([, latest]) => latest > day)?.[0] ?? null;
  }

  nextAfter(layout: string, day: Day): string | null {
    const [invoice, latest] = this.#order.get(layout)?.find(([, each]) => each > day) ?? [null, day];
    if (invoice === null || !this.hasChargeFrom(layout, addDays(day, 1), addMonths(day, MONTHS_TO_NEXT))) return null;
    const until = this.#headers.get(invoiceKey(invoice))?.invoiceDay ?? latest;
    return this.#withoutLines.some((each) => each > day && each < until) ? null : invoice;
  }

  hasChargeFrom(layout: string, firstDay: Day, lastDay: Day): boolean {
    const days = this.#startDays.get(layout);
    for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) if (days?.has(day) === true) return true;
    return false;
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
}
