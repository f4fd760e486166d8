import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/findings/report.ts';
import { summaryText } from '../../src/report/summary-text.ts';
import { EXAMPLE_FINDING } from '../support/example-finding.ts';
import { exampleReport } from '../support/example-report.ts';

const TITLE = 'A reservation’s refund is short by the fee that is stated but not charged, as the page of the year before had it';
const MESSAGE = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ');
const PLACE = { file: `exports/${'a-long-folder-name/'.repeat(6)}april.csv`, sheet: null, row: 12, label: 'charge' };
const FINDING = { ...EXAMPLE_FINDING, message: MESSAGE, evidence: [PLACE], difference: '1234567.89', currency: 'EUR' } as const;

const report: Report = {
  ...exampleReport,
  findings: [FINDING],
  rules: { ...exampleReport.rules, [FINDING.rule]: { ...Object.values(exampleReport.rules)[0]!, title: TITLE } },
  summary: { ...exampleReport.summary, byRule: { [FINDING.rule]: 1, ...exampleReport.summary.byRule } },
};

function linesAt(width: number, of: Report = report, written: readonly string[] = []): readonly string[] {
  return summaryText(of, { width, isColoured: false, written }).split('\n');
}

describe('the summary', () => {
  it.each([80, 120, 200])('keeps to %d columns, save words that are longer', (width) => {
    for (const line of linesAt(width)) {
      const [longest = 0] = line
        .split(/\s+/)
        .map((word) => word.length)
        .sort((a, b) => b - a);
      expect(line.length <= width || longest > width / 2, line).toBe(true);
    }
  });

  it.each([80, 120, 200])('at %d columns parts no word and says where a text goes on', (width) => {
    const shown = linesAt(width).join('\n');
    const words = [...shown.matchAll(/word\d+/g)].map(([word]) => word);
    expect(words.length).toBeGreaterThan(20);
    expect(MESSAGE.startsWith(words.join(' '))).toBe(true);
    expect(shown.includes(' …')).toBe(words.length < 60);
    expect(shown.replace(/\s+/g, ' ')).toContain(TITLE);
    expect(shown).toContain('+1,234,567.89');
    expect(shown).toContain(`${PLACE.file}:12`);
  });

  it('parts the thousands of every number of rows', () => {
    const [input] = exampleReport.inputs;
    const inputs = [{ ...input!, rows: 30_000, lines: 10_000, rejected: 12_000, skipped: 8000 }];
    const rejections = Array.from({ length: 1200 }, () => exampleReport.rejections[0]!);
    const unchecked = [{ rule: 'AR01', reason: 'cycle-unknown', lines: 4321 }];
    const shown = linesAt(200, { ...report, inputs, rejections, unchecked }).join('\n');
    expect(shown).toContain('30,000 rows: 10,000 audited, 12,000 rejected, 8,000 skipped');
    expect(shown).toContain('Rejected rows: 1,200.');
    expect(shown).toContain('and 1,195 more');
    expect(shown).toContain('AR01  4,321  cycle-unknown');
  });

  it('at 200 columns sets rules side by side and what was detected behind the file', () => {
    const rules = Array.from({ length: 5 }, (_, at) => `AR0${at + 1}`);
    const many = {
      ...report,
      rules: exampleReport.rules,
      summary: { ...report.summary, byRule: Object.fromEntries(rules.map((code) => [code, 1])) },
    };
    const perLine = (width: number): number[] =>
      linesAt(width, many).flatMap((line) => (/^ {2}AR0\d {2}1/.test(line) ? [line.match(/AR0\d {2}1/g)?.length ?? 0] : []));
    expect(perLine(120)).toEqual([1, 1, 1, 1, 1]);
    expect(perLine(200).length).toBeLessThan(5);
    expect(perLine(200).reduce((sum, one) => sum + one, 0)).toBe(5);
    const detected = (width: number): string | undefined => linesAt(width, many).find((line) => line.includes('delimiter '));
    expect(detected(120)).toMatch(/^ {4}\S/);
    expect(detected(200)).toMatch(/rows: .* · delimiter/);
  });

  it('says how the largest finding is proved, where its report was saved', () => {
    const hint = linesAt(200, report, ['out/report.html', 'out/report.json']).find((line) => line.includes('explain'));
    expect(hint).toBe(`The whole proof of the first: csp-recon explain ${FINDING.fingerprint.slice(0, 8)} --report out/report.json`);
    expect(linesAt(200, report, ['out/report.html']).join('\n')).not.toContain('explain');
    expect(linesAt(200, { ...report, findings: [] }, ['out/report.json']).join('\n')).not.toContain('explain');
  });

  it('has colours only where they are wanted', () => {
    const coloured = summaryText(report, { width: 80, isColoured: true, written: [] });
    const plain = summaryText(report, { width: 80, isColoured: false, written: [] });
    expect(coloured).not.toBe(plain);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
    expect(plain).not.toContain('\u001b');
  });
});
