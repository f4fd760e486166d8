import type { AssessedIncident } from './assess-incident.ts';
import type { OutageOutcome } from './outage-credit.ts';

/** What the incidents of one service and calendar month earn together: one credit. */
export interface ServiceClaim {
  readonly open: readonly AssessedIncident[];
  readonly claimed: readonly AssessedIncident[];
  readonly expired: readonly AssessedIncident[];
  /** Of open and claimed ones together; of the claimed ones alone; of the expired ones alone; of all, had the expired ones been claimed too. */
  readonly together: OutageOutcome;
  readonly ofClaimed: OutageOutcome;
  readonly ofExpired: OutageOutcome;
  readonly ofAll: OutageOutcome;
  /** Of some of them, which are one at least. */
  readonly outcomeOf: (ones: readonly AssessedIncident[]) => OutageOutcome;
}

/** An incident in one calendar month, and the claim it is a part of there. */
export interface MonthClaim {
  readonly assessed: AssessedIncident;
  readonly claim: ServiceClaim;
}
