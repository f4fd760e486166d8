import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayFromIso } from '../../src/domain/calendar/days.ts';
import { exchangeTerms } from '../../src/policy/reservations/reservation-exchange-terms.ts';

/** What a reservation of a year, bought on a day, may do on another one. */
function termsOf(bought: string, on: string) {
  const purchaseDay = dayFromIso(bought)!;
  const term = { firstDay: purchaseDay, lastDay: addDays(addMonths(purchaseDay, 12), -1) };
  const { isRestricted, working } = exchangeTerms({ purchaseDay, term }, dayFromIso(on)!, [], null);
  return { isRestricted, text: working.join('\n') };
}

describe('the restriction on exchanges', () => {
  // As announced on the day: Azure documentation of 2022-10-10 and 2023-10-16, the grace of 2024, and the change of 2026-08-27.
  it.each([
    ['2022-10-09', '2022-10-09', false, ''],
    ['2022-10-10', '2022-10-10', false, 'bought before 2024-01-01: exchangeable'],
    ['2023-10-15', '2023-10-15', false, 'bought before 2024-01-01: exchangeable'],
    ['2023-10-16', '2023-10-16', false, 'bought before 2024-07-01: exchangeable'],
    ['2023-12-31', '2023-12-31', false, 'bought before 2024-07-01: exchangeable'],
    ['2024-01-01', '2024-01-01', false, ''],
    ['2026-08-26', '2026-08-26', false, ''],
    ['2026-08-27', '2026-08-27', false, 'bought before 2027-02-01: exchangeable'],
    ['2027-01-31', '2027-02-01', false, 'it can be exchanged one last time'],
    ['2027-02-01', '2027-02-01', true, 'the very day from which the restriction holds'],
    ['2027-02-02', '2027-02-02', true, 'it cannot be exchanged; it can be cancelled all the same'],
  ])('of a reservation bought on %s, asked on %s', (bought, on, isRestricted, says) => {
    const terms = termsOf(bought, on);
    expect(terms.isRestricted).toBe(isRestricted);
    if (says === '') expect(terms.text).not.toContain('bought');
    else expect(terms.text).toContain(says);
  });

  it('of a term over a leap day ends with the day before the anniversary, and its renewal is a new purchase', () => {
    expect(termsOf('2026-09-01', '2026-09-01').text).toContain('a renewal on 2027-09-01 is a new purchase');
    expect(termsOf('2028-02-29', '2028-03-01').text).toContain('a renewal on 2029-02-28 is a new purchase');
  });

  it('knows no minimum before the first text that names it', () => {
    expect(termsOf('2021-04-13', '2021-04-13').text).not.toContain('must commit');
    expect(termsOf('2021-04-14', '2021-04-14').text).toContain('must commit to the commitment that remains');
  });
});
