import { sum } from '../domain/numbers/money.ts';
import { chargedIn, creditsIn } from '../domain/charges/signed-lines.ts';
import { money, periodText } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

const CUSTOMER_CREDITS = cite('charge-types', 'Customer credits give back charges of the same subscription.');

export const creditExceedsCharge = defineRule({
  code: 'CR06',
  name: 'credit-exceeds-charge',
  title: 'More is credited than was charged',
  scope: 'subscription',
  severity: 'error',
  citations: [
    cite('billing-overview-2021', 'Credits are for unused days or mistakes of a period: they cannot exceed what it was charged.'),
  ],
  caseCitations: [CUSTOMER_CREDITS],
  docs: {
    checks:
      'The credits of a subscription and charge cycle (cancellations, customer credits) against what the files charge for that cycle, seat changes included.',
    why: 'Money credited by mistake is taken back later, often when nobody remembers the case; better to know now.',
    example: 'Charged 100.80, credited −120.00.',
    remedy: 'Set the surplus aside and ask Microsoft; expect a correction.',
  },
  messages: { exceeds: 'cycle {period} was charged {charged} and credited {credited}' },
  *check(chain) {
    for (const cycle of chain.cycles) {
      const credits = creditsIn(cycle);
      const [latest] = [...credits].reverse();
      if (latest === undefined) continue;
      if (cycle.charge === null) {
        yield { unchecked: 'charge-not-in-files', line: latest };
        continue;
      }
      const credited = sum(credits.map((one) => one.line.amount));
      const charged = chargedIn(cycle);
      if (credited.abs().lte(charged)) continue;
      yield {
        message: 'exceeds',
        values: { period: periodText(cycle.cycle), charged: money(latest, charged), credited: money(latest, credited) },
        evidence: [
          ...[...credits].reverse().map((line) => ({ line, label: 'credit' })),
          ...cycle.lines.filter((line) => !credits.includes(line)).map((line) => ({ line, label: 'charge' })),
        ],
        // The credit that is too much may be of earlier days than one of the months before.
        isAboutAudited: credits.some((one) => one.line.isAudited),
        amounts: { billed: credited, expected: charged.negated() },
        working: [
          `charged for ${periodText(cycle.cycle)}: ${money(latest, charged)}`,
          `credited: ${credits.map((one) => one.line.amount.toString()).join(' ')} = ${money(latest, credited)}`,
        ],
        confidence: 'certain',
        citations: credits.some((one) => one.line.kind === 'adjustment') ? [CUSTOMER_CREDITS] : [],
        nextAction: 'Set the surplus aside and ask Microsoft in a billing ticket; expect a correction.',
      };
    }
  },
});
