import { CLAIM_STATUSES, type RegisterEntry } from '../../domain/partner/claims-register.ts';
import { isoDay } from '../../domain/calendar/days.ts';
import { KnownError } from '../../domain/known-error.ts';
import { formatMoney } from '../../domain/numbers/money.ts';
import { REGISTER_HEADERS, unguardedText, type RegisterField } from '../../domain/partner/register-columns.ts';
import { columnKey } from '../layouts/layout.ts';
import { findHeader, type SideColumns } from './bind-side-header.ts';
import { refuseWordsElsewhere } from './register-words.ts';
import { readingOf, type SideWatch } from './side-reading.ts';
import { loadWholeWorkbook, withSideFile, type SideSheet } from './side-rows.ts';
import { readRecords, type SideRecord } from './side-table.ts';

/** A register without these is another workbook. Whoever removes another column of ours loses what stood in it, and nothing else. */
const REQUIRED: ReadonlySet<RegisterField> = new Set(['fingerprint', 'status']);

const COLUMNS = Object.fromEntries(
  Object.entries(REGISTER_HEADERS).map(([field, header]) => [field, { names: [header], isRequired: REQUIRED.has(field as RegisterField) }]),
) as unknown as SideColumns<RegisterField>;

const REMEDY = 'Correct the file in Excel or LibreOffice, or give a copy of the register as it was; nothing was written.';

/**
 * Reads register.xlsx as people leave it: sorted, filtered, columns moved or added. What the user wrote is kept to the letter. Where that is not possible the file is refused with the cell: the register of the next run would be written without it.
 */
export async function readRegister(path: string, name: string, watch?: SideWatch): Promise<readonly RegisterEntry[]> {
  const { sheets, beside } = await withSideFile(path, name, async (file) => {
    if (file.kind !== 'workbook') throw unreadable(name, 'The file is no Excel workbook.');
    return loadWholeWorkbook(file).catch((error: unknown) => {
      throw asUnreadable(error, name);
    });
  });
  try {
    const table = findHeader(sheets, COLUMNS, name);
    refuseSecondRegister(sheets, table.sheet, table.bound.row, name);
    refuseWordsElsewhere(sheets, { sheet: table.sheet, headerRow: table.bound.row }, beside, name);
    const entries = readRecords(table, name, readEntry, (detected) => {
      // Columns that the user added are kept, so none is unused.
      watch?.({ ...readingOf(table, sheets, COLUMNS, detected), unusedColumns: [], notes: [] });
    });
    refuseDuplicates(entries, table.records, name);
    return entries;
  } catch (error) {
    throw asUnreadable(error, name);
  }
}

function readEntry(record: SideRecord<RegisterField>): RegisterEntry | null {
  record.requireFilled('fingerprint');
  const status = record.isEmpty('status') ? 'open' : record.oneOf('status', CLAIM_STATUSES);
  const submittedOn = submittedDay(record);
  const currency = ours(record, 'currency');
  const entry = {
    fingerprint: ours(record, 'fingerprint').trim(),
    rule: ours(record, 'rule'),
    customerId: ours(record, 'customerId'),
    customerName: ours(record, 'customerName'),
    subscriptionId: ours(record, 'subscriptionId'),
    product: ours(record, 'product'),
    invoiceNumber: ours(record, 'invoiceNumber'),
    firstDay: dayText(record, 'firstDay'),
    lastDay: dayText(record, 'lastDay'),
    claim: ours(record, 'claim'),
    amount: moneyText(record, 'amount', currency),
    received: moneyText(record, 'received', currency),
    currency,
    deadline: dayText(record, 'deadline'),
    firstSeen: dayText(record, 'firstSeen') ?? '',
    lastSeen: dayText(record, 'lastSeen') ?? '',
    evidence: ours(record, 'evidence'),
  };
  if (status === null) return null;
  return {
    ...entry,
    status,
    ticket: ticketText(record),
    submittedOn,
    note: record.exact('note'),
    added: Object.fromEntries(record.extras()),
  };
}

function ours(record: SideRecord<RegisterField>, field: RegisterField): string {
  return unguardedText(record.exact(field));
}

function dayText(record: SideRecord<RegisterField>, field: RegisterField): string | null {
  const day = record.day(field);
  return day === null ? null : isoDay(day);
}

/** A number cell drops trailing zeros, which money has. */
function moneyText(record: SideRecord<RegisterField>, field: RegisterField, currency: string): string | null {
  const amount = record.decimal(field);
  return amount === null ? null : formatMoney(amount, currency);
}

/** The column holds days. A time that the user wrote beside one would be lost, so it is refused. */
function submittedDay(record: SideRecord<RegisterField>): string | null {
  const moment = record.moment('submittedOn');
  if (moment === null) return null;
  if (moment.second !== null) record.fail('submittedOn', 'has a time, and the column holds days; move the time to the note');
  return isoDay(moment.day);
}

/** Ticket numbers are long; one that a spreadsheet took for a number has lost its last digits, and keeping what is left would hide that. */
function ticketText(record: SideRecord<RegisterField>): string {
  const ticket = record.exact('ticket');
  if (/^-?\d(\.\d+)?E\+\d{2}$/.test(ticket)) record.id('ticket');
  return ticket;
}

/** A copy that somebody kept in the same workbook: edits may be in either. */
function refuseSecondRegister(sheets: readonly SideSheet[], read: SideSheet, headerRow: number, name: string): void {
  const fingerprint = columnKey(REGISTER_HEADERS.fingerprint);
  const status = columnKey(REGISTER_HEADERS.status);
  for (const sheet of sheets) {
    for (const row of sheet.rows) {
      const keys = row.cells.map(columnKey);
      if ((sheet === read && row.number === headerRow) || !keys.includes(fingerprint) || !keys.includes(status)) continue;
      const where = sheet === read ? `row ${row.number}` : `the sheet "${sheet.sheet ?? ''}"`;
      throw unreadable(name, `The header of a second register stands in ${where}, and which of the two counts is not told.`);
    }
  }
}

function refuseDuplicates(entries: readonly RegisterEntry[], rows: readonly { readonly number: number }[], name: string): void {
  const seen = new Map<string, number>();
  for (const [index, { fingerprint }] of entries.entries()) {
    const row = rows[index]?.number ?? 0;
    const earlier = seen.get(fingerprint);
    if (earlier !== undefined) {
      throw unreadable(
        name,
        `Rows ${earlier} and ${row} have the same fingerprint "${fingerprint}", and which of the two counts is not told.`,
        row,
      );
    }
    seen.set(fingerprint, row);
  }
}

/** A bad cell keeps its own code, for it is the user's to correct; everything else means that this is no register that can be read. */
function asUnreadable(error: unknown, name: string): unknown {
  if (
    !(error instanceof KnownError) ||
    error.code === 'register-unreadable' ||
    error.code === 'register-words-elsewhere' ||
    error.code === 'file-missing'
  )
    return error;
  const { code, place, found, expected, remedy } = error;
  const options = { ...(place === null ? {} : { place: { ...place, file: name } }), found, expected };
  if (code === 'side-input-cell') return new KnownError({ code, ...options, remedy: `${remedy} The register was not written.` });
  return new KnownError({
    code: 'register-unreadable',
    ...options,
    remedy: code.startsWith('xlsx') ? `${remedy} Nothing was written.` : REMEDY,
  });
}

function unreadable(name: string, found: string, row?: number): KnownError {
  return new KnownError({
    code: 'register-unreadable',
    place: row === undefined ? { file: name } : { file: name, row },
    found,
    expected: 'register.xlsx as an earlier run wrote it, with what you added.',
    remedy: REMEDY,
  });
}
