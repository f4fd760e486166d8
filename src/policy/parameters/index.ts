import type { Parameter } from '../parameter.ts';
import { europeanCurrencies, legacyBillingCurrency, newCommerceBillingCurrency } from './billing-currency.ts';
import {
  creditRequestClaimants,
  creditRequestProcedure,
  creditRequestReasons,
  creditRequestRoles,
  outageRequestProcedure,
} from './credit-request.ts';
import { creditsInArrears } from './credits-in-arrears.ts';
import { disputeDeadline } from './dispute-deadline.ts';
import { duplicateOrderScope } from './duplicate-order-scope.ts';
import {
  extendedServiceTermCancellation,
  extendedServiceTermScope,
  extendedServiceTermUplift,
  extendedServiceTermUpliftWithoutMonthly,
} from './extended-service-term.ts';
import { legacyInvoicePublication, newCommerceInvoicePublication } from './invoice-publication.ts';
import { legacyAutomaticFullRefund } from './legacy-automatic-full-refund.ts';
import { legacyDuplicateClaim } from './legacy-duplicate-claim.ts';
import { legacyFirstMonth } from './legacy-first-month.ts';
import { legacyFullRefundRequest } from './legacy-full-refund-request.ts';
import { legacyProratedCredit } from './legacy-prorated-credit.ts';
import { legacyRenewalFullRefund } from './legacy-renewal-full-refund.ts';
import {
  businessCentralCancellation,
  marketplaceInstalments,
  marketplaceMonthlyCancellation,
  marketplaceYearlyCancellation,
} from './marketplace.ts';
import { microsoft365A1Request } from './microsoft-365-a1.ts';
import { newCommerceCancellationWindow } from './new-commerce-cancellation-window.ts';
import { newCommerceFullRefund } from './new-commerce-full-refund.ts';
import { newCommerceSuspension } from './new-commerce-suspension.ts';
import { newCommerceTicket, redundantLicencesTicket } from './new-commerce-tickets.ts';
import { trialConversion } from './new-commerce-trials.ts';
import { outageCreditByDuration, outageCreditMeasure, outageCreditTiers, outageSuiteShares } from './outage-credits.ts';
import {
  outageClaimAzure,
  outageClaimAzureDistributor,
  outageClaimBillingMonth,
  outageClaimDeadline,
  outageProcessingTime,
} from './outage-deadlines.ts';
import {
  outageAdvisories,
  outageClaimants,
  outageEmailDomain,
  outageEvidence,
  outageExclusions,
  outagePrefixes,
  outagePurchases,
} from './outage-eligibility.ts';
import { paymentTerm } from './payment-term.ts';
import { powerBiPremiumFixedCost, powerBiPremiumRequest, powerBiPremiumScope } from './power-bi-premium.ts';
import { priceGuarantee } from './price-guarantee.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from './proration-formula.ts';
import { reservationExchangeMinimum, reservationExchangeRestriction } from './reservation-exchange.ts';
import { reservationLimitScope, reservationRefundLimit } from './reservation-limit.ts';
import {
  reservationChargedFee,
  reservationFullRefundDays,
  reservationNeverRefundable,
  reservationProration,
  reservationRefundDestination,
  reservationRefundPrice,
  reservationStatedFee,
} from './reservation-refund.ts';
import { savingsPlanCancellation } from './savings-plan.ts';
import { linuxPlanReturn, perpetualSoftwareReturn, softwareSubscriptionRefund, softwareSubscriptionReturn } from './software.ts';
import { terminationFee } from './termination-fee.ts';
import {
  addOns,
  azureFraudClaim,
  azureFraudCover,
  expiredState,
  membershipRefund,
  partnerInsolvency,
  publicSectorStart,
} from './unread-figures.ts';
import { partialUpgradeWindow, seatReduction, upgradeCancellation } from './upgrades.ts';

/** Every dated figure, in the order `rules` and `explain` list them. */
export const parameters: readonly Parameter<never>[] = [
  legacyProrationFormula,
  newCommerceProrationFormula,
  legacyAutomaticFullRefund,
  legacyRenewalFullRefund,
  legacyFirstMonth,
  legacyProratedCredit,
  legacyFullRefundRequest,
  powerBiPremiumScope,
  powerBiPremiumRequest,
  powerBiPremiumFixedCost,
  microsoft365A1Request,
  legacyDuplicateClaim,
  duplicateOrderScope,
  newCommerceFullRefund,
  newCommerceCancellationWindow,
  upgradeCancellation,
  partialUpgradeWindow,
  seatReduction,
  trialConversion,
  newCommerceSuspension,
  newCommerceTicket,
  redundantLicencesTicket,
  expiredState,
  addOns,
  publicSectorStart,
  partnerInsolvency,
  extendedServiceTermScope,
  extendedServiceTermCancellation,
  extendedServiceTermUplift,
  extendedServiceTermUpliftWithoutMonthly,
  terminationFee,
  priceGuarantee,
  creditsInArrears,
  creditRequestClaimants,
  creditRequestRoles,
  creditRequestReasons,
  creditRequestProcedure,
  outageRequestProcedure,
  outageClaimDeadline,
  outageClaimBillingMonth,
  outageClaimAzure,
  outageClaimAzureDistributor,
  outageProcessingTime,
  outageAdvisories,
  outageClaimants,
  outagePurchases,
  outageExclusions,
  outageEvidence,
  outageEmailDomain,
  outagePrefixes,
  outageCreditMeasure,
  outageCreditByDuration,
  outageCreditTiers,
  outageSuiteShares,
  perpetualSoftwareReturn,
  softwareSubscriptionReturn,
  softwareSubscriptionRefund,
  linuxPlanReturn,
  marketplaceMonthlyCancellation,
  marketplaceYearlyCancellation,
  businessCentralCancellation,
  marketplaceInstalments,
  savingsPlanCancellation,
  azureFraudClaim,
  azureFraudCover,
  membershipRefund,
  reservationFullRefundDays,
  reservationStatedFee,
  reservationChargedFee,
  reservationProration,
  reservationRefundPrice,
  reservationRefundDestination,
  reservationNeverRefundable,
  reservationRefundLimit,
  reservationLimitScope,
  reservationExchangeMinimum,
  reservationExchangeRestriction,
  paymentTerm,
  disputeDeadline,
  legacyInvoicePublication,
  newCommerceInvoicePublication,
  legacyBillingCurrency,
  newCommerceBillingCurrency,
  europeanCurrencies,
] as unknown as readonly Parameter<never>[];
