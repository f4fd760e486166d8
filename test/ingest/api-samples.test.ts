import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../src/domain/known-error.ts';
import { readBytes, type ReadResult } from '../support/csv-charges.ts';

const FOLDER = new URL('../../fixtures/layouts/api/', import.meta.url);
const names = readdirSync(FOLDER).sort();

function bytesOf(name: string): Buffer {
  return readFileSync(new URL(name, FOLDER));
}

/** What is read of a body, or the words in which it is refused. */
async function outcomeOf(name: string): Promise<ReadResult | string> {
  try {
    return await readBytes(bytesOf(name), {}, name);
  } catch (error) {
    if (error instanceof KnownError) return `${error.code}: ${error.found}`;
    throw error;
  }
}

async function read(name: string): Promise<ReadResult> {
  const outcome = await outcomeOf(name);
  if (typeof outcome === 'string') throw new Error(outcome);
  return outcome;
}

/** What each body is: the layout it is audited as, or what it is instead. */
const BODIES: Readonly<Record<string, string>> = {
  'get-a-collection-of-invoices-2.json': 'a list of invoices',
  'get-invoice-billed-consumption-lineitems-2.json': 'daily-usage',
  'get-invoice-billed-consumption-lineitems-3.json': 'daily-usage',
  'get-invoice-by-id-1.json': 'a list of invoices',
  'get-invoice-summaries-2.json': 'a summary of invoices',
  'get-invoice-unbilled-consumption-lineitems-2.json': 'daily-usage',
  'get-invoice-unbilled-consumption-lineitems-3.json': 'daily-usage',
  'get-invoiceline-items-2.json': 'legacy-licence',
  'get-invoiceline-items-3.json': 'legacy-usage',
  'get-invoiceline-items-4.json': 'legacy-usage',
  'get-invoiceline-items-6.json': 'new-commerce',
};

describe('every response body that the documentation prints', () => {
  it.each(names)('%s is audited to its last item, or refused by the name of what it is', async (name) => {
    const outcome = await outcomeOf(name);
    const expected = BODIES[name];
    if (typeof outcome === 'string') {
      expect(outcome).toBe(`unknown-layout: This is ${expected ?? ''}, which is not audited.`);
      return;
    }
    const { items } = JSON.parse(bytesOf(name).toString('utf8')) as { items: readonly unknown[] };
    expect(outcome.summaries).toMatchObject([{ kind: 'json', layout: expected, rows: items.length, lines: items.length, rejected: 0 }]);
    expect(outcome.lines.map(({ row }) => row)).toEqual(items.map((_, place) => place + 2));
  });

  it('of licences is audited line by line', async () => {
    const { summaries, lines, rejections } = await read('get-invoiceline-items-2.json');
    expect(rejections).toEqual([]);
    expect(summaries[0]).toMatchObject({ layout: 'legacy-licence', rows: 2, lines: 2 });
    expect(summaries[0]?.notes).toEqual([expect.stringContaining('links.next')]);
    expect(lines[0]).toMatchObject({
      row: 2,
      chargeType: 'New',
      kind: 'purchase',
      heading: { customerId: '74221236-D09C-4870-AC1D-33E155E9AEBE', orderId: '567735045559164136', cycleMonths: 1 },
      total: { units: 0 },
    });
  });

  it('of new commerce is audited line by line: numbers and texts, offsets, sentinels, other spellings', async () => {
    const { summaries, lines, rejections } = await read('get-invoiceline-items-6.json');
    expect(rejections).toEqual([]);
    expect(summaries[0]).toMatchObject({ layout: 'new-commerce', rows: 4, lines: 4 });
    const [trial, licence, marketplace, office] = lines;
    expect(trial?.heading).toMatchObject({ isTrial: true, productKind: 'licence', subscriptionId: '86646af9-e80a-4aa0-da80-3fd2b792c2cc' });
    expect(licence).toMatchObject({
      effectiveUnitPrice: { units: 144, scale: 1 },
      quantity: { units: 50 },
      total: { units: 793 },
      orderSecond: 67710,
    });
    expect(marketplace).toMatchObject({ chargeType: 'New', kind: 'purchase', quantity: { units: 31618, scale: 4 } });
    expect(office).toMatchObject({ rateDay: null, heading: { customerId: '9060d13d-c5ed-482e-b059-a15a38cbb28e' } });
    expect(summaries[0]?.notes).toEqual([expect.stringMatching(/^The export has no CreditReasonCode: /)]);
  });
});
