import { readFileSync } from 'node:fs';
import { KnownError } from '../domain/known-error.ts';
import { Pseudonyms } from '../report/redact/pseudonyms.ts';
import { fileReason, isFileError } from './write-whole.ts';

/** Fewer could be tried one after the other. */
const SHORTEST_KEY = 16;

/** The pseudonyms of a run: under the user's key where one is named (`--redact-key`), else those that anybody would work out. */
export function pseudonymsOf(keyFile: string | undefined): Pseudonyms {
  return new Pseudonyms(keyFile === undefined ? null : keyIn(keyFile));
}

function keyIn(file: string): Uint8Array {
  const fail = (found: string): KnownError =>
    new KnownError({
      code: 'redact-key-unusable',
      place: { file },
      found,
      expected: `A file of at least ${SHORTEST_KEY} bytes that nobody else has.`,
      remedy: 'Name another file with --redact-key; openssl rand -hex 32 makes a good one.',
    });
  let key: Buffer;
  try {
    key = readFileSync(file);
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw fail(error.code === 'ENOENT' ? 'There is no such file.' : `The file cannot be read: ${fileReason(error.code)}.`);
  }
  if (key.length < SHORTEST_KEY) throw fail(`The key has ${key.length} bytes.`);
  return key;
}
