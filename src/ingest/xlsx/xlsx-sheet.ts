import { type ErrorPlace } from '../../domain/known-error.ts';
import { CellValue, type SheetContext } from './xlsx-cell-value.ts';
import { trimmedText } from './xlsx-cells.ts';
import { damaged, tooLarge } from './xlsx-errors.ts';
import { grouped, type XlsxLimits } from './xlsx-limits.ts';
import { columnOf, countOf, isAllDigits } from './xlsx-reference.ts';
import { type XmlHandler, xmlName, XmlScanner } from './xlsx-xml.ts';
import type { XmlFailure } from './xml-failure.ts';
import { TextRow } from '../rows.ts';

/** A batch is handed on at so many rows, or at so many cells where rows are wide. */
const BATCH_ROWS = 512;
const BATCH_CELLS = 2 ** 18;

/** Where in the document the parser stands; each is an element that matters, or the place before and after. */
const BEFORE = 0;
const WORKSHEET = 1;
const ROWS = 2;
const ROW = 3;
const CELL = 4;
const VALUE = 5;
const FORMULA = 6;
const INLINE = 7;
const RUN = 8;
const TEXT = 9;

const NAMES = {
  worksheet: xmlName('worksheet'),
  sheetData: xmlName('sheetData'),
  row: xmlName('row'),
  c: xmlName('c'),
  v: xmlName('v'),
  f: xmlName('f'),
  is: xmlName('is'),
  r: xmlName('r'),
  s: xmlName('s'),
  t: xmlName('t'),
  xmlSpace: xmlName('xml:space'),
};

/** Turns the XML of one sheet, chunk by chunk, into rows of text. Everything outside `sheetData` is read past. */
export class SheetParser implements XmlHandler {
  readonly #scanner: XmlScanner;
  readonly #failure: XmlFailure;
  readonly #context: SheetContext;
  readonly #limits: XlsxLimits;
  #rows: TextRow[] = [];
  #heldCells = 0;
  #state = BEFORE;
  /** Elements open inside one that does not matter. */
  #skipped = 0;
  #hasRows = false;
  #doesPreserveSpace = false;

  #rowNumber = 0;
  #cells: string[] = [];
  #rowCharacters = 0;
  #column = -1;

  readonly #cell = new CellValue();
  #run = '';
  #doesRunPreserveSpace = false;
  #runParent = INLINE;

  constructor(place: ErrorPlace, context: SheetContext, limits: XlsxLimits) {
    this.#context = context;
    this.#limits = limits;
    const here = (): ErrorPlace => (this.#rowNumber === 0 || this.#state < ROWS ? place : { ...place, row: this.#rowNumber });
    this.#failure = {
      damaged: (found) => {
        throw damaged(here(), found);
      },
      tooLarge: (found, expected) => {
        throw tooLarge(here(), found, expected);
      },
    };
    this.#scanner = new XmlScanner(this, this.#failure);
  }

  /** How the reading of this sheet's bytes gives up: with the row it has come to. */
  get failure(): XmlFailure {
    return this.#failure;
  }

  push(chunk: Buffer): void {
    this.#scanner.push(chunk);
  }

  /** Parses what was pushed; true as soon as a batch is full and should be taken, false when more bytes are needed. */
  run(): boolean {
    return this.#scanner.run();
  }

  /** To be called after the last chunk. */
  end(): void {
    this.#scanner.end();
    if (!this.#hasRows) this.#failure.damaged('The sheet has no sheetData element.');
  }

  /** Hands over the rows parsed since the last call. */
  takeRows(): readonly TextRow[] {
    const rows = this.#rows;
    this.#rows = [];
    this.#heldCells = 0;
    return rows;
  }

  onOpen(name: number): void {
    if (this.#skipped > 0) {
      this.#skipped += 1;
      return;
    }
    const child = this.#child(name);
    if (child === null) this.#skipped = 1;
    else this.#state = child;
  }

  /** The state an element leads to, null where it does not matter. */
  #child(name: number): number | null {
    switch (this.#state) {
      case CELL:
        if (name === NAMES.v) return this.#openValue(VALUE);
        if (name === NAMES.f) return this.#openFormula();
        return name === NAMES.is ? this.#openValue(INLINE) : null;
      case ROW:
        return name === NAMES.c ? this.#openCell() : null;
      case ROWS:
        return name === NAMES.row ? this.#openRow() : null;
      case INLINE:
        if (name === NAMES.t) return this.#openRun(INLINE);
        return name === NAMES.r ? RUN : null;
      case RUN:
        return name === NAMES.t ? this.#openRun(RUN) : null;
      case WORKSHEET:
        return name === NAMES.sheetData ? this.#openRows() : null;
      case BEFORE:
        if (name !== NAMES.worksheet) this.#failure.damaged('The sheet is no worksheet.');
        this.#doesPreserveSpace = this.#scanner.attribute(NAMES.xmlSpace) === 'preserve';
        return WORKSHEET;
      default:
        return this.#failure.damaged('A value of the sheet has an element inside.');
    }
  }

  onClose(): void {
    if (this.#skipped > 0) {
      this.#skipped -= 1;
      return;
    }
    switch (this.#state) {
      case VALUE:
      case FORMULA:
      case INLINE:
        this.#state = CELL;
        break;
      case CELL:
        this.#closeCell();
        this.#state = ROW;
        break;
      case ROW:
        this.#closeRow();
        this.#state = ROWS;
        break;
      case TEXT:
        this.#cell.text += this.#doesRunPreserveSpace ? this.#run : trimmedText(this.#run);
        this.#state = this.#runParent;
        break;
      case RUN:
        this.#state = INLINE;
        break;
      default:
        this.#state = this.#state === ROWS ? WORKSHEET : BEFORE;
    }
  }

  onText(start: number, end: number, form: number): void {
    if (this.#skipped > 0 || this.#state < ROWS) return;
    if (this.#state === VALUE) {
      if (this.#cell.isShared) this.#readIndex(start, end, form);
      else this.#cell.text += this.#limited(this.#scanner.textOf(start, end, form));
    } else if (this.#state === TEXT) this.#run += this.#limited(this.#scanner.textOf(start, end, form));
    else if (this.#state === FORMULA) this.#cell.formula += this.#limited(this.#scanner.textOf(start, end, form));
    else if (trimmedText(this.#scanner.textOf(start, end, form)) !== '') this.#failure.damaged('The sheet has text outside its cells.');
  }

  #limited(piece: string): string {
    this.#rowCharacters += piece.length;
    const { rowCharacters } = this.#limits;
    if (this.#rowCharacters > rowCharacters) {
      this.#failure.tooLarge(
        `The row holds more than ${grouped(rowCharacters)} characters.`,
        `Rows of at most ${grouped(rowCharacters)} characters.`,
      );
    }
    return piece;
  }

  #openRows(): number {
    if (this.#hasRows) this.#failure.damaged('The sheet has two sheetData elements.');
    this.#hasRows = true;
    return ROWS;
  }

  #openRow(): number {
    const { attributeCount, attributeNames } = this.#scanner;
    let number = this.#rowNumber + 1;
    for (let index = 0; index < attributeCount; index += 1) {
      if (attributeNames[index] === NAMES.r) number = this.#digits(this.#attributeStart(index), this.#attributeEnd(index));
    }
    if (number <= this.#rowNumber) this.#failure.damaged(`Row ${number} follows row ${this.#rowNumber}.`);
    this.#rowNumber = number;
    if (number > this.#limits.rows) {
      this.#failure.tooLarge('The sheet has a row beyond the last one Excel knows.', `At most ${grouped(this.#limits.rows)} rows.`);
    }
    this.#cells = [];
    this.#rowCharacters = 0;
    this.#column = -1;
    return ROW;
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return;
    this.#rows.push(new TextRow(this.#rowNumber, this.#cells));
    this.#heldCells += this.#cells.length;
    if (this.#rows.length >= BATCH_ROWS || this.#heldCells >= BATCH_CELLS) this.#scanner.isPaused = true;
  }

  #openCell(): number {
    const { attributeCount, attributeNames } = this.#scanner;
    this.#cell.open();
    let column = this.#column + 1;
    for (let index = 0; index < attributeCount; index += 1) {
      const name = attributeNames[index];
      if (name === NAMES.r) column = this.#columnOf(this.#attributeStart(index), this.#attributeEnd(index));
      else if (name === NAMES.s) this.#cell.style = this.#digits(this.#attributeStart(index), this.#attributeEnd(index));
      else if (name === NAMES.t)
        this.#cell.setKind(this.#scanner.bytes, this.#attributeStart(index), this.#attributeEnd(index), this.#failure);
    }
    if (column >= this.#limits.columns) {
      this.#failure.tooLarge('The row has a cell beyond the last column Excel knows.', `At most ${grouped(this.#limits.columns)} columns.`);
    }
    this.#column = column;
    return CELL;
  }

  #openValue(state: number): number {
    this.#cell.openValue(this.#failure);
    return state;
  }

  #openFormula(): number {
    this.#cell.openFormula();
    return FORMULA;
  }

  #openRun(parent: number): number {
    const space = this.#scanner.attribute(NAMES.xmlSpace);
    this.#doesRunPreserveSpace = space === '' ? this.#doesPreserveSpace : space === 'preserve';
    this.#runParent = parent;
    this.#run = '';
    return TEXT;
  }

  #closeCell(): void {
    const text = this.#cell.finished(this.#context, this.#failure);
    if (text === '') return;
    if (text.length > this.#limits.cellCharacters) {
      this.#failure.tooLarge('A cell of the row holds more text than a cell of Excel can.', 'Cells of at most 32,767 characters.');
    }
    const cells = this.#cells;
    const column = this.#column;
    if (column < cells.length) {
      if (cells[column] !== '') this.#failure.damaged('The row has the same cell twice.');
      cells[column] = text;
      return;
    }
    while (cells.length < column) cells.push('');
    cells.push(text);
  }

  /** Usually one piece of digits, read without making a string of them. */
  #readIndex(start: number, end: number, form: number): void {
    const isPlain = form === 0 && isAllDigits(this.#scanner.bytes, start, end);
    if (isPlain && this.#cell.setSharedIndex(this.#digits(start, end))) return;
    this.#cell.addSharedPiece(this.#limited(this.#scanner.textOf(start, end, form)));
  }

  #attributeStart(index: number): number {
    return this.#scanner.attributeStarts[index] as number;
  }

  #attributeEnd(index: number): number {
    return this.#scanner.attributeEnds[index] as number;
  }

  #digits(start: number, end: number): number {
    const count = countOf(this.#scanner.bytes, start, end);
    return count < 0 ? this.#failure.damaged('The sheet has a number that is none.') : count;
  }

  /** The row in a cell's reference must be the row it stands in: a finding names that row as its evidence. */
  #columnOf(start: number, end: number): number {
    const column = columnOf(this.#scanner.bytes, start, end, this.#rowNumber);
    return column < 0 ? this.#failure.damaged('The row has a cell that belongs elsewhere.') : column;
  }
}
