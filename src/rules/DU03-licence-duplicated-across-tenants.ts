import { addDays, isoDay, type Day } from '../domain/calendar/days.ts';
import { duplicateOf, type DuplicateLicence } from '../domain/charges/duplicate-licence.ts';
import type { AuditedLine, CustomerHoldings, SubscriptionChain } from '../domain/charges/subjects.ts';
import type { Detection, Unchecked } from '../domain/findings/finding.ts';
import { ZERO } from '../domain/numbers/money.ts';
import { namedInRecord } from '../domain/partner/named-in-record.ts';
import type { PartnerEvent } from '../domain/partner/partner-event.ts';
import { isSameProduct } from '../domain/charges/same-product.ts';
import { money } from '../domain/proration/working.ts';
import { PRORATION_CITATIONS, sharedBasis } from '../policy/formula-basis.ts';
import { sharedDaysTexts } from '../domain/charges/shared-days-text.ts';
import { DUPLICATE_CITATIONS, duplicateClaim, TICKET_PARAMETERS } from '../policy/cancellations/duplicate-claim.ts';
import { duplicateNextAction } from '../policy/cancellations/duplicate-next-action.ts';
import { duplicateOrderScope } from '../policy/parameters/duplicate-order-scope.ts';
import { legacyDuplicateClaim } from '../policy/parameters/legacy-duplicate-claim.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

type Message = 'across-tenants' | 'after-transfer' | 'perhaps-after-transfer';

export const licenceDuplicatedAcrossTenants = defineRule({
  code: 'DU03',
  name: 'licence-duplicated-across-tenants',
  title: 'One product is paid under two customer ids, of one domain or after a transfer',
  scope: 'shared-domain',
  severity: 'warning',
  citations: [],
  caseCitations: [...DUPLICATE_CITATIONS, ...PRORATION_CITATIONS],
  parameters: [legacyDuplicateClaim, ...TICKET_PARAMETERS, duplicateOrderScope, legacyProrationFormula, newCommerceProrationFormula],
  docs: {
    checks:
      'Two customer ids that share a domain and pay the same product for the same days, after credits, with the same term and billing plan (not compared between legacy and new commerce) and, unless the partner’s record shows a transfer, the same quantity. Without a shared domain: after a recorded transfer whose reason or note names the other customer (by id or whole name), domain or subscription, on whichever of the two it is recorded, or that is recorded for the other subscription too, of the same day or a day apart; a possible notice where just one other customer bought the same licences within a day of it. Where others bought the product later, or hold as much of what came with a transfer, and the record names nobody, the transfer is left unchecked.',
    why: 'After two tenants are merged, or one is moved, the licences of the old tenant often keep running.',
    example: 'contoso.com moved to a new tenant on 3 May with 25 licences; the 25 of the old tenant are billed for June too.',
    remedy: 'Ask the customer which tenant is in use; cancel the other and request the duplicate-order credit before the deadline.',
  },
  messages: {
    'across-tenants':
      '{product} is paid for {days} days under two customer ids of {domain}: subscriptions {older} and {newer}; the newer one costs {billed} for these days',
    'after-transfer':
      '{product} is paid for {days} days under two customer ids after the transfer of {handedOver}: subscriptions {older} and {newer}; the newer one costs {billed} for these days',
    'perhaps-after-transfer':
      '{product} was handed over on {handedOver} and is paid for {days} days under another customer id too, who bought as much within a day: subscriptions {older} and {newer}; the newer one costs {billed} for these days',
  },
  *check(holdings, context) {
    if (holdings.handedOverBy !== undefined) {
      yield* afterTransfers(holdings, holdings.handedOverBy, context.asOf);
      return;
    }
    const { chains } = holdings;
    for (const [position, one] of chains.entries()) {
      for (const other of chains.slice(position + 1)) {
        if (one.customerId.toLowerCase() === other.customerId.toLowerCase() || !isSameProduct(one, other)) continue;
        const pair = duplicateOf(one, other);
        const handedOver = [...one.events, ...other.events].find((event) => event.kind === 'transfer')?.day ?? null;
        if (pair === null || pair.differs.some((differs) => differs !== 'quantity' || handedOver === null)) continue;
        const domain = pair.newer.customerDomain;
        yield {
          ...finding(pair, { kind: 'shared-domain', handedOver }, context.asOf),
          message: 'across-tenants',
          values: { ...valuesOf(pair), domain },
        };
      }
    }
  },
});

/** What makes two customers one. */
type Cause =
  | { readonly kind: 'shared-domain'; readonly handedOver: Day | null }
  | { readonly kind: 'transfer' | 'perhaps-transfer'; readonly handedOver: Day };

interface Linked {
  readonly pair: DuplicateLicence;
  readonly other: SubscriptionChain;
  readonly day: Day;
}

/** What one customer handed over, against what customers of no shared domain bought. */
function* afterTransfers({ chains }: CustomerHoldings, handedOverBy: string, asOf: Day): Generator<Detection<Message> | Unchecked> {
  for (const source of chains) {
    const transfer = source.events.find(isTransfer);
    if (source.customerId !== handedOverBy || transfer === undefined) continue;
    const { day } = transfer;
    const pairs = chains
      .filter((other) => other.customerId.toLowerCase() !== handedOverBy.toLowerCase() && isSameProduct(source, other))
      .flatMap((other): readonly Linked[] => {
        const pair = duplicateOf(source, other);
        return pair === null || pair.differs.some((differs) => differs !== 'quantity') ? [] : [{ pair, other, day }];
      });
    const told = `${transfer.reason} ${transfer.note}`;
    const named = namedInRecord(
      told,
      pairs.map(({ other }) => other),
      source,
    );
    const linked = pairs.filter(({ other }) => named.includes(other) || isRecordedToo(day, other));
    // Where the record tells of both, the older one's tells it.
    for (const { pair } of linked.filter(({ pair, other }) => pair.older === source || !isRecordedToo(day, other)))
      yield { ...finding(pair, { kind: 'transfer', handedOver: day }, asOf), message: 'after-transfer', values: withDay(pair, day) };
    if (linked.length > 0) continue;
    if (isFrom(addDays(day, -1), source)) {
      // It came with the transfer; of whom is not told, and one who holds as much may have handed it over.
      const left = pairs.filter(({ pair, other }) => pair.older === other && pair.differs.length === 0 && !other.events.some(isTransfer));
      if (left.length > 0) yield { unchecked: 'transfer-target-unknown', line: aboutOf(source) };
      continue;
    }
    const later = pairs.filter(({ other }) => isFrom(addDays(day, -1), other));
    const alike = later.filter(({ pair, other }) => pair.differs.length === 0 && isWithinADay(other.purchaseDay, day));
    const [only, ...more] = alike;
    if (only !== undefined && more.length === 0) yield perhaps(only, asOf);
    else if (later.length > 0) yield { unchecked: 'transfer-target-unknown', line: aboutOf(source) };
  }
}

function perhaps({ pair, day }: Linked, asOf: Day): Detection<Message> {
  return {
    ...finding(pair, { kind: 'perhaps-transfer', handedOver: day }, asOf),
    message: 'perhaps-after-transfer',
    values: withDay(pair, day),
    severity: 'info',
    kind: 'notice',
    deadline: null,
    confidence: 'possible',
  };
}

function isTransfer({ kind }: PartnerEvent): boolean {
  return kind === 'transfer';
}

function isFrom(earliest: Day, { purchaseDay }: SubscriptionChain): boolean {
  return purchaseDay !== null && purchaseDay >= earliest;
}

function aboutOf({ lines }: SubscriptionChain): AuditedLine | null {
  return lines.find(({ line }) => line.isAudited) ?? lines[0] ?? null;
}

function isRecordedToo(day: Day, { events }: SubscriptionChain): boolean {
  return events.some((event) => isTransfer(event) && isWithinADay(event.day, day));
}

/** The day of a record may be local, that of a file is UTC. */
function isWithinADay(one: Day | null, day: Day): boolean {
  return one !== null && Math.abs(one - day) <= 1;
}

function valuesOf(pair: DuplicateLicence): Readonly<Record<string, string>> {
  return {
    product: pair.newer.productName,
    days: String(pair.shared.reduce((all, share) => all + share.days.length, 0)),
    older: pair.older.subscriptionId,
    newer: pair.newer.subscriptionId,
    billed: money(pair.lead, pair.billed),
  };
}

function withDay(pair: DuplicateLicence, day: Day): Readonly<Record<string, string>> {
  return { ...valuesOf(pair), handedOver: isoDay(day) };
}

function finding(pair: DuplicateLicence, cause: Cause, asOf: Day): Omit<Detection<Message>, 'message' | 'values'> {
  const { older, newer } = pair;
  const basis = sharedBasis(pair);
  const claim = duplicateClaim(pair, asOf);
  const ids = `customer ids ${older.customerId} and ${newer.customerId}`;
  return {
    evidence: pair.evidence,
    ...(claim.standing === 'last-day' ? { severity: 'info' as const } : {}),
    kind: claim.kind,
    amounts: { billed: pair.billed, expected: ZERO },
    working: [
      cause.kind === 'shared-domain' ? `${ids} share the domain ${newer.customerDomain}` : `${ids} share no domain in the files`,
      ...(cause.handedOver === null ? [] : [`handed over on ${isoDay(cause.handedOver)} by the partner’s own record`]),
      ...sharedDaysTexts(pair),
      ...claim.working,
    ],
    confidence: 'likely',
    deadline: claim.deadline,
    nextAction: duplicateNextAction(toEnd(pair, cause), claim),
    citations: [...claim.citations, ...basis.citations],
    parametersUsed: [...claim.parametersUsed, ...basis.parametersUsed],
  };
}

/** What ends the double payment depends on how it came about. */
function toEnd({ older, newer }: DuplicateLicence, { kind, handedOver }: Cause): string {
  const left = `subscription ${older.subscriptionId} in the tenant it left`;
  if (kind === 'perhaps-transfer')
    return `Look whether ${newer.subscriptionId} took over what was handed over on ${isoDay(handedOver)}; if so, cancel ${left}`;
  if (handedOver !== null) return `Cancel ${left}, which should have ended with the transfer of ${isoDay(handedOver)}`;
  if (older.layout === 'legacy-licence' && newer.layout !== 'legacy-licence')
    return `Ask the customer which tenant is in use; where it is the new-commerce one, cancel legacy subscription ${older.subscriptionId}, which the migration did not end`;
  return 'Ask the customer which tenant is in use and cancel the subscription of the other';
}
