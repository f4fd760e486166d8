import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { LAYOUT_NAMES } from '../domain/charges/charge-line.ts';
import { layoutOfConvention } from '../domain/proration/conventions.ts';
import { dayFromIso } from '../domain/calendar/days.ts';
import { CLAIMANT_ROLES } from '../domain/partner/service-incident.ts';
import { KnownError } from '../domain/known-error.ts';
import { CONFIG_NAME } from '../ingest/find-paths.ts';
import { jsonFault } from '../ingest/json-fault.ts';
import { closestWord } from './closest-word.ts';
import { optionInvalid } from './option-invalid.ts';

export const FORMATS = ['xlsx', 'csv', 'json', 'html', 'ics'] as const;
export type Format = (typeof FORMATS)[number];

/** What could stand in place of a value that cannot be used: the messages of this schema are the `expected` of a known error. */
const text = (expected: string) => z.string({ error: expected }).min(1, expected);
const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) => z.enum(values, { error: `One of ${values.join(', ')}.` });
const yesOrNo = z.boolean({ error: 'The value true or false.' });
const textOrTexts = (expected: string) => z.union([z.string(), z.array(z.string())], { error: expected });
const PATHS_EXPECTED = 'At least one file, folder or glob.';
const FORMATS_EXPECTED = `A list of formats parted by commas, of ${FORMATS.join(', ')}.`;
const ROUNDING_EXPECTED = 'The word auto or the name of a convention; csp-recon explain AR01 lists them.';
const ROWS_EXPECTED = 'A whole number of rows, 0 or more.';
const DAYS_EXPECTED = 'A whole number of days from 0 to 999.';
const COUNTRY_EXPECTED = 'The two letters of a country, such as NL.';
const AMOUNT_EXPECTED = 'An amount of 0 or more, with a decimal point.';

/** Whether a code of two capital letters is one of ISO 3166. ZZ is the name of no country, and codes from XA on are for private use. */
function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code) || /^(?:AA|Q[M-Z]|X[A-JL-Z]|ZZ)$/.test(code)) return false;
  return new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code) !== undefined;
}

const list = textOrTexts(FORMATS_EXPECTED).transform((value) =>
  (Array.isArray(value) ? value : [value])
    .flatMap((one) => one.split(','))
    .map((one) => one.trim())
    // Named twice is asked for once.
    .filter((one, at, all) => one !== '' && all.indexOf(one) === at),
);
const paths = textOrTexts(PATHS_EXPECTED).transform((value) => (Array.isArray(value) ? value : [value]));
const day = text('A day as YYYY-MM-DD.').refine((one) => dayFromIso(one) !== null, 'A day of the calendar as YYYY-MM-DD.');
const wholeNumber = z
  .union([z.number(), z.string().regex(/^\d{1,15}$/, ROWS_EXPECTED)], { error: ROWS_EXPECTED })
  .transform((value) => (typeof value === 'number' ? value : Number.parseInt(value, 10)));

const daysBefore = z
  .union([z.number().int(), z.string().regex(/^\d{1,3}$/, DAYS_EXPECTED)], { error: DAYS_EXPECTED })
  .transform((value) => (typeof value === 'number' ? value : Number.parseInt(value, 10)))
  .refine((value) => value >= 0 && value <= 999, DAYS_EXPECTED);
const amount = z
  .union([z.string(), z.number()], { error: AMOUNT_EXPECTED })
  .transform(String)
  .refine((one) => /^\d+(\.\d+)?$/.test(one), AMOUNT_EXPECTED);

/** Every option of `audit`, as flags or in the configuration file; names are those of the contract in camel case. */
const auditOptions = z.strictObject({
  paths: paths.refine((value) => value.length > 0, PATHS_EXPECTED),
  context: paths.default([]),
  prices: paths.default([]),
  events: text('The path of one file.').optional(),
  incidents: text('The path of one file.').optional(),
  claimantRole: oneOf(...CLAIMANT_ROLES).optional(),
  providerLeadDays: daysBefore.default(7),
  invoices: text('The path of one file.').optional(),
  partnerCountry: text(COUNTRY_EXPECTED)
    .transform((code) => code.toUpperCase())
    .refine(isCountry, COUNTRY_EXPECTED)
    .optional(),
  register: text('The path of one register.xlsx.').optional(),
  baseline: text('The path of one baseline file.').optional(),
  policy: text('The path of one file of own terms.').optional(),
  asOf: day.optional(),
  out: text('The path of one folder, or - for standard output.').default('csp-recon-report'),
  format: list
    .refine((value) => value.length > 0 && value.every((one) => (FORMATS as readonly string[]).includes(one)), FORMATS_EXPECTED)
    .transform((value) => value as readonly Format[])
    .default([...FORMATS]),
  rounding: text(ROUNDING_EXPECTED)
    .refine((name) => name === 'auto' || layoutOfConvention(name) !== null, ROUNDING_EXPECTED)
    .default('auto'),
  failOn: oneOf('error', 'warning', 'info', 'never').default('error'),
  maxRejected: wholeNumber.refine((value) => Number.isInteger(value) && value >= 0, ROWS_EXPECTED).default(0),
  minAmount: amount.default('0'),
  layout: oneOf(...LAYOUT_NAMES).optional(),
  mapping: text('The path of one file of headings.').optional(),
  dateOrder: oneOf('mdy', 'dmy').optional(),
  decimalMark: z.enum(['.', ','], { error: 'A point or a comma.' }).optional(),
  pricesDateOrder: oneOf('mdy', 'dmy').optional(),
  pricesDecimalMark: z.enum(['.', ','], { error: 'A point or a comma.' }).optional(),
  delimiter: text('One character such as "," ";" "|", or the word tab.').optional(),
  encoding: text('The name of one encoding, such as utf-8 or windows-1252.').optional(),
  redact: yesOrNo.default(false),
  redactKey: text('The path of one file.').optional(),
  logLevel: oneOf('silent', 'error', 'warn', 'info', 'debug').default('warn'),
  logFile: text('The path of one file.').optional(),
  progress: yesOrNo.default(true),
  quiet: yesOrNo.default(false),
});

export type AuditOptions = z.infer<typeof auditOptions>;

/** The options of `render`: those of `audit` that are about what is written. */
const renderOptions = auditOptions.pick({ format: true, redact: true, redactKey: true, quiet: true }).extend({
  report: text('The path of one report.json.'),
  out: text('The path of one folder, or - for standard output.').optional(),
  minAmount: amount.optional(),
});

export type RenderOptions = z.infer<typeof renderOptions>;

/** Flags win over the configuration file; what neither says has its default. Unknown names and bad values are known errors. */
export function readOptions(flags: Readonly<Record<string, unknown>>, configFlag: string | undefined, workingFolder: string): AuditOptions {
  const config = configFlag === undefined ? findConfig(workingFolder) : resolve(workingFolder, configFlag);
  const configName = configFlag ?? CONFIG_NAME;
  const settings = config === null ? {} : readConfig(config, configName);
  const given = Object.fromEntries(Object.entries(flags).filter(([name, value]) => isGiven(name, value)));
  const parsed = auditOptions.safeParse({ ...settings, ...given });
  if (!parsed.success) throw refusal(parsed.error.issues[0], settings, given, configName);
  refuseMixedOutput(parsed.data);
  return parsed.data;
}

/** The options of `render`, which has no configuration file: what it writes is asked for at the moment. */
export function readRenderOptions(flags: Readonly<Record<string, unknown>>): RenderOptions {
  const given = Object.fromEntries(Object.entries(flags).filter(([name, value]) => isGiven(name, value)));
  const parsed = renderOptions.safeParse(given);
  if (!parsed.success) throw refusal(parsed.error.issues[0], {}, given, CONFIG_NAME, 'render');
  refuseMixedOutput(parsed.data);
  return parsed.data;
}

function refuseMixedOutput({ out, format }: { readonly out?: string | undefined; readonly format: readonly Format[] }): void {
  if (out !== '-' || (format.length === 1 && format[0] === 'json')) return;
  throw optionInvalid(
    `--out - would print ${format.join(', ')} on standard output.`,
    'One format on standard output, json.',
    'Add --format json, or name a folder with --out.',
  );
}

/** Paths may stand in the configuration file: none on the command line is no answer. */
function isGiven(name: string, value: unknown): boolean {
  return value !== undefined && !(name === 'paths' && Array.isArray(value) && value.length === 0);
}

type Settings = Readonly<Record<string, unknown>>;

function refusal(
  issue: z.core.$ZodIssue | undefined,
  settings: Settings,
  given: Settings,
  configName: string,
  command = 'audit',
): KnownError {
  if (issue?.code === 'unrecognized_keys') {
    const meant = closestWord(issue.keys[0] ?? '', Object.keys(auditOptions.shape));
    return optionInvalid(
      `There is no option ${issue.keys.map((key) => `"${key}"`).join(', ')}.`,
      'Options as listed by csp-recon audit --help, in camel case: "failOn" for --fail-on.',
      `${meant === null ? '' : `Did you mean "${meant}"? `}Correct the name in the file, or remove it.`,
      { file: configName },
    );
  }
  const name = String(issue?.path[0] ?? '');
  const expected = issue?.message ?? 'A value that can be used.';
  if (!(name in given) && name in settings) {
    const found = `The option "${name}" is ${shownValue(settings[name])}.`;
    return optionInvalid(found, expected, 'Correct the value in the file.', { file: configName });
  }
  const value = given[name];
  const found =
    name === 'paths'
      ? 'No export is named.'
      : Array.isArray(value)
        ? `${flagName(name)} is given ${value.length} times.`
        : `${flagName(name)} is ${shownValue(value)}.`;
  return optionInvalid(found, expected, `Run csp-recon ${command} --help for all options.`);
}

function shownValue(value: unknown): string {
  if (value === '') return 'without a value';
  const shown = JSON.stringify(value);
  return shown.length <= 80 ? shown : `${shown.slice(0, 80)}…`;
}

function flagName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function findConfig(folder: string): string | null {
  const candidate = join(folder, CONFIG_NAME);
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  return parent === folder ? null : findConfig(parent);
}

function readConfig(path: string, name: string): Record<string, unknown> {
  const fail = (found: string): KnownError =>
    new KnownError({
      code: 'config-unreadable',
      place: { file: name },
      found,
      expected: 'A JSON object of options, such as { "failOn": "warning" }.',
      remedy: 'Correct the file, or name another one with --config.',
    });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw fail(existsSync(path) ? 'The configuration file cannot be read.' : 'There is no such configuration file.');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail(`The configuration file is not valid JSON${jsonFault(text, error)}.`);
  }
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  if (!object.success) throw fail('The configuration file holds no JSON object.');
  return object.data;
}
