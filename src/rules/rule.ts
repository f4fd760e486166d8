import type { ApiExport } from '../domain/invoices/api-export.ts';
import type { Convention } from '../domain/proration/conventions.ts';
import type { Day } from '../domain/calendar/days.ts';
import type { Citation, Detection, Severity, Unchecked } from '../domain/findings/finding.ts';
import type { SideInput } from '../domain/proration/expected-charge.ts';
import type { ChargeLine } from '../domain/charges/charge-line.ts';
import type { RuleDocs } from '../domain/findings/report.ts';
import type { InvoiceOrder } from '../domain/invoices/invoice-order.ts';
import type { InvoiceSubject } from '../domain/invoices/invoice.ts';
import type { PriceLookup } from '../domain/prices/price-list.ts';
import type {
  AuditedLine,
  CustomerHoldings,
  SubscriptionChain,
  UnlistedLines,
  UsageDay,
  UsageSubject,
} from '../domain/charges/subjects.ts';
import type { OutageSubject } from '../policy/outages/outage-claims.ts';
import type { ClaimantSettings } from '../domain/partner/service-incident.ts';
import type { CustomerReservation } from '../domain/reservations/reservations.ts';
import type { Parameter } from '../policy/parameter.ts';

/** What a rule is shown: its scope decides, its signature never changes. */
export interface Subjects {
  readonly line: AuditedLine;
  readonly subscription: SubscriptionChain;
  readonly customer: CustomerHoldings;
  /** A reservation order and product, beside the customer's others. The scopes above are shown no reservation, but for `line`. */
  readonly reservation: CustomerReservation;
  /** Customers that share a domain, as the holdings of one; or one who handed a subscription over, with those who may have taken it. */
  readonly 'shared-domain': CustomerHoldings;
  /** Lines of all customers whose price the price lists do not tell. */
  readonly 'price-key': UnlistedLines;
  /** One service incident of the partner's list, with its customer's holdings. */
  readonly incident: OutageSubject;
  readonly 'usage-line': UsageSubject;
  /** One customer's daily usage rows of one day that may lack the earned credit. */
  readonly 'usage-day': UsageDay;
  /** One invoice number among those it is linked with. */
  readonly invoice: InvoiceSubject;
  /** One export of the API with what its manifest says of it. */
  readonly export: ApiExport;
}
export type Scope = keyof Subjects;

/** All that a rule may know beside its subject. There is no clock: `asOf` is an argument of the run. */
export interface RuleContext {
  readonly asOf: Day;
  /** The convention that judges a layout's licence lines in a currency. */
  judgedBy(layout: string, currency: string): Convention;
  /** Whether the partner's own record was given. */
  readonly hasEvents: boolean;
  readonly invoices: InvoiceOrder;
  /** The price lists; null where none were given. */
  readonly prices: PriceLookup | null;
  readonly claimant: ClaimantSettings;
}

/** A side input without which a rule is not run; instead it reports itself once as unchecked, with the audited lines it would have looked at. */
export interface Need {
  readonly input: SideInput;
  readonly looksAt: (line: ChargeLine) => boolean;
}

export interface Rule<S extends Scope, M extends string> {
  readonly code: string;
  readonly name: string;
  readonly title: string;
  readonly scope: S;
  readonly severity: Severity;
  /** The clauses that every finding of the rule rests on. */
  readonly citations: readonly Citation[];
  /** Clauses that only some findings rest on: a detection names which. Those of policy figures come with the parameters. */
  readonly caseCitations: readonly Citation[];
  readonly parameters: readonly Parameter<never>[];
  readonly needs?: Need;
  /** Scope `line`: shown the rows of the usage layouts too, which belong to no chain. */
  readonly seesUsage?: boolean;
  readonly docs: RuleDocs;
  /** One sentence a message, with `{placeholders}`. A message declared but never yielded, or the reverse, does not compile. */
  readonly messages: Readonly<Record<M, string>>;
  check(subject: Subjects[S], context: RuleContext): Iterable<Detection<M> | Unchecked>;
}

export type AnyRule =
  | Rule<'line', string>
  | Rule<'subscription', string>
  | Rule<'customer', string>
  | Rule<'shared-domain', string>
  | Rule<'incident', string>
  | Rule<'price-key', string>
  | Rule<'usage-line', string>
  | Rule<'usage-day', string>
  | Rule<'reservation', string>
  | Rule<'invoice', string>
  | Rule<'export', string>;

/** Gives a rule its types: the message ids of `messages` are the only ones `check` may yield. */
export function defineRule<S extends Scope, M extends string>(
  rule: Omit<Rule<S, M>, 'parameters' | 'caseCitations'> & {
    readonly parameters?: readonly object[];
    readonly caseCitations?: readonly Citation[];
  },
): Rule<S, M> {
  return { ...rule, caseCitations: rule.caseCitations ?? [], parameters: (rule.parameters ?? []) as readonly Parameter<never>[] };
}
