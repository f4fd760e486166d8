import { conventionsOf, FORMULA_TEXT, type Convention } from '../../domain/proration/conventions.ts';
import type { Citation } from '../../domain/findings/finding.ts';
import { POLICY_VERIFIED_ON, type Parameter } from '../../policy/parameter.ts';
import type { AnyRule } from '../../rules/rule.ts';

/** A policy figure with its history. */
export interface FigureParts {
  readonly id: string;
  readonly title: string;
  readonly datedBy: string;
  /** Why no rule reads it; null where one does. */
  readonly unread: string | null;
  readonly values: readonly {
    readonly since: string;
    readonly value: string;
    readonly basis: string;
    readonly source: string;
    readonly clause: string;
  }[];
}

export interface FormulaParts {
  readonly letters: readonly string[];
  readonly layouts: readonly { readonly name: string; readonly formulas: readonly (readonly [convention: string, formula: string])[] }[];
}

/** Clauses that findings rest on, beside those of the policy figures; never none. */
export interface SourceParts {
  readonly heading: string;
  readonly clauses: readonly Citation[];
}

/** All that is said of a rule, for whatever shows it: the terminal, and the page of the rule. */
export interface RuleParts {
  readonly code: string;
  readonly name: string;
  readonly title: string;
  readonly severity: string;
  readonly scope: string;
  readonly docs: readonly (readonly [heading: string, text: string])[];
  /** null where the rule works out no prorated amount. */
  readonly formulas: FormulaParts | null;
  readonly figures: readonly FigureParts[];
  readonly sources: readonly SourceParts[];
  readonly verified: string;
}

export function rulePartsOf(rule: AnyRule): RuleParts {
  const { code, name, title, severity, scope, docs, parameters, citations, caseCitations } = rule;
  return {
    ...{ code, name, title, severity, scope },
    docs: [
      ['What it checks', docs.checks],
      ['Why', docs.why],
      ['Example', docs.example],
      ['What to do', docs.remedy],
    ],
    formulas: parameters.some((one) => one.id.endsWith('.proration-formula')) ? FORMULAS : null,
    figures: parameters.map(figurePartsOf),
    sources: [
      { heading: 'Sources of every finding', clauses: citations },
      { heading: 'Sources by the case of a finding', clauses: caseCitations },
    ].filter(({ clauses }) => clauses.length > 0),
    verified: `Verified against the sources on ${POLICY_VERIFIED_ON}.`,
  };
}

export function figurePartsOf(parameter: Parameter<never>): FigureParts {
  const { id, title, datedBy, values, unread = null } = parameter;
  return {
    ...{ id, title, datedBy, unread },
    values: values.map(({ since, basis, later, value, citation }) => ({
      ...{ since, value: shownValue(parameter, value), source: citation.title, clause: citation.clause },
      basis: later === undefined ? basis : `${basis}; by a later text: ${later}`,
    })),
  };
}

/** Parameters of different values stand in one list: what a value shows is its own parameter's business. */
function shownValue(parameter: Parameter<never>, value: unknown): string {
  return value === null ? 'not known' : parameter.show(value as never);
}

const named = (names: readonly Convention[]): readonly (readonly [string, string])[] => names.map((name) => [name, FORMULA_TEXT[name]]);

const FORMULAS: FormulaParts = {
  letters: [
    'P full price of one licence for one whole cycle, Q quantity, d billed days, D days of the cycle (both ends included, UTC), E effective unit price, X exchange rate; R half-up and T toward zero to the minor unit of the currency, r3 half-up to three decimals.',
    'A full period is P·Q. Refunds mirror charges.',
  ],
  layouts: [
    { name: 'legacy licence', formulas: named(conventionsOf('legacy-licence')) },
    { name: 'new commerce', formulas: named([...conventionsOf('new-commerce'), 'by-months']) },
  ],
};
