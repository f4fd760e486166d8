import type { ClaimStatus, RegisterEntry } from '../../domain/partner/claims-register.ts';
import type { Finding } from '../../domain/findings/finding.ts';
import { compareTexts } from '../chains/gather-chains.ts';

/** As with findings: a register with more new claims than this is rare, and then each must be small. */
const KEPT_WHOLE = 5000;

/**
 * A register entry for each finding that the register did not know, the most urgent first, those without a deadline last.
 *
 * @param keptWhole how many hold what they say; the others read it from their finding
 */
export function newEntries(findings: readonly Finding[], asOf: string, keptWhole: number = KEPT_WHOLE): readonly RegisterEntry[] {
  return [...findings]
    .sort(byDeadline)
    .map((finding, place) => (place < keptWhole ? newEntry(finding, asOf) : new LeanEntry(finding, asOf)));
}

function byDeadline(a: Finding, b: Finding): number {
  return compareTexts(a.deadline ?? '9999-12-31', b.deadline ?? '9999-12-31') || compareTexts(a.fingerprint, b.fingerprint);
}

/** What a finding says of its entry. */
export function factsOf(finding: Finding) {
  const { fingerprint, rule, customerId, customerName, subscriptionId, product, invoiceNumber, firstDay, lastDay, currency, deadline } =
    finding;
  const facts = {
    fingerprint,
    rule,
    customerId,
    customerName,
    subscriptionId,
    product,
    invoiceNumber,
    firstDay,
    lastDay,
    currency,
    deadline,
  };
  return { ...facts, claim: finding.message, amount: finding.difference };
}

function newEntry(finding: Finding, asOf: string): RegisterEntry {
  return { ...factsOf(finding), ...NOTHING_YET, firstSeen: asOf, lastSeen: asOf };
}

const NOTHING_YET = {
  received: null,
  evidence: '',
  status: 'open',
  ticket: '',
  submittedOn: null,
  note: '',
  added: {},
} as const;

/** A new entry that reads what it says from its finding. A spread would lose that: whoever copies one must name its members. */
class LeanEntry implements RegisterEntry {
  private readonly finding: Finding;
  private readonly asOf: string;

  constructor(finding: Finding, asOf: string) {
    this.finding = finding;
    this.asOf = asOf;
  }

  get fingerprint(): string {
    return this.finding.fingerprint;
  }
  get rule(): string {
    return this.finding.rule;
  }
  get customerId(): string {
    return this.finding.customerId;
  }
  get customerName(): string {
    return this.finding.customerName;
  }
  get subscriptionId(): string {
    return this.finding.subscriptionId;
  }
  get product(): string {
    return this.finding.product;
  }
  get invoiceNumber(): string {
    return this.finding.invoiceNumber;
  }
  get firstDay(): string | null {
    return this.finding.firstDay;
  }
  get lastDay(): string | null {
    return this.finding.lastDay;
  }
  get currency(): string {
    return this.finding.currency;
  }
  get deadline(): string | null {
    return this.finding.deadline;
  }
  get claim(): string {
    return this.finding.message;
  }
  get amount(): string | null {
    return this.finding.difference;
  }
  get firstSeen(): string {
    return this.asOf;
  }
  get lastSeen(): string {
    return this.asOf;
  }
  get received(): null {
    return NOTHING_YET.received;
  }
  get evidence(): string {
    return NOTHING_YET.evidence;
  }
  get status(): ClaimStatus {
    return NOTHING_YET.status;
  }
  get ticket(): string {
    return NOTHING_YET.ticket;
  }
  get submittedOn(): null {
    return NOTHING_YET.submittedOn;
  }
  get note(): string {
    return NOTHING_YET.note;
  }
  get added(): Readonly<Record<string, string>> {
    return NOTHING_YET.added;
  }
}
