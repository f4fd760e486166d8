import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ApiExport } from '../../src/domain/invoices/api-export.ts';
import { dayFromIso } from '../../src/domain/calendar/days.ts';
import type { Convention } from '../../src/domain/proration/conventions.ts';
import type { InvoiceHeader } from '../../src/domain/invoices/invoice-header.ts';
import type { OwnTerm } from '../../src/domain/partner/own-term.ts';
import type { PartnerEvent } from '../../src/domain/partner/partner-event.ts';
import type { ClaimantSettings, ServiceIncident } from '../../src/domain/partner/service-incident.ts';
import { Audit, type AuditResult } from '../../src/engine/audit.ts';
import { HeadingPool } from '../../src/ingest/heading-pool.ts';
import { expandInputs } from '../../src/ingest/open-input.ts';
import { readPriceList } from '../../src/ingest/price-lists/read-price-list.ts';
import { readCharges } from '../../src/ingest/read-charges.ts';

export interface TextFile {
  readonly name: string;
  readonly text: string | Uint8Array;
  readonly isContext?: boolean;
}

export interface AuditedFiles extends AuditResult {
  readonly rejected: number;
}

/** Writes the files to a folder of their own and audits them as the command would, without its terminal. */
export async function auditFiles(
  files: readonly TextFile[],
  settings: {
    readonly asOf?: string;
    readonly rounding?: Convention | null;
    readonly events?: readonly PartnerEvent[];
    readonly ownTerms?: readonly OwnTerm[];
    readonly invoices?: readonly InvoiceHeader[];
    readonly incidents?: readonly ServiceIncident[];
    readonly prices?: readonly TextFile[];
    readonly claimant?: ClaimantSettings;
    readonly partnerCountry?: string | null;
    readonly exports?: readonly ApiExport[];
  } = {},
): Promise<AuditedFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'csp-recon-test-'));
  try {
    const audit = new Audit({
      asOf: dayFromIso(settings.asOf ?? '2026-11-21')!,
      rounding: settings.rounding ?? null,
      events: settings.events ?? null,
      ownTerms: settings.ownTerms ?? [],
      invoices: settings.invoices ?? null,
      incidents: settings.incidents ?? null,
      partnerCountry: settings.partnerCountry ?? null,
      claimant: settings.claimant ?? { role: null, providerLeadDays: 7 },
    });
    for (const one of settings.exports ?? []) audit.addExport(one);
    const pool = new HeadingPool();
    let rejected = 0;
    for (const file of files) {
      const path = join(folder, file.name);
      await writeFile(path, file.text);
      const [input] = await expandInputs([path]);
      let mark = 0;
      await readCharges(input!, {}, pool, {
        begin(table) {
          mark = audit.beginTable({ file: basename(path), sheet: table.sheet, isAudited: file.isContext !== true });
        },
        rows(batch) {
          for (const row of batch) {
            if (row.outcome === 'line') audit.add(row.line);
            if (row.outcome === 'rejected') rejected += 1;
          }
        },
        discard() {
          audit.forgetSince(mark);
        },
        end() {
          return;
        },
      });
    }
    if (settings.prices !== undefined) {
      const index = audit.beginPrices();
      for (const { name, text } of settings.prices) {
        await writeFile(join(folder, name), text);
        const [input] = await expandInputs([join(folder, name)]);
        for (const table of await readPriceList(input!, index)) {
          for (const row of table.rows) index.add(row);
          for (const span of table.spans) index.addSpan(span);
          rejected += table.rejections.length;
        }
      }
    }
    return { ...audit.finish(), rejected };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
