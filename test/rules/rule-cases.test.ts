import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { dayFromIso } from '../../src/domain/days.ts';
import { Decimal } from '../../src/domain/money.ts';
import { EVENT_KINDS, type PartnerEvent } from '../../src/domain/partner-event.ts';
import { rules } from '../../src/rules/index.ts';
import { caseFile, caseWords, type CaseLine } from '../support/case-rows.ts';
import { auditFiles } from '../support/run-audit.ts';

const FOLDER = new URL('../../fixtures/rules/', import.meta.url);

const text = z.string();
const line = z.record(text, text);
const expected = z.strictObject({
  rule: text.optional(),
  message: text.optional(),
  /** Number of the line in the case, from 1; context lines count on after the audited ones. */
  line: text,
  billed: text.optional(),
  expected: text.optional(),
  lowest: text.optional(),
  highest: text.optional(),
  difference: text.optional(),
  severity: text.optional(),
  kind: text.optional(),
  deadline: text.optional(),
  confidence: text.optional(),
});
const recorded = z.strictObject({
  subscription: text.optional(),
  event: z.enum(EVENT_KINDS),
  at: text,
  quantity: text.optional(),
  requestedOn: text.optional(),
  assignedUsers: text.optional(),
});
const cases = z.strictObject({
  rule: text,
  cases: z.array(
    z.strictObject({
      name: text,
      layout: z.enum(['legacy-licence', 'new-commerce']),
      asOf: text.optional(),
      /** What every line of the case shares. */
      given: line.optional(),
      lines: z.array(line),
      context: z.array(line).optional(),
      /** The partner's own record: subscription, event, at, and where needed quantity, requestedOn, assignedUsers. */
      events: z.array(recorded).optional(),
      finds: z.array(expected).optional(),
      unchecked: z.array(text).optional(),
    }),
  ),
});

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

/** Every value is text: the failsafe schema neither reads dates nor drops zeros. */
function readCases(name: string) {
  return cases.parse(parse(readFileSync(new URL(name, FOLDER), 'utf8'), { schema: 'failsafe' }));
}

function eventOf(given: z.infer<typeof recorded>, position: number): PartnerEvent {
  const [day = '', time] = given.at.split('T');
  const [hours = '0', minutes = '0', seconds = '0'] = (time ?? '').replace('Z', '').split(':');
  return {
    subscriptionId: given.subscription ?? 'subscription-1',
    kind: given.event,
    day: dayFromIso(day)!,
    second: time === undefined ? null : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
    quantity: given.quantity === undefined ? null : new Decimal(given.quantity),
    orderId: '',
    offerId: '',
    requestedOn: given.requestedOn === undefined ? null : dayFromIso(given.requestedOn),
    assignedUsers: given.assignedUsers === undefined ? null : Number(given.assignedUsers),
    reason: '',
    note: '',
    row: position + 2,
  };
}

describe.each(files)('%s', (name) => {
  const { rule, cases: all } = readCases(name);
  it.each(all)('$name', async (one) => {
    const complete = (given: CaseLine): CaseLine => ({ ...one.given, ...given });
    for (const word of [...one.lines, ...(one.context ?? [])].flatMap((each) => Object.keys(complete(each)))) {
      expect(caseWords(one.layout), `unknown word in a case line: ${word}`).toContain(word);
    }
    const result = await auditFiles(
      [
        { name: 'audited.csv', text: caseFile(one.layout, one.lines.map(complete)) },
        ...(one.context === undefined
          ? []
          : [{ name: 'context.csv', text: caseFile(one.layout, one.context.map(complete)), isContext: true }]),
      ],
      { ...(one.asOf === undefined ? {} : { asOf: one.asOf }), ...(one.events === undefined ? {} : { events: one.events.map(eventOf) }) },
    );
    expect(result.rejected).toBe(0);
    const found = result.findings.map((finding) => ({
      ...finding,
      line: String((finding.evidence[0]?.row ?? 0) - 1),
      message: finding.messageId,
    }));
    const wanted = (one.finds ?? []).map((find) => ({ ...find, rule: find.rule ?? rule }));
    const order = (list: readonly { rule: string; line: string }[]): string[] =>
      list.map((each) => `${each.rule} line ${each.line}`).sort();
    expect(order(found), JSON.stringify(found.map((each) => each.message))).toEqual(order(wanted));
    for (const find of wanted) {
      const candidates = found.filter((each) => each.rule === find.rule && each.line === find.line);
      expect(candidates).toContainEqual(expect.objectContaining(find));
    }
    const unchecked = result.unchecked.filter((each) => each.rule === rule && each.reason !== 'no-events').map((each) => each.reason);
    if (one.unchecked !== undefined) expect(unchecked.sort()).toEqual([...one.unchecked].sort());
  });
});

describe('the cases together', () => {
  it.each(rules.map((rule) => rule.code))('%s has clean cases, failing cases, and every message', (code) => {
    const own = files.filter((name) => name === `${code}.yaml`).flatMap((name) => readCases(name).cases);
    const rule = rules.find((one) => one.code === code)!;
    expect(
      own.some((one) => (one.finds ?? []).every((find) => (find.rule ?? code) !== code)),
      'a clean case',
    ).toBe(true);
    const messages = own.flatMap((one) => (one.finds ?? []).filter((find) => (find.rule ?? code) === code).map((find) => find.message));
    for (const message of Object.keys(rule.messages)) expect(messages, `a case that finds ${message}`).toContain(message);
  });
});
