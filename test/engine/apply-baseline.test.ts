import { describe, expect, it } from 'vitest';
import type { AcceptedFinding } from '../../src/domain/partner/baseline.ts';
import { applyBaseline } from '../../src/engine/findings/apply-baseline.ts';
import { EXAMPLE_FINDING } from '../support/example-finding.ts';

const found = ['a', 'b', 'c'].map((fingerprint) => ({ ...EXAMPLE_FINDING, fingerprint }));
const accepted = (fingerprint: string, expires: string | null = null): AcceptedFinding => ({
  fingerprint,
  rule: 'AR01',
  reason: 'agreed',
  owner: 'Anna',
  expires,
  acceptedOn: '2026-01-01',
});
const apply = (...all: readonly AcceptedFinding[]) => applyBaseline(found, { version: 1, accepted: all }, '2026-11-21');

describe('a baseline', () => {
  it('takes out what is accepted, and counts it', () => {
    expect(apply(accepted('b'), accepted('c', '2027-01-01'))).toEqual({ findings: [found[0]], accepted: 2, expired: [], stale: [] });
  });

  it('that is empty changes nothing', () => {
    expect(apply()).toEqual({ findings: found, accepted: 0, expired: [], stale: [] });
  });

  it.each([
    ['2026-11-20', false],
    ['2026-11-21', true],
    ['2026-11-22', true],
  ])('that expires on %s hides on 2026-11-21: %s', (expires, isHidden) => {
    const { findings, expired } = apply(accepted('a', expires));
    expect(findings.length).toBe(isHidden ? 2 : 3);
    expect(expired).toEqual(isHidden ? [] : [accepted('a', expires)]);
  });

  it('names what no finding has any more, expired or not', () => {
    const stale = [accepted('x'), accepted('y', '2020-01-01')];
    expect(apply(...stale, accepted('a'))).toMatchObject({ accepted: 1, expired: [], stale });
  });
});
