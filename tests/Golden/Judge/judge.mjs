// Judges FHIR R4 bundles. Reads lines {"name", "bundle"} on standard input; "name" says where the bundle came from.
// Writes one line {"file", "resource", "path", "message"} for each fault, and a last one {"bundles", "resources"}.
import { createInterface } from 'node:readline';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { structures } from './definitions.mjs';
import { checkEntries, checkResource } from './elements.mjs';

indexStructureDefinitionBundle({ resourceType: 'Bundle', type: 'collection', entry: structures.map(resource => ({ resource })) });

/** Faults that Medplum finds; it throws them. */
function medplum(resource, report) {
  try {
    validateResource(resource);
  } catch (error) {
    if (!error.outcome) throw error;
    for (const issue of error.outcome.issue) report(issue.expression?.[0] ?? resource.resourceType, issue.details?.text ?? issue.code);
  }
}

let bundles = 0;
let resources = 0;
for await (const line of createInterface({ input: process.stdin })) {
  if (!line) continue;
  const { name, bundle } = JSON.parse(line);
  bundles++;
  const reporter = resource => (path, message) =>
    console.log(JSON.stringify({ file: name, resource: `${resource.resourceType}/${resource.id ?? '?'}`, path, message }));
  const entries = bundle.entry ?? [];
  const known = new Set(entries.map(entry => `${entry.resource.resourceType}/${entry.resource.id}`));
  const resolves = reference => known.has(reference) || entries.some(entry => entry.fullUrl === reference);
  // Faults within an entry are reported with the entry.
  const reportBundle = reporter(bundle);
  medplum(bundle, (path, message) => /\.resource(\.|$)/.test(path) || reportBundle(path, message));
  checkResource(bundle, reporter(bundle), resolves);
  checkEntries(entries, (resource, path, message) => reporter(resource)(`${resource.resourceType}.${path}`, message));
  for (const { resource } of entries) {
    resources++;
    medplum(resource, reporter(resource));
    checkResource(resource, reporter(resource), resolves);
  }
}
console.log(JSON.stringify({ bundles, resources }));
