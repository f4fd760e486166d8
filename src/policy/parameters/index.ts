import type { Parameter } from '../parameter.ts';
import { legacyAutomaticFullRefund } from './legacy-automatic-full-refund.ts';
import { legacyDuplicateClaim } from './legacy-duplicate-claim.ts';
import { newCommerceFullRefund } from './new-commerce-full-refund.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from './proration-formula.ts';
import { terminationFee } from './termination-fee.ts';

/** Every dated figure, in the order `rules` and `explain` list them. */
export const parameters: readonly Parameter<never>[] = [
  legacyProrationFormula,
  newCommerceProrationFormula,
  legacyAutomaticFullRefund,
  newCommerceFullRefund,
  terminationFee,
  legacyDuplicateClaim,
] as unknown as readonly Parameter<never>[];
