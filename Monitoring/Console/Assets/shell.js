'use strict';
// Keys, help, clock, folding and finding: what every page shares. Each page works without it.
(() => {
  const byId = id => document.getElementById(id);
  const help = byId('help');
  const typing = target => target.closest('input, textarea, select, [contenteditable]');

  document.querySelectorAll('[data-needs-script], [data-help]').forEach(part => { part.hidden = false; });
  document.querySelectorAll('[data-help]').forEach(button => button.addEventListener('click', () => help.showModal()));

  let awaitingPlace = 0;
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (typing(event.target)) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    if (event.timeStamp - awaitingPlace < 1200) {
      awaitingPlace = 0;
      const place = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (place) { event.preventDefault(); location.assign(place.href); return; }
    }
    switch (event.key) {
      case '?': help.showModal(); break;
      case '/': {
        const search = byId('search');
        if (!search) return;
        search.focus();
        search.select();
        break;
      }
      case 'g': awaitingPlace = event.timeStamp; break;
      default: return;
    }
    event.preventDefault();
  });

  const clock = document.querySelector('[data-clock] time');
  if (clock) {
    const skew = new Date(clock.dateTime).getTime() - Date.now();
    const shown = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Hong_Kong', hour: '2-digit', minute: '2-digit', second: '2-digit' });
    setInterval(() => {
      const now = new Date(Date.now() + skew);
      clock.textContent = shown.format(now);
      clock.title = now.toISOString().replace('T', ' ').replace('Z', ' UTC');
    }, 1000);
  }

  const fold = (selector, open) => document.querySelectorAll(`${selector} details`).forEach(part => { part.open = open; });
  document.querySelectorAll('[data-open-all]').forEach(button => button.addEventListener('click', () => fold(button.dataset.openAll, true)));
  document.querySelectorAll('[data-close-all]').forEach(button => button.addEventListener('click', () => fold(button.dataset.closeAll, false)));

  // What was typed into a form is not lost to a switch or a link without a question.
  document.querySelectorAll('form[data-typed]').forEach(form => {
    let sent = false;
    const changed = field => field.type === 'radio' || field.type === 'checkbox' ? field.checked !== field.defaultChecked : 'defaultValue' in field && field.value !== field.defaultValue;
    form.addEventListener('submit', () => { sent = true; });
    addEventListener('beforeunload', event => {
      if (!sent && (form.dataset.typed === 'before' || [...form.elements].some(changed))) event.preventDefault();
    });
  });

  // Finding within the page: lines that do not hold the words are hidden; in a tree their ancestors stay.
  document.querySelectorAll('[data-find]').forEach(input => input.addEventListener('input', () => {
    const words = input.value.trim().toLowerCase();
    const lines = [...document.querySelectorAll(input.dataset.find)];
    lines.forEach(line => { line.hidden = words !== '' && !line.textContent.toLowerCase().includes(words); });
    if (words === '') return;
    lines.filter(line => !line.hidden).forEach(line => {
      for (let parent = line.closest('details'); parent; parent = parent.parentElement.closest('details')) {
        parent.open = true;
        parent.firstElementChild.hidden = false;
      }
    });
  }));
})();
