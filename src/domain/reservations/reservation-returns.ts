import type { ChargeKind } from '../charges/charge-line.ts';
import type { Day } from '../calendar/days.ts';
import { sum, ZERO, type Decimal } from '../numbers/money.ts';
import type { PartnerEvent } from '../partner/partner-event.ts';
import type { AuditedLine } from '../charges/subjects.ts';
import { paymentOn, type ReservationPayment } from './reservation-payment.ts';

/** Units given back on one day: the credit rows of that day, and a fee that stands beside them as a row of its own. */
export interface ReservationReturn {
  /** Null where neither the rows nor the partner's record tell the day. */
  readonly day: Day | null;
  /** The first is a credit. */
  readonly lines: readonly AuditedLine[];
  /** The net of the rows as billed: below 0 where money comes back. */
  readonly amount: Decimal;
  /** Units, a magnitude. */
  readonly quantity: Decimal;
  /** The payment that ran on that day; null where no given file holds it, or payments of that day differ in price. */
  readonly payment: ReservationPayment | null;
  /** The partner's own record says that it was exchanged. */
  readonly isRecordedExchange: boolean;
}

/** Rows of one day are one return. */
export function returnsOf(
  lines: readonly AuditedLine[],
  payments: readonly ReservationPayment[],
  events: readonly PartnerEvent[],
): readonly ReservationReturn[] {
  const cancels = events.filter((event) => event.kind === 'cancel');
  const byDay = new Map<Day | null, AuditedLine[]>();
  for (const one of lines) {
    const day = returnDay(one, payments, cancels);
    byDay.set(day, [...(byDay.get(day) ?? []), one]);
  }
  const order = (day: Day | null): number => day ?? Infinity;
  joinFees(byDay);
  return [...byDay]
    .filter(([, rows]) => rows.some((one) => one.line.sign < 0))
    .sort(([a], [b]) => order(a) - order(b))
    .map(([day, rows]) => ({
      day,
      lines: [...rows.filter((one) => one.line.sign < 0), ...rows.filter((one) => one.line.sign > 0)],
      amount: sum(rows.map((one) => one.line.amount)),
      quantity: unitsOf(rows),
      payment: day === null ? null : paymentOn(payments, day),
      isRecordedExchange: cancels.some((event) => event.day === day && /exchange/i.test(event.reason)),
    }));
}

/** A fee may be printed on another day than the refund it is for: it goes with the latest refund before it, else with the first. */
function joinFees(byDay: Map<Day | null, AuditedLine[]>): void {
  const refunded = [...byDay].filter(([, rows]) => rows.some((one) => one.line.sign < 0)).sort(([a], [b]) => (a ?? 0) - (b ?? 0));
  for (const [day, rows] of byDay) {
    if (!rows.every(isFee)) continue;
    const target = refunded.findLast(([of]) => of !== null && day !== null && of <= day) ?? refunded[0];
    if (target === undefined) continue;
    target[1].push(...rows);
    byDay.delete(day);
  }
}

/** The units taken away, less those charged anew on the same day by the other half of a change. A fee takes no units. */
function unitsOf(rows: readonly AuditedLine[]): Decimal {
  const units = (sign: number, kinds: (kind: ChargeKind) => boolean): Decimal =>
    rows.filter(({ line }) => line.sign === sign && kinds(line.kind)).reduce((all, { line }) => all.plus(line.quantity.abs()), ZERO);
  return units(-1, () => true).minus(units(1, (kind) => kind === 'seat-change'));
}

/**
 * The day of a return: the partner's record of the same payment; else OrderDate, unless the file prints the order of the purchase there; then,
 * and where there is none, the first day credited. A credit of the whole term under the order of the purchase tells no day.
 */
function returnDay({ line }: AuditedLine, payments: readonly ReservationPayment[], cancels: readonly PartnerEvent[]): Day | null {
  const { orderDay, firstDay, lastDay } = line;
  const told = orderDay ?? firstDay;
  const period = told === null ? null : (paymentOn(payments, told)?.period ?? null);
  const recorded = cancels.filter((event) => isIn(event.day, period) || event.day === told || isIn(event.day, { firstDay, lastDay }));
  if (recorded.length === 1) return recorded[0]?.day ?? null;
  const exact = recorded.find((event) => event.day === told || event.day === firstDay);
  if (exact !== undefined) return exact.day;
  const isOrderOfPurchase = payments.some((payment) => payment.purchaseDay === orderDay || payment.one.line.orderDay === orderDay);
  if (orderDay === null || (isOrderOfPurchase && orderDay !== firstDay)) return isWholePeriod(line, payments) ? null : firstDay;
  return isOrderOfPurchase && isWholePeriod(line, payments) && !isTakenBackWhole(line, payments) ? null : orderDay;
}

function isIn(day: Day, period: { readonly firstDay: Day | null; readonly lastDay: Day | null } | null): boolean {
  return period?.firstDay != null && period.lastDay !== null && period.firstDay <= day && day <= period.lastDay;
}

function isWholePeriod(line: AuditedLine['line'], payments: readonly ReservationPayment[]): boolean {
  return payments.some(({ period }) => period.firstDay === line.firstDay && period.lastDay === line.lastDay);
}

function isTakenBackWhole(line: AuditedLine['line'], payments: readonly ReservationPayment[]): boolean {
  return payments.some(({ one }) => one.line.amount.eq(line.amount.negated()));
}

/** A charge of no published type whose name says that it is a fee for ending: no payment, but a part of what a return brings. */
export function isFee({ line }: AuditedLine): boolean {
  return line.kind === 'other' && line.sign > 0 && /fee|terminat|penalt/i.test(line.chargeType);
}
