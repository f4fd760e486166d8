import type { InputReport, Report } from '../findings/report.ts';

/** The manifests, as the report has them, of API exports that are not whole: its totals are then not of all that is billed. */
export function incompleteExports({ inputs }: Report): readonly InputReport[] {
  return inputs.filter(({ lacks }) => lacks !== undefined);
}
