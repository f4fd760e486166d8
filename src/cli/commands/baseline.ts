import { existsSync } from 'node:fs';
import type { AcceptedFinding, Baseline } from '../../domain/partner/baseline.ts';
import type { Finding } from '../../domain/findings/finding.ts';
import { KnownError } from '../../domain/known-error.ts';
import type { Report } from '../../domain/findings/report.ts';
import { applyBaseline, hasExpired } from '../../engine/findings/apply-baseline.ts';
import { readBaseline } from '../../ingest/side-inputs/baseline.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { dayOption, optionInvalid } from '../option-invalid.ts';
import { readReport } from '../read-report.ts';
import { writeWhole } from '../write-whole.ts';

export interface BaselineOptions {
  readonly report: string;
  readonly file: string;
  readonly reason?: string | undefined;
  readonly owner?: string | undefined;
  readonly expires?: string | undefined;
  readonly rule?: readonly string[] | undefined;
  readonly fingerprint?: readonly string[] | undefined;
  readonly prune?: boolean | undefined;
  /** The day of acceptance, and the one by which acceptances have expired. */
  readonly asOf?: string | undefined;
}

/** Accepts findings of a saved report into a baseline file, or prunes what is no longer needed in it, or both. Prints what was done. */
export async function runBaseline(options: BaselineOptions): Promise<ExitCode> {
  const asOf = dayOption('as-of', options.asOf) ?? new Date().toISOString().slice(0, 10);
  const isAccepting = options.prune !== true || isAnyGiven(options);
  const acceptance = isAccepting ? acceptanceOf(options, asOf) : null;
  const report = await readReport(options.report);
  const before: Baseline = existsSync(options.file) ? await readBaseline(options.file, options.file) : { version: 1, accepted: [] };
  const lines: string[] = [];
  let { accepted } = before;
  if (acceptance !== null) {
    const added = accept(accepted, chosen(report, options), acceptance, asOf);
    accepted = added.accepted;
    lines.push(...added.lines.map((line) => `  ${line}`));
    lines.unshift(`${added.count} of ${added.of} findings accepted into ${options.file}; ${added.of - added.count} were accepted already`);
  }
  if (options.prune === true) {
    const pruned = prune(accepted, report, options.report, asOf);
    accepted = pruned.accepted;
    lines.push(`${pruned.lines.length} acceptances pruned from ${options.file}`, ...pruned.lines.map((line) => `  ${line}`));
  }
  const after: Baseline = { version: 1, accepted };
  await writeWhole(options.file, `${JSON.stringify(after, null, 2)}\n`, 'baseline');
  process.stdout.write(`${[...lines, `${options.file} now holds ${accepted.length}`].join('\n')}\n`);
  return EXIT.clean;
}

type Acceptance = Pick<AcceptedFinding, 'reason' | 'owner' | 'expires' | 'acceptedOn'>;

function isAnyGiven({ reason, owner, expires, rule, fingerprint }: BaselineOptions): boolean {
  return [reason, owner, expires, rule, fingerprint].some((each) => each !== undefined);
}

/** Nobody remembers after a year why a finding was accepted, or by whom: both are required. */
function acceptanceOf({ reason = '', owner = '', expires }: BaselineOptions, acceptedOn: string): Acceptance {
  const missing = [...(reason.trim() === '' ? ['--reason'] : []), ...(owner.trim() === '' ? ['--owner'] : [])];
  if (missing.length > 0) {
    throw new KnownError({
      code: 'baseline-without-reason',
      found: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      expected: 'A reason and an owner for every accepted finding.',
      remedy: 'Add --reason "why this is accepted" and --owner "who answers for it"; --prune alone needs neither.',
    });
  }
  const lastDay = dayOption('expires', expires) ?? null;
  if (lastDay !== null && lastDay < acceptedOn) {
    throw optionInvalid(
      `--expires ${lastDay} is over already on ${acceptedOn}.`,
      'The last day on which the acceptance holds.',
      'Name a later day, or leave --expires out.',
    );
  }
  return { reason: reason.trim(), owner: owner.trim(), expires: lastDay, acceptedOn };
}

/** The findings whose rule or fingerprint is named; all of them where none is. A name that fits nothing is a mistake. */
function chosen({ findings }: Report, { rule, fingerprint, report }: BaselineOptions): readonly Finding[] {
  if (rule === undefined && fingerprint === undefined) return findings;
  const rules = new Set((rule ?? []).map((code) => code.toUpperCase()));
  const fingerprints = new Set(fingerprint ?? []);
  const unknown = [
    ...[...rules].filter((code) => !findings.some((one) => one.rule === code)),
    ...[...fingerprints].filter((each) => !findings.some((one) => one.fingerprint === each)),
  ];
  if (unknown.length === 0) return findings.filter((one) => rules.has(one.rule) || fingerprints.has(one.fingerprint));
  throw new KnownError({
    code: 'finding-unknown',
    place: { file: report },
    found: `The report has no finding of ${unknown.join(', ')}.`,
    expected: 'Rule codes and fingerprints of findings in the report.',
    remedy: 'Copy them from findings.csv or report.xlsx of the same run; nothing was written.',
  });
}

/** An acceptance that holds stays as it is; one that has expired is renewed. */
function accept(existing: readonly AcceptedFinding[], findings: readonly Finding[], acceptance: Acceptance, asOf: string) {
  const holding = new Set(existing.filter((each) => !hasExpired(each, asOf)).map(({ fingerprint }) => fingerprint));
  const added = findings.filter(({ fingerprint }) => !holding.has(fingerprint));
  const renewed = new Set(added.map(({ fingerprint }) => fingerprint));
  const accepted = [
    ...existing.filter(({ fingerprint }) => !renewed.has(fingerprint)),
    ...added.map(({ fingerprint, rule }) => ({ fingerprint, rule, ...acceptance })),
  ];
  const lines = added.map(({ rule, fingerprint, customerName, message }) => `${rule}  ${fingerprint}  ${customerName}  ${message}`);
  return { accepted, count: added.length, of: findings.length, lines };
}

function prune(existing: readonly AcceptedFinding[], report: Report, path: string, asOf: string) {
  const stale = staleFingerprints(existing, report, path, asOf);
  const isGone = (each: AcceptedFinding): boolean => stale.has(each.fingerprint) || hasExpired(each, asOf);
  const lines = existing.filter(isGone).map((each) => {
    const why = stale.has(each.fingerprint) ? 'stale: no such finding any more' : `expired on ${each.expires ?? ''}`;
    return `${each.rule}  ${each.fingerprint}  ${why}  (${each.owner}: ${each.reason})`;
  });
  return { accepted: existing.filter((each) => !isGone(each)), lines };
}

/**
 * A report made with a baseline says itself what was stale, for the accepted findings are not in it. In one made without, nothing may be
 * left out: every acceptance of a finding below `--min-amount` would pass for stale and be lost.
 */
function staleFingerprints(existing: readonly AcceptedFinding[], report: Report, path: string, asOf: string): ReadonlySet<string> {
  if (report.baseline !== null) return new Set(report.baseline.stale.map(({ fingerprint }) => fingerprint));
  if (report.summary.belowMinAmount > 0) {
    throw new KnownError({
      code: 'report-not-whole',
      place: { file: path },
      found: 'The report leaves out findings below --min-amount, so what is stale cannot be told.',
      expected: 'A report that lists every finding, or one made with --baseline.',
      remedy: 'Run csp-recon audit without --min-amount, and prune with that report; nothing was written.',
    });
  }
  return new Set(applyBaseline(report.findings, { version: 1, accepted: existing }, asOf).stale.map(({ fingerprint }) => fingerprint));
}
