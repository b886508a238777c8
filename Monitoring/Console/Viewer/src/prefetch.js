// Fetches the images around the one that is shown, nearest first; a jump begins anew from there.
import { imageLoader } from '@cornerstonejs/core';

const AT_ONCE = 4;

export class Prefetch {
  constructor(imageIds, loaded) {
    this.imageIds = imageIds;
    this.loaded = loaded;
    this.known = new Set();
    this.running = 0;
    this.at = 0;
    this.stopped = false;
  }

  around(index) {
    this.at = index;
    this.more();
  }

  stop() { this.stopped = true; }

  more() {
    while (!this.stopped && this.running < AT_ONCE) {
      const next = this.nearest();
      if (next < 0) return;
      const imageId = this.imageIds[next];
      this.known.add(imageId);
      this.running++;
      imageLoader.loadAndCacheImage(imageId, { requestType: 'prefetch', priority: 10 })
        // One that fails is asked for again when it is to be shown, and the pane then says so.
        .then(() => this.loaded(this.known.size), () => this.known.delete(imageId) && (this.stopped = true))
        .finally(() => { this.running--; this.more(); });
    }
  }

  nearest() {
    for (let away = 0; away < this.imageIds.length; away++) {
      for (const index of [this.at + away, this.at - away]) {
        if (index >= 0 && index < this.imageIds.length && !this.known.has(this.imageIds[index])) return index;
      }
    }
    return -1;
  }
}
