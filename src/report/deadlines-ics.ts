import { writeFile } from 'node:fs/promises';
import ical, { ICalAlarmType, ICalCalendarMethod } from 'ical-generator';
import { deadlinesOf } from '../domain/findings/deadlines.ts';
import type { Report } from '../domain/findings/report.ts';
import { aboutText } from './finding-text.ts';
import { visibleLine } from './visible-text.ts';

const DAYS_OF_WARNING = 3;

/** The deadlines as a calendar: one all-day event a claim or payment with a stable UID, an alarm three days before, or on the next day where it is nearer. The only clock in it is the as-of date. */
export function deadlinesCalendar(report: Report): string {
  const asOf = utc(report.asOf);
  const calendar = ical({
    name: 'csp-recon deadlines',
    prodId: { company: 'csp-recon', product: 'csp-recon', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const { subject, purpose, deadline, amount, isAmountKnown, costPerDay, daysLeft } of deadlinesOf(report)) {
    const event = calendar.createEvent({
      id: `${subject.fingerprint}@csp-recon`,
      stamp: asOf,
      start: utc(deadline),
      allDay: true,
      summary: visibleLine(
        purpose === 'pay'
          ? `${subject.rule} ${aboutText(subject)}: pay ${amount} ${subject.currency} by ${deadline}`
          : `${subject.rule} ${subject.customerName}${isAmountKnown ? `: ${amount} ${subject.currency}` : ''} until ${deadline}`,
      ),
      description: [
        subject.message,
        ...(subject.product === '' ? [] : [`Product: ${subject.product}`]),
        ...(subject.subscriptionId === '' ? [] : [`Subscription: ${subject.subscriptionId}`]),
        `${purpose === 'pay' ? 'To pay' : 'Amount'}: ${isAmountKnown ? `${amount} ${subject.currency}` : 'not known'}${costPerDay === null ? '' : `, each further day costs ${costPerDay} ${subject.currency}`}`,
        `Next: ${subject.nextAction}`,
        `Finding: ${subject.fingerprint}`,
      ]
        .map(visibleLine)
        .join('\n'),
    });
    event.createAlarm({
      type: ICalAlarmType.display,
      // An alarm on or before the day of the report would be past when the calendar is opened.
      triggerBefore: Math.max(0, Math.min(DAYS_OF_WARNING, daysLeft - 1)) * 86_400,
      description: `${subject.rule} deadline ${deadline}`,
    });
  }
  return `${calendar.toString()}\r\n`;
}

/** Days go to the calendar library as midnight UTC. */
function utc(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

export async function writeDeadlinesIcs(path: string, report: Report): Promise<void> {
  await writeFile(path, deadlinesCalendar(report));
}
