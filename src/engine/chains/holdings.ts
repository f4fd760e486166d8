import type { LayoutName, LineHeading } from '../../domain/charges/charge-line.ts';
import type { Convention } from '../../domain/proration/conventions.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import type { ProratedLine } from '../../domain/findings/report.ts';
import type { CustomerHoldings } from '../../domain/charges/subjects.ts';
import type { RuleContext } from '../../rules/rule.ts';
import type { AuditSettings } from '../audit-settings.ts';
import { buildChain, withCreditsElsewhere, type ChainFacts } from './build-chain.ts';
import { EventIndex } from './event-index.ts';
import type { LineGroup } from './gather-chains.ts';
import type { Gathered } from '../gathered.ts';
import type { IncidentIndex } from '../credits/incident-index.ts';
import { LinePrices } from '../prices/line-prices.ts';
import { withConversions } from './link-conversions.ts';
import { proratedLine } from '../lines/prorated-lines.ts';
import type { RateUses } from '../invoices/rate-uses.ts';
import { recalculate } from '../proration/recalculate.ts';
import type { ConventionScores } from '../proration/score-conventions.ts';

/** What is the same for every subscription of a run. */
export interface AuditFacts extends ChainFacts {
  readonly prices: LinePrices | null;
}

export function auditFacts({ rates, prices }: Gathered, judge: ConventionScores, { asOf, events, ownTerms }: AuditSettings): AuditFacts {
  // What is planned after the as-of date has not happened yet.
  const past = (events ?? []).filter((event) => event.day <= asOf);
  return { ...chainFacts(judge, rates, new EventIndex(past), ownTerms), prices: prices === null ? null : new LinePrices(prices) };
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

/** What rules may know beside their subject. */
export function contextOf(
  { invoiceDates, prices }: Gathered,
  judge: ConventionScores,
  { asOf, events, claimant }: AuditSettings,
): RuleContext {
  return {
    asOf,
    judgedBy: (layout, currency) => judge.judge(layout as LayoutName, currency),
    hasEvents: events !== null,
    invoices: invoiceDates,
    prices,
    claimant,
  };
}

/** The recalculated chains of a customer, or of the customers of one domain; `incidents` only where the groups are those of one customer. */
export function holdingsOf(groups: readonly LineGroup[], facts: AuditFacts, incidents?: IncidentIndex): CustomerHoldings {
  const chains = withConversions(
    withCreditsElsewhere(groups.map((group) => buildChain(group, recalculate(group.lines, facts.prices), facts))),
  );
  const customerId = groups[0]?.customerId ?? '';
  return {
    customerId,
    customerName: chains.find((chain) => chain.customerName !== '')?.customerName ?? '',
    chains,
    reservationChains: [],
    incidents: incidents?.of(customerId) ?? [],
  };
}

/** Every prorated audited line, worked out anew. */
export function* proratedLines({ chains }: Gathered, facts: AuditFacts): Generator<ProratedLine> {
  for (const groups of chains.customers()) {
    for (const chain of holdingsOf(groups, facts).chains) {
      for (const one of chain.lines) {
        const prorated = one.line.isAudited ? proratedLine(one) : null;
        if (prorated !== null) yield prorated;
      }
    }
  }
}
