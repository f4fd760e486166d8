import { sum, type Decimal } from '../../domain/numbers/money.ts';
import type { ServiceIncident } from '../../domain/partner/service-incident.ts';
import type { ChargeLine } from '../../domain/charges/charge-line.ts';
import type { AuditedLine, CustomerHoldings } from '../../domain/charges/subjects.ts';

/** What has been credited for incidents, in one currency. A magnitude. */
export interface Receipt {
  readonly currency: string;
  readonly amount: Decimal;
  readonly lines: readonly AuditedLine[];
}

/** Money given back to a customer after an incident, on lines that name it, and what was taken back of it; nothing where no line gives any. */
export function creditsNaming(incident: ServiceIncident, holdings: CustomerHoldings): readonly AuditedLine[] {
  const id = incident.incidentId.trim().toUpperCase();
  if (id === '') return [];
  const naming = holdings.chains.flatMap((chain) =>
    chain.lines.filter(({ line }) => {
      const day = line.orderDay ?? line.firstDay;
      if (line.kind !== 'adjustment' || line.amount.isZero() || (day !== null && day < incident.startedAt.day)) return false;
      return wordsOf(textsOf(line)).has(id);
    }),
  );
  return naming.some(({ line }) => line.amount.isNegative()) ? naming : [];
}

/** What a credit line says of itself. */
export function textsOf({ creditReason, referenceId, priceAdjustment, meter, heading }: ChargeLine): readonly string[] {
  return [creditReason, referenceId, priceAdjustment, meter, heading.productName];
}

/** Ids stand between blanks and punctuation; Azure's have a hyphen inside. */
function wordsOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.toUpperCase().split(/[^\p{L}\p{N}-]+/u)).map((word) => word.replace(/^-+|-+$/g, '')));
}

/**
 * What came for incidents: their credit lines, each once; for an incident without one what its row says was received. null where rows
 * say so and the customer is billed in more than one currency: which one is meant is not told.
 */
export function receiptsOf(
  incidents: readonly { readonly incident: ServiceIncident; readonly credits: readonly AuditedLine[] }[],
  holdings: CustomerHoldings,
): readonly Receipt[] | null {
  const lines = [...new Set(incidents.flatMap(({ credits }) => credits))];
  const stated = incidents.flatMap(({ incident, credits }) =>
    credits.length > 0 || incident.creditReceived === null ? [] : [incident.creditReceived],
  );
  const currencies = [...new Set(holdings.chains.map(({ currency }) => currency))].sort();
  if (stated.length > 0 && currencies.length !== 1) return null;
  return currencies.flatMap((currency) => {
    const own = lines.filter(({ line }) => line.heading.currency === currency);
    if (own.length === 0 && stated.length === 0) return [];
    return [{ currency, amount: sum([...own.map(({ line }) => line.amount.negated()), ...stated]), lines: own }];
  });
}
