import { describe, expect, it } from 'vitest';
import { addDays, dayFromIso, isoDay } from '../../src/domain/calendar/days.ts';
import { useOf, valueOn, POLICY_VERIFIED_ON, type DatedValue, type Parameter } from '../../src/policy/parameter.ts';
import { parameters } from '../../src/policy/parameters/index.ts';

type Known = Parameter<unknown>;

const all = parameters as unknown as readonly Known[];
const named = all.map((parameter) => [parameter.id, parameter] as const);
const dayOf = (dated: DatedValue<unknown>) => dayFromIso(dated.since)!;

describe('the parameters together', () => {
  it('have ids and titles of their own', () => {
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
    expect(new Set(all.map((one) => one.title)).size).toBe(all.length);
  });
});

describe.each(named)('%s', (_, parameter) => {
  const { values } = parameter;

  it('begins on days of the calendar, each later than the one before and none after the day of the last check', () => {
    expect(values.length).toBeGreaterThan(0);
    for (const dated of values) expect(dayFromIso(dated.since), dated.since).not.toBeNull();
    const days = values.map(dayOf);
    expect(days).toEqual([...days].sort((a, b) => a - b));
    expect(new Set(days).size).toBe(days.length);
    expect(days.at(-1)).toBeLessThanOrEqual(dayFromIso(POLICY_VERIFIED_ON)!);
  });

  it('names a source and a clause for every value', () => {
    for (const { citation, since } of values) {
      expect(citation.id, since).not.toBe('');
      expect(citation.title, since).not.toBe('');
      expect(citation.clause, since).not.toBe('');
    }
  });

  it('is null before its first day: policy is never extended backwards', () => {
    expect(valueOn(parameter, addDays(dayOf(values[0]!), -1), [])).toBeNull();
    expect(valueOn(parameter, dayFromIso('1990-01-01')!, [])).toBeNull();
  });

  it('holds from each of its days on until the day before the next', () => {
    for (const [position, dated] of values.entries()) {
      const next = values[position + 1];
      const days = [dayOf(dated), addDays(dayOf(dated), 1), ...(next === undefined ? [] : [addDays(dayOf(next), -1)])];
      for (const day of days)
        expect(valueOn(parameter, day, [])?.since ?? null, String(day)).toBe(dated.value === null ? null : dated.since);
    }
  });

  it('says every value in words', () => {
    for (const dated of values) {
      if (dated.value === null) continue;
      expect(parameter.show(dated.value).trim()).not.toBe('');
      const use = useOf(parameter, dated as DatedValue<unknown> & { readonly value: object | string | number });
      expect(use).toEqual({
        ...{ id: parameter.id, since: dated.since, value: parameter.show(dated.value), citation: dated.citation },
        ...(dated.later === undefined ? {} : { mayBeLater: true }),
      });
    }
  });

  it('has another value or another source on each of its days', () => {
    for (const [position, dated] of values.entries()) {
      const before = values[position - 1];
      if (before === undefined) continue;
      const isSame =
        JSON.stringify(before.value) === JSON.stringify(dated.value) &&
        before.citation.id === dated.citation.id &&
        before.citation.clause === dated.citation.clause;
      expect(isSame, dated.since).toBe(false);
    }
  });

  it('keeps its unit: a length is hours or calendar days, and above 0', () => {
    for (const { value } of values) {
      if (typeof value !== 'object' || value === null || !('length' in value) || !('unit' in value)) continue;
      expect(value.length).toBeGreaterThan(0);
      expect(['hours', 'calendar-days']).toContain(value.unit);
    }
  });
});

/** What is known of a figure the day before and on each day on which it changed. */
const CHANGES: readonly (readonly [id: string, day: string, value: string | null])[] = [
  ['new-commerce.cancellation-window', '2021-06-17', null],
  ['new-commerce.cancellation-window', '2022-03-11', '72 hours'],
  ['new-commerce.cancellation-window', '2022-03-12', '168 hours'],
  ['new-commerce.cancellation-window', '2024-02-29', '168 hours'],
  ['power-bi-premium.scope', '2021-09-08', null],
  ['power-bi-premium.scope', '2023-05-03', 'Power BI Premium P1 only'],
  ['power-bi-premium.scope', '2023-05-04', 'all Power BI Premium SKUs'],
  ['power-bi-premium.fixed-cost-per-day', '2023-05-03', null],
  ['power-bi-premium.fixed-cost-per-day', '2023-05-04', 'USD 33 a day'],
  ['legacy.automatic-full-refund', '2017-12-31', null],
  ['legacy.automatic-full-refund', '2018-01-01', '30 calendar days'],
  ['legacy.full-refund-request', '2021-09-08', null],
  ['legacy.full-refund-request', '2021-09-09', '90 calendar days'],
  ['legacy.duplicate-order-claim', '2021-09-08', null],
  ['legacy.duplicate-order-claim', '2021-09-09', '120 calendar days'],
  ['microsoft-365-a1.refund-request', '2021-09-09', '30 calendar days'],
  ['software.perpetual-return', '2021-05-31', '60 calendar days'],
  ['software.perpetual-return', '2021-06-01', '30 calendar days (another text of that time: 60 calendar days)'],
  ['software.perpetual-return', '2023-06-29', '30 calendar days (another text of that time: 60 calendar days)'],
  ['software.perpetual-return', '2023-06-30', '30 calendar days'],
  ['software.subscription-return', '2022-07-10', '30 calendar days (another text of that time: 60 calendar days)'],
  ['software.subscription-return', '2022-07-11', '168 hours (another text of that time: 60 calendar days)'],
  ['software.subscription-return', '2023-06-29', '168 hours (another text of that time: 60 calendar days)'],
  ['software.subscription-return', '2023-06-30', '168 hours'],
  ['software.subscription-refund', '2021-05-31', 'the whole charge'],
  ['software.subscription-refund', '2021-06-01', 'the days left; the whole charge on the day of purchase'],
  ['software.linux-plan-return', '2023-06-29', null],
  ['reservation.full-refund-days', '2018-10-11', null],
  ['reservation.full-refund-days', '2018-10-29', 'fewer than 5 days'],
  ['reservation.full-refund-days', '2018-11-15', 'fewer than 5 days'],
  ['reservation.full-refund-days', '2018-11-16', '5 days or fewer'],
  ['reservation.full-refund-days', '2023-07-30', '5 days or fewer'],
  ['reservation.full-refund-days', '2023-07-31', null],
  ['reservation.stated-fee', '2021-05-19', '12 % of the prorated credit'],
  ['reservation.charged-fee', '2019-04-12', null],
  ['reservation.charged-fee', '2019-04-13', 'no fee'],
  ['reservation.refund-price', '2021-04-13', 'the purchase price'],
  ['reservation.refund-price', '2021-04-14', 'the lower of the purchase price and the current price'],
  ['reservation.refund-limit', '2019-04-12', 'USD 50,000 a calendar year of refunds, exchanges included'],
  ['reservation.refund-limit', '2019-04-13', 'USD 50,000 in 365 days of refunds, exchanges included'],
  ['reservation.refund-limit', '2021-04-14', 'USD 50,000 in 365 days of cancelled commitment, exchanges left out'],
  ['reservation.never-refundable', '2022-10-09', 'Databricks, CloudSimple, Azure Red Hat OpenShift, Red Hat, SUSE'],
  ['reservation.exchange-restriction', '2026-08-26', 'no purchases'],
  ['reservation.exchange-restriction', '2026-08-27', 'purchases from 2027-02-01 on'],
  ['marketplace.cancellation-window', '2022-12-31', '24 hours'],
  ['marketplace.cancellation-window', '2023-01-01', '72 hours (another text of that time: 24 hours)'],
  ['marketplace.cancellation-window', '2023-07-27', '72 hours (another text of that time: 24 hours)'],
  ['marketplace.cancellation-window', '2023-07-28', '72 hours'],
  ['marketplace.yearly-cancellation-window', '2022-12-31', '336 hours'],
  ['marketplace.yearly-cancellation-window', '2023-01-01', '72 hours (another text of that time: 336 hours)'],
  ['marketplace.yearly-cancellation-window', '2023-07-28', '72 hours'],
  ['marketplace.business-central-window', '2023-07-27', null],
  ['marketplace.business-central-window', '2023-07-28', '168 hours'],
  ['savings-plan.cancellation', '2022-09-30', null],
  ['savings-plan.cancellation', '2022-10-01', 'never: purchases are final'],
  ['new-commerce.upgrade-cancellation', '2023-10-18', null],
  ['new-commerce.upgrade-cancellation', '2023-10-19', 'no window until the subscription renews'],
  ['new-commerce.partial-upgrade-window', '2023-07-27', null],
  ['new-commerce.partial-upgrade-window', '2023-07-28', 'that of the subscription it came from'],
  ['new-commerce.seat-reduction', '2021-10-03', null],
  ['new-commerce.seat-reduction', '2021-10-04', 'seats added in mid-term by support ticket alone'],
  ['new-commerce.seat-reduction', '2022-03-11', 'seats added in mid-term by support ticket alone'],
  ['new-commerce.seat-reduction', '2022-03-12', 'inside the window of each addition'],
  ['extended-service-term.cancellation', '2026-05-03', null],
  ['extended-service-term.cancellation', '2026-05-04', 'on any day, the days left credited'],
  ['extended-service-term.uplift', '2026-05-03', null],
  ['extended-service-term.uplift', '2026-05-04', '3 % over the monthly rate'],
  ['legacy.proration-formula', '2018-01-12', null],
  ['legacy.proration-formula', '2018-01-13', 'published-legacy: R( R(P·Q/D) · d / Q ) · Q'],
  ['new-commerce.proration-formula', '2020-09-30', null],
  ['new-commerce.proration-formula', '2020-10-01', 'published-seat: T(E·X) · Q, E = P·d/D'],
  ['legacy.renewal-full-refund', '2023-01-10', null],
  ['legacy.renewal-full-refund', '2023-01-11', '30 calendar days'],
  ['legacy.first-month', '2020-05-17', null],
  ['legacy.first-month', '2020-05-18', 'the first month, which may have 31 days'],
  ['legacy.prorated-credit', '2018-01-12', null],
  ['legacy.prorated-credit', '2018-01-13', 'the unused days of the period that runs'],
  ['power-bi-premium.full-refund-request', '2021-09-08', null],
  ['power-bi-premium.full-refund-request', '2021-09-09', '7 calendar days'],
  ['power-bi-premium.scope', '2021-09-09', 'Power BI Premium P1 only'],
  ['microsoft-365-a1.refund-request', '2021-09-08', null],
  ['duplicate-order.scope', '2021-09-08', null],
  ['duplicate-order.scope', '2021-09-09', 'orders of every kind'],
  ['duplicate-order.scope', '2023-05-03', 'orders of every kind'],
  ['duplicate-order.scope', '2023-05-04', 'orders of legacy offers only'],
  ['new-commerce.full-refund', '2021-06-17', null],
  ['new-commerce.full-refund', '2021-06-18', '24 hours'],
  ['new-commerce.cancellation-window', '2021-06-18', '72 hours'],
  ['new-commerce.trial-conversion', '2022-09-08', null],
  ['new-commerce.trial-conversion', '2022-09-09', 'that of a purchase, from the conversion on'],
  ['new-commerce.suspension', '2023-08-03', null],
  ['new-commerce.suspension', '2023-08-04', 'no: it is billed on to the end of its term'],
  ['new-commerce.credit-by-ticket', '2023-10-18', null],
  ['new-commerce.credit-by-ticket', '2023-10-19', 'a credit by ticket, without an entitlement and without a deadline'],
  ['new-commerce.redundant-licences-ticket', '2023-10-18', null],
  ['new-commerce.redundant-licences-ticket', '2023-10-19', '2 from the invoice of the upgraded licence'],
  ['new-commerce.expired-state', '2023-09-30', null],
  ['new-commerce.expired-state', '2023-10-01', '30 days without a charge'],
  ['new-commerce.expired-state', '2026-05-03', '30 days without a charge'],
  ['new-commerce.expired-state', '2026-05-04', '30 days without a charge, or an extended service term'],
  ['new-commerce.add-ons', '2022-02-27', null],
  ['new-commerce.add-ons', '2022-02-28', 'yes: it is a subscription like others'],
  ['new-commerce.public-sector', '2024-02-29', null],
  ['new-commerce.public-sector', '2024-03-01', 'offers of the first two waves'],
  ['new-commerce.public-sector', '2024-03-31', 'offers of the first two waves'],
  ['new-commerce.public-sector', '2024-04-01', 'and those of 1 April'],
  ['new-commerce.public-sector', '2024-04-30', 'and those of 1 April'],
  ['new-commerce.public-sector', '2024-05-01', 'and those of 1 May'],
  ['new-commerce.public-sector', '2024-07-31', 'and those of 1 May'],
  ['new-commerce.public-sector', '2024-08-01', 'new purchases in new commerce alone'],
  ['new-commerce.public-sector', '2024-08-31', 'new purchases in new commerce alone'],
  ['new-commerce.public-sector', '2024-09-01', 'subscriptions are migrated at their renewal'],
  ['new-commerce.insolvency', '2023-07-27', null],
  ['new-commerce.insolvency', '2023-07-28', 'no: the partner stays liable'],
  ['extended-service-term.scope', '2026-05-03', null],
  ['extended-service-term.scope', '2026-05-04', 'terms bought or renewed from 2025-04-01 on that end from 2026-05-04 on'],
  ['extended-service-term.uplift-without-monthly-plan', '2026-05-03', null],
  ['extended-service-term.uplift-without-monthly-plan', '2026-05-04', '23 % over the yearly rate'],
  ['licence.termination-fee', '2018-01-12', null],
  ['licence.termination-fee', '2018-01-13', '0'],
  ['licence.price-guarantee', '2021-01-27', null],
  ['licence.price-guarantee', '2021-01-28', 'the term of the subscription'],
  ['billing.credits-in-arrears', '2018-01-12', null],
  ['billing.credits-in-arrears', '2018-01-13', 'the next one'],
  ['software.perpetual-return', '2020-05-04', null],
  ['software.perpetual-return', '2020-05-05', '60 calendar days'],
  ['software.subscription-return', '2020-05-04', null],
  ['software.subscription-return', '2020-05-05', '60 calendar days'],
  ['software.subscription-return', '2021-05-31', '60 calendar days'],
  ['software.subscription-return', '2021-06-01', '30 calendar days (another text of that time: 60 calendar days)'],
  ['software.subscription-refund', '2020-05-04', null],
  ['software.subscription-refund', '2020-05-05', 'the whole charge'],
  ['software.linux-plan-return', '2023-06-30', 'never: purchases are final'],
  ['marketplace.cancellation-window', '2020-06-10', null],
  ['marketplace.cancellation-window', '2020-06-11', '24 hours'],
  ['marketplace.yearly-cancellation-window', '2020-06-10', null],
  ['marketplace.yearly-cancellation-window', '2020-06-11', '336 hours'],
  ['marketplace.yearly-cancellation-window', '2023-07-27', '72 hours (another text of that time: 336 hours)'],
  ['marketplace.instalments', '2022-12-31', null],
  ['marketplace.instalments', '2023-01-01', 'no: every payment to come is owed'],
  ['azure.fraud-claim', '2023-03-31', null],
  ['azure.fraud-claim', '2023-04-01', '60 calendar days'],
  ['azure.fraud-cover', '2026-11-20', null],
  ['azure.fraud-cover', '2026-11-21', '30 calendar days'],
  ['membership.refund', '2023-09-30', null],
  ['membership.refund', '2023-10-01', '30 calendar days'],
  ['outage.claim-deadline', '2019-06-20', null],
  ['outage.claim-deadline', '2019-06-21', 'by the end of the calendar month after the incident’s'],
  ['outage.claim-deadline', '2021-03-30', 'by the end of the calendar month after the incident’s'],
  ['outage.claim-deadline', '2021-03-31', 'by the end of the calendar month after the incident’s'],
  ['outage.claim-deadline', '2023-05-03', 'by the end of the calendar month after the incident’s'],
  ['outage.claim-deadline', '2023-05-04', 'by the end of the calendar month after the incident’s'],
  ['outage.claim-deadline-billing-month', '2023-05-03', null],
  ['outage.claim-deadline-billing-month', '2023-05-04', 'within one month of the end of the billing month'],
  ['outage.claim-deadline-azure', '2023-05-03', null],
  ['outage.claim-deadline-azure', '2023-05-04', 'within 2 months of the end of the billing month'],
  ['outage.claim-deadline-azure-distributor', '2023-05-03', null],
  ['outage.claim-deadline-azure-distributor', '2023-05-04', '60 calendar days'],
  ['outage.processing-time', '2019-06-20', null],
  ['outage.processing-time', '2019-06-21', '45 calendar days'],
  ['outage.advisory-eligibility', '2021-03-30', null],
  ['outage.advisory-eligibility', '2021-03-31', 'advisories are not eligible'],
  ['outage.advisory-eligibility', '2021-07-08', 'advisories are not eligible'],
  ['outage.advisory-eligibility', '2021-07-09', 'advisories are generally not eligible'],
  ['outage.advisory-eligibility', '2023-05-04', 'advisories are generally not eligible'],
  ['outage.claimants', '2021-03-30', null],
  ['outage.claimants', '2021-03-31', 'direct-bill-partner or indirect-provider'],
  ['outage.bought-through-csp', '2021-03-30', null],
  ['outage.bought-through-csp', '2021-03-31', 'those made through CSP'],
  ['outage.bought-through-csp', '2023-05-04', 'those made through CSP'],
  ['outage.exclusions', '2019-06-20', null],
  [
    'outage.exclusions',
    '2019-06-21',
    'causes outside Microsoft’s control; the customer’s own network, equipment or software; previews and trials; licences reserved and not paid for; misuse, or guidance that was ignored; throttling at a quota; times outside the support window; a partner who does not comply with the agreement',
  ],
  ['outage.email-domain', '2021-09-08', null],
  ['outage.email-domain', '2021-09-09', 'a domain of the affected tenant'],
  ['outage.required-evidence', '2021-03-30', null],
  ['outage.incident-prefixes', '2021-03-30', null],
  [
    'outage.incident-prefixes',
    '2021-03-31',
    'EX Exchange Online, FO Exchange Online Protection, SB Skype for Business Online, OS Office Subscription, PB Power BI for Office 365, SP SharePoint Online, YA Yammer Enterprise, MO Portal error',
  ],
  ['outage.credit-measure', '2019-06-20', null],
  [
    'outage.credit-measure',
    '2019-06-21',
    'user minutes less downtime of a tenant and calendar month; a share of the month’s fees of the affected service, once and never above them',
  ],
  ['outage.credit-by-duration', '2021-03-30', null],
  ['outage.credit-by-duration', '2021-03-31', 'by the affected service and the duration of the outage'],
  ['outage.credit-tiers', '2019-06-20', null],
  ['outage.credit-tiers', '2019-06-21', 'Microsoft 365: below 99.9 % uptime 25 %, below 99 % uptime 50 %, below 95 % uptime 100 %'],
  ['outage.suite-shares', '2019-06-20', null],
  ['outage.suite-shares', '2019-06-21', 'the services of a suite in equal parts, for 25 suites'],
];

describe('the dates on which a published figure changed', () => {
  const valueOf = (id: string, day: string): string | null => {
    const parameter = all.find((one) => one.id === id)!;
    const dated = valueOn(parameter, dayFromIso(day)!, []);
    return dated === null ? null : parameter.show(dated.value);
  };

  it.each(CHANGES)('%s on %s: %s', (id, day, expected) => {
    expect(valueOf(id, day)).toBe(expected);
  });

  /** Reservations, outages and invoices are dated by tables of their own. */
  const own = all.filter(({ id }) => !/^(?:reservation|outage)\.|^billing\.(?:payment|dispute)|publication|currenc(?:y|ies)$/.test(id));

  it.each(own.map((one) => [one.id, one] as const))('%s: each change has its day and the day before', (id, { values }) => {
    const rows = new Set(CHANGES.filter(([name]) => name === id).map(([, day]) => day));
    for (const [place, { since, value }] of values.entries()) {
      const before = values[place - 1]?.value ?? null;
      if (JSON.stringify(before) === JSON.stringify(value)) continue;
      expect(rows, `${id} ${since}`).toContain(since);
      expect(rows, `${id}, the day before ${since}`).toContain(isoDay(addDays(dayFromIso(since)!, -1)));
    }
  });
});
