'use strict';
// Fetches the table anew every two seconds, so that a file in work is seen to go on.
(() => {
  const refresh = async () => {
    if (document.hidden) return;
    const shown = document.getElementById('uploads');
    const answer = await fetch('/uploads', { headers: { Accept: 'text/html' } });
    if (!shown || !answer.ok || answer.redirected) return;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('uploads');
    if (next && next.innerHTML !== shown.innerHTML) shown.replaceWith(next);
  };
  setInterval(() => refresh().catch(() => { /* The hub restarts: asked again. */ }), 2000);
})();
