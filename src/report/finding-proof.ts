import type { Finding } from '../domain/findings/finding.ts';
import { evidenceTexts } from './finding-text.ts';
import { visibleLine } from './visible-text.ts';

/** A fact that not every finding has: an invoice belongs to no customer, an export to no charge. */
function stated(name: string, value: string, fact = value): readonly string[] {
  return fact === '' ? [] : [`${name.padEnd(14)}${value}`];
}

/** The whole proof of a finding as text: rows, figures, formula with numbers, alternatives tried, clause with date and source, next action, deadline. */
export function findingProof(finding: Finding): string {
  const { currency } = finding;
  const money = (label: string, amount: string | null): readonly string[] =>
    amount === null ? [] : [`  ${label.padEnd(12)}${amount} ${currency}`];
  const facts = [
    ...stated('Customer', `${finding.customerName} (${finding.customerId})`, finding.customerName + finding.customerId),
    ...stated('Product', finding.product),
    ...stated('Subscription', finding.subscriptionId),
    ...stated('Invoice', finding.invoiceNumber),
    ...stated(
      'Charge',
      `${finding.chargeType}, ${finding.firstDay ?? '?'} to ${finding.lastDay ?? '?'}`,
      finding.chargeType + (finding.firstDay ?? ''),
    ),
  ];
  const lines = [
    `${finding.rule} ${finding.name} · ${finding.severity} · ${finding.kind} · ${finding.confidence} · ${finding.status}`,
    `${finding.message}.`,
    '',
    ...(facts.length === 0 ? [] : [...facts, '']),
    'Figures',
    ...money('billed', finding.billed),
    ...money('expected', finding.expected),
    ...money('difference', finding.difference),
    ...money('lowest', finding.lowest),
    ...money('highest', finding.highest),
    ...(finding.billed === null ? ['  none: the finding is no amount'] : []),
    '',
    'Working',
    ...finding.working.map((step) => `  ${step}`),
    '',
    'Rows of evidence',
    ...evidenceTexts(finding).map((row) => `  ${row}`),
    '',
    'Clauses',
    ...finding.citations.flatMap((one) => [`  ${one.title}`, `    ${one.clause}`]),
    ...finding.parametersUsed.map((one) => `  ${one.id}: ${one.value} (since ${one.since})`),
    '',
    `Next action   ${finding.nextAction}`,
    `Deadline      ${finding.deadline ?? 'none'}${finding.costPerDay === null ? '' : `, each further day costs ${finding.costPerDay} ${currency}`}`,
    `Fingerprint   ${finding.fingerprint}`,
  ];
  return `${lines.map(visibleLine).join('\n')}\n`;
}
