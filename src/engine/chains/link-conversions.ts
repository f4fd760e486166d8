import { licencesOn } from '../../domain/charges/licences.ts';
import type { AuditedLine, ConversionOrigin, SubscriptionChain } from '../../domain/charges/subjects.ts';

/**
 * Tells the subscriptions that a conversion opened where they came from: the row that takes the licences away stands under another
 * subscription of the customer, with the same ReferenceId, or, where none is given, alone on that day.
 */
export function withConversions(chains: readonly SubscriptionChain[]): readonly SubscriptionChain[] {
  const openings = chains.map(openingOf);
  if (openings.every((opening) => opening === null)) return chains;
  const linked = new Map<SubscriptionChain, SubscriptionChain>();
  // What was upgraded twice inherits through both: a parent is linked before its child.
  const link = (chain: SubscriptionChain, seen: readonly SubscriptionChain[]): SubscriptionChain => {
    const known = linked.get(chain);
    const charge = openings[chains.indexOf(chain)] ?? null;
    if (known !== undefined || charge === null || seen.includes(chain)) return known ?? chain;
    const source = sourceOf(charge, chain, chains);
    const conversion = source === null ? unknown(charge) : originOf(charge, source, link(source.chain, [...seen, chain]));
    const result = { ...chain, conversion };
    linked.set(chain, result);
    return result;
  };
  return chains.map((chain) => link(chain, []));
}

interface Source {
  readonly chain: SubscriptionChain;
  /** The row that takes the licences away. */
  readonly taken: AuditedLine;
}

/** The conversion that a subscription begins with; null where it was bought, or where its first rows are not given. */
function openingOf(chain: SubscriptionChain): AuditedLine | null {
  if (chain.layout !== 'new-commerce') return null;
  const first = chain.lines.find(({ line }) => line.sign > 0 && line.heading.productKind === 'licence');
  return first?.line.kind === 'conversion' && first.line.chargeType.toLowerCase() === 'convert' ? first : null;
}

function sourceOf(charge: AuditedLine, chain: SubscriptionChain, chains: readonly SubscriptionChain[]): Source | null {
  const { referenceId, firstDay } = charge.line;
  const found = chains.flatMap((other) => {
    if (other === chain || other.layout !== chain.layout) return [];
    const taken = other.lines.filter(
      ({ line }) =>
        line.kind === 'conversion' &&
        line.sign <= 0 &&
        (referenceId === '' ? line.firstDay === firstDay : line.referenceId === referenceId),
    );
    return taken.map((one) => ({ chain: other, taken: one }));
  });
  const [first] = found;
  return first === undefined || found.some((one) => one.chain !== first.chain) ? null : first;
}

function unknown(charge: AuditedLine): ConversionOrigin {
  return { kind: 'unknown', charge, parent: null };
}

/** Licences left behind tell a partial upgrade from a full one. */
function originOf(charge: AuditedLine, { taken }: Source, parent: SubscriptionChain): ConversionOrigin {
  if (taken.line.heading.isTrial || (taken.line.amount.isZero() && charge.line.amount.isPositive()))
    return { kind: 'trial', charge, parent };
  const { firstDay } = taken.line;
  const cycle = parent.cycles.find((one) => one.lines.includes(taken));
  const left = cycle === undefined || firstDay === null ? null : licencesOn(cycle, firstDay);
  if (left === null) return { ...unknown(charge), parent };
  return { kind: left.isPositive() && !left.isZero() ? 'partial-upgrade' : 'full-upgrade', charge, parent };
}
