import type { RegisterEntry } from '../../domain/partner/claims-register.ts';
import type { Customer } from '../../domain/findings/report.ts';
import { isPseudonym, type Pseudonyms } from './pseudonyms.ts';

/**
 * The register of a redacted run, as the run before would have written it without redaction, as far as the files of this run tell: customers
 * and files that they name stand again under their real names, so that credits are matched and counted as ever. With another key, or for a
 * customer who is in none of the files, an entry stays as it is.
 */
export function restoredRegister(
  entries: readonly RegisterEntry[],
  pseudonyms: Pseudonyms,
  customers: () => Iterable<Customer>,
  files: readonly { readonly path: string; readonly sheet: string | null }[],
): readonly RegisterEntry[] {
  if (!entries.some(({ customerId, customerName }) => isPseudonym(customerId) || isPseudonym(customerName))) return entries;
  const byId = new Map<string, Customer>();
  for (const one of customers()) if (!byId.has(pseudonyms.id(one.customerId))) byId.set(pseudonyms.id(one.customerId), one);
  const places = new Map(
    files.map(({ path, sheet }) => [pseudonymOf({ path, sheet }, pseudonyms), sheet === null ? path : `${path}[${sheet}]`]),
  );
  return entries.map((entry) => {
    const customer = byId.get(entry.customerId);
    return {
      ...entry,
      ...(customer === undefined ? {} : { customerId: customer.customerId, customerName: customer.customerName }),
      evidence: entry.evidence
        .split('\n')
        .map((one) => restoredPlace(one, places))
        .join('\n'),
    };
  });
}

function pseudonymOf({ path, sheet }: { readonly path: string; readonly sheet: string | null }, pseudonyms: Pseudonyms): string {
  return `${pseudonyms.file(path)}${sheet === null ? '' : `[${pseudonyms.sheet(sheet)}]`}`;
}

function restoredPlace(text: string, places: ReadonlyMap<string, string>): string {
  const end = text.lastIndexOf(':');
  const file = places.get(text.slice(0, end));
  return file === undefined ? text : `${file}${text.slice(end)}`;
}
