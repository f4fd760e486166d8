import { hasCancellationCredit } from '../domain/credits/cancellation-credits.ts';
import { cancellationsOf, type Cancellation } from '../domain/credits/cancellations.ts';
import { isoDay, type Day } from '../domain/calendar/days.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { otherCancellations } from '../domain/charges/other-purchases.ts';
import { windowStart } from '../domain/charges/seat-batches.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/charges/subjects.ts';
import type { Moment, Window } from '../domain/calendar/window.ts';
import { money, periodText } from '../domain/proration/working.ts';
import { creditDue, type CreditDue } from '../policy/cancellations/credit-due.ts';
import { decreaseReadings } from '../policy/cancellations/decrease-readings.ts';
import { couldCount, isOpen, isVerified } from '../policy/cancellations/window-standing.ts';
import { firstMonthUse, windowOn } from '../policy/cancellations/window-on.ts';
import { powerBiReadings } from '../policy/cancellations/power-bi-readings.ts';
import { legacyRefundRule } from '../policy/cancellations/legacy-exceptions.ts';
import { legacyFullRefund } from '../policy/cancellations/legacy-full-refund.ts';
import { outageSubjects } from '../policy/outages/outage-claims.ts';
import { FEES_OF_A_MONTH, MONTH_OF_INCIDENT, outageOpenPoints, USERS_OF_INCIDENTS } from '../policy/outages/outage-open-points.ts';
import { outageCreditMeasure, outageCreditTiers, outageSuiteShares } from '../policy/parameters/outage-credits.ts';
import { outageClaimAzure, outageClaimBillingMonth, outageClaimDeadline } from '../policy/parameters/outage-deadlines.ts';
import { DAY_5_OPEN, reservationOpenPoints } from '../policy/reservations/reservation-open-points.ts';
import { reservationRefundLimit } from '../policy/parameters/reservation-limit.ts';
import {
  reservationChargedFee,
  reservationFullRefundDays,
  reservationProration,
  reservationRefundPrice,
} from '../policy/parameters/reservation-refund.ts';
import { licenceTerms } from '../policy/licence-terms.ts';
import { OTHER_WINDOWS, otherReadings, otherTerms, otherVerdict } from '../policy/cancellations/other-refunds.ts';
import { nearestUse, POLICY_VERIFIED_ON, type Parameter } from '../policy/parameter.ts';
import { legacyAutomaticFullRefund } from '../policy/parameters/legacy-automatic-full-refund.ts';
import { legacyRenewalFullRefund } from '../policy/parameters/legacy-renewal-full-refund.ts';
import { newCommerceCancellationWindow } from '../policy/parameters/new-commerce-cancellation-window.ts';
import { newCommerceFullRefund } from '../policy/parameters/new-commerce-full-refund.ts';
import { legacyFirstMonth } from '../policy/parameters/legacy-first-month.ts';
import { powerBiPremiumFixedCost, powerBiPremiumScope } from '../policy/parameters/power-bi-premium.ts';
import { partialUpgradeWindow } from '../policy/parameters/upgrades.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { softwareSubscriptionRefund } from '../policy/parameters/software.ts';
import { judgeOtherCredit } from '../policy/cancellations/judge-other-credit.ts';
import { PRORATION_CITATIONS } from '../policy/formula-basis.ts';
import { textOn } from '../policy/later-text.ts';
import { DAY_30_OPEN, HOURS_OR_DAYS } from '../policy/open-texts.ts';
import { defineRule, type RuleContext } from './rule.ts';

type Message =
  | 'not-verified'
  | 'scope'
  | 'open-reading'
  | 'open-decrease'
  | 'open-amount'
  | 'fixed-cost'
  | 'incident-not-known'
  | 'incident-not-verified'
  | 'incident-month'
  | 'incident-overlap'
  | 'incident-users'
  | 'incident-fees'
  | 'reservation-use'
  | 'reservation-day'
  | 'reservation-year';

export const outsideVerifiedPolicy = defineRule({
  code: 'PO01',
  name: 'outside-verified-policy',
  title: 'A figure rests on policy that is not verified for its date, or on an open reading',
  scope: 'customer',
  severity: 'info',
  citations: [],
  caseCitations: [
    ...DAY_30_OPEN,
    ...HOURS_OR_DAYS,
    MONTH_OF_INCIDENT,
    USERS_OF_INCIDENTS,
    FEES_OF_A_MONTH,
    DAY_5_OPEN,
    ...PRORATION_CITATIONS,
  ],
  parameters: [
    legacyProrationFormula,
    newCommerceProrationFormula,
    legacyAutomaticFullRefund,
    legacyRenewalFullRefund,
    legacyFirstMonth,
    powerBiPremiumScope,
    powerBiPremiumFixedCost,
    newCommerceFullRefund,
    newCommerceCancellationWindow,
    partialUpgradeWindow,
    outageClaimDeadline,
    outageClaimBillingMonth,
    outageClaimAzure,
    outageCreditMeasure,
    outageCreditTiers,
    outageSuiteShares,
    ...OTHER_WINDOWS,
    softwareSubscriptionRefund,
    reservationFullRefundDays,
    reservationChargedFee,
    reservationProration,
    reservationRefundPrice,
    reservationRefundLimit,
  ],
  docs: {
    checks:
      'Prorated lines and cancellations whose date lies before the first day for which the figure used is known from a dated source, or after the day the policy was last checked, and cancellations that fall on a boundary the sources leave open. Once a subscription and figure. Outages of such a date, over a month’s end, or that overlap with other users hit, that name different numbers of all users, or whose fees are a part of a charge of several months: the figures of both readings stand in the working. Reservations returned in the first days of the table, whose use no file tells, and returns before 13 April 2019 that one reading of a year puts over the limit.',
    why: 'Policy is never extended silently: an auditor must see where the ground is thin.',
    example: 'A legacy licence prorated in 2017: the published formula is known from 2018 on.',
    remedy: 'Look for the policy of that date before relying on the figure.',
  },
  messages: {
    'not-verified': '{figure} is not known for {date}; what is said of this subscription rests on the nearest text',
    'incident-not-known': '{figure} is not known for {incident} of {date}',
    'incident-not-verified':
      '{incident} of {date} is claimed until {deadline} by the rule as it was last verified; whether that still holds is not verified',
    'incident-month':
      '{incident} began on {date} and went on over a month’s end ({months}); the sources leave open which month is claimed, and here each is a claim of its own',
    'incident-overlap':
      '{incident} overlap in {month}; the sources leave open whether their users are the same, and here the minutes count once',
    'incident-users':
      '{incident} in {month} name different numbers of all users ({numbers}): the uptime is {uptime} of the fewest, which count here, and {other} of the most',
    'incident-fees':
      '{incident} in {month} rests on a charge of several months: its days of the month yield {amount}, and by other readings of the fees of a month {others}',
    'reservation-use':
      '{product} returned on {date}, {elapsed} after its purchase: the refund of {credit} is right if {reading}, {others}; no file tells its use',
    'reservation-day':
      '{product} returned on {date}, day {since} after its purchase, which the texts leave open: the refund of {credit} is right if {reading}, {others}',
    'reservation-year':
      '{product} returned on {date}: the returns of the customer count {total} in the calendar year, inside the limit of {limit}; since {since}, in the 365 days that end with it, {other}; the text says a year and leaves open which',
    'fixed-cost': 'the refund for the cancellation of {date} is less a cost whose days the sources leave open ({figure})',
    scope: 'whether {product}, cancelled on {date}, is among those with a rule of their own is left open ({figure})',
    'open-amount':
      'the credit of {credit} for the cancellation of {date} follows a reading that the sources leave open: {reading} ({figure})',
    'open-decrease':
      'of the seats given back on {date} {strict} is due by calendar days and {lenient} by 24 hours, which the sources leave open ({figure})',
    'open-reading': 'the cancellation of {date} lies on a boundary that the sources leave open ({figure})',
  },
  *check(customer, context) {
    for (const chain of customer.chains) {
      // Once a subscription, message and figure.
      const said = new Map<string, Detection<Message>>();
      for (const one of [
        ...ofFormula(chain),
        ...ofCancellations(chain, context),
        ...decreaseReadings(chain, context.invoices),
        ...ofOtherProducts(chain),
      ]) {
        const key = `${one.message} ${one.values['figure'] ?? ''}`;
        if (!said.has(key)) said.set(key, one);
      }
      yield* said.values();
    }
    yield* reservationOpenPoints(customer, context.prices);
    for (const outage of outageSubjects(customer, context.asOf, context.claimant)) yield* outageOpenPoints(outage, context.asOf);
  },
});

function isProrated(one: AuditedLine): boolean {
  return one.recalculation.status === 'bounded' || (one.recalculation.status === 'recalculated' && !one.recalculation.isWhole);
}

function* ofFormula(chain: SubscriptionChain): Generator<Detection<Message>> {
  const formula = chain.layout === 'legacy-licence' ? legacyProrationFormula : newCommerceProrationFormula;
  for (const one of chain.lines) {
    const { firstDay, isAudited } = one.line;
    if (!isAudited || firstDay === null || !isProrated(one)) continue;
    if (!isVerified(chain, formula, firstDay)) yield notVerified(one, formula, firstDay);
  }
}

function* ofCancellations(chain: SubscriptionChain, context: RuleContext): Generator<Detection<Message>> {
  for (const cancelled of cancellationsOf(chain)) {
    // A cancellation that only the record tells is about the charge it ends, in that charge's month and in that of the credit due.
    const line = cancelled.line ?? cancelled.cycle?.charge ?? null;
    if (line?.line.heading.productKind !== 'licence' || line.line.heading.isTrial) continue;
    const carrier = cancelled.line === null ? context.invoices.nextAfter(chain, cancelled.day) : null;
    const isAboutAudited = line.line.isAudited || (carrier !== null && carrier.invoice !== null && carrier.isAudited);
    if (!isAboutAudited) continue;
    for (const found of ofCancellation(chain, cancelled, line, context)) yield { ...found, isAboutAudited };
  }
}

function* ofCancellation(
  chain: SubscriptionChain,
  cancelled: Cancellation,
  line: AuditedLine,
  context: RuleContext,
): Generator<Detection<Message>> {
  const isLegacy = chain.layout === 'legacy-licence';
  const refund = isLegacy ? legacyFullRefund(chain, cancelled) : null;
  const start = isLegacy ? (refund?.start ?? null) : windowStart(chain, cancelled.day);
  const terms = isLegacy ? null : licenceTerms(chain, cancelled);
  if (terms?.kind === 'none' || terms?.kind === 'any-day' || start === null) return;
  const upgraded = chain.conversion?.charge.line.firstDay ?? null;
  if (terms !== null && terms.reading !== '' && upgraded !== null) yield notVerified(line, partialUpgradeWindow, upgraded);
  if (refund?.opened === 'renewal') {
    // Before the one text that names renewals there is nothing to hold open.
    if (refund.verdict === 'boundary' && legacyRefundRule(chain, start.day) === 'general')
      yield openReading(line, refund.parameter, start.day, cancelled.day);
    return;
  }
  for (const parameter of windowsOf(chain, start)) {
    if (!isVerified(chain, parameter, start.day)) {
      if (couldCount(parameter, start, cancelled)) yield notVerified(line, parameter, start.day);
      continue;
    }
    // Of a credit that did not come the hours are not known: it may have been earned in full.
    const due = parameter.id === newCommerceFullRefund.id ? unpaid(chain, cancelled) : null;
    if (due?.reading !== undefined) {
      yield openReading(line, parameter, start.day, cancelled.day, [due.reading]);
      continue;
    }
    // A subscription that was taken up again is given back by days in any case.
    const isTakenUp = isLegacy && cancelled.reactivatedOn !== null;
    if (!isTakenUp && isOpen(chain, parameter, start, cancelled)) yield openReading(line, parameter, start.day, cancelled.day);
  }
  yield* powerBiReadings(chain, cancelled, { line, start, asOf: context.asOf });
}

/** What a cancellation earned that no line of the files credits. */
function unpaid(chain: SubscriptionChain, cancelled: Cancellation): CreditDue | null {
  const { cycle, line } = cancelled;
  if (cycle?.charge == null || hasCancellationCredit(cycle) || line?.line.amount.isNegative() === true) return null;
  return creditDue(chain, cycle, cycle.charge, cancelled);
}

/** Software and marketplace credits that only one reading, or one of two texts, allows; and amounts that follow a reading left open. */
function* ofOtherProducts(chain: SubscriptionChain): Generator<Detection<Message>> {
  for (const cancelled of otherCancellations(chain)) {
    const { line, purchase } = cancelled;
    const terms = otherTerms(purchase);
    if (line?.line.isAudited !== true || terms === null || terms.isFinal) continue;
    const verdict = otherVerdict(terms, purchase, cancelled);
    if (verdict === 'boundary') yield openReading(line, terms.parameter, purchase.start.day, cancelled.day, otherReadings(terms));
    const judged =
      verdict === 'outside' || terms.refund === 'in-full' || line.line.amount.isZero() ? null : judgeOtherCredit(chain, cancelled, terms);
    if (judged === null || typeof judged === 'string' || judged.reading === null || judged.reading === 0) continue;
    const { due, reading, credited } = judged;
    yield {
      message: 'open-amount',
      values: {
        date: isoDay(cancelled.day),
        figure: softwareSubscriptionRefund.title,
        credit: money(line, credited),
        reading: due.readings[reading]?.name ?? '',
      },
      evidence: [{ line, label: 'credit' }],
      amounts: null,
      working: due.working,
      confidence: 'possible',
      nextAction: 'Decide with the policy text which reading to argue; the amounts of all of them stand in the working.',
      citations: due.citations,
      parametersUsed: [nearestUse(softwareSubscriptionRefund, purchase.start.day, line.ownTerms), ...due.parametersUsed],
    };
  }
}

function windowsOf(chain: SubscriptionChain, start: Moment): readonly Parameter<Window>[] {
  if (chain.layout === 'new-commerce') return [newCommerceFullRefund, newCommerceCancellationWindow];
  return legacyRefundRule(chain, start.day) === 'general' ? [legacyAutomaticFullRefund] : [];
}

function notVerified<T>(one: AuditedLine, parameter: Parameter<T>, date: Day): Detection<Message> {
  const since = parameter.values[0]?.since ?? 'no date';
  return {
    message: 'not-verified',
    values: { figure: parameter.title, date: isoDay(date) },
    evidence: [{ line: one, label: 'line' }],
    amounts: null,
    working: [
      `${parameter.id} is known from ${since} on and was last checked on ${POLICY_VERIFIED_ON}; the date that counts here is ${isoDay(date)}`,
    ],
    confidence: 'possible',
    nextAction: 'Look for the policy of that date before relying on the figures of this subscription.',
    parametersUsed: [nearestUse(parameter, date, one.ownTerms)],
  };
}

function openReading(
  one: AuditedLine,
  parameter: Parameter<Window>,
  start: Day,
  date: Day,
  readings: readonly string[] = [],
): Detection<Message> {
  const dated = windowOn(parameter, start, date, one.ownTerms);
  const byMonth = dated === null ? [] : firstMonthUse(parameter, start, date, dated.value, one.ownTerms);
  const isDay30 = parameter.id === legacyAutomaticFullRefund.id && byMonth.length === 0;
  return {
    message: 'open-reading',
    values: { figure: parameter.title, date: isoDay(date) },
    evidence: [{ line: one, label: 'line' }],
    amounts: null,
    working: [
      `${parameter.id}: ${periodText(one.line)} was cancelled on ${isoDay(date)}; the strict reading leaves that day out, the lenient one counts it`,
      ...readings,
    ],
    confidence: 'possible',
    nextAction: 'Decide with the policy text which reading to argue; both amounts stand in the other findings of this subscription.',
    citations: [
      ...(parameter.id === newCommerceFullRefund.id ? [textOn(HOURS_OR_DAYS, start)] : []),
      ...(isDay30 ? [textOn(DAY_30_OPEN, start)] : []),
    ],
    parametersUsed: [nearestUse(parameter, start, one.ownTerms), ...byMonth],
  };
}
