import type { ApiExport } from '../domain/api-export.ts';
import type { LayoutName, LineHeading, ParsedLine } from '../domain/charge-line.ts';
import type { Convention } from '../domain/conventions.ts';
import type { Day } from '../domain/days.ts';
import type { SideInput } from '../domain/expected-charge.ts';
import type { InvoiceSubject } from '../domain/invoice.ts';
import type { InvoiceHeader } from '../domain/invoice-header.ts';
import type { OwnTerm } from '../domain/own-term.ts';
import type { PartnerEvent } from '../domain/partner-event.ts';
import { SEVERITIES, type Finding } from '../domain/finding.ts';
import type {
  ConventionScore,
  CurrencyTotals,
  Customer,
  InvoiceReconciliation,
  ProratedLine,
  RuleReport,
  UncheckedCount,
} from '../domain/report.ts';
import type { ClaimantSettings, ServiceIncident } from '../domain/service-incident.ts';
import type { AuditedLine, CustomerHoldings } from '../domain/subjects.ts';
import { rules } from '../rules/index.ts';
import type { RuleContext, Scope } from '../rules/rule.ts';
import { buildChain, withCreditsElsewhere, type ChainFacts } from './build-chain.ts';
import { ChainIndex, type LineGroup } from './gather-chains.ts';
import { creditRows } from './credit-rows.ts';
import { LatestBillings } from './latest-billings.ts';
import { EventIndex } from './event-index.ts';
import { IncidentIndex } from './incident-index.ts';
import { InvoiceDates } from './invoice-dates.ts';
import { LinePrices } from './line-prices.ts';
import { withConversions } from './link-conversions.ts';
import { MissingInputs, rulesThatCanRun } from './missing-inputs.ts';
import { Ledger, type LedgerTable } from './ledger.ts';
import { PriceIndex } from './price-index.ts';
import { gatherInvoices } from './gather-invoices.ts';
import { InvoiceSums } from './invoice-sums.ts';
import { keepMostSpecific, keepMostSpecificOfSubjects } from './precedence.ts';
import { proratedLine } from './prorated-lines.ts';
import { RateUses } from './rate-uses.ts';
import { reconcileInvoices, withUsage } from './reconcile-invoices.ts';
import { reconcileUsage } from './reconcile-usage.ts';
import { UsageGroups } from './usage-groups.ts';
import { recalculate } from './recalculate.ts';
import { auditUsage } from './audit-usage.ts';
import { UsageLedger } from './usage-ledger.ts';
import { runExportRules, runInvoiceRules, runPriceRules, runRules } from './run-rules.ts';
import { ConventionScores } from './score-conventions.ts';
import { Sealer } from './seal.ts';
import type { CreditRow } from './match-credits.ts';
import { strayEvents } from './stray-events.ts';
import { ControlTotals } from './totals.ts';
import { UnlistedPrices } from './unlisted-prices.ts';
import { VoidedLines } from './voided-lines.ts';

/** The scopes of one customer's subjects; the others look across customers. */
const CUSTOMER_SCOPES: ReadonlySet<Scope> = new Set<Scope>(['line', 'subscription', 'customer', 'reservation', 'incident']);

export interface AuditSettings {
  readonly asOf: Day;
  /** The convention that judges its own layout, or null to infer it from the files. */
  readonly rounding: Convention | null;
  /** The partner's own record of purchases, seat changes and cancellations; null where none was given. */
  readonly events: readonly PartnerEvent[] | null;
  /** What the partner agreed with Microsoft in place of published policy figures. */
  readonly ownTerms: readonly OwnTerm[];
  /** The partner's list of invoice headers; null where none was given. */
  readonly invoices: readonly InvoiceHeader[] | null;
  /** The partner's list of service incidents; null where none was given. */
  readonly incidents: readonly ServiceIncident[] | null;
  /** Who files outage claims, where the list does not say. */
  readonly claimant: ClaimantSettings;
}

export interface AuditResult {
  /** Everything that was found, in the order of the report. */
  readonly findings: readonly Finding[];
  /** The control totals, with the money of the findings that the report lists. */
  totals(listed: readonly Finding[]): readonly CurrencyTotals[];
  /** The credits of the audited files, and how far they bill each customer: what the claims register is held against. */
  readonly credits: readonly CreditRow[];
  readonly latestBillings: LatestBillings;
  readonly conventions: readonly ConventionScore[];
  /** Invoice by invoice from its total to the sum of its lines, and product by product from daily usage to invoice lines; empty without either. */
  readonly reconciliation: readonly InvoiceReconciliation[];
  readonly unchecked: readonly UncheckedCount[];
  readonly rules: Readonly<Record<string, RuleReport>>;
  /** Every customer that a line names, audited or not, each spelling once. */
  customers(): Iterable<Customer>;
  /** Every prorated audited line, worked out anew as it is asked for. */
  proratedLines(): Iterable<ProratedLine>;
}

/** One audit: lines in, then findings out. Files, clocks and terminals stay outside. */
export class Audit {
  readonly #ledger = new Ledger();
  readonly #usage = new UsageLedger();
  readonly #exports: ApiExport[] = [];
  /** Where the usage lines of the table that is read begin. */
  #usageMark = 0;
  readonly #settings: AuditSettings;
  /** The side inputs that were given. */
  readonly #given: Set<SideInput>;
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

  /** An export of the API as its manifest describes it. */
  addExport(apiExport: ApiExport): void {
    this.#exports.push(apiExport);
  }

  /** Forgets the lines added since a mark: their table is read again with another dialect. */
  forgetSince(mark: number): void {
    this.#ledger.truncate(mark);
    this.#usage.truncate(this.#usageMark);
  }

  /** The index that price lists are read into, once all charges are there: it keeps only what they can ask for. */
  beginPrices(): PriceIndex {
    this.#given.add('prices');
    this.#prices = new PriceIndex(this.#ledger.headings());
    return this.#prices;
  }

  finish(): AuditResult {
    const { rounding } = this.#settings;
    const subjects = gatherInvoices(new InvoiceSums(this.#ledger), this.#settings.invoices ?? [], this.#settings.ownTerms);
    const voided = new VoidedLines(this.#ledger, subjects);
    const index = new ChainIndex(this.#ledger, voided);
    const rates = new RateUses(this.#ledger);
    const invoices = new InvoiceDates(this.#ledger, voided);
    // Only all lines together tell which convention judges, but a sample nearly always tells it beforehand; else all is judged again.
    let judge = sampleConventions(index, rounding, this.#ledger.length, this.#linePrices());
    let judged = this.#judgeAll(index, judge, rates, invoices, subjects);
    while (!judged.scores.judgesLike(judge)) {
      judge = judged.scores;
      judged = this.#judgeAll(index, judge, rates, invoices, subjects);
    }
    const { scores, totals, unchecked } = judged;
    if (voided.audited > 0) unchecked.add('AR01', 'invoice-voided', voided.audited);
    const context = this.#context(judge, invoices);
    const usage = this.#judgeUsage(context, unchecked);
    const ofExports = this.#judgeExports(context);
    const compared = reconcileUsage(new UsageGroups(this.#ledger, this.#usage));
    for (const { rule, reason, lines } of compared.unchecked) unchecked.add(rule, reason, lines);
    const listed = this.#settings.invoices === null ? [] : reconcileInvoices(subjects);
    return {
      findings: inOrder([...judged.findings, ...usage, ...ofExports]),
      totals: (listed) => totals.table(listed),
      credits: creditRows(this.#ledger, voided),
      latestBillings: new LatestBillings(this.#ledger),
      conventions: scores.table(),
      reconciliation: withUsage(listed, compared.invoices, subjects),
      unchecked: unchecked.table(),
      rules: ruleReports(),
      customers: () => customersOf([...this.#ledger.headings(), ...this.#usage.headings()]),
      proratedLines: () => proratedLines(index, this.#facts(scores, rates)),
    };
  }

  /** Shows every customer to the rules, while all lines, audited or context, vote on the conventions. */
  #judgeAll(
    index: ChainIndex,
    judge: ConventionScores,
    rates: RateUses,
    invoices: InvoiceDates,
    subjects: readonly InvoiceSubject[],
  ): Judged {
    const facts = this.#facts(judge, rates);
    const context = this.#context(judge, invoices);
    const scores = new ConventionScores(this.#settings.rounding);
    const totals = new ControlTotals(this.#ledger, this.#usage);
    const sealer = new Sealer();
    const findings: Finding[] = [];
    const unchecked = new UncheckedCounts();
    const incidents = new IncidentIndex(this.#settings.incidents ?? [], index.customerIds);
    const missing = new MissingInputs(rules, this.#given);
    const unlisted = new UnlistedPrices();
    const runnable = rulesThatCanRun(rules, this.#given);
    const customerRules = runnable.filter((rule) => CUSTOMER_SCOPES.has(rule.scope));
    for (const groups of index.customers()) {
      const customer = holdingsOf(groups, facts, incidents);
      for (const { lines } of customer.chains) {
        for (const line of lines) {
          scores.vote(line.line, line.recalculation);
          countJudged(line, totals);
          missing.count(line.line);
          unlisted.add(line);
        }
      }
      const results = runRules(customerRules, customer, context);
      for (const one of results.unchecked) unchecked.add(one.rule, one.reason, one.lines);
      for (const found of keepMostSpecific(results.findings)) if (found.isRaised) findings.push(sealer.seal(found));
    }
    const domainRules = runnable.filter((rule) => rule.scope === 'shared-domain');
    for (const groups of index.sharedDomains()) {
      const { findings: shared } = runRules(domainRules, holdingsOf(groups, facts), context);
      for (const found of shared) if (found.isRaised) findings.push(sealer.seal(found));
    }
    for (const lines of unlisted.subjects()) {
      const results = runPriceRules(runnable, lines, context);
      for (const one of results.unchecked) unchecked.add(one.rule, one.reason, one.lines);
      for (const found of results.findings) findings.push(sealer.seal(found));
    }
    const ofInvoices = runInvoiceRules(runnable, subjects, context);
    for (const found of keepMostSpecificOfSubjects(ofInvoices.findings)) findings.push(sealer.seal(found));
    for (const { rule, reason, lines } of [...ofInvoices.unchecked, ...missing.table()]) unchecked.add(rule, reason, lines);
    // A mistyped id would look like a subscription without cancellations: each entry counts, for CR01 rests on the record.
    const strays = strayEvents(this.#settings.events ?? [], this.#ledger.headings());
    if (strays.length > 0) unchecked.add('CR01', 'subscription-not-in-files', strays.length);
    return { findings, scores, totals, unchecked };
  }

  #linePrices(): LinePrices | null {
    return this.#prices === null ? null : new LinePrices(this.#prices);
  }

  /** Usage has no convention to vote on and no chains, so it is judged once. */
  #judgeUsage(context: RuleContext, unchecked: UncheckedCounts): readonly Finding[] {
    const results = auditUsage(this.#usage, rulesThatCanRun(rules, this.#given), context);
    for (const { rule, reason, lines } of results.unchecked) unchecked.add(rule, reason, lines);
    const sealer = new Sealer();
    return results.findings.map((found) => sealer.seal(found));
  }

  #judgeExports(context: RuleContext): readonly Finding[] {
    const sealer = new Sealer();
    return runExportRules(rules, this.#exports, context).findings.map((found) => sealer.seal(found));
  }

  #context(judge: ConventionScores, invoices: InvoiceDates): RuleContext {
    const { asOf, events, claimant } = this.#settings;
    return {
      asOf,
      judgedBy: (layout, currency) => judge.judge(layout as LayoutName, currency),
      hasEvents: events !== null,
      invoices,
      prices: this.#prices,
      claimant,
    };
  }

  #facts(judge: ConventionScores, rates: RateUses): AuditFacts {
    // What is planned after the as-of date has not happened yet.
    const events = (this.#settings.events ?? []).filter((event) => event.day <= this.#settings.asOf);
    return { ...chainFacts(judge, rates, new EventIndex(events), this.#settings.ownTerms), prices: this.#linePrices() };
  }
}

function givenInputs({ invoices, incidents }: AuditSettings): Set<SideInput> {
  const given = new Set<SideInput>();
  if (invoices !== null) given.add('invoices');
  if (incidents !== null) given.add('incidents');
  return given;
}

/** What is the same for every subscription of a run. */
interface AuditFacts extends ChainFacts {
  readonly prices: LinePrices | null;
}

function customersOf(headings: readonly LineHeading[]): Iterable<Customer> {
  const distinct = new Map<string, Customer>();
  for (const { customerId, customerName, customerDomain } of headings) {
    distinct.set(JSON.stringify([customerId, customerName, customerDomain]), { customerId, customerName, customerDomain });
  }
  return distinct.values();
}

interface Judged {
  readonly findings: readonly Finding[];
  readonly scores: ConventionScores;
  readonly totals: ControlTotals;
  readonly unchecked: UncheckedCounts;
}

/** What `inputs` would say of every rule, for reports and `explain`. */
function ruleReports(): Readonly<Record<string, RuleReport>> {
  return Object.fromEntries(
    rules.map((rule) => [
      rule.code,
      { name: rule.name, title: rule.title, severity: rule.severity, scope: rule.scope, docs: rule.docs, citations: rule.citations },
    ]),
  );
}

const SAMPLED_LINES = 5000;

/** The votes of some customers, spread over all of them. */
function sampleConventions(index: ChainIndex, rounding: Convention | null, lines: number, prices: LinePrices | null): ConventionScores {
  const scores = new ConventionScores(rounding);
  for (const groups of index.customers(Math.max(1, Math.floor(lines / SAMPLED_LINES)))) {
    for (const group of groups) for (const one of recalculate(group.lines, prices)) scores.vote(one.line, one.recalculation);
  }
  return scores;
}

function chainFacts(scores: ConventionScores, rates: RateUses, events: EventIndex, ownTerms: readonly OwnTerm[]): ChainFacts {
  // The lines of a subscription share their heading, and so their judge.
  let heading: LineHeading | null = null;
  let judge: Convention | null = null;
  return {
    ownTerms,
    eventsOf: (line) => events.of(line),
    judgedBy({ line, recalculation }) {
      const fixed = recalculation.status === 'recalculated' ? recalculation.fixedConvention : null;
      if (fixed !== null) return fixed;
      if (judge === null || line.heading !== heading) {
        heading = line.heading;
        judge = scores.judge(heading.layout, heading.currency);
      }
      return judge;
    },
    rateUse: (line) => rates.of(line),
  };
}

/** `incidents` only where the groups are those of one customer. */
function holdingsOf(groups: readonly LineGroup[], facts: AuditFacts, incidents?: IncidentIndex): CustomerHoldings {
  const chains = withConversions(
    withCreditsElsewhere(groups.map((group) => buildChain(group, recalculate(group.lines, facts.prices), facts))),
  );
  const customerId = groups[0]?.customerId ?? '';
  return {
    customerId,
    customerName: chains.find((chain) => chain.customerName !== '')?.customerName ?? '',
    chains,
    incidents: incidents?.of(customerId) ?? [],
  };
}

function* proratedLines(index: ChainIndex, facts: AuditFacts): Generator<ProratedLine> {
  for (const groups of index.customers()) {
    for (const chain of holdingsOf(groups, facts).chains) {
      for (const one of chain.lines) {
        const prorated = one.line.isAudited ? proratedLine(one) : null;
        if (prorated !== null) yield prorated;
      }
    }
  }
}

/** `recalculated` counts the lines that AR01 or CR02 could judge: a bounded line only where it lies outside its bounds. */
function countJudged(one: AuditedLine, totals: ControlTotals): void {
  const { line, recalculation } = one;
  if (!line.isAudited || recalculation.status === 'unchecked') return;
  const billed = line.amount.abs();
  const isJudged = recalculation.status === 'recalculated' || billed.lt(recalculation.lowest) || billed.gt(recalculation.highest);
  if (isJudged) totals.countRecalculated(line.heading.currency);
}

class UncheckedCounts {
  readonly #counts = new Map<string, UncheckedCount>();

  add(rule: string, reason: string, lines = 1): void {
    const key = `${rule} ${reason}`;
    this.#counts.set(key, { rule, reason, lines: (this.#counts.get(key)?.lines ?? 0) + lines });
  }

  table(): readonly UncheckedCount[] {
    return [...this.#counts.keys()].sort().flatMap((key) => this.#counts.get(key) ?? []);
  }
}

/** Severity, rule, customer, subscription, days; the fingerprint settles what is left, so no file order shows. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const keyOf = (one: Finding): string =>
    [String(SEVERITIES.indexOf(one.severity)), one.rule, one.customerId, one.subscriptionId, one.firstDay ?? '', one.fingerprint].join(
      '\u0000',
    );
  return findings
    .map((finding) => ({ finding, key: keyOf(finding) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ finding }) => finding);
}
