import { z } from 'zod';
import { dayFromIso } from '../domain/calendar/days.ts';
import type { OwnTerm } from '../domain/partner/own-term.ts';
import type { Parameter } from './parameter.ts';

const day = z.string().refine((text) => dayFromIso(text) !== null, 'must be a day as YYYY-MM-DD');
const window = z.strictObject({ length: z.number().int().positive(), unit: z.enum(['calendar-days', 'hours']) });
const file = z.strictObject({
  terms: z.array(
    z.strictObject({ parameter: z.string(), since: day, until: day.optional(), value: z.unknown(), source: z.string().min(1) }),
  ),
});

/** Own terms, or what is wrong with the text of their file. */
export type OwnTermsReading = { readonly terms: readonly OwnTerm[] } | { readonly mistake: string };

/**
 * Reads the JSON of `--policy`: `{ "terms": [ { "parameter", "since", "until"?, "value", "source" } ] }`. A value must be of the kind that the
 * parameter's published values are of, for another kind would be another formula.
 */
export function readOwnTerms(json: unknown, parameters: readonly Parameter<never>[]): OwnTermsReading {
  const parsed = file.safeParse(json);
  if (!parsed.success)
    return { mistake: `${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`.trim() };
  const terms: OwnTerm[] = [];
  for (const { parameter: id, since, until, value, source } of parsed.data.terms) {
    const parameter = parameters.find((one) => one.id === id);
    if (parameter === undefined) return { mistake: `${id} is no policy figure (see csp-recon rules)` };
    if (id.endsWith('.proration-formula')) return { mistake: `${id} cannot be agreed otherwise: name the convention with --rounding` };
    const published = parameter.values.map((one): unknown => one.value).find((one) => one !== null);
    if (!isLike(parameter, published, value)) return { mistake: `${id}: the value must be like ${JSON.stringify(published)}` };
    const sinceDay = dayFromIso(since);
    if (sinceDay === null) return { mistake: `${id}: ${since} is no day` };
    terms.push({ parameter: id, since, sinceDay, lastDay: until === undefined ? null : dayFromIso(until), value, source });
  }
  return { terms };
}

/**
 * A number stays a number, a word is one of those that the parameter knows, for any other would be another rule. Windows have a shape of their
 * own; other values must have the published one's: the same members, of the same kinds.
 */
function isLike(parameter: Parameter<never>, published: unknown, value: unknown): boolean {
  if (parameter.accepts !== undefined) return parameter.accepts(value);
  if (typeof published === 'object') return hasShapeOf(value, published);
  if (typeof value !== 'string' || typeof published !== 'string') return typeof value === typeof published;
  if (/^\d/.test(published)) return /^\d+(\.\d+)?$/.test(value);
  return parameter.values.some((one: { readonly value: unknown }) => one.value === value);
}

function hasShapeOf(value: unknown, published: unknown): boolean {
  if (isWindow(published)) return window.safeParse(value).success;
  if (Array.isArray(published)) return Array.isArray(value) && value.length > 0 && value.every((one) => hasShapeOf(one, published[0]));
  if (published === null) return value === null || typeof value === 'string';
  if (typeof published !== 'object') return typeof value === typeof published;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const given = new Map(Object.entries(value));
  const members = Object.entries(published);
  return given.size === members.length && members.every(([name, member]) => given.has(name) && hasShapeOf(given.get(name), member));
}

/** A published window may hold another reading beside its length; an agreed one has a length only. */
function isWindow(published: unknown): boolean {
  return typeof published === 'object' && published !== null && 'length' in published && 'unit' in published;
}
