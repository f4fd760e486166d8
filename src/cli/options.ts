import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { layoutOfConvention } from '../domain/conventions.ts';
import { dayFromIso } from '../domain/days.ts';
import { KnownError } from '../domain/known-error.ts';

export const FORMATS = ['xlsx', 'csv', 'json', 'ics'] as const;
export type Format = (typeof FORMATS)[number];

const list = z.union([z.string(), z.array(z.string())]).transform((value) =>
  (Array.isArray(value) ? value : [value])
    .flatMap((one) => one.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== ''),
);
const paths = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));
const day = z.string().refine((text) => dayFromIso(text) !== null, 'must be a day as YYYY-MM-DD');

/** Every option of `audit`, as flags or in the configuration file; names are those of the contract in camel case. */
const auditOptions = z.strictObject({
  paths: paths.refine((value) => value.length > 0, 'name at least one file, folder or glob'),
  context: paths.default([]),
  events: z.string().min(1).optional(),
  register: z.string().min(1).optional(),
  baseline: z.string().min(1).optional(),
  asOf: day.optional(),
  out: z.string().min(1).default('csp-recon-report'),
  format: list
    .refine((value) => value.every((one) => (FORMATS as readonly string[]).includes(one)), `must be a list of ${FORMATS.join(', ')}`)
    .transform((value) => value as readonly Format[])
    .default([...FORMATS]),
  rounding: z
    .string()
    .refine(
      (name) => name === 'auto' || layoutOfConvention(name) !== null,
      'must be auto or the name of a convention (see csp-recon explain AR01)',
    )
    .default('auto'),
  failOn: z.enum(['error', 'warning', 'info', 'never']).default('error'),
  maxRejected: z.number().int().min(0).default(0),
  minAmount: z
    .union([z.string(), z.number()])
    .transform(String)
    .refine((text) => /^\d+(\.\d+)?$/.test(text), 'must be a number of 0 or more')
    .default('0'),
  layout: z.enum(['legacy-licence', 'new-commerce']).optional(),
  dateOrder: z.enum(['mdy', 'dmy']).optional(),
  decimalMark: z.enum(['.', ',']).optional(),
  delimiter: z.string().optional(),
  encoding: z.string().optional(),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  logFile: z.string().optional(),
  progress: z.boolean().default(true),
  quiet: z.boolean().default(false),
});

export type AuditOptions = z.infer<typeof auditOptions>;

const CONFIG_NAME = 'csp-recon.config.json';

/** Flags win over the configuration file; what neither says has its default. Unknown names and bad values are known errors. */
export function readOptions(flags: Readonly<Record<string, unknown>>, configFlag: string | undefined, workingFolder: string): AuditOptions {
  const config = configFlag === undefined ? findConfig(workingFolder) : resolve(workingFolder, configFlag);
  const settings = config === null ? {} : readConfig(config, configFlag ?? CONFIG_NAME);
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  const parsed = auditOptions.safeParse({ ...settings, ...given });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue?.path.join('.') ?? '';
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : null;
  throw new KnownError({
    code: 'option-invalid',
    ...(config === null ? {} : { place: { file: configFlag ?? CONFIG_NAME } }),
    found: unknown === null ? `option ${flagName(name)}: ${issue?.message ?? 'not understood'}` : `unknown option ${unknown}`,
    expected: 'options as listed by csp-recon audit --help',
    remedy: 'Correct the option on the command line or in the configuration file.',
  });
}

function flagName(name: string): string {
  return name === 'paths' ? '<paths>' : `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
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
      expected: 'a JSON object of options',
      remedy: 'Correct the file, or leave --config out.',
    });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw fail('the configuration file cannot be read');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail(`the configuration file is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  if (!object.success) throw fail('the configuration file holds no JSON object');
  return object.data;
}
