import type { ChargeLine } from '../domain/charges/charge-line.ts';
import type { SideInput } from '../domain/proration/expected-charge.ts';
import type { UncheckedCount } from '../domain/findings/report.ts';
import type { AnyRule, Need } from '../rules/rule.ts';

/**
 * The rules that cannot run because their side input was not given, with the audited lines that each would have looked at: what nobody looked
 * at is never a pass. Such a rule is reported even where it would have looked at no line.
 */
export class MissingInputs {
  readonly #without: readonly { readonly rule: AnyRule; readonly need: Need }[];
  /** Rules that look at the same lines share one predicate, and so one count. */
  readonly #counts = new Map<Need['looksAt'], number>();

  constructor(rules: readonly AnyRule[], given: ReadonlySet<SideInput>) {
    this.#without = rules.flatMap((rule) => (rule.needs === undefined || given.has(rule.needs.input) ? [] : [{ rule, need: rule.needs }]));
    for (const { need } of this.#without) this.#counts.set(need.looksAt, 0);
  }

  count(line: ChargeLine): void {
    if (!line.isAudited) return;
    for (const [looksAt, lines] of this.#counts) if (looksAt(line)) this.#counts.set(looksAt, lines + 1);
  }

  table(): readonly UncheckedCount[] {
    return this.#without.map(({ rule, need }) => ({
      rule: rule.code,
      reason: `no-${need.input}`,
      lines: this.#counts.get(need.looksAt) ?? 0,
    }));
  }
}

/** The rules whose side input is given, or that need none. */
export function rulesThatCanRun(rules: readonly AnyRule[], given: ReadonlySet<SideInput>): readonly AnyRule[] {
  return rules.filter((rule) => rule.needs === undefined || given.has(rule.needs.input));
}
