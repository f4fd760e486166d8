import { resolve } from 'node:path';
import { layoutOfConvention, type Convention } from '../domain/proration/conventions.ts';
import { lacksOf } from '../domain/invoices/api-export.ts';
import type { Day } from '../domain/calendar/days.ts';
import { invariant } from '../domain/invariant.ts';
import { KnownError } from '../domain/known-error.ts';
import type { InputReport, Rejection } from '../domain/findings/report.ts';
import { Audit } from '../engine/audit.ts';
import type { AuditSettings } from '../engine/audit-settings.ts';
import { checkExport, type CheckedExport } from '../ingest/containers/export-parts.ts';
import { readManifest } from '../ingest/containers/manifest.ts';
import { HeadingPool } from '../ingest/heading-pool.ts';
import type { InputFile } from '../ingest/input-file.ts';
import { expandInputs, releaseInputs } from '../ingest/open-input.ts';
import { readCharges, type ReadOptions } from '../ingest/read-charges.ts';
import { readMappings } from '../ingest/side-inputs/mapping.ts';
import { readIncidents } from '../ingest/side-inputs/incidents.ts';
import { readEvents } from '../ingest/side-inputs/events.ts';
import { readInvoices } from '../ingest/side-inputs/invoices.ts';
import type { AuditOptions } from './options.ts';
import { ownTermsOf } from './read-own-terms.ts';
import { findPriceLists, readPriceLists } from './read-price-lists.ts';
import type { Progress } from './progress.ts';
import { SideInputs } from './side-inputs.ts';
import { shownPath } from './shown-path.ts';

export interface ReadResult {
  readonly audit: Audit;
  readonly inputs: readonly InputReport[];
  readonly rejections: readonly Rejection[];
}

/** Reads every audited and context file into one audit. Spooled standard input is removed afterwards, whatever happens. */
export async function readAll(options: AuditOptions, asOf: Day, progress: Progress): Promise<ReadResult> {
  const rounding = options.rounding === 'auto' ? null : (options.rounding as Convention);
  invariant(rounding === null || layoutOfConvention(rounding) !== null, 'options are validated');
  const side = new SideInputs();
  const claimant = { role: options.claimantRole ?? null, providerLeadDays: options.providerLeadDays };
  const audit = new Audit({
    asOf,
    rounding,
    ...(await readSideInputs(options, side)),
    claimant,
    partnerCountry: options.partnerCountry ?? null,
  });
  const inputs: InputReport[] = [];
  const rejections: Rejection[] = [];
  const { mapping } = options;
  const mappings = mapping === undefined ? [] : await readMappings(mapping, mapping, side.watch('mapping', mapping));
  const readOptions = { ...readOptionsOf(options), mappings };
  const pool = new HeadingPool();
  const exports: CheckedExport[] = [];
  const seen = new Map<string, string>();
  const priceLists = await findPriceLists(options, progress);
  const { audited, context } = await findInputs(options, new Set([...priceLists.map(({ path }) => path), ...ownFiles(options)]), progress);
  progress.startReading([...audited, ...context, ...priceLists].reduce((sum, { bytes }) => sum + bytes, 0));
  try {
    const all = [...audited.map((one) => [one, 'audited'] as const), ...context.map((one) => [one, 'context'] as const)];
    for (const [file, role] of all) {
      if (file.kind === 'manifest') {
        const checked = checkExport(
          file,
          await readManifest(file),
          role === 'audited',
          all.map(([one]) => one),
        );
        exports.push(checked);
        inputs.push(manifestInput(file, role, checked));
        continue;
      }
      const earlier = seen.get(file.sha256);
      if (earlier !== undefined) {
        inputs.push(...inputs.filter((one) => one.path === earlier).map((one) => givenTwice(one, file, role, earlier)));
        progress.passOver(file.bytes);
        continue;
      }
      seen.set(file.sha256, file.name);
      await readOne(file, role, readOptions, { audit, inputs, rejections, pool, progress });
    }
  } finally {
    await releaseInputs([...audited, ...context]);
  }
  for (const { apiExport, given } of exports) {
    const layouts = new Set(inputs.filter(({ path }) => given.has(path)).map(({ layout }) => layout));
    audit.addExport({ ...apiExport, layouts: [...layouts] });
  }
  const prices = await readPriceLists(priceLists, options, audit, progress);
  return { audit, inputs: [...inputs, ...prices.inputs, ...side.inputs], rejections: [...rejections, ...prices.rejections] };
}

/** What the partner gives beside the exports and settings. */
async function readSideInputs(
  { events, invoices, policy, incidents }: AuditOptions,
  side: SideInputs,
): Promise<Pick<AuditSettings, 'events' | 'invoices' | 'ownTerms' | 'incidents'>> {
  return {
    events: events === undefined ? null : await readEvents(events, events, side.watch('events', events)),
    invoices: invoices === undefined ? null : await readInvoices(invoices, invoices, shownPath(invoices), side.watch('invoices', invoices)),
    ownTerms: await ownTermsOf(policy, policy === undefined ? undefined : side.watch('policy', policy)),
    incidents: incidents === undefined ? null : await readIncidents(incidents, shownPath(incidents), side.watch('incidents', incidents)),
  };
}

interface Inputs {
  readonly audited: readonly InputFile[];
  readonly context: readonly InputFile[];
}

/** The partner's own lists and settings. */
function ownFiles({ events, incidents, invoices, mapping, policy, baseline, register }: AuditOptions): readonly string[] {
  return [events, incidents, invoices, mapping, policy, baseline, register].flatMap((path) => (path === undefined ? [] : [resolve(path)]));
}

/** A file named as context, as a price list or as one of the partner's own lists, is never audited, also where it lies in a folder that is. */
async function findInputs({ paths, context, out }: AuditOptions, priceLists: ReadonlySet<string>, progress: Progress): Promise<Inputs> {
  const isExport = ({ path }: InputFile): boolean => !priceLists.has(path);
  const named = (await expandInputs(paths, undefined, resolve(out), progress)).filter(isExport);
  const history = context.length === 0 ? [] : (await expandInputs(context, undefined, resolve(out), progress)).filter(isExport);
  const historyPaths = new Set(history.map(({ path }) => path));
  const audited = named.filter(({ path }) => !historyPaths.has(path));
  if (audited.length > 0) return { audited, context: history };
  throw new KnownError({
    code: 'only-context',
    place: { file: named[0]?.name ?? shownPath(paths[0] ?? '') },
    found: `Every export that is to be audited is also named with ${named.length === 0 ? 'another option, such as --prices or --invoices' : '--context'}.`,
    expected: 'At least one export that is neither context nor a price list nor a list of your own.',
    remedy: 'Name the month to be audited as <paths>, only the other months with --context, and only price lists with --prices.',
  });
}

/** A manifest bills nothing: it is held against the parts that were given. */
function manifestInput(file: InputFile, role: InputReport['role'], { apiExport, notes }: CheckedExport): InputReport {
  const lacks = lacksOf(apiExport);
  return {
    path: file.name,
    sheet: null,
    role,
    kind: 'json',
    layout: 'export-manifest',
    sha256: file.sha256,
    bytes: file.bytes,
    container: file.container,
    rows: 0,
    lines: 0,
    rejected: 0,
    skipped: 0,
    skippedBy: {},
    extraColumns: [],
    notes: [...file.notes, ...notes],
    ...(lacks.length === 0 ? {} : { lacks }),
    detected: { delimiter: null, encoding: null, dateOrder: null, decimalMark: null, assumed: [] },
  };
}

/** The same bytes again are no second bill: every row is skipped, and the report says so. */
function givenTwice(first: InputReport, file: InputFile, role: InputReport['role'], earlier: string): InputReport {
  return {
    ...first,
    path: file.name,
    container: file.container,
    role,
    lines: 0,
    rejected: 0,
    skipped: first.rows,
    skippedBy: { 'file-given-twice': first.rows },
    notes: [`the same bytes as ${earlier}: every row is skipped`],
  };
}

function readOptionsOf(options: AuditOptions): ReadOptions {
  const { layout, dateOrder, decimalMark, delimiter, encoding } = options;
  return {
    ...(layout === undefined ? {} : { layout }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(decimalMark === undefined ? {} : { decimalMark }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === 'tab' || delimiter === '\\t' ? '\t' : delimiter }),
    ...(encoding === undefined ? {} : { encoding }),
  };
}

interface Collected {
  readonly audit: Audit;
  readonly inputs: InputReport[];
  readonly rejections: Rejection[];
  readonly pool: HeadingPool;
  readonly progress: Progress;
}

async function readOne(file: InputFile, role: InputReport['role'], options: ReadOptions, into: Collected): Promise<void> {
  let mark = 0;
  let sheet: string | null = null;
  let rejected: Rejection[] = [];
  await readCharges(file, options, into.pool, {
    at: into.progress.file(file.name),
    begin(table) {
      sheet = table.sheet;
      rejected = [];
      mark = into.audit.beginTable({ file: file.name, sheet, isAudited: role === 'audited' });
    },
    rows(batch) {
      for (const row of batch) {
        if (row.outcome === 'line') into.audit.add(row.line);
        else if (row.outcome === 'rejected') rejected.push({ file: file.name, sheet, ...row.rejection });
      }
      into.progress.rows(batch.length);
    },
    discard() {
      into.audit.forgetSince(mark);
      rejected = [];
    },
    end({ layout, kind, rows, lines, skipped, skippedBy, extraColumns, notes, detected }) {
      into.rejections.push(...rejected);
      into.inputs.push({
        path: file.name,
        sheet,
        role,
        kind,
        layout,
        sha256: file.sha256,
        bytes: file.bytes,
        container: file.container,
        rows,
        lines,
        rejected: rejected.length,
        skipped,
        skippedBy,
        extraColumns,
        notes: [...file.notes, ...notes],
        detected,
      });
    },
  });
}
