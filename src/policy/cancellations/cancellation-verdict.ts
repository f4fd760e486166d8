import type { LayoutName } from '../../domain/charges/charge-line.ts';
import { addDays, isoDay, type Day } from '../../domain/calendar/days.ts';
import { showWindow, verdictAt, type Moment, type Window } from '../../domain/calendar/window.ts';
import { fullRefundVerdict } from './full-refund-verdict.ts';
import { windowOn } from './window-on.ts';
import { valueOn, type Dated, type Parameter } from '../parameter.ts';
import { legacyAutomaticFullRefund } from '../parameters/legacy-automatic-full-refund.ts';
import { legacyFullRefundRequest } from '../parameters/legacy-full-refund-request.ts';
import { newCommerceCancellationWindow } from '../parameters/new-commerce-cancellation-window.ts';
import { newCommerceFullRefund } from '../parameters/new-commerce-full-refund.ts';

/** What the policy gives back for a cancellation on a day, where only the days of purchase and cancellation are known. */
export interface CancellationVerdict {
  readonly credit: 'in-full' | 'prorated' | 'in-full-or-prorated' | 'prorated-or-none' | 'none' | 'unknown';
  readonly working: readonly string[];
  /** What is not given back by itself, but to those who ask for it in time. */
  readonly request: FullRefundRequest | null;
  /** What the days and the general rule leave out. */
  readonly caveats: readonly string[];
}

type Found = Omit<CancellationVerdict, 'caveats'>;

export interface FullRefundRequest {
  /** Day N of "within N days", which counts by the lenient reading alone. */
  readonly lastDay: Day;
  readonly working: readonly string[];
}

/** The general rule of each commerce; exceptions of single products are not part of it. */
export function cancellationVerdict(layout: LayoutName, purchased: Day, cancelled: Day): CancellationVerdict {
  const found = layout === 'legacy-licence' ? legacyVerdict(purchased, cancelled) : newCommerceVerdict(purchased, cancelled);
  if (found === null)
    return {
      credit: 'unknown',
      working: [`no text of the policy is known for a purchase of ${isoDay(purchased)}`],
      request: null,
      caveats: [],
    };
  const days = cancelled - purchased;
  return {
    ...found,
    working: [
      `bought on ${isoDay(purchased)}, cancelled ${days === 0 ? 'on the same day' : days === 1 ? 'a day later' : `${days} days later`}`,
      ...found.working,
      CREDIT_TEXT[found.credit],
    ],
    caveats: ['some products have rules of their own (Power BI Premium, Microsoft 365 A1); the hours are not known here'],
  };
}

const whole = (day: Day): Moment => ({ day, second: null });

/** All that was charged comes back by itself at first, then the unused days, and the rest to those who ask. */
function legacyVerdict(purchased: Day, cancelled: Day): Found | null {
  const automatic = windowOn(legacyAutomaticFullRefund, purchased, cancelled, []);
  if (automatic === null) return null;
  const verdict = verdictAt(whole(purchased), whole(cancelled), automatic.value);
  return {
    credit: verdict === 'inside' ? 'in-full' : verdict === 'boundary' ? 'in-full-or-prorated' : 'prorated',
    working: sourceOf(legacyAutomaticFullRefund, automatic),
    request: verdict === 'inside' ? null : requestOf(purchased, cancelled),
  };
}

function requestOf(purchased: Day, cancelled: Day): FullRefundRequest | null {
  const dated = valueOn(legacyFullRefundRequest, purchased, []);
  if (dated === null) return null;
  const lastDay = addDays(purchased, dated.value.length);
  return cancelled > lastDay ? null : { lastDay, working: sourceOf(legacyFullRefundRequest, dated) };
}

/** Nothing after the window; within it the unused days, and all on the day of the purchase, or within 24 hours of it by the other reading. */
function newCommerceVerdict(purchased: Day, cancelled: Day): Found | null {
  const window = valueOn(newCommerceCancellationWindow, purchased, []);
  const full = valueOn(newCommerceFullRefund, purchased, []);
  if (window === null || full === null) return null;
  const inFull = fullRefundVerdict(whole(purchased), whole(cancelled), full.value);
  const verdict = verdictAt(whole(purchased), whole(cancelled), window.value);
  const credit = verdict === 'outside' ? 'none' : verdict === 'boundary' ? 'prorated-or-none' : 'prorated';
  return {
    credit: inFull === 'inside' ? 'in-full' : inFull === 'outside' ? credit : 'in-full-or-prorated',
    working: [...sourceOf(newCommerceCancellationWindow, window), ...(inFull === 'outside' ? [] : sourceOf(newCommerceFullRefund, full))],
    request: null,
  };
}

function sourceOf(parameter: Parameter<Window>, dated: Dated<Window>): readonly string[] {
  return [
    `${parameter.title}: ${showWindow(dated.value)}, in force from ${dated.since} (${dated.basis}; ${parameter.id})`,
    `${dated.citation.title}: ${dated.citation.clause}`,
  ];
}

const CREDIT_TEXT: Readonly<Record<CancellationVerdict['credit'], string>> = {
  'in-full': 'inside: all that was charged is given back, not the figures above',
  prorated: 'the unused days are given back, as above',
  'in-full-or-prorated': 'on the boundary: all by the lenient reading, the unused days as above by the strict one',
  'prorated-or-none': 'on the boundary: the unused days as above, or nothing, by the hours of purchase and cancellation',
  none: 'after the window: nothing is given back, the figures above do not apply',
  unknown: 'not known',
};
