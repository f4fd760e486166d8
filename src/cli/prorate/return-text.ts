import { cycleDays } from '../../domain/calendar/cycles.ts';
import { isoDay } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { invariant } from '../../domain/invariant.ts';
import { formatMoney, type Decimal } from '../../domain/numbers/money.ts';
import { refundSteps, unitsText } from '../../domain/reservations/reservation-refund.ts';
import { periodText, shown } from '../../domain/proration/working.ts';
import { useOf, type DatedValue } from '../../policy/parameter.ts';
import { reservationRefundLimit, type RefundLimit } from '../../policy/parameters/reservation-limit.ts';
import { reservationProration, reservationRefundPrice } from '../../policy/parameters/reservation-refund.ts';
import { EXAMPLE_READING } from '../../policy/reservations/reservation-limit-use.ts';
import { factsAt } from './reservation-question.ts';
import { exchangeOf } from './return-exchange.ts';
import { hasReadings, JUDGING, type CountedReturn, type WorkedReturn } from './returned-reservation.ts';

/** A return worked out for people: every figure with its formula in numbers, and below it the clause that it rests on, its date and its source. */
export function returnText(worked: WorkedReturn): string {
  return [
    `reservation bought on ${isoDay(worked.question.purchaseDay)}, returned on ${isoDay(worked.question.returnDay)}`,
    '',
    ...factLines(worked),
    '',
    'The published table',
    ...worked.terms.working.map((line) => `  ${line}`),
    ...sourcesOf(tableUses(worked)),
    '',
    `Prorated (no source says how a refund is rounded: each of these is right; ${JUDGING} is what an audit prints)`,
    ...proratedLines(worked),
    '',
    'What comes back',
    ...refundLines(worked),
    '',
    'Limit and exchange',
    ...(worked.limit === null ? ['  no limit is known for that day'] : limitLines(worked, worked.limit)),
    ...exchangeLines(worked),
    '',
  ].join('\n');
}

/** A figure's clause, the day since which it holds, and where it stands. */
function sourcesOf(uses: readonly ParameterUse[]): readonly string[] {
  return uses.flatMap(({ id, since, value, citation }) => [
    `    ${id}, since ${since}: ${value}`,
    `      source: ${citation.title}: ${citation.clause}`,
  ]);
}

/** The figures for the price and the days stand below those; the rest is about the table. */
function tableUses({ terms }: WorkedReturn): readonly ParameterUse[] {
  const elsewhere = new Set([reservationProration.id, reservationRefundPrice.id]);
  return [...terms.parametersUsed.filter(({ id }) => !elsewhere.has(id)), ...terms.statedFeeUsed];
}

function usesOf({ terms }: WorkedReturn, id: string): readonly ParameterUse[] {
  return terms.parametersUsed.filter((one) => one.id === id);
}

function inBilling({ question }: WorkedReturn): (amount: Decimal) => string {
  return (amount) => `${formatMoney(amount, question.currency)} ${question.currency}`;
}

function inPricing({ question }: WorkedReturn): (amount: Decimal) => string {
  return (amount) => `${formatMoney(amount, question.pricingCurrency)} ${question.pricingCurrency}`;
}

function factLines(worked: WorkedReturn): readonly string[] {
  const { question, days, whole } = worked;
  const { plan, term, period, returnDay, pricingCurrency } = question;
  return [
    `  price P        ${shown(worked.price)} ${pricingCurrency} a unit, ${plan === 'upfront' ? 'for the whole term' : 'for a month'}${priceNote(worked)}`,
    ...sourcesOf(usesOf(worked, reservationRefundPrice.id)),
    `  quantity Q     ${question.quantity.toString()}`,
    ...(pricingCurrency === question.currency
      ? []
      : [`  rate X         ${question.rate.toString()} ${pricingCurrency} to ${question.currency}`]),
    `  term           ${periodText(term)}, ${cycleDays(term)} days, both ends included, UTC`,
    ...(plan === 'upfront' ? [] : [`  running month  ${periodText(period)}`]),
    `  days refunded  d = ${days} of D = ${whole}, from ${isoDay(returnDay)} to ${isoDay(period.lastDay)}, both among them`,
    ...sourcesOf(usesOf(worked, reservationProration.id)),
  ];
}

function priceNote({ question, terms }: WorkedReturn): string {
  if (!terms.isLowerPriceUsed) return '';
  if (question.currentPrice === null) return '; the current price would count where it is lower: name it with --current-price';
  return `, the lower of ${question.price.toString()} paid and ${question.currentPrice.toString()} now`;
}

function proratedLines(worked: WorkedReturn): readonly string[] {
  const facts = factsAt(worked.question, worked.price);
  const money = inBilling(worked);
  return [...worked.prorated].map(([name, amount]) => `  ${name.padEnd(16)}${money(amount)}  ${refundSteps(facts, worked.days, name)}`);
}

function refundLines(worked: WorkedReturn): readonly string[] {
  const { question, terms, refund, unusedRefund, statedFee, whole, days } = worked;
  const money = inBilling(worked);
  const facts = factsAt(question, worked.price);
  const isFull = (terms.place === 'first-days' || terms.place === 'boundary') && question.used === 'no';
  const steps = (of: number): string => refundSteps(facts, of, JUDGING);
  const share = terms.statedFee;
  return [
    ...(unusedRefund === null
      ? [`  ${money(refund)}  ${steps(isFull ? whole : days)}`]
      : [`  ${money(unusedRefund)} if it was not used  ${steps(whole)}`, `  ${money(refund)} if it was used  ${steps(days)}`]),
    ...(statedFee.isZero() || share === null
      ? [`  ${terms.place === 'later' ? 'no fee is stated' : 'no fee in the first days'}`]
      : [
          `  ${money(refund.minus(statedFee))} with the stated fee: R(${money(refund)} × ${share.toString()}) = ${money(statedFee)}; ${money(refund)} − ${money(statedFee)}`,
        ]),
    ...(worked.paymentsLeft === 0
      ? []
      : [
          `  ${worked.paymentsLeft} later ${worked.paymentsLeft === 1 ? 'payment falls' : 'payments fall'} away: ${worked.paymentsLeft} × ${inPricing(worked)(worked.payment)} = ${inPricing(worked)(worked.future)}`,
        ]),
  ];
}

function limitLines(worked: WorkedReturn, limit: CountedReturn): readonly string[] {
  const { dated, amount, byExample, ifUnused } = limit;
  const pricing = inPricing(worked);
  const isCommitment = dated.value.measure === 'commitment';
  const sum = isCommitment && worked.paymentsLeft > 0 ? ` (${pricing(worked.refundInPricing)} + ${pricing(worked.future)})` : '';
  return [
    `  counts ${pricing(amount)} against the customer’s limit${sum}: ${reservationRefundLimit.show(dated.value)}; beyond it a refund is refused`,
    ...sourcesOf([useOf(reservationRefundLimit, dated)]),
    ...(ifUnused === null ? [] : [`  if it was not used it counts ${pricing(ifUnused)}`]),
    ...(hasReadings(limit)
      ? [
          `  by the other reading ${pricing(byExample)}: ${EXAMPLE_READING}`,
          ...(exampleSource().since === dated.since
            ? []
            : [`      source: ${exampleSource().citation.title}: ${exampleSource().citation.clause}`]),
        ]
      : []),
    ...standingLines(worked, limit),
  ];
}

/** What this return alone does to the limit; earlier returns of the customer are not known here. */
function standingLines(worked: WorkedReturn, { dated, byExample, standing }: CountedReturn): readonly string[] {
  const pricing = inPricing(worked);
  if (standing === null) return ['  the limit is one of US dollars: convert it, for the pricing currency is another'];
  const { room, over, mostUnits } = standing;
  const after = 'if nothing else of this customer counts; an audit (RS03, RS04) knows the other returns';
  if (over.isZero()) return [`  inside the limit: ${pricing(room)} are left ${after}`];
  const isInsideByExample = byExample.lte(dated.value.dollars);
  return [
    `  over the limit by ${pricing(over)}: a return of all units is refused, not cut; return at most ${unitsText(mostUnits)} ${after}`,
    ...(isInsideByExample ? ['  by the other reading it is inside the limit'] : []),
  ];
}

/** The first text with the example. */
function exampleSource(): DatedValue<RefundLimit> {
  const found = reservationRefundLimit.values.find(({ value }) => value?.measure === 'commitment');
  invariant(found !== undefined, 'a text has the example');
  return found;
}

function exchangeLines(worked: WorkedReturn): readonly string[] {
  const exchange = exchangeOf(worked);
  const pricing = inPricing(worked);
  const sum = worked.paymentsLeft === 0 ? '' : ` = ${pricing(worked.refundInPricing)} + ${pricing(worked.future)}`;
  return [
    `  remaining commitment: ${pricing(worked.commitment)}${sum}`,
    ...exchange.working.map((line) => `  ${line}`),
    ...sourcesOf(exchange.used),
  ];
}
