import type { LayoutName } from '../../domain/charges/charge-line.ts';
import { isoDay, type Day } from '../../domain/calendar/days.ts';
import { showWindow, verdictAt, type Window } from '../../domain/calendar/window.ts';
import { windowOn } from './window-on.ts';
import type { Parameter } from '../parameter.ts';
import { legacyAutomaticFullRefund } from '../parameters/legacy-automatic-full-refund.ts';
import { newCommerceCancellationWindow } from '../parameters/new-commerce-cancellation-window.ts';

/** What the policy gives back for a cancellation on a day, where only the days of purchase and cancellation are known. */
export interface CancellationVerdict {
  readonly credit: 'in-full' | 'prorated' | 'in-full-or-prorated' | 'prorated-or-none' | 'none' | 'unknown';
  readonly working: readonly string[];
}

/** The general rule of each commerce; exceptions of single products are not part of it. */
export function cancellationVerdict(layout: LayoutName, purchased: Day, cancelled: Day): CancellationVerdict {
  const parameter: Parameter<Window> = layout === 'legacy-licence' ? legacyAutomaticFullRefund : newCommerceCancellationWindow;
  const dated = windowOn(parameter, purchased, cancelled, []);
  if (dated === null) return { credit: 'unknown', working: [`no text of the policy is known for a purchase of ${isoDay(purchased)}`] };
  const verdict = verdictAt({ day: purchased, second: null }, { day: cancelled, second: null }, dated.value);
  const credit = layout === 'legacy-licence' ? legacyCredit(verdict) : newCommerceCredit(verdict, purchased === cancelled);
  return {
    credit,
    working: [
      `bought on ${isoDay(purchased)}, cancelled ${cancelled - purchased} days later; window ${showWindow(dated.value)}, in force from ${dated.since} (${dated.basis})`,
      `${dated.citation.title}: ${dated.citation.clause}`,
      CREDIT_TEXT[credit],
      'some products have rules of their own (Power BI Premium, Microsoft 365 A1); the hours are not known here',
    ],
  };
}

function legacyCredit(verdict: ReturnType<typeof verdictAt>): CancellationVerdict['credit'] {
  if (verdict === 'inside') return 'in-full';
  return verdict === 'boundary' ? 'in-full-or-prorated' : 'prorated';
}

function newCommerceCredit(verdict: ReturnType<typeof verdictAt>, isSameDay: boolean): CancellationVerdict['credit'] {
  if (verdict === 'outside') return 'none';
  if (isSameDay) return 'in-full';
  return verdict === 'boundary' ? 'prorated-or-none' : 'prorated';
}

const CREDIT_TEXT: Readonly<Record<CancellationVerdict['credit'], string>> = {
  'in-full': 'inside: all that was charged is given back, not the figures above',
  prorated: 'the unused days are given back, as above',
  'in-full-or-prorated': 'on the boundary: all by the lenient reading, the unused days as above by the strict one',
  'prorated-or-none': 'on the boundary: the unused days as above, or nothing, by the hours of purchase and cancellation',
  none: 'after the window: nothing is given back, the figures above do not apply',
  unknown: 'not known',
};
