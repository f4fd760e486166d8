import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { caseFile, type CaseLayout } from './case-rows.ts';
import { cycleFrom } from './partner-year-figures.ts';
import { LEGACY_CANCELLATIONS, LEGACY_COURSES, legacyCharges, legacyOf } from './partner-year-legacy.ts';
import { MODERN_CANCELLATIONS, MODERN_COURSES, modernCharges, modernOf } from './partner-year-modern.ts';
import { legacyRow, type Course, type YearEvent, type YearRow } from './partner-year-rows.ts';

export type { YearEvent, YearRow } from './partner-year-rows.ts';

export const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
const LAYOUTS: readonly CaseLayout[] = ['legacy-licence', 'new-commerce'];

/** Subscriptions that were moved: to another tenant, or to new commerce. */
const MOVES: readonly Course[] = [mergedTenants(), migrationLeftOpen(), migrationOutOfStep(), migrationClosed()];

/** The year of a partner in 2024, in euro: every customer's rows and what the partner recorded. */
const COURSES: readonly Course[] = [...LEGACY_CANCELLATIONS, ...LEGACY_COURSES, ...MODERN_CANCELLATIONS, ...MODERN_COURSES, ...MOVES];

export const YEAR_ROWS: readonly YearRow[] = COURSES.flatMap(({ rows }) => rows);
export const YEAR_EVENTS: readonly YearEvent[] = COURSES.flatMap(({ events = [] }) => events);

/** The licences of the old tenant are billed for two months beside those of the new one. */
function mergedTenants(): Course {
  const shared = { domain: 'fabrikam.example', product: 'Office 365 E1', price: '8.00' };
  const old = legacyOf({ ...shared, customer: 'Fabrikam', id: 'tenant-old', start: '2023-11-06' });
  const merged = legacyOf({ ...shared, customer: 'Fabrikam Group', id: 'tenant-new', start: '2024-03-06' });
  return { rows: [...legacyCharges(old, 2, 5, 20), ...legacyCharges(merged, 0, 9, 20)] };
}

/** Moved to new commerce on 10 June; the legacy subscription is billed until 14 July. */
function migrationLeftOpen(): Course {
  const shared = { customer: 'Adventure Works', product: 'Office 365 E3' };
  const legacy = legacyOf({ ...shared, id: 'migration-open-legacy', price: '19.00', start: '2023-09-15' });
  const modern = modernOf({ ...shared, id: 'migration-open-modern', price: '20.10', start: '2024-06-10' });
  return { rows: [...legacyCharges(legacy, 4, 9, 12), ...modernCharges(modern, { first: 0, last: 6, seats: 12 })] };
}

/** Moved to new commerce on 25 June; the legacy subscription is billed until 19 August, in cycles that begin five days before those of the new one. */
function migrationOutOfStep(): Course {
  const shared = { customer: 'Coho Winery', product: 'Office 365 E3' };
  const legacy = legacyOf({ ...shared, id: 'migration-step-legacy', price: '19.00', start: '2023-09-20' });
  const modern = modernOf({ ...shared, id: 'migration-step-modern', price: '21.00', start: '2024-06-25' });
  return { rows: [...legacyCharges(legacy, 4, 10, 10), ...modernCharges(modern, { first: 0, last: 6, seats: 10 })] };
}

/** Moved to new commerce on 8 May with the credit of the legacy days left. */
function migrationClosed(): Course {
  const shared = { customer: 'Best For You', product: 'Office 365 E3' };
  const legacy = legacyOf({ ...shared, id: 'migration-closed-legacy', price: '19.00', start: '2023-08-20' });
  const modern = modernOf({ ...shared, id: 'migration-closed-modern', price: '20.10', start: '2024-05-08' });
  const credit = legacyRow(legacy, {
    type: 'Cancel fee',
    cycle: cycleFrom(legacy.start, 8),
    days: { from: '2024-05-08' },
    seats: 12,
    isCredit: true,
  });
  return { rows: [...legacyCharges(legacy, 5, 8, 12), credit, ...modernCharges(modern, { first: 0, last: 7, seats: 12 })] };
}

/** Rows as the text of one file. */
export function yearFile(layout: CaseLayout, rows: readonly YearRow[]): string {
  return caseFile(
    layout,
    rows.map(({ line }) => line),
  );
}

/** The name of a month's file. */
export function fileName(layout: CaseLayout, month: number): string {
  return `2024-${String(month).padStart(2, '0')}-${layout}.csv`;
}

/** The files of a month, below the folder that `writeYear` wrote to. */
export function filesOf(folder: string, month: number): readonly string[] {
  return LAYOUTS.map((layout) => join(folder, fileName(layout, month)));
}

export function eventsFile(folder: string): string {
  return join(folder, 'side', 'events.csv');
}

/** Writes one legacy and one new-commerce file a month, and the partner's record of the whole year. */
export async function writeYear(folder: string): Promise<void> {
  for (const month of MONTHS) {
    for (const layout of LAYOUTS) {
      const rows = YEAR_ROWS.filter((row) => row.month === month && row.layout === layout);
      await writeFile(join(folder, fileName(layout, month)), yearFile(layout, rows));
    }
  }
  await mkdir(join(folder, 'side'));
  const columns = ['subscriptionId', 'event', 'at', 'quantity', 'requestedOn'];
  const records = YEAR_EVENTS.map(({ subscription, event, at, quantity = '', requestedOn = '' }) => [
    subscription,
    event,
    at,
    quantity,
    requestedOn,
  ]);
  await writeFile(eventsFile(folder), stringify([columns, ...records]));
}
