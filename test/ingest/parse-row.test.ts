import { describe, expect, it } from 'vitest';
import type { ParsedLine, ProductKind, RowRejection } from '../../src/domain/charges/charge-line.ts';
import { isoDay, type Day } from '../../src/domain/calendar/days.ts';
import { csvText, headerOf, knownErrorOf, LEGACY_CELLS, NEW_COMMERCE_CELLS, readBytes, type Cells } from '../support/csv-charges.ts';

const legacyHeader = await headerOf('legacy-licence/header-indirect');
const newHeader = await headerOf('new-commerce/header-2023');

async function legacyLine(cells: Cells = {}, header: readonly string[] = legacyHeader): Promise<ParsedLine> {
  return onlyLine(csvText(header, [{ ...LEGACY_CELLS, ...cells }]));
}

async function newLine(cells: Cells = {}, header: readonly string[] = newHeader): Promise<ParsedLine> {
  return onlyLine(csvText(header, [{ ...NEW_COMMERCE_CELLS, ...cells }]));
}

async function onlyLine(text: string): Promise<ParsedLine> {
  const { lines, rejections } = await readBytes(text);
  expect(rejections).toEqual([]);
  return lines[0]!;
}

async function rejectionOf(cells: Cells, base: Cells = NEW_COMMERCE_CELLS): Promise<RowRejection> {
  const header = base === LEGACY_CELLS ? legacyHeader : newHeader;
  const { rejections, lines } = await readBytes(csvText(header, [{ ...base, ...cells }]));
  expect(lines).toEqual([]);
  return rejections[0]!;
}

function iso(day: Day | null): string | null {
  return day === null ? null : isoDay(day);
}

function plain(units: number, scale: number): unknown {
  return { units, scale, exact: null };
}

describe('a legacy line', () => {
  it('is read field by field', async () => {
    const line = await legacyLine();
    expect(line.heading).toEqual({
      layout: 'legacy-licence',
      productKind: 'licence',
      customerId: 'c1',
      customerName: 'Contoso, Ltd',
      customerDomain: 'contoso.onmicrosoft.com',
      customerCountry: '',
      partnerId: '',
      subscriptionId: 's1',
      internalSubscriptionId: 'usCBMgAAAAAAAAIA',
      orderId: '566890604832738111',
      productId: '',
      skuId: '',
      offerId: 'd1',
      productName: 'Office 365 E3',
      currency: 'EUR',
      pricingCurrency: 'EUR',
      cycleMonths: 1,
      termText: '',
      isTrial: false,
      promotionId: '',
      reservationOrderId: '',
    });
    const { heading, firstDay, lastDay, termFirstDay, termLastDay, ...rest } = line;
    expect(Object.isFrozen(heading)).toBe(true);
    expect([firstDay, lastDay].map(iso)).toEqual(['2019-02-13', '2019-02-28']);
    // SubscriptionEndDate 2/1/2020 is the first day after the term.
    expect([termFirstDay, termLastDay].map(iso)).toEqual(['2019-02-01', '2020-01-31']);
    expect(rest).toEqual({
      row: 2,
      chargeType: 'Cycle fee',
      kind: 'cycle',
      invoiceNumber: '',
      referenceId: '',
      priceAdjustment: '',
      creditReason: '',
      meter: '',
      orderDay: null,
      orderSecond: null,
      rateDay: null,
      unitPrice: plain(682, 2),
      effectiveUnitPrice: null,
      quantity: plain(2, 0),
      amount: plain(1332, 2),
      discount: plain(232, 2),
      subtotal: plain(11, 0),
      tax: plain(0, 0),
      total: plain(11, 0),
      rate: null,
    });
  });

  it('falls back to the internal subscription id and to the plain offer id', async () => {
    const { heading } = await legacyLine({ SyndicationPartnerSubscriptionNumber: '', DurableOfferId: '' });
    expect([heading.subscriptionId, heading.offerId]).toEqual(['usCBMgAAAAAAAAIA', 'o1']);
  });

  it.each([
    ['Monthly', 1],
    ['MONTHLY', 1],
    ['Annually', 12],
    ['Annual', 12],
    ['Yearly', 12],
    ['None', null],
    ['', null],
  ])('with the cycle %j has %s months', async (text, months) => {
    expect((await legacyLine({ BillingCycleType: text })).heading.cycleMonths).toBe(months);
  });

  it('has no discount where the cell is empty', async () => {
    expect((await legacyLine({ TotalOtherDiscount: '' })).discount).toBeNull();
  });

  it('keeps a charge type that no source describes as printed', async () => {
    expect(await legacyLine({ ChargeType: ' Upgrade ' })).toMatchObject({ chargeType: 'Upgrade', kind: 'other' });
  });
});

describe('a new commerce line', () => {
  it('is read field by field', async () => {
    const line = await newLine({
      PriceAdjustmentDescription: '["15.0% Partner earned credit for services managed"]',
      CreditReasonCode: 'Azure Credit Offer',
      PromotionId: '39NFJQT1X27N:0002:39NFJQT1Q5KL',
      ReservationOrderId: '883d475b',
      CustomerCountry: 'nl',
      PartnerId: ' AB1 ',
    });
    expect(line.heading).toEqual({
      layout: 'new-commerce',
      productKind: 'licence',
      customerId: 'c1',
      customerName: 'Contoso',
      customerDomain: 'contoso.onmicrosoft.com',
      customerCountry: 'NL',
      partnerId: 'ab1',
      subscriptionId: 's1',
      internalSubscriptionId: '',
      orderId: '6dc5c039750a',
      productId: 'CFQ7TTC0LH0R',
      skuId: '0002',
      offerId: '',
      productName: 'Office 365 E3',
      currency: 'EUR',
      pricingCurrency: 'EUR',
      cycleMonths: 1,
      termText: 'One-Year commitment for monthly/yearly billing',
      isTrial: false,
      promotionId: '39NFJQT1X27N:0002:39NFJQT1Q5KL',
      reservationOrderId: '883d475b',
    });
    const { heading, orderDay, firstDay, lastDay, termFirstDay, termLastDay, rateDay, ...rest } = line;
    expect(heading.layout).toBe('new-commerce');
    expect([orderDay, firstDay, lastDay, termFirstDay, termLastDay, rateDay].map(iso)).toEqual([
      '2021-05-20',
      '2021-05-13',
      '2021-06-12',
      '2021-05-13',
      '2022-05-12',
      '2021-05-01',
    ]);
    expect(rest).toEqual({
      row: 2,
      chargeType: 'cycleCharge',
      kind: 'cycle',
      invoiceNumber: 'G002297372',
      referenceId: 'r1',
      priceAdjustment: '["15.0% Partner earned credit for services managed"]',
      creditReason: 'Azure Credit Offer',
      meter: '',
      orderSecond: 66606,
      unitPrice: plain(205, 1),
      effectiveUnitPrice: plain(205, 1),
      quantity: plain(3, 0),
      amount: plain(615, 1),
      discount: null,
      subtotal: plain(615, 1),
      tax: plain(0, 0),
      total: plain(615, 1),
      rate: plain(1, 0),
    });
  });

  it('of the file of 2020 lacks what that file lacks', async () => {
    const line = await newLine({ SubTotal: '61.5' }, await headerOf('new-commerce/header-2020'));
    expect(line).toMatchObject({ referenceId: '', creditReason: '', termFirstDay: null, termLastDay: null, subtotal: plain(615, 1) });
    expect(line.heading).toMatchObject({ promotionId: '', reservationOrderId: '', isTrial: false, cycleMonths: 1 });
  });

  it('counts BillableQuantity, and Quantity where that is empty or missing', async () => {
    expect((await newLine({ BillableQuantity: '-2' })).quantity).toEqual(plain(-2, 0));
    expect((await newLine({ BillableQuantity: '' })).quantity).toEqual(plain(3, 0));
    const header = newHeader.filter((name) => name !== 'BillableQuantity');
    expect((await newLine({ Quantity: '4' }, header)).quantity).toEqual(plain(4, 0));
  });

  it('knows only the day of an order without a time', async () => {
    expect(await newLine({ OrderDate: '10/3/2020' })).toMatchObject({ orderSecond: null });
    expect(await newLine({ OrderDate: '2020-10-03T00:00:00Z' })).toMatchObject({ orderSecond: null });
    expect(await newLine({ OrderDate: '' })).toMatchObject({ orderDay: null, orderSecond: null });
  });

  it('is put under its order where it has no subscription', async () => {
    expect((await newLine({ SubscriptionId: '' })).heading.subscriptionId).toBe('6dc5c039750a');
  });

  it('gets back the zeros of its SKU, and loses the guards of a spreadsheet around ids', async () => {
    expect((await newLine({ SkuId: '2' })).heading.skuId).toBe('0002');
    expect((await newLine({ SkuId: "'0002" })).heading.skuId).toBe('0002');
    expect((await newLine({ SkuId: 'B001' })).heading.skuId).toBe('B001');
    expect((await newLine({ OrderId: '="566890604832738111"' })).heading.orderId).toBe('566890604832738111');
    expect((await newLine({ CustomerName: "'t Hooft" })).heading.customerName).toBe("'t Hooft");
  });

  it('is named by its SKU, else by its product', async () => {
    expect((await newLine({ SkuName: '' })).heading.productName).toBe('Office 365');
  });

  it.each([
    ['Monthly', '', 1],
    ['Annual', '', 12],
    ['Triennial', '', 36],
    ['OneTime', '', null],
    ['', 'One-Month commitment for monthly billing', 1],
    ['', 'One-Year commitment for yearly billing', 12],
    ['', 'One-Year commitment for annual billing', 12],
    ['', 'Three-3 Years commitment for 3 Years billing', 36],
    ['', 'One-Year commitment for monthly/yearly billing', null],
    ['', 'One-Month commitment for trial', null],
    ['', '', null],
  ])('billed %j with the term %j has a cycle of %s months', async (frequency, term, months) => {
    expect((await newLine({ BillingFrequency: frequency, TermAndBillingCycle: term })).heading.cycleMonths).toBe(months);
  });

  it.each([
    [{ ProductQualifiers: '["Trial"]' }, true],
    [{ ProductQualifiers: '["Add-on","Trial"]' }, true],
    [{ TermAndBillingCycle: 'One-Month commitment for trial' }, true],
    [{ ProductQualifiers: '["Add-on"]' }, false],
  ])('%j is a trial: %s', async (cells, isTrial) => {
    expect((await newLine(cells)).heading.isTrial).toBe(isTrial);
  });

  const kinds: readonly (readonly [Cells, ProductKind])[] = [
    [{}, 'licence'],
    [{ ReservationOrderId: '883d475b' }, 'licence'],
    [{ TermAndBillingCycle: 'One-year term duration' }, 'licence'],
    [{ TermAndBillingCycle: '1 Year Reservation' }, 'reservation'],
    [{ TermAndBillingCycle: '', ReservationOrderId: 'RIOderId1' }, 'reservation'],
    [{ TermAndBillingCycle: '1 Year', ReservationOrderId: 'x', ProductName: 'Reserved VM Instance' }, 'reservation'],
    [{ TermAndBillingCycle: '3 Years Savings Plan' }, 'savings-plan'],
    [{ MeterDescription: 'Bandwidth - Data Transfer In (GB) - Zone 2', TermAndBillingCycle: '' }, 'usage'],
    [{ BillableQuantity: '0.005001' }, 'usage'],
    [{ BillableQuantity: '3.000000' }, 'licence'],
    [{ SubscriptionDescription: 'Azure plan', TermAndBillingCycle: '' }, 'usage'],
    [{ TermAndBillingCycle: '1 Cache Instance Hour' }, 'usage'],
    [{ PublisherName: 'Test Networks, Inc.', PublisherId: '28503520' }, 'marketplace'],
    [{ PublisherName: 'Microsoft', PublisherId: '1' }, 'licence'],
    [{ PublisherName: 'NA', PublisherId: 'NA' }, 'licence'],
    [{ PublisherName: 'Test Networks, Inc.', PublisherId: '' }, 'licence'],
    [{ TermAndBillingCycle: '1 Year Subscription' }, 'software'],
    [{ TermAndBillingCycle: '', ChargeEndDate: '', BillingFrequency: '' }, 'software'],
    [{ TermAndBillingCycle: '1 Year', SkuName: 'Visual Studio Enterprise Subscription' }, 'software'],
    [{ SkuName: 'Visual Studio Enterprise Subscription' }, 'licence'],
    [{ TermAndBillingCycle: '', BillingFrequency: 'Monthly' }, 'licence'],
  ];
  it.each(kinds)('with %j is %s', async (cells, kind) => {
    expect((await newLine(cells)).heading.productKind).toBe(kind);
  });
});

describe('headings', () => {
  it('are one object for all lines that share one', async () => {
    const other = { ...NEW_COMMERCE_CELLS, SkuName: 'Office 365 E5' };
    const { lines } = await readBytes(csvText(newHeader, [NEW_COMMERCE_CELLS, other, { ...NEW_COMMERCE_CELLS, Total: '1' }, other]));
    const headings = lines.map((line) => line.heading);
    expect(headings[0]).toBe(headings[2]);
    expect(headings[1]).toBe(headings[3]);
    expect(headings[0]).not.toBe(headings[1]);
  });

  it('are one object also where the cells differ and their meaning does not', async () => {
    const { lines } = await readBytes(csvText(newHeader, [NEW_COMMERCE_CELLS, { ...NEW_COMMERCE_CELLS, SkuId: '2', Currency: 'eur' }]));
    expect(lines[0]?.heading).toBe(lines[1]?.heading);
  });
});

describe('a row is rejected', () => {
  const cases: readonly (readonly [string, string, Cells])[] = [
    ['money-unreadable', 'UnitPrice', { UnitPrice: '12,,5' }],
    ['money-unreadable', 'Subtotal', { Subtotal: '' }],
    ['money-unreadable', 'TaxTotal', { TaxTotal: '' }],
    ['money-unreadable', 'Total', { Total: 'x' }],
    ['money-unreadable', 'PCToBCExchangeRate', { PCToBCExchangeRate: '1.1.1' }],
    ['quantity-unreadable', 'BillableQuantity', { BillableQuantity: 'three' }],
    ['quantity-unreadable', 'Quantity', { BillableQuantity: '', Quantity: '' }],
    ['day-unreadable', 'ChargeStartDate', { ChargeStartDate: '2/30/2021' }],
    ['day-unreadable', 'OrderDate', { OrderDate: 'soon' }],
    ['day-unreadable', 'ChargeEndDate', { ChargeEndDate: '44000' }],
    ['spreadsheet-error', 'Total', { Total: '#REF!' }],
    ['spreadsheet-error', 'CustomerName', { CustomerName: '#N/A' }],
    ['id-exponent-form', 'OrderId', { OrderId: '5.66891E+17' }],
    ['id-exponent-form', 'OrderId', { OrderId: '5,66891E+17' }],
    ['id-missing', 'CustomerId', { CustomerId: ' ' }],
    ['id-missing', 'SubscriptionId', { SubscriptionId: '', OrderId: '' }],
    ['currency-unreadable', 'Currency', { Currency: '€' }],
    ['currency-unreadable', 'Currency', { Currency: '' }],
    ['currency-unreadable', 'PricingCurrency', { PricingCurrency: 'dollars' }],
    ['charge-type-missing', 'ChargeType', { ChargeType: '' }],
  ];
  it.each(cases)('as %s in %s for %j', async (code, column, cells) => {
    const rejection = await rejectionOf(cells);
    expect(rejection).toMatchObject({ code, column, row: 2 });
    expect(rejection.message).toMatch(/^.{15,}\.$/);
  });

  it('for legacy ids in exponent form as well', async () => {
    expect(await rejectionOf({ OrderId: '5.66891E+17' }, LEGACY_CELLS)).toMatchObject({ code: 'id-exponent-form', cell: '5.66891E+17' });
    expect(await rejectionOf({ SyndicationPartnerSubscriptionNumber: '', SubscriptionId: '' }, LEGACY_CELLS)).toMatchObject({
      code: 'id-missing',
    });
  });

  it('that has fewer cells than the header, or more that are not empty', async () => {
    const row = csvText(newHeader, [NEW_COMMERCE_CELLS]).split('\r\n')[1] ?? '';
    const cut = row.split(',').slice(0, newHeader.indexOf('SubscriptionEndDate')).join(',');
    const text = `${newHeader.join(',')}\r\n${cut}\r\n${row},surplus\r\n${row},,\r\n`;
    const { rejections, lines } = await readBytes(text);
    expect(rejections).toMatchObject([
      { row: 2, code: 'columns-missing', column: 'SubscriptionEndDate' },
      { row: 3, code: 'columns-surplus', cell: 'surplus' },
    ]);
    expect(lines.map((line) => line.row)).toEqual([4]);
  });

  it('that a stray quote made of several records: how many lines it swallowed is said', async () => {
    const row = csvText(newHeader, [NEW_COMMERCE_CELLS]).split('\r\n')[1] ?? '';
    // The quote opens before the first cell and closes at the end of the third line.
    const text = `${newHeader.join(',')}\r\n"${row}\r\n${row}\r\n${row}"\r\n${row}\r\n`;
    const { rejections, lines } = await readBytes(text);
    expect(rejections.map(({ row: at, code }) => [at, code])).toEqual([[2, 'columns-missing']]);
    expect(rejections[0]!.message).toContain('runs over 3 lines of the file');
    expect(lines).toHaveLength(1);
  });

  it('that cannot be split into cells', async () => {
    const text = csvText(newHeader, [NEW_COMMERCE_CELLS, NEW_COMMERCE_CELLS]).replace('Contoso,', '"5" disk",');
    const { rejections, lines } = await readBytes(text);
    expect(rejections).toMatchObject([{ row: 2, code: 'csv-malformed' }]);
    expect(lines.map((line) => line.row)).toEqual([3]);
  });

  it('and every other row is read all the same', async () => {
    const { rows, summaries } = await readBytes(
      csvText(newHeader, [NEW_COMMERCE_CELLS, { ...NEW_COMMERCE_CELLS, Total: 'x' }, NEW_COMMERCE_CELLS]),
    );
    expect(rows.map((row) => row.outcome)).toEqual(['line', 'rejected', 'line']);
    expect(summaries[0]).toMatchObject({ rows: 3, lines: 2, rejected: 1, skipped: 0 });
  });
});

describe('a header in the middle of a file', () => {
  it('is skipped where it is the same', async () => {
    const part = csvText(newHeader, [NEW_COMMERCE_CELLS]);
    const { rows, summaries } = await readBytes(part + part.toUpperCase().replaceAll('MONTHLY', 'Monthly') + part);
    expect(rows.map((row) => row.outcome)).toEqual(['line', 'skipped', 'line', 'skipped', 'line']);
    expect(rows[1]).toEqual({ outcome: 'skipped', row: 3, reason: 'repeated-header' });
    expect(summaries[0]).toMatchObject({ rows: 5, lines: 3, skipped: 2, skippedBy: { 'repeated-header': 2 } });
  });

  it('stops the run where its columns differ, for the rows below it would be misread', async () => {
    const part = csvText(newHeader, [NEW_COMMERCE_CELLS]);
    for (const header of [
      [...newHeader].reverse(),
      newHeader.filter((name) => name !== 'ResellerMpnId'),
      [...newHeader, 'ProductCategory'],
    ]) {
      const error = await knownErrorOf(readBytes(part + csvText(header, [NEW_COMMERCE_CELLS])));
      expect(error).toMatchObject({ code: 'header-changes', place: { row: 3 } });
    }
  });
});
