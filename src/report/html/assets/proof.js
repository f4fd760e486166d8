/**
 * @param {string} title
 * @param {...(Node | string)} children
 */
function proofPart(title, ...children) {
  return make('div', {}, make('h3', {}, title), ...children);
}

/** @param {readonly (readonly [string, Node | string])[]} pairs @param {string} className */
function definitions(pairs, className) {
  return make('dl', { class: className }, ...pairs.map(([term, value]) => make('div', {}, make('dt', {}, term), make('dd', {}, value))));
}

/** @param {Finding} finding */
function figuresPart(finding) {
  const { billed, expected, difference, lowest, highest, currency } = finding;
  if (billed === null) return proofPart('Figures', make('p', {}, 'None: the finding is no amount.'));
  const row = (/** @type {string} */ name, /** @type {string | null} */ amount, className = '') =>
    amount === null
      ? []
      : [make('tr', { class: className }, make('th', { scope: 'row' }, name), make('td', {}, amountNode(amount, currency)))];
  return proofPart(
    'Figures',
    make(
      'table',
      { class: 'figures' },
      make(
        'tbody',
        {},
        ...row('billed', billed),
        ...row('expected', expected),
        ...row('difference', difference, 'result'),
        ...row('lowest published', lowest),
        ...row('highest published', highest),
      ),
    ),
  );
}

/** @param {Finding} finding */
function sourcesPart({ citations, parametersUsed }) {
  const clauses = citations.flatMap((place) => page.sources[place] ?? []);
  const figures = parametersUsed.flatMap((place) => page.figures[place] ?? []);
  const items = [
    ...clauses.map(({ title, clause }) => make('li', {}, make('cite', {}, title), ...(clause === '' ? [] : [make('br', {}), clause]))),
    ...figures.map(({ id, since, value }) => make('li', {}, make('code', {}, id), `: ${value}, in force since ${since}`)),
  ];
  return proofPart('Clauses and policy figures', items.length === 0 ? make('p', {}, 'None.') : make('ul', {}, ...items));
}

/** @param {Finding} finding */
function nextPart({ nextAction, deadline, costPerDay, currency }) {
  const cost = costPerDay === null ? '' : `, each further day costs ${grouped(costPerDay)} ${currency}`;
  const until = deadline === null ? [] : [make('p', { class: 'until' }, 'Deadline ', make('time', { datetime: deadline }, deadline), cost)];
  const part = proofPart('What to do next', make('p', {}, nextAction), ...until);
  part.className = 'todo';
  return part;
}

/** @param {Finding} finding */
function factsPart(finding) {
  const { chargeType, firstDay, lastDay, invoiceNumber, subscriptionId, orderId, customerId, fingerprint, confidence, kind, product } =
    finding;
  const texts = /** @type {const} */ ([
    ['Kind', `${kind}, ${confidence}`],
    ['Customer', customerOf(finding)],
    ['Customer ID', customerId],
    ['Product', product],
    ['Charge', chargeType],
    ['Period', firstDay === null && lastDay === null ? '' : `${firstDay ?? '?'} to ${lastDay ?? '?'}`],
    ['Invoice', invoiceNumber],
    ['Subscription', subscriptionId],
    ['Order', orderId],
  ]);
  const pairs = texts.flatMap(([term, text]) => (text === '' ? [] : [/** @type {const} */ ([term, make('bdi', {}, text)])]));
  const link = make('a', { href: `#${fingerprint}` }, fingerprint);
  return definitions([...pairs, ['Fingerprint', link]], 'facts');
}

/**
 * The whole proof of a finding: figures, the formula with its numbers, rows of evidence, clauses with their dates, what to do.
 * @param {Finding} finding
 */
function proofOf(finding) {
  const { rule, message, working } = finding;
  const steps = working.map((step) => make('li', {}, make('bdi', {}, step)));
  const rows = evidenceTexts(finding).map(({ place, label }) =>
    make('li', {}, make('code', {}, make('bdi', {}, place)), ' ', make('bdi', {}, label)),
  );
  return make(
    'div',
    { class: 'proof', role: 'group', 'aria-label': `Proof of ${rule}, ${customerOf(finding)}` },
    make('p', { class: 'statement' }, make('bdi', {}, message)),
    make(
      'div',
      { class: 'parts' },
      figuresPart(finding),
      nextPart(finding),
      proofPart('Working', steps.length === 0 ? make('p', {}, 'None.') : make('ol', { class: 'working' }, ...steps)),
      proofPart('Rows of evidence', make('ul', {}, ...rows)),
      sourcesPart(finding),
      proofPart(
        'The charge',
        factsPart(finding),
        make('p', {}, make('a', { href: `#rule-${rule}` }, `About rule ${rule}: ${page.titles[rule] ?? ''}`)),
      ),
    ),
  );
}
