'use strict';
// One deposit: arrows between tabs, what the pointer is on, and the ledger that points at message and resource.
(() => {
  const tabs = [...document.querySelectorAll('[role="tab"]')];
  tabs.forEach((tab, place) => tab.addEventListener('keydown', event => {
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    tabs[next % tabs.length].focus();
    sessionStorage.setItem('tab-focus', '1');
    location.assign(tabs[next % tabs.length].href);
  }));
  if (sessionStorage.getItem('tab-focus')) {
    sessionStorage.removeItem('tab-focus');
    document.querySelector('[role="tab"][aria-selected="true"]')?.focus();
  }

  const plain = event => !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest('input, textarea, select, dialog');
  document.addEventListener('keydown', event => {
    if (!plain(event)) return;
    const link = event.key === '[' ? document.querySelector('[data-newer]') : event.key === ']' ? document.querySelector('[data-older]') : null;
    if (link) location.assign(link.href);
  });

  const tell = (status, field) => {
    const cut = field ? field.title.indexOf(' ') : -1;
    status.textContent = '';
    if (!field) { status.textContent = status.dataset.hint; return; }
    const label = document.createElement('b');
    label.textContent = cut < 0 ? field.title : field.title.slice(0, cut);
    status.append(label, cut < 0 ? '' : field.title.slice(cut + 1));
  };
  document.querySelectorAll('.message').forEach(message => {
    const status = message.querySelector('[data-status]');
    message.addEventListener('pointerover', event => { const field = event.target.closest('[data-k]'); if (field) tell(status, field); });
    message.addEventListener('pointerleave', () => tell(status, message.querySelector('.hit')));
  });

  const linked = document.querySelector('[data-linked]');
  if (!linked) return;
  const rows = [...linked.querySelectorAll('#ledger tbody tr')];
  const fields = [...linked.querySelectorAll('.raw [data-k]')];
  const values = [...linked.querySelectorAll('[data-p]')];
  const status = linked.querySelector('[data-status]');
  let at = null;

  // A ledger row may name a whole field where the message has components, and the other way round.
  const covers = (outer, inner) => {
    const trim = key => key.replace(/(\.1)+$/, '');
    return outer === inner || inner.startsWith(`${trim(outer)}.`) && trim(outer).split('.').length >= 3;
  };
  const fieldsOf = key => {
    const exact = fields.filter(field => field.dataset.k === key);
    return exact.length ? exact : fields.filter(field => covers(key, field.dataset.k));
  };

  const within = (pane, part) => {
    const box = pane.getBoundingClientRect(), place = part.getBoundingClientRect();
    if (place.top < box.top + 40 || place.bottom > box.bottom - 8) pane.scrollTop += place.top - box.top - box.height / 3;
  };

  const choose = (row, focus) => {
    if (!row) return;
    linked.querySelectorAll('.hit').forEach(part => part.classList.remove('hit'));
    if (at) at.classList.remove('at');
    at = row;
    row.classList.add('at');
    if (focus) row.focus({ preventScroll: true });
    within(linked.querySelector('.ledger'), row);
    const marked = fieldsOf(row.dataset.k);
    marked.forEach(field => field.classList.add('hit'));
    if (marked[0]) { within(linked.querySelector('.message'), marked[0]); tell(status, marked[0]); }
    const paths = row.dataset.paths ? row.dataset.paths.split(' ') : [];
    const shown = values.filter(value => paths.includes(value.dataset.p));
    shown.forEach(value => {
      for (let parent = value.parentElement.closest('details'); parent; parent = parent.parentElement.closest('details')) parent.open = true;
      (value.tagName === 'DETAILS' ? value.firstElementChild : value).classList.add('hit');
    });
    if (shown[0]) within(document.getElementById('fhir-linked'), shown[0]);
  };

  linked.addEventListener('click', event => {
    const row = event.target.closest('#ledger tbody tr');
    if (row) { choose(row, true); return; }
    const field = event.target.closest('.raw [data-k]');
    if (field) { choose(rows.find(one => one.dataset.k === field.dataset.k) ?? rows.find(one => covers(one.dataset.k, field.dataset.k)), false); return; }
    const value = event.target.closest('.json [data-p]');
    if (value && !event.target.closest('summary')) choose(rows.find(one => one.dataset.paths.split(' ').includes(value.dataset.p)), false);
  });
  document.addEventListener('keydown', event => {
    if (!plain(event) || (event.key !== 'j' && event.key !== 'k')) return;
    event.preventDefault();
    const visible = rows.filter(row => !row.hidden);
    const place = visible.indexOf(at);
    choose(visible[event.key === 'j' ? Math.min(place + 1, visible.length - 1) : Math.max(place - 1, 0)], true);
  });
  choose(rows.find(row => row.dataset.paths) ?? rows[0], false);
})();
