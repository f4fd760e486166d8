import type { AcceptedFinding } from '../../domain/partner/baseline.ts';
import type { RegisterEntry } from '../../domain/partner/claims-register.ts';
import type { Finding } from '../../domain/findings/finding.ts';
import { FindingList } from '../../domain/findings/finding-list.ts';
import { wholeFinding } from '../../domain/findings/finding-pack.ts';
import type {
  InputReport,
  InvoiceReconciliation,
  ProratedLine,
  ReconciliationStep,
  Rejection,
  Report,
  UsageReconciliation,
} from '../../domain/findings/report.ts';
import type { Redactor } from './redactor.ts';

/** Whether the names in a report are pseudonyms already. */
export function isRedacted({ options }: Report): boolean {
  return options['redact'] === true;
}

/**
 * The same report about the same figures, without what tells who its customers are. Fingerprints, subscription and order ids and invoice
 * numbers stay: they say something only to those who can look them up, and without them no finding could be followed.
 */
export function redactedReport(report: Report, redactor: Redactor): Report {
  if (isRedacted(report)) return report;
  const { register, baseline, options } = report;
  const entries = (all: readonly RegisterEntry[]): readonly RegisterEntry[] => all.map((one) => redactedEntry(one, redactor));
  const accepted = (all: readonly AcceptedFinding[]): readonly AcceptedFinding[] => all.map((one) => redactedAcceptance(one, redactor));
  return {
    ...report,
    options: { ...redactedOptions(options, redactor), redact: true },
    inputs: report.inputs.map((one) => redactedInput(one, redactor)),
    findings: redactedFindings(report.findings, redactor),
    reconciliation: report.reconciliation.map((one) => redactedReconciliation(one, redactor)),
    rejections: report.rejections.map((one) => redactedRejection(one, redactor)),
    register:
      register === null
        ? null
        : {
            ...register,
            resolved: entries(register.resolved),
            raisedAgain: entries(register.raisedAgain),
            stillOpen: entries(register.stillOpen),
            partPaid: entries(register.partPaid),
          },
    baseline: baseline === null ? null : { ...baseline, expired: accepted(baseline.expired), stale: accepted(baseline.stale) },
  };
}

/** Options that name a file of the user's; the others are words of ours. */
const FILE_OPTIONS: ReadonlySet<string> = new Set(['policy', 'invoices', 'mapping']);

function redactedOptions(options: Report['options'], redactor: Redactor): Report['options'] {
  const redacted = (name: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    return FILE_OPTIONS.has(name) ? redactor.pseudonyms.file(value) : redactor.sentence(value);
  };
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, redacted(name, value)]));
}

function redactedReconciliation(invoice: InvoiceReconciliation, redactor: Redactor): InvoiceReconciliation {
  const steps = (all: readonly ReconciliationStep[]): readonly ReconciliationStep[] =>
    all.map((one) => ({ ...one, text: redactor.sentence(one.text) }));
  const { usage } = invoice;
  const own = usage === undefined ? {} : { usage: usage.map((one) => redactedUsage(one, redactor)) };
  return { ...invoice, steps: steps(invoice.steps), details: steps(invoice.details), ...own };
}

function redactedUsage(usage: UsageReconciliation, redactor: Redactor): UsageReconciliation {
  const { pseudonyms } = redactor;
  return {
    ...usage,
    customerId: pseudonyms.id(usage.customerId),
    customerName: pseudonyms.name(usage.customerName),
    product: redactor.known(usage.product),
    text: redactor.sentence(usage.text),
  };
}

function place<T extends { readonly file: string; readonly sheet: string | null }>(one: T, { pseudonyms }: Redactor): T {
  return { ...one, file: pseudonyms.file(one.file), sheet: one.sheet === null ? null : pseudonyms.sheet(one.sheet) };
}

function redactedInput(input: InputReport, redactor: Redactor): InputReport {
  const { pseudonyms } = redactor;
  return {
    ...input,
    path: pseudonyms.file(input.path),
    container: input.container === null ? null : { ...input.container, path: pseudonyms.file(input.container.path) },
    sheet: input.sheet === null ? null : pseudonyms.sheet(input.sheet),
    extraColumns: input.extraColumns.map((one) => redactor.sentence(one)),
    notes: input.notes.map((one) => redactor.sentence(one)),
    ...(input.lacks === undefined ? {} : { lacks: input.lacks.map((one) => redactor.sentence(one)) }),
  };
}

function redactedFindings(findings: readonly Finding[], redactor: Redactor): readonly Finding[] {
  const redacted = new FindingList();
  for (const one of findings) redacted.add(redactedFinding(one, redactor));
  return redacted.all();
}

function redactedFinding(finding: Finding, redactor: Redactor): Finding {
  const { pseudonyms } = redactor;
  return {
    ...wholeFinding(finding),
    message: redactor.sentence(finding.message),
    customerId: pseudonyms.id(finding.customerId),
    customerName: pseudonyms.name(finding.customerName),
    product: redactor.known(finding.product),
    chargeType: redactor.known(finding.chargeType),
    evidence: finding.evidence.map((one) => ({ ...place(one, redactor), label: redactor.sentence(one.label) })),
    working: finding.working.map((one) => redactor.sentence(one)),
    nextAction: redactor.sentence(finding.nextAction),
    // A partner's own terms cite the partner's own agreement.
    citations: finding.citations.map((one) => ({ ...one, title: redactor.known(one.title), clause: redactor.known(one.clause) })),
    parametersUsed: finding.parametersUsed.map((one) => ({ ...one, value: redactor.known(one.value) })),
  };
}

function redactedRejection(rejection: Rejection, redactor: Redactor): Rejection {
  const { cell, message, column } = rejection;
  const shown = redactor.cell(cell);
  // A message quotes cells; what it quotes of them is left out as well.
  const quoted = message.replaceAll(/"[^"]*"/g, (quote) => (redactor.cell(quote) === quote ? quote : `"${redactor.cell(quote)}"`));
  const said = cell === '' || shown === cell ? quoted : quoted.replaceAll(cell, shown);
  return { ...place(rejection, redactor), cell: shown, column: redactor.known(column), message: redactor.sentence(said) };
}

function redactedAcceptance(accepted: AcceptedFinding, redactor: Redactor): AcceptedFinding {
  return { ...accepted, reason: redactor.ownWords(accepted.reason), owner: redactor.ownWords(accepted.owner) };
}

/**
 * An entry of the claims register. The status, the day and a ticket that is a number stay, so that it can be carried forward; a ticket in
 * words, notes and columns that the user added are free text and left out.
 */
export function redactedEntry(entry: RegisterEntry, redactor: Redactor): RegisterEntry {
  const { pseudonyms } = redactor;
  return {
    fingerprint: entry.fingerprint,
    rule: entry.rule,
    customerId: pseudonyms.id(entry.customerId),
    customerName: pseudonyms.name(entry.customerName),
    subscriptionId: entry.subscriptionId,
    product: redactor.known(entry.product),
    invoiceNumber: entry.invoiceNumber,
    firstDay: entry.firstDay,
    lastDay: entry.lastDay,
    claim: redactor.sentence(entry.claim),
    amount: entry.amount,
    received: entry.received,
    currency: entry.currency,
    deadline: entry.deadline,
    firstSeen: entry.firstSeen,
    lastSeen: entry.lastSeen,
    evidence: entry.evidence
      .split('\n')
      .map((one) => redactedPlace(one, redactor))
      .join('\n'),
    status: entry.status,
    ticket: redactor.cell(entry.ticket),
    submittedOn: entry.submittedOn,
    note: redactor.ownWords(entry.note),
    added: Object.fromEntries(Object.entries(entry.added).map(([header, text]) => [redactor.known(header), redactor.ownWords(text)])),
  };
}

/** `april.csv:17` or `april.xlsx[Licences]:17`, of this run or of an earlier one. */
function redactedPlace(text: string, { pseudonyms }: Redactor): string {
  const [, file, sheet, row] = /^(.*?)(?:\[(.*)\])?:(\d+)$/s.exec(text) ?? [];
  if (file === undefined || row === undefined) return text === '' ? '' : pseudonyms.file(text);
  return `${pseudonyms.file(file)}${sheet === undefined ? '' : `[${pseudonyms.sheet(sheet)}]`}:${row}`;
}

/** A line of the *Lines* sheet. */
export function redactedLine(line: ProratedLine, redactor: Redactor): ProratedLine {
  const { pseudonyms } = redactor;
  return {
    ...place(line, redactor),
    customerId: pseudonyms.id(line.customerId),
    customerName: pseudonyms.name(line.customerName),
    product: redactor.known(line.product),
    chargeType: redactor.known(line.chargeType),
  };
}
