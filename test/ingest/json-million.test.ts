import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RowRejection } from '../../src/domain/charges/charge-line.ts';
import { HeadingPool } from '../../src/ingest/heading-pool.ts';
import { expandInputs } from '../../src/ingest/open-input.ts';
import { readCharges } from '../../src/ingest/read-charges.ts';

const LINES = 1_000_000;
/** Its row: the list read as a table has its header above. */
const BROKEN_ROW = 654_321;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csp-recon-million-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function lineAt(row: number): string {
  const record = {
    CustomerId: `c${row % 100}`,
    InvoiceNumber: 'G1',
    ProductId: 'P1',
    SkuId: '0001',
    ChargeType: 'cycleCharge',
    Quantity: row % 90,
    Subtotal: (row * 7) % 100_003,
    Currency: 'EUR',
    SubscriptionId: `s${row % 1000}`,
    ChargeStartDate: '2026-09-01',
    ChargeEndDate: '2026-09-30',
  };
  const text = JSON.stringify(record);
  return `${row === BROKEN_ROW ? text.replace('"SkuId":', '"SkuId') : text}\n`;
}

async function writtenExport(): Promise<string> {
  const path = join(folder, 'part-00000.json.gz');
  const gzip = createGzip({ level: 1 });
  const done = pipeline(gzip, createWriteStream(path));
  for (let row = 2; row < LINES + 2; row += 10_000) {
    const batch = Array.from({ length: Math.min(10_000, LINES + 2 - row) }, (_, place) => lineAt(row + place)).join('');
    if (!gzip.write(batch)) await once(gzip, 'drain');
  }
  gzip.end();
  await done;
  return path;
}

it('a million JSON lines with one broken line are streamed, and one row is rejected', async () => {
  const [file] = await expandInputs([await writtenExport()]);
  let lines = 0;
  let largestBatch = 0;
  const rejections: RowRejection[] = [];
  await readCharges(file!, {}, new HeadingPool(), {
    begin: () => undefined,
    rows: (batch) => {
      largestBatch = Math.max(largestBatch, batch.length);
      for (const row of batch) {
        if (row.outcome === 'line') lines++;
        else if (row.outcome === 'rejected') rejections.push(row.rejection);
      }
    },
    discard: () => {
      throw new Error('nothing in the file is read twice');
    },
    end: ({ rows, rejected }) => {
      expect([rows, rejected]).toEqual([LINES, 1]);
    },
  });
  expect(lines).toBe(LINES - 1);
  expect(rejections).toMatchObject([{ row: BROKEN_ROW, code: 'json-malformed' }]);
  // The file is never held as a whole.
  expect(largestBatch).toBeLessThan(LINES / 100);
});
