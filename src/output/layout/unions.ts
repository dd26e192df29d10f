import { ts } from 'ts-morph';
import { group, ifBroken, indented, joined, line, softLine, type Doc } from './doc.js';
import type { Page } from './page.js';
import { typeDoc, type Place } from './types.js';

/** A type without the parentheses around it: Prettier puts its own. */
export function bare(node: ts.TypeNode): ts.TypeNode {
  return ts.isParenthesizedTypeNode(node) ? bare(node.type) : node;
}

export function isObject(node: ts.TypeNode): boolean {
  return ts.isTypeLiteralNode(node) || ts.isMappedTypeNode(node);
}

/** An object beside `null` stays on the line: `{ … } | null`. */
export function isHuggedUnion({ types }: ts.UnionTypeNode): boolean {
  const members = types.map(bare);
  const object = members.find((member) => ts.isTypeLiteralNode(member) || ts.isTypeReferenceNode(member));
  const isNull = (member: ts.TypeNode) =>
    ts.isLiteralTypeNode(member) && member.literal.kind === ts.SyntaxKind.NullKeyword;
  return object !== undefined && members.every((member) => member === object || isNull(member));
}

export function unionDoc(node: ts.UnionTypeNode, page: Page, place: Place): Doc {
  const members = node.types.map((member) => typeDoc(member, page, 'operand'));
  if (isHuggedUnion(node)) {
    const hugged = joined(members, ' | ');
    return place === 'operand' ? ['(', hugged, ')'] : hugged;
  }
  const broken = group(
    members.map((member, index): Doc => [index === 0 ? ifBroken('| ') : [line, '| '], indented(member, 2)]),
  );
  switch (place) {
    case 'operand':
      return ['(', group([indented([softLine, broken]), softLine]), ')'];
    case 'element':
      return group([indented([ifBroken(['(', softLine]), broken]), softLine, ifBroken(')')]);
    case 'annotation':
      return group(indented([softLine, broken]));
    case 'assigned':
    case 'argument':
      return broken;
  }
}

export function intersectionDoc({ types }: ts.IntersectionTypeNode, page: Page): Doc {
  let isFurther = false;
  return group(
    types.map((member, index): Doc => {
      const doc = typeDoc(member, page, 'operand');
      const previous = types[index - 1];
      if (previous === undefined) return doc;
      const [before, now] = [isObject(bare(previous)), isObject(bare(member))];
      if (before && now) return [' & ', isFurther ? indented(doc) : doc];
      if (!before && !now) return indented([' &', line, doc]);
      isFurther ||= index > 1;
      return [' & ', index > 1 ? indented(doc) : doc];
    }),
  );
}
