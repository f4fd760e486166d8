import { describe, expect, it } from 'vitest';
import { isoDay } from '../../../src/domain/calendar/days.ts';
import { readIncidents } from '../../../src/ingest/side-inputs/incidents.ts';
import { knownErrorFrom, withBytes, withWorkbook } from '../../support/side-files.ts';

const HEADER =
  'Customer ID,Incident ID,Service,Started At,Ended At,Classification,Bought Through CSP,Affected Users,Total Users,Customer Email,Tenant Domains,Credit Requested On,Support Ticket,Contact Details,Claimant Role,Claimed On,Credit Received';
const ROW = {
  customer: 'tenant-1',
  id: 'EX25194',
  service: 'Exchange Online',
  from: '2026-02-15T08:30:00Z',
  to: '2026-02-15T14:00:00+02:00',
  class: '',
  csp: 'yes',
  hit: '100',
  users: '250',
  email: 'anna@contoso.com',
  domains: 'contoso.com; contoso.onmicrosoft.com',
  requested: '2026-02-16',
  ticket: '2602150001',
  contact: 'Anna',
  role: '',
  claimed: '',
  received: '',
};

const row = (given: Partial<typeof ROW> = {}): string =>
  Object.values({ ...ROW, ...given })
    .map((cell) => `"${cell}"`)
    .join(',');
const read = (...rows: readonly string[]) =>
  withBytes('incidents.csv', [HEADER, ...rows].join('\n'), (path) => readIncidents(path, 'incidents.csv'));
const refused = (...rows: readonly string[]) => knownErrorFrom(read(...rows));

describe('incidents', () => {
  it('are read with everything the contract names', async () => {
    const [incident] = await read(row({ class: 'Advisory', role: 'Indirect Provider', claimed: '2026-03-02', received: '12.50' }));
    expect(incident).toMatchObject({
      source: { file: 'incidents.csv', sheet: null, row: 2 },
      customerId: 'tenant-1',
      incidentId: 'EX25194',
      service: 'Exchange Online',
      classification: 'advisory',
      isBoughtThroughCsp: true,
      affectedUsers: 100,
      totalUsers: 250,
      tenantDomains: ['contoso.com', 'contoso.onmicrosoft.com'],
      supportTicket: '2602150001',
      claimantRole: 'indirect-provider',
    });
    expect(incident!.startedAt.second).toBe(30_600);
    expect(incident!.endedAt.second).toBe(43_200);
    expect(isoDay(incident!.claimedOn!)).toBe('2026-03-02');
    expect(incident!.creditReceived!.toString()).toBe('12.5');
  });

  it('take an empty cell of the proof for a finding to come, not for an error', async () => {
    const [incident] = await read(
      row({ id: '', service: '', csp: '', hit: '', users: '', email: '', domains: '', requested: '', ticket: '', contact: '' }),
    );
    expect(incident).toMatchObject({
      incidentId: '',
      classification: null,
      isBoughtThroughCsp: null,
      affectedUsers: null,
      totalUsers: null,
      tenantDomains: [],
      creditRequestedOn: null,
      claimantRole: null,
      claimedOn: null,
      creditReceived: null,
    });
  });

  it('know a distributor for the indirect provider that newer texts call so', async () => {
    expect((await read(row({ role: 'distributor' })))[0]).toMatchObject({ claimantRole: 'indirect-provider' });
  });

  it('are read from a workbook and from JSON alike', async () => {
    const cells = [...Object.values(ROW)];
    const fromBook = await withWorkbook([{ name: 'May', rows: [HEADER.split(','), cells] }], (path) => readIncidents(path, 'book.xlsx'));
    expect(fromBook[0]).toMatchObject({ source: { file: 'book.xlsx', sheet: 'May', row: 2 }, totalUsers: 250 });
    const json = JSON.stringify([Object.fromEntries(HEADER.split(',').map((name, place) => [name, cells[place]]))]);
    const fromJson = await withBytes('incidents.json', json, (path) => readIncidents(path, 'incidents.json'));
    expect(fromJson[0]).toMatchObject({
      source: { sheet: null, row: 1 },
      incidentId: 'EX25194',
      tenantDomains: ['contoso.com', 'contoso.onmicrosoft.com'],
    });
  });

  it.each([
    ['an end before its start', row({ to: '2026-02-15T08:29:59Z' }), 'column "Ended At": "2026-02-15T08:29:59Z" is before the start'],
    ['an end the day before', row({ to: '2026-02-14' }), 'is before the start'],
    ['an ongoing incident', row({ to: '' }), 'column "Ended At": the cell is empty'],
    ['a customer without an id', row({ customer: '' }), 'column "Customer ID": the cell is empty'],
    ['more users hit than there are', row({ hit: '251' }), 'is more than all 250 users'],
    ['no users at all', row({ hit: '0', users: '0' }), 'leaves nobody who could be hit'],
    ['a claim before the incident', row({ claimed: '2026-02-14' }), 'is before the incident of 2026-02-15'],
    ['a credit below zero', row({ received: '-5.00' }), 'write the credit as a positive amount'],
    ['another word for yes', row({ csp: 'perhaps' }), 'is none of yes, no'],
    ['several services in one cell', row({ service: 'Exchange Online; SharePoint Online' }), 'write a row for each'],
    ['a role that there is not', row({ role: 'partner' }), 'is none of direct-bill-partner'],
  ])('refuse %s', async (_, text, found) => {
    const error = await refused(text);
    expect(error).toMatchObject({ code: 'side-input-cell', place: { file: 'incidents.csv', row: 2 } });
    expect(error.found).toContain(found);
  });

  it('refuse one incident twice for a customer, whatever its case, and name both rows', async () => {
    const error = await refused(row(), row({ customer: 'tenant-2' }), row({ id: 'ex25194', customer: 'TENANT-1' }));
    expect(error).toMatchObject({ code: 'side-input-cell', place: { file: 'incidents.csv', row: 4 } });
    expect(error.found).toContain('is the incident of row 2 again, for the same customer');
  });

  it('take one id with another service for one incident that hit both, in whatever date order', async () => {
    const both = await read(row(), row({ service: 'SharePoint Online', hit: '20', received: '5.00' }));
    expect(both.map(({ service, affectedUsers }) => [service, affectedUsers])).toEqual([
      ['Exchange Online', 100],
      ['SharePoint Online', 20],
    ]);
    const again = await read(row({ requested: '2/3/2026' }), row({ service: 'SharePoint Online', requested: '25/2/2026' }));
    expect(again).toHaveLength(2);
  });

  it.each([
    ['the same service in other spelling', 'exchange  ONLINE'],
    ['no service', ''],
  ])('refuse one id with %s in a third row', async (_, service) => {
    const error = await refused(row(), row({ service: 'SharePoint Online' }), row({ service }));
    expect(error).toMatchObject({ code: 'side-input-cell', place: { file: 'incidents.csv', row: 4 } });
    expect(error.found).toContain('is the incident of row 2 again');
    expect(error.found).toContain('name another service in each where it hit several');
  });

  it('take two rows without an id for two incidents', async () => {
    expect(await read(row({ id: '' }), row({ id: '' }))).toHaveLength(2);
  });

  it('find no second incident where a file is read again in another date order', async () => {
    const rows = [row({ requested: '2/3/2026' }), row({ id: 'EX2', requested: '25/2/2026' })];
    const both = await read(...rows);
    expect(both.map(({ creditRequestedOn }) => isoDay(creditRequestedOn!))).toEqual(['2026-03-02', '2026-02-25']);
  });

  it('name a missing column', async () => {
    const error = await knownErrorFrom(
      withBytes('incidents.csv', 'customerId,incidentId\nc,EX1\n', (path) => readIncidents(path, 'incidents.csv')),
    );
    expect(error).toMatchObject({ code: 'side-input-column-missing' });
    expect(error.found).toContain('"service"');
  });
});
