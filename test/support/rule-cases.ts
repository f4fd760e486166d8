import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { addDays, addMonths, dayFromIso, isoDay, type Day } from '../../src/domain/calendar/days.ts';
import { LAYOUT_NAMES } from '../../src/domain/charges/charge-line.ts';
import type { ApiExport } from '../../src/domain/invoices/api-export.ts';
import { checkExport } from '../../src/ingest/containers/export-parts.ts';
import { Decimal } from '../../src/domain/numbers/money.ts';
import { EVENT_KINDS, type PartnerEvent } from '../../src/domain/partner/partner-event.ts';
import type { InvoiceHeader } from '../../src/domain/invoices/invoice-header.ts';
import { casePriceLists } from './case-prices.ts';
import { CLAIMANT_ROLES, type ServiceIncident } from '../../src/domain/partner/service-incident.ts';
import { caseFile, type CaseLayout, type CaseLine } from './case-rows.ts';
import { auditFiles, type AuditedFiles } from './run-audit.ts';

const FOLDER = new URL('../../fixtures/rules/', import.meta.url);

/** What a row of a case's list of incidents may say; INCIDENT fills in the rest. */
const INCIDENT_WORDS = [
  'customer',
  'id',
  'service',
  'from',
  'to',
  'class',
  'csp',
  'hit',
  'users',
  'email',
  'domains',
  'requested',
  'ticket',
  'contact',
  'role',
  'claimed',
  'received',
] as const;
type CaseIncident = Readonly<Partial<Record<(typeof INCIDENT_WORDS)[number], string>>>;

/** A whole claim for 100 of 250 users. Cases of incidents bill a customer whose id is a tenant's GUID. */
const INCIDENT = {
  customer: '11111111-2222-4333-8444-555555555555',
  id: 'EX25194',
  service: 'Exchange Online',
  csp: 'yes',
  hit: '100',
  users: '250',
  email: 'anna@contoso.com',
  domains: 'contoso.com',
  ticket: '2609100001',
  contact: 'Anna, +31 20 000 0000',
} as const;

const text = z.string();
const line = z.record(text, text);
const expected = z.strictObject({
  rule: text.optional(),
  message: text.optional(),
  /**
   * Number of the line in the case, from 1; lines of the other layout and context lines count on after the audited ones. `invoice 1`: the
   * first of the list of invoices; `export 1`: the first manifest.
   */
  line: text,
  /** All that is cited, numbered in the same way, in its order: `2 1`. */
  rows: text.optional(),
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
  /** Words of the title or clause of a text that is cited: a date tells which edition it is. */
  cites: text.optional(),
  /** A dated figure as `id since`. */
  uses: text.optional(),
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
const incident = z.partialRecord(z.enum(INCIDENT_WORDS), text);
const listed = z.strictObject({
  number: text,
  date: text,
  currency: text.optional(),
  total: text,
  tax: text.optional(),
  kind: z.enum(['invoice', 'credit-note']).optional(),
  status: z.enum(['active', 'void']).optional(),
  replaces: text.optional(),
  /** Empty: the list has the column, and the cell is empty. */
  paid: text.optional(),
  published: text.optional(),
});
/** A manifest and what lies beside it. */
const exported = z.strictObject({
  etag: text.optional(),
  /** How many parts it says there are. */
  says: text.optional(),
  /** `name bytes` a part, parted by commas; without bytes where the manifest does not tell them. */
  parts: text,
  /** `name bytes` a file that was given; without bytes where it was unpacked before. */
  given: text,
  role: z.enum(['audited', 'context']).optional(),
  /** The layout of its parts; new-commerce where it is not said. */
  holds: z.enum(LAYOUT_NAMES).optional(),
});
const cases = z.strictObject({
  rule: text,
  cases: z.array(
    z.strictObject({
      name: text,
      layout: z.enum(LAYOUT_NAMES),
      asOf: text.optional(),
      /** What every line of the case shares, context lines too. */
      given: line.optional(),
      lines: z.array(line),
      /** Audited lines of the other licence layout; beside usage those of new commerce. */
      other: z.array(line).optional(),
      context: z.array(line).optional(),
      /** Days, parted by blanks, on which a monthly cycle of another customer begins, audited in a file of its own: which months the files bill. */
      alsoBilled: text.optional(),
      /** The partner's own record: subscription, event, at, and where needed quantity, requestedOn, assignedUsers. */
      events: z.array(recorded).optional(),
      /** Rows of price lists, in the words of `case-prices.ts`. */
      prices: z.array(line).optional(),
      /** Service incidents; a finding about one has the number of its row, counted on after the context lines. */
      incidents: z.array(incident).optional(),
      /** Who files where a row does not say, and the days a reseller asks before the deadline. */
      partnerCountry: text.optional(),
      claimant: z.strictObject({ role: z.enum(CLAIMANT_ROLES).optional(), lead: text.optional() }).optional(),
      /** The list of invoices; what a case does not say is EUR, an invoice, active. */
      invoices: z.array(listed).optional(),
      /** Exports of the API that came with a manifest. */
      exports: z.array(exported).optional(),
      finds: z.array(expected).optional(),
      unchecked: z.array(text).optional(),
      /** The months, `2023-08`, that what the rule left is said to wait for. */
      months: z.array(text).optional(),
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

function momentOf(at: string): { day: Day; second: number | null } {
  const [day = '', time] = at.split('T');
  const [hours = '0', minutes = '0', seconds = '0'] = (time ?? '').replace('Z', '').split(':');
  const second = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return { day: dayFromIso(day)!, second: second === 0 ? null : second };
}

/** The row as the list's reader would hand it over. */
export function incidentOf(given: CaseIncident, position: number): ServiceIncident {
  const row = { ...INCIDENT, ...given };
  const from = given.from ?? '2026-09-10T08:00';
  const startedAt = momentOf(from);
  const number = (cell: string | undefined): number | null => (cell === undefined || cell === '' ? null : Number(cell));
  const day = (cell: string | undefined): Day | null => (cell === undefined || cell === '' ? null : dayFromIso(cell));
  return {
    source: { file: 'incidents.csv', sheet: null, row: position + 2 },
    customerId: row.customer,
    incidentId: row.id,
    service: row.service,
    startedAt,
    endedAt: momentOf(given.to ?? `${from.slice(0, 10)}T14:00`),
    classification: given.class === '' ? null : given.class === 'advisory' ? 'advisory' : 'incident',
    isBoughtThroughCsp: row.csp === '' ? null : row.csp === 'yes',
    affectedUsers: number(row.hit),
    totalUsers: number(row.users),
    userLocations: 'Utrecht',
    resolutionAttempts: 'restarted the clients',
    customerEmail: row.email,
    tenantDomains: row.domains === '' ? [] : row.domains.split(' '),
    creditRequestedOn: given.requested === undefined ? startedAt.day : day(given.requested),
    supportTicket: row.ticket,
    contactDetails: row.contact,
    claimantRole: CLAIMANT_ROLES.find((role) => role === given.role) ?? null,
    claimedOn: day(given.claimed),
    creditReceived: given.received === undefined ? null : new Decimal(given.received),
  };
}

const INVOICES = 'invoices.csv';

function headersOf(all: readonly z.infer<typeof listed>[]): readonly InvoiceHeader[] {
  const dayOf = (day: string | undefined) => (day === undefined ? null : dayFromIso(day));
  return all.map((one, position) => ({
    source: { file: INVOICES, sheet: null, row: position + 2 },
    invoiceNumber: one.number,
    invoiceDay: dayFromIso(one.date)!,
    currency: one.currency ?? 'EUR',
    total: new Decimal(one.total),
    tax: one.tax === undefined ? null : new Decimal(one.tax),
    adjustments: null,
    kind: one.kind ?? 'invoice',
    status: one.status ?? 'active',
    replaces: one.replaces ?? '',
    paidOn: dayOf(one.paid),
    hasPaidOn: all.some(({ paid }) => paid !== undefined),
    publishedOn: dayOf(one.published),
  }));
}

function exportsOf(all: readonly z.infer<typeof exported>[]): readonly ApiExport[] {
  const named = (list: string): readonly { name: string; bytes: number | null }[] =>
    list
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((one) => {
        const [name = '', bytes] = one.split(' ');
        return { name, bytes: bytes === undefined ? null : Number(bytes) };
      });
  return all.map((one, position) => {
    const manifest = {
      eTag: one.etag ?? '',
      created: '',
      partner: '',
      blobCount: one.says === undefined ? null : Number(one.says),
      bytes: null,
      parts: named(one.parts),
    };
    const given = named(one.given).map(({ name, bytes }) => ({ name, kind: 'text', gzipBytes: bytes }) as const);
    const { apiExport } = checkExport({ name: `manifest-${position + 1}.json` }, manifest, one.role !== 'context', given);
    return { ...apiExport, layouts: given.length === 0 ? [] : [one.holds ?? 'new-commerce'] };
  });
}

interface CaseFile {
  readonly name: string;
  readonly layout: CaseLayout;
  readonly lines: readonly CaseLine[];
  readonly isContext: boolean;
}

/** The files a case stands for, each line completed with what all share. */
export function filesOf(one: RuleCase): readonly CaseFile[] {
  const other = one.layout === 'new-commerce' ? 'legacy-licence' : 'new-commerce';
  return [
    { name: 'audited.csv', layout: one.layout, lines: one.lines.map((own) => ({ ...one.given, ...own })), isContext: false },
    { name: 'other.csv', layout: other, lines: one.other ?? [], isContext: false },
    { name: 'context.csv', layout: one.layout, lines: (one.context ?? []).map((own) => ({ ...one.given, ...own })), isContext: true },
    { name: 'also-billed.csv', layout: one.layout, lines: alsoBilled(one), isContext: false },
  ];
}

/** Each on an invoice of its month, of a term that began long before: nothing but the series of months rests on them. */
function alsoBilled({ alsoBilled: days = '', layout, given }: RuleCase): readonly CaseLine[] {
  return days
    .split(' ')
    .filter((day) => day !== '')
    .map((from) => ({
      customer: 'customer-9',
      domain: 'control.onmicrosoft.com',
      subscription: `control-${from}`,
      product: 'Control',
      start: '2010-01-01',
      from,
      to: isoDay(addDays(addMonths(dayFromIso(from)!, 1), -1)),
      price: '1.00',
      amount: '1.00',
      currency: given?.['currency'] ?? 'EUR',
      ...(layout === 'new-commerce' ? { invoice: `C-${from.slice(0, 7)}` } : {}),
    }));
}

export interface CaseFinding extends Omit<AuditedFiles['findings'][number], 'message' | 'deadline' | 'costPerDay'> {
  readonly line: string;
  readonly rows: string;
  readonly message: string;
  readonly text: string;
  readonly deadline: string;
  readonly costPerDay: string;
}

/** A place that is no line of an export: of the list of invoices, or in a manifest; '' for lines. */
function listName({ file, row }: { readonly file: string; readonly row: number }): string {
  if (file === INVOICES) return `invoice ${row - 1}`;
  const manifest = /^manifest-(\d+)\.json$/.exec(file)?.[1];
  return manifest === undefined ? '' : `export ${manifest}`;
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
      ...(one.incidents === undefined ? {} : { incidents: one.incidents.map(incidentOf) }),
      partnerCountry: one.partnerCountry ?? null,
      claimant: { role: one.claimant?.role ?? null, providerLeadDays: Number(one.claimant?.lead ?? '7') },
      ...(one.invoices === undefined ? {} : { invoices: headersOf(one.invoices) }),
      exports: exportsOf(one.exports ?? []),
    },
  );
  const before = (name: string): number => {
    const place = name === 'incidents.csv' ? files.length : files.findIndex((file) => file.name === name);
    return files.slice(0, place).reduce((all, file) => all + file.lines.length, 0);
  };
  const found = result.findings.map((finding) => {
    const places = finding.evidence.map((row) => listName(row) || String(before(row.file) + row.row - 1));
    return {
      ...finding,
      line: places[0] ?? '',
      rows: places.join(' '),
      message: finding.messageId,
      text: finding.message,
      deadline: finding.deadline ?? 'none',
      costPerDay: finding.costPerDay ?? 'none',
    };
  });
  return { result, found };
}
