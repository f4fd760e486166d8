import { describe, expect, it } from 'vitest';
import { isPseudonym, Pseudonyms } from '../../../src/report/redact/pseudonyms.ts';
import { Redactor } from '../../../src/report/redact/redactor.ts';

const pseudonyms = new Pseudonyms(null);
const ID = '1f7f9b2e-5d0c-4a3b-9f1e-2c6f1d9d7a01';

function redactorOf(names: readonly string[], keptIds: ReadonlySet<string> | null = null): Redactor {
  const customers = names.map((customerName) => ({ customerId: ID, customerName, customerDomain: 'contoso.com' }));
  return new Redactor(pseudonyms, { customers, files: [{ path: 'exports/contoso april.csv', sheet: 'Licences' }], keptIds });
}

describe('pseudonyms', () => {
  it('are the same for the same text, whatever its case and the blanks around', () => {
    expect(pseudonyms.name(' CONTOSO ')).toBe(pseudonyms.name('Contoso'));
    expect(pseudonyms.name('Contoso')).not.toBe(pseudonyms.name('Contoso Ltd'));
    expect(new Pseudonyms(Buffer.from('a secret of sixteen')).name('Contoso')).not.toBe(pseudonyms.name('Contoso'));
  });

  it('have shapes by which they are known, and stand for themselves', () => {
    const { name, id, domain, email, file, sheet } = {
      name: pseudonyms.name('Contoso'),
      id: pseudonyms.id(ID),
      domain: pseudonyms.domain('contoso.com'),
      email: pseudonyms.email('a@contoso.com'),
      file: pseudonyms.file('exports/contoso.csv.gz'),
      sheet: pseudonyms.sheet('Contoso'),
    };
    expect([name, id, domain, email, file, sheet].map(isPseudonym)).toEqual([true, true, true, true, true, true]);
    expect(isPseudonym(ID)).toBe(false);
    expect(pseudonyms.name(name)).toBe(name);
    expect(pseudonyms.id(id)).toBe(id);
    expect(pseudonyms.file(file)).toBe(file);
    expect(file).toMatch(/^file-[0-9a-f]{12}\.csv\.gz$/);
    expect(email.endsWith(`@${domain}`)).toBe(true);
  });

  it('leave nothing where there was nothing', () => {
    expect([pseudonyms.name(''), pseudonyms.id(''), pseudonyms.file('')]).toEqual(['', '', '']);
  });
});

describe('a redacted sentence', () => {
  it('has no known name in any case, the longest first and whole words only', () => {
    const redactor = redactorOf(['Contoso', 'Contoso Suites', 'Ärzte & Co. KG']);
    expect(redactor.sentence('CONTOSO suites, Contoso, Contosos and ÄRZTE & co. kg')).toBe(
      `${pseudonyms.name('Contoso Suites')}, ${pseudonyms.name('Contoso')}, Contosos and ${pseudonyms.name('Ärzte & Co. KG')}`,
    );
  });

  it('has no known id, file or domain, and no e-mail or domain of anybody', () => {
    const redactor = redactorOf(['Contoso']);
    const text = `id ${ID} in exports/contoso april.csv:17 and contoso april.csv[Licences]:3, of contoso.com, fabrikam.co.uk, ann.lee@fabrikam.com`;
    expect(redactor.sentence(text)).toBe(
      [
        `id ${pseudonyms.id(ID)} in ${pseudonyms.file('exports/contoso april.csv')}:17`,
        `and ${pseudonyms.file('exports/contoso april.csv')}[${pseudonyms.sheet('Licences')}]:3,`,
        `of ${pseudonyms.domain('contoso.com')}, ${pseudonyms.domain('fabrikam.co.uk')}, ${pseudonyms.email('ann.lee@fabrikam.com')}`,
      ].join(' '),
    );
  });

  it('keeps figures, policy figures and days, also where a customer is named like one', () => {
    const text = 'R(16.5 × 4 / 30) = 2.2 of 2026-04-12, d = 19 of D = 30, by legacy.full-refund-request; Office 365 E3';
    expect(redactorOf(['365', '30', 'D']).sentence(text)).toBe(text);
  });

  it('keeps only ids that are known to stay where not all customers are known', () => {
    const other = '16f41aca-a9ac-4221-8593-4f07152ed454';
    const redactor = redactorOf([], new Set([other]));
    expect(redactor.sentence(`${other} and ${ID.replace('1f7f', '2f7f')}`)).toBe(
      `${other} and ${pseudonyms.id(ID.replace('1f7f', '2f7f'))}`,
    );
  });

  it('says the same when it is redacted again', () => {
    const redactor = redactorOf(['Contoso', 'Customer']);
    const once = redactor.sentence('Contoso, a@b.com, contoso.com, exports/contoso april.csv:3');
    expect(redactorOf(['Contoso']).sentence(once)).toBe(once);
  });
});

it('leaves a cell out that holds letters, and keeps amounts and days', () => {
  const redactor = redactorOf([]);
  expect([redactor.cell('12,,5'), redactor.cell('2026-13-41'), redactor.cell('Contoso')]).toEqual(['12,,5', '2026-13-41', '[redacted]']);
});
