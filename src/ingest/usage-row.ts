import type { CreditStanding, ParsedUsage } from '../domain/charges/charge-line.ts';
import type { PrintedNumber } from '../domain/numbers/money.ts';
import type { CellReader } from './cells/cells.ts';
import { isMicrosoft } from './layouts/daily-usage.ts';
import type { Field } from './layouts/layout.ts';
import { ownText } from './text/own-text.ts';
import type { Row } from './rows.ts';

type Columns = Readonly<Record<Field, number>>;

/** The money of a usage row. */
export interface UsageAmounts {
  readonly quantity: PrintedNumber;
  readonly subtotal: PrintedNumber;
  readonly tax: PrintedNumber;
  readonly total: PrintedNumber;
  readonly hasCharge: boolean;
}

const NOTHING: PrintedNumber = { units: 0, scale: 0, exact: null };
/** Names of products and meters that are looked at once. */
const REMEMBERED_NAMES = 10_000;

/** Reads what only the usage layouts have. Null, or a failure of the cell reader, where a cell that a charge needs is blank. */
export class UsageRowReader {
  readonly #columns: Columns;
  readonly #reader: CellReader;
  readonly #standings = new Map<string, CreditStanding>();

  constructor(columns: Columns, reader: CellReader) {
    this.#columns = columns;
    this.#reader = reader;
  }

  /** A legacy row of which every money cell is blank is of the daily part: it tells what was consumed on a day, and bills nothing. */
  legacyAmounts(row: Row): UsageAmounts | null {
    const { consumedQuantity, quantity, subtotal, tax, total, usageDate } = this.#columns;
    const reader = this.#reader;
    const consumed = this.#needed(row, consumedQuantity, 'quantity-unreadable', 'The consumed quantity is empty.');
    if (consumed === null) return null;
    const isBlank = [subtotal, tax, total].every((column) => row.cell(column).trim() === '');
    if (isBlank && row.cell(usageDate).trim() !== '') {
      return { quantity: consumed, subtotal: NOTHING, tax: NOTHING, total: NOTHING, hasCharge: false };
    }
    const overage = this.#needed(row, quantity, 'quantity-unreadable', 'The overage quantity is empty.');
    const charge = this.#needed(row, subtotal);
    const taxes = this.#needed(row, tax);
    const sum = this.#needed(row, total);
    if (overage === null || charge === null || taxes === null || sum === null || reader.failure !== null) return null;
    return { quantity: overage, subtotal: charge, tax: taxes, total: sum, hasCharge: true };
  }

  /** Daily rows print the charge before tax, and no tax. */
  dailyAmounts(row: Row): UsageAmounts | null {
    const { quantity, subtotal } = this.#columns;
    const units = this.#needed(row, quantity, 'quantity-unreadable', 'The quantity is empty.');
    const charge = this.#needed(row, subtotal);
    if (units === null || charge === null) return null;
    return { quantity: units, subtotal: charge, tax: NOTHING, total: charge, hasCharge: true };
  }

  facts(row: Row, hasCharge: boolean, isDaily: boolean): ParsedUsage {
    const columns = this.#columns;
    const reader = this.#reader;
    const { usageDate, consumedQuantity, includedQuantity, earnedCredit, customerCredit } = columns;
    const usageDay = reader.day(row.cell(usageDate), usageDate);
    if (!isDaily) {
      return {
        usageDay,
        hasCharge,
        consumed: reader.quantity(row.cell(consumedQuantity), consumedQuantity),
        included: reader.quantity(row.cell(includedQuantity), includedQuantity),
        earnedCredit: null,
        customerCredit: null,
        standing: 'unknown',
      };
    }
    const credit = reader.quantity(row.cell(customerCredit), customerCredit);
    return {
      usageDay,
      hasCharge,
      consumed: null,
      included: null,
      earnedCredit: reader.quantity(row.cell(earnedCredit), earnedCredit),
      customerCredit: credit,
      standing: this.#standing(row),
    };
  }

  /** By the cells of the row, the strongest reason against a credit first. */
  #standing(row: Row): CreditStanding {
    const { creditType, chargeType, benefitOrderId, benefitId, benefitType, additionalInfo } = this.#columns;
    if (/^azure credit applied/i.test(row.cell(creditType).trim()) || /^customer ?credit$/i.test(row.cell(chargeType).trim()))
      return 'credited';
    const hasBenefit = row.cell(benefitOrderId).trim() !== '' || row.cell(benefitId).trim() !== '';
    if (hasBenefit || /savings ?plan|reserv/i.test(row.cell(benefitType))) return 'benefit';
    if (RESERVATION.test(row.cell(additionalInfo))) return 'benefit';
    return this.#standingOfNames(row);
  }

  #standingOfNames(row: Row): CreditStanding {
    const { publisherName, skuName, productName, meter } = this.#columns;
    const publisher = row.cell(publisherName).trim();
    const key = `${publisher}\n${row.cell(skuName)}\n${row.cell(productName)}\n${row.cell(meter)}`;
    const known = this.#standings.get(key);
    if (known !== undefined) return known;
    const standing = standingOf(publisher, key);
    if (this.#standings.size >= REMEMBERED_NAMES) this.#standings.clear();
    this.#standings.set(ownText(key), standing);
    return standing;
  }

  #needed(row: Row, column: number, code = 'money-unreadable', message = 'The amount is empty.'): PrintedNumber | null {
    const cell = row.cell(column);
    const read = code === 'money-unreadable' ? this.#reader.money(cell, column) : this.#reader.quantity(cell, column);
    return read ?? this.#reader.fail(column, cell, code, `${message} Download the export again.`);
  }
}

/** AdditionalInfo names the reservation that covers a row. */
const RESERVATION = /"?reservation(?:order)?id"?\s*:\s*"[^"]/i;

function standingOf(publisher: string, names: string): CreditStanding {
  if (publisher === '') return 'unknown';
  if (!isMicrosoft(publisher)) return 'third-party';
  if (/\bspot\b/i.test(names)) return 'spot';
  return /\breserved\b|\breservation\b|\bsavings ?plan\b/i.test(names) ? 'benefit' : 'eligible';
}
