/** A finding that the partner has accepted: it is no longer listed until the acceptance expires. */
export interface AcceptedFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day (`YYYY-MM-DD`) on which it hides the finding; null for ever. */
  readonly expires: string | null;
  readonly acceptedOn: string;
}

/** The baseline file (`--baseline`). */
export interface Baseline {
  readonly version: 1;
  readonly accepted: readonly AcceptedFinding[];
}
