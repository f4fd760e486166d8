import type { ChargeKind, LineHeading, SourceRef } from '../../domain/charges/charge-line.ts';
import type { Day } from '../../domain/calendar/days.ts';
import type { LineStore } from './line-store.ts';

/** What the lines of every ledger have. */
type SharedStore = Pick<
  LineStore<'chargeType' | 'invoiceNumber' | 'creditReason' | 'meter', 'rateDay', 'unitPrice' | 'effectiveUnitPrice'>,
  'table' | 'row' | 'kind' | 'heading' | 'text' | 'day' | 'printed'
>;

/** A line of a ledger as the rules see it, as far as all ledgers agree: each of its facts is read when it is asked for. */
export class StoredLine<Store extends SharedStore> {
  protected readonly ledger: Store;
  readonly index: number;
  readonly isAudited: boolean;
  readonly kind: ChargeKind;
  readonly heading: LineHeading;

  constructor(ledger: Store, index: number) {
    this.ledger = ledger;
    this.index = index;
    this.isAudited = ledger.table(index).isAudited;
    this.kind = ledger.kind(index);
    this.heading = ledger.heading(index);
  }

  get source(): SourceRef {
    const { file, sheet } = this.ledger.table(this.index);
    return { file, sheet, row: this.ledger.row(this.index) };
  }
  get chargeType(): string {
    return this.ledger.text('chargeType', this.index);
  }
  get invoiceNumber(): string {
    return this.ledger.text('invoiceNumber', this.index);
  }
  get creditReason(): string {
    return this.ledger.text('creditReason', this.index);
  }
  get meter(): string {
    return this.ledger.text('meter', this.index);
  }
  get rateDay(): Day | null {
    return this.ledger.day('rateDay', this.index);
  }
  get unitPriceDigits(): number {
    return this.ledger.printed('unitPrice', this.index)?.scale ?? 0;
  }
  get effectiveDigits(): number {
    return this.ledger.printed('effectiveUnitPrice', this.index)?.scale ?? 0;
  }
}
