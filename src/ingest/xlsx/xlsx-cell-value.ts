import { dateText, isoCellText, numberText, unescapedText } from './xlsx-cells.ts';
import { grouped } from './xlsx-limits.ts';
import { xmlName, xmlNameOf } from './xlsx-xml.ts';
import type { XmlFailure } from './xml-failure.ts';
import type { DateSystem } from '../rows.ts';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly sharedStrings: readonly string[];
  /** By the index a cell names as its style: whether its numbers are shown as dates. */
  readonly dateStyles: readonly boolean[];
  /** By the same index: to how many digits whole numbers are filled up with zeros. */
  readonly zeroWidths: readonly number[];
  readonly dateSystem: NonNullable<DateSystem>;
}

/** The types of a cell, as `t` names them. */
const KINDS = {
  number: xmlName('n'),
  shared: xmlName('s'),
  string: xmlName('str'),
  inline: xmlName('inlineStr'),
  boolean: xmlName('b'),
  error: xmlName('e'),
  date: xmlName('d'),
};
const KNOWN_KINDS: ReadonlySet<number> = new Set(Object.values(KINDS));

const BOOLEANS: ReadonlyMap<string, string> = new Map([
  ['', ''],
  ['1', 'TRUE'],
  ['true', 'TRUE'],
  ['0', 'FALSE'],
  ['false', 'FALSE'],
]);

/** One cell while its elements are read: its type, its style and its text as far as it has come. One object serves every cell of a sheet. */
export class CellValue {
  style = 0;
  /** The text of the value, of an inline string or of a shared text's number that came in pieces. */
  text = '';
  formula = '';
  #kind = KINDS.number;
  #hasValue = false;
  #hasFormula = false;
  #sharedIndex = -1;

  /** Forgets the cell before. */
  open(): void {
    this.style = 0;
    this.text = '';
    this.#kind = KINDS.number;
    this.#hasValue = false;
    this.#hasFormula = false;
    this.#sharedIndex = -1;
  }

  get isShared(): boolean {
    return this.#kind === KINDS.shared;
  }

  /** Takes the type that lies in bytes as the value of an attribute. */
  setKind(bytes: Buffer, start: number, end: number, failure: XmlFailure): void {
    const kind = xmlNameOf(bytes, start, end);
    if (!KNOWN_KINDS.has(kind)) failure.damaged('The row has a cell of an unknown type.');
    this.#kind = kind;
  }

  openValue(failure: XmlFailure): void {
    if (this.#hasValue) failure.damaged('A cell of the row has two values.');
    this.#hasValue = true;
  }

  openFormula(): void {
    this.formula = '';
    this.#hasFormula = true;
  }

  /** Usually a shared text's number is one piece of digits, read without making a string of them; false where it is not. */
  setSharedIndex(index: number): boolean {
    if (this.#sharedIndex !== -1 || this.text !== '') return false;
    this.#sharedIndex = index;
    return true;
  }

  /** Adds a piece of a shared text's number to what has come of it. */
  addSharedPiece(piece: string): void {
    if (this.#sharedIndex !== -1) this.text = this.#sharedIndex.toString();
    this.#sharedIndex = -1;
    this.text += piece;
  }

  /** The text of the finished cell, '' where it is empty. */
  finished(context: SheetContext, failure: XmlFailure): string {
    const { text } = this;
    switch (this.#kind) {
      case KINDS.number:
        return this.#numericText(text, context);
      case KINDS.shared:
        return this.#sharedText(context.sharedStrings, failure);
      case KINDS.boolean:
        return BOOLEANS.get(text.trim()) ?? failure.damaged('A cell of the row is a boolean that is neither true nor false.');
      case KINDS.error:
        return text.trim();
      case KINDS.date:
        return isoCellText(text);
      default:
        return unescapedText(text);
    }
  }

  /**
   * A formula that was never calculated has no value: some writers leave that to Excel. It is given as its formula, which no
   * parser takes for a figure; an empty cell would pass for "nothing charged".
   */
  #numericText(text: string, { dateStyles, dateSystem, zeroWidths }: SheetContext): string {
    if (text === '') return this.#hasFormula ? `=${this.formula}` : '';
    if (dateStyles[this.style] === true) return dateText(text, dateSystem);
    const number = numberText(text);
    // An id or a ticket number that is shown with the zeros in front has them.
    return /^\d+$/.test(number) ? number.padStart(zeroWidths[this.style] ?? 0, '0') : number;
  }

  #sharedText(sharedStrings: readonly string[], failure: XmlFailure): string {
    if (this.text !== '') {
      const text = this.text.trim();
      if (!/^\d{1,9}$/.test(text)) failure.damaged('A cell of the row names a shared text that is no number.');
      this.#sharedIndex = Number(text);
    }
    if (this.#sharedIndex === -1) return '';
    return (
      sharedStrings[this.#sharedIndex] ??
      failure.damaged(
        `A cell of the row names shared text ${grouped(this.#sharedIndex)}, but the workbook has ${grouped(sharedStrings.length)}.`,
      )
    );
  }
}
