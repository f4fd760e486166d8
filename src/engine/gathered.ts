import type { InvoiceSubject } from '../domain/invoice.ts';
import type { AuditSettings } from './audit-settings.ts';
import { ChainIndex } from './gather-chains.ts';
import { gatherInvoices } from './gather-invoices.ts';
import { InvoiceDates } from './invoice-dates.ts';
import { InvoiceSums } from './invoice-sums.ts';
import type { Ledger } from './ledger.ts';
import type { PriceIndex } from './price-index.ts';
import { RateUses } from './rate-uses.ts';
import type { UsageLedger } from './usage-ledger.ts';

/** All lines of a run, with what only all of them together tell. */
export interface Gathered {
  readonly ledger: Ledger;
  readonly usage: UsageLedger;
  readonly chains: ChainIndex;
  readonly rates: RateUses;
  readonly invoiceDates: InvoiceDates;
  readonly invoices: readonly InvoiceSubject[];
  /** null where no price lists were given. */
  readonly prices: PriceIndex | null;
}

export function gather(ledger: Ledger, usage: UsageLedger, prices: PriceIndex | null, settings: AuditSettings): Gathered {
  return {
    ledger,
    usage,
    chains: new ChainIndex(ledger),
    rates: new RateUses(ledger),
    invoiceDates: new InvoiceDates(ledger),
    invoices: gatherInvoices(new InvoiceSums(ledger), settings.invoices ?? [], settings.ownTerms),
    prices,
  };
}
