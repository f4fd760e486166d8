import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RegisterEntry } from '../domain/partner/claims-register.ts';
import { KnownError } from '../domain/known-error.ts';
import { readRegister } from '../ingest/side-inputs/register.ts';
import type { AuditOptions } from './options.ts';

/** Whether the user has written anything into a row of the register. */
function hasWords({ status, ticket, submittedOn, note, added }: RegisterEntry): boolean {
  return status !== 'open' || ticket !== '' || submittedOn !== null || note !== '' || Object.values(added).some((text) => text !== '');
}

/**
 * Refuses to write a new register over one that holds the user's words and was not given back with `--register`: what the user wrote is
 * never lost, least of all to a forgotten flag. A register there that cannot be read is refused as well.
 */
export async function guardRegister({ out, register, format }: AuditOptions): Promise<void> {
  const path = join(out, 'register.xlsx');
  if (out === '-' || !format.includes('xlsx') || !existsSync(path)) return;
  if (register !== undefined && resolve(register) === resolve(path)) return;
  const entries = await readRegister(path, path);
  if (!entries.some(hasWords)) return;
  throw new KnownError({
    code: 'register-would-be-lost',
    place: { file: path },
    found: 'A claims register with your entries stands where this run would write a new one.',
    expected: `That register given with --register ${path}, so that your entries are carried over.`,
    remedy: 'Add that option, or name another folder with --out.',
  });
}

/**
 * Refuses to write a redacted register in the place of one that holds words of the user's: redaction leaves notes and added columns out.
 * A register that is redacted already loses nothing.
 */
export function guardOwnWords(register: readonly RegisterEntry[], redacted: readonly RegisterEntry[], { out, format }: AuditOptions): void {
  const path = join(out, 'register.xlsx');
  if (out === '-' || !format.includes('xlsx') || !existsSync(path)) return;
  const words = (entries: readonly RegisterEntry[]): string =>
    JSON.stringify(entries.map(({ ticket, note, added }) => [ticket, note, added]));
  if (words(register) === words(redacted)) return;
  throw new KnownError({
    code: 'register-would-be-lost',
    place: { file: path },
    found: 'A redacted register, which leaves out your notes and columns, would take the place of the one that holds them.',
    expected: 'A folder of its own for a redacted report.',
    remedy: 'Name another folder with --out; nothing was written.',
  });
}
