import { chargeDiffers } from './AR01-charge-differs.ts';
import { roundingDeparts } from './AR02-rounding-departs.ts';
import { subtotalDiffers } from './AR03-subtotal-differs.ts';
import { totalDiffers } from './AR04-total-differs.ts';
import { exchangeRateDiffers } from './AR05-exchange-rate-differs.ts';
import { effectivePriceDiffers } from './AR06-effective-price-differs.ts';
import { terminationFeeCharged } from './AR08-termination-fee-charged.ts';
import { creditDiffers } from './CR02-credit-differs.ts';
import { fullRefundDue } from './CR03-full-refund-due.ts';
import { creditExceedsCharge } from './CR06-credit-exceeds-charge.ts';
import { lineBilledTwice } from './DU01-line-billed-twice.ts';
import { licenceDuplicated } from './DU02-licence-duplicated.ts';
import { changePairBroken } from './LC01-change-pair-broken.ts';
import { quantityDiscontinuous } from './LC02-quantity-discontinuous.ts';
import { seatDaysDiffer } from './LC03-seat-days-differ.ts';
import { periodBilledTwice } from './LC04-period-billed-twice.ts';
import type { AnyRule } from './rule.ts';

/** Every rule, in the order of its code: the order of the catalogue and of the report. */
export const rules: readonly AnyRule[] = [
  chargeDiffers,
  roundingDeparts,
  subtotalDiffers,
  totalDiffers,
  exchangeRateDiffers,
  effectivePriceDiffers,
  terminationFeeCharged,
  changePairBroken,
  quantityDiscontinuous,
  seatDaysDiffer,
  periodBilledTwice,
  creditDiffers,
  fullRefundDue,
  creditExceedsCharge,
  lineBilledTwice,
  licenceDuplicated,
];

/** A rule by its code or its name, in any case; null where there is none. */
export function findRule(name: string): AnyRule | null {
  const wanted = name.toLowerCase();
  return rules.find((rule) => rule.code.toLowerCase() === wanted || rule.name === wanted) ?? null;
}
