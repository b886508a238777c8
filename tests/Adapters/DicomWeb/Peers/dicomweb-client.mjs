// Works through the interface with dicomweb-client: stores the files given, then searches and retrieves them.
// Usage: node dicomweb-client.mjs URL SOURCE-TOKEN READER-TOKEN FILE... ; the last line of its output is one JSON object.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
globalThis.XMLHttpRequest = require('xhr2');
const { api } = require('dicomweb-client');

const [url, source, reader, ...files] = process.argv.slice(2);
const client = token => new api.DICOMwebClient({ url, headers: { Authorization: `Bearer ${token}` } });
const hash = buffer => createHash('sha256').update(Buffer.from(buffer)).digest('hex');
const value = (dataSet, tag) => dataSet[tag].Value[0];

const datasets = files.map(file => { const bytes = readFileSync(file); return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length); });
// Before any request of its own, so that the answer of the store request can be read.
const stored = JSON.parse(await client(source).storeInstances({ datasets }));

const hub = client(reader);
const studies = await hub.searchForStudies({ queryParams: { PatientID: 'SYN-0001' } });
const studyInstanceUID = value(studies[0], '0020000D');
const series = await hub.searchForSeries({ studyInstanceUID });
const seriesInstanceUID = value(series[0], '0020000E');
const instances = await hub.searchForInstances({ studyInstanceUID, seriesInstanceUID });
// The instances of one request are kept side by side: which comes first is nobody's promise.
const sopInstanceUID = instances.map(instance => value(instance, '00080018')).sort()[0];
const one = { studyInstanceUID, seriesInstanceUID, sopInstanceUID };
const metadata = await hub.retrieveSeriesMetadata({ studyInstanceUID, seriesInstanceUID });
const whole = await hub.retrieveSeries({ studyInstanceUID, seriesInstanceUID });
const alone = await hub.retrieveInstance(one);
const frames = await hub.retrieveInstanceFrames({ ...one, frameNumbers: [1] });
const bulk = await hub.retrieveBulkData({ BulkDataURI: metadata.find(instance => value(instance, '00080018') === sopInstanceUID)['7FE00010'].BulkDataURI });

console.log(JSON.stringify({
  stored: stored['00081199'].Value.length,
  studies: studies.length,
  name: value(studies[0], '00100010'),
  series: series.length,
  description: value(metadata[0], '0008103E'),
  instances: instances.length,
  series_hashes: whole.map(hash).sort(),
  instance: hash(alone),
  frame: hash(frames[0]),
  bulk: hash(Array.isArray(bulk) ? bulk[0] : bulk),
}));
