import type { Finding } from '../../domain/findings/finding.ts';
import type { Report } from '../../domain/findings/report.ts';
import { citationTexts, evidenceTexts } from '../finding-text.ts';
import { lines, linkText, text } from './cells.ts';
import { FINDING_COLUMNS as F } from './finding-columns.ts';
import { linkFormula } from './link-formula.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { type Column, placeInTable, writeTable } from './table.ts';

/** A row of a sheet is at most 409 points high: so many lines fit it even where some of them are wrapped. */
const LINES_PER_ROW = 12;
const PROOFS = { name: 'Proofs' } as const;

/** One row of the sheet: a part of what one finding rests on. */
interface ProofRow {
  readonly finding: Finding;
  /** The finding's place among the findings, the first 0. */
  readonly index: number;
  readonly part: string;
  readonly texts: readonly string[];
}

function* partsOf(finding: Finding): Generator<Pick<ProofRow, 'part' | 'texts'>> {
  yield { part: 'finding', texts: [finding.message] };
  const parts = { working: finding.working, clause: citationTexts(finding.citations), evidence: evidenceTexts(finding) };
  for (const [part, texts] of Object.entries(parts)) {
    for (let from = 0; from < texts.length; from += LINES_PER_ROW) yield { part, texts: texts.slice(from, from + LINES_PER_ROW) };
  }
}

function* rowsOf(findings: Report['findings']): Generator<ProofRow> {
  let index = 0;
  for (const finding of findings) {
    for (const part of partsOf(finding)) yield { finding, index, ...part };
    index++;
  }
}

const PROOF_TEXT = 'show proof';

/**
 * The *Proofs* sheet: what each finding rests on, in the order of the findings. These texts are long: beside the figures they would make
 * the rows of the *Findings* too high to be read as a list.
 */
export class ProofsSheet {
  readonly #findings: Report['findings'];
  /** The row on which the proof of each finding begins, the first 0. */
  readonly #starts: Uint32Array;

  constructor(findings: Report['findings']) {
    this.#findings = findings;
    this.#starts = new Uint32Array(findings.length);
    let index = 0;
    let rows = 0;
    for (const finding of findings) {
      this.#starts[index++] = rows;
      rows += [...partsOf(finding)].length;
    }
  }

  /** Where the proof of a finding begins; `index` is its place among the findings, the first 0. */
  placeOf(index: number): string {
    return placeInTable(PROOFS, this.#starts[index] ?? 0);
  }

  /** A column for the table of the findings themselves, in the same order. */
  get linkColumn(): Column<Finding> {
    return {
      header: 'Proof',
      widest: 12,
      cell: () => linkText(PROOF_TEXT),
      formula: (_, { index }) => linkFormula(this.placeOf(index), PROOF_TEXT),
    };
  }

  /** `findingAt` tells where a finding stands: its code leads back there. */
  async write(workbook: SteadyWorkbook, findingAt: (index: number) => string): Promise<void> {
    const columns: readonly Column<ProofRow>[] = [
      {
        header: 'Rule',
        widest: 8,
        cell: ({ finding }) => linkText(finding.rule),
        formula: ({ finding, index }) => linkFormula(findingAt(index), finding.rule),
        isFrozen: true,
      },
      { header: 'Customer', widest: 24, cell: ({ finding }) => F.customer.cell(finding) },
      { header: 'Part', widest: 10, cell: ({ part }) => text(part) },
      { header: 'Proof', widest: 110, cell: ({ texts }) => lines(texts) },
      { header: 'Fingerprint', widest: 24, cell: ({ finding }) => F.fingerprint.cell(finding) },
    ];
    await writeTable(workbook, { ...PROOFS, columns, pagesAcross: 1, items: () => rowsOf(this.#findings), ifEmpty: 'Nothing was found.' });
  }
}
