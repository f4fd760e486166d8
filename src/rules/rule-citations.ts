import type { Citation } from '../domain/findings/finding.ts';
import { distinctCitations } from '../policy/citations.ts';
import type { AnyRule } from './rule.ts';

/** Every clause that a finding of the rule may rest on: the rule's own, and those of its policy figures in the order of their dates. */
export function citationsOfRule({ citations, caseCitations, parameters }: AnyRule): readonly Citation[] {
  return distinctCitations([
    ...citations,
    ...caseCitations,
    ...parameters.flatMap((parameter) => parameter.values.map((dated) => dated.citation)),
  ]);
}
