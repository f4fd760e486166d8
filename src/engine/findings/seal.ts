import { createHash } from 'node:crypto';
import { isoDay, type Day } from '../../domain/calendar/days.ts';
import type { Detection, Evidence, Finding, FindingKind, FindingSubject, Severity } from '../../domain/findings/finding.ts';
import { invariant } from '../../domain/invariant.ts';
import { formatMoney } from '../../domain/numbers/money.ts';
import { amountOf } from '../../domain/proration/judged-figure.ts';
import { figureInputs, prorationInputs } from '../../domain/proration/proration-inputs.ts';
import { judgedFigure, signed } from '../../domain/proration/working.ts';
import { FindingCitations } from './finding-citations.ts';
import type { AnyRule } from '../../rules/rule.ts';
import type { RawFinding } from '../run-rules.ts';

const FINGERPRINT_BYTES = 10;
const CLAIMS: ReadonlySet<string> = new Set(['CR04', 'DU02', 'DU03', 'DU04', 'SL01']);
const NOTICES: ReadonlySet<string> = new Set(['SL04', 'RS03', 'IN06', 'PR02', 'CR05', 'CR08']);

function kindOf(rule: AnyRule, severity: Severity, stated: FindingKind | undefined): FindingKind {
  if (severity === 'info') return 'notice';
  if (stated !== undefined) return stated;
  if (CLAIMS.has(rule.code)) return 'claim';
  return NOTICES.has(rule.code) ? 'notice' : 'discrepancy';
}

/** A rule's sentence with its values filled in; a placeholder without a value is a bug. */
export function fillMessage(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    invariant(value !== undefined, `message placeholder {${name}} has no value`);
    return value;
  });
}

const iso = (day: Day | null): string => (day === null ? '' : isoDay(day));

/** What a fingerprint is made of: the finding's own facts, never file names or row numbers. */
function identity(rule: AnyRule, about: FindingSubject): string {
  return [
    rule.code,
    about.customerId.toLowerCase(),
    about.subscriptionId.toLowerCase(),
    iso(about.firstDay),
    iso(about.lastDay),
    about.invoiceNumber,
    about.key,
  ].join('\u0000');
}

/** What the finding is about: its own subject, else the line of its first evidence. */
function subjectOf({ evidence, subject }: Detection): FindingSubject {
  if (subject !== undefined) return subject;
  const first = evidence[0];
  invariant(first !== undefined && 'line' in first, 'a finding has a subject or begins with a charge line');
  const { line } = first.line;
  const { customerId, customerName, subscriptionId, orderId, productName, currency } = line.heading;
  return {
    customerId,
    customerName,
    subscriptionId,
    orderId,
    product: productName,
    invoiceNumber: line.invoiceNumber,
    chargeType: line.chargeType,
    firstDay: line.firstDay,
    lastDay: line.lastDay,
    currency,
    key: [line.chargeType.toLowerCase(), line.quantity.toString(), line.amount.toString(), line.referenceId].join('\u0000'),
  };
}

/** The inputs of `expected` where it is the judged figure of the line that the finding is about, or one that the rule worked out. */
function prorationOf({ evidence, amounts, figure }: Detection): Finding['proration'] {
  if (amounts !== null && figure !== undefined) {
    invariant(amounts.expected.eq(amountOf(figure)), 'the figure of a finding is what it expects');
    const worked = figureInputs(figure);
    return worked === null ? null : { convention: figure.convention, ...worked };
  }
  const first = evidence[0];
  if (amounts === null || first === undefined || !('line' in first)) return null;
  const { recalculation, judgedBy } = first.line;
  if (recalculation.status !== 'recalculated' || !amounts.billed.eq(first.line.line.amount)) return null;
  const convention = recalculation.figures.has(judgedBy) ? judgedBy : null;
  if (convention === null || !amounts.expected.eq(signed(first.line, judgedFigure(first.line, recalculation)))) return null;
  const inputs = prorationInputs(first.line, recalculation);
  return inputs === null ? null : { convention, ...inputs };
}

function sourceOf(evidence: Evidence): Finding['evidence'][number] {
  return { ...('line' in evidence ? evidence.line.line.source : evidence.source), label: evidence.label };
}

/** Turns what rules found into the findings of the report, with fingerprints that are the same whatever the order of the rows. */
export class Sealer {
  /** How many findings have the facts of a fingerprint, by the fingerprint of the first of them: the facts themselves are long. */
  readonly #seen = new Map<string, number>();
  readonly #citations = new FindingCitations();

  seal(found: RawFinding): Finding {
    const { rule, detection } = found;
    const about = subjectOf(detection);
    const severity = detection.severity ?? rule.severity;
    const { currency } = about;
    const { amounts } = detection;
    const text = (amount: Parameters<typeof formatMoney>[0] | undefined): string | null =>
      amount === undefined ? null : formatMoney(amount, currency);
    const template = rule.messages[detection.message];
    invariant(template !== undefined, `${rule.code} has no message ${detection.message}`);
    return {
      rule: rule.code,
      name: rule.name,
      kind: kindOf(rule, severity, detection.kind),
      severity,
      messageId: detection.message,
      message: fillMessage(template, detection.values),
      customerId: about.customerId,
      customerName: about.customerName,
      subscriptionId: about.subscriptionId,
      orderId: about.orderId,
      product: about.product,
      invoiceNumber: about.invoiceNumber,
      chargeType: about.chargeType,
      firstDay: about.firstDay === null ? null : isoDay(about.firstDay),
      lastDay: about.lastDay === null ? null : isoDay(about.lastDay),
      evidence: detection.evidence.map(sourceOf),
      billed: text(amounts?.billed),
      expected: text(amounts?.expected),
      lowest: text(amounts?.lowest),
      highest: text(amounts?.highest),
      difference: amounts === null ? null : formatMoney(amounts.billed.minus(amounts.expected), currency),
      currency,
      working: detection.working,
      proration: prorationOf(detection),
      confidence: detection.confidence,
      deadline: detection.deadline == null ? null : isoDay(detection.deadline),
      costPerDay: text(detection.costPerDay ?? undefined),
      nextAction: detection.nextAction,
      citations: this.#citations.of(rule, detection),
      parametersUsed: (detection.parametersUsed ?? []).map(({ id, since, value }) => ({ id, since, value })),
      fingerprint: this.#fingerprint(identity(rule, about)),
      status: 'open',
    };
  }

  #fingerprint(facts: string): string {
    const first = digest(facts, 1);
    const count = (this.#seen.get(first) ?? 0) + 1;
    this.#seen.set(first, count);
    return count === 1 ? first : digest(facts, count);
  }
}

/** Written digit by digit into a text of its own: a slice of a longer one would keep all of it. */
function digest(facts: string, count: number): string {
  return createHash('sha256').update(`${facts}\u0000${count}`).digest().toString('hex', 0, FINGERPRINT_BYTES);
}
