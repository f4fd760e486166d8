/**
 * @typedef {object} Finding A finding of report.json; its sources and policy figures are places in the lists of the page.
 * @property {string} rule
 * @property {string} name
 * @property {string} kind
 * @property {'error' | 'warning' | 'info'} severity
 * @property {string} message
 * @property {string} customerId
 * @property {string} customerName
 * @property {string} subscriptionId
 * @property {string} orderId
 * @property {string} product
 * @property {string} invoiceNumber
 * @property {string} chargeType
 * @property {string | null} firstDay
 * @property {string | null} lastDay
 * @property {readonly { file: string, sheet: string | null, row: number, label: string }[]} evidence
 * @property {string | null} billed
 * @property {string | null} expected
 * @property {string | null} lowest
 * @property {string | null} highest
 * @property {string | null} difference
 * @property {string} currency
 * @property {readonly string[]} working
 * @property {string} confidence
 * @property {string | null} deadline
 * @property {string | null} costPerDay
 * @property {string} nextAction
 * @property {readonly number[]} citations
 * @property {readonly number[]} parametersUsed
 * @property {string} fingerprint
 * @property {string} status
 */

/**
 * @typedef {object} PageData
 * @property {readonly string[]} currencies
 * @property {Readonly<Record<string, string>>} titles
 * @property {readonly Finding[]} findings
 * @property {readonly { title: string, clause: string }[]} sources
 * @property {readonly { id: string, since: string, value: string }[]} figures
 */

/** @param {string} id */
function byId(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no ${id}`);
  return element;
}

/** @type {unknown} */
const parsed = JSON.parse(byId('data').textContent);
const page = /** @type {PageData} */ (parsed);
const places = new Map(page.findings.map((finding, place) => [finding.fingerprint, place]));

const SHAPES = { error: '◆', warning: '▲', info: '●' };
const SEVERITY_ORDER = { error: '0', warning: '1', info: '2' };

/**
 * An element with its children; texts go in as texts, never as markup.
 * @param {string} tag
 * @param {Readonly<Record<string, string>>} attributes
 * @param {...(Node | string)} children
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** @param {string} amount */
function grouped(amount) {
  return amount.replace(/^(-?\d+)/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','));
}

/** @param {Finding} finding */
function customerOf({ customerName, customerId, invoiceNumber }) {
  if (customerName !== '') return customerName;
  return customerId !== '' || invoiceNumber === '' ? customerId : `invoice ${invoiceNumber}`;
}

/** @param {Finding} finding */
function evidenceTexts({ evidence }) {
  return evidence.map(({ file, sheet, row, label }) => ({ place: `${file}${sheet === null ? '' : `[${sheet}]`}:${row}`, label }));
}

/**
 * The digits of a decimal before and after its mark: exact, as money is nowhere a float.
 * @param {string} amount
 */
function scaled(amount) {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const units = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return amount.startsWith('-') ? -units : units;
}

const SCALE = Math.max(
  0,
  ...page.findings.flatMap(({ billed, expected, difference }) =>
    [billed, expected, difference].map((amount) => (amount?.split('.')[1] ?? '').length),
  ),
);

/**
 * The sum of some amounts, with as many decimals as the one that has most.
 * @param {readonly string[]} amounts
 */
function sumOf(amounts) {
  const decimals = Math.max(0, ...amounts.map((amount) => (amount.split('.')[1] ?? '').length));
  const total = amounts.reduce((all, amount) => all + scaled(amount), 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(SCALE + 1, '0');
  const whole = digits.slice(0, digits.length - SCALE);
  const fraction = digits.slice(digits.length - SCALE).slice(0, decimals);
  return `${total < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** @param {string | null} amount @param {string} [currency] */
function amountNode(amount, currency) {
  if (amount === null) return make('span', { class: 'num nil' }, '–');
  const figure = make('span', { class: amount.startsWith('-') ? 'num below' : 'num' }, grouped(amount));
  return currency === undefined ? figure : make('span', {}, figure, ' ', make('span', { class: 'currency' }, currency));
}
