import type { ChargeKind, LineHeading, ParsedLine } from '../../domain/charges/charge-line.ts';
import type { Day } from '../../domain/calendar/days.ts';
import { invariant } from '../../domain/invariant.ts';
import type { Decimal, PrintedNumber } from '../../domain/numbers/money.ts';
import { IntTable, NumberTable } from './line-table.ts';
import { TextPool } from './text-pool.ts';

/** A file or sheet as the ledgers know it. */
export interface LedgerTable {
  readonly file: string;
  readonly sheet: string | null;
  readonly isAudited: boolean;
}

/** The places of the integers that every line has; those of a ledger's own begin after them. */
export const SHARED_INTS = { heading: 0, table: 1, row: 2, kind: 3 } as const;

const KINDS: readonly ChargeKind[] = [
  'purchase',
  'renewal',
  'cycle',
  'seat-change',
  'conversion',
  'plan-change',
  'cancellation',
  'adjustment',
  'other',
];
/** An integer that stands for no day. */
export const NO_DAY = -0x80000000;

/**
 * Lines in typed arrays: some 150 bytes a line outside the JavaScript heap, where objects with decimals would take a kilobyte. A ledger says which integers
 * (days, and texts by their number in the pool) and which numbers its lines have, and where each stands.
 */
export class LineStore<TextName extends string, DayName extends string, NumberName extends string> {
  readonly #tables: LedgerTable[] = [];
  readonly #headings: LineHeading[] = [];
  readonly #headingNumbers = new Map<LineHeading, number>();
  readonly #intPlaces: Readonly<Record<TextName | DayName, number>>;
  readonly #numberPlaces: Readonly<Record<NumberName, number>>;
  protected readonly pool = new TextPool();
  protected readonly ints: IntTable;
  protected readonly numbers: NumberTable;
  #length = 0;

  constructor(intPlaces: Readonly<Record<TextName | DayName, number>>, numberPlaces: Readonly<Record<NumberName, number>>) {
    this.#intPlaces = intPlaces;
    this.#numberPlaces = numberPlaces;
    this.ints = new IntTable(Object.keys(intPlaces).length);
    this.numbers = new NumberTable(Object.keys(numberPlaces).length);
  }

  get length(): number {
    return this.#length;
  }

  /** Lines added from here on belong to this table. */
  beginTable(table: LedgerTable): void {
    this.#tables.push(table);
  }

  /** Makes room for a line and notes what every line has. Returns its place. */
  protected addLine(line: ParsedLine): number {
    invariant(this.#tables.length > 0, 'a line needs a table');
    const index = this.#length;
    this.#length += 1;
    const { ints } = this;
    ints.set(index, SHARED_INTS.heading, this.#numberOfHeading(line.heading));
    ints.set(index, SHARED_INTS.table, this.#tables.length - 1);
    ints.set(index, SHARED_INTS.row, line.row);
    ints.set(index, SHARED_INTS.kind, KINDS.indexOf(line.kind));
    return index;
  }

  /** Forgets every line from `length` on: their table is read again with another dialect. */
  truncate(length: number): void {
    this.#length = length;
    this.numbers.truncate(length);
  }

  heading(index: number): LineHeading {
    const heading = this.#headings[this.headingNumber(index)];
    invariant(heading !== undefined, 'every line has a heading');
    return heading;
  }

  /** Equal for lines of one heading. */
  headingNumber(index: number): number {
    return this.ints.get(index, SHARED_INTS.heading);
  }

  /** The headings of all lines, each once. */
  headings(): readonly LineHeading[] {
    const isUsed = new Uint8Array(this.#headings.length);
    for (let index = 0; index < this.#length; index += 1) isUsed[this.headingNumber(index)] = 1;
    return this.#headings.filter((_, number) => isUsed[number] === 1);
  }

  table(index: number): LedgerTable {
    const table = this.#tables[this.ints.get(index, SHARED_INTS.table)];
    invariant(table !== undefined, 'every line has a table');
    return table;
  }

  row(index: number): number {
    return this.ints.get(index, SHARED_INTS.row);
  }

  kind(index: number): ChargeKind {
    return KINDS[this.ints.get(index, SHARED_INTS.kind)] ?? 'other';
  }

  text(name: TextName, index: number): string {
    return this.pool.text(this.textNumber(name, index));
  }

  /** Equal for equal texts. */
  textNumber(name: TextName, index: number): number {
    return this.ints.get(index, this.#intPlaces[name]);
  }

  day(name: DayName, index: number): Day | null {
    const value = this.ints.get(index, this.#intPlaces[name]);
    return value === NO_DAY ? null : (value as Day);
  }

  decimal(name: NumberName, index: number): Decimal | null {
    return this.numbers.get(index, this.#numberPlaces[name]);
  }

  printed(name: NumberName, index: number): PrintedNumber | null {
    return this.numbers.printed(index, this.#numberPlaces[name]);
  }

  #numberOfHeading(heading: LineHeading): number {
    let number = this.#headingNumbers.get(heading);
    if (number === undefined) {
      number = this.#headings.length;
      this.#headings.push(heading);
      this.#headingNumbers.set(heading, number);
    }
    return number;
  }
}
