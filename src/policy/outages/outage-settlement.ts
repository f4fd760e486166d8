import type { Day } from '../../domain/calendar/days.ts';
import type { CustomerHoldings } from '../../domain/charges/subjects.ts';
import { sum, type Decimal } from '../../domain/numbers/money.ts';
import type { AssessedIncident } from './assess-incident.ts';
import { askAgainFrom } from './ask-again.ts';
import { creditChoices, type CreditChoice } from './credit-choices.ts';
import { creditIn, readingsThatYield } from './outage-answers.ts';
import type { MonthClaim, ServiceClaim } from './service-claim.ts';
import type { OutageOutcome } from './outage-credit.ts';
import { receiptsOf, type Receipt } from './outage-receipts.ts';
import { idOf } from './row-answers.ts';

/** What came for claims that one credit may answer, and which of their incidents it answers. */
export interface Settlement {
  /** By month. */
  readonly claims: readonly ServiceClaim[];
  /** null where the list says what came and the customer is billed in several currencies. */
  readonly receipts: readonly Receipt[] | null;
  /** The incidents that it answers, of each claim; what is claimed beside them waits for a credit of its own. */
  readonly answered: CreditChoice;
  /** By the readings taken here or by another one. */
  readonly isRight: boolean;
}

/** The incidents of a claim for which something came, or the list says that nothing will. */
export function creditedOf({ claimed }: ServiceClaim): readonly AssessedIncident[] {
  return claimed.filter(({ isAnswered }) => isAnswered);
}

/** What the answered incidents of a settlement's claims yield, by claim. */
export function answeredOutcomes({ claims, answered }: Pick<Settlement, 'claims' | 'answered'>): readonly OutageOutcome[] {
  return claims.flatMap((claim) => {
    const ones = answered.get(claim) ?? [];
    return ones.length === 0 ? [] : [claim.outcomeOf(ones)];
  });
}

/** Each claim of a customer for which something came, with the settlement it is a part of. */
export function settlementsOf(
  ofCustomer: readonly MonthClaim[],
  holdings: CustomerHoldings,
  asOf: Day,
): ReadonlyMap<ServiceClaim, Settlement> {
  const settlements = new Map<ServiceClaim, Settlement>();
  for (const { claim } of ofCustomer) {
    if (settlements.has(claim) || creditedOf(claim).length === 0) continue;
    const settlement = settle(linkedClaims(claim, ofCustomer), holdings, asOf);
    for (const one of settlement.claims) settlements.set(one, settlement);
  }
  return settlements;
}

/**
 * A credit is for all that was claimed, if it is right for that by figures or by a reading; else for what is due, which was claimed longer ago
 * than Microsoft aims to take; else for some of the claims or incidents alone. One that is right for none of these is for what it names.
 */
function settle(claims: readonly ServiceClaim[], holdings: CustomerHoldings, asOf: Day): Settlement {
  const receipts = receiptsOf(uniqueIncidents(claims.flatMap(creditedOf)), holdings);
  const named = choiceOf(claims, ({ isAnswered }) => isAnswered);
  if (receipts === null) return { claims, receipts, answered: named, isRight: false };
  const isDue = ({ isAnswered, claimedOn }: AssessedIncident): boolean => {
    const again = claimedOn === null ? null : askAgainFrom(claimedOn, holdings.chains[0]?.ownTerms ?? []);
    return isAnswered || (again !== null && again.day <= asOf);
  };
  const all = choiceOf(claims, () => true);
  const due = choiceOf(claims, isDue);
  const outcomesOf = (answered: CreditChoice): readonly OutageOutcome[] => answeredOutcomes({ claims, answered });
  const isExact = (one: CreditChoice): boolean => yields(outcomesOf(one), receipts, false);
  const isByReading = (one: CreditChoice): boolean => yields(outcomesOf(one), receipts, true);
  const right = [all, due].find(isExact) ?? [all, due].find(isByReading) ?? partlyRight();
  return { claims, receipts, answered: right ?? named, isRight: right !== undefined };

  /** Nothing came in part: a refusal is one of all that it is written beside. */
  function partlyRight(): CreditChoice | undefined {
    if (receipts === null || receipts.every(({ amount }) => amount.isZero())) return undefined;
    const parts = creditChoices(claims).filter((one) => outcomesOf(one).every(({ kind }) => kind !== 'unknown'));
    return parts.find(isExact) ?? parts.find(isByReading);
  }
}

function choiceOf(claims: readonly ServiceClaim[], isMeant: (one: AssessedIncident) => boolean): CreditChoice {
  return new Map(claims.map((claim) => [claim, claim.claimed.filter(isMeant)]));
}

/** Whether what came is what outcomes yield together. What a month yields that cannot be worked out comes on top of the others. */
function yields(outcomes: readonly OutageOutcome[], receipts: readonly Receipt[], byReading: boolean): boolean {
  const isUnknown = outcomes.some(({ kind }) => kind === 'unknown');
  const computed = outcomes.flatMap((one) => (one.kind === 'credits' ? one.credits.map(({ currency }) => currency) : []));
  const currencies = new Set([...receipts.map(({ currency }) => currency), ...computed]);
  return [...currencies].every((currency) => {
    const received = sum(receipts.filter((one) => one.currency === currency).map(({ amount }) => amount));
    const due: Decimal = sum(outcomes.map((one) => creditIn(one, currency)));
    if (isUnknown ? received.gte(due) : received.eq(due)) return true;
    return byReading && readingsThatYield(outcomes, currency, received).length > 0;
  });
}

/**
 * The claims that one credit may answer: that of a service and month, of the months its credited incidents went on in, and of other services
 * that a line of the credit is for as well.
 */
function linkedClaims(claim: ServiceClaim, ofCustomer: readonly MonthClaim[]): readonly ServiceClaim[] {
  const linked = new Set([claim]);
  for (let size = 0; size < linked.size;) {
    size = linked.size;
    const credited = [...linked].flatMap(creditedOf);
    const incidents = new Set(credited.map(({ incident }) => incident));
    const lines = new Set(credited.flatMap(({ credits }) => credits));
    const ids = new Set(credited.flatMap(({ isWithOthers, incident }) => (isWithOthers ? [idOf(incident)] : [])));
    for (const { assessed, claim: other } of ofCustomer) {
      if (assessed.state !== 'claimed' || assessed.blockers.length > 0) continue;
      const isOfId = assessed.isWithOthers && ids.has(idOf(assessed.incident));
      if (isOfId || incidents.has(assessed.incident) || assessed.credits.some((line) => lines.has(line))) linked.add(other);
    }
  }
  return [...new Set(ofCustomer.map((one) => one.claim))].filter((one) => linked.has(one)).sort(byMonth);
}

function byMonth(a: ServiceClaim, b: ServiceClaim): number {
  return firstMonthOf(a) - firstMonthOf(b);
}

function firstMonthOf({ claimed }: ServiceClaim): number {
  return claimed[0]?.month.firstDay ?? 0;
}

/** Incidents that may stand for several months, each once. */
export function uniqueIncidents(all: readonly AssessedIncident[]): readonly AssessedIncident[] {
  return [...new Map(all.map((one) => [one.incident, one])).values()];
}
