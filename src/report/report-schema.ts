import { z } from 'zod';
import { SKIP_REASONS } from '../domain/charges/charge-line.ts';
import { CLAIM_STATUSES } from '../domain/partner/claims-register.ts';
import { SEVERITIES } from '../domain/findings/finding.ts';
import { SIDE_ROLES, USAGE_OUTCOMES, type Report } from '../domain/findings/report.ts';

/* The keys stand in the order of the domain's interfaces, so that a parsed report is written with the same bytes again. */

const money = z.string().regex(/^-?\d+(\.\d+)?$/);
const day = z.iso.date();
const count = z.int().nonnegative();
const row = z.int().positive();
const severity = z.enum(SEVERITIES);

const citation = z.strictObject({ id: z.string(), title: z.string(), clause: z.string() }).meta({ id: 'Citation' });

const proration = z
  .strictObject({
    convention: z.string(),
    price: z.string().regex(/^-?\d+(\.\d+)?(\/\d+)?$/),
    quantity: money,
    rate: money,
    daysBilled: count,
    cycleDays: count,
    monthsBilled: count.nullable(),
    cycleMonths: count.nullable(),
    sign: z.union([z.literal(1), z.literal(-1)]),
    digits: count,
    pricingDigits: count,
  })
  .meta({
    id: 'Proration',
    description: 'What expected is worked out from by the convention named; magnitudes, price per licence and whole cycle.',
  });

const finding = z
  .strictObject({
    rule: z.string().min(1),
    name: z.string(),
    kind: z.enum(['discrepancy', 'claim', 'notice']),
    severity,
    messageId: z.string().min(1),
    message: z.string(),
    customerId: z.string(),
    customerName: z.string(),
    subscriptionId: z.string(),
    orderId: z.string(),
    product: z.string(),
    invoiceNumber: z.string(),
    chargeType: z.string(),
    firstDay: day.nullable(),
    lastDay: day.nullable(),
    evidence: z.array(z.strictObject({ file: z.string(), sheet: z.string().nullable(), row, label: z.string() })),
    billed: money.nullable(),
    expected: money.nullable(),
    lowest: money.nullable(),
    highest: money.nullable(),
    difference: money.nullable(),
    currency: z.string(),
    working: z.array(z.string()),
    proration: proration.nullable(),
    confidence: z.enum(['certain', 'likely', 'possible']),
    deadline: day.nullable(),
    costPerDay: money.nullable(),
    nextAction: z.string(),
    citations: z.array(citation),
    parametersUsed: z.array(z.strictObject({ id: z.string(), since: z.string(), value: z.string() })),
    fingerprint: z.string().min(1),
    status: z.string(),
  })
  .meta({ id: 'Finding', description: 'difference = billed − expected; positive is money the partner is owed.' });

const input = z
  .strictObject({
    path: z.string(),
    sheet: z.string().nullable(),
    role: z.enum(['audited', 'context', 'prices', ...SIDE_ROLES]),
    kind: z.string(),
    layout: z.string(),
    sha256: z.string(),
    bytes: count,
    container: z
      .strictObject({ kind: z.enum(['gzip', 'zip']), path: z.string(), sha256: z.string(), bytes: count })
      .nullable()
      .describe('What the input was unpacked from; sha256 and bytes of the input itself are those of what was unpacked.'),
    rows: count,
    lines: count,
    rejected: count,
    skipped: count,
    skippedBy: z.partialRecord(z.enum(SKIP_REASONS), count),
    extraColumns: z.array(z.string()),
    notes: z.array(z.string()),
    lacks: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('Of the manifest of an API export that is not whole: what it lacks. The totals are then not of the whole export.'),
    detected: z.strictObject({
      delimiter: z.string().nullable(),
      encoding: z.string().nullable(),
      dateOrder: z.enum(['mdy', 'dmy']).nullable(),
      decimalMark: z.enum(['.', ',']).nullable(),
      assumed: z.array(z.string()),
    }),
  })
  .meta({ id: 'Input', description: 'rows = lines + rejected + skipped.' });

const currencyTotals = z
  .strictObject({
    currency: z.string(),
    lines: count,
    billed: money,
    tax: money,
    total: money,
    recalculated: count,
    creditsBilled: money,
    discrepancies: money,
    claims: money,
    dailyUsage: z.strictObject({ lines: count, billed: money }).optional(),
    notListed: z
      .strictObject({ findings: count, discrepancies: money, claims: money })
      .meta({ description: 'Below options.minAmount: in neither discrepancies nor claims.' })
      .optional(),
  })
  .meta({ id: 'CurrencyTotals', description: 'Audited files only; billed is before tax.' });

const conventionScore = z
  .strictObject({
    layout: z.string(),
    currency: z.string(),
    convention: z.string(),
    lines: count,
    fits: count,
    onlyThis: count,
    judgedBy: z.boolean(),
  })
  .meta({ id: 'ConventionScore' });

const rejection = z
  .strictObject({
    file: z.string(),
    sheet: z.string().nullable(),
    row,
    column: z.string(),
    cell: z.string(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'Rejection', description: 'A row that was not read; row is the number a spreadsheet shows.' });

const rule = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    severity,
    scope: z.string(),
    docs: z.strictObject({ checks: z.string(), why: z.string(), example: z.string(), remedy: z.string() }),
    citations: z.array(citation),
  })
  .meta({ id: 'Rule' });

const registerEntry = z
  .strictObject({
    fingerprint: z.string(),
    rule: z.string(),
    customerId: z.string(),
    customerName: z.string(),
    subscriptionId: z.string(),
    product: z.string(),
    invoiceNumber: z.string(),
    firstDay: day.nullable(),
    lastDay: day.nullable(),
    claim: z.string(),
    amount: money.nullable(),
    received: money.nullable(),
    currency: z.string(),
    deadline: day.nullable(),
    firstSeen: day,
    lastSeen: day,
    evidence: z.string(),
    status: z.enum(CLAIM_STATUSES),
    ticket: z.string(),
    submittedOn: day.nullable(),
    note: z.string(),
    added: z.record(z.string(), z.string()),
  })
  .meta({ id: 'RegisterEntry' });

const acceptedFinding = z
  .strictObject({
    fingerprint: z.string(),
    rule: z.string(),
    reason: z.string(),
    owner: z.string(),
    expires: day.nullable(),
    acceptedOn: day,
  })
  .meta({ id: 'AcceptedFinding' });

const reconciliationStep = z.strictObject({ step: z.string(), amount: money, text: z.string() }).meta({ id: 'ReconciliationStep' });

const usageReconciliation = z
  .strictObject({
    outcome: z.enum(USAGE_OUTCOMES),
    customerId: z.string(),
    customerName: z.string(),
    subscriptionId: z.string(),
    productId: z.string(),
    skuId: z.string(),
    product: z.string(),
    dailyRows: count,
    firstDay: day.nullable(),
    lastDay: day.nullable(),
    dailyTotal: money.nullable(),
    invoiceLines: count,
    subtotal: money.nullable(),
    gap: money.nullable(),
    dailyQuantity: money.nullable(),
    invoiceQuantity: money.nullable(),
    text: z.string(),
  })
  .meta({ id: 'UsageReconciliation', description: 'gap = subtotal − dailyTotal, before tax; a number, no finding.' });

const invoiceReconciliation = z
  .strictObject({
    invoiceNumber: z.string(),
    invoiceDate: day.nullable(),
    kind: z.enum(['invoice', 'credit-note']).nullable(),
    status: z.enum(['active', 'void']).nullable(),
    currency: z.string(),
    outcome: z.enum(['agrees', 'explained', 'unexplained', 'not-checked']),
    total: money.nullable(),
    steps: z.array(reconciliationStep),
    unexplained: money.nullable(),
    hint: z.string().optional(),
    lines: count,
    linesTotal: money.nullable(),
    details: z.array(reconciliationStep),
    usage: z.array(usageReconciliation).optional(),
  })
  .meta({ id: 'InvoiceReconciliation', description: 'total + Σ steps + unexplained = linesTotal, tax included.' });

const creditRequestStep = z.strictObject({
  id: z.string(),
  title: z.string(),
  isFor: z.enum(['all', 'outages', 'others']),
  value: z.string(),
  since: day,
  source: z.string(),
});

const wholeReport = z
  .strictObject({
    schemaVersion: z.literal('1'),
    tool: z.strictObject({ name: z.literal('csp-recon'), version: z.string() }),
    asOf: day,
    options: z.record(z.string(), z.unknown()),
    inputs: z.array(input),
    totals: z.array(currencyTotals),
    conventions: z.array(conventionScore),
    findings: z.array(finding),
    // Reports of 0.1.0 have none.
    reconciliation: z.array(invoiceReconciliation).default([]),
    unchecked: z.array(
      z.strictObject({ rule: z.string(), reason: z.string(), lines: count, months: z.array(z.string().regex(/^\d{4}-\d{2}$/)).optional() }),
    ),
    rejections: z.array(rejection),
    rules: z.record(z.string(), rule),
    // Reports of 0.1.0 have none.
    creditRequest: z.array(creditRequestStep).default([]),
    register: z
      .strictObject({
        newClaims: count,
        knownClaims: count,
        resolved: z.array(registerEntry),
        raisedAgain: z.array(registerEntry),
        // Reports of 0.1.0 have none.
        stillOpen: z.array(registerEntry).default([]),
        partPaid: z.array(registerEntry).default([]),
      })
      .nullable(),
    baseline: z.strictObject({ accepted: count, expired: z.array(acceptedFinding), stale: z.array(acceptedFinding) }).nullable(),
    summary: z.strictObject({
      bySeverity: z.record(severity, count),
      byRule: z.record(z.string(), count),
      belowMinAmount: count,
    }),
  })
  .meta({ title: 'csp-recon report', description: 'Money is a decimal string, a day is YYYY-MM-DD.' });

/** Only `readonly` on arrays tells the domain's type from what a parser builds. */
type Mutable<T> = T extends readonly (infer Element)[]
  ? Mutable<Element>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
    : T;
/** With every optional key required: a key that only one side knows would be assignable otherwise. */
type Complete<T> = T extends readonly (infer Element)[]
  ? Complete<Element>[]
  : T extends object
    ? { -readonly [Key in keyof T]-?: Complete<T[Key]> }
    : T;
type WhereEqual<A, B, Result> = [A] extends [B] ? ([B] extends [A] ? Result : never) : never;
type Parsed = z.infer<typeof wholeReport>;
type ReportWhereAgreed = WhereEqual<Parsed, Mutable<Report>, WhereEqual<Complete<Parsed>, Complete<Report>, Report>>;

/**
 * The whole of report.json; anything it does not name is refused. Its type is the domain's Report: where the schema and the domain
 * part ways in either direction, that type is `never` and this does not compile.
 */
export const reportSchema: z.ZodType<ReportWhereAgreed> = wholeReport;

/** The JSON Schema that the package publishes beside the reports. */
export function reportJsonSchema(): Readonly<Record<string, unknown>> {
  return { ...z.toJSONSchema(reportSchema) };
}
