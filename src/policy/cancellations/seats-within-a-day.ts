import { isoDay } from '../../domain/calendar/days.ts';
import type { Moment } from '../../domain/calendar/window.ts';
import { isDecreaseShown } from '../../domain/charges/licences.ts';
import { recordedDecrease } from '../../domain/charges/recorded-decrease.ts';
import { batchText, creditFrom, decreasesOf } from '../../domain/charges/seat-batches.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { Decimal, minorDigits, ZERO } from '../../domain/numbers/money.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import { money } from '../../domain/proration/working.ts';
import { useOf, valueOn } from '../parameter.ts';
import { newCommerceFullRefund } from '../parameters/new-commerce-full-refund.ts';
import { fullRefundVerdict } from './full-refund-verdict.ts';
import { openSeats } from './open-seats.ts';

/** What is due for seats given back on the day after they were bought, by the two readings of the full refund. Magnitudes. */
export interface SeatsWithinADay {
  /** By calendar days: the days left, that of the decrease credited. */
  readonly strict: Decimal;
  /** By 24 hours: all that was charged for the seats bought the day before, the days left of the others. */
  readonly lenient: Decimal;
  readonly isHourKnown: boolean;
  readonly working: string;
  readonly parametersUsed: readonly ParameterUse[];
}

/**
 * Seats given back on the day after they were bought, inside 24 hours or, without the hours, perhaps so. Null elsewhere, where the latest seats are
 * taken first and so none of those bought the day before is among them, or a price is not known.
 */
export function seatsWithinADay(
  chain: SubscriptionChain,
  cycle: BilledCycle,
  charge: AuditedLine,
  given: Moment & { readonly seats: Decimal },
): SeatsWithinADay | null {
  const strict = creditFrom(charge, cycle, given.seats, given.day);
  if (strict === null) return null;
  let [left, lenient, isHourKnown] = [given.seats, strict, true];
  const texts: string[] = [];
  const uses = new Map<string, ParameterUse>();
  for (const batch of [...(openSeats(chain, given)?.batches ?? [])].reverse()) {
    const seats = Decimal.min(left, batch.seats);
    left = left.minus(seats);
    const dated = valueOn(newCommerceFullRefund, batch.start.day, chain.ownTerms);
    const verdict = dated === null ? 'outside' : fullRefundVerdict(batch.start, given, dated.value);
    if (dated === null || seats.isZero() || verdict === 'outside' || verdict === 'inside') continue;
    const { currency } = charge.line.heading;
    const charged = roundHalfUp(batch.charged.times(seats).div(batch.seats), minorDigits(currency));
    lenient = lenient.plus(charged).minus(creditFrom(charge, cycle, seats, given.day) ?? ZERO);
    if (verdict === 'hour-unknown') isHourKnown = false;
    uses.set(dated.since, useOf(newCommerceFullRefund, dated));
    texts.push(batchText(batch));
  }
  if (texts.length === 0 || lenient.lte(strict)) return null;
  const where = isHourKnown ? 'inside 24 hours' : 'which may lie inside 24 hours: the hours are not known';
  return {
    strict,
    lenient,
    isHourKnown,
    working: `given back on ${isoDay(given.day)}, the day after (${texts.join('; ')}), ${where}: by calendar days, the strict reading, ${money(charge, strict)} is due; by 24 hours, the lenient one, ${money(charge, lenient)}`,
    parametersUsed: [...uses.values()],
  };
}

/** A decrease of a day after a purchase, with the line it is about; `isRecorded` where no line of the files shows it. */
export interface OpenDecrease extends SeatsWithinADay {
  readonly at: Moment;
  readonly about: AuditedLine;
  readonly isRecorded: boolean;
}

/** The decreases of a new-commerce chain whose credit rests on either reading: those of the files only where the hours are known. */
export function* openDecreases(chain: SubscriptionChain): Generator<OpenDecrease> {
  if (chain.layout === 'legacy-licence') return;
  for (const cycle of chain.cycles) {
    const { charge } = cycle;
    if (charge === null || charge.line.heading.isTrial) continue;
    for (const decrease of decreasesOf(cycle)) {
      const readings = seatsWithinADay(chain, cycle, charge, decrease);
      if (readings?.isHourKnown === true)
        yield {
          ...readings,
          at: decrease,
          about: decrease.lines.find(({ line }) => line.amount.isNegative()) ?? charge,
          isRecorded: false,
        };
    }
    for (const event of cycle.looseEvents) {
      const given = event.kind === 'remove-seats' && !isDecreaseShown(cycle, event.day) ? recordedDecrease(cycle, event) : null;
      const { day, second } = event;
      const readings = given === null ? null : seatsWithinADay(chain, cycle, charge, { day, second, seats: given.charged });
      if (readings !== null) yield { ...readings, at: event, about: charge, isRecorded: true };
    }
  }
}
