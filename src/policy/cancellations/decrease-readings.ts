import { isoDay } from '../../domain/calendar/days.ts';
import type { SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { Detection } from '../../domain/findings/finding.ts';
import type { InvoiceOrder } from '../../domain/invoices/invoice-order.ts';
import { money } from '../../domain/proration/working.ts';
import { textOn } from '../later-text.ts';
import { HOURS_OR_DAYS } from '../open-texts.ts';
import { newCommerceFullRefund } from '../parameters/new-commerce-full-refund.ts';
import { openDecreases } from './seats-within-a-day.ts';

/** What the sources leave open of seats given back on the day after they were bought: calendar days, or 24 hours. */
export function* decreaseReadings(chain: SubscriptionChain, invoices: InvoiceOrder): Generator<Detection<'open-decrease'>> {
  for (const { about, at, strict, lenient, working, isRecorded, parametersUsed } of openDecreases(chain)) {
    const carrier = isRecorded ? invoices.nextAfter(chain, at.day) : null;
    const isAboutAudited = about.line.isAudited || (carrier !== null && carrier.invoice !== null && carrier.isAudited);
    if (!isAboutAudited) continue;
    yield {
      message: 'open-decrease',
      values: {
        date: isoDay(at.day),
        strict: money(about, strict),
        lenient: money(about, lenient),
        figure: newCommerceFullRefund.title,
      },
      evidence: [{ line: about, label: 'line' }],
      isAboutAudited,
      amounts: null,
      working: [working],
      confidence: 'possible',
      nextAction: 'Decide with the policy text which reading to argue; both amounts stand in the working.',
      citations: [textOn(HOURS_OR_DAYS, at.day)],
      parametersUsed,
    };
  }
}
