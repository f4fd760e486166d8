import { openSheet, setWidths } from './sheet.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { NOTE, SECTION } from './styles.ts';

const WIDTH = 100;

/** The *Lines* sheet of a saved report: an empty one would say that no line was prorated. */
export function writeAbsentLinesSheet(workbook: SteadyWorkbook): void {
  const sheet = openSheet(workbook, 'Lines', { pagesAcross: 1, view: { showGridLines: false }, titles: {} });
  setWidths(sheet, [WIDTH]);
  const texts = [
    ['Not in a workbook made from a saved report', SECTION],
    ['Only csp-recon audit writes the prorated lines: it works them out from the exports, which report.json does not hold.', NOTE],
  ] as const;
  for (const [text, style] of texts) {
    const row = sheet.addRow([text]);
    row.getCell(1).style = style;
    row.commit();
  }
  sheet.commit();
}
