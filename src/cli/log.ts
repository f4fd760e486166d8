import { pino, type Logger } from 'pino';
import { KnownError } from '../domain/known-error.ts';
import { fileReason, isFileError } from './write-whole.ts';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** Logs go to standard error or a file, never to standard output. The destination is synchronous: the last lines of a failing run must not be lost. */
export function openLog(level: LogLevel, file: string | null): Logger {
  return pino({ level, base: null }, destination(file));
}

function destination(file: string | null): ReturnType<typeof pino.destination> {
  try {
    return pino.destination({ dest: file ?? 2, sync: true, mkdir: true });
  } catch (error) {
    if (file === null || !isFileError(error)) throw error;
    throw new KnownError({
      code: 'log-not-writable',
      place: { file },
      found: `The log cannot be written there: ${fileReason(error.code)}.`,
      expected: 'A path in a folder that may be written to.',
      remedy: 'Name another file with --log-file, or leave it out.',
    });
  }
}
