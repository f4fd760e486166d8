import { deadlinesOf } from '../../domain/findings/deadlines.ts';
import { SEVERITIES } from '../../domain/findings/finding.ts';
import { incompleteExports } from '../../domain/invoices/incomplete-exports.ts';
import { Decimal, formatMoney, sum } from '../../domain/numbers/money.ts';
import type { CurrencyTotals, Report } from '../../domain/findings/report.ts';
import { groupedAmount } from '../grouped-amount.ts';
import { smallestListed } from '../not-listed.ts';
import { bar } from './bars.ts';
import { deadlineList } from './deadlines-section.ts';
import { markup, type SafeHtml } from './safe-html.ts';
import { amountHtml, counted, severitiesByRule, severityCount, SHAPES, total } from './words.ts';

const NEXT_DEADLINES = 5;

/** The first screen: what was audited, the money by currency, findings by rule and severity, and what expires next. */
export function overviewSection(report: Report): SafeHtml {
  return markup`<header class="masthead">
      <p class="tool">${report.tool.name} ${report.tool.version}</p>
      <h1>Audit of CSP reconciliation files</h1>
      <p class="facts">${factsOf(report)}</p>
      ${incompleteNote(report)}
      ${report.rejections.length === 0 ? '' : markup`<p class="alarm"><strong>${counted(report.rejections.length, 'row')} could not be read</strong> and ${report.rejections.length === 1 ? 'is' : 'are'} not audited: <a href="#rejected">see which</a>.</p>`}
    </header>
      <section class="overview" aria-labelledby="overview-title">
        <h2 id="overview-title" class="unseen">At a glance</h2>
        <div class="left">
          <div class="money">
            ${report.totals.length === 0 ? markup`<p class="none">No line was audited.</p>` : report.totals.map((one) => moneyCard(report, one))}
          </div>
          <div class="panel next">${nextDeadlines(report)}</div>
        </div>
        <div class="panel by-rule">${findingsByRule(report)}</div>
      </section>`;
}

function incompleteNote(report: Report): SafeHtml {
  const incomplete = incompleteExports(report);
  if (incomplete.length === 0) return markup``;
  const lacks = incomplete.flatMap(({ path, lacks }) => (lacks ?? []).map((lack) => markup` ${path}: ${lack}`));
  return markup`<p class="alarm"><strong>Not the whole export.</strong> All figures are of the parts that were given.${lacks}</p>`;
}

function factsOf(report: Report): SafeHtml {
  const audited = report.inputs.filter(({ role }) => role === 'audited');
  const context = report.inputs.filter(({ role }) => role === 'context');
  const lines = (inputs: Report['inputs']): number => inputs.reduce((all, one) => all + one.lines, 0);
  const facts = [
    markup`As of <time datetime="${report.asOf}"><strong>${report.asOf}</strong></time>`,
    markup`<strong>${counted(lines(audited), 'line')}</strong> audited from ${counted(audited.length, 'file')}`,
    ...(context.length === 0 ? [] : [markup`${counted(lines(context), 'line')} of ${counted(context.length, 'file')} as history`]),
    ...(report.options['redact'] === true ? [markup`<strong class="badge">Redacted: names stand as pseudonyms</strong>`] : []),
  ];
  return markup`${facts.map((fact, index) => (index === 0 ? fact : markup`<span class="dot" aria-hidden="true"> · </span>${fact}`))}`;
}

function moneyCard(report: Report, totals: CurrencyTotals): SafeHtml {
  const { currency } = totals;
  return markup`<div class="card">
    <h3>${currency}</h3>
    <dl>
      <div class="figure owed">
        <dt>Owed to you <small>discrepancies</small></dt>
        <dd>${amountHtml(totals.discrepancies, currency)}</dd>
        ${netOf(report, currency)}
        ${notListed(report, totals, 'discrepancies')}
      </div>
      <div class="figure claimable">
        <dt>At stake <small>claims to be made</small></dt>
        <dd>${amountHtml(totals.claims, currency)}</dd>
        ${notListed(report, totals, 'claims')}
      </div>
      <div class="aside">
        <dt>Billed before tax</dt>
        <dd>${amountHtml(totals.billed)}</dd>
      </div>
      <div class="aside">
        <dt>of which credits</dt>
        <dd>${amountHtml(totals.creditsBilled)}</dd>
      </div>
      <div class="aside">
        <dt>Lines audited</dt>
        <dd><span class="num">${groupedAmount(String(totals.lines))}</span> <small class="line">${groupedAmount(String(totals.recalculated))} recalculated</small></dd>
      </div>
    </dl>
  </div>`;
}

/** Where the bill is too low as well, the net figure alone would hide it. */
function netOf({ findings }: Report, currency: string): SafeHtml {
  const differences = findings
    .filter((one) => one.kind === 'discrepancy' && one.currency === currency && one.difference !== null)
    .map((one) => new Decimal(one.difference ?? '0'));
  const low = differences.filter((one) => one.isNegative() && !one.isZero());
  if (low.length === 0) return markup``;
  const high = differences.filter((one) => !one.isNegative());
  return markup`<dd class="net">
    net of ${amountHtml(formatMoney(sum(high), currency))} billed too high and ${amountHtml(formatMoney(sum(low), currency))} billed too low
  </dd>`;
}

/** What the smallest amount leaves out of the figure above. */
function notListed(report: Report, { currency, notListed: left }: CurrencyTotals, kind: 'discrepancies' | 'claims'): SafeHtml {
  if (left === undefined || new Decimal(left[kind]).isZero()) return markup``;
  const below = smallestListed(report);
  return markup`<dd class="net">
    without ${amountHtml(left[kind], currency)} in findings ${below === null ? 'below the smallest amount' : `below ${below}`}, which are not listed
  </dd>`;
}

function findingsByRule(report: Report): SafeHtml {
  const { bySeverity, belowMinAmount } = report.summary;
  const all = total(bySeverity);
  const hidden =
    belowMinAmount === 0
      ? ''
      : markup` <small>${counted(belowMinAmount, 'more finding')} below the smallest amount listed${smallestListed(report) === null ? '' : `, ${smallestListed(report) ?? ''}`}</small>`;
  if (all === 0)
    return markup`<h3>Findings</h3>
      <p class="none">None.${hidden}</p>`;
  const rules = [...severitiesByRule(report)];
  const most = Math.max(...rules.map(([, counts]) => total(counts)));
  const legend = SEVERITIES.map(
    (severity) =>
      markup`<a class="severity ${severity}" href="#severity=${severity}"
        ><span aria-hidden="true">${SHAPES[severity]}</span> ${severityCount(severity, bySeverity[severity])}</a
      >`,
  );
  return markup`<h3>Findings</h3>
    <p class="legend">${legend}${hidden}</p>
    <table class="bars">
      <caption class="unseen">
        Findings by rule and severity
      </caption>
      <thead class="unseen">
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">Findings</th>
          <th scope="col">Bar</th>
        </tr>
      </thead>
      <tbody>
        ${rules.map(
          ([code, counts]) =>
            markup`<tr>
              <th scope="row">
                <a href="#rule=${code}"><span class="code">${code}</span> ${report.rules[code]?.title ?? ''}</a>
              </th>
              <td class="count">
                <span class="num">${String(total(counts))}</span
                ><span class="unseen">
                  (${SEVERITIES.filter((one) => counts[one] > 0)
                    .map((one) => severityCount(one, counts[one]))
                    .join(', ')})</span
                >
              </td>
              <td class="drawn">${bar(SEVERITIES.map((severity) => ({ kind: severity, percent: (counts[severity] / most) * 100 })))}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function nextDeadlines(report: Report): SafeHtml {
  const deadlines = deadlinesOf(report);
  const more = deadlines.length - NEXT_DEADLINES;
  return markup`<h3>Expires next</h3>
    ${
      deadlines.length === 0
        ? markup`<p class="none">Nothing can be cancelled or claimed, or is to be paid, on ${report.asOf}.</p>`
        : markup`${deadlineList(deadlines.slice(0, NEXT_DEADLINES))}${more > 0 ? markup`<p class="more"><a href="#deadlines">${counted(more, 'more deadline')}</a></p>` : ''}`
    }`;
}
