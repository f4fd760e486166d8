import type { Rejection, Report } from '../../domain/findings/report.ts';
import { label, text } from './cells.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { type Column, writeTable } from './table.ts';

const COLUMNS: readonly Column<Rejection>[] = [
  { header: 'File', widest: 44, cell: (r) => text(r.file) },
  { header: 'Sheet', widest: 24, cell: (r) => text(r.sheet) },
  { header: 'Row', widest: 10, cell: (r) => label(r.row) },
  { header: 'Column', widest: 30, cell: (r) => text(r.column) },
  { header: 'Cell', widest: 40, cell: (r) => text(r.cell) },
  { header: 'Code', widest: 30, cell: (r) => text(r.code) },
  { header: 'What is wrong', widest: 70, cell: (r) => text(r.message) },
];

/** The rows that could not be read. */
export async function writeRejectedSheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  await writeTable(workbook, {
    name: 'Rejected',
    columns: COLUMNS,
    pagesAcross: 1,
    items: () => report.rejections,
    ifEmpty: 'Every row could be read.',
  });
}
