import type { AssessedIncident } from './assess-incident.ts';
import type { ServiceClaim } from './service-claim.ts';

/** Which incidents a credit answers, of each claim. */
export type CreditChoice = ReadonlyMap<ServiceClaim, readonly AssessedIncident[]>;

/** More further incidents than these are taken one after the other, in the order of their claims, and not in every combination. */
const MOST_COMBINED = 4;
const MOST_CHOICES = 512;

/**
 * What a credit may be for: one claim alone or several, and of each the credited incidents with some of those that were claimed beside them;
 * those that say most come first. A claim is left out only where a claim of its incidents is on record, so that it can be waited for.
 */
export function creditChoices(claims: readonly ServiceClaim[]): readonly CreditChoice[] {
  let choices: readonly (readonly (readonly [ServiceClaim, readonly AssessedIncident[]])[])[] = [[]];
  for (const claim of claims) {
    const parts = partsOf(claim, claims.length > 1);
    choices = choices.flatMap((before) => parts.map((part) => [...before, [claim, part] as const])).slice(0, MOST_CHOICES);
  }
  const size = (one: CreditChoice): number => [...one.values()].reduce((all, part) => all + part.length, 0);
  return choices
    .map((one): CreditChoice => new Map(one))
    .filter((one) => size(one) > 0 && hasEveryService(one))
    .sort((a, b) => size(b) - size(a));
}

function partsOf({ claimed }: ServiceClaim, mayBeLeftOut: boolean): readonly (readonly AssessedIncident[])[] {
  const credited = claimed.filter(({ isAnswered }) => isAnswered);
  const others = claimed.filter(({ isAnswered }) => !isAnswered).sort((a, b) => (a.claimedOn ?? 0) - (b.claimedOn ?? 0));
  const further =
    others.length > MOST_COMBINED
      ? others.map((_, place) => others.slice(0, place + 1))
      : others.reduce<readonly (readonly AssessedIncident[])[]>((all, one) => [...all, ...all.map((part) => [...part, one])], [[]]);
  const isOnRecord = claimed.every(({ claimedOn }) => claimedOn !== null);
  return [
    ...further.map((part) => claimed.filter((one) => credited.includes(one) || part.includes(one))),
    ...(others.length > MOST_COMBINED ? [credited] : []),
    ...(mayBeLeftOut && isOnRecord ? [[]] : []),
  ];
}

/** What is held against all services of an incident together is for each of them. */
function hasEveryService(choice: CreditChoice): boolean {
  const isMet = new Map<string, boolean>();
  for (const [{ claimed }, part] of choice) {
    const [one] = claimed;
    if (one?.isWithOthers === true) isMet.set(one.service.key, isMet.get(one.service.key) === true || part.length > 0);
  }
  return [...isMet.values()].every(Boolean);
}
