import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../templates');

test('the receiver compiles for ES2020, and with isolated declarations', () => {
  const program = ts.createProgram(
    [join(folder, 'runtime/receiver.ts'), join(folder, 'runtime/adapters/node.ts')],
    {
      target: ts.ScriptTarget.ES2020,
      lib: ['lib.es2020.d.ts'],
      types: ['node'],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      isolatedDeclarations: true,
      declaration: true,
      skipLibCheck: true,
    },
  );
  const faults = [...ts.getPreEmitDiagnostics(program), ...program.getDeclarationDiagnostics()];
  expect(
    faults.map(
      ({ file, messageText }) =>
        `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    ),
  ).toEqual([]);
}, 60_000);
