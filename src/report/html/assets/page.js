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

/** The address that set the filter; '' where the reader set it by hand, or nobody did. */
let filterAddress = '';
/** A link of this page has been clicked and its address not yet followed: what changes the address else is Back, Forward, or typing. */
let isLinkClicked = false;

/** Names what is in sight in the address, without a step that Back would have to undo. @param {string} hash '' for none */
function putAddress(hash) {
  history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
}

/** What the reader sets by hand is no longer what the address says; a link to the same filter must lead there again. */
function changedByHand() {
  filterAddress = '';
  if (/^#(rule|severity)=/.test(location.hash)) putAddress('');
  showControls();
}

function clearFilters() {
  filterAddress = '';
  /** @type {HTMLFormElement} */ (byId('controls')).reset();
}

/** An open proof is what the address names, so that it can be passed on, and Back from what it links to leads to it. @param {string} fingerprint */
function toggle(fingerprint) {
  if (opened.delete(fingerprint)) {
    if (location.hash === `#${fingerprint}`) putAddress(filterAddress);
  } else {
    opened.add(fingerprint);
    putAddress(`#${fingerprint}`);
  }
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
    clearFilters();
    showControls();
  }
  view = { ...view, pageNumber: Math.floor(shown.indexOf(place) / view.pageSize) };
  draw();
  byId(fingerprint).scrollIntoView({ block: 'start' });
  focusOn(fingerprint);
}

/**
 * An address names a finding, or a filter (`#rule=AR01`, `#severity=error`). Where Back leads to one that names neither, the filter that an
 * address set goes with it; a link from a filtered list to a rule's text leaves it.
 */
function followAddress() {
  const target = decodeURIComponent(location.hash.slice(1));
  const isTravelled = !isLinkClicked;
  isLinkClicked = false;
  const place = places.get(target);
  if (place !== undefined) {
    reveal(place, target);
    return;
  }
  const [, key = '', value = ''] = /^(rule|severity)=(.+)$/.exec(target) ?? [];
  if (key !== '') {
    clearFilters();
    filterAddress = location.hash;
    control(`filter-${key}`).value = value;
    showControls();
    byId('findings').scrollIntoView({ block: 'start' });
    control(`filter-${key}`).focus({ preventScroll: true });
    return;
  }
  if (filterAddress === '' || !isTravelled) return;
  clearFilters();
  showControls();
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
    pause = setTimeout(changedByHand, TYPING_PAUSE);
  });
  for (const id of [...Object.keys(FILTERS), 'sort']) byId(id).addEventListener('change', changedByHand);
  byId('controls').addEventListener('submit', (event) => {
    event.preventDefault();
    changedByHand();
  });
  // The form is empty only after the event.
  document.querySelector('#controls [type=reset]')?.addEventListener('click', () => setTimeout(changedByHand));
  document.addEventListener('click', ({ target }) => {
    isLinkClicked = target instanceof Element && target.closest('a[href^="#"]') !== null;
  });
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
    const isCut = shown.length > MOST_PRINTED;
    const note = isCut ? `The first ${grouped(String(MOST_PRINTED))} of ${grouped(String(shown.length))} findings are printed.` : '';
    byId('page-text').textContent = note;
    // Whoever reads the first page must not take it for the beginning of all.
    byId('print-note').textContent = note;
    byId('print-note').toggleAttribute('hidden', !isCut);
  });
  addEventListener('afterprint', () => {
    byId('print-note').toggleAttribute('hidden', true);
    draw();
  });
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
