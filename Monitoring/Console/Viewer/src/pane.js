// One pane: a series as a stack, what is known of it in its corners, and a slider to scroll by finger.
import { cache, Enums, eventTarget, metaData, utilities } from '@cornerstonejs/core';
import { annotation } from '@cornerstonejs/tools';
import { Prefetch } from './prefetch.js';
import { joinTools } from './tools.js';

const { Events, ViewportType } = Enums;

export class Pane {
  constructor(engine, element, words, choose) {
    this.element = element;
    this.words = words;
    this.id = element.dataset.pane;
    this.canvas = element.querySelector('[data-canvas]');
    this.corners = Object.fromEntries([...element.querySelectorAll('[data-corner]')].map(corner => [corner.dataset.corner, corner]));
    this.slider = element.querySelector('[data-slider]');
    this.list = element.querySelector('[data-series]');
    this.series = [];
    this.asked = 0;
    this.engine = engine;
    this.choose = choose;
    this.slider.addEventListener('input', () => this.goTo(Number(this.slider.value)));
    this.list.addEventListener('change', () => { this.showSeries(this.list.selectedIndex); this.list.blur(); });
    element.addEventListener('pointerdown', () => choose(this), { capture: true });
    element.addEventListener('contextmenu', event => event.preventDefault());
  }

  /** @returns a number that {@link asked} has until something else is asked for: what comes later for an older one is not shown */
  ask() { return ++this.asked; }

  get isOpen() { return this.series.length > 0; }

  open(series) {
    if (!this.viewport) {
      this.engine.enableElement({ viewportId: this.id, element: this.canvas, type: ViewportType.STACK, defaultOptions: { background: [0, 0, 0] } });
      this.viewport = this.engine.getViewport(this.id);
      joinTools(this.id, this.engine.id);
      this.canvas.addEventListener(Events.STACK_NEW_IMAGE, event => this.drawn(event.detail.imageId));
      this.canvas.addEventListener(Events.VOI_MODIFIED, () => this.tell());
      this.canvas.addEventListener(Events.CAMERA_MODIFIED, () => this.tell());
      eventTarget.addEventListener(Events.IMAGE_LOAD_ERROR, () => { this.corners.bottomRight.textContent = this.words.imageFailed; });
    }
    this.series = series;
    this.list.replaceChildren(...series.map((one, at) => new Option(`${one.label || at + 1} (${one.imageIds.length})`)));
    this.list.hidden = series.length < 2;
  }

  close() {
    this.ask();
    this.prefetch?.stop();
    this.series = [];
  }

  async showSeries(at, asked = this.ask()) {
    this.at = at;
    this.list.selectedIndex = at;
    const { imageIds } = this.series[at];
    this.slider.max = imageIds.length - 1;
    this.slider.hidden = imageIds.length < 2;
    this.prefetch?.stop();
    this.prefetch = new Prefetch(imageIds, () => this.tell());
    const first = imageIds.length >> 1;
    await this.viewport.setStack(imageIds, first);
    if (asked !== this.asked) return;
    this.viewport.render();
    this.element.dataset.shown = performance.now().toFixed(0);
    this.prefetch.around(first);
    this.tell();
  }

  // Drawn by the processor, a late image of the series before is taken for one of this series if it had the same place in its own.
  drawn(imageId) {
    const { imageIds } = this.series[this.at] ?? { imageIds: [] };
    const own = imageIds.includes(imageId);
    this.canvas.style.visibility = own ? '' : 'hidden';
    if (own) this.tell();
    else if (imageIds.length > 0) queueMicrotask(() => this.viewport.setStack(imageIds, this.viewport.getCurrentImageIdIndex()));
  }

  nextSeries(by) {
    const next = this.at + by;
    if (next >= 0 && next < this.series.length) this.showSeries(next);
  }

  step(by) { this.goTo(this.viewport.getCurrentImageIdIndex() + by); }

  goTo(index) {
    const last = this.series[this.at].imageIds.length - 1;
    this.viewport.setImageIdIndex(Math.min(last, Math.max(0, index)));
  }

  reset() {
    this.viewport.resetCamera();
    this.viewport.resetProperties();
    this.viewport.render();
  }

  invert() {
    this.viewport.setProperties({ invert: !this.viewport.getProperties().invert });
    this.viewport.render();
  }

  /** @param preset width and centre, such as 400,40; empty for what the images say */
  setWindow(preset) {
    if (preset) {
      const [width, centre] = preset.split(',').map(Number);
      this.viewport.setProperties({ voiRange: utilities.windowLevel.toLowHighRange(width, centre) });
    } else this.viewport.resetProperties();
    this.viewport.render();
  }

  clearMeasures() {
    const frame = this.viewport.getFrameOfReferenceUID();
    for (const one of annotation.state.getAllAnnotations()) {
      if (one.metadata.FrameOfReferenceUID === frame) annotation.state.removeAnnotation(one.annotationUID);
    }
    this.viewport.render();
  }

  resize() {
    if (this.viewport && !this.element.hidden) this.engine.resize(true, true);
  }

  tell() {
    const shown = this.series[this.at];
    if (!shown) return;
    const index = this.viewport.getCurrentImageIdIndex();
    this.prefetch?.around(index);
    this.slider.value = index;
    const loaded = shown.imageIds.filter(id => cache.getImageLoadObject(id)).length;
    const { voiRange } = this.viewport.getProperties();
    const window = voiRange && utilities.windowLevel.toWindowLevel(voiRange.lower, voiRange.upper);
    // Drawn by the processor, the first image has no zoom before it stands there.
    const zoom = this.viewport.getZoom();
    const plane = metaData.get('imagePlaneModule', shown.imageIds[index]);
    this.corners.topLeft.textContent = [shown.name, shown.date].filter(Boolean).join('\n');
    this.corners.topRight.textContent = shown.label;
    this.corners.bottomLeft.textContent = [
      `${this.words.image} ${index + 1}/${shown.imageIds.length}${loaded < shown.imageIds.length ? ` (${this.words.loaded} ${loaded})` : ''}`,
      plane?.sliceThickness ? `${this.words.thickness} ${plane.sliceThickness} mm` : '',
    ].filter(Boolean).join('\n');
    this.corners.bottomRight.textContent = [
      window ? `W ${Math.round(window.windowWidth)}  L ${Math.round(window.windowCenter)}` : '',
      zoom ? `${this.words.zoom} ${zoom.toFixed(2)}×` : '',
    ].filter(Boolean).join('\n');
  }
}
