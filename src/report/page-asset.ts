import { readFileSync } from 'node:fs';

/**
 * A plain file of the page, as the build copies it from `src` to `dist`. This module lies one folder deep, as the bundled command line does
 * (`dist/cli/main.js`): the way to the files is the same from both.
 */
export function pageAsset(name: string): string {
  return readFileSync(new URL(`../report/html/assets/${name}`, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
}
