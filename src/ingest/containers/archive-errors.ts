import { KnownError } from '../../domain/known-error.ts';
import { grouped } from '../xlsx/xlsx-limits.ts';
import { archiveLimits } from './archive-limits.ts';
import type { ZipFaults } from './zip-archive.ts';

const AGAIN = 'Download or copy the archive again, or unpack it and give what was in it.';

/** The archive ends before its content does: nothing of it is read. */
export function cutOff(file: string, found: string): KnownError {
  return new KnownError({ code: 'archive-cut-off', place: { file }, found, expected: 'An archive that is whole.', remedy: AGAIN });
}

/** The archive says one thing and holds another. */
export function damagedArchive(file: string, found: string): KnownError {
  return new KnownError({
    code: 'archive-damaged',
    place: { file },
    found,
    expected: 'An archive whose content is what it says.',
    remedy: AGAIN,
  });
}

/** `file` is the entry. */
export function alteredEntry(file: string): KnownError {
  return damagedArchive(file, 'The bytes of the file are not those that the zip archive says it holds.');
}

export function encryptedArchive(file: string): KnownError {
  return new KnownError({
    code: 'archive-encrypted',
    place: { file },
    found: 'The file is encrypted inside its archive.',
    expected: 'An archive without a password.',
    remedy: 'Unpack it with its password and give what was in it.',
  });
}

/** Names such as `../april.csv` or `C:\april.csv` are how an archive writes outside of its folder; no export has them. */
export function unsafePath(archive: string, name: string): KnownError {
  return new KnownError({
    code: 'archive-path-unsafe',
    place: { file: archive },
    found: `The archive holds "${name.slice(0, 120)}", a path that leads out of it.`,
    expected: 'Files named from the archive’s own root downwards.',
    remedy: 'Find out where the archive comes from: no export is packed like that.',
  });
}

export function nestedArchive(file: string, kind: string): KnownError {
  return new KnownError({
    code: 'archive-nested',
    place: { file },
    found: `A ${kind} archive stands inside an archive.`,
    expected: 'CSV, JSON or gzip files and workbooks in a zip archive; a CSV or JSON file or a workbook in a gzip file.',
    remedy: 'Unpack the outer archive and give what was in it.',
  });
}

/** Past a limit that no export reaches: a small file that would fill the machine. */
export function archiveTooLarge(file: string, found: string): KnownError {
  return new KnownError({
    code: 'archive-too-large',
    place: { file },
    found,
    expected: 'An archive of ordinary size.',
    remedy: 'Find out where the archive comes from; if it is genuine, unpack it and give what was in it.',
  });
}

export function withoutExports(archive: string, names: readonly string[], endings: string): KnownError {
  const shown = names.slice(0, 3).map((name) => `"${name.slice(0, 60)}"`);
  const held = names.length === 0 ? 'is empty' : `holds ${shown.join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
  return new KnownError({
    code: 'archive-without-exports',
    place: { file: archive },
    found: `The archive ${held}; none of its files ends in ${endings}.`,
    expected: 'An archive with at least one export.',
    remedy: 'Check that this is the right archive, or unpack it and give its files by name.',
  });
}

/** Archives of other programs. */
export function otherArchive(file: string, kind: string): KnownError {
  return new KnownError({
    code: 'is-compressed',
    place: { file },
    found: `The file is a ${kind} archive, which is not read.`,
    expected: 'A CSV or JSON file, an Excel workbook, or a zip or gzip archive of them.',
    remedy: 'Unpack the file and give what was in it.',
  });
}

/** How a zip archive of exports is refused; an entry is named like a file in a folder. */
export function zipFaults(archive: string): ZipFaults {
  return {
    cutOff: () => cutOff(archive, 'The end of the zip archive, where it lists its files, is missing or damaged.'),
    incomplete: (name) => alteredEntry(`${archive}/${name}`),
    twice: (name) => damagedArchive(archive, `The zip archive holds ${name} twice.`),
    encrypted: (name) => encryptedArchive(`${archive}/${name}`),
    method: (name, method) => damagedArchive(`${archive}/${name}`, `The file is packed by method ${method}, which is not read.`),
    tooMany: (count) =>
      archiveTooLarge(archive, `The zip archive holds ${grouped(count)} files, more than ${grouped(archiveLimits.entries)}.`),
  };
}
