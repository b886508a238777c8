// Writes characters.txt: how the Chinese characters of names are read, coded and written otherwise.
// Source of the facts: the Unihan database 15.0.0 of the Unicode Consortium (kCantonese, kMandarin, kTaiwanTelegraph, kMainlandTelegraph,
// kSimplifiedVariant, kTraditionalVariant), as the Debian package unicode-data 15.0.0-1 carries it; free to use with this notice
// (Unicode License, https://www.unicode.org/copyright.html). Surnames that are read otherwise than the common word stand below.
// Use: apt-get install unicode-data bzip2, then node Routing/PersonIndex/Names/generate.mjs [output file]
//
// J, a Jyutping syllable with its tone, the characters. M, the same in Pinyin. C and S, the first two digits of a Chinese Commercial Code,
// the characters of the last two from 00 to 99 in the Traditional and in the Mainland book, a full stop for a gap.
// V, characters that stand for each other in Traditional and Simplified writing.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.env.UNICODE_DATA ?? '/usr/share/unicode';
const facts = new Map();
for (const file of ['Readings', 'OtherMappings', 'Variants']) {
  const text = execFileSync('bzcat', [join(folder, `Unihan_${file}.txt.bz2`)], { maxBuffer: 1 << 28 }).toString('utf8');
  for (const line of text.split('\n')) {
    if (!line.startsWith('U+')) continue;
    const [code, field, value] = line.split('\t');
    const character = String.fromCodePoint(parseInt(code.slice(2), 16));
    if (!facts.has(field)) facts.set(field, new Map());
    facts.get(field).set(character, value.split(' '));
  }
}
const of = field => facts.get(field);

// Surname readings, as dictionaries of surnames give them: character, Jyutping, Pinyin.
const surnames = '曾 zang1 zeng1|區 au1 ou1|单 sin6 shan4|單 sin6 shan4|任 jam4 ren2|查 zaa1 zha1|仇 sau4 qiu2|解 haai5 xie4|盛 sing6 sheng4|翟 zaak6 zhai2|繆 miu6 miao4|覃 cam4 qin2|樂 ngok6 yue4|葉 jip6 ye4|蓋 goi3 ge3|華 waa6 hua4|沈 sam2 shen3|冼 sin2 xian3|尹 wan5 yin3|朴 pok3 piao2|員 wan6 yun4|洗 sin2 xian3'
  .split('|').map(row => row.split(' '));

const marks = { '\u0304': 1, '\u0301': 2, '\u030C': 3, '\u0300': 4 };
function numbered(pinyin) {
  let tone = 5;
  const letters = [...pinyin.normalize('NFD')].filter(sign => marks[sign] ? (tone = marks[sign], false) : true).join('').normalize('NFC');
  return letters.replace('ü', 'v') + tone;
}

const wanted = new Set(['kTaiwanTelegraph', 'kMainlandTelegraph', 'kBigFive', 'kHKSCS', 'kGB0'].flatMap(field => [...of(field).keys()]).filter(character => of('kCantonese').has(character) || of('kMandarin').has(character)));
const lines = [];
function readings(letter, field, spell, at) {
  const syllables = new Map();
  const add = (syllable, character) => {
    if (!syllables.has(syllable)) syllables.set(syllable, new Set());
    syllables.get(syllable).add(character);
  };
  for (const character of wanted) for (const reading of of(field).get(character) ?? []) add(spell(reading), character);
  for (const row of surnames) add(row[at], row[0]);
  for (const syllable of [...syllables.keys()].sort()) lines.push(`${letter} ${syllable} ${[...syllables.get(syllable)].sort().join('')}`);
}
readings('J', 'kCantonese', reading => reading, 1);
readings('M', 'kMandarin', numbered, 2);

function codes(letter, field) {
  const hundreds = new Map();
  for (const [character, values] of of(field)) for (const value of values) {
    const row = hundreds.get(value.slice(0, 2)) ?? Array(100).fill('.');
    row[Number(value.slice(2))] = character;
    hundreds.set(value.slice(0, 2), row);
  }
  for (const hundred of [...hundreds.keys()].sort()) lines.push(`${letter} ${hundred} ${hundreds.get(hundred).join('')}`);
}
codes('C', 'kTaiwanTelegraph');
codes('S', 'kMainlandTelegraph');

const group = new Map([...wanted].map(character => [character, new Set([character])]));
for (const field of ['kSimplifiedVariant', 'kTraditionalVariant']) for (const [character, values] of of(field)) for (const value of values) {
  const other = String.fromCodePoint(parseInt(value.slice(2), 16));
  const [one, two] = [group.get(character), group.get(other)];
  if (!one || !two || one === two) continue;
  for (const member of two) { one.add(member); group.set(member, one); }
}
for (const members of [...new Set(group.values())].filter(set => set.size > 1).map(set => [...set].sort().join('')).sort()) lines.push(`V ${members}`);

writeFileSync(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), 'characters.txt'), lines.join('\n') + '\n');
