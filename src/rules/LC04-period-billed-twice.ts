import { figureOf, stepsOf } from '../domain/proration/conventions.ts';
import { isWholeByShape } from '../domain/calendar/cycles.ts';
import { addDays, addMonths, daysInclusive } from '../domain/calendar/days.ts';
import { effectiveCharges, type EffectiveCharge } from '../domain/charges/effective-charges.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { ZERO, type Decimal } from '../domain/numbers/money.ts';
import type { SubscriptionChain } from '../domain/charges/subjects.ts';
import { money, periodText } from '../domain/proration/working.ts';
import { PRORATION_CITATIONS, prorationBasis } from '../policy/formula-basis.ts';
import { cite } from '../policy/citations.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

const LEGACY_EXCEPTION = cite(
  'scenarios-annual',
  'Published exception: the yearly charges of legacy multi-year terms overlap by one month.',
);

export const periodBilledTwice = defineRule({
  code: 'LC04',
  name: 'period-billed-twice',
  title: 'Two charges of one subscription pay for the same days',
  scope: 'subscription',
  severity: 'error',
  citations: [cite('charge-types', 'A cycle fee is the recurring charge of one period; a renewal begins a new one.')],
  caseCitations: [LEGACY_EXCEPTION, ...PRORATION_CITATIONS],
  parameters: [legacyProrationFormula, newCommerceProrationFormula],
  docs: {
    checks:
      'Two positive charges (purchase, renewal, cycle, conversion, billing-plan change) of one subscription and product whose days overlap, after credits, cancellations and reversals are taken off. The two parts of an E5 suite and the one-month overlap of legacy multi-year terms are known and left alone.',
    why: 'The same licence is paid twice for the same days, though no two lines are equal.',
    example: 'A renewal of 1 June to 30 June and a cycle charge of 15 June to 14 July: 16 days are billed twice.',
    remedy: 'Ask for the days billed twice to be credited; name both lines.',
  },
  messages: {
    overlaps: '{period} is billed {billed} although {earlier} already pays for {days} of its days; the rest is worth {expected}',
  },
  *check(chain) {
    const charges = [...effectiveCharges(chain)].sort((a, b) => a.firstDay - b.firstDay || a.lastDay - b.lastDay);
    for (const [position, later] of charges.entries()) {
      const earlier = charges.slice(0, position).find((one) => one.lastDay >= later.firstDay && !isKnownLookAlike(chain, one, later));
      if (earlier !== undefined) yield overlap(earlier, later);
    }
  },
});

function isKnownLookAlike(chain: SubscriptionChain, a: EffectiveCharge, b: EffectiveCharge): boolean {
  return isSameLine(a, b) || (chain.layout === 'legacy-licence' && isMultiYearOverlap(a, b));
}

/** DU01's matter. */
function isSameLine(a: EffectiveCharge, b: EffectiveCharge): boolean {
  const [one, other] = [a.charge.line, b.charge.line];
  return (
    one.chargeType.toLowerCase() === other.chargeType.toLowerCase() &&
    one.firstDay === other.firstDay &&
    one.lastDay === other.lastDay &&
    one.quantity.eq(other.quantity) &&
    one.amount.eq(other.amount)
  );
}

/** Legacy terms of several years: the next yearly charge begins one month before the one before it ends. */
function isMultiYearOverlap(a: EffectiveCharge, b: EffectiveCharge): boolean {
  const { termFirstDay, termLastDay } = b.charge.line;
  if (termFirstDay !== null && termLastDay !== null && daysInclusive(termFirstDay, termLastDay) <= 366) return false;
  const areYears = isWholeByShape(a.firstDay, a.lastDay, 12) && isWholeByShape(b.firstDay, b.lastDay, 12);
  return areYears && addMonths(b.firstDay, 1) === addDays(a.lastDay, 1);
}

function overlap(earlier: EffectiveCharge, later: EffectiveCharge): Detection<'overlaps'> {
  const one = later.charge;
  const lastShared = earlier.lastDay < later.lastDay ? earlier.lastDay : later.lastDay;
  const shared = daysInclusive(later.firstDay, lastShared);
  const rest = daysInclusive(later.firstDay, later.lastDay) - shared;
  const expected = restAmount(later, rest);
  const { citations, parametersUsed } = expected === null || rest === 0 ? { citations: [], parametersUsed: [] } : prorationBasis(one);
  return {
    message: 'overlaps',
    values: {
      period: periodText(one.line),
      billed: money(one, one.line.amount),
      earlier: periodText(earlier.charge.line),
      days: String(shared),
      expected: expected === null ? 'unknown' : money(one, expected),
    },
    evidence: [
      { line: one, label: 'later charge' },
      { line: earlier.charge, label: 'earlier charge' },
    ],
    // A charge that comes late may be the one whose days begin earlier.
    isAboutAudited: one.line.isAudited || earlier.charge.line.isAudited,
    amounts: expected === null ? null : { billed: one.line.amount, expected },
    working: [
      `earlier charge ${periodText(earlier.charge.line)}${earlier.lastDay === earlier.charge.line.lastDay ? '' : `, paid for until ${periodText(earlier)} after credits`}: ${money(one, earlier.charge.line.amount)}`,
      `later charge ${periodText(one.line)}: ${money(one, one.line.amount)}`,
      `days in both: ${periodText({ firstDay: later.firstDay, lastDay: lastShared })}, ${shared}; days of the later charge not billed before: ${rest}`,
      ...(expected === null ? [] : [`${rest} days by ${one.judgedBy}: ${restSteps(later, rest)}${money(one, expected)}`]),
    ],
    confidence: 'certain',
    citations: [...(one.line.heading.layout === 'legacy-licence' ? [LEGACY_EXCEPTION] : []), ...citations],
    parametersUsed,
    nextAction: 'Open a billing ticket for the days billed twice; name both lines.',
  };
}

function restAmount(later: EffectiveCharge, days: number): Decimal | null {
  if (days === 0) return ZERO;
  const { recalculation, judgedBy } = later.charge;
  return recalculation.status === 'recalculated' ? figureOf(judgedBy, { ...recalculation.facts, billed: days }) : null;
}

/** The formula with its numbers, to stand before the amount. */
function restSteps({ charge }: EffectiveCharge, days: number): string {
  const { recalculation, judgedBy } = charge;
  if (days === 0 || recalculation.status !== 'recalculated') return '';
  return `${stepsOf(judgedBy, { ...recalculation.facts, billed: days })}, `;
}
