import { cancellationsOf, cycleOn } from '../domain/credits/cancellations.ts';
import { addDays, isoDay, type Day } from '../domain/calendar/days.ts';
import { effectiveCharges } from '../domain/charges/effective-charges.ts';
import type { Detection, ParameterUse } from '../domain/findings/finding.ts';
import { Decimal, minorDigits, sum, ZERO } from '../domain/numbers/money.ts';
import { otherCancellations, otherPurchases, type OtherPurchase } from '../domain/charges/other-purchases.ts';
import { roundHalfUp } from '../domain/numbers/rounding.ts';
import { batchesLeft, batchText, creditFrom, seatsOn, type SeatBatch } from '../domain/charges/seat-batches.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../domain/charges/subjects.ts';
import { isExtendedServiceTerm } from '../domain/calendar/terms.ts';
import { endOf, showWindow, type Moment, type Window } from '../domain/calendar/window.ts';
import { money } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { legacyRefundRule } from '../policy/cancellations/legacy-exceptions.ts';
import { windowTerms } from '../policy/licence-terms.ts';
import { OTHER_WINDOWS, otherCredit, otherReadings, otherTerms } from '../policy/cancellations/other-refunds.ts';
import { useOf, valueOn, type Dated, type Parameter } from '../policy/parameter.ts';
import {
  extendedServiceTermCancellation,
  extendedServiceTermUplift,
  extendedServiceTermUpliftWithoutMonthly,
} from '../policy/parameters/extended-service-term.ts';
import { legacyAutomaticFullRefund } from '../policy/parameters/legacy-automatic-full-refund.ts';
import { microsoft365A1Request } from '../policy/parameters/microsoft-365-a1.ts';
import { newCommerceCancellationWindow } from '../policy/parameters/new-commerce-cancellation-window.ts';
import { powerBiPremiumRequest } from '../policy/parameters/power-bi-premium.ts';
import { softwareSubscriptionRefund } from '../policy/parameters/software.ts';
import { partialUpgradeWindow } from '../policy/parameters/upgrades.ts';
import { defineRule } from './rule.ts';

type Message = 'open' | 'boundary' | 'any-day';

export const cancellableNow = defineRule({
  code: 'CR07',
  name: 'cancellable-now',
  title: 'A purchase, renewal or seat increase can still be cancelled',
  scope: 'subscription',
  severity: 'info',
  citations: [
    cite(
      'cancellation-policy-2023',
      'Seven days from purchase, renewal, and each addition of seats; the first day in full, then by the days left.',
    ),
    cite('request-credit-2021', 'Legacy: 30 days from purchase, in full.'),
    cite('software-subscriptions-2023', 'Software: perpetual within 30 days in full, subscriptions within seven days by the days left.'),
    cite('marketplace-2023', 'Marketplace: within 72 hours, in full.'),
    cite('cancellation-policy-current', 'A partial upgrade inherits the window of the subscription it came from.'),
    cite('extended-service-terms-2026', 'Extended service terms: can be cancelled on any day, the days left are credited.'),
  ],
  parameters: [
    newCommerceCancellationWindow,
    partialUpgradeWindow,
    extendedServiceTermCancellation,
    extendedServiceTermUplift,
    extendedServiceTermUpliftWithoutMonthly,
    legacyAutomaticFullRefund,
    powerBiPremiumRequest,
    microsoft365A1Request,
    ...OTHER_WINDOWS,
    softwareSubscriptionRefund,
  ],
  docs: {
    checks:
      'On the as-of date: every purchase, renewal and seat increase whose cancellation window is still open, until when, what cancelling is worth, and what each day of waiting costs. Where only the day of purchase is known, the last day is certain only one day earlier; on the day between the finding says boundary and names no deadline. Software and marketplace subscriptions have windows of their own, upgrades none until they renew; an extended service term, known by its name, can be cancelled on any day.',
    why: 'Licences nobody wants can be given back for a few days and then cost the whole term.',
    example:
      '10 licences bought on 1 March at 31.00: cancelled on 3 March, 290.00 of 310.00 come back; each day costs 10.00; until 7 March.',
    remedy: 'Confirm with the customer that the licences are wanted; if not, cancel in Partner Center before the deadline.',
  },
  messages: {
    open: '{batch} can be cancelled until {deadline}{hour}; worth {worth} today, {perDay} less each day',
    'any-day': '{batch} run in an extended service term, which can be cancelled on any day; worth {worth} today, {perDay} less each day',
    boundary: '{batch} may still be cancelled today by the lenient reading; worth {worth}',
  },
  *check(chain, { asOf }) {
    for (const purchase of otherPurchases(chain)) yield* judgeOther(chain, purchase, asOf);
    const isEnded = cancellationsOf(chain).some((one) => one.day <= asOf && (one.reactivatedOn === null || one.reactivatedOn > asOf));
    if (isEnded || !effectiveCharges(chain).some((one) => one.lastDay >= asOf)) return;
    const running = cycleOn(chain, asOf);
    if (running?.charge != null && isExtendedServiceTerm(running.charge.line)) {
      yield* anyDay(chain, running, running.charge, asOf);
      return;
    }
    for (const batch of batchesLeft(chain, asOf)) {
      if (batch.lines[0]?.line.heading.isTrial === true) continue;
      const worth = chain.layout === 'legacy-licence' ? legacyWorth(chain, batch) : newCommerceWorth(chain, batch, asOf);
      if (worth !== null) yield* judge(chain, batch, worth, asOf);
    }
  },
});

/** What cancelling a batch on a day gives back, and the window that allows it. */
interface Worth {
  readonly charge: AuditedLine;
  readonly charged: Decimal;
  readonly credit: Decimal;
  /** What waiting until tomorrow costs; null where waiting costs nothing until the window ends. */
  readonly perDay: Decimal | null;
  readonly parameter: Parameter<Window>;
  readonly working: readonly string[];
  readonly condition: string;
}

/** A full refund of all that was charged since the purchase. The exceptions have windows of their own. */
function legacyWorth(chain: SubscriptionChain, batch: SeatBatch): Worth | null {
  const [charge] = batch.lines;
  if (batch.kind !== 'purchase' || charge === undefined) return null;
  const rule = legacyRefundRule(chain, batch.start.day);
  const since = chain.lines.filter((one) => (one.line.firstDay ?? -Infinity) >= batch.start.day - 1);
  const charged = sum(since.map((one) => one.line.amount));
  const parameter = {
    general: legacyAutomaticFullRefund,
    'power-bi-premium': powerBiPremiumRequest,
    'microsoft-365-a1': microsoft365A1Request,
  };
  return {
    charge,
    charged,
    credit: charged,
    perDay: null,
    parameter: parameter[rule],
    working: [`cancelled inside the window, all that was charged since the purchase is credited: ${money(charge, charged)}`],
    condition: {
      general: '',
      'power-bi-premium': ' and request the refund',
      'microsoft-365-a1': ' and request the refund; no user may be assigned',
    }[rule],
  };
}

/** The days left of the cycle that runs, that day credited; the whole charge on the day of the purchase. */
function newCommerceWorth(chain: SubscriptionChain, batch: SeatBatch, asOf: Day): Worth | null {
  const running = asOf <= batch.cycle.cycle.lastDay ? batch.cycle : cycleOn(chain, asOf);
  const charge = running?.charge ?? null;
  // After a renewal the seats belong to the renewal's own batch.
  if (running === null || charge === null || (running !== batch.cycle && charge.line.kind !== 'cycle')) return null;
  const creditOn = (day: Day): Decimal | null => creditFrom(charge, running, batch.seats, day);
  const isFull = asOf === batch.start.day;
  const prorated = creditOn(asOf);
  const sinceCycle = running === batch.cycle ? ZERO : creditOn(running.cycle.firstDay);
  if (prorated === null || sinceCycle === null) return null;
  const perDay = prorated.minus(creditOn(addDays(asOf, 1)) ?? ZERO);
  return {
    charge,
    charged: batch.charged.plus(sinceCycle),
    credit: isFull ? batch.charged : prorated,
    perDay: roundHalfUp(Decimal.max(ZERO, perDay), minorDigits(chain.currency)),
    parameter: newCommerceCancellationWindow,
    working: [
      isFull
        ? `cancelled on ${isoDay(asOf)}, the day of purchase, the whole charge is credited`
        : `cancelled on ${isoDay(asOf)}, that day credited, by ${charge.judgedBy}: ${money(charge, prorated)}`,
    ],
    condition: '',
  };
}

function* judge(chain: SubscriptionChain, batch: SeatBatch, worth: Worth, asOf: Day): Generator<Detection<Message>> {
  const dated = valueOn(worth.parameter, batch.start.day, worth.charge.ownTerms);
  if (dated === null) return;
  const inherited = batch.kind === 'upgrade' ? windowTerms(chain, batch.start, true) : null;
  const reading = inherited === null || inherited.reading === '' ? [] : [inherited.reading];
  yield* judgeWindow(
    { batch: batchText(batch), start: batch.start, lines: batch.lines, label: batch.kind },
    { ...worth, dated, reading, parametersUsed: inherited?.parametersUsed ?? [useOf(worth.parameter, dated)] },
    asOf,
  );
}

/** What can be given back, and since when its window runs. */
interface Held {
  readonly batch: string;
  readonly start: Moment;
  readonly lines: readonly AuditedLine[];
  readonly label: string;
}

interface Judged extends Omit<Worth, 'parameter'> {
  readonly dated: Dated<Window>;
  /** Why the window may be none at all; empty where it is one by every reading. */
  readonly reading: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

function* judgeWindow({ batch, start, lines, label }: Held, worth: Judged, asOf: Day): Generator<Detection<Message>> {
  const { charge, charged, credit, perDay, dated, reading } = worth;
  const end = endOf(start, dated.value);
  if (asOf > end.lenientLastDay) return;
  const isBoundary = reading.length > 0 || asOf > end.deadline || (end.isLastDayOpen && asOf === end.deadline);
  const stays = Decimal.max(ZERO, charged.minus(credit));
  yield {
    message: isBoundary ? 'boundary' : 'open',
    values: {
      batch,
      deadline: isoDay(end.deadline),
      hour: end.hourText === null ? '' : ` ${end.hourText}`,
      worth: money(charge, credit),
      perDay: perDay === null ? 'nothing' : money(charge, perDay),
    },
    evidence: lines.map((line) => ({ line, label })),
    amounts: { billed: charged, expected: stays },
    working: [
      `window: ${showWindow(dated.value)} from ${isoDay(start.day)}${start.second === null ? ', hour unknown' : ''}, in force from ${dated.since} (${dated.basis})`,
      `charged for ${batch}: ${money(charge, charged)}`,
      ...worth.working,
      ...reading,
      ...(isBoundary
        ? [`strict reading: the window has closed and ${money(charge, charged)} stays; lenient reading: ${money(charge, stays)} stays`]
        : []),
    ],
    confidence: isBoundary || worth.condition !== '' ? 'possible' : 'certain',
    deadline: isBoundary ? null : end.deadline,
    costPerDay: perDay,
    nextAction: isBoundary
      ? `If the licences are not wanted, try to cancel them today${worth.condition}.`
      : `Confirm that the licences are wanted; if not, cancel them in Partner Center by ${isoDay(end.deadline)}${end.hourText === null ? '' : `, ${end.hourText}`}${worth.condition}.`,
    parametersUsed: worth.parametersUsed,
  };
}

/** Software and marketplace purchases that are not given back yet. */
function* judgeOther(chain: SubscriptionChain, purchase: OtherPurchase, asOf: Day): Generator<Detection<Message>> {
  const { charge, start } = purchase;
  const isEnded = otherCancellations(chain).some((one) => one.purchase.charge === charge && one.day <= asOf);
  const terms = otherTerms(purchase);
  if (terms === null || terms.isFinal || isEnded || asOf < start.day || charge.line.heading.isTrial) return;
  const today = otherCredit(purchase, terms, asOf);
  if (today.amount === null) return;
  const tomorrow = otherCredit(purchase, terms, addDays(asOf, 1)).amount ?? ZERO;
  const quantity = charge.line.quantity.abs().toString();
  const worth: Judged = {
    charge,
    charged: charge.line.amount,
    credit: today.amount,
    perDay: terms.refund === 'in-full' ? null : today.amount.minus(tomorrow),
    dated: terms.dated,
    working: today.working,
    reading: terms.isReopeningUnknown ? otherReadings(terms) : [],
    condition: '',
    parametersUsed: terms.parametersUsed,
  };
  const verb = purchase.isRenewal ? 'renewed' : 'bought';
  const batch = `${quantity} of ${charge.line.heading.productName} ${verb} on ${isoDay(start.day)}`;
  yield* judgeWindow({ batch, start, lines: [charge], label: purchase.isRenewal ? 'renewal' : 'purchase' }, worth, asOf);
}

/** In an extended service term every day counts: no window closes, and the days left of the month that runs come back. */
function* anyDay(
  chain: SubscriptionChain,
  { cycle, ...running }: BilledCycle,
  charge: AuditedLine,
  asOf: Day,
): Generator<Detection<Message>> {
  const dated = valueOn(extendedServiceTermCancellation, asOf, chain.ownTerms);
  const seats = seatsOn({ cycle, ...running }, asOf);
  const credit = creditFrom(charge, { cycle, ...running }, seats, asOf);
  const whole = creditFrom(charge, { cycle, ...running }, seats, cycle.firstDay);
  if (dated === null || credit === null || whole === null || credit.isZero()) return;
  const perDay = credit.minus(creditFrom(charge, { cycle, ...running }, seats, addDays(asOf, 1)) ?? ZERO);
  const uplifts = [extendedServiceTermUplift, extendedServiceTermUpliftWithoutMonthly].flatMap((parameter) => {
    const value = valueOn(parameter, asOf, chain.ownTerms);
    return value === null ? [] : [useOf(parameter, value)];
  });
  yield {
    message: 'any-day',
    values: { batch: `${seats.toString()} licences`, worth: money(charge, credit), perDay: money(charge, perDay) },
    evidence: [{ line: charge, label: 'charge of the month that runs' }],
    amounts: { billed: whole, expected: whole.minus(credit) },
    working: [
      'an extended service term, recognised by the name of the product or the term: files have no charge type for it',
      `cancelled on ${isoDay(asOf)}, that day credited, by ${charge.judgedBy}: ${money(charge, credit)} of ${money(charge, whole)}`,
      `its price holds an uplift: ${uplifts.map((one) => one.value).join('; ')}`,
    ],
    confidence: 'likely',
    deadline: null,
    costPerDay: perDay,
    nextAction: 'If the licences are not wanted, cancel them now; if they are, a term of its own costs less.',
    parametersUsed: [useOf(extendedServiceTermCancellation, dated), ...uplifts],
  };
}
