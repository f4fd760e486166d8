const FILTERS = /** @type {const} */ ({
  'filter-rule': 'rule',
  'filter-severity': 'severity',
  'filter-kind': 'kind',
  'filter-customer': 'customerId',
  'filter-currency': 'currency',
  'filter-status': 'status',
});
const TYPING_PAUSE = 120;

/** @param {string} id */
function control(id) {
  return /** @type {HTMLSelectElement | HTMLInputElement} */ (byId(id));
}

/** Reads the controls into the view; every change starts at the first page. */
function showControls() {
  const sort = control('sort').value;
  show({
    words: control('search').value,
    wanted: Object.fromEntries(Object.entries(FILTERS).map(([id, key]) => [key, control(id).value])),
    sortKey: sort.replace(/^-/, ''),
    isDescending: sort.startsWith('-'),
    pageNumber: 0,
  });
}

/** Once up, once down, then the order of the report again. @param {string} key */
function sortBy(key) {
  const { value } = control('sort');
  control('sort').value = value === key ? `-${key}` : value === `-${key}` ? '' : key;
  showControls();
}

/** @param {string} fingerprint */
function toggle(fingerprint) {
  if (!opened.delete(fingerprint)) opened.add(fingerprint);
  draw();
  focusOn(fingerprint);
}

/** @param {string} fingerprint */
function focusOn(fingerprint) {
  const button = document.querySelector(`[data-fingerprint="${CSS.escape(fingerprint)}"]`);
  if (button instanceof HTMLElement) button.focus({ preventScroll: true });
}

/** Opens the proof of a finding wherever it stands: filters that hide it are cleared. @param {number} place @param {string} fingerprint */
function reveal(place, fingerprint) {
  opened.add(fingerprint);
  if (!shown.includes(place)) {
    /** @type {HTMLFormElement} */ (byId('controls')).reset();
    showControls();
  }
  view = { ...view, pageNumber: Math.floor(shown.indexOf(place) / view.pageSize) };
  draw();
  byId(fingerprint).scrollIntoView({ block: 'start' });
  focusOn(fingerprint);
}

/** An address names a finding, or a filter (`#rule=AR01`, `#severity=error`). */
function followAddress() {
  const target = decodeURIComponent(location.hash.slice(1));
  const place = places.get(target);
  if (place !== undefined) {
    reveal(place, target);
    return;
  }
  const [, key = '', value = ''] = /^(rule|severity)=(.+)$/.exec(target) ?? [];
  if (key !== '') {
    /** @type {HTMLFormElement} */ (byId('controls')).reset();
    control(`filter-${key}`).value = value;
    showControls();
    byId('findings').scrollIntoView({ block: 'start' });
    control(`filter-${key}`).focus({ preventScroll: true });
    return;
  }
}

/** Where an address leads to a rule, its text unfolds. */
function unfoldRule() {
  const rule = location.hash.startsWith('#rule-') ? document.getElementById(location.hash.slice(1)) : null;
  if (rule instanceof HTMLDetailsElement) rule.open = true;
}

/** A click anywhere on a row opens it, but for one that selects text or follows a link. @param {Event} event */
function clicked(event) {
  const target = /** @type {Element} */ (event.target);
  const row = target.closest('tr.finding');
  if (row === null || target.closest('a') !== null || String(getSelection()) !== '') return;
  toggle(row.id);
}

/** @param {number} step */
function turn(step) {
  view = { ...view, pageNumber: Math.max(0, view.pageNumber + step) };
  draw();
  byId('result').scrollIntoView({ block: 'start' });
}

function wire() {
  let pause = 0;
  byId('search').addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(showControls, TYPING_PAUSE);
  });
  for (const id of [...Object.keys(FILTERS), 'sort']) byId(id).addEventListener('change', showControls);
  byId('controls').addEventListener('submit', (event) => {
    event.preventDefault();
    showControls();
  });
  // The form is empty only after the event.
  byId('controls').addEventListener('reset', () => setTimeout(showControls));
  for (const head of document.querySelectorAll('th[data-key]')) {
    head.querySelector('button')?.addEventListener('click', () => {
      sortBy(head.getAttribute('data-key') ?? '');
    });
  }
  byId('rows').addEventListener('click', clicked);
  byId('previous').addEventListener('click', () => {
    turn(-1);
  });
  byId('next').addEventListener('click', () => {
    turn(1);
  });
  byId('page-size').addEventListener('change', () => {
    view = { ...view, pageSize: Number(control('page-size').value), pageNumber: 0 };
    draw();
  });
  addEventListener('hashchange', followAddress);
  addEventListener('beforeprint', () => {
    drawRows(0, MOST_PRINTED);
    byId('page-text').textContent = shown.length > MOST_PRINTED ? `The first ${MOST_PRINTED} of ${shown.length} findings are printed.` : '';
  });
  addEventListener('afterprint', draw);
}

// A report without findings has no table.
if (page.findings.length > 0) {
  wire();
  showControls();
  // The browser itself goes to the address once the page is loaded, and takes the focus with it: ours comes after.
  addEventListener('load', () => setTimeout(followAddress));
}
addEventListener('hashchange', unfoldRule);
unfoldRule();
