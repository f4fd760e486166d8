import { cancellationsOf } from '../domain/credits/cancellations.ts';
import { figureOf } from '../domain/proration/conventions.ts';
import { wholeMonths, type Cycle } from '../domain/calendar/cycles.ts';
import { addDays } from '../domain/calendar/days.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { licencesOn } from '../domain/charges/licences.ts';
import { ZERO } from '../domain/numbers/money.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../domain/charges/subjects.ts';
import { money, periodText, shown } from '../domain/proration/working.ts';
import { WHOLE_CITATIONS, wholeBasis } from '../policy/formula-basis.ts';
import { cite } from '../policy/citations.ts';
import { newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

export const periodNotBilled = defineRule({
  code: 'LC05',
  name: 'period-not-billed',
  title: 'A whole cycle between two billed cycles has no charge',
  scope: 'subscription',
  severity: 'info',
  citations: [cite('billing-overview-2021', 'The next period of a licence-based service is billed in advance, every period.')],
  caseCitations: WHOLE_CITATIONS,
  parameters: [newCommerceProrationFormula],
  docs: {
    checks:
      'Between two billed cycles of a subscription that was not cancelled, whole cycles without any charge, although the given files bill other subscriptions for those days.',
    why: 'A period that was forgotten is usually billed later; better to have set the money aside.',
    example: 'Billed for March and May, not for April.',
    remedy: 'Set the amount aside and expect a late charge.',
  },
  messages: { gap: '{period} is not billed between {before} and {after}; it would cost {expected}' },
  *check(chain, context) {
    const billed = chain.cycles.filter((cycle): cycle is Billed => cycle.charge !== null);
    for (const [position, next] of billed.entries()) {
      const before = billed[position - 1];
      if (before === undefined || next.charge.line.kind === 'purchase') continue;
      const gap = gapBetween(before.cycle, next.cycle);
      if (gap === null || isExplained(chain, before, gap)) continue;
      if (context.invoices.isMonthGiven(chain.layout, gap.firstDay)) yield finding(before, next, gap);
      else yield { unchecked: 'charge-not-in-files', line: next.charge };
    }
  },
});

type Billed = BilledCycle & { readonly charge: AuditedLine };
type Gap = Cycle & { readonly cycles: number };

/** The days between two cycles, where they are whole cycles of the length before them. */
function gapBetween(before: Cycle, next: Cycle): Gap | null {
  const firstDay = addDays(before.lastDay, 1);
  const lastDay = addDays(next.firstDay, -1);
  if (firstDay > lastDay) return null;
  const months = wholeMonths(firstDay, lastDay);
  const length = wholeMonths(before.firstDay, before.lastDay);
  return months === null || length === null || months % length !== 0 ? null : { firstDay, lastDay, cycles: months / length };
}

/** A cancellation or a conversion to another product ends the billing; a line of those days, be it of 0, bills them after all. */
function isExplained(chain: SubscriptionChain, before: Billed, gap: Gap): boolean {
  const isEnd = cancellationsOf(chain).some((one) => one.day >= before.cycle.firstDay && one.day <= gap.lastDay);
  const isConverted = before.lines.some((one) => one.line.kind === 'conversion' && one.line.sign < 0);
  const isBilled = chain.lines.some(({ line }) => {
    return line.firstDay !== null && line.lastDay !== null && line.firstDay <= gap.lastDay && gap.firstDay <= line.lastDay;
  });
  return isEnd || isConverted || isBilled;
}

function finding(before: Billed, next: Billed, gap: Gap): Detection<'gap'> {
  const { charge } = next;
  const licences = licencesOn(before, before.cycle.lastDay) ?? before.charge.line.quantity.abs();
  const { recalculation, judgedBy } = before.charge;
  const facts = recalculation.status === 'recalculated' ? { ...recalculation.facts, quantity: licences, billed: 1, whole: 1 } : null;
  const expected = facts === null ? null : figureOf(judgedBy, facts).times(gap.cycles);
  return {
    message: 'gap',
    values: {
      period: periodText(gap),
      before: periodText(before.cycle),
      after: periodText(next.cycle),
      expected: expected === null ? 'an unknown amount' : money(charge, expected),
    },
    evidence: [
      { line: charge, label: 'next charge' },
      { line: before.charge, label: 'charge before' },
    ],
    amounts: expected === null ? null : { billed: ZERO, expected },
    working: [
      `no charge of this subscription covers ${periodText(gap)}, ${gap.cycles} cycles; other charges begin in those days, so the file is given`,
      ...(facts === null || expected === null
        ? []
        : [`${shown(facts.price)} × ${licences.toString()} licences × ${gap.cycles} = ${money(charge, expected)}`]),
    ],
    confidence: 'likely',
    ...(expected === null ? {} : wholeBasis(before.charge)),
    nextAction: 'Set the amount aside; a late charge is likely.',
  };
}
