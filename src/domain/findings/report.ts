import type { AcceptedFinding } from '../partner/baseline.ts';
import type { RegisterEntry } from '../partner/claims-register.ts';
import type { RowRejection, SkipReason } from '../charges/charge-line.ts';
import type { Citation, Finding, ProrationInputs, Severity } from './finding.ts';

/** What was found out about how a file is written, and how. */
export interface Detected {
  readonly delimiter: string | null;
  readonly encoding: string | null;
  readonly dateOrder: 'mdy' | 'dmy' | null;
  readonly decimalMark: '.' | ',' | null;
  /** What the file leaves open and was taken from the export's own default. */
  readonly assumed: readonly string[];
}

/** The file that an input was unpacked from, as it lies on the disk. */
export interface ContainerReport {
  readonly kind: 'gzip' | 'zip';
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What became of the rows of one table. */
export interface TableCounts {
  readonly sheet: string | null;
  readonly rows: number;
  readonly lines: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly skippedBy: Readonly<Partial<Record<SkipReason, number>>>;
  readonly extraColumns: readonly string[];
  readonly notes: readonly string[];
  /** Of the manifest of an API export that is not whole: what it lacks, as sentences. What the report adds up is then not all there is. */
  readonly lacks?: readonly string[] | undefined;
  readonly detected: Detected;
}

/** What the partner keeps and gives beside the exports, by the option that names it; all of its rows are used, or the run ends. */
export const SIDE_ROLES = ['events', 'invoices', 'incidents', 'register', 'baseline', 'policy', 'mapping'] as const;
export type SideRole = (typeof SIDE_ROLES)[number];

export interface InputReport extends TableCounts {
  readonly path: string;
  readonly role: 'audited' | 'context' | 'prices' | SideRole;
  readonly kind: string;
  readonly layout: string;
  /** Of the input itself, unpacked where it was packed. */
  readonly sha256: string;
  readonly bytes: number;
  /** What it was unpacked from; null where it was not packed. */
  readonly container: ContainerReport | null;
}

export interface CurrencyTotals {
  readonly currency: string;
  readonly lines: number;
  readonly billed: string;
  readonly tax: string;
  readonly total: string;
  readonly recalculated: number;
  readonly creditsBilled: string;
  readonly discrepancies: string;
  readonly claims: string;
  /** Daily usage rows of this currency, where any are audited. They repeat what the invoice file bills and stand in no other figure of the totals. */
  readonly dailyUsage?: { readonly lines: number; readonly billed: string } | undefined;
  /** Discrepancies and claims below `--min-amount`, where there are any: neither of the two sums holds their money. */
  readonly notListed?: { readonly findings: number; readonly discrepancies: string; readonly claims: string } | undefined;
}

export interface ConventionScore {
  readonly layout: string;
  readonly currency: string;
  readonly convention: string;
  /** Discriminating lines: those on which the layout's conventions do not all agree. */
  readonly lines: number;
  readonly fits: number;
  readonly onlyThis: number;
  readonly judgedBy: boolean;
}

/** One number on the way from the total of an invoice to the sum of its lines; money in the invoice's currency. */
export interface ReconciliationStep {
  /** What it is, stable where `text` is not. */
  readonly step: string;
  readonly amount: string;
  readonly text: string;
}

/**
 * How the daily usage rows of one customer, plan subscription, product and SKU stand to the invoice lines of the same: `compared` (the same quantity; the
 * gap is a number and nothing more) · `covered` (daily rows that cost nothing, so no invoice line is due) · all others a person must look at.
 */
export const USAGE_OUTCOMES = [
  'compared',
  'covered',
  'quantity-differs',
  'identifier-differs',
  'not-on-invoice',
  'no-daily-rows',
  'not-checked',
] as const;
export type UsageOutcome = (typeof USAGE_OUTCOMES)[number];

/** The daily usage rows of one product beside the invoice lines that bill them, in one billing currency and before tax. */
export interface UsageReconciliation {
  readonly outcome: UsageOutcome;
  readonly customerId: string;
  readonly customerName: string;
  readonly subscriptionId: string;
  readonly productId: string;
  readonly skuId: string;
  readonly product: string;
  readonly dailyRows: number;
  /** The first and the last day of usage among them, both included; null where no row tells. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /** Σ BillingPreTaxTotal; null without rows. */
  readonly dailyTotal: string | null;
  readonly invoiceLines: number;
  /** Σ Subtotal; null without lines. */
  readonly subtotal: string | null;
  /** subtotal − dailyTotal; null where either is missing. */
  readonly gap: string | null;
  /** Units charged for: neither credits nor what a reservation or savings plan covers. */
  readonly dailyQuantity: string | null;
  readonly invoiceQuantity: string | null;
  readonly text: string;
}

/** One invoice and currency: total + Σ steps + unexplained = linesTotal. Tax is included. */
export interface InvoiceReconciliation {
  readonly invoiceNumber: string;
  /** null where the list of invoices has no such number; so are kind, status and total. */
  readonly invoiceDate: string | null;
  readonly kind: 'invoice' | 'credit-note' | null;
  readonly status: 'active' | 'void' | null;
  readonly currency: string;
  readonly outcome: 'agrees' | 'explained' | 'unexplained' | 'not-checked';
  readonly total: string | null;
  readonly steps: readonly ReconciliationStep[];
  /** null where the total or the lines are missing. */
  readonly unexplained: string | null;
  /** Where something is unexplained: what could be looked at. */
  readonly hint?: string | undefined;
  readonly lines: number;
  /** null where no line is given. */
  readonly linesTotal: string | null;
  /** What the sum of the lines is made of, and what else is known of them. */
  readonly details: readonly ReconciliationStep[];
  /** Product by product, where daily usage rows and new-commerce invoice lines are both given. */
  readonly usage?: readonly UsageReconciliation[] | undefined;
}

export interface RuleDocs {
  readonly checks: string;
  readonly why: string;
  readonly example: string;
  readonly remedy: string;
}

export interface RuleReport {
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  readonly scope: string;
  readonly docs: RuleDocs;
  readonly citations: readonly Citation[];
}

export interface Rejection extends RowRejection {
  readonly file: string;
  readonly sheet: string | null;
}

export interface UncheckedCount {
  readonly rule: string;
  readonly reason: string;
  readonly lines: number;
  /** The months, `YYYY-MM`, whose files would tell, in their order; absent where no month is at fault. */
  readonly months?: readonly string[] | undefined;
}

/** What the claims register of the run before says of this one. */
export interface RegisterReport {
  /** Claims that the register did not know, and that it did. */
  readonly newClaims: number;
  readonly knownClaims: number;
  /** Claims whose finding is gone and for which no money is open. */
  readonly resolved: readonly RegisterEntry[];
  /** Claims that were granted and whose credit did not come on the invoice that should carry it. */
  readonly raisedAgain: readonly RegisterEntry[];
  /** Claims of earlier months for which money is open, and of which these files tell nothing. */
  readonly stillOpen: readonly RegisterEntry[];
  /** Claims that these files still show, of which a part came: what is left is open, whatever their status. */
  readonly partPaid: readonly RegisterEntry[];
}

/** What the baseline took out of the list, and what is wrong with it. */
export interface BaselineReport {
  readonly accepted: number;
  /** Acceptances that have expired: their findings are listed again. */
  readonly expired: readonly AcceptedFinding[];
  /** Acceptances that no finding has any more. */
  readonly stale: readonly AcceptedFinding[];
}

/** What a text on requesting credits says on the day of the report. */
export interface CreditRequestStep {
  /** The parameter it comes from. */
  readonly id: string;
  readonly title: string;
  readonly isFor: 'all' | 'outages' | 'others';
  readonly value: string;
  /** `YYYY-MM-DD`, the first day on which it is known to hold. */
  readonly since: string;
  /** The title of the text. */
  readonly source: string;
}

/** The one report; everything a reporter prints stands in it. */
export interface Report {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: 'csp-recon'; readonly version: string };
  readonly asOf: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly inputs: readonly InputReport[];
  readonly totals: readonly CurrencyTotals[];
  readonly conventions: readonly ConventionScore[];
  readonly findings: readonly Finding[];
  /** Invoice by invoice, of a list of invoices and of daily usage; empty without either. */
  readonly reconciliation: readonly InvoiceReconciliation[];
  readonly unchecked: readonly UncheckedCount[];
  readonly rejections: readonly Rejection[];
  readonly rules: Readonly<Record<string, RuleReport>>;
  /** How a credit is requested on `asOf`; empty before the first known text. */
  readonly creditRequest: readonly CreditRequestStep[];
  readonly register: RegisterReport | null;
  readonly baseline: BaselineReport | null;
  readonly summary: {
    readonly bySeverity: Readonly<Record<Severity, number>>;
    readonly byRule: Readonly<Record<string, number>>;
    /** Findings below `--min-amount`: counted, not listed. */
    readonly belowMinAmount: number;
  };
}

/** One prorated line as the *Lines* sheet shows it: the working of every recalculated proration, right or wrong. */
export interface ProratedLine {
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
  readonly customerId: string;
  readonly customerName: string;
  readonly subscriptionId: string;
  readonly product: string;
  readonly invoiceNumber: string;
  readonly chargeType: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly currency: string;
  /** Numbers as decimal strings; signed like the file. */
  readonly fullPrice: string | null;
  readonly quantity: string;
  readonly exchangeRate: string;
  readonly daysBilled: number;
  readonly cycleDays: number;
  readonly billed: string;
  readonly expected: string | null;
  readonly lowest: string;
  readonly highest: string;
  readonly difference: string | null;
  readonly judgedBy: string;
  readonly fits: readonly string[];
  readonly figures: Readonly<Record<string, string>>;
  /** What the figures are worked out from; null where the line can only be held between bounds. */
  readonly inputs: ProrationInputs | null;
}

/** The prorated lines of an audit, the same each time they are asked for; null for a saved report, which does not hold them. */
export type ProratedLines = (() => Iterable<ProratedLine>) | null;

/** A customer as a file names it; texts are '' where it does not. */
export interface Customer {
  readonly customerId: string;
  readonly customerName: string;
  readonly customerDomain: string;
}
