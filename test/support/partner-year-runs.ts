import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { main } from '../../src/cli/main.ts';
import type { RegisterEntry } from '../../src/domain/partner/claims-register.ts';
import type { Report } from '../../src/domain/findings/report.ts';
import { readRegister } from '../../src/ingest/side-inputs/register.ts';
import { eventsFile, filesOf, MONTHS, writeYear } from './partner-year.ts';

export interface Run {
  readonly report: Report;
  readonly register: readonly RegisterEntry[];
}

/** What somebody writes into the register after the run of a month. */
export interface UserEntry {
  readonly afterMonth: number;
  readonly rule: string;
  readonly customer: string;
  readonly status: string;
  readonly ticket: string;
}

/** The 8th of the month after: the day on which the files of a month are at hand. */
export function asOfFor(month: number): string {
  return month === 12 ? '2025-01-08' : `2024-${String(month + 1).padStart(2, '0')}-08`;
}

/** The year's files in a folder of their own, which is gone afterwards. */
export async function withYear<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'csp-recon-year-'));
  try {
    await writeYear(folder);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The command as a user calls it, but in this process. */
async function audit(out: string, folder: string, paths: readonly string[], flags: readonly string[]): Promise<Run> {
  const shared = ['--events', eventsFile(folder), '--out', out, '--fail-on', 'never', '--quiet', '--no-progress'];
  const exitCode = await main(['audit', ...paths, ...shared, ...flags]);
  if (exitCode !== 0) throw new Error(`the run into ${out} ended with ${exitCode}`);
  const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as Report;
  return { report, register: await readRegister(join(out, 'register.xlsx'), 'register.xlsx') };
}

/** All twelve months as one. */
export async function auditWhole(folder: string, asOf = asOfFor(12)): Promise<Run> {
  return audit(
    join(folder, 'whole'),
    folder,
    MONTHS.flatMap((month) => filesOf(folder, month)),
    ['--as-of', asOf],
  );
}

/** A month at a time, the months before it as context and the register carried forward. */
export async function auditMonthly(folder: string, entries: readonly UserEntry[]): Promise<ReadonlyMap<number, Run>> {
  const runs = new Map<number, Run>();
  for (const month of MONTHS) {
    const out = join(folder, `report-${month}`);
    const earlier = MONTHS.filter((one) => one < month).flatMap((one) => filesOf(folder, one));
    const register = join(folder, `report-${month - 1}`, 'register.xlsx');
    runs.set(
      month,
      await audit(out, folder, filesOf(folder, month), [
        '--as-of',
        asOfFor(month),
        ...earlier.flatMap((path) => ['--context', path]),
        ...(month === 1 ? [] : ['--register', register]),
      ]),
    );
    await writeInto(
      join(out, 'register.xlsx'),
      entries.filter(({ afterMonth }) => afterMonth === month),
    );
  }
  return runs;
}

/** Writes into the white columns of the workbook, as somebody would in Excel. */
async function writeInto(path: string, entries: readonly UserEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  for (const sheet of book.worksheets) {
    const header = sheet.getRows(1, 5)?.find((row) => rowTexts(row).includes('Fingerprint'));
    if (header === undefined) continue;
    const column = (name: string): number => rowTexts(header).indexOf(name) + 1;
    for (const { rule, customer, status, ticket } of entries) {
      const rows = sheet.getRows(header.number + 1, sheet.rowCount - header.number) ?? [];
      const row = rows.find((one) => one.getCell(column('Rule')).text === rule && one.getCell(column('Customer')).text === customer);
      if (row === undefined) throw new Error(`no claim ${rule} of ${customer} in ${path}`);
      row.getCell(column('Status')).value = status;
      row.getCell(column('Ticket')).value = ticket;
    }
  }
  await book.xlsx.writeFile(path);
}

function rowTexts(row: ExcelJS.Row): readonly string[] {
  return Array.from({ length: row.cellCount }, (_, place) => row.getCell(place + 1).text);
}
