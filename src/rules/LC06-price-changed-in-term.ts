import { figureOf } from '../domain/conventions.ts';
import type { Day } from '../domain/days.ts';
import type { Detection } from '../domain/finding.ts';
import { sum, type Decimal } from '../domain/money.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/subjects.ts';
import { isoDay } from '../domain/days.ts';
import { money, periodText, shown, signed } from '../domain/working.ts';
import { cite } from '../policy/citations.ts';
import { useOf, valueOn } from '../policy/parameter.ts';
import { priceGuarantee } from '../policy/parameters/price-guarantee.ts';
import { defineRule } from './rule.ts';

export const priceChangedInTerm = defineRule({
  code: 'LC06',
  name: 'price-changed-in-term',
  title: 'The price of a licence changed within its term',
  scope: 'subscription',
  severity: 'error',
  citations: [
    cite('billing-overview-2021', 'License-based prices are guaranteed for the term of the subscription.'),
    cite('use-recon-files', 'New commerce: UnitPrice may show a newer list price in mid-term; the effective price is the one that counts.'),
  ],
  parameters: [priceGuarantee],
  docs: {
    checks:
      'The full price of one licence over the lines of one term: it may change at a renewal, with a promotion, or with a changed billing plan, and not otherwise.',
    why: 'Prices are guaranteed for the term; a rise in mid-term is charged every month until its end.',
    example: 'Bought at 20.00 for a year; from the fourth month 22.00 for 5 licences: 10.00 a month too much.',
    remedy: 'Ask for the difference since the step in a billing ticket; name the purchase line and the first line at the new price.',
  },
  messages: {
    step: 'the price of one licence went from {old} to {new} on {day} within its term; the lines at the new price come to {billed}, at the old one to {expected}',
  },
  *check(chain) {
    for (const term of terms(chain)) yield* steps(term);
  },
});

interface Priced {
  readonly line: AuditedLine;
  readonly price: Decimal;
}

/** Lines of one term whose full price their own cells prove. */
function terms(chain: SubscriptionChain): readonly (readonly Priced[])[] {
  const found: Priced[][] = [];
  let termOf: string | null = null;
  for (const line of chain.lines) {
    const { recalculation } = line;
    if (
      recalculation.status !== 'recalculated' ||
      recalculation.price.source === 'full-period-line' ||
      recalculation.fixedConvention !== null
    )
      continue;
    if (line.line.heading.productKind !== 'licence' || line.line.heading.isTrial || recalculation.price.amount.isZero()) continue;
    // A fee on a cancellation is AR08's matter and no price of the licence.
    if (line.line.kind === 'cancellation' && !line.line.amount.isNegative()) continue;
    const opens = line.line.kind === 'renewal' || line.line.kind === 'plan-change' || line.line.kind === 'conversion';
    const term = `${line.line.termFirstDay ?? ''}`;
    if (opens || term !== termOf || found.length === 0) found.push([]);
    termOf = term;
    found.at(-1)?.push({ line, price: recalculation.price.amount });
  }
  return found;
}

function isPromoted(a: AuditedLine, b: AuditedLine): boolean {
  const discounts = (one: AuditedLine): boolean => one.line.discount !== null && !one.line.discount.isZero();
  return (
    a.line.priceAdjustment !== b.line.priceAdjustment ||
    a.line.heading.promotionId !== b.line.heading.promotionId ||
    discounts(a) !== discounts(b) ||
    a.line.heading.cycleMonths !== b.line.heading.cycleMonths
  );
}

function* steps(term: readonly Priced[]): Generator<Detection<'step'>> {
  for (const [position, one] of term.entries()) {
    const before = term[position - 1];
    if (before === undefined || one.price.eq(before.price) || isPromoted(one.line, before.line)) continue;
    const rest = term.slice(position);
    const until = rest.findIndex((later) => !later.price.eq(one.price));
    yield step(before, until < 0 ? rest : rest.slice(0, until));
  }
}

function step(before: Priced, at: readonly Priced[]): Detection<'step'> {
  const [first] = at as [Priced, ...Priced[]];
  const audited = at.filter((one) => one.line.line.isAudited);
  const lead = audited[0] ?? first;
  const billed = sum(audited.map((one) => one.line.line.amount));
  const expected = sum(audited.map((one) => amountAt(one.line, before.price)));
  const dated = valueOn(priceGuarantee, (lead.line.line.termFirstDay ?? lead.line.line.firstDay) as Day);
  return {
    message: 'step',
    values: {
      old: shown(before.price),
      new: shown(first.price),
      day: isoDay(first.line.line.firstDay as Day),
      billed: money(lead.line, billed),
      expected: money(lead.line, expected),
    },
    evidence: [
      { line: lead.line, label: 'first line at the new price' },
      { line: before.line, label: 'last line at the old price' },
    ],
    amounts: { billed, expected },
    working: [
      `last line at the old price: ${periodText(before.line.line)}, P = ${shown(before.price)}`,
      ...audited.map(
        (one) =>
          `${periodText(one.line.line)}: billed ${money(one.line, one.line.line.amount)}, at ${shown(before.price)} by ${one.line.judgedBy} ${money(one.line, amountAt(one.line, before.price))}`,
      ),
    ],
    confidence: 'likely',
    nextAction: 'Open a billing ticket for the difference since the step; name the purchase line and the first line at the new price.',
    parametersUsed: dated === null ? [] : [useOf(priceGuarantee, dated)],
  };
}

function amountAt(one: AuditedLine, price: Decimal): Decimal {
  const { recalculation } = one;
  return recalculation.status === 'recalculated' ? signed(one, figureOf(one.judgedBy, { ...recalculation.facts, price })) : one.line.amount;
}
