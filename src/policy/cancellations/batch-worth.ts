import { cycleOn } from '../../domain/credits/cancellations.ts';
import { creditFigures, type CreditFigures } from '../../domain/credits/credit-figures.ts';
import { addDays, isoDay, type Day } from '../../domain/calendar/days.ts';
import type { Window } from '../../domain/calendar/window.ts';
import type { SeatBatch } from '../../domain/charges/seat-batches.ts';
import type { AuditedLine, SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { Citation, ParameterUse } from '../../domain/findings/finding.ts';
import { Decimal, minorDigits, sum, ZERO } from '../../domain/numbers/money.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import { money } from '../../domain/proration/working.ts';
import { creditBasis } from '../formula-basis.ts';
import { windowTerms } from '../licence-terms.ts';
import { useOf, valueOn, type Dated } from '../parameter.ts';
import { legacyAutomaticFullRefund } from '../parameters/legacy-automatic-full-refund.ts';
import { microsoft365A1Request } from '../parameters/microsoft-365-a1.ts';
import { legacyRenewalFullRefund } from '../parameters/legacy-renewal-full-refund.ts';
import { newCommerceCancellationWindow } from '../parameters/new-commerce-cancellation-window.ts';
import { newCommerceFullRefund } from '../parameters/new-commerce-full-refund.ts';
import { trialConversion } from '../parameters/new-commerce-trials.ts';
import { powerBiPremiumRequest } from '../parameters/power-bi-premium.ts';
import { fullRefundVerdict } from './full-refund-verdict.ts';
import { firstMonthUse, windowOn } from './window-on.ts';
import { NOTHING_INSTEAD, proratedInstead } from './prorated-instead.ts';
import { legacyRefundRule } from './legacy-exceptions.ts';

/** What cancelling a batch of seats on a day gives back, and the window that allows it. Amounts are magnitudes. */
export interface BatchWorth {
  readonly charge: AuditedLine;
  readonly charged: Decimal;
  readonly credit: Decimal;
  /** Between these lies the credit by every convention and reading. */
  readonly lowest: Decimal;
  readonly highest: Decimal;
  /** What waiting until tomorrow costs; null where waiting costs nothing until the window ends. */
  readonly perDay: Decimal | null;
  readonly dated: Dated<Window>;
  /** Why the window may be none at all; empty where it is one by every reading. */
  readonly reading: readonly string[];
  /** What still comes back where the strict reading finds the window closed. */
  readonly strictCredit: Decimal;
  readonly working: readonly string[];
  /** What has to be done beside cancelling, for the next step. */
  readonly condition: string;
  readonly citations: readonly Citation[];
  readonly parametersUsed: readonly ParameterUse[];
}

/** Null where nothing is known of it, or the seats belong to a later batch. */
export function batchWorth(chain: SubscriptionChain, batch: SeatBatch, asOf: Day): BatchWorth | null {
  return chain.layout === 'legacy-licence' ? legacyWorth(chain, batch, asOf) : newCommerceWorth(chain, batch, asOf);
}

const LEGACY_WINDOWS = {
  general: { parameter: legacyAutomaticFullRefund, condition: '' },
  'power-bi-premium': { parameter: powerBiPremiumRequest, condition: ' and request the refund' },
  'microsoft-365-a1': { parameter: microsoft365A1Request, condition: ' and request the refund; no user may be assigned' },
};

/**
 * A full refund of all that was charged since the purchase, or by the one text that names it since the renewal; the exceptions have windows
 * of their own. By the strict reading the unused days come back on any day.
 */
function legacyWorth(chain: SubscriptionChain, batch: SeatBatch, asOf: Day): BatchWorth | null {
  const [charge] = batch.lines;
  const { start, kind } = batch;
  const rule = legacyRefundRule(chain, start.day);
  if ((kind !== 'purchase' && (kind !== 'renewal' || rule !== 'general')) || charge === undefined) return null;
  const { parameter, condition } = kind === 'renewal' ? { parameter: legacyRenewalFullRefund, condition: '' } : LEGACY_WINDOWS[rule];
  const dated = windowOn(parameter, start.day, asOf, chain.ownTerms);
  if (dated === null) return null;
  const since = chain.lines.filter((one) => (one.line.firstDay ?? -Infinity) >= start.day - 1);
  const charged = sum(since.map((one) => one.line.amount));
  const isOpen = kind === 'renewal' || asOf >= addDays(start.day, dated.value.length);
  const instead = isOpen && rule === 'general' ? proratedInstead({ cycle: cycleOn(chain, asOf), day: asOf }) : NOTHING_INSTEAD;
  const byMonth = firstMonthUse(parameter, start.day, asOf, dated.value, chain.ownTerms);
  return {
    charge,
    charged,
    credit: charged,
    lowest: charged,
    highest: charged,
    perDay: null,
    dated,
    reading: kind === 'renewal' ? ['one text names the first month of a renewal, all others the purchase alone'] : [],
    strictCredit: instead.amount ?? ZERO,
    condition,
    working: [
      `cancelled inside the window, all that was charged since the ${kind} is credited: ${since.map((one) => one.line.amount.toString()).join(' + ')} = ${money(charge, charged)}`,
      ...instead.working,
    ],
    citations: instead.citations,
    parametersUsed: [useOf(parameter, dated), ...byMonth, ...instead.parametersUsed],
  };
}

/** The days left of the cycle that runs, that day credited; the whole charge on the day of the purchase. */
function newCommerceWorth(chain: SubscriptionChain, batch: SeatBatch, asOf: Day): BatchWorth | null {
  const running = asOf <= batch.cycle.cycle.lastDay ? batch.cycle : cycleOn(chain, asOf);
  const charge = running?.charge ?? null;
  // After a renewal the seats belong to the renewal's own batch.
  if (running === null || charge === null || (running !== batch.cycle && charge.line.kind !== 'cycle')) return null;
  const figuresOn = (day: Day): CreditFigures | null => creditFigures(charge, running, batch.seats, day);
  const today = figuresOn(asOf);
  const sinceCycle = running === batch.cycle ? ZERO : (figuresOn(running.cycle.firstDay)?.amount ?? null);
  if (today === null || sinceCycle === null) return null;
  const tomorrow = figuresOn(addDays(asOf, 1))?.amount ?? ZERO;
  const perDay = roundHalfUp(Decimal.max(ZERO, today.amount.minus(tomorrow)), minorDigits(chain.currency));
  const charged = batch.charged.plus(sinceCycle);
  const dated = valueOn(newCommerceCancellationWindow, batch.start.day, chain.ownTerms);
  if (dated === null) return null;
  const inherited = batch.kind === 'upgrade' ? windowTerms(chain, batch.start, true) : null;
  const window = inherited?.parametersUsed ?? [useOf(newCommerceCancellationWindow, dated), ...convertedUse(chain, batch)];
  const reading = inherited === null || inherited.reading === '' ? [] : [inherited.reading];
  const shared = { charge, charged, perDay, dated, reading, strictCredit: ZERO, condition: '' };
  const waiting = `one day later ${money(charge, tomorrow)}: waiting costs ${money(charge, perDay)} a day`;
  const inFull = fullRefundOn(chain, batch, asOf);
  if (asOf === batch.start.day) {
    const all = `cancelled on ${isoDay(asOf)}, the day of purchase, the whole charge is credited: ${money(charge, batch.charged)}`;
    const amounts = { credit: batch.charged, lowest: batch.charged, highest: batch.charged };
    return { ...shared, ...amounts, working: [all, waiting], citations: [], parametersUsed: [...window, ...inFull] };
  }
  const basis = creditBasis(charge);
  const isReadingOpen = inFull.length > 0;
  return {
    ...shared,
    credit: today.amount,
    lowest: today.lowest,
    highest: isReadingOpen ? Decimal.max(today.highest, batch.charged) : today.highest,
    working: [
      `cancelled on ${isoDay(asOf)}, that day credited, by ${charge.judgedBy}: ${money(charge, today.amount)}`,
      ...today.steps,
      waiting,
      ...(isReadingOpen
        ? [
            `inside 24 hours of the purchase all of ${money(charge, batch.charged)} comes back by the lenient reading; by calendar days, the strict one, the days left`,
          ]
        : []),
    ],
    citations: basis.citations,
    parametersUsed: [...window, ...basis.parametersUsed, ...inFull],
  };
}

/** That a trial's window is one of a purchase, where the text of its day says so; before it nothing else is known. */
function convertedUse({ conversion, ownTerms }: SubscriptionChain, { kind, start }: SeatBatch): readonly ParameterUse[] {
  const dated = kind === 'purchase' && conversion?.kind === 'trial' ? valueOn(trialConversion, start.day, ownTerms) : null;
  return dated === null ? [] : [useOf(trialConversion, dated)];
}

/** The full refund as far as it may hold on a day: certain on the day of the purchase, open on the next one. */
function fullRefundOn(chain: SubscriptionChain, { start }: SeatBatch, asOf: Day): readonly ParameterUse[] {
  const dated = valueOn(newCommerceFullRefund, start.day, chain.ownTerms);
  const isOpen = dated !== null && fullRefundVerdict(start, { day: asOf, second: null }, dated.value) !== 'outside';
  return isOpen ? [useOf(newCommerceFullRefund, dated)] : [];
}
