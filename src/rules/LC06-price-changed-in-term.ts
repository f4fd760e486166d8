import { figureOf, stepsOf } from '../domain/proration/conventions.ts';
import type { Day } from '../domain/calendar/days.ts';
import type { PriceSource } from '../domain/proration/expected-charge.ts';
import type { Detection, Unchecked } from '../domain/findings/finding.ts';
import { sum, type Decimal } from '../domain/numbers/money.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/charges/subjects.ts';
import { isExtendedServiceTerm, termOf } from '../domain/calendar/terms.ts';
import { isoDay } from '../domain/calendar/days.ts';
import { money, periodText, shown, signed } from '../domain/proration/working.ts';
import { FORMULA_CITATIONS, joinedBasis } from '../policy/formula-basis.ts';
import { cite } from '../policy/citations.ts';
import { useOf, valueOn } from '../policy/parameter.ts';
import { priceGuarantee } from '../policy/parameters/price-guarantee.ts';
import { newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

const NEWER_PRICE = cite(
  'use-recon-files',
  'New commerce: UnitPrice may show a newer list price in mid-term; the effective price is the one that counts.',
);

export const priceChangedInTerm = defineRule({
  code: 'LC06',
  name: 'price-changed-in-term',
  title: 'The price of a licence changed within its term',
  scope: 'subscription',
  severity: 'error',
  citations: [],
  caseCitations: [NEWER_PRICE, ...FORMULA_CITATIONS],
  parameters: [priceGuarantee, newCommerceProrationFormula],
  docs: {
    checks:
      'The full price of one licence over the lines of one term: it may change at a renewal, with a promotion, or with a changed billing plan, and not otherwise. An upgrade begins a term of its product at its price; an extended service term, known by its name, runs from month to month and is guaranteed no longer.',
    why: 'Prices are guaranteed for the term; a rise in mid-term is charged every month until its end.',
    example: 'Bought at 20.00 for a year; from the fourth month 22.00 for 5 licences: 10.00 a month too much.',
    remedy: 'Ask for the difference since the step in a billing ticket; name the purchase line and the first line at the new price.',
  },
  messages: {
    step: 'the price of one licence went from {old} to {new} on {day} within its term; the lines at the new price come to {billed}, at the old one to {expected}',
  },
  *check(chain) {
    if (isTelcoPair(chain)) return;
    for (const term of terms(chain)) {
      if (hasOnePrice(term)) continue;
      for (const sameOffer of byPromotion(term)) yield* steps(sameOffer);
    }
  },
});

interface Priced {
  readonly line: AuditedLine;
  readonly price: Decimal;
}

/** Nearly every term: there is no step to look for. */
function hasOnePrice(term: readonly Priced[]): boolean {
  return term.every((one) => one.price.eq(term[0]?.price ?? one.price));
}

/** The two parts of an E5 suite that could not be told apart line by line: two prices for the same days and licences. */
function isTelcoPair(chain: SubscriptionChain): boolean {
  if (!/\bE5\b/i.test(chain.productName)) return false;
  const prices = new Map<string, string>();
  return chain.lines.some(({ line }) => {
    const key = [line.kind, line.sign, line.firstDay, line.lastDay, line.quantity.abs().toString()].join(' ');
    const price = line.unitPrice?.abs().toString() ?? '';
    const known = prices.get(key);
    prices.set(key, price);
    return known !== undefined && known !== price;
  });
}

/** Prices that a line does not prove itself. */
const OF_OTHER_ROWS: ReadonlySet<PriceSource> = new Set<PriceSource>(['full-period-line', 'price-list']);

/** Whether the own cells of a line prove the full price of a licence. */
function priceOf(one: AuditedLine): Decimal | null {
  const { line, recalculation } = one;
  if (recalculation.status !== 'recalculated' || OF_OTHER_ROWS.has(recalculation.price.source)) return null;
  if (recalculation.fixedConvention !== null || recalculation.price.amount.isZero()) return null;
  if (line.heading.productKind !== 'licence' || line.heading.isTrial) return null;
  // A fee on a cancellation is AR08's matter and no price of the licence.
  return line.kind === 'cancellation' && !line.amount.isNegative() ? null : recalculation.price.amount;
}

/** The priced lines of each term. A renewal, another billing plan, a conversion into the product, and an end that was moved begin anew. */
function terms(chain: SubscriptionChain): readonly (readonly Priced[])[] {
  const found: Priced[][] = [];
  let before: AuditedLine | null = null;
  for (const line of chain.lines) {
    const price = priceOf(line);
    if (price === null) continue;
    if (before === null || opensTerm(line) || !isSameTerm(before, line)) found.push([]);
    before = line;
    found.at(-1)?.push({ line, price });
  }
  return found;
}

function opensTerm({ line }: AuditedLine): boolean {
  return line.kind === 'renewal' || line.kind === 'plan-change' || (line.kind === 'conversion' && line.sign > 0);
}

/** Without a printed start a renewal may lie in any gap of the given files. */
function isSameTerm(before: AuditedLine, line: AuditedLine): boolean {
  if (before.line.heading.cycleMonths !== line.line.heading.cycleMonths) return false;
  // It runs on from month to month at a price of its own: what was guaranteed ended with the term, and lines of one month alone share theirs.
  if (isExtendedServiceTerm(line.line) || isExtendedServiceTerm(before.line)) {
    return isExtendedServiceTerm(line.line) === isExtendedServiceTerm(before.line) && line.line.lastDay === before.line.lastDay;
  }
  const [one, other] = [termOf(before.line), termOf(line.line)];
  if (one !== null && other !== null) return one.firstDay === other.firstDay && one.lastDay === other.lastDay;
  const { lastDay } = before.line;
  return one === other && lastDay !== null && line.line.firstDay !== null && line.line.firstDay <= lastDay + 1;
}

/** Prices are held only against those under the same promotion: when it begins or ends the price may change. */
function byPromotion(term: readonly Priced[]): readonly (readonly Priced[])[] {
  const groups = new Map<string, Priced[]>();
  for (const one of term) {
    const { line } = one.line;
    const isDiscounted = line.discount !== null && !line.discount.isZero();
    const key = JSON.stringify([line.priceAdjustment, line.heading.promotionId, isDiscounted]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** A price that only a cancellation credit shows is no price that was charged: the credit is short, which is for its own rules. */
function isCharged(one: Priced, term: readonly Priced[]): boolean {
  const isCredit = ({ line: { line } }: Priced): boolean => line.kind === 'cancellation';
  return !isCredit(one) || term.some((other) => !isCredit(other) && other.price.eq(one.price));
}

function* steps(given: readonly Priced[]): Generator<Detection<'step'> | Unchecked> {
  const term = given.filter((one) => isCharged(one, given));
  for (const [position, one] of term.entries()) {
    const before = term[position - 1];
    // A step back to the price that is guaranteed is right: the finding on the step away from it has the money.
    if (before === undefined || one.price.eq(before.price) || one.price.eq(term[0]?.price ?? before.price)) continue;
    const rest = term.slice(position);
    const until = rest.findIndex((later) => !later.price.eq(one.price));
    yield step(before, [one, ...rest.slice(1, until < 0 ? rest.length : until)]);
  }
}

function step(before: Priced, at: readonly [Priced, ...Priced[]]): Detection<'step'> | Unchecked {
  const [first] = at;
  const audited = at.filter((one) => one.line.line.isAudited);
  const lead = audited[0] ?? first;
  const billed = sum(audited.map((one) => one.line.line.amount));
  const expected = sum(audited.map((one) => amountAt(one.line, before.price)));
  const dated = valueOn(priceGuarantee, (termOf(lead.line.line)?.firstDay ?? before.line.line.firstDay) as Day, lead.line.ownTerms);
  if (dated === null) return { unchecked: 'policy-unknown', line: lead.line };
  const basis = joinedBasis(audited.map((one) => one.line));
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
          `${periodText(one.line.line)}: billed ${money(one.line, one.line.line.amount)}, at ${shown(before.price)} by ${one.line.judgedBy} ${howAt(one.line, before.price)}`,
      ),
      `together billed ${money(lead.line, billed)}, at ${shown(before.price)} ${money(lead.line, expected)}`,
    ],
    confidence: 'likely',
    nextAction: 'Open a billing ticket for the difference since the step; name the purchase line and the first line at the new price.',
    citations: [...(lead.line.line.heading.layout === 'legacy-licence' ? [] : [NEWER_PRICE]), ...basis.citations],
    parametersUsed: [useOf(priceGuarantee, dated), ...basis.parametersUsed],
  };
}

function amountAt(one: AuditedLine, price: Decimal): Decimal {
  const { recalculation } = one;
  return recalculation.status === 'recalculated' ? signed(one, figureOf(one.judgedBy, { ...recalculation.facts, price })) : one.line.amount;
}

/** The same with its numbers. */
function howAt(one: AuditedLine, price: Decimal): string {
  const { recalculation, judgedBy } = one;
  const amount = money(one, amountAt(one, price));
  return recalculation.status === 'recalculated' ? `${stepsOf(judgedBy, { ...recalculation.facts, price })}, ${amount}` : amount;
}
