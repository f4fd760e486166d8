import { Decimal, decimalOf, ZERO, type PrintedNumber } from './money.ts';
import { isSafe } from './safe-units.ts';

/** Adds up printed numbers exactly: those of one scale as safe integers, without an object for each. */
export class ExactSum {
  /** Units by their scale. */
  readonly #units: number[] = [];
  #rest: Decimal = ZERO;

  add(number: PrintedNumber | null): void {
    if (number === null) return;
    const sum = (this.#units[number.scale] ?? 0) + number.units;
    if (number.exact === null && isSafe(sum)) this.#units[number.scale] = sum;
    else this.#rest = this.#rest.plus(decimalOf(number));
  }

  addSum(other: ExactSum): void {
    this.#rest = this.#rest.plus(other.total);
  }

  get total(): Decimal {
    let total = this.#rest;
    this.#units.forEach((units, scale) => {
      total = total.plus(Decimal.ofUnits(units, scale));
    });
    return total;
  }
}
