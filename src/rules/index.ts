import { chargeDiffers } from './AR01-charge-differs.ts';
import { roundingDeparts } from './AR02-rounding-departs.ts';
import { subtotalDiffers } from './AR03-subtotal-differs.ts';
import { totalDiffers } from './AR04-total-differs.ts';
import { exchangeRateDiffers } from './AR05-exchange-rate-differs.ts';
import { effectivePriceDiffers } from './AR06-effective-price-differs.ts';
import { usageChargeDiffers } from './AR07-usage-charge-differs.ts';
import { terminationFeeCharged } from './AR08-termination-fee-charged.ts';
import { partnerEarnedCreditMissing } from './AR09-partner-earned-credit-missing.ts';
import { creditMissing } from './CR01-credit-missing.ts';
import { creditDiffers } from './CR02-credit-differs.ts';
import { fullRefundDue } from './CR03-full-refund-due.ts';
import { fullRefundClaimable } from './CR04-full-refund-claimable.ts';
import { creditOutsideWindow } from './CR05-credit-outside-window.ts';
import { creditExceedsCharge } from './CR06-credit-exceeds-charge.ts';
import { cancellableNow } from './CR07-cancellable-now.ts';
import { creditLate } from './CR08-credit-late.ts';
import { claimExpired } from './CR09-claim-expired.ts';
import { lineBilledTwice } from './DU01-line-billed-twice.ts';
import { licenceDuplicated } from './DU02-licence-duplicated.ts';
import { licenceDuplicatedAcrossTenants } from './DU03-licence-duplicated-across-tenants.ts';
import { licenceDuplicatedAcrossCommerce } from './DU04-licence-duplicated-across-commerce.ts';
import { invoiceTotalDiffers } from './IN01-invoice-total-differs.ts';
import { invoiceMissing } from './IN02-invoice-missing.ts';
import { currencyMixed } from './IN03-currency-mixed.ts';
import { voidInvoiceCounted } from './IN04-void-invoice-counted.ts';
import { creditNoteUnmatched } from './IN05-credit-note-unmatched.ts';
import { invoiceDue } from './IN06-invoice-due.ts';
import { invoicePublishedLate } from './IN07-invoice-published-late.ts';
import { exportIncomplete } from './IN08-export-incomplete.ts';
import { changePairBroken } from './LC01-change-pair-broken.ts';
import { quantityDiscontinuous } from './LC02-quantity-discontinuous.ts';
import { seatDaysDiffer } from './LC03-seat-days-differ.ts';
import { periodBilledTwice } from './LC04-period-billed-twice.ts';
import { periodNotBilled } from './LC05-period-not-billed.ts';
import { priceChangedInTerm } from './LC06-price-changed-in-term.ts';
import { billedAfterCancellation } from './LC07-billed-after-cancellation.ts';
import { outsideVerifiedPolicy } from './PO01-outside-verified-policy.ts';
import { reservationRefundDiffers } from './RS01-reservation-refund-differs.ts';
import { reservationFeeCharged } from './RS02-reservation-fee-charged.ts';
import { reservationRefundLimit } from './RS03-reservation-refund-limit.ts';
import { reservationRefundable } from './RS04-reservation-refundable.ts';
import { priceDiffersFromList } from './PR01-price-differs-from-list.ts';
import { priceNotListed } from './PR02-price-not-listed.ts';
import { outageCreditClaimable } from './SL01-outage-credit-claimable.ts';
import { outageClaimLate } from './SL02-outage-claim-late.ts';
import { outageClaimIneligible } from './SL03-outage-claim-ineligible.ts';
import { outageEvidenceIncomplete } from './SL04-outage-evidence-incomplete.ts';
import { outageCreditDiffers } from './SL05-outage-credit-differs.ts';
import type { AnyRule } from './rule.ts';

/** Every rule, in the order of the catalogue: the order of the report. */
export const rules: readonly AnyRule[] = [
  chargeDiffers,
  roundingDeparts,
  subtotalDiffers,
  totalDiffers,
  exchangeRateDiffers,
  effectivePriceDiffers,
  usageChargeDiffers,
  terminationFeeCharged,
  partnerEarnedCreditMissing,
  changePairBroken,
  quantityDiscontinuous,
  seatDaysDiffer,
  periodBilledTwice,
  periodNotBilled,
  priceChangedInTerm,
  billedAfterCancellation,
  creditMissing,
  creditDiffers,
  fullRefundDue,
  fullRefundClaimable,
  creditOutsideWindow,
  creditExceedsCharge,
  cancellableNow,
  creditLate,
  claimExpired,
  lineBilledTwice,
  licenceDuplicated,
  licenceDuplicatedAcrossTenants,
  licenceDuplicatedAcrossCommerce,
  reservationRefundDiffers,
  reservationFeeCharged,
  reservationRefundLimit,
  reservationRefundable,
  outageCreditClaimable,
  outageClaimLate,
  outageClaimIneligible,
  outageEvidenceIncomplete,
  outageCreditDiffers,
  invoiceTotalDiffers,
  invoiceMissing,
  currencyMixed,
  voidInvoiceCounted,
  creditNoteUnmatched,
  invoiceDue,
  invoicePublishedLate,
  exportIncomplete,
  priceDiffersFromList,
  priceNotListed,
  outsideVerifiedPolicy,
];

/** A rule by its code or its name, in any case; null where there is none. */
export function findRule(name: string): AnyRule | null {
  const wanted = name.toLowerCase();
  return rules.find((rule) => rule.code.toLowerCase() === wanted || rule.name === wanted) ?? null;
}
