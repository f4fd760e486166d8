/** A line of a rule case, in an accountant's words; every value is text, as a file would print it. */
export type CaseLine = Readonly<Record<string, string>>;

export type Column = readonly [column: string, key: string, fallback: (line: CaseLine) => string];

export const fixed = (text: string) => (): string => text;
export const from =
  (key: string, text: string) =>
  (line: CaseLine): string =>
    line[key] ?? text;

/** Total is subtotal plus tax in whole minor units, so that a case only has to print what it is about. */
export function total(line: CaseLine, subtotal: string): string {
  const tax = line['tax'] ?? '0';
  const digits = Math.max(subtotal.split('.')[1]?.length ?? 0, tax.split('.')[1]?.length ?? 0);
  const scaled = (text: string): bigint => {
    const [whole = '0', decimals = ''] = text.replace('-', '').split('.');
    const value = BigInt(whole + decimals.padEnd(digits, '0'));
    return text.startsWith('-') ? -value : value;
  };
  const sum = scaled(subtotal) + scaled(tax);
  const text = (sum < 0n ? -sum : sum).toString().padStart(digits + 1, '0');
  const printed = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return sum < 0n ? `-${printed}` : printed;
}
