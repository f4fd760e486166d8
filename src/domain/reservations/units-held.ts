import type { Day } from '../calendar/days.ts';
import { Decimal, sum, ZERO } from '../numbers/money.ts';
import type { ReservationPayment } from './reservation-payment.ts';
import type { Reservation } from './reservations.ts';

/** What earlier returns leave of a term that is paid for in parts. */
export interface UnitsHeld {
  readonly units: Decimal;
  /** The day of the latest of those returns. */
  readonly since: Day;
  /** Whether only the partner's record tells of it: then all units are taken as returned. */
  readonly isByRecordOnly: boolean;
}

/**
 * The units that a payment may still be charged for, where a return on a day before its own first one took some or all of the term; null where
 * none did, or the payment that the first return was of is not in the files. Credits of payments that were too many take no further units.
 */
export function unitsHeld(reservation: Reservation, { term, period }: ReservationPayment): UnitsHeld | null {
  const recorded = reservation.unansweredCancels.findLast((day) => term.firstDay <= day && day < period.firstDay);
  if (recorded !== undefined) return { units: ZERO, since: recorded, isByRecordOnly: true };
  const earlier = reservation.returns.flatMap(({ day, payment }) =>
    day !== null && day < period.firstDay && payment?.term.firstDay === term.firstDay ? [{ day, from: payment.period.firstDay }] : [],
  );
  const [first] = earlier;
  const last = earlier.at(-1);
  if (first === undefined || last === undefined) return null;
  const before = reservation.payments.filter((one) => first.from <= one.period.firstDay && one.period.firstDay < period.firstDay);
  const units = Decimal.min(...before.map((one) => unitsPaid(reservation, one)));
  return { units: Decimal.max(ZERO, units), since: last.day, isByRecordOnly: false };
}

/** The units paid for the days of a payment, less those credited for any of these days. */
export function unitsPaid({ payments, returns }: Reservation, { period }: ReservationPayment): Decimal {
  const paid = payments.filter((one) => one.period.firstDay === period.firstDay).map(({ quantity }) => quantity);
  const credited = returns
    .flatMap(({ lines, payment }) => lines.map(({ line }) => ({ line, firstDay: line.firstDay ?? payment?.period.firstDay ?? null })))
    .filter(({ line, firstDay }) => line.sign < 0 && firstDay !== null && period.firstDay <= firstDay && firstDay <= period.lastDay)
    .map(({ line }) => line.quantity.abs());
  return sum(paid).minus(sum(credited));
}
