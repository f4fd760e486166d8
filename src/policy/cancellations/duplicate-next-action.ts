import { isoDay } from '../../domain/calendar/days.ts';
import type { DuplicateClaim } from './duplicate-claim.ts';

/** What is to be done about the days paid twice, as a sentence that begins with what ends them: `Cancel the one`. */
export function duplicateNextAction(toEnd: string, { standing, deadline }: DuplicateClaim): string {
  if (deadline !== null) {
    const last = standing === 'last-day' ? `, its last day by the lenient reading` : '';
    return `${toEnd}, and request the duplicate-order credit by ${isoDay(deadline)}${last}.`;
  }
  switch (standing) {
    case 'expired':
      return `${toEnd}; the deadline for a duplicate-order credit has passed.`;
    case 'no-text':
      return `${toEnd}; look for the policy of that date before a credit is asked for.`;
    case 'undated':
      return `${toEnd}, and look up the day the newer one was bought: the days for requesting the credit count from it.`;
    default:
      return `${toEnd}, and open a ticket for the credit (no entitlement).`;
  }
}
