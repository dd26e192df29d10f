import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toolchains, writeText } from './project.js';

export const versions = ['5.4', '5.9', '6.0', '7.0'] as const;
export type Version = (typeof versions)[number];
export type Resolution = 'nodenext' | 'bundler';

/** Everything that can be strict is. `erasableSyntaxOnly` is younger than the oldest compiler. */
function settings(version: Version, resolution: Resolution) {
  return {
    compilerOptions: {
      target: 'es2022',
      lib: ['es2022'],
      types: ['node'],
      module: resolution === 'bundler' ? 'esnext' : 'nodenext',
      moduleResolution: resolution,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noImplicitOverride: true,
      noImplicitReturns: true,
      noFallthroughCasesInSwitch: true,
      noPropertyAccessFromIndexSignature: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      allowUnreachableCode: false,
      allowUnusedLabels: false,
      forceConsistentCasingInFileNames: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      ...(version !== '5.4' && { erasableSyntaxOnly: true }),
      skipLibCheck: true,
      rootDir: 'src',
      outDir: 'out',
      noEmitOnError: true,
    },
    include: ['src'],
  };
}

/**
 * Compiles a project to its `out/`.
 *
 * @param more compiler options beside the strictest
 * @returns what the compiler printed: its errors, one a line; empty where there is none
 */
export function compile(
  project: string,
  version: Version = '6.0',
  resolution: Resolution = 'nodenext',
  more: object = {},
): string {
  const { compilerOptions, ...rest } = settings(version, resolution);
  const config = { ...rest, compilerOptions: { ...compilerOptions, ...more } };
  writeText(JSON.stringify(config, undefined, 2), project, 'tsconfig.json');
  const { stdout, stderr } = spawnSync(process.execPath, [binary(version), '--pretty', 'false'], {
    cwd: project,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

/** The command of a compiler; the native one comes with a launcher. */
function binary(version: Version): string {
  const folder = join(toolchains, `typescript-${version}`);
  const library = join(folder, 'lib/tsc.js');
  return existsSync(join(folder, 'lib/typescript.js')) ? library : join(folder, 'bin/tsc');
}
