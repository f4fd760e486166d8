import type { Cancellation } from '../../domain/credits/cancellations.ts';
import { isoDay, type Day } from '../../domain/calendar/days.ts';
import type { Moment } from '../../domain/calendar/window.ts';
import type { AuditedLine, SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { Detection } from '../../domain/findings/finding.ts';
import { useOf, valueOn } from '../parameter.ts';
import { powerBiPremiumFixedCost, powerBiPremiumScope } from '../parameters/power-bi-premium.ts';
import { isPremiumPerUser, legacyRefundRule } from './legacy-exceptions.ts';
import { refundClaims } from './refund-claims.ts';

type Message = 'fixed-cost' | 'scope';

interface Place {
  /** What the finding is about. */
  readonly line: AuditedLine;
  readonly start: Moment;
  readonly asOf: Day;
}

/** What the sources leave open of the exception for Power BI Premium, where a cancellation turns on it. */
export function* powerBiReadings(chain: SubscriptionChain, cancelled: Cancellation, place: Place): Generator<Detection<Message>> {
  yield* ofFixedCost(chain, cancelled, place);
  yield* ofScope(chain, cancelled, place);
}

/** Power BI Premium: neither how its days are counted nor at which rate its dollars are converted is written anywhere. */
function* ofFixedCost(chain: SubscriptionChain, cancelled: Cancellation, { line, start, asOf }: Place): Generator<Detection<Message>> {
  const claims = legacyRefundRule(chain, start.day) === 'power-bi-premium' ? [...refundClaims(chain, asOf)] : [];
  const claim = claims.find(
    (one) => !('unchecked' in one) && one.cancelled.day === cancelled.day && one.amount.isPositive() && !one.amount.isZero(),
  );
  const use =
    claim === undefined || 'unchecked' in claim ? undefined : claim.parametersUsed.find((one) => one.id === powerBiPremiumFixedCost.id);
  if (use === undefined) return;
  yield {
    message: 'fixed-cost',
    values: { date: isoDay(cancelled.day), figure: powerBiPremiumFixedCost.title },
    evidence: [{ line, label: 'line' }],
    amounts: null,
    working: [
      `${powerBiPremiumFixedCost.id}: whole days from ${isoDay(start.day)} to ${isoDay(cancelled.day)}, ${cancelled.day - start.day}, are counted; with both days it is one more`,
    ],
    confidence: 'possible',
    nextAction: 'Expect a deduction of a day more or less than the finding on the refund says.',
    parametersUsed: [use],
  };
}

/** "All Power BI Premium SKUs" may mean Premium Per User too, a licence of a user where the others are capacities. */
function* ofScope(chain: SubscriptionChain, { day }: Cancellation, { line, start }: Place): Generator<Detection<Message>> {
  const scope = isPremiumPerUser(chain) ? valueOn(powerBiPremiumScope, start.day, chain.ownTerms) : null;
  if (scope?.value !== 'all') return;
  yield {
    message: 'scope',
    values: { product: chain.productName, date: isoDay(day), figure: powerBiPremiumScope.title },
    evidence: [{ line, label: 'line' }],
    amounts: null,
    working: [
      `${powerBiPremiumScope.id}: ${powerBiPremiumScope.show(scope.value)}; taken here as a licence like others: in full inside 30 days without a request, no fixed cost`,
      'by the other reading: in full within seven days on request, later less the fixed cost of each day, which is that of a capacity',
    ],
    confidence: 'possible',
    nextAction: 'Request the refund within seven days of the purchase, which both readings grant.',
    parametersUsed: [useOf(powerBiPremiumScope, scope)],
  };
}
