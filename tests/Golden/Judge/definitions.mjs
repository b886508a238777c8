// The official FHIR R4 (4.0.1) definitions, as the package hl7.fhir.r4.examples holds them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'node_modules/hl7.fhir.r4.examples');
const read = name => JSON.parse(readFileSync(join(folder, name), 'utf8'));

/** StructureDefinitions of resources and data types, without profiles, extensions and logical models. */
export const structures = readdirSync(folder)
  .filter(name => name.startsWith('StructureDefinition-'))
  .map(read)
  .filter(definition => definition.derivation !== 'constraint' && definition.kind !== 'logical');

const expansions = new Map();
const systems = new Map();

function codesOfSystem(url) {
  if (!systems.has(url)) {
    const file = `CodeSystem-${url.split('/').at(-1)}.json`;
    const system = existsSync(join(folder, file)) ? read(file) : undefined;
    const codes = new Set();
    const collect = concepts => concepts?.forEach(concept => { codes.add(concept.code); collect(concept.concept); });
    collect(system?.concept);
    systems.set(url, system?.url === url && system.content === 'complete' ? codes : undefined);
  }
  return systems.get(url);
}

/**
 * Codes that a value set allows: Map from system to Set of codes.
 * Undefined where that can't be told from the definitions alone, as for LOINC or a filter.
 */
export function expand(canonical) {
  const url = canonical.split('|')[0];
  if (!expansions.has(url)) expansions.set(url, expandNow(url));
  return expansions.get(url);
}

function expandNow(url) {
  const file = `ValueSet-${url.split('/').at(-1)}.json`;
  if (!existsSync(join(folder, file))) return undefined;
  const set = read(file);
  if (set.url !== url || set.compose?.exclude) return undefined;
  const allowed = new Map();
  const add = (system, codes) => allowed.set(system, new Set([...allowed.get(system) ?? [], ...codes]));
  for (const include of set.compose?.include ?? []) {
    if (include.filter) return undefined;
    for (const inner of include.valueSet ?? []) {
      const expansion = expand(inner);
      if (!expansion) return undefined;
      expansion.forEach((codes, system) => add(system, codes));
    }
    if (!include.system) continue;
    const codes = include.concept?.map(concept => concept.code) ?? codesOfSystem(include.system);
    if (!codes) return undefined;
    add(include.system, codes);
  }
  return allowed.size > 0 ? allowed : undefined;
}

/** False where the system is one of FHIR's or HL7 v3's own, is defined completely, and has no such code. */
export const codeExists = (system, code) =>
  !/^http:\/\/(hl7\.org\/fhir\/|terminology\.hl7\.org\/CodeSystem\/(?!v2-))/.test(system) || (codesOfSystem(system)?.has(code) ?? true);
