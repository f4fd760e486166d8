import type { Company } from './companies.ts';
import { linesOf, yearly, type Plant, type Subscription } from './sample-line.ts';

const company = (name: string, tenant: string): Company => ({ name, domain: `${tenant}.onmicrosoft.com` });

const exchange = (of: Company): Subscription => yearly({ company: of, product: 'Exchange Online (Plan 1)', price: '4.00' });
const cohoChocolate = exchange(company('Coho Chocolate', 'cohochocolate'));
const cohoVineyard = exchange(company('Coho Vineyard', 'cohovineyard'));
const duffyMotors = exchange(company('Duffy Motors', 'duffymotors'));
const fabrikamBank = exchange(company('Fabrikam Bank', 'fabrikambank'));
const lucernePress = exchange(company('Lucerne Press', 'lucernepress'));
const valorStudios = exchange(company('Valor Studios', 'valorstudios'));

const charged = (subscription: Subscription) =>
  linesOf('september', subscription, { type: 'cycleCharge', from: '2026-09-01', to: '2026-09-30', seats: '50' });
/** Six hours for all fifty users: 21,600 of 2,592,000 seconds of the month, an uptime of 99.166 %, cut as the report prints it. */
const SIX_HOURS = { startedAt: '2026-09-10T08:00:00Z', endedAt: '2026-09-10T14:00:00Z' } as const;
const NO_MONEY = { about: 0, billed: null, expected: null, difference: null } as const;

/** Only a list of incidents shows these. */
export const outagePlants: readonly Plant[] = [
  {
    rule: 'SL01',
    why: 'Exchange Online was down for all fifty users for six hours: up 99.166 % of September, which is below 99.9 % and earns 25 % of the 200.00 of the month until 31 October.',
    lines: charged(cohoChocolate),
    about: 0,
    billed: '0.00',
    expected: '-50.00',
    difference: '50.00',
    incident: { incidentId: 'EX250101', ...SIX_HOURS },
    later: 'its deadline, 31 October, has passed: it becomes SL02',
  },
  {
    rule: 'SL02',
    why: 'The same in August. Microsoft had to have the claim by 30 September.',
    lines: [
      ...linesOf('august', duffyMotors, { type: 'cycleCharge', from: '2026-08-01', to: '2026-08-31', seats: '50' }),
      ...charged(duffyMotors),
    ],
    ...NO_MONEY,
    incident: { incidentId: 'EX250102', startedAt: '2026-08-11T08:00:00Z', endedAt: '2026-08-11T14:00:00Z' },
  },
  {
    rule: 'SL03',
    why: 'An advisory, which in general earns no credit.',
    lines: charged(fabrikamBank),
    ...NO_MONEY,
    incident: { incidentId: 'EX250103', ...SIX_HOURS, classification: 'advisory' },
  },
  {
    rule: 'SL04',
    why: 'Claimed on 20 September without the number of the support ticket; until 31 October it can be handed in.',
    lines: charged(lucernePress),
    ...NO_MONEY,
    incident: { incidentId: 'EX250104', ...SIX_HOURS, supportTicket: '', claimedOn: '2026-09-20' },
    later: 'nothing can be handed in any more; after 4 November, 45 days without an answer, it becomes SL01',
  },
  {
    rule: 'SL05',
    why: 'Claimed in time; 25 % of 200.00 was due, and 20.00 came.',
    lines: charged(valorStudios),
    about: 0,
    billed: '-20.00',
    expected: '-50.00',
    difference: '30.00',
    incident: { incidentId: 'EX250105', ...SIX_HOURS, claimedOn: '2026-09-14', creditReceived: '20.00' },
  },
  {
    rule: 'PO01',
    why: 'Down from the evening of 30 September until the next morning. The sources leave open which month such an incident belongs to; here each is a claim of its own. September’s 50.00 were claimed in time and credited; October’s two hours were claimed too, and what they are worth shows when October’s charges are in a file. Both deadlines rest on that reading.',
    lines: charged(cohoVineyard),
    ...NO_MONEY,
    incident: {
      incidentId: 'EX250106',
      startedAt: '2026-09-30T20:00:00Z',
      endedAt: '2026-10-01T02:00:00Z',
      claimedOn: '2026-10-02',
      creditReceived: '50.00',
    },
  },
];
