import { addMonths, isoDay, type Day } from '../../domain/calendar/days.ts';
import { invoiceKey, monthBilledBy } from '../../domain/invoices/invoice.ts';
import type { InvoiceHeader } from '../../domain/invoices/invoice-header.ts';
import type { AnswerBy, NextInvoice } from '../../domain/invoices/invoice-order.ts';

/** A line of a numbered invoice, as far as the order of invoices rests on it. */
export interface SeriesLine {
  readonly invoice: string;
  readonly firstDay: Day;
  /** Whether it stands in the file of the month it begins in; credits and changes may look back. */
  readonly isCharge: boolean;
  readonly isPositive: boolean;
  readonly isAudited: boolean;
}

/** What the list of invoices tells of one currency. */
export interface ListedInvoices {
  readonly headers: readonly InvoiceHeader[];
  /** Those whose lines should be in numbered files and are in none. */
  readonly withoutLines: readonly InvoiceHeader[];
  /** The months of the latter. */
  readonly lacking: ReadonlySet<string>;
  /** Whether the list says that nothing was billed in a month. */
  readonly isEmpty: (month: string) => boolean;
}

/** @param withoutLines those of the headers whose lines should be in numbered files and are in none */
export function listedInvoices(headers: readonly InvoiceHeader[], withoutLines: readonly InvoiceHeader[]): ListedInvoices {
  return { headers, withoutLines, lacking: new Set(withoutLines.map(listedMonth)), isEmpty: emptyMonths(headers) };
}

interface DatedInvoice {
  readonly invoice: string;
  latest: Day;
  latestCharge: Day | null;
  /** One of credits and reversals alone is a credit note, and no month's invoice. */
  isCharging: boolean;
  isAudited: boolean;
}

/** Months are compared by their text. */
function monthText(day: Day): string {
  return isoDay(day).slice(0, 'YYYY-MM'.length);
}

/** Invoices that carry a number bill a calendar month each, one or several a month. Lines without a number count to the month they begin in. */
export class NumberedSeries {
  readonly #invoices = new Map<string, DatedInvoice>();
  #order: readonly DatedInvoice[] | null = null;
  #given: ReadonlySet<string> | null = null;

  add({ invoice, firstDay, isCharge, isPositive, isAudited }: SeriesLine): void {
    const key = invoice === '' ? `\u0000${monthText(firstDay)}` : invoice;
    const known = this.#invoices.get(key) ?? { invoice, latest: firstDay, latestCharge: null, isCharging: false, isAudited: false };
    if (firstDay > known.latest) known.latest = firstDay;
    if (isCharge && (known.latestCharge === null || firstDay > known.latestCharge)) known.latestCharge = firstDay;
    known.isCharging ||= isPositive;
    known.isAudited ||= isAudited;
    this.#invoices.set(key, known);
    this.#order = null;
    this.#given = null;
  }

  /** The first invoice with a line that begins after a day, if every month from the day's to its own is given or known to bill nothing. */
  nextAfter(day: Day, { lacking, isEmpty }: ListedInvoices): NextInvoice {
    const from = monthText(day);
    const next = this.#inOrder().find((each) => each.latest > day && monthOf(each) >= from);
    const given = this.#monthsGiven();
    const takenAsEmpty: string[] = [];
    let first = day;
    for (;;) {
      const month = monthText(first);
      const isGiven = given.has(month) || (next !== undefined && isEmpty(month));
      if (!isGiven || lacking.has(month))
        return {
          invoice: null,
          missingMonth: month,
          later: next?.invoice ?? null,
          isBeyond: next !== undefined && monthOf(next) > month,
          isAudited: next?.isAudited === true,
        };
      if (next !== undefined && month >= monthOf(next)) return { invoice: next.invoice, isAudited: next.isAudited, takenAsEmpty };
      if (!given.has(month)) takenAsEmpty.push(month);
      first = addMonths(first, 1);
    }
  }

  /** Whether the very next invoice that is dated after a day is given; see `AnswerBy`. */
  answerAfter(day: Day, listed: ListedInvoices): AnswerBy {
    const isAfter = datedAfter(day, listed.headers);
    const after = this.#inOrder().filter((each) => isAfter(monthOf(each), each.invoice));
    if (!after.some(({ isAudited }) => isAudited)) return 'not-yet';
    const given = new Set(after.map(monthOf));
    const lacking = new Set(listed.withoutLines.filter((header) => header.invoiceDay > day).map(listedMonth));
    // The invoice of the month before may be dated after the day, and a late one of any month before that.
    const monthBefore = addMonths(day, -1);
    const [earliest] = after;
    let first = earliest !== undefined && earliest.latest < monthBefore ? earliest.latest : monthBefore;
    for (;;) {
      const month = monthText(first);
      if (lacking.has(month)) return { missingMonth: month };
      if (given.has(month)) return 'come';
      if (isAfter(month, null) && !listed.isEmpty(month)) return { missingMonth: month };
      first = addMonths(first, 1);
    }
  }

  /** The months that an invoice with charges bills. */
  #monthsGiven(): ReadonlySet<string> {
    this.#given ??= new Set(this.#inOrder().map(monthOf));
    return this.#given;
  }

  #inOrder(): readonly DatedInvoice[] {
    this.#order ??= [...this.#invoices.values()]
      .filter(({ isCharging }) => isCharging)
      .sort((a, b) => a.latest - b.latest || (a.invoice < b.invoice ? -1 : 1));
    return this.#order;
  }
}

/**
 * Whether an invoice is dated after a day: by its own date in the list, or those of its month; without either it comes after the end of the
 * month that it bills.
 *
 * @returns asked with the month that it bills and its number; null for any invoice of that month
 */
function datedAfter(day: Day, headers: readonly InvoiceHeader[]): (month: string, invoice: string | null) => boolean {
  const byNumber = new Map(headers.map((header) => [invoiceKey(header.invoiceNumber), header.invoiceDay]));
  const byMonth = new Map<string, Day>();
  for (const header of headers) {
    const month = listedMonth(header);
    const known = byMonth.get(month);
    if (known === undefined || header.invoiceDay > known) byMonth.set(month, header.invoiceDay);
  }
  return (month, invoice) => {
    const dated = (invoice === null ? undefined : byNumber.get(invoiceKey(invoice))) ?? byMonth.get(month);
    return dated === undefined ? month >= monthText(day) : dated > day;
  };
}

/** The month that an invoice of the list bills, as far as its date tells. */
function listedMonth({ invoiceDay }: InvoiceHeader): string {
  return monthText(monthBilledBy(invoiceDay));
}

function monthOf({ latest, latestCharge }: DatedInvoice): string {
  return monthText(latestCharge ?? latest);
}

/** A list of invoices that reaches over a month and names none of it says that nothing was billed then. */
function emptyMonths(headers: readonly InvoiceHeader[]): (month: string) => boolean {
  const months = headers.map(listedMonth).sort();
  const [first, last] = [months[0], months.at(-1)];
  const named = new Set(months);
  return (month) => first !== undefined && last !== undefined && month > first && month < last && !named.has(month);
}
