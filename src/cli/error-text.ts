import type { KnownError } from '../domain/known-error.ts';

/**
 * One line: `error  april.csv:1  unknown-layout – what was found – expected: what should have been there – what to do`.
 * Each of the three is a sentence where it is raised; inside the line they lose their full stop, and the second its capital.
 */
export function errorText({ place, code, found, expected, remedy }: KnownError): string {
  const sheet = place?.sheet == null ? '' : `[${place.sheet}]`;
  const where = place === null ? '' : `${place.file}${sheet}${place.row === undefined ? '' : `:${place.row}`}  `;
  return `error  ${where}${code} – ${withCapital(withoutStop(found))} – expected: ${inTheMiddle(withoutStop(expected))} – ${remedy}`;
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

function withCapital(sentence: string): string {
  return sentence.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

/** A first word such as `CSV` keeps its capitals. */
function inTheMiddle(sentence: string): string {
  return sentence.replace(/^[A-Z](?=[a-z]*\s)/, (letter) => letter.toLowerCase());
}
