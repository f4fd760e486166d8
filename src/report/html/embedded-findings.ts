import type { Finding } from '../../domain/findings/finding.ts';
import { wholeFinding } from '../../domain/findings/finding-pack.ts';
import type { Report } from '../../domain/findings/report.ts';
import { visibleText } from '../visible-text.ts';
import { MOST_IN_PAGE } from './findings-section.ts';

/** Sources and policy figures repeat from finding to finding: each stands once, and findings name its place. */
class Pool<T> {
  readonly items: T[] = [];
  readonly #places = new Map<string, number>();

  place(item: T): number {
    const key = JSON.stringify(item);
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.items.push(item) - 1;
      this.#places.set(key, place);
    }
    return place;
  }
}

/** JSON inside a page: no `<` could end its element or open a comment, and every letter can be seen where it is shown. */
function harmlessJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? visibleText(part) : part)).replaceAll('<', '\\u003c');
}

/** The findings as the page's script reads them, in pieces: what it needs of each, and nothing that it would have to work out. */
export function* embeddedFindings(report: Report): Generator<string> {
  const sources = new Pool<unknown>();
  const figures = new Pool<unknown>();
  yield `{"currencies":${harmlessJson([...new Set(report.findings.map(({ currency }) => currency))].sort())},"titles":${harmlessJson(titlesOf(report))},"findings":[`;
  let separator = '';
  for (const finding of report.findings.slice(0, MOST_IN_PAGE)) {
    yield separator + harmlessJson(compact(finding, sources, figures));
    separator = ',\n';
  }
  yield `],"sources":${harmlessJson(sources.items)},"figures":${harmlessJson(figures.items)}}`;
}

function titlesOf({ rules }: Report): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(rules).map(([code, { title }]) => [code, title]));
}

function compact(finding: Finding, sources: Pool<unknown>, figures: Pool<unknown>): Readonly<Record<string, unknown>> {
  const { citations, parametersUsed, ...rest } = wholeFinding(finding);
  return {
    ...rest,
    citations: citations.map(({ title, clause }) => sources.place({ title, clause })),
    parametersUsed: parametersUsed.map((one) => figures.place(one)),
  };
}
