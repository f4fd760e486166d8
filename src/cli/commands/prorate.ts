import { prorate, PRORATION_KINDS, type ProrationKind } from '../../domain/proration/prorate.ts';
import { cancellationVerdict } from '../../policy/cancellations/cancellation-verdict.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { optionInvalid } from '../option-invalid.ts';
import { chargeQuestion } from '../prorate/charge-question.ts';
import { chargeJson, chargeText, type ProratedCharge } from '../prorate/charge-text.ts';
import { requestableRefund } from '../prorate/requestable-refund.ts';
import { dayOf, type ProrateFlags } from '../prorate/option-values.ts';
import { reservationQuestion } from '../prorate/reservation-question.ts';
import { returnJson } from '../prorate/return-json.ts';
import { returnText } from '../prorate/return-text.ts';
import { workOut } from '../prorate/returned-reservation.ts';

export const PRORATE_KINDS = [...PRORATION_KINDS, 'reservation'] as const;

/** Works one charge or credit out, from the command line alone. */
export function printProration(kind: (typeof PRORATE_KINDS)[number], flags: ProrateFlags, isJson: boolean): ExitCode {
  if (kind === 'reservation') {
    const worked = workOut(reservationQuestion(flags));
    process.stdout.write(isJson ? `${JSON.stringify(returnJson(worked), null, 2)}\n` : returnText(worked));
    return EXIT.clean;
  }
  const charge = proratedCharge(kind, flags);
  process.stdout.write(isJson ? `${JSON.stringify(chargeJson(charge), null, 2)}\n` : chargeText(charge));
  return EXIT.clean;
}

function proratedCharge(kind: ProrationKind, flags: ProrateFlags): ProratedCharge {
  const question = chargeQuestion(flags, kind);
  const answer = prorate(question);
  if (answer === null) {
    throw optionInvalid(
      'A changed billing plan is charged by whole months, and these days are none.',
      'A cycle, and days to its end, of whole months.',
      'Correct --first, --last or --on, or name another --kind.',
    );
  }
  const purchased = dayOf(flags, 'purchased');
  if (purchased !== null && purchased > question.firstDay)
    throw optionInvalid('--purchased lies after the day of the cancellation.', 'The purchase first.', 'Correct --purchased or --on.');
  if (purchased === null) return { question, answer, verdict: null, refund: null };
  const verdict = cancellationVerdict(question.layout, purchased, question.firstDay);
  return { question, answer, verdict, refund: requestableRefund(question, answer, verdict, purchased) };
}
