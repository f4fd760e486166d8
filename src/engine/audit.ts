import type { ApiExport } from '../domain/invoices/api-export.ts';
import type { LineHeading, ParsedLine } from '../domain/charges/charge-line.ts';
import type { SideInput } from '../domain/proration/expected-charge.ts';
import type { Finding } from '../domain/findings/finding.ts';
import type {
  ConventionScore,
  CreditRequestStep,
  CurrencyTotals,
  Customer,
  InvoiceReconciliation,
  ProratedLine,
  RuleReport,
  UncheckedCount,
} from '../domain/findings/report.ts';
import { givenInputs, type AuditSettings } from './audit-settings.ts';
import { creditRequestSteps } from '../policy/credit-request-steps.ts';
import { creditRows } from './credits/credit-rows.ts';
import { inOrder } from './findings/finding-order.ts';
import { gather, type Gathered } from './gathered.ts';
import { auditFacts, proratedLines } from './chains/holdings.ts';
import { judgeLines, judgeUsage, type Judged } from './judge-lines.ts';
import { nextBillingOf, type NextBillingOf } from './findings/next-billing.ts';
import { Ledger } from './lines/ledger.ts';
import type { LedgerTable } from './lines/line-store.ts';
import type { CreditRow } from './credits/match-credits.ts';
import { PriceIndex } from './prices/price-index.ts';
import { reconcileInvoices, withUsage } from './invoices/reconcile-invoices.ts';
import { reconcileUsage } from './usage/reconcile-usage.ts';
import { ruleReports } from './rule-reports.ts';
import { sampleConventions } from './proration/sample-conventions.ts';
import type { ConventionScores } from './proration/score-conventions.ts';
import { UsageGroups } from './usage/usage-groups.ts';
import { UsageLedger } from './usage/usage-ledger.ts';

export type { AuditSettings } from './audit-settings.ts';

export interface AuditResult {
  /** Everything that was found, in the order of the report. */
  readonly findings: readonly Finding[];
  /** The control totals, with the money of the findings that the report lists. */
  totals(listed: readonly Finding[]): readonly CurrencyTotals[];
  /** The credits of the audited files, and whether the invoice after a day is given: what the claims register is held against. */
  readonly credits: readonly CreditRow[];
  readonly nextBilling: NextBillingOf;
  readonly conventions: readonly ConventionScore[];
  /** Invoice by invoice from its total to the sum of its lines, and product by product from daily usage to invoice lines; empty without either. */
  readonly reconciliation: readonly InvoiceReconciliation[];
  /** How a credit is requested on the day of the report. */
  readonly creditRequest: readonly CreditRequestStep[];
  readonly unchecked: readonly UncheckedCount[];
  readonly rules: Readonly<Record<string, RuleReport>>;
  /** Every customer that a line names, audited or not, each spelling once. */
  customers(): Iterable<Customer>;
  /** Every prorated audited line, worked out anew as it is asked for. */
  proratedLines(): Iterable<ProratedLine>;
}

/** Is told how many lines of all have been judged. Should all have to be judged again, the number goes back. */
export type JudgedWatch = (lines: number, total: number) => void;

/** One audit: lines in, then findings out. Files, clocks and terminals stay outside. */
export class Audit {
  readonly #ledger = new Ledger();
  readonly #usage = new UsageLedger();
  /** Where the usage lines of the table that is read begin. */
  #usageMark = 0;
  readonly #settings: AuditSettings;
  /** The side inputs that were given. */
  readonly #given: Set<SideInput>;
  readonly #exports: ApiExport[] = [];
  #prices: PriceIndex | null = null;

  constructor(settings: AuditSettings) {
    this.#settings = settings;
    this.#given = givenInputs(settings);
  }

  /** Lines added from here on come from this table. Returns a mark to go back to. */
  beginTable(table: LedgerTable): number {
    this.#ledger.beginTable(table);
    this.#usage.beginTable(table);
    this.#usageMark = this.#usage.length;
    return this.#ledger.length;
  }

  add(line: ParsedLine): void {
    if (line.usage === undefined) this.#ledger.add(line);
    else this.#usage.add(line, line.usage);
  }

  /** Forgets the lines added since a mark: their table is read again with another dialect. */
  forgetSince(mark: number): void {
    this.#ledger.truncate(mark);
    this.#usage.truncate(this.#usageMark);
  }

  /** An export of the API as its manifest describes it. */
  addExport(apiExport: ApiExport): void {
    this.#exports.push(apiExport);
  }

  /** The index that price lists are read into, once all charges are there: it keeps only what they can ask for. */
  beginPrices(): PriceIndex {
    this.#given.add('prices');
    this.#prices = new PriceIndex(this.#ledger.headings());
    return this.#prices;
  }

  /** @param watch is told, a customer at a time, how many lines of all have been judged. */
  finish(watch: JudgedWatch = () => undefined): AuditResult {
    const settings = this.#settings;
    const total = this.#ledger.length + this.#usage.length;
    const told = (lines: number): void => {
      watch(lines, total);
    };
    told(0);
    const gathered = gather({ ledger: this.#ledger, usage: this.#usage, prices: this.#prices, exports: this.#exports }, settings);
    const { judge, judged } = this.#judge(gathered, told);
    judgeUsage(gathered, judge, settings, this.#given, judged, (lines) => {
      told(this.#ledger.length + lines);
    });
    const { scores, totals, unchecked, findings } = judged;
    const compared = reconcileUsage(new UsageGroups(gathered));
    for (const { rule, reason, lines } of compared.unchecked) unchecked.add(rule, reason, lines);
    const reconciled = settings.invoices === null ? [] : reconcileInvoices(gathered.invoices);
    return {
      findings: inOrder(findings.all()),
      totals: (listed) => totals.table(listed),
      credits: creditRows(this.#ledger, gathered.voided),
      nextBilling: nextBillingOf(gathered.invoiceDates),
      conventions: scores.table(),
      reconciliation: withUsage(reconciled, compared.invoices, gathered.invoices),
      creditRequest: creditRequestSteps(settings.asOf, settings.ownTerms),
      unchecked: unchecked.table(),
      rules: ruleReports(),
      customers: () => customersOf([...this.#ledger.headings(), ...this.#usage.headings()]),
      proratedLines: () => proratedLines(gathered, auditFacts(gathered, scores, settings)),
    };
  }

  /** Judges by the conventions that a sample tells; should all lines together tell others, all is judged again. */
  #judge(gathered: Gathered, told: (lines: number) => void): { readonly judge: ConventionScores; readonly judged: Judged } {
    let judge = sampleConventions(gathered, this.#settings.rounding);
    for (;;) {
      const judged = judgeLines(gathered, judge, this.#settings, this.#given, told);
      if (judged.scores.judgesLike(judge)) return { judge, judged };
      judge = judged.scores;
    }
  }
}

function customersOf(headings: readonly LineHeading[]): Iterable<Customer> {
  const distinct = new Map<string, Customer>();
  for (const { customerId, customerName, customerDomain } of headings) {
    distinct.set(JSON.stringify([customerId, customerName, customerDomain]), { customerId, customerName, customerDomain });
  }
  return distinct.values();
}
