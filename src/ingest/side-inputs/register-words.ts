import { KnownError } from '../../domain/known-error.ts';
import {
  REGISTER_BAND,
  REGISTER_FORMER_README,
  REGISTER_README,
  REGISTER_README_SHEET,
  REGISTER_README_TITLE,
} from '../../domain/partner/register-readme.ts';
import type { WordsBesideCells } from '../xlsx/words-beside-cells.ts';
import type { SideSheet } from './side-rows.ts';

const BAND: ReadonlySet<string> = new Set(Object.values(REGISTER_BAND));
const README: ReadonlySet<string> = new Set([REGISTER_README_TITLE, ...REGISTER_README, ...REGISTER_FORMER_README]);
/** Letters of a text that the message shows. */
const LONGEST_SHOWN = 40;
/** Places that the message names; more are counted. */
const MOST_PLACES = 3;

/**
 * Refuses a register with words of the user's where no run carries them over: the next register would be written without them, and nobody
 * would be told.
 */
export function refuseWordsElsewhere(
  sheets: readonly SideSheet[],
  read: { readonly sheet: SideSheet; readonly headerRow: number },
  beside: WordsBesideCells,
  name: string,
): void {
  const above = read.sheet.rows.filter((row) => row.number < read.headerRow);
  const places = [
    ...(beside.hasComments ? ['comments on cells'] : []),
    ...(beside.hasShapes ? ['text boxes'] : []),
    ...above.flatMap((row) => foreignWords(row.cells, BAND).map((text) => `row ${row.number} above the header (${shown(text)})`)),
    ...sheets.filter((sheet) => sheet !== read.sheet).flatMap(wordsOfSheet),
    ...beside.hiddenSheets.filter((sheet) => sheet !== REGISTER_README_SHEET).map((sheet) => `the hidden sheet "${sheet}"`),
  ];
  if (places.length === 0) return;
  const more = places.length - MOST_PLACES;
  throw new KnownError({
    code: 'register-words-elsewhere',
    place: { file: name },
    found: `Words stand where the next register would lose them: ${places.slice(0, MOST_PLACES).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
    expected: 'Your words in the white columns, or in columns you added.',
    remedy: 'Move them into the column Note or a column of your own, or keep them in another workbook; nothing was written.',
  });
}

function wordsOfSheet({ sheet, rows }: SideSheet): readonly string[] {
  const isReadme = sheet === REGISTER_README_SHEET;
  for (const row of rows) {
    const [first] = foreignWords(row.cells, isReadme ? README : new Set());
    if (first !== undefined) return [`the sheet "${sheet ?? ''}" (${shown(first)})`];
  }
  return [];
}

function foreignWords(cells: readonly string[], ours: ReadonlySet<string>): readonly string[] {
  return cells
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '' && !ours.has(cell))
    .slice(0, 1);
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `"${line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line}"`;
}
