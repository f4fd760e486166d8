/** Kinds of reservation whose names the files tell apart, the narrower before the wider. `SQL` as a word of its own leaves MySQL and PostgreSQL out. */
const TYPES: readonly (readonly [type: string, name: RegExp])[] = [
  ['VMware', /vmware|cloudsimple/i],
  ['virtual machine', /\bVMs?\b|virtual machine/i],
  ['dedicated host', /dedicated host/i],
  ['App Service', /app service/i],
  ['Azure Cosmos DB', /cosmos/i],
  ['Azure Cache for Redis', /redis/i],
  ['MySQL', /mysql/i],
  ['PostgreSQL', /postgres/i],
  ['MariaDB', /mariadb/i],
  ['Synapse', /synapse|data warehouse/i],
  ['SQL Database', /\bSQL\b/i],
  ['Databricks', /databricks/i],
];

/** The type of a reservation by its product's name; null where the name tells none for certain. */
function typeOf(productName: string): string | null {
  return TYPES.find(([, name]) => name.test(productName))?.[0] ?? null;
}

/** Whether two reservations are of different types for certain: only one of the same type can be had in exchange. */
export function isOtherType(one: string, other: string): boolean {
  const [a, b] = [typeOf(one), typeOf(other)];
  return a !== null && b !== null && a !== b;
}
