import type { Report } from '../../domain/report.ts';
import { FINDING_COLUMNS } from './finding-columns.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { writeTable } from './table.ts';

/** Every finding with its proof. What a reader decides by comes first; ids and proof follow. */
export async function writeFindingsSheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  await writeTable(workbook, {
    name: 'Findings',
    columns: Object.values(FINDING_COLUMNS),
    pagesAcross: 3,
    items: () => report.findings,
  });
}
