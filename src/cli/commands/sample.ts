import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KnownError } from '../../domain/known-error.ts';
import { fileReason } from '../write-whole.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { guideText } from '../sample/guide.ts';
import type { SampleFile } from '../sample/sample-line.ts';
import { SAMPLE_INCIDENTS_PATH, sampleIncidents } from '../sample/sample-incidents.ts';
import { INVOICES_PATH, invoicesCsv } from '../sample/sample-invoices.ts';
import { SAMPLE_EXPORT_PATHS, sampleExportPart, sampleManifest } from '../sample/sample-export.ts';
import { SAMPLE_PRICES_PATH, samplePriceList } from '../sample/sample-prices.ts';
import { SAMPLE_AS_OF, SAMPLE_PATHS, sampleCsv } from '../sample/sample-month.ts';

/** Writes the sample month into a new or empty folder: nothing that is there already is ever written over. */
export async function writeSample(folder: string): Promise<ExitCode> {
  await expectEmpty(folder);
  const files = (Object.keys(SAMPLE_PATHS) as SampleFile[]).map((file) => [SAMPLE_PATHS[file], sampleCsv(file)] as const);
  const written = [
    ...files,
    [SAMPLE_PRICES_PATH, samplePriceList()] as const,
    [SAMPLE_INCIDENTS_PATH, sampleIncidents()] as const,
    [INVOICES_PATH, invoicesCsv()] as const,
    [SAMPLE_EXPORT_PATHS.manifest, sampleManifest()] as const,
    [SAMPLE_EXPORT_PATHS.part, sampleExportPart()] as const,
    ['GUIDE.md', guideText()] as const,
  ];
  try {
    for (const [path, text] of written) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  } catch (error) {
    throw hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR') ? notWritable(folder, error.code) : error;
  }
  const shown = (path: string): string => join(folder, path).replaceAll('\\', '/');
  process.stdout.write(
    [
      'A sample month with planted discrepancies:',
      ...written.map(([path]) => `  ${shown(path)}`),
      '',
      'Audit it, then compare the report with GUIDE.md:',
      `  csp-recon audit "${shown('*.csv')}" --context ${shown('context')} --prices ${shown('prices')} --incidents ${shown(SAMPLE_INCIDENTS_PATH)} --invoices ${shown(INVOICES_PATH)} --as-of ${SAMPLE_AS_OF}`,
      '',
    ].join('\n'),
  );
  return EXIT.clean;
}

async function expectEmpty(folder: string): Promise<void> {
  let entries: readonly string[];
  try {
    entries = await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw hasCode(error, 'ENOTDIR', 'EACCES', 'EPERM') ? notWritable(folder, error.code) : error;
  }
  const [first] = entries;
  if (first === undefined) return;
  throw new KnownError({
    code: 'folder-not-empty',
    place: { file: folder },
    found: `The folder holds ${entries.length === 1 ? `"${first}"` : `${entries.length} entries, "${first}" among them`}.`,
    expected: 'A folder that does not exist yet, or an empty one.',
    remedy: 'Name another folder: the sample is never written over other files.',
  });
}

function hasCode(error: unknown, ...codes: readonly string[]): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}

function notWritable(folder: string, code: string): KnownError {
  return new KnownError({
    code: 'folder-not-writable',
    place: { file: folder },
    found: `The sample cannot be written there: ${fileReason(code)}.`,
    expected: 'A folder that may be written to, with room on its disk.',
    remedy: 'Name another folder.',
  });
}
