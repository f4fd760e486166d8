import type { Citation, Finding } from './finding.ts';

/** What a packed finding keeps outside the JavaScript heap: the longest of its texts, and what is read once for each format. */
type Packed = Pick<
  Finding,
  | 'message'
  | 'evidence'
  | 'billed'
  | 'expected'
  | 'lowest'
  | 'highest'
  | 'working'
  | 'proration'
  | 'costPerDay'
  | 'nextAction'
  | 'parametersUsed'
>;

const CHUNK_BYTES = 1 << 20;

/**
 * Keeps findings small: hundreds of thousands come where nearly every line departs, and as plain objects each takes some 2.5 kB of the JavaScript heap. What
 * every summary asks for stays in the object, whose texts are those of the lines' headings; the rest is bytes outside the heap, read when it is asked for.
 */
export class FindingPack {
  readonly #chunks: Buffer[] = [];
  /** Bytes used of the last chunk. */
  #used = 0;
  /** The finding that was read last: whoever asks for one of its texts asks for the next, too. */
  #lastPlace = -1;
  #last: Packed | null = null;
  #count = 0;
  readonly #offsets: number[] = [];

  /** The same finding in less memory. Nothing of it is kept. */
  pack(finding: Finding): Finding {
    const { message, evidence, billed, expected, lowest, highest, working, proration, costPerDay, nextAction, parametersUsed } = finding;
    const packed: Packed = {
      message,
      evidence,
      billed,
      expected,
      lowest,
      highest,
      working,
      proration,
      costPerDay,
      nextAction,
      parametersUsed,
    };
    return new PackedFinding(this, this.#keep(Buffer.from(JSON.stringify(packed))), finding);
  }

  unpack(place: number): Packed {
    if (place !== this.#lastPlace || this.#last === null) {
      const [chunk = 0, from = 0, length = 0] = this.#offsets.slice(place * 3, place * 3 + 3);
      this.#last = JSON.parse(this.#chunks[chunk]?.toString('utf8', from, from + length) ?? '') as Packed;
      this.#lastPlace = place;
    }
    return this.#last;
  }

  #keep(bytes: Buffer): number {
    const last = this.#chunks.at(-1);
    if (last === undefined || this.#used + bytes.length > last.length) {
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes.length)));
      this.#used = 0;
    }
    const chunk = this.#chunks.length - 1;
    bytes.copy(this.#chunks[chunk] ?? bytes, this.#used);
    this.#offsets.push(chunk, this.#used, bytes.length);
    this.#used += bytes.length;
    this.#count += 1;
    return this.#count - 1;
  }
}

/** All that is own to a finding and read without unpacking stands in its fields. Whoever copies one must copy it whole: `wholeFinding`. */
class PackedFinding implements Finding {
  private readonly pack: FindingPack;
  private readonly place: number;
  readonly rule: string;
  readonly name: string;
  readonly kind: Finding['kind'];
  readonly severity: Finding['severity'];
  readonly messageId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly subscriptionId: string;
  readonly orderId: string;
  readonly product: string;
  readonly invoiceNumber: string;
  readonly chargeType: string;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly difference: string | null;
  readonly currency: string;
  readonly confidence: Finding['confidence'];
  readonly deadline: string | null;
  readonly citations: readonly Citation[];
  readonly fingerprint: string;
  readonly status: string;

  constructor(pack: FindingPack, place: number, finding: Finding) {
    this.pack = pack;
    this.place = place;
    this.rule = finding.rule;
    this.name = finding.name;
    this.kind = finding.kind;
    this.severity = finding.severity;
    this.messageId = finding.messageId;
    this.customerId = finding.customerId;
    this.customerName = finding.customerName;
    this.subscriptionId = finding.subscriptionId;
    this.orderId = finding.orderId;
    this.product = finding.product;
    this.invoiceNumber = finding.invoiceNumber;
    this.chargeType = finding.chargeType;
    this.firstDay = finding.firstDay;
    this.lastDay = finding.lastDay;
    this.difference = finding.difference;
    this.currency = finding.currency;
    this.confidence = finding.confidence;
    this.deadline = finding.deadline;
    this.citations = finding.citations;
    this.fingerprint = finding.fingerprint;
    this.status = finding.status;
  }

  get message(): string {
    return this.pack.unpack(this.place).message;
  }
  get evidence(): Finding['evidence'] {
    return this.pack.unpack(this.place).evidence;
  }
  get billed(): string | null {
    return this.pack.unpack(this.place).billed;
  }
  get expected(): string | null {
    return this.pack.unpack(this.place).expected;
  }
  get lowest(): string | null {
    return this.pack.unpack(this.place).lowest;
  }
  get highest(): string | null {
    return this.pack.unpack(this.place).highest;
  }
  get working(): readonly string[] {
    return this.pack.unpack(this.place).working;
  }
  get proration(): Finding['proration'] {
    return this.pack.unpack(this.place).proration;
  }
  get costPerDay(): string | null {
    return this.pack.unpack(this.place).costPerDay;
  }
  get nextAction(): string {
    return this.pack.unpack(this.place).nextAction;
  }
  get parametersUsed(): Finding['parametersUsed'] {
    return this.pack.unpack(this.place).parametersUsed;
  }

  toJSON(): Finding {
    return wholeFinding(this);
  }
}

/** A plain copy with every member, in the order of the report: a packed finding has some of them from its bytes, and a spread would lose those. */
export function wholeFinding(finding: Finding): Finding {
  return {
    rule: finding.rule,
    name: finding.name,
    kind: finding.kind,
    severity: finding.severity,
    messageId: finding.messageId,
    message: finding.message,
    customerId: finding.customerId,
    customerName: finding.customerName,
    subscriptionId: finding.subscriptionId,
    orderId: finding.orderId,
    product: finding.product,
    invoiceNumber: finding.invoiceNumber,
    chargeType: finding.chargeType,
    firstDay: finding.firstDay,
    lastDay: finding.lastDay,
    evidence: finding.evidence,
    billed: finding.billed,
    expected: finding.expected,
    lowest: finding.lowest,
    highest: finding.highest,
    difference: finding.difference,
    currency: finding.currency,
    working: finding.working,
    proration: finding.proration,
    confidence: finding.confidence,
    deadline: finding.deadline,
    costPerDay: finding.costPerDay,
    nextAction: finding.nextAction,
    citations: finding.citations,
    parametersUsed: finding.parametersUsed,
    fingerprint: finding.fingerprint,
    status: finding.status,
  };
}
