import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeadingPool } from '../../src/ingest/heading-pool.ts';
import { expandInputs, releaseInputs } from '../../src/ingest/open-input.ts';
import { readCharges } from '../../src/ingest/read-charges.ts';
import { zipArchive } from '../support/zip-writer.ts';

const HEADER = [
  ...['CustomerId', 'InvoiceNumber', 'OrderId', 'ProductId', 'SkuId', 'ChargeType', 'UnitPrice', 'Quantity', 'Subtotal', 'TaxTotal'],
  ...['Total', 'Currency', 'SubscriptionId', 'ChargeStartDate', 'ChargeEndDate'],
];
const ROW = ['c1', 'G1', 'o1', 'CFQ7TTC0LH0R', '0001', 'cycleCharge', '20.50', '2', '41.00', '0', '41.00', 'EUR', 's1'];
/** Days that prove their order only at the end, so that the file is read a second time. */
const days = (rows: number): readonly string[][] =>
  Array.from({ length: rows }, (_, at) => [...ROW, at === rows - 1 ? '20/9/2026' : '1/9/2026', '2/9/2026']);
const text = (rows: number): string => [HEADER, ...days(rows)].map((row) => `${row.join(',')}\n`).join('');

async function workbook(rows: number): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('April');
  sheet.addRow(HEADER);
  for (const row of days(rows)) sheet.addRow(row);
  return Buffer.from(await book.xlsx.writeBuffer());
}

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csp-recon-test-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('whoever watches the reading', () => {
  it.each([
    ['april.csv', () => text(9000)],
    ['april.csv.gz', () => gzipSync(text(9000))],
    [
      'april.zip',
      () =>
        zipArchive([
          { name: 'a.csv', content: text(9000) },
          { name: 'b.csv.gz', content: gzipSync(text(50)) },
        ]),
    ],
    ['april.xlsx', () => workbook(900)],
    ['april.xlsx.gz', async () => gzipSync(await workbook(900))],
    ['workbooks.zip', async () => zipArchive([{ name: 'april.xlsx', content: await workbook(900) }])],
  ])('is told every byte of %s, and of no more than was announced', async (name, bytes) => {
    await writeFile(join(folder, name), await bytes());
    let announced = 0;
    let read = 0;
    const names = new Set<string>();
    const files = await expandInputs([join(folder, name)], undefined, null, {
      willRead: (more) => (announced += more),
      haveRead(of, more) {
        read += more;
        expect(read).toBeLessThanOrEqual(announced);
        names.add(of);
      },
    });
    try {
      expect(read).toBe(announced);
      expect([...names]).toEqual(expect.arrayContaining(files.map((file) => file.name)));
      for (const file of files) {
        const positions: number[] = [];
        const nothing = { begin: () => undefined, rows: () => undefined, discard: () => undefined, end: () => undefined };
        await readCharges(file, {}, new HeadingPool(), { ...nothing, at: (position) => positions.push(position) });
        expect(Math.max(...positions)).toBeLessThanOrEqual(file.bytes);
        expect(positions.at(-1)).toBeGreaterThan(file.bytes * (file.kind === 'text' ? 0.999 : 0.5));
      }
    } finally {
      await releaseInputs(files);
    }
  });
});
