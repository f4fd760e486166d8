import { cycleDays } from '../../domain/calendar/cycles.ts';
import { isoDay } from '../../domain/calendar/days.ts';
import { invariant } from '../../domain/invariant.ts';
import { Decimal, formatMoney, ZERO } from '../../domain/numbers/money.ts';
import {
  daysLeft,
  feeOn,
  futurePayments,
  isPaidInParts,
  paymentsAfter,
  refundsOf,
  refundSteps,
  type RefundRounding,
} from '../../domain/reservations/reservation-refund.ts';
import { periodText, shown } from '../../domain/proration/working.ts';
import { useOf, valueOn, type DatedValue } from '../../policy/parameter.ts';
import { reservationRefundLimit, type RefundLimit } from '../../policy/parameters/reservation-limit.ts';
import { exchangeTerms, type RemainingTexts } from '../../policy/reservations/reservation-exchange-terms.ts';
import { EXAMPLE_READING } from '../../policy/reservations/reservation-limit-use.ts';
import { refundTermsOn, type RefundTerms } from '../../policy/reservations/reservation-terms.ts';
import { optionInvalid } from '../option-invalid.ts';
import { factsAt, type ReservationQuestion } from './reservation-question.ts';

const NOT_ROUNDED: RefundRounding = 'half-up';

/** A return worked out; money in the billing currency. */
export interface WorkedReturn {
  readonly question: ReservationQuestion;
  readonly terms: RefundTerms;
  readonly days: number;
  readonly whole: number;
  readonly price: Decimal;
  readonly prorated: ReadonlyMap<RefundRounding, Decimal>;
  /** What comes back in practice, and what would with the stated fee; by the published table, and where use is not told as if it was used. */
  readonly refund: Decimal;
  readonly unusedRefund: Decimal | null;
  readonly statedFee: Decimal;
  readonly paymentsLeft: number;
  /** In the pricing currency. */
  readonly future: Decimal;
  readonly commitment: Decimal;
  /** The same by the published example: where the term is paid in parts, the later payments alone. */
  readonly commitmentByExample: Decimal;
  readonly limit: (DatedValue<RefundLimit> & { readonly value: RefundLimit }) | null;
}

export function workOut(question: ReservationQuestion): WorkedReturn {
  const { purchaseDay, returnDay, period, term, used } = question;
  const terms = refundTermsOn(purchaseDay, returnDay, []);
  if (terms === null)
    throw optionInvalid(
      `No text of the policy is known for a return on ${isoDay(returnDay)}.`,
      'A day for which csp-recon rules lists the reservation figures.',
      'Name a later --returned.',
    );
  const isEarly = terms.place === 'first-days' || terms.place === 'boundary';
  const { currentPrice } = question;
  const price = terms.isLowerPriceUsed && currentPrice !== null ? Decimal.min(question.price, currentPrice) : question.price;
  const facts = factsAt(question, price);
  const days = daysLeft(facts);
  const whole = cycleDays(period);
  const prorated = refundsOf(facts, days);
  const full = refundsOf(facts, whole).get(NOT_ROUNDED) ?? ZERO;
  const partial = prorated.get(NOT_ROUNDED) ?? ZERO;
  const isFull = isEarly && used === 'no';
  const paymentsLeft = paymentsAfter(period, term) ?? 0;
  const future = futurePayments({ price: question.price, quantity: question.quantity }, paymentsLeft);
  const paid = price.times(question.quantity);
  const refundInPricing = isFull ? paid : paid.times(days).div(whole);
  return {
    question,
    terms,
    days,
    whole,
    price,
    prorated,
    refund: isFull ? full : partial,
    unusedRefund: isEarly && used === 'unknown' ? full : null,
    statedFee: isEarly ? ZERO : feeOn(partial, terms.statedFee ?? ZERO, facts.digits),
    paymentsLeft,
    future,
    commitmentByExample: isPaidInParts(period, term) ? future : refundInPricing,
    commitment: refundInPricing.plus(future),
    limit: valueOn(reservationRefundLimit, returnDay, []),
  };
}

/** The objects that `--json` prints; money as decimal strings, refunds as magnitudes. */
export function returnJson(worked: WorkedReturn): unknown {
  const { question, terms } = worked;
  const billing = (amount: Decimal): string => formatMoney(amount, question.currency);
  const pricing = (amount: Decimal): string => formatMoney(cents(amount), question.pricingCurrency);
  const exchange = exchangeTerms(question, question.returnDay, [], remainingTexts(worked));
  return {
    kind: 'reservation',
    currency: question.currency,
    pricingCurrency: question.pricingCurrency,
    price: worked.price.toString(),
    quantity: question.quantity.toString(),
    exchangeRate: question.rate.toString(),
    plan: question.plan,
    used: question.used,
    purchased: isoDay(question.purchaseDay),
    returned: isoDay(question.returnDay),
    term: { firstDay: isoDay(question.term.firstDay), lastDay: isoDay(question.term.lastDay) },
    payment: { firstDay: isoDay(question.period.firstDay), lastDay: isoDay(question.period.lastDay) },
    daysSincePurchase: terms.daysSince,
    daysRefunded: worked.days,
    days: worked.whole,
    place: terms.place,
    refund: billing(worked.refund),
    refundIfUnused: worked.unusedRefund === null ? null : billing(worked.unusedRefund),
    statedFee: billing(worked.statedFee),
    withStatedFee: billing(worked.refund.minus(worked.statedFee)),
    prorated: Object.fromEntries([...worked.prorated].map(([name, amount]) => [name, billing(amount)])),
    paymentsLeft: worked.paymentsLeft,
    futurePayments: pricing(worked.future),
    cancelledCommitment: pricing(worked.commitment),
    cancelledCommitmentByExample: pricing(worked.commitmentByExample),
    countsAgainstLimit:
      worked.limit === null
        ? null
        : {
            measure: worked.limit.value.measure,
            amount: pricing(counted(worked)),
            byExample: pricing(countedByExample(worked)),
            reading: hasReadings(worked) ? EXAMPLE_READING : null,
          },
    working: [...terms.working, ...exchange.working],
    parametersUsed: [
      ...terms.parametersUsed,
      ...terms.statedFeeUsed,
      ...(worked.limit === null ? [] : [useOf(reservationRefundLimit, worked.limit)]),
      ...exchange.used,
    ],
  };
}

/** The same for people, step by step. */
export function returnText(worked: WorkedReturn): string {
  const { question, terms, limit } = worked;
  const money = (amount: Decimal): string => `${formatMoney(amount, question.currency)} ${question.currency}`;
  const pricing = (amount: Decimal): string => `${formatMoney(cents(amount), question.pricingCurrency)} ${question.pricingCurrency}`;
  const facts = factsAt(question, worked.price);
  const exchange = exchangeTerms(question, question.returnDay, [], remainingTexts(worked));
  return [
    `reservation bought on ${isoDay(question.purchaseDay)}, returned on ${isoDay(question.returnDay)}`,
    '',
    `  price P        ${shown(worked.price)} ${question.pricingCurrency} a unit, ${question.plan === 'upfront' ? 'for the whole term' : 'for a month'}${priceNote(worked)}`,
    `  quantity Q     ${question.quantity.toString()}`,
    `  term           ${periodText(question.term)}, ${cycleDays(question.term)} days, both ends included, UTC`,
    ...(question.plan === 'upfront' ? [] : [`  running month  ${periodText(question.period)}`]),
    `  days refunded  d = ${worked.days} of D = ${worked.whole}, from ${isoDay(question.returnDay)} on, that day among them`,
    '',
    'The published table',
    ...terms.working.map((line) => `  ${line}`),
    '',
    'Prorated (no source says how a refund is rounded: each of these is right)',
    ...[...worked.prorated].map(([name, amount]) => `  ${name.padEnd(16)}${money(amount)}  ${refundSteps(facts, worked.days, name)}`),
    '',
    'What comes back',
    ...(worked.unusedRefund === null
      ? [`  ${money(worked.refund)}`]
      : [`  ${money(worked.unusedRefund)} if it was not used`, `  ${money(worked.refund)} if it was used`]),
    `  ${money(worked.refund.minus(worked.statedFee))} with the stated fee of ${money(worked.statedFee)}`,
    ...(worked.paymentsLeft === 0 ? [] : [`  ${worked.paymentsLeft} later payments fall away: ${pricing(worked.future)}`]),
    '',
    'Limit and exchange',
    ...(limit === null
      ? []
      : [
          `  counts ${pricing(counted(worked))} against the customer’s limit: ${reservationRefundLimit.show(limit.value)}; beyond it a refund is refused`,
          `    source: ${limit.citation.title}`,
          ...(hasReadings(worked)
            ? [
                `  by the other reading ${pricing(countedByExample(worked))}: ${EXAMPLE_READING}`,
                `    source: ${exampleSource().citation.title}`,
              ]
            : []),
          ...(question.pricingCurrency === 'USD'
            ? []
            : ['  the limit is one of US dollars: convert it, for the pricing currency is another']),
        ]),
    `  remaining commitment: ${pricing(worked.commitment)}`,
    ...exchange.working.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** Whether the words of the policy and its published example count two figures. */
function hasReadings(worked: WorkedReturn): boolean {
  return !counted(worked).eq(countedByExample(worked));
}

function countedByExample(worked: WorkedReturn): Decimal {
  return worked.limit?.value.measure === 'refund' ? counted(worked) : worked.commitmentByExample;
}

/** The first text with the example. */
function exampleSource(): DatedValue<RefundLimit> {
  const found = reservationRefundLimit.values.find(({ value }) => value?.measure === 'commitment');
  invariant(found !== undefined, 'a text has the example');
  return found;
}

function counted({ limit, commitment, future }: WorkedReturn): Decimal {
  return limit?.value.measure === 'refund' ? commitment.minus(future) : commitment;
}

function remainingTexts({ question, commitment, commitmentByExample }: WorkedReturn): RemainingTexts | null {
  if (question.plan === 'upfront') return null;
  const pricing = (amount: Decimal): string => `${formatMoney(cents(amount), question.pricingCurrency)} ${question.pricingCurrency}`;
  return { byWords: pricing(commitment), byExample: pricing(commitmentByExample) };
}

function priceNote({ question, terms }: WorkedReturn): string {
  if (!terms.isLowerPriceUsed) return '';
  if (question.currentPrice === null) return '; the current price would count where it is lower: name it with --current-price';
  return `, the lower of ${question.price.toString()} paid and ${question.currentPrice.toString()} now`;
}

function cents(amount: Decimal): Decimal {
  return amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}
