import { money, periodText } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

const OF_LEGACY = cite('licence-recon-file', 'TotalForCustomer is Subtotal + Tax.');
const OF_NEW_COMMERCE = cite('new-commerce-recon-file', 'Total is Subtotal + TaxTotal.');

export const totalDiffers = defineRule({
  code: 'AR04',
  name: 'total-differs',
  title: 'Total is not subtotal plus tax',
  scope: 'line',
  severity: 'error',
  citations: [],
  caseCitations: [OF_LEGACY, OF_NEW_COMMERCE],
  docs: {
    checks: 'On every line Total (legacy: TotalForCustomer) must equal Subtotal + tax, to the last digit.',
    why: 'The invoice is the sum of the totals: a line that does not add up is paid wrongly even where its price is right.',
    example: 'Subtotal 100.00, TaxTotal 21.00, Total 121.10: 0.10 too much.',
    remedy: 'Ask for a corrected line in a billing ticket; name the three cells.',
  },
  messages: { differs: 'Total {total} of {period} is not Subtotal {subtotal} + tax {tax} = {expected}' },
  *check(one) {
    const { line } = one;
    const { tax, total } = line;
    if (tax === null || total === null) {
      yield { unchecked: 'column-absent', line: one };
      return;
    }
    const expected = line.subtotal.plus(tax);
    if (total.eq(expected)) return;
    yield {
      message: 'differs',
      values: {
        period: periodText(line),
        total: money(one, total),
        subtotal: line.subtotal.toString(),
        tax: tax.toString(),
        expected: money(one, expected),
      },
      evidence: [{ line: one, label: 'line' }],
      amounts: { billed: total, expected },
      working: [
        `Subtotal ${line.subtotal.toString()} + tax ${tax.toString()} = ${expected.toString()}`,
        `Total printed: ${total.toString()}`,
      ],
      confidence: 'certain',
      citations: [line.heading.layout === 'legacy-licence' ? OF_LEGACY : OF_NEW_COMMERCE],
      nextAction: 'Open a billing ticket and ask for the total to be corrected.',
    };
  },
});
