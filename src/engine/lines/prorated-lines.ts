import { cycleDays } from '../../domain/calendar/cycles.ts';
import { isoDay } from '../../domain/calendar/days.ts';
import { formatMoney } from '../../domain/numbers/money.ts';
import { prorationInputs } from '../../domain/proration/proration-inputs.ts';
import type { ProratedLine } from '../../domain/findings/report.ts';
import type { AuditedLine } from '../../domain/charges/subjects.ts';
import { bandOf, judgedFigure, shown, signed } from '../../domain/proration/working.ts';

/** A prorated line with every convention's figure, for the sheet on which an auditor recomputes; null for lines that are not prorated. */
export function proratedLine(one: AuditedLine): ProratedLine | null {
  const { line, recalculation } = one;
  if (recalculation.status === 'unchecked' || recalculation.cycle === null || line.firstDay === null || line.lastDay === null) return null;
  if (recalculation.status === 'recalculated' && recalculation.isWhole) return null;
  const { heading } = line;
  const money = (amount: Parameters<typeof formatMoney>[0]): string => formatMoney(amount, heading.currency);
  const isRecalculated = recalculation.status === 'recalculated';
  const expected = isRecalculated ? signed(one, judgedFigure(one, recalculation)) : null;
  const band = bandOf(one, recalculation);
  return {
    ...line.source,
    customerId: heading.customerId,
    customerName: heading.customerName,
    subscriptionId: heading.subscriptionId,
    product: heading.productName,
    invoiceNumber: line.invoiceNumber,
    chargeType: line.chargeType,
    firstDay: isoDay(line.firstDay),
    lastDay: isoDay(line.lastDay),
    currency: heading.currency,
    fullPrice: isRecalculated ? shown(recalculation.facts.price) : null,
    quantity: line.quantity.toString(),
    exchangeRate: recalculation.facts.rate.toString(),
    daysBilled: recalculation.daysBilled,
    cycleDays: cycleDays(recalculation.cycle),
    billed: money(line.amount),
    expected: expected === null ? null : money(expected),
    lowest: money(band.lowest),
    highest: money(band.highest),
    difference: expected === null ? null : money(line.amount.minus(expected)),
    judgedBy: one.judgedBy,
    fits: isRecalculated ? recalculation.fits : [],
    figures: isRecalculated
      ? Object.fromEntries([...recalculation.figures].map(([name, figure]) => [name, money(signed(one, figure))]))
      : {},
    inputs: isRecalculated ? prorationInputs(one, recalculation) : null,
  };
}
