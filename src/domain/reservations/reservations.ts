import type { ChargeKind } from '../charges/charge-line.ts';
import { wholeMonths, type Cycle } from '../calendar/cycles.ts';
import { addDays, addMonths, type Day } from '../calendar/days.ts';
import { minorUnit, sum, ZERO, type Decimal } from '../numbers/money.ts';
import type { OwnTerm } from '../partner/own-term.ts';
import type { PartnerEvent } from '../partner/partner-event.ts';
import type { AuditedLine, CustomerHoldings, SubscriptionChain } from '../charges/subjects.ts';
import type { Term } from '../calendar/terms.ts';

/** A charge of a reservation: upfront it pays for the whole term, else for a month or a year of it. */
export interface ReservationPayment {
  readonly one: AuditedLine;
  readonly term: Term;
  readonly purchaseDay: Day;
  readonly period: Cycle;
  /** Price of one unit for this payment, in the pricing currency; a magnitude. */
  readonly price: Decimal;
  readonly quantity: Decimal;
}

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

/** One reservation order and product. */
export interface Reservation {
  /** ReservationOrderId; where the file has none the subscription stands for it. */
  readonly id: string;
  readonly customerId: string;
  readonly productName: string;
  readonly currency: string;
  readonly payments: readonly ReservationPayment[];
  /** Charges whose term or period the file does not tell. */
  readonly undated: readonly AuditedLine[];
  readonly returns: readonly ReservationReturn[];
  /** Days on which the partner's own record has it cancelled, without a credit row of that time. */
  readonly unansweredCancels: readonly Day[];
  /** Money given back outside the rules of returns (customerCredit). */
  readonly adjustments: readonly AuditedLine[];
  readonly ownTerms: readonly OwnTerm[];
}

/** A reservation beside all others of its customer: the limit on refunds is the customer's. */
export interface CustomerReservation extends Reservation {
  readonly ofCustomer: readonly Reservation[];
}

export function isReservation(chain: SubscriptionChain): boolean {
  return chain.lines[0]?.line.heading.productKind === 'reservation';
}

/** The customer's reservations in the order of their chains. */
export function reservationsOf(customer: CustomerHoldings): readonly CustomerReservation[] {
  const groups = new Map<string, { readonly id: string; readonly chain: SubscriptionChain; readonly lines: AuditedLine[] }>();
  for (const chain of customer.chains) {
    if (!isReservation(chain)) continue;
    const known = new Set(chain.lines.map((one) => one.line.heading.reservationOrderId.toLowerCase()).filter((id) => id !== ''));
    const [only] = known.size === 1 ? known : [];
    for (const one of chain.lines) {
      const own = one.line.heading.reservationOrderId.toLowerCase();
      const id = own === '' ? (only ?? chain.subscriptionId.toLowerCase()) : own;
      const key = `${id} ${chain.productKey} ${chain.currency}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { id, chain, lines: [one] });
      else group.lines.push(one);
    }
  }
  const all = [...groups.values()].map(({ id, chain, lines }) => reservation(id, chain, lines, customer));
  return all.map((one) => ({ ...one, ofCustomer: all }));
}

const PAYING: ReadonlySet<ChargeKind> = new Set<ChargeKind>(['purchase', 'renewal', 'cycle', 'conversion', 'plan-change', 'other']);

function reservation(id: string, chain: SubscriptionChain, lines: readonly AuditedLine[], customer: CustomerHoldings): Reservation {
  const settled = billedOnce(withoutReversals(lines));
  const charges = settled.filter((one) => PAYING.has(one.line.kind) && one.line.sign > 0);
  const events = customer.chains.filter((other) => other === chain || sharesOrder(other, id)).flatMap((other) => other.events);
  const dated = charges.map((one) => paymentOf(one, charges, events));
  const payments = dated.filter((one) => one !== null);
  const adjustments = settled.filter((one) => one.line.kind === 'adjustment');
  const givenBack = settled.filter((one) => !charges.includes(one) && !adjustments.includes(one) && one.line.sign !== 0);
  const returns = returnsOf(givenBack, payments, [...new Set(events)]);
  return {
    id,
    customerId: customer.customerId,
    productName: chain.productName,
    currency: chain.currency,
    payments,
    undated: charges.filter((_, place) => dated[place] === null),
    returns,
    unansweredCancels: unanswered([...new Set(events)], returns),
    adjustments,
    ownTerms: chain.ownTerms,
  };
}

function sharesOrder(chain: SubscriptionChain, id: string): boolean {
  return isReservation(chain) && chain.lines.some((one) => one.line.heading.reservationOrderId.toLowerCase() === id);
}

/** A cancellation of the record that no return of its day, or of an unknown one, answers. */
function unanswered(events: readonly PartnerEvent[], returns: readonly ReservationReturn[]): readonly Day[] {
  const days = events.filter((event) => event.kind === 'cancel').map((event) => event.day);
  return [...new Set(days)].filter((day) => !returns.some((one) => one.day === day || one.day === null));
}

/** A credit note takes a row back and another invoice bills it again: both rows are as if they had not been. */
function withoutReversals(lines: readonly AuditedLine[]): readonly AuditedLine[] {
  const gone = new Set<AuditedLine>();
  for (const reversal of lines) {
    if (gone.has(reversal)) continue;
    const original = lines.find((one) => one !== reversal && !gone.has(one) && isReversedBy(one, reversal));
    if (original !== undefined) gone.add(original).add(reversal);
  }
  return gone.size === 0 ? lines : lines.filter((one) => !gone.has(one));
}

/** A charge taken back whole; or a refund, which is only taken back on another invoice: beside it on its own a charge may be a fee. */
function isReversedBy({ line }: AuditedLine, { line: reversal }: AuditedLine): boolean {
  if (line.kind !== reversal.kind || line.firstDay !== reversal.firstDay || line.lastDay !== reversal.lastDay) return false;
  if (!line.amount.eq(reversal.amount.negated()) || line.amount.isZero()) return false;
  if (PAYING.has(line.kind)) return line.sign > 0;
  return line.kind === 'cancellation' && line.sign < 0 && line.invoiceNumber !== reversal.invoiceNumber;
}

/** The same row on another invoice is that of a voided invoice and its replacement: it counts once, in an audited file where one has it. */
function billedOnce(lines: readonly AuditedLine[]): readonly AuditedLine[] {
  const kept = new Map<string, AuditedLine[]>();
  for (const one of lines) {
    const { kind, orderDay, firstDay, lastDay, quantity, amount, referenceId } = one.line;
    const key = [kind, orderDay, firstDay, lastDay, quantity.toString(), amount.toString(), referenceId].join(' ');
    kept.set(key, [...(kept.get(key) ?? []), one]);
  }
  const counted = new Set([...kept.values()].flatMap(onOneInvoice));
  return counted.size === lines.length ? lines : lines.filter((one) => counted.has(one));
}

/** The copies on the invoice that has most of them. */
function onOneInvoice(copies: readonly AuditedLine[]): readonly AuditedLine[] {
  const byInvoice = new Map<string, AuditedLine[]>();
  for (const one of copies) byInvoice.set(one.line.invoiceNumber, [...(byInvoice.get(one.line.invoiceNumber) ?? []), one]);
  const audited = (own: readonly AuditedLine[]): number => own.filter((one) => one.line.isAudited).length;
  const [first = [], ...others] = [...byInvoice.values()];
  return others.reduce(
    (best, own) => (own.length > best.length || (own.length === best.length && audited(own) > audited(best)) ? own : best),
    first,
  );
}

function paymentOf(one: AuditedLine, charges: readonly AuditedLine[], events: readonly PartnerEvent[]): ReservationPayment | null {
  const { line } = one;
  const term = reservationTerm(one);
  if (term === null || line.quantity.isZero()) return null;
  // Paid once, for the whole term: the file may leave the days of the charge out.
  const period = line.firstDay === null || line.lastDay === null ? term : { firstDay: line.firstDay, lastDay: line.lastDay };
  const isPaidInParts = line.heading.cycleMonths !== null || period.lastDay < term.lastDay || period.firstDay > term.firstDay;
  if (isPaidInParts && wholeMonths(period.firstDay, period.lastDay) === null) return null;
  const price = unitPrice(one);
  return price === null
    ? null
    : { one, term, purchaseDay: purchaseDay(term, charges, events), period, price, quantity: line.quantity.abs() };
}

const TERM_YEARS = /\b(1|one|3|three|5|five)[ -]?(?:years?|yr)\b|\bP([135])Y\b/i;
const YEARS: Readonly<Record<string, number>> = { '1': 1, one: 1, '3': 3, three: 3, '5': 5, five: 5 };

/** The printed term; else the charge's own days where they are whole years; else as many years as the term text says. Never a guess. */
function reservationTerm({ line }: AuditedLine): Term | null {
  const { firstDay, lastDay, termFirstDay, termLastDay } = line;
  if (termFirstDay !== null && termLastDay !== null && termFirstDay < termLastDay) return { firstDay: termFirstDay, lastDay: termLastDay };
  if (firstDay !== null && lastDay !== null && (wholeMonths(firstDay, lastDay) ?? 0) >= 12 && line.heading.cycleMonths === null)
    return { firstDay, lastDay };
  const found = TERM_YEARS.exec(line.heading.termText);
  const years = YEARS[(found?.[1] ?? found?.[2] ?? '').toLowerCase()];
  const start = termFirstDay ?? (line.kind === 'purchase' || line.kind === 'renewal' ? firstDay : null);
  return years === undefined || start === null ? null : { firstDay: start, lastDay: addDays(addMonths(start, years * 12), -1) };
}

/** EffectiveUnitPrice where it gives the amount; else the amount by unit at the row's rate. */
function unitPrice({ line }: AuditedLine): Decimal | null {
  const { amount, heading } = line;
  const quantity = line.quantity.abs();
  const rate = line.rate ?? (heading.currency === heading.pricingCurrency ? null : undefined);
  if (rate === undefined) return null;
  const inBilling = (price: Decimal): Decimal => price.times(quantity).times(rate ?? 1);
  for (const printed of [line.effectiveUnitPrice, line.unitPrice]) {
    const isRight = printed !== null && inBilling(printed.abs()).minus(amount.abs()).abs().lt(minorUnit(heading.currency).times(quantity));
    if (isRight && !printed.isZero()) return printed.abs();
  }
  return rate?.isZero() === true
    ? null
    : amount
        .abs()
        .div(quantity)
        .div(rate ?? 1);
}

/** The instant of the partner's record; else the OrderDate of the term's purchase; a renewal is bought on the first day of its term. */
function purchaseDay(term: Term, charges: readonly AuditedLine[], events: readonly PartnerEvent[]): Day {
  const recorded = events.find(
    (event) => (event.kind === 'purchase' || event.kind === 'renew') && Math.abs(event.day - term.firstDay) <= 1,
  );
  if (recorded !== undefined) return recorded.day;
  const bought = charges.find(({ line }) => line.kind === 'purchase' && (line.termFirstDay ?? line.firstDay) === term.firstDay);
  return bought?.line.orderDay ?? term.firstDay;
}

/** Rows of one day are one return. */
function returnsOf(
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

/**
 * The payment whose days hold a day: of several at one price the first; null where their prices differ. Between the purchase and the first day
 * of the term only the term's first payment has been made: those of later months are not given back with it, they fall away.
 */
export function paymentOn(payments: readonly ReservationPayment[], day: Day): ReservationPayment | null {
  const running = payments.filter(({ period, term, purchaseDay: bought }) => {
    const hasBegun = period.firstDay <= day || (bought <= day && period.firstDay <= term.firstDay);
    return hasBegun && day <= period.lastDay;
  });
  const latest = running.reduce<ReservationPayment | null>(
    (best, one) => (best === null || one.period.firstDay > best.period.firstDay ? one : best),
    null,
  );
  if (latest === null) return null;
  const same = running.filter((one) => one.period.firstDay === latest.period.firstDay);
  return same.every((one) => one.price.eq(latest.price)) ? latest : null;
}

/** Units bought for the payment's days and not given back before a day. */
export function unitsLeft(reservation: Reservation, payment: ReservationPayment, before: Day): Decimal {
  const bought = sum(reservation.payments.filter((one) => one.period.firstDay === payment.period.firstDay).map((one) => one.quantity));
  const gone = reservation.returns.filter(({ day, payment: of }) => day !== null && day < before && isOf(of, payment, day));
  return bought.minus(sum(gone.map((one) => one.quantity)));
}

/** A return after the last payment that is given belongs to that one. */
function isOf(own: ReservationPayment | null, payment: ReservationPayment, day: Day): boolean {
  return own === null ? day >= payment.period.firstDay : own.period.firstDay === payment.period.firstDay;
}
