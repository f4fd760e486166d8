import { isoDay } from '../../domain/calendar/days.ts';
import { isPaidOn } from '../../domain/charges/effective-charges.ts';
import { isDecreaseShown } from '../../domain/charges/licences.ts';
import { recordedDecrease, type RecordedDecrease } from '../../domain/charges/recorded-decrease.ts';
import { batchText } from '../../domain/charges/seat-batches.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../../domain/charges/subjects.ts';
import { adjustmentsOf, hasCancellationCredit, isAnswered, ofAnotherKind } from '../../domain/credits/cancellation-credits.ts';
import { bandOfCredit, creditFigures } from '../../domain/credits/credit-figures.ts';
import type { Detection, Unchecked } from '../../domain/findings/finding.ts';
import type { InvoiceOrder } from '../../domain/invoices/invoice-order.ts';
import { nextInvoiceMissing, takenAsEmptyTexts } from '../../domain/invoices/next-invoice-missing.ts';
import { Decimal, sum } from '../../domain/numbers/money.ts';
import type { PartnerEvent } from '../../domain/partner/partner-event.ts';
import { money } from '../../domain/proration/working.ts';
import { creditBasis } from '../formula-basis.ts';
import { arrearsUses, UNUSED_DAYS_CREDITED } from './credits-in-arrears-basis.ts';
import { increasesTaken } from './increases-taken.ts';
import { openSeats } from './open-seats.ts';
import { seatsWithinADay } from './seats-within-a-day.ts';

/** Which seats had a window of their own; nothing where they can be given back at any time. */
function windowTexts(open: ReturnType<typeof openSeats>): readonly string[] {
  if (open === null) return [];
  return [`seats inside a window of their own on that day: ${open.seats.toString()}`, ...open.batches.map(batchText)];
}

/**
 * Recorded decreases that no line of the files shows: legacy at any time, new commerce inside the window of seats bought before. What no line
 * charged cannot be credited.
 */
export function* missingDecreaseCredits(
  chain: SubscriptionChain,
  cycle: BilledCycle,
  invoices: InvoiceOrder,
): Generator<Detection<'decrease'> | Unchecked> {
  const { charge } = cycle;
  if (charge === null || charge.line.heading.isTrial || hasCancellationCredit(cycle)) return;
  const { refunds, others } = adjustmentsOf(cycle);
  const credited = sum(refunds.map((one) => one.line.amount));
  for (const event of cycle.looseEvents) {
    const given = event.kind === 'remove-seats' ? recordedDecrease(cycle, event) : null;
    if (given === null || !isPaidOn(chain, charge, event.day) || isDecreaseShown(cycle, event.day)) continue;
    const open = openSeats(chain, event);
    const seats = open === null ? given.charged : Decimal.min(given.charged, open.seats);
    if (seats.isZero()) continue;
    const figures = creditFigures(charge, cycle, seats, event.day);
    const amount = figures?.amount ?? null;
    if (figures === null || amount === null) {
      yield { unchecked: 'full-price-unknown', line: charge };
      continue;
    }
    if (amount.isZero() || isAnswered(chain, cycle, event.day, amount)) continue;
    const next = invoices.nextAfter(chain, event.day);
    if (next.invoice === null) {
      yield nextInvoiceMissing(next, charge);
      continue;
    }
    const basis = creditBasis(charge);
    const readings = seatsWithinADay(chain, cycle, charge, { day: event.day, second: event.second, seats });
    yield {
      message: 'decrease',
      values: {
        seats: seats.toString(),
        day: isoDay(event.day),
        due: money(charge, amount),
        credited: refunds.length === 0 ? 'never credited' : `only ${money(charge, credited.abs())} was refunded`,
      },
      evidence: evidenceOf(charge, increasesTaken(cycle, event.day, seats, open), refunds),
      isAboutAudited: next.isAudited,
      happenedOn: event.day,
      restsOn: cycle.lines,
      severity: open?.isCertain === false ? 'warning' : 'error',
      amounts: {
        billed: credited,
        expected: amount.negated(),
        ...bandOfCredit(readings === null ? figures : { ...figures, highest: Decimal.max(figures.highest, readings.lenient) }),
      },
      figure: figures.figure,
      working: [
        ...recordedText(event, given),
        ...windowTexts(open),
        ...figures.steps,
        ...(readings === null ? [] : [readings.working]),
        ...takenAsEmptyTexts(next),
        ...refunds.map((one) => `refunded: ${one.line.chargeType} ${money(one, one.line.amount)}`),
        ...others.map(ofAnotherKind),
      ],
      confidence: open?.isCertain === false ? 'possible' : 'likely',
      nextAction: 'Open a billing ticket for the credit; send the confirmation of the seat decrease.',
      citations: [UNUSED_DAYS_CREDITED, ...basis.citations],
      parametersUsed: [
        ...(open?.parametersUsed ?? []),
        ...(readings?.parametersUsed ?? []),
        ...basis.parametersUsed,
        ...arrearsUses(charge, event.day),
      ],
    };
  }
}

function recordedText(event: PartnerEvent, { seats, charged, unbilled }: RecordedDecrease): readonly string[] {
  return [
    `in force after ${isoDay(event.day)} by the partner’s own record: ${event.quantity?.toString() ?? '?'} licences, ${seats.toString()} fewer than before`,
    ...(unbilled.length === 0 ? [] : [`charged by a line of the cycle: ${charged.toString()} of them, the others by none`]),
  ];
}

type Lines = readonly AuditedLine[];

function evidenceOf(charge: AuditedLine, increases: Lines, refunds: Lines): Detection<'decrease'>['evidence'] {
  return [
    { line: charge, label: 'charge of the cycle' },
    ...increases.map((line) => ({ line, label: 'seat change that billed them' })),
    ...refunds.map((line) => ({ line, label: 'refund' })),
  ];
}
