import { formatMoney, minorDigits } from '../../domain/numbers/money.ts';
import type { ProrationAnswer, ProrationQuestion } from '../../domain/proration/prorate.ts';

/** Why the amount in a file may be another than the figures worked out, a sentence a reason. */
export function reasonsToDiffer(question: ProrationQuestion, answer: ProrationAnswer): readonly string[] {
  return [
    agreement(answer),
    ...(answer.overviewDeparts ? [departure(question, answer)] : []),
    ...(answer.figures.some((one) => one.amount.decimalPlaces() > minorDigits(question.currency))
      ? [
          `a formula that rounds the price of one licence rounds nothing after: times a quantity that is no whole number it has more decimals than ${question.currency}, and no source says how a file prints them`,
        ]
      : []),
    'the cycle is the subscription’s own, first to last day included, in UTC; the overview speaks of the days of the month',
    ...(question.layout === 'legacy-licence'
      ? [
          'prorated rows print the unit price already prorated and cut; the amount comes from the whole price',
          'TotalOtherDiscount is taken off after Amount',
        ]
      : [
          'EffectiveUnitPrice is after the percentages of PriceAdjustmentDescription; UnitPrice may show a newer list price in mid-term',
          'each row has its own exchange rate; a credit may have another than its charge',
        ]),
    'amounts are before tax',
  ];
}

function agreement({ figures, overviewDeparts }: ProrationAnswer): string {
  if (new Set(figures.map((one) => one.amount.toString())).size > 1)
    return 'Microsoft’s own examples follow different conventions: an amount that is one of these figures is right';
  return overviewDeparts
    ? 'all conventions agree here, and only the overview’s formula gives another figure: any third amount is no question of rounding'
    : 'all conventions agree here, the overview’s formula too: another amount is no question of rounding';
}

/** What the overview's formula is for, where it gives a figure that no convention gives: on whole periods, and in new commerce. */
function departure({ kind, currency, rate }: ProrationQuestion, { isWhole, overview }: ProrationAnswer): string {
  if (isWhole) return 'a whole period is price × quantity; the overview’s formula is for parts of one and misses it';
  const unit = kind === 'plan-change' ? 'month' : 'day';
  return [
    `the overview’s formula comes to ${formatMoney(overview, currency)}${rate.eq(1) ? '' : ' before the exchange rate'}, for it rounds the price of a ${unit} before it multiplies by the ${unit}s`,
    'it is published for legacy licences; the page of the new-commerce reconciliation file publishes the formulas above',
  ].join('; ');
}
