import { bandOf, judgedFigure, boundedWorking, money, periodText, signed, workingOf } from '../domain/proration/working.ts';
import { figureOf } from '../domain/proration/conventions.ts';
import { FORMULA_CITATIONS, formulaBasis } from '../policy/formula-basis.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

const NEXT_ACTION = 'Open a billing ticket for this line; send the working and ask for the price, quantity and days it was computed from.';

/** A charge whose amount no published convention yields. Credits of a cancellation are judged by CR02. */
export const chargeDiffers = defineRule({
  code: 'AR01',
  name: 'charge-differs',
  title: 'A charge fits no published convention',
  scope: 'line',
  severity: 'error',
  citations: [],
  caseCitations: FORMULA_CITATIONS,
  parameters: [legacyProrationFormula, newCommerceProrationFormula],
  docs: {
    checks:
      'Every purchase, renewal, cycle charge, seat change, conversion and billing-plan change is worked out again from its full price, quantity, days and exchange rate under every published rounding convention; the amount must equal one of them to the minor unit. Usage rows are worked out from their effective price.',
    why: 'Microsoft publishes several formulas that contradict one another, so one fixed formula would accuse wrongly. An amount that none of them yields is no rounding question: price, quantity or days are wrong.',
    example:
      '10 licences at 10.08 from 20 June to 17 July (28 of 30 days) come to 94.00 or 94.08. A line of 94.45 is reported with expected 94.00 and both figures.',
    remedy: 'Ask Microsoft for the price, quantity and days behind the line in a billing ticket, with the working of the finding.',
  },
  messages: {
    'fits-none': '{chargeType} of {period} is billed {billed}; no published convention yields it, the judged one gives {expected}',
    'outside-bounds': '{chargeType} of {period} is billed {billed}; from the printed unit price it must lie between {lowest} and {highest}',
  },
  *check(one) {
    const { line, recalculation } = one;
    if (line.kind === 'cancellation') return;
    if (recalculation.status === 'unchecked') {
      yield { unchecked: recalculation.reason, line: one };
      return;
    }
    if (recalculation.status === 'recalculated' && recalculation.fits.length > 0) return;
    const values = { chargeType: line.chargeType, period: periodText(line), billed: money(one, line.amount) };
    const common = { evidence: [{ line: one, label: 'charge' }], ...formulaBasis(one), nextAction: NEXT_ACTION };
    if (recalculation.status === 'bounded') {
      const { lowest, highest } = bandOf(one, recalculation);
      const billed = line.amount.abs();
      if (billed.gte(recalculation.lowest) && billed.lte(recalculation.highest)) {
        yield { unchecked: 'full-price-unknown', line: one };
        return;
      }
      const expected = signed(one, figureOf(one.judgedBy, recalculation.facts));
      yield {
        ...common,
        message: 'outside-bounds',
        values: { ...values, lowest: money(one, lowest), highest: money(one, highest) },
        amounts: { billed: line.amount, expected, lowest, highest },
        working: boundedWorking(one, recalculation),
        confidence: 'likely',
      };
      return;
    }
    const expected = signed(one, judgedFigure(one, recalculation));
    yield {
      ...common,
      message: 'fits-none',
      values: { ...values, expected: money(one, expected) },
      amounts: { billed: line.amount, expected, ...bandOf(one, recalculation) },
      working: workingOf(one, recalculation),
      confidence: 'certain',
    };
  },
});
