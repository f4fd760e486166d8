import type { Detection, Unchecked } from '../domain/findings/finding.ts';
import type { ApiExport } from '../domain/invoices/api-export.ts';
import type { InvoiceSubject } from '../domain/invoices/invoice.ts';
import type { UncheckedCount } from '../domain/findings/report.ts';
import type { CustomerHoldings, UnlistedLines } from '../domain/charges/subjects.ts';
import { outageSubjects } from '../policy/outages/outage-claims.ts';
import { isReservation, reservationsOf } from '../domain/reservations/reservations.ts';
import type { AnyRule, RuleContext } from '../rules/rule.ts';

export interface RawFinding {
  readonly rule: AnyRule;
  readonly detection: Detection;
  /** Whether it concerns an audited file. One that only concerns context months is not raised, but still silences what rests on its cause. */
  readonly isRaised: boolean;
}

export interface RuleResults {
  readonly findings: readonly RawFinding[];
  readonly unchecked: readonly UncheckedCount[];
}

/** A finding concerns what its first line is of. One that has a subject of its own, and no line, comes from an input that is always audited. */
function isAboutAudited({ evidence, subject }: Detection): boolean {
  const first = evidence.find((one) => 'line' in one);
  return first === undefined ? subject !== undefined : first.line.line.isAudited;
}

/** What the rules yield, findings and what they had to leave apart. What is left in a context month is not counted. */
class Sorted implements RuleResults {
  readonly findings: RawFinding[] = [];
  readonly unchecked: UncheckedCount[] = [];

  add(rule: AnyRule, results: Iterable<Detection | Unchecked>): void {
    for (const result of results) {
      if (!('unchecked' in result)) {
        this.findings.push({ rule, detection: result, isRaised: result.isAboutAudited ?? isAboutAudited(result) });
      } else if (!('line' in result) || (result.line?.line.isAudited ?? true)) {
        const months = result.missingMonth === undefined ? {} : { months: [result.missingMonth] };
        this.unchecked.push({ rule: rule.code, reason: result.unchecked, lines: result.lines ?? 1, ...months });
      }
    }
  }
}

/** Shows the rules of a price list's key the lines of one key, over all customers. */
export function runPriceRules(rules: readonly AnyRule[], unlisted: UnlistedLines, context: RuleContext): RuleResults {
  const sorted = new Sorted();
  for (const rule of rules) if (rule.scope === 'price-key') sorted.add(rule, rule.check(unlisted, context));
  return sorted;
}

/** Shows the invoice rules every invoice. */
export function runInvoiceRules(rules: readonly AnyRule[], invoices: readonly InvoiceSubject[], context: RuleContext): RuleResults {
  const sorted = new Sorted();
  for (const rule of rules) {
    if (rule.scope !== 'invoice') continue;
    for (const invoice of invoices) sorted.add(rule, rule.check(invoice, context));
  }
  return sorted;
}

/** Shows the rules of completeness every export that came with a manifest. */
export function runExportRules(rules: readonly AnyRule[], exports: readonly ApiExport[], context: RuleContext): RuleResults {
  const sorted = new Sorted();
  for (const rule of rules) if (rule.scope === 'export') for (const one of exports) sorted.add(rule, rule.check(one, context));
  return sorted;
}

/** Shows every rule its subjects among the holdings of one customer. */
export function runRules(rules: readonly AnyRule[], customer: CustomerHoldings, context: RuleContext): RuleResults {
  const sorted = new Sorted();
  const outages = customer.incidents.length === 0 ? [] : outageSubjects(customer, context.asOf, context.claimant);
  // Reservations are judged by their own rules alone.
  const reservationChains = customer.chains.filter(isReservation);
  const hasReservations = reservationChains.length > 0;
  const holdings = hasReservations
    ? { ...customer, chains: customer.chains.filter((chain) => !isReservation(chain)), reservationChains }
    : customer;
  const reservations = hasReservations ? reservationsOf(customer) : [];
  for (const rule of rules) {
    switch (rule.scope) {
      case 'line':
        for (const chain of customer.chains) for (const line of chain.lines) sorted.add(rule, rule.check(line, context));
        break;
      case 'subscription':
        for (const chain of holdings.chains) sorted.add(rule, rule.check(chain, context));
        break;
      case 'reservation':
        for (const reservation of reservations) sorted.add(rule, rule.check(reservation, context));
        break;
      case 'incident':
        for (const outage of outages) sorted.add(rule, rule.check(outage, context));
        break;
      case 'customer':
      case 'shared-domain':
        sorted.add(rule, rule.check(holdings, context));
        break;
      case 'price-key':
      case 'invoice':
      case 'export':
        break;
    }
  }
  return sorted;
}
