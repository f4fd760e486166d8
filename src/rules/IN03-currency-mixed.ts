import { isoDay, type Day } from '../domain/calendar/days.ts';
import type { Detection, ParameterUse, Unchecked } from '../domain/findings/finding.ts';
import { aboutInvoice, evidenceOf, isLegacyInvoice, type Invoice, type InvoiceSubject } from '../domain/invoices/invoice.ts';
import { formatMoney } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import { currenciesDueOn, oneCurrencyTextOn, type CurrenciesDue } from '../policy/invoices/billing-currency-due.ts';
import { useOf, valueOn } from '../policy/parameter.ts';
import { europeanCurrencies, newCommerceBillingCurrency } from '../policy/parameters/billing-currency.ts';
import { defineRule } from './rule.ts';

type Message = 'lines' | 'header' | 'not-of-location' | 'several';

const ONE_AN_INVOICE = [
  cite('read-invoice-2023', 'An invoice and its reconciliation file have one billing currency; several currencies are several invoices.'),
  cite('new-commerce-recon-file', 'Currency is the billing currency; only PricingCurrency may vary from row to row.'),
];

export const currencyMixed = defineRule({
  code: 'IN03',
  name: 'currency-mixed',
  title: 'One invoice bills in more than one currency, or in another than it should',
  scope: 'invoice',
  severity: 'error',
  citations: [],
  caseCitations: ONE_AN_INVOICE,
  parameters: [newCommerceBillingCurrency, europeanCurrencies],
  docs: {
    checks:
      'The column Currency must be the same on all lines of an invoice number, and that of its header where a list of invoices is given. PricingCurrency may vary: it is converted by the rate of the line (AR05). In whose currency Microsoft bills depends on region and date: name your own country (--partner-country) and every new-commerce invoice is held against it, unless the files are of several PartnerIds, which may be of several countries. Without it, invoices of one PartnerId in several currencies are a warning on days on which a partner is billed in one alone, and unchecked before.',
    why: 'Amounts of two currencies do not add up: the sum of such an invoice is no amount of money. And one in another currency than that of your location costs a conversion nobody agreed to.',
    example: 'Forty lines of G104857610 are billed in EUR, one in USD.',
    remedy: 'Ask Microsoft which invoice the lines belong to, and have them billed in its currency.',
  },
  messages: {
    lines: 'the lines of invoice {invoice} are billed in {currencies}',
    header: 'invoice {invoice} is in {header} and its lines are billed in {currencies}',
    'not-of-location': 'invoice {invoice} bills in {currencies}; a partner in {country} is billed in {due} on that day',
    several: 'invoice {invoice} bills in {currencies} and invoice {other} in {header}; a partner is billed in one currency since {since}',
  },
  *check(subject) {
    const { invoice, files } = subject;
    if (invoice.invoiceNumber === '') {
      yield { unchecked: 'no-invoice-number', lines: files.linesWithoutNumber };
      return;
    }
    const currencies = invoice.byCurrency.map((one) => one.currency);
    const [first] = currencies;
    if (first === undefined || !invoice.isAudited) return;
    const header = invoice.header?.currency ?? first;
    if (currencies.length > 1 || header !== first) yield detection(subject, currencies, header);
    else if (isCurrent(invoice)) yield* ofLocation(subject, first);
  },
});

/** Voided invoices are billed again; legacy ones have another policy and name no currency of a line by their number. */
function isCurrent({ invoiceNumber, header }: Invoice): boolean {
  return !isLegacyInvoice(invoiceNumber) && header?.status !== 'void';
}

/** An invoice is dated by its header and by its latest charge: on the two sides of a change either text is right. */
function daysOf({ header, latestCharge }: Invoice): readonly Day[] {
  return [...new Set([header?.invoiceDay ?? null, latestCharge])].filter((day) => day !== null);
}

function linesOf({ byCurrency }: Invoice): number {
  return byCurrency.reduce((all, one) => all + one.auditedLines, 0);
}

/** The currency that the region and the date ask for; where the partner's country or its currency is not known, whether there are several. */
function* ofLocation(subject: InvoiceSubject, currency: string): Generator<Detection<Message> | Unchecked> {
  const { invoice, partnerCountry, ownTerms } = subject;
  const days = daysOf(invoice);
  if (partnerCountry === null || days.length === 0) {
    yield* several(subject, currency, false);
    return;
  }
  if (hasLocations(subject)) {
    yield { unchecked: 'partner-country-of-several', lines: linesOf(invoice) };
    yield* several(subject, currency, false);
    return;
  }
  const customerCountries = invoice.byCurrency.flatMap(({ countries }) => countries);
  const answers = days.map((day) => currenciesDueOn(day, { partnerCountry, customerCountries, ownTerms }));
  const open = answers.find((one) => typeof one === 'string');
  if (open === 'other-region') {
    yield { unchecked: 'currency-of-country-unknown', lines: linesOf(invoice) };
    yield* several(subject, currency, true);
    return;
  }
  if (open !== undefined)
    yield { unchecked: open === 'no-policy' ? 'policy-unknown' : 'customer-country-unknown', lines: linesOf(invoice) };
  const due = answers.filter((one) => typeof one !== 'string');
  const [first] = due;
  if (open !== undefined || first === undefined || due.some(({ currencies }) => currencies.has(currency))) return;
  yield notOfLocation(subject, currency, first);
}

function notOfLocation({ invoice, partnerCountry }: InvoiceSubject, currency: string, due: CurrenciesDue): Detection<Message> {
  const wanted = [...due.currencies].sort().join(' or ');
  return {
    message: 'not-of-location',
    values: { invoice: invoice.invoiceNumber, currencies: currency, country: partnerCountry ?? '', due: wanted },
    evidence: evidenceOf(invoice, 'the invoice'),
    subject: aboutInvoice(invoice, currency),
    amounts: null,
    working: [
      ...sumsOf(invoice),
      ...daysOf(invoice).map((day) => `a day of the invoice: ${isoDay(day)}`),
      `your country ${partnerCountry ?? ''} (--partner-country), countries of the customers ${customersOf(invoice)}: ${wanted}`,
    ],
    confidence: due.isStated ? 'likely' : 'possible',
    nextAction:
      'Ask Microsoft why the invoice is not billed in the currency of your location; look first whether it is of another location of yours.',
    parametersUsed: due.parametersUsed,
  };
}

function customersOf({ byCurrency }: Invoice): string {
  const known = byCurrency.flatMap(({ countries }) => countries).filter((country) => country !== '');
  return known.length === 0 ? 'not told' : known.join(', ');
}

/**
 * Invoices in several currencies, where the currency of the partner's location is not known. Outside of Europe it is one at all times. The currency
 * that most lines have is taken for it, and the first invoice of every other one speaks.
 */
function* several(subject: InvoiceSubject, currency: string, isElsewhere: boolean): Generator<Detection<Message> | Unchecked> {
  const { invoice, ownTerms } = subject;
  const textOf = (one: Invoice): ReturnType<typeof oneCurrencyTextOn> => {
    const texts = daysOf(one).map((day) =>
      isElsewhere ? valueOn(newCommerceBillingCurrency, day, ownTerms) : oneCurrencyTextOn(day, ownTerms),
    );
    return texts.includes(null) ? null : (texts[0] ?? null);
  };
  const all = subject.all.filter(
    (one) => isCurrent(one) && one.byCurrency.length === 1 && daysOf(one).length > 0 && locationOf(one) === locationOf(invoice),
  );
  if (all.every((one) => one.byCurrency[0]?.currency === currency)) return;
  const text = textOf(invoice);
  if (text === null) {
    yield { unchecked: 'partner-country-unknown', lines: linesOf(invoice) };
    return;
  }
  const peers = all.filter((one) => textOf(one) !== null);
  const [main = '', ...equals] = mainCurrencies(peers);
  const first = peers.find((one) => one.isAudited && one.byCurrency[0]?.currency === currency);
  const other = peers.find((one) => one.byCurrency[0]?.currency === main);
  if (main === currency || first !== invoice || other === undefined) return;
  yield {
    message: 'several',
    values: { invoice: invoice.invoiceNumber, currencies: currency, other: other.invoiceNumber, header: main, since: text.since },
    evidence: [...evidenceOf(invoice, 'the invoice'), ...evidenceOf(other, 'the other invoice')],
    subject: aboutInvoice(invoice, currency),
    severity: 'warning',
    amounts: null,
    working: [
      ...sumsOf(invoice),
      ...sumsOf(other).map((sum) => `invoice ${other.invoiceNumber}, ${sum}`),
      equals.length === 0
        ? `most lines of the given invoices are in ${main}, so the others are told`
        : `as many lines of the given invoices are in ${[main, ...equals].join(' as in ')}, so no line tells which is the currency of the location; told from ${main} by the alphabet alone`,
      ...(locationOf(invoice) === ''
        ? [
            'the files name no PartnerId: if the invoices are of two locations of yours, each is billed in its own currency and nothing is wrong',
          ]
        : [`both are of PartnerId ${locationOf(invoice)}`]),
    ],
    confidence: 'possible',
    nextAction:
      'Name the country of the location with --partner-country and ask Microsoft about the invoice in the other currency; where the files name no PartnerId, look first whether both invoices are of one location.',
    parametersUsed: [useOf(newCommerceBillingCurrency, text)],
  };
}

/** Each location of a partner has a PartnerId and a currency of its own. */
function locationOf({ byCurrency }: Invoice): string {
  return byCurrency.flatMap(({ partners }) => partners).join(' ');
}

/** Whether the given invoices are of several locations: the country that is named is that of one, and no file says of which. */
function hasLocations({ all }: InvoiceSubject): boolean {
  return new Set(all.flatMap(({ byCurrency }) => byCurrency.flatMap(({ partners }) => partners)).filter((id) => id !== '')).size > 1;
}

/** That of most lines; where several have as many, all of these by their codes. */
function mainCurrencies(invoices: readonly Invoice[]): readonly string[] {
  const lines = new Map<string, number>();
  for (const { byCurrency } of invoices) for (const one of byCurrency) lines.set(one.currency, (lines.get(one.currency) ?? 0) + one.lines);
  const most = Math.max(...lines.values());
  return [...lines].flatMap(([currency, count]) => (count === most ? [currency] : [])).sort();
}

function sumsOf({ byCurrency }: Invoice): readonly string[] {
  return byCurrency.map((one) => `${one.currency}: ${one.lines} lines, Σ Total ${formatMoney(one.total, one.currency)}`);
}

function detection(subject: InvoiceSubject, currencies: readonly string[], header: string): Detection<'lines' | 'header'> {
  const { invoice, ownTerms } = subject;
  const day = invoice.header?.invoiceDay ?? invoice.latestCharge;
  return {
    message: currencies.length > 1 ? 'lines' : 'header',
    values: { invoice: invoice.invoiceNumber, currencies: currencies.join(' and '), header },
    evidence: evidenceOf(invoice, 'the invoice'),
    subject: aboutInvoice(invoice, header),
    amounts: null,
    working: [
      ...sumsOf(invoice),
      day === null
        ? 'no day of this invoice is known, so nothing is said of whose currency it should bill in'
        : `billing currency on ${isoDay(day)}: ${policyText(subject, day)}; whichever it is, an invoice has one`,
    ],
    confidence: 'certain',
    citations: ONE_AN_INVOICE,
    nextAction: 'Ask Microsoft which invoice the lines of the other currency belong to.',
    parametersUsed: day === null ? [] : policyOf(ownTerms, day),
  };
}

function policyOf(ownTerms: InvoiceSubject['ownTerms'], day: Day): readonly ParameterUse[] {
  const dated = valueOn(newCommerceBillingCurrency, day, ownTerms);
  return dated === null ? [] : [useOf(newCommerceBillingCurrency, dated)];
}

function policyText({ ownTerms }: InvoiceSubject, day: Day): string {
  return policyOf(ownTerms, day)[0]?.value ?? 'not known for that day';
}
