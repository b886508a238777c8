'use strict';
// j and k move through the rows of the page's tables; Enter or a click opens the row's link.
(() => {
  const rows = () => [...document.querySelectorAll('[data-rows] tbody tr')].filter(row => !row.hidden);
  let at = null;

  const choose = row => {
    if (!row) return;
    if (at) at.classList.remove('at');
    at = row;
    row.classList.add('at');
    const link = row.querySelector('[data-open]');
    if (link) link.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  };

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog')) return;
    const all = rows();
    const place = all.indexOf(at);
    if (event.key === 'j') choose(all[Math.min(place + 1, all.length - 1)]);
    else if (event.key === 'k') choose(all[Math.max(place - 1, 0)]);
    else return;
    event.preventDefault();
  });

  document.addEventListener('click', event => {
    if (event.target.closest('a, button, input, select') || !getSelection().isCollapsed) return;
    const link = event.target.closest('[data-rows] tbody tr')?.querySelector('[data-open]');
    if (link) link.click();
  });
})();
