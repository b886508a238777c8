'use strict';
// Fetches the page anew every two seconds and puts its moving parts in, so that work is seen to go on. A part that no longer moves is left alone from then on.
(() => {
  const refresh = async () => {
    const moving = [...document.querySelectorAll('[data-refresh]')];
    if (document.hidden || moving.length === 0) return;
    const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html', 'X-Refresh': '1' } });
    // The session is over: what is shown goes with it.
    if (answer.redirected) { location.reload(); return; }
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    moving.forEach(shown => {
      const next = page.getElementById(shown.id);
      if (next && next.outerHTML !== shown.outerHTML) shown.replaceWith(next);
    });
  };
  setInterval(() => refresh().catch(() => { /* The hub restarts: asked again. */ }), 2000);
})();
