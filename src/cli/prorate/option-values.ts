import { dayFromIso, type Day } from '../../domain/calendar/days.ts';
import { CURRENCY_CODES } from '../../domain/numbers/currency-codes.ts';
import { Decimal } from '../../domain/numbers/money.ts';
import { optionInvalid } from '../option-invalid.ts';

/** The options of `prorate` as they were typed, by their names. */
export type ProrateFlags = Readonly<Partial<Record<string, string>>>;

/** The flags as yargs hands them over: one that was given twice is a list, and which one counts is not guessed. */
export function onceGiven(flags: Readonly<Record<string, unknown>>): ProrateFlags {
  const twice = Object.entries(flags).find((entry): entry is [string, unknown[]] => entry[0] !== '_' && Array.isArray(entry[1]));
  if (twice === undefined) return flags as ProrateFlags;
  const [name, values] = twice;
  throw optionInvalid(`--${name} is given ${values.length} times.`, 'Every option once.', 'Leave out all but one of them.');
}

/** A number above 0, written as 1234.56. */
export function numberOption(flags: ProrateFlags, name: string): Decimal | null {
  const text = flags[name];
  if (text === undefined) return null;
  const value = /^\d{1,15}(\.\d{1,12})?$/.test(text) ? new Decimal(text) : null;
  if (value !== null && !value.isZero()) return value;
  throw optionInvalid(
    `--${name} ${text} is no amount above 0.`,
    'A number with a decimal point and no other marks.',
    'Write it as in 1234.56.',
  );
}

export function requiredNumber(flags: ProrateFlags, name: string, what: string): Decimal {
  return numberOption(flags, name) ?? lacking(name, what);
}

export function dayOf(flags: ProrateFlags, name: string): Day | null {
  const text = flags[name];
  if (text === undefined) return null;
  const day = dayFromIso(text);
  if (day !== null) return day;
  throw optionInvalid(`--${name} ${text} is no day.`, 'A day of the calendar as YYYY-MM-DD.', 'Write the day as in 2026-11-21.');
}

export function requiredDay(flags: ProrateFlags, name: string, what: string): Day {
  return dayOf(flags, name) ?? lacking(name, what);
}

/** A code of ISO 4217: how many decimals money has depends on it. */
export function currencyOption(flags: ProrateFlags, name: string): string | null {
  const text = flags[name];
  if (text === undefined) return null;
  if (CURRENCY_CODES.has(text.toUpperCase())) return text.toUpperCase();
  throw optionInvalid(
    `--${name} ${text} is no currency.`,
    'A code of ISO 4217, for the decimals of its money decide the rounding.',
    'Write it as in EUR or JPY.',
  );
}

export function requiredChoice<T extends string>(flags: ProrateFlags, name: string, choices: readonly T[], what: string): T {
  const text = flags[name];
  if (text === undefined) return lacking(name, what);
  const chosen = choices.find((one) => one === text);
  if (chosen !== undefined) return chosen;
  throw optionInvalid(
    `--${name} ${text} is none of the values it takes.`,
    `One of ${choices.join(', ')}.`,
    `Write --${name} as one of these.`,
  );
}

/** Nothing that changes a figure is assumed. */
export function lacking(name: string, what: string): never {
  throw optionInvalid(
    `--${name} is missing.`,
    `${what}, for nothing that changes a figure is assumed.`,
    'Run csp-recon prorate --help for an example.',
  );
}

/** Options that say nothing in the chosen kind are mistakes, not decoration. */
export function refuse(flags: ProrateFlags, names: readonly string[], kind: string): void {
  const surplus = names.find((name) => flags[name] !== undefined);
  if (surplus === undefined) return;
  throw optionInvalid(
    `--${surplus} says nothing of --kind ${kind}.`,
    'Options that the kind can use.',
    'Leave it out, or name another kind.',
  );
}
