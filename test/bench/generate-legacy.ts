import { holderOf, PARTNER_ID } from './customers.ts';
import { cutUnitPrice, decimalText, legacyAmount, legacyFigures, taxOf, wrongAmount, type Proration } from './exact-amounts.ts';
import { csvCell, writeExport, type ExportLayout, type GeneratedFile, type PlannedLine } from './export-file.ts';
import { digitsOf, guidOf, Random, textOf } from './random.ts';
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
  'MpnId',
  'Tier2MpnId',
  'OrderId',
  'SubscriptionId',
  'SyndicationPartnerSubscriptionNumber',
  'OfferId',
  'DurableOfferId',
  'OfferName',
  'SubscriptionStartDate',
  'SubscriptionEndDate',
  'ChargeStartDate',
  'ChargeEndDate',
  'ChargeType',
  'UnitPrice',
  'Quantity',
  'Amount',
  'TotalOtherDiscount',
  'Subtotal',
  'Tax',
  'TotalForCustomer',
  'Currency',
  'DomainName',
  'SubscriptionName',
  'SubscriptionDescription',
  'BillingCycleType',
] as const;

const STREAM = 1000;
const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Wrong amounts: 2 % of the lines. Duplicates: 0.4 % of all lines, drawn from the undisturbed cycles, about 60 % of them. */
const WRONG_ONE_IN = 50;
const DUPLICATE_ONE_IN = 160;

/**
 * Legacy subscriptions are cancelled after the 30 days of the automatic full refund: from the third cycle on the credit is prorated.
 * 2021 is a year in which commercial legacy licences were still sold.
 */
const HABITS: Habits = { year: 2021, changeOneIn: 8, decreaseOneIn: 4, cancelOneIn: 40, cancelCycles: [2, 11], cancelDays: [1, 26] };

interface LegacyLine extends PlannedLine, Proration {
  readonly chargeType: 'Purchase fee' | 'Cycle fee' | 'Cycle instance prorate' | 'Cancel fee';
  readonly course: Course;
  readonly firstDay: DayNumber;
  readonly lastDay: DayNumber;
  readonly isNegative: boolean;
}

/** The part of a cycle that a row is about. */
interface Portion {
  readonly firstDay: DayNumber;
  readonly lastDay: DayNumber;
  readonly quantity: number;
  readonly isNegative: boolean;
  readonly billedOn: DayNumber;
}

function lineOf(course: Course, cycle: CourseCycle, chargeType: LegacyLine['chargeType'], portion: Portion, wrongSeed: number): LegacyLine {
  const cycleDays = cycle.lastDay - cycle.firstDay + 1;
  const daysBilled = portion.lastDay - portion.firstDay + 1;
  return {
    month: monthsSince(HABITS.year, portion.billedOn),
    isWhole: daysBilled === cycleDays,
    wrongSeed,
    isCopy: false,
    price: course.price,
    quantity: portion.quantity,
    daysBilled,
    cycleDays,
    chargeType,
    course,
    firstDay: portion.firstDay,
    lastDay: portion.lastDay,
    isNegative: portion.isNegative,
  };
}

/** A change of seats: the whole old period taken back, then the days before it with the old and the days from it on with the new quantity. */
function changePortions(cycle: CourseCycle, change: NonNullable<CourseCycle['change']>): readonly Portion[] {
  const { firstDay, lastDay, quantity } = cycle;
  const billedOn = change.day;
  return [
    { firstDay, lastDay, quantity, isNegative: true, billedOn },
    { firstDay, lastDay: change.day - 1, quantity, isNegative: false, billedOn },
    { firstDay: change.day, lastDay, quantity: change.to, isNegative: false, billedOn },
  ];
}

function linesOf(subscription: number, quietCycles: number | null): readonly LegacyLine[] {
  const random = new Random(STREAM, subscription);
  const isQuiet = quietCycles !== null;
  const course = isQuiet ? quietCourse(random, HABITS.year, quietCycles) : courseOf(random, HABITS);
  const seed = (): number => (!isQuiet && random.oneIn(WRONG_ONE_IN) ? 1 + random.below(0xffff_fffe) : 0);
  const lines: LegacyLine[] = [];
  for (const cycle of course.cycles) {
    const { firstDay, lastDay, quantity, change, cancelDay } = cycle;
    const whole = { firstDay, lastDay, quantity, isNegative: false, billedOn: firstDay };
    const charge = lineOf(course, cycle, cycle.index === 0 ? 'Purchase fee' : 'Cycle fee', whole, seed());
    lines.push(charge);
    if (change !== null) {
      for (const portion of changePortions(cycle, change)) lines.push(lineOf(course, cycle, 'Cycle instance prorate', portion, seed()));
    } else if (cancelDay !== null) {
      lines.push(
        lineOf(course, cycle, 'Cancel fee', { firstDay: cancelDay, lastDay, quantity, isNegative: true, billedOn: cancelDay }, seed()),
      );
    } else if (!isQuiet && random.oneIn(DUPLICATE_ONE_IN)) {
      // Only cycles in which nothing else happened: beside a reversal it is open to interpretation which copy is the surplus one.
      lines.push({ ...charge, isCopy: true });
    }
  }
  return lines;
}

function cellsOf(subscription: number, line: LegacyLine): readonly string[] {
  const holder = holderOf(STREAM, subscription);
  const product = csvCell(holder.productName);
  const right = legacyAmount(line);
  const amount = line.wrongSeed === 0 ? right : wrongAmount(right, legacyFigures(line), line.wrongSeed);
  const tax = taxOf(amount);
  const money = (cents: bigint): string => decimalText(cents, 2, line.isNegative);
  return [
    PARTNER_ID,
    holder.customerId,
    csvCell(holder.customerName),
    holder.mpnId,
    holder.resellerMpnId,
    digitsOf(STREAM + 3, subscription, 18),
    textOf(STREAM + 4, subscription, 16, ID_ALPHABET),
    guidOf(STREAM + 5, subscription),
    guidOf(STREAM + 6, holder.productIndex),
    guidOf(STREAM + 7, holder.productIndex),
    product,
    `${dayText(line.course.firstDay)} 0:00`,
    `${dayText(line.course.termUntil)} 0:00`,
    `${dayText(line.firstDay)} 0:00`,
    `${dayText(line.lastDay)} 23:59`,
    line.chargeType,
    money(cutUnitPrice(line)),
    `${line.quantity}`,
    money(amount),
    '0',
    money(amount),
    money(tax),
    money(amount + tax),
    'EUR',
    holder.domain,
    product,
    product,
    'Monthly',
  ];
}

const LEGACY: ExportLayout<LegacyLine> = { stream: STREAM, header: HEADER, linesOf, cellsOf };

/** Writes a legacy licence file of exactly `rows` rows; the same rows give the same bytes. */
export function generateLegacy(path: string, rows: number): GeneratedFile {
  return writeExport(LEGACY, path, rows);
}
