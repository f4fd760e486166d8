import type { Convention } from '../../domain/proration/conventions.ts';
import type { Gathered } from '../gathered.ts';
import { LinePrices } from '../prices/line-prices.ts';
import { recalculate } from './recalculate.ts';
import { ConventionScores } from './score-conventions.ts';

const SAMPLED_LINES = 5000;

/** The votes of some customers, spread over all of them: only all lines tell which convention judges, but a sample nearly always tells it beforehand. */
export function sampleConventions({ ledger, chains, prices }: Gathered, rounding: Convention | null): ConventionScores {
  const scores = new ConventionScores(rounding);
  const listed = prices === null ? null : new LinePrices(prices);
  for (const groups of chains.customers(Math.max(1, Math.floor(ledger.length / SAMPLED_LINES)))) {
    for (const group of groups) for (const one of recalculate(group.lines, listed)) scores.vote(one.line, one.recalculation);
  }
  return scores;
}
