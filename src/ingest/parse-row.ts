import type { ChargeKind, LineHeading, ParsedLine, ParsedRow, RowRejection } from '../domain/charges/charge-line.ts';
import { addDays } from '../domain/calendar/days.ts';
import { KnownError } from '../domain/known-error.ts';
import { invariant } from '../domain/invariant.ts';
import { CURRENCY_CODES } from '../domain/numbers/currency-codes.ts';
import type { PrintedNumber } from '../domain/numbers/money.ts';
import { shown, type CellReader } from './cells/cells.ts';
import type { HeadingPool } from './heading-pool.ts';
import { columnsOf, type BoundLayout } from './layouts/bound-layout.ts';
import type { HeaderPlace } from './layouts/header-place.ts';
import { countColumnNames } from './layouts/match-header.ts';
import { chargeTypeKey, columnKey, type Field, type RowTraits } from './layouts/layout.ts';
import { ownText, ownTexts, TextCache } from './text/own-text.ts';
import { cellsOf, MalformedRow, type Row } from './rows.ts';
import { ShortRows } from './csv/short-rows.ts';
import { UsageRowReader } from './usage-row.ts';
import { extentOf } from './csv/row-extent.ts';

/** The texts of lines outside their headings come again and again, except for reference ids. */
const REMEMBERED_TEXTS = 10_000;

const NO_CHARGE_TYPE = 'The charge type is empty, so it is not known what the row charges. Download the export again.';

/** What a charge type's text stands for. */
interface ChargeType {
  readonly text: string;
  readonly kind: ChargeKind;
  /** It is a column's name: the row may be a header that stands in the middle of the file. */
  readonly isColumnName: boolean;
}

/** A heading with the cells it was made of, as they stand in the file. */
interface KnownHeading {
  readonly cells: readonly string[];
  readonly traits: number;
  readonly heading: LineHeading;
}

/** Ids, where a spreadsheet's apostrophe or `="…"` in front is no part of the value. */
const ID_FIELDS: ReadonlySet<Field> = new Set<Field>([
  'customerId',
  'subscriptionId',
  'internalSubscriptionId',
  'orderId',
  'productId',
  'skuId',
  'offerId',
  'plainOfferId',
  'promotionId',
  'reservationOrderId',
  'entitlementId',
]);

/** Usage is known by its layout; nothing else tells what its rows sell. */
const USAGE_TRAITS: RowTraits = { hasMeter: true, isFractional: true, hasChargeEnd: true };

/** Turns the rows of one table into lines, under the layout its header was recognised as. */
export class RowParser {
  readonly #bound: BoundLayout;
  readonly #reader: CellReader;
  readonly #pool: HeadingPool;
  readonly #place: HeaderPlace;
  /** Null where every row may end early: a workbook leaves out empty cells at the end of a row, and JSON what is not there. */
  readonly #shortRows: ShortRows | null;
  readonly #columns: Readonly<Record<Field, number>>;
  readonly #headingColumns: readonly number[];
  readonly #headingCells: string[];
  readonly #headings = new Map<string, KnownHeading[]>();
  readonly #chargeTypes = new Map<string, ChargeType>();
  readonly #texts = new TextCache(REMEMBERED_TEXTS);
  readonly #usage: UsageRowReader;
  readonly #mayBeBlank: ReadonlySet<Field>;

  constructor(bound: BoundLayout, reader: CellReader, pool: HeadingPool, place: HeaderPlace, mayBeShort: boolean) {
    this.#bound = bound;
    this.#reader = reader;
    this.#pool = pool;
    this.#place = place;
    this.#shortRows = mayBeShort ? null : new ShortRows(bound);
    this.#columns = columnsOf(bound);
    this.#usage = new UsageRowReader(this.#columns, reader);
    this.#mayBeBlank = bound.layout.mayBeBlank ?? new Set();
    this.#headingColumns = bound.layout.headingFields.map((field) => this.#columns[field]);
    this.#headingCells = this.#headingColumns.map(() => '');
  }

  parse(row: Row): ParsedRow {
    if (row instanceof MalformedRow) return rejected(malformed(row));
    const chargeType = this.#chargeType(row.cell(this.#columns.chargeType));
    if ((chargeType.isColumnName || row.length !== this.#bound.header.length) && this.#isHeaderAgain(row)) {
      return { outcome: 'skipped', row: row.number, reason: 'repeated-header' };
    }
    const misshapen = row.length === this.#bound.header.length ? null : this.#misshapen(row);
    if (misshapen !== null) return rejected(misshapen);
    const reader = this.#reader;
    reader.beginRow(row.number);
    if (chargeType.text === '' && !this.#mayBeBlank.has('chargeType'))
      reader.fail(this.#columns.chargeType, '', 'charge-type-missing', NO_CHARGE_TYPE);
    const line = this.#bound.layout.usage === undefined ? this.#line(row, chargeType) : this.#usageLine(row, chargeType);
    if (reader.failure !== null) return rejected(reader.failure);
    invariant(line !== null, 'a row without a failure is a line');
    if (row.length < this.#bound.header.length) this.#shortRows?.count(row);
    return { outcome: 'line', line };
  }

  /** What there is to say of the rows that were read, as sentences. */
  notes(): readonly string[] {
    return this.#shortRows?.notes() ?? [];
  }

  #chargeType(cell: string): ChargeType {
    const known = this.#chargeTypes.get(cell);
    if (known !== undefined) return known;
    const { layout } = this.#bound;
    const text = ownText(cell.trim());
    const chargeType = {
      text,
      kind: layout.chargeKinds.get(chargeTypeKey(text)) ?? 'other',
      isColumnName:
        text !== '' && (countColumnNames(layout, [text]) === 1 || text === this.#bound.header[this.#columns.chargeType]?.trim()),
    };
    if (this.#chargeTypes.size >= REMEMBERED_TEXTS) this.#chargeTypes.clear();
    this.#chargeTypes.set(ownText(cell), chargeType);
    return chargeType;
  }

  /** Parts of an export put together repeat the header. One with other columns would have all rows below it misread. */
  #isHeaderAgain(row: Row): boolean {
    const { header, layout } = this.#bound;
    const cells = cellsOf(row);
    const isSame = header.every((name, column) => columnKey(name) === columnKey(cells[column] ?? ''));
    if (isSame && cells.slice(header.length).every((cell) => cell.trim() === '')) return true;
    if (countColumnNames(layout, cells) * 2 <= cells.filter((cell) => cell !== '').length) return false;
    throw new KnownError({
      code: 'header-changes',
      place: { file: this.#place.file, sheet: this.#place.sheet, row: row.number },
      found: `Row ${row.number} is a second header whose columns differ from those of row ${this.#place.row}.`,
      expected: 'One set of columns throughout the file.',
      remedy: 'The file was put together from exports of different versions: give them as files of their own.',
    });
  }

  #misshapen(row: Row): RowRejection | null {
    const columns = this.#bound.header.length;
    if (row.length < columns) return this.#shortRows === null ? null : this.#shortRows.refusal(row);
    for (let column = columns; column < row.length; column++) {
      const cell = row.cell(column).trim();
      if (cell === '') continue;
      const message =
        `The row has ${row.length} cells, the header ${columns}, so its cells do not stand under their names.${extentOf(row)} ` +
        'Most often a cell holds the delimiter and is not in quotes. Download the export again.';
      return { row: row.number, column: '', cell: shown(cell), code: 'columns-surplus', message };
    }
    return null;
  }

  /** BillableQuantity is what amounts are made of; Quantity stands in where a file has none. */
  #quantity(row: Row): PrintedNumber | null {
    const { billableQuantity, quantity } = this.#columns;
    const reader = this.#reader;
    const billable = reader.quantity(row.cell(billableQuantity), billableQuantity);
    if (billable !== null) return billable;
    return reader.quantity(row.cell(quantity), quantity) ?? reader.fail(quantity, '', 'quantity-unreadable', 'The quantity is empty.');
  }

  #heading(row: Row, traits: RowTraits): LineHeading | null {
    const cells = this.#headingCells;
    const columns = this.#headingColumns;
    for (let at = 0; at < columns.length; at++) cells[at] = row.cell(columns[at] ?? -1);
    const traitBits = (traits.hasMeter ? 1 : 0) + (traits.isFractional ? 2 : 0) + (traits.hasChargeEnd ? 4 : 0);
    const key = this.#headingKey(cells);
    const candidates = this.#headings.get(key);
    if (candidates !== undefined) {
      for (const candidate of candidates) {
        if (candidate.traits === traitBits && isSame(candidate.cells, cells)) return candidate.heading;
      }
    }
    const ownCells = ownTexts(cells);
    const heading = this.#newHeading(ownCells, traits);
    if (heading === null) return null;
    const known = { cells: ownCells, traits: traitBits, heading };
    if (candidates === undefined) this.#headings.set(this.#headingKey(ownCells), [known]);
    else candidates.push(known);
    return heading;
  }

  /** Enough of the cells that few headings share it; all of them where there is no subscription. */
  #headingKey(cells: readonly string[]): string {
    const subscription = cells[0] ?? '';
    if (subscription === '') return cells.join(' ');
    let key = subscription;
    for (let at = 1; at < this.#bound.layout.headingKeyFields; at++) key += cells[at] ?? '';
    return key;
  }

  #newHeading(cells: readonly string[], traits: RowTraits): LineHeading | null {
    const { layout } = this.#bound;
    const texts = new Map(layout.headingFields.map((field, at) => [field, headingText(field, cells[at] ?? '')]));
    for (const [field, text] of texts) this.#checkText(field, text);
    const heading = layout.heading((field) => texts.get(field) ?? '', traits);
    if (heading.customerId === '' && !this.#mayBeBlank.has('customerId')) this.#missingId('customerId');
    if (heading.subscriptionId === '') this.#missingId('subscriptionId');
    if (heading.currency !== '' || !this.#mayBeBlank.has('currency')) this.#checkCurrency('currency', heading.currency);
    if (heading.pricingCurrency !== '') this.#checkCurrency('pricingCurrency', heading.pricingCurrency);
    return this.#reader.failure === null ? this.#pool.intern(heading) : null;
  }

  #missingId(field: Field): void {
    const column = this.#columns[field];
    const message = `The row has no ${this.#bound.header[column] ?? field}, so it cannot be put to a subscription. Download the export again.`;
    this.#reader.fail(column, '', 'id-missing', message);
  }

  #checkCurrency(field: Field, currency: string): void {
    if (CURRENCY_CODES.has(currency)) return;
    const message = /^[A-Z]{3}$/.test(currency)
      ? `"${shown(currency)}" is no currency of ISO 4217, so how many decimals its money has is not known. Correct the code, or download the export again.`
      : `"${shown(currency)}" is not a currency code of three letters. Download the export again.`;
    this.#reader.fail(this.#columns[field], currency, 'currency-unreadable', message);
  }

  /** What a spreadsheet made of an id or a name. */
  #checkText(field: Field, text: string): void {
    const column = this.#columns[field];
    if (text.startsWith('#') && /^#(?:N\/A|NV|DIV\/0!|#+|\p{Lu}+[!?])$/u.test(text)) {
      this.#reader.spreadsheetError(text, column);
    } else if (ID_FIELDS.has(field) && text.includes('+') && /^\d(?:[.,]\d+)?E\+\d+$/i.test(text)) {
      const message =
        `"${shown(text)}" is an id of which a spreadsheet kept only the first digits. ` +
        'Download the export again; where it must pass through a spreadsheet, format the column as text before opening it.';
      this.#reader.fail(column, text, 'id-exponent-form', message);
    }
  }

  /** Null where the row has a failure. The cells that decide the heading are read first, and no cell twice. */
  #line(row: Row, chargeType: ChargeType): ParsedLine | null {
    const columns = this.#columns;
    const reader = this.#reader;
    const { layout } = this.#bound;
    const quantity = this.#quantity(row);
    if (quantity === null) return null;
    const meter = this.#text(row, columns.meter);
    const lastDay = reader.day(row.cell(columns.chargeEnd), columns.chargeEnd);
    const heading = this.#heading(row, { hasMeter: meter !== '', isFractional: isFractional(quantity), hasChargeEnd: lastDay !== null });
    if (heading === null) return null;
    reader.allowCurrencies(heading);
    const ordered = reader.moment(row.cell(columns.orderDate), columns.orderDate);
    const termEnd = reader.day(row.cell(columns.termEnd), columns.termEnd);
    const subtotal = this.#amount(row, columns.subtotal);
    const amount = layout.amountField === 'subtotal' ? subtotal : this.#amount(row, columns.amount);
    const tax = columns.tax === -1 ? null : this.#amount(row, columns.tax);
    const total = columns.total === -1 ? null : this.#amount(row, columns.total);
    if (amount === null || subtotal === null || reader.failure !== null) return null;
    return {
      heading,
      row: row.number,
      chargeType: chargeType.text,
      kind: chargeType.kind,
      invoiceNumber: this.#text(row, columns.invoiceNumber),
      referenceId: ownText(row.cell(columns.referenceId).trim()),
      priceAdjustment: this.#text(row, columns.priceAdjustment),
      creditReason: this.#text(row, columns.creditReason),
      meter,
      orderDay: ordered === null ? null : ordered.day,
      orderSecond: ordered === null ? null : ordered.second,
      firstDay: reader.day(row.cell(columns.chargeStart), columns.chargeStart),
      lastDay,
      termFirstDay: reader.day(row.cell(columns.termStart), columns.termStart),
      termLastDay: termEnd !== null && layout.isTermEndExclusive ? addDays(termEnd, -1) : termEnd,
      rateDay: reader.day(row.cell(columns.rateDate), columns.rateDate),
      unitPrice: reader.money(row.cell(columns.unitPrice), columns.unitPrice),
      effectiveUnitPrice: reader.money(row.cell(columns.effectiveUnitPrice), columns.effectiveUnitPrice),
      quantity,
      amount,
      discount: reader.money(row.cell(columns.discount), columns.discount),
      subtotal,
      tax,
      total,
      rate: reader.money(row.cell(columns.rate), columns.rate),
    };
  }

  /** A row of a usage layout. Null where the row has a failure. */
  #usageLine(row: Row, chargeType: ChargeType): ParsedLine | null {
    const columns = this.#columns;
    const reader = this.#reader;
    const isDaily = this.#bound.layout.usage === 'daily';
    const heading = this.#heading(row, USAGE_TRAITS);
    if (heading === null) return null;
    reader.allowCurrencies(heading);
    const amounts = isDaily ? this.#usage.dailyAmounts(row) : this.#usage.legacyAmounts(row);
    if (amounts === null) return null;
    if (amounts.hasCharge) this.#checkCurrency('currency', heading.currency);
    return {
      heading,
      row: row.number,
      chargeType: chargeType.text,
      kind: chargeType.kind,
      invoiceNumber: this.#text(row, columns.invoiceNumber),
      referenceId: '',
      priceAdjustment: '',
      creditReason: this.#text(row, columns.creditType),
      meter: this.#text(row, columns.meter),
      orderDay: null,
      orderSecond: null,
      firstDay: reader.day(row.cell(columns.chargeStart), columns.chargeStart),
      lastDay: reader.day(row.cell(columns.chargeEnd), columns.chargeEnd),
      termFirstDay: null,
      termLastDay: null,
      rateDay: reader.day(row.cell(columns.rateDate), columns.rateDate),
      unitPrice: reader.money(row.cell(columns.unitPrice), columns.unitPrice),
      effectiveUnitPrice: reader.money(row.cell(columns.effectiveUnitPrice), columns.effectiveUnitPrice),
      quantity: amounts.quantity,
      amount: amounts.subtotal,
      discount: null,
      subtotal: amounts.subtotal,
      tax: amounts.tax,
      total: amounts.total,
      rate: reader.money(row.cell(columns.rate), columns.rate),
      usage: this.#usage.facts(row, amounts.hasCharge, isDaily),
    };
  }

  /** An amount without which a row is no charge. */
  #amount(row: Row, column: number): PrintedNumber | null {
    const cell = row.cell(column);
    const read = this.#reader.money(cell, column);
    return read ?? this.#reader.fail(column, cell, 'money-unreadable', 'The amount is empty. Download the export again.');
  }

  #text(row: Row, column: number): string {
    const cell = row.cell(column);
    return cell === '' ? '' : this.#texts.keep(cell.trim());
  }
}

function malformed({ number, problem, code }: MalformedRow): RowRejection {
  const remedy = code === 'csv-malformed' ? 'Correct the quotes of this row or download the export again.' : 'Download the export again.';
  return { row: number, column: '', cell: '', code, message: `${problem} ${remedy}` };
}

function rejected(rejection: RowRejection): ParsedRow {
  return { outcome: 'rejected', rejection };
}

function isSame(known: readonly string[], cells: readonly string[]): boolean {
  for (let at = 0; at < cells.length; at++) {
    if (known[at] !== cells[at]) return false;
  }
  return true;
}

function headingText(field: Field, cell: string): string {
  const text = cell.trim();
  if (!ID_FIELDS.has(field)) return text;
  const id = /^="(.*)"$/.exec(text)?.[1] ?? text.replace(/^'/, '');
  // The API puts a namespace before some customer ids (get-invoiceline-items: org:9060d13d-…).
  return field === 'customerId' ? id.replace(/^org:/i, '') : id;
}

function isFractional(quantity: PrintedNumber): boolean {
  if (quantity.exact !== null) return quantity.exact.includes('.');
  return quantity.scale > 0 && quantity.units % 10 ** quantity.scale !== 0;
}
