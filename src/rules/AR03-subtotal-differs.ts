import { ZERO } from '../domain/numbers/money.ts';
import { money, periodText } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

export const subtotalDiffers = defineRule({
  code: 'AR03',
  name: 'subtotal-differs',
  title: 'Subtotal is not amount minus discount',
  scope: 'line',
  severity: 'error',
  citations: [
    cite('licence-recon-file', 'Subtotal is the amount less TotalOtherDiscount (13.32 − 2.32 = 11.00 in the sample row).'),
    cite('appxite-lines', 'A real promotion line: 5,618.70 − 1,404.68 = 4,214.02.'),
  ],
  docs: {
    checks: 'On every legacy licence line Subtotal must equal Amount − TotalOtherDiscount, to the last digit.',
    why: 'A promotion that is printed but not deducted, or deducted twice, shows here and nowhere else.',
    example: 'Amount 13.32, TotalOtherDiscount 2.32, Subtotal 13.32: the discount of 2.32 was not taken off.',
    remedy: 'Ask for a corrected line in a billing ticket; name the promotion and the three cells.',
  },
  messages: { differs: 'Subtotal {subtotal} of {period} is not Amount {amount} − TotalOtherDiscount {discount} = {expected}' },
  *check(one) {
    const { line } = one;
    if (line.heading.layout !== 'legacy-licence') return;
    const discount = line.discount ?? ZERO;
    const expected = line.amount.minus(discount);
    if (line.subtotal.eq(expected)) return;
    yield {
      message: 'differs',
      values: {
        period: periodText(line),
        subtotal: money(one, line.subtotal),
        amount: line.amount.toString(),
        discount: discount.toString(),
        expected: money(one, expected),
      },
      evidence: [{ line: one, label: 'line' }],
      amounts: { billed: line.subtotal, expected },
      working: [
        `Amount ${line.amount.toString()} − TotalOtherDiscount ${discount.toString()} = ${expected.toString()}`,
        `Subtotal printed: ${line.subtotal.toString()}`,
      ],
      confidence: 'certain',
      nextAction: 'Open a billing ticket and ask for the discount to be applied as printed.',
    };
  },
});
