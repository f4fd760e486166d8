import { hasLines, isLegacyInvoice, linesIn, type Invoice, type InvoiceLines, type InvoiceSubject } from './invoice.ts';
import type { InvoiceHeader } from './invoice-header.ts';
import { formatMoney, minorUnit, sum, type Decimal } from '../numbers/money.ts';

/** The known reasons for which the lines of an invoice do not add up to its total. */
export type GapReason = 'legacy-adjustments' | 'tax-removed' | 'tax-rounding' | 'credit-note' | 'counted-twice';

/** A part of the gap for which there is a reason. `amount` is what has to be added to the header's total on the way to the sum of the lines. */
export interface GapStep {
  readonly reason: GapReason;
  readonly amount: Decimal;
  /** The invoice that the reason names; '' where it names none. */
  readonly invoiceNumber: string;
}

/** From the header's total to the sum of the lines: total + Σ steps + unexplained = lines. Money in the header's currency, tax included. */
export interface InvoiceGap {
  readonly total: Decimal;
  readonly lines: InvoiceLines;
  /** header − lines. */
  readonly gap: Decimal;
  readonly steps: readonly GapStep[];
  readonly unexplained: Decimal;
}

/** An invoice among those it is linked with. */
type Linked = Pick<InvoiceSubject, 'invoice' | 'original' | 'creditNotes'>;

/** The gap between a header and its lines in the header's currency; null where one of the two is missing. */
export function gapOf(subject: Linked): InvoiceGap | null {
  const { header } = subject.invoice;
  const lines = header === null ? null : linesIn(subject.invoice, header.currency);
  return header === null || lines === null ? null : gapBetween(subject, header, lines);
}

/** The same for lines that carry no invoice number, where they can only be of that invoice. Every step is an amount that the list or the lines state. */
export function gapBetween(subject: Linked, header: InvoiceHeader, lines: InvoiceLines): InvoiceGap {
  const gap = header.total.minus(lines.total);
  const steps: GapStep[] = [];
  const rest = (): Decimal => sum([gap, ...steps.map((step) => step.amount)]);
  const { adjustments } = header;
  if (adjustments !== null && !adjustments.isZero()) {
    steps.push({ reason: 'legacy-adjustments', amount: adjustments.negated(), invoiceNumber: '' });
  }
  if (!rest().isZero()) {
    steps.push(...taxSteps(header, lines));
    if (!rest().isZero()) steps.push(...linkedSteps(subject, lines, rest(), isTaxRemoved(steps)));
    if (!rest().isZero() && steps.length === 0) steps.push(...creditAndRounding(subject, header, lines, rest()));
  }
  return { total: header.total, lines, gap, steps, unexplained: rest().negated() };
}

/** Whether what is left may be tax rounded line by line, which the list, without a column for tax, can neither show nor rule out. */
export function mayBeRounding({ lines, unexplained }: InvoiceGap, { tax }: InvoiceHeader): boolean {
  return tax === null && !unexplained.isZero() && isRounding(unexplained, lines);
}

/** Tax that the invoice states and the lines do not carry at all, or that lines round one by one. */
function taxSteps({ tax }: InvoiceHeader, lines: InvoiceLines): readonly GapStep[] {
  const missing = tax?.minus(lines.tax) ?? null;
  if (missing === null || missing.isZero()) return [];
  if (lines.taxedLines === 0) return [{ reason: 'tax-removed', amount: missing.negated(), invoiceNumber: '' }];
  return isRounding(missing, lines) ? [{ reason: 'tax-rounding', amount: missing.negated(), invoiceNumber: '' }] : [];
}

function isTaxRemoved(steps: readonly GapStep[]): boolean {
  return steps.some(({ reason }) => reason === 'tax-removed');
}

/** Each taxed line may have lost up to a minor unit, or gained up to half of one. */
function isRounding(amount: Decimal, { taxedLines, currency }: InvoiceLines): boolean {
  return amount.abs().lte(minorUnit(currency).times(taxedLines));
}

/** A credit note inside the lines of the invoice, or the lines of a voided invoice beside those of its replacement: only where the amount is exactly that. */
function linkedSteps(subject: Linked, lines: InvoiceLines, rest: Decimal, isTaxGone: boolean): readonly GapStep[] {
  const { currency } = lines;
  const named = (reason: GapReason, invoices: readonly Invoice[]): readonly GapStep[] =>
    invoices.flatMap(({ header, invoiceNumber }) => {
      if (header?.currency !== currency) return [];
      return [{ reason, amount: isTaxGone ? header.total.minus(header.tax ?? 0) : header.total, invoiceNumber }];
    });
  // A credit note is among the lines only where a line gives money back.
  const notes = lines.creditLines === 0 ? [] : subject.creditNotes.filter((note) => !hasLines(note));
  const voided = subject.original?.header?.status === 'void' && !hasLines(subject.original) ? [subject.original] : [];
  const twice = named('counted-twice', voided);
  const candidates = subsetsOf(notes).flatMap((some) => {
    const credits = named('credit-note', some);
    return twice.length === 0 ? [credits] : [credits, [...credits, ...twice]];
  });
  return candidates.find((steps) => steps.length > 0 && sum([rest, ...steps.map((step) => step.amount)]).isZero()) ?? [];
}

/**
 * Credit notes among the lines whose tax was rounded line by line: what they leave is tax, no more than rounding may come to. The tax of each
 * document must be in the list, or any small gap would be explained.
 */
function creditAndRounding(subject: Linked, { tax }: InvoiceHeader, lines: InvoiceLines, rest: Decimal): readonly GapStep[] {
  if (tax === null || lines.creditLines === 0) return [];
  const notes = subject.creditNotes.filter((note) => !hasLines(note) && note.header?.currency === lines.currency);
  for (const some of subsetsOf(notes)) {
    const headers = some.flatMap(({ header }) => header ?? []);
    const taxes = headers.flatMap((header) => header.tax ?? []);
    if (some.length === 0 || taxes.length < some.length) continue;
    const left = sum([rest, ...headers.map((header) => header.total)]);
    if (
      !isRounding(left, lines) ||
      !sum([tax, ...taxes])
        .minus(lines.tax)
        .eq(left)
    )
      continue;
    const credits = some.map((note, place): GapStep => ({
      reason: 'credit-note',
      amount: headers[place]?.total ?? left,
      invoiceNumber: note.invoiceNumber,
    }));
    return [...credits, { reason: 'tax-rounding', amount: left.negated(), invoiceNumber: '' }];
  }
  return [];
}

/** More credit notes than so many are taken alone or all together: their combinations would explain any gap. */
const MOST_COMBINED = 6;

/** Every choice among some, the smallest first. */
function subsetsOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length > MOST_COMBINED) return [[], ...all.map((one) => [one]), all];
  return all
    .reduce<readonly (readonly T[])[]>((some, one) => [...some, ...some.map((each) => [...each, one])], [[]])
    .slice()
    .sort((a, b) => a.length - b.length);
}

/** Whether the lines of a credit note that has none of its own stand among those of the invoice it credits, beside `siblings`: all credit notes of it. */
export function holdsCreditNote(original: Invoice, note: Invoice, siblings: readonly Invoice[]): boolean {
  const gap = gapOf({ invoice: original, original: null, creditNotes: siblings });
  return gap?.steps.some(({ reason, invoiceNumber }) => reason === 'credit-note' && invoiceNumber === note.invoiceNumber) ?? false;
}

export const REASON_TEXT: Readonly<Record<GapReason, string>> = {
  'legacy-adjustments': 'adjustments of the invoice, which legacy files leave out',
  'tax-removed': 'tax that the lines do not carry',
  'tax-rounding': 'tax rounded line by line',
  'credit-note': 'a credit note among the lines',
  'counted-twice': 'a voided invoice among the lines of its replacement',
};

/** Every step from the header's total to the sum of the lines, with the sign it has on the way: the same as on the sheet *Reconciliation*. */
export function gapWorking(gap: InvoiceGap, { invoice }: InvoiceSubject): readonly string[] {
  const { total, lines, steps, unexplained } = gap;
  const { currency } = lines;
  const text = (amount: Decimal): string => `${formatMoney(amount, currency)} ${currency}`;
  const tax = invoice.header?.tax ?? null;
  return [
    `total of the invoice ${text(total)}${tax === null ? ', its tax is not in the list' : `, of which tax ${text(tax)}`}`,
    `${lines.lines} lines: Σ Subtotal ${text(lines.subtotal)} + Σ tax ${text(lines.tax)}, Σ Total ${text(lines.total)}`,
    `from the total to the lines: ${text(lines.total)} − ${text(total)} = ${text(gap.gap.negated())}, of which`,
    ...steps.map((step) => `${stepText(step)}: ${text(step.amount)}`),
    unexplained.isZero() ? 'nothing is left unexplained' : `not explained: ${text(unexplained)}`,
    `${formatMoney(total, currency)}${[...steps.map(({ amount }) => amount), unexplained].map((one) => added(one, currency)).join('')} = ${text(lines.total)}`,
    ...(invoice.header === null ? [] : hintsOf(gap, invoice.header)),
  ];
}

/** ` + 5.00`, ` − 5.00`; nothing for 0. */
function added(amount: Decimal, currency: string): string {
  if (amount.isZero()) return '';
  return ` ${amount.isNegative() ? '−' : '+'} ${formatMoney(amount.abs(), currency)}`;
}

/** A reason, and the invoice it names. */
export function stepText({ reason, invoiceNumber }: GapStep): string {
  return invoiceNumber === '' ? REASON_TEXT[reason] : `${REASON_TEXT[reason]}, ${invoiceNumber}`;
}

/** What could be looked at, where no known reason fits. */
export function hintsOf(gap: InvoiceGap, header: InvoiceHeader): readonly string[] {
  const { lines, unexplained } = gap;
  if (unexplained.isZero()) return [];
  const isWithoutAdjustments = isLegacyInvoice(header.invoiceNumber) && header.adjustments === null;
  return [
    ...(isWithoutAdjustments
      ? ['adjustments may be among it, which legacy files leave out: a column adjustments in the list, from the invoice, tells them apart']
      : []),
    ...(header.tax === null && lines.taxedLines === 0
      ? ['the lines carry no tax: with a column tax in the list, tax that was removed from the lines could be told from a gap']
      : []),
    ...(mayBeRounding(gap, header)
      ? [
          `no more than the rounding of tax on ${lines.taxedLines === 1 ? 'one taxed line' : `${lines.taxedLines} taxed lines`} may come to: a column tax in the list would tell whether it is that`,
        ]
      : []),
  ];
}
