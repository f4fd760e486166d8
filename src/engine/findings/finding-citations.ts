import type { Day } from '../../domain/calendar/days.ts';
import type { Citation, Detection } from '../../domain/findings/finding.ts';
import { invariant } from '../../domain/invariant.ts';
import { distinctCitations } from '../../policy/citations.ts';
import { isLaterThan, markedAsLater } from '../../policy/later-text.ts';
import type { AnyRule } from '../../rules/rule.ts';

/**
 * The clauses a finding rests on: those of its rule that always hold, those of the figures it used, and those its case named. A text that is
 * later than the case says so. Findings of one rule on one ground share one list, for a wrong price list yields a finding a line.
 */
export class FindingCitations {
  readonly #lists = new Map<string, readonly Citation[]>();

  of(rule: AnyRule, { citations = [], parametersUsed = [], ...detection }: Detection): readonly Citation[] {
    const day = caseDay(detection);
    const marked = (one: Citation): Citation => (day !== null && isLaterThan(one, day) ? markedAsLater(one) : one);
    const found = [
      ...rule.citations.map(marked),
      // A figure of the time of the case has a text of it: what it is dated by may be told by no row.
      ...parametersUsed.map((use) => (use.mayBeLater === true ? marked(use.citation) : use.citation)),
      ...citations.map(marked),
    ];
    const key = [rule.code, ...found.flatMap((one) => [one.id, one.title, one.clause])].join('\u0000');
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const list = distinctCitations(found);
    invariant(list.length > 0, `a finding of ${rule.code} rests on no clause`);
    this.#lists.set(key, list);
    return list;
  }
}

/** The last day on which something of the case was ordered, began or happened; null where nothing tells one. */
function caseDay({ evidence, subject, happenedOn }: Pick<Detection, 'evidence' | 'subject' | 'happenedOn'>): Day | null {
  let last: Day | null = happenedOn ?? null;
  for (const one of evidence) {
    if (!('line' in one)) continue;
    for (const day of [one.line.line.firstDay, one.line.line.orderDay]) if (day !== null && (last === null || day > last)) last = day;
  }
  return last ?? subject?.lastDay ?? subject?.firstDay ?? subject?.day ?? null;
}
