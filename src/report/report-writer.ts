import type { ProratedLines, Report } from '../domain/findings/report.ts';
import { writeDeadlinesIcs } from './deadlines-ics.ts';
import { writeFindingsCsv } from './findings-csv.ts';
import { writeHtml } from './html/write-html.ts';
import { writeJson } from './json.ts';
import { writeWorkbook } from './xlsx/workbook.ts';

/** One format of the report. */
export interface ReportWriter {
  /** The file's name in the report folder. */
  readonly fileName: string;
  /**
   * Writes to `path`, a temporary file that the caller renames; it is closed when the promise resolves, and is to be thrown away when
   * it rejects. `proratedLines` may be called more than once and must give the same lines each time; null where
   * the report is a saved one, which does not hold them.
   */
  readonly write: (path: string, report: Report, proratedLines: ProratedLines) => Promise<void>;
}

export type FileFormat = 'json' | 'csv' | 'xlsx' | 'html' | 'ics';

export const writers: ReadonlyMap<FileFormat, ReportWriter> = new Map<FileFormat, ReportWriter>([
  ['json', { fileName: 'report.json', write: writeJson }],
  ['csv', { fileName: 'findings.csv', write: writeFindingsCsv }],
  ['html', { fileName: 'report.html', write: writeHtml }],
  ['ics', { fileName: 'deadlines.ics', write: writeDeadlinesIcs }],
  ['xlsx', { fileName: 'report.xlsx', write: writeWorkbook }],
]);
