import type { Catalog } from '../model/catalog.js';
import { code, comment, identifier, join, literal, propertyName, type Code } from '../typescript/code.js';
import type { EmittedFile } from '../kit/file.js';
import { header } from './header.js';
import { documentNames } from './template.js';

/** Collects the user's handlers. A mark stands for each that no file exports, and the compiler asks for it where they are used. */
export function emitCollectedHandlers(
  catalog: Catalog,
  collected: ReadonlyMap<string, string>,
  extension: string,
): EmittedFile {
  const { events } = catalog;
  const isMissing = events.some(({ name }) => !collected.has(name));
  const found = events.filter(({ name }) => collected.has(name));
  const products = [...new Set(found.map(({ product }) => product))];
  const imports = [
    ...(isMissing ? [`import { missing, type Missing } from './events${extension}';\n`] : []),
    ...products.map(
      (product) => `import * as ${namespace(product)} from './handlers/${product}${extension}';\n`,
    ),
  ];
  const entries = events.map(({ name, product }) => {
    const handler = collected.get(name);
    const key = propertyName(name);
    if (handler === undefined)
      return {
        type: code`  readonly ${key}: Missing<${literal(name)}>;`,
        value: code`  ${key}: missing(${literal(name)}),`,
      };
    const member = code`${identifier(namespace(product))}.${identifier(handler)}`;
    return { type: code`  readonly ${key}: typeof ${member};`, value: code`  ${key}: ${member},` };
  });
  const list = (lines: readonly Code[]) => join(lines, '\n');
  // Types that are written down: `isolatedDeclarations` takes nothing that has to be inferred from another file.
  const types = code`interface Collected {
${list(entries.map(({ type }) => type))}
}`;
  const table = code`${comment('Your handlers, by event. Pass them to `createReceiver` once no stub is left among them.')}export const handlers: Collected = {
${list(entries.map(({ value }) => value))}
};`;
  return {
    path: 'collected-handlers.ts',
    code: `${header(documentNames(catalog))}\n${imports.join('')}\n${types.text}\n\n${table.text}\n`,
    statements: [
      ...(isMissing ? ['import ./events'] : []),
      ...products.map((product) => `import ./handlers/${product}`),
      'interface Collected',
      'export const handlers',
    ],
  };
}

function namespace(product: string): string {
  const name = product.replace(/-+(.)/gu, (_, letter: string) => letter.toUpperCase());
  return `${/^\p{Nd}/u.test(name) ? 'n' : ''}${name}Handlers`;
}
