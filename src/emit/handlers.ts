import type { Catalog } from '../model/catalog.js';
import { code, comment, identifier, join, literal, propertyName } from '../typescript/code.js';
import type { EmittedFile } from '../kit/file.js';
import { header } from './header.js';
import { documentNames } from './template.js';

/** Collects the user's handlers. A mark stands for each that no file exports, and the compiler asks for it where they are used. */
export function emitHandlers(
  catalog: Catalog,
  collected: ReadonlyMap<string, string>,
  extension: string,
): EmittedFile {
  const { events } = catalog;
  const isMissing = events.some(({ name }) => !collected.has(name));
  const found = events.filter(({ name }) => collected.has(name));
  const products = [...new Set(found.map(({ product }) => product))];
  const imports = [
    ...(isMissing ? [`import { missing } from './events${extension}';\n`] : []),
    ...products.map(
      (product) => `import * as ${namespace(product)} from './handlers/${product}${extension}';\n`,
    ),
  ];
  const entries = events.map(({ name, product }) => {
    const handler = collected.get(name);
    return handler === undefined
      ? code`  ${propertyName(name)}: missing(${literal(name)}),`
      : code`  ${propertyName(name)}: ${identifier(namespace(product))}.${identifier(handler)},`;
  });
  const table = code`${comment('Your handlers, by event. Pass them to `createReceiver` once no stub is left among them.')}export const handlers = {
${join(entries, '\n')}
};`;
  return {
    path: 'handlers.ts',
    code: `${header(documentNames(catalog))}\n${imports.join('')}\n${table.text}\n`,
    statements: [
      ...(isMissing ? ['import ./events'] : []),
      ...products.map((product) => `import ./handlers/${product}`),
      'export const handlers',
    ],
  };
}

function namespace(product: string): string {
  const name = product.replace(/-+(.)/gu, (_, letter: string) => letter.toUpperCase());
  return `${/^\p{Nd}/u.test(name) ? 'n' : ''}${name}Handlers`;
}
