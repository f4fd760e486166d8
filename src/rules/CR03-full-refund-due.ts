import { cancellationsOf, type Cancellation } from '../domain/credits/cancellations.ts';
import { adjustmentsOf, isMoneyBack } from '../domain/credits/cancellation-credits.ts';
import { isoDay, type Day } from '../domain/calendar/days.ts';
import type { Detection, ParameterUse, Unchecked } from '../domain/findings/finding.ts';
import { sum, type Decimal } from '../domain/numbers/money.ts';
import { leadingCharge, moneySince } from '../domain/credits/money-since.ts';
import { otherCancellations, type OtherCancellation } from '../domain/charges/other-purchases.ts';
import { windowStart } from '../domain/charges/seat-batches.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../domain/charges/subjects.ts';
import type { Moment, Window } from '../domain/calendar/window.ts';
import { judgedFigure, money, signed } from '../domain/proration/working.ts';
import { fullRefundVerdict } from '../policy/cancellations/full-refund-verdict.ts';
import { legacyRefundRule } from '../policy/cancellations/legacy-exceptions.ts';
import { legacyFullRefund } from '../policy/cancellations/legacy-full-refund.ts';
import { licenceTerms } from '../policy/licence-terms.ts';
import { openRefund, type OpenRefund } from '../policy/cancellations/open-refund.ts';
import { OTHER_FULL_REFUNDS, otherReadings, otherTerms, otherVerdict } from '../policy/cancellations/other-refunds.ts';
import { NOTHING_INSTEAD, proratedInstead, type ProratedInstead } from '../policy/cancellations/prorated-instead.ts';
import { CREDIT_CITATIONS } from '../policy/formula-basis.ts';
import { textOn } from '../policy/later-text.ts';
import { DAY_30_OPEN } from '../policy/open-texts.ts';
import { useOf, valueOn, type Dated, type Parameter } from '../policy/parameter.ts';
import { legacyAutomaticFullRefund } from '../policy/parameters/legacy-automatic-full-refund.ts';
import { legacyFirstMonth } from '../policy/parameters/legacy-first-month.ts';
import { legacyFullRefundRequest } from '../policy/parameters/legacy-full-refund-request.ts';
import { legacyRenewalFullRefund } from '../policy/parameters/legacy-renewal-full-refund.ts';
import { newCommerceFullRefund } from '../policy/parameters/new-commerce-full-refund.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { softwareSubscriptionRefund } from '../policy/parameters/software.ts';
import { defineRule } from './rule.ts';

type Message = 'credited-less' | 'boundary';

export const fullRefundDue = defineRule({
  code: 'CR03',
  name: 'full-refund-due',
  title: 'Cancelled inside the full-refund window, credited less than charged',
  scope: 'subscription',
  severity: 'error',
  citations: [],
  caseCitations: [...DAY_30_OPEN, ...CREDIT_CITATIONS],
  parameters: [
    legacyAutomaticFullRefund,
    legacyRenewalFullRefund,
    legacyFirstMonth,
    legacyFullRefundRequest,
    newCommerceFullRefund,
    ...OTHER_FULL_REFUNDS,
    softwareSubscriptionRefund,
    legacyProrationFormula,
    newCommerceProrationFormula,
  ],
  docs: {
    checks:
      'A subscription cancelled inside the automatic full-refund window (legacy: 30 calendar days from purchase, day 30 and the days after a renewal being the boundary; new commerce: the UTC day of purchase or renewal, the next day inside 24 hours being the boundary; perpetual software and marketplace subscriptions: their own windows) whose credits are less than what was charged since that purchase, be it that days, licences, a part of the price or a whole cycle are left out.',
    why: 'The full refund needs no request, so nobody looks whether it came; a prorated credit looks right at a glance.',
    example: 'Bought 13 January at 48.00, suspended 1 February, credited −45.50: 2.50 is missing.',
    remedy: 'Ask for the rest in a billing ticket; name the purchase and the cancellation day.',
  },
  messages: {
    'credited-less':
      'cancelled on {cancelled}, {elapsed} days after the {opened} of {purchased}, inside the full-refund window of {window}; charged {charged}, credited {credited}',
    boundary:
      'cancelled on {cancelled}, {elapsed} days after the {opened} of {purchased}: inside the full-refund window of {window} only by the lenient reading; charged {charged}, credited {credited}',
  },
  *check(chain, { asOf }) {
    // Of a cycle that was credited in parts the first part speaks for all.
    const judged = new Set<BilledCycle | null>();
    for (const cancelled of cancellationsOf(chain)) {
      const credit = creditOf(cancelled);
      if (credit === null || cancelled.cycle === null || judged.has(cancelled.cycle)) continue;
      judged.add(cancelled.cycle);
      yield* judge(chain, credit, cancelled, asOf);
    }
    for (const cancelled of otherCancellations(chain)) yield* judgeOther(chain, cancelled, asOf);
  },
});

/** The cancellation credit, else a refund of its cycle; null where nothing was given back (CR01). */
function creditOf({ line, cycle }: Cancellation): AuditedLine | null {
  if (line?.line.amount.isNegative() === true) return line;
  return cycle === null ? null : (adjustmentsOf(cycle).refunds[0] ?? null);
}

/** The window that a cancellation lies in, and how surely. */
interface FullRefund {
  readonly opened: 'purchase' | 'renewal';
  readonly start: Moment;
  readonly verdict: 'inside' | 'boundary' | 'hour-unknown';
  readonly parameter: Parameter<Window>;
  readonly dated: Dated<Window>;
  readonly open: OpenRefund | null;
}

/** Null outside of every window. */
function fullRefundOf(chain: SubscriptionChain, cancelled: Cancellation): FullRefund | Unchecked['unchecked'] | null {
  if (chain.layout === 'legacy-licence') {
    const refund = legacyFullRefund(chain, cancelled);
    if (refund === null) return 'purchase-day-unknown';
    const { verdict, dated, start } = refund;
    // Power BI Premium and Microsoft 365 A1 are refunded in full only on request (CR04).
    if (verdict === 'outside' || dated === null || legacyRefundRule(chain, start.day) !== 'general') return null;
    return { ...refund, verdict, dated, open: verdict === 'boundary' ? openRefund(chain, refund, dated) : null };
  }
  const start = windowStart(chain, cancelled.day);
  if (start === null) return 'purchase-day-unknown';
  // After an upgrade there is no window, and in an extended service term the days left are credited on any day.
  const terms = licenceTerms(chain, cancelled);
  const dated = valueOn(newCommerceFullRefund, start.day, chain.ownTerms);
  if (terms?.kind === 'none' || terms?.kind === 'any-day' || dated === null) return null;
  const verdict = fullRefundVerdict(start, cancelled, dated.value);
  return verdict === 'outside' ? null : { opened: 'purchase', start, verdict, parameter: newCommerceFullRefund, dated, open: null };
}

function* judge(
  chain: SubscriptionChain,
  credit: AuditedLine,
  cancelled: Cancellation,
  asOf: Day,
): Generator<Detection<Message> | Unchecked> {
  const refund = fullRefundOf(chain, cancelled);
  if (typeof refund === 'string') {
    yield { unchecked: refund, line: credit };
    return;
  }
  if (refund === null || cancelled.reactivatedOn !== null) return;
  const since = moneySince(chain, refund.start.day, cancelled);
  if (!since.isCharged) {
    yield { unchecked: 'charge-not-in-files', line: credit };
    return;
  }
  if (since.credited.abs().gte(since.charged) || since.credited.abs().gte(sum(since.charges.map(rightAmount)))) return;
  const { verdict } = refund;
  if (verdict === 'hour-unknown') {
    yield { unchecked: 'hour-unknown', line: credit };
    return;
  }
  const lead = leadingCharge(cancelled.cycle, since.charges) ?? credit;
  const isDayKnown = cancelled.event !== null || !isWholeLaterCycle(credit, cancelled, since.charges);
  yield finding({
    ...since,
    ...refund,
    verdict,
    credit,
    lead,
    cancelled: cancelled.day,
    isDayKnown,
    asOf,
    reading: openReading(chain, refund),
    instead: proratedInstead(cancelled),
  });
}

/** What a charge should have been: that it is more is AR01's, and what gives back the right charge is no short refund. */
function rightAmount(one: AuditedLine): Decimal {
  const { recalculation, line } = one;
  const isWrong = recalculation.status === 'recalculated' && recalculation.fits.length === 0;
  return isWrong ? signed(one, judgedFigure(one, recalculation)) : line.amount;
}

/** A credit of a whole cycle that is not the first prints that cycle’s first day, whatever the day of the cancellation. */
function isWholeLaterCycle(credit: AuditedLine, { cycle }: Cancellation, charges: readonly AuditedLine[]): boolean {
  const { recalculation, line } = credit;
  const isWhole = recalculation.status === 'recalculated' && recalculation.isWhole && line.firstDay === cycle?.cycle.firstDay;
  return isWhole && charges.some((one) => (one.line.firstDay ?? Infinity) < (line.firstDay ?? -Infinity));
}

function openReading(chain: SubscriptionChain, { open }: FullRefund): readonly string[] {
  if (open !== null) return [open.question];
  return chain.layout === 'legacy-licence' ? [] : ['24 hours from the purchase in one text, the UTC day of the purchase in another'];
}

/** Perpetual software and marketplace subscriptions: in full inside their windows, by no days and no parts. */
function* judgeOther(chain: SubscriptionChain, cancelled: OtherCancellation, asOf: Day): Generator<Detection<Message>> {
  const { purchase, line: credit } = cancelled;
  const terms = otherTerms(purchase);
  if (credit === null || terms === null || terms.isFinal || terms.refund !== 'in-full' || credit.line.heading.isTrial) return;
  const verdict = otherVerdict(terms, purchase, cancelled);
  if (verdict === 'outside') return;
  const taken = new Set(otherCancellations(chain).map((one) => one.line));
  // What belongs to no other purchase may be the rest of this one.
  const credits = chain.lines.filter((one) => isMoneyBack(one) && (one === credit || !taken.has(one)));
  const { charge, start, isRenewal } = purchase;
  const charged = charge.line.amount;
  const credited = sum(credits.map((one) => one.line.amount));
  if (credits.length === 0 || credited.abs().gte(charged)) return;
  const opened = isRenewal ? ('renewal' as const) : ('purchase' as const);
  const { parameter, dated, parametersUsed } = terms;
  yield finding({
    ...{ charges: [charge], credits, charged, credited, opened, start, verdict, parameter, dated, open: null, asOf },
    ...{
      credit: credits[0] ?? charge,
      lead: charge,
      cancelled: cancelled.day,
      isDayKnown: true,
      reading: otherReadings(terms),
      instead: NOTHING_INSTEAD,
      parametersUsed,
    },
  });
}

interface Case extends FullRefund {
  readonly verdict: 'inside' | 'boundary';
  readonly credit: AuditedLine;
  readonly lead: AuditedLine;
  readonly charges: readonly AuditedLine[];
  readonly credits: readonly AuditedLine[];
  readonly cancelled: Day;
  /** False where only the days credited tell the day of the cancellation, and these are a whole cycle. */
  readonly isDayKnown: boolean;
  readonly charged: Decimal;
  readonly credited: Decimal;
  readonly reading: readonly string[];
  /** What the strict reading would give. */
  readonly instead: ProratedInstead;
  readonly asOf: Day;
  readonly parametersUsed?: readonly ParameterUse[];
}

function finding(found: Case): Detection<Message> {
  const { credit, lead, charged, credited, dated, parameter, open, instead, asOf } = found;
  const isBoundary = found.verdict === 'boundary';
  const isSure = !isBoundary && found.isDayKnown;
  const isLegacy = credit.line.heading.layout === 'legacy-licence';
  const deadline = isBoundary && open !== null && open.deadline !== null && open.deadline >= asOf ? open.deadline : null;
  return {
    message: isBoundary ? 'boundary' : 'credited-less',
    values: {
      cancelled: isoDay(found.cancelled),
      purchased: isoDay(found.start.day),
      opened: found.opened,
      elapsed: String(found.cancelled - found.start.day),
      window: parameter.show(dated.value),
      charged: money(credit, charged),
      credited: money(credit, credited),
    },
    // The charge leads: it stays the same whatever credits come later, and so does the fingerprint.
    evidence: [
      { line: lead, label: 'charge' },
      { line: credit, label: 'credit' },
      ...found.credits.filter((one) => one !== credit).map((line) => ({ line, label: 'credit' })),
      ...found.charges.filter((one) => one !== lead).map((line) => ({ line, label: 'charge' })),
    ],
    isAboutAudited: found.credits.some((one) => (one === credit || one.line.kind === 'cancellation') && one.line.isAudited),
    severity: isSure ? 'error' : 'warning',
    amounts: { billed: credited, expected: charged.negated() },
    working: [
      `${found.opened} ${isoDay(found.start.day)}${isLegacy && found.opened === 'purchase' ? ' (SubscriptionStartDate − 1 day unless recorded)' : ''}, cancellation ${isoDay(found.cancelled)}: ${found.cancelled - found.start.day} days`,
      ...(found.isDayKnown ? [] : ['the day of the cancellation is known from the days credited alone, and these are a whole cycle']),
      `window: ${parameter.show(dated.value)}, in force for purchases from ${dated.since} (${dated.basis})`,
      `charged ${found.charges.map((one) => one.line.amount.toString()).join(' + ')} = ${money(credit, charged)}; credited ${found.credits.map((one) => one.line.amount.toString()).join(' ')} = ${money(credit, credited)}`,
      `in full, all of ${money(credit, charged)} comes back; ${money(credit, charged)} − ${money(credit, credited.abs())} = ${money(credit, charged.plus(credited))} is missing`,
      ...instead.working,
      ...(isBoundary
        ? [
            ...found.reading,
            `strict reading: outside the window, the credit of ${money(credit, credited)} stands${open?.request ?? ''}; lenient reading: inside, ${money(credit, charged.negated())} is due`,
          ]
        : []),
    ],
    confidence: isSure ? 'likely' : 'possible',
    ...(deadline === null ? {} : { deadline }),
    nextAction: nextAction(found, deadline),
    citations: [...(isDay30(found) ? [textOn(DAY_30_OPEN, found.start.day)] : []), ...instead.citations],
    parametersUsed: [...(found.parametersUsed ?? [useOf(parameter, dated), ...(open?.parametersUsed ?? [])]), ...instead.parametersUsed],
  };
}

/** The last day by days, of which one text speaks of neither side; the day after may be one of the first month. */
function isDay30({ credit, verdict, opened, cancelled, start, dated }: Case): boolean {
  const isOfPurchase = credit.line.heading.layout === 'legacy-licence' && opened === 'purchase';
  return verdict === 'boundary' && isOfPurchase && cancelled - start.day === dated.value.length;
}

function nextAction({ open, asOf }: Case, deadline: Day | null): string {
  const ask = 'Open a billing ticket and ask for the rest of the full refund; name the purchase and the cancellation day.';
  if (deadline !== null) {
    return `Request the rest with the credit request form by ${isoDay(deadline)}, for by the strict reading only a request brings it; name the purchase and the cancellation day.`;
  }
  if (open === null || open.deadline === null || open.deadline >= asOf) return ask;
  return `${ask} By the strict reading the time for a request ended on ${isoDay(open.deadline)}.`;
}
