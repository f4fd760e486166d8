/** Where in an input a known error was met; `row` is the number a spreadsheet shows. */
export interface ErrorPlace {
  readonly file: string;
  readonly sheet?: string | null;
  readonly row?: number;
}

/**
 * A situation the tool knows and cannot go on from. Caught once, at the command line, which exits with 2.
 * `found` is what was met, `expected` what should have been there, `remedy` what the user can do.
 */
export class KnownError extends Error {
  readonly code: string;
  readonly place: ErrorPlace | null;
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;

  constructor(options: { code: string; place?: ErrorPlace; found: string; expected: string; remedy: string }) {
    super(`${options.code}: ${options.found}`);
    this.name = 'KnownError';
    this.code = options.code;
    this.place = options.place ?? null;
    this.found = options.found;
    this.expected = options.expected;
    this.remedy = options.remedy;
  }
}
