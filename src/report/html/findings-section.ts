import { SEVERITIES } from '../../domain/findings/finding.ts';
import type { Report } from '../../domain/findings/report.ts';
import { markup, type SafeHtml } from './safe-html.ts';
import { counted, currenciesOf, severitiesByRule, subjectName } from './words.ts';

/** What a browser sorts, searches and pages without a pause. Larger reports list the rest in their other formats. */
export const MOST_IN_PAGE = 25_000;

const COLUMNS: readonly (readonly [key: string, head: string, className: string])[] = [
  ['severity', 'Severity', ''],
  ['rule', 'Rule', ''],
  ['customerName', 'Customer', ''],
  ['message', 'What was found', ''],
  ['billed', 'Billed', 'amount'],
  ['expected', 'Expected', 'amount'],
  ['difference', 'Difference', 'amount'],
  ['deadline', 'Deadline', ''],
  ['status', 'Status', ''],
];

const PAGE_SIZES = [25, 50, 100, 250];

/** The table of findings with its controls. Its rows come from the data in the page: ten thousand of them are paged, not drawn. */
export function findingsSection(report: Report): SafeHtml {
  const all = report.findings.length;
  if (all === 0)
    return markup`<section aria-labelledby="findings-title" id="findings">
      <h2 id="findings-title">Findings</h2>
      <p class="none">None listed.</p>
    </section>`;
  const cut =
    all <= MOST_IN_PAGE
      ? ''
      : markup`<p class="alarm">
          This page lists the first ${counted(MOST_IN_PAGE, 'finding')} of ${counted(all, 'finding')}, the gravest first; findings.csv,
          report.xlsx and report.json list all. Sums and charts above count all.
        </p>`;
  return markup`<section aria-labelledby="findings-title" id="findings">
    <h2 id="findings-title">Findings</h2>
    ${cut}<noscript
      ><p class="alarm">
        The table needs the script inside this page, which is switched off here. report.xlsx and findings.csv list the same findings.
      </p></noscript
    >
    ${controls(report)}
    <p class="result" role="status" aria-live="polite" id="result"></p>
    <p class="alarm" id="print-note" hidden></p>
    <div id="table-place">${table()}</div>
    <nav class="pages" aria-label="Pages of findings">
      <button type="button" id="previous">Previous</button><span id="page-text"></span><button type="button" id="next">Next</button>
      <label
        >Rows on a page
        <select id="page-size">
          ${PAGE_SIZES.map((size) => markup`<option${size === 50 ? markup` selected` : ''}>${String(size)}</option>`)}
        </select></label
      >
    </nav>
  </section>`;
}

function table(): SafeHtml {
  const head = COLUMNS.map(
    ([key, title, className]) =>
      markup`<th scope="col" role="columnheader" class="${className}" data-key="${key}" aria-sort="none">
        <button type="button">${title}<span class="arrow" aria-hidden="true"></span></button>
      </th>`,
  );
  return markup`<table class="findings" role="table" aria-labelledby="findings-title">
    <thead role="rowgroup">
      <tr role="row">
        ${head}
      </tr>
    </thead>
    <tbody id="rows" role="rowgroup"></tbody>
  </table>`;
}

function select(id: string, label: string, options: readonly (readonly [value: string, text: string])[]): SafeHtml {
  return markup`<label
    >${label}
    <select id="${id}">
      <option value="">All</option>
      ${options.map(([value, text]) => markup`<option value="${value}">${text}</option>`)}
    </select></label
  >`;
}

/** What comes first, sorted up and sorted down. */
function ordersOf(key: string, className: string): readonly [up: string, down: string] {
  if (className === 'amount') return ['smallest', 'largest'];
  if (key === 'deadline') return ['earliest', 'latest'];
  return key === 'severity' ? ['gravest', 'mildest'] : ['A–Z', 'Z–A'];
}

function controls(report: Report): SafeHtml {
  const { findings } = report;
  const distinct = (values: readonly string[]): (readonly [string, string])[] => [...new Set(values)].sort().map((one) => [one, one]);
  const customers = new Map(findings.filter(({ customerId }) => customerId !== '').map((one) => [one.customerId, subjectName(one)]));
  const byName = [...customers].sort(([idA, a], [idB, b]) =>
    a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : idA < idB ? -1 : 1,
  );
  const sorts = [
    ...COLUMNS.map(([key, title, className]) => [key, `${title}, ${ordersOf(key, className)[0]}`] as const),
    ...COLUMNS.map(([key, title, className]) => [`-${key}`, `${title}, ${ordersOf(key, className)[1]}`] as const),
  ];
  return markup`<form class="controls" id="controls" role="search" aria-label="Filter the findings">
    <label class="search"
      >Search <input type="search" id="search" placeholder="customer, product, amount, invoice, row …" autocomplete="off"
    /></label>
    ${select(
      'filter-rule',
      'Rule',
      [...severitiesByRule(report).keys()].sort().map((code) => [code, `${code} ${report.rules[code]?.name ?? ''}`]),
    )}
    ${select(
      'filter-severity',
      'Severity',
      SEVERITIES.filter((one) => report.summary.bySeverity[one] > 0).map((one) => [one, one]),
    )}
    ${select('filter-kind', 'Kind', distinct(findings.map(({ kind }) => kind)))} ${select('filter-customer', 'Customer', byName)}
    ${select(
      'filter-currency',
      'Currency',
      currenciesOf(report).map((one) => [one, one]),
    )}
    ${select('filter-status', 'Status', distinct(findings.map(({ status }) => status)))}
    <label
      >Sort by
      <select id="sort">
        <option value="">Gravest first</option>
        ${sorts.map(([value, text]) => markup`<option value="${value}">${text}</option>`)}
      </select></label
    >
    <button type="reset">Clear</button>
  </form>`;
}
