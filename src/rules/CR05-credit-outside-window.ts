import { creditFigures } from '../domain/credits/credit-figures.ts';
import { cancellationsOf, type Cancellation } from '../domain/credits/cancellations.ts';
import { addDays, isoDay, type Day } from '../domain/calendar/days.ts';
import type { Detection, ParameterUse, Unchecked } from '../domain/findings/finding.ts';
import { licencesOn } from '../domain/charges/licences.ts';
import { sum, ZERO } from '../domain/numbers/money.ts';
import { otherCancellations } from '../domain/charges/other-purchases.ts';
import { batchesLeft, batchText, decreasesOf, seatBatches, type SeatDecrease } from '../domain/charges/seat-batches.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../domain/charges/subjects.ts';
import { isExtendedServiceTerm, termOf } from '../domain/calendar/terms.ts';
import { showWindow, verdictAt, type Moment, type Verdict, type Window } from '../domain/calendar/window.ts';
import { boundedWorking, money, periodText, workingOf } from '../domain/proration/working.ts';
import { legacyRefundRule } from '../policy/cancellations/legacy-exceptions.ts';
import { CREDIT_CITATIONS, creditBasis, FORMULA_CITATIONS, formulaBasis, joined, type FormulaBasis } from '../policy/formula-basis.ts';
import { licenceTerms, verdictIn } from '../policy/licence-terms.ts';
import { lateFullCredit, lateFullCreditParameters } from '../policy/cancellations/late-full-credit.ts';
import { openSeats } from '../policy/cancellations/open-seats.ts';
import { OTHER_WINDOWS, otherReadings, otherTerms, otherVerdict } from '../policy/cancellations/other-refunds.ts';
import { useOf, valueOn, type Dated } from '../policy/parameter.ts';
import { marketplaceInstalments } from '../policy/parameters/marketplace.ts';
import { microsoft365A1Request } from '../policy/parameters/microsoft-365-a1.ts';
import { newCommerceCancellationWindow } from '../policy/parameters/new-commerce-cancellation-window.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { savingsPlanCancellation } from '../policy/parameters/savings-plan.ts';
import { linuxPlanReturn, softwareSubscriptionRefund } from '../policy/parameters/software.ts';
import { partialUpgradeWindow, seatReduction, upgradeCancellation } from '../policy/parameters/upgrades.ts';
import { defineRule } from './rule.ts';

type Message = 'outside' | 'boundary' | 'in-full' | 'no-window' | 'decrease' | 'decrease-boundary';

export const creditOutsideWindow = defineRule({
  code: 'CR05',
  name: 'credit-outside-window',
  title: 'A credit was given that the policy of its date did not grant',
  scope: 'subscription',
  severity: 'warning',
  citations: [],
  caseCitations: [...CREDIT_CITATIONS, ...FORMULA_CITATIONS],
  parameters: [
    newCommerceCancellationWindow,
    partialUpgradeWindow,
    seatReduction,
    upgradeCancellation,
    microsoft365A1Request,
    ...lateFullCreditParameters,
    ...OTHER_WINDOWS,
    marketplaceInstalments,
    softwareSubscriptionRefund,
    savingsPlanCancellation,
    linuxPlanReturn,
    legacyProrationFormula,
    newCommerceProrationFormula,
  ],
  docs: {
    checks:
      'New-commerce cancellation credits and seat decreases dated after the window of the purchase, renewal or increase they fall under, credits of an upgrade before its renewal, credits of software and marketplace subscriptions after theirs, of savings plans on any day, and of Microsoft 365 A1 more than 30 days after purchase. Cycles credited in full after the full-refund window, where the unused days alone come back: new commerce inside its window, legacy after the day until which a full refund can be requested, unless your record says that it was, and a legacy renewal after the window that one text gives it. Extended service terms, known by their name, can be cancelled on any day and are left alone.',
    why: 'Such a credit is a courtesy or a mistake; a mistake is taken back later.',
    example: 'Bought on 1 March, cancelled on 20 March, credited −40.00.',
    remedy: 'Keep the proof of what Microsoft granted; do not pass the money on before it is confirmed.',
  },
  messages: {
    outside: 'credited {credit} on {day}, {elapsed} days after {start}; the window was {window}',
    boundary: 'credited {credit} on {day}, {elapsed} days after {start}; whether that is inside the window of {window} is left open',
    'in-full':
      'credited {credit} on {day}, the whole charge, {elapsed} days after {start}; the full-refund window of {window} was over, and the unused days are {unused}',
    'no-window': 'credited {credit} on {day}; {reason}',
    decrease: '{seats} licences were given back on {day} for {credit}; {open} of them were inside a window of their own',
    'decrease-boundary':
      '{seats} licences were given back on {day} for {credit}; whether all of them were inside a window of their own is left open',
  },
  *check(chain) {
    if (chain.layout === 'legacy-licence') yield* legacyCredits(chain);
    else {
      yield* licenceCredits(chain);
      yield* seatDecreases(chain);
      yield* otherCredits(chain);
    }
  },
});

function* legacyCredits(chain: SubscriptionChain): Generator<Detection<Message> | Unchecked> {
  for (const cancelled of cancellationsOf(chain)) {
    const credit = cancelled.line;
    const judged = credit?.line.amount.isNegative() === true ? judgeA1(chain, credit, cancelled) : null;
    if (judged !== null) yield judged;
    else yield* lateFullCredit(chain, cancelled, null);
  }
}

function* licenceCredits(chain: SubscriptionChain): Generator<Detection<Message> | Unchecked> {
  const cancellations = cancellationsOf(chain);
  for (const [position, cancelled] of cancellations.entries()) {
    const credit = cancelled.line;
    if (credit === null || !credit.line.amount.isNegative()) continue;
    const earlier = cancellations.slice(0, position).filter((one) => one.day < cancelled.day && one.reactivatedOn === null);
    yield* judgeLicence(chain, credit, cancelled, earlier);
  }
}

function* judgeLicence(
  chain: SubscriptionChain,
  credit: AuditedLine,
  cancelled: Cancellation,
  earlier: readonly Cancellation[],
): Generator<Detection<Message> | Unchecked> {
  const terms = licenceTerms(chain, cancelled);
  if (terms?.kind === 'any-day') return;
  if (terms?.kind === 'none') {
    yield withoutWindow(credit, cancelled.day, 'an upgrade has no cancellation window until it renews', terms.parametersUsed);
    return;
  }
  if (terms === null && (isExtendedServiceTerm(credit.line) || chain.conversion !== null)) {
    yield { unchecked: chain.conversion?.kind === 'unknown' ? 'purchase-day-unknown' : 'policy-unknown', line: credit };
    return;
  }
  const opening = seatBatches(chain).findLast((batch) => batch.kind !== 'increase' && batch.start.day <= cancelled.day);
  // Without the purchase or renewal in the files nothing is known of its window; a renewal may stand in a file that is not given.
  const charge = opening?.lines[0]?.line;
  const term = charge === undefined ? null : termOf(charge);
  if (opening === undefined || (term !== null && term.lastDay < cancelled.day)) return;
  if (terms === null) {
    yield { unchecked: 'policy-unknown', line: credit };
    return;
  }
  const verdict = verdictIn(terms, cancelled);
  if (verdict === 'inside') {
    yield* lateFullCredit(chain, cancelled, terms);
    return;
  }
  // After a cancellation in time a further credit takes back what was billed all the same (LC07): it corrects and is no courtesy.
  const isInTime = (one: Cancellation): boolean => {
    return one.line?.line.amount.isNegative() === true || verdictIn(terms, one) !== 'outside';
  };
  if (earlier.some(isInTime)) return;
  const open = { ...terms, at: cancelled.day, verdict, reading: terms.reading === '' ? HOUR_DECIDES : terms.reading };
  yield finding(credit, open);
}

const HOUR_DECIDES = 'the hour decides';

/** Seats may only be given back inside the window of the batch they were bought with. */
function* seatDecreases(chain: SubscriptionChain): Generator<Detection<Message> | Unchecked> {
  for (const cycle of chain.cycles) {
    for (const change of decreasesOf(cycle)) yield* judgeDecrease(chain, cycle, change);
  }
}

function* judgeDecrease(chain: SubscriptionChain, cycle: BilledCycle, change: SeatDecrease): Generator<Detection<Message> | Unchecked> {
  const { day, seats, credit, lines } = change;
  const lead = lines.find((one) => one.line.sign < 0);
  if (lead === undefined || isExtendedServiceTerm(lead.line) || !credit.isNegative()) return;
  const opening = seatBatches(chain).findLast((batch) => batch.kind !== 'increase' && batch.start.day <= day);
  const known = batchesLeft(chain, addDays(day, -1)).filter((batch) => batch.start.day >= (opening?.start.day ?? day));
  const before = licencesOn({ ...cycle, changes: cycle.changes.filter((one) => !lines.includes(one)) }, addDays(day, -1));
  const start = opening?.start.day ?? null;
  // Every seat in force must be known by its batch: one that was added in a month not given may still have been inside.
  if (start === null || (start < day && (before === null || sum(known.map((batch) => batch.seats)).lt(before)))) {
    yield { unchecked: 'purchase-day-unknown', line: lead };
    return;
  }
  const first = known.reduce<Day>((least, batch) => (batch.start.day < least ? batch.start.day : least), day);
  const policy = valueOn(seatReduction, first, chain.ownTerms);
  // What a ticket gave back was asked for: nothing published says until when.
  if (policy === null || policy.value === 'by-ticket') {
    yield { unchecked: 'policy-unknown', line: lead };
    return;
  }
  const open = openSeats(chain, change);
  if (open === null || (open.seats.gte(seats) && open.isCertain)) return;
  const isBoundary = open.seats.gte(seats);
  const figures = isBoundary || open.seats.isZero() ? null : creditFigures(cycle.charge ?? lead, cycle, open.seats, day);
  const inside = figures?.amount ?? ZERO;
  const dated = valueOn(newCommerceCancellationWindow, start, chain.ownTerms);
  const own = lines.map((line) => howWorkedOut(line));
  const basis = figures === null ? [] : [creditBasis(cycle.charge ?? lead)];
  const grounds = joined([...basis, ...own]);
  yield {
    message: isBoundary ? 'decrease-boundary' : 'decrease',
    values: { seats: seats.toString(), day: isoDay(day), credit: money(lead, credit), open: open.seats.toString() },
    evidence: [
      { line: lead, label: 'credit half' },
      ...lines.filter((one) => one !== lead).map((line) => ({ line, label: 'seat change' })),
    ],
    severity: isBoundary ? 'info' : 'warning',
    amounts: { billed: credit, expected: inside.isZero() ? ZERO : inside.negated() },
    figure: figures?.figure,
    working: [
      `given back on ${isoDay(day)}: ${seats.toString()} licences, the two halves add up to ${money(lead, credit)}`,
      ...known.map((batch) => `${batchText(batch)}: ${dated === null ? 'window unknown' : showWindow(dated.value)}`),
      `inside a window of their own on that day: ${open.seats.toString()}, worth ${money(lead, inside)}`,
      ...(figures?.steps ?? []),
      ...own.flatMap(({ working }) => working),
    ],
    confidence: isBoundary ? 'possible' : 'likely',
    nextAction: NEXT_ACTION,
    parametersUsed: [
      useOf(seatReduction, policy),
      ...(open.parametersUsed.length > 0 || dated === null ? open.parametersUsed : [useOf(newCommerceCancellationWindow, dated)]),
      ...grounds.parametersUsed,
    ],
    citations: grounds.citations,
  };
}

function* otherCredits(chain: SubscriptionChain): Generator<Detection<Message> | Unchecked> {
  for (const cancelled of otherCancellations(chain)) {
    const { line: credit, purchase } = cancelled;
    if (credit === null || credit.line.amount.isZero()) continue;
    const terms = otherTerms(purchase);
    if (terms === null) yield { unchecked: 'policy-unknown', line: credit };
    else if (terms.isFinal) yield withoutWindow(credit, cancelled.day, `${terms.name} cannot be given back`, terms.parametersUsed);
    else {
      const verdict = otherVerdict(terms, purchase, cancelled);
      const reading = otherReadings(terms).join('; ');
      const { dated } = terms;
      const parametersUsed = [...terms.parametersUsed, ...(verdict === 'outside' ? terms.instalments : [])];
      const open = {
        start: purchase.start,
        at: cancelled.day,
        dated,
        verdict,
        reading: reading === '' ? HOUR_DECIDES : reading,
        parametersUsed,
      };
      if (verdict !== 'inside') yield finding(credit, open);
    }
  }
}

function judgeA1(chain: SubscriptionChain, credit: AuditedLine, cancelled: Cancellation): Detection<Message> | null {
  const { purchase } = chain;
  if (purchase === null || legacyRefundRule(chain, purchase.day) !== 'microsoft-365-a1') return null;
  const dated = valueOn(microsoft365A1Request, purchase.day, chain.ownTerms);
  // Whether day 30 itself is inside is left open: the credit of that day is not accused.
  if (dated === null || verdictAt(purchase, cancelled, dated.value) !== 'outside') return null;
  const parametersUsed = [useOf(microsoft365A1Request, dated)];
  return finding(credit, { start: purchase, at: cancelled.day, dated, verdict: 'outside', reading: '', parametersUsed });
}

/** How a credit of licences comes to its amount: its formula with numbers, every convention, and what these rest on. */
function howWorkedOut(credit: AuditedLine): FormulaBasis & { readonly working: readonly string[] } {
  const { recalculation } = credit;
  if (recalculation.status === 'unchecked') return { working: [], citations: [], parametersUsed: [] };
  const working = recalculation.status === 'bounded' ? boundedWorking(credit, recalculation) : workingOf(credit, recalculation);
  const amount = `${credit.line.chargeType} of ${periodText(credit.line)}, ${money(credit, credit.line.amount)}:`;
  return { working: [amount, ...working.map((step) => `  ${step}`)], ...formulaBasis(credit) };
}

const NEXT_ACTION = 'Keep the proof of what Microsoft granted, and expect a correction where there is none.';

interface Judged {
  readonly start: Moment;
  readonly at: Day;
  readonly dated: Dated<Window>;
  readonly verdict: Verdict;
  /** Why it is a boundary. */
  readonly reading: string;
  readonly parametersUsed: readonly ParameterUse[];
}

function finding(credit: AuditedLine, { start, at, dated, verdict, reading, parametersUsed }: Judged): Detection<Message> {
  const isBoundary = verdict === 'boundary';
  const own = howWorkedOut(credit);
  return {
    message: isBoundary ? 'boundary' : 'outside',
    values: {
      credit: money(credit, credit.line.amount),
      day: isoDay(at),
      elapsed: String(at - start.day),
      start: isoDay(start.day),
      window: showWindow(dated.value),
    },
    evidence: [{ line: credit, label: 'credit' }],
    severity: isBoundary ? 'info' : 'warning',
    amounts: { billed: credit.line.amount, expected: ZERO },
    working: [
      `window opened ${isoDay(start.day)}, ${showWindow(dated.value)}, in force from ${dated.since} (${dated.basis}); credit of ${periodText(credit.line)} dated ${isoDay(at)}`,
      ...(isBoundary ? [`${reading}: by the lenient reading the credit was due, by the strict one it was not`] : []),
      ...own.working,
    ],
    confidence: isBoundary ? 'possible' : 'likely',
    nextAction: NEXT_ACTION,
    citations: own.citations,
    parametersUsed: [...parametersUsed, ...own.parametersUsed],
  };
}

function withoutWindow(credit: AuditedLine, day: Day, reason: string, parametersUsed: readonly ParameterUse[]): Detection<Message> {
  const own = howWorkedOut(credit);
  return {
    message: 'no-window',
    values: { credit: money(credit, credit.line.amount), day: isoDay(day), reason },
    evidence: [{ line: credit, label: 'credit' }],
    amounts: { billed: credit.line.amount, expected: ZERO },
    working: [`credit of ${periodText(credit.line)} dated ${isoDay(day)}: ${reason}`, ...own.working],
    confidence: 'likely',
    nextAction: NEXT_ACTION,
    citations: own.citations,
    parametersUsed: [...parametersUsed, ...own.parametersUsed],
  };
}
