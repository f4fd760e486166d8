import type { LineHeading } from '../domain/charges/charge-line.ts';

/**
 * One object for all lines of all files whose heading is the same: a million lines have few headings, and rules may
 * compare headings by identity.
 */
export class HeadingPool {
  /** Under the texts that tell most headings apart; a subscription with several names or prices has several headings. */
  readonly #headings = new Map<string, LineHeading[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The texts of the heading must not be cut out of rows: the pool keeps them. */
  intern(heading: LineHeading): LineHeading {
    const key = heading.subscriptionId + heading.productId + heading.skuId;
    const alike = this.#headings.get(key);
    const known = alike?.find((each) => isSame(each, heading));
    if (known !== undefined) return known;
    const frozen = Object.freeze(heading);
    if (alike === undefined) this.#headings.set(key, [frozen]);
    else alike.push(frozen);
    this.#size++;
    return frozen;
  }
}

function isSame(one: LineHeading, other: LineHeading): boolean {
  return (Object.keys(one) as (keyof LineHeading)[]).every((name) => one[name] === other[name]);
}
