import type { Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import { useOf, valueOn, type Dated } from '../parameter.ts';
import { europeanCurrencies, newCommerceBillingCurrency, type BillingCurrency } from '../parameters/billing-currency.ts';

/** What an invoice may be billed in on a day, with the figures that say so. */
export interface CurrenciesDue {
  readonly currencies: ReadonlySet<string>;
  /** Whether a text of the day states it; else it is taken from a later one. */
  readonly isStated: boolean;
  readonly parametersUsed: readonly ParameterUse[];
}

/** `no-policy` before the first known text; `other-region` where no source at hand tells the currency of the partner's country. */
export type CurrenciesOpen = 'no-policy' | 'other-region' | 'customer-country';

interface Asked {
  /** Two letters. */
  readonly partnerCountry: string;
  readonly customerCountries: readonly string[];
  readonly ownTerms: readonly OwnTerm[];
}

/** The currencies that a new-commerce invoice may be billed in, by region and date; the reason where that is not known. */
export function currenciesDueOn(day: Day, { partnerCountry, customerCountries, ownTerms }: Asked): CurrenciesDue | CurrenciesOpen {
  const policy = valueOn(newCommerceBillingCurrency, day, ownTerms);
  const europe = valueOn(europeanCurrencies, day, ownTerms);
  if (policy === null || europe === null) return 'no-policy';
  const own = europe.value[partnerCountry];
  // Outside of Europe the currency is that of the partner's location at all times, and no source at hand names it.
  if (own === undefined) return 'other-region';
  const parametersUsed = [useOf(newCommerceBillingCurrency, policy), useOf(europeanCurrencies, europe)];
  const isStated = policy.basis === 'stated' || policy.basis === 'agreed';
  if (policy.value === 'partner') return { currencies: new Set([own]), isStated, parametersUsed };
  const ofCustomers = customerCountries.map((country) => europe.value[country]);
  if (ofCustomers.length === 0 || ofCustomers.includes(undefined)) return 'customer-country';
  const known = ofCustomers.filter((currency) => currency !== undefined);
  const currencies = new Set(policy.value === 'partner-for-newcomers' ? [own, ...known] : known);
  return { currencies, isStated, parametersUsed };
}

/** The text by which a partner is billed in one currency alone, wherever it is; null on a day on which there may be several. */
export function oneCurrencyTextOn(day: Day, ownTerms: readonly OwnTerm[]): Dated<BillingCurrency> | null {
  const policy = valueOn(newCommerceBillingCurrency, day, ownTerms);
  return policy?.value === 'partner' ? policy : null;
}
