/** What the first bytes of a file say it is; all that is none of these is text until proven otherwise. */
export type Magic = 'zip' | 'ole' | 'gzip' | 'text' | { readonly other: string };

const OTHER_ARCHIVES: readonly (readonly [string, string])[] = [
  ['7-Zip', '377abcaf271c'],
  ['xz', 'fd377a585a00'],
  ['Zstandard', '28b52ffd'],
  ['bzip2', '425a68'],
  ['RAR', '526172211a07'],
];

/** A zip archive that was put together in parts begins with a mark of its own. */
const ZIP_MAGICS = ['504b0304', '504b0506', '504b0708'];

export function magicOf(head: Buffer): Magic {
  const hex = head.toString('hex', 0, 8);
  if (ZIP_MAGICS.some((magic) => hex.startsWith(magic))) return 'zip';
  if (hex.startsWith('d0cf11e0')) return 'ole';
  if (hex.startsWith('1f8b')) return 'gzip';
  const other = OTHER_ARCHIVES.find(([, magic]) => hex.startsWith(magic));
  return other === undefined ? 'text' : { other: other[0] };
}

/** Parts that office documents of any kind have; what has none of them is an archive of files. */
const OFFICE_PARTS = [/^\[content_types\]\.xml$/i, /^_rels\/\.rels$/i, /^xl\//i, /^mimetype$/i];

/** Whether a zip archive is a document, a workbook or another one, by the names of its files. */
export function isOfficeDocument(names: readonly string[]): boolean {
  return names.some((name) => OFFICE_PARTS.some((part) => part.test(name)));
}

/** The name of the first file of a zip archive, as its own header has it: all there is to go by where the list at the end is lost. */
export function firstZipName(head: Buffer): string {
  if (head.length < 30) return '';
  return head.toString('latin1', 30, 30 + head.readUInt16LE(26));
}
