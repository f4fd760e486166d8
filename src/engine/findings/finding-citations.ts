import type { Citation, Detection } from '../../domain/findings/finding.ts';
import { invariant } from '../../domain/invariant.ts';
import { distinctCitations } from '../../policy/citations.ts';
import type { AnyRule } from '../../rules/rule.ts';

/**
 * The clauses a finding rests on: those of its rule that always hold, those of the figures it used, and those its case named. Findings of one
 * rule on one ground share one list, for a wrong price list yields a finding a line.
 */
export class FindingCitations {
  readonly #lists = new Map<string, readonly Citation[]>();

  of(rule: AnyRule, { citations = [], parametersUsed = [] }: Detection): readonly Citation[] {
    const found = [...parametersUsed.map((use) => use.citation), ...citations];
    const key = [rule.code, ...found.flatMap((one) => [one.id, one.clause])].join('\u0000');
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const list = distinctCitations([...rule.citations, ...found]);
    invariant(list.length > 0, `a finding of ${rule.code} rests on no clause`);
    this.#lists.set(key, list);
    return list;
  }
}
