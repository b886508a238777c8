// Writes big5.txt: Big5 with the Hong Kong Supplementary Character Set (HKSCS-2008).
// Source of the facts: index-big5 of the Encoding Standard (WHATWG), as the npm package text-encoding 0.7.0 carries it.
// Use: npm ci --prefix tests/Transformers/Hl7v2, then
//      node Transformers/CharacterSets/Big5/generate.mjs [output file]
//
// One line for each first byte, in hexadecimal, a blank, and the characters of second bytes 40 to 7E and A1 to FE in their order.
// A full stop is a gap. The four codes that stand for two characters each are gaps here: Big5Table knows them.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(here, '../../../tests/Transformers/Hl7v2/package.json'));
const indexes = require('text-encoding/lib/encoding-indexes.js')['encoding-indexes'];
const seconds = 157;

const lines = [];
for (let first = 0x81; first <= 0xfe; first++) {
  const from = (first - 0x81) * seconds;
  const row = Array.from({ length: seconds }, (_, at) => indexes.big5[from + at] ?? 0x2e);
  if (row.every(code => code === 0x2e)) continue;
  lines.push(`${first.toString(16).toUpperCase()} ${row.map(code => String.fromCodePoint(code)).join('')}`);
}
writeFileSync(process.argv[2] ?? join(here, 'big5.txt'), lines.join('\n') + '\n');
