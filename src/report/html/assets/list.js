/**
 * @typedef {object} View What the reader has asked for.
 * @property {string} words
 * @property {Readonly<Record<string, string>>} wanted A value by key of the finding; '' is any.
 * @property {string} sortKey '' is the order of the report.
 * @property {boolean} isDescending
 * @property {number} pageNumber From 0.
 * @property {number} pageSize
 */

/** @type {View} */
const INITIAL = { words: '', wanted: {}, sortKey: '', isDescending: false, pageNumber: 0, pageSize: 50 };
/** What paper bears; who prints more has the workbook. */
const MOST_PRINTED = 2000;

let view = INITIAL;
/** The places of the findings that the view shows, in its order. @type {readonly number[]} */
let shown = [];
/** Fingerprints of the findings whose proof is open. @type {Set<string>} */
const opened = new Set();

/** What the search looks through, made when it is first used. @type {string[]} */
const haystacks = [];

/** @param {number} place */
function haystack(place) {
  const finding = page.findings[place];
  if (finding === undefined) return '';
  const { rule, name, message, customerName, customerId, product, subscriptionId, orderId, invoiceNumber, fingerprint, chargeType } =
    finding;
  const { billed, expected, difference, currency, deadline } = finding;
  haystacks[place] ??= [
    ...[rule, name, message, customerName, customerId, product, subscriptionId, orderId, invoiceNumber, fingerprint, chargeType],
    // As they are shown, and as they stand in the other formats.
    ...[billed, expected, difference].flatMap((amount) => (amount === null ? [] : [grouped(amount), amount])),
    ...[currency, deadline ?? ''],
    ...evidenceTexts(finding).map((one) => one.place),
  ]
    .join('\n')
    .toLowerCase();
  return haystacks[place];
}

/** @param {number} place */
function isWanted(place) {
  const finding = page.findings[place];
  if (finding === undefined) return false;
  const facts = /** @type {Readonly<Record<string, unknown>>} */ (/** @type {unknown} */ (finding));
  if (Object.entries(view.wanted).some(([key, value]) => value !== '' && facts[key] !== value)) return false;
  const words = view.words.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => haystack(place).includes(word));
}

/**
 * What a finding is sorted by: amounts of one currency stand together, for those of two cannot be compared; what a finding lacks comes last.
 * @param {Finding} finding @param {string} key
 * @returns {readonly [group: string, value: string | bigint | null]}
 */
function sortValue(finding, key) {
  if (key === 'billed' || key === 'expected' || key === 'difference') {
    const amount = finding[key];
    return [finding.currency, amount === null ? null : scaled(amount)];
  }
  if (key === 'severity') return ['', SEVERITY_ORDER[finding.severity]];
  if (key === 'customerName') return ['', customerOf(finding).toLowerCase()];
  const text = /** @type {Readonly<Record<string, unknown>>} */ (/** @type {unknown} */ (finding))[key];
  return ['', typeof text === 'string' ? text.toLowerCase() : null];
}

/** @param {readonly number[]} found */
function sorted(found) {
  const { sortKey, isDescending } = view;
  if (sortKey === '') return found;
  const keyed = found.flatMap((place) => {
    const finding = page.findings[place];
    return finding === undefined ? [] : [{ place, value: sortValue(finding, sortKey) }];
  });
  keyed.sort(({ place: placeA, value: [groupA, a] }, { place: placeB, value: [groupB, b] }) => {
    if (a === null || b === null) return a === b ? placeA - placeB : a === null ? 1 : -1;
    if (groupA !== groupB) return groupA < groupB ? -1 : 1;
    if (a === b) return placeA - placeB;
    return a < b === isDescending ? 1 : -1;
  });
  return keyed.map(({ place }) => place);
}

function pageCount() {
  return Math.max(1, Math.ceil(shown.length / view.pageSize));
}

/** The sums of what is listed, currencies and kinds apart. @param {readonly number[]} found */
function sumTexts(found) {
  const findings = found.flatMap((place) => page.findings[place] ?? []);
  return page.currencies.flatMap((currency) =>
    ['discrepancy', 'claim'].flatMap((kind) => {
      const amounts = findings.flatMap((one) =>
        one.kind === kind && one.currency === currency && one.difference !== null ? one.difference : [],
      );
      return amounts.length === 0 ? [] : [`${kind === 'claim' ? 'claims' : 'discrepancies'} ${grouped(sumOf(amounts))} ${currency}`];
    }),
  );
}

/** @param {Finding} finding @param {string} id */
function toggler(finding, id) {
  const isOpen = opened.has(finding.fingerprint);
  const button = make(
    'button',
    { type: 'button', class: 'toggle', 'aria-expanded': String(isOpen), 'data-fingerprint': finding.fingerprint },
    make('span', { class: 'code' }, finding.rule),
    make('span', { class: 'unseen' }, ` ${finding.name}, proof`),
  );
  if (isOpen) button.setAttribute('aria-controls', id);
  return button;
}

/** @param {string} label @param {string} className @param {...(Node | string)} children */
function tableCell(label, className, ...children) {
  return make('td', { role: 'cell', class: className, 'data-label': label }, make('div', {}, ...children));
}

/** The row of a finding, and below it its proof where that is open. @param {Finding} finding */
function rowsOf(finding) {
  const { severity, message, product, billed, expected, difference, currency, deadline, status, fingerprint } = finding;
  const proofId = `proof-${fingerprint}`;
  const isOpen = opened.has(fingerprint);
  const badge = make('span', { class: `severity ${severity}` }, make('span', { 'aria-hidden': 'true' }, SHAPES[severity]), ` ${severity}`);
  const row = make(
    'tr',
    { role: 'row', id: fingerprint, class: isOpen ? 'finding open' : 'finding' },
    tableCell('Severity', '', badge),
    tableCell('Rule', '', toggler(finding, proofId)),
    tableCell('Customer', '', make('bdi', { class: 'name' }, customerOf(finding)), make('bdi', { class: 'product' }, product)),
    tableCell('Found', 'message', make('bdi', {}, message)),
    tableCell('Billed', 'amount', amountNode(billed)),
    tableCell('Expected', 'amount', amountNode(expected)),
    tableCell('Difference', 'amount strong', amountNode(difference, currency)),
    tableCell('Deadline', 'day', deadline ?? ''),
    tableCell('Status', '', status),
  );
  if (!isOpen) return [row];
  const proof = make('tr', { role: 'row', class: 'proof-row', id: proofId }, make('td', { role: 'cell', colspan: '9' }, proofOf(finding)));
  return [row, proof];
}

/** @param {number} from @param {number} count */
function drawRows(from, count) {
  const findings = shown.slice(from, from + count).flatMap((place) => page.findings[place] ?? []);
  byId('rows').replaceChildren(...findings.flatMap(rowsOf));
}

/** Filters and sorts anew, then draws the page of the table. @param {Partial<View>} change */
function show(change) {
  view = { ...view, ...change };
  const found = page.findings.flatMap((_, place) => (isWanted(place) ? [place] : []));
  shown = sorted(found);
  const sums = sumTexts(found);
  const all = page.findings.length;
  const count =
    found.length === all ? `${grouped(String(all))} findings` : `${grouped(String(found.length))} of ${grouped(String(all))} findings`;
  byId('result').textContent = [count, ...sums].join(' · ');
  draw();
}

/** Draws the page of the table that the view names. */
function draw() {
  const { pageSize, sortKey, isDescending } = view;
  const pageNumber = Math.min(view.pageNumber, pageCount() - 1);
  view = { ...view, pageNumber };
  drawRows(pageNumber * pageSize, pageSize);
  byId('page-text').textContent = `Page ${pageNumber + 1} of ${pageCount()}`;
  byId('previous').toggleAttribute('disabled', pageNumber === 0);
  byId('next').toggleAttribute('disabled', pageNumber >= pageCount() - 1);
  for (const head of document.querySelectorAll('th[data-key]')) {
    const isSorted = head.getAttribute('data-key') === sortKey;
    head.setAttribute('aria-sort', !isSorted ? 'none' : isDescending ? 'descending' : 'ascending');
  }
}
