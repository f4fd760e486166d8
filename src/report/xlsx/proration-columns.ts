import type { Convention } from '../../domain/proration/conventions.ts';
import type { ProrationInputs } from '../../domain/findings/finding.ts';
import { Decimal } from '../../domain/numbers/money.ts';
import { decimal, EMPTY, label, type SheetCell } from './cells.ts';
import { prorationFormula } from './proration-formula.ts';
import type { Column, RowPlaces } from './table.ts';

/** The columns that figures are worked out from, by their headers. */
const HEADERS = {
  price: 'Full price',
  quantity: 'Quantity',
  rate: 'Rate',
  daysBilled: 'Days billed',
  cycleDays: 'Cycle days',
  monthsBilled: 'Months billed',
  cycleMonths: 'Cycle months',
  sign: 'Sign',
} as const;

/** What a row without inputs shows in their place. */
interface Printed<T> {
  readonly price: (item: T) => string | null;
  readonly quantity: (item: T) => string | null;
  readonly rate: (item: T) => string | null;
}

/** A price whose quotient does not end stands as a division, so that nothing of it is lost. */
const FRACTION = /^(.+)\/(\d+)$/;

/** Whether a spreadsheet can hold every input as a number; else the values stand alone. */
export function isLive({ price, quantity, rate }: ProrationInputs): boolean {
  return [...price.split('/'), quantity, rate].every((value) => typeof decimal(value, 0).value === 'number');
}

/** The inputs of a figure, a column each. A price that does not end is a formula of its own. */
export function inputColumns<T>(inputsOf: (item: T) => ProrationInputs | null, printed: Printed<T>): readonly Column<T>[] {
  const counted = (item: T, key: 'daysBilled' | 'cycleDays' | 'monthsBilled' | 'cycleMonths' | 'sign'): SheetCell => {
    const value = inputsOf(item)?.[key] ?? null;
    return value === null ? EMPTY : label(value);
  };
  return [
    {
      header: HEADERS.price,
      widest: 20,
      cell: (item) => priceCell(printed.price(item)),
      formula: (item) => priceFormula(inputsOf(item)),
    },
    { header: HEADERS.quantity, widest: 20, cell: (item) => decimal(printed.quantity(item), 0) },
    { header: HEADERS.rate, widest: 20, cell: (item) => decimal(printed.rate(item), 0) },
    ...(['daysBilled', 'cycleDays', 'monthsBilled', 'cycleMonths', 'sign'] as const).map((key) => ({
      header: HEADERS[key],
      widest: 10,
      cell: (item: T) => counted(item, key),
      isOptional: true,
    })),
  ];
}

/** The price as a number of ten decimals where it does not end: what stands beside the formula. */
export function printedPrice(price: string | null): string | null {
  const parts = FRACTION.exec(price ?? '');
  if (parts === null) return price;
  return new Decimal(parts[1] ?? '0')
    .div(parts[2] ?? '1')
    .toDecimalPlaces(10)
    .toString();
}

/** A quotient cut for print has a mark at its end, which no number has. */
function priceCell(price: string | null): SheetCell {
  return decimal(price?.replace('…', '') ?? null, 0);
}

function priceFormula(inputs: ProrationInputs | null): string | null {
  const parts = FRACTION.exec(inputs?.price ?? '');
  return parts === null || inputs === null || !isLive(inputs) ? null : `${parts[1] ?? ''}/${parts[2] ?? ''}`;
}

/** A convention's figure over the cells of the row; null where a spreadsheet would lose digits of an input. */
export function figureFormula(convention: Convention, inputs: ProrationInputs, places: RowPlaces): string | null {
  const [price, quantity, rate] = [places.at(HEADERS.price), places.at(HEADERS.quantity), places.at(HEADERS.rate)];
  const [daysBilled, cycleDays, sign] = [places.at(HEADERS.daysBilled), places.at(HEADERS.cycleDays), places.at(HEADERS.sign)];
  if (price === null || quantity === null || rate === null || daysBilled === null || cycleDays === null || sign === null) return null;
  if (!isLive(inputs)) return null;
  const cells = {
    price,
    quantity: `ABS(${quantity})`,
    rate,
    daysBilled,
    cycleDays,
    sign,
    monthsBilled: places.at(HEADERS.monthsBilled),
    cycleMonths: places.at(HEADERS.cycleMonths),
  };
  return prorationFormula(convention, cells, inputs);
}

/** Billed less expected, whatever made the two; null where there is no difference. */
export function differenceFormula(difference: string | null, places: RowPlaces): string | null {
  const [billed, expected] = [places.at('Billed'), places.at('Expected')];
  return difference === null || billed === null || expected === null ? null : `ROUND(${billed}-${expected},10)`;
}
