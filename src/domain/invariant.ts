/** A failed invariant is a bug in csp-recon, never a fault of the input: it crashes with its stack. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant failed: ${message}`);
}
