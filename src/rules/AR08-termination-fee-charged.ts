import { ZERO } from '../domain/numbers/money.ts';
import { money, periodText } from '../domain/proration/working.ts';
import { nearestUse } from '../policy/parameter.ts';
import { terminationFee } from '../policy/parameters/termination-fee.ts';
import { defineRule } from './rule.ts';

export const terminationFeeCharged = defineRule({
  code: 'AR08',
  name: 'termination-fee-charged',
  title: 'A fee is charged on the cancellation of a licence',
  scope: 'line',
  severity: 'error',
  citations: [],
  parameters: [terminationFee],
  docs: {
    checks: 'A cancellation line of a licence-based subscription with a positive amount.',
    why: 'Cancelling a licence earns a credit or nothing; there is no fee for leaving early.',
    example: 'Cancel fee, +25.00 on a cancelled Microsoft 365 subscription.',
    remedy: 'Ask for the fee to be credited; cite the billing overview.',
  },
  messages: { charged: '{chargeType} of {period} charges {billed}; cancelling a licence costs nothing' },
  *check(one, { asOf }) {
    const { line } = one;
    if (line.kind !== 'cancellation' || line.heading.productKind !== 'licence' || !line.amount.isPositive() || line.amount.isZero()) return;
    yield {
      message: 'charged',
      values: { chargeType: line.chargeType, period: periodText(line), billed: money(one, line.amount) },
      evidence: [{ line: one, label: 'fee' }],
      amounts: { billed: line.amount, expected: ZERO },
      working: [`fee charged ${money(one, line.amount)}, fee due 0`],
      confidence: 'certain',
      nextAction: 'Open a billing ticket and ask for the fee to be credited.',
      parametersUsed: [nearestUse(terminationFee, line.firstDay ?? asOf, one.ownTerms)],
    };
  },
});
