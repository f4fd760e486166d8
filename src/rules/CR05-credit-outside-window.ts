import { addDays, isoDay, type Day } from '../domain/days.ts';
import type { Detection } from '../domain/finding.ts';
import { ZERO } from '../domain/money.ts';
import { seatBatches } from '../domain/seat-batches.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/subjects.ts';
import { showWindow, verdictAt, type Moment, type Window } from '../domain/window.ts';
import { money, periodText } from '../domain/working.ts';
import { cite } from '../policy/citations.ts';
import { legacyRefundRule } from '../policy/legacy-exceptions.ts';
import { useOf, valueOn, type DatedValue } from '../policy/parameter.ts';
import { microsoft365A1Request } from '../policy/parameters/microsoft-365-a1.ts';
import { newCommerceCancellationWindow } from '../policy/parameters/new-commerce-cancellation-window.ts';
import { defineRule } from './rule.ts';

type Message = 'outside' | 'boundary';

export const creditOutsideWindow = defineRule({
  code: 'CR05',
  name: 'credit-outside-window',
  title: 'A credit was given that the policy of its date did not grant',
  scope: 'subscription',
  severity: 'warning',
  citations: [
    cite(
      'cancellation-policy-2023',
      'New commerce: cancellation and reduction for a credit only within seven days of purchase, renewal or increase.',
    ),
    cite('window-extension-2022', 'For purchases before 2022-03-12 the window was 72 hours.'),
    cite('request-credit-2021', 'Microsoft 365 A1: no refunds after 30 days.'),
  ],
  parameters: [newCommerceCancellationWindow, microsoft365A1Request],
  docs: {
    checks:
      'New-commerce cancellation credits dated after the window of the purchase or renewal they fall under, and credits of Microsoft 365 A1 more than 30 days after purchase. Extended service terms can be cancelled at any time and are left alone.',
    why: 'Such a credit is a courtesy or a mistake; a mistake is taken back later.',
    example: 'Bought on 1 March, cancelled on 20 March, credited −40.00.',
    remedy: 'Keep the proof of what Microsoft granted; do not pass the money on before it is confirmed.',
  },
  messages: {
    outside: 'credited {credit} on {day}, {elapsed} days after {start}; the window was {window}',
    boundary: 'credited {credit} on {day}, {elapsed} days after {start}; whether that is inside the window of {window} depends on the hour',
  },
  *check(chain) {
    for (const credit of chain.lines) {
      if (credit.line.kind !== 'cancellation' || credit.line.heading.productKind !== 'licence' || !credit.line.amount.isNegative())
        continue;
      const judged = chain.layout === 'legacy-licence' ? judgeA1(chain, credit) : judgeNewCommerce(chain, credit);
      if (judged !== null) yield judged;
    }
  },
});

function judgeNewCommerce(chain: SubscriptionChain, credit: AuditedLine): Detection<Message> | null {
  const { orderDay, orderSecond, firstDay, heading } = credit.line;
  const day = orderDay ?? firstDay;
  if (day === null || /extended service/i.test(`${heading.termText} ${heading.productName}`)) return null;
  const at: Moment = { day, second: orderDay === null ? null : orderSecond };
  const openings = seatBatches(chain).filter((batch) => batch.kind !== 'increase' && batch.start.day <= day);
  const start = openings.at(-1)?.start ?? null;
  // Without the purchase or renewal in the files nothing is known of its window, unless the printed start already lies too far back.
  const dated = start === null ? null : valueOn(newCommerceCancellationWindow, start.day);
  if (start === null || dated === null) return null;
  const verdict = verdictAt(start, at, dated.value);
  return verdict === 'inside' ? null : finding(credit, start, at.day, verdict, newCommerceCancellationWindow, dated);
}

function judgeA1(chain: SubscriptionChain, credit: AuditedLine): Detection<Message> | null {
  const { purchase } = chain;
  const { firstDay } = credit.line;
  if (purchase === null || firstDay === null || legacyRefundRule(chain.productName, purchase.day) !== 'microsoft-365-a1') return null;
  const dated = valueOn(microsoft365A1Request, purchase.day);
  if (dated === null || firstDay <= addDays(purchase.day, dated.value.length)) return null;
  return finding(credit, purchase, firstDay, 'outside', microsoft365A1Request, dated);
}

function finding(
  credit: AuditedLine,
  start: Moment,
  day: Day,
  verdict: 'boundary' | 'outside',
  parameter: typeof newCommerceCancellationWindow,
  dated: DatedValue<Window> & { readonly value: Window },
): Detection<Message> {
  return {
    message: verdict,
    values: {
      credit: money(credit, credit.line.amount),
      day: isoDay(day),
      elapsed: String(day - start.day),
      start: isoDay(start.day),
      window: showWindow(dated.value),
    },
    evidence: [{ line: credit, label: 'credit' }],
    severity: verdict === 'boundary' ? 'info' : 'warning',
    amounts: { billed: credit.line.amount, expected: ZERO },
    working: [
      `window opened ${isoDay(start.day)}, ${showWindow(dated.value)}, in force from ${dated.since} (${dated.basis}); credit of ${periodText(credit.line)} dated ${isoDay(day)}`,
      ...(verdict === 'boundary' ? ['the hour decides: by the lenient reading the credit was due, by the strict one it was not'] : []),
    ],
    confidence: verdict === 'boundary' ? 'possible' : 'likely',
    nextAction: 'Keep the proof of what Microsoft granted, and expect a correction where there is none.',
    parametersUsed: [useOf(parameter, dated)],
  };
}
