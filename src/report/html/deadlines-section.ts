import { dayFromIso, dayOfMonth, daysInMonth, isoDay, type Day } from '../../domain/calendar/days.ts';
import { deadlinesOf, type Deadline } from '../../domain/findings/deadlines.ts';
import { invariant } from '../../domain/invariant.ts';
import type { Report } from '../../domain/findings/report.ts';
import { markup, type SafeHtml } from './safe-html.ts';
import { amountHtml, counted, nameHtml, subjectName } from './words.ts';

const MOST_LISTED = 40;
const MOST_MONTHS = 6;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** The deadline calendar: the months with what expires on each day, and the list beside them. */
export function deadlinesSection(report: Report): SafeHtml {
  const deadlines = deadlinesOf(report);
  if (deadlines.length === 0) return markup``;
  const byDay = new Map<string, Deadline[]>();
  for (const one of deadlines) byDay.set(one.deadline, [...(byDay.get(one.deadline) ?? []), one]);
  const months = [...new Set([...byDay.keys()].map((day) => day.slice(0, 7)))];
  const listed = deadlines.slice(0, MOST_LISTED);
  const days = new Set(listed.map(({ deadline }) => deadline));
  const notShown = months.length - MOST_MONTHS;
  const notListed = deadlines.length - listed.length;
  return markup`<section id="deadlines" aria-labelledby="deadlines-title">
    <h2 id="deadlines-title">Deadlines</h2>
    <p class="note">The last day on which something can still be cancelled or claimed, or is to be paid, UTC. The day itself is in time.</p>
    <div class="deadlines">
      <div class="months">
        ${months.slice(0, MOST_MONTHS).map((month) => monthTable(month, byDay, days, report.asOf))}
        ${notShown > 0 ? markup`<p class="note">${counted(notShown, 'later month')} with deadlines ${notShown === 1 ? 'is' : 'are'} not drawn.</p>` : ''}
      </div>
      <div class="agenda">
        ${deadlineList(listed, true)}
        ${notListed > 0 ? markup`<p class="note">${counted(notListed, 'later deadline')} not listed here: sort the findings below by deadline.</p>` : ''}
      </div>
    </div>
  </section>`;
}

/** The place of the weekday, Monday first: day 0 of the calendar, 1970-01-01, was a Thursday. */
function weekdayOf(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

function monthTable(month: string, byDay: ReadonlyMap<string, readonly Deadline[]>, listed: ReadonlySet<string>, asOf: string): SafeHtml {
  const first = dayFromIso(`${month}-01`);
  invariant(first !== null, 'a deadline is a day of the calendar');
  const days = Array.from({ length: daysInMonth(first) }, (_, index) => isoDay((first + index) as Day));
  const cells: (string | null)[] = [...Array.from({ length: weekdayOf(first) }, () => null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  const weeks = Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
  return markup`<table class="month">
    <caption>
      ${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}
    </caption>
    <thead>
      <tr>
        ${WEEKDAYS.map((name) => markup`<th scope="col" abbr="${name}"><span aria-hidden="true">${name.slice(0, 1)}</span><span class="unseen">${name}</span></th>`)}
      </tr>
    </thead>
    <tbody>
      ${weeks.map(
        (week) =>
          markup`<tr>
            ${week.map((day) => (day === null ? markup`<td></td>` : dayCell(day, byDay.get(day) ?? [], listed.has(day), asOf)))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function dayCell(iso: string, due: readonly Deadline[], isListed: boolean, asOf: string): SafeHtml {
  const day = dayFromIso(iso);
  invariant(day !== null, 'a cell of a month is a day');
  const number = String(dayOfMonth(day));
  const today = iso === asOf ? markup`<span class="unseen"> (as-of day)</span>` : '';
  const kind = iso === asOf ? 'today' : '';
  if (due.length === 0) return markup`<td class="${kind}">${number}${today}</td>`;
  const what = markup`${number}${today}<span class="due-count" aria-hidden="true">${due.length === 1 ? '' : String(due.length)}</span
    ><span class="unseen">: ${counted(due.length, 'deadline')}</span>`;
  return markup`<td class="due ${kind}">${isListed ? markup`<a href="#day-${iso}">${what}</a>` : what}</td>`;
}

function leftText(daysLeft: number): string {
  return daysLeft === 0 ? 'today' : `in ${counted(daysLeft, 'day')}`;
}

/** Deadlines with their money, each leading to its finding; a claim that only the register has leads nowhere. `isTarget` marks the first of each day, to which the calendar leads. */
export function deadlineList(deadlines: readonly Deadline[], isTarget = false): SafeHtml {
  return markup`<ol class="dues">
    ${deadlines.map(({ subject, isListed, isAmountKnown, purpose, deadline, daysLeft, amount, costPerDay }, index) => {
      const isFirst = isTarget && deadlines[index - 1]?.deadline !== deadline;
      const cost = costPerDay === null ? '' : markup` <small>each further day costs ${amountHtml(costPerDay, subject.currency)}</small>`;
      const due = markup`<span class="when"><time datetime="${deadline}">${deadline}</time> <small>${leftText(daysLeft)}</small></span>
<span class="sum">${purpose === 'pay' ? markup`<small class="pay">to pay</small> ` : ''}${isAmountKnown ? amountHtml(amount, subject.currency) : ''}${cost}</span>
<span class="what"><span class="code">${subject.rule}</span> ${nameHtml(subjectName(subject))} <small>${nameHtml(subject.product)}${isListed ? '' : ' · from the register'}</small></span>`;
      return markup`<li${isFirst ? markup` id="day-${deadline}"` : ''}>${isListed ? markup`<a href="#${subject.fingerprint}">${due}</a>` : markup`<span class="due-line">${due}</span>`}</li>`;
    })}
  </ol>`;
}
