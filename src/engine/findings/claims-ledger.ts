import type { ClaimStatus, RegisterEntry } from '../../domain/partner/claims-register.ts';
import type { UncheckedCount } from '../../domain/findings/report.ts';
import type { Finding } from '../../domain/findings/finding.ts';
import { wholeFinding } from '../../domain/findings/finding-pack.ts';
import { Decimal, formatMoney, minorUnit, sum, ZERO } from '../../domain/numbers/money.ts';
import { isOutageCreditFor } from '../../domain/credits/outage-credits.ts';
import { factsOf, newEntries } from './new-entries.ts';
import type { NextBillingOf } from './next-billing.ts';
import type { AnswerBy } from '../../domain/invoices/invoice-order.ts';
import { evidenceOf, hasCounted, matchCredits, placeOf, type CreditRow, type OpenClaim } from '../credits/match-credits.ts';

export type { CreditRow } from '../credits/match-credits.ts';

export interface LedgerInput {
  /** The register of the run before; null where there is none. */
  readonly previous: readonly RegisterEntry[] | null;
  readonly findings: readonly Finding[];
  /** Every credit of the audited files, and of no context file: what a context month credits was matched when it was audited. */
  readonly credits: readonly CreditRow[];
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly nextBilling: NextBillingOf;
}

export interface LedgerResult {
  /** The register as it is to be written: earlier entries in their order, then new ones by deadline. */
  readonly entries: readonly RegisterEntry[];
  /** The findings given, in their order, each with the status that the register has for it. */
  readonly findings: readonly Finding[];
  /** Fingerprints of findings that were found on an earlier day; the same run again on the same day still has them as new. */
  readonly known: readonly string[];
  /** Entries whose finding is gone and for which no money is open: credited in full, refused or waived. */
  readonly resolved: readonly RegisterEntry[];
  /** Granted, and the invoice that should carry the credit has come without it. */
  readonly raisedAgain: readonly RegisterEntry[];
  /** Money that is open from earlier months and that no file of this run tells of. */
  readonly stillOpen: readonly RegisterEntry[];
  /** Still found, and credited in part. */
  readonly partPaid: readonly RegisterEntry[];
  /** Granted claims of which nothing is said, for a month is missing whose invoice may carry the credit. */
  readonly unchecked: readonly UncheckedCount[];
}

const ALWAYS_REGISTERED: ReadonlySet<string> = new Set(['CR01', 'CR03', 'CR04']);
/** Rules whose amount is net of the credits in the files: as long as they still report, a credit they know of must not be counted again. */
const NET_OF_CREDITS: ReadonlySet<string> = new Set(['CR01', 'CR03', 'CR04', 'DU02', 'DU03', 'DU04', 'SL05']);
const AWAITS_MONEY: ReadonlySet<ClaimStatus> = new Set(['open', 'submitted', 'granted']);

const RAISED_AGAIN = 'granted, credit not received: ';
const STILL_OPEN = / \([\d.]+ of [\d.]+ \S* received, [\d.]+ still open\)$/;

/**
 * Carries the claims register over from the run before to this one. The user's columns are never touched, but for the status of a claim
 * whose credit came in full, which becomes granted. The same run again with the register it wrote changes nothing.
 */
export function carryForward(input: LedgerInput): LedgerResult {
  const { previous, findings, credits, asOf } = input;
  const byFingerprint = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  const claims = (previous ?? []).flatMap((entry) => openClaim(entry, byFingerprint.get(entry.fingerprint), asOf));
  const places = new Set((previous ?? []).flatMap((entry) => [...evidenceOf(entry)]));
  const isCounted = (credit: CreditRow): boolean =>
    places.has(placeOf(credit)) && (previous ?? []).some((entry) => hasCounted(entry, credit));
  const matched = matchCredits(
    claims,
    credits.filter((credit) => !isCounted(credit)),
  );
  const carried = (previous ?? []).map((entry) => {
    const finding = byFingerprint.get(entry.fingerprint);
    const known = finding === undefined ? entry : renewed(entry, finding, input);
    return settled(known, entry, matched.get(entry.fingerprint) ?? [], input);
  });
  const earlier = new Set(carried.map(({ entry }) => entry.fingerprint));
  const isNew = (one: Finding): boolean => !earlier.has(one.fingerprint) && isRegistered(one) && !isClaimedOutage(one, previous ?? []);
  const fresh = newEntries(findings.filter(isNew), asOf);
  const entries = [...carried.map(({ entry }) => entry), ...fresh];
  const isKnown = new Set(entries.flatMap(({ fingerprint, firstSeen }) => (firstSeen < asOf ? [fingerprint] : [])));
  const statuses = new Map(entries.map(({ fingerprint, status }) => [fingerprint, status]));
  return {
    entries,
    findings: findings.map((finding) => withStatus(finding, statuses.get(finding.fingerprint) ?? finding.status)),
    known: findings.flatMap(({ fingerprint }) => (isKnown.has(fingerprint) ? [fingerprint] : [])),
    resolved: carried.flatMap(({ entry }) => (byFingerprint.has(entry.fingerprint) || isAwaitingMoney(entry) ? [] : [entry])),
    raisedAgain: carried.flatMap(({ entry, isRaisedAgain }) => (isRaisedAgain ? [entry] : [])),
    stillOpen: carried.flatMap(({ entry }) => (!byFingerprint.has(entry.fingerprint) && isAwaitingMoney(entry) ? [entry] : [])),
    partPaid: carried.flatMap(({ entry }) => (byFingerprint.has(entry.fingerprint) && isPartPaid(entry) ? [entry] : [])),
    unchecked: carried.flatMap(({ entry: { rule }, missingMonth }) =>
      missingMonth === null ? [] : [{ rule, reason: 'next-invoice-not-given', lines: 1, months: [missingMonth] }],
    ),
  };
}

function withStatus(finding: Finding, status: string): Finding {
  return finding.status === status ? finding : { ...wholeFinding(finding), status };
}

/** Money that is owed or can be asked for. */
function isRegistered({ kind, rule, difference }: Finding): boolean {
  if (kind === 'claim' || ALWAYS_REGISTERED.has(rule)) return true;
  return kind === 'discrepancy' && difference !== null && new Decimal(difference).gt(0);
}

/** What is short of an outage credit, or was not answered, is still open on the claim that the register has for the incident. */
function isClaimedOutage(finding: Finding, previous: readonly RegisterEntry[]): boolean {
  const monthOf = (day: string | null): string => day?.slice(0, 7) ?? '';
  return (
    (finding.rule === 'SL05' || (finding.rule === 'SL01' && finding.messageId === 'unanswered')) &&
    previous.some(
      (entry) =>
        entry.rule === 'SL01' &&
        (finding.rule === 'SL05' || isOutageCreditFor(entry.claim, finding.message)) &&
        entry.customerId.toLowerCase() === finding.customerId.toLowerCase() &&
        entry.product === finding.product &&
        entry.currency === finding.currency &&
        monthOf(entry.firstDay) === monthOf(finding.firstDay),
    )
  );
}

/** Our columns anew, the user's as they were. An earlier as-of day does not make a claim be seen last on that day. */
function renewed(entry: RegisterEntry, finding: Finding, { asOf, credits }: LedgerInput): RegisterEntry {
  const facts = factsOf(finding);
  const lastSeen = entry.lastSeen > asOf ? entry.lastSeen : asOf;
  const firstSeen = entry.firstSeen === '' ? asOf : entry.firstSeen;
  const renewedEntry = { ...entry, ...facts, firstSeen, lastSeen };
  if (facts.amount === null || !NET_OF_CREDITS.has(finding.rule)) return renewedEntry;
  // The finding's amount is what is left; the register's is the whole claim, of which `received` has come.
  const inTheseFiles = credits.filter((credit) => hasCounted(entry, credit)).map(({ amount }) => new Decimal(amount).negated());
  return { ...renewedEntry, amount: formatMoney(new Decimal(facts.amount).plus(sum(inTheseFiles)), finding.currency) };
}

/**
 * What credits can be matched to: one claim or none. A claim that was first found on this very day and is still found is as good as new,
 * and the credits beside it are no answer to it. A finding that knows the credits of its files is not matched while it stands. And what
 * stands in a file that the finding rests on, or on the invoice that it is about, came before it.
 */
function openClaim(entry: RegisterEntry, finding: Finding | undefined, asOf: string): readonly OpenClaim[] {
  const claim = finding === undefined ? entry : { ...entry, ...factsOf(finding) };
  const open = openAmount(claim);
  if (open === null) return [];
  if (finding !== undefined && (entry.firstSeen >= asOf || NET_OF_CREDITS.has(finding.rule))) return [];
  const ownFiles = new Set(finding?.evidence.map(({ file, sheet }) => (sheet === null ? file : `${file}[${sheet}]`)) ?? []);
  const isOwnInvoice = ({ invoiceNumber }: CreditRow): boolean => invoiceNumber !== '' && invoiceNumber === claim.invoiceNumber;
  const isEarlier = (credit: CreditRow): boolean => ownFiles.has(credit.file) || isOwnInvoice(credit);
  return [{ claim, open, isGivenUp: !AWAITS_MONEY.has(entry.status), isEarlier }];
}

/** The entry with the credits that were matched to it in this run, and its claim in the words that fit now. */
function settled(
  known: RegisterEntry,
  before: RegisterEntry,
  matched: readonly CreditRow[],
  { credits, nextBilling }: LedgerInput,
): { readonly entry: RegisterEntry; readonly isRaisedAgain: boolean; readonly missingMonth: string | null } {
  const entry = matched.length === 0 ? known : credited(known, matched);
  const base = (known.claim.startsWith(RAISED_AGAIN) ? known.claim.slice(RAISED_AGAIN.length) : known.claim).replace(STILL_OPEN, '');
  const open = AWAITS_MONEY.has(entry.status) ? openAmount(entry) : null;
  const partly = open === null || entry.received === null ? '' : stillOpen(entry, open);
  const billing = open !== null && entry.status === 'granted' ? billingOf(entry) : 'not-yet';
  const isRaisedAgain = billing === 'come';
  return {
    entry: { ...entry, claim: `${isRaisedAgain ? RAISED_AGAIN : ''}${base}${partly}` },
    isRaisedAgain,
    missingMonth: typeof billing === 'string' ? null : billing.missingMonth,
  };

  /**
   * Once raised, a claim stays so until its credit comes or its status is changed; a part that came in this run gives it time. An
   * invoice dated by the day on which it was submitted cannot answer it.
   */
  function billingOf(one: RegisterEntry): AnswerBy {
    if (credits.some((credit) => hasCounted(one, credit))) return 'not-yet';
    if (before.claim.startsWith(RAISED_AGAIN)) return 'come';
    const { lastSeen, submittedOn } = before;
    return nextBilling(before, submittedOn !== null && submittedOn > lastSeen ? submittedOn : lastSeen);
  }
}

function credited(entry: RegisterEntry, matched: readonly CreditRow[]): RegisterEntry {
  const received = new Decimal(entry.received ?? 0).plus(sum(matched.map(({ amount }) => new Decimal(amount).negated())));
  const evidence = [...evidenceOf(entry), ...matched.map(placeOf)].join('\n');
  const after = { ...entry, received: formatMoney(received, entry.currency), evidence };
  // What somebody wrote of a refusal stays, though the money came after all.
  return openAmount(after) === null && AWAITS_MONEY.has(entry.status) ? { ...after, status: 'granted' } : after;
}

/** What has not come of a claim; null where it came within one minor unit, where nothing is owed, or where no amount is known. */
function openAmount({ amount, received, currency }: RegisterEntry): Decimal | null {
  const open = amount === null ? ZERO : new Decimal(amount).minus(received ?? 0);
  const isPaid = received !== null && open.lte(minorUnit(currency));
  return isPaid || open.lte(ZERO) ? null : open;
}

/** A claim without an amount is settled when the user says so. */
function isAwaitingMoney(entry: RegisterEntry): boolean {
  if (!AWAITS_MONEY.has(entry.status)) return false;
  return entry.amount === null ? entry.status !== 'granted' : openAmount(entry) !== null;
}

function isPartPaid(entry: RegisterEntry): boolean {
  return entry.received !== null && new Decimal(entry.received).gt(0) && isAwaitingMoney(entry);
}

function stillOpen({ amount, received, currency }: RegisterEntry, open: Decimal): string {
  return ` (${received ?? ''} of ${amount ?? ''} ${currency} received, ${formatMoney(open, currency)} still open)`;
}
