import type { Day } from '../domain/days.ts';
import type { InvoiceOrder } from '../domain/invoice-order.ts';
import type { Ledger } from './ledger.ts';

/** Dates the invoices of the ledger by their latest charge. */
export class InvoiceDates implements InvoiceOrder {
  readonly #latest = new Map<string, Map<string, Day>>();
  readonly #order = new Map<string, readonly (readonly [string, Day])[]>();
  readonly #audited = new Set<string>();
  readonly #startDays = new Map<string, Set<Day>>();

  constructor(ledger: Ledger) {
    for (let index = 0; index < ledger.length; index += 1) {
      const day = ledger.day('firstDay', index);
      if (day === null) continue;
      const { layout } = ledger.heading(index);
      const invoice = ledger.text('invoiceNumber', index);
      if (ledger.table(index).isAudited) this.#audited.add(`${layout} ${invoice}`);
      const ofLayout = this.#latest.get(layout) ?? new Map<string, Day>();
      const known = ofLayout.get(invoice);
      if (known === undefined || day > known) ofLayout.set(invoice, day);
      this.#latest.set(layout, ofLayout);
      const days = this.#startDays.get(layout) ?? new Set<Day>();
      days.add(day);
      this.#startDays.set(layout, days);
    }
    for (const [layout, invoices] of this.#latest) {
      this.#order.set(
        layout,
        [...invoices].sort(([a, dayA], [b, dayB]) => dayA - dayB || (a < b ? -1 : 1)),
      );
    }
  }

  firstAfter(layout: string, day: Day): string | null {
    return this.#order.get(layout)?.find(([, latest]) => latest > day)?.[0] ?? null;
  }

  isAudited(layout: string, invoice: string): boolean {
    return this.#audited.has(`${layout} ${invoice}`);
  }

  isLater(invoice: string, than: string): boolean {
    for (const invoices of this.#latest.values()) {
      const [one, other] = [invoices.get(invoice), invoices.get(than)];
      if (one !== undefined && other !== undefined) return one > other;
    }
    return false;
  }

  hasChargesBetween(layout: string, firstDay: Day, lastDay: Day): boolean {
    const days = this.#startDays.get(layout);
    if (days === undefined) return false;
    for (let day = firstDay; day <= lastDay; day = (day + 1) as Day) if (days.has(day)) return true;
    return false;
  }
}
