import { type Convention, LEGACY_CONVENTIONS, NEW_COMMERCE_CONVENTIONS } from '../../domain/conventions.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ProratedLine } from '../../domain/report.ts';
import { decimal, day, label, money, text } from './cells.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { type Column, writeTable } from './table.ts';

const CONVENTIONS: readonly Convention[] = [...LEGACY_CONVENTIONS, ...NEW_COMMERCE_CONVENTIONS, 'by-months'];
const KNOWN: ReadonlySet<string> = new Set(CONVENTIONS);

const COLUMNS: readonly Column<ProratedLine>[] = [
  { header: 'File', widest: 30, cell: (l) => text(l.file), isFrozen: true },
  { header: 'Sheet', widest: 24, cell: (l) => text(l.sheet), isOptional: true, isFrozen: true },
  { header: 'Row', widest: 10, cell: (l) => label(l.row), isFrozen: true },
  { header: 'Customer', widest: 40, cell: (l) => text(l.customerName === '' ? l.customerId : l.customerName) },
  { header: 'Subscription', widest: 38, cell: (l) => text(l.subscriptionId) },
  { header: 'Product', widest: 44, cell: (l) => text(l.product) },
  { header: 'Invoice', widest: 24, cell: (l) => text(l.invoiceNumber) },
  { header: 'Charge type', widest: 30, cell: (l) => text(l.chargeType) },
  { header: 'First day', widest: 12, cell: (l) => day(l.firstDay) },
  { header: 'Last day', widest: 12, cell: (l) => day(l.lastDay) },
  { header: 'Currency', widest: 10, cell: (l) => text(l.currency) },
  { header: 'Full price', widest: 20, cell: (l) => decimal(l.fullPrice, 0) },
  { header: 'Quantity', widest: 20, cell: (l) => decimal(l.quantity, 0) },
  { header: 'Rate', widest: 20, cell: (l) => decimal(l.exchangeRate, 0) },
  { header: 'Days billed', widest: 10, cell: (l) => label(l.daysBilled) },
  { header: 'Cycle days', widest: 10, cell: (l) => label(l.cycleDays) },
  { header: 'Billed', widest: 20, cell: (l) => money(l.billed, l.currency) },
  { header: 'Expected', widest: 20, cell: (l) => money(l.expected, l.currency) },
  { header: 'Difference', widest: 20, cell: (l) => money(l.difference, l.currency) },
  { header: 'Lowest', widest: 20, cell: (l) => money(l.lowest, l.currency) },
  { header: 'Highest', widest: 20, cell: (l) => money(l.highest, l.currency) },
  { header: 'Judged by', widest: 20, cell: (l) => text(l.judgedBy) },
  { header: 'Fits', widest: 40, cell: (l) => text(l.fits.join(', ')) },
  ...CONVENTIONS.map((convention) => ({
    header: convention,
    widest: 20,
    cell: (l: ProratedLine) => money(l.figures[convention] ?? null, l.currency),
    isOptional: true,
  })),
];

/** A convention without a column would be left out unseen. */
function* withKnownConventions(lines: Iterable<ProratedLine>): Generator<ProratedLine> {
  for (const line of lines) {
    for (const name of Object.keys(line.figures)) invariant(KNOWN.has(name), `the Lines sheet has a column for ${name}`);
    yield line;
  }
}

/** The working of every recalculated proration, right or wrong. `rowsPerSheet` is what one sheet may hold. */
export async function writeLinesSheet(
  workbook: SteadyWorkbook,
  proratedLines: () => Iterable<ProratedLine>,
  rowsPerSheet?: number,
): Promise<void> {
  await writeTable(
    workbook,
    { name: 'Lines', columns: COLUMNS, pagesAcross: 3, items: () => withKnownConventions(proratedLines()) },
    rowsPerSheet,
  );
}
