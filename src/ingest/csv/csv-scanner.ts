import { MAX_RECORD_BYTES, quoteNotClosed, rowTooLong } from './csv-errors.ts';
import { judgeRecord } from './csv-judge.ts';
import { cellsOf, MalformedRow, OpenEndedRow, TextRow, type Row } from '../rows.ts';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Bytes from here on belong to characters of several bytes. */
const WIDE = 0x80;

/** The record goes on beyond the bytes at hand. */
const UNFINISHED = -1;

/** What the rows of one push share: the bytes, and where the cells stand in them. */
interface ScannedBytes {
  readonly bytes: Buffer;
  /** Two numbers a cell: where it begins, and where it ends; the end is stored as `-1 - end` where the cell holds doubled quotes. */
  cells: Int32Array;
}

/** A row whose cells are still bytes: a cell is decoded when it is asked for. */
class ScannedRow implements Row {
  readonly number: number;
  readonly length: number;
  private readonly scanned: ScannedBytes;
  private readonly firstCell: number;
  private readonly start: number;
  private readonly end: number;
  /** The record with a character for each byte; right wherever the bytes are ASCII. */
  private text: string | null = null;
  /** Outside these bytes the record is ASCII. */
  private firstWide = 0;
  private untilWide = 0;

  constructor(number: number, scanned: ScannedBytes, firstCell: number, length: number, start: number, end: number) {
    this.number = number;
    this.length = length;
    this.scanned = scanned;
    this.firstCell = firstCell;
    this.start = start;
    this.end = end;
  }

  /** The record is decoded once and its cells are cut out of it; only cells with other characters than ASCII are decoded by themselves. */
  cell(column: number): string {
    if (column < 0 || column >= this.length) return '';
    const at = this.firstCell + column * 2;
    const from = this.scanned.cells[at] ?? 0;
    let to = this.scanned.cells[at + 1] ?? 0;
    const isEscaped = to < 0;
    if (isEscaped) to = -1 - to;
    if (from === to) return '';
    this.text ??= this.decode();
    const isAscii = to <= this.firstWide || from >= this.untilWide;
    const text = isAscii ? this.text.substring(from - this.start, to - this.start) : this.scanned.bytes.toString('utf8', from, to);
    return isEscaped ? text.replaceAll('""', '"') : text;
  }

  private decode(): string {
    const { start, end } = this;
    const { bytes } = this.scanned;
    const text = bytes.toString('utf8', start, end);
    this.firstWide = end;
    if (text.length === end - start) return text;
    let first = start;
    while ((bytes[first] ?? WIDE) < WIDE) first++;
    let until = end;
    while ((bytes[until - 1] ?? WIDE) < WIDE) until--;
    this.firstWide = first;
    this.untilWide = until;
    return bytes.toString('latin1', start, end);
  }
}

/**
 * Splits UTF-8 bytes into records and cells by RFC 4180, for one delimiter of one byte and for `\n`, `\r\n` and `\r` in
 * any mixture. Proven equal to csv-parse row by row (test/ingest/csv-scanner.test.ts), at a seventh of its time; a record
 * that breaks the RFC is left to csv-parse. Blank lines come out as rows of one empty cell, so that the numbers count them.
 */
export class CsvScanner {
  readonly #delimiter: number;
  readonly #file: string;
  #rowNumber: number;
  #rest: Buffer = Buffer.alloc(0);
  // What the record at hand has led to so far: plain fields, for they are touched for every cell.
  private bytes: Buffer = Buffer.alloc(0);
  private cells: Int32Array = new Int32Array(0);
  private cellCount = 0;
  private isDoubtful = false;
  private isInQuotes = false;
  private lineEnd = 0;

  /** `firstRow` is the number of the first record, 1 for the start of a file. */
  constructor(delimiter: string, file: string, firstRow = 1) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#file = file;
    this.#rowNumber = firstRow;
  }

  /** The records that are whole with these bytes; the buffer must not be written to afterwards. */
  push(chunk: Buffer): Row[] {
    return this.#split(this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]), false);
  }

  /** The last record, where no line end follows it. */
  finish(): Row[] {
    return this.#split(this.#rest, true);
  }

  #split(bytes: Buffer, isLast: boolean): Row[] {
    const rows: Row[] = [];
    // Most files have a cell in ten bytes or more; `cells` grows where one has not.
    const scanned: ScannedBytes = { bytes, cells: new Int32Array(Math.max(64, bytes.length >> 2)) };
    this.bytes = bytes;
    this.cells = scanned.cells;
    this.cellCount = 0;
    let start = 0;
    while (start < bytes.length) {
      const firstCell = this.cellCount * 2;
      const next = this.#record(start, isLast);
      if (next === UNFINISHED) {
        this.cellCount = firstCell / 2;
        break;
      }
      if (next - start > MAX_RECORD_BYTES) throw rowTooLong(this.#file, this.#rowNumber, false);
      const row = this.isDoubtful
        ? this.#judged(start, this.lineEnd)
        : new ScannedRow(this.#rowNumber, scanned, firstCell, this.cellCount - firstCell / 2, start, this.lineEnd);
      rows.push(row);
      if (this.isDoubtful) this.cellCount = firstCell / 2;
      this.#rowNumber++;
      start = next;
    }
    scanned.cells = this.cells;
    const last = rows.at(-1);
    const isOpenEnded = isLast && last !== undefined && !(last instanceof MalformedRow) && this.lineEnd === bytes.length;
    if (isOpenEnded) rows.splice(-1, 1, new OpenEndedRow(last.number, cellsOf(last)));
    this.#rest = bytes.subarray(start);
    if (isLast && this.#rest.length > 0) throw quoteNotClosed(this.#file, this.#rowNumber);
    if (this.#rest.length > MAX_RECORD_BYTES) throw rowTooLong(this.#file, this.#rowNumber, this.isInQuotes);
    return rows;
  }

  /** Finds the cells of the record that begins at `start`; yields where the next one begins, or that more bytes are needed. */
  #record(start: number, isLast: boolean): number {
    const { bytes } = this;
    const length = bytes.length;
    const delimiter = this.#delimiter;
    this.isDoubtful = false;
    this.isInQuotes = false;
    let at = start;
    for (;;) {
      if (bytes[at] === QUOTE) {
        at = this.#quotedCell(at);
        if (at === UNFINISHED) return UNFINISHED;
        if (at === length && !isLast) return UNFINISHED;
      } else {
        const from = at;
        while (at < length) {
          const byte = bytes[at] ?? 0;
          if (byte === delimiter || byte === LINE_FEED || byte === CARRIAGE_RETURN) break;
          if (byte === QUOTE) this.isDoubtful = true;
          at++;
        }
        if (at === length && !isLast) return UNFINISHED;
        this.#addCell(from, at);
      }
      if (at === length) {
        this.lineEnd = at;
        return at;
      }
      if (bytes[at] === delimiter) {
        at++;
        continue;
      }
      this.lineEnd = at;
      if (bytes[at] === LINE_FEED) return at + 1;
      if (at + 1 < length) return bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
      return isLast ? at + 1 : UNFINISHED;
    }
  }

  /** Yields where the cell's delimiter or line end stands; text after the closing quote makes the record doubtful and counts as part of the cell. */
  #quotedCell(open: number): number {
    const { bytes } = this;
    let isEscaped = false;
    let at = open + 1;
    for (;;) {
      while (at < bytes.length && bytes[at] !== QUOTE) at++;
      if (at >= bytes.length) {
        this.isInQuotes = true;
        return UNFINISHED;
      }
      if (bytes[at + 1] !== QUOTE) break;
      isEscaped = true;
      at += 2;
    }
    this.#addCell(open + 1, isEscaped ? -1 - at : at);
    at++;
    while (at < bytes.length) {
      const byte = bytes[at];
      if (byte === this.#delimiter || byte === LINE_FEED || byte === CARRIAGE_RETURN) break;
      this.isDoubtful = true;
      at++;
    }
    return at;
  }

  #addCell(from: number, to: number): void {
    const at = this.cellCount * 2;
    if (at + 2 > this.cells.length) {
      const grown = new Int32Array(this.cells.length * 2);
      grown.set(this.cells);
      this.cells = grown;
    }
    this.cells[at] = from;
    this.cells[at + 1] = to;
    this.cellCount++;
  }

  #judged(start: number, end: number): Row {
    const judgement = judgeRecord(this.bytes.toString('utf8', start, end), String.fromCharCode(this.#delimiter));
    return 'cells' in judgement ? new TextRow(this.#rowNumber, judgement.cells) : new MalformedRow(this.#rowNumber, judgement.problem);
  }
}
