import { isoDay } from '../domain/calendar/days.ts';
import type { Decimal } from '../domain/numbers/money.ts';
import { money } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { judgeReturn } from '../policy/reservations/judge-reservation-return.ts';
import {
  reservationChargedFee,
  reservationFullRefundDays,
  reservationProration,
  reservationRefundPrice,
  reservationStatedFee,
} from '../policy/parameters/reservation-refund.ts';
import { defineRule } from './rule.ts';

export const reservationFeeCharged = defineRule({
  code: 'RS02',
  name: 'reservation-fee-charged',
  title: 'A reservation’s refund is short by the fee that is stated but not charged',
  scope: 'reservation',
  severity: 'warning',
  citations: [cite('compare-offers-2023', 'The 12 % are of the prorated credit, not of the price paid.')],
  parameters: [reservationFullRefundDays, reservationChargedFee, reservationProration, reservationRefundPrice, reservationStatedFee],
  docs: {
    checks:
      'A refund that is short by exactly the fee the texts state, on a day on which it is not being charged: in the first days, or at any time since 13 April 2019. The fee may be taken off the refund or stand beside it as a row of its own.',
    why: 'Twelve percent of a refund is a lot of money for a fee that Microsoft’s own page says is not charged.',
    example: 'Prorated 3,590.00, refunded 3,159.20: short by 430.80, which is 12 %.',
    remedy: 'Ask in a support request on the reservation why the fee was taken; cite the Azure documentation.',
  },
  messages: {
    charged: '{product} returned on {day}: {billed} is refunded, {expected} less {fee}, the stated fee that is not being charged',
  },
  *check(reservation, context) {
    for (const returned of reservation.returns) {
      const judged = judgeReturn(reservation, returned, context.prices);
      if (typeof judged === 'string' || judged.verdict !== 'fee') continue;
      const { terms, payment, facts } = judged;
      const [line] = returned.lines;
      // In the first days a fee may have been taken off the whole amount.
      const isOfFull = terms.place !== 'later' && judged.refunded.gt(judged.prorated.minus(judged.statedFee ?? 0));
      const base: Decimal = isOfFull ? judged.full : judged.prorated;
      const shown = (amount: Decimal): string => money(line ?? payment.one, amount);
      yield {
        message: 'charged',
        values: {
          product: reservation.productName,
          day: isoDay(facts.returnDay),
          billed: shown(returned.amount),
          expected: shown(base.negated()),
          fee: shown(base.minus(judged.refunded)),
        },
        evidence: [
          ...returned.lines.map((one) => ({ line: one, label: one.line.sign < 0 ? 'refund' : 'fee' })),
          { line: payment.one, label: 'payment' },
        ],
        isAboutAudited: returned.lines.some((one) => one.line.isAudited),
        amounts: { billed: returned.amount, expected: base.negated() },
        working: judged.working,
        confidence: 'likely',
        nextAction: 'Ask in a support request on the reservation why the fee was taken off; cite that it is not charged at present.',
        parametersUsed: [...terms.parametersUsed, ...terms.statedFeeUsed],
      };
    }
  },
});
