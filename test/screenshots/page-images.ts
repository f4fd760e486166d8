import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';

interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  /** What is done before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Scrolls to the table of findings, the largest discrepancy first, and opens its proof. */
async function openLargest(page: Page): Promise<void> {
  await page.selectOption('#filter-kind', 'discrepancy');
  await page.selectOption('#sort', { value: '-difference' });
  await page.locator('tr.finding button').first().click();
  await page.evaluate("document.getElementById('findings').scrollIntoView()");
}

const VIEWS: readonly View[] = [
  { name: 'report-light', width: 1200, height: 720, colorScheme: 'light' },
  { name: 'report-dark', width: 1200, height: 720, colorScheme: 'dark' },
  { name: 'report-phone', width: 390, height: 844, colorScheme: 'light' },
  { name: 'report-proof', width: 1200, height: 760, colorScheme: 'light', prepare: openLargest },
];

/** Writes pictures of report.html as a browser shows it into a folder. Returns their names. */
export async function takePageImages(report: string, folder: string): Promise<readonly string[]> {
  const browser = await openBrowser();
  try {
    for (const view of VIEWS) await takeView(browser, report, view, folder);
  } finally {
    await browser.close();
  }
  return VIEWS.map(({ name }) => `${name}.png`);
}

async function takeView(browser: Browser, report: string, view: View, folder: string): Promise<void> {
  const { name, width, height, colorScheme, prepare } = view;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(`file://${report}`);
  await prepare?.(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}
