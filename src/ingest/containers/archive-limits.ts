/**
 * What an archive may ask of the machine. Exports expand to thirty times their packed size at most; a bomb needs a thousandfold. An archive
 * is refused beyond both limits together, so that a small file of much repetition is read.
 */
export const archiveLimits = {
  entries: 20_000,
  expandedBytes: 2 ** 26,
  expansionRatio: 200,
} as const;

export function mayExpandTo(packedBytes: number): number {
  return Math.max(archiveLimits.expandedBytes, archiveLimits.expansionRatio * packedBytes);
}
