import type { Parameter } from '../parameter.ts';
import { creditsInArrears } from './credits-in-arrears.ts';
import { legacyAutomaticFullRefund } from './legacy-automatic-full-refund.ts';
import { legacyDuplicateClaim } from './legacy-duplicate-claim.ts';
import { legacyFullRefundRequest } from './legacy-full-refund-request.ts';
import { microsoft365A1Request } from './microsoft-365-a1.ts';
import { newCommerceCancellationWindow } from './new-commerce-cancellation-window.ts';
import { newCommerceFullRefund } from './new-commerce-full-refund.ts';
import { marketplaceCancellation, perpetualSoftwareReturn, savingsPlanCancellation, softwareSubscriptionReturn } from './other-products.ts';
import { powerBiPremiumFixedCost, powerBiPremiumRequest, powerBiPremiumScope } from './power-bi-premium.ts';
import { priceGuarantee } from './price-guarantee.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from './proration-formula.ts';
import { reservationExchangeMinimum, reservationExchangeRestriction } from './reservation-exchange.ts';
import { reservationRefundLimit } from './reservation-limit.ts';
import {
  reservationChargedFee,
  reservationFullRefundDays,
  reservationNeverRefundable,
  reservationProration,
  reservationRefundPrice,
  reservationStatedFee,
} from './reservation-refund.ts';
import { terminationFee } from './termination-fee.ts';

/** Every dated figure, in the order `rules` and `explain` list them. */
export const parameters: readonly Parameter<never>[] = [
  legacyProrationFormula,
  newCommerceProrationFormula,
  legacyAutomaticFullRefund,
  legacyFullRefundRequest,
  powerBiPremiumScope,
  powerBiPremiumRequest,
  powerBiPremiumFixedCost,
  microsoft365A1Request,
  legacyDuplicateClaim,
  newCommerceFullRefund,
  newCommerceCancellationWindow,
  terminationFee,
  priceGuarantee,
  creditsInArrears,
  perpetualSoftwareReturn,
  softwareSubscriptionReturn,
  marketplaceCancellation,
  savingsPlanCancellation,
  reservationFullRefundDays,
  reservationStatedFee,
  reservationChargedFee,
  reservationProration,
  reservationRefundPrice,
  reservationNeverRefundable,
  reservationRefundLimit,
  reservationExchangeMinimum,
  reservationExchangeRestriction,
] as unknown as readonly Parameter<never>[];
