// TypeScript is here to parse. Its checker, its completions and its steps down to older JavaScript are a third of it, which
// every process that loads it would read.
// Saves 1 MB of 10.5 (`node bench/patches.mjs`).
import { readFile } from 'node:fs/promises';
import ts from 'typescript';

const leftOut = /^(?:createTypeChecker|getCompletionData|transform[A-Z]\w+)$/;

export const noTypeChecker = {
  name: 'no-type-checker',
  setup(builder) {
    builder.onLoad(
      { filter: /[\\/]@ts-morph[\\/]common[\\/]dist[\\/]typescript\.js$/ },
      async ({ path }) => ({ contents: withoutBodies(await readFile(path, 'utf8')), loader: 'js' }),
    );
  },
};

/** A script in which the functions that are left out do nothing but say so. */
function withoutBodies(text) {
  const source = ts.createSourceFile('source.js', text, ts.ScriptTarget.Latest);
  const bodies = [];
  const visit = (node) => {
    if (ts.isFunctionDeclaration(node) && leftOut.test(node.name?.text ?? '')) bodies.push(node.body);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  if (bodies.length < 10) throw new Error('TypeScript has other names for what is left out of it');
  let rest = text;
  for (const { pos, end } of bodies.reverse())
    rest = `${rest.slice(0, pos)} { throw new Error('freshworks-gen checks no types'); }${rest.slice(end)}`;
  return rest;
}
