import { conventionsOf, FORMULA_TEXT, type Convention } from '../../domain/proration/conventions.ts';
import type { Citation } from '../../domain/findings/finding.ts';
import { KnownError } from '../../domain/known-error.ts';
import { parameters } from '../../policy/parameters/index.ts';
import { POLICY_VERIFIED_ON, type Parameter } from '../../policy/parameter.ts';
import { findingProof } from '../../report/finding-proof.ts';
import { readReport } from '../read-report.ts';
import { findRule, rules } from '../../rules/index.ts';
import { closestWord } from '../closest-word.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

const DEFAULT_REPORT = 'csp-recon-report/report.json';

/**
 * Prints what a rule checks and rests on, or the history of a policy figure, from the package alone; or the whole proof of a finding of a
 * saved report, by its fingerprint or the beginning of it.
 */
export async function explain(subject: string, reportPath: string | undefined): Promise<ExitCode> {
  const rule = findRule(subject);
  const parameter = parameters.find((one) => one.id === subject.toLowerCase());
  if (rule !== null) process.stdout.write(ruleText(rule));
  else if (parameter !== undefined) process.stdout.write(`${parameterText(parameter).join('\n')}\n`);
  else process.stdout.write(await proofOf(subject, reportPath));
  return EXIT.clean;
}

async function proofOf(subject: string, reportPath: string | undefined): Promise<string> {
  const isFingerprint = /^[0-9a-f]{6,20}$/i.test(subject);
  if (!isFingerprint) throw nothingToExplain(`"${subject}" is no rule, no policy figure and no fingerprint.`, undefined, meantBy(subject));
  const report = await readReport(reportPath ?? DEFAULT_REPORT);
  const found = report.findings.filter((one) => one.fingerprint.startsWith(subject.toLowerCase()));
  if (found.length === 0)
    throw nothingToExplain(`No finding in it has a fingerprint that begins with "${subject}".`, reportPath ?? DEFAULT_REPORT);
  return found.map(findingProof).join('\n');
}

function meantBy(subject: string): string | null {
  return closestWord(subject, [...rules.flatMap(({ code, name }) => [code, name]), ...parameters.map(({ id }) => id)]);
}

function nothingToExplain(found: string, file?: string, meant: string | null = null): KnownError {
  return new KnownError({
    code: 'nothing-to-explain',
    ...(file === undefined ? {} : { place: { file } }),
    found,
    expected: 'A rule code such as AR01, a rule name, the id of a policy figure, or a finding’s fingerprint.',
    remedy: `${meant === null ? '' : `Did you mean ${meant}? `}Run csp-recon rules for codes, names and ids; take a fingerprint from findings.csv, and name its report.json with --report.`,
  });
}

/** The full text of a rule, which the README's rule table and the report draw on too. */
export function ruleText(rule: AnyRule): string {
  const sections = [
    `${rule.code} ${rule.name} · ${rule.severity} · scope ${rule.scope}`,
    rule.title,
    '',
    `What it checks\n  ${rule.docs.checks}`,
    `Why\n  ${rule.docs.why}`,
    `Example\n  ${rule.docs.example}`,
    `What to do\n  ${rule.docs.remedy}`,
    ...(usesFormulas(rule) ? [formulaText()] : []),
    ...(rule.parameters.length === 0
      ? []
      : [['Policy figures', ...rule.parameters.flatMap((one) => parameterText(one).map((line) => `  ${line}`))].join('\n')]),
    ...clausesText('Sources of every finding', rule.citations),
    ...clausesText('Sources by the case of a finding', rule.caseCitations),
    `Verified against the sources on ${POLICY_VERIFIED_ON}.`,
  ];
  return `${sections.join('\n')}\n`;
}

function clausesText(heading: string, clauses: readonly Citation[]): readonly string[] {
  return clauses.length === 0 ? [] : [[heading, ...clauses.map((one) => `  ${one.title}\n    ${one.clause}`)].join('\n')];
}

function usesFormulas(rule: AnyRule): boolean {
  return rule.parameters.some((one) => one.id.endsWith('.proration-formula'));
}

function formulaText(): string {
  const rows = (names: readonly Convention[]): string[] => names.map((name) => `    ${name.padEnd(17)} ${FORMULA_TEXT[name]}`);
  return [
    'Formulas',
    '  P full price of one licence for one whole cycle, Q quantity, d billed days, D days of the cycle (both ends included, UTC),',
    '  E effective unit price, X exchange rate; R half-up and T toward zero to the minor unit of the currency, r3 half-up to three decimals.',
    '  A full period is P·Q. Refunds mirror charges.',
    '  legacy licence',
    ...rows(conventionsOf('legacy-licence')),
    '  new commerce',
    ...rows([...conventionsOf('new-commerce'), 'by-months']),
  ].join('\n');
}

function parameterText(parameter: Parameter<never>): readonly string[] {
  return [
    `${parameter.id}: ${parameter.title} (by the date of ${parameter.datedBy})`,
    ...parameter.values.map((dated) => {
      const value = shownValue(parameter, dated.value);
      return `  since ${dated.since}  ${value}  (${dated.basis})\n    ${dated.citation.title}: ${dated.citation.clause}`;
    }),
  ];
}

/** Parameters of different values stand in one list: what a value shows is its own parameter's business. */
function shownValue(parameter: Parameter<never>, value: unknown): string {
  return value === null ? 'not known' : parameter.show(value as never);
}
