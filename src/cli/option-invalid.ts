import { type ErrorPlace, KnownError } from '../domain/known-error.ts';
import { dayFromIso } from '../domain/calendar/days.ts';

/** An option that cannot be used as it was given. All three texts are sentences. */
export function optionInvalid(found: string, expected: string, remedy: string, place?: ErrorPlace): KnownError {
  return new KnownError({ code: 'option-invalid', ...(place === undefined ? {} : { place }), found, expected, remedy });
}

/** A day given as an option, or none. */
export function dayOption(option: string, text: string | undefined): string | undefined {
  if (text === undefined || dayFromIso(text) !== null) return text;
  throw optionInvalid(`--${option} ${text} is no day.`, 'A day of the calendar as YYYY-MM-DD.', 'Write the day as in 2026-11-21.');
}
