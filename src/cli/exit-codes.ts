/** What a batch script may rely on (contract): clean, findings, job not done in full, interrupted. */
export const EXIT = { clean: 0, findings: 1, incomplete: 2, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
