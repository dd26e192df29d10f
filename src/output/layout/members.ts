import { ts } from 'ts-morph';
import { group, hardLine, ifBroken, indented, line, softLine, type Doc } from './doc.js';
import { beyond, type Page } from './page.js';
import { typeDoc } from './types.js';

/** A member with the comments before it. */
interface Member {
  readonly doc: Doc;
  /** Whether an empty line follows. */
  readonly isSpaced: boolean;
}

export function membersOf(
  { members }: ts.TypeLiteralNode | ts.InterfaceDeclaration,
  page: Page,
): readonly Member[] {
  return members.map((member) => ({
    doc: page.withComments(member, () => group(memberDoc(member, page))),
    isSpaced: page.isSpaced(member.end),
  }));
}

function memberDoc(member: ts.TypeElement, page: Page): Doc {
  if (ts.isPropertySignature(member) && member.type) {
    const optional = member.questionToken === undefined ? '' : '?';
    return [readonlyOf(member), keyDoc(member.name, page), optional, ': ', typeDoc(member.type, page)];
  }
  if (ts.isIndexSignatureDeclaration(member)) {
    const [parameter, ...others] = member.parameters;
    if (parameter?.type === undefined || others.length > 0) return beyond();
    const key: Doc = [page.word(parameter.name), ': ', typeDoc(parameter.type, page)];
    const bracketed = group([indented([softLine, key]), softLine]);
    return [readonlyOf(member), '[', bracketed, ']: ', typeDoc(member.type, page)];
  }
  return beyond();
}

function readonlyOf({
  modifiers = [] as readonly ts.ModifierLike[],
}: {
  readonly modifiers?: readonly ts.ModifierLike[];
}): string {
  if (modifiers.length === 0) return '';
  return modifiers.every(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) ? 'readonly ' : beyond();
}

/** The name of a member, in quotes only where it needs them. */
export function keyDoc(name: ts.PropertyName, page: Page): string {
  if (ts.isIdentifier(name)) return page.word(name);
  if (ts.isComputedPropertyName(name) && ts.isStringLiteral(name.expression))
    return `[${page.quoted(name.expression)}]`;
  if (!ts.isStringLiteral(name)) return beyond();
  const quoted = page.quoted(name);
  // Prettier knows more identifiers than these.
  if (/[^\x20-\x7e]/.test(quoted)) return beyond();
  const isPlain = /^[A-Za-z_$][\w$]*$/.test(name.text) && quoted.slice(1, -1) === name.text;
  return isPlain ? name.text : quoted;
}

/** The members of an object type. They stay apart where the first is on another line than the brace. */
export function braced(node: ts.TypeLiteralNode, members: readonly Member[], page: Page): Doc {
  if (members.length === 0) return '{}';
  const { semi } = page.style;
  const docs = members.map(({ doc, isSpaced }, index): Doc => {
    if (index === members.length - 1) return [doc, semi ? ifBroken(';') : ''];
    return [doc, semi ? ';' : ifBroken('', ';'), line, isSpaced ? hardLine : ''];
  });
  const blank = page.style.bracketSpacing ? line : softLine;
  return group(['{', indented([blank, docs]), blank, '}'], startsOnNextLine(node, node.members[0], page));
}

/** The members of an interface, each on a line of its own. */
export function interfaceBody(members: readonly Member[], page: Page): Doc {
  if (members.length === 0) return '{}';
  const semicolon = page.style.semi ? ';' : '';
  const docs = members.map(({ doc, isSpaced }, index): Doc => {
    const isLast = index === members.length - 1;
    return [doc, semicolon, isLast ? '' : [hardLine, isSpaced ? hardLine : '']];
  });
  return ['{', indented([hardLine, docs]), hardLine, '}'];
}

/** Whether what stands in braces starts on another line than the opening one: Prettier keeps it so. */
export function startsOnNextLine(node: ts.Node, first: ts.Node | undefined, page: Page): boolean {
  return first !== undefined && page.lines(node.getStart(page.source), first.getStart(page.source)) > 0;
}

/** `{ readonly [N in EventName]: … }` */
export function mappedType(node: ts.MappedTypeNode, page: Page): Doc {
  const { typeParameter, type, nameType, questionToken, readonlyToken } = node;
  const { constraint } = typeParameter;
  const isPlain =
    nameType === undefined &&
    questionToken === undefined &&
    (readonlyToken === undefined || readonlyToken.kind === ts.SyntaxKind.ReadonlyKeyword);
  if (!isPlain || constraint === undefined || type === undefined) return beyond();
  const key: Doc = [page.word(typeParameter.name), ' in ', typeDoc(constraint, page)];
  const blank = page.style.bracketSpacing ? line : softLine;
  const member: Doc = [
    readonlyToken === undefined ? '' : 'readonly ',
    group(['[', indented([softLine, key]), softLine, ']']),
    ': ',
    typeDoc(type, page),
  ];
  const content = indented([blank, group(member), page.style.semi ? ifBroken(';') : '']);
  return group(['{', content, blank, '}'], startsOnNextLine(node, readonlyToken ?? typeParameter, page));
}
