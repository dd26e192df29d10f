import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { expect, test } from 'vitest';
import { typeName } from '../../src/catalog/names.js';

const folder = join(import.meta.dirname, '../../templates');
/** Modules whose types a kit's index passes on; the example's own types are no part of a kit. */
const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.ts') && !/^(?:payloads|validators)/.test(path),
);

test.each(modules)('no payload type can take the name of a type that %s exports', (path) => {
  const source = ts.createSourceFile(path, readFileSync(join(folder, path), 'utf8'), ts.ScriptTarget.Latest);
  const names = source.statements
    .filter((statement) => ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .map(({ name }) => name.text);
  const inner = new Set(['Callbacks', 'Decoded', 'DeliveryKeyReader', 'Discriminator', 'Outcome', 'Scope', 'Target', 'Told']);
  expect(names.filter((name) => !inner.has(name) && typeName(name) === name)).toEqual([]);
});
