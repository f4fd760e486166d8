/** What a record may call the holder of a subscription by. */
export interface Holder {
  readonly customerId: string;
  readonly customerDomain: string;
  readonly customerName: string;
  readonly subscriptionId: string;
}

/** A name of fewer letters may be any word. */
const LEAST_LETTERS = 4;

/**
 * The holders that words of a record name: by customer id, domain or subscription id, or by the whole name of the customer without case and
 * punctuation. A name that is only a part of a longer one among those given is not meant, and nobody is named by what the writer is called too.
 */
export function namedInRecord<Each extends Holder>(text: string, holders: readonly Each[], own: Holder): readonly Each[] {
  // Ids and domains stand whole among the words, whatever marks are around them.
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.-][\p{L}\p{N}]+)*/gu) ?? []);
  const names = namesIn(text, [...holders, own]);
  return holders.filter(({ customerId, customerDomain, subscriptionId, customerName }) => {
    if ([customerId, customerDomain, subscriptionId].some((name) => words.has(name.toLowerCase()))) return true;
    const name = bare(customerName);
    return name !== bare(own.customerName) && names.has(name);
  });
}

/** The names that a text holds whole, the longest first: what one of them takes is no part of another. */
function namesIn(text: string, holders: readonly Holder[]): ReadonlySet<string> {
  let left = ` ${bare(text)} `;
  const found = new Set<string>();
  const names = [...new Set(holders.map(({ customerName }) => bare(customerName)))].sort((a, b) => b.length - a.length);
  for (const name of names) {
    const letters = name.match(/\p{L}/gu)?.length ?? 0;
    if (letters < LEAST_LETTERS || !left.includes(` ${name} `)) continue;
    found.add(name);
    left = left.replaceAll(` ${name} `, ' | ');
  }
  return found;
}

/** Words parted by one blank each. */
function bare(text: string): string {
  return (
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  );
}
