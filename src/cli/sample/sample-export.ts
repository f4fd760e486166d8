import { invariant } from '../../domain/invariant.ts';
import { companies } from './companies.ts';
import { cellsOf } from './sample-cells.ts';
import type { SampleLine, Subscription } from './sample-line.ts';

/**
 * An export of the API of which one part was never downloaded. It lies in a folder of its own, which the guide's first command does not read: an
 * audit that lacks a part ends with exit code 2 whatever else it finds, and the month itself is to be audited in full.
 */
export const SAMPLE_EXPORT_FOLDER = 'incomplete-export';
export const SAMPLE_EXPORT_PATHS = {
  manifest: `${SAMPLE_EXPORT_FOLDER}/manifest.json`,
  part: `${SAMPLE_EXPORT_FOLDER}/part-00000.json`,
} as const;

/** The name under which the manifest lists what is missing. */
export const MISSING_PART = 'part-00001.json.gz';

const machines: Subscription = {
  company: companies.zava,
  product: 'Virtual Machines Dsv3 Series',
  price: '0.40',
  termFrom: '',
  termTo: '',
  term: 'usage',
  billing: 'Monthly',
};
const OCTOBER = { file: 'dailyUsage', subscription: machines, type: 'new', from: '2026-10-01', to: '2026-10-31' } as const;

/** Usage of October that no invoice bills yet, as it is exported before the month is over. */
const lines: readonly SampleLine[] = [
  { ...OCTOBER, used: '2026-10-01', seats: '24', effective: '0.34', earned: '15', amount: '8.16' },
  { ...OCTOBER, used: '2026-10-02', seats: '12.5', effective: '0.34', earned: '15', amount: '4.25' },
];

export const sampleExportPlant = {
  rule: 'IN08',
  rows: lines.length,
  why: `The manifest lists two parts; of ${MISSING_PART} nothing is there. Both rows of the other one are audited and right. The exit code is 2: the job could not be done in full.`,
} as const;

/** The row of the missing part in the manifest's list. */
export const MISSING_PART_ROW = 3;

export function sampleManifest(): string {
  const blobs = ['part-00000.json.gz', MISSING_PART].map((name, place) => ({ name, partitionValue: String(place + 1) }));
  const manifest = {
    version: '1',
    dataFormat: 'compressedJSONLines',
    createdDateTime: '2026-10-03T06:00:00Z',
    eTag: '0x8DC5A1B2C3D4E5F',
    partitionType: 'ItemCount',
    blobCount: blobs.length,
    blobs,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const NUMBERS: ReadonlySet<string> = new Set([
  'UnitPrice',
  'Quantity',
  'BillingPreTaxTotal',
  'PricingPreTaxTotal',
  'EffectiveUnitPrice',
  'PCToBCExchangeRate',
  'PartnerEarnedCreditPercentage',
  'CreditPercentage',
]);
const DAYS: ReadonlySet<string> = new Set(['ChargeStartDate', 'ChargeEndDate', 'UsageDate', 'PCToBCExchangeRateDate']);

/** The part that is there: a JSON object a line, numbers as numbers, days as the API writes them. */
export function sampleExportPart(): string {
  return lines.map((line) => `${JSON.stringify(recordOf(line))}\n`).join('');
}

function recordOf(line: SampleLine): Readonly<Record<string, string | number>> {
  const cells = { ...cellsOf(line), InvoiceNumber: '' };
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [name, NUMBERS.has(name) ? +cell : DAYS.has(name) ? instantOf(cell) : cell]),
  );
}

function instantOf(printed: string): string {
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(printed) ?? [];
  invariant(year !== '', 'the sample prints days with the month first');
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00Z`;
}
