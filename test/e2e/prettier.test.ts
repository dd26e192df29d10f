import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type * as Prettier from 'prettier';
import { filesBelow, newProject, out, run, toolchains, writeText } from './project.js';

/*
 * The files are laid out by one version of Prettier, and users have others. 3.9 changed where a union breaks: a declaration
 * of a template that shows the difference gets a name for the long member.
 */
const versions = ['3.3', '3.8'];
const configs = [{}, { printWidth: 100, singleQuote: true }, { printWidth: 120, semi: false }];
const everything = [
  ['--adapters', 'node,express,fastify,lambda'],
  ['--inbox', 'sqlite,pg-boss,bullmq,own'],
  ['--clients', 'helpdesk,freshdesk,freshservice,freshsales,freshchat'],
].flat();

describe.each(configs)('a kit with all that can be asked for, laid out with %j', (config) => {
  const project = newProject({ kit: false });
  writeText(JSON.stringify(config), project, '.prettierrc');
  const { exitCode } = run(project, ['generate', '--out', out, ...everything]);
  const files = [...filesBelow(join(project, out))].filter(([path]) => path !== '.gitattributes');

  test.each(versions)('is laid out for Prettier %s', async (version) => {
    expect(exitCode).toBe(0);
    expect(files.length).toBeGreaterThan(50);
    const { check } = createRequire(import.meta.url)(
      join(toolchains, `prettier-${version}`),
    ) as typeof Prettier;
    const different: string[] = [];
    for (const [path, text] of files)
      if (!(await check(text, { ...config, filepath: path }))) different.push(path);
    expect(different).toEqual([]);
  });
});
