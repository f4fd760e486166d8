import { cancellationsOf, type Cancellation } from '../domain/cancellations.ts';
import { isoDay, type Day } from '../domain/days.ts';
import type { Detection } from '../domain/finding.ts';
import { ZERO } from '../domain/money.ts';
import { seatBatches } from '../domain/seat-batches.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/subjects.ts';
import { termOf } from '../domain/terms.ts';
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
    const cancellations = cancellationsOf(chain);
    for (const [position, cancelled] of cancellations.entries()) {
      const credit = cancelled.line;
      if (credit === null || !credit.line.amount.isNegative()) continue;
      const earlier = cancellations.slice(0, position).filter((one) => one.day < cancelled.day && one.reactivatedOn === null);
      const judged =
        chain.layout === 'legacy-licence' ? judgeA1(chain, credit, cancelled) : judgeNewCommerce(chain, credit, cancelled, earlier);
      if (judged !== null) yield judged;
    }
  },
});

function judgeNewCommerce(
  chain: SubscriptionChain,
  credit: AuditedLine,
  cancelled: Cancellation,
  earlier: readonly Cancellation[],
): Detection<Message> | null {
  const { heading } = credit.line;
  if (/extended service/i.test(`${heading.termText} ${heading.productName}`)) return null;
  const opening = seatBatches(chain).findLast((batch) => batch.kind !== 'increase' && batch.start.day <= cancelled.day);
  // Without the purchase or renewal in the files nothing is known of its window; a renewal may stand in a file that is not given.
  const charge = opening?.lines[0]?.line;
  const term = charge === undefined ? null : termOf(charge);
  if (opening === undefined || (term !== null && term.lastDay < cancelled.day)) return null;
  const dated = valueOn(newCommerceCancellationWindow, opening.start.day, chain.ownTerms);
  const verdict = dated === null ? 'inside' : verdictAt(opening.start, cancelled, dated.value);
  if (dated === null || verdict === 'inside') return null;
  // After a cancellation in time a further credit takes back what was billed all the same (LC07): it corrects and is no courtesy.
  const isInTime = (one: Cancellation): boolean => {
    return one.line?.line.amount.isNegative() === true || verdictAt(opening.start, one, dated.value) !== 'outside';
  };
  if (earlier.some(isInTime)) return null;
  return finding(credit, opening.start, cancelled.day, verdict, newCommerceCancellationWindow, dated);
}

function judgeA1(chain: SubscriptionChain, credit: AuditedLine, cancelled: Cancellation): Detection<Message> | null {
  const { purchase } = chain;
  if (purchase === null || legacyRefundRule(chain, purchase.day) !== 'microsoft-365-a1') return null;
  const dated = valueOn(microsoft365A1Request, purchase.day, chain.ownTerms);
  // Whether day 30 itself is inside is left open: the credit of that day is not accused.
  if (dated === null || verdictAt(purchase, cancelled, dated.value) !== 'outside') return null;
  return finding(credit, purchase, cancelled.day, 'outside', microsoft365A1Request, dated);
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
