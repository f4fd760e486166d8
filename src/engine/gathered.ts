import type { ApiExport } from '../domain/api-export.ts';
import { lacksInvoiceLines, type InvoiceSubject } from '../domain/invoice.ts';
import type { AuditSettings } from './audit-settings.ts';
import { ChainIndex } from './gather-chains.ts';
import { gatherInvoices } from './gather-invoices.ts';
import { InvoiceDates } from './invoice-dates.ts';
import { InvoiceSums } from './invoice-sums.ts';
import type { Ledger } from './ledger.ts';
import type { PriceIndex } from './price-index.ts';
import { RateUses } from './rate-uses.ts';
import type { UsageLedger } from './usage-ledger.ts';
import { VoidedLines } from './voided-lines.ts';

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
}

export function gather(given: Given, settings: AuditSettings): Gathered {
  const { ledger } = given;
  const isIncomplete = given.exports.some(lacksInvoiceLines);
  const invoices = gatherInvoices(new InvoiceSums(ledger), settings.invoices ?? [], settings.ownTerms, isIncomplete);
  const voided = new VoidedLines(ledger, invoices);
  return {
    ...given,
    chains: new ChainIndex(ledger, voided),
    rates: new RateUses(ledger),
    invoiceDates: new InvoiceDates(ledger, voided),
    invoices,
    voided,
  };
}
