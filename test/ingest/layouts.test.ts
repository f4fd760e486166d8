import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../src/domain/known-error.ts';
import { recogniseHeader } from '../../src/ingest/layouts/bind-header.ts';
import { countKnownNames } from '../../src/ingest/layouts/match-header.ts';
import { unknownLayout } from '../../src/ingest/layouts/unknown-layout.ts';
import { layouts } from '../../src/ingest/layouts/index.ts';
import { chargeTypeKey, columnKey, type ColumnNames, type Field } from '../../src/ingest/layouts/layout.ts';
import { headerOf } from '../support/csv-charges.ts';

const PLACE = { file: 'f.csv', sheet: null, row: 1 };

const HEADERS = [
  ['legacy-licence/header-direct', 'legacy-licence', 27],
  ['legacy-licence/header-indirect', 'legacy-licence', 28],
  ['new-commerce/header-2020', 'new-commerce', 38],
  ['new-commerce/header-2023', 'new-commerce', 46],
  ['new-commerce/header-2025', 'new-commerce', 47],
  ['legacy-usage/header-direct', 'legacy-usage', 34],
  ['legacy-usage/header-indirect', 'legacy-usage', 35],
  ['legacy-usage/header-both-parts', 'legacy-usage', 41],
  ['legacy-usage/header-api-billed', 'legacy-usage', 38],
  ['legacy-usage/header-api-daily', 'legacy-usage', 28],
  ['daily-usage/header-2023', 'daily-usage', 55],
  ['daily-usage/header-api', 'daily-usage', 58],
  ['daily-usage/header-export-basic', 'daily-usage', 29],
] as const;

describe.each(HEADERS)('%s', (fixture, layout, columns) => {
  it(`is ${layout}, every column known`, async () => {
    const header = await headerOf(fixture);
    const bound = recogniseHeader(header, PLACE);
    expect(bound?.layout.name).toBe(layout);
    expect(bound?.extraColumns).toEqual([]);
    expect([header.length, countKnownNames(header)]).toEqual([columns, columns]);
  });

  it('is recognised in any order of columns, in any spelling of case, spaces and punctuation', async () => {
    const header = await headerOf(fixture);
    const spellings = [
      (name: string) => name.toUpperCase(),
      (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
      (name: string) => `${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()} `,
      (name: string) => name.charAt(0).toLowerCase() + name.slice(1),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(header, { minLength: header.length }), fc.constantFrom(...spellings), (names, spell) => {
        const bound = recogniseHeader(names.map(spell), PLACE);
        expect(bound?.layout.name).toBe(layout);
        for (const [field, place] of bound?.places ?? []) {
          const known = layouts[layout].columns[field]?.names.map(columnKey);
          expect(known).toContain(columnKey(names[place] ?? ''));
        }
      }),
    );
  });

  it('is not recognised without one of its required columns, and says which', async () => {
    const header = await headerOf(fixture);
    const { columns, oneSetOf = [] } = layouts[layout];
    const bound = recogniseHeader(header, PLACE);
    const whole = oneSetOf.filter((set) => set.every((field) => bound?.places.has(field)));
    for (const [field, column] of Object.entries(columns) as [Field, ColumnNames][]) {
      const names = column.names.map(columnKey);
      const rest = header.filter((name) => !names.includes(columnKey(name)));
      const isNeeded = column.isRequired || (whole.length > 0 && whole.every((set) => set.includes(field)));
      if (!isNeeded) expect(recogniseHeader(rest, PLACE)?.layout.name).toBe(layout);
      else {
        expect(recogniseHeader(rest, PLACE)).toBeNull();
        const { expected } = unknownLayout(rest, PLACE);
        expect(expected).toContain(` The nearest is ${layout}: of its `);
        expect(expected.endsWith(`; it lacks ${column.names[0]}.`)).toBe(true);
      }
    }
  });
});

describe('recogniseHeader', () => {
  it('keeps the names of columns it does not know', async () => {
    const header = [...(await headerOf('new-commerce/header-2023')), 'My remarks', '', ' ÄÖ '];
    expect(recogniseHeader(header, PLACE)?.extraColumns).toEqual(['My remarks', 'ÄÖ']);
  });

  it.each([
    ['Subtotal', 'SubTotal'],
    ['Total', 'TotalForCustomer'],
    ['ReferenceId', 'ReferenceID'],
    ['PartnerId', 'Partner Id'],
  ])('does not choose between the columns %s and %s', async (first, second) => {
    const header = [...(await headerOf('new-commerce/header-2023')).filter((name) => name !== first), second, first];
    const attempt = (): unknown => recogniseHeader(header, PLACE);
    expect(attempt).toThrow(KnownError);
    expect(attempt).toThrow('header-duplicate-column');
  });

  it('takes the API spellings of columns', async () => {
    const renames: Readonly<Record<string, string>> = {
      Total: 'totalForCustomer',
      ResellerMpnId: 'Reseller MPNID',
      MpnId: 'MPNID',
      PromotionId: 'PromotionID',
    };
    const header = (await headerOf('new-commerce/header-2023')).map((name) => renames[name] ?? name);
    expect(recogniseHeader([...header, 'DiscountDetails'], PLACE)).toMatchObject({ layout: { name: 'new-commerce' }, extraColumns: [] });
  });

  it('is held to the layout that is given', async () => {
    const header = await headerOf('new-commerce/header-2023');
    expect(recogniseHeader(header, PLACE, 'legacy-licence')).toBeNull();
    expect(unknownLayout(header, PLACE, { only: 'legacy-licence' }).expected).toContain(
      'it lacks SyndicationPartnerSubscriptionNumber, Amount.',
    );
  });
});

describe('unknownLayout', () => {
  it.each([['not-audited/price-list', 'a price list']])('knows %s as what it is', async (fixture, title) => {
    const header = await headerOf(fixture);
    expect(recogniseHeader(header, PLACE)).toBeNull();
    expect(unknownLayout(header, PLACE).found).toBe(`This is ${title}, which is not audited.`);
  });

  it('shows a header it does not know', () => {
    const error = unknownLayout(['a', 'b'], PLACE);
    expect(error.code).toBe('unknown-layout');
    expect(error.found).toBe('The header is not that of an audited export: a, b.');
    expect(error.place).toEqual(PLACE);
  });
});

describe('charge types', () => {
  it.each([
    ['Purchase fee', 'purchase'],
    ['New purchase cycle fee', 'purchase'],
    ['Prorate fees when purchase', 'purchase'],
    ['Prorate fee when purchase', 'purchase'],
    ['PRORATE FEES WHEN BUY', 'purchase'],
    ['Prorate fees when purchased', 'purchase'],
    ['Activation fee', 'purchase'],
    ['Prorate fees when activate', 'purchase'],
    ['Renew fee', 'renewal'],
    ['Prorate fees when renew', 'renewal'],
    ['Cycle fee', 'cycle'],
    ['Cycle instance prorate', 'seat-change'],
    ['Convert from instance prorate', 'seat-change'],
    ['Cancel fee', 'cancellation'],
    ['Prorate fee when cancel', 'cancellation'],
    ['Cancel instance prorate', 'cancellation'],
    ['Prorate fees when convert away from current offering', 'conversion'],
    ['Prorate fees when convert to a new offering', 'conversion'],
    ['Offset a line item', 'adjustment'],
    ['One Time Refund', 'adjustment'],
    ['Something else', undefined],
  ])('legacy %j is %s', (text, kind) => {
    expect(layouts['legacy-licence'].chargeKinds.get(chargeTypeKey(text))).toBe(kind);
  });

  it.each([
    ['new', 'purchase'],
    ['New', 'purchase'],
    ['extendTerm', 'purchase'],
    ['renew', 'renewal'],
    ['cycleCharge', 'cycle'],
    ['Cycle charge', 'cycle'],
    ['addQuantity', 'seat-change'],
    ['removeQuantity', 'seat-change'],
    ['convert', 'conversion'],
    ['moveQuantity', 'conversion'],
    ['cancelImmediate', 'cancellation'],
    ['Cancel', 'cancellation'],
    ['changeBillingPlan', 'plan-change'],
    ['customerCredit', 'adjustment'],
    ['transfer', undefined],
  ])('new commerce %j is %s', (text, kind) => {
    expect(layouts['new-commerce'].chargeKinds.get(chargeTypeKey(text))).toBe(kind);
  });
});
