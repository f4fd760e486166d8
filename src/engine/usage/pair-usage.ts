import { isoDay, type Day } from '../../domain/calendar/days.ts';
import { sidesTogether, type UsageGroup, type UsageGroups, type UsageIds } from './usage-groups.ts';

/** Daily rows and the invoice lines that bill them, or either alone. */
export interface PairedUsage {
  readonly group: UsageGroup;
  /** The identifiers in which both sides differ, or which one of them leaves blank. */
  readonly differing: readonly string[];
  /** Why the daily rows could be laid to no invoice; null where they could. */
  readonly problem: string | null;
  /** Whether any daily row is of this invoice. */
  readonly hasDailyOfInvoice: boolean;
}

const NAMES: Readonly<Record<keyof UsageIds, string>> = {
  customerId: 'customer',
  subscriptionId: 'subscription',
  productId: 'product',
  skuId: 'SKU',
};
const ID_NAMES = Object.keys(NAMES) as readonly (keyof UsageIds)[];

/** Lays daily rows without an invoice number to the invoice that bills their month, and rows that lack an identifier to the only line that can be meant. */
export function pairUsage(groups: UsageGroups): readonly PairedUsage[] {
  const all = groups.all();
  const unnumbered = all.filter(isWithoutInvoice);
  const billedIn = billedByMonth(all);
  // What the rows themselves say comes first: a second file of the same month without numbers would count them twice.
  const numbered = new Set(all.filter(({ daily, invoice }) => daily !== null && invoice !== ''));
  const problems = new Map<UsageGroup, string>();
  const laidTo = new Map<UsageGroup, UsageGroup[]>();
  for (const group of unnumbered) {
    const target = invoiceOf(group, billedIn, numbered);
    if (typeof target === 'string') problems.set(group, target);
    else laidTo.set(target, [...(laidTo.get(target) ?? []), group]);
  }
  for (const group of numbered) if (!groups.isGiven(group)) problems.set(group, 'the lines of this invoice are not given');
  const laid = all
    .filter((group) => !problems.has(group) && !isWithoutInvoice(group))
    .map((group) => ({ ...group, daily: sidesTogether([group.daily, ...(laidTo.get(group) ?? []).map(({ daily }) => daily)]) }));
  return [...withIdentifiersMatched(laid), ...leftAside(problems)];
}

/** What could be laid to no invoice, added up by the reason: a month of which the invoice is not given needs no list of its products. */
function leftAside(problems: ReadonlyMap<UsageGroup, string>): readonly PairedUsage[] {
  const byReason = new Map<string, { problem: string; groups: UsageGroup[] }>();
  for (const [group, problem] of problems) {
    const key = `${group.invoice}\n${group.currency}\n${problem}`;
    const one = byReason.get(key) ?? { problem, groups: [] };
    one.groups.push(group);
    byReason.set(key, one);
  }
  return [...byReason.values()].flatMap(({ problem, groups }) => {
    const [first] = groups;
    if (first === undefined) return [];
    const daily = sidesTogether(groups.map((group) => group.daily));
    const group = { ...first, ids: NO_IDS, customerName: '', product: '', daily };
    return [{ group, differing: [], problem, hasDailyOfInvoice: true }];
  });
}

const NO_IDS: UsageIds = { customerId: '', subscriptionId: '', productId: '', skuId: '' };

/** Daily rows that carry no invoice number while no invoice line is without one either. */
function isWithoutInvoice({ invoice, daily, billed }: UsageGroup): boolean {
  return invoice === '' && daily !== null && billed === null;
}

type BilledByMonth = ReadonlyMap<string, readonly UsageGroup[]>;

function monthKey(month: Day, { currency, ids }: UsageGroup): string {
  return [month, currency, ...ID_NAMES.map((name) => ids[name])].join('\n').toLowerCase();
}

function billedByMonth(all: readonly UsageGroup[]): BilledByMonth {
  const found = new Map<string, UsageGroup[]>();
  for (const group of all) {
    if (group.invoice === '') continue;
    for (const month of group.billedMonths) {
      const key = monthKey(month, group);
      addTo(found, key, group);
    }
  }
  return found;
}

/** The invoice lines that bill the same product in the month of the rows, or why there are none. */
function invoiceOf(group: UsageGroup, billedIn: BilledByMonth, numbered: ReadonlySet<UsageGroup>): UsageGroup | string {
  const { month } = group;
  if (month === null) return 'the rows carry neither an invoice number nor a day';
  const named = isoDay(month).slice(0, 7);
  const candidates = billedIn.get(monthKey(month, group)) ?? [];
  const [only] = candidates;
  if (only === undefined) return `the rows carry no invoice number, and no given invoice bills their products in ${named}`;
  if (candidates.length > 1) return `the rows carry no invoice number, and several invoices bill their products in ${named}`;
  return numbered.has(only) ? `the rows carry no invoice number, and others of ${named} name invoice ${only.invoiceNumber}` : only;
}

/** What is left of an invoice on either side belongs together where it differs in an identifier and nothing else can be meant. */
function withIdentifiersMatched(all: readonly UsageGroup[]): readonly PairedUsage[] {
  const invoicesWithDaily = new Set(all.filter(({ daily }) => daily !== null).map(({ invoice }) => invoice));
  const byInvoice = new Map<string, UsageGroup[]>();
  for (const group of all) {
    const key = `${group.invoice}\n${group.currency}\n${group.month ?? ''}`;
    const known = byInvoice.get(key);
    if (known === undefined) byInvoice.set(key, [group]);
    else known.push(group);
  }
  return [...byInvoice.values()].flatMap((ofInvoice) => {
    const matched = matches(
      ofInvoice.filter(({ billed }) => billed === null),
      ofInvoice.filter(({ daily }) => daily === null),
    );
    const taken = new Set([...matched.values()].map(({ group }) => group));
    return ofInvoice
      .filter((group) => !taken.has(group))
      .map((group): PairedUsage => {
        const match = matched.get(group);
        const hasDailyOfInvoice = invoicesWithDaily.has(group.invoice);
        const own = { group, differing: group.billed === null ? blanksOf(group) : [] };
        const pair = match === undefined ? own : { group: merged(group, match.group), differing: match.differing };
        return { ...pair, problem: null, hasDailyOfInvoice };
      });
  });
}

interface Match {
  readonly group: UsageGroup;
  readonly differing: readonly string[];
}

/** Each daily group with the invoice lines that it alone can mean. */
function matches(daily: readonly UsageGroup[], billed: readonly UsageGroup[]): ReadonlyMap<UsageGroup, Match> {
  const byProduct = new Map<string, UsageGroup[]>();
  const bySubscription = new Map<string, UsageGroup[]>();
  for (const group of billed) {
    addTo(byProduct, group.ids.productId.toLowerCase(), group);
    addTo(bySubscription, group.ids.subscriptionId.toLowerCase(), group);
  }
  const found = new Map<UsageGroup, Match>();
  const wanted = new Map<UsageGroup, number>();
  for (const group of daily) {
    const product = group.ids.productId.toLowerCase();
    const subscription = group.ids.subscriptionId.toLowerCase();
    const candidates =
      product === '' ? (bySubscription.get(subscription) ?? []) : [...(byProduct.get(product) ?? []), ...(byProduct.get('') ?? [])];
    const fits = candidates.flatMap((other) => {
      const differing = differingIds(group.ids, other.ids);
      return differing === null ? [] : [{ group: other, differing }];
    });
    for (const fit of fits) wanted.set(fit.group, (wanted.get(fit.group) ?? 0) + 1);
    const [only] = fits;
    if (fits.length === 1 && only !== undefined) found.set(group, only);
  }
  for (const [group, match] of found) if (wanted.get(match.group) !== 1) found.delete(group);
  return found;
}

function addTo(groups: Map<string, UsageGroup[]>, key: string, group: UsageGroup): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [group]);
  else known.push(group);
}

/**
 * The names of the identifiers that differ or are blank on one side; null where the two cannot mean the same: product and SKU must agree where both name them,
 * and so must the subscription. The customer may be another, for the subscription tells whose it is; one of the two must be known.
 */
function differingIds(one: UsageIds, other: UsageIds): readonly string[] | null {
  const differing: string[] = [];
  const agreeing = new Set<keyof UsageIds>();
  for (const name of ID_NAMES) {
    const [a, b] = [one[name].toLowerCase(), other[name].toLowerCase()];
    if (a === b) {
      if (a !== '') agreeing.add(name);
    } else if (a !== '' && b !== '' && name !== 'customerId') return null;
    else differing.push(NAMES[name]);
  }
  const isOwnerKnown = agreeing.has('subscriptionId') || (agreeing.has('customerId') && agreeing.has('productId'));
  return isOwnerKnown ? differing : null;
}

function blanksOf({ ids }: UsageGroup): readonly string[] {
  return ID_NAMES.filter((name) => ids[name] === '').map((name) => NAMES[name]);
}

/** Named as the daily rows name it, and as the invoice does where they are blank. */
function merged(daily: UsageGroup, billed: UsageGroup): UsageGroup {
  const id = (name: keyof UsageIds): string => (daily.ids[name] === '' ? billed.ids[name] : daily.ids[name]);
  return {
    ...billed,
    ids: { customerId: id('customerId'), subscriptionId: id('subscriptionId'), productId: id('productId'), skuId: id('skuId') },
    customerName: daily.customerName === '' ? billed.customerName : daily.customerName,
    product: daily.product === '' ? billed.product : daily.product,
    daily: daily.daily,
  };
}
