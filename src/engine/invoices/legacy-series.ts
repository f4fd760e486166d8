import { addDays, addMonths, isoDay, monthsApart, type Day } from '../../domain/calendar/days.ts';
import type { AnswerBy, NextInvoice } from '../../domain/invoices/invoice-order.ts';

interface Start {
  /** The day after the longest cycle of up to a month that begins then. */
  until: Day;
  isAudited: boolean;
}

/** Legacy charges run ahead of their invoice by up to a month: only a charge that begins later still proves a later file. */
const ADVANCE_DAYS = 31;

/**
 * The days on which legacy cycles and renewals begin, charged in advance in the file of their month. Purchases are charged in arrears, in
 * the file after them, so they would make a missing file look given. Legacy files carry neither number nor date: which of them are given
 * shows only in that the days on which charges begin leave no gap of more than a month.
 */
export class LegacySeries {
  /** By the day on which a charge begins. */
  readonly #starts = new Map<Day, Start>();
  #latestAudited: Day | null = null;
  #sorted: readonly Day[] | null = null;

  add(firstDay: Day, lastDay: Day | null, isAudited: boolean): void {
    if (isAudited && (this.#latestAudited === null || firstDay > this.#latestAudited)) this.#latestAudited = firstDay;
    const until = lastDay === null || lastDay >= addDays(firstDay, ADVANCE_DAYS) ? firstDay : addDays(lastDay, 1);
    const known = this.#starts.get(firstDay);
    if (known === undefined) {
      this.#starts.set(firstDay, { until, isAudited });
      this.#sorted = null;
      return;
    }
    if (until > known.until) known.until = until;
    known.isAudited ||= isAudited;
  }

  /** As of numbered invoices, but a file of the day's month or later may be dated before the day where nothing proves that it is not. */
  answerAfter(day: Day): AnswerBy {
    if (this.#latestAudited === null || monthsApart(day, this.#latestAudited) < 0) return 'not-yet';
    const next = this.nextAfter(day);
    if (next.invoice === null) return { missingMonth: next.missingMonth };
    // The proof may stand in a context month alone, and what is audited is an earlier one given again.
    return this.#latestAudited > addDays(day, ADVANCE_DAYS) ? 'come' : 'not-yet';
  }

  nextAfter(day: Day): NextInvoice {
    this.#sorted ??= [...this.#starts.keys()].sort((a, b) => a - b);
    const before = this.#sorted.findLast((start) => start <= day);
    let expected = before === undefined ? day : this.#nextStart(before);
    // What lies further back than a month tells nothing of the files after the day.
    if (expected <= day) expected = addMonths(day, 1);
    for (const start of this.#sorted) {
      if (start <= day) continue;
      if (start > expected) break;
      if (start > addDays(day, ADVANCE_DAYS)) return { invoice: '', isAudited: this.#isAudited(start) };
      expected = this.#nextStart(start);
    }
    const beyond = this.#sorted.find((start) => start > addDays(day, ADVANCE_DAYS));
    return {
      invoice: null,
      missingMonth: isoDay(expected).slice(0, 'YYYY-MM'.length),
      later: beyond === undefined ? null : '',
      isBeyond: beyond !== undefined,
      isAudited: beyond === undefined ? this.#latestAudited !== null && this.#latestAudited > day : this.#isAudited(beyond),
    };
  }

  #isAudited(start: Day): boolean {
    return this.#starts.get(start)?.isAudited === true;
  }

  /** The last day on which something begins after a day on which something does, if no file is missing: month-end cycles have up to 31 days. */
  #nextStart(start: Day): Day {
    const [byMonth, byCycle] = [addMonths(start, 1), this.#starts.get(start)?.until ?? start];
    return byMonth > byCycle ? byMonth : byCycle;
  }
}
