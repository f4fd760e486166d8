/** How a spreadsheet of a place saves an export that was opened in it. */
export interface Locale {
  readonly name: string;
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'windows-1252' | 'shift_jis';
  readonly delimiter: ',' | ';' | '\t';
  readonly decimalMark: '.' | ',';
  /** Between groups of three digits; '' where the cells are not formatted. */
  readonly group: string;
  readonly minus: '-' | '\u2212' | '\uff0d';
  readonly digits: 'ascii' | 'full-width';
  /** `d`, `m` and `y` as the place writes a day, digits as they are given. */
  readonly day: (y: string, m: string, d: string) => string;
  readonly lineEnd: '\r\n' | '\n';
}

const two = (text: string): string => text.padStart(2, '0');

const UNITED_STATES: Locale = {
  name: 'as downloaded',
  encoding: 'utf-8-bom',
  delimiter: ',',
  decimalMark: '.',
  group: '',
  minus: '-',
  digits: 'ascii',
  day: (y, m, d) => `${Number(m)}/${Number(d)}/${y}`,
  lineEnd: '\r\n',
};
const EUROPEAN = { ...UNITED_STATES, delimiter: ';', decimalMark: ',' } as const;

/** What Excel saves in these places, in the encodings it offers: "CSV", "CSV UTF-8" and "Unicode text". */
export const LOCALES: readonly Locale[] = [
  UNITED_STATES,
  { ...EUROPEAN, name: 'German, CSV', encoding: 'windows-1252', group: '.', day: (y, m, d) => `${two(d)}.${two(m)}.${y}` },
  { ...EUROPEAN, name: 'German, CSV UTF-8', encoding: 'utf-8-bom', day: (y, m, d) => `${two(d)}.${two(m)}.${y}` },
  {
    ...EUROPEAN,
    name: 'German, Unicode text',
    encoding: 'utf-16le',
    delimiter: '\t',
    group: '.',
    day: (y, m, d) => `${two(d)}.${two(m)}.${y}`,
  },
  { ...EUROPEAN, name: 'Swiss, CSV UTF-8', decimalMark: '.', group: '\u2019', day: (y, m, d) => `${two(d)}.${two(m)}.${y}` },
  { ...EUROPEAN, name: 'Swiss, CSV', encoding: 'windows-1252', decimalMark: '.', group: "'", day: (y, m, d) => `${two(d)}.${two(m)}.${y}` },
  { ...EUROPEAN, name: 'Dutch, CSV', encoding: 'windows-1252', group: '.', day: (y, m, d) => `${Number(d)}-${Number(m)}-${y}` },
  { ...EUROPEAN, name: 'Dutch, CSV UTF-8', day: (y, m, d) => `${two(d)}-${two(m)}-${y}`, lineEnd: '\n' },
  { ...EUROPEAN, name: 'French, CSV UTF-8', group: '\u202f', day: (y, m, d) => `${two(d)}/${two(m)}/${y}` },
  { ...EUROPEAN, name: 'French, CSV', encoding: 'windows-1252', group: '\u00a0', day: (y, m, d) => `${two(d)}/${two(m)}/${y}` },
  {
    ...EUROPEAN,
    name: 'French, Unicode text',
    encoding: 'utf-16le',
    delimiter: '\t',
    group: '\u202f',
    day: (y, m, d) => `${two(d)}/${two(m)}/${y}`,
  },
  { ...EUROPEAN, name: 'Swedish, CSV', encoding: 'windows-1252', group: '\u00a0', day: (y, m, d) => `${y}-${two(m)}-${two(d)}` },
  { ...EUROPEAN, name: 'Swedish, CSV UTF-8', group: '\u00a0', minus: '\u2212', day: (y, m, d) => `${y}-${two(m)}-${two(d)}` },
  { ...UNITED_STATES, name: 'Japanese, CSV', encoding: 'shift_jis', group: ',', day: (y, m, d) => `${y}/${two(m)}/${two(d)}` },
  {
    ...UNITED_STATES,
    name: 'Japanese, typed in full width',
    encoding: 'shift_jis',
    minus: '\uff0d',
    digits: 'full-width',
    day: (y, m, d) => `${y}/${m}/${d}`,
  },
  { ...UNITED_STATES, name: 'Japanese, Unicode text', encoding: 'utf-16le', delimiter: '\t', day: (y, m, d) => `${y}/${two(m)}/${two(d)}` },
];

/** Whether an order of day and month is a guess where no day of a file is past the twelfth. */
export function isOrderOpen({ day }: Locale): boolean {
  return day('2026', '3', '4') === '04/03/2026';
}

/** A decimal number with a point, as the place shows it. */
export function numberIn(locale: Locale, plain: string): string {
  const [, sign = '', whole = '', fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain) ?? [];
  if (whole === '') return plain;
  const grouped = locale.group === '' ? whole : whole.replace(/\B(?=(\d{3})+$)/g, locale.group);
  const text = `${grouped}${fraction === undefined ? '' : `${locale.decimalMark}${fraction}`}`;
  return `${sign === '' ? '' : locale.minus}${locale.digits === 'ascii' ? text : fullWidth(text)}`;
}

/** A day of an export, `9/17/2026` with or without a time, as the place shows it. */
export function dayIn(locale: Locale, printed: string): string {
  const [, m = '', d = '', y = '', time = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(.*)$/.exec(printed) ?? [];
  if (y === '') return printed;
  const text = locale.day(y, m, d) + time;
  return locale.digits === 'ascii' ? text : fullWidth(text);
}

function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).replaceAll('\uff0f', '/');
}

/** The bytes of a text in an encoding; what the encoding does not have is a mistake of the test. */
export function encoded(text: string, encoding: Locale['encoding']): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text);
    case 'utf-8-bom':
      return Buffer.from(`\ufeff${text}`);
    case 'utf-16le':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'windows-1252':
      return byTable(text, WINDOWS_1252);
    case 'shift_jis':
      return byTable(text, shiftJis());
  }
}

type CodePage = ReadonlyMap<string, readonly number[]>;

function byTable(text: string, table: CodePage): Buffer {
  return Buffer.from(
    Array.from(text).flatMap((one) => {
      const bytes = table.get(one);
      if (bytes === undefined) throw new Error(`${JSON.stringify(one)} has no place in the encoding`);
      return bytes;
    }),
  );
}

const LATIN = Array.from({ length: 256 }, (_, code) => [String.fromCharCode(code), [code]] as const).filter(
  ([, [code]]) => code < 0x80 || code > 0x9f,
);
const WINDOWS_1252: CodePage = new Map([
  ...LATIN,
  ['€', [0x80]],
  ['’', [0x92]],
  ['“', [0x93]],
  ['‘', [0x91]],
  ['Œ', [0x8c]],
  ['œ', [0x9c]],
  ['”', [0x94]],
  ['–', [0x96]],
]);

let japanese: CodePage | null = null;

/** Node writes no Shift_JIS: every pair of bytes is read once, and the table turned round. */
function shiftJis(): CodePage {
  if (japanese !== null) return japanese;
  const decoder = new TextDecoder('shift_jis');
  const table = new Map<string, readonly number[]>();
  for (let code = 0; code < 0x80; code++) table.set(String.fromCharCode(code), [code]);
  for (let lead = 0x81; lead <= 0xef; lead++) {
    if (lead >= 0xa0 && lead < 0xe0) continue;
    for (let trail = 0x40; trail <= 0xfc; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (text.length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, [lead, trail]);
    }
  }
  japanese = table;
  return table;
}
