import type { Citation, Detection } from '../domain/findings/finding.ts';
import type { DuplicateLicence } from '../domain/charges/duplicate-licence.ts';
import type { AuditedLine } from '../domain/charges/subjects.ts';
import { cite, distinctCitations } from './citations.ts';
import { useOf, valueOn } from './parameter.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from './parameters/proration-formula.ts';

/** What a figure worked out from a price and days rests on, as a detection carries it. */
export type FormulaBasis = Required<Pick<Detection, 'citations' | 'parametersUsed'>>;

const LEGACY_WHOLE = cite('scenarios-annual', 'A whole period is charged at the price times the licences: 48.00 for one licence a year.');
const LEGACY_OTHERS: readonly Citation[] = [
  cite('scenarios-annual', 'Worked examples that follow the daily price cut to two decimals.'),
  cite('scenarios-monthly', 'Worked examples that follow the exact price, and one that needs a daily price of three decimals.'),
  cite(
    'appxite-lines',
    'Real licence lines: the amount is worked out from the unrounded unit price, which is printed cut to two decimals.',
  ),
];
const EFFECTIVE_PRICE = cite(
  'scenarios-recurring',
  'EffectiveUnitPrice is UnitPrice / charge-cycle days × billed days, both ends included, in UTC; some worked examples follow the formula of usage.',
);
const BY_MONTHS = cite('scenarios-recurring', 'A changed billing plan is charged by months: 250 × 11/12 is 229.16.');
const USAGE = cite(
  'new-commerce-recon-file',
  'Subtotal of usage: ROUNDDOWN(ROUNDDOWN(EffectiveUnitPrice × BillableQuantity, 2) × PCToBCExchangeRate, 2).',
);

const LEGACY_UNUSED_DAYS = cite('scenarios-annual', 'The day of suspension is credited: 1 March to 12 January is 318 days.');
const NEW_COMMERCE_UNUSED_DAYS = cite(
  'scenarios-recurring',
  'The day of cancellation is credited: cancelled on 17 July, the 29 days from 17 July to 14 August.',
);

/** Every clause a formula may rest on beside the dated figure: the case clauses of a rule that recalculates. */
export const FORMULA_CITATIONS: readonly Citation[] = [LEGACY_WHOLE, ...LEGACY_OTHERS, EFFECTIVE_PRICE, BY_MONTHS, USAGE];

/** Those of a rule that works out whole licence periods. */
export const WHOLE_CITATIONS: readonly Citation[] = [LEGACY_WHOLE, EFFECTIVE_PRICE];

/** Those of a rule that works out a part of a licence charge. */
export const PRORATION_CITATIONS: readonly Citation[] = [...LEGACY_OTHERS, EFFECTIVE_PRICE];

/** Those of a rule that works out a credit of the unused days. */
export const CREDIT_CITATIONS: readonly Citation[] = [LEGACY_UNUSED_DAYS, NEW_COMMERCE_UNUSED_DAYS, ...PRORATION_CITATIONS];

/** What the figures of a line rest on: usage, whole legacy periods and changed billing plans have formulas of their own. */
export function formulaBasis(one: AuditedLine): FormulaBasis {
  const { recalculation, line } = one;
  if (line.heading.productKind === 'usage') return { citations: [USAGE], parametersUsed: [] };
  if (recalculation.status !== 'recalculated') return prorationBasis(one);
  if (line.heading.layout === 'legacy-licence' && recalculation.isWhole) return wholeBasis(one);
  return recalculation.fixedConvention === 'by-months' ? { ...prorationBasis(one), citations: [BY_MONTHS] } : prorationBasis(one);
}

/** What a whole period rests on. */
export function wholeBasis(one: AuditedLine): FormulaBasis {
  return one.line.heading.layout === 'legacy-licence' ? { citations: [LEGACY_WHOLE], parametersUsed: [] } : prorationBasis(one);
}

/**
 * What a part of a charge rests on, some of its days or licences: the published formula in force on the first day charged (none where the
 * sources are silent), and where the other conventions of the layout come from.
 */
export function prorationBasis({ line, ownTerms }: AuditedLine): FormulaBasis {
  const isLegacy = line.heading.layout === 'legacy-licence';
  const parameter = isLegacy ? legacyProrationFormula : newCommerceProrationFormula;
  const dated = line.firstDay === null ? null : valueOn(parameter, line.firstDay, ownTerms);
  return {
    citations: isLegacy ? LEGACY_OTHERS : [EFFECTIVE_PRICE],
    parametersUsed: dated === null ? [] : [useOf(parameter, dated)],
  };
}

/** What several lines rest on together. */
export function joinedBasis(lines: readonly AuditedLine[]): FormulaBasis {
  return joined(lines.map(formulaBasis));
}

/** What the cost of days paid twice rests on, where some charges count for a part of their days only. */
export function sharedBasis({ shared }: DuplicateLicence): FormulaBasis {
  return joined(shared.filter((one) => one.isProrated).map((one) => prorationBasis(one.charge.charge)));
}

/** Each clause and figure once. */
export function joined(all: readonly FormulaBasis[]): FormulaBasis {
  const uses = new Map(all.flatMap(({ parametersUsed }) => parametersUsed.map((use) => [`${use.id} ${use.since}`, use] as const)));
  return { citations: distinctCitations(all.flatMap(({ citations }) => citations)), parametersUsed: [...uses.values()] };
}

/** What a credit of the unused days rests on: that the day of the cancellation is credited, and the proration. */
export function creditBasis(charge: AuditedLine): FormulaBasis {
  const { citations, parametersUsed } = prorationBasis(charge);
  return { citations: [dayCredited(charge), ...citations], parametersUsed };
}

/** The clause by which the day of a cancellation is an unused day. */
export function dayCredited({ line }: AuditedLine): Citation {
  return line.heading.layout === 'legacy-licence' ? LEGACY_UNUSED_DAYS : NEW_COMMERCE_UNUSED_DAYS;
}
