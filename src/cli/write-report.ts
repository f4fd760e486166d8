import { join } from 'node:path';
import type { RegisterEntry } from '../domain/partner/claims-register.ts';
import type { ProratedLines, Report } from '../domain/findings/report.ts';
import { KnownError } from '../domain/known-error.ts';
import { writeClaimPack } from '../report/claim-pack.ts';
import { writeRegister } from '../report/xlsx/register-workbook.ts';
import { writers } from '../report/report-writer.ts';
import type { Format } from './options.ts';
import { Staging } from './staging.ts';
import { fileReason, isFileError } from './write-whole.ts';

export interface WholeReport {
  readonly report: Report;
  /** null: the register stays as it is. A saved report does not hold it, and it holds the user's words. */
  readonly register: readonly RegisterEntry[] | null;
  readonly proratedLines: ProratedLines;
}

/** Writes every format, all of them or none. Returns the paths written. `begin` is told of each file before it is written. */
export async function writeReport(
  { report, register, proratedLines }: WholeReport,
  folder: string,
  formats: readonly Format[],
  begin: (fileName: string) => void = () => undefined,
): Promise<readonly string[]> {
  const names: string[] = [];
  let staging: Staging | null = null;
  try {
    staging = new Staging(folder);
    for (const format of formats) {
      const writer = writers.get(format);
      if (writer === undefined) continue;
      begin(writer.fileName);
      await writer.write(staging.pathFor(writer.fileName), report, proratedLines);
      names.push(writer.fileName);
    }
    const hasWorkbooks = formats.includes('xlsx');
    if (hasWorkbooks) {
      if (register !== null) {
        begin('register.xlsx');
        await writeRegister(staging.pathFor('register.xlsx'), register, report.asOf);
        names.push('register.xlsx');
      }
      begin('claims');
      if ((await writeClaimPack(staging.pathFor('claims'), report)) > 0) names.push('claims');
    }
    // The claims of an earlier run go with it: an old claim beside a new report would be made twice.
    staging.commit(names, hasWorkbooks && !names.includes('claims') ? ['claims'] : []);
  } catch (error) {
    throw isFileError(error) ? cannotWrite(folder, error) : error;
  } finally {
    staging?.discard();
  }
  return names.map((name) => join(folder, name));
}

function cannotWrite(folder: string, { code }: { readonly code: string }): KnownError {
  return new KnownError({
    code: 'report-not-writable',
    place: { file: folder },
    found: `The report cannot be written there: ${fileReason(code)}.`,
    expected: 'A folder that may be written to, with room on its disk, and no file of the report open in another program.',
    remedy: 'Close the report where it is open in Excel, or name another folder with --out.',
  });
}
