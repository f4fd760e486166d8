import { bandOfCredit } from '../domain/credits/credit-figures.ts';
import { lateDecreaseCredits } from '../domain/credits/late-decrease-credits.ts';
import { cancellationsOf } from '../domain/credits/cancellations.ts';
import { figureOf, stepsOf } from '../domain/proration/conventions.ts';
import { daysInclusive, isoDay, type Day } from '../domain/calendar/days.ts';
import type { Detection, Unchecked } from '../domain/findings/finding.ts';
import { amountOf, type JudgedFigure } from '../domain/proration/judged-figure.ts';
import type { ExpectedCharge } from '../domain/proration/expected-charge.ts';
import { eventDay, licencesOn } from '../domain/charges/licences.ts';
import { sum, type Decimal } from '../domain/numbers/money.ts';
import { otherCancellations, type OtherCancellation } from '../domain/charges/other-purchases.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../domain/charges/subjects.ts';
import { bandOf, boundedWorking, figureBy, judgedFigure, money, periodText, signed, workingOf } from '../domain/proration/working.ts';
import { CREDIT_CITATIONS, dayCredited, FORMULA_CITATIONS, formulaBasis, joinedBasis } from '../policy/formula-basis.ts';
import { judgeOtherCredit } from '../policy/cancellations/judge-other-credit.ts';
import { openSeats } from '../policy/cancellations/open-seats.ts';
import { otherTerms, otherVerdict } from '../policy/cancellations/other-refunds.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { softwareSubscriptionRefund, softwareSubscriptionReturn } from '../policy/parameters/software.ts';
import { defineRule } from './rule.ts';

type Message = 'fits-none' | 'outside-bounds' | 'wrong-days' | 'wrong-quantity';

const NEXT_ACTION = 'Open a billing ticket for the difference; send the working, the cancellation day and the quantity.';

export const creditDiffers = defineRule({
  code: 'CR02',
  name: 'credit-differs',
  title: 'A cancellation credit is not what the rules yield',
  scope: 'subscription',
  severity: 'error',
  citations: [],
  caseCitations: [...CREDIT_CITATIONS, ...FORMULA_CITATIONS],
  parameters: [legacyProrationFormula, newCommerceProrationFormula, softwareSubscriptionReturn, softwareSubscriptionRefund],
  docs: {
    checks:
      'Every cancellation credit is worked out again under every published convention. It must run from the day of cancellation (which is credited) to the last day of its charge cycle, and take back the licences in force on that day. Seats given back in new commerce are credited from the day of the decrease on. Software subscriptions are credited as a whole by the days left; a credit that keeps the day of the cancellation too, or gives back the whole price, follows a reading that the sources leave open (PO01).',
    why: 'A credit that is short by days or seats is money that nobody asks for.',
    example:
      '10 licences at 10.08, cancelled on 17 July of a cycle to 14 August: 29 of 31 days, −94.20. A credit of −90.90 leaves a day out.',
    remedy: 'Ask for the difference in a billing ticket with the working of the finding.',
  },
  messages: {
    'fits-none': '{chargeType} of {period} credits {billed}; no published convention yields it, the judged one gives {expected}',
    'outside-bounds': '{chargeType} of {period} credits {billed}; from the printed unit price it must lie between {lowest} and {highest}',
    'wrong-days': '{chargeType} credits {period}; the unused days are {right}, which come to {expected}',
    'wrong-quantity': '{chargeType} of {period} takes back {quantity} licences; {licences} were in force, which come to {expected}',
  },
  *check(chain) {
    for (const cancelled of otherCancellations(chain)) yield* judgeOther(chain, cancelled);
    for (const cycle of chain.cycles) yield* judgeDecreases(chain, cycle);
    for (const one of chain.lines) {
      if (one.line.kind !== 'cancellation' || one.line.heading.productKind !== 'licence' || !one.line.amount.isNegative()) continue;
      yield* judgeCredit(chain, one);
    }
  },
});

/** Software subscriptions by the days left; what the sources leave open of it is right by any of its readings, and PO01 says so. */
function* judgeOther(chain: SubscriptionChain, cancelled: OtherCancellation): Generator<Detection<Message> | Unchecked> {
  const { line: credit, purchase } = cancelled;
  const terms = credit?.line.amount.isNegative() === true ? otherTerms(purchase) : null;
  if (credit === null || terms === null || terms.isFinal || terms.refund !== 'prorated') return;
  // What came back outside the window was not granted: CR05.
  if (otherVerdict(terms, purchase, cancelled) === 'outside') return;
  const judged = judgeOtherCredit(chain, cancelled, terms);
  if (typeof judged === 'string') {
    yield { unchecked: judged, line: credit };
    return;
  }
  if (judged.reading !== null) return;
  const { due, credited, credits } = judged;
  const { charge } = purchase;
  yield {
    message: 'fits-none',
    values: {
      chargeType: credit.line.chargeType,
      period: periodText(credit.line),
      billed: money(credit, credited),
      expected: money(credit, due.amount.negated()),
    },
    evidence: [
      { line: credit, label: 'credit' },
      ...credits.filter((one) => one !== credit).map((line) => ({ line, label: 'credit' })),
      { line: charge, label: 'charge' },
    ],
    amounts: { billed: credited, expected: due.amount.negated(), ...bandOfCredit(due) },
    working: [
      `${terms.name}: bought on ${isoDay(purchase.start.day)}, cancelled on ${isoDay(cancelled.day)}`,
      ...due.working,
      `credited: ${credits.map((one) => one.line.amount.toString()).join(' ')} = ${money(credit, credited)}, which is none of these`,
    ],
    confidence: 'likely',
    nextAction: NEXT_ACTION,
    citations: due.citations,
    parametersUsed: [...terms.parametersUsed, ...due.parametersUsed],
  };
}

/** Seats given back inside their window, from a later day on than they were; what lies outside of it was not granted (CR05). */
function* judgeDecreases(chain: SubscriptionChain, cycle: BilledCycle): Generator<Detection<Message>> {
  for (const { decrease, lead, right, expected, working } of lateDecreaseCredits(cycle)) {
    const open = openSeats(chain, decrease);
    if (open === null || open.seats.lt(decrease.seats)) continue;
    const { citations, parametersUsed } = joinedBasis(decrease.lines);
    yield {
      message: 'wrong-days',
      values: {
        chargeType: lead.line.chargeType,
        period: periodText(lead.line),
        right: periodText(right),
        expected: money(lead, expected),
      },
      evidence: [
        { line: lead, label: 'credit half' },
        ...decrease.lines.filter((one) => one !== lead).map((line) => ({ line, label: 'seat change' })),
        ...(cycle.charge === null ? [] : [{ line: cycle.charge, label: 'charge of the cycle' }]),
      ],
      restsOn: cycle.lines,
      amounts: { billed: decrease.credit, expected },
      working,
      confidence: 'likely',
      nextAction: NEXT_ACTION,
      citations: [dayCredited(lead), ...citations],
      parametersUsed,
    };
  }
}

function* judgeCredit(chain: SubscriptionChain, one: AuditedLine): Generator<Detection<Message> | Unchecked> {
  const { line, recalculation } = one;
  if (recalculation.status === 'unchecked') {
    yield { unchecked: recalculation.reason, line: one };
    return;
  }
  const { citations, parametersUsed } = formulaBasis(one);
  const base = { evidence: evidenceOf(chain, one), nextAction: NEXT_ACTION, citations: [dayCredited(one), ...citations], parametersUsed };
  const values = { chargeType: line.chargeType, period: periodText(line), billed: money(one, line.amount) };
  if (recalculation.status === 'bounded') {
    const billed = line.amount.abs();
    if (billed.gte(recalculation.lowest) && billed.lte(recalculation.highest)) {
      yield { unchecked: 'full-price-unknown', line: one };
      return;
    }
    const { lowest, highest } = bandOf(one, recalculation);
    yield {
      ...base,
      message: 'outside-bounds',
      values: { ...values, lowest: money(one, lowest), highest: money(one, highest) },
      amounts: { billed: line.amount, expected: signed(one, figureOf(one.judgedBy, recalculation.facts)), lowest, highest },
      working: boundedWorking(one, recalculation),
      confidence: 'likely',
    };
    return;
  }
  const wrong = wrongDays(chain, one, recalculation) ?? wrongQuantity(chain, one, recalculation);
  if (wrong !== null) {
    yield { ...base, ...wrong, values: { ...values, ...wrong.values } };
    return;
  }
  const short = atLowerPrice(chain, one, recalculation);
  if (short === null && recalculation.fits.length > 0) return;
  const expected = short?.expected ?? signed(one, judgedFigure(one, recalculation));
  yield {
    ...base,
    message: 'fits-none',
    values: { ...values, expected: money(one, expected) },
    amounts: { billed: line.amount, expected, ...(short === null ? bandOf(one, recalculation) : {}) },
    figure: short?.figure,
    working: [...workingOf(one, recalculation), ...(short?.working ?? [])],
    confidence: short === null ? 'certain' : 'likely',
  };
}

/**
 * A legacy credit of a whole cycle is worked out from its own unit price and so fits whatever it prints: refunds mirror charges, so the price is that
 * of the charge. Null where it is no lower.
 */
function atLowerPrice(
  chain: SubscriptionChain,
  one: AuditedLine,
  credit: ExpectedCharge,
): { readonly expected: Decimal; readonly figure: JudgedFigure; readonly working: readonly string[] } | null {
  const charge = cycleWith(chain, one)?.charge?.recalculation;
  if (!credit.isWhole || charge?.status !== 'recalculated' || !charge.isWhole || credit.price.amount.gte(charge.price.amount)) return null;
  const facts = { ...credit.facts, price: charge.price.amount };
  const figure = figureBy(one, facts);
  const expected = amountOf(figure);
  const price = charge.price.amount.toString();
  return {
    expected,
    figure,
    working: [
      `the charge of the cycle has P = ${price}; by ${one.judgedBy} the credit comes to ${stepsOf(one.judgedBy, facts)}, ${money(one, expected)}`,
    ],
  };
}

function cycleWith(chain: SubscriptionChain, one: AuditedLine): BilledCycle | undefined {
  return chain.cycles.find((cycle) => cycle.cancellations.includes(one));
}

function evidenceOf(chain: SubscriptionChain, one: AuditedLine): Detection<Message>['evidence'] {
  const charge = cycleWith(chain, one)?.charge ?? null;
  return [{ line: one, label: 'credit' }, ...(charge === null ? [] : [{ line: charge, label: 'charge of the cycle' }])];
}

type Wrong = Pick<Detection<Message>, 'message' | 'values' | 'amounts' | 'figure' | 'working' | 'confidence'>;

/** A cancellation within a month that also changed seats is split by Microsoft in its own way; only plain cancellations have one right period. */
function isPlain(one: AuditedLine): boolean {
  return !/instance/i.test(one.line.chargeType);
}

function wrongDays(chain: SubscriptionChain, one: AuditedLine, charge: ExpectedCharge): Wrong | null {
  const cycle = cycleWith(chain, one);
  const { firstDay, lastDay } = one.line;
  if (cycle === undefined || firstDay === null || lastDay === null || !isPlain(one)) return null;
  const printed = one.line.heading.layout === 'new-commerce' ? eventDay(one, cycle) : null;
  // Legacy files print no day of cancellation beside the days credited; the partner's own record does.
  const recorded = cancellationsOf(chain).find((cancellation) => cancellation.line === one)?.event?.day;
  const cancelled = recorded ?? printed ?? firstDay;
  // A credit of the whole cycle is a full refund, whatever the day: it goes back to the start.
  const rightFirst: Day = firstDay === cycle.cycle.firstDay ? firstDay : cancelled;
  const rightLast = cycle.cycle.lastDay;
  if ((rightFirst === firstDay && rightLast === lastDay) || rightFirst > rightLast) return null;
  const facts = { ...charge.facts, billed: daysInclusive(rightFirst, rightLast) };
  const figure = figureBy(one, facts);
  const expected = amountOf(figure);
  const right = periodText({ firstDay: rightFirst, lastDay: rightLast });
  return {
    message: 'wrong-days',
    values: { right, expected: money(one, expected) },
    amounts: { billed: one.line.amount, expected },
    figure,
    working: [
      ...workingOf(one, charge),
      `unused days ${right}: ${facts.billed} of ${facts.whole}; by ${one.judgedBy} ${stepsOf(one.judgedBy, facts)}, ${money(one, expected)}`,
    ],
    confidence: 'likely',
  };
}

function wrongQuantity(chain: SubscriptionChain, one: AuditedLine, charge: ExpectedCharge): Wrong | null {
  const cycle = cycleWith(chain, one);
  if (cycle === undefined || one.line.firstDay === null || !isPlain(one)) return null;
  const licences = licencesOn(cycle, one.line.firstDay);
  if (licences === null || licences.isZero() || licences.isNegative()) return null;
  const together = cycle.cancellations.filter((other) => other.line.firstDay === one.line.firstDay && other.line.amount.isNegative());
  const taken: Decimal = sum(together.map((other) => other.line.quantity.abs()));
  if (taken.eq(licences) || one.line.quantity.abs().eq(licences)) return null;
  const right = licences.minus(taken.minus(one.line.quantity.abs()));
  const facts = { ...charge.facts, quantity: right.isNegative() ? licences : right };
  const figure = figureBy(one, facts);
  const expected = amountOf(figure);
  return {
    message: 'wrong-quantity',
    values: { quantity: one.line.quantity.abs().toString(), licences: licences.toString(), expected: money(one, expected) },
    amounts: { billed: one.line.amount, expected },
    figure,
    working: [
      ...workingOf(one, charge),
      `licences in force on ${periodText(one.line).slice(0, 10)}: ${licences.toString()}; by ${one.judgedBy} ${stepsOf(one.judgedBy, facts)}, ${money(one, expected)}`,
    ],
    confidence: 'likely',
  };
}
