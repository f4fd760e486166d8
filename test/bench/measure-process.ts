import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/** What one process cost, from its start to its end. */
export interface Usage {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly processorSeconds: number;
}

/** A script for node with its arguments, run in `folder`: no configuration file of ours is above it. */
export interface Program {
  readonly script: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** The compiled `report-usage`. */
  readonly reporter: string;
}

const usageSchema = z.object({ peakBytes: z.number().positive(), processorSeconds: z.number().nonnegative() });

/** Runs a fresh node and measures it; fails where the process does, for a run that ended early must not look fast. */
export async function measureProcess(program: Program): Promise<Usage> {
  const usageFile = join(program.folder, 'usage.json');
  rmSync(usageFile, { force: true });
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', pathToFileURL(program.reporter).href, program.script, ...program.args], {
    cwd: program.folder,
    env: { ...process.env, CSP_RECON_BENCH_USAGE: usageFile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const exit = await new Promise<{ readonly code: number | null; readonly seconds: number }>((resolve, reject) => {
    let seconds = 0;
    child.on('error', reject);
    child.on('exit', () => {
      seconds = (performance.now() - startedAt) / 1000;
    });
    child.on('close', (code) => {
      resolve({ code, seconds });
    });
  });
  if (exit.code !== 0)
    throw new Error(`node ${program.script} ${program.args.join(' ')} ended with ${exit.code ?? 'a signal'}\n${errors.join('')}`);
  return { seconds: exit.seconds, ...usageSchema.parse(JSON.parse(readFileSync(usageFile, 'utf8'))) };
}

/** Several processes one after the other, taken as one: their times added, the largest of their peaks. */
export function oneAfterTheOther(usages: readonly Usage[]): Usage {
  return {
    seconds: usages.reduce((sum, usage) => sum + usage.seconds, 0),
    processorSeconds: usages.reduce((sum, usage) => sum + usage.processorSeconds, 0),
    peakBytes: Math.max(...usages.map((usage) => usage.peakBytes)),
  };
}

/** The middle value; of two, their mean. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
