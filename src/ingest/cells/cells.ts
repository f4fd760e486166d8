import type { LineHeading, RowRejection } from '../../domain/charges/charge-line.ts';
import type { Day } from '../../domain/calendar/days.ts';
import { invariant } from '../../domain/invariant.ts';
import type { PrintedNumber } from '../../domain/numbers/money.ts';
import type { Detected } from '../../domain/findings/report.ts';
import { dayOf, dayOfSerial, isNoDate, takeDayApart, type DayParts, type DayReading } from './day-text.ts';
import { contradiction, OtherDialect, type DateOrder, type DecimalMark, type Dialect, type Proof } from './dialect.ts';
import { ownText } from '../text/own-text.ts';
import { assemble, markEvidence, takeApart, type NumberParts } from './printed-number.ts';
import type { DateSystem } from '../rows.ts';

/** Distinct day texts remembered: the days of many years, in every form a file could mix. */
const REMEMBERED_DAYS = 20_000;
/** `12/31/2026 12:00:00 AM`; a longer text is an instant with fractions of a second, which never comes twice. */
const LONGEST_DAY = 22;
/** Of a cell in a message. */
const SHOWN_CHARACTERS = 120;
/** That many digits are a safe integer whatever they are. */
const SAFE_DIGITS = 15;

/** Where the cells come from. */
export interface CellSource {
  readonly file: string;
  readonly sheet: string | null;
  readonly dateSystem: DateSystem;
  /** The names of the columns, for messages. */
  readonly header: readonly string[];
}

/**
 * Reads the cells of one table under its dialect, and watches for cells that prove the dialect: an assumption that proves
 * wrong is an `OtherDialect`, two proofs against one another a known error. The first cell of a row that cannot be read
 * stands in `failure`; an empty cell is null and no failure.
 */
export class CellReader {
  failure: RowRejection | null = null;
  readonly #source: CellSource;
  readonly #days = new Map<string, DayReading | null>();
  #dialect: Dialect;
  #row = 0;
  #currencies: Pick<LineHeading, 'currency' | 'pricingCurrency'> = NO_CURRENCIES;
  #isOrderOpen = false;
  #isMarkOpen = false;
  /** The mark that may be read without a look at the number's shape; 0 while it is only assumed. */
  #settledMark = 0;

  constructor(source: CellSource, dialect: Dialect) {
    this.#source = source;
    this.#dialect = dialect;
    if (dialect.decimalMark.basis !== 'assumed') this.#settledMark = dialect.decimalMark.value.charCodeAt(0);
  }

  beginRow(row: number): void {
    this.#row = row;
    this.#currencies = NO_CURRENCIES;
    this.failure = null;
  }

  /** The codes that may stand beside the amounts of this row. */
  allowCurrencies(heading: Pick<LineHeading, 'currency' | 'pricingCurrency'>): void {
    this.#currencies = heading;
  }

  /** An amount, a price or a rate. */
  money(cell: string, column: number): PrintedNumber | null {
    if (cell === '') return null;
    return this.#plainNumber(cell) ?? this.#number(cell, column, 'money-unreadable', 'an amount');
  }

  quantity(cell: string, column: number): PrintedNumber | null {
    if (cell === '') return null;
    return this.#plainNumber(cell) ?? this.#number(cell, column, 'quantity-unreadable', 'a quantity');
  }

  day(cell: string, column: number): Day | null {
    return this.moment(cell, column)?.day ?? null;
  }

  /** A day with its time. */
  moment(cell: string, column: number): DayReading | null {
    if (cell === '') return null;
    const known = this.#days.get(cell);
    if (known !== undefined) return known;
    const reading = this.#day(cell.trim().replace(/^'/, ''), column);
    if (this.failure !== null || cell.length > LONGEST_DAY) return reading;
    if (this.#days.size >= REMEMBERED_DAYS) this.#days.clear();
    this.#days.set(ownText(cell), reading);
    return reading;
  }

  /** What the file turned out to be written in; null where nothing in it depends on that. */
  detected(): Pick<Detected, 'dateOrder' | 'decimalMark' | 'assumed'> {
    const { dateOrder, decimalMark } = this.#dialect;
    const assumed: string[] = [];
    if (dateOrder.basis === 'assumed' && this.#isOrderOpen) assumed.push('date-order');
    if (decimalMark.basis === 'assumed' && this.#isMarkOpen) assumed.push('decimal-mark');
    return {
      dateOrder: dateOrder.basis === 'assumed' && !this.#isOrderOpen ? null : dateOrder.value,
      decimalMark: decimalMark.basis === 'assumed' && !this.#isMarkOpen ? null : decimalMark.value,
      assumed,
    };
  }

  /** The first cell that cannot be read rejects its row. */
  fail(column: number, cell: string, code: string, message: string): null {
    this.failure ??= { row: this.#row, column: this.#source.header[column] ?? '', cell: shown(cell), code, message };
    return null;
  }

  /** Digits, at most one sign in front and one settled decimal mark: nearly every cell there is. Null where more care is due. */
  #plainNumber(cell: string): PrintedNumber | null {
    const length = cell.length;
    let at = cell.charCodeAt(0) === MINUS ? 1 : 0;
    const isNegative = at === 1;
    if (length - at > SAFE_DIGITS || length === at) return null;
    let units = 0;
    let markAt = -1;
    for (; at < length; at++) {
      const code = cell.charCodeAt(at);
      if (code >= ZERO && code <= NINE) units = units * 10 + (code - ZERO);
      else if (code === this.#settledMark && markAt === -1) markAt = at;
      else return null;
    }
    if (markAt === -1) return { units: isNegative ? 0 - units : units, scale: 0, exact: null };
    if (markAt === length - 1 || markAt === (isNegative ? 1 : 0)) return null;
    return { units: isNegative ? 0 - units : units, scale: length - 1 - markAt, exact: null };
  }

  #number(cell: string, column: number, code: string, what: string): PrintedNumber | null {
    const text = cell.trim();
    if (text === '' || text === "'") return null;
    if (text.startsWith('#')) return this.spreadsheetError(cell, column);
    const parts = takeApart(text);
    if (parts === null)
      return this.fail(column, cell, code, `"${shown(cell)}" is not ${what}. Correct the cell or download the export again.`);
    if (parts.currency !== '' && (code !== 'money-unreadable' || !this.#mayStandHere(parts.currency))) {
      return this.fail(column, cell, code, `"${shown(cell)}" names a currency that is not this row's. Download the export again.`);
    }
    const evidence = markEvidence(parts);
    if (evidence === 'invalid') {
      return this.fail(
        column,
        cell,
        code,
        `"${shown(cell)}" is not ${what}: its separators make no sense. Correct the cell or download the export again.`,
      );
    }
    if (evidence === 'open') {
      this.#isMarkOpen = true;
      if (this.#isNumberOrGroup(parts)) {
        const message = `"${shown(cell)}" is a number with three decimals or a text with a group of three, and the sheet does not tell which. Format the column as numbers.`;
        return this.fail(column, cell, code, message);
      }
    } else if (evidence !== 'none' && !this.#isMarkConfirmed(evidence, this.#proof(column, cell))) {
      return this.fail(
        column,
        cell,
        code,
        `"${shown(cell)}" cannot be read with the decimal mark "${this.#dialect.decimalMark.value}" that was given.`,
      );
    }
    const read = assemble(parts, this.#dialect.decimalMark.value);
    invariant(read !== null, 'a number whose mark is confirmed can be read with it');
    return read;
  }

  #day(text: string, column: number): DayReading | null {
    if (text === '') return null;
    if (text.startsWith('#')) return this.spreadsheetError(text, column);
    if (this.#source.dateSystem !== null) {
      const serial = dayOfSerial(text, this.#source.dateSystem);
      if (serial !== null) return serial;
    }
    const parts = takeDayApart(text);
    if (parts === null) return this.fail(column, text, 'day-unreadable', dayMessage(text));
    if (isNoDate(parts)) return null;
    const { evidence } = parts;
    const isDefinite = evidence === 'mdy' || evidence === 'dmy';
    // Only a day of the calendar proves anything.
    if (isDefinite && dayOf(parts, evidence) !== null && !this.#isOrderConfirmed(evidence, this.#proof(column, text))) {
      const order = this.#dialect.dateOrder.value === 'mdy' ? 'the month first' : 'the day first';
      return this.fail(column, text, 'day-unreadable', `"${text}" cannot be read with ${order}, which was given.`);
    }
    if (!isDefinite && evidence !== 'none') this.#noteOpenOrder(parts);
    const reading = dayOf(parts, isDefinite ? evidence : this.#dialect.dateOrder.value);
    return reading ?? this.fail(column, text, 'day-unreadable', `"${text}" is no day of the calendar. Download the export again.`);
  }

  /** No export writes days with dashes and the year last; the places that do put the day first, so where nothing is proven that is assumed. */
  #noteOpenOrder({ evidence, first, second }: DayParts): void {
    const known = this.#dialect.dateOrder;
    // 3/3/2026 is the same day either way: nothing depends on the order.
    if (first === second) return;
    this.#isOrderOpen = true;
    if (evidence === 'dashed' && known.basis === 'assumed' && known.value === 'mdy') {
      throw new OtherDialect({ ...this.#dialect, dateOrder: { basis: 'assumed', value: 'dmy' } });
    }
  }

  /** False where the user's own choice forbids what the cell proves. */
  #isMarkConfirmed(shows: DecimalMark, proof: Proof): boolean {
    const known = this.#dialect.decimalMark;
    if (known.basis === 'given') return known.value === shows;
    if (known.basis === 'proven') {
      if (known.value === shows) return true;
      throw contradiction(this.#source.file, this.#source.sheet, known.proof, shows, proof);
    }
    const proven = { ...this.#dialect, decimalMark: { basis: 'proven', value: shows, proof } } as const;
    if (known.value !== shows) throw new OtherDialect(proven);
    this.#dialect = proven;
    this.#settledMark = shows.charCodeAt(0);
    return true;
  }

  /** As for the decimal mark. */
  #isOrderConfirmed(shows: DateOrder, proof: Proof): boolean {
    const known = this.#dialect.dateOrder;
    if (known.basis === 'given') return known.value === shows;
    if (known.basis === 'proven') {
      if (known.value === shows) return true;
      throw contradiction(this.#source.file, this.#source.sheet, known.proof, shows, proof);
    }
    const proven = { ...this.#dialect, dateOrder: { basis: 'proven', value: shows, proof } } as const;
    if (known.value !== shows) throw new OtherDialect(proven);
    this.#dialect = proven;
    return true;
  }

  /** Number cells of a workbook come with a point whatever its language; in a sheet whose texts have a decimal comma, `1.234` may be either. */
  #isNumberOrGroup(parts: NumberParts): boolean {
    return this.#source.dateSystem !== null && this.#dialect.decimalMark.value === ',' && parts.body.includes('.');
  }

  #proof(column: number, cell: string): Proof {
    return { row: this.#row, column: this.#source.header[column] ?? '', cell: shown(cell) };
  }

  #mayStandHere(currency: string): boolean {
    return currency === this.#currencies.currency || currency === this.#currencies.pricingCurrency;
  }

  spreadsheetError(cell: string, column: number): null {
    return this.fail(
      column,
      cell,
      'spreadsheet-error',
      `"${shown(cell)}" is what a spreadsheet shows where it lost the value. Download the export again and do not save it from a spreadsheet.`,
    );
  }
}

const NO_CURRENCIES = { currency: '', pricingCurrency: '' };
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/** Enough of a cell for a person to know it by; a cell may be as long as a row may be. */
export function shown(cell: string): string {
  return cell.length <= SHOWN_CHARACTERS ? ownText(cell) : `${cell.slice(0, SHOWN_CHARACTERS)}…`;
}

function dayMessage(text: string): string {
  if (/^\d{4,6}([.,]\d+)?$/.test(text)) {
    return `"${text}" is the number by which a spreadsheet counts days. Download the export again, or format the column as a date before saving.`;
  }
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}(\s|$)/.test(text)) {
    return `"${text}" has a year of two digits, and the century is not guessed. Download the export again.`;
  }
  return `"${shown(text)}" is not a day. Correct the cell or download the export again.`;
}
