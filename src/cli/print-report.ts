import type { Report } from '../domain/findings/report.ts';
import { isClosedPipe } from './closed-pipe.ts';

/** Prints a report on standard output. False where its reader was gone before the end: then the report was not delivered in full. */
export function printReport(report: Report): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`, (error) => {
      if (error === null || error === undefined) resolve(true);
      else if (isClosedPipe(error)) resolve(false);
      else reject(error);
    });
  });
}
