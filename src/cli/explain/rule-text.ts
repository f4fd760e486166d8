import type { FigureParts, FormulaParts, RuleParts } from './rule-parts.ts';

/** Room for the longest name of a convention. */
const CONVENTION_CHARS = 17;

/** A rule as text, unwrapped: what `explain` prints. */
export function ruleText(rule: RuleParts): string {
  return lines([
    `${rule.code} ${rule.name} · ${rule.severity} · scope ${rule.scope}`,
    rule.title,
    '',
    ...rule.docs.flatMap(([heading, text]) => [heading, `  ${text}`]),
    ...(rule.formulas === null ? [] : formulaLines(rule.formulas)),
    ...(rule.figures.length === 0 ? [] : ['Policy figures', ...rule.figures.flatMap(figureLines).map((line) => `  ${line}`)]),
    ...rule.sources.flatMap(({ heading, clauses }) => [
      heading,
      ...clauses.flatMap(({ title, clause }) => [`  ${title}`, `    ${clause}`]),
    ]),
    rule.verified,
  ]);
}

/** A policy figure with its history as text, unwrapped. */
export function figureText(figure: FigureParts): string {
  return lines(figureLines(figure));
}

function figureLines({ id, title, datedBy, unread, values }: FigureParts): readonly string[] {
  return [
    `${id}: ${title} (by the date of ${datedBy})`,
    ...values.flatMap(({ since, value, basis, source, clause }) => [`  since ${since}  ${value}  (${basis})`, `    ${source}: ${clause}`]),
    ...(unread === null ? [] : [`  No rule reads it. ${unread}`]),
  ];
}

function formulaLines({ letters, layouts }: FormulaParts): readonly string[] {
  return [
    'Formulas',
    ...letters.map((line) => `  ${line}`),
    ...layouts.flatMap(({ name, formulas }) => [
      `  ${name}`,
      ...formulas.map(([convention, formula]) => `    ${convention.padEnd(CONVENTION_CHARS)} ${formula}`),
    ]),
  ];
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
