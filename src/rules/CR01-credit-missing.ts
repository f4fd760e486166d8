import { cancellationsOf, type Cancellation } from '../domain/credits/cancellations.ts';
import {
  adjustmentsOf,
  hasCancellationCredit,
  isAnswered,
  isOtherAnswered,
  ofAnotherKind,
} from '../domain/credits/cancellation-credits.ts';
import { bandOfCredit } from '../domain/credits/credit-figures.ts';
import { isoDay } from '../domain/calendar/days.ts';
import { isPaidOn } from '../domain/charges/effective-charges.ts';
import type { Detection, Unchecked } from '../domain/findings/finding.ts';
import type { NextInvoice } from '../domain/invoices/invoice-order.ts';
import { nextInvoiceMissing, takenAsEmptyTexts } from '../domain/invoices/next-invoice-missing.ts';
import { type Decimal, sum, ZERO } from '../domain/numbers/money.ts';
import { isCancellableProduct, otherCancellations, type OtherCancellation } from '../domain/charges/other-purchases.ts';
import { windowStart } from '../domain/charges/seat-batches.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../domain/charges/subjects.ts';
import type { Moment } from '../domain/calendar/window.ts';
import { money } from '../domain/proration/working.ts';
import { creditDue, creditDueParameters, type CreditDue } from '../policy/cancellations/credit-due.ts';
import { legacyFullRefund } from '../policy/cancellations/legacy-full-refund.ts';
import { CREDIT_CITATIONS } from '../policy/formula-basis.ts';
import { licenceTerms } from '../policy/licence-terms.ts';
import { OTHER_WINDOWS, otherCredit, otherReadings, otherTerms, otherVerdict } from '../policy/cancellations/other-refunds.ts';
import { creditsInArrears } from '../policy/parameters/credits-in-arrears.ts';
import { softwareSubscriptionRefund } from '../policy/parameters/software.ts';
import { arrearsUses, UNUSED_DAYS_CREDITED } from '../policy/cancellations/credits-in-arrears-basis.ts';
import { missingDecreaseCredits } from '../policy/cancellations/missing-decrease-credits.ts';
import { defineRule, type RuleContext } from './rule.ts';

type Message = 'cancellation' | 'part' | 'decrease';

export const creditMissing = defineRule({
  code: 'CR01',
  name: 'credit-missing',
  title: 'A cancellation or seat decrease earned a credit that never came',
  scope: 'subscription',
  severity: 'error',
  citations: [],
  caseCitations: [UNUSED_DAYS_CREDITED, ...CREDIT_CITATIONS],
  parameters: [...creditDueParameters, ...OTHER_WINDOWS, softwareSubscriptionRefund, creditsInArrears],
  docs: {
    checks:
      'A cancellation or seat decrease of the partner’s own record (--events), or a cancellation line of 0, that earns a credit but has none in any given file (of a decrease, for the seats that a line of the cycle charged), although the very next invoice after it is given, with no month missing in between; a month that your list of invoices (--invoices) reaches over and names none of is taken as billing nothing, and the working says so. Inside the full-refund window the whole charge is due, else the unused days. A credit for something else (an outage) in the same cycle is no credit for the cancellation; a refund that is too small counts with what it gave. Software and marketplace subscriptions by their own windows.',
    why: 'A credit that does not come shows nowhere in the file: only the partner’s own record tells that it is due.',
    example: 'Cancelled on 17 July according to the record; the July invoice has no cancelImmediate line. 29 of 31 days, 94.20, are due.',
    remedy: 'Ask for the credit in a billing ticket with the confirmation of the cancellation.',
  },
  messages: {
    cancellation: 'cancelled on {day} and never credited: {due} is due ({basis})',
    part: 'cancelled on {day}: {due} is due ({basis}), and only {credited} was refunded',
    decrease: '{seats} licences were given back on {day} and {credited}: {due} is due',
  },
  *check(chain, context) {
    const [first] = chain.lines;
    const isLicence = first?.line.heading.productKind === 'licence';
    const cancellations = isLicence ? cancellationsOf(chain) : [];
    for (const cancelled of cancellations) yield* judgeCancellation(chain, cancelled, context);
    for (const cycle of chain.cycles) yield* missingDecreaseCredits(chain, cycle, context.invoices);
    const others = isLicence ? [] : otherCancellations(chain);
    for (const cancelled of others) yield* judgeOther(chain, cancelled, context);
    const hasCancellation = cancellations.length + others.length > 0;
    if (!context.hasEvents && !hasCancellation && first !== undefined && (isLicence || isCancellableProduct(first))) {
      yield { unchecked: 'no-events', line: chain.lines.find((one) => one.line.isAudited) ?? first };
    }
  },
});

function* judgeCancellation(
  chain: SubscriptionChain,
  cancelled: Cancellation,
  context: RuleContext,
): Generator<Detection<Message> | Unchecked> {
  const about = cancelled.line ?? cancelled.cycle?.charge ?? chain.lines[0];
  if (about === undefined || (cancelled.line !== null && !cancelled.line.line.amount.isZero())) return;
  const cycle = cancelled.cycle;
  if (cycle?.charge == null) {
    yield { unchecked: 'charge-not-in-files', line: about };
    return;
  }
  const { charge } = cycle;
  if (hasCancellationCredit(cycle) || charge.line.heading.isTrial || !isPaidOn(chain, charge, cancelled.day)) return;
  const isLegacy = chain.layout === 'legacy-licence';
  const start = isLegacy ? (legacyFullRefund(chain, cancelled)?.start ?? null) : windowStart(chain, cancelled.day);
  if (start === null) {
    yield { unchecked: 'purchase-day-unknown', line: about };
    return;
  }
  if (!isLegacy && licenceTerms(chain, cancelled) === null) {
    yield { unchecked: 'policy-unknown', line: about };
    return;
  }
  const due = creditDue(chain, cycle, charge, cancelled);
  if (due === null) return;
  if (due.amount === null) {
    yield { unchecked: 'full-price-unknown', line: about };
    return;
  }
  const { refunds } = adjustmentsOf(cycle);
  // Inside the full-refund window what was refunded in part is CR03's.
  if (due.isInFull && refunds.length > 0) return;
  if (!due.amount.isPositive() || due.amount.isZero() || isAnswered(chain, cycle, cancelled.day, due.amount)) return;
  // The file with the line of 0 is the one that should have carried the credit.
  const next = cancelled.line === null ? context.invoices.nextAfter(chain, cancelled.day) : carrierOf(cancelled.line);
  if (next.invoice === null) {
    yield nextInvoiceMissing(next, about);
    return;
  }
  yield missing(cycle, charge, { ...cancelled, about, start }, { ...due, amount: due.amount }, next);
}

/** The invoice of a cancellation line of 0. */
function carrierOf({ line: { invoiceNumber, isAudited } }: AuditedLine): NextInvoice {
  return { invoice: invoiceNumber, isAudited };
}

function missing(
  cycle: BilledCycle,
  charge: AuditedLine,
  cancelled: Cancellation & { readonly about: AuditedLine; readonly start: Moment },
  due: CreditDue & { readonly amount: Decimal },
  carrier: Extract<NextInvoice, { readonly invoice: string }>,
): Detection<Message> {
  const isBoundary = due.verdict === 'boundary';
  const { refunds, others } = adjustmentsOf(cycle);
  const credited = sum(refunds.map((one) => one.line.amount));
  const isPart = refunds.length > 0;
  return {
    message: isPart ? 'part' : 'cancellation',
    values: {
      day: isoDay(cancelled.day),
      due: money(cancelled.about, due.amount),
      basis: due.basis,
      credited: money(cancelled.about, credited.abs()),
    },
    evidence: [
      ...(cancelled.line === null ? [] : [{ line: cancelled.line, label: 'cancellation line of 0' }]),
      { line: charge, label: 'charge of the cycle' },
      ...refunds.map((line) => ({ line, label: 'refund' })),
    ],
    isAboutAudited: carrier.isAudited,
    happenedOn: cancelled.day,
    restsOn: cycle.lines,
    severity: isBoundary ? 'warning' : 'error',
    amounts: { billed: credited, expected: due.amount.negated(), ...bandOfCredit(due) },
    figure: due.figure,
    working: [
      `cancelled on ${isoDay(cancelled.day)}, ${cancelled.event === null ? 'by a cancellation line of 0' : 'by the partner’s own record'}; window opened ${isoDay(cancelled.start.day)}`,
      ...due.working,
      `the invoice that should carry it is given${carrier.invoice === '' ? '' : ` (${carrier.invoice})`}; no cancellation credit of this cycle stands in any given file`,
      ...takenAsEmptyTexts(carrier),
      ...refunds.map((one) => `refunded: ${one.line.chargeType} ${money(one, one.line.amount)}`),
      ...others.map(ofAnotherKind),
    ],
    confidence: isBoundary || others.some((one) => one.line.creditReason === '') ? 'possible' : 'likely',
    nextAction: 'Open a billing ticket for the credit; send the confirmation of the cancellation.',
    citations: due.isInFull ? [] : [...(isLegacy(charge) ? [] : [UNUSED_DAYS_CREDITED]), ...due.citations],
    parametersUsed: [...due.parametersUsed, ...arrearsUses(charge, cancelled.day)],
  };
}

/** Software and marketplace subscriptions: the whole charge or the days left, by the window of their kind and date. */
function* judgeOther(
  chain: SubscriptionChain,
  cancelled: OtherCancellation,
  context: RuleContext,
): Generator<Detection<Message> | Unchecked> {
  const { purchase, line } = cancelled;
  const { charge } = purchase;
  if (line !== null && !line.line.amount.isZero()) return;
  const terms = otherTerms(purchase);
  if (terms === null) {
    yield { unchecked: 'policy-unknown', line: line ?? charge };
    return;
  }
  const verdict = otherVerdict(terms, purchase, cancelled);
  if (terms.isFinal || verdict === 'outside' || charge.line.heading.isTrial) return;
  const credit = otherCredit(purchase, terms, cancelled.day);
  const next = line === null ? context.invoices.nextAfter(chain, cancelled.day) : carrierOf(line);
  if (credit.amount === null || next.invoice === null) {
    if (credit.amount === null) yield { unchecked: 'dates-missing', line: line ?? charge };
    else if (next.invoice === null) yield nextInvoiceMissing(next, charge);
    return;
  }
  if (credit.amount.isZero() || isOtherAnswered(chain, credit.amount, cancelled.day)) return;
  yield {
    message: 'cancellation',
    values: {
      day: isoDay(cancelled.day),
      due: money(charge, credit.amount),
      basis: terms.refund === 'in-full' ? 'in full' : 'by the days left',
    },
    evidence: [...(line === null ? [] : [{ line, label: 'cancellation line of 0' }]), { line: charge, label: 'charge' }],
    isAboutAudited: next.isAudited,
    happenedOn: cancelled.day,
    severity: verdict === 'boundary' ? 'warning' : 'error',
    amounts: { billed: ZERO, expected: credit.amount.negated(), ...bandOfCredit(credit) },
    working: [
      `${terms.name}: window of ${terms.parameter.show(terms.dated.value)} from ${isoDay(purchase.start.day)}, in force from ${terms.dated.since} (${terms.dated.basis}); cancelled on ${isoDay(cancelled.day)}`,
      ...credit.working,
      ...otherReadings(terms),
      ...(verdict === 'boundary' ? ['inside by the lenient reading only: by the strict one nothing is due'] : []),
      `the invoice that should carry it is given (${next.invoice}); no credit stands in any given file`,
      ...takenAsEmptyTexts(next),
    ],
    confidence: verdict === 'boundary' ? 'possible' : 'likely',
    nextAction: 'Open a billing ticket for the credit; send the confirmation of the cancellation.',
    citations: credit.citations,
    parametersUsed: [...terms.parametersUsed, ...credit.parametersUsed, ...arrearsUses(charge, cancelled.day)],
  };
}

/** That unused days of a legacy cancellation are credited is a dated figure. */
function isLegacy({ line }: AuditedLine): boolean {
  return line.heading.layout === 'legacy-licence';
}
