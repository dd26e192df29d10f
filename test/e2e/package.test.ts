import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { check } from 'prettier';
import { describe, expect, inject, test } from 'vitest';
import { compile } from './compiler.js';
import {
  bytesLoaded,
  filesBelow,
  filesLoaded,
  installed,
  newProject,
  out,
  readText,
  root,
  run,
  writeText,
} from './project.js';

const limit = 5 * 2 ** 20;

describe('the tarball', () => {
  test('is under 5 MB', () => {
    expect(statSync(inject('tarball')).size).toBeLessThan(limit);
  });

  test('installs one package that runs nothing on installation', () => {
    expect(
      readdirSync(join(inject('firstProject'), 'node_modules')).filter((name) => !name.startsWith('.')),
    ).toEqual(['freshworks-gen']);
    const { scripts, ...manifest } = JSON.parse(readText(installed, 'package.json')) as { scripts: object };
    expect(
      Object.keys(manifest).filter((key) => /dependencies$/i.test(key) && key !== 'devDependencies'),
    ).toEqual([]);
    expect(Object.keys(scripts).filter((name) => /install|^(?:pre|post)?prepare$/.test(name))).toEqual([]);
  });

  test('holds what it says it holds', () => {
    const files = [...filesBelow(installed).keys()];
    for (const file of [
      'LICENSE',
      'README.md',
      'config.schema.json',
      'docs/receiving.md',
      'dist/THIRD_PARTY_LICENSES.txt',
      'specs/freshworks.asyncapi.yaml',
    ]) {
      expect(files).toContain(file);
    }
    expect(
      files.filter(
        (file) =>
          !/^(?:bin|dist|docs|specs|templates)\/|^[A-Z]+(?:\.md)?$|^(?:package|config\.schema)\.json$/.test(
            file,
          ),
      ),
    ).toEqual([]);
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  });

  test('names no registry and no path of the machine that made it', () => {
    const registry = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).stdout.trim();
    const telling = [new URL(registry).host, `${root}/`, `${homedir()}/`];
    for (const [file, text] of filesBelow(installed)) {
      for (const each of telling) expect(text.includes(each), `${file} names ${each}`).toBe(false);
    }
  });

  test('names the licence of everything in it', () => {
    const licences = readText(installed, 'dist/THIRD_PARTY_LICENSES.txt');
    for (const name of [
      '@asyncapi/parser',
      'ajv',
      'commander',
      'diff',
      'json-p3',
      'json-schema-to-typescript',
      'prettier',
      'ts-morph',
      'typescript',
      'yaml',
    ]) {
      expect(new RegExp(`^${name} [0-9]`, 'm').test(licences), name).toBe(true);
    }
  });
});

test('the first run says what it made', () => {
  expect(inject('firstRun')).toMatch(/^14 events of 5 products from 3 documents\.$/m);
  expect(inject('firstRun')).toMatch(/^src\/events: \d+ files written, 0 unchanged\.$/m);
  expect(filesBelow(join(inject('firstProject'), out)).size).toBeGreaterThan(20);
});

test.each(['--help', '--version', 'help generate', 'check --help'])(
  "`%s` loads no library but the command line's",
  (args) => {
    const bytes = bytesLoaded(newProject({ kit: false }), args.split(' '));
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(100_000);
  },
);

describe('Prettier', () => {
  const loads = (project: string, ...args: string[]) =>
    filesLoaded(project, args).some(({ pathname }) => /\/prettier-\w+\.js$/.test(pathname));
  const generate = ['generate', '--out', out];

  test('is not loaded for the kit of the shipped documents, which is laid out by default', () => {
    expect(loads(newProject({ kit: false }), ...generate)).toBe(false);
    expect(loads(newProject({ kit: false }), ...generate, '--products', 'freshdesk')).toBe(false);
  });

  test('is loaded for other options, and not again while nothing changes', () => {
    const project = newProject({ kit: false });
    writeText('{ "tabWidth": 3 }', project, '.prettierrc');
    expect(loads(project, ...generate)).toBe(true);
    expect(loads(project, ...generate)).toBe(false);
    expect(loads(project, 'check', '--out', out)).toBe(false);
  });

  test('has nothing to change in what was laid out while the program was built', async () => {
    const texts = Object.values(
      JSON.parse(readText(installed, 'dist/laid-out.json')) as Record<string, string>,
    );
    expect(texts.length).toBeGreaterThan(20);
    for (const text of texts)
      expect(await check(text, { filepath: text.startsWith('{') ? 'a.json' : 'a.ts' })).toBe(true);
  });
});

describe('TypeScript', () => {
  /** Nothing else in the package is as large. */
  const loads = (project: string, ...args: readonly string[]) =>
    filesLoaded(project, ['generate', '--out', out, ...args]).some((url) => statSync(url).size > 2_000_000);

  test.each([[[]], [['--products', 'freshdesk']], [['--products', 'helpdesk']]])(
    'is not loaded for a kit of shipped documents, which was found sound when the program was built: %j',
    (args) => {
      expect(loads(newProject({ kit: false }), ...args)).toBe(false);
    },
  );

  test('is loaded for files that the build has not seen, and for handler files', () => {
    const project = newProject({ kit: false });
    writeText('{ "tabWidth": 3 }', project, '.prettierrc');
    expect(loads(project)).toBe(true);
    expect(loads(project)).toBe(false);
    writeText('{}', project, '.prettierrc');
    expect(loads(project)).toBe(true);
  });
});

test('a run opens no connection and starts no process', () => {
  const project = newProject({ kit: false });
  const guard = `
    import { syncBuiltinESMExports } from 'node:module';
    import childProcess from 'node:child_process';
    import dns from 'node:dns';
    import net from 'node:net';
    const refuse = (what) => () => { process.stderr.write(\`CAUGHT \${what}\\n\`); process.exit(99); };
    net.Socket.prototype.connect = refuse('connect');
    for (const name of ['lookup', 'resolve']) dns[name] = dns.promises[name] = refuse(name);
    for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) childProcess[name] = refuse(name);
    globalThis.fetch = refuse('fetch');
    syncBuiltinESMExports();
    if (process.argv[2] === 'try') net.connect(9);
  `;
  writeText(guard, project, 'guard.mjs');
  const options = { env: { NODE_OPTIONS: `--import ${join(project, 'guard.mjs')}` } };
  expect(run(project, ['try'], options)).toMatchObject({ exitCode: 99, stderr: 'CAUGHT connect\n' });
  expect(run(project, ['generate', '--out', out], options)).toMatchObject({ exitCode: 0 });
});

describe('as a library', () => {
  test('it has its types where a project resolves modules as Node.js 10 did', () => {
    const project = newProject({ kit: false });
    spawnSync('mkdir', [join(project, 'src')]);
    const use = `import { defineConfig, generate, type Rendered } from 'freshworks-gen';
export const config = defineConfig({ out: './kit' });
export const run = (): Promise<Rendered> => generate({ out: './kit' });
// @ts-expect-error there are types: out is a text
defineConfig({ out: 5 });
`;
    writeText(use, project, 'src/library.ts');
    const old = { module: 'esnext', moduleResolution: 'node10' };
    expect(compile(project, '5.4', 'bundler', old)).toBe('');
    expect(compile(project, '6.0', 'bundler', { ...old, ignoreDeprecations: '6.0' })).toBe('');
  });

  test('it generates, and its types compile without its own being skipped', () => {
    const project = newProject({ kit: false });
    spawnSync('mkdir', [join(project, 'src')]);
    writeText(
      `import { check, generate, Rejected, version, type Rendered } from 'freshworks-gen';

const options = { out: process.argv[2] ?? '', products: ['freshchat'] };
const { catalog, plan }: Rendered = await generate(options);
const names: readonly string[] = catalog.events.map(({ name }) => name);
const { current } = await check(options);
const codes = await generate({ out: 'x', spec: ['absent.yaml'] }).then(
  () => [],
  (error: unknown) => (error instanceof Rejected ? error.diagnostics.map(({ code }) => code) : ['other']),
);
console.log(JSON.stringify({ version, names, files: plan.files.length > 10, current, codes }));
`,
      project,
      'src/library.ts',
    );
    expect(compile(project, '6.0', 'nodenext', { skipLibCheck: false })).toBe('');
    const { stdout, stderr } = spawnSync(process.execPath, ['out/library.js', './kit'], {
      cwd: project,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      names: [
        'freshchat/conversation-assignment',
        'freshchat/conversation-reopen',
        'freshchat/conversation-resolution',
        'freshchat/message-create',
      ],
      files: true,
      current: true,
      codes: [expect.any(String)],
    });
  });
});

describe('the kit in a bundle', () => {
  test('leaves out the validators that nothing calls', async () => {
    const project = newProject();
    writeText(
      `export { isWhatsappOutboundMessagePayload } from './src/events/index.js';\n`,
      project,
      'entry.ts',
    );
    const { metafile } = await build({
      entryPoints: [join(project, 'entry.ts')],
      absWorkingDir: project,
      bundle: true,
      write: false,
      metafile: true,
      outdir: 'bundle',
      minify: true,
      format: 'esm',
      platform: 'node',
    });
    const [output] = Object.values(metafile.outputs);
    const used = Object.entries(output!.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path.replace(`${out}/`, ''))
      // A stub is the user's to replace, and stays as long as it calls something.
      .filter((path) => !path.startsWith('handlers/') && path !== 'events.ts');
    expect(used.sort()).toEqual([
      'runtime/formats.ts',
      'runtime/validation.ts',
      'validators/index.ts',
      'validators/whatsapp.ts',
    ]);
    expect(output!.bytes).toBeLessThan(10_000);
  });
});
