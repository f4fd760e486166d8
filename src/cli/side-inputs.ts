import type { InputReport, SideRole } from '../domain/findings/report.ts';
import type { SideWatch } from '../ingest/side-inputs/side-reading.ts';
import { shownPath } from './shown-path.ts';

const LAYOUTS: Readonly<Record<SideRole, string>> = {
  events: 'partner-events',
  invoices: 'invoice-list',
  incidents: 'incident-list',
  register: 'claims-register',
  baseline: 'baseline',
  policy: 'own-terms',
  mapping: 'column-mapping',
};

/** The partner's own lists and settings as the list of inputs names them, in the order in which they were read. */
export class SideInputs {
  readonly inputs: InputReport[] = [];

  /** @param path as the user gave it. */
  watch(role: SideRole, path: string): SideWatch {
    return ({ file, kind, sheet, rows, unusedColumns, notes, detected }) => {
      this.inputs.push({
        path: shownPath(path),
        sheet,
        role,
        kind,
        layout: LAYOUTS[role],
        sha256: file.sha256,
        bytes: file.bytes,
        container: file.container,
        rows,
        lines: rows,
        rejected: 0,
        skipped: 0,
        skippedBy: {},
        extraColumns: unusedColumns,
        notes: [...file.notes, ...notes],
        detected,
      });
    };
  }
}
