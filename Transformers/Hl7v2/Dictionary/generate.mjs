// Writes definitions.txt: the standard's names of segments, fields, data types and components, and the message structures.
// Source of the facts: the npm package hl7-dictionary 1.0.1 (MIT), which lists HL7 v2.1 to v2.7.1.
// Names of fields that came with v2.8 or later: the sheets of the official v2-to-FHIR maps (tests/Corpus/v2-to-fhir-mappings/segments).
// Use: npm pack hl7-dictionary@1.0.1 && tar xzf hl7-dictionary-1.0.1.tgz && node generate.mjs package > definitions.txt
//
// One line each, the newest version that knows the thing wins:
//   T <data type> <name> TAB <component>...           a component is DATATYPE SPACE name
//   S <segment> <name> TAB <field>...                 a field likewise
//   M <structure> <grammar>                           a group is NAME(...); ? optional, * any number, + one or more
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { definitions } = require(resolve(process.argv[2] ?? 'package', 'lib/index.js'));
const order = Object.keys(definitions);

// Segments that came after v2.7.1 (CDO: HL7 v2.8 4.A.9).
const later = ['S CDO Cumulative Dosage\tSI Set ID - CDO\tID Action Code\tCQ Cumulative Dosage Limit\tCQ Cumulative Dosage Limit Time Interval'];

const tidy = text => (text ?? '').replace(/\s+/g, ' ').replace(/[’]/g, "'").replace(/[–—]/g, '-').trim();

function newest(kind) {
    const found = new Map();
    for (const version of order) {
        for (const [name, value] of Object.entries(definitions[version][kind])) found.set(name, value);
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

// A part that the newest version has withdrawn keeps the name that an older one gave it.
function partsOf(kind, list, name) {
    const parts = [];
    for (const version of order) {
        (definitions[version][kind][name]?.[list] ?? []).forEach((part, at) => {
            const text = tidy(part.desc);
            if (text && !/^withdrawn|^unused|^reserved/i.test(text)) parts[at] = `${part.datatype || 'ST'} ${text}`;
        });
    }
    return Array.from(parts, part => part ?? 'ST ').join('\t');
}

// Such as 27,OBX-27,Root Cause,CWE: none of these four cells is ever quoted.
const sheets = join(dirname(fileURLToPath(import.meta.url)), '../../../tests/Corpus/v2-to-fhir-mappings/segments');
const laterFields = new Map();
for (const file of readdirSync(sheets).filter(name => name.endsWith('.csv')).sort()) {
    for (const [, segment, number, name, datatype] of readFileSync(join(sheets, file), 'utf8').matchAll(/^[^,\n]*,([A-Z][A-Z0-9]{2})-(\d+),([^,"\n]+),([A-Z]{2,3}),/gm)) {
        laterFields.set(`${segment}-${number}`, `${datatype} ${tidy(name)}`);
    }
}

/** Adds what stands behind the last field of v2.7.1. */
function withLaterFields(segment, parts) {
    const all = parts.split('\t');
    for (let next; (next = laterFields.get(`${segment}-${all.length + 1}`));) all.push(next);
    return all.join('\t');
}

const mark = ({ min, max }) => (min > 0 ? (max === 1 ? '' : '+') : max === 1 ? '?' : '*');

function grammar(items) {
    return items.map(item => {
        const name = item.name.replace(/[^A-Z0-9_]/gi, '_');
        return item.children?.length ? `${name}${mark(item)}(${grammar(item.children)})` : /^[A-Z][A-Z0-9]{2}$/.test(name) ? name + mark(item) : '';
    }).filter(Boolean).join(' ');
}

const lines = [];
for (const [name, type] of newest('fields')) {
    if (type.subfields?.length > 1) lines.push(`T ${name} ${tidy(type.desc)}\t${partsOf('fields', 'subfields', name)}`);
}
for (const [name, segment] of newest('segments')) {
    if (/^[A-Z][A-Z0-9]{2}$/.test(name)) lines.push(`S ${name} ${tidy(segment.desc)}\t${withLaterFields(name, partsOf('segments', 'fields', name))}`);
}
lines.push(...later);
for (const [name, message] of newest('messages')) {
    const text = grammar(message.segments?.segments ?? []);
    if (/^[A-Z]{3}_[A-Z][0-9A-Z]{2}$/.test(name) && text.startsWith('MSH')) lines.push(`M ${name} ${text}`);
}
process.stdout.write(lines.join('\n') + '\n');
