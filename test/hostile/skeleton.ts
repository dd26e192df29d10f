import { ts } from 'ts-morph';
import { describe } from '../../src/kit/statement.js';

/**
 * What is left of a kit when every name and every literal in it is one and the same: the statements of each kind of file, and
 * inside each statement how many nodes of every kind there are. Two documents that differ in words alone have the same.
 */
export function skeletonOf(kit: ReadonlyMap<string, string>): readonly string[] {
  return [...kit]
    .filter(([path]) => path.endsWith('.ts'))
    .flatMap(([path, text]) => {
      const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS);
      const place = path.replace(/^(payloads|validators|handlers)\/(?!shared|index|runtime).*/, '$1/…');
      return source.statements.map((statement) => {
        const words = describe(statement).split(' ');
        const kind = words.filter((word) => forms.has(word)).join(' ');
        return `${place}: ${kind} ${nodesOf(statement)}`;
      });
    })
    .sort();
}

const forms: ReadonlySet<string> = new Set(
  'import export run default declare interface type function class enum namespace const let var using await expression ='.split(
    ' ',
  ),
);

function nodesOf(statement: ts.Statement): string {
  const counts = new Map<string, number>();
  const count = (kind: string) => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const visit = (node: ts.Node): void => {
    count(alike.get(node.kind) ?? ts.SyntaxKind[node.kind]);
    for (const tag of ts.getJSDocTags(node)) count(`@${tag.tagName.text}`);
    // `-1` is a literal as `1` is; `["a b"]` names a member as `a` does.
    if (ts.isPrefixUnaryExpression(node) || ts.isComputedPropertyName(node)) return;
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return [...counts]
    .map(([kind, number]) => `${kind} ${number}`)
    .sort()
    .join(', ');
}

const alike: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.Identifier, 'word'],
  [ts.SyntaxKind.StringLiteral, 'word'],
  [ts.SyntaxKind.NumericLiteral, 'word'],
  [ts.SyntaxKind.PrefixUnaryExpression, 'word'],
  [ts.SyntaxKind.ComputedPropertyName, 'word'],
  [ts.SyntaxKind.ElementAccessExpression, 'access'],
  [ts.SyntaxKind.PropertyAccessExpression, 'access'],
]);
