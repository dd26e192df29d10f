import { ts } from 'ts-morph';
import { group, hardLine, indented, type Doc } from './doc.js';
import { modifiersDoc } from './modifiers.js';
import { beyond, type Page } from './page.js';
import { typeDoc } from './types.js';
import { argumentsDoc, valueDoc } from './values.js';

/** A function of one parameter that tells what its argument is, and returns what another says of it. */
export function guardDoc(node: ts.FunctionDeclaration, page: Page): Doc {
  const [parameter, ...others] = node.parameters;
  const [statement, ...more] = node.body?.statements ?? [];
  const isPlain =
    node.name &&
    parameter?.type?.kind === ts.SyntaxKind.UnknownKeyword &&
    !parameter.questionToken &&
    !parameter.initializer &&
    ts.isIdentifier(parameter.name) &&
    !parameter.dotDotDotToken &&
    others.length + more.length === 0 &&
    !node.typeParameters &&
    !node.asteriskToken &&
    node.type &&
    ts.isTypePredicateNode(node.type) &&
    !node.type.assertsModifier &&
    node.type.type &&
    statement &&
    ts.isReturnStatement(statement) &&
    statement.expression &&
    ts.isCallExpression(statement.expression);
  if (!isPlain) return beyond();
  const parameters = argumentsDoc([[page.word(parameter.name), ': unknown']], page);
  const result = [page.word(node.type.parameterName), ' is ', typeDoc(node.type.type, page)];
  const body = ['return ', valueDoc(statement.expression, page), page.style.semi ? ';' : ''];
  return [
    modifiersDoc(node),
    'function ',
    page.word(node.name),
    group([parameters, ': ', result]),
    ' {',
    indented([hardLine, body]),
    hardLine,
    '}',
  ];
}
