import type { ChargeLine } from '../../domain/charges/charge-line.ts';

/** The lines that rules about outages look at: charges of services, for whose downtime a credit may be due. */
export function outageLines({ heading, kind }: ChargeLine): boolean {
  return kind !== 'adjustment' && (heading.productKind === 'licence' || heading.productKind === 'usage');
}
