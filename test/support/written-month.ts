import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import exceljs from 'exceljs';
import { dayIn, encoded, numberIn, type Locale } from './locales.ts';
import { zipArchive } from './zip-writer.ts';

/** One export of a month: the texts as the portal prints them, whatever they are written as. */
export interface ExportTable {
  /** Without an ending. */
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface WrittenFile {
  readonly name: string;
  readonly bytes: Buffer;
}

const NUMBERS =
  /(Price|Quantity|Amount|TotalOtherDiscount|Subtotal|Tax|TaxTotal|Total|TotalForCustomer|ExchangeRate|PretaxCharges|Percentage|EffectiveRate)$/;
const DAYS = /Date$/;

/** A table of the bundled month; `renamed` puts other customer names in the place of its own. */
export function bundledTable(path: string, renamed: (name: string) => string = (name) => name): ExportTable {
  const records: string[][] = parse(readFileSync(new URL(`../../fixtures/month/${path}`, import.meta.url)), { bom: true });
  const [header = [], ...rows] = records;
  const isName = (column: number): boolean => /^Customer(Company)?Name$/.test(header[column] ?? '');
  return {
    name: path.replace(/\.csv$/, '').replace(/^.*\//, ''),
    header,
    rows: rows.map((row) => row.map((cell, column) => (isName(column) ? renamed(cell) : cell))),
  };
}

/** As Excel of a place saves it: SkuId without its zeros, and days, numbers and bytes in its way. */
export function asCsv(locale: Locale, { name, header, rows }: ExportTable): readonly WrittenFile[] {
  const cells = rows.map((row) => row.map((cell, column) => shownIn(locale, header[column] ?? '', cell)));
  const text = stringify([[...header], ...cells], { delimiter: locale.delimiter, record_delimiter: locale.lineEnd });
  return [{ name: `${name}.csv`, bytes: encoded(text, locale.encoding) }];
}

function shownIn(locale: Locale, column: string, cell: string): string {
  if (DAYS.test(column)) return dayIn(locale, cell);
  if (column === 'SkuId') return cell.replace(/^0+(?=\d)/, '');
  return NUMBERS.test(column) ? numberIn(locale, cell) : cell;
}

/** As an Excel workbook with numbers as numbers and days as dates. */
export async function asWorkbook({ name, header, rows }: ExportTable): Promise<readonly WrittenFile[]> {
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('Export');
  sheet.addRow([...header]);
  for (const row of rows) sheet.addRow(row.map((cell, column) => typedCell(header[column] ?? '', cell)));
  header.forEach((column, place) => {
    if (DAYS.test(column)) sheet.getColumn(place + 1).numFmt = 'm/d/yyyy h:mm';
  });
  return [{ name: `${name}.xlsx`, bytes: Buffer.from(await workbook.xlsx.writeBuffer()) }];
}

function typedCell(column: string, cell: string): string | number | Date {
  if (cell === '') return '';
  if (DAYS.test(column)) return new Date(instantOf(cell));
  // Excel keeps fifteen digits of a number.
  return NUMBERS.test(column) && cell.replace(/\D/g, '').length <= 15 ? +cell : cell;
}

function instantOf(printed: string): string {
  const [, m = '', d = '', y = '', hour = '0', minute = '00'] = /^(\d+)\/(\d+)\/(\d{4})(?: (\d+):(\d+))?$/.exec(printed) ?? [];
  return `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}T${hour.padStart(2, '0')}:${minute}:00Z`;
}

/** Records to a page or part: the evidence of a row n of page p is row n + p × PAGE of the whole. */
export const PAGE = 20;

function pagesOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / PAGE) }, (_, page) => all.slice(page * PAGE, (page + 1) * PAGE));
}

/** The digits of a number stand as they are printed: `JSON.stringify` would take zeros off. */
function recordText(header: readonly string[], row: readonly string[], version: 1 | 2): string {
  const members = header.map((column, place) => {
    const cell = row[place] ?? '';
    const name = version === 1 ? column.charAt(0).toLowerCase() + column.slice(1) : column;
    return `${JSON.stringify(name)}: ${valueText(column, cell, version)}`;
  });
  return `{${members.join(version === 1 ? ', ' : ',')}}`;
}

function valueText(column: string, cell: string, version: 1 | 2): string {
  if (DAYS.test(column)) {
    if (cell !== '') return JSON.stringify(instantOf(cell));
    return version === 1 ? '"0001-01-01T00:00:00Z"' : 'null';
  }
  if (!NUMBERS.test(column)) return JSON.stringify(cell);
  // Version 1 has numbers as numbers or as texts in one and the same response.
  return cell === '' ? 'null' : version === 1 && column.startsWith('U') ? JSON.stringify(cell) : cell;
}

/** As the response bodies of version 1 of the API, a page a file. */
export function asPages({ name, header, rows }: ExportTable): readonly WrittenFile[] {
  const pages = pagesOf(rows);
  return pages.map((page, place) => {
    const items = page.map((row) => recordText(header, row, 1)).join(',\r\n    ');
    const links = place === pages.length - 1 ? '{}' : '{"next": {"uri": "/invoices", "method": "GET", "headers": []}}';
    const body = `{\r\n  "totalCount": ${page.length},\r\n  "items": [\r\n    ${items}\r\n  ],\r\n  "links": ${links},\r\n  "attributes": {"objectType": "Collection"}\r\n}`;
    return { name: `${name}-p${String(place).padStart(2, '0')}.json`, bytes: Buffer.from(body) };
  });
}

/** As the second API exports it: JSON lines in gzip parts, beside their manifest. */
export function asParts({ name, header, rows }: ExportTable): readonly WrittenFile[] {
  const parts = pagesOf(rows).map((page, place) => ({
    name: `${name}-p${String(place).padStart(2, '0')}.json.gz`,
    bytes: gzipSync(page.map((row) => `${recordText(header, row, 2)}\n`).join('')),
  }));
  const manifest = {
    version: '1',
    dataFormat: 'compressedJSONLines',
    createdDateTime: '2026-10-05T00:00:00Z',
    eTag: `etag-${name}`,
    partitionType: 'ItemCount',
    blobCount: parts.length,
    sizeInBytes: parts.reduce((sum, { bytes }) => sum + bytes.length, 0),
    blobs: parts.map((part, place) => ({ name: part.name, sizeInBytes: part.bytes.length, partitionValue: String(place + 1) })),
  };
  return [{ name: `${name}-manifest.json`, bytes: Buffer.from(JSON.stringify(manifest)) }, ...parts];
}

export const CONTAINERS = ['plain', 'gzip', 'gzip of several members', 'zip with folders', 'zip of gzip'] as const;
export type Container = (typeof CONTAINERS)[number];

/** The same files in a container. What is gzip already is left as it is. */
export function packed(files: readonly WrittenFile[], container: Container): readonly WrittenFile[] {
  const isPacked = ({ name }: WrittenFile): boolean => /\.gz$|-manifest\.json$/.test(name);
  const each = (pack: (bytes: Buffer) => Buffer): readonly WrittenFile[] =>
    files.map((file) => (isPacked(file) ? file : { name: `${file.name}.gz`, bytes: pack(file.bytes) }));
  switch (container) {
    case 'plain':
      return files;
    case 'gzip':
      return each((bytes) => gzipSync(bytes));
    case 'gzip of several members':
      return each(inMembers);
    case 'zip with folders':
      return inZip(files);
    case 'zip of gzip':
      return inZip(each((bytes) => gzipSync(bytes)));
  }
}

/** Cut anywhere, in the middle of a character too; one of the members is empty. */
function inMembers(bytes: Buffer): Buffer {
  const third = Math.floor(bytes.length / 3);
  return Buffer.concat([
    gzipSync(bytes.subarray(0, third)),
    gzipSync(''),
    gzipSync(bytes.subarray(third, 2 * third)),
    gzipSync(bytes.subarray(2 * third)),
  ]);
}

function inZip(files: readonly WrittenFile[]): readonly WrittenFile[] {
  const entries = files.map(({ name, bytes }) => ({ name: `exports/2026/${name}`, content: bytes }));
  return [{ name: 'month.zip', bytes: zipArchive(entries) }];
}
