import { amountPlants } from './amount-plants.ts';
import { creditPlants } from './credit-plants.ts';
import { cyclePlants } from './cycle-plants.ts';
import { duplicatePlants } from './duplicate-plants.ts';
import { outagePlants } from './outage-plants.ts';
import { pricePlants } from './price-plants.ts';
import { reservationPlants } from './reservation-plants.ts';
import type { Plant } from './sample-line.ts';
import { usagePlants } from './usage-plants.ts';

/**
 * One discrepancy for every rule, save those of invoices, which `sample-invoices.ts` has. To add one: a plant in the file of its theme, on a customer of its
 * own, and what the report must say of it.
 */
export const plants: readonly Plant[] = [
  ...usagePlants,
  ...amountPlants,
  ...cyclePlants,
  ...creditPlants,
  ...duplicatePlants,
  ...pricePlants,
  ...outagePlants,
  ...reservationPlants,
];
