import { dayFromIso } from '../../domain/calendar/days.ts';
import { invariant } from '../../domain/invariant.ts';
import { parameters } from '../../policy/parameters/index.ts';
import { POLICY_VERIFIED_ON, valueOn } from '../../policy/parameter.ts';
import { wrappedText } from '../../report/wrapped-text.ts';
import { rules } from '../../rules/index.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { outputWidth } from '../output-width.ts';

/** Columns where no terminal reads what is printed. */
const PIPED_WIDTH = 80;
/** Blanks before what does not fit the line of a rule or figure. */
const HANGING = 6;

/** Prints the catalogue, and the policy figures in force on a day. */
export function printRules(asOf: string | undefined): ExitCode {
  const day = dayFromIso(asOf ?? POLICY_VERIFIED_ON);
  invariant(day !== null, 'the day is validated by the command line');
  const lines = rules.map((rule) => {
    const since = rule.parameters.map((parameter) => parameter.values[0]?.since ?? '').sort()[0];
    const dates = since === undefined ? 'no dated figure' : `policy verified ${since} to ${POLICY_VERIFIED_ON}`;
    return `${rule.code}  ${rule.name.padEnd(26)} ${rule.scope.padEnd(13)} ${rule.severity.padEnd(8)} ${dates}`;
  });
  const figures = parameters.map((parameter) => {
    const dated = valueOn(parameter, day, []);
    const value = dated === null ? 'not known for this day' : `${parameter.show(dated.value)}  (since ${dated.since}, ${dated.basis})`;
    return `${parameter.id.padEnd(34)} ${value}`;
  });
  const width = outputWidth(PIPED_WIDTH);
  const printed = [...lines, '', `Policy figures on ${asOf ?? POLICY_VERIFIED_ON}`, ...figures];
  process.stdout.write(`${printed.flatMap((line) => wrappedText(line, { width, indent: HANGING })).join('\n')}\n`);
  return EXIT.clean;
}
