import type { LayoutName } from '../../domain/charges/charge-line.ts';
import { dailyUsage } from './daily-usage.ts';
import { legacyLicence } from './legacy-licence.ts';
import { legacyUsage } from './legacy-usage.ts';
import type { Layout } from './layout.ts';
import { newCommerce } from './new-commerce.ts';

/** Every layout that is audited. */
export const layouts: Readonly<Record<LayoutName, Layout>> = {
  'legacy-licence': legacyLicence,
  'new-commerce': newCommerce,
  'legacy-usage': legacyUsage,
  'daily-usage': dailyUsage,
};
