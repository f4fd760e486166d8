import { formatMoney, type Decimal } from '../../domain/numbers/money.ts';
import { exchangeTerms, type ExchangeTerms } from '../../policy/reservations/reservation-exchange-terms.ts';
import type { WorkedReturn } from './returned-reservation.ts';

/** The rules of exchange on the day of return; what remains has two readings where the term is paid in parts. */
export function exchangeOf({ question, commitment, commitmentByExample }: WorkedReturn): ExchangeTerms {
  const pricing = (amount: Decimal): string => `${formatMoney(amount, question.pricingCurrency)} ${question.pricingCurrency}`;
  const remaining = question.plan === 'upfront' ? null : { byWords: pricing(commitment), byExample: pricing(commitmentByExample) };
  return exchangeTerms(question, question.returnDay, [], remaining);
}
