import { mkdtemp, readdir, readlink, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KnownError } from '../../src/domain/known-error.ts';
import type { Row, Table } from '../../src/ingest/rows.ts';
import { dateText, isBuiltInDateFormat, isDateFormat, isoCellText, numberText, unescapedText } from '../../src/ingest/xlsx/xlsx-cells.ts';
import { type XlsxLimits, xlsxLimits } from '../../src/ingest/xlsx/xlsx-limits.ts';
import { openWorkbook, type Workbook } from '../../src/ingest/xlsx/xlsx-rows.ts';
import { SheetParser } from '../../src/ingest/xlsx/xlsx-sheet.ts';
import { zipArchive, type ZipEntry } from '../support/zip-writer.ts';

const TRANSITIONAL = 'http://schemas.openxmlformats.org';
const MAIN = `${TRANSITIONAL}/spreadsheetml/2006/main`;
const RELATIONS = `${TRANSITIONAL}/officeDocument/2006/relationships`;

interface HandSheet {
  readonly name: string;
  /** The content of sheetData. */
  readonly rows?: string;
  /** The whole part, in place of one around `rows`. */
  readonly xml?: string | Buffer;
  readonly state?: string;
  readonly target?: string;
}

interface HandBook {
  readonly sheets: readonly HandSheet[];
  /** The content of sst. */
  readonly strings?: string;
  /** The content of styleSheet. */
  readonly styles?: string;
  readonly workbookPr?: string;
}

function relation(id: string, kind: string, target: string): string {
  return `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
}

function relations(...each: readonly string[]): string {
  return `<Relationships xmlns="${TRANSITIONAL}/package/2006/relationships">${each.join('')}</Relationships>`;
}

function sheetXml(rows: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${MAIN}"><cols><col min="1" max="3"/></cols><sheetData>${rows}</sheetData><pageMargins left="0.7"/></worksheet>`;
}

/** The parts of a small workbook, to be written as they are or with some replaced. */
function handParts(book: HandBook): ZipEntry[] {
  const sheets = book.sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${index + 1}"/>`,
  );
  const targets = book.sheets.map(({ target }, index) => target ?? `worksheets/sheet${index + 1}.xml`);
  const parts: ZipEntry[] = [
    { name: '_rels/.rels', content: relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')) },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${book.workbookPr ?? ''}<sheets>${sheets.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations(
        ...targets.map((target, index) => relation(`rId${index + 1}`, 'worksheet', target)),
        relation('rIdStyles', 'styles', 'styles.xml'),
        relation('rIdStrings', 'sharedStrings', '/xl/sharedStrings.xml'),
      ),
    },
  ];
  book.sheets.forEach(({ xml, rows = '' }, index) => {
    parts.push({ name: join('/xl', targets[index]!.replace(/^\/xl\//, '')).slice(1), content: xml ?? sheetXml(rows) });
  });
  if (book.styles !== undefined) parts.push({ name: 'xl/styles.xml', content: `<styleSheet xmlns="${MAIN}">${book.styles}</styleSheet>` });
  if (book.strings !== undefined) parts.push({ name: 'xl/sharedStrings.xml', content: `<sst xmlns="${MAIN}">${book.strings}</sst>` });
  return parts;
}

function oneSheet(rows: string, rest: Omit<HandBook, 'sheets'> = {}): ZipEntry[] {
  return handParts({ sheets: [{ name: 'Data', rows }], ...rest });
}

function withPart(parts: readonly ZipEntry[], replacement: ZipEntry): ZipEntry[] {
  return [...parts.filter(({ name }) => name !== replacement.name), replacement];
}

let folder = '';
let fileCount = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xlsx-rows-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function written(bytes: Buffer): Promise<string> {
  fileCount += 1;
  const path = join(folder, `book-${fileCount}.xlsx`);
  await writeFile(path, bytes);
  return path;
}

type Cells = Record<number, string[]>;

function cellsOf(row: Row): string[] {
  const cells = Array.from({ length: row.length }, (_, column) => row.cell(column));
  while (cells.at(-1) === '') cells.pop();
  return cells;
}

async function readTable(table: Table): Promise<Cells> {
  const cells: Cells = {};
  for await (const batch of table.batches) for (const row of batch) cells[row.number] = cellsOf(row);
  return cells;
}

async function using<T>(path: string, use: (workbook: Workbook) => Promise<T>, limits?: XlsxLimits): Promise<T> {
  const workbook = await openWorkbook(path, 'given.xlsx', limits);
  try {
    return await use(workbook);
  } finally {
    await workbook.close();
  }
}

async function readFile(
  path: string,
  limits?: XlsxLimits,
): Promise<{ tables: Record<string, Cells>; order: string[]; hidden: readonly string[] }> {
  return using(
    path,
    async (workbook) => {
      const tables: Record<string, Cells> = {};
      for (const table of workbook.tables) tables[table.sheet ?? ''] = await readTable(table);
      return { tables, order: workbook.tables.map(({ sheet }) => sheet ?? ''), hidden: workbook.hiddenSheets };
    },
    limits,
  );
}

async function readParts(parts: readonly ZipEntry[], limits?: XlsxLimits): Promise<Cells> {
  const { tables, order } = await readFile(await written(zipArchive(parts)), limits);
  return tables[order[0] ?? ''] ?? {};
}

/** The known error that reading gives; anything else fails the test. */
async function errorOf(reading: Promise<unknown>): Promise<KnownError> {
  const outcome: unknown = await reading.then(
    () => 'read without an error',
    (error: unknown) => error,
  );
  if (!(outcome instanceof KnownError)) throw new Error('expected a known error', { cause: outcome });
  for (const sentence of [outcome.found, outcome.expected, outcome.remedy]) expect(sentence).toMatch(/^.+[.]$/);
  return outcome;
}

async function codeOf(reading: Promise<unknown>): Promise<string> {
  return (await errorOf(reading)).code;
}

async function writtenByExceljs(fill: (workbook: ExcelJS.Workbook) => void): Promise<string> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook);
  return written(Buffer.from(await workbook.xlsx.writeBuffer()));
}

/** How many files inside the folder this process holds open; null where the system does not tell. */
async function openFiles(): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const links = await Promise.all((await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  return links.filter((link) => link.startsWith(folder)).length;
}

describe('numbers', () => {
  it.each([
    ['0', '0'],
    ['-5', '-5'],
    ['12.50', '12.50'],
    ['123456789012345', '123456789012345'],
    ['-12345678901234.5', '-12345678901234.5'],
    ['0.000012345678901234', '0.000012345678901234'],
    ['16.800000000000001', '16.8'],
    ['-16.800000000000001', '-16.8'],
    ['0.30000000000000004', '0.3'],
    ['123456789012345.6', '123456789012346'],
    ['1.0000000000000001E-5', '0.00001'],
    ['1.5E-7', '0.00000015'],
    ['-2.5e+3', '-2500'],
    ['1.2345E2', '123.45'],
    ['1E+14', '100000000000000'],
    ['5.55E-17', '0.0000000000000000555'],
    ['1E-300', '1E-300'],
    ['5.6689060483273798E+17', '5.66890604832738E+17'],
    ['566890604832738000', '5.66890604832738E+17'],
    ['1234567890123456', '1.23456789012346E+15'],
    ['-1E+20', '-1E+20'],
    ['999999999999999.9', '1E+15'],
    [' 12 ', '12'],
    ['.5', '0.5'],
    ['+7', '7'],
    ['0E0', '0'],
    ['1E+400', '1E+400'],
    ['1.2.3', '1.2.3'],
    ['-', '-'],
    ['NaN', 'NaN'],
  ])('%s is given as %s', (stored, shown) => {
    expect(numberText(stored)).toBe(shown);
  });

  it('keeps the value of every number of at most 15 digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 }), (units, decimals) => {
        const value = units / 10 ** decimals;
        const text = numberText(value.toString());
        expect(text).not.toMatch(/E/i);
        expect(Number(text)).toBe(value);
      }),
    );
  });

  it('shows at most 15 digits of any double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = numberText(value.toString());
        expect(
          text
            .replace(/E.*$/, '')
            .replace(/^-?[0.]*/, '')
            .replace('.', '').length,
        ).toBeLessThanOrEqual(15);
        expect(Number(text)).toBe(Number(value.toPrecision(15)) + 0);
      }),
    );
  });
});

describe('dates', () => {
  it.each([
    ['45322', '2024-01-31'],
    ['45322.0', '2024-01-31'],
    ['45322.520833333336', '2024-01-31T12:30:00'],
    ['45322.999999999', '2024-02-01'],
    ['45322.00001157407', '2024-01-31T00:00:01'],
    ['1', '1900-01-01'],
    ['59', '1900-02-28'],
    ['60', '1900-02-29'],
    ['61', '1900-03-01'],
    ['0.5', '1899-12-31T12:00:00'],
    ['2958465', '9999-12-31'],
    ['2958466', '2958466'],
    ['2958465.9999999', '2958465.9999999'],
    ['-1', '-1'],
    ['', ''],
    ['x', 'x'],
  ])('serial %s of the 1900 system is %s', (stored, text) => {
    expect(dateText(stored, '1900')).toBe(text);
  });

  it.each([
    ['0', '1904-01-01'],
    ['43860', '2024-01-31'],
    ['43860.25', '2024-01-31T06:00:00'],
    ['2957003', '9999-12-31'],
    ['2957004', '2957004'],
  ])('serial %s of the 1904 system is %s', (stored, text) => {
    expect(dateText(stored, '1904')).toBe(text);
  });

  it.each([
    ['2024-01-31', '2024-01-31'],
    ['2024-01-31T00:00:00.000', '2024-01-31'],
    ['2024-01-31T12:30:15.250Z', '2024-01-31T12:30:15'],
    ['2024-01-31T12:30', '2024-01-31T12:30:00'],
    ['12:30:00', '12:30:00'],
  ])('ISO cell %s is %s', (stored, text) => {
    expect(isoCellText(stored)).toBe(text);
  });

  it.each([
    'yyyy-mm-dd',
    'dd/mm/yyyy',
    'm/d/yy h:mm',
    '[$-409]d-mmm-yy;@',
    '[$-F800]dddd\\,\\ mmmm\\ dd',
    'h:mm AM/PM',
    'yyyy"-W"',
    '[Red]mmm',
    'YYYY',
  ])('format %s shows a day or time', (code) => {
    expect(isDateFormat(code)).toBe(true);
  });

  it.each([
    'General',
    '0.00',
    '#,##0.00 [$€-407]',
    '[Red]0.00',
    '[h]:mm',
    '[mm]:ss',
    '[h]:mm:ss;@',
    '0 "days"',
    '0\\d',
    '0_d',
    '0*d',
    '"unclosed day',
    '[Yellow]0',
    '@',
    '0.00E+00',
  ])('format %s does not', (code) => {
    expect(isDateFormat(code)).toBe(false);
  });

  it('knows the built-in formats', () => {
    const dates = Array.from({ length: 164 }, (_, id) => id).filter(isBuiltInDateFormat);
    expect(dates.filter((id) => id < 23)).toEqual([14, 15, 16, 17, 18, 19, 20, 21, 22]);
    expect(dates.filter((id) => id > 40 && id < 50)).toEqual([45, 47]);
  });
});

describe('escapes of strings', () => {
  it.each([
    ['a_x000D_\nb', 'a\r\nb'],
    ['_x0041__x0042_', 'AB'],
    ['_x005F_x000D_', '_x000D_'],
    ['_xD83D__xDE00_', '😀'],
    ['_x00_ _xyz', '_x00_ _xyz'],
  ])('%s', (stored, text) => {
    expect(unescapedText(stored)).toBe(text);
  });
});

describe('a workbook written by exceljs', () => {
  const rich: ExcelJS.CellRichTextValue = { richText: [{ text: 'Contoso ' }, { font: { bold: true }, text: '& Sons' }] };

  function mixedRow(index: number): ExcelJS.CellValue[] {
    const day = new Date(Date.UTC(2020 + (index % 6), index % 12, 1 + (index % 28)));
    const instant = new Date(Date.UTC(2024, 1, 29, index % 24, index % 60, (index * 7) % 60));
    return [
      `GUID-${index}`,
      index % 3 === 0 ? null : index,
      index / 7,
      0.1 * index,
      index * 1.1e12,
      day,
      instant,
      index % 2 === 0,
      `<Ünïcode & "quotes" 😀 ${index % 5}>`,
      index % 11 === 0 ? rich : `  padded ${index} `,
      { formula: 'A1', result: (index + 1) * 2.5 },
      { formula: 'A2', result: `text ${index}` },
      { error: '#REF!' },
      { text: `link ${index}`, hyperlink: 'https://example.com' },
      index % 4 === 0 ? 'line one\nline two' : '',
    ];
  }

  /** What a cell of exceljs' full reader says, in our words. */
  function textOf(value: ExcelJS.CellValue): string {
    if (value === null || value === undefined) return '';
    if (value instanceof Date) return value.toISOString().replace('.000Z', '').replace('T00:00:00', '');
    if (typeof value === 'number') return Number(value.toPrecision(15)).toString();
    if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
    if (typeof value === 'string') return value;
    if ('richText' in value) return value.richText.map(({ text }) => text).join('');
    if ('error' in value) return value.error;
    if ('hyperlink' in value) return value.text;
    return textOf(('result' in value ? value.result : null) ?? null);
  }

  it.each([true, false])('gives the same cells as the full reader of exceljs, shared strings %s', async (useSharedStrings) => {
    const path = join(folder, `mixed-${String(useSharedStrings)}.xlsx`);
    const writer = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings, useStyles: true });
    const sheet = writer.addWorksheet('Mixed');
    sheet.getColumn(6).numFmt = 'dd/mm/yyyy';
    sheet.getColumn(7).numFmt = 'yyyy-mm-dd hh:mm:ss';
    for (let index = 0; index < 500; index += 1) sheet.addRow(mixedRow(index)).commit();
    await writer.commit();

    const reader = new ExcelJS.Workbook();
    await reader.xlsx.readFile(path);
    const expected: Cells = {};
    reader.getWorksheet('Mixed')!.eachRow((row, number) => {
      const cells = (row.values as ExcelJS.CellValue[]).slice(1);
      expected[number] = Array.from(cells, textOf);
      while (expected[number].at(-1) === '') expected[number].pop();
    });
    const { tables } = await readFile(path);
    expect(tables.Mixed).toEqual(expected);
    expect(Object.keys(expected)).toHaveLength(500);
  });

  it('gives visible sheets in the order of their tabs and names the hidden ones', async () => {
    const path = await writtenByExceljs((workbook) => {
      workbook.addWorksheet('Secret', { state: 'hidden' }).addRow(['secret']);
      workbook.addWorksheet('Zulu').addRow(['first tab']);
      workbook.addWorksheet('Deep', { state: 'veryHidden' }).addRow(['deep']);
      workbook.addWorksheet('Alpha & Co').addRow(['second tab']);
    });
    const { tables, order, hidden } = await readFile(path);
    expect(order).toEqual(['Zulu', 'Alpha & Co']);
    expect(tables['Alpha & Co']).toEqual({ 1: ['second tab'] });
    expect(hidden).toEqual(['Secret', 'Deep']);
  });

  it('reads dates of a 1904 workbook', async () => {
    const path = await writtenByExceljs((workbook) => {
      workbook.properties.date1904 = true;
      const sheet = workbook.addWorksheet('S');
      sheet.addRow([new Date(Date.UTC(2024, 0, 31)), 45000]);
    });
    await using(path, async (workbook) => {
      const [table] = workbook.tables;
      expect(table?.dateSystem).toBe('1904');
      expect(await readTable(table!)).toEqual({ 1: ['2024-01-31', '45000'] });
    });
  });

  it('keeps row numbers over a gap and gives batches of some hundreds', async () => {
    const path = await writtenByExceljs((workbook) => {
      const sheet = workbook.addWorksheet('S');
      for (let row = 1; row <= 1100; row += 1) sheet.getCell(row, 3).value = row;
      sheet.getCell(5000, 1).value = 'far down';
    });
    await using(path, async (workbook) => {
      const sizes: number[] = [];
      for await (const batch of workbook.tables[0]!.batches) sizes.push(batch.length);
      expect(sizes).toEqual([512, 512, 77]);
      const cells = await readTable(workbook.tables[0]!);
      expect(cells[1100]).toEqual(['', '', '1100']);
      expect(cells[1101]).toBeUndefined();
      expect(cells[5000]).toEqual(['far down']);
    });
  });
});

describe('cells', () => {
  it('reads every type', async () => {
    const strings =
      '<si><t>plain</t></si><si><r><t>ri</t></r><r><rPr><b/></rPr><t xml:space="preserve">ch </t></r><rPh sb="0" eb="1"><t>ふり</t></rPh></si><si/>';
    const rows = `<row r="2">
      <c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c>
      <c r="D2" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>
      <c r="E2" t="str"><f>"a"&amp;"b"</f><v>ab &amp; _x0041_</v></c>
      <c r="F2" t="b"><v>1</v></c><c r="G2" t="b"><v>0</v></c><c r="H2" t="e"><v>#REF!</v></c>
      <c r="I2"><v>16.800000000000001</v></c><c r="J2" t="n"><v>566890604832738000</v></c>
      <c r="K2" t="d"><v>2024-01-31T00:00:00</v></c><c r="L2" s="3"/><c r="M2" t="s"><v> 0 </v></c>
      <c r="AB2"><f>SUM(A1)</f><v>3</v></c></row>`;
    expect(await readParts(oneSheet(rows, { strings }))).toEqual({
      2: [
        ...['plain', 'rich ', '', 'inline', 'ab & A', 'TRUE', 'FALSE', '#REF!', '16.8', '5.66890604832738E+17', '2024-01-31', '', 'plain'],
        ...Array.from({ length: 14 }, () => ''),
        '3',
      ],
    });
  });

  it('drops the outer white space of a text unless it is preserved', async () => {
    const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>
      x </t></is></c><c r="D1" t="inlineStr"><is><t xml:space="preserve"> y </t></is></c><c r="E1" t="str"><v> z </v></c></row>`;
    const strings = '<si><t> a </t></si><si><t xml:space="preserve"> b </t></si>';
    expect(await readParts(oneSheet(rows, { strings }))).toEqual({ 1: ['a', ' b ', 'x', ' y ', ' z '] });
  });

  it('preserves white space where the root element says so', async () => {
    const xml = `<worksheet xmlns="${MAIN}" xml:space="preserve"><sheetData><row r="1"><c t="inlineStr"><is><t> a </t></is></c><c t="inlineStr"><is><t xml:space="default"> b </t></is></c></row></sheetData></worksheet>`;
    expect(await readParts(handParts({ sheets: [{ name: 'S', xml }] }))).toEqual({ 1: [' a ', 'b'] });
  });

  it('understands entities, CDATA, comments, single quotes and prefixes', async () => {
    const xml = `<?xml version='1.0' encoding='utf-8'?><!-- <row> --><x:worksheet xmlns:x='${MAIN}'><x:sheetData>
      <x:row r = '3' customFormat='1>0'><x:c r='A3' t='inlineStr'><x:is><x:t>&lt;&#65;&#x42;&gt;&apos;&quot;<![CDATA[ & <c> ]]>&#55357;&#56832;</x:t></x:is></x:c
      ><x:c r='B3' t='str'><x:v>o<!-- - -->n<?pi x?>e</x:v></x:c><x:c r='C3'><x:v>1<!-- -->2</x:v></x:c><x:c r='D3' t='s'><x:v>&#49;</x:v></x:c><x:c r='E3' t='s'><x:v>0<!-- -->1</x:v></x:c></x:row>
      <x:row r='4'><x:c r='A4' t='str'><x:v>a\r\nb\rc&#13;d</x:v></x:c></x:row>
      </x:sheetData></x:worksheet>\n`;
    const parts = handParts({ sheets: [{ name: 'S', xml }], strings: '<si><t>zero</t></si><si><t>one</t></si>' });
    expect(await readParts(parts)).toEqual({ 3: [`<AB>'" & <c> 😀`, 'one', '12', 'one', 'one'], 4: ['a\nb\nc\rd'] });
  });

  it('counts rows and columns that carry no reference', async () => {
    const rows =
      '<row><c><v>1</v></c><c r="C1"><v>3</v></c><c><v>4</v></c></row><row r="7"/><row><c r="B8"><v>8</v></c></row><row spans="1:1"/>';
    expect(await readParts(oneSheet(rows))).toEqual({ 1: ['1', '', '3', '4'], 8: ['', '8'] });
  });

  it('takes cells in any order, but none twice', async () => {
    expect(await readParts(oneSheet('<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>'))).toEqual({ 1: ['1', '', '3'] });
    const twice = '<row r="1"><c r="C1"><v>3</v></c><c r="C1"><v>4</v></c></row>';
    expect(await codeOf(readParts(oneSheet(twice)))).toBe('xlsx-damaged');
  });

  it('shows a formula that was never calculated, not an empty cell', async () => {
    const rows =
      '<row r="1"><c r="A1"><f>B1*2</f></c><c r="B1"><f>C1&amp;"x"</f><v></v></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><v>1</v></c></row>';
    expect(await readParts(oneSheet(rows))).toEqual({ 1: ['=B1*2', '=C1&"x"', '', '1'] });
  });

  it('gives numbers in date styles as days', async () => {
    const styles = `<numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="0.00 &quot;days&quot;"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf/></cellXfs>
      <dxfs><dxf><numFmt numFmtId="165" formatCode="yyyy"/></dxf></dxfs>`;
    const cells = [0, 1, 2, 3, 4, 5, 99].map((style) => `<c s="${style}"><v>45322.5</v></c>`).join('');
    const rows = `<row r="1">${cells}<c s="1" t="str"><v>45322.5</v></c></row>`;
    expect(await readParts(oneSheet(rows, { styles }))).toEqual({
      1: ['45322.5', '2024-01-31T12:00:00', '2024-01-31T12:00:00', '45322.5', '45322.5', '45322.5', '45322.5', '45322.5'],
    });
    const [first] = await using(
      await written(zipArchive(oneSheet(rows, { styles, workbookPr: '<workbookPr date1904="true"/>' }))),
      async ({ tables }) => Promise.all(tables.map(readTable)),
    );
    expect(first?.[1]?.[1]).toBe('2028-02-01T12:00:00');
  });
});

describe('numbers in a style of zeros', () => {
  it('have the zeros in front that they are shown with', async () => {
    const styles = `<numFmts><numFmt numFmtId="164" formatCode="0000"/><numFmt numFmtId="165" formatCode="00.00"/></numFmts>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>`;
    const cell = (style: number, value: string): string => `<c s="${style}"><v>${value}</v></c>`;
    const rows = `<row r="1">${cell(1, '1')}${cell(1, '12345')}${cell(1, '-1')}${cell(1, '1.5')}${cell(0, '1')}${cell(2, '1')}</row>`;
    expect(await readParts(oneSheet(rows, { styles }))).toEqual({ 1: ['0001', '12345', '-1', '1.5', '1', '1'] });
  });
});

describe('packages', () => {
  const rows = '<row r="1"><c r="A1"><v>1</v></c></row>';

  it('reads a workbook without shared strings and styles', async () => {
    expect(await readParts(oneSheet(rows))).toEqual({ 1: ['1'] });
  });

  it('reads strict namespaces, stored entries, absolute targets and parts in any order', async () => {
    const target = '/xl/worksheets/sheet1.xml';
    const parts = handParts({
      sheets: [{ name: 'S', target, rows: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' }],
      strings: '<si><t>last part</t></si>',
    });
    const strict = parts.map((part): ZipEntry => ({
      ...part,
      method: 'store',
      content: part.content.toString().replaceAll(`${TRANSITIONAL}/officeDocument/2006`, 'http://purl.oclc.org/ooxml/officeDocument'),
    }));
    const sheetsFirst = [...strict].sort((a, b) => Number(b.name.includes('sheet1')) - Number(a.name.includes('sheet1')));
    expect(await readParts(sheetsFirst)).toEqual({ 1: ['last part'] });
  });

  it('finds a workbook under another name, case and slash', async () => {
    const parts = oneSheet(rows).map((part): ZipEntry => ({
      ...part,
      name: part.name.replaceAll('workbook.xml', 'Book22.xml').replaceAll('/', '\\'),
    }));
    const root = relations(relation('rId1', 'officeDocument', '/XL/./x/../book22.xml'));
    expect(await readParts(withPart(parts, { name: '_rels\\.rels', content: root }))).toEqual({
      1: ['1'],
    });
  });

  it('leaves out chart sheets', async () => {
    const parts = handParts({ sheets: [{ name: 'Chart' }, { name: 'S', rows }] });
    const content = relations(
      relation('rId1', 'chartsheet', 'chartsheets/sheet1.xml'),
      relation('rId2', 'worksheet', 'worksheets/sheet2.xml'),
    );
    const { order, hidden } = await readFile(await written(zipArchive(withPart(parts, { name: 'xl/_rels/workbook.xml.rels', content }))));
    expect(order).toEqual(['S']);
    expect(hidden).toEqual([]);
  });

  it('reads UTF-16 and a UTF-8 byte order mark', async () => {
    const xml = sheetXml('<row r="1"><c r="A1" t="str"><v>Ærø</v></c></row>').replace('UTF-8', 'UTF-16');
    const little = Buffer.from(`\ufeff${xml}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big, Buffer.from(`\ufeff${xml.replace('UTF-16', 'utf-8')}`)]) {
      expect(await readParts(handParts({ sheets: [{ name: 'S', xml: bytes }] }))).toEqual({ 1: ['Ærø'] });
    }
  });

  it('reads a table more than once, and two at a time', async () => {
    const long = Array.from({ length: 3000 }, (_, index) => `<row><c><v>${index}</v></c></row>`).join('');
    const parts = handParts({
      sheets: [
        { name: 'A', rows: long },
        { name: 'B', rows: long },
      ],
    });
    await using(await written(zipArchive(parts)), async ({ tables }) => {
      const [first, second, again] = await Promise.all([readTable(tables[0]!), readTable(tables[1]!), readTable(tables[0]!)]);
      expect(Object.keys(first)).toHaveLength(3000);
      expect(second).toEqual(first);
      expect(again).toEqual(first);
    });
  });
});

describe('chunks', () => {
  const xml = `<?xml version="1.0"?><w:worksheet xmlns:w="${MAIN}"><w:sheetData>
    <w:row r="1" spans="1:5"><w:c r="A1" t="s" s="1"><w:v>1</w:v></w:c><w:c r="B1" t='inlineStr'><w:is><w:t xml:space="preserve"> Ünï&amp;😀 <![CDATA[<]] >]]></w:t></w:is></w:c></w:row>
    <w:row r="3"><w:c r="A3" s="1"><w:v>45322.25</w:v></w:c><w:c r="C3"><w:f>1+1</w:f><w:v>-16.800000000000001</w:v></w:c><!-- a > b --><w:c r="D3" t="str"><w:v>&#xe9;_x000D_</w:v></w:c></w:row>
    <w:row r="9"/></w:sheetData><w:extLst><w:ext a="![>" b='x'>text</w:ext></w:extLst></w:worksheet>`;
  const context = { sharedStrings: ['zero', 'one'], dateStyles: [false, true], zeroWidths: [], dateSystem: '1900' as const };
  const expected: Cells = { 1: ['one', ' Ünï&😀 <]] >'], 3: ['2024-01-31T06:00:00', '', '-16.8', 'é\r'] };

  function parsed(chunks: readonly Buffer[]): Cells {
    const parser = new SheetParser({ file: 'f' }, context, xlsxLimits);
    const cells: Cells = {};
    for (const chunk of chunks) {
      parser.push(chunk);
      while (parser.run());
    }
    parser.end();
    for (const row of parser.takeRows()) cells[row.number] = cellsOf(row);
    return cells;
  }

  it('reads the same rows however the bytes are cut', () => {
    const bytes = Buffer.from(xml);
    expect(parsed([bytes])).toEqual(expected);
    expect(parsed(Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual(expected);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 40 }), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        expect(parsed(edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge)))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('gives rows or a known error whatever is changed in the XML', () => {
    const bytes = Buffer.from(xml);
    const change = fc.record({ at: fc.nat(bytes.length - 1), byte: fc.constantFrom(...Buffer.from('<>/!?"\'=&; :cvrst09[]-\xff')) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(bytes.length), (changes, length) => {
        const altered = Buffer.from(bytes);
        for (const { at, byte } of changes) altered[at] = byte;
        for (const document of [altered, altered.subarray(0, length)]) {
          try {
            parsed([document]);
          } catch (error) {
            expect(error).toBeInstanceOf(KnownError);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('known errors', () => {
  const rows = Array.from({ length: 400 }, (_, index) => `<row r="${index + 1}"><c t="str"><v>${index * index * 7919}</v></c></row>`).join(
    '',
  );
  const sound = zipArchive(oneSheet(rows, { strings: '<si><t>a</t></si>' }));

  it('refuses a password, saying so', async () => {
    const ole = Buffer.alloc(300_000);
    ole.write('d0cf11e0a1b11ae1', 'hex');
    Buffer.from('EncryptedPackage', 'utf16le').copy(ole, 2 ** 17 - 10);
    const error = await errorOf(readFile(await written(ole)));
    expect(error.code).toBe('xlsx-password-protected');
    expect(error.place).toEqual({ file: 'given.xlsx' });
    expect(error.remedy).toMatch(/password/);
    const flagged = oneSheet(rows).map((part): ZipEntry => ({ ...part, flags: 1 }));
    expect(await codeOf(readParts(flagged))).toBe('xlsx-password-protected');
  });

  it('refuses the old binary format', async () => {
    const ole = Buffer.alloc(512);
    ole.write('d0cf11e0a1b11ae1', 'hex');
    const error = await errorOf(readFile(await written(ole)));
    expect(error.code).toBe('xls-binary-workbook');
    expect(error.remedy).toMatch(/\.xlsx/);
  });

  it('refuses a file cut at any length', async () => {
    const path = await written(sound);
    const lengths = [
      0,
      1,
      4,
      21,
      22,
      30,
      200,
      1000,
      sound.length >> 1,
      sound.length - 200,
      sound.length - 23,
      sound.length - 22,
      sound.length - 1,
    ];
    for (const length of lengths.sort((a, b) => b - a)) {
      await truncate(path, length);
      expect([length, await codeOf(readFile(path))]).toEqual([length, 'xlsx-truncated']);
    }
  });

  it('refuses bytes missing from the middle', async () => {
    const cut = Buffer.concat([sound.subarray(0, 900), sound.subarray(1000)]);
    expect(await codeOf(readFile(await written(cut)))).toBe('xlsx-truncated');
  });

  it('refuses what does not inflate, or inflates to another size or checksum, naming the sheet', async () => {
    const sheetPart = oneSheet(rows).find(({ name }) => name.includes('sheet1'))!;
    const liars: Partial<ZipEntry>[] = [
      { checksum: 1 },
      { size: 100 },
      { size: 1_000_000 },
      { method: 'store', methodCode: 8 },
      { method: 'store', checksum: 1 },
    ];
    for (const lie of liars) {
      const error = await errorOf(readParts(withPart(oneSheet(rows), { ...sheetPart, ...lie })));
      expect([lie, error.code, error.place]).toEqual([lie, 'xlsx-truncated', { file: 'given.xlsx', sheet: 'Data' }]);
    }
    expect(await codeOf(readParts(withPart(oneSheet(rows), { ...sheetPart, methodCode: 12 })))).toBe('xlsx-damaged');
  });

  it('refuses archives of something else', async () => {
    const word = oneSheet(rows).map((part) => (part.name === 'xl/workbook.xml' ? { ...part, content: '<document/>' } : part));
    const binary = withPart(oneSheet(rows), {
      name: '_rels/.rels',
      content: relations(relation('r', 'officeDocument', 'xl/workbook.bin')),
    });
    for (const parts of [[], [{ name: 'readme.txt', content: 'hello' }], word, binary]) {
      expect(await codeOf(readParts(parts))).toBe('xlsx-not-a-workbook');
    }
    expect(await codeOf(readFile(await written(Buffer.from('Customer;Amount\nA;1\n'))))).toBe('xlsx-truncated');
  });

  it('refuses damaged sheets, naming sheet and row', async () => {
    const cases: [string, number | undefined][] = [
      ['<row r="1"><c r="A1"><v>1</v></row>', 1],
      ['<row r="1"/><row r="2"><c r="A2"><v>1</v></c></row><row r="2"/>', 2],
      ['<row r="4"><c r="A5"><v>1</v></c></row>', 4],
      ['<row r="4"><c r="4"><v>1</v></c></row>', 4],
      ['<row r="1"><c r="A1" t="s"><v>7</v></c></row>', 1],
      ['<row r="1"><c r="A1" t="s"><v>x</v></c></row>', 1],
      ['<row r="1"><c r="A1" t="x"><v>1</v></c></row>', 1],
      ['<row r="1"><c r="A1" t="b"><v>2</v></c></row>', 1],
      ['<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>', 1],
      ['<row r="1"><c r="A1"><v>1<b/></v></c></row>', 1],
      ['<row r="1"><c r="A1"><v>&nbsp;</v></c></row>', 1],
      ['<row r="1"><c r="A1"><v>&</v></c></row>', 1],
      ['<row r="1">stray</row>', 1],
      ['<row r="1"><c r=A1><v>1</v></c></row>', 1],
      ['<row r="x"/>', undefined],
      ['</sheetData><sheetData>', undefined],
      ['< row/>', undefined],
    ];
    for (const [damage, row] of cases) {
      const error = await errorOf(readParts(oneSheet(damage)));
      const place = { file: 'given.xlsx', sheet: 'Data', ...(row === undefined ? {} : { row }) };
      expect([damage, error.code, error.place]).toEqual([damage, 'xlsx-damaged', place]);
    }
  });

  it('refuses damaged documents', async () => {
    const full = sheetXml('<row/>');
    const documents = [
      full.slice(0, -5),
      '',
      `${full}<more/>`,
      `${full}more`,
      '<worksheet/>',
      '<chartsheet><sheetData/></chartsheet>',
      full.replace('<worksheet', '<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
      full.replace('UTF-8', 'ISO-8859-1'),
      Buffer.from(sheetXml('<row><c t="str"><v>\xe9</v></c></row>'), 'latin1'),
      sheetXml('<a>'.repeat(300) + '</a>'.repeat(300)),
    ];
    for (const xml of documents)
      expect([xml, await codeOf(readParts(handParts({ sheets: [{ name: 'S', xml }] })))]).toEqual([xml, 'xlsx-damaged']);
  });

  it('refuses damaged parts around the sheets', async () => {
    const parts = oneSheet(rows, { strings: '<si><t>a</t></si>', styles: '' });
    const replacements: ZipEntry[] = [
      { name: 'xl/workbook.xml', content: '<workbook><sheets>' },
      { name: 'xl/workbook.xml', content: '<!DOCTYPE workbook><workbook/>' },
      { name: 'xl/sharedStrings.xml', content: '<sst><si><t>a</si></sst>' },
      { name: 'xl/styles.xml', content: Buffer.from('<styleSheet><a b="\xe9"/></styleSheet>', 'latin1') },
      { name: 'xl/_rels/workbook.xml.rels', content: relations() },
      { name: 'xl/_rels/workbook.xml.rels', content: relations(relation('rId1', 'worksheet', 'worksheets/missing.xml')) },
    ];
    for (const replacement of replacements)
      expect([replacement, await codeOf(readParts(withPart(parts, replacement)))]).toEqual([replacement, 'xlsx-damaged']);
    expect(await codeOf(readParts([...parts, parts[0]!]))).toBe('xlsx-damaged');
    const target = 'worksheets/sheet1.xml';
    const shared = handParts({
      sheets: [
        { name: 'A', target },
        { name: 'B', target: `../xl/${target}` },
      ],
    }).filter(({ name }, index, all) => all.findIndex((other) => other.name === name) === index);
    expect((await errorOf(readParts(shared))).place).toEqual({ file: 'given.xlsx', sheet: 'B' });
  });

  it('refuses what is past a limit', async () => {
    const text = (length: number): string => `<row r="5"><c r="A5" t="inlineStr"><is><t>${'x'.repeat(length)}</t></is></c></row>`;
    const strings = '<si><t>aaaa</t></si><si><t>bbbb</t></si>';
    const cases: [ZipEntry[], Partial<XlsxLimits>][] = [
      [oneSheet('<row r="1048577"/>'), {}],
      [oneSheet('<row r="1"><c r="XFE1"><v>1</v></c></row>'), {}],
      [oneSheet('<row r="1"><c r="ABCD1"><v>1</v></c></row>'), {}],
      [oneSheet(text(65_535)), {}],
      [oneSheet(text(2 ** 20 + 2 ** 18)), {}],
      [oneSheet(text(100)), { rowCharacters: 99 }],
      [oneSheet('', { strings }), { sharedStrings: 1 }],
      [oneSheet('', { strings }), { sharedCharacters: 7 }],
      [oneSheet('', { strings }), { cellCharacters: 3 }],
      [oneSheet(''), { entries: 3 }],
      [oneSheet(''), { descriptionBytes: 200 }],
      [oneSheet(text(60_000)), { expandedBytes: 50_000, expansionRatio: 50 }],
    ];
    for (const [parts, limits] of cases)
      expect([limits, await codeOf(readParts(parts, { ...xlsxLimits, ...limits }))]).toEqual([limits, 'xlsx-too-large']);
    expect(await readParts(oneSheet(text(60_000)), { ...xlsxLimits, expandedBytes: 50_000 })).toHaveProperty('5');
    expect(await readParts(oneSheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))).toHaveProperty('1048576');
  });

  it('lets errors of the file system through', async () => {
    await expect(readFile(join(folder, 'missing.xlsx'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('gives rows or a known error whatever is changed in the file', async () => {
    const change = fc.record({ at: fc.nat(sound.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const altered = Buffer.from(sound);
        for (const { at, byte } of changes) altered[at] = byte;
        const path = join(folder, 'altered.xlsx');
        await writeFile(path, altered);
        const outcome: unknown = await readFile(path).then(
          () => null,
          (error: unknown) => error,
        );
        if (outcome !== null) expect(outcome).toBeInstanceOf(KnownError);
      }),
      { numRuns: 400 },
    );
    expect(await openFiles()).toBe(process.platform === 'linux' ? 0 : null);
  });
});

describe('closing', () => {
  const rows = Array.from({ length: 60_000 }, (_, index) => `<row r="${index + 1}"><c t="str"><v>${index * 7919}</v></c></row>`).join('');

  it('releases the file after an early stop, an error, a failed opening and at the end', async () => {
    const none = process.platform === 'linux' ? 0 : null;
    const path = await written(zipArchive(oneSheet(rows)));
    const workbook = await openWorkbook(path, 'f');
    for await (const batch of workbook.tables[0]!.batches) {
      expect(batch).toHaveLength(512);
      break;
    }
    expect(await openFiles()).toBe(none === null ? null : 1);
    expect(Object.keys(await readTable(workbook.tables[0]!))).toHaveLength(60_000);
    await workbook.close();
    await workbook.close();
    expect(await openFiles()).toBe(none);

    await codeOf(readParts(oneSheet(`${rows}<oops`)));
    await codeOf(readFile(await written(Buffer.from('PK'))));
    await codeOf(readParts([]));
    expect(await openFiles()).toBe(none);
  });

  it('ends a read that is under way, without hanging', async () => {
    const workbook = await openWorkbook(await written(zipArchive(oneSheet(rows))), 'f');
    const iterator = workbook.tables[0]!.batches[Symbol.asyncIterator]();
    await iterator.next();
    await workbook.close();
    const drain = async (): Promise<void> => {
      while ((await iterator.next()).done !== true);
    };
    await expect(drain()).rejects.toThrow();
    await expect(readTable(workbook.tables[0]!)).rejects.toThrow('invariant');
    expect(await openFiles()).toBe(process.platform === 'linux' ? 0 : null);
  });
});
