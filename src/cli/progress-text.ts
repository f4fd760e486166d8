import { visibleLine } from '../report/visible-text.ts';

/** The four steps of a run. Files are read twice: to hash them and check their archives, and then for their rows. */
const STEPS = {
  check: { number: 1, verb: 'checking', counts: 'bytes' },
  read: { number: 2, verb: 'reading', counts: 'bytes' },
  judge: { number: 3, verb: 'judging', counts: 'lines' },
  write: { number: 4, verb: 'writing', counts: 'nothing' },
} as const;

export type ProgressStep = keyof typeof STEPS;

export interface ProgressFigures {
  readonly step: ProgressStep;
  /** The file that is read or written; empty where there is none. */
  readonly subject: string;
  /** Rows read, lines judged or written since the step began. */
  readonly rows: number;
  /** How much of the step is done, of how much: bytes of all files, or lines. 0 of 0 where nobody can tell. */
  readonly done: number;
  readonly total: number;
  /** Since the step began. */
  readonly milliseconds: number;
}

/** An estimate from less than this is a guess. */
const LEAST_MILLISECONDS = 1000;
const SHORTEST_NAME = 16;

/** How far a run is, on one line of at most `width` columns: the file's name gives way first, then what can best be done without. */
export function progressText(figures: ProgressFigures, width: number): string {
  const { number, verb } = STEPS[figures.step];
  const head = `${number} of 4 · ${verb}`;
  const name = visibleLine(figures.subject);
  let parts = partsOf(figures);
  const lengthOf = (shown: string): number => [`${head} ${shown}`.trimEnd(), ...parts.map((one) => one.text)].join(' · ').length;
  const shortest = name.slice(-SHORTEST_NAME);
  for (const dispensable of ['rate', 'rows', 'amount', 'left'] as const) {
    if (lengthOf(shortest) <= width) break;
    parts = parts.filter(({ kind }) => kind !== dispensable);
  }
  const room = width - (lengthOf(name) - name.length);
  const shown = name.length <= room ? name : `…${name.slice(name.length - Math.max(0, room - 1))}`;
  return [`${head} ${shown}`.trimEnd(), ...parts.map((one) => one.text)].join(' · ').slice(0, Math.max(0, width));
}

interface Part {
  readonly kind: 'amount' | 'rows' | 'rate' | 'left';
  readonly text: string;
}

function partsOf({ step, rows, done, total, milliseconds }: ProgressFigures): readonly Part[] {
  const { counts } = STEPS[step];
  const isTimed = milliseconds >= LEAST_MILLISECONDS;
  const perSecond = (amount: number): number => (amount * 1000) / milliseconds;
  const parts: (Part | null)[] = [
    total === 0
      ? null
      : {
          kind: 'amount',
          text: counts === 'bytes' ? `${bytesText(done)} of ${bytesText(total)}` : `${numberText(done)} of ${numberText(total)} lines`,
        },
    rows === 0 || step === 'judge' ? null : { kind: 'rows', text: `${numberText(rows)} row${rows === 1 ? '' : 's'}` },
    !isTimed || step === 'write'
      ? null
      : step === 'check'
        ? { kind: 'rate', text: `${bytesText(perSecond(done))}/s` }
        : { kind: 'rate', text: `${numberText(perSecond(rows))} ${step === 'judge' ? 'lines' : 'rows'}/s` },
    !isTimed || done === 0 || done >= total
      ? null
      : { kind: 'left', text: `${durationText((milliseconds * (total - done)) / done)} left${step === 'check' ? ' of this step' : ''}` },
  ];
  return parts.filter((part) => part !== null);
}

function numberText(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}

function bytesText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e7 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Rounded up: what is left is at least a second. */
function durationText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
