import { holderOf, PARTNER_ID } from './customers.ts';
import { decimalText, effectiveUnits, newCommerceAmount, newCommerceFigures, taxOf, wrongAmount, type Proration } from './exact-amounts.ts';
import { csvCell, writeExport, type ExportLayout, type GeneratedFile, type PlannedLine } from './export-file.ts';
import { guidOf, Random, textOf } from './random.ts';
import {
  courseOf,
  dayText,
  monthsSince,
  quietCourse,
  type Course,
  type CourseCycle,
  type DayNumber,
  type Habits,
} from './subscription-course.ts';

const HEADER = [
  'PartnerId',
  'CustomerId',
  'CustomerName',
  'CustomerDomainName',
  'CustomerCountry',
  'InvoiceNumber',
  'MpnId',
  'ResellerMpnId',
  'OrderId',
  'OrderDate',
  'ProductId',
  'SkuId',
  'AvailabilityId',
  'SkuName',
  'ProductName',
  'ChargeType',
  'UnitPrice',
  'Quantity',
  'Subtotal',
  'TaxTotal',
  'Total',
  'Currency',
  'PriceAdjustmentDescription',
  'PublisherName',
  'PublisherId',
  'SubscriptionDescription',
  'SubscriptionId',
  'ChargeStartDate',
  'ChargeEndDate',
  'TermAndBillingCycle',
  'EffectiveUnitPrice',
  'UnitType',
  'AlternateId',
  'BillableQuantity',
  'BillingFrequency',
  'PricingCurrency',
  'PCToBCExchangeRate',
  'PCToBCExchangeRateDate',
  'MeterDescription',
  'ReservationOrderId',
  'CreditReasonCode',
  'SubscriptionStartDate',
  'SubscriptionEndDate',
  'ReferenceId',
  'ProductQualifiers',
  'PromotionId',
] as const;

const STREAM = 2000;
const HEX = '0123456789abcdef';
const PRODUCT_ALPHABET = '0123456789BCDFGHJKLMNPQRSTVWXZ';
/** Wrong amounts: 2 % of the lines. Duplicates: 0.4 % of all lines, drawn from the undisturbed cycles, about 75 % of them. */
const WRONG_ONE_IN = 50;
const DUPLICATE_ONE_IN = 168;

/**
 * A new-commerce licence can be cancelled within seven days of its purchase; the first 24 hours would be a full refund, so the credits
 * begin on the third day. Seats are only added: giving them back has the same seven days.
 */
const HABITS: Habits = { year: 2023, changeOneIn: 8, decreaseOneIn: 0, cancelOneIn: 40, cancelCycles: [0, 0], cancelDays: [2, 5] };

interface NewCommerceLine extends PlannedLine, Proration {
  readonly chargeType: 'new' | 'cycleCharge' | 'addQuantity' | 'cancelImmediate';
  readonly course: Course;
  readonly cycle: CourseCycle;
  readonly firstDay: DayNumber;
  readonly isNegative: boolean;
}

/** Every row runs to the end of its cycle, from the day of its event on. */
function lineOf(
  course: Course,
  cycle: CourseCycle,
  chargeType: NewCommerceLine['chargeType'],
  event: { readonly day: DayNumber; readonly quantity: number; readonly isNegative: boolean },
  wrongSeed: number,
): NewCommerceLine {
  return {
    month: monthsSince(HABITS.year, event.day),
    isWhole: event.day === cycle.firstDay,
    wrongSeed,
    isCopy: false,
    price: course.price,
    quantity: event.quantity,
    daysBilled: cycle.lastDay - event.day + 1,
    cycleDays: cycle.lastDay - cycle.firstDay + 1,
    chargeType,
    course,
    cycle,
    firstDay: event.day,
    isNegative: event.isNegative,
  };
}

function linesOf(subscription: number, quietCycles: number | null): readonly NewCommerceLine[] {
  const random = new Random(STREAM, subscription);
  const isQuiet = quietCycles !== null;
  const course = isQuiet ? quietCourse(random, HABITS.year, quietCycles) : courseOf(random, HABITS);
  const seed = (): number => (!isQuiet && random.oneIn(WRONG_ONE_IN) ? 1 + random.below(0xffff_fffe) : 0);
  const lines: NewCommerceLine[] = [];
  for (const cycle of course.cycles) {
    const { firstDay, quantity, change, cancelDay } = cycle;
    const charge = lineOf(course, cycle, cycle.index === 0 ? 'new' : 'cycleCharge', { day: firstDay, quantity, isNegative: false }, seed());
    lines.push(charge);
    if (change !== null) {
      lines.push(lineOf(course, cycle, 'addQuantity', { day: change.day, quantity, isNegative: true }, seed()));
      lines.push(lineOf(course, cycle, 'addQuantity', { day: change.day, quantity: change.to, isNegative: false }, seed()));
    } else if (cancelDay !== null) {
      lines.push(lineOf(course, cycle, 'cancelImmediate', { day: cancelDay, quantity, isNegative: true }, seed()));
    } else if (!isQuiet && random.oneIn(DUPLICATE_ONE_IN)) {
      // Only cycles in which nothing else happened: beside a wipe it is open to interpretation which copy is the surplus one.
      lines.push({ ...charge, isCopy: true });
    }
  }
  return lines;
}

/** A legacy licence file has no invoice numbers; here each calendar month has one. */
function invoiceOf(month: number): string {
  return `G${String(2_297_372 + month).padStart(9, '0')}`;
}

function cellsOf(subscription: number, line: NewCommerceLine): readonly string[] {
  const holder = holderOf(STREAM, subscription);
  const product = csvCell(holder.productName);
  const right = newCommerceAmount(line);
  const amount = line.wrongSeed === 0 ? right : wrongAmount(right, newCommerceFigures(line), line.wrongSeed);
  const tax = taxOf(amount);
  const money = (cents: bigint): string => decimalText(cents, 2, line.isNegative);
  const orderDay = dayText(line.firstDay);
  const seatChange = subscription * 12 + line.cycle.index;
  return [
    PARTNER_ID,
    holder.customerId,
    csvCell(holder.customerName),
    holder.domain,
    holder.country,
    invoiceOf(line.month),
    holder.mpnId,
    holder.resellerMpnId,
    textOf(STREAM + 3, subscription, 12, HEX),
    orderDay,
    `CFQ7TTC0${textOf(STREAM + 4, holder.productIndex, 4, PRODUCT_ALPHABET)}`,
    '0001',
    `CFQ7TTC0${textOf(STREAM + 8, holder.productIndex, 4, PRODUCT_ALPHABET)}`,
    product,
    product,
    line.chargeType,
    decimalText(BigInt(line.price), 2, false),
    `${line.quantity}`,
    money(amount),
    money(tax),
    money(amount + tax),
    'EUR',
    '',
    'Microsoft Corporation',
    '',
    product,
    guidOf(STREAM + 5, subscription),
    orderDay,
    dayText(line.cycle.lastDay),
    'One-Year commitment for monthly/yearly billing',
    decimalText(effectiveUnits(line), 9, line.isNegative),
    'Licenses',
    textOf(STREAM + 3, subscription, 12, HEX),
    `${line.quantity}`,
    'Monthly',
    'EUR',
    '1',
    orderDay,
    '',
    '',
    '',
    dayText(line.course.firstDay),
    dayText(line.course.termUntil - 1),
    line.chargeType === 'addQuantity' ? guidOf(STREAM + 6, seatChange) : '',
    '',
    '',
  ];
}

const NEW_COMMERCE: ExportLayout<NewCommerceLine> = { stream: STREAM, header: HEADER, linesOf, cellsOf };

/** Writes a new-commerce invoice reconciliation file of exactly `rows` rows; the same rows give the same bytes. */
export function generateNewCommerce(path: string, rows: number): GeneratedFile {
  return writeExport(NEW_COMMERCE, path, rows);
}
