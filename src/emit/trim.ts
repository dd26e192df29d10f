import { ts } from 'ts-morph';
import { printable } from '../diagnostics/printable.js';
import { describe } from '../output/describe.js';
import { formatFunctions } from './formats.js';

export interface Trimmed {
  readonly body: string;
  /** The functions of `validators/runtime.ts` that the body calls. */
  readonly imports: readonly string[];
  readonly statements: readonly string[];
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Makes ajv's standalone code into a module of the kit: `require`d helpers become imports of the kit's own, findings keep
 * their path and message alone, and schemas that nothing reads any more go. Every statement must be one that ajv is known
 * to write; anything else stops the run.
 */
export function trim(code: string): Trimmed {
  const source = ts.createSourceFile('validators.js', code, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const edits: Edit[] = [];
  const imports = new Set<string>();
  /** Declarations of schemas, and how often each is read outside of what goes. */
  const schemas = new Map<string, ts.Statement>();
  const read = new Set<string>();

  for (const statement of source.statements) {
    if (isDirective(statement)) edits.push(replacing(statement, ''));
    else checkStatement(statement);
  }
  for (const [name, statement] of schemas) if (!read.has(name)) edits.push(replacing(statement, ''));

  const body = visible(applied(edits, code)).replace(/\n{2,}/g, '\n').trimStart();
  const kept = source.statements.filter((statement) => !edits.some(({ start, end, text }) => text === '' && start === statement.getStart(source) && end === statement.end));
  return { body, imports: [...imports].sort(), statements: kept.map(describe) };

  function checkStatement(statement: ts.Statement): void {
    if (ts.isFunctionDeclaration(statement) && /^validate\d+$/.test(statement.name?.text ?? '')) return visit(statement);
    const [declaration] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    const { name, initializer } = declaration ?? {};
    if (!name || !ts.isIdentifier(name) || !initializer) return unknownStatement(statement);
    if (name.text.startsWith('validate') && ts.isIdentifier(initializer)) {
      edits.push({ start: name.end, end: name.end, text: ': Validate' });
    } else if (/^schema\d+$/.test(name.text)) schemas.set(name.text, statement);
    else if (/^(?:func|formats)\d+$/.test(name.text)) edits.push(replacing(initializer, helper(initializer.getText(source))));
    else if (!/^(?:pattern|wrapper|root)\d+$/.test(name.text)) unknownStatement(statement);
  }

  function helper(text: string): string {
    if (text === 'Object.prototype.hasOwnProperty') return text;
    const format = /^formats(?:\.(\w+)|\["([\w-]+)"\])$/.exec(text);
    const name = format ? formatFunctions.get((format[1] ?? format[2]) as string) : required.get(text);
    if (name === undefined) throw new Error(`a validator wants a helper that the kit does not have: ${text}`);
    imports.add(name);
    return name;
  }

  function visit(node: ts.Node): void {
    if (ts.isIdentifier(node) && /^schema\d+$/.test(node.text)) read.add(node.text);
    if (ts.isObjectLiteralExpression(node) && isFinding(node)) {
      const [instancePath, , , , message] = node.properties;
      for (const part of [instancePath, message]) if (part) visit(part);
      const texts = [instancePath, message].map((part) => part?.getText(source));
      edits.push(replacing(node, `{${texts.join(',')}}`));
      return;
    }
    ts.forEachChild(node, visit);
  }

  function unknownStatement(statement: ts.Statement): never {
    throw new Error(`a validator has a statement that is not known: ${statement.getText(source).slice(0, 80)}`);
  }

  function replacing(node: ts.Node, text: string): Edit {
    return { start: node.getStart(source), end: node.end, text };
  }
}

/** What ajv loads at run time, and what the kit has for it. */
const required: ReadonlyMap<string, string> = new Map([
  ['require("ajv/dist/runtime/ucs2length").default', 'codePointLength'],
  ['require("ajv/dist/runtime/equal").default', 'deepEqual'],
]);

const findingKeys = ['instancePath', 'schemaPath', 'keyword', 'params', 'message'];

/** A finding has these members in this order, none of them quoted: a schema's own members are. */
function isFinding({ properties }: ts.ObjectLiteralExpression): boolean {
  return (
    properties.length === findingKeys.length &&
    properties.every(({ name }, index) => name !== undefined && ts.isIdentifier(name) && name.text === findingKeys[index])
  );
}

function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}

function applied(edits: readonly Edit[], code: string): string {
  let result = '';
  let position = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    result += code.slice(position, start) + text;
    position = end;
  }
  return result + code.slice(position);
}

/** Hidden characters can only stand in string literals here, where an escape means the same. */
function visible(code: string): string {
  return code.split('\n').map(printable).join('\n');
}
