import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegisterEntry } from '../../src/domain/partner/claims-register.ts';
import type { Finding } from '../../src/domain/findings/finding.ts';
import { FindingList } from '../../src/domain/findings/finding-list.ts';
import { FindingPack, wholeFinding } from '../../src/domain/findings/finding-pack.ts';
import type { Report } from '../../src/domain/findings/report.ts';
import { carryForward } from '../../src/engine/findings/claims-ledger.ts';
import { newEntries } from '../../src/engine/findings/new-entries.ts';
import { Pseudonyms } from '../../src/report/redact/pseudonyms.ts';
import { redactedEntry, redactedReport } from '../../src/report/redact/redact-report.ts';
import { identitiesOf, Redactor } from '../../src/report/redact/redactor.ts';
import { writers } from '../../src/report/report-writer.ts';
import { exampleReport } from '../support/example-report.ts';

const [EXAMPLE] = exampleReport.findings as readonly [Finding];

function packed(findings: readonly Finding[], keptWhole = 0): readonly Finding[] {
  const list = new FindingList(keptWhole);
  for (const one of findings) list.add(one);
  return list.all();
}

describe('a packed finding', () => {
  it('says what it said before, member by member, as JSON and as a whole copy', () => {
    const pack = new FindingPack();
    for (const finding of exampleReport.findings) {
      const small = pack.pack(finding);
      for (const member of Object.keys(finding) as (keyof Finding)[]) expect(small[member], member).toEqual(finding[member]);
      expect(JSON.stringify(small, null, 2)).toBe(JSON.stringify(finding, null, 2));
      expect(wholeFinding(small)).toEqual(finding);
    }
  });

  it('keeps every text, however long and in whatever letters, and whichever is read next', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('€'.repeat(400_000)), fc.constant('\ud800 alone'));
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, fc.array(texts, { maxLength: 3 })), { minLength: 1, maxLength: 8 }), fc.nat(), (all, start) => {
        const findings = all.map(([message, working]) => ({ ...EXAMPLE, message, working }));
        const small = packed(findings);
        for (let step = 0; step < small.length * 2; step += 1) {
          const place = (start + step * 3) % small.length;
          expect(small[place]!.working).toEqual(findings[place]!.working);
          expect(small[place]!.message).toBe(findings[place]!.message);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is not one of the first, which are kept as they are', () => {
    const list = packed([EXAMPLE, EXAMPLE, EXAMPLE], 2);
    expect(list.map((one) => one === EXAMPLE)).toEqual([true, true, false]);
  });

  it('takes the status that the register has for it, and is itself else', () => {
    const [one] = packed([EXAMPLE]);
    const input = { credits: [], asOf: '2026-11-21', nextBilling: () => 'not-yet' as const };
    const { entries, findings } = carryForward({ ...input, previous: null, findings: [one!] });
    expect(findings[0]).toBe(one);
    const previous = entries.map((entry) => ({ ...entry, status: 'submitted' as const }));
    expect(previous).toHaveLength(1);
    const after = carryForward({ ...input, previous, findings: [one!] }).findings;
    expect(after).toEqual([{ ...EXAMPLE, status: 'submitted' }]);
  });
});

describe('a new register entry of a long list', () => {
  it('says what a whole one says, and is redacted alike', () => {
    const findings = exampleReport.findings.map((one, place) => ({ ...one, deadline: place % 2 === 0 ? one.deadline : '2026-12-05' }));
    const whole = newEntries(findings, '2026-11-21');
    const lean = newEntries(packed(findings), '2026-11-21', 0);
    const redactor = new Redactor(new Pseudonyms(null), identitiesOf(exampleReport));
    expect(lean).toHaveLength(whole.length);
    whole.forEach((entry, place) => {
      for (const member of Object.keys(entry) as (keyof RegisterEntry)[]) expect(lean[place]![member], member).toEqual(entry[member]);
      expect(redactedEntry(lean[place]!, redactor)).toEqual(redactedEntry(entry, redactor));
    });
  });
});

describe('a report of packed findings', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'csp-recon-pack-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const small: Report = { ...exampleReport, findings: packed(exampleReport.findings) };
  const redacted = (report: Report): Report => redactedReport(report, new Redactor(new Pseudonyms(null), identitiesOf(report)));

  it.each([...writers.keys()])('is written to the same bytes as %s, redacted or not', async (format) => {
    const writer = writers.get(format)!;
    const bytes = async (report: Report): Promise<Buffer> => {
      const path = join(folder, writer.fileName);
      await writer.write(path, report, () => []);
      return readFileSync(path);
    };
    expect((await bytes(small)).equals(await bytes(exampleReport))).toBe(true);
    expect((await bytes(redacted(small))).equals(await bytes(redacted(exampleReport)))).toBe(true);
    expect((await bytes(small)).equals(await bytes(redacted(exampleReport)))).toBe(false);
  });
});
