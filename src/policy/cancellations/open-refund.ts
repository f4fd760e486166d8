import { addDays, isoDay, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import type { SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { Window } from '../../domain/calendar/window.ts';
import type { LegacyFullRefund } from './legacy-full-refund.ts';
import { useOf, valueOn, type Dated } from '../parameter.ts';
import { legacyFullRefundRequest } from '../parameters/legacy-full-refund-request.ts';

/** What the sources leave open of a legacy full refund, and what the strict reading leaves instead. */
export interface OpenRefund {
  readonly question: string;
  /** The last day of the request that the strict reading leaves; null where there is none, as after a renewal. */
  readonly deadline: Day | null;
  /** The same in words, to follow a sentence; empty where there is none. */
  readonly request: string;
  readonly parametersUsed: readonly ParameterUse[];
}

/** By the strict reading day 30, and day 31 of a first month of 31 days, is one of those on which the rest must be asked for, within 90 days of the purchase. */
export function openRefund(chain: SubscriptionChain, { opened, start, byMonth }: LegacyFullRefund, dated: Dated<Window>): OpenRefund {
  if (opened === 'renewal') {
    return {
      question: `one text names the first month of a renewal (here from ${isoDay(start.day)}), all others the purchase alone`,
      deadline: null,
      request: '',
      parametersUsed: byMonth,
    };
  }
  const question =
    byMonth.length === 0
      ? `the sources leave day ${dated.value.length} open`
      : `some texts speak of the first month, which has ${dated.value.otherReading?.length ?? 0} days here, others of ${dated.value.length} days`;
  const request = valueOn(legacyFullRefundRequest, start.day, chain.ownTerms);
  if (request === null) return { question, deadline: null, request: '', parametersUsed: byMonth };
  const deadline = addDays(start.day, request.value.length);
  return {
    question,
    deadline,
    request: `, and the rest to those who ask for it by ${isoDay(deadline)}`,
    parametersUsed: [...byMonth, useOf(legacyFullRefundRequest, request)],
  };
}
