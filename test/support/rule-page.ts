import type { FigureParts, FormulaParts, RuleParts } from '../../src/cli/explain/rule-parts.ts';

/** Letters that Markdown would obey. */
const OBEYED = /[\\`*_<>|[\]#~]/g;

function plain(text: string): string {
  return text.replaceAll(OBEYED, (letter) => `\\${letter}`);
}

/** Within backticks only a bar ends a cell. */
function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function formulas({ letters, layouts }: FormulaParts): readonly string[] {
  return [
    '## Formulas',
    '',
    ...letters.flatMap((line) => [plain(line), '']),
    ...table(
      ['layout', 'convention', 'formula'],
      layouts.flatMap(({ name, formulas: own }) => own.map(([convention, formula]) => [plain(name), code(convention), code(formula)])),
    ),
    '',
  ];
}

function figure({ id, title, datedBy, values }: FigureParts): readonly string[] {
  return [
    `### ${code(id)}`,
    '',
    `${plain(title)}, by the date of ${plain(datedBy)}.`,
    '',
    ...table(
      ['since', 'value', 'known as', 'source'],
      values.map(({ since, value, basis, source, clause }) => [since, plain(value), plain(basis), `*${plain(source)}*: ${plain(clause)}`]),
    ),
    '',
  ];
}

/** All that `explain` prints of a rule, as a page. */
export function rulePage(rule: RuleParts): string {
  return `${[
    `# ${rule.code} · ${plain(rule.title)}`,
    '',
    `${code(rule.name)} · ${rule.severity} · scope ${rule.scope}`,
    '',
    ...rule.docs.flatMap(([heading, text]) => [`## ${heading}`, '', plain(text), '']),
    ...(rule.formulas === null ? [] : formulas(rule.formulas)),
    ...(rule.figures.length === 0 ? [] : ['## Policy figures', '', ...rule.figures.flatMap(figure)]),
    ...rule.sources.flatMap(({ heading, clauses }) => [
      `## ${heading}`,
      '',
      ...clauses.map(({ title, clause }) => `* *${plain(title)}*: ${plain(clause)}`),
      '',
    ]),
    rule.verified,
  ].join('\n')}\n`;
}
