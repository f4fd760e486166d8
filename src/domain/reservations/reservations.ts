import type { ChargeKind } from '../charges/charge-line.ts';
import type { AuditedLine, CustomerHoldings, SubscriptionChain } from '../charges/subjects.ts';
import type { Day } from '../calendar/days.ts';
import { sum, type Decimal } from '../numbers/money.ts';
import type { OwnTerm } from '../partner/own-term.ts';
import type { PartnerEvent } from '../partner/partner-event.ts';
import { paymentOf, type ReservationPayment } from './reservation-payment.ts';
import { isFee, returnsOf, type ReservationReturn } from './reservation-returns.ts';

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
  /** Money outside the rules of returns: given back (customerCredit), or a fee without a refund. */
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
  const charges = settled.filter((one) => PAYING.has(one.line.kind) && one.line.sign > 0 && !isFee(one));
  const events = customer.chains.filter((other) => other === chain || sharesOrder(other, id)).flatMap((other) => other.events);
  const dated = charges.map((one) => paymentOf(one, charges, events));
  const payments = dated.filter((one) => one !== null);
  const corrections = settled.filter((one) => one.line.kind === 'adjustment');
  const givenBack = settled.filter((one) => !charges.includes(one) && !corrections.includes(one) && one.line.sign !== 0);
  const returns = returnsOf(givenBack, payments, [...new Set(events)]);
  const strayFees = givenBack.filter((one) => isFee(one) && !returns.some((returned) => returned.lines.includes(one)));
  return {
    id,
    customerId: customer.customerId,
    productName: chain.productName,
    currency: chain.currency,
    payments,
    undated: charges.filter((_, place) => dated[place] === null),
    returns,
    unansweredCancels: unanswered([...new Set(events)], returns),
    adjustments: [...corrections, ...strayFees],
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
