import type { RegisterEntry } from '../../domain/partner/claims-register.ts';
import { Decimal, minorUnit } from '../../domain/numbers/money.ts';
import { isOutageCreditFor } from '../../domain/credits/outage-credits.ts';

/** One credit of the audited files. */
export interface CreditRow {
  readonly subscriptionId: string;
  readonly customerId: string;
  /** The period that is credited; a credit without one cannot be told to belong to a claim. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /** Below zero, as a decimal string. */
  readonly amount: string;
  readonly currency: string;
  /** As the evidence is to name it: a sheet of a workbook as `book.xlsx[Sheet]`, or rows of two sheets would be one. */
  readonly file: string;
  readonly row: number;
  /** '' where the export has none. */
  readonly invoiceNumber: string;
  /** What a correction says of itself: its reason, reference and adjustment; '' on other credits. */
  readonly text: string;
}

/** A claim for which money is still open. */
export interface OpenClaim {
  readonly claim: RegisterEntry;
  readonly open: Decimal;
  /** Refused or waived: only the very amount can still be an answer to it. */
  readonly isGivenUp: boolean;
  /** Whether a credit was there before the claim was, and so is no answer to it. */
  readonly isEarlier: (credit: CreditRow) => boolean;
}

interface Candidate extends OpenClaim {
  /** What is open after the credits matched so far. */
  rest: Decimal;
  readonly matched: CreditRow[];
}

/** Who was promised money comes first, then who asked for it. */
const STATUS_ORDER: Readonly<Record<string, number>> = { granted: 0, submitted: 1, open: 2 };

/** Where a credit stands, as the register's evidence names it. */
export function placeOf({ file, row }: Pick<CreditRow, 'file' | 'row'>): string {
  return `${file}:${row}`;
}

/** The places that an entry has as evidence, one on a line. */
export function evidenceOf({ evidence }: RegisterEntry): ReadonlySet<string> {
  return new Set(evidence.split('\n').filter((place) => place !== ''));
}

/** Whether an entry counted a credit before. Exports of several months may have one file name: what stands there must be about the claim too. */
export function hasCounted(entry: RegisterEntry, credit: CreditRow): boolean {
  return isAbout(entry, credit) && evidenceOf(entry).has(placeOf(credit));
}

/**
 * Matches credits to claims of the same customer, subscription and currency whose period overlaps (for an outage: of the same customer, incident and currency): first those that are the very amount
 * that is open, then those within one minor unit of it, then part-payments, the largest first. A credit is matched once. The order of
 * claims and credits does not matter. Returns the credits of each claim by its fingerprint.
 */
export function matchCredits(claims: readonly OpenClaim[], credits: readonly CreditRow[]): ReadonlyMap<string, readonly CreditRow[]> {
  const candidates = claims
    .map((claim): Candidate => ({ ...claim, rest: claim.open, matched: [] }))
    .sort((a, b) => compared(claimKey(a), claimKey(b)));
  const free = new Set(credits.filter(({ amount }) => new Decimal(amount).lt(0)).sort(inOrder));
  const take = (candidate: Candidate, credit: CreditRow): void => {
    candidate.rest = candidate.rest.plus(credit.amount);
    candidate.matched.push(credit);
    free.delete(credit);
  };
  for (const isWithinBand of [false, true]) {
    for (const candidate of candidates) {
      const credit = [...free].find((each) => isWhole(candidate, each, isWithinBand));
      if (credit !== undefined) take(candidate, credit);
    }
  }
  for (const credit of [...free]) {
    const candidate = candidates.find((each) => isPart(each, credit));
    if (candidate !== undefined) take(candidate, credit);
  }
  return new Map(candidates.map(({ claim, matched }) => [claim.fingerprint, matched]));
}

function isWhole(candidate: Candidate, credit: CreditRow, isWithinBand: boolean): boolean {
  const difference = candidate.rest.plus(credit.amount).abs();
  const isRight = isWithinBand ? difference.lte(minorUnit(credit.currency)) : difference.isZero();
  return isRight && candidate.matched.length === 0 && mayBelong(candidate, credit);
}

function isPart(candidate: Candidate, credit: CreditRow): boolean {
  const rest = candidate.rest.plus(credit.amount);
  return !candidate.isGivenUp && candidate.rest.gt(0) && rest.gte(minorUnit(credit.currency).negated()) && mayBelong(candidate, credit);
}

function mayBelong({ claim, isEarlier }: OpenClaim, credit: CreditRow): boolean {
  return isAbout(claim, credit) && !isEarlier(credit);
}

/** Claims for a service that was down: it may be in several subscriptions, so the credit's own words tell which claim it answers. */
const OUTAGE_CLAIMS: ReadonlySet<string> = new Set(['SL01', 'SL05']);

/** Whether a credit is of the claim's customer, subscription, currency and days; for an outage, of its customer, incident and currency. */
function isAbout(claim: RegisterEntry, credit: CreditRow): boolean {
  if (OUTAGE_CLAIMS.has(claim.rule)) {
    const isAfter = claim.firstDay === null || credit.firstDay === null || credit.firstDay >= claim.firstDay;
    return (
      isAfter &&
      isSame(claim.customerId, credit.customerId) &&
      isSame(claim.currency, credit.currency) &&
      isOutageCreditFor(claim.claim, credit.text)
    );
  }
  return (
    isSame(claim.customerId, credit.customerId) &&
    isSame(claim.subscriptionId, credit.subscriptionId) &&
    isSame(claim.currency, credit.currency) &&
    isOverlapping(claim, credit)
  );
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isOverlapping(claim: RegisterEntry, credit: CreditRow): boolean {
  if (claim.firstDay === null || claim.lastDay === null || credit.firstDay === null || credit.lastDay === null) return false;
  return credit.firstDay <= claim.lastDay && credit.lastDay >= claim.firstDay;
}

function claimKey({ claim }: OpenClaim): string {
  return `${STATUS_ORDER[claim.status] ?? 3} ${claim.firstSeen} ${claim.fingerprint}`;
}

/** The largest first; then by what the credits say, and by where they stand only if they say the same. */
function inOrder(a: CreditRow, b: CreditRow): number {
  const key = ({ firstDay, lastDay, invoiceNumber, file }: CreditRow): string => [firstDay, lastDay, invoiceNumber, file].join('\u0000');
  return new Decimal(a.amount).comparedTo(b.amount) || compared(key(a), key(b)) || a.row - b.row;
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
