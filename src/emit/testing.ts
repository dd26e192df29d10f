import template from '../../templates/testing.ts?raw';
import type { Catalog } from '../model/catalog.js';
import type { Json } from '../model/json.js';
import type { EmittedFile } from '../kit/file.js';
import { byCodeUnit } from '../kit/path.js';
import { code, join, literal, propertyName } from '../typescript/code.js';
import { header } from './header.js';
import { samplesOf } from './samples.js';
import { documentNames, outline, replaced, respelled } from './template.js';

/** Samples, signatures and deliveries for the user's own tests; each sample on a line, under `// prettier-ignore`. */
export function emitTesting(catalog: Catalog, extension: string): EmittedFile {
  const samples = [...samplesOf(catalog)].map(
    ([name, sample]) => code`  ${propertyName(name)}: ${literal(sorted(sample))},`,
  );
  const statement = code`const samples: Readonly<Record<EventName, unknown>> = {\n${join(samples, '\n')}\n};`;
  const text = replaced(template, 'const samples', statement.text);
  return {
    path: 'testing.ts',
    code: `${header(documentNames(catalog), { unchecked: true })}\n${respelled(text, extension)}`,
    statements: outline(text).map((name) => (name === 'const samples' ? `${name} = data` : name)),
    laidOut: true,
  };
}

/** In the order of names: that of a document's keys changes nothing. */
function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  const members = Object.entries(value).sort(([a], [b]) => byCodeUnit(a, b));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
