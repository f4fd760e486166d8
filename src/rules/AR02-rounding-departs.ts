import { bandOf, judgedFigure, money, periodText, signed, workingOf } from '../domain/proration/working.ts';
import { FORMULA_CITATIONS, formulaBasis } from '../policy/formula-basis.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

/** An amount that a published convention yields, only not the one that the rest of the file follows. */
export const roundingDeparts = defineRule({
  code: 'AR02',
  name: 'rounding-departs',
  title: 'A line is rounded by another convention than its file',
  scope: 'line',
  severity: 'info',
  citations: [],
  caseCitations: FORMULA_CITATIONS,
  parameters: [legacyProrationFormula, newCommerceProrationFormula],
  docs: {
    checks:
      'A prorated charge or credit that equals a published convention, but not the one that most discriminating lines of its layout and currency follow.',
    why: 'It is no error against the published rules; it shows where Microsoft rounds in more than one way, and how much that moves.',
    example: 'In a file whose lines follow T(E·X)·Q a seat change of 94.08 follows T(T(E·Q)·X); the file’s convention would give 94.00.',
    remedy: 'Nothing to claim. Keep the line in mind where the same customer is billed on by your own system with one fixed rounding.',
  },
  messages: {
    'fits-another': '{chargeType} of {period} is billed {billed} by {fits}; the file follows {judgedBy}, which gives {expected}',
  },
  *check(one) {
    const { line, recalculation } = one;
    if (recalculation.status !== 'recalculated' || recalculation.fits.length === 0 || recalculation.fits.includes(one.judgedBy)) return;
    const expected = signed(one, judgedFigure(one, recalculation));
    yield {
      message: 'fits-another',
      values: {
        chargeType: line.chargeType,
        period: periodText(line),
        billed: money(one, line.amount),
        fits: recalculation.fits.join(', '),
        judgedBy: one.judgedBy,
        expected: money(one, expected),
      },
      evidence: [{ line: one, label: line.kind === 'cancellation' ? 'credit' : 'charge' }],
      amounts: { billed: line.amount, expected, ...bandOf(one, recalculation) },
      working: workingOf(one, recalculation),
      confidence: 'certain',
      nextAction: 'Nothing to claim: the amount follows a published convention.',
      ...formulaBasis(one),
    };
  },
});
