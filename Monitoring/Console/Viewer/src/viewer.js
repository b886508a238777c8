// The viewer page: one pane with the study, and beside it another with a prior. Words come from the page, in its language.
import { init as initCore, RenderingEngine, setUseCPURendering } from '@cornerstonejs/core';
import { init as initLoader } from '@cornerstonejs/dicom-image-loader';
import { Pane } from './pane.js';
import { setUpTools, useTool } from './tools.js';
import { loadStudy } from './study.js';

const page = document.getElementById('viewer');
const words = JSON.parse(page.dataset.words);
const status = page.querySelector('[data-status]');
const panes = [];
let active = null;

const say = text => { status.textContent = text; status.hidden = !text; };
const perform = async work => {
  try { await work(); } catch (fault) {
    console.error(fault);
    say(fault?.shown ?? words.failed);
  }
};

async function start() {
  // On its way while the rest is set up.
  const study = loadStudy(page.dataset.root, page.dataset.study, words);
  study.catch(() => {});
  const webgl = document.createElement('canvas').getContext('webgl2');
  if (!webgl) setUseCPURendering(true);
  initCore();
  initLoader({
    // One frame, as it is kept and without parts: nothing has to be searched for in it.
    beforeSend: () => ({ Accept: 'application/octet-stream; transfer-syntax=*' }),
    maxWebWorkers: Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2) - 1)),
    decodeConfig: { wasmBasePath: page.dataset.assets },
  });
  setUpTools(page);
  const engine = new RenderingEngine('viewer');
  for (const element of page.querySelectorAll('[data-pane]')) panes.push(new Pane(engine, element, words, choose));
  choose(panes[0]);
  await show(panes[0], study);
}

function choose(pane) {
  active = pane;
  for (const one of panes) one.element.toggleAttribute('data-active', one === pane && panes.some(other => other !== pane && other.isOpen));
}

async function show(pane, study) {
  const asked = pane.ask();
  say(words.loading);
  try {
    const series = await study;
    // Something else was chosen while this was on its way.
    if (asked !== pane.asked) return;
    if (series.length === 0) throw Object.assign(new Error('no images'), { shown: words.noImages });
    pane.open(series);
    await pane.showSeries(0, asked);
    if (asked === pane.asked) say('');
  } catch (fault) {
    if (asked === pane.asked) throw fault;
  }
}

async function compare(study) {
  const second = panes[1];
  page.toggleAttribute('data-compare', Boolean(study));
  second.element.hidden = !study;
  panes.forEach(pane => pane.resize());
  if (!study) { second.close(); choose(panes[0]); return; }
  await show(second, loadStudy(page.dataset.root, study, words));
  choose(panes[0]);
}

page.querySelectorAll('[data-tool]').forEach(button => button.addEventListener('click', () => {
  useTool(button.dataset.tool);
  page.querySelectorAll('[data-tool]').forEach(other => other.setAttribute('aria-pressed', String(other === button)));
}));
page.querySelectorAll('[data-act]').forEach(button => button.addEventListener('click', () => act(button.dataset.act)));
page.querySelector('[data-prior]')?.addEventListener('change', event => perform(() => compare(event.target.value)));
page.querySelector('[data-window]')?.addEventListener('change', event => { active?.setWindow(event.target.value); event.target.blur(); });

function act(name) {
  switch (name) {
    case 'reset': active.reset(); break;
    case 'invert': active.invert(); break;
    case 'clear': active.clearMeasures(); break;
    default: break;
  }
}

const keys = {
  ArrowUp: () => active.step(-1), ArrowDown: () => active.step(1), PageUp: () => active.step(-10), PageDown: () => active.step(10),
  Home: () => active.goTo(0), End: () => active.goTo(Infinity), ArrowLeft: () => active.nextSeries(-1), ArrowRight: () => active.nextSeries(1),
  r: () => act('reset'), i: () => act('invert'), Delete: () => act('clear'),
};
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea, dialog[open]') || !active?.isOpen) return;
  const tool = page.querySelector(`[data-tool][data-key="${CSS.escape(event.key)}"]`);
  if (tool) tool.click();
  else if (keys[event.key]) keys[event.key]();
  else return;
  event.preventDefault();
});
new ResizeObserver(() => panes.forEach(pane => pane.resize())).observe(page.querySelector('.panes'));
perform(start);
