import { cycleDays } from '../domain/cycles.ts';
import { addDays } from '../domain/days.ts';
import { cancellationsOf } from '../domain/cancellations.ts';
import { licencesOn } from '../domain/licences.ts';
import { ZERO } from '../domain/money.ts';
import { wholeMonths } from '../domain/cycles.ts';
import { money, periodText, shown } from '../domain/working.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

export const periodNotBilled = defineRule({
  code: 'LC05',
  name: 'period-not-billed',
  title: 'A whole cycle between two billed cycles has no charge',
  scope: 'subscription',
  severity: 'info',
  citations: [cite('billing-overview-2021', 'The next period of a licence-based service is billed in advance, every period.')],
  docs: {
    checks:
      'Between two billed cycles of a subscription that was not cancelled, whole cycles without any charge, although the given files bill other subscriptions for those days.',
    why: 'A period that was forgotten is usually billed later; better to have set the money aside.',
    example: 'Billed for March and May, not for April.',
    remedy: 'Set the amount aside and expect a late charge.',
  },
  messages: { gap: '{period} is not billed between {before} and {after}; it would cost {expected}' },
  *check(chain, context) {
    const billed = chain.cycles.filter((cycle) => cycle.charge !== null);
    for (const [position, next] of billed.entries()) {
      const before = billed[position - 1];
      const { charge } = next;
      if (before?.charge == null || charge === null) continue;
      const firstDay = addDays(before.cycle.lastDay, 1);
      const lastDay = addDays(next.cycle.firstDay, -1);
      const months = firstDay <= lastDay ? wholeMonths(firstDay, lastDay) : null;
      const length = wholeMonths(before.cycle.firstDay, before.cycle.lastDay);
      if (
        months === null ||
        length === null ||
        months % length !== 0 ||
        !context.invoices.hasChargesBetween(chain.layout, firstDay, lastDay)
      )
        continue;
      if (cancellationsOf(chain).some((one) => one.day >= before.cycle.firstDay && one.day <= lastDay)) continue;
      const licences = licencesOn(before, before.cycle.lastDay) ?? before.charge.line.quantity.abs();
      const price = before.charge.recalculation.status === 'recalculated' ? before.charge.recalculation.facts.price : null;
      const expected = price === null ? null : price.times(licences).times(months / length);
      yield {
        message: 'gap',
        values: {
          period: periodText({ firstDay, lastDay }),
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
          `no charge of this subscription begins from ${periodText({ firstDay, lastDay })}, ${months / length} cycles; other subscriptions are billed in those days`,
          ...(price === null || expected === null
            ? []
            : [
                `${shown(price)} × ${licences.toString()} licences × ${months / length} = ${money(charge, expected)}; a cycle before has ${cycleDays(before.cycle)} days`,
              ]),
        ],
        confidence: 'likely',
        nextAction: 'Set the amount aside; a late charge is likely.',
      };
    }
  },
});
