import { describe, expect, test } from 'vitest';
import { runIn } from '../cli/command.js';
import { shop } from '../output/shop.js';
import { init, packageJson, repository } from './project.js';

const configuration = 'freshworks-gen.config.yaml';

describe('the configuration says what a kit that is there was made with', () => {
  const rows: readonly [options: string, lines: readonly string[]][] = [
    ['--products freshdesk --adapters none', ['products:\n  - freshdesk', 'adapters: []']],
    [
      '--products freshchat,whatsapp --no-handlers',
      ['products:\n  - freshchat\n  - whatsapp', 'handlers: false'],
    ],
    ['--literal', ['literal: true']],
    [
      '--overlay fields.yaml --ref-root .. --spec shop.yaml',
      ['overlay:\n  - ./fields.yaml', 'refRoot: ".."', 'spec:\n  - ./shop.yaml'],
    ],
    ['--spec shipped --spec shop.yaml', ['spec:\n  - shipped\n  - ./shop.yaml']],
  ];

  test.each(rows)('%s', async (options, lines) => {
    const overlay = `overlay: 1.1.0
info: { title: Fields, version: 1.0.0 }
actions: [{ target: $.components.schemas.Order.properties, update: { note: { type: string } } }]
`;
    const folder = repository({ 'package.json': packageJson, 'shop.yaml': shop, 'fields.yaml': overlay });
    const words = ['--out', 'src/kit', ...options.split(' ')];
    const before = await runIn(folder, ['generate', ...words]);
    expect(before.exitCode, before.stderr).toBe(0);
    const { files } = await init(folder);
    for (const line of ['out: ./src/kit', ...lines]) expect(files[configuration]).toContain(line);

    // What was generated before is what is generated from now on.
    const after = await runIn(folder, ['check']);
    expect(after.exitCode, after.stderr).toBe(0);
  });
});

test('a product that YAML has another word for stays a name', async () => {
  const folder = repository({ 'package.json': packageJson });
  const { files } = await init(folder, '--yes --products true');
  expect(files[configuration]).toContain('products:\n  - "true"');
  expect(await runIn(folder, ['config'])).toMatchObject({ exitCode: 0 });
});

test('documents that are found are taken', async () => {
  const folder = repository({ 'package.json': packageJson, 'api/shop.asyncapi.yaml': shop });
  expect((await init(folder)).files[configuration]).toContain('spec:\n  - ./api/shop.asyncapi.yaml');
});

describe('the types of Node.js', () => {
  const rows: readonly [typescript: string, tsconfig: string | undefined, isTold: boolean][] = [
    ['^6.0.0', '{ "compilerOptions": { "strict": true } }', true],
    ['6.0.3', '{ /* of ours */ "compilerOptions": { "types": ["vitest"], } }', true],
    ['~7.0', '{}', true],
    ['^6.0.0', '{ "compilerOptions": { "types": ["node"] } }', false],
    ['^6.0.0', '{ "compilerOptions": { "types": ["*"] } }', false],
    ['^6.0.0', '{ "extends": "./base.json" }', false],
    ['^5.9.0', '{ "compilerOptions": {} }', false],
    ['^6.0.0', undefined, false],
    ['^6.0.0', '[', false],
  ];

  test.each(rows)('TypeScript %s and %s', async (typescript, tsconfig, isTold) => {
    const folder = repository({
      'package.json': JSON.stringify({ devDependencies: { 'freshworks-gen': '1', typescript } }),
      ...(tsconfig !== undefined && { 'tsconfig.json': tsconfig }),
    });
    expect((await init(folder)).codes.includes('init-node-types')).toBe(isTold);
  });
});

describe('the adapters of a new kit are the default and those of the frameworks which package.json asks for', () => {
  const rows: readonly [packages: readonly string[], adapters: string][] = [
    [[], 'node'],
    [['express'], 'node,express'],
    [['@nestjs/platform-express'], 'node,express'],
    [['@google-cloud/functions-framework'], 'node,express'],
    [['fastify'], 'node,fastify'],
    [['@nestjs/platform-fastify'], 'node,fastify'],
    [['@types/aws-lambda'], 'node,lambda'],
    [['serverless'], 'node,lambda'],
    [['serverless', 'express', 'fastify', 'hono'], 'node,express,fastify,lambda'],
    [['koa', 'hono'], 'node'],
  ];

  test.each(rows)('%j: %s', async (packages, adapters) => {
    const versions = Object.fromEntries(packages.map((name) => [name, '1']));
    for (const key of ['dependencies', 'devDependencies']) {
      const folder = repository({ 'package.json': JSON.stringify({ [key]: versions }) });
      const text = (await init(folder)).files[configuration];
      const listed = /adapters:\n((?: {2}- .*\n)+)/.exec(text ?? '')?.[1]?.match(/\w+/g);
      expect((listed ?? ['node']).join()).toBe(adapters);
    }
  });

  test('one that is asked for wins, and a kit that is there keeps its own', async () => {
    const files = { 'package.json': '{ "dependencies": { "express": "5" } }' };
    const asked = await init(repository(files), '--yes --adapters fastify');
    expect(asked.files[configuration]).toContain('adapters:\n  - fastify');
    const folder = repository(files);
    await runIn(folder, ['generate', '--out', 'src/events', '--products', 'whatsapp']);
    expect((await init(folder)).files[configuration]).not.toContain('adapters');
  });
});
