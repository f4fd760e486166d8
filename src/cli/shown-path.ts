import { basename, isAbsolute, relative } from 'node:path';

/** A side input as reports name it: the way the user gave it, with forward slashes; outside of the working folder by its last part. */
export function shownPath(path: string): string {
  if (!isAbsolute(path)) return path.replaceAll('\\', '/');
  const inside = relative(process.cwd(), path);
  return inside.startsWith('..') || isAbsolute(inside) ? basename(path) : inside.replaceAll('\\', '/');
}
