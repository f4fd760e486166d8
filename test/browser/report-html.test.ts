import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/findings/report.ts';
import { writeHtml } from '../../src/report/html/write-html.ts';
import { hasBrowser, openBrowser } from '../support/browser.ts';
import { exampleReport } from '../support/example-report.ts';
import { reportOfMany } from '../support/many-findings.ts';

const MANY = 10_000;
const PHONE = { width: 390, height: 844 };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let folder: string;
let browser: Browser;
const many = reportOfMany(MANY);

describe.runIf(hasBrowser)('report.html in a browser', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'csp-recon-browser-'));
    await writeHtml(join(folder, 'few.html'), exampleReport);
    await writeHtml(join(folder, 'many.html'), many);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a page; whatever it complains of, a refused resource above all, fails the test. */
  async function opened(
    name: 'few' | 'many',
    options: BrowserContextOptions = {},
    hash = '',
  ): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(`loads ${request.url()}`);
    });
    await page.goto(`file://${join(folder, `${name}.html`)}${hash}`);
    return { page, complaints };
  }

  const rows = (page: Page) => page.locator('tr.finding');
  const result = (page: Page) => page.locator('#result').textContent();
  const fingerprints = (page: Page): Promise<string[]> => rows(page).evaluateAll((all) => all.map((row) => row.id));

  it('lists ten thousand findings a page at a time, with their exact sums', async () => {
    const { page, complaints } = await opened('many');
    expect(await rows(page).count()).toBe(50);
    const cents = (currency: string, kind: string): bigint =>
      many.findings
        .filter((one) => one.currency === currency && one.kind === kind)
        .reduce((all, { difference }) => all + BigInt((difference ?? '0').replace('.', '')), 0n);
    const shown = (currency: string, kind: string): string =>
      cents(currency, kind)
        .toString()
        .replace(/(\d\d)$/, '.$1')
        .replace(/\B(?=(\d{3})+\.)/g, ',');
    expect(await result(page)).toBe(
      [
        '10,000 findings',
        ...['EUR', 'USD'].flatMap((one) => [`discrepancies ${shown(one, 'discrepancy')} ${one}`, `claims ${shown(one, 'claim')} ${one}`]),
      ].join(' · '),
    );
    await page.click('#next');
    expect(await page.locator('#page-text').textContent()).toBe('Page 2 of 200');
    expect(await fingerprints(page)).toEqual(many.findings.slice(50, 100).map(({ fingerprint }) => fingerprint));
    await page.selectOption('#page-size', '250');
    expect(await rows(page).count()).toBe(250);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('filters by rule, severity, kind, customer, currency and status together', async () => {
    const { page } = await opened('many');
    const expected = (...tests: ((one: Report['findings'][number]) => boolean)[]): number =>
      many.findings.filter((one) => tests.every((test) => test(one))).length;
    const steps = [
      ['#filter-rule', 'XX03', (one: Report['findings'][number]) => one.rule === 'XX03'],
      ['#filter-currency', 'EUR', (one: Report['findings'][number]) => one.currency === 'EUR'],
      ['#filter-severity', 'warning', (one: Report['findings'][number]) => one.severity === 'warning'],
      ['#filter-kind', 'claim', (one: Report['findings'][number]) => one.kind === 'claim'],
      ['#filter-status', 'submitted', (one: Report['findings'][number]) => one.status === 'submitted'],
    ] as const;
    const tests: ((one: Report['findings'][number]) => boolean)[] = [];
    for (const [control, value, test] of steps) {
      tests.push(test);
      await page.selectOption(control, value);
      expect(await result(page)).toMatch(new RegExp(`^${expected(...tests).toLocaleString('en-US')} of 10,000 findings`));
    }
    await page.click('text=Clear');
    await page.waitForFunction(() => document.getElementById('result')?.textContent.startsWith('10,000 findings'));
    await page.selectOption('#filter-customer', 'customer-17');
    expect(await result(page)).toMatch(new RegExp(`^${expected((one) => one.customerId === 'customer-17')} of`));
    await page.close();
  });

  it('searches all words in every text of a finding', async () => {
    const { page } = await opened('many');
    await page.fill('#search', 'customer-42 PRODUCT');
    await page.waitForFunction(() => document.getElementById('result')?.textContent.startsWith('40 of'));
    await page.fill('#search', 'march.xlsx[licences]:204 customer-42');
    await page.waitForFunction(() => document.getElementById('result')?.textContent.startsWith('40 of'));
    await page.fill('#search', 'nothing like this');
    await page.waitForFunction(() => document.getElementById('result')?.textContent === '0 of 10,000 findings');
    expect(await rows(page).count()).toBe(0);
    await page.close();
  });

  it('sorts amounts exactly and by currency, up, down, and back to the order of the report', async () => {
    const { page } = await opened('many');
    const head = page.locator('th[data-key="difference"]');
    const inOrder = [...many.findings].sort((a, b) =>
      a.currency === b.currency ? Number(a.difference) - Number(b.difference) : a.currency < b.currency ? -1 : 1,
    );
    await head.locator('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    const differences = (await rows(page).locator('.strong').allTextContents()).map((text) => text.replace(',', ''));
    expect(differences).toEqual(inOrder.slice(0, 50).map(({ difference, currency }) => `${difference ?? ''} ${currency}`));
    await head.locator('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    await head.locator('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('none');
    expect((await fingerprints(page))[0]).toBe(many.findings[0]!.fingerprint);
    await page.close();
  });

  it('opens the whole proof of a finding, by a click and by its address', async () => {
    const { page, complaints } = await opened('few');
    const [finding] = exampleReport.findings;
    await page.click(`[data-fingerprint="${finding!.fingerprint}"]`);
    const proof = page.locator(`#proof-${finding!.fingerprint}`);
    const text = await proof.innerText();
    for (const part of [
      finding!.message,
      ...finding!.working,
      'april.csv:17 credit',
      'march.xlsx[Licences]:204',
      finding!.nextAction,
      ...finding!.citations.flatMap(({ title, clause }) => [title, clause]),
      'legacy.cancellation-window: 30 days, in force since 2015-07-01',
      'Deadline 2026-12-05',
      finding!.subscriptionId,
      '-41.98 EUR',
    ])
      expect(text).toContain(part);
    await page.click(`[data-fingerprint="${finding!.fingerprint}"]`);
    expect(await proof.count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();

    const last = many.findings.at(-1)!.fingerprint;
    const { page: other } = await opened('many', {}, `#${last}`);
    await other.waitForSelector(`#proof-${last}`);
    expect(await other.locator('#page-text').textContent()).toBe('Page 200 of 200');
    await other.waitForFunction((expected) => document.activeElement?.getAttribute('data-fingerprint') === expected, last);
    await other.close();
  });

  it('follows the links of the first screen to filters and to a rule’s text', async () => {
    const { page } = await opened('few');
    await page.click('.by-rule a[href="#rule=CR04"]');
    expect(await fingerprints(page)).toEqual(['cr04-11aa22bb33cc44dd']);
    await page.click('.legend a[href="#severity=info"]');
    expect(await fingerprints(page)).toEqual(['cr07-00ff00ff00ff00ff']);
    await page.click('a[href="#rule-AR01"]');
    await page.waitForSelector('#rule-AR01[open]');
    await page.close();
  });

  const hash = (page: Page): Promise<string> => page.evaluate(() => location.hash);
  const all = exampleReport.findings.length;

  it('takes a filter off again where Back leads before the link that set it, and not where the reader set it', async () => {
    const { page } = await opened('few');
    await page.click('.by-rule a[href="#rule=CR04"]');
    expect(await rows(page).count()).toBe(1);
    await page.goBack();
    await page.waitForFunction((count) => document.querySelectorAll('tr.finding').length === count, all);
    expect(await page.inputValue('#filter-rule')).toBe('');
    await page.goForward();
    await page.waitForFunction(() => document.querySelectorAll('tr.finding').length === 1);
    await page.selectOption('#filter-rule', 'DU01');
    expect(await hash(page)).toBe('');
    await page.goBack();
    expect(await fingerprints(page)).toEqual(['du01-90f1a2b3c4d5e6f7']);
    await page.click('text=Clear');
    await page.waitForFunction((count) => document.querySelectorAll('tr.finding').length === count, all);
    await page.click('.by-rule a[href="#rule=CR04"]');
    expect(await fingerprints(page)).toEqual(['cr04-11aa22bb33cc44dd']);
    await page.close();
  });

  it('names an opened proof in the address, and comes back to it and to its filter from what it links to', async () => {
    const { page } = await opened('few');
    const steps = await page.evaluate(() => history.length);
    await page.click('.by-rule a[href="#rule=CR04"]');
    await page.click('[data-fingerprint="cr04-11aa22bb33cc44dd"]');
    expect(await hash(page)).toBe('#cr04-11aa22bb33cc44dd');
    expect(await page.evaluate(() => history.length)).toBe(steps + 1);
    await page.click('.proof a[href="#rule-CR04"]');
    await page.waitForSelector('#rule-CR04[open]');
    expect(await rows(page).count()).toBe(1);
    await page.goBack();
    expect(await hash(page)).toBe('#cr04-11aa22bb33cc44dd');
    expect(await rows(page).count()).toBe(1);
    await page.click('[data-fingerprint="cr04-11aa22bb33cc44dd"]');
    expect(await hash(page)).toBe('#rule=CR04');
    await page.goBack();
    await page.waitForFunction((count) => document.querySelectorAll('tr.finding').length === count, all);
    await page.close();
  });

  it('finds an amount as it is shown and as it is written elsewhere', async () => {
    const { page } = await opened('few');
    for (const words of ['1,234,567', '1234567 jpy', '-41.34', '2026-12-05']) {
      await page.fill('#search', 'nothing like this');
      await page.waitForFunction(() => document.querySelectorAll('tr.finding').length === 0);
      await page.fill('#search', words);
      await page.waitForFunction(() => document.querySelectorAll('tr.finding').length > 0);
    }
    await page.close();
  });

  it('works by keyboard alone', async () => {
    const { page } = await opened('few');
    const focused = () =>
      page.evaluate(() => `${document.activeElement?.id ?? ''}${document.activeElement?.getAttribute('data-fingerprint') ?? ''}`);
    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 120 && (await focused()) !== name; presses += 1) await page.keyboard.press('Tab');
      expect(await focused()).toBe(name);
    };
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the findings');
    await page.keyboard.press('Enter');
    await tabTo('search');
    await page.keyboard.type('duplicate');
    await page.waitForFunction(() => document.querySelectorAll('tr.finding').length === 1);
    await tabTo('du01-90f1a2b3c4d5e6f7');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#proof-du01-90f1a2b3c4d5e6f7');
    expect(await focused()).toBe('du01-90f1a2b3c4d5e6f7');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('true');
    await page.keyboard.press('Space');
    await page.waitForSelector('#proof-du01-90f1a2b3c4d5e6f7', { state: 'detached' });
    await page.close();
  });

  it('fits a phone, every finding a card with its labels', async () => {
    const { page } = await opened('few', { viewport: PHONE });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    await page.click('[data-fingerprint="cr04-11aa22bb33cc44dd"]');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    const label = await rows(page)
      .first()
      .locator('td')
      .first()
      .evaluate((cell) => getComputedStyle(cell, '::before').content);
    expect(label).toBe('"Severity"');
    await page.close();
  });

  it('shows every table whole at the width of a desktop', async () => {
    const { page } = await opened('few');
    const cut = await page
      .locator('.scroll')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel));
    expect(cut).toEqual([]);
    await page.close();
  });

  it('prints every finding that is listed, as a table, without the controls', async () => {
    const { page } = await opened('many');
    await page.selectOption('#filter-customer', 'customer-17');
    await page.selectOption('#page-size', '25');
    await page.evaluate(() => {
      addEventListener('beforeprint', () => {
        document.body.dataset['printed'] = String(document.querySelectorAll('tr.finding').length);
      });
    });
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await page.evaluate(() => document.body.dataset['printed'])).toBe('40');
    expect(await rows(page).count()).toBe(25);
    expect(await page.locator('#print-note').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#controls').isVisible()).toBe(false);
    expect(
      await rows(page)
        .first()
        .evaluate((row) => getComputedStyle(row).display),
    ).toBe('table-row');
    await page.close();
  });

  it('says above the first of the printed findings that the rest is not printed', async () => {
    const { page } = await opened('many');
    const printNote = () =>
      page.evaluate(() => {
        dispatchEvent(new Event('beforeprint'));
        const note = document.getElementById('print-note');
        const said = note?.hidden === false ? note.textContent : '';
        dispatchEvent(new Event('afterprint'));
        return said;
      });
    expect(await printNote()).toBe('The first 2,000 of 10,000 findings are printed.');
    await page.selectOption('#filter-customer', 'customer-17');
    expect(await printNote()).toBe('');
    await page.close();
  });

  const DESK = { width: 1280, height: 900 };

  it.each([
    { colorScheme: 'light', viewport: DESK },
    { colorScheme: 'light', viewport: PHONE },
    { colorScheme: 'dark', viewport: DESK },
    { colorScheme: 'dark', viewport: PHONE },
  ] as const)('has nothing for axe to report in the $colorScheme at $viewport.width pixels', async (options) => {
    const { page } = await opened('few', options);
    for (const button of await page.locator('.toggle').all()) await button.click();
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
    expect(violations.map(({ id, impact, nodes }) => `${impact ?? ''} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    await page.close();
  });
});
