/** Where a JSON text stops making sense, as ` (line 3)`; nothing where the parser does not tell. Its own words differ between versions of Node. */
export function jsonFault(text: string, error: unknown): string {
  const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  if (position === undefined) return '';
  const line = text.slice(0, Number.parseInt(position, 10)).split('\n').length;
  return ` (line ${line})`;
}
