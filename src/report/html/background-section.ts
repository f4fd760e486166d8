import type { ConventionScore, InputReport, InvoiceReconciliation, Rejection, Report } from '../../domain/findings/report.ts';
import { uncheckedReason } from '../unchecked-reason.ts';
import { table } from './plain-table.ts';
import { markup, type HtmlValue, type SafeHtml } from './safe-html.ts';
import { usagePart } from './usage-part.ts';
import { amountHtml, counted, nameHtml } from './words.ts';

const MOST_REJECTED = 200;

/** What the audit rests on: the files, the totals, the conventions, what could not be checked or read, and the catalogue of rules. */
export function backgroundSection(report: Report): SafeHtml {
  return markup`<section aria-labelledby="background-title">
    <h2 id="background-title">What the audit rests on</h2>
    ${inputsPart(report)}${invoicesPart(report)}${usagePart(report)}${conventionsPart(report)}${uncheckedPart(report)}${rejectedPart(report)}${memoryPart(report)}${optionsPart(report)}${rulesPart(report)}
  </section>`;
}

function inputsPart({ inputs, totals }: Report): SafeHtml {
  return markup`<h3>Files read</h3>
    <p class="note">Rows = lines + rejected + skipped, in every file.</p>
    ${table<InputReport>(
      'Files read',
      [
        { head: 'File', cell: fileCell },
        { head: 'Role', cell: ({ role }) => role },
        { head: 'Layout', cell: ({ layout }) => layout },
        { head: 'Rows', isNumber: true, cell: ({ rows }) => String(rows) },
        { head: 'Lines', isNumber: true, cell: ({ lines }) => String(lines) },
        { head: 'Rejected', isNumber: true, cell: ({ rejected }) => String(rejected) },
        { head: 'Skipped', isNumber: true, cell: ({ skipped }) => String(skipped) },
      ],
      inputs,
    )}
    <h3>Control totals</h3>
    <p class="note">Audited files only. Discrepancies and claims are the sums of the differences of the findings listed.</p>
    ${table(
      'Control totals',
      [
        { head: 'Currency', cell: ({ currency }) => currency },
        { head: 'Lines', isNumber: true, cell: ({ lines }) => String(lines) },
        { head: 'Recalculated', isNumber: true, cell: ({ recalculated }) => String(recalculated) },
        { head: 'Billed', isNumber: true, cell: ({ billed }) => amountHtml(billed) },
        { head: 'Tax', isNumber: true, cell: ({ tax }) => amountHtml(tax) },
        { head: 'Total', isNumber: true, cell: ({ total }) => amountHtml(total) },
        { head: 'Credits billed', isNumber: true, cell: ({ creditsBilled }) => amountHtml(creditsBilled) },
        { head: 'Discrepancies', isNumber: true, cell: ({ discrepancies }) => amountHtml(discrepancies) },
        { head: 'Claims', isNumber: true, cell: ({ claims }) => amountHtml(claims) },
      ],
      totals,
    )}`;
}

/** What there is to say of a file stands below its name: columns of their own would not fit a page beside the counts. */
function fileCell(input: InputReport): SafeHtml {
  const { path, sheet, sha256 } = input;
  const remarks = remarksText(input);
  return markup`${nameHtml(path)}${sheet === null ? '' : markup` [${nameHtml(sheet)}]`}
    <div class="aside">${formatText(input)}</div>
    ${remarks === '' ? '' : markup`<div class="aside">${remarks}</div>`}
    <div class="aside">SHA-256 <code>${sha256}</code></div>`;
}

function formatText({ kind, detected }: InputReport): string {
  const { delimiter, encoding, dateOrder, decimalMark, assumed } = detected;
  const parts = [
    kind,
    encoding,
    delimiter === null ? null : `delimiter ${delimiter === '\t' ? 'tab' : delimiter}`,
    dateOrder === null ? null : `dates ${dateOrder}`,
    decimalMark === null ? null : `decimal mark ${decimalMark}`,
    assumed.length === 0 ? null : `assumed: ${assumed.join(', ')}`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function remarksText({ skippedBy, extraColumns, notes }: InputReport): string {
  const skipped = Object.entries(skippedBy).map(([reason, rows]) => `${rows} skipped: ${reason}`);
  return [...notes, ...skipped, ...(extraColumns.length === 0 ? [] : [`columns not used: ${extraColumns.join(', ')}`])].join(' · ');
}

function invoicesPart({ reconciliation }: Report): SafeHtml {
  if (reconciliation.length === 0) return markup``;
  const amount = (value: string | null): HtmlValue => (value === null ? '' : amountHtml(value));
  return markup`<h3>Invoices held against their lines</h3><p class="note">Total and what explains a difference, tax included; the sheet Reconciliation of report.xlsx has every step.</p>
${table<InvoiceReconciliation>(
  'Invoices held against their lines',
  [
    { head: 'Invoice', cell: ({ invoiceNumber }) => nameHtml(invoiceNumber) },
    { head: 'Date', cell: ({ invoiceDate }) => invoiceDate },
    { head: 'Currency', cell: ({ currency }) => currency },
    { head: 'Outcome', cell: ({ outcome }) => outcome },
    { head: 'Total', isNumber: true, cell: ({ total }) => amount(total) },
    { head: 'Lines', isNumber: true, cell: ({ lines }) => String(lines) },
    { head: 'Sum of lines', isNumber: true, cell: ({ linesTotal }) => amount(linesTotal) },
    { head: 'Explained by', cell: ({ steps }) => markup`${steps.map((one) => markup`<div>${one.amount} ${one.text}</div>`)}` },
    { head: 'Unexplained', isNumber: true, cell: ({ unexplained }) => amount(unexplained) },
    { head: 'What to look at', cell: ({ hint }) => hint ?? '' },
  ],
  reconciliation,
)}`;
}

function conventionsPart({ conventions }: Report): SafeHtml {
  if (conventions.length === 0) return markup``;
  return markup`<h3>Rounding conventions</h3>
    <p class="note">
      Among the lines on which the published formulas disagree: how many each fits, how many only it fits, and by which the amounts are
      judged.
    </p>
    ${table<ConventionScore>(
      'Rounding conventions',
      [
        { head: 'Layout', cell: ({ layout }) => layout },
        { head: 'Currency', cell: ({ currency }) => currency },
        { head: 'Convention', cell: ({ convention }) => convention },
        { head: 'Lines', isNumber: true, cell: ({ lines }) => String(lines) },
        { head: 'Fits', isNumber: true, cell: ({ fits }) => String(fits) },
        { head: 'Only this', isNumber: true, cell: ({ onlyThis }) => String(onlyThis) },
        { head: 'Judged by', cell: ({ judgedBy }) => (judgedBy ? 'yes' : '') },
      ],
      conventions,
    )}`;
}

function uncheckedPart({ unchecked, rules }: Report): SafeHtml {
  return markup`<h3>What could not be checked</h3>
    ${
      unchecked.length === 0
        ? markup`<p class="none">Nothing had to be left.</p>`
        : markup`<p class="note">Never a pass: these lines or subjects had to be left.</p>
            ${table(
              'What could not be checked',
              [
                { head: 'Rule', cell: ({ rule }) => markup`<a href="#rule-${rule}">${rule}</a> ${rules[rule]?.title ?? ''}` },
                { head: 'Left', isNumber: true, cell: ({ lines }) => String(lines) },
                { head: 'Reason', cell: uncheckedReason },
              ],
              unchecked,
            )}`
    }`;
}

function rejectedPart({ rejections }: Report): SafeHtml {
  if (rejections.length === 0) return markup``;
  const more = rejections.length - MOST_REJECTED;
  return markup`<h3 id="rejected">Rows that could not be read</h3>
    <p class="note">
      They are not audited.${more > 0 ? ` The first ${MOST_REJECTED} of ${rejections.length}; report.json and report.xlsx list all.` : ''}
    </p>
    ${table<Rejection>(
      'Rows that could not be read',
      [
        { head: 'File', cell: ({ file, sheet }) => markup`${nameHtml(file)}${sheet === null ? '' : markup` [${nameHtml(sheet)}]`}` },
        { head: 'Row', isNumber: true, cell: ({ row }) => String(row) },
        { head: 'Column', cell: ({ column }) => nameHtml(column) },
        { head: 'Cell', cell: ({ cell }) => nameHtml(cell) },
        { head: 'What is wrong', cell: ({ message }) => nameHtml(message) },
      ],
      rejections.slice(0, MOST_REJECTED),
    )}`;
}

function memoryPart({ register, baseline }: Report): SafeHtml {
  const again =
    register === null || register.raisedAgain.length === 0
      ? ''
      : markup`<p class="alarm">Granted, and the invoice came without the credit:</p>
          <ul>
            ${register.raisedAgain.map(
              (one) =>
                markup`<li>
                  ${nameHtml(one.customerName)} · ${nameHtml(one.product)}
                  ${one.amount === null ? '' : amountHtml(one.amount, one.currency)}
                </li>`,
            )}
          </ul>`;
  return markup`${
    register === null
      ? ''
      : markup`<h3>Claims register</h3>
          <p>
            ${counted(register.newClaims, 'new claim')}, ${String(register.knownClaims)} known, ${String(register.resolved.length)}
            resolved, ${String(register.stillOpen.length)} still open from earlier months.
          </p>
          ${again}`
  }${
    baseline === null
      ? ''
      : markup`<h3>Baseline</h3>
          <p>
            ${counted(baseline.accepted, 'finding')} accepted and not listed, ${String(baseline.expired.length)} expired,
            ${String(baseline.stale.length)} stale.
          </p>`
  }`;
}

function optionsPart({ options }: Report): SafeHtml {
  const stated = Object.entries(options).map(
    ([name, value]) =>
      markup`<div>
        <dt>${name}</dt>
        <dd>${typeof value === 'string' ? value : JSON.stringify(value)}</dd>
      </div>`,
  );
  return stated.length === 0
    ? markup``
    : markup`<h3>Options</h3>
        <dl class="options">${stated}</dl>`;
}

function rulesPart({ rules, summary }: Report): SafeHtml {
  return markup`<h3>Rules</h3>
    ${Object.entries(rules).map(
      ([code, { title, severity, scope, docs, citations }]) =>
        markup`<details class="rule" id="rule-${code}">
          <summary>
            <span class="code">${code}</span> ${title} <small>${severity}, ${counted(summary.byRule[code] ?? 0, 'finding')}</small>
          </summary>
          <dl>
            <dt>What it checks</dt>
            <dd>${docs.checks}</dd>
            <dt>Why</dt>
            <dd>${docs.why}</dd>
            <dt>Example</dt>
            <dd>${docs.example}</dd>
            <dt>What to do</dt>
            <dd>${docs.remedy}</dd>
            <dt>Looks at</dt>
            <dd>${scope}</dd>
            <dt>Sources</dt>
            <dd>${citations.map((one) => markup`<p><cite>${one.title}</cite>${one.clause === '' ? '' : markup`<br />${one.clause}`}</p>`)}</dd>
          </dl>
        </details>`,
    )}`;
}
