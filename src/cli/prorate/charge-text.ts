import { cycleDays } from '../../domain/calendar/cycles.ts';
import { isoDay } from '../../domain/calendar/days.ts';
import { formatMoney, type Decimal } from '../../domain/numbers/money.ts';
import type { ProrationAnswer, ProrationQuestion } from '../../domain/proration/prorate.ts';
import { periodText, shown } from '../../domain/proration/working.ts';
import type { CancellationVerdict } from '../../policy/cancellations/cancellation-verdict.ts';
import { requestableRefundText, type RequestableRefund } from './requestable-refund.ts';
import { reasonsToDiffer } from './reasons-to-differ.ts';

/** Everything that `prorate` says of a charge, as data. */
export interface ProratedCharge {
  readonly question: ProrationQuestion;
  readonly answer: ProrationAnswer;
  readonly verdict: CancellationVerdict | null;
  /** The rest of the charge, where it can still be requested. */
  readonly refund: RequestableRefund | null;
}

/** The objects that `--json` prints; money as decimal strings. */
export function chargeJson({ question, answer, verdict, refund }: ProratedCharge): unknown {
  const money = (amount: Decimal): string => formatMoney(amount, question.currency);
  return {
    kind: question.kind,
    commerce: question.layout === 'legacy-licence' ? 'legacy' : 'new-commerce',
    currency: question.currency,
    pricingCurrency: question.pricingCurrency,
    price: question.price.toString(),
    quantity: question.quantity.toString(),
    exchangeRate: question.rate.toString(),
    cycle: { firstDay: isoDay(question.cycle.firstDay), lastDay: isoDay(question.cycle.lastDay) },
    billed: { firstDay: isoDay(question.firstDay), lastDay: isoDay(question.lastDay) },
    share: { billed: answer.facts.billed, whole: answer.facts.whole, unit: question.kind === 'plan-change' ? 'months' : 'days' },
    isWholePeriod: answer.isWhole,
    conventions: answer.figures.map((one) => ({
      convention: one.convention,
      formula: one.formula,
      amount: money(one.amount),
      steps: one.steps,
      isPublished: one.isPublished,
    })),
    exact: shown(answer.exact),
    billingOverview: {
      amount: money(answer.overview),
      byCalendarMonth:
        answer.overviewByMonth === null ? null : { days: answer.overviewByMonth.days, amount: money(answer.overviewByMonth.amount) },
    },
    policy:
      verdict === null
        ? null
        : {
            credit: verdict.credit,
            working: [...verdict.working, ...verdict.caveats],
            fullRefundRequest:
              refund === null
                ? null
                : {
                    amount: money(refund.amount),
                    certainUntil: refund.certainUntil,
                    until: refund.until,
                    hasEarlierCycles: refund.hasEarlierCycles,
                    sources: verdict.request?.working ?? [],
                  },
          },
    whyAFileMayDiffer: reasonsToDiffer(question, answer),
  };
}

/** The same for people, step by step. */
export function chargeText(charge: ProratedCharge): string {
  const { question, answer, verdict, refund } = charge;
  const { currency, pricingCurrency } = question;
  const money = (amount: Decimal): string => `${formatMoney(amount, currency)} ${currency}`;
  const unit = question.kind === 'plan-change' ? 'months' : 'days';
  const width = Math.max(...answer.figures.map((one) => one.convention.length));
  const amounts = answer.figures.map((one) => money(one.amount));
  const amountWidth = Math.max(...amounts.map((one) => one.length));
  return [
    `${question.kind} of ${question.layout === 'legacy-licence' ? 'a legacy licence' : 'a new-commerce licence'}, ${periodText(question)}`,
    '',
    `  price P        ${shown(question.price)} ${pricingCurrency} for one licence and one whole cycle`,
    `  quantity Q     ${question.quantity.toString()}`,
    `  cycle          ${periodText(question.cycle)}, ${cycleDays(question.cycle)} days, both ends included, UTC`,
    `  share d/D      ${answer.facts.billed} of ${answer.facts.whole} ${unit}${answer.isWhole ? ': the whole period' : `, ${periodText(question)}`}`,
    ...(question.layout === 'new-commerce'
      ? [`  exchange X     ${question.rate.toString()}${pricingCurrency === currency ? '' : ` ${pricingCurrency} to ${currency}`}`]
      : []),
    '',
    `By every published convention (R half-up, T toward zero, r3 half-up to three decimals${isCredit(question) ? '; a credit mirrors a charge' : ''})`,
    ...answer.figures.flatMap((one, place) => [
      `  ${one.convention.padEnd(width)}  ${(amounts[place] ?? '').padStart(amountWidth)}  ${one.formula}${one.isPublished ? '  (published for this line)' : ''}`,
      `  ${' '.repeat(width)}  ${' '.repeat(amountWidth)}  ${one.steps}`,
    ]),
    `  exact share, before any rounding: ${shown(answer.exact)}`,
    '',
    'The billing overview’s formula, R( R(P·Q/D) · d / Q ) · Q',
    `  with the ${answer.facts.whole} ${unit} of the cycle: ${money(answer.overview)}${question.rate.eq(1) ? '' : ', before the exchange rate'}`,
    ...(answer.overviewByMonth === null
      ? []
      : [`  with the ${answer.overviewByMonth.days} days of the calendar month: ${money(answer.overviewByMonth.amount)}`]),
    ...(verdict === null ? [] : ['', 'What the policy gives back', ...policyLines(verdict, refund, currency).map((line) => `  ${line}`)]),
    '',
    'Why a file may differ',
    ...reasonsToDiffer(question, answer).map((line) => `  - ${line}`),
    '',
  ].join('\n');
}

function policyLines(verdict: CancellationVerdict, refund: RequestableRefund | null, currency: string): readonly string[] {
  const asked = refund === null ? [] : requestableRefundText(refund, currency, verdict.request?.working ?? []);
  return [...verdict.working, ...asked, ...verdict.caveats];
}

function isCredit({ kind }: ProrationQuestion): boolean {
  return kind === 'credit' || kind === 'cancel';
}
