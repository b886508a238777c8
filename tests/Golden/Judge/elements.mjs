// What Medplum's validator leaves open: required bindings, codes that exist, calendar dates, zones of times, references that resolve and
// whose type the element allows, one type of a choice, things said twice.
import { codeExists, expand, structures } from './definitions.mjs';

const elementsOf = new Map(structures.map(definition => [
  definition.type,
  new Map(definition.snapshot.element.map(element => [element.path, element])),
]));

const upperFirst = text => text[0].toUpperCase() + text.slice(1);

/** The element definition under a property name, and the type the value has. */
function elementFor(elements, path, property) {
  const direct = elements.get(`${path}.${property}`);
  if (direct) return { element: direct, type: direct.type?.[0]?.code };
  for (const [candidate, element] of elements) {
    if (!candidate.startsWith(`${path}.`) || !candidate.endsWith('[x]')) continue;
    const base = candidate.slice(path.length + 1, -3);
    if (base.includes('.') || !property.startsWith(base)) continue;
    const type = element.type.find(one => upperFirst(one.code) === property.slice(base.length));
    if (type) return { element, type: type.code };
  }
  return undefined;
}

function isCalendarDate(text) {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number);
  if (!month || !day) return true;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

// R4 2.24.0.1: a time has its seconds and its zone.
const times = {
  dateTime: /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?)?)?$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
  date: /^\d{4}(-\d{2}(-\d{2})?)?$/,
  time: /^\d{2}:\d{2}:\d{2}(\.\d+)?$/,
};

/** A reference to a type that the element does not take. */
function checkTarget(element, reference, path, report) {
  const targets = element.type?.find(type => type.code === 'Reference')?.targetProfile?.map(profile => profile.split('/').at(-1));
  const type = typeof reference.reference === 'string' && !/^(#|urn:)/.test(reference.reference) ? reference.reference.split('/').at(-2) : reference.type;
  if (targets && type && !targets.includes(type) && !targets.includes('Resource')) report(path, `refers to ${type}, not to ${targets.join(' or ')}`);
}

/** More than one of value[x], and list items that say the same. */
function checkOnce(elements, definitionPath, value, path, report) {
  const chosen = new Map();
  for (const [property, content] of Object.entries(value)) {
    const choice = elementFor(elements, definitionPath, property.replace(/^_/, ''))?.element;
    if (choice?.path.endsWith('[x]')) {
      const other = chosen.get(choice.path);
      if (other && other !== property.replace(/^_/, '')) report(`${path}.${property}`, `stands beside ${other}`);
      chosen.set(choice.path, property.replace(/^_/, ''));
    }
    if (!Array.isArray(content) || !['coding', 'performer', 'result', 'basedOn', 'specimen', 'focus', 'generalPractitioner'].includes(property)) continue;
    const said = content.map(item => JSON.stringify(item));
    if (new Set(said).size < said.length) report(`${path}.${property}`, 'says the same twice');
  }
}

function codingsOf(type, value) {
  if (type === 'code') return [{ code: value }];
  if (type === 'Coding') return [value];
  return type === 'CodeableConcept' ? value.coding ?? [] : [];
}

function checkBinding(element, type, value, path, report) {
  if (element.binding?.strength !== 'required' || !element.binding.valueSet) return;
  const allowed = expand(element.binding.valueSet);
  const codings = codingsOf(type, value);
  if (!allowed || codings.length === 0) return;
  const fits = codings.some(({ system, code }) =>
    system === undefined ? [...allowed.values()].some(codes => codes.has(code)) : allowed.get(system)?.has(code));
  if (!fits) report(path, `${codings.map(coding => coding.code).join(', ')} is not in the required value set ${element.binding.valueSet}`);
}

/** Calls report(path, message) for each fault of the value, which has the given type. */
function walk(elements, definitionPath, value, path, report, resolves) {
  if (typeof value.reference === 'string' && definitionPath === 'Reference' && !value.reference.startsWith('#') && !resolves(value.reference)) {
    report(`${path}.reference`, `${value.reference} is not in the bundle`);
  }
  if (definitionPath === 'Coding' && value.system && value.code && !codeExists(value.system, value.code)) {
    report(path, `${value.system} has no code ${value.code}`);
  }
  checkOnce(elements, definitionPath, value, path, report);
  for (const [property, content] of Object.entries(value)) {
    const found = property === 'resourceType' || property.startsWith('_') ? undefined : elementFor(elements, definitionPath, property);
    if (!found) continue;
    const items = Array.isArray(content) ? content.map((item, at) => [item, `${path}.${property}[${at}]`]) : [[content, `${path}.${property}`]];
    for (const [item, at] of items) {
      checkBinding(found.element, found.type, item, at, report);
      if (['date', 'dateTime', 'instant'].includes(found.type) && !isCalendarDate(item)) report(at, `${item} is not in the calendar`);
      if (times[found.type] && item !== null && !times[found.type].test(item)) report(at, `${item} is no FHIR ${found.type}`);
      if (found.type === 'Reference' && item) checkTarget(found.element, item, at, report);
      if (item === null || typeof item !== 'object' || found.type === 'Resource') continue;
      const reference = found.element.contentReference?.slice(1);
      if (reference) walk(elements, reference, item, at, report, resolves);
      else if (found.type === 'BackboneElement' || found.type === 'Element') walk(elements, found.element.path, item, at, report, resolves);
      else if (elementsOf.has(found.type)) walk(elementsOf.get(found.type), found.type, item, at, report, resolves);
    }
  }
}

/** Ids and URLs of a bundle's entries: of their form, each once, and both of the same resource; and no narrative that nobody wrote. */
export function checkEntries(entries, report) {
  const seen = new Set();
  for (const { fullUrl, resource } of entries) {
    const name = `${resource.resourceType}/${resource.id}`;
    if (!/^[A-Za-z0-9.-]{1,64}$/.test(resource.id ?? '')) report(resource, 'id', `${resource.id} is no FHIR id`);
    if (fullUrl && !fullUrl.endsWith(`/${name}`) && !fullUrl.startsWith('urn:uuid:')) report(resource, 'fullUrl', `${fullUrl} is not of ${name}`);
    for (const key of [name, fullUrl]) {
      if (key && seen.has(key)) report(resource, 'id', `${key} is there twice`);
      seen.add(key);
    }
    // The hub writes one only of a report that is a text itself (R4 2.4 lets a system leave it out): what stands elsewhere would be made up.
    if (resource.text && resource.resourceType !== 'DiagnosticReport') report(resource, 'text', 'is a narrative');
    else if (resource.text) checkNarrative(resource, report);
  }
}

/** R4 2.4.0: well-formed XHTML in one div with some text in it. Of the elements that it allows the hub needs a few, and no attribute but the name space. */
function checkNarrative(resource, report) {
  const { status, div } = resource.text;
  if (status !== 'generated') report(resource, 'text.status', `${status} is not generated`);
  const open = [];
  let text = '', first = true;
  for (const [token] of (div ?? '').matchAll(/<[^>]*>|[^<]+/g)) {
    const [, close, name, rest, empty] = token.match(/^<(\/?)([a-z][a-z0-9]*)([^>]*?)(\/?)>$/) ?? [];
    if (!token.startsWith('<')) {
      text += token;
      if (/&(?!(amp|lt|gt|quot|#[0-9]+);)/.test(token)) report(resource, 'text.div', 'has an ampersand that is none of XML');
      if (open.length === 0) report(resource, 'text.div', 'has text outside of its div');
    } else if (!name || !/^(div|h[1-6]|p|ul|li|b|i|br)$/.test(name)) report(resource, 'text.div', `${token} is not allowed`);
    else if (close) { if (open.pop() !== name) report(resource, 'text.div', `${token} closes nothing`); }
    else {
      if (rest !== (first ? ' xmlns="http://www.w3.org/1999/xhtml"' : '') || (first && name !== 'div')) report(resource, 'text.div', `${token} has other attributes`);
      if (!empty) open.push(name);
      first = false;
    }
  }
  if (open.length > 0) report(resource, 'text.div', `${open.join()} is not closed`);
  if (!text.trim()) report(resource, 'text.div', 'is empty');
}

export function checkResource(resource, report, resolves) {
  const elements = elementsOf.get(resource.resourceType);
  if (!elements) report(resource.resourceType, 'is no resource type of FHIR R4');
  else walk(elements, resource.resourceType, resource, resource.resourceType, report, resolves);
}
