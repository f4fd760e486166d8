/** Thousands separated for reading; the report keeps plain decimals. */
export function groupedAmount(amount: string): string {
  return amount.replace(/^(-?\d+)/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','));
}
