import { describe, expect, it } from 'vitest';
import { isoDay } from '../../../src/domain/calendar/days.ts';
import { readEvents } from '../../../src/ingest/side-inputs/events.ts';
import { knownErrorFrom, withBytes } from '../../support/side-files.ts';

const read = (text: string) => withBytes('events.csv', text, (path) => readEvents(path, 'events.csv'));
const HEADER = 'Subscription ID,Event,At,Quantity';

describe('events', () => {
  it('are read with everything the contract names', async () => {
    const [event] = await read(
      'subscriptionId;event;at;quantity;orderId;offerId;requestedOn;assignedUsers;reason;note;Region\n' +
        's1;Add Seats;2026-04-13T09:30:00+02:00;12;o1;f1;2026-04-20;0;"wrong ""SKU""";said Anna;EU\n',
    );
    expect(event).toMatchObject({
      subscriptionId: 's1',
      kind: 'add-seats',
      second: 27_000,
      orderId: 'o1',
      offerId: 'f1',
      assignedUsers: 0,
      row: 2,
    });
    expect(event).toMatchObject({ reason: 'wrong "SKU"', note: 'said Anna' });
    expect(isoDay(event!.day)).toBe('2026-04-13');
    expect(isoDay(event!.requestedOn!)).toBe('2026-04-20');
    expect(event!.quantity!.toString()).toBe('12');
  });

  it.each([
    ['PURCHASE', 'purchase'],
    ['remove_seats', 'remove-seats'],
    ['removeSeats', 'remove-seats'],
    [' renew ', 'renew'],
  ])('know %j', async (word, kind) => {
    expect((await read(`${HEADER}\ns1,${word},2026-04-13,5\n`))[0]).toMatchObject({ kind });
  });

  it.each(['suspend', 'reactivate', 'cancel', 'transfer'])('need no quantity for %s', async (word) => {
    expect((await read(`${HEADER}\ns1,${word},2026-04-13,\n`))[0]).toMatchObject({ quantity: null, second: null });
  });

  it.each(['purchase', 'renew', 'add-seats', 'remove-seats'])('need one for %s', async (word) => {
    const error = await knownErrorFrom(read(`${HEADER}\ns1,${word},2026-04-13,\n`));
    expect(error).toMatchObject({ code: 'side-input-cell', place: { file: 'events.csv', row: 2 } });
    expect(error.found).toContain('column "Quantity": the cell is empty');
  });

  it('take midnight for a day whose hour is unknown', async () => {
    expect((await read(`${HEADER}\ns1,purchase,4/13/2026 0:00,5\n`))[0]).toMatchObject({ second: null });
    expect((await read(`${HEADER}\ns1,purchase,4/13/2026 12:00 AM,5\n`))[0]).toMatchObject({ second: null });
    expect((await read(`${HEADER}\ns1,purchase,4/13/2026 1:00 AM,5\n`))[0]).toMatchObject({ second: 3600 });
  });

  it('refuse what would be read otherwise than it is meant', async () => {
    const error = await knownErrorFrom(read(`${HEADER}\ns1,cancel,2026-04-13,5\n,bought,soon,1.5\ns3,purchase,0001-01-01,-1\n`));
    expect(error.found).toContain('write 0, or remove-seats');
    expect(error.found).toContain('row 3, column "Subscription ID": the cell is empty');
    expect(error.found).toContain('"bought" is none of purchase, renew');
    expect(error.found).toContain('"soon" is not a day');
    expect(error.found).toContain('and 2 more');
  });

  it('are read from JSON', async () => {
    const [event] = await read('[{"subscriptionId":"s1","event":"cancel","at":"2026-04-13","quantity":0,"assignedUsers":null}]');
    expect(event).toMatchObject({ kind: 'cancel', assignedUsers: null, row: 1 });
    expect(event!.quantity!.isZero()).toBe(true);
  });
});
