import type { Detection } from '../domain/findings/finding.ts';
import { isoDay } from '../domain/calendar/days.ts';
import { Decimal, sum, ZERO } from '../domain/numbers/money.ts';
import type { AuditedUsageLine, UsageDay } from '../domain/charges/subjects.ts';
import { usageRate } from '../domain/charges/usage-charge.ts';
import { money } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

const ONE = new Decimal(1);

/** Usage that could have earned the partner's credit and did not, while the same customer's other usage of the day did. */
export const partnerEarnedCreditMissing = defineRule({
  code: 'AR09',
  name: 'partner-earned-credit-missing',
  title: 'Azure usage without the earned credit of the same day',
  scope: 'usage-day',
  severity: 'warning',
  citations: [
    cite(
      'earned-credit-explanation',
      'The credit is earned day by day and shows as an EffectiveUnitPrice below UnitPrice; reservations, savings plans, Spot machines, third-party and marketplace products earn none.',
    ),
    cite(
      'earned-credit-troubleshooting',
      'A row whose EffectiveUnitPrice equals its UnitPrice carries no credit: access of an eligible role was missing.',
    ),
  ],
  docs: {
    checks:
      'Daily usage rows of the Azure plan whose EffectiveUnitPrice equals their UnitPrice, while other eligible rows of the same customer and day carry the credit, or while the row itself states one. Rows covered by a reservation or savings plan, Spot machines, third-party products and customer credits earn none and are left out.',
    why: 'The credit is 15 per cent of the price and is decided each day by the access that the partner holds. Access lost on one Azure subscription of a customer is easily overlooked.',
    example:
      'On 14 October a customer’s virtual machines carry 15 per cent; the storage of another Azure subscription is billed 20.00 at the full price, where 17.00 would be due.',
    remedy:
      'Look up who held access to the Azure subscription on that day. Where access was there, open a ticket with the role assignments as proof.',
  },
  messages: {
    'others-carry':
      '{rows} of {day} at the full price, {billed}; {carriers} of the same customer and day carry {percent} per cent of earned credit',
    'stated-not-given': '{rows} of {day} state an earned credit of {percent} per cent and are billed at the full price, {billed}',
  },
  *check(subject) {
    const stated = new Map<string, AuditedUsageLine[]>();
    const silent = new Map<string, AuditedUsageLine[]>();
    for (const one of subject.without) {
      const { earnedCredit, heading, standing } = one.line;
      if (earnedCredit === null) yield { unchecked: 'earned-credit-not-given', line: one };
      else if (heading.customerId === '') yield { unchecked: 'customer-unknown', line: one };
      else if (standing === 'unknown') yield { unchecked: 'publisher-unknown', line: one };
      else {
        const place = `${heading.subscriptionId} ${heading.internalSubscriptionId}`.toLowerCase();
        if (earnedCredit.isZero()) silent.set(place, [...(silent.get(place) ?? []), one]);
        else stated.set(`${place} ${earnedCredit.toString()}`, [...(stated.get(`${place} ${earnedCredit.toString()}`) ?? []), one]);
      }
    }
    for (const rows of stated.values()) yield detection(subject, rows, 'stated-not-given', rows[0]?.line.earnedCredit ?? ZERO);
    if (subject.carrier === null) return;
    for (const rows of silent.values()) yield detection(subject, rows, 'others-carry', subject.carrier.percent);
  },
});

/** One finding a day and Azure subscription: access is granted there, and one ticket asks for all its rows. */
function detection<M extends 'others-carry' | 'stated-not-given'>(
  { day, carrier }: UsageDay,
  rows: readonly AuditedUsageLine[],
  message: M,
  percent: Decimal,
): Detection<M> {
  const [first] = rows;
  const share = ONE.minus(percent.div(100));
  const billed = sum(rows.map(({ line }) => line.amount));
  const expected = sum(rows.map(({ line }) => creditedAmount(line, share)));
  const evidence = rows.map((line) => ({ line, label: 'without credit' }));
  const beside = message === 'others-carry' && carrier !== null ? [{ line: carrier.one, label: 'with credit' }] : [];
  return {
    message,
    values: {
      rows: rows.length === 1 ? 'a usage row' : `${rows.length} usage rows`,
      day: isoDay(day),
      billed: first === undefined ? '' : money(first, billed),
      carriers: carrier === null ? '' : carrier.rows === 1 ? 'another row' : `${carrier.rows} other rows`,
      percent: percent.toString(),
    },
    evidence: [...evidence, ...beside],
    amounts: { billed, expected },
    working: [
      `billed: Σ BillingPreTaxTotal of ${rows.length === 1 ? 'the row' : `the ${rows.length} rows`} without credit = ${billed.toString()}`,
      `expected: Σ EffectiveUnitPrice × (1 − ${percent.toString()} %) × Quantity × rate = ${expected.toString()}`,
      message === 'others-carry'
        ? `${percent.toString()} per cent is what most eligible rows of the customer carry on ${isoDay(day)}`
        : 'the rows state the credit themselves',
    ],
    confidence: message === 'others-carry' ? 'possible' : 'likely',
    nextAction:
      'Check which eligible role was held on the Azure subscription that day; where one was, open a billing ticket with the role assignments.',
  };
}

/** What the row would cost with the credit, in the decimals of its own total or two more. */
function creditedAmount(line: AuditedUsageLine['line'], share: Decimal): Decimal {
  const price = line.effectiveUnitPrice ?? ZERO;
  const exact = price
    .times(share)
    .times(line.quantity)
    .times(usageRate(line) ?? ONE);
  return exact.toDecimalPlaces(Math.max(line.amountDigits, 2), Decimal.ROUND_DOWN);
}
