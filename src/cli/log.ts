import { pino, type Logger } from 'pino';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** Logs go to standard error or a file, never to standard output. The destination is synchronous: the last lines of a failing run must not be lost. */
export function openLog(level: LogLevel, file: string | null): Logger {
  return pino({ level, base: null }, pino.destination({ dest: file ?? 2, sync: true, mkdir: true }));
}
