import type { InvoiceReconciliation, Report, UsageReconciliation } from '../../domain/findings/report.ts';
import { isUsageToLookAt, USAGE_WORDS } from '../usage-words.ts';
import { table } from './plain-table.ts';
import { markup, type HtmlValue, type SafeHtml } from './safe-html.ts';
import { amountHtml, nameHtml } from './words.ts';

const MOST_SHOWN = 200;

interface Compared extends UsageReconciliation {
  readonly of: InvoiceReconciliation;
}

/** Daily usage beside the invoice lines that bill it, those to look at first; nothing where they were not both given. */
export function usagePart({ reconciliation }: Report): SafeHtml {
  const all = reconciliation.flatMap((of) => (of.usage ?? []).map((usage): Compared => ({ ...usage, of })));
  if (all.length === 0) return markup``;
  const ordered = [...all.filter(isUsageToLookAt), ...all.filter((one) => !isUsageToLookAt(one))];
  const cut = all.length > MOST_SHOWN ? ` The first ${MOST_SHOWN} of ${all.length}; report.json and report.xlsx list all.` : '';
  const amount = (value: string | null): HtmlValue => (value === null ? '' : amountHtml(value));
  return markup`<h3>Daily usage held against invoice lines</h3>
    <p class="note">
      Before tax. The gap is Subtotal less the sum of the days: a number, no finding, for an invoice line is cut to the minor unit and daily
      rows are not.${cut}
    </p>
    ${table<Compared>(
      'Daily usage held against invoice lines',
      [
        { head: 'Invoice', cell: ({ of }) => markup`${nameHtml(of.invoiceNumber)} ${of.currency}` },
        { head: 'Customer and product', cell: productCell },
        { head: 'Outcome', cell: ({ outcome }) => USAGE_WORDS[outcome] },
        { head: 'Daily rows', isNumber: true, cell: ({ dailyRows }) => String(dailyRows) },
        { head: 'Sum of days', isNumber: true, cell: ({ dailyTotal }) => amount(dailyTotal) },
        { head: 'Invoice lines', isNumber: true, cell: ({ invoiceLines }) => String(invoiceLines) },
        { head: 'Subtotal', isNumber: true, cell: ({ subtotal }) => amount(subtotal) },
        { head: 'Gap', isNumber: true, cell: ({ gap }) => amount(gap) },
        { head: 'Daily quantity', isNumber: true, cell: ({ dailyQuantity }) => amount(dailyQuantity) },
        { head: 'Invoice quantity', isNumber: true, cell: ({ invoiceQuantity }) => amount(invoiceQuantity) },
      ],
      ordered.slice(0, MOST_SHOWN),
    )}`;
}

/** The remark stands below the product: beside ten columns of figures it would have the width of a word. */
function productCell({ customerName, customerId, product, text }: Compared): SafeHtml {
  return markup`${nameHtml(customerName === '' ? customerId : customerName)} · ${nameHtml(product)}${text === '' ? '' : markup`<div class="aside">${text}</div>`}`;
}
