import type { SideInput } from '../domain/proration/expected-charge.ts';
import type { AuditedLine, CustomerHoldings } from '../domain/charges/subjects.ts';
import { rules } from '../rules/index.ts';
import type { AnyRule, RuleContext, Scope } from '../rules/rule.ts';
import { auditUsage } from './usage/audit-usage.ts';
import type { AuditSettings } from './audit-settings.ts';
import { FindingList } from '../domain/findings/finding-list.ts';
import type { Gathered } from './gathered.ts';
import { auditFacts, contextOf, holdingsOf, type AuditFacts } from './chains/holdings.ts';
import { IncidentIndex } from './credits/incident-index.ts';
import { MissingInputs, rulesThatCanRun } from './missing-inputs.ts';
import { keepMostSpecific, keepMostSpecificOfSubjects } from './findings/precedence.ts';
import { runExportRules, runInvoiceRules, runPriceRules, runRules, type RawFinding, type RuleResults } from './run-rules.ts';
import { ConventionScores } from './proration/score-conventions.ts';
import { Sealer } from './findings/seal.ts';
import { strayEvents } from './chains/stray-events.ts';
import { ControlTotals } from './totals.ts';
import { UncheckedCounts } from './unchecked-counts.ts';
import { UnlistedPrices } from './prices/unlisted-prices.ts';

/** The scopes of one customer's subjects; the others look across customers. */
const CUSTOMER_SCOPES: ReadonlySet<Scope> = new Set<Scope>(['line', 'subscription', 'customer', 'reservation', 'incident']);

/** All that one pass over the lines says, under the conventions that were taken to judge. */
export interface Judged {
  readonly findings: FindingList;
  /** The votes of all lines, audited or context: they must choose the same conventions. */
  readonly scores: ConventionScores;
  readonly totals: ControlTotals;
  readonly unchecked: UncheckedCounts;
}

/** Shows every line but usage to the rules. `told` hears, a customer at a time, how many lines are judged. */
export function judgeLines(
  gathered: Gathered,
  judge: ConventionScores,
  settings: AuditSettings,
  given: ReadonlySet<SideInput>,
  told: (lines: number) => void,
): Judged {
  const pass = new JudgingPass(gathered, judge, settings, given);
  pass.judgeCustomers(told);
  pass.judgeSharedDomains();
  pass.judgePriceKeys();
  pass.judgeInvoices();
  pass.judgeExports();
  pass.countWhatNobodyLookedAt();
  return pass;
}

/** Usage has no convention to vote on and no chains, so it is judged once, when the conventions are known. */
export function judgeUsage(
  gathered: Gathered,
  judge: ConventionScores,
  settings: AuditSettings,
  given: ReadonlySet<SideInput>,
  { findings, unchecked }: Judged,
  told: (lines: number) => void,
): void {
  const results = auditUsage(gathered, rulesThatCanRun(rules, given), contextOf(gathered, judge, settings), told);
  if (gathered.voidedUsage.audited > 0) unchecked.add('AR07', 'invoice-voided', gathered.voidedUsage.audited);
  for (const { rule, reason, lines } of results.unchecked) unchecked.add(rule, reason, lines);
  const sealer = new Sealer();
  for (const found of results.findings) findings.add(sealer.seal(found));
}

class JudgingPass implements Judged {
  readonly rules: readonly AnyRule[];
  readonly context: RuleContext;
  readonly findings = new FindingList();
  readonly scores: ConventionScores;
  readonly totals: ControlTotals;
  readonly unchecked = new UncheckedCounts();
  readonly #gathered: Gathered;
  readonly #settings: AuditSettings;
  readonly #facts: AuditFacts;
  readonly #sealer = new Sealer();
  readonly #unlisted = new UnlistedPrices();
  readonly #missing: MissingInputs;

  constructor(gathered: Gathered, judge: ConventionScores, settings: AuditSettings, given: ReadonlySet<SideInput>) {
    this.rules = rulesThatCanRun(rules, given);
    this.context = contextOf(gathered, judge, settings);
    this.scores = new ConventionScores(settings.rounding);
    this.totals = new ControlTotals(gathered.ledger, gathered.usage);
    this.#gathered = gathered;
    this.#settings = settings;
    this.#facts = auditFacts(gathered, judge, settings);
    this.#missing = new MissingInputs(rules, given);
  }

  judgeCustomers(told: (lines: number) => void): void {
    let lines = 0;
    told(lines);
    const { chains } = this.#gathered;
    const incidents = new IncidentIndex(this.#settings.incidents ?? [], chains.customerIds);
    const customerRules = this.rules.filter((rule) => CUSTOMER_SCOPES.has(rule.scope));
    for (const groups of chains.customers()) {
      const customer = holdingsOf(groups, this.#facts, incidents);
      this.#countLines(customer);
      for (const chain of customer.chains) lines += chain.lines.length;
      told(lines);
      const results = runRules(customerRules, customer, this.context);
      this.#leave(results);
      this.#keep(keepMostSpecific(results.findings));
    }
  }

  judgeSharedDomains(): void {
    const domainRules = this.rules.filter((rule) => rule.scope === 'shared-domain');
    for (const groups of this.#gathered.chains.sharedDomains()) {
      this.#keep(runRules(domainRules, holdingsOf(groups, this.#facts), this.context).findings);
    }
    for (const groups of this.#gathered.chains.transfers(this.#settings.events ?? [])) {
      const holdings = { ...holdingsOf(groups, this.#facts), handedOverBy: groups[0]?.customerId ?? '' };
      const results = runRules(domainRules, holdings, this.context);
      this.#leave(results);
      this.#keep(results.findings);
    }
  }

  judgePriceKeys(): void {
    for (const lines of this.#unlisted.subjects()) {
      const results = runPriceRules(this.rules, lines, this.context);
      this.#leave(results);
      for (const found of results.findings) this.findings.add(this.#sealer.seal(found));
    }
  }

  judgeInvoices(): void {
    const ofInvoices = runInvoiceRules(this.rules, this.#gathered.invoices, this.context);
    for (const found of keepMostSpecificOfSubjects(ofInvoices.findings)) this.findings.add(this.#sealer.seal(found));
    this.#leave(ofInvoices);
  }

  judgeExports(): void {
    for (const found of runExportRules(this.rules, this.#gathered.exports, this.context).findings)
      this.findings.add(this.#sealer.seal(found));
  }

  countWhatNobodyLookedAt(): void {
    this.#leave({ unchecked: this.#missing.table() });
    const { audited } = this.#gathered.voided;
    if (audited > 0) this.unchecked.add('AR01', 'invoice-voided', audited);
    // A mistyped id would look like a subscription without cancellations: each entry counts, for CR01 rests on the record.
    const strays = strayEvents(this.#settings.events ?? [], this.#gathered.ledger.headings());
    if (strays.length > 0) this.unchecked.add('CR01', 'subscription-not-in-files', strays.length);
  }

  #countLines({ chains }: CustomerHoldings): void {
    for (const { lines } of chains) {
      for (const line of lines) {
        this.scores.vote(line.line, line.recalculation);
        countJudged(line, this.totals);
        this.#missing.count(line.line);
        this.#unlisted.add(line);
      }
    }
  }

  #keep(found: readonly RawFinding[]): void {
    for (const one of found) if (one.isRaised) this.findings.add(this.#sealer.seal(one));
  }

  #leave({ unchecked }: Pick<RuleResults, 'unchecked'>): void {
    for (const { rule, reason, lines, months } of unchecked) this.unchecked.add(rule, reason, lines, months);
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
