import { CURRENCY_CODES } from '../../domain/numbers/currency-codes.ts';
import { invoiceKey, isLegacyInvoice } from '../../domain/invoices/invoice.ts';
import type { InvoiceHeader } from '../../domain/invoices/invoice-header.ts';
import type { SideWatch } from './side-reading.ts';
import { readSideTable, type SideColumns, type SideRecord } from './side-table.ts';

type InvoiceField =
  | 'invoiceNumber'
  | 'invoiceDate'
  | 'currency'
  | 'total'
  | 'tax'
  | 'adjustments'
  | 'kind'
  | 'status'
  | 'replaces'
  | 'paidOn'
  | 'publishedOn';

const COLUMNS: SideColumns<InvoiceField> = {
  invoiceNumber: { names: ['invoiceNumber', 'invoice', 'invoiceId'], isRequired: true },
  invoiceDate: { names: ['invoiceDate', 'billingDate', 'date'], isRequired: true },
  currency: { names: ['currency', 'billingCurrency', 'currencyCode'], isRequired: true },
  total: { names: ['total', 'invoiceTotal', 'totalCharges'], isRequired: true },
  tax: { names: ['tax', 'taxTotal', 'totalTax'], isRequired: false },
  adjustments: { names: ['adjustments', 'adjustment'], isRequired: false },
  kind: { names: ['kind', 'documentType'], isRequired: true },
  status: { names: ['status', 'invoiceStatus'], isRequired: false },
  replaces: { names: ['replaces', 'replacesInvoice', 'amendsOf'], isRequired: false },
  paidOn: { names: ['paidOn', 'paymentDate'], isRequired: false },
  publishedOn: { names: ['publishedOn', 'availableOn'], isRequired: false },
};

const KINDS = ['invoice', 'credit-note'] as const;
const STATUSES = ['active', 'void'] as const;

/**
 * The partner's list of invoice headers (`--invoices`), in the order of the file. A number stands in it once: of two headers nobody could say
 * which one the lines must add up to.
 * @param shownName the file as evidence names it.
 */
export async function readInvoices(
  path: string,
  name: string,
  shownName: string = name,
  watch?: SideWatch,
): Promise<readonly InvoiceHeader[]> {
  // By the number: the row it stands on. A record may be read again, and then is not its own double.
  const rows = new Map<string, number>();
  const read = (record: SideRecord<InvoiceField>): InvoiceHeader | null => {
    const key = invoiceKey(record.id('invoiceNumber'));
    const first = rows.get(key);
    if (first === undefined) rows.set(key, record.row);
    else if (first !== record.row && key !== '') record.fail('invoiceNumber', `stands on row ${first} already; an invoice has one header`);
    return readHeader(record, shownName);
  };
  return readSideTable(path, name, COLUMNS, read, watch);
}

function readHeader(record: SideRecord<InvoiceField>, file: string): InvoiceHeader | null {
  record.requireFilled('invoiceNumber', 'invoiceDate', 'currency', 'total', 'kind');
  const invoiceNumber = record.id('invoiceNumber');
  const invoiceDay = record.day('invoiceDate');
  const currency = record.text('currency').toUpperCase();
  const total = record.decimal('total');
  const tax = record.decimal('tax');
  const adjustments = record.decimal('adjustments');
  const kind = record.oneOf('kind', KINDS);
  const status = record.isEmpty('status') ? 'active' : record.oneOf('status', STATUSES);
  const replaces = record.id('replaces');
  const paidOn = record.day('paidOn');
  const publishedOn = record.day('publishedOn');
  if (currency !== '' && !CURRENCY_CODES.has(currency)) record.fail('currency', 'is no currency code of ISO 4217, such as EUR');
  if (adjustments !== null && !isLegacyInvoice(invoiceNumber)) {
    record.fail('adjustments', 'is of no legacy invoice (D…); those of new commerce are lines of its file: leave the cell empty');
  }
  // Read as it stands it would be money to pay, and as it is meant money that comes back.
  if (kind === 'credit-note' && total?.gt(0) === true) record.fail('total', 'is above 0 on a credit note; write it with a minus sign');
  if (replaces !== '' && invoiceKey(replaces) === invoiceKey(invoiceNumber)) {
    record.fail('replaces', 'is the number of the document itself; name the invoice that it replaces or credits');
  }
  if (paidOn !== null && invoiceDay !== null && paidOn < invoiceDay) {
    record.fail('paidOn', 'is before the date of the invoice; correct one of the two days');
  }
  if (invoiceDay === null || total === null || kind === null || status === null) return null;
  return {
    source: { file, sheet: record.sheet, row: record.row },
    invoiceNumber,
    invoiceDay,
    currency,
    total,
    tax,
    adjustments,
    kind,
    status,
    replaces,
    paidOn,
    hasPaidOn: record.hasColumn('paidOn'),
    publishedOn,
  };
}
