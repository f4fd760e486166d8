import type { ConventionScore, Report } from '../../domain/findings/report.ts';
import { count, text } from './cells.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { type Column, writeTable } from './table.ts';

const COLUMNS: readonly Column<ConventionScore>[] = [
  { header: 'Layout', widest: 24, cell: (s) => text(s.layout) },
  { header: 'Currency', widest: 10, cell: (s) => text(s.currency) },
  { header: 'Convention', widest: 24, cell: (s) => text(s.convention) },
  { header: 'Judged by this', widest: 10, cell: (s) => text(s.judgedBy ? 'yes' : 'no') },
  { header: 'Discriminating lines', widest: 14, cell: (s) => count(s.lines) },
  { header: 'Lines it fits', widest: 14, cell: (s) => count(s.fits) },
  { header: 'Only this fits', widest: 14, cell: (s) => count(s.onlyThis) },
];

/** How well each published convention fits the files, and which one judged the amounts. */
export async function writeConventionsSheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  await writeTable(workbook, {
    name: 'Conventions',
    columns: COLUMNS,
    pagesAcross: 1,
    items: () => report.conventions,
    ifEmpty: 'No line tells the published conventions apart.',
  });
}
