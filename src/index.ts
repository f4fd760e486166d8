export { Audit, type AuditResult, type AuditSettings } from './engine/audit.ts';
export { HeadingPool } from './ingest/heading-pool.ts';
export { expandInputs, type InputFile } from './ingest/open-input.ts';
export { readCharges, type ChargeSink, type ReadOptions, type TableSummary } from './ingest/read-charges.ts';
export { rules, findRule } from './rules/index.ts';
export { parameters } from './policy/parameters/index.ts';
export { writers } from './report/report-writer.ts';
export type { Finding, Severity, FindingKind } from './domain/finding.ts';
export type { Report, ProratedLine } from './domain/report.ts';
