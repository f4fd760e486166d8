import type { AuditedLine, CustomerHoldings } from '../../domain/charges/subjects.ts';
import type { ServiceIncident } from '../../domain/partner/service-incident.ts';
import { creditsNaming, textsOf } from './outage-receipts.ts';
import { nameKey, serviceOf, type OutageService } from './outage-services.ts';

/** What came for one row of the list. */
export interface RowAnswer {
  readonly credits: readonly AuditedLine[];
  /** What came is held against all services of the incident together, whichever row or line it stands on. */
  readonly isWithOthers: boolean;
}

/** The id that rows of one incident share; '' where a row has none. */
export function idOf({ incidentId }: ServiceIncident): string {
  return incidentId.trim().toUpperCase();
}

/** The rows of each incident, one a service. */
export function rowsById({ incidents }: CustomerHoldings): ReadonlyMap<string, readonly ServiceIncident[]> {
  const byId = new Map<string, ServiceIncident[]>();
  for (const one of incidents) byId.set(idOf(one), [...(byId.get(idOf(one)) ?? []), one]);
  return byId;
}

/**
 * The credit lines of every row of the list: those that name its incident. Where that hit several services, a line that names one of them is
 * that one’s; a line that names none is of those that were claimed, and of all where none was.
 * @param together ids of incidents whose credits are held against all their services together.
 */
export function answersOfRows(holdings: CustomerHoldings, together: ReadonlySet<string>): ReadonlyMap<ServiceIncident, RowAnswer> {
  const answers = new Map<ServiceIncident, RowAnswer>();
  for (const [id, rows] of rowsById(holdings)) {
    for (const row of rows) {
      const naming = creditsNaming(row, holdings);
      const isWithOthers = id !== '' && together.has(id);
      const isShared = id !== '' && rows.length > 1 && !isWithOthers;
      const credits = isShared ? naming.filter((line) => rowsOf(line, rows, holdings).includes(row)) : naming;
      answers.set(row, { credits, isWithOthers });
    }
  }
  return answers;
}

function rowsOf({ line }: AuditedLine, rows: readonly ServiceIncident[], { chains }: CustomerHoldings): readonly ServiceIncident[] {
  const texts = textsOf(line);
  const named = rows.filter((row) => {
    const service = serviceOf(row, chains[0]?.ownTerms ?? [])?.service;
    return service !== undefined && isNamedIn(service, texts);
  });
  if (named.length > 0) return named;
  const claimed = rows.filter(({ claimedOn, creditReceived }) => claimedOn !== null || creditReceived !== null);
  return claimed.length > 0 ? claimed : rows;
}

function isNamedIn({ key, aliases, standalone, notStandalone }: OutageService, texts: readonly string[]): boolean {
  return texts.some((text) => {
    const all = nameKey(text);
    if ([key, ...standalone].some((name) => all.includes(name)) && !notStandalone.some((name) => all.includes(name))) return true;
    const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return aliases.some((alias) => words.includes(alias));
  });
}
