import { isoDay, type Day } from '../domain/calendar/days.ts';
import type { Detection } from '../domain/findings/finding.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/charges/subjects.ts';
import { money, periodText } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

type Message = 'wipe-alone' | 'recreate-alone' | 'split-does-not-cover';

const NEXT_ACTION =
  'Look for the other half in the next month’s file (give it with --context); if it is not there, open a billing ticket for the missing half.';

/** Seat changes are billed in two halves: the old quantity is taken back and the new one charged. One half alone is a wrong bill. */
const TWO_ROWS = cite(
  'scenarios-recurring',
  'A seat change is two rows with the same ReferenceId, OrderDate and charge dates: the old quantity credited, the new one charged.',
);
const REVERSED_AND_SPLIT = cite(
  'scenarios-monthly',
  'Legacy: the old period is reversed and charged again in split rows that together cover exactly that period.',
);

export const changePairBroken = defineRule({
  code: 'LC01',
  name: 'change-pair-broken',
  title: 'One half of a seat change stands alone',
  scope: 'subscription',
  severity: 'error',
  citations: [],
  caseCitations: [TWO_ROWS, REVERSED_AND_SPLIT],
  docs: {
    checks:
      'New commerce: every addQuantity or removeQuantity row has its counterpart of the other sign with the same subscription, event day, charge dates and, where given, ReferenceId. Legacy: the split rows of a Cycle instance prorate cover exactly the days that are reversed.',
    why: 'A charge half without its credit half bills the old licences twice; a credit half alone will come back as a correction.',
    example: 'addQuantity +112.80 for 12 licences from 20 June without the −94.00 for the 10 licences before.',
    remedy: 'Look in the next month’s file first; then ask for the missing half in a billing ticket.',
  },
  messages: {
    'wipe-alone': '{chargeType} of {period} takes back {quantity} licences ({amount}) but nothing charges the new quantity',
    'recreate-alone': '{chargeType} of {period} charges {quantity} licences ({amount}) but nothing takes back the quantity before',
    'split-does-not-cover': 'the reversed and the newly charged days of a seat change do not match on {days}',
  },
  *check(chain) {
    const changes = chain.lines.filter((one) => one.line.kind === 'seat-change' && one.line.firstDay !== null && one.line.lastDay !== null);
    yield* chain.layout === 'new-commerce' ? newCommerceHalves(changes) : legacySplits(chain, changes);
  },
});

function* newCommerceHalves(changes: readonly AuditedLine[]): Generator<Detection<Message>> {
  const groups = new Map<string, AuditedLine[]>();
  for (const one of changes) {
    if (one.line.sign === 0) continue;
    const key = `${one.line.orderDay ?? one.line.firstDay ?? ''} ${one.line.firstDay ?? ''} ${one.line.lastDay ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const group of groups.values()) for (const one of loneHalves(group)) yield loneHalf(one);
}

/**
 * The rows of one day that find no counterpart: first by ReferenceId, then among those without one. Several changes on one day have no
 * order within it, so only the number of halves counts here; quantities are LC02's.
 */
function loneHalves(group: readonly AuditedLine[]): readonly AuditedLine[] {
  const byReference = new Map<string, AuditedLine[]>();
  for (const one of group) byReference.set(one.line.referenceId, [...(byReference.get(one.line.referenceId) ?? []), one]);
  const unreferenced = surplusHalves(byReference.get('') ?? []);
  byReference.delete('');
  // Two ReferenceIds never match; a row without one may be the counterpart of a row that has it.
  const left = [...byReference.values()].flatMap(surplusHalves);
  const spare = unreferenced.length;
  const isWipeSpare = (unreferenced[0]?.line.sign ?? 0) < 0;
  const matchable = left.filter((one) => one.line.sign < 0 !== isWipeSpare);
  const matched = new Set(matchable.slice(0, spare));
  return [...left.filter((one) => !matched.has(one)), ...unreferenced.slice(matched.size)];
}

function surplusHalves(group: readonly AuditedLine[]): readonly AuditedLine[] {
  const wipes = group.filter((one) => one.line.sign < 0);
  const recreated = group.filter((one) => one.line.sign > 0);
  const paired = Math.min(wipes.length, recreated.length);
  return [...wipes.slice(paired), ...recreated.slice(paired)];
}

function loneHalf(one: AuditedLine): Detection<Message> {
  const { line } = one;
  return {
    message: line.sign < 0 ? 'wipe-alone' : 'recreate-alone',
    values: {
      chargeType: line.chargeType,
      period: periodText(line),
      quantity: line.quantity.abs().toString(),
      amount: money(one, line.amount),
    },
    evidence: [{ line: one, label: line.sign < 0 ? 'credit half' : 'charge half' }],
    amounts: null,
    working: [
      `event day ${line.orderDay === null ? 'not given' : isoDay(line.orderDay)}, charge dates ${periodText(line)}, ReferenceId ${line.referenceId === '' ? 'not given' : line.referenceId}`,
      'no row of the other sign with the same subscription, event day, charge dates and ReferenceId in any given file',
    ],
    confidence: 'likely',
    nextAction: NEXT_ACTION,
    citations: [TWO_ROWS],
  };
}

/** Per day of a cycle as many rows must charge as rows reverse. Days where they do not are reported once a reversal. */
function* legacySplits(chain: SubscriptionChain, changes: readonly AuditedLine[]): Generator<Detection<Message>> {
  const charges = new Set(chain.cycles.map((cycle) => cycle.charge));
  const rows = changes.filter((one) => !charges.has(one));
  for (const group of connected(rows)) {
    const uneven = unevenDays(group);
    const first = uneven[0];
    if (first === undefined) continue;
    const about = group.find((one) => covers(one, first.firstDay)) ?? group[0];
    if (about === undefined) continue;
    yield {
      message: 'split-does-not-cover',
      values: { days: uneven.map(periodText).join(', ') },
      evidence: [about, ...group.filter((one) => one !== about)].map((one) => ({
        line: one,
        label: one.line.sign < 0 ? 'reversal' : 'split row',
      })),
      amounts: null,
      working: uneven.map((run) => `${periodText(run)}: ${run.charged} rows charge, ${run.reversed} rows reverse`),
      confidence: 'likely',
      nextAction: NEXT_ACTION,
      citations: [REVERSED_AND_SPLIT],
    };
  }
}

function covers(one: AuditedLine, day: Day): boolean {
  return one.line.firstDay !== null && one.line.lastDay !== null && one.line.firstDay <= day && day <= one.line.lastDay;
}

/** Rows whose days touch one another belong to one change. */
function connected(rows: readonly AuditedLine[]): readonly (readonly AuditedLine[])[] {
  const groups: AuditedLine[][] = [];
  let lastDay = -Infinity;
  for (const one of [...rows].sort((a, b) => (a.line.firstDay ?? 0) - (b.line.firstDay ?? 0))) {
    const current = groups.at(-1);
    if (current === undefined || (one.line.firstDay ?? 0) > lastDay) groups.push([one]);
    else current.push(one);
    lastDay = Math.max(lastDay, one.line.lastDay ?? 0);
  }
  return groups;
}

interface Run {
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly charged: number;
  readonly reversed: number;
}

function unevenDays(rows: readonly AuditedLine[]): readonly Run[] {
  const edges = [...new Set(rows.flatMap((one) => [one.line.firstDay ?? 0, (one.line.lastDay ?? 0) + 1]))].sort((a, b) => a - b);
  const runs: Run[] = [];
  for (let position = 0; position + 1 < edges.length; position += 1) {
    const firstDay = edges[position] as Day;
    const lastDay = ((edges[position + 1] ?? 0) - 1) as Day;
    const inForce = rows.filter((one) => covers(one, firstDay));
    const charged = inForce.filter((one) => one.line.sign > 0).length;
    const reversed = inForce.filter((one) => one.line.sign < 0).length;
    // A row of 0.00 (a cent's price for a day) shows no sign: it may be the half that is looked for.
    const unsigned = inForce.length - charged - reversed;
    if (Math.abs(charged - reversed) > unsigned) runs.push({ firstDay, lastDay, charged, reversed });
  }
  return runs;
}
