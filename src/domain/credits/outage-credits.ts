/** Ids of incidents: two letters and digits, or Azure's tracking ids, as they stand between other words. */
const INCIDENT_IDS = /(?<![\p{L}\p{N}-])(?:[A-Z]{2}\d{3,}|[A-Z0-9]{4}-[A-Z0-9]{3})(?![\p{L}\p{N}-])/giu;
const SPEAKS_OF_OUTAGE = /\bSLA\b|service[\s-]level|outage|downtime|storing|driftstopp/i;

function idsIn(text: string): ReadonlySet<string> {
  return new Set((text.match(INCIDENT_IDS) ?? []).map((id) => id.toUpperCase()));
}

/**
 * Whether the words of a credit are about an outage claim: they name one of its incidents; or they name none and give an outage as the
 * reason. `claim` is the claim in words, which names its incidents.
 */
export function isOutageCreditFor(claim: string, credit: string): boolean {
  const named = idsIn(credit);
  if (named.size === 0) return SPEAKS_OF_OUTAGE.test(credit);
  const own = idsIn(claim);
  return [...named].some((id) => own.has(id));
}
