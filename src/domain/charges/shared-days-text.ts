import type { DuplicateLicence } from './duplicate-licence.ts';
import { stepsOf } from '../proration/conventions.ts';
import { money, periodText } from '../proration/working.ts';

/** Which days of each charge the older subscription pays too, and how what they cost comes about. */
export function sharedDaysTexts({ shared, older }: DuplicateLicence): readonly string[] {
  return shared.map(({ charge, days, cost, isProrated }) => {
    const { recalculation, judgedBy } = charge.charge;
    const isByFormula = isProrated && recalculation.status === 'recalculated' && recalculation.cycle !== null;
    const how = isByFormula ? `by ${judgedBy} ${stepsOf(judgedBy, { ...recalculation.facts, billed: days.length })}, ` : '';
    return `${periodText(charge)}: ${days.length} days are also paid on ${older.subscriptionId}, ${how}${money(charge.charge, cost)}`;
  });
}
