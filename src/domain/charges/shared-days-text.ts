import type { DuplicateLicence } from './duplicate-licence.ts';
import { stepsOf } from '../proration/conventions.ts';
import { money, periodText } from '../proration/working.ts';

/** Which days of each charge the older subscription pays too, and how what they cost comes about. */
export function sharedDaysTexts({ shared, older, lead, billed }: DuplicateLicence): readonly string[] {
  const each = shared.map(({ charge, days, cost, isProrated }) => {
    const { recalculation, judgedBy } = charge.charge;
    const isByFormula = isProrated && recalculation.status === 'recalculated' && recalculation.cycle !== null;
    const whole = cost.eq(charge.charge.line.amount) ? 'the whole charge, ' : 'the whole cycle net of its changes and credits, ';
    const how = isByFormula
      ? `by ${judgedBy} ${stepsOf(judgedBy, { ...recalculation.facts, billed: days.length })}, `
      : isProrated
        ? ''
        : whole;
    return `${periodText(charge)}: ${days.length} days are also paid on ${older.subscriptionId}, ${how}${money(charge.charge, cost)}`;
  });
  if (shared.length < 2) return each;
  const sum = shared.map(({ cost }) => cost.toFixed()).join(' + ');
  return [...each, `together ${sum} = ${money(lead, billed)}`];
}
