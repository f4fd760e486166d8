import type { Finding } from '../domain/findings/finding.ts';
import type { CreditRequestStep } from '../domain/findings/report.ts';
import { evidenceTexts } from './finding-text.ts';
import { visibleLine } from './visible-text.ts';

/** What differs between the texts of claims. */
export interface ClaimParts {
  readonly reason: string;
  /** Whom and what the claim is for, a line each. */
  readonly facts: readonly string[];
  /** Steps of the working that say how the proof stands; a part of their own where there are any. */
  readonly proof: readonly string[];
  readonly working: readonly string[];
  /** What the rows are that the claim rests on. */
  readonly rows: string;
  /** How the request is made: for whoever files it, below what is pasted. */
  readonly filing: readonly CreditRequestStep[];
}

/** A claim as plain text: what a request needs, the proof, and what it rests on. */
export function claimDocument(finding: Finding, { reason, facts, proof, working, rows, filing }: ClaimParts): string {
  const lines = [
    `Credit request: ${reason}`,
    '',
    ...facts,
    '',
    `${finding.message}.`,
    ...(proof.length === 0 ? [] : ['', 'Proof', ...proof.map((step) => `- ${step}`)]),
    '',
    'Working',
    ...working.map((step) => `- ${step}`),
    '',
    rows,
    ...evidenceTexts(finding).map((row) => `- ${row}`),
    '',
    'Rests on',
    ...finding.citations.map((one) => `- ${one.title}: ${one.clause}`),
    ...finding.parametersUsed.map((one) => `- ${one.id}: ${one.value} (since ${one.since})`),
    '',
    `Our reference: ${finding.fingerprint}`,
    ...(filing.length === 0
      ? []
      : [
          '',
          '---',
          'How to file it (not part of the request)',
          ...filing.map((step) => `- ${step.title}: ${step.value} (${step.source})`),
        ]),
  ];
  return `${lines.map(visibleLine).join('\r\n')}\r\n`;
}
