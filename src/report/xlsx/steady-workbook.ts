import { once } from 'node:events';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import { invariant } from '../../domain/invariant.ts';

/** How much of a sheet's XML may wait for the compressor before rows have to wait too. */
const BUFFERED_BYTES = 262_144;

/** The part of archiver that exceljs uses. */
interface Archive {
  append(source: Readable | string | Buffer, entry: { readonly name: string; readonly date?: Date }): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  pipe(output: Writable): unknown;
}

function isStream(source: unknown): source is Readable {
  return typeof source === 'object' && source !== null && 'pipe' in source;
}

/**
 * exceljs's streaming writer with the two things that it lacks.
 *
 * Backpressure: it writes rows into its archive and never hears that the compressor is behind, so that a large sheet piles up in
 * memory. Every sheet goes through a stream of ours here, which `drained` waits for.
 *
 * Sameness: the archive stamps its entries with the clock. Every entry carries the date of the report here.
 *
 * Both are done where exceljs hands its archive over: by assigning `this.zip` in its constructor, before it appends anything. A setter
 * is the one place that comes early enough; it runs before this class's own fields exist, hence `declare`.
 */
export class SteadyWorkbook extends ExcelJS.stream.xlsx.WorkbookWriter {
  declare private sheetStream: PassThrough;
  declare private archive: Archive;
  /** The output, as exceljs keeps it. */
  declare private readonly stream: Writable;

  constructor(output: Writable, date: Date) {
    const properties = { created: date, modified: date, creator: 'csp-recon', lastModifiedBy: 'csp-recon' };
    super({ stream: output, useStyles: true, useSharedStrings: false, ...properties });
    // A later exceljs that assigns its archive elsewhere would lose both guarantees without a sound.
    invariant((this.archive as Archive | undefined) !== undefined, 'exceljs hands its archive over through `zip`');
  }

  get zip(): Archive {
    return this.archive;
  }

  set zip(archive: Archive) {
    this.archive = archive;
    const date = this.created;
    const append = archive.append.bind(archive);
    archive.append = (source, entry) => append(isStream(source) ? this.steadied(source) : source, { ...entry, date });
    // Until exceljs listens itself, at the very end, an error of the archive would end the process.
    archive.on('error', (error) => this.stream.destroy(error));
  }

  private steadied(source: Readable): Readable {
    this.sheetStream = new PassThrough({ highWaterMark: BUFFERED_BYTES });
    source.pipe(this.sheetStream);
    return this.sheetStream;
  }

  /** To be asked after every row: whether `drained` must be awaited before the next one. */
  get mustDrain(): boolean {
    return this.sheetStream.writableNeedDrain;
  }

  /** Resolves when the compressor has taken what the open sheet has written. Sheets are written one after the other. */
  async drained(): Promise<void> {
    await once(this.sheetStream, 'drain');
  }
}
