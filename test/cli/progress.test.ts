import { Writable } from 'node:stream';
import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest';
import { Progress } from '../../src/cli/progress.ts';

/** A stream that keeps what it is told, as a terminal of 100 columns or as a pipe, and a clock that is turned by hand. */
function surroundings(isTerminal: boolean) {
  let written = '';
  let time = 0;
  const stream = Object.assign(
    new Writable({
      write(chunk: Buffer, _, done) {
        written += chunk.toString('utf8');
        done();
      },
    }),
    { isTTY: isTerminal, columns: 100, clearLine: () => true, cursorTo: () => true, moveCursor: () => true },
  ) as unknown as NodeJS.WriteStream;
  return { stream, now: () => time, turn: (to: number) => (time = to), written: () => written };
}

/** A run over two files of 1,000 bytes each, some seconds long. */
function run(progress: Progress, turn: (to: number) => unknown): void {
  progress.willRead(2000);
  turn(1000);
  progress.haveRead('a.csv', 1000);
  turn(2000);
  progress.haveRead('b.csv', 1000);
  turn(3000);
  progress.startReading(2000);
  const first = progress.file('a.csv');
  turn(5000);
  first(900);
  progress.rows(10);
  // The first file proves its dialect late and is read again.
  first(10);
  turn(6000);
  first(1000);
  const second = progress.file('b.csv');
  turn(7000);
  second(500);
  progress.rows(5);
  turn(8000);
  progress.judged(0, 20);
  turn(10_000);
  progress.judged(10, 20);
  turn(11_000);
  progress.writing('report.xlsx');
  progress.stop();
}

beforeEach(() => {
  vi.stubEnv('TERM', 'xterm');
  vi.stubEnv('NO_COLOR', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('progress', () => {
  it('tells each step of a long run on a terminal', () => {
    const { stream, now, turn, written } = surroundings(true);
    run(new Progress(true, { stream, now }), turn);
    for (const text of [
      '1 of 4 · checking b.csv · 0.0 MB of 0.0 MB · 0.0 MB/s',
      '2 of 4 · reading a.csv · 0.0 MB of 0.0 MB · 0 rows/s · 3 s left',
      '2 of 4 · reading b.csv · 0.0 MB of 0.0 MB · 10 rows · 3 rows/s · 2 s left',
      '3 of 4 · judging · 10 of 20 lines · 5 lines/s · 2 s left',
      '4 of 4 · writing report.xlsx',
    ]) {
      expect(written()).toContain(text);
    }
  });

  it.each([
    ['where standard error is no terminal', false, true, 'xterm'],
    ['where it is not wanted', true, false, 'xterm'],
    ['on a terminal that cannot move its cursor', true, true, 'dumb'],
  ])('is silent %s', (_, isTerminal, isWanted, term) => {
    vi.stubEnv('TERM', term);
    const { stream, now, turn, written } = surroundings(isTerminal);
    run(new Progress(isWanted, { stream, now }), turn);
    expect(written()).toBe('');
  });

  it('is silent in a run that is over at once', () => {
    const { stream, now, turn, written } = surroundings(true);
    run(new Progress(true, { stream, now }), (to) => turn(to / 10));
    expect(written()).toBe('');
  });

  it('looks at the screen ten times a second, however often it is told', () => {
    const { stream, now, turn, written } = surroundings(true);
    const progress = new Progress(true, { stream, now });
    progress.startReading(1000);
    for (let time = 2000; time < 3000; time += 1) {
      turn(time);
      progress.rows(1);
    }
    progress.stop();
    // One line more, for the spinner draws itself once when it starts.
    expect(written().match(/2 of 4/g)?.length).toBeLessThanOrEqual(11);
    expect(written()).toContain('901 rows');
  });

  it('is without colours where the user wants none', () => {
    vi.stubEnv('NO_COLOR', '1');
    const { stream, now, turn, written } = surroundings(true);
    run(new Progress(true, { stream, now }), turn);
    const codes = written().split('\u001b[').slice(1);
    expect(codes.filter((code) => /^[\d;]*m/.test(code))).toEqual([]);
  });
});
