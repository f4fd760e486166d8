import { readFileSync } from 'node:fs';

/** What `npm run demo` gives the command, from package.json itself. */
export function demoArguments(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  return (scripts['demo'] ?? '').replace('node dist/bin.js ', '').replaceAll("'", '').split(' ');
}
