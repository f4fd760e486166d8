import type { ParameterUse } from '../domain/findings/finding.ts';
import type { AuditedLine } from '../domain/charges/subjects.ts';
import { useOf, valueOn } from './parameter.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from './parameters/proration-formula.ts';

/** The published proration formula in force on the first day a line charges; nothing where the sources are silent. */
export function formulaUse(one: AuditedLine): readonly ParameterUse[] {
  const parameter = one.line.heading.layout === 'legacy-licence' ? legacyProrationFormula : newCommerceProrationFormula;
  const dated = one.line.firstDay === null ? null : valueOn(parameter, one.line.firstDay, one.ownTerms);
  return dated === null ? [] : [useOf(parameter, dated)];
}
