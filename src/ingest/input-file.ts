import type { ContainerReport } from '../domain/findings/report.ts';
import type { ZipEntryPlace } from './containers/zip-entry.ts';

/** How an input is read, judged by its bytes and never by its name. A manifest lists the parts of an export and holds no charges. */
export type InputKind = 'text' | 'workbook' | 'manifest';

/** How the bytes of an input are packed inside the file at its path. */
export interface Packing {
  /** The entry of a zip archive, null where the file is none. */
  readonly entry: ZipEntryPlace | null;
  /** The file or the entry is gzip. */
  readonly isGzip: boolean;
}

/** One input that is read. */
export interface InputFile {
  /** For opening. */
  readonly path: string;
  /**
   * As reports show it: the way the user gave it, with forward slashes; `folder/file.csv` for a file of a folder, `archive.zip/file.csv` for
   * one of an archive, `-` for standard input.
   */
  readonly name: string;
  readonly kind: InputKind;
  /** Size and hash of what is read, unpacked where it was packed: the same export is known again in whatever container it comes. */
  readonly bytes: number;
  readonly sha256: string;
  /** Standard input, and a workbook from an archive, are kept in a temporary file, for they are read more than once. `releaseInputs` deletes it. */
  readonly isSpooled: boolean;
  /** Null where the file is read as it lies. */
  readonly packing: Packing | null;
  /** The file that the input was unpacked from, as it lies on the disk; null where it was not packed. */
  readonly container: ContainerReport | null;
  /** Bytes of the gzip that the input was unpacked from, null where it was none: what a manifest tells of its parts. */
  readonly gzipBytes: number | null;
  /** What was left out on the way, as sentences. */
  readonly notes: readonly string[];
}
