import { createWriteStream, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Folders with temporary files: what came by standard input, and workbooks out of archives. */
const spools = new Set<string>();

/** Keeps bytes in a temporary file of this user alone, whose path is returned; `releaseSpool` deletes it. */
export async function spool(bytes: AsyncIterable<Buffer>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'csp-recon-'));
  spools.add(folder);
  const path = join(folder, 'input');
  try {
    await pipeline(bytes, createWriteStream(path, { mode: 0o600 }));
    return path;
  } catch (error) {
    await releaseSpool(path);
    throw error;
  }
}

export async function spoolStandardInput(): Promise<string> {
  return spool(process.stdin);
}

export async function releaseSpool(path: string): Promise<void> {
  await rm(dirname(path), { recursive: true, force: true });
  spools.delete(dirname(path));
}

/** Deletes at once all that was kept: for a run that is interrupted. */
export function discardSpools(): void {
  for (const folder of spools) rmSync(folder, { recursive: true, force: true });
}
