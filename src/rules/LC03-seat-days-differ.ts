import { cycleDays } from '../domain/calendar/cycles.ts';
import type { ExpectedCharge } from '../domain/proration/expected-charge.ts';
import { quantityChanges, seatDays } from '../domain/charges/licences.ts';
import { minorDigits, minorUnit, sum, type Decimal } from '../domain/numbers/money.ts';
import { roundHalfUp } from '../domain/numbers/rounding.ts';
import type { AuditedLine, BilledCycle } from '../domain/charges/subjects.ts';
import { money, periodText, shown, signed } from '../domain/proration/working.ts';
import { FORMULA_CITATIONS, joinedBasis } from '../policy/formula-basis.ts';
import { cite } from '../policy/citations.ts';
import { withEffectiveDecreases } from '../policy/cancellations/effective-decreases.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

interface Checked {
  readonly line: AuditedLine;
  readonly charge: ExpectedCharge;
}

const EXAMPLE = cite(
  'scenarios-recurring',
  'The eleven rows of the March 2022 seat history add up to 275.23; 711 seat-days at 12/31 are 275.2258.',
);

/** The net of a cycle against its seat-days: independent of the rounding question. */
export const seatDaysDiffer = defineRule({
  code: 'LC03',
  name: 'seat-days-differ',
  title: 'The net of a cycle is not its seat-days times the daily price',
  scope: 'subscription',
  severity: 'warning',
  citations: [cite('billing-overview-2021', 'Changes in the number of licences are prorated on licence-days.')],
  caseCitations: [EXAMPLE, ...FORMULA_CITATIONS],
  parameters: [legacyProrationFormula, newCommerceProrationFormula],
  docs: {
    checks:
      'In a cycle with seat changes, the cycle’s charge and both halves of every change must add up to the licences of each day × the daily price. Each line may depart by what the published conventions depart from the exact figure, and by one minor unit more.',
    why: 'Every line may follow a convention and the cycle may still be wrong: a change billed from another day than it was made, or a half with the wrong days.',
    example: '2 licences added on 20 June but billed from 18 June: both halves compute, yet two seats are billed for two days too many.',
    remedy: 'Compare the day of the change in Partner Center with the charge dates; ask for the difference in a billing ticket.',
  },
  messages: { differs: 'the lines of cycle {period} add up to {net}; {seatDays} seat-days at {price} for {days} days are {expected}' },
  *check(chain) {
    for (const cycle of chain.cycles) {
      const [firstChange] = cycle.changes;
      if (firstChange === undefined) continue;
      if (cycle.charge === null) {
        yield { unchecked: 'cycle-unknown', line: firstChange };
        continue;
      }
      const counted = [cycle.charge, ...quantityChanges(cycle)];
      const checked = counted.flatMap((line): readonly Checked[] => {
        return line.recalculation.status === 'recalculated' ? [{ line, charge: line.recalculation }] : [];
      });
      const price = checked[0]?.charge.facts.price;
      if (checked.length < counted.length || price === undefined) {
        yield { unchecked: 'full-price-unknown', line: cycle.charge };
        continue;
      }
      if (checked.some((one) => !one.charge.facts.price.eq(price) || !one.charge.facts.rate.eq(checked[0]?.charge.facts.rate ?? price))) {
        yield { unchecked: 'price-varies-in-cycle', line: cycle.charge };
        continue;
      }
      yield* compare(withEffectiveDecreases(chain, cycle), cycle.charge, checked, price);
    }
  },
});

function* compare(
  cycle: BilledCycle,
  charge: AuditedLine,
  checked: readonly Checked[],
  price: Decimal,
): Iterable<ReturnType<typeof finding>> {
  const days = seatDays(cycle);
  if (days === null) return;
  const { currency } = charge.line.heading;
  const rate = checked[0]?.charge.facts.rate ?? price;
  const net = sum(checked.map((one) => one.line.line.amount));
  const widened = minorUnit(currency).times(checked.length);
  if (isWithinBands(cycleDays(cycle.cycle), checked, days.times(price).times(rate), net, widened)) return;
  const exact = days.times(price).times(rate).div(cycleDays(cycle.cycle));
  let below = widened.negated();
  let above = widened;
  for (const { line, charge: expected } of checked) {
    const { facts } = expected;
    const own = signed(line, facts.price.times(facts.billed).times(facts.quantity).times(facts.rate).div(facts.whole));
    const [low, high] = line.line.sign < 0 ? [expected.highest.negated(), expected.lowest.negated()] : [expected.lowest, expected.highest];
    below = below.plus(low.minus(own));
    above = above.plus(high.minus(own));
  }
  const difference = net.minus(exact);
  if (difference.gte(below) && difference.lte(above)) return;
  yield finding(cycle, charge, checked, { days, price, exact, net, below, above });
}

/** Whether the net lies within the bands of the lines, all multiplied by the days of the cycle: what is not divided needs no rounding. */
function isWithinBands(whole: number, checked: readonly Checked[], exact: Decimal, net: Decimal, widened: Decimal): boolean {
  let below = widened.negated().times(whole);
  let above = widened.times(whole);
  for (const { line, charge } of checked) {
    const { facts } = charge;
    if (facts.whole !== whole) return false;
    const own = signed(line, facts.price.times(facts.billed).times(facts.quantity).times(facts.rate));
    const isCredit = line.line.sign < 0;
    below = below.plus((isCredit ? charge.highest.negated() : charge.lowest).times(whole)).minus(own);
    above = above.plus((isCredit ? charge.lowest.negated() : charge.highest).times(whole)).minus(own);
  }
  const difference = net.times(whole).minus(exact);
  return difference.gte(below) && difference.lte(above);
}

interface Sums {
  readonly days: Decimal;
  readonly price: Decimal;
  readonly exact: Decimal;
  readonly net: Decimal;
  readonly below: Decimal;
  readonly above: Decimal;
}

function finding(cycle: BilledCycle, charge: AuditedLine, checked: readonly Checked[], sums: Sums) {
  const expected = roundHalfUp(sums.exact, minorDigits(charge.line.heading.currency));
  const cycleLength = cycleDays(cycle.cycle);
  const basis = joinedBasis(checked.map((one) => one.line));
  return {
    message: 'differs' as const,
    values: {
      period: periodText(cycle.cycle),
      net: money(charge, sums.net),
      seatDays: sums.days.toString(),
      price: shown(sums.price),
      days: String(cycleLength),
      expected: money(charge, expected),
    },
    evidence: checked.map((one, position) => ({ line: one.line, label: position === 0 ? 'charge of the cycle' : 'seat change' })),
    // The cycle's charge stands first, and often in the file of the month before: the finding is of the month in which a line joins it.
    isAboutAudited: checked.some((one) => one.line.line.isAudited),
    restsOn: cycle.lines,
    amounts: {
      billed: sums.net,
      expected,
      lowest: roundHalfUp(sums.exact.plus(sums.below), minorDigits(charge.line.heading.currency)),
      highest: roundHalfUp(sums.exact.plus(sums.above), minorDigits(charge.line.heading.currency)),
    },
    citations: [...(charge.line.heading.layout === 'legacy-licence' ? [] : [EXAMPLE]), ...basis.citations],
    parametersUsed: basis.parametersUsed,
    working: [
      `seat-days of cycle ${periodText(cycle.cycle)}: ${sums.days.toString()}`,
      `${sums.days.toString()} × ${shown(sums.price)} / ${cycleLength} = ${shown(sums.exact)}`,
      `net of ${checked.length} lines: ${money(charge, sums.net)}`,
      `allowed by the conventions of each line and one minor unit a line: ${shown(sums.below)} to ${shown(sums.above)}`,
    ],
    confidence: 'likely' as const,
    nextAction: 'Compare the day of each change with its charge dates; open a billing ticket for the difference.',
  };
}
