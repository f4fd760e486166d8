import { KnownError } from '../../domain/known-error.ts';
import { parameters } from '../../policy/parameters/index.ts';
import { findingProof } from '../../report/finding-proof.ts';
import { wrappedText } from '../../report/wrapped-text.ts';
import { readReport } from '../read-report.ts';
import { findRule, rules } from '../../rules/index.ts';
import { closestWord } from '../closest-word.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { figurePartsOf, rulePartsOf } from '../explain/rule-parts.ts';
import { figureText, ruleText } from '../explain/rule-text.ts';
import { outputWidth } from '../output-width.ts';

/** Columns where no terminal reads what is printed. */
const PIPED_WIDTH = 80;
const DEFAULT_REPORT = 'csp-recon-report/report.json';

/**
 * Prints what a rule checks and rests on, or the history of a policy figure, from the package alone; or the whole proof of a finding of a
 * saved report, by its fingerprint or the beginning of it.
 */
export async function explain(subject: string, reportPath: string | undefined): Promise<ExitCode> {
  const rule = findRule(subject);
  const parameter = parameters.find((one) => one.id === subject.toLowerCase());
  const text =
    rule !== null
      ? ruleText(rulePartsOf(rule))
      : parameter !== undefined
        ? figureText(figurePartsOf(parameter))
        : await proofOf(subject, reportPath);
  process.stdout.write(wrappedLines(text, outputWidth(PIPED_WIDTH)));
  return EXIT.clean;
}

/** Every line goes on below its own beginning. */
function wrappedLines(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrappedText(line, { width, indent: line.search(/\S|$/) || 2 }))
    .join('\n');
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
