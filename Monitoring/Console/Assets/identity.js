'use strict';
// 1 to 9 choose a candidate, 0 none of them, r goes to the reason.
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('textarea, select, dialog, input:not([type="radio"])')) return;
  if (event.key === 'r') document.getElementById('reason')?.focus();
  else {
    const choice = /^[0-9]$/.test(event.key) ? document.querySelector(`[data-choice="${event.key}"]`) : null;
    if (!choice) return;
    choice.checked = true;
    choice.focus();
  }
  event.preventDefault();
});
