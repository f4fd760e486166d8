import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ExcelJS from 'exceljs';

const SOFFICE = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((path) => existsSync(path)) ?? null;

export const HAS_LIBREOFFICE = SOFFICE !== null;

/** Every sheet with a formula, cell by cell: the value that the workbook keeps, and the one that LibreOffice works out. */
export interface RecalculatedCell {
  readonly sheet: string;
  readonly cell: string;
  readonly formula: string;
  readonly kept: unknown;
  readonly recalculated: unknown;
}

function formulaOf(value: ExcelJS.CellValue): { readonly formula: string; readonly result: unknown } | null {
  return typeof value === 'object' && value !== null && 'formula' in value ? { formula: value.formula, result: value.result } : null;
}

/**
 * Has LibreOffice work out every formula of a workbook. The kept values are taken out beforehand, so that whatever comes back was worked out.
 * `change` may alter inputs first; the kept values are then those from before.
 */
export async function recalculateWorkbook(
  path: string,
  change: (workbook: ExcelJS.Workbook) => void = () => undefined,
): Promise<readonly RecalculatedCell[]> {
  if (SOFFICE === null) throw new Error('LibreOffice is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'csp-recon-office-'));
  try {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(path);
    const kept: Omit<RecalculatedCell, 'recalculated'>[] = [];
    for (const sheet of workbook.worksheets) {
      sheet.eachRow((row) => {
        row.eachCell((cell) => {
          const found = formulaOf(cell.value);
          if (found === null) return;
          kept.push({ sheet: sheet.name, cell: cell.address, formula: found.formula, kept: found.result });
          cell.value = { formula: found.formula, date1904: false };
        });
      });
    }
    change(workbook);
    await workbook.xlsx.writeFile(join(folder, 'stripped.xlsx'));
    const out = join(folder, 'out');
    await mkdir(out);
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    await promisify(execFile)(SOFFICE, [
      profile,
      '--headless',
      '--convert-to',
      'xlsx:Calc MS Excel 2007 XML',
      '--outdir',
      out,
      join(folder, 'stripped.xlsx'),
    ]);
    const recalculated = new ExcelJS.Workbook();
    await recalculated.xlsx.readFile(join(out, 'stripped.xlsx'));
    return kept.map((one) => ({
      ...one,
      recalculated: formulaOf(recalculated.getWorksheet(one.sheet)!.getCell(one.cell).value)?.result,
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
