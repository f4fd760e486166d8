import { describe, expect, it } from 'vitest';
import { fallbackEncoding } from '../../src/ingest/text/fallback-encoding.ts';
import { encoded, LOCALES, type Locale } from '../support/locales.ts';
import { headerOf, knownErrorOf, LEGACY_CELLS, NEW_COMMERCE_CELLS, readBytes } from '../support/csv-charges.ts';
import { asCsv, bundledTable } from '../support/written-month.ts';
import { readText } from '../support/price-lists.ts';

const isJapanese = ({ name }: Locale): boolean => name.startsWith('Japanese');
const named = (locale: Locale) =>
  bundledTable('2026-09-new-commerce.csv', (name) => `${name} ${isJapanese(locale) ? '株式会社' : 'Œuvre & Søn'}`);

/** What is detected of the bytes that Excel saves there. */
const READ_AS: Readonly<Record<Locale['encoding'], string>> = {
  'utf-8': 'utf-8',
  'utf-8-bom': 'utf-8',
  'utf-16le': 'utf-16le',
  'windows-1252': 'windows-1252',
  shift_jis: 'shift_jis',
};

describe.each(LOCALES.map((locale) => [locale.name, locale] as const))('%s', (_, locale) => {
  it('is detected for what it is', async () => {
    const table = named(locale);
    const plain = await readBytes(asCsv(LOCALES[0]!, table)[0]!.bytes);
    const { lines, rejections, summaries } = await readBytes(asCsv(locale, table)[0]!.bytes);
    expect(rejections).toEqual([]);
    expect(lines.map(({ heading }) => heading)).toEqual(plain.lines.map(({ heading }) => heading));
    expect(summaries[0]?.detected).toMatchObject({
      delimiter: locale.delimiter,
      encoding: READ_AS[locale.encoding],
      decimalMark: locale.decimalMark,
      assumed: [],
    });
    const order = locale.day('2026', '09', '17');
    if (/^\d{4}/.test(order)) expect(summaries[0]?.detected.dateOrder).toBeNull();
    else expect(summaries[0]?.detected.dateOrder).toBe(order.startsWith('17') ? 'dmy' : 'mdy');
  });
});

describe('a file that is no UTF-8', () => {
  async function* bytesOf(text: string, encoding: Locale['encoding'], size: number): AsyncGenerator<Buffer> {
    const bytes = encoded(text, encoding);
    for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
  }

  it.each([
    'Müller & Söhne €',
    'Société Générale à Nîmes; naïve œuvre',
    'Ångström Åkeri i Örebro, ÅÄÖ',
    'O’Brien and D’Arcy',
    '“Acme” – ‘Contoso’ – “Fabrikam”',
    'Þórður Íslandsbanki hf.',
    'ÄÖÜ',
  ])('in a Western language is never taken for Japanese: %s', async (text) => {
    for (const size of [1, 3, 1000]) expect(await fallbackEncoding(bytesOf(text, 'windows-1252', size))).toBe('windows-1252');
  });

  it.each(['株式会社サンプル', 'ソフトウェア', '表計算能力', '日本マイクロソフト株式会社, Tokyo'])(
    'in Japanese is taken for that: %s',
    async (text) => {
      for (const size of [1, 3, 1000]) expect(await fallbackEncoding(bytesOf(text, 'shift_jis', size))).toBe('shift_jis');
    },
  );

  it('is said to be no UTF-8, and read as it is said to be', async () => {
    const header = await headerOf('new-commerce/header-2023');
    const row = header.map(
      (name) => (({ ...NEW_COMMERCE_CELLS, CustomerName: '表計算サンプル' }) as Readonly<Record<string, string>>)[name] ?? '',
    );
    const text = `${header.join(',')}\r\n${row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')}\r\n`;
    const japanese = await readBytes(encoded(text, 'shift_jis'));
    expect(japanese.lines[0]?.heading.customerName).toBe('表計算サンプル');
    expect(japanese.summaries[0]?.notes).toEqual([
      'The file is not UTF-8; it was read as shift_jis. Where names look wrong, state the encoding with --encoding.',
    ]);
    const western = await readBytes(encoded(text, 'shift_jis'), { encoding: 'windows-1252' });
    expect(western.lines[0]?.heading.customerName).not.toBe('表計算サンプル');
    const error = await knownErrorOf(readBytes(Buffer.from(text.replace('表計算サンプル', 'M\u00fc'), 'latin1'), { encoding: 'utf-8' }));
    expect(error.code).toBe('text-not-in-encoding');
  });

  it('is read in the same way as a price list', async () => {
    const columns = 'ProductTitle,ProductId,SkuId,TermDuration,BillingPlan,Market,Currency,UnitPrice,EffectiveStartDate,EffectiveEndDate';
    const list = `${columns}\r\n製品サンプル,CFQ7TTC0HDK0,0001,P1Y,Annual,JP,JPY,"1,152",2026/09/01,9999/12/31\r\n`;
    const { rows, detected } = await readText(encoded(list, 'shift_jis'));
    expect([rows[0]?.price.toString(), detected.encoding]).toEqual(['1152', 'shift_jis']);
  });
});

describe('a sign that an encoding does not have', () => {
  it('rejects its row: Excel writes a question mark for the Swedish minus', async () => {
    const header = await headerOf('legacy-licence/header-direct');
    const cells: Readonly<Record<string, string>> = { ...LEGACY_CELLS, CustomerName: 'Contoso', Amount: '?13.32' };
    const text = `${header.join(',')}\r\n${header.map((name) => cells[name] ?? '').join(',')}\r\n`;
    const { rejections } = await readBytes(text);
    expect(rejections).toMatchObject([{ column: 'Amount', code: 'money-unreadable', cell: '?13.32' }]);
  });
});
