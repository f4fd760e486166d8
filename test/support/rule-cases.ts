import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { dayFromIso } from '../../src/domain/days.ts';
import { Decimal } from '../../src/domain/money.ts';
import { EVENT_KINDS, type PartnerEvent } from '../../src/domain/partner-event.ts';
import { casePriceLists } from './case-prices.ts';
import { caseFile, type CaseLayout, type CaseLine } from './case-rows.ts';
import { auditFiles, type AuditedFiles } from './run-audit.ts';

const FOLDER = new URL('../../fixtures/rules/', import.meta.url);

const text = z.string();
const line = z.record(text, text);
const expected = z.strictObject({
  rule: text.optional(),
  message: text.optional(),
  /** Number of the line in the case, from 1; lines of the other layout and context lines count on after the audited ones. */
  line: text,
  billed: text.optional(),
  expected: text.optional(),
  lowest: text.optional(),
  highest: text.optional(),
  difference: text.optional(),
  severity: text.optional(),
  kind: text.optional(),
  /** `none` where there is none. */
  deadline: text.optional(),
  confidence: text.optional(),
  costPerDay: text.optional(),
  /** The next step, word for word. */
  nextAction: text.optional(),
  /** Words that the message holds. */
  says: text.optional(),
  /** Words that a line of the working holds. */
  works: text.optional(),
  currency: text.optional(),
});
const recorded = z.strictObject({
  subscription: text.optional(),
  event: z.enum(EVENT_KINDS),
  at: text,
  quantity: text.optional(),
  requestedOn: text.optional(),
  assignedUsers: text.optional(),
  reason: text.optional(),
});
const cases = z.strictObject({
  rule: text,
  cases: z.array(
    z.strictObject({
      name: text,
      layout: z.enum(['legacy-licence', 'new-commerce']),
      asOf: text.optional(),
      /** What every line of the case shares, context lines too. */
      given: line.optional(),
      lines: z.array(line),
      /** Audited lines of the other layout. */
      other: z.array(line).optional(),
      context: z.array(line).optional(),
      /** The partner's own record: subscription, event, at, and where needed quantity, requestedOn, assignedUsers. */
      events: z.array(recorded).optional(),
      /** Rows of price lists, in the words of `case-prices.ts`. */
      prices: z.array(line).optional(),
      finds: z.array(expected).optional(),
      unchecked: z.array(text).optional(),
    }),
  ),
});

export type RuleCase = z.infer<typeof cases>['cases'][number];

export const ruleCaseFiles = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

/** Every value is text: the failsafe schema neither reads dates nor drops zeros. */
export function readRuleCases(name: string): z.infer<typeof cases> {
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
    reason: given.reason ?? '',
    note: '',
    row: position + 2,
  };
}

interface CaseFile {
  readonly name: string;
  readonly layout: CaseLayout;
  readonly lines: readonly CaseLine[];
  readonly isContext: boolean;
}

/** The files a case stands for, each line completed with what all share. */
export function filesOf(one: RuleCase): readonly CaseFile[] {
  const other = one.layout === 'legacy-licence' ? 'new-commerce' : 'legacy-licence';
  return [
    { name: 'audited.csv', layout: one.layout, lines: one.lines.map((own) => ({ ...one.given, ...own })), isContext: false },
    { name: 'other.csv', layout: other, lines: one.other ?? [], isContext: false },
    { name: 'context.csv', layout: one.layout, lines: (one.context ?? []).map((own) => ({ ...one.given, ...own })), isContext: true },
  ];
}

export interface CaseFinding extends Omit<AuditedFiles['findings'][number], 'message' | 'deadline' | 'costPerDay'> {
  readonly line: string;
  readonly message: string;
  readonly text: string;
  readonly deadline: string;
  readonly costPerDay: string;
}

/** Audits a case as the command would. Lines are numbered as the case numbers them. */
export async function runRuleCase(one: RuleCase): Promise<{ readonly result: AuditedFiles; readonly found: readonly CaseFinding[] }> {
  const files = filesOf(one);
  const result = await auditFiles(
    files
      .filter((file) => file.lines.length > 0)
      .map((file) => ({ name: file.name, text: caseFile(file.layout, file.lines), isContext: file.isContext })),
    {
      ...(one.asOf === undefined ? {} : { asOf: one.asOf }),
      ...(one.events === undefined ? {} : { events: one.events.map(eventOf) }),
      ...(one.prices === undefined ? {} : { prices: casePriceLists(one.prices) }),
    },
  );
  const before = (name: string): number => {
    const place = files.findIndex((file) => file.name === name);
    return files.slice(0, place).reduce((all, file) => all + file.lines.length, 0);
  };
  const found = result.findings.map((finding) => {
    const [first] = finding.evidence;
    return {
      ...finding,
      line: first === undefined ? '' : String(before(first.file) + first.row - 1),
      message: finding.messageId,
      text: finding.message,
      deadline: finding.deadline ?? 'none',
      costPerDay: finding.costPerDay ?? 'none',
    };
  });
  return { result, found };
}
