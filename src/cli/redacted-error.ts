import { KnownError } from '../domain/known-error.ts';
import type { Pseudonyms } from '../report/redact/pseudonyms.ts';
import { LEFT_OUT, Redactor } from '../report/redact/redactor.ts';

/** Runs a job whose output is redacted: an error that ends it names no file and quotes no cell either, for logs are passed on like reports. */
export async function withoutNames<T>(pseudonyms: Pseudonyms, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof KnownError ? redactedError(error, pseudonyms) : error;
  }
}

function redactedError({ code, place, found, expected, remedy }: KnownError, pseudonyms: Pseudonyms): KnownError {
  const files = place === null ? [] : [{ path: place.file, sheet: place.sheet ?? null }];
  const redactor = new Redactor(pseudonyms, { customers: [], files, keptIds: null });
  // What is quoted, and what is listed behind a colon, are names, headings and cells of the user's, save the tool's own examples.
  const unquoted = (text: string): string =>
    text.replace(/\{.*\}/s, `{ ${LEFT_OUT} }`).replaceAll(/(?<!such as )"([^"]*)"/g, (_, quoted: string) => `"${redactor.cell(quoted)}"`);
  const said = unquoted(found).replace(/: .*$/s, `: ${LEFT_OUT}.`);
  return new KnownError({
    code,
    ...(place === null
      ? {}
      : {
          place: {
            ...place,
            file: pseudonyms.file(place.file),
            ...(place.sheet == null ? {} : { sheet: pseudonyms.sheet(place.sheet) }),
          },
        }),
    found: redactor.sentence(said),
    expected: redactor.known(expected),
    remedy: `${redactor.known(unquoted(remedy))} Without --redact the names are shown.`,
  });
}
