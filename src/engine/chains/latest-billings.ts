import type { RegisterEntry } from '../../domain/partner/claims-register.ts';
import { isoDay, type Day } from '../../domain/calendar/days.ts';
import type { Ledger } from '../lines/ledger.ts';

/**
 * The latest first days of charges that the audited files bill. An invoice bills all customers of a partner, so where a customer is billed
 * nothing any more, the invoice that should carry its credit has come when others are billed later: for a claim on an invoice with a number
 * those on such invoices, for one without those of the legacy files.
 */
export class LatestBillings {
  /** By customer id in lower case, as `YYYY-MM-DD`. */
  readonly #ofCustomer: ReadonlyMap<string, string>;
  readonly #numbered: string | null;
  readonly #unnumbered: string | null;

  constructor(ledger: Ledger) {
    const ofHeading: Day[] = [];
    const customers: string[] = [];
    let numbered: Day | null = null;
    let unnumbered: Day | null = null;
    for (let index = 0; index < ledger.length; index += 1) {
      const day = ledger.day('firstDay', index);
      if (day === null || !ledger.table(index).isAudited) continue;
      const heading = ledger.headingNumber(index);
      customers[heading] ??= ledger.heading(index).customerId.toLowerCase();
      ofHeading[heading] = later(ofHeading[heading] ?? null, day);
      if (ledger.text('invoiceNumber', index) === '') unnumbered = later(unnumbered, day);
      else numbered = later(numbered, day);
    }
    const latest = new Map<string, Day>();
    ofHeading.forEach((day, heading) => {
      const customer = customers[heading] ?? '';
      latest.set(customer, later(latest.get(customer) ?? null, day));
    });
    this.#ofCustomer = new Map([...latest].map(([customer, day]) => [customer, isoDay(day)]));
    this.#numbered = numbered === null ? null : isoDay(numbered);
    this.#unnumbered = unnumbered === null ? null : isoDay(unnumbered);
  }

  /** The latest day billed on the invoices that may carry the credit of a claim; null where none is given. */
  of({ customerId, invoiceNumber }: Pick<RegisterEntry, 'customerId' | 'invoiceNumber'>): string | null {
    return this.#ofCustomer.get(customerId.toLowerCase()) ?? (invoiceNumber === '' ? this.#unnumbered : this.#numbered);
  }
}

function later(known: Day | null, day: Day): Day {
  return known === null || day > known ? day : known;
}
