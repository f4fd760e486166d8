import { dayFromIso, type Day } from '../../domain/calendar/days.ts';
import { invariant } from '../../domain/invariant.ts';
import { parameters } from '../../policy/parameters/index.ts';
import { POLICY_VERIFIED_ON, valueOn, VERIFIED_UNTIL } from '../../policy/parameter.ts';
import { wrappedText } from '../../report/wrapped-text.ts';
import { rules } from '../../rules/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
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
    return `${rule.code}  ${rule.name.padEnd(26)} ${rule.scope.padEnd(13)} ${rule.severity.padEnd(8)} ${knownOn(rule, day)}`;
  });
  const figures = parameters.map((parameter) => {
    const dated = valueOn(parameter, day, []);
    const value = dated === null ? 'not known for this day' : `${parameter.show(dated.value)}  (since ${dated.since}, ${dated.basis})`;
    return `${parameter.id.padEnd(34)} ${value}`;
  });
  const width = outputWidth(PIPED_WIDTH);
  const later = day > VERIFIED_UNTIL ? `, by the texts as they were last checked on ${POLICY_VERIFIED_ON}` : '';
  const printed = [...lines, '', `Policy figures on ${asOf ?? POLICY_VERIFIED_ON}${later}`, ...figures];
  process.stdout.write(`${printed.flatMap((line) => wrappedText(line, { width, indent: HANGING })).join('\n')}\n`);
  return EXIT.clean;
}

/** How many of a rule's dated figures are known for a day: with none of them the rule has nothing to say of it. */
function knownOn({ parameters: own }: AnyRule, day: Day): string {
  const known = own.filter((parameter) => valueOn(parameter, day, []) !== null).length;
  if (own.length === 0) return 'no dated figure';
  return `${known} of ${own.length} ${own.length === 1 ? 'figure' : 'figures'} known`;
}
