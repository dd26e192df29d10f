import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { expect, test } from 'vitest';
import { typeName } from '../../src/catalog/names.js';

const folder = join(import.meta.dirname, '../../templates');
/** The modules that a kit's index passes on. */
const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (path) =>
    path.endsWith('.ts') &&
    !/^(?:fake-|payloads|schemas|testing|validators|runtime\/(?:body|callbacks|entries|fake|routing|clients\/(?:account|bulk|custom|\w+-records|jobs|secret|address|budget|exchange|http|pages|records|waiting)|inboxes\/(?:pending|pg-boss-dead|retries|sqlite-file|sqlite-worker)|formats|json-schema|node-body|node-http|patterns|standard-schema|validation|values))/.test(
      path,
    ),
);

test.each(modules)('no payload type can take the name of a type that %s exports', (path) => {
  const source = ts.createSourceFile(path, readFileSync(join(folder, path), 'utf8'), ts.ScriptTarget.Latest);
  const names = source.statements
    .filter((statement) => ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .map(({ name }) => name.text);
  // A client hands on what it shares with the others.
  const handedOn = source.statements
    .filter(ts.isExportDeclaration)
    .flatMap(({ exportClause }) =>
      exportClause && ts.isNamedExports(exportClause) ? [...exportClause.elements] : [],
    )
    .map(({ name }) => name.text)
    .filter((name) => /^[A-Z]/.test(name));
  expect([...names, ...handedOn].filter((name) => typeName(name) === name)).toEqual([]);
});
