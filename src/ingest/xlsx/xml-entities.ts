import type { XmlFailure } from './xml-failure.ts';

const NAMED_ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function numberedCharacter(name: string): string | null {
  const match = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name);
  if (match === null) return null;
  const code = match[1] === undefined ? parseInt(match[2] ?? '', 10) : parseInt(match[1], 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

/** A text with its entities as the characters they stand for; one that XML itself does not know is damage, for no workbook may declare any. */
export function withoutEntities(text: string, failure: XmlFailure): string {
  return text.replace(/&([^;&]{0,16};)?/g, (_, body: string | undefined) => {
    const name = body?.slice(0, -1) ?? '';
    const character = NAMED_ENTITIES.get(name) ?? numberedCharacter(name);
    return character ?? failure.damaged('The XML has an entity that nothing declares.');
  });
}
