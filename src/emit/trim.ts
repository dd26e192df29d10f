import { ts } from 'ts-morph';
import { printable } from '../diagnostics/printable.js';
import { describe } from '../kit/statement.js';
import { unmapped } from '../typescript/code.js';
import { formatFunctions } from './formats.js';

export interface Trimmed {
  /** The function that checks each of the schemas, by the schema's name. */
  readonly functions: ReadonlyMap<string, string>;
  readonly texts: readonly string[];
  /** The functions of the kit that the texts call: `check` of `validators/rules.ts`, others of `validators/runtime.ts`. */
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
  const functions = new Map<string, string>();

  for (const statement of source.statements) {
    if (isDirective(statement) || isName(statement)) continue;
    texts.set(statement, topLevel(statement));
  }
  for (const [statement, name] of schemas) if (!read.has(name)) texts.delete(statement);
  return {
    functions,
    texts: [...texts.values()].map(visible),
    imports: [...imports].sort(),
    statements: [...texts.keys()].map(describe),
  };

  /** Notes what a schema's function is called: `export const part1 = validate2;`. */
  function isName(statement: ts.Statement): boolean {
    const [declaration] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    const { name, initializer } = declaration ?? {};
    if (!name || !ts.isIdentifier(name) || !/^part\d+$/.test(name.text)) return false;
    if (!initializer || !ts.isIdentifier(initializer)) return false;
    functions.set(name.text, initializer.text);
    return true;
  }

  function topLevel(statement: ts.Statement): string {
    if (ts.isFunctionDeclaration(statement) && /^validate\d+$/.test(statement.name?.text ?? ''))
      return rewritten(statement);
    const [declaration] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    const { name, initializer } = declaration ?? {};
    if (!name || !ts.isIdentifier(name) || !initializer) return unknownStatement(statement);
    if (/^(?:func|formats)\d+$/.test(name.text))
      return `const ${name.text} = ${helper(initializer.getText(source))};`;
    if (/^schema\d+$/.test(name.text)) schemas.set(statement, name.text);
    else if (!/^pattern\d+$/.test(name.text)) unknownStatement(statement);
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
    if (ts.isIdentifier(node) && node.text === 'check') imported(node.text);
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
    const subject = objectTest.exec(ts.isBinaryExpression(node) ? node.getText(source) : '')?.[1];
    return subject === undefined ? undefined : `${imported('isObject')}(${subject})`;
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

function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}

/** Hidden characters can only stand in string literals here, where an escape means the same. */
function visible(code: string): string {
  const lines = code.replace(/\n{2,}/g, '\n').split('\n');
  return unmapped(lines.map(printable).join('\n'));
}
