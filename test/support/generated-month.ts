import fc from 'fast-check';
import { figureOf, LEGACY_CONVENTIONS, NEW_COMMERCE_CONVENTIONS, type Convention } from '../../src/domain/proration/conventions.ts';
import { cycleFromAnchor } from '../../src/domain/calendar/cycles.ts';
import { addDays, dayFromIso, daysInclusive, isoDay, type Day } from '../../src/domain/calendar/days.ts';
import { Decimal } from '../../src/domain/numbers/money.ts';
import { truncate } from '../../src/domain/numbers/rounding.ts';
import { caseFile, type CaseLayout, type CaseLine } from './case-rows.ts';
import type { TextFile } from './run-audit.ts';

/** One row of a generated month. */
export interface MonthRow {
  readonly layout: CaseLayout;
  readonly line: CaseLine;
}

/** What happens to a subscription within its cycle. */
interface Change {
  /** Days after the first day of the cycle. */
  readonly onDay: number;
  readonly seats: number;
}

const NOISY = [
  'amount',
  'price',
  'effective',
  'tax',
  'total',
  'name',
  'start',
  'ordered',
  'reference',
  'invoice',
  'seats',
  'subscription',
] as const;

/** A row of a story, counted round, of which a cell is changed; or a changed copy of it is added, or the row is left out. */
interface Noise {
  readonly row: number;
  readonly cell: (typeof NOISY)[number];
  readonly cents: number;
  readonly fate: 'changed' | 'copied' | 'left-out';
}

/** A subscription's cycle as a story; amounts follow one convention a row, so a story without noise is right. */
export interface Story {
  readonly layout: CaseLayout;
  readonly customer: number;
  readonly product: number;
  readonly startDay: number;
  readonly cents: number;
  readonly seats: number;
  readonly changes: readonly Change[];
  /** Days after the first day; null for a subscription that runs on. */
  readonly cancelledOn: number | null;
  readonly hasNextCycle: boolean;
  /** One convention a row, taken in turn. */
  readonly conventions: readonly number[];
  /** What is wrong with the story's rows. */
  readonly noise: readonly Noise[];
  /** Dollars to euro; null for a price in euro. */
  readonly rate: string | null;
}

const FIRST_DAY = dayFromIso('2026-07-01')!;

const change = fc.record({ onDay: fc.integer({ min: 1, max: 26 }), seats: fc.integer({ min: 1, max: 60 }) });

const noise = fc.record({
  row: fc.nat(7),
  cell: fc.constantFrom(...NOISY),
  cents: fc.integer({ min: -60, max: 60 }),
  fate: fc.constantFrom('changed', 'copied', 'left-out'),
});

/** Stories of a month: few customers and products, so that subscriptions meet. */
export function storyOf(given: { readonly isClean: boolean }): fc.Arbitrary<Story> {
  return fc.record({
    layout: fc.constantFrom<CaseLayout>('legacy-licence', 'new-commerce'),
    customer: fc.integer({ min: 1, max: 3 }),
    product: fc.integer({ min: 1, max: 4 }),
    startDay: fc.integer({ min: 0, max: 40 }),
    cents: fc.integer({ min: 1, max: 9999 }),
    seats: fc.integer({ min: 1, max: 60 }),
    changes: fc.uniqueArray(change, { maxLength: 3, selector: (one) => one.onDay }),
    cancelledOn: given.isClean ? fc.constant(null) : fc.option(fc.integer({ min: 0, max: 26 })),
    hasNextCycle: fc.boolean(),
    conventions: fc.array(fc.nat(5), { minLength: 1, maxLength: 8 }),
    noise: given.isClean ? fc.constant([]) : fc.array(noise, { maxLength: 3 }),
    rate: fc.option(fc.constantFrom('0.85', '0.8613'), { nil: null, freq: 4 }),
  });
}

/** The rows of stories, each a subscription of its own. */
export function rowsOf(stories: readonly Story[]): readonly MonthRow[] {
  return stories.flatMap((story, place) => storyRows(story, `subscription-${place + 1}`));
}

/** Rows as files, one a layout and number, named after it. */
export function filesOf(rows: readonly MonthRow[], fileOf: (place: number) => number = () => 0): TextFile[] {
  const parts = new Map<string, { layout: CaseLayout; lines: CaseLine[] }>();
  rows.forEach(({ layout, line }, place) => {
    const name = `${layout}-${fileOf(place)}.csv`;
    const part = parts.get(name) ?? { layout, lines: [] };
    part.lines.push(line);
    parts.set(name, part);
  });
  return [...parts].map(([name, part]) => ({ name, text: caseFile(part.layout, part.lines) }));
}

function storyRows(story: Story, subscription: string): readonly MonthRow[] {
  const rows = story.layout === 'legacy-licence' ? legacyRows(story) : newCommerceRows(story);
  const product = story.product === 4 ? 'Microsoft 365 E5' : `Office ${story.product}`;
  const ids =
    story.layout === 'legacy-licence'
      ? { offer: `offer-${story.product}`, product }
      : { productId: `CFQ7TTC0000${story.product}`, product };
  const complete = rows.map((line) => ({ ...line, ...ids, subscription, customer: `customer-${story.customer}` }));
  return withNoise(complete, story).map((line) => ({ layout: story.layout, line }));
}

function withNoise(rows: readonly CaseLine[], story: Story): readonly CaseLine[] {
  return story.noise.reduce<readonly CaseLine[]>((all, { row, cell, cents, fate }) => {
    if (all.length < 2 && fate === 'left-out') return all;
    const place = row % all.length;
    const one = all[place]!;
    const changed = { ...one, ...noisyCell(one, cell, cents, story.layout) };
    const kept = { changed: [changed], copied: [one, changed], 'left-out': [] }[fate];
    return [...all.slice(0, place), ...kept, ...all.slice(place + 1)];
  }, rows);
}

function noisyCell(row: CaseLine, cell: Noise['cell'], cents: number, layout: CaseLayout): CaseLine {
  const later = (day: string): string => isoDay(addDays(dayFromIso(day)!, Math.abs(cents) % 7));
  const off = (text: string | undefined): string => new Decimal(text ?? '0').plus(new Decimal(cents).div(100)).toFixed(2);
  switch (cell) {
    case 'amount':
    case 'price':
    case 'tax':
      return { [cell]: off(row[cell]) };
    case 'total':
      return { total: off(row['amount']) };
    case 'seats':
      return { seats: String(1 + Math.abs(cents)) };
    case 'name':
      return { name: `Contoso ${Math.abs(cents) % 3}` };
    case 'start':
      return { start: later(row['start'] ?? '2026-07-01') };
    case 'effective':
      return layout === 'new-commerce' ? { effective: off(row['effective']) } : {};
    case 'ordered':
      return layout === 'new-commerce' ? { ordered: later(row['ordered'] ?? '2026-07-01') } : {};
    case 'subscription':
      // Ids are the same in any case.
      return { subscription: (row['subscription'] ?? '').toUpperCase() };
    case 'reference':
      return layout === 'new-commerce' ? { reference: `reference ${cents % 3}` } : {};
    case 'invoice':
      return layout === 'new-commerce' ? { invoice: `G00000000${Math.abs(cents) % 3}` } : {};
  }
}

interface Cycle {
  readonly firstDay: Day;
  readonly lastDay: Day;
}

function cycleOf(story: Story, step: number): Cycle {
  const anchor = addDays(FIRST_DAY, story.startDay);
  let cycle = cycleFromAnchor(anchor, 1, anchor, 'clamp')!;
  for (let made = 0; made < step; made += 1) cycle = cycleFromAnchor(anchor, 1, addDays(cycle.lastDay, 1), 'clamp')!;
  return cycle;
}

function priceOf(story: Story): Decimal {
  return new Decimal(story.cents).div(100);
}

/** Amount and effective price of a share of the cycle, by the convention whose turn it is. */
function share(story: Story, cycle: Cycle, from: Day, until: Day, seats: number, turn: number): { amount: Decimal; effective: Decimal } {
  const all: readonly Convention[] = story.layout === 'legacy-licence' ? LEGACY_CONVENTIONS : NEW_COMMERCE_CONVENTIONS;
  const convention = all[(story.conventions[turn % story.conventions.length] ?? 0) % all.length]!;
  const billed = daysInclusive(from, until);
  const whole = daysInclusive(cycle.firstDay, cycle.lastDay);
  const price = priceOf(story);
  const rate = new Decimal(story.layout === 'legacy-licence' ? 1 : (story.rate ?? 1));
  const isWholeLegacy = story.layout === 'legacy-licence' && billed === whole;
  const facts = { price, quantity: new Decimal(seats), billed, whole, rate, digits: 2, pricingDigits: 2 };
  return { amount: isWholeLegacy ? price.times(seats) : figureOf(convention, facts), effective: price.times(billed).div(whole) };
}

/** The changes of a story in the order of their days, each with the seats before it and the day before the next. */
function steps(story: Story, cycle: Cycle): readonly { day: Day; before: number; after: number; until: Day }[] {
  const sorted = [...story.changes].sort((a, b) => a.onDay - b.onDay);
  return sorted.map((one, place) => {
    const next = sorted[place + 1];
    return {
      day: addDays(cycle.firstDay, one.onDay),
      before: sorted[place - 1]?.seats ?? story.seats,
      after: one.seats,
      until: next === undefined ? cycle.lastDay : addDays(cycle.firstDay, next.onDay - 1),
    };
  });
}

function newCommerceRows(story: Story): readonly CaseLine[] {
  const cycle = cycleOf(story, 0);
  let turn = 0;
  const line = (type: string, from: Day, seats: number, sign: 1 | -1, period: Cycle = cycle): CaseLine => {
    const { amount, effective } = share(story, period, from, period.lastDay, seats, turn++);
    return {
      type,
      from: isoDay(from),
      to: isoDay(period.lastDay),
      ordered: isoDay(from),
      start: isoDay(cycle.firstDay),
      price: priceOf(story).toFixed(2),
      // Without trailing zeros, which a spreadsheet's number cells cannot keep: AR06 reads its tolerance off the digits printed.
      effective: truncate(effective.times(sign), 6).toString(),
      seats: String(seats),
      amount: amount.times(sign).toFixed(2),
      ...(story.rate === null ? {} : { pricing: 'USD', rate: story.rate, rateDate: '2026-06-28' }),
    };
  };
  const rows = [line('new', cycle.firstDay, story.seats, 1)];
  for (const { day, before, after } of steps(story, cycle)) {
    const type = after < before ? 'removeQuantity' : 'addQuantity';
    const reference = `reference ${isoDay(day)}`;
    rows.push({ ...line(type, day, before, -1), reference }, { ...line(type, day, after, 1), reference });
  }
  const seats = steps(story, cycle).at(-1)?.after ?? story.seats;
  if (story.cancelledOn !== null) {
    const lastChange = Math.max(0, ...story.changes.map((one) => one.onDay));
    rows.push(line('cancelImmediate', addDays(cycle.firstDay, Math.max(story.cancelledOn, lastChange)), seats, -1));
  } else if (story.hasNextCycle) {
    const next = cycleOf(story, 1);
    rows.push(line('cycleCharge', next.firstDay, seats, 1, next));
  }
  return rows;
}

/** Legacy files take the whole cycle back and charge it again in parts, once for all the changes of a month. */
function legacyRows(story: Story): readonly CaseLine[] {
  const cycle = cycleOf(story, 0);
  let turn = 0;
  const line = (type: string, from: Day, until: Day, seats: number, sign: 1 | -1, period: Cycle = cycle): CaseLine => {
    const { amount, effective } = share(story, period, from, until, seats, turn++);
    return {
      type,
      start: isoDay(cycle.firstDay),
      from: isoDay(from),
      to: isoDay(until),
      price: truncate(effective.times(sign), 2).toFixed(2),
      seats: String(seats),
      amount: amount.times(sign).toFixed(2),
    };
  };
  const rows = [line('Cycle fee', cycle.firstDay, cycle.lastDay, story.seats, 1)];
  const changes = steps(story, cycle);
  const [first] = changes;
  if (first !== undefined) {
    rows.push(line('Cycle instance prorate', cycle.firstDay, cycle.lastDay, story.seats, -1));
    rows.push(line('Cycle instance prorate', cycle.firstDay, addDays(first.day, -1), story.seats, 1));
    for (const one of changes) rows.push(line('Cycle instance prorate', one.day, one.until, one.after, 1));
  } else if (story.cancelledOn !== null) {
    rows.push(line('Cancel fee', addDays(cycle.firstDay, story.cancelledOn), cycle.lastDay, story.seats, -1));
  }
  if (story.hasNextCycle && story.cancelledOn === null) {
    const next = cycleOf(story, 1);
    rows.push(line('Cycle fee', next.firstDay, next.lastDay, changes.at(-1)?.after ?? story.seats, 1, next));
  }
  return rows;
}
