import { stepsOf } from '../domain/proration/conventions.ts';
import { amountOf, type JudgedFigure } from '../domain/proration/judged-figure.ts';
import { addDays, isoDay } from '../domain/calendar/days.ts';
import type { Citation, Detection, Severity, Unchecked } from '../domain/findings/finding.ts';
import { eventDay, licencesOn } from '../domain/charges/licences.ts';
import type { Decimal } from '../domain/numbers/money.ts';
import { wrongSplitRows, type WrongSplitRow } from '../domain/charges/split-rows.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../domain/charges/subjects.ts';
import { figureBy, money, periodText } from '../domain/proration/working.ts';
import { FORMULA_CITATIONS, formulaBasis } from '../policy/formula-basis.ts';
import { cite } from '../policy/citations.ts';
import { withEffectiveDecreases } from '../policy/cancellations/effective-decreases.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

type Message = 'cycle-quantity' | 'renewal-smaller' | 'renewal-larger' | 'wipe-quantity' | 'split-quantity';

const NEXT_PERIOD = cite(
  'billing-overview-2021',
  'The next period is billed in advance on the number of licences at the end of the prior period.',
);
const BEFORE_AND_AFTER = cite('scenarios-recurring', 'A seat change credits the quantity before and charges the quantity after.');
const REVERSED_AND_SPLIT = cite(
  'scenarios-monthly',
  'Legacy: the old period is reversed and charged again by days before and after the change.',
);

/** The licences of one cycle must carry over into the next, and a seat change must start from the licences in force. */
export const quantityDiscontinuous = defineRule({
  code: 'LC02',
  name: 'quantity-discontinuous',
  title: 'A quantity does not follow from the lines before',
  scope: 'subscription',
  severity: 'error',
  citations: [],
  caseCitations: [NEXT_PERIOD, BEFORE_AND_AFTER, REVERSED_AND_SPLIT, ...FORMULA_CITATIONS],
  parameters: [legacyProrationFormula, newCommerceProrationFormula],
  docs: {
    checks:
      'A cycle charge bills the licences at the end of the cycle before it (the charge of that cycle, changed on its day by each seat change, of the files or of the record alone). A wipe or reversal takes back the quantity that was in force, and the days before a legacy change are charged again at that quantity. On a renewal another quantity is legal: a smaller one is noted, a larger one without a seat increase is a warning.',
    why: 'Seats that come from nowhere are billed every month until somebody counts.',
    example: '10 licences, 2 added on 20 June: the cycle of 18 July bills 14 instead of 12.',
    remedy: 'Compare with the subscription’s history in Partner Center; ask for the surplus in a billing ticket.',
  },
  messages: {
    'cycle-quantity': 'the cycle of {period} bills {quantity} licences; {before} were in force at the end of the cycle before',
    'renewal-smaller': 'the renewal of {period} bills {quantity} licences, fewer than the {before} before it',
    'renewal-larger':
      'the renewal of {period} bills {quantity} licences, more than the {before} before it, and no seat increase stands in the files',
    'wipe-quantity': 'a seat change of {day} takes back {quantity} licences; {before} were in force',
    'split-quantity': 'the days {period} before a seat change are charged again for {quantity} licences; {before} were taken back',
  },
  *check(chain) {
    yield* continuity(chain);
    for (const cycle of chain.cycles) yield* wipes(cycle);
  },
});

/** The charge of a cycle at another quantity, by the convention that judges it. */
function figureFor(one: AuditedLine, quantity: Decimal): JudgedFigure | undefined {
  const { recalculation } = one;
  return recalculation.status === 'recalculated' ? figureBy(one, { ...recalculation.facts, quantity }) : undefined;
}

function amountFor(one: AuditedLine, quantity: Decimal): Decimal | null {
  const figure = figureFor(one, quantity);
  return figure === undefined ? null : amountOf(figure);
}

/** The formula with its numbers, to stand before the amount. */
function stepsFor({ recalculation, judgedBy }: AuditedLine, quantity: Decimal): string {
  return recalculation.status === 'recalculated' ? `${stepsOf(judgedBy, { ...recalculation.facts, quantity })}, ` : '';
}

/** The clause on quantities, and what the amount at the right quantity rests on where it was worked out. */
function withFormula(one: AuditedLine, clause: Citation, isWorkedOut: boolean): Pick<Detection, 'citations' | 'parametersUsed'> {
  if (!isWorkedOut) return { citations: [clause] };
  const { citations, parametersUsed } = formulaBasis(one);
  return { citations: [clause, ...citations], parametersUsed };
}

function* continuity(chain: SubscriptionChain): Generator<Detection<Message> | Unchecked> {
  for (const cycle of chain.cycles) {
    const { charge } = cycle;
    const before = chain.cycles.find((other) => addDays(other.cycle.lastDay, 1) === cycle.cycle.firstDay);
    if (charge === null || before === undefined || charge.line.kind === 'conversion' || charge.line.kind === 'purchase') continue;
    // A decrease outside its window takes effect with the renewal.
    const counted = charge.line.kind === 'renewal' ? before : withEffectiveDecreases(chain, before);
    const licences = licencesOn(counted, before.cycle.lastDay);
    if (licences === null) {
      yield { unchecked: 'cycle-unknown', line: charge };
      continue;
    }
    // Licences that were cancelled are LC07's matter: nothing carries over.
    if (before.cancellations.some((one) => one.line.sign < 0) || charge.line.quantity.abs().eq(licences)) continue;
    yield discontinuity(cycle, charge, before, licences);
  }
}

function discontinuity(cycle: BilledCycle, charge: AuditedLine, before: BilledCycle, licences: Decimal): Detection<Message> {
  const quantity = charge.line.quantity.abs();
  const isRenewal = charge.line.kind === 'renewal';
  const isSmaller = quantity.lt(licences);
  const severity: Severity = !isRenewal ? 'error' : isSmaller ? 'info' : 'warning';
  const expected = isRenewal && isSmaller ? charge.line.amount : amountFor(charge, licences);
  return {
    message: !isRenewal ? 'cycle-quantity' : isSmaller ? 'renewal-smaller' : 'renewal-larger',
    values: { period: periodText(cycle.cycle), quantity: quantity.toString(), before: licences.toString() },
    evidence: [
      { line: charge, label: isRenewal ? 'renewal' : 'cycle charge' },
      ...(before.charge === null ? [] : [{ line: before.charge, label: 'charge of the cycle before' }]),
      ...before.changes.map((one) => ({ line: one, label: 'seat change' })),
    ],
    restsOn: [...before.lines, ...cycle.lines],
    ...withFormula(charge, NEXT_PERIOD, expected !== null && !expected.eq(charge.line.amount)),
    severity,
    amounts: expected === null ? null : { billed: charge.line.amount, expected },
    figure: isRenewal && isSmaller ? undefined : figureFor(charge, licences),
    working: [
      `cycle before ${periodText(before.cycle)}: charged for ${before.charge?.line.quantity.abs().toString() ?? '?'} licences, ${before.changes.length} seat-change rows, ${licences.toString()} licences on ${isoDay(before.cycle.lastDay)}`,
      `this cycle bills ${quantity.toString()} licences, ${money(charge, charge.line.amount)}`,
      ...(expected === null
        ? []
        : [`for ${licences.toString()} licences by ${charge.judgedBy}: ${stepsFor(charge, licences)}${money(charge, expected)}`]),
    ],
    confidence: 'likely',
    nextAction: isRenewal
      ? 'Confirm with the customer that the quantity was changed for the renewal.'
      : 'Compare with the subscription’s history; if no order explains the quantity, open a billing ticket for the difference.',
  };
}

function* wipes(cycle: BilledCycle): Generator<Detection<Message> | Unchecked> {
  const taken = cycle.changes.filter((one) => one.line.sign < 0);
  const [first] = taken;
  if (first === undefined) return;
  if (cycle.charge === null) {
    yield { unchecked: 'cycle-unknown', line: first };
    return;
  }
  if (first.line.heading.layout !== 'legacy-licence') {
    for (const wrong of unmatchedWipes(cycle, taken)) yield wipeFinding(cycle, wrong);
    return;
  }
  for (const wrong of unmatchedReversals(cycle, taken)) yield wipeFinding(cycle, wrong);
  for (const wrong of wrongSplitRows(cycle)) yield splitFinding(cycle, wrong);
}

interface WrongWipe {
  readonly line: AuditedLine;
  readonly before: Decimal;
}

/**
 * Several changes of one day have no order within it: a chain that works must take back the quantity in force before the day and every
 * quantity that another row of the day charged, except the last.
 */
function unmatchedWipes(cycle: BilledCycle, taken: readonly AuditedLine[]): readonly WrongWipe[] {
  const wrong: WrongWipe[] = [];
  for (const day of new Set(taken.map((one) => eventDay(one, cycle)))) {
    if (day === null) continue;
    const before = licencesOn({ ...cycle, changes: cycle.changes.filter((one) => eventDay(one, cycle) !== day) }, day);
    if (before === null) continue;
    const inForce = [
      before,
      ...cycle.changes.filter((one) => one.line.sign > 0 && eventDay(one, cycle) === day).map((one) => one.line.quantity.abs()),
    ];
    for (const one of taken.filter((wipe) => eventDay(wipe, cycle) === day)) {
      const place = inForce.findIndex((quantity) => quantity.eq(one.line.quantity.abs()));
      if (place < 0) wrong.push({ line: one, before });
      else inForce.splice(place, 1);
    }
  }
  return wrong;
}

/** A legacy reversal takes back a row of exactly its days: the cycle's charge or a split row of an earlier change. */
function unmatchedReversals(cycle: BilledCycle, taken: readonly AuditedLine[]): readonly WrongWipe[] {
  const charged = [cycle.charge, ...cycle.changes].filter((one): one is AuditedLine => one !== null && one.line.sign > 0);
  const wrong: WrongWipe[] = [];
  for (const one of taken) {
    const sameDays = charged.filter((row) => row.line.firstDay === one.line.firstDay && row.line.lastDay === one.line.lastDay);
    const match = sameDays.find((row) => row.line.quantity.abs().eq(one.line.quantity.abs()));
    if (match !== undefined) charged.splice(charged.indexOf(match), 1);
    else if (sameDays[0] !== undefined) wrong.push({ line: one, before: sameDays[0].line.quantity.abs() });
  }
  return wrong;
}

function wipeFinding(cycle: BilledCycle, { line, before }: WrongWipe): Detection<Message> {
  const day = eventDay(line, cycle) ?? cycle.cycle.firstDay;
  return {
    message: 'wipe-quantity',
    values: { day: isoDay(day), quantity: line.line.quantity.abs().toString(), before: before.toString() },
    ...changeFinding(cycle, { line, before }, 'credit half'),
    working: [
      `charge of the cycle ${periodText(cycle.cycle)}: ${cycle.charge?.line.quantity.abs().toString() ?? '?'} licences; in force before the change of ${isoDay(day)}: ${before.toString()}`,
      `taken back: ${line.line.quantity.abs().toString()} licences, ${money(line, line.line.amount)}`,
      ...rightAmount(line, before),
    ],
  };
}

function splitFinding(cycle: BilledCycle, { line, before }: WrongSplitRow): Detection<Message> {
  const { firstDay, lastDay, quantity } = line.line;
  const period = firstDay === null || lastDay === null ? periodText(cycle.cycle) : periodText({ firstDay, lastDay });
  return {
    message: 'split-quantity',
    values: { period, quantity: quantity.abs().toString(), before: before.toString() },
    ...changeFinding(cycle, { line, before }, 'split row before the change'),
    working: [
      `the period that was taken back had ${before.toString()} licences; its days ${period} are charged again for ${quantity.abs().toString()}, ${money(line, line.line.amount)}`,
      ...rightAmount(line, before),
    ],
  };
}

function rightAmount(line: AuditedLine, before: Decimal): readonly string[] {
  const expected = amountFor(line, before);
  return expected === null
    ? []
    : [`for ${before.toString()} licences by ${line.judgedBy}: ${stepsFor(line, before)}${money(line, expected)}`];
}

/** What the two findings about a row of a seat change share. */
function changeFinding(
  cycle: BilledCycle,
  { line, before }: WrongWipe,
  label: string,
): Pick<Detection, 'evidence' | 'restsOn' | 'citations' | 'parametersUsed' | 'amounts' | 'figure' | 'confidence' | 'nextAction'> {
  const expected = amountFor(line, before);
  return {
    evidence: [{ line, label }, ...(cycle.charge === null ? [] : [{ line: cycle.charge, label: 'charge of the cycle' }])],
    restsOn: cycle.lines,
    ...withFormula(line, line.line.heading.layout === 'legacy-licence' ? REVERSED_AND_SPLIT : BEFORE_AND_AFTER, expected !== null),
    amounts: expected === null ? null : { billed: line.line.amount, expected },
    figure: figureFor(line, before),
    confidence: 'likely',
    nextAction: 'Compare with the subscription’s history; if no order explains the quantity, open a billing ticket for the difference.',
  };
}
