import { ts } from 'ts-morph';
import { printable } from '../diagnostics/printable.js';
import { describe } from '../kit/statement.js';
import { unmapped } from './code.js';
import { formatFunctions } from './formats.js';

export interface Trimmed {
  readonly body: string;
  /** The functions of `validators/runtime.ts` that the body calls. */
  readonly imports: readonly string[];
  readonly statements: readonly string[];
}

/**
 * Makes ajv's standalone code into a module of the kit. What it `require`s is imported from the kit; findings keep their
 * path and message alone; schemas that nothing reads any more go; what ajv writes out at every use becomes a call. Every
 * top-level statement must be one that ajv is known to write: anything else stops the run.
 */
export function trim(code: string): Trimmed {
  const source = ts.createSourceFile('validators.js', code, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const imports = new Set<string>();
  const schemas = new Map<ts.Statement, string>();
  const read = new Set<string>();
  const texts = new Map<ts.Statement, string>();

  for (const statement of source.statements) {
    if (isDirective(statement)) continue;
    texts.set(statement, topLevel(statement));
  }
  for (const [statement, name] of schemas) if (!read.has(name)) texts.delete(statement);
  return {
    body: `${[...texts.values()].map(visible).join('\n')}\n`,
    imports: [...imports].sort(),
    statements: [...texts.keys()].map(describe),
  };

  function topLevel(statement: ts.Statement): string {
    if (ts.isFunctionDeclaration(statement) && /^validate\d+$/.test(statement.name?.text ?? ''))
      return rewritten(statement);
    const [declaration] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    const { name, initializer } = declaration ?? {};
    if (!name || !ts.isIdentifier(name) || !initializer) return unknownStatement(statement);
    if (name.text.startsWith('validate') && ts.isIdentifier(initializer)) {
      return `export const ${name.text}: Validate = ${initializer.text};`;
    }
    if (/^(?:func|formats)\d+$/.test(name.text))
      return `const ${name.text} = ${helper(initializer.getText(source))};`;
    if (/^keyword\d+$/.test(name.text)) {
      return `const ${name.text} = /* @__PURE__ */ ${imported('membersOf')}(${aligned(initializer.getText(source))});`;
    }
    if (/^schema\d+$/.test(name.text)) schemas.set(statement, name.text);
    else if (!/^(?:pattern|wrapper|root)\d+$/.test(name.text)) unknownStatement(statement);
    // A bundler keeps what it takes for an effect: the expressions of validators that nothing calls.
    return statement.getText(source).replace(/^(const pattern\d+ = )(?=new RegExp\()/, '$1/* @__PURE__ */ ');
  }

  function helper(text: string): string {
    if (text === 'Object.prototype.hasOwnProperty') return text;
    const format = /^formats(?:\.(\w+)|\["([\w-]+)"\])$/.exec(text);
    const name = format ? formatFunctions.get((format[1] ?? format[2]) as string) : required.get(text);
    if (name === undefined) throw new Error(`a validator wants a helper that the kit does not have: ${text}`);
    return imported(name);
  }

  function imported(name: string): string {
    imports.add(name);
    return name;
  }

  /** A node's text with the changes inside it, or what takes its place. */
  function rewritten(node: ts.Node): string {
    if (ts.isIdentifier(node) && /^schema\d+$/.test(node.text)) read.add(node.text);
    if (ts.isIdentifier(node) && node.text === 'checkMembers') imported(node.text);
    const replacement = replaced(node);
    if (replacement !== undefined) return replacement;
    let text = '';
    let position = node.getStart(source);
    let skipped = 0;
    ts.forEachChild(node, (child) => {
      const start = child.getStart(source);
      text += code.slice(position, start);
      if (skipped > 0) skipped -= 1;
      else {
        const finding = ts.isStatement(child) ? findingOf(child) : undefined;
        text += finding ? `vErrors = ${finding};` : rewritten(child);
        if (finding) skipped = 1; // the statement behind it puts the finding on the list
      }
      position = child.end;
    });
    return text + code.slice(position, node.end);
  }

  /** `const err0 = {…};` becomes a call that adds the finding. */
  function findingOf(statement: ts.Statement): string | undefined {
    if (!ts.isVariableStatement(statement)) return undefined;
    const [{ name, initializer } = {}] = statement.declarationList.declarations;
    if (!name || !ts.isIdentifier(name) || !/^err\d+$/.test(name.text)) return undefined;
    if (!initializer || !ts.isObjectLiteralExpression(initializer) || !isFinding(initializer))
      return undefined;
    const [path, , , , message] = initializer.properties.map(valueOf);
    return `${imported('found')}(vErrors, ${path}, ${message})`;
  }

  function replaced(node: ts.Node): string | undefined {
    if (ts.isParameter(node) && ts.isObjectBindingPattern(node.name)) return 'instancePath = ""';
    if (ts.isCallExpression(node) && node.arguments.length === 2 && isValidator(node.expression)) {
      const [value, context] = node.arguments;
      if (value && context && ts.isObjectLiteralExpression(context)) {
        const path = context.properties.map(valueOf)[0] ?? 'instancePath';
        return `${node.expression.getText(source)}(${rewritten(value)}, ${path})`;
      }
    }
    const subject = objectTest.exec(ts.isBinaryExpression(node) ? node.getText(source) : '')?.[1];
    return subject === undefined ? undefined : `${imported('isObject')}(${subject})`;
  }

  function isValidator(callee: ts.Expression): boolean {
    return /^(?:validate\d+|wrapper\d+\.validate)$/.test(callee.getText(source));
  }

  function valueOf(property: ts.ObjectLiteralElementLike): string {
    if (ts.isPropertyAssignment(property)) return property.initializer.getText(source);
    return property.getText(source);
  }

  function unknownStatement(statement: ts.Statement): never {
    throw new Error(
      `a validator has a statement that is not known: ${statement.getText(source).slice(0, 80)}`,
    );
  }
}

/** What ajv loads at run time, and what the kit has for it. */
const required: ReadonlyMap<string, string> = new Map([
  ['require("ajv/dist/runtime/ucs2length").default', 'codePointLength'],
  ['require("ajv/dist/runtime/equal").default', 'deepEqual'],
]);

/** How ajv tells an object: `data && typeof data == "object" && !Array.isArray(data)`. */
const objectTest = /^(\w+) && typeof \1 == "object" && !Array\.isArray\(\1\)$/;

const findingKeys = ['instancePath', 'schemaPath', 'keyword', 'params', 'message'];

/** A finding has these members in this order, none of them quoted: a schema's own members are. */
function isFinding({ properties }: ts.ObjectLiteralExpression): boolean {
  return (
    properties.length === findingKeys.length &&
    properties.every(
      ({ name }, index) => name !== undefined && ts.isIdentifier(name) && name.text === findingKeys[index],
    )
  );
}

/** A table with one name a line, so that a new name is one line of a diff. */
function aligned(table: string): string {
  const [names, prefixes] = JSON.parse(table) as readonly (readonly Group[])[];
  return [names, prefixes].map((groups = []) => `[${groups.map(lines).join(', ')}]`).join(', ');
}

type Group = readonly [names: readonly string[], types: readonly string[]];

function lines([names, types]: Group): string {
  return `[${JSON.stringify(names, undefined, 1)}, ${JSON.stringify(types)}]`;
}

function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}

/** Hidden characters can only stand in string literals here, where an escape means the same. */
function visible(code: string): string {
  const lines = code.replace(/\n{2,}/g, '\n').split('\n');
  return unmapped(lines.map(printable).join('\n'));
}
