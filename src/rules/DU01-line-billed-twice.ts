import type { Detection } from '../domain/findings/finding.ts';
import { ZERO } from '../domain/numbers/money.ts';
import { creditsIn, chargedIn } from '../domain/charges/signed-lines.ts';
import { sum } from '../domain/numbers/money.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/charges/subjects.ts';
import { money, periodText } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

export const lineBilledTwice = defineRule({
  code: 'DU01',
  name: 'line-billed-twice',
  title: 'The same line is billed again',
  scope: 'subscription',
  severity: 'error',
  citations: [cite('charge-types', 'One row is one billing event: a purchase, a renewal, a cycle, a change, a cancellation.')],
  docs: {
    checks:
      'A line with the same subscription, product, charge type, charge period, quantity and amount occurs again with no reversal between, whatever the order, invoice or file. A credit note that takes the first line back before its replacement is no duplicate.',
    why: 'A row billed twice is paid twice.',
    example: 'Cycle fee 1 to 28 February, 10 licences, 100.80, on this month’s and on last month’s file.',
    remedy: 'Ask for the surplus line to be credited; name both rows.',
  },
  messages: { again: '{chargeType} of {period}, {quantity} licences, {amount} is billed again' },
  *check(chain) {
    if (!mayHoldCopies(chain)) return;
    const copies = new Map<string, AuditedLine[]>();
    for (const one of chain.lines) {
      if (one.line.amount.isZero() || one.line.heading.productKind === 'reservation' || isCreditBeyondCharge(chain, one)) continue;
      const key = keyOf(one);
      copies.set(key, [...(copies.get(key) ?? []), one]);
    }
    for (const group of copies.values()) yield* surplus(chain, group);
  },
});

/** Charges of so many lines for the same days are usage: they are sorted out by their keys. */
const FEW = 8;

/** Copies have the same days and amount; lines of the same days follow one another. Nearly every subscription is done with here. */
function mayHoldCopies(chain: SubscriptionChain): boolean {
  const { lines } = chain;
  return lines.some(({ line }, place) => {
    for (let next = place + 1; next < lines.length; next += 1) {
      const other = lines[next]?.line;
      if (other?.firstDay !== line.firstDay || other.lastDay !== line.lastDay) return false;
      if (next - place > FEW || other.amount.eq(line.amount)) return true;
    }
    return false;
  });
}

/** Usage is billed by meter and tier: lines of different price or meter are different lines. */
function keyOf(one: AuditedLine): string {
  const { line } = one;
  const { productKind } = line.heading;
  const usage = productKind === 'usage' ? [line.meter, line.unitPrice, line.effectiveUnitPrice, line.heading.orderId] : [];
  return [line.chargeType.toLowerCase(), line.firstDay, line.lastDay, line.quantity.abs(), line.amount, ...usage.map(String)].join(' ');
}

/** Credits beyond the charge of their cycle are CR06's matter. */
function isCreditBeyondCharge(chain: SubscriptionChain, one: AuditedLine): boolean {
  if (one.line.kind !== 'cancellation' && one.line.kind !== 'adjustment') return false;
  const cycle = chain.cycles.find((candidate) => candidate.lines.includes(one));
  return (
    cycle?.charge != null &&
    sum(creditsIn(cycle).map((credit) => credit.line.amount))
      .abs()
      .gt(chargedIn(cycle))
  );
}

/**
 * What a line can be reversed by: a seat change by a seat change, a cancellation by a line of its kind, a charge by a credit note. The full
 * refund of a cancelled subscription, or the reversal that opens a seat change, ends one copy; it does not make the other one right.
 */
function reversalKind({ line }: AuditedLine): 'seat-change' | 'cancellation' | 'charge' {
  return line.kind === 'seat-change' || line.kind === 'cancellation' ? line.kind : 'charge';
}

/** A reversal is a line of the same days, quantity and amount with the other sign. */
function reversalsOf(chain: SubscriptionChain, one: AuditedLine): number {
  const kind = reversalKind(one);
  return chain.lines.filter((other) => reversalKind(other) === kind && isOpposite(other, one)).length;
}

function isOpposite({ line }: AuditedLine, one: AuditedLine): boolean {
  return (
    line.firstDay === one.line.firstDay &&
    line.lastDay === one.line.lastDay &&
    line.quantity.abs().eq(one.line.quantity.abs()) &&
    line.amount.eq(one.line.amount.negated())
  );
}

function* surplus(chain: SubscriptionChain, group: readonly AuditedLine[]): Generator<Detection<'again'>> {
  const [first] = group;
  if (first === undefined || group.length < 2) return;
  const allowed = 1 + reversalsOf(chain, first);
  // Copies of context months were paid before: the surplus is what the audited files add.
  const ordered = [...group.filter((one) => !one.line.isAudited), ...group.filter((one) => one.line.isAudited)];
  const [original] = ordered;
  if (original === undefined) return;
  for (const one of ordered.slice(allowed)) {
    const { line } = one;
    yield {
      message: 'again',
      values: {
        chargeType: line.chargeType,
        period: periodText(line),
        quantity: line.quantity.abs().toString(),
        amount: money(one, line.amount),
      },
      evidence: [
        { line: one, label: 'surplus copy' },
        { line: original, label: 'first copy' },
      ],
      restsOn: ordered,
      amounts: { billed: line.amount, expected: ZERO },
      working: [
        `${group.length} equal lines (charge type, ${periodText(line)}, quantity ${line.quantity.toString()}, amount ${line.amount.toString()}), ${allowed - 1} reversals: ${group.length - allowed} too many`,
      ],
      confidence: 'certain',
      nextAction: 'Open a billing ticket for the surplus line; name both rows.',
    };
  }
}
