// Bundles the viewer into dist/, each file compressed once here: the console embeds them and sends them as they are.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const loader = 'node_modules/@cornerstonejs/dicom-image-loader/dist/esm';

// The decoders of compressed frames; the worker loads one when the first such frame comes.
const codecs = {
  'openjpegwasm_decode.wasm': '@cornerstonejs/codec-openjpeg/decodewasm',
  'charlswasm_decode.wasm': '@cornerstonejs/codec-charls/decodewasm',
  'libjpegturbowasm_decode.wasm': '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm',
  'openjphjs.wasm': '@cornerstonejs/codec-openjph/wasm',
  'jpegxlwasm_decode.wasm': '@cornerstonejs/codec-libjxl/decodewasm',
};

// A bundle has no module beside it to start a worker from: the worker is a bundle of its own, at an address of the console.
const workerAddress = {
  name: 'worker-address',
  setup(bundle) {
    bundle.onLoad({ filter: /dicom-image-loader\/dist\/esm\/init\.js$/ }, ({ path }) => ({
      contents: replaceOnce(readFileSync(path, 'utf8'), "new URL('./decodeImageFrameWorker.js', import.meta.url)", "document.getElementById('viewer').dataset.worker"),
      loader: 'js',
    }));
  },
};

function replaceOnce(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`The loader no longer holds: ${from}`);
  return text.replace(from, to);
}

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
const bundled = await build({
  entryPoints: { viewer: 'src/viewer.js', 'decode-worker': `${loader}/decodeImageFrameWorker.js` },
  bundle: true, format: 'esm', target: 'es2022', minify: true, legalComments: 'eof', outdir: 'dist', write: false, logLevel: 'warning', logOverride: { 'empty-import-meta': 'silent' },
  // The codecs' Emscripten code asks for these in Node only.
  external: ['fs', 'path', 'crypto', 'url', 'module', 'worker_threads'],
  // vtk.js would write XML files with it, which no viewer does; it is made for Node.
  alias: { xmlbuilder2: './src/no-xml.js' },
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [workerAddress],
});
for (const file of bundled.outputFiles) keep(file.path.split('/').pop(), file.contents);
for (const [name, module] of Object.entries(codecs)) keep(name, readFileSync(require.resolve(module)));

function keep(name, bytes) {
  writeFileSync(`dist/${name}.gz`, gzipSync(bytes, { level: 9 }));
}
