import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Decimal } from '../domain/numbers/money.ts';
import type { Report } from '../domain/findings/report.ts';
import { claimsOf, claimText } from './claim-text.ts';
import { writeClaimsWorkbook } from './xlsx/claims-workbook.ts';

/** A folder with more files than this helps nobody; claims.xlsx always holds all. */
const MOST_TEXTS = 500;

/** Writes the claim pack into an empty folder: claims.xlsx with every claim, and a text for each, ready to paste into a service request. Returns how many claims there are. */
export async function writeClaimPack(folder: string, report: Report): Promise<number> {
  const claims = claimsOf(report);
  if (claims.length === 0) return 0;
  await mkdir(folder, { recursive: true });
  await writeClaimsWorkbook(join(folder, 'claims.xlsx'), report);
  const largest = [...claims]
    .sort((a, b) => new Decimal(b.difference ?? '0').comparedTo(a.difference ?? '0') || (a.fingerprint < b.fingerprint ? -1 : 1))
    .slice(0, MOST_TEXTS);
  for (const claim of largest)
    await writeFile(join(folder, `${claim.rule}-${claim.fingerprint}.txt`), claimText(claim, report.creditRequest));
  if (claims.length > MOST_TEXTS) {
    await writeFile(
      join(folder, 'README.txt'),
      `${claims.length} claims stand in claims.xlsx; texts were written for the ${MOST_TEXTS} largest.\r\n`,
    );
  }
  return claims.length;
}
