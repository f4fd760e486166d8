import { cancellationsOf, cycleOn } from '../domain/credits/cancellations.ts';
import { creditFigures, type CreditFigures } from '../domain/credits/credit-figures.ts';
import { addDays, isoDay, type Day } from '../domain/calendar/days.ts';
import { effectiveCharges } from '../domain/charges/effective-charges.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { Decimal, ZERO } from '../domain/numbers/money.ts';
import { otherCancellations, otherPurchases, type OtherPurchase } from '../domain/charges/other-purchases.ts';
import { seatsOn } from '../domain/charges/licences.ts';
import { batchesLeft, batchText, type SeatBatch } from '../domain/charges/seat-batches.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../domain/charges/subjects.ts';
import { isExtendedServiceTerm } from '../domain/calendar/terms.ts';
import { endOf, showWindow, type Moment, type WindowEnd } from '../domain/calendar/window.ts';
import { money } from '../domain/proration/working.ts';
import { batchWorth, type BatchWorth } from '../policy/cancellations/batch-worth.ts';
import { CREDIT_CITATIONS, creditBasis } from '../policy/formula-basis.ts';
import { OTHER_WINDOWS, otherCredit, otherReadings, otherTerms } from '../policy/cancellations/other-refunds.ts';
import { useOf, valueOn } from '../policy/parameter.ts';
import {
  extendedServiceTermCancellation,
  extendedServiceTermScope,
  extendedServiceTermUplift,
  extendedServiceTermUpliftWithoutMonthly,
} from '../policy/parameters/extended-service-term.ts';
import { legacyAutomaticFullRefund } from '../policy/parameters/legacy-automatic-full-refund.ts';
import { legacyFirstMonth } from '../policy/parameters/legacy-first-month.ts';
import { legacyRenewalFullRefund } from '../policy/parameters/legacy-renewal-full-refund.ts';
import { marketplaceInstalments } from '../policy/parameters/marketplace.ts';
import { microsoft365A1Request } from '../policy/parameters/microsoft-365-a1.ts';
import { newCommerceCancellationWindow } from '../policy/parameters/new-commerce-cancellation-window.ts';
import { newCommerceFullRefund } from '../policy/parameters/new-commerce-full-refund.ts';
import { trialConversion } from '../policy/parameters/new-commerce-trials.ts';
import { powerBiPremiumRequest } from '../policy/parameters/power-bi-premium.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { softwareSubscriptionRefund } from '../policy/parameters/software.ts';
import { partialUpgradeWindow, seatReduction } from '../policy/parameters/upgrades.ts';
import { defineRule } from './rule.ts';

type Message = 'open' | 'by-ticket' | 'boundary' | 'any-day';

export const cancellableNow = defineRule({
  code: 'CR07',
  name: 'cancellable-now',
  title: 'A purchase, renewal or seat increase can still be cancelled',
  scope: 'subscription',
  severity: 'info',
  citations: [],
  caseCitations: CREDIT_CITATIONS,
  parameters: [
    newCommerceCancellationWindow,
    partialUpgradeWindow,
    trialConversion,
    extendedServiceTermCancellation,
    extendedServiceTermScope,
    extendedServiceTermUplift,
    extendedServiceTermUpliftWithoutMonthly,
    legacyAutomaticFullRefund,
    legacyRenewalFullRefund,
    legacyFirstMonth,
    legacyProrationFormula,
    powerBiPremiumRequest,
    microsoft365A1Request,
    ...OTHER_WINDOWS,
    marketplaceInstalments,
    softwareSubscriptionRefund,
    newCommerceFullRefund,
    seatReduction,
    newCommerceProrationFormula,
  ],
  docs: {
    checks:
      'On the as-of date: every purchase, renewal and seat increase whose cancellation window is still open, until when, what cancelling is worth, and what each day of waiting costs. Where only the day of purchase is known, the last day is certain only one day earlier; on the day between the finding says boundary and names no deadline. Software and marketplace subscriptions have windows of their own, upgrades none until they renew; a legacy renewal is the boundary for a month, by one text; an extended service term, known by its name, can be cancelled on any day.',
    why: 'Licences nobody wants can be given back for a few days and then cost the whole term.',
    example:
      '10 licences bought on 1 March at 31.00: cancelled on 3 March, 290.00 of 310.00 come back; each day costs 10.00; until 7 March.',
    remedy: 'Confirm with the customer that the licences are wanted; if not, cancel in Partner Center before the deadline.',
  },
  messages: {
    open: '{batch} can be cancelled until {deadline}{hour}; worth {worth} today, {perDay} less each day',
    'any-day': '{batch} run in an extended service term, which can be cancelled on any day; worth {worth} today, {perDay} less each day',
    'by-ticket': '{batch} can be given back by a support ticket until {deadline}{hour}; worth {worth} today, {perDay} less each day',
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
      const worth = batchWorth(chain, batch, asOf);
      if (worth !== null) yield* judge(chain, batch, worth, asOf);
    }
  },
});

function* judge(chain: SubscriptionChain, batch: SeatBatch, worth: BatchWorth, asOf: Day): Generator<Detection<Message>> {
  const reduction = batch.kind === 'increase' ? valueOn(seatReduction, batch.start.day, chain.ownTerms) : null;
  const isByTicket = reduction?.value === 'by-ticket';
  const ticket = isByTicket ? [useOf(seatReduction, reduction)] : [];
  yield* judgeWindow(
    { batch: batchText(batch), start: batch.start, lines: batch.lines, label: batch.kind, isByTicket },
    { ...worth, parametersUsed: [...worth.parametersUsed, ...ticket] },
    asOf,
  );
}

/** What can be given back, and since when its window runs. */
interface Held {
  readonly batch: string;
  readonly start: Moment;
  readonly lines: readonly AuditedLine[];
  readonly label: string;
  /** Whether only a support ticket gives it back. */
  readonly isByTicket: boolean;
}

function* judgeWindow({ batch, start, lines, label, isByTicket }: Held, worth: BatchWorth, asOf: Day): Generator<Detection<Message>> {
  const { charge, charged, credit, perDay, dated, reading } = worth;
  const end = endOf(start, dated.value);
  if (asOf > end.lenientLastDay) return;
  const isBoundary = reading.length > 0 || asOf > end.deadline || (end.isLastDayOpen && asOf === end.deadline);
  const staysAfter = (given: Decimal): Decimal => Decimal.max(ZERO, charged.minus(given));
  const stays = staysAfter(credit);
  yield {
    message: isBoundary ? 'boundary' : isByTicket ? 'by-ticket' : 'open',
    values: {
      batch,
      deadline: isoDay(end.deadline),
      hour: end.hourText === null ? '' : ` ${end.hourText}`,
      worth: money(charge, credit),
      perDay: perDay === null ? 'nothing' : money(charge, perDay),
    },
    evidence: lines.map((line) => ({ line, label })),
    amounts: { billed: charged, expected: stays, lowest: staysAfter(worth.highest), highest: staysAfter(worth.lowest) },
    working: [
      `window: ${showWindow(dated.value)} from ${isoDay(start.day)}${start.second === null ? ', hour unknown' : ''}, in force from ${dated.since} (${dated.basis})`,
      `charged for ${batch}: ${money(charge, charged)}`,
      ...worth.working,
      staysText(charge, charged, credit),
      ...reading,
      ...(isBoundary
        ? [
            `strict reading: the window has closed and ${money(charge, staysAfter(worth.strictCredit))} stays; lenient reading: ${money(charge, stays)} stays`,
          ]
        : []),
    ],
    confidence: isBoundary || isByTicket || worth.condition !== '' ? 'possible' : 'certain',
    deadline: isBoundary ? null : end.deadline,
    costPerDay: perDay,
    nextAction: nextAction(worth, end, { isBoundary, isByTicket }),
    citations: worth.citations,
    parametersUsed: worth.parametersUsed,
  };
}

function staysText(charge: AuditedLine, charged: Decimal, credit: Decimal): string {
  return `stays if cancelled: ${money(charge, charged)} − ${money(charge, credit)} = ${money(charge, Decimal.max(ZERO, charged.minus(credit)))}`;
}

function nextAction(
  { condition }: BatchWorth,
  { deadline, hourText }: WindowEnd,
  { isBoundary, isByTicket }: { readonly isBoundary: boolean; readonly isByTicket: boolean },
): string {
  const until = `${isoDay(deadline)}${hourText === null ? '' : `, ${hourText}`}`;
  if (isByTicket) {
    return `Confirm that the licences are wanted; if not, ask in a support ticket ${isBoundary ? 'today' : `by ${until}`}: licences added in mid-term went back in no other way then.`;
  }
  if (isBoundary) return `If the licences are not wanted, try to cancel them today${condition}.`;
  return `Confirm that the licences are wanted; if not, cancel them in Partner Center by ${until}${condition}.`;
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
  const worth: BatchWorth = {
    charge,
    charged: charge.line.amount,
    credit: today.amount,
    perDay: terms.refund === 'in-full' ? null : today.amount.minus(tomorrow),
    dated: terms.dated,
    lowest: today.lowest ?? today.amount,
    highest: today.highest ?? today.amount,
    working: [...today.working, ...terms.instalments.map(() => 'after the window every payment to come is owed, to the end of the term')],
    reading: terms.isReopeningUnknown ? otherReadings(terms) : [],
    strictCredit: ZERO,
    condition: '',
    citations: today.citations,
    parametersUsed: [...terms.parametersUsed, ...terms.instalments, ...today.parametersUsed],
  };
  const verb = purchase.isRenewal ? 'renewed' : 'bought';
  const batch = `${quantity} of ${charge.line.heading.productName} ${verb} on ${isoDay(start.day)}`;
  yield* judgeWindow({ batch, start, lines: [charge], label: purchase.isRenewal ? 'renewal' : 'purchase', isByTicket: false }, worth, asOf);
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
  const figuresOn = (day: Day): CreditFigures | null => creditFigures(charge, { cycle, ...running }, seats, day);
  const today = figuresOn(asOf);
  const whole = figuresOn(cycle.firstDay)?.amount ?? null;
  if (dated === null || today === null || whole === null || today.amount.isZero()) return;
  const credit = today.amount;
  const tomorrow = figuresOn(addDays(asOf, 1))?.amount ?? ZERO;
  const perDay = credit.minus(tomorrow);
  const basis = creditBasis(charge);
  const scope = valueOn(extendedServiceTermScope, asOf, chain.ownTerms);
  const covered = scope === null ? [] : [useOf(extendedServiceTermScope, scope)];
  const uplifts = [extendedServiceTermUplift, extendedServiceTermUpliftWithoutMonthly].flatMap((parameter) => {
    const value = valueOn(parameter, asOf, chain.ownTerms);
    return value === null ? [] : [useOf(parameter, value)];
  });
  yield {
    message: 'any-day',
    values: { batch: `${seats.toString()} licences`, worth: money(charge, credit), perDay: money(charge, perDay) },
    evidence: [{ line: charge, label: 'charge of the month that runs' }],
    amounts: {
      billed: whole,
      expected: whole.minus(credit),
      lowest: whole.minus(today.highest),
      highest: whole.minus(today.lowest),
    },
    working: [
      'an extended service term, recognised by the name of the product or the term: files have no charge type for it',
      `cancelled on ${isoDay(asOf)}, that day credited, by ${charge.judgedBy}: ${money(charge, credit)} of ${money(charge, whole)}`,
      ...today.steps,
      staysText(charge, whole, credit),
      `one day later ${money(charge, tomorrow)}: waiting costs ${money(charge, perDay)} a day`,
      ...covered.map((one) => `it covers ${one.value}; which those were, this file does not tell`),
      `its price holds an uplift: ${uplifts.map((one) => one.value).join('; ')}`,
    ],
    confidence: 'likely',
    deadline: null,
    costPerDay: perDay,
    nextAction: 'If the licences are not wanted, cancel them now; if they are, a term of its own costs less.',
    citations: basis.citations,
    parametersUsed: [useOf(extendedServiceTermCancellation, dated), ...covered, ...uplifts, ...basis.parametersUsed],
  };
}
