import fakePlatform from '../../templates/fake-platform.ts?raw';
import fakeProducts from '../../templates/runtime/fake/products.ts?raw';
import fakeSearch from '../../templates/runtime/fake/search.ts?raw';
import fakeStore from '../../templates/runtime/fake/store.ts?raw';
import template from '../../templates/testing.ts?raw';
import type { Catalog } from '../model/catalog.js';
import type { EmittedFile } from '../kit/file.js';
import { sorted } from '../kit/sorted.js';
import { code, comment, join, literal, propertyName } from '../typescript/code.js';
import { header } from './header.js';
import { samplesOf } from './samples.js';
import { documentNames, emitTemplate } from './template.js';

/** What plays the products whose APIs the clients call. */
const fake = {
  'fake-platform.ts': fakePlatform,
  'runtime/fake/products.ts': fakeProducts,
  'runtime/fake/search.ts': fakeSearch,
  'runtime/fake/store.ts': fakeStore,
};

/** For the user's own tests: `testing.ts`, the samples that it hands out, and beside clients what answers them. */
export function emitTesting(
  catalog: Catalog,
  clients: readonly string[],
  extension: string,
): readonly EmittedFile[] {
  return [
    emitTemplate('testing.ts', template, extension),
    emitSamples(catalog, extension),
    ...Object.entries(clients.length > 0 ? fake : {}).map(([path, text]) =>
      emitTemplate(path, text, extension),
    ),
  ];
}

/** Whether a file is for tests alone, and no part of what users import from the index. */
export function isForTests(path: string): boolean {
  return path === 'testing.ts' || path === 'samples.ts' || Object.hasOwn(fake, path);
}

/** Each sample stands on one line, and Prettier lays out none of them: nobody reads them one by one. */
function emitSamples(catalog: Catalog, extension: string): EmittedFile {
  const samples = [...samplesOf(catalog)].map(
    ([name, sample]) => code`  ${propertyName(name)}: ${literal(sorted(sample))},`,
  );
  const about = comment(
    "A payload of each event: the document's example, or one that was made from its schema.",
  );
  const statement = code`${about}// prettier-ignore
export const samples: Readonly<Record<EventName, unknown>> = {\n${join(samples, '\n')}\n};`;
  return {
    path: 'samples.ts',
    code: `${header(documentNames(catalog))}\n// prettier-ignore\nimport type { EventName } from './events${extension}';\n\n${statement.text}\n`,
    statements: ['import ./events', 'export const samples = data'],
    verbatim: true,
  };
}
