import { cycleFromAnchor, seriesOf, type Cycle } from '../../domain/calendar/cycles.ts';
import { isoDay, type Day } from '../../domain/calendar/days.ts';
import { Decimal } from '../../domain/numbers/money.ts';
import type { ProrationKind, ProrationQuestion } from '../../domain/proration/prorate.ts';
import { periodText } from '../../domain/proration/working.ts';
import { optionInvalid } from '../option-invalid.ts';
import {
  currencyOption,
  dayOf,
  lacking,
  numberOption,
  refuse,
  requiredChoice,
  requiredDay,
  requiredNumber,
  type ProrateFlags,
} from './option-values.ts';

const MONTHS = { monthly: 1, annual: 12, triennial: 36 } as const;

/** A charge or credit of a licence, from the options. */
export function chargeQuestion(flags: ProrateFlags, kind: ProrationKind): ProrationQuestion {
  refuse(flags, ['term', 'plan', 'returned', 'used', 'current-price', ...(kind === 'cancel' ? [] : ['purchased'])], kind);
  const layout =
    requiredChoice(flags, 'commerce', ['legacy', 'new-commerce'], 'legacy or new-commerce') === 'legacy'
      ? 'legacy-licence'
      : 'new-commerce';
  if (layout === 'legacy-licence') {
    refuse(flags, ['rate', 'pricing-currency'], `${kind} of legacy commerce`);
    if (kind === 'plan-change')
      throw optionInvalid(
        '--kind plan-change is asked of legacy commerce.',
        'New commerce, where a changed billing plan is charged by months.',
        'Name --commerce new-commerce, or another kind.',
      );
  }
  const currency = currencyOption(flags, 'currency') ?? lacking('currency', 'The currency of the invoice, such as EUR');
  const price = requiredNumber(flags, 'price', 'The price of one licence for one whole cycle');
  const quantity = requiredNumber(flags, 'quantity', 'The number of licences');
  const cycle = cycleOption(flags);
  const firstDay = dayOf(flags, 'on') ?? cycle.firstDay;
  const lastDay = dayOf(flags, 'until') ?? cycle.lastDay;
  expectWithin(cycle, firstDay, lastDay);
  return { kind, layout, price, quantity, cycle, firstDay, lastDay, currency, ...rateOption(flags, currency) };
}

/** From pricing to billing currency: 1 where both are the same, else it must be told. */
export function rateOption(flags: ProrateFlags, currency: string): { readonly pricingCurrency: string; readonly rate: Decimal } {
  const pricingCurrency = currencyOption(flags, 'pricing-currency') ?? currency;
  const rate = numberOption(flags, 'rate');
  if (pricingCurrency === currency) {
    if (rate !== null && !rate.eq(1))
      throw optionInvalid(
        '--rate is given, but the pricing currency is the currency of the invoice.',
        'Two currencies, or no rate.',
        'Name --pricing-currency, or leave --rate out.',
      );
    return { pricingCurrency, rate: new Decimal(1) };
  }
  return {
    pricingCurrency,
    rate: rate ?? lacking('rate', `The rate from ${pricingCurrency} to ${currency} of the file (PCToBCExchangeRate)`),
  };
}

/** The cycle by its days, or by the start of the subscription and how often it is billed. */
function cycleOption(flags: ProrateFlags): Cycle {
  if (flags['start'] === undefined) {
    refuse(flags, ['billing'], 'a cycle given by --first and --last');
    const firstDay = requiredDay(flags, 'first', 'The first day of the charge cycle (with --last), or --start and --billing');
    const lastDay = requiredDay(flags, 'last', 'The last day of the charge cycle');
    if (firstDay > lastDay)
      throw optionInvalid(
        `The cycle ends on ${isoDay(lastDay)}, before it begins on ${isoDay(firstDay)}.`,
        'First and last day of the cycle, both included.',
        'Exchange --first and --last.',
      );
    return { firstDay, lastDay };
  }
  refuse(flags, ['first', 'last'], 'a cycle given by --start and --billing');
  const start = requiredDay(flags, 'start', 'The first day of the subscription');
  const months =
    MONTHS[
      requiredChoice(flags, 'billing', ['monthly', 'annual', 'triennial'] as const, 'How often it is billed: monthly, annual or triennial')
    ];
  return cycleFrom(start, months, dayOf(flags, 'on') ?? start);
}

/** The published series of month ends differ: where they do, nobody but the file can tell which it follows. */
function cycleFrom(start: Day, months: number, on: Day): Cycle {
  if (on < start)
    throw optionInvalid(
      `--on ${isoDay(on)} lies before --start ${isoDay(start)}.`,
      'A day of the subscription.',
      'Correct one of the two days.',
    );
  const cycles = seriesOf(start)
    .map((series) => cycleFromAnchor(start, months, on, series))
    .filter((cycle) => cycle !== null);
  const texts = [...new Set(cycles.map(periodText))];
  const [cycle] = cycles;
  if (cycle !== undefined && texts.length === 1) return cycle;
  throw optionInvalid(
    `From ${isoDay(start)} the published series of month ends give different cycles for ${isoDay(on)}: ${texts.join(' or ')}.`,
    'One cycle.',
    'Name it with --first and --last, as the file prints it.',
  );
}

function expectWithin(cycle: Cycle, firstDay: Day, lastDay: Day): void {
  if (cycle.firstDay <= firstDay && firstDay <= lastDay && lastDay <= cycle.lastDay) return;
  throw optionInvalid(
    `The days ${periodText({ firstDay, lastDay })} do not lie in the cycle ${periodText(cycle)}.`,
    'Billed days within the charge cycle, both ends included.',
    'Correct --on or --until, or the cycle.',
  );
}
