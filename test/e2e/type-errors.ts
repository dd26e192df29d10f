import { join } from 'node:path';
import ts from 'typescript';

/** Has the compiler look at the files that a recipe consists of, with the types of the framework. Returns its errors. */
export function typeErrors(project: string, modules: string, compilerOptions: object): readonly string[] {
  const given = {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
    ...compilerOptions,
  };
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    { compilerOptions: given, include: ['src', 'api', 'app', 'netlify'] },
    ts.sys,
    project,
  );
  const program = ts.createProgram(fileNames, { ...options, typeRoots: [join(modules, '@types')] });
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${file?.fileName.slice(project.length) ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
}
