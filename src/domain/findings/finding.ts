import type { SourceRef } from '../charges/charge-line.ts';
import type { Day } from '../calendar/days.ts';
import type { JudgedFigure } from '../proration/judged-figure.ts';
import type { UncheckedReason } from '../proration/expected-charge.ts';
import type { Decimal } from '../numbers/money.ts';
import type { AuditedLine } from '../charges/subjects.ts';

export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];
/** discrepancy: the bill departs from its rules · claim: money that can be asked for until a deadline · notice: a fact. */
export type FindingKind = 'discrepancy' | 'claim' | 'notice';
/** How sure the finding is: certain (it follows from the files), likely (one assumption, stated), possible (a person must look). */
export type Confidence = 'certain' | 'likely' | 'possible';

export interface Citation {
  readonly id: string;
  readonly title: string;
  readonly clause: string;
}

/** A dated policy figure as a finding states it. */
export interface StatedParameter {
  readonly id: string;
  readonly since: string;
  readonly value: string;
}

/** A dated policy figure as a rule used it, with the clause that has it. */
export interface ParameterUse extends StatedParameter {
  readonly citation: Citation;
  /** The clause is of a text that may be later than the case: no text of its time is known. */
  readonly mayBeLater?: true;
}

/** A row that a finding rests on: a charge line, or a row of a side input, a price list, a manifest. */
export type Evidence = { readonly line: AuditedLine; readonly label: string } | { readonly source: SourceRef; readonly label: string };

/**
 * Who and what a finding is about where no charge line tells it: an invoice, an incident, a part of an export. Texts are '' where they do not
 * apply; both days are included.
 */
export interface FindingSubject {
  readonly customerId: string;
  readonly customerName: string;
  readonly subscriptionId: string;
  readonly orderId: string;
  readonly product: string;
  readonly invoiceNumber: string;
  readonly chargeType: string;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  /** The day it is of, where it has no period: that of an invoice. */
  readonly day?: Day | null;
  readonly currency: string;
  /** What tells it from others of its kind, for the fingerprint: an incident's id, an invoice number, the name of a part. Never a row number. */
  readonly key: string;
}

/** What a rule found, before the engine gives it a fingerprint. Amounts carry the sign of the file. */
export interface Detection<M extends string = string> {
  readonly message: M;
  /** Fills the `{placeholders}` of the message. */
  readonly values: Readonly<Record<string, string>>;
  /** The first is the line the finding is about, unless it has a subject of its own. */
  readonly evidence: readonly Evidence[];
  /** What the finding is about where that is no charge line. */
  readonly subject?: FindingSubject;
  /** The day of what no row tells: a cancellation that only the partner's own record has. */
  readonly happenedOn?: Day;
  /** Lines the conclusion rests on beside the evidence: a more specific finding about one of them silences this one. */
  readonly restsOn?: readonly AuditedLine[];
  /** The finding concerns an audited invoice although the line it is about stands in a context month (a credit that did not come). */
  readonly isAboutAudited?: boolean;
  /** Overrides the rule's severity (a boundary case, a legal renewal). */
  readonly severity?: Severity;
  readonly kind?: FindingKind;
  readonly amounts: { readonly billed: Decimal; readonly expected: Decimal; readonly lowest?: Decimal; readonly highest?: Decimal } | null;
  /** Where `expected` is a convention's figure, but not that of the line which the finding is about. */
  readonly figure?: JudgedFigure | undefined;
  readonly working: readonly string[];
  readonly confidence: Confidence;
  readonly deadline?: Day | null;
  /** What each further day of waiting costs, where waiting costs. */
  readonly costPerDay?: Decimal | null;
  readonly nextAction: string;
  /** Those of the rule's case clauses that the finding rests on. The clauses of the figures used come with them. */
  readonly citations?: readonly Citation[];
  readonly parametersUsed?: readonly ParameterUse[];
}

/** A line that a rule had to leave: never a pass. */
export interface UncheckedLine {
  readonly unchecked: UncheckedReason;
  /** null for a row of a side input. */
  readonly line: AuditedLine | null;
  /** How many lines are left for this reason; one where it is not said. */
  readonly lines?: number;
  /** The month, `YYYY-MM`, whose files would tell. */
  readonly missingMonth?: string;
}

/** What a prorated figure is worked out from, so that a spreadsheet can work it out again. Numbers are decimal strings and magnitudes. */
export interface ProrationInputs {
  /** Price of one licence for one whole cycle: a decimal, or `numerator/denominator` where the quotient does not end. */
  readonly price: string;
  readonly quantity: string;
  /** Pricing to billing currency. */
  readonly rate: string;
  readonly daysBilled: number;
  readonly cycleDays: number;
  /** For a changed billing plan, which one convention counts in months; null elsewhere. */
  readonly monthsBilled: number | null;
  readonly cycleMonths: number | null;
  /** −1 for a credit, whose figures mirror those of a charge. */
  readonly sign: 1 | -1;
  /** Decimals of the minor unit of the billing and of the pricing currency. */
  readonly digits: number;
  readonly pricingDigits: number;
}

/** A subject that a rule had to leave, and how many lines or subjects that is. */
export interface UncheckedSubject {
  readonly unchecked: UncheckedReason;
  readonly lines: number;
  /** The month, `YYYY-MM`, whose files would tell. */
  readonly missingMonth?: string;
}

export type Unchecked = UncheckedLine | UncheckedSubject;

/** A finding as the report lists it. Money is a decimal string with the currency's digits. */
export interface Finding {
  readonly rule: string;
  readonly name: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** Which of the rule's sentences `message` is: stable where its wording is not. */
  readonly messageId: string;
  readonly message: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly subscriptionId: string;
  readonly orderId: string;
  readonly product: string;
  readonly invoiceNumber: string;
  readonly chargeType: string;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly evidence: readonly (SourceRef & { readonly label: string })[];
  readonly billed: string | null;
  readonly expected: string | null;
  readonly lowest: string | null;
  readonly highest: string | null;
  readonly difference: string | null;
  readonly currency: string;
  readonly working: readonly string[];
  /** Where `expected` is a convention's figure: the convention and what it is worked out from; null elsewhere. */
  readonly proration: (ProrationInputs & { readonly convention: string }) | null;
  readonly confidence: Confidence;
  readonly deadline: string | null;
  readonly costPerDay: string | null;
  readonly nextAction: string;
  /** What this finding rests on: clauses of its rule, and of the figures it used. */
  readonly citations: readonly Citation[];
  readonly parametersUsed: readonly StatedParameter[];
  readonly fingerprint: string;
  readonly status: string;
}
