import { isoDay } from '../../domain/calendar/days.ts';
import { Decimal, formatMoney } from '../../domain/numbers/money.ts';
import type { UncheckedCount, UsageOutcome, UsageReconciliation } from '../../domain/findings/report.ts';
import { compareTexts } from '../chains/gather-chains.ts';
import { pairUsage, type PairedUsage } from './pair-usage.ts';
import type { UsageGroups, UsageSide } from './usage-groups.ts';

/** The comparisons of one invoice and currency. */
export interface InvoiceUsage {
  /** '' for rows that carry no number and could not be laid to an invoice. */
  readonly invoiceNumber: string;
  readonly currency: string;
  readonly usage: readonly UsageReconciliation[];
}

export interface UsageComparison {
  /** In the order of invoices and currencies. */
  readonly invoices: readonly InvoiceUsage[];
  readonly unchecked: readonly UncheckedCount[];
}

/** The rule that works a daily row out from the quantity it prints: where the invoice bears that quantity out, it has been checked, else not. */
const RULE = 'AR07';
const REASONS: Readonly<Partial<Record<UsageOutcome, string>>> = {
  'quantity-differs': 'invoice-quantity-differs',
  'identifier-differs': 'invoice-identifier-differs',
  'not-on-invoice': 'usage-not-on-invoice',
  'no-daily-rows': 'invoice-without-daily-usage',
  'not-checked': 'usage-invoice-unknown',
};

/**
 * Holds daily usage against the invoice lines that bill it, product by product. Σ daily rows is nearly never the invoice's Subtotal, for that is cut to the
 * minor unit and the days are not: the gap is a number. What must be equal is the quantity, and the names of customer, subscription, product and SKU. No rule of
 * the catalogue speaks of either, so a difference is marked, and counted as unchecked, and accuses nobody.
 */
export function reconcileUsage(groups: UsageGroups): UsageComparison {
  if (!groups.hasBoth) return { invoices: [], unchecked: [] };
  const byInvoice = new Map<string, { invoiceNumber: string; currency: string; usage: UsageReconciliation[] }>();
  const counts = new Map<string, number>();
  for (const paired of pairUsage(groups)) {
    const { group } = paired;
    if (!isReported(paired)) continue;
    const outcome = outcomeOf(paired, groups);
    const reason = REASONS[outcome];
    // Counted in daily rows; in invoice lines where those have none, or where the rows are history.
    const rows = [group.daily?.auditedRows ?? 0, group.billed?.auditedRows ?? 0].find((count) => count > 0) ?? 0;
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + rows);
    const key = `${group.invoice}\n${group.currency}`;
    const invoice = byInvoice.get(key) ?? { invoiceNumber: group.invoiceNumber, currency: group.currency, usage: [] };
    if (group.invoiceNumber < invoice.invoiceNumber) invoice.invoiceNumber = group.invoiceNumber;
    invoice.usage.push(comparisonOf(paired, outcome));
    byInvoice.set(key, invoice);
  }
  return {
    invoices: [...byInvoice]
      .sort(([a], [b]) => compareTexts(a, b))
      .map(([, { usage, ...invoice }]) => ({ ...invoice, usage: usage.sort((a, b) => compareTexts(keyOf(a), keyOf(b))) })),
    unchecked: [...counts].map(([reason, lines]) => ({ rule: RULE, reason, lines })),
  };
}

function keyOf(one: UsageReconciliation): string {
  return [one.customerId, one.subscriptionId, one.productId, one.skuId, one.firstDay ?? ''].join('\n').toLowerCase() + JSON.stringify(one);
}

/** Context months are history: one side at least must be audited. An invoice line that charges nothing, such as that of the plan itself, needs no usage. */
function isReported({ group: { daily, billed, isUsage }, hasDailyOfInvoice }: PairedUsage): boolean {
  if ((daily?.auditedRows ?? 0) + (billed?.auditedRows ?? 0) === 0) return false;
  if (daily !== null || billed === null) return true;
  return hasDailyOfInvoice && isUsage && billed.unitRows > 0 && !billed.amount.total.isZero();
}

function outcomeOf(paired: PairedUsage, groups: UsageGroups): UsageOutcome {
  const { group, differing, problem } = paired;
  const { daily, billed } = group;
  if (problem !== null) return 'not-checked';
  if (daily === null) return 'no-daily-rows';
  if (billed === null && daily.unitRows === 0 && daily.amount.total.isZero()) return 'covered';
  if (differing.length > 0) return 'identifier-differs';
  if (billed === null) return 'not-on-invoice';
  return isSameQuantity(daily, billed, groups.quantityDigits(group.invoice)) ? 'compared' : 'quantity-differs';
}

const HALF = new Decimal('0.5');
/** Half a unit of the last digit of a quantity that was rounded for print: those have at least ten decimals. */
const ROUNDED = new Decimal(10).pow(-10).times(HALF);

/** The invoice prints its quantities with fewer decimals: each line may be off by one unit of the last. */
function isSameQuantity(daily: UsageSide, billed: UsageSide, digits: number): boolean {
  const give = new Decimal(10).pow(-digits).times(billed.unitRows).plus(ROUNDED.times(daily.roundedRows));
  return daily.quantity.total.minus(billed.quantity.total).abs().lte(give);
}

function comparisonOf(paired: PairedUsage, outcome: UsageOutcome): UsageReconciliation {
  const { group } = paired;
  const { daily, billed, ids, currency } = group;
  const gap = daily === null || billed === null ? null : billed.amount.total.minus(daily.amount.total);
  return {
    outcome,
    customerId: ids.customerId,
    customerName: group.customerName,
    subscriptionId: ids.subscriptionId,
    productId: ids.productId,
    skuId: ids.skuId,
    product: group.product,
    dailyRows: daily?.rows ?? 0,
    firstDay: daily?.firstDay == null ? null : isoDay(daily.firstDay),
    lastDay: daily?.lastDay == null ? null : isoDay(daily.lastDay),
    dailyTotal: daily === null ? null : formatMoney(daily.amount.total, currency),
    invoiceLines: billed?.rows ?? 0,
    subtotal: billed === null ? null : formatMoney(billed.amount.total, currency),
    gap: gap === null ? null : formatMoney(gap, currency),
    dailyQuantity: daily === null ? null : daily.quantity.total.toString(),
    invoiceQuantity: billed === null ? null : billed.quantity.total.toString(),
    text: textOf(paired, outcome),
  };
}

function textOf({ group, differing, problem }: PairedUsage, outcome: UsageOutcome): string {
  switch (outcome) {
    case 'compared':
      return 'the same quantity; an invoice line is cut to the minor unit, daily rows are not';
    case 'covered':
      return 'covered by a reservation or savings plan at no cost: no invoice line is due';
    case 'quantity-differs':
      return `daily rows add up to ${unitsOf(group.daily)} units, the invoice bills ${unitsOf(group.billed)}; units included in a subscription may stand on no invoice line`;
    case 'identifier-differs':
      return group.billed === null
        ? `daily rows name no ${differing.join(', ')}, so no line of the invoice can be told to bill them`
        : `daily rows and invoice do not name the same ${differing.join(', ')}`;
    case 'not-on-invoice':
      return 'the invoice has no line of this customer, subscription, product and SKU';
    case 'no-daily-rows':
      return 'no daily row of this customer, subscription, product and SKU';
    case 'not-checked':
      return problem ?? '';
  }
}

function unitsOf(side: UsageSide | null): string {
  return side?.quantity.total.toString() ?? '0';
}
