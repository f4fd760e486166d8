import { KnownError } from '../../domain/known-error.ts';
import { CURRENCY_CODES } from '../../domain/numbers/currency-codes.ts';

/** Codes of currencies that are also words of a file's name. */
const WORDS: ReadonlySet<string> = new Set(['ALL', 'TOP', 'TRY', 'CUP', 'MOP']);
const CODES: ReadonlySet<string> = new Set([...CURRENCY_CODES].filter((code) => !WORDS.has(code)));

/**
 * The currency of a list that has no column for it: the one code that the name of its sheet, else of its file, says. Legacy lists are published a
 * currency each. Without one nothing is taken for granted: the wrong currency would accuse every line.
 */
export function statedCurrency(file: string, sheet: string | null): string {
  for (const name of [sheet ?? '', file.split('/').at(-1) ?? '']) {
    const codes = new Set(name.split(/[^A-Za-z]+/).filter((word) => CODES.has(word)));
    const [only, another] = codes;
    if (only !== undefined && another === undefined) return only;
  }
  throw new KnownError({
    code: 'price-list-without-currency',
    place: { file, ...(sheet === null ? {} : { sheet }) },
    found: 'The price list does not say in which currency its prices are.',
    expected: 'A column Currency, or one currency code in the name of the sheet or the file, such as prices-EUR.xlsx.',
    remedy: 'Rename the file, or add the column.',
  });
}
