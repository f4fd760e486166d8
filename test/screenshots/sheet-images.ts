import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DOTS_PER_INCH = '75';
const MOST_PAGES = 200;

/** Sheets that are shown, each by its first printed page. */
const SHEETS = ['Reconciliation'] as const;

/** Writes pictures of the sheets of a workbook, as LibreOffice prints them, into a folder; `work` is for what comes between. Returns their names. */
export async function takeSheetImages(workbook: string, folder: string, work: string): Promise<readonly string[]> {
  const profile = `-env:UserInstallation=file://${join(work, 'profile')}`;
  await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', work, workbook]);
  const pdf = join(work, 'report.pdf');
  const names: string[] = [];
  for (const sheet of SHEETS) {
    const page = String(await firstPageOf(pdf, sheet));
    const name = `workbook-${sheet.toLowerCase()}`;
    await run('pdftoppm', ['-r', DOTS_PER_INCH, '-png', '-singlefile', '-f', page, '-l', page, pdf, join(folder, name)]);
    names.push(`${name}.png`);
  }
  return names;
}

/** The foot of every page names its sheet. */
async function firstPageOf(pdf: string, sheet: string): Promise<number> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { stdout } = await run('pdftotext', ['-layout', '-f', String(page), '-l', String(page), pdf, '-']);
    if (new RegExp(`^ *${sheet} +Page ${page} of`, 'm').test(stdout)) return page;
  }
  throw new Error(`no page of the sheet ${sheet}`);
}
