import type { Day } from '../../domain/calendar/days.ts';
import { verdictAt, type Moment, type Window } from '../../domain/calendar/window.ts';
import type { SubscriptionChain } from '../../domain/charges/subjects.ts';
import { valueOn, VERIFIED_UNTIL, type Parameter } from '../parameter.ts';
import { newCommerceFullRefund } from '../parameters/new-commerce-full-refund.ts';
import { windowOn } from './window-on.ts';

/** Policy is never extended silently: neither before its first dated text nor after the day it was last checked. */
export function isVerified<T>({ ownTerms }: SubscriptionChain, parameter: Parameter<T>, day: Day): boolean {
  return day <= VERIFIED_UNTIL && valueOn(parameter, day, ownTerms) !== null;
}

/** A window that no known length would still leave open says nothing of a cancellation. */
export function couldCount(parameter: Parameter<Window>, start: Moment, at: Moment): boolean {
  return parameter.values.some(({ value }) => value !== null && verdictAt(start, at, value) !== 'outside');
}

/** Whether the sources leave open if a cancellation lies inside. The full refund of new commerce: the next day inside 24 hours, as far as the hours are known. */
export function isOpen({ ownTerms }: SubscriptionChain, parameter: Parameter<Window>, start: Moment, at: Moment): boolean {
  const dated = windowOn(parameter, start.day, at.day, ownTerms);
  if (dated === null) return false;
  const verdict = verdictAt(start, at, dated.value);
  if (parameter.id !== newCommerceFullRefund.id) return verdict === 'boundary';
  return at.day === start.day + 1 && start.second !== null && at.second !== null && verdict !== 'outside';
}
