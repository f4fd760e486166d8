import { Decimal, minorDigits } from '../domain/numbers/money.ts';
import { cycleText, periodText, shown } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

/** The printed EffectiveUnitPrice against UnitPrice, the stated adjustments and the days billed. */
export const effectivePriceDiffers = defineRule({
  code: 'AR06',
  name: 'effective-price-differs',
  title: 'The effective unit price departs from unit price, adjustments and days',
  scope: 'line',
  severity: 'error',
  citations: [
    cite('scenarios-recurring', 'EffectiveUnitPrice is UnitPrice / charge-cycle days × billed days, then discounts and adjustments.'),
    cite('use-recon-files', 'UnitPrice may show a newer list price in mid-term; the effective price is the one charged.'),
  ],
  docs: {
    checks:
      'On new-commerce licence lines EffectiveUnitPrice must be UnitPrice × (1 − stated percentages) × billed days / cycle days, within one unit of its last printed digit (at least two decimals are assumed). Where the unit price drifted to a newer list price in mid-term and the effective price still follows an earlier line of the term, nothing is wrong.',
    why: 'The amount is worked out from the effective price. A promotion that is stated but not given, or a price that rose in mid-term, shows here first.',
    example: 'UnitPrice 16.00, 27 of 31 days, EffectiveUnitPrice 15.42: the rule gives 13.93.',
    remedy:
      'Ask in a billing ticket how the effective price was worked out; name the promotion or the days. AR01 on the same line tells the money.',
  },
  messages: { departs: 'EffectiveUnitPrice {printed} of {period} departs from UnitPrice × adjustments × days = {expected}' },
  *check(one) {
    const { line, recalculation, listedPrice } = one;
    const { heading } = line;
    if (heading.layout !== 'new-commerce' || heading.productKind !== 'licence' || line.kind === 'adjustment') return;
    // A credit of nothing is a missing credit, not a wrong price.
    if (line.kind === 'cancellation' && line.amount.isZero()) return;
    if (recalculation.status === 'unchecked') {
      yield { unchecked: recalculation.reason, line: one };
      return;
    }
    if (line.effectiveUnitPrice === null) {
      yield { unchecked: 'effective-price-missing', line: one };
      return;
    }
    if (recalculation.status !== 'recalculated' || listedPrice === null) return;
    const share = recalculation.priceShare;
    const expected = listedPrice.times(share.billed).div(share.whole);
    const printed = line.effectiveUnitPrice.abs();
    const step = new Decimal(10).pow(-Math.max(line.effectiveDigits, Math.min(2, minorDigits(heading.pricingCurrency))));
    if (expected.isCloserTo(printed, step)) return;
    yield {
      message: 'departs',
      values: {
        printed: line.effectiveUnitPrice.toString(),
        period: periodText(line),
        expected: `${shown(expected)} ${heading.pricingCurrency}`,
      },
      evidence: [{ line: one, label: 'line' }],
      amounts: null,
      working: [
        `UnitPrice ${line.unitPrice?.toString() ?? ''}${line.priceAdjustment === '' ? '' : `, adjustments ${line.priceAdjustment}`}: ${shown(listedPrice)}`,
        ...(recalculation.cycle === null ? [] : [cycleText(recalculation.cycle)]),
        `${shown(listedPrice)} × ${share.billed}/${share.whole} = ${shown(expected)}`,
        `printed ${line.effectiveUnitPrice.toString()}; allowed is less than one unit of its last digit, ${step.toString()}`,
      ],
      confidence: 'certain',
      nextAction: 'Ask in a billing ticket how the effective price was worked out.',
    };
  },
});
