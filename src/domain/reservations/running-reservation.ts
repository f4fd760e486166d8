import { cycleFromAnchor, wholeMonths } from '../calendar/cycles.ts';
import type { Day } from '../calendar/days.ts';
import { Decimal } from '../numbers/money.ts';
import type { ReservationPayment } from './reservation-payment.ts';
import { unitsLeft, type Reservation } from './reservations.ts';
import { unitsHeld } from './units-held.ts';

/** A reservation whose term holds a day, with the units that are left of it. */
export interface RunningReservation {
  /** The payment that pays for the day, its period moved on where the files end before that day. */
  readonly payment: ReservationPayment;
  readonly isMovedOn: boolean;
  readonly units: Decimal;
}

/**
 * What runs of a reservation on a day: one entry a term. Payments by the month are those of the latest given one; nothing runs of what was
 * given back, or what the partner's own record has as cancelled.
 */
export function runningOn(reservation: Reservation, day: Day): readonly RunningReservation[] {
  const byTerm = new Map<Day, ReservationPayment>();
  for (const payment of reservation.payments) {
    const { term, purchaseDay, period } = payment;
    if (purchaseDay > day || term.lastDay < day || period.firstDay > day) continue;
    const known = byTerm.get(term.firstDay);
    if (known === undefined || known.period.firstDay < period.firstDay) byTerm.set(term.firstDay, payment);
  }
  return [...byTerm.values()].flatMap((payment): readonly RunningReservation[] => {
    const isCancelled = reservation.unansweredCancels.some((cancelled) => cancelled >= payment.term.firstDay && cancelled <= day);
    // A payment charged after a return brings no unit back.
    const left = unitsLeft(reservation, payment, day);
    const units = Decimal.min(left, unitsHeld(reservation, payment)?.units ?? left);
    const givenBackToday = reservation.returns.some((one) => one.day === day && one.payment?.term.firstDay === payment.term.firstDay);
    if (isCancelled || givenBackToday || !units.isPositive() || units.isZero()) return [];
    if (day <= payment.period.lastDay) return [{ payment, isMovedOn: false, units }];
    const period = laterPeriod(payment, day);
    return period === null ? [] : [{ payment: { ...payment, period }, isMovedOn: true, units }];
  });
}

function laterPeriod({ period, term }: ReservationPayment, day: Day): ReservationPayment['period'] | null {
  const months = wholeMonths(period.firstDay, period.lastDay);
  const later = months === null ? null : cycleFromAnchor(period.firstDay, months, day, 'clamp');
  return later === null || later.lastDay > term.lastDay ? null : later;
}
