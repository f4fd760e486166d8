import type { ApiExport } from '../domain/invoices/api-export.ts';
import { lacksInvoiceLines, type InvoiceSubject } from '../domain/invoices/invoice.ts';
import type { AuditSettings } from './audit-settings.ts';
import { ChainIndex } from './chains/gather-chains.ts';
import { gatherInvoices } from './invoices/gather-invoices.ts';
import { InvoiceDates } from './invoices/invoice-dates.ts';
import { InvoiceSums } from './invoices/invoice-sums.ts';
import type { Ledger } from './lines/ledger.ts';
import type { PriceIndex } from './prices/price-index.ts';
import { RateUses } from './invoices/rate-uses.ts';
import type { UsageLedger } from './usage/usage-ledger.ts';
import { voidedUsage, VoidedLines } from './invoices/voided-lines.ts';

/** All that was read in a run. */
export interface Given {
  readonly ledger: Ledger;
  readonly usage: UsageLedger;
  /** null where no price lists were given. */
  readonly prices: PriceIndex | null;
  readonly exports: readonly ApiExport[];
}

/** All lines of a run, with what only all of them together tell. */
export interface Gathered extends Given {
  readonly chains: ChainIndex;
  readonly rates: RateUses;
  readonly invoiceDates: InvoiceDates;
  readonly invoices: readonly InvoiceSubject[];
  readonly voided: VoidedLines;
  /** Usage rows that are set aside. */
  readonly voidedUsage: VoidedLines;
}

export function gather(given: Given, settings: AuditSettings): Gathered {
  const { ledger } = given;
  const isIncomplete = given.exports.some(lacksInvoiceLines);
  const invoices = gatherInvoices(new InvoiceSums(ledger), settings.invoices ?? [], settings, isIncomplete);
  const voided = new VoidedLines(ledger, invoices);
  return {
    ...given,
    chains: new ChainIndex(ledger, voided),
    rates: new RateUses(ledger),
    invoiceDates: new InvoiceDates(ledger, voided, invoices),
    invoices,
    voided,
    voidedUsage: voidedUsage(given.usage, invoices),
  };
}
