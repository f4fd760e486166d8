import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/domain/findings/report.ts';
import { MOST_IN_PAGE } from '../../../src/report/html/findings-section.ts';
import { markup } from '../../../src/report/html/safe-html.ts';
import { writeHtml } from '../../../src/report/html/write-html.ts';
import { exampleReport } from '../../support/example-report.ts';
import { reportOfMany } from '../../support/many-findings.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'csp-recon-html-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function written(report: Report): Promise<string> {
  const path = join(folder, 'report.html');
  await writeHtml(path, report);
  return readFileSync(path, 'utf8');
}

/** What the page's script reads. */
function embedded(page: string): { findings: { fingerprint: string; message: string }[]; sources: unknown[] } {
  const json = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
  return JSON.parse(json) as ReturnType<typeof embedded>;
}

describe('report.html', () => {
  it('shows daily usage beside its invoice lines, what a person must look at first, and leaves it out where there is none', async () => {
    const [, part = ''] = /<h3>Daily usage held against invoice lines<\/h3>([\s\S]*?)<\/table>/.exec(await written(exampleReport)) ?? [];
    expect(part.indexOf('not on the invoice')).toBeGreaterThan(0);
    expect(part.indexOf('not on the invoice')).toBeLessThan(part.indexOf('same quantity'));
    expect(part).toContain('-0.4712');
    expect(await written({ ...exampleReport, reconciliation: [] })).not.toContain('Daily usage held against');
  });

  it('has a policy under which nothing but its own style and script works', async () => {
    const page = await written(exampleReport);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'") ?? '';
    const hash = (text: string | undefined): string =>
      `'sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}'`;
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1];
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hash(style)}`,
      `script-src ${hash(script)}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page.match(/<script/g)).toHaveLength(2);
  });

  it('names nothing that a browser would load, and has no style or handler in its markup', async () => {
    const page = await written(exampleReport);
    const markupOnly = page.replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
    expect([...markupOnly.matchAll(/\b(?:href|src)="([^"#]*)/g)].map((match) => match[1]).filter((target) => target !== '')).toEqual([
      'data:,',
    ]);
    expect(markupOnly).not.toMatch(/<[^>]*\s(?:style|on\w+)=/);
    expect(page).not.toMatch(/@import|url\(/);
  });

  it('has the same bytes for the same report', async () => {
    expect(await written(exampleReport)).toBe(await written(structuredClone(exampleReport)));
  });

  it('holds every finding, each source once, and no `<` in its data', async () => {
    const message = '</script><script>alert(1)</script><!--';
    const findings = exampleReport.findings.map((one) => ({ ...one, message }));
    const page = await written({ ...exampleReport, findings });
    const { findings: held, sources } = embedded(page);
    expect(held.map(({ fingerprint }) => fingerprint)).toEqual(exampleReport.findings.map(({ fingerprint }) => fingerprint));
    expect(held[0]!.message).toBe(message);
    expect(sources).toHaveLength(2);
    expect(/id="data">([^]*?)<\/script>/.exec(page)?.[1]).not.toContain('<');
  });

  it('shows each currency by itself and never their sum', async () => {
    const page = await written(exampleReport);
    for (const { discrepancies, claims } of exampleReport.totals)
      for (const amount of [discrepancies, claims]) expect(page).toContain(amount.replace(/\B(?=(\d{3})+(?!\d)(?=\.|$))/g, ','));
    expect(page.match(/<div class="card">\s*<h3>\w+<\/h3>/g)).toHaveLength(exampleReport.totals.length);
    for (const currency of ['EUR', 'JPY']) expect(page).toContain(`aria-labelledby="charts-${currency}"`);
  });

  it('says how many findings it leaves to the other formats', async () => {
    const page = await written(reportOfMany(MOST_IN_PAGE + 1));
    expect(embedded(page).findings).toHaveLength(MOST_IN_PAGE);
    expect(page).toContain('This page lists the first 25,000 findings of 25,001 findings');
    expect(await written(reportOfMany(3))).not.toContain('This page lists the first');
  });

  it('says so where there is nothing', async () => {
    const empty = { bySeverity: { error: 0, warning: 0, info: 0 }, byRule: {}, belowMinAmount: 2 };
    const page = await written({ ...exampleReport, findings: [], totals: [], summary: empty });
    expect(page).toContain('2 more findings below the smallest amount');
    expect(page).toContain('Nothing can be cancelled or claimed, or is to be paid, on 2026-11-21.');
  });
});

describe('markup', () => {
  it('escapes every value, in text and in attributes, and shows letters that a browser obeys', () => {
    const hostile = `"><img src=x onerror='alert(1)'>&\u0007\u202e`;
    expect(markup`<a title="${hostile}">${hostile}</a>`.text).toBe(
      `<a title="&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;␇⟨U+202E⟩">&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;␇⟨U+202E⟩</a>`,
    );
  });

  it('takes markup, lists, numbers and nothing as they are', () => {
    expect(markup`${markup`<b>${1}</b>`}${['<', markup`<i></i>`]}${null}${undefined}`.text).toBe('<b>1</b>&lt;<i></i>');
  });
});
