import { invariant } from '../../domain/invariant.ts';
import { findRule } from '../../rules/index.ts';
import { cleanRows } from './clean-rows.ts';
import { plants } from './plants.ts';
import { countIncidents, incidentRowOf, SAMPLE_INCIDENTS_PATH } from './sample-incidents.ts';
import { INVOICES_PATH, invoicePlants, invoiceRow, sampleInvoices } from './sample-invoices.ts';
import { MISSING_PART, MISSING_PART_ROW, SAMPLE_EXPORT_FOLDER, SAMPLE_EXPORT_PATHS, sampleExportPlant } from './sample-export.ts';
import { countPrices, SAMPLE_PRICES_PATH } from './sample-prices.ts';
import { countRows, placeOf, SAMPLE_AS_OF, SAMPLE_PATHS } from './sample-month.ts';
import type { Plant, SampleFile, SampleLine } from './sample-line.ts';
import { usageCleanRows } from './usage-plants.ts';

const CONTENTS: Readonly<Record<SampleFile, string>> = {
  legacy: 'legacy licences, the invoice of 12 September',
  september: 'new commerce, the invoice of September',
  legacyUsage: 'legacy Azure usage, the same invoice of 12 September',
  dailyUsage: 'Azure plan, daily usage of September',
  august: 'new commerce, the month before: history, not audited',
};

/** GUIDE.md of the sample: what the audit will find in it and why, from the very data that was planted. */
export function guideText(): string {
  return `${[intro(), runs(), findings(), reasons(), lookAlikes()].join('\n\n')}\n`;
}

function intro(): string {
  const files = (Object.keys(CONTENTS) as SampleFile[]).map(
    (file) => `| \`${SAMPLE_PATHS[file]}\` | ${CONTENTS[file]} | ${countRows(file)} |`,
  );
  return [
    '# A sample month',
    '',
    'Reconciliation files of a made-up month, in the columns of the real exports. The customers are the fictional companies of',
    'Microsoft’s own documentation; ids, prices and quantities are invented. Most rows are right. For every rule a case is planted, on a customer',
    `or an invoice of its own but for ${listText(sharedCompanies())}.`,
    '',
    '| file | what it is | rows |',
    '| --- | --- | --- |',
    ...files,
    `| \`${SAMPLE_PRICES_PATH}\` | the price list of September: history, segments and all that the sample bills in new commerce | ${countPrices()} |`,
    `| \`${SAMPLE_INCIDENTS_PATH}\` | the partner’s own list of service incidents | ${countIncidents()} |`,
    `| \`${SAMPLE_EXPORT_PATHS.manifest}\` | an export of the API of which one part is missing: a folder of its own, see below | |`,
    `| \`${SAMPLE_EXPORT_PATHS.part}\` | the part that is there: usage of October that is not billed yet | ${sampleExportPlant.rows} |`,
    `| \`${INVOICES_PATH}\` | the list of invoices that a partner keeps | ${sampleInvoices().length} |`,
  ].join('\n');
}

/** The customers on whom more than one case is planted: `Tailwind Traders (LC06 and RS04)`. */
function sharedCompanies(): readonly string[] {
  const byCompany = new Map<string, string[]>();
  for (const plant of plants) {
    const { name } = about(plant).subscription.company;
    byCompany.set(name, [...(byCompany.get(name) ?? []), plant.rule]);
  }
  return [...byCompany].flatMap(([name, codes]) => (codes.length < 2 ? [] : [`${name} (${listText([...codes].sort())})`]));
}

function runs(): string {
  const withContext = [...plants, ...invoicePlants()].filter((plant) => plant.needsContext === true).map((plant) => plant.rule);
  const inAll = plants.length + invoicePlants().length;
  const withPrices = plants.filter((plant) => plant.needsPrices === true).map((plant) => plant.rule);
  const withIncidents = plants.filter((plant) => plant.incident !== undefined).map((plant) => plant.rule);
  const dated = [...plants, ...invoicePlants()].flatMap(({ rule, later }) => (later === undefined ? [] : [`* ${rule}: ${later}.`]));
  return [
    '## Run it',
    '',
    'In this folder:',
    '',
    `    csp-recon audit "*.csv" --context context --prices prices --incidents ${SAMPLE_INCIDENTS_PATH} --invoices ${INVOICES_PATH} --as-of ${SAMPLE_AS_OF}`,
    '',
    `gives the first ${inAll} findings below and no more. Without \`--context context\` there are ${inAll - withContext.length}: ${listText(withContext)} can only be`,
    `seen beside the month before. Without \`--prices prices\` ${listText(withPrices)} have nothing to look at, and the report says so;`,
    `neither have ${listText(withIncidents)} without \`--incidents ${SAMPLE_INCIDENTS_PATH}\`, nor most of the IN rules without \`--invoices\`: the replaced invoice`,
    `is then a line billed twice. The exit code is 1, for there are findings of severity error.`,
    '',
    `    csp-recon audit ${SAMPLE_EXPORT_FOLDER} --as-of ${SAMPLE_AS_OF}`,
    '',
    `finds ${sampleExportPlant.rule} alone, and its exit code is 2. It lies in a folder of its own because an audit that lacks a part of an export is never done in`,
    `full, whatever else it finds. \`csp-recon audit .\` with the options above audits all exports as one: it finds the same and ${sampleExportPlant.rule}, with exit code 2;`,
    'August itself is right.',
    '',
    `Deadlines are judged on the day that \`--as-of\` names. On a later day all is the same but for`,
    '',
    ...new Set(dated),
  ].join('\n');
}

function about(plant: Plant): SampleLine {
  const line = plant.lines[plant.about];
  invariant(line !== undefined, `the plant of ${plant.rule} is about a line that it has`);
  return line;
}

/** Where the report says a plant stands: on its line, or in the list of incidents. */
export function placeOfPlant(plant: Plant): { readonly path: string; readonly row: number } {
  const row = incidentRowOf(plant);
  return row === null ? placeOf(about(plant)) : { path: SAMPLE_INCIDENTS_PATH, row };
}

function findings(): string {
  const rows = plants.map((plant) => {
    const line = about(plant);
    const { path, row } = placeOfPlant(plant);
    const rule = findRule(plant.rule);
    const money = [plant.billed, plant.expected, plant.difference].map((amount) => amount ?? '–');
    return `| ${[`${plant.rule} ${rule?.name ?? ''}`, `\`${path}\` ${row}`, line.subscription.company.name, ...money].join(' | ')} |`;
  });
  return [
    '## What will be found',
    '',
    'Row numbers are those that a spreadsheet shows. Amounts are in euro (RS03: in dollars), before tax but for AR04 and the invoices. A positive difference is owed to you where the finding is a discrepancy or a claim.',
    'Of a notice it is something else: what a cancellation would give back today (CR07, RS04), what a missed claim was worth (CR09), what is to be paid (IN06).',
    '',
    '| rule | file, row | customer or invoice | billed | expected | difference |',
    '| --- | --- | --- | ---: | ---: | ---: |',
    ...rows,
    ...invoiceFindings(),
    exportFinding(),
  ].join('\n');
}

function invoiceFindings(): readonly string[] {
  return invoicePlants().map((plant) => {
    const money = [plant.billed, plant.expected, plant.difference].map((amount) => amount ?? '–');
    const place = `\`${INVOICES_PATH}\` ${invoiceRow(plant.invoiceNumber)}`;
    return `| ${[`${plant.rule} ${findRule(plant.rule)?.name ?? ''}`, place, plant.invoiceNumber, ...money].join(' | ')} |`;
  });
}

function exportFinding(): string {
  const { rule } = sampleExportPlant;
  const place = `\`${SAMPLE_EXPORT_PATHS.manifest}\` ${MISSING_PART_ROW}`;
  return `| ${[`${rule} ${findRule(rule)?.name ?? ''}`, place, MISSING_PART, '–', '–', '–'].join(' | ')} |`;
}

function reasons(): string {
  return [
    '## Why',
    ...plants.map((plant) => `**${plant.rule}**, ${about(plant).subscription.company.name}, ${rowsText(plant.lines)}. ${plant.why}`),
    ...invoicePlants().map(({ rule, invoiceNumber, lines, why }) => {
      const place = `\`${INVOICES_PATH}\` row ${invoiceRow(invoiceNumber)}`;
      return `**${rule}**, ${invoiceNumber}, ${place}${lines.length === 0 ? '' : ` and ${rowsText(lines)}`}. ${why}`;
    }),
    `**${sampleExportPlant.rule}**, \`${SAMPLE_EXPORT_PATHS.manifest}\`. ${sampleExportPlant.why}`,
  ].join('\n\n');
}

function lookAlikes(): string {
  const items = [...cleanRows, ...usageCleanRows].flatMap(({ lookAlike, lines }) => {
    return lookAlike === undefined ? [] : [`* ${lines[0]?.subscription.company.name ?? ''}, ${rowsText(lines)}: ${lookAlike}.`];
  });
  return ['## What looks wrong and is right', '', ...items].join('\n');
}

/** `2026-09-new-commerce.csv rows 10, 11 and 12`. */
function rowsText(lines: readonly SampleLine[]): string {
  const byPath = new Map<string, number[]>();
  for (const line of lines) {
    const { path, row } = placeOf(line);
    byPath.set(path, [...(byPath.get(path) ?? []), row]);
  }
  return [...byPath]
    .map(([path, rows]) => `\`${path}\` ${rows.length === 1 ? 'row' : 'rows'} ${listText([...rows].sort((a, b) => a - b).map(String))}`)
    .join(' and ');
}

function listText(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`;
}
