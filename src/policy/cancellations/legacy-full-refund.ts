import type { SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { verdictAt, type Moment, type Verdict, type Window } from '../../domain/calendar/window.ts';
import { firstMonthUse, windowOn } from './window-on.ts';
import type { Dated, Parameter } from '../parameter.ts';
import { legacyAutomaticFullRefund } from '../parameters/legacy-automatic-full-refund.ts';
import { legacyRenewalFullRefund } from '../parameters/legacy-renewal-full-refund.ts';

/** What a legacy subscription was last opened by before a cancellation, and whether the cancellation is refunded in full for it. */
export interface LegacyFullRefund {
  readonly opened: 'purchase' | 'renewal';
  readonly start: Moment;
  /** After a renewal never more than the boundary. */
  readonly verdict: Verdict;
  readonly parameter: Parameter<Window>;
  /** Null where no text of that time is known. */
  readonly dated: Dated<Window> | null;
  /** The text on the first month, where it alone counts the day; else empty. */
  readonly byMonth: readonly ParameterUse[];
}

/** Null where no given file tells of the purchase or of a renewal. */
export function legacyFullRefund(chain: SubscriptionChain, at: Moment): LegacyFullRefund | null {
  const { purchase, ownTerms } = chain;
  const renewed = lastRenewal(chain, at);
  // A file prints the day after the order, so the first term may be a day off what the record says.
  const isRenewed = renewed !== null && (purchase === null || renewed.day > purchase.day + 1);
  const start = isRenewed ? renewed : purchase;
  if (start === null) return null;
  const parameter = isRenewed ? legacyRenewalFullRefund : legacyAutomaticFullRefund;
  const dated = windowOn(parameter, start.day, at.day, ownTerms);
  const verdict = dated === null ? 'outside' : verdictAt(start, at, dated.value);
  return {
    opened: isRenewed ? 'renewal' : 'purchase',
    start,
    verdict: isRenewed && verdict === 'inside' ? 'boundary' : verdict,
    parameter,
    dated,
    byMonth: dated === null ? [] : firstMonthUse(parameter, start.day, at.day, dated.value, ownTerms),
  };
}

/** The first day of the latest term that a renewal fee opened on or before a day. */
function lastRenewal(chain: SubscriptionChain, at: Moment): Moment | null {
  const days = chain.lines.flatMap(({ line }) =>
    line.kind === 'renewal' && line.amount.isPositive() && line.firstDay !== null && line.firstDay <= at.day ? [line.firstDay] : [],
  );
  const day = days.sort((a, b) => a - b).at(-1);
  return day === undefined ? null : { day, second: null };
}
