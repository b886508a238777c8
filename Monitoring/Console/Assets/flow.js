'use strict';
// The live view: takes the fragment that the server sends, keeps focus and hover in place.
(() => {
  const flow = document.getElementById('flow');
  const live = document.getElementById('live');
  const word = live.querySelector('span');
  const pause = document.getElementById('pause');
  const asOf = document.querySelector('#as-of time');
  let paused = false;
  let pointer = null;

  const say = (state, text) => {
    live.className = `live ${state}`;
    flow.classList.toggle('stale', state === 'lost');
    if (word.textContent !== text) word.textContent = text;
  };

  document.getElementById('refresh').hidden = true;
  pause.hidden = false;

  // A stream that was refused is not opened again by the browser: whether the session is over tells what to say, else it is tried again here.
  const refused = async () => {
    const answer = await fetch(flow.dataset.stream, { method: 'HEAD' }).catch(() => null);
    if (answer?.status !== 401) { setTimeout(listen, 5000); return; }
    say('lost', live.dataset.endedWord);
    pause.hidden = true;
    document.getElementById('again').hidden = false;
  };
  const listen = () => {
    const stream = new EventSource(flow.dataset.stream);
    stream.onopen = () => { if (!paused) say('on', live.dataset.liveWord); };
    stream.onerror = () => {
      say('lost', live.dataset.lostWord);
      if (stream.readyState === EventSource.CLOSED) refused();
    };
    stream.onmessage = show;
  };
  const show = event => {
    if (paused) return;
    say('on', live.dataset.liveWord);
    const focused = flow.contains(document.activeElement) ? document.activeElement.id : '';
    const across = flow.querySelector('.scroll')?.scrollLeft ?? 0;
    flow.innerHTML = event.data;
    if (across) flow.querySelector('.scroll')?.scrollTo(across, 0);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    asOf.textContent = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Hong_Kong', hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date());
    if (pointer) point(document.getElementById(pointer.chart), pointer.x);
  };

  const toggle = () => {
    paused = !paused;
    pause.textContent = paused ? pause.dataset.resume : pause.dataset.pause;
    say(paused ? '' : 'on', paused ? live.dataset.pausedWord : live.dataset.liveWord);
  };
  pause.addEventListener('click', toggle);
  document.addEventListener('keydown', event => {
    if (event.key === 'p' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest('input, textarea, select, dialog')) toggle();
  });

  // Hover: the nearest point of time, its values, and a line through it.
  function point(chart, clientX) {
    hide();
    if (!chart) return;
    const data = JSON.parse(chart.dataset.chart);
    if (data.t.length < 2) return;
    const box = chart.getBoundingClientRect();
    const scale = box.width / chart.viewBox.baseVal.width;
    const left = Number(chart.dataset.left), right = Number(chart.dataset.right);
    const share = Math.min(1, Math.max(0, ((clientX - box.left) / scale - left) / (right - left)));
    const index = Math.round(share * (data.t.length - 1));
    const x = left + (right - left) * index / (data.t.length - 1);
    const cursor = chart.querySelector('.cursor');
    cursor.setAttribute('x1', x);
    cursor.setAttribute('x2', x);
    cursor.setAttribute('visibility', 'visible');

    const tip = document.createElement('div');
    tip.className = 'tip';
    const head = document.createElement('div');
    head.textContent = data.t[index];
    tip.append(head);
    [...chart.parentElement.querySelectorAll('.legend li span')].forEach((name, line) => {
      const row = document.createElement('div');
      const value = document.createElement('b');
      value.textContent = data.v[line][index];
      row.append(value, name.textContent);
      tip.append(row);
    });
    chart.parentElement.append(tip);
    const place = x * scale;
    const offset = place > box.width / 2 ? place - tip.offsetWidth - 4 : place + 18;
    // The style object is not an inline style attribute: the content policy allows it.
    tip.style.left = `${offset}px`;
  }

  function hide() {
    flow.querySelectorAll('.tip').forEach(tip => tip.remove());
    flow.querySelectorAll('.cursor').forEach(cursor => cursor.setAttribute('visibility', 'hidden'));
  }

  flow.addEventListener('pointermove', event => {
    const chart = event.target.closest('svg[data-chart]');
    if (!chart) { if (pointer) { pointer = null; hide(); } return; }
    pointer = { chart: chart.id, x: event.clientX };
    point(chart, event.clientX);
  });
  flow.addEventListener('pointerleave', () => { pointer = null; hide(); });
  listen();
})();
