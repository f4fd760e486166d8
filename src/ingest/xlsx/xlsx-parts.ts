import { SaxesParser } from 'saxes';
import { KnownError } from '../../domain/known-error.ts';
import { isBuiltInDateFormat, isDateFormat, trimmedText, unescapedText, zeroWidthOf } from './xlsx-cells.ts';
import { damaged, notAWorkbook, tooLarge } from './xlsx-errors.ts';
import { grouped } from './xlsx-limits.ts';
import type { XlsxPackage } from './xlsx-package.ts';
import type { DateSystem } from '../rows.ts';
import { utf8Chunks } from './xml-encoding.ts';
import type { XmlFailure } from './xml-failure.ts';

/** One worksheet as the workbook lists it. */
export interface SheetEntry {
  readonly name: string;
  readonly isHidden: boolean;
  readonly part: string;
}

/** What the parts around the sheets say. */
export interface WorkbookParts {
  /** In the order of the tabs; chart and macro sheets, which have no rows, are left out. */
  readonly sheets: readonly SheetEntry[];
  readonly dateSystem: NonNullable<DateSystem>;
  /** By style index: whether numbers in that style are shown as dates. */
  readonly dateStyles: readonly boolean[];
  /** By style index: to how many digits whole numbers in that style are filled up with zeros; 0 where they are not. */
  readonly zeroWidths: readonly number[];
  readonly sharedStrings: readonly string[];
}

interface Relation {
  /** The last word of the type, which the transitional and the strict namespaces share: `worksheet`, `styles`. */
  readonly kind: string;
  readonly part: string;
}

interface PartHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Finds the workbook inside the package and reads everything but its sheets. */
export async function readWorkbookParts(source: XlsxPackage): Promise<WorkbookParts> {
  const workbookPart = await findWorkbook(source);
  const relations = await readRelations(source, workbookPart);
  const partOf = (kind: string): string | null => [...relations.values()].find((relation) => relation.kind === kind)?.part ?? null;
  const { dateSystem, sheets } = await readWorkbook(source, workbookPart, relations);
  const styles = partOf('styles');
  const strings = partOf('sharedStrings');
  return {
    sheets,
    dateSystem,
    ...(styles !== null && source.has(styles) ? await readStyles(source, styles) : { dateStyles: [], zeroWidths: [] }),
    sharedStrings: strings !== null && source.has(strings) ? await readSharedStrings(source, strings) : [],
  };
}

async function findWorkbook(source: XlsxPackage): Promise<string> {
  const relations = await readRelations(source, '');
  const main = [...relations.values()].find(({ kind }) => kind === 'officeDocument')?.part ?? 'xl/workbook.xml';
  if (main.endsWith('.bin')) throw notAWorkbook(source.place, 'The file is a binary workbook (.xlsb).');
  if (!source.has(main)) throw notAWorkbook(source.place, 'The file is a zip archive without a workbook inside.');
  return main;
}

/** The relations of a part by their ids; '' stands for the package itself. */
async function readRelations(source: XlsxPackage, part: string): Promise<ReadonlyMap<string, Relation>> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const relationsPart = `${folder}_rels/${part.slice(folder.length)}.rels`;
  const relations = new Map<string, Relation>();
  if (!source.has(relationsPart)) return relations;
  await readPart(source, relationsPart, source.limits.descriptionBytes, {
    open(name, { Id, Type = '', Target = '' }) {
      if (name !== 'Relationship' || Id === undefined) return;
      relations.set(Id, { kind: Type.slice(Type.lastIndexOf('/') + 1), part: resolved(folder, Target) });
    },
  });
  return relations;
}

/** A target is absolute within the package (`/xl/worksheets/sheet1.xml`) or relative to the folder of the part that names it. */
function resolved(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of `${target.startsWith('/') ? '' : folder}${target}`.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

async function readWorkbook(
  source: XlsxPackage,
  part: string,
  relations: ReadonlyMap<string, Relation>,
): Promise<Pick<WorkbookParts, 'dateSystem' | 'sheets'>> {
  const sheets: SheetEntry[] = [];
  const listed = new Set<string>();
  let dateSystem: NonNullable<DateSystem> = '1900';
  const elements = new Set<string>();
  await readPart(source, part, source.limits.descriptionBytes, {
    open(name, attributes) {
      elements.add(name);
      if (name === 'workbookPr') dateSystem = isTrue(attributes.date1904) ? '1904' : '1900';
      if (name !== 'sheet') return;
      const sheet = attributes.name ?? '';
      const relation = relations.get(relationId(attributes) ?? '');
      if (relation === undefined) throw damaged({ ...source.place, sheet }, 'The workbook lists the sheet but does not say where it is.');
      if (relation.kind !== 'worksheet') return;
      if (listed.has(relation.part)) throw damaged({ ...source.place, sheet }, 'The workbook lists the same sheet twice.');
      if (!source.has(relation.part)) throw damaged({ ...source.place, sheet }, `The workbook lacks its part ${relation.part}.`);
      listed.add(relation.part);
      sheets.push({ name: sheet, isHidden: /hidden$/i.test(attributes.state ?? ''), part: relation.part });
    },
  });
  if (!elements.has('workbook')) throw notAWorkbook(source.place, 'The file is an Office document of another kind.');
  return { dateSystem, sheets };
}

/** `r:id`, whatever its prefix; `sheetId` and a plain `id` are something else. */
function relationId(attributes: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1];
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

async function readStyles(source: XlsxPackage, part: string): Promise<Pick<WorkbookParts, 'dateStyles' | 'zeroWidths'>> {
  const codes = new Map<number, string>();
  const styleFormats: number[] = [];
  const path: string[] = [];
  await readPart(source, part, source.limits.descriptionBytes, {
    open(name, attributes) {
      const parent = path.at(-1);
      path.push(name);
      // Differential styles, too, have numFmt elements; they speak of conditions, not of cells.
      if (name === 'numFmt' && parent === 'numFmts') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'xf' && parent === 'cellXfs') styleFormats.push(Number(attributes.numFmtId ?? 0));
    },
    close() {
      path.pop();
    },
  });
  return {
    dateStyles: styleFormats.map((id) => {
      const code = codes.get(id);
      return code === undefined ? isBuiltInDateFormat(id) : isDateFormat(code);
    }),
    zeroWidths: styleFormats.map((id) => zeroWidthOf(codes.get(id) ?? '')),
  };
}

async function readSharedStrings(source: XlsxPackage, part: string): Promise<readonly string[]> {
  const { sharedStrings: mostStrings, sharedCharacters, cellCharacters } = source.limits;
  const strings: string[] = [];
  let characters = 0;
  let text = '';
  let run: string | null = null;
  let doesPreserve = false;
  let doesRootPreserve: boolean | null = null;
  let phonetic = false;
  await readPart(source, part, Infinity, {
    open(name, attributes) {
      const space = attributes['xml:space'];
      doesRootPreserve ??= space === 'preserve';
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic = true;
      else if (name === 't' && !phonetic) {
        run = '';
        doesPreserve = space === undefined ? doesRootPreserve : space === 'preserve';
      }
    },
    text(piece) {
      if (run !== null) run += piece;
    },
    close(name) {
      if (name === 'rPh') phonetic = false;
      else if (name === 't' && run !== null) {
        text += doesPreserve ? run : trimmedText(run);
        run = null;
      } else if (name === 'si') {
        characters += text.length;
        if (strings.length === mostStrings) throw tooManyStrings(source, `${grouped(mostStrings)} shared texts`);
        if (characters > sharedCharacters) throw tooManyStrings(source, `${grouped(sharedCharacters)} characters of shared text`);
        if (text.length > cellCharacters) throw tooLongString(source);
        strings.push(unescapedText(detached(text)));
      }
    },
  });
  return strings;
}

function tooManyStrings(source: XlsxPackage, most: string): KnownError {
  return tooLarge(source.place, `The workbook holds more than ${most}.`, `At most ${most}.`);
}

function tooLongString(source: XlsxPackage): KnownError {
  return tooLarge(source.place, 'The workbook holds a text longer than a cell of Excel can be.', 'Cells of at most 32,767 characters.');
}

const scratch = Buffer.alloc(2 ** 18);

/**
 * A string of its own: saxes cuts texts out of the chunk it was given, and each would keep that chunk in memory for as long as
 * anyone holds it, long after the workbook is closed.
 */
function detached(text: string): string {
  if (text.length < 13) return text;
  return text.length * 3 > scratch.length ? Buffer.from(text).toString() : scratch.toString('utf8', 0, scratch.write(text));
}

/** Reads a part with saxes. Names are told without their prefix. */
async function readPart(source: XlsxPackage, part: string, mostBytes: number, handler: PartHandler): Promise<void> {
  const failure: XmlFailure = {
    damaged: (found) => {
      throw damaged(source.place, `${part}: ${found}`);
    },
    tooLarge: (found, expected) => {
      throw tooLarge(source.place, `${part}: ${found}`, expected);
    },
  };
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  parser.on('opentag', ({ name, attributes }) => handler.open?.(localName(name), attributes));
  parser.on('closetag', ({ name }) => handler.close?.(localName(name)));
  parser.on('text', (text) => handler.text?.(text));
  parser.on('cdata', (text) => handler.text?.(text));
  parser.on('doctype', () => failure.damaged('It declares a document type, which a workbook never does.'));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parse = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      if (error instanceof KnownError) throw error;
      failure.damaged('The XML is malformed.');
    }
  };
  for await (const chunk of utf8Chunks(source.bytes(part, source.place, mostBytes), failure)) {
    parse(() => parser.write(decoder.decode(chunk, { stream: true })));
  }
  parse(() => parser.write(decoder.decode()).close());
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
